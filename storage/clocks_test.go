package storage_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"tinbao/cases"
	"tinbao/storage"
)

// due is the end of the running limit of a case.
func (b *bench) due(n cases.Number) (due time.Time) {
	b.t.Helper()
	b.do(officer, func(ctx context.Context, tx *storage.Tx) error {
		c, err := tx.Desk(n.Stream).Open(ctx, cases.Staff{}, n)
		due = c.Due
		return err
	})
	return due
}

func (b *bench) wantDue(n cases.Number, day int, month time.Month, hour int) {
	b.t.Helper()
	want := time.Date(2026, month, day, hour, 0, 0, 0, cases.Vietnam)
	if got := b.due(n); !got.Equal(want) {
		b.t.Errorf("%s is due %s, want %s", n, got.In(cases.Vietnam), want)
	}
}

// ward does what a leader does to limits and days.
func (b *bench) ward(work func(ctx context.Context, tx *storage.Tx, leader cases.StaffID) error) {
	b.t.Helper()
	leader := b.staff(2005, cases.Leader)
	b.do(2005, func(ctx context.Context, tx *storage.Tx) error { return work(ctx, tx, leader.ID) })
}

// A new version of a limit or of a day counts for steps that begin after it; what was due
// before stays due, whatever else happens in the step.
func TestVersionsChangeNothingThatIsDue(t *testing.T) {
	t.Parallel()
	b := setup(t) // Tuesday, 24/11, 9:00
	o := b.staff(officer, cases.Officer)
	_, c := b.report(an, sample)
	b.must(o, c.Number, cases.Change{Verb: cases.Take})
	b.wantDue(c.Number, 28, 11, 0)
	b.pass(time.Minute)
	b.ward(func(ctx context.Context, tx *storage.Tx, leader cases.StaffID) error {
		if err := tx.SetClock(ctx, leader, cases.ClockVerify, cases.WorkingDays, 4, true); err != nil {
			return err
		}
		return tx.SetDay(ctx, leader, cases.CalendarRow{Day: cases.Day{Year: 2026, Month: 11, Day: 27}, Kind: cases.Holiday})
	})
	b.pass(time.Minute)
	b.must(o, c.Number, cases.Change{Verb: cases.Note, Text: "x"})
	b.must(o, c.Number, cases.Change{Verb: cases.Release})
	b.must(o, c.Number, cases.Change{Verb: cases.Take})
	b.wantDue(c.Number, 28, 11, 0)
	_, after := b.report(binh, sample)
	b.must(o, after.Number, cases.Change{Verb: cases.Take})
	b.wantDue(after.Number, 2, 12, 0) // Wed, Thu, Mon, Tue
	b.do(officer, func(ctx context.Context, tx *storage.Tx) error {
		table, err := tx.Clocks(ctx)
		if r, _ := table.Rule(cases.ClockVerify); r.VerifiedBy != "Cán bộ 2005" || r.Amount != 4 {
			t.Errorf("%+v", r)
		}
		return err
	})
}

// A year stays checked until one of its days is changed.
func TestCheckedYear(t *testing.T) {
	t.Parallel()
	b := setup(t)
	look := func() cases.CalendarYear {
		y, err := b.CalendarYear(t.Context(), 2027)
		if err != nil {
			t.Fatal(err)
		}
		return y
	}
	if y := look(); !y.Checked.IsZero() {
		t.Errorf("%+v", y)
	}
	b.ward(func(ctx context.Context, tx *storage.Tx, leader cases.StaffID) error {
		return tx.CheckYear(ctx, leader, 2027)
	})
	if y := look(); y.Checked.IsZero() || y.By != "Cán bộ 2005" {
		t.Errorf("%+v", y)
	}
	b.pass(time.Minute)
	b.ward(func(ctx context.Context, tx *storage.Tx, leader cases.StaffID) error {
		return tx.SetDay(ctx, leader, cases.CalendarRow{Day: cases.Day{Year: 2027, Month: 2, Day: 20}, Kind: cases.WorkingWeekend})
	})
	if y := look(); !y.Checked.IsZero() || len(y.Rows) != len(cases.RowsOf(2027))+1 {
		t.Errorf("%+v", y)
	}
}

