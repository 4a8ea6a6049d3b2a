package storage_test

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"tinbao/cases"
	"tinbao/storage"
)

// fillReports makes two approved reports with words and two templates, so that each
// sealed column of reports has two values.
func fillReports(ctx context.Context, tx *storage.Tx, by cases.Staff) error {
	for year := 2026; year <= 2027; year++ {
		p, err := cases.DefaultReportRules.Period(cases.Half1, year)
		if err != nil {
			return err
		}
		r, err := tx.OpenReport(ctx, by.ID, cases.WardReport{Type: cases.Half1, Year: year, Period: p, Due: p.To})
		if err != nil {
			return err
		}
		if err := tx.SayPart(ctx, by.ID, r.ID, cases.Police, cases.PartWords{Difficulties: "Thiếu người", Proposals: "Thêm người"}); err != nil {
			return err
		}
		for _, act := range []cases.ReportAct{cases.MergeParts, cases.ApproveReport} {
			if _, err := tx.MoveReport(ctx, by, r.ID, act); err != nil {
				return err
			}
		}
		if _, err := tx.AddReportTemplate(ctx, by.ID, []byte("mẫu")); err != nil {
			return err
		}
	}
	return nil
}

// periodic says how the sealed columns of reports are read.
func (w *swapTest) periodic(table map[string]swapped) {
	read := func(work func(ctx context.Context, tx *storage.Tx) error) func(context.Context, *storage.Store) error {
		return func(ctx context.Context, s *storage.Store) error { return s.Do(ctx, work) }
	}
	table["ward.reports.sealed"] = swapped{"ward_id = 1 and id = 1", "ward_id = 1 and id = 2", read(func(ctx context.Context, tx *storage.Tx) error {
		_, err := tx.ReportFigures(ctx, w.by[cases.ReportStream], cases.WardReport{ID: 1, State: cases.ReportApproved})
		return err
	})}
	table["ward.report_parts.sealed"] = swapped{"ward_id = 1 and report = 1 and unit = 'police'", "ward_id = 1 and report = 2 and unit = 'police'", read(func(ctx context.Context, tx *storage.Tx) error {
		_, err := tx.PeriodicReport(ctx, 1)
		return err
	})}
	table["ward.report_templates.sealed"] = swapped{"ward_id = 1 and version = 1", "ward_id = 1 and version = 2", read(func(ctx context.Context, tx *storage.Tx) error {
		_, err := tx.ReportPaper(ctx, w.by[cases.ReportStream], 1, 1)
		return err
	})}
}

