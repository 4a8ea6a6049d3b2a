package storage

import (
	"context"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"tinbao/cases"
	"tinbao/storage/internal/db"
)

// dimAll and the stages are kept beside the dimensions people choose from.
const (
	dimAll   = "all"
	dimStage = "stage_"
)

// exactFigures are the figures of reports received in a period, exact to the moment. Who has
// a report in hand is told to those who may read the log.
func (t *Tx) exactFigures(ctx context.Context, viewer cases.Staff, p cases.Period) (cases.Statistics, error) {
	s := cases.Statistics{Period: p, By: map[cases.Dimension]map[string]cases.Tally{}, Stages: map[cases.Stage]cases.Spread{}}
	dims := []string{dimAll, string(cases.BySourceOf)}
	for _, d := range cases.Dimensions {
		if d != cases.ByStaff || viewer.Role.May(cases.SeeLog) {
			dims = append(dims, string(d))
		}
	}
	for _, stage := range cases.Stages {
		dims = append(dims, dimStage+string(stage))
	}
	rows, err := t.figures(ctx, p, dims)
	if err != nil {
		return s, err
	}
	for _, d := range dims {
		s.By[cases.Dimension(d)] = map[string]cases.Tally{}
	}
	for _, r := range rows {
		if tally := tallyOf(r); tally != (cases.Tally{}) {
			s.By[cases.Dimension(r.Dim)][r.Value] = tally
		}
	}
	s.Total = s.By[dimAll][""]
	delete(s.By, dimAll)
	for _, stage := range cases.Stages {
		if s.Stages[stage], err = spreadOf(s.By[cases.Dimension(dimStage+string(stage))]); err != nil {
			return s, err
		}
		delete(s.By, cases.Dimension(dimStage+string(stage)))
	}
	if err := t.course(ctx, &s); err != nil {
		return s, err
	}
	if err := t.beside(ctx, &s); err != nil || viewer.Role.May(cases.PoliceReports) {
		return s, err
	}
	closings, err := t.closings(ctx)
	s.Help = cases.HelpFigures(closings, p)
	return s, err
}

// Totals are the figures of reports received in each of some periods, not broken down.
func (t *Tx) Totals(ctx context.Context, periods ...cases.Period) ([]cases.Tally, error) {
	var list []cases.Tally
	for _, p := range periods {
		rows, err := t.figures(ctx, p, []string{dimAll})
		if err != nil {
			return nil, err
		}
		var total cases.Tally
		for _, r := range rows {
			total = tallyOf(r)
		}
		list = append(list, total)
	}
	return list, nil
}

func (t *Tx) figures(ctx context.Context, p cases.Period, dims []string) ([]db.FiguresOfRow, error) {
	if !p.Valid() {
		return nil, cases.Fail(cases.Invalid, "period.bad")
	}
	if err := t.as(ctx, roleReport); err != nil {
		return nil, err
	}
	first, end := wholeMonths(p)
	rows, err := t.q.FiguresOf(ctx, db.FiguresOfParams{
		WardID: int32(t.s.conf.Ward), Since: date(p.From), Until: date(p.To), FirstMonth: date(first), EndMonth: date(end), Dims: dims, Now: t.now,
	})
	return rows, interpret(err)
}

// course fills in the parts of the period.
func (t *Tx) course(ctx context.Context, s *cases.Statistics) error {
	unit, parts := s.Period.Buckets()
	first, end := s.Period.To.Add(1), s.Period.To.Add(1)
	if unit == "month" {
		first, end = wholeMonths(s.Period)
	}
	rows, err := t.q.FiguresTrend(ctx, db.FiguresTrendParams{
		Unit: unit, WardID: int32(t.s.conf.Ward), Since: date(s.Period.From), Until: date(s.Period.To), FirstMonth: date(first), EndMonth: date(end), Now: t.now,
	})
	if err != nil {
		return interpret(err)
	}
	at := make(map[cases.Day]int, len(parts))
	for i, part := range parts {
		at[cases.BucketOf(unit, part.From)] = i
		s.Trend = append(s.Trend, cases.Bucket{Period: part, ByKind: map[cases.Kind]int{}})
	}
	for _, r := range rows {
		b := &s.Trend[at[dayOf(r.Bucket)]]
		if r.Dim == dimAll {
			b.Tally = tallyOf(db.FiguresOfRow{
				Received: r.Received, OutOfScope: r.OutOfScope, Duplicates: r.Duplicates, Invalid: r.Invalid, Withdrawn: r.Withdrawn, Urgent: r.Urgent,
				Verified: r.Verified, Classified: r.Classified, Forwarded: r.Forwarded, Handled: r.Handled, Late: r.Late, Open: r.Open,
			})
		} else if r.Value != "" && r.Received != 0 {
			b.ByKind[cases.Kind(r.Value)] = int(r.Received)
		}
	}
	return nil
}

