package storage_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tinbao/cases"
	"tinbao/storage"
)

// planted fills what colleagues share about cases with rows of every stream and ward.
func (f *fort) plantTeam() {
	f.t.Helper()
	if _, err := f.AddStaff(f.t.Context(), cases.Officer, "Cô Thay", pin, cases.Route{Chat: officer2, Lang: "vi"}); err != nil {
		f.t.Fatal(err)
	}
	for _, sql := range []string{
		"insert into casework.reminders select c.stream, c.id, c.ward_id, s.id, now() from casework.cases c join lateral (select min(id) as id from ward.staff w where w.ward_id = c.ward_id) s on true",
		"insert into casework.mentions select c.stream, c.id, c.ward_id, s.id, now() from casework.cases c join lateral (select min(id) as id from ward.staff w where w.ward_id = c.ward_id) s on true",
		"insert into casework.ratings select stream, id, ward_id, now(), 4, 'x' from casework.cases",
		"insert into casework.destructions (stream, case_id, ward_id, what) select stream, id, ward_id, 'receipt' from casework.cases",
		"insert into edge.departures (ward_id, ref) select id, 'x' from ward.wards",
		"insert into casework.canned select stream, gen_random_uuid(), ward_id, '', 'x', now() from casework.cases",
		"insert into ward.absences select ward_id, min(id), max(id), now(), now() + interval '1 day' from ward.staff group by ward_id having min(id) < max(id)",
	} {
		if _, err := f.owner.Exec(f.t.Context(), sql); err != nil {
			f.t.Fatal(sql, err)
		}
	}
}

