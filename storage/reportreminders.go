package storage

import (
	"context"

	"tinbao/cases"
	"tinbao/storage/internal/db"
)

// RemindReports opens the regular reports whose first reminder is due, and lets announce
// write a reminder for every report that is not merged and has reached a mark, each mark
// once however many programs look. At night nobody is disturbed. It tells how many
// reminders there were.
func (s *Store) RemindReports(ctx context.Context, announce func(cases.ReportReminder) []Message) (n int, err error) {
	var waiting []cases.ReportReminder
	err = s.Do(ctx, func(ctx context.Context, t *Tx) error {
		l, err := t.limits(ctx)
		if err != nil || cases.Quiet(t.now) {
			return err
		}
		if err := t.openRegular(ctx, l.calendar); err != nil {
			return err
		}
		all, err := t.PeriodicReports(ctx)
		for _, r := range all {
			if mark := l.calendar.ReportMark(r.Due, cases.DayOf(t.now)); mark > 0 && r.State == cases.ReportOpen && r.Correction == 0 {
				waiting = append(waiting, cases.ReportReminder{Report: r, Mark: mark})
			}
		}
		return err
	})
	if err != nil {
		return 0, err
	}
	for _, one := range waiting {
		err := s.Do(ctx, func(ctx context.Context, t *Tx) error {
			fresh, err := t.q.TakeReportReminder(ctx, db.TakeReportReminderParams{WardID: int32(s.conf.Ward), Report: int32(one.Report.ID), Mark: int32(one.Mark), At: t.now})
			if err != nil || fresh == 0 {
				return interpret(err)
			}
			if one.Report, err = t.PeriodicReport(ctx, one.Report.ID); err != nil {
				return err
			}
			n++
			return t.send(ctx, announce(one))
		})
		if err != nil {
			return n, err
		}
	}
	return n, nil
}

// openRegular opens the reports of the year that have come so near.
func (t *Tx) openRegular(ctx context.Context, calendar cases.Calendar) error {
	rules, err := t.ReportRules(ctx)
	if err != nil {
		return err
	}
	today := cases.DayOf(t.now)
	for _, typ := range cases.RegularReports {
		for year := max(today.Year-1, cases.FirstYear); year <= min(today.Year, cases.LastYear); year++ {
			p, err := rules.Period(typ, year)
			if err != nil {
				return err
			}
			due := rules.Due(typ, p)
			if calendar.ReportMark(due, today) == 0 {
				continue
			}
			_, err = t.OpenReport(ctx, 0, cases.WardReport{Type: typ, Year: year, Period: p, Due: due})
			if err != nil && cases.KindOf(err) != cases.Conflict {
				return err
			}
		}
	}
	return nil
}