// A report goes from its opening to its issue; what was approved stays as it was, and a
// correction begins from it.
func TestLifeOfAPeriodicReport(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o := b.staff(officer, cases.Officer)
	boss := b.staff(officer+60, cases.Leader)
	p, err := cases.DefaultReportRules.Period(cases.Annual, 2026)
	if err != nil {
		t.Fatal(err)
	}
	var r cases.WardReport
	do := func(work func(ctx context.Context, tx *storage.Tx) error) {
		t.Helper()
		b.do(officer, work)
	}
	move := func(by cases.Staff, act cases.ReportAct) {
		t.Helper()
		do(func(ctx context.Context, tx *storage.Tx) (err error) {
			r, err = tx.MoveReport(ctx, by, r.ID, act)
			return err
		})
	}
	do(func(ctx context.Context, tx *storage.Tx) (err error) {
		r, err = tx.OpenReport(ctx, o.ID, cases.WardReport{Type: cases.Annual, Year: 2026, Period: p, Due: cases.DefaultReportRules.Due(cases.Annual, p)})
		return err
	})
	if err := b.Do(t.Context(), func(ctx context.Context, tx *storage.Tx) error {
		_, err := tx.OpenReport(ctx, o.ID, cases.WardReport{Type: cases.Annual, Year: 2026, Period: p, Due: p.To})
		return err
	}); cases.KindOf(err) != cases.Conflict {
		t.Errorf("the same report twice: %v", err)
	}
	words := cases.PartWords{Difficulties: "Thiếu phương tiện", Proposals: "Cấp thêm"}
	do(func(ctx context.Context, tx *storage.Tx) error {
		err := tx.SayPart(ctx, o.ID, r.ID, cases.Officer, words)
		_, err2 := tx.HandInPart(ctx, o.ID, r.ID, cases.Officer, true)
		return errors.Join(err, err2)
	})
	b.report(an, sample)
	var words1 cases.ReportFigures
	do(func(ctx context.Context, tx *storage.Tx) (err error) {
		r, err = tx.PeriodicReport(ctx, r.ID)
		if err != nil {
			return err
		}
		words1, err = tx.ReportFigures(ctx, boss, r)
		return err
	})
	if part, _ := r.Part(cases.Officer); part.Words != words || part.Returned.IsZero() || part.By != o.Name || !slices.Equal(r.Missing(), []cases.Role{cases.Police, cases.Health}) {
		t.Errorf("%+v", r.Parts)
	}
	if got := words1.This["D.received"].N; got != 1 {
		t.Errorf("%d reports received", got)
	}
	if err := b.Do(t.Context(), func(ctx context.Context, tx *storage.Tx) error {
		return tx.SayPart(ctx, o.ID, r.ID, cases.Officer, words)
	}); cases.KindOf(err) != cases.NotAllowed {
		t.Errorf("a part that was handed in is changed: %v", err)
	}
	move(o, cases.MergeParts)
	move(boss, cases.GiveBack)
	move(o, cases.MergeParts)
	move(boss, cases.ApproveReport)
	b.report(an, sample)
	if err := b.Do(t.Context(), func(ctx context.Context, tx *storage.Tx) error {
		_, err := tx.HandInPart(ctx, o.ID, r.ID, cases.Police, true)
		return err
	}); cases.KindOf(err) != cases.NotAllowed {
		t.Errorf("an approved report is changed: %v", err)
	}
	move(o, cases.IssueReport)
	var paper, fixed cases.ReportPaper
	do(func(ctx context.Context, tx *storage.Tx) (err error) {
		if paper, err = tx.ReportPaper(ctx, boss, r.ID, -1); err != nil {
			return err
		}
		c, err := tx.CorrectReport(ctx, o.ID, r.ID)
		if err != nil {
			return err
		}
		if _, err := tx.CorrectReport(ctx, o.ID, r.ID); cases.KindOf(err) != cases.Conflict {
			t.Errorf("the same version is corrected twice: %v", err)
		}
		fixed, err = tx.ReportPaper(ctx, boss, c.ID, -1)
		return err
	})
	if paper.Figures.This["D.received"].N != 1 || paper.Report.State != cases.ReportIssued || paper.Report.ApprovedBy != boss.Name || paper.Template != nil {
		t.Errorf("what was issued has changed: %+v", paper.Report)
	}
	diff := cases.Differences(*fixed.Before, fixed.Figures)
	if fixed.Report.Correction != 1 || fixed.Report.Of != r.ID || fixed.Figures.This["D.received"].N != 2 || len(diff) == 0 {
		t.Errorf("%+v %+v", fixed.Report, diff)
	}
	if part, _ := fixed.Report.Part(cases.Officer); part.Words != words {
		t.Errorf("%+v", part)
	}
	b.count(`select count(*) from ward.report_parts p where encode(p.sealed, 'escape') ~ 'phương'`, 0)
}

// What the ward says of periods counts from then on and moves no report.
func TestReportSettings(t *testing.T) {
	t.Parallel()
	b := setup(t)
	boss := b.staff(officer, cases.Leader)
	want := cases.ReportRules{HalfClose: cases.MonthDay{Month: 6, Day: 14}, YearClose: cases.MonthDay{Month: 12, Day: 14}, HalfDue: 4, YearDue: 6, OtherDue: 7}
	b.do(officer, func(ctx context.Context, tx *storage.Tx) error {
		if got, err := tx.ReportRules(ctx); err != nil || got != cases.DefaultReportRules {
			t.Errorf("%+v %v", got, err)
		}
		return tx.SetReportRules(ctx, boss.ID, want)
	})
	b.do(officer, func(ctx context.Context, tx *storage.Tx) error {
		if got, err := tx.ReportRules(ctx); err != nil || got != want {
			t.Errorf("%+v %v", got, err)
		}
		if err := tx.SetReportRules(ctx, boss.ID, cases.ReportRules{}); cases.KindOf(err) != cases.Invalid {
			t.Errorf("rules that are none: %v", err)
		}
		return nil
	})
}