// notes collects the reminders that are sent.
func (b *bench) notes() (got []string) {
	b.t.Helper()
	_, err := b.SendReminders(b.t.Context(), func(to cases.Staff, n cases.Number) storage.Message {
		got = append(got, fmt.Sprint(to.ID, " ", n))
		return storage.Message{Chat: to.Route.Chat, Payload: []byte(`"x"`)}
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return got
}

func (b *bench) remind(s cases.Staff, n cases.Number, at time.Time) {
	b.t.Helper()
	b.do(s.Route.Chat, func(ctx context.Context, t *storage.Tx) error { return t.Desk(n.Stream).Remind(ctx, s, n, at) })
}

func (b *bench) now() time.Time { b.mu.Lock(); defer b.mu.Unlock(); return b.at }

// A reminder comes once, at its time, to whoever asked for it or stands in, and not
// when the case has ended or may not be seen any more.
func TestRemindersComeOnce(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o, lan, nurse1 := b.staff(officer, cases.Officer), b.staff(officer+50, cases.Officer), b.staff(nurse, cases.Health)
	_, c := b.report(an, sample)
	_, h := b.help(binh)
	b.remind(o, c.Number, b.now().Add(time.Hour))
	b.remind(nurse1, h.Number, b.now().Add(time.Hour))
	if got := b.notes(); got != nil {
		t.Errorf("too early: %v", got)
	}
	b.pass(time.Hour)
	want := []string{fmt.Sprint(o.ID, " ", c.Number), fmt.Sprint(nurse1.ID, " ", h.Number)}
	if diff := cmp.Diff(want, b.notes()); diff != "" {
		t.Error(diff)
	}
	if got := b.notes(); got != nil {
		t.Errorf("twice: %v", got)
	}
	b.remind(o, c.Number, b.now())
	b.do(officer, func(ctx context.Context, t *storage.Tx) error {
		return t.SetAbsence(ctx, cases.Absence{Staff: o.ID, StandIn: lan.ID, Since: b.now(), Until: b.now().Add(48 * time.Hour)})
	})
	if got := b.notes(); !slices.Equal(got, []string{fmt.Sprint(lan.ID, " ", c.Number)}) {
		t.Errorf("the stand-in: %v", got)
	}
	b.remind(o, c.Number, b.now())
	b.must(o, c.Number, cases.Change{Verb: cases.SetAside, To: cases.InvalidCase})
	if got := b.notes(); got != nil {
		t.Errorf("of an ended case: %v", got)
	}
	b.count("select count(*) from casework.reminders", 0)
}

// Notices for somebody who is away go to the stand-in, as long as the absence lasts.
func TestStandInGetsTheNotices(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o, lan := b.staff(officer, cases.Officer), b.staff(officer+50, cases.Officer)
	who := func() (ids []cases.StaffID, covers bool) {
		b.do(officer, func(ctx context.Context, t *storage.Tx) error {
			list, err := t.StaffWith(ctx, cases.WorkReports)
			for _, s := range list {
				ids = append(ids, s.ID)
				covers = covers || s.Answers(o.ID) && s.ID != o.ID
			}
			return err
		})
		return ids, covers
	}
	b.do(officer, func(ctx context.Context, t *storage.Tx) error {
		return t.SetAbsence(ctx, cases.Absence{Staff: o.ID, StandIn: lan.ID, Since: b.now().Add(time.Hour), Until: b.now().Add(2 * time.Hour)})
	})
	for i, want := range []struct {
		n      int
		covers bool
	}{{2, false}, {1, true}, {2, false}} {
		if ids, covers := who(); len(ids) != want.n || covers != want.covers {
			t.Errorf("hour %d: %v %v", i, ids, covers)
		}
		b.pass(time.Hour)
	}
}

// A case that was given stays with the colleague however long it rests, and the one
// who had it is named; a call shows until the case was looked at.
func TestGivingAndCalling(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o, lan := b.staff(officer, cases.Officer), b.staff(officer+50, cases.Officer)
	_, made := b.report(an, sample)
	n := made.Number
	b.must(o, n, cases.Change{Verb: cases.Take})
	if c := b.must(o, n, cases.Change{Verb: cases.Assign, Whom: lan.ID, Text: "bàn giao"}); c.Assignee != lan.ID || c.Former != o.ID || c.Status != cases.Verifying || !c.Talks[0].Internal {
		t.Errorf("%+v", c)
	}
	b.must(lan, n, cases.Change{Verb: cases.Note, Text: "xem"}) // does not shorten the time
	b.pass(10 * 24 * time.Hour)
	c := b.must(o, n, cases.Change{Verb: cases.Note, Text: "hỏi"})
	if c.Assignee != lan.ID {
		t.Errorf("held by %d", c.Assignee)
	}
	for _, e := range c.History {
		if e.Verb == cases.Assign && e.Detail != lan.Name {
			t.Errorf("history: %+v", e)
		}
	}
	calls := func(s cases.Staff) (n int) {
		b.do(s.Route.Chat, func(ctx context.Context, t *storage.Tx) error {
			_, list, err := t.Desk(cases.ReportStream).Pointers(ctx, s)
			n = len(list)
			return err
		})
		return n
	}
	b.do(officer, func(ctx context.Context, t *storage.Tx) error {
		return t.Desk(cases.ReportStream).CallOn(ctx, o, n, lan.ID)
	})
	if calls(lan) != 1 || calls(o) != 0 {
		t.Error("the call is not shown, or to the wrong one")
	}
	b.pass(time.Minute)
	b.do(lan.Route.Chat, func(ctx context.Context, t *storage.Tx) error {
		_, err := t.Desk(cases.ReportStream).Open(ctx, lan, n)
		return err
	})
	if calls(lan) != 0 {
		t.Error("the call stays after the look")
	}
	b.do(officer, func(ctx context.Context, tx *storage.Tx) error {
		loads, err := tx.Desk(cases.ReportStream).Workload(ctx, o, b.now().Add(-time.Hour))
		if len(loads) != 1 || loads[0].Staff != lan.ID || loads[0].Open != 1 || loads[0].Overdue != 1 {
			t.Errorf("%+v", loads)
		}
		return err
	})
}

// A case is rated once, after its end, and its words are sealed and go with its key.
func TestRatingOnce(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o := b.staff(officer, cases.Officer)
	receipt, c := b.report(an, sample)
	rate := func(n cases.Stars) error {
		return b.try(an, func(ctx context.Context, t *storage.Tx) error { return t.Rate(ctx, cases.ReportStream, c.ID, n) })
	}
	look := func() (v cases.ResidentView) {
		b.do(chi, func(ctx context.Context, t *storage.Tx) (err error) {
			v, err = t.LookUp(ctx, receipt)
			return err
		})
		return v
	}
	if err := rate(5); cases.KindOf(err) != cases.NotAllowed || look().CanRate {
		t.Errorf("before the end: %v", err)
	}
	b.must(o, c.Number, cases.Change{Verb: cases.Verify, Finding: cases.Founded})
	b.must(o, c.Number, cases.Change{Verb: cases.Close, Ending: cases.EndHandled})
	if v := look(); !v.CanRate || !v.CanAsk || v.Stars != 0 {
		t.Errorf("%+v", v)
	}
	if err := rate(6); cases.KindOf(err) != cases.NotAllowed {
		t.Errorf("six stars: %v", err)
	}
	if err := rate(4); err != nil {
		t.Error(err)
	}
	if err := rate(1); cases.KindOf(err) != cases.Conflict {
		t.Errorf("twice: %v", err)
	}
	word := func() error {
		return b.try(an, func(ctx context.Context, t *storage.Tx) error {
			return t.RateWords(ctx, cases.ReportStream, c.ID, "Cảm ơn phường")
		})
	}
	if err := word(); err != nil {
		t.Error(err)
	}
	if err := word(); cases.KindOf(err) != cases.Conflict {
		t.Errorf("two words: %v", err)
	}
	b.do(officer, func(ctx context.Context, tx *storage.Tx) error {
		open, err := tx.Desk(cases.ReportStream).Open(ctx, o, c.Number)
		if err != nil || open.Stars != 4 || look().Stars != 4 {
			t.Errorf("stars %d, %v", open.Stars, err)
		}
		f, err := tx.Desk(cases.ReportStream).Ratings(ctx, b.now().Add(-time.Hour), b.now().Add(time.Hour))
		if f.N != 1 || f.Stars != 4 || f.Shown() {
			t.Errorf("%+v", f)
		}
		return err
	})
	b.count("select count(*) from casework.ratings where position('phường'::bytea in words) > 0", 0)
	b.pass(800 * 24 * time.Hour)
	if _, err := b.Retain(t.Context(), cases.DefaultRetention); err != nil {
		t.Error(err)
	}
	b.count("select count(*) from casework.ratings where words is null and stars = 4", 1)
}

// The person counts as the first of the two who open a case again, within the window,
// and hears what one member of staff said.
func TestPersonAsksForReopening(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o := b.staff(officer, cases.Officer)
	_, c := b.report(an, sample)
	ask := func() (out cases.Case, err error) {
		err = b.try(an, func(ctx context.Context, t *storage.Tx) error {
			out, err = t.AskAgain(ctx, cases.ReportStream, c.ID, "Vẫn còn hoạt động", cases.Route{Chat: an, Lang: "vi"})
			return err
		})
		return out, err
	}
	if _, err := ask(); cases.KindOf(err) != cases.NotAllowed {
		t.Errorf("before the end: %v", err)
	}
	b.must(o, c.Number, cases.Change{Verb: cases.Verify, Finding: cases.NotEnough})
	b.must(o, c.Number, cases.Change{Verb: cases.Close, Ending: cases.EndHandled})
	if _, err := b.act(o, c.Number, cases.Change{Verb: cases.Reopen}); cases.KindOf(err) != cases.NotAllowed {
		t.Errorf("nobody asked: %v", err)
	}
	wished, err := ask()
	if err != nil || !wished.ByPerson || wished.AskedBy != 0 || wished.Report != nil || len(wished.Talks) != 1 || wished.Talks[0].Internal || wished.Talks[0].FromStaff {
		t.Fatalf("%+v %v", wished, err)
	}
	if _, err := ask(); cases.KindOf(err) != cases.NotAllowed {
		t.Errorf("while one waits: %v", err)
	}
	b.pass(cases.SecondTime + time.Hour) // a colleague's wish would be gone
	b.must(o, c.Number, cases.Change{Verb: cases.KeepShut})
	if _, err := ask(); err != nil {
		t.Errorf("once more: %v", err)
	}
	if opened := b.must(o, c.Number, cases.Change{Verb: cases.Reopen}); opened.Status != cases.Reopened || opened.Report == nil || opened.Shut {
		t.Errorf("%+v", opened)
	}
	b.must(o, c.Number, cases.Change{Verb: cases.Verify, Finding: cases.NotEnough})
	b.must(o, c.Number, cases.Change{Verb: cases.Close, Ending: cases.EndHandled})
	if _, err := ask(); cases.KindOf(err) != cases.NotAllowed {
		t.Errorf("a third time: %v", err)
	}
	_, late := b.report(an, sample)
	b.must(o, late.Number, cases.Change{Verb: cases.SetAside, To: cases.OutOfScope})
	b.pass((cases.ReopenDays + 1) * 24 * time.Hour)
	c = late
	if _, err := ask(); cases.KindOf(err) != cases.NotAllowed {
		t.Errorf("after the window: %v", err)
	}
}

// What staff write down is received like any other, with nobody who waits and with who
// wrote it down in the history; its receipt opens it.
func TestCapture(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o := b.staff(officer, cases.Officer)
	var receipt cases.Receipt
	var c cases.Case
	b.do(officer, func(ctx context.Context, tx *storage.Tx) (err error) {
		receipt, c, err = tx.Desk(cases.ReportStream).Capture(ctx, o, cases.NewCase{Report: &sample, Source: cases.FromPhone})
		if err != nil {
			return err
		}
		if _, _, err := tx.Desk(cases.ReportStream).Capture(ctx, o, cases.NewCase{Help: &cases.HelpContent{}, Source: cases.FromPhone}); cases.KindOf(err) != cases.NotFound {
			t.Errorf("of the other stream: %v", err)
		}
		routes, err := tx.Routes(ctx, cases.ReportStream, c.ID)
		if len(routes) != 0 {
			t.Error("somebody waits")
		}
		return err
	})
	b.do(officer, func(ctx context.Context, tx *storage.Tx) error {
		got, err := tx.Desk(cases.ReportStream).Open(ctx, o, c.Number)
		if got.Source != cases.FromPhone || !got.Silent || len(got.History) != 3 || got.History[1].Verb != cases.Capture || got.History[1].By != o.Name {
			t.Errorf("%+v", got)
		}
		return err
	})
	b.do(chi, func(ctx context.Context, tx *storage.Tx) error {
		v, err := tx.LookUp(ctx, receipt)
		if v.CaseID != c.ID {
			t.Error("the receipt opens something else")
		}
		return err
	})
}

// Ready answers are sealed, of one stream, and bounded.
func TestCannedAnswers(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.staff(officer, cases.Officer)
	b.do(officer, func(ctx context.Context, tx *storage.Tx) error {
		reports, help := tx.Desk(cases.ReportStream), tx.Desk(cases.HelpStream)
		for i := range cases.MostCanned {
			if err := reports.AddCanned(ctx, cases.Verifying, fmt.Sprint("Đang kiểm tra ", i)); err != nil {
				return err
			}
		}
		if err := reports.AddCanned(ctx, "", "thêm"); cases.KindOf(err) != cases.Limited {
			t.Errorf("one too many: %v", err)
		}
		all, err := reports.Canned(ctx)
		if err != nil || len(all) != cases.MostCanned || all[0].Status != cases.Verifying {
			t.Errorf("%d %v", len(all), err)
		}
		if err := help.ChangeCanned(ctx, all[0].ID, ""); cases.KindOf(err) != cases.NotFound {
			t.Errorf("over the wall: %v", err)
		}
		if err := reports.ChangeCanned(ctx, all[0].ID, "khác"); err != nil {
			return err
		}
		if err := reports.ChangeCanned(ctx, all[1].ID, ""); err != nil {
			return err
		}
		all, err = reports.Canned(ctx)
		if len(all) != cases.MostCanned-1 || !slices.ContainsFunc(all, func(c cases.Canned) bool { return c.Text == "khác" }) {
			t.Errorf("%+v", all)
		}
		return err
	})
	b.count("select count(*) from casework.canned where position('kiểm'::bytea in sealed) > 0", 0)
}

// A file of staff is kept like one of the person, and goes to whoever waits in the
// same transaction; one that cannot be cleaned is told to its sender.
func TestFilesOfStaff(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o := b.staff(officer, cases.Officer)
	_, made := b.report(an, sample)
	send := func() cases.File {
		c := b.must(o, made.Number, cases.Change{Verb: cases.Answer, Text: "📎", File: &cases.OfferedFile{Kind: cases.Document, FileID: "form"}})
		return c.Files[len(c.Files)-1]
	}
	if _, err := b.act(o, made.Number, cases.Change{Verb: cases.Note, Text: "x", File: &cases.OfferedFile{Kind: cases.Photo, FileID: "x"}}); cases.KindOf(err) != cases.NotAllowed {
		t.Errorf("a file with a note: %v", err)
	}
	f := send()
	h, err := b.HandoutOf(t.Context(), cases.ReportStream, f.ID)
	if err != nil || h == nil || h.By.ID != o.ID || h.Number != made.Number || !f.ByStaff {
		t.Fatalf("%+v %v", h, err)
	}
	for range 2 { // the job may come twice
		if err := b.StoreHandout(t.Context(), cases.ReportStream, f.ID, []byte("clean"), "application/pdf", func(to cases.Route) storage.Message {
			return storage.Message{Chat: to.Chat, Payload: []byte(`"file"`)}
		}); err != nil {
			t.Fatal(err)
		}
	}
	b.count("select count(*) from edge.outbox", 1)
	b.count("select count(*) from casework.files where state = 'stored' and by_staff is not null", 1)
	f = send()
	if err := b.RefuseHandout(t.Context(), cases.ReportStream, f.ID, "file.type", storage.Message{Chat: officer, Payload: []byte(`"no"`)}); err != nil {
		t.Fatal(err)
	}
	b.count("select count(*) from edge.outbox", 2)
}
