package storage_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tinbao/cases"
	"tinbao/storage"
)

const day = 24 * time.Hour

// ended is a bench with a closed report that has a way back and a file.
func ended(t *testing.T) (*bench, cases.Staff, cases.Case) {
	t.Helper()
	b := setup(t)
	o := b.staff(officer, cases.Officer)
	var c cases.Case
	b.do(an, func(ctx context.Context, tx *storage.Tx) (err error) {
		_, c, err = tx.Receive(ctx, cases.Route{Chat: an, Lang: "vi"}, cases.NewCase{Report: &sample, Files: []cases.OfferedFile{{Kind: cases.Photo, FileID: "f"}}})
		return err
	})
	c = b.must(o, c.Number, cases.Change{Verb: cases.Verify, Finding: cases.Founded})
	if err := b.StoreFile(t.Context(), cases.ReportStream, c.Files[0].ID, []byte("photo"), "image/jpeg", nil); err != nil {
		t.Fatal(err)
	}
	return b, o, b.must(o, c.Number, cases.Change{Verb: cases.Close, Ending: cases.EndHandled})
}

// Each part goes at its own time, the figures stay, and the history still holds.
func TestRetention(t *testing.T) {
	t.Parallel()
	b, o, c := ended(t)
	_, open := b.report(binh, sample)
	keep := cases.Retention{Routes: 90, Files: 365, Content: 730}
	for _, step := range []struct {
		pass time.Duration
		want storage.Retained
	}{
		{89 * day, storage.Retained{}},
		{2 * day, storage.Retained{Routes: 1}},
		{0, storage.Retained{}},
		{275 * day, storage.Retained{Files: 1}},
		{365 * day, storage.Retained{Cases: 1}},
		{day, storage.Retained{}},
	} {
		b.pass(step.pass)
		due, err := b.DueForRetention(t.Context(), keep, 0)
		if err != nil || due[cases.ReportStream] != step.want || due[cases.HelpStream] != (storage.Retained{}) {
			t.Errorf("a dry run tells %+v, want %+v (%v)", due, step.want, err)
		}
		done, err := b.Retain(t.Context(), keep)
		if err != nil || done != step.want {
			t.Errorf("removed %+v, want %+v (%v)", done, step.want, err)
		}
	}
	b.do(officer, func(ctx context.Context, tx *storage.Tx) error {
		got, err := tx.Desk(cases.ReportStream).Open(ctx, o, c.Number)
		if err != nil || !got.Erased || got.Report != nil || len(got.Talks) > 0 || got.Finding != cases.Founded || !got.Silent {
			t.Errorf("%+v %v", got, err)
		}
		f, err := tx.Totals(ctx, cases.Period{From: cases.Day{Year: 2026, Month: 1, Day: 1}, To: cases.DayOf(b.at)})
		if err != nil || f[0].Received != 2 || f[0].Verified != 1 {
			t.Errorf("figures changed: %+v", f)
		}
		return err
	})
	if _, err := b.act(o, c.Number, cases.Change{Verb: cases.Reopen}); cases.TextOf(err) != "error.erased" {
		t.Errorf("an erased case was reopened: %v", err)
	}
	b.count("select count(*) from casework.cases where case_key is null", 1)
	b.count("select count(*) from casework.routes", 1)
	if got := b.must(o, open.Number, cases.Change{Verb: cases.Take}); got.Report.Text != sample.Text {
		t.Error("an open case was touched")
	}
	b.anchor()
	if a, err := b.VerifyHistory(t.Context()); err != nil || len(a.Faults) > 0 {
		t.Errorf("%v %v", a.Faults, err)
	}
}