// Templates are tried before they are used, and the built-in one comes back.
func TestReportTemplates(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o := b.staff(officer, cases.Officer)
	b.do(officer, func(ctx context.Context, tx *storage.Tx) error {
		n, err := tx.AddReportTemplate(ctx, o.ID, []byte("mẫu một"))
		if err != nil {
			return err
		}
		if v, _, err := tx.ReportTemplate(ctx); v != 0 || err != nil {
			t.Errorf("it is used at once: %d %v", v, err)
		}
		return tx.UseReportTemplate(ctx, n)
	})
	b.pass(time.Hour)
	b.do(officer, func(ctx context.Context, tx *storage.Tx) error {
		if v, body, err := tx.ReportTemplate(ctx); v != 1 || !bytes.Equal(body, []byte("mẫu một")) || err != nil {
			t.Errorf("%d %q %v", v, body, err)
		}
		_, err := tx.AddReportTemplate(ctx, o.ID, nil)
		return err
	})
	b.do(officer, func(ctx context.Context, tx *storage.Tx) error {
		if v, body, err := tx.ReportTemplate(ctx); v != 0 || body != nil || err != nil {
			t.Errorf("%d %q %v", v, body, err)
		}
		if err := tx.UseReportTemplate(ctx, 99); cases.KindOf(err) != cases.NotFound {
			t.Errorf("a template that is not there: %v", err)
		}
		return nil
	})
}

// The regular report of a year opens itself when it comes near, and each mark is told once.
func TestReportReminders(t *testing.T) {
	t.Parallel()
	b := setup(t) // 24/11/2026; the year's report is due on 10/01/2027
	b.staff(officer, cases.Officer)
	told := func() (marks []int) {
		t.Helper()
		for range 2 {
			if _, err := b.RemindReports(t.Context(), func(r cases.ReportReminder) []storage.Message {
				marks = append(marks, r.Mark)
				if len(r.Report.Parts) != 3 {
					t.Errorf("%+v", r.Report)
				}
				return nil
			}); err != nil {
				t.Fatal(err)
			}
		}
		return marks
	}
	day := func(y int, m time.Month, d int) {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.at = time.Date(y, m, d, 9, 0, 0, 0, cases.Vietnam)
	}
	for _, tc := range []struct {
		y    int
		m    time.Month
		d    int
		want []int
	}{{2026, 11, 24, nil}, {2026, 12, 18, []int{15, 15}}, {2026, 12, 21, nil}, {2026, 12, 31, []int{7, 7}}, {2027, 1, 8, []int{1, 1}}, {2027, 1, 11, nil}} {
		day(tc.y, tc.m, tc.d)
		if got := told(); !slices.Equal(got, tc.want) {
			t.Errorf("%d/%d: %v, not %v", tc.d, tc.m, got, tc.want)
		}
	}
	b.count("select count(*) from ward.reports", 2) // the second half, and the year
}

// Reports are sealed anew when keys change.
func TestReportsAreSealedAnew(t *testing.T) {
	t.Parallel()
	k := setupKeyed(t)
	o := k.staff(officer, cases.Officer)
	k.do(officer, func(ctx context.Context, tx *storage.Tx) error { return fillReports(ctx, tx, o) })
	k.pass(time.Hour)
	k.rotate()
	k.do(officer, func(ctx context.Context, tx *storage.Tx) error {
		paper, err := tx.ReportPaper(ctx, o, 1, 2)
		if part, _ := paper.Report.Part(cases.Police); err != nil || part.Words.Proposals != "Thêm người" || string(paper.Template) != "mẫu" {
			t.Errorf("%+v %v", paper.Report, err)
		}
		return nil
	})
}
