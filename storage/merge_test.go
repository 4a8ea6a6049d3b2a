package storage_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"tinbao/cases"
	"tinbao/storage"
)

func (b *bench) merge(s cases.Staff, one, into cases.Number) (c cases.Case, err error) {
	b.t.Helper()
	err = b.try(s.Route.Chat, func(ctx context.Context, t *storage.Tx) (err error) {
		c, err = t.Desk(one.Stream).Merge(ctx, s, one, into)
		return err
	})
	return c, err
}

func (b *bench) part(s cases.Staff, one cases.Number) (c cases.Case, err error) {
	b.t.Helper()
	err = b.try(s.Route.Chat, func(ctx context.Context, t *storage.Tx) (err error) {
		c, err = t.Desk(one.Stream).Unmerge(ctx, s, one, -1)
		return err
	})
	return c, err
}

func (b *bench) opens(s cases.Staff, n cases.Number) (c cases.Case) {
	b.t.Helper()
	b.do(s.Route.Chat, func(ctx context.Context, t *storage.Tx) (err error) {
		c, err = t.Desk(n.Stream).Open(ctx, s, n)
		return err
	})
	return c
}

// chats are the people who get news of a report, when somebody acts.
func (b *bench) chats(s cases.Staff, caseID string) (list []int64) {
	b.t.Helper()
	b.do(s.Route.Chat, func(ctx context.Context, t *storage.Tx) error {
		routes, err := t.Routes(ctx, cases.ReportStream, caseID)
		for _, r := range routes {
			list = append(list, r.Chat)
		}
		slices.Sort(list)
		return err
	})
	return list
}

func TestMergeAndUnmerge(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o, p := b.staff(officer, cases.Officer), b.staff(policeman, cases.Police)
	_, a := b.report(an, sample)
	_, c := b.report(binh, sample)
	_, e := b.report(chi, sample)
	b.must(o, c.Number, cases.Change{Verb: cases.Take})
	b.must(o, c.Number, cases.Change{Verb: cases.Verify, Finding: cases.Founded})
	before := b.opens(o, c.Number)
	got, err := b.merge(o, c.Number, a.Number)
	if err != nil || got.Status != cases.Duplicate || got.MergedInto != a.Number || !got.Due.IsZero() || !got.Shut || got.Report != nil {
		t.Fatalf("merged: %+v %v", got, err)
	}
	if last := got.History[len(got.History)-1]; last.Verb != cases.Merge || last.Detail != a.Number.String() || last.ByID != o.ID {
		t.Errorf("the history tells %+v", last)
	}
	if _, err := b.merge(o, e.Number, c.Number); cases.TextOf(err) != "error.merge.ended" {
		t.Errorf("merged with a duplicate: %v", err)
	}
	if _, err := b.merge(o, a.Number, e.Number); err != nil { // and with it what is counted with it
		t.Fatal(err)
	}
	if got := b.opens(o, e.Number); !slices.Equal(got.Merged, []cases.Number{a.Number, c.Number}) {
		t.Errorf("counted with it: %v", got.Merged)
	}
	if got := b.chats(o, e.ID); !slices.Equal(got, []int64{an, binh, chi}) {
		t.Errorf("news of the report go to %v", got)
	}
	// The police act on it: everybody hears, and they see nothing of the others.
	b.must(o, e.Number, cases.Change{Verb: cases.Verify, Finding: cases.Founded})
	b.must(o, e.Number, cases.Change{Verb: cases.Classify, Kind: cases.Feedback})
	b.must(o, e.Number, cases.Change{Verb: cases.Forward})
	if c := b.opens(p, e.Number); len(c.Merged) != 0 || c.Sources != 0 {
		t.Errorf("the police see %v, %d sources", c.Merged, c.Sources)
	}
	if got := b.chats(p, e.ID); !slices.Equal(got, []int64{an, binh, chi}) {
		t.Errorf("news by the police go to %v", got)
	}
	if _, err := b.part(o, e.Number); cases.TextOf(err) != "error.merge.none" {
		t.Errorf("parted from nothing: %v", err)
	}
	got, err = b.part(o, c.Number)
	if err != nil || got.Status != before.Status || got.Finding != before.Finding || !got.Due.Equal(before.Due) || got.Report == nil || !got.MergedInto.IsZero() {
		t.Errorf("parted: %+v %v", got, err)
	}
	if got := b.chats(o, e.ID); !slices.Equal(got, []int64{an, chi}) {
		t.Errorf("after parting news go to %v", got)
	}
	if _, err := b.merge(o, c.Number, a.Number); cases.TextOf(err) != "error.merge.ended" {
		t.Errorf("merged with a duplicate: %v", err)
	}
}