// The limit stands still while the ward waits for the person, and goes on with what was
// left of it when the answer comes.
func TestLimitStandsStillWhileThePersonIsAsked(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o := b.staff(officer, cases.Officer)
	receipt, c := b.report(an, sample)
	b.must(o, c.Number, cases.Change{Verb: cases.Take})
	if c := b.must(o, c.Number, cases.Change{Verb: cases.AskInfo, Text: "Ở đâu?"}); !c.Due.IsZero() {
		t.Errorf("due %s while the person is asked", c.Due)
	}
	b.pass(2 * 24 * time.Hour) // Thursday: two working days
	b.do(an, func(ctx context.Context, tx *storage.Tx) error {
		v, err := tx.LookUp(ctx, receipt)
		if err != nil {
			return err
		}
		_, err = tx.AddInfo(ctx, v.Stream, v.CaseID, cases.Route{Chat: an, Lang: "vi"}, "Ngõ 12", nil)
		return err
	})
	b.wantDue(c.Number, 2, 12, 0) // Friday and two working days
	b.must(o, c.Number, cases.Change{Verb: cases.Verify, Finding: cases.Founded})
	b.wantDue(c.Number, 4, 12, 0) // 5 working days from receipt, and two
}

// When nobody answers for long enough the limit runs again by itself, once, and the
// history tells it.
func TestLimitRunsAgainWithoutAnAnswer(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o := b.staff(officer, cases.Officer)
	_, c := b.report(an, sample)
	b.must(o, c.Number, cases.Change{Verb: cases.Take})
	b.must(o, c.Number, cases.Change{Verb: cases.AskInfo, Text: "Ở đâu?"})
	b.rung(0)
	b.pass(8 * 24 * time.Hour) // 2/12, 9:00: the fifth working day ended on 1/12
	if got := b.rung(1); len(got) != 1 || got[0].Percent != 0 || got[0].Holder != o.ID {
		t.Errorf("%+v", got)
	}
	b.rung(0)
	b.wantDue(c.Number, 5, 12, 0) // 27/11 and five working days
	b.count("select count(*) from casework.events where verb = 'run_on' and from_status = 'need_info' and to_status = 'need_info'", 1)
	b.must(o, c.Number, cases.Change{Verb: cases.Verify, Finding: cases.NotEnough})
}

// rung runs the reminders and gives those that were sent.
func (b *bench) rung(want int) (list []cases.Reminder) {
	b.t.Helper()
	if _, err := b.Remind(b.t.Context(), func(m cases.Reminder) []storage.Message {
		list = append(list, m)
		return nil
	}); err != nil {
		b.t.Fatal(err)
	}
	if len(list) != want {
		b.t.Errorf("%d reminders, want %d: %+v", len(list), want, list)
	}
	return list
}

// An extension moves the end, once or more; being late is not forgiven by it, and it ends
// with its limit. Its words are sealed, its days stand in the history.
func TestExtension(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o := b.staff(officer, cases.Officer)
	_, c := b.report(an, sample)
	b.must(o, c.Number, cases.Change{Verb: cases.Take})
	b.must(o, c.Number, cases.Change{Verb: cases.Extend, Days: 3, Text: "chờ tổ trưởng"})
	b.wantDue(c.Number, 3, 12, 0)
	b.must(o, c.Number, cases.Change{Verb: cases.Extend, Days: 1, Text: "chờ nữa"})
	b.wantDue(c.Number, 4, 12, 0)
	b.count("select count(*) from casework.cases where late", 0)
	b.pass(20 * 24 * time.Hour) // Monday, 14/12
	got := b.must(o, c.Number, cases.Change{Verb: cases.Extend, Days: 1, Text: "muộn"})
	b.wantDue(c.Number, 16, 12, 0)
	b.count("select count(*) from casework.cases where late", 1)
	b.count("select count(*) from casework.clocks where extended = 5", 1)
	if last := got.Talks[len(got.Talks)-1]; last.Text != "muộn" || !last.Internal {
		t.Errorf("%+v", last)
	}
	if last := got.History[len(got.History)-1]; last.Verb != cases.Extend || last.Detail != "1" {
		t.Errorf("%+v", last)
	}
	if _, err := b.act(o, c.Number, cases.Change{Verb: cases.Extend, Text: "không ngày"}); cases.KindOf(err) != cases.NotAllowed {
		t.Error(err)
	}
	b.must(o, c.Number, cases.Change{Verb: cases.AskInfo, Text: "?"})
	if _, err := b.act(o, c.Number, cases.Change{Verb: cases.Extend, Days: 1, Text: "x"}); cases.KindOf(err) != cases.NotAllowed {
		t.Errorf("a limit that stands still was extended: %v", err)
	}
}