// What a person may have done at once is done at once.
func TestTheRightToLeave(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o, nurse := b.staff(officer, cases.Officer), b.staff(nurse, cases.Health)
	receipt, h := b.help(an)
	b.must(nurse, h.Number, cases.Change{Verb: cases.Answer, Text: "Chào bạn"})
	_, urgent := b.report(binh, cases.ReportContent{Concern: cases.Danger, Text: "gấp"})
	reportCode, plain := b.report(binh, sample)
	b.do(an, func(ctx context.Context, tx *storage.Tx) error {
		if err := tx.CutRoute(ctx, cases.HelpStream, h.ID); err != nil {
			return err
		}
		routes, err := tx.Routes(ctx, cases.HelpStream, h.ID)
		if len(routes) > 0 {
			t.Error("a way back is left")
		}
		return err
	})
	b.do(an, func(ctx context.Context, tx *storage.Tx) error {
		c, closed, err := tx.Forget(ctx, cases.HelpStream, h.ID)
		if err != nil || !closed || !c.Erased || c.Status != cases.Withdrawn {
			t.Errorf("%+v %v", c, err)
		}
		if _, err := tx.LookUp(ctx, receipt); cases.KindOf(err) != cases.NotFound {
			t.Errorf("the receipt still opens: %v", err)
		}
		return nil
	})
	b.count("select count(*) from casework.talks where stream = 'help' and body <> ''", 0)
	b.count("select count(*) from casework.cases where stream = 'help' and (case_key is not null or content <> '')", 0)
	if err := b.try(binh, func(ctx context.Context, tx *storage.Tx) error {
		_, err := tx.TakeBack(ctx, cases.ReportStream, urgent.ID)
		return err
	}); cases.KindOf(err) != cases.NotAllowed {
		t.Errorf("an urgent report was taken back: %v", err)
	}
	b.do(binh, func(ctx context.Context, tx *storage.Tx) error {
		if _, _, err := tx.Forget(ctx, cases.ReportStream, plain.ID); err != nil {
			return err
		}
		if _, err := tx.LookUp(ctx, reportCode); cases.KindOf(err) != cases.NotFound {
			t.Errorf("the receipt still opens: %v", err)
		}
		return nil
	})
	if c := b.must(o, plain.Number, cases.Change{Verb: cases.Take}); c.Report.Text != sample.Text || !c.Silent {
		t.Errorf("the report itself is kept for its time: %+v", c)
	}
	if a, err := b.VerifyHistory(t.Context()); err != nil || len(a.Faults) > 0 {
		t.Errorf("%v %v", a.Faults, err)
	}
}

// Messages may be wiped and never rewritten, whoever asks.
func TestMessagesAreNeverRewritten(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o := b.staff(officer, cases.Officer)
	_, c := b.report(an, sample)
	b.must(o, c.Number, cases.Change{Verb: cases.Note, Text: "một"})
	if err := b.exec("update casework.talks set body = 'x'"); err == nil || !strings.Contains(err.Error(), "wiped, not changed") {
		t.Errorf("rewritten: %v", err)
	}
	if err := b.exec("update casework.talks set body = '', by_staff = null"); err == nil {
		t.Error("the writer was changed")
	}
}

// The staff of a stream hear a week before something of theirs is removed, once a week.
func TestWarningBeforeRetention(t *testing.T) {
	t.Parallel()
	b, _, _ := ended(t)
	keep := cases.Retention{Routes: 90, Files: 365, Content: 730}
	heard := func() (list []string) {
		err := b.WarnOfRetention(t.Context(), keep, 7*day, 7*day, func(s cases.Stream, due storage.Retained) []storage.Message {
			list = append(list, fmt.Sprint(s, due))
			return []storage.Message{{Chat: officer, Payload: []byte(`{}`)}}
		})
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	b.pass(82 * day)
	if got := heard(); got != nil {
		t.Errorf("eight days before: %v", got)
	}
	b.pass(2 * day)
	if got := heard(); !slices.Equal(got, []string{"report{1 0 0}"}) {
		t.Errorf("six days before: %v", got)
	}
	if got := heard(); got != nil {
		t.Errorf("twice in a week: %v", got)
	}
	if waiting, _, _, err := b.OutboxState(t.Context()); err != nil || waiting != 1 {
		t.Errorf("%d messages wait (%v)", waiting, err)
	}
}