func TestWhatIsNotMerged(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o := b.staff(officer, cases.Officer)
	_, a := b.report(an, sample)
	_, urgent := b.report(binh, cases.ReportContent{Concern: cases.Danger, Text: "x"})
	_, ended := b.report(chi, sample)
	_, h := b.help(an)
	b.must(o, ended.Number, cases.Change{Verb: cases.SetAside, To: cases.OutOfScope})
	none := a.Number
	none.Seq = 77
	for name, try := range map[string]struct {
		one, into cases.Number
		kind      cases.ErrorKind
	}{
		"itself":               {a.Number, a.Number, cases.NotAllowed},
		"an ended one":         {ended.Number, a.Number, cases.NotAllowed},
		"with an ended one":    {a.Number, ended.Number, cases.NotAllowed},
		"urgent with ordinary": {urgent.Number, a.Number, cases.NotAllowed},
		"help with a report":   {h.Number, a.Number, cases.NotFound},
		"a report with help":   {a.Number, h.Number, cases.NotFound},
		"help with help":       {h.Number, h.Number, cases.NotFound},
		"with none":            {a.Number, none, cases.NotFound},
	} {
		if _, err := b.merge(o, try.one, try.into); cases.KindOf(err) != try.kind {
			t.Errorf("%s: %v", name, err)
		}
	}
	b.must(o, urgent.Number, cases.Change{Verb: cases.Forward})
	if _, err := b.merge(o, urgent.Number, a.Number); cases.KindOf(err) != cases.NotAllowed {
		t.Errorf("what the police hold: %v", err)
	}
	if _, err := b.merge(o, a.Number, urgent.Number); err != nil {
		t.Errorf("ordinary with urgent: %v", err)
	}
	b.count("select count(*) from casework.merges", 1)
}

// Whoever wrote a duplicate reads what the ward wrote about the report it is counted
// with since then, and its end; what they add is read there.
func TestFollowersRead(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o := b.staff(officer, cases.Officer)
	first, a := b.report(an, sample)
	receipt, c := b.report(binh, sample)
	b.must(o, a.Number, cases.Change{Verb: cases.Answer, Text: "trước khi gộp"})
	b.pass(time.Minute)
	if _, err := b.merge(o, c.Number, a.Number); err != nil {
		t.Fatal(err)
	}
	b.pass(time.Minute)
	b.must(o, a.Number, cases.Change{Verb: cases.AskInfo, Text: "Mấy giờ?"})
	b.must(o, a.Number, cases.Change{Verb: cases.Note, Text: "giữa cán bộ"})
	look := func() (v cases.ResidentView) {
		t.Helper()
		b.do(binh, func(ctx context.Context, tx *storage.Tx) (err error) {
			v, err = tx.LookUp(ctx, receipt)
			return err
		})
		return v
	}
	v := look()
	if v.Status != cases.Duplicate || !v.CanAdd || v.CanTake || len(v.Talks) != 1 || v.Talks[0].Text != "Mấy giờ?" || v.Talks[0].By != "" {
		t.Errorf("a follower reads %+v", v)
	}
	b.do(binh, func(ctx context.Context, tx *storage.Tx) error {
		got, err := tx.AddInfo(ctx, cases.ReportStream, c.ID, cases.Route{Chat: binh, Lang: "vi"}, "22 giờ", nil)
		if err == nil && (got.Number != a.Number || got.Status != cases.Verifying || got.Talks[len(got.Talks)-1].Text != "22 giờ") {
			t.Errorf("added to %+v", got)
		}
		return err
	})
	if v := look(); len(v.Talks) != 2 || v.Talks[1].Text != "22 giờ" {
		t.Errorf("a follower reads %+v", v.Talks)
	}
	b.do(an, func(ctx context.Context, tx *storage.Tx) error { // who wrote the other reads nothing of it
		v, err := tx.LookUp(ctx, first)
		if len(v.Talks) != 2 || slices.ContainsFunc(v.Talks, func(talk cases.Talk) bool { return talk.Text == "22 giờ" }) {
			t.Errorf("the first reads %+v", v.Talks)
		}
		return err
	})
	b.must(o, a.Number, cases.Change{Verb: cases.Verify, Finding: cases.NotEnough})
	b.must(o, a.Number, cases.Change{Verb: cases.Close, Ending: cases.EndHandled})
	if v := look(); v.Status != cases.Closed || v.CanAdd {
		t.Errorf("after the end a follower reads %+v", v)
	}
	if got := b.chats(o, a.ID); !slices.Equal(got, []int64{an, binh}) {
		t.Errorf("news go to %v", got)
	}
	if _, err := b.part(o, c.Number); cases.TextOf(err) != "error.merge.late" {
		t.Errorf("opened by one person after the end: %v", err)
	}
	two := b.staff(officer2, cases.Officer)
	b.must(o, c.Number, cases.Change{Verb: cases.AskReopen, Text: "Có tin mới"})
	if c := b.must(two, c.Number, cases.Change{Verb: cases.Reopen}); c.Status != cases.Reopened || !c.MergedInto.IsZero() {
		t.Errorf("opened by two: %+v", c)
	}
	if got := b.chats(o, a.ID); !slices.Equal(got, []int64{an}) {
		t.Errorf("news go to %v", got)
	}
}