// Each mark of a limit is told once, by one of several programs that look at once; at
// night only urgent cases disturb.
func TestEachMarkIsToldOnce(t *testing.T) {
	t.Parallel()
	b := setup(t) // 9:00
	o := b.staff(officer, cases.Officer)
	_, c := b.report(an, sample)
	_, urgent := b.report(binh, cases.ReportContent{Concern: cases.Danger, Text: "gấp"})
	_, help := b.help(chi)
	b.rung(0)
	b.pass(150 * time.Minute) // 11:30: of the four hours of the urgent one 2.5 have passed
	if got := b.rung(1); got[0].Number != urgent.Number || got[0].Percent != 50 || !got[0].Urgent {
		t.Errorf("%+v", got)
	}
	b.pass(12 * time.Hour) // 23:30
	if got := b.rung(1); got[0].Number != urgent.Number || got[0].Percent != 100 {
		t.Errorf("%+v", got)
	}
	b.pass(8 * time.Hour) // 7:30
	var mu sync.Mutex
	var told []cases.Reminder
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			if _, err := b.Remind(t.Context(), func(m cases.Reminder) []storage.Message {
				mu.Lock()
				defer mu.Unlock()
				told = append(told, m)
				return []storage.Message{{Chat: officer, Payload: []byte(`"x"`)}}
			}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if len(told) != 1 || told[0].Number != c.Number || told[0].Percent != 50 {
		t.Fatalf("%+v", told)
	}
	b.count("select count(*) from edge.outbox", 1)
	b.must(o, c.Number, cases.Change{Verb: cases.Take}) // another limit with marks of its own
	b.pass(26 * time.Hour)                              // Thursday, 9:30: half of the 27 hours of both was over at 8:30
	if got := b.rung(2); got[0].Number != c.Number || got[0].Percent != 50 || got[0].Holder != o.ID || got[1].Number != help.Number {
		t.Errorf("%+v", got)
	}
	b.must(o, c.Number, cases.Change{Verb: cases.SetAside, To: cases.InvalidCase})
	b.pass(10 * 24 * time.Hour)
	if got := b.rung(1); got[0].Number != help.Number {
		t.Errorf("an ended case: %+v", got)
	}
}

// The digest comes once a morning to each person whatever runs at once, and counts what
// the person may see.
func TestDigestOnceAMorning(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o, p := b.staff(officer, cases.Officer), b.staff(policeman, cases.Police)
	b.staff(2006, cases.Admin)
	locked := b.staff(2007, cases.Officer)
	b.do(2006, func(ctx context.Context, tx *storage.Tx) error { return tx.Lock(ctx, locked.ID, true) })
	_, mine := b.report(an, sample)
	b.must(o, mine.Number, cases.Change{Verb: cases.Take})
	b.report(an, sample)
	_, handed := b.report(binh, cases.ReportContent{Concern: cases.Danger, Text: "gấp"})
	b.must(o, handed.Number, cases.Change{Verb: cases.Forward})
	b.help(chi)
	got := map[cases.StaffID][]cases.Digest{}
	look := func() (n int) {
		var mu sync.Mutex
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				sent, err := b.Digest(t.Context(), func(s cases.Staff, list []cases.Digest) []storage.Message {
					mu.Lock()
					defer mu.Unlock()
					got[s.ID] = list
					return nil
				})
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				n += sent
			})
		}
		wg.Wait()
		return n
	}
	if n := look(); n != 0 {
		t.Fatalf("%d got the digest at 9:00", n)
	}
	b.pass(22*time.Hour + 30*time.Minute) // Wednesday, 7:30
	if n := look(); n != 2 {
		t.Fatalf("%d got the digest", n)
	}
	if n := look(); n != 0 {
		t.Errorf("%d got it twice", n)
	}
	want := []cases.Digest{{Stream: cases.ReportStream, Fresh: 2, Mine: 2, Today: 1, Open: 3}, {Stream: cases.HelpStream, Fresh: 1, Open: 1}}
	for i, d := range got[o.ID] {
		if d != want[i] {
			t.Errorf("%+v, want %+v", d, want[i])
		}
	}
	if list := got[p.ID]; len(list) != 1 || list[0] != (cases.Digest{Stream: cases.ReportStream, Fresh: 1, Open: 1}) {
		t.Errorf("the police: %+v", list)
	}
	b.pass(24 * time.Hour)
	if n := look(); n != 2 {
		t.Errorf("%d got the digest of the next day", n)
	}
	b.pass(2 * 24 * time.Hour) // Saturday
	if n := look(); n != 0 {
		t.Errorf("%d got a digest on a Saturday", n)
	}
}