// beside fills in what is not counted by day.
func (t *Tx) beside(ctx context.Context, s *cases.Statistics) error {
	now, err := t.q.Backlog(ctx, db.BacklogParams{WardID: int32(t.s.conf.Ward), Now: &t.now})
	if err != nil {
		return interpret(err)
	}
	s.Backlog, s.Overdue = int(now.Open), int(now.Overdue)
	if err := t.q.SortInMemory(ctx); err != nil {
		return interpret(err)
	}
	same, err := t.q.Corroborated(ctx, db.CorroboratedParams{WardID: int32(t.s.conf.Ward), Since: s.Period.From.Start(), Until: s.Period.To.End()})
	s.CorroboratedBy2, s.CorroboratedBy3 = int(same.By2), int(same.By3)
	return interpret(err)
}

func tallyOf(r db.FiguresOfRow) cases.Tally {
	return cases.Tally{
		Received: int(r.Received), OutOfScope: int(r.OutOfScope), Duplicates: int(r.Duplicates), Invalid: int(r.Invalid), Withdrawn: int(r.Withdrawn), Urgent: int(r.Urgent),
		Verified: int(r.Verified), Classified: int(r.Classified), Forwarded: int(r.Forwarded), Handled: int(r.Handled), Late: int(r.Late), Open: int(r.Open),
	}
}

func spreadOf(rows map[string]cases.Tally) (cases.Spread, error) {
	lengths := map[int]int{}
	for value, tally := range rows {
		hours, err := strconv.Atoi(value)
		if err != nil {
			return cases.Spread{}, cases.Reason("a length of a stage is no number")
		}
		lengths[hours] = tally.Received
	}
	return cases.SpreadOf(lengths), nil
}

// wholeMonths are the first day of the first month that is all in the period, and of the
// first after it that is not. Both are the day after the period when it has none.
func wholeMonths(p cases.Period) (first, end cases.Day) {
	first, end = p.From, p.To.Add(1)
	if first.Day > 1 {
		first = cases.DayOf(cases.Day{Year: first.Year, Month: first.Month + 1, Day: 1}.Start())
	}
	end.Day = 1
	if !first.Start().Before(end.Start()) {
		return p.To.Add(1), p.To.Add(1)
	}
	return first, end
}

func date(d cases.Day) pgtype.Date {
	return pgtype.Date{Time: time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC), Valid: true}
}

func dayOf(d pgtype.Date) cases.Day {
	year, month, day := d.Time.Date()
	return cases.Day{Year: year, Month: month, Day: day}
}

// foldAtOnce bounds what one transaction folds.
const foldAtOnce = 50_000

// FoldFigures takes what was counted since the last time into the figures, and tells how
// many changes that were. The figures are exact before and after, and in between.
func (s *Store) FoldFigures(ctx context.Context) (n int, err error) {
	for {
		taken := 0
		err = s.inTx(ctx, func(t *Tx) error {
			if err := t.lockFigures(ctx); err != nil {
				return err
			}
			some, err := t.q.FoldFigures(ctx, db.FoldFiguresParams{WardID: int32(s.conf.Ward), Most: foldAtOnce})
			taken = int(some)
			return interpret(err)
		})
		if n += taken; err != nil || taken < foldAtOnce {
			return n, err
		}
	}
}

func (t *Tx) lockFigures(ctx context.Context) error {
	if err := t.as(ctx, roleReport); err != nil {
		return err
	}
	if err := t.q.LockFigures(ctx); err != nil {
		return interpret(err)
	}
	return interpret(t.q.SortInMemory(ctx))
}

// FigureCheck is how many figures were compared with a count of all reports, and how many
// of them are not right.
type FigureCheck struct{ Cells, Wrong int }

// CheckFigures counts all reports anew and compares.
func (s *Store) CheckFigures(ctx context.Context) (c FigureCheck, err error) {
	err = s.inTx(ctx, func(t *Tx) error {
		if err := t.as(ctx, roleReport); err != nil {
			return err
		}
		if err := t.q.SortInMemory(ctx); err != nil {
			return interpret(err)
		}
		row, err := t.q.CompareFigures(ctx, int32(s.conf.Ward))
		c = FigureCheck{Cells: int(row.Cells), Wrong: int(row.Wrong)}
		return interpret(err)
	})
	return c, err
}

// RecountFigures makes the figures anew from all reports. Reports go on coming in
// meanwhile: of those this transaction does not see, the changes stay to be folded.
func (s *Store) RecountFigures(ctx context.Context) error {
	tx, err := s.pool.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead})
	if err != nil {
		return interpret(err)
	}
	defer tx.Rollback(context.WithoutCancel(ctx)) //nolint:errcheck // after a commit this does nothing
	t := &Tx{s: s, tx: tx, q: db.New(tx), now: s.now()}
	if err := t.lockFigures(ctx); err != nil {
		return err
	}
	for _, step := range []func(context.Context, int32) error{t.q.DropFigureChanges, t.q.DropFigures, t.q.CountFigures, t.q.CountMonths} {
		if err := step(ctx, int32(s.conf.Ward)); err != nil {
			return interpret(err)
		}
	}
	return interpret(tx.Commit(ctx))
}