// The number of independent reports never counts one person twice, is not told below
// three, and does not prove that two come from one person.
func TestSources(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o := b.staff(officer, cases.Officer)
	group := func(chats ...int64) cases.Case {
		t.Helper()
		_, first := b.report(chats[0], sample)
		for _, chat := range chats[1:] {
			_, c := b.report(chat, sample)
			if _, err := b.merge(o, c.Number, first.Number); err != nil {
				t.Fatal(err)
			}
		}
		return first
	}
	var many []int64
	for i := range int64(16) {
		many = append(many, 5000+i)
	}
	all := group(many...)
	n := b.opens(o, all.Number).Sources
	if n < cases.SourcesShown || n > 16 {
		t.Errorf("16 people: %d", n)
	}
	if again := b.opens(o, all.Number).Sources; again != n {
		t.Errorf("%d at first, then %d", n, again)
	}
	if n := b.opens(o, group(an, an, an, an, an, an, an, an).Number).Sources; n != 0 {
		t.Errorf("one person: %d", n)
	}
	if n := b.opens(o, group(an, binh, an, binh, an, binh, an, binh).Number).Sources; n != 0 {
		t.Errorf("two people: %d", n)
	}
	b.do(5000, func(ctx context.Context, tx *storage.Tx) error { return tx.CutRoute(ctx, cases.ReportStream, all.ID) })
	if left := b.opens(o, all.Number).Sources; left != n-1 {
		t.Errorf("after a way back was cut: %d of %d", left, n)
	}
}

func TestDuplicatesInTheFigures(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o := b.staff(officer, cases.Officer)
	_, a := b.report(an, sample)
	_, c := b.report(binh, sample)
	if _, err := b.merge(o, c.Number, a.Number); err != nil {
		t.Fatal(err)
	}
	s := b.statistics(o, cases.Period{From: cases.DayOf(b.at), To: cases.DayOf(b.at)})
	if s.Total.Received != 2 || s.Total.Duplicates != 1 || s.Total.Open != 1 || s.CorroboratedBy2 != 1 || s.CorroboratedBy3 != 0 {
		t.Errorf("%+v", s)
	}
	_, third := b.report(chi, sample)
	if _, err := b.merge(o, a.Number, third.Number); err != nil { // with the one it was counted with
		t.Fatal(err)
	}
	several := func(two, three int) {
		t.Helper()
		s := b.statistics(o, cases.Period{From: cases.DayOf(b.at), To: cases.DayOf(b.at)})
		if s.CorroboratedBy2 != two || s.CorroboratedBy3 != three {
			t.Errorf("%d of two messages, %d of three", s.CorroboratedBy2, s.CorroboratedBy3)
		}
	}
	several(1, 1)
	if _, err := b.part(o, a.Number); err != nil {
		t.Fatal(err)
	}
	several(1, 0)
	if _, err := b.part(o, c.Number); err != nil {
		t.Fatal(err)
	}
	several(0, 0)
	if _, err := b.merge(o, c.Number, third.Number); err != nil {
		t.Fatal(err)
	}
	several(1, 0)
}
