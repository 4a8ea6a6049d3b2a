package storage_test

import (
	"context"
	"slices"
	"testing"

	"tinbao/cases"
	"tinbao/storage"
)

// The office marks what a report is about; a grave behaviour makes it urgent, and only
// the level lowers that again. The police mark behaviours and nothing else.
func TestMarks(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o, p := b.staff(officer, cases.Officer), b.staff(policeman, cases.Police)
	_, c := b.report(an, sample)
	c = b.must(o, c.Number, cases.Change{Verb: cases.MarkAct, Act: cases.Protecting})
	if c.Urgent || !slices.Equal(c.Acts, []cases.Behaviour{cases.Protecting}) {
		t.Errorf("%+v", c)
	}
	due := c.Due
	c = b.must(o, c.Number, cases.Change{Verb: cases.MarkAct, Act: cases.WithMinor})
	if !c.Urgent || c.Level != cases.LevelUrgent || c.Due.After(due) {
		t.Errorf("a grave behaviour: urgent %v, due %s, before %s", c.Urgent, c.Due, due)
	}
	c = b.must(o, c.Number, cases.Change{Verb: cases.MarkAct, Act: cases.WithMinor})
	if !c.Urgent || slices.Contains(c.Acts, cases.WithMinor) {
		t.Error("taking a mark away lowers the level by itself")
	}
	c = b.must(o, c.Number, cases.Change{Verb: cases.SetLevel, Level: cases.LevelNormal})
	if c.Urgent || !c.Due.Equal(due) {
		t.Errorf("lowered: urgent %v, due %s, want %s", c.Urgent, c.Due, due)
	}
	c = b.must(o, c.Number, cases.Change{Verb: cases.SetBody, Body: cases.ByPolice})
	if e := c.History[len(c.History)-1]; c.Body != cases.ByPolice || e.Verb != cases.SetBody || e.Detail != "congan" {
		t.Errorf("%s, history %+v", c.Body, e)
	}
	b.must(o, c.Number, cases.Change{Verb: cases.Verify, Finding: cases.Founded})
	b.must(o, c.Number, cases.Change{Verb: cases.Classify, Kind: cases.CrimeNews})
	b.must(o, c.Number, cases.Change{Verb: cases.Forward})
	c = b.must(p, c.Number, cases.Change{Verb: cases.MarkAct, Act: cases.Trafficking})
	if !slices.Contains(c.Acts, cases.Trafficking) || c.Urgent {
		t.Errorf("the police mark %v, urgent %v", c.Acts, c.Urgent)
	}
}

// A complaint stays as phản ánh only when its sender says so; else it ends here, for the
// reason that it needs a name.
func TestKindsThatNeedAName(t *testing.T) {
	t.Parallel()
	for stay, want := range map[bool]cases.Status{true: cases.Classified, false: cases.OutOfScope} {
		b := setup(t)
		o := b.staff(officer, cases.Officer)
		_, c := b.report(an, sample)
		answer := func() error {
			return b.try(an, func(ctx context.Context, tx *storage.Tx) error {
				after, err := tx.Unnamed(ctx, c.ID, stay)
				if err == nil {
					c = after
				}
				return err
			})
		}
		b.must(o, c.Number, cases.Change{Verb: cases.Verify, Finding: cases.NotEnough})
		if kind := cases.KindOf(answer()); kind != cases.Conflict {
			t.Errorf("nobody asked: %s", kind)
		}
		b.must(o, c.Number, cases.Change{Verb: cases.Classify, Kind: cases.Complaint})
		c = b.must(o, c.Number, cases.Change{Verb: cases.AskName})
		if err := answer(); err != nil || c.Status != want {
			t.Fatalf("stay %v: %s %v", stay, c.Status, err)
		}
		if stay && c.Kind != cases.Feedback || !stay && c.History[len(c.History)-1].Detail != string(cases.NeedsName) {
			t.Errorf("stay %v: %+v", stay, c)
		}
		if err := answer(); err == nil {
			t.Error("answered twice")
		}
	}
}
