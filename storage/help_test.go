package storage_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"tinbao/cases"
	"tinbao/storage"
)

const helperChat, helperChat2 = 2101, 2102

// asking receives a request for a service.
func (b *bench) asking(chat int64, s cases.Service) (c cases.Case) {
	b.t.Helper()
	b.do(chat, func(ctx context.Context, t *storage.Tx) (err error) {
		_, c, err = t.Receive(ctx, cases.Route{Chat: chat, Lang: "vi"}, cases.NewCase{Help: &cases.HelpContent{Service: s, Text: "Cần giúp"}, Source: cases.FromBot})
		return err
	})
	return c
}

// seen lists the numbers a viewer finds, by opening each and in the queues.
func (b *bench) seen(who cases.Staff, all []cases.Case) (opened, queued []int) {
	b.t.Helper()
	for _, c := range all {
		err := b.try(who.Route.Chat, func(ctx context.Context, t *storage.Tx) error {
			_, err := t.Desk(cases.HelpStream).Open(ctx, who, c.Number)
			return err
		})
		switch {
		case err == nil:
			opened = append(opened, c.Number.Seq)
		case cases.KindOf(err) != cases.NotFound:
			b.t.Fatal(err)
		}
	}
	b.do(who.Route.Chat, func(ctx context.Context, t *storage.Tx) error {
		for _, view := range []cases.QueueView{cases.QueueOpen, cases.QueueDone} {
			for page := range 3 {
				q, err := t.Desk(cases.HelpStream).Queue(ctx, who, view, page)
				if err != nil {
					return err
				}
				for _, item := range q.Items {
					if !slices.Contains(queued, item.Number.Seq) {
						queued = append(queued, item.Number.Seq)
					}
				}
			}
		}
		return nil
	})
	slices.Sort(queued)
	return opened, queued
}

// A support worker finds what was given to that worker, and what nobody has of the
// services of the team; officer and health find all (domain.md 9.4).
func TestSupportWorkersSeeTheirOwn(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o, n := b.staff(officer, cases.Officer), b.staff(nurse, cases.Health)
	one, two := b.staff(helperChat, cases.Support), b.staff(helperChat2, cases.Support)
	var all []cases.Case
	for i, s := range cases.Services {
		all = append(all, b.asking(int64(3000+i), s)) // 1 health, 2 counsel, 3 legal, 4 training, 5 job, 6 livelihood, 7 social
	}
	b.must(o, all[2].Number, cases.Change{Verb: cases.Assign, Whom: one.ID})
	b.must(two, all[3].Number, cases.Change{Verb: cases.Take})
	b.must(n, all[4].Number, cases.Change{Verb: cases.Take})
	b.must(two, all[5].Number, cases.Change{Verb: cases.Contact})
	b.must(two, all[5].Number, cases.Change{Verb: cases.Close, Ending: cases.EndDone})
	b.pass(30 * 24 * time.Hour) // no hold lasts so long, what is given stays given
	for who, want := range map[*cases.Staff][]int{
		&o: {1, 2, 3, 4, 5, 6, 7}, &n: {1, 2, 3, 4, 5, 6, 7}, &one: {2, 3, 7}, &two: {2, 4, 6, 7},
	} {
		opened, queued := b.seen(*who, all)
		if !slices.Equal(opened, want) || !slices.Equal(queued, want) {
			t.Errorf("%s %d opens %v and reads %v, want %v", who.Role, who.ID, opened, queued, want)
		}
	}
	for range 2 { // counselling and social security; the rest is handed to no support worker
		if c, err := b.takeNext(one); err != nil || !slices.Contains([]int{2, 3, 7}, c.Number.Seq) {
			t.Error(c.Number, err)
		}
	}
	for range 3 {
		if c, err := b.takeNext(two); err == nil && !slices.Contains([]int{2, 4, 7}, c.Number.Seq) {
			t.Error(c.Number)
		}
	}
}

func (b *bench) takeNext(who cases.Staff) (cases.Case, error) {
	return b.takeNextOf(cases.HelpStream, who)
}

func (b *bench) takeNextOf(stream cases.Stream, who cases.Staff) (c cases.Case, err error) {
	err = b.try(who.Route.Chat, func(ctx context.Context, t *storage.Tx) (err error) {
		c, err = t.Desk(stream).TakeNext(ctx, who)
		return err
	})
	return c, err
}

// What is not a support worker's does not exist for the worker's every step, and the
// account the update came from counts, too, not only the viewer that is named.
func TestSupportWorkersReachNothingElse(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o, w := b.staff(officer, cases.Officer), b.staff(helperChat, cases.Support)
	c := b.asking(an, cases.LegalAid)
	for verb := range map[cases.Verb]bool{cases.Take: true, cases.Note: true, cases.Answer: true, cases.Contact: true, cases.Close: true, cases.Alarm: true} {
		for _, who := range []cases.Staff{w, o} {
			err := b.try(w.Route.Chat, func(ctx context.Context, t *storage.Tx) error {
				if who.ID == o.ID {
					_, err := t.Routes(ctx, cases.HelpStream, c.ID)
					if routes, _ := t.Routes(ctx, cases.HelpStream, c.ID); len(routes) > 0 {
						return fmt.Errorf("%d ways back", len(routes))
					}
					if err == nil {
						err = cases.Fail(cases.NotFound, "")
					}
					return err
				}
				_, err := t.Desk(cases.HelpStream).Act(ctx, who, c.Number, -1, cases.Change{Verb: verb, Text: "x"})
				return err
			})
			if cases.KindOf(err) != cases.NotFound {
				t.Errorf("%s: %v", verb, err)
			}
		}
	}
	// Given, then given back, it is out of sight again.
	b.must(o, c.Number, cases.Change{Verb: cases.Assign, Whom: w.ID})
	b.must(w, c.Number, cases.Change{Verb: cases.Note, Text: "ghi"})
	b.must(w, c.Number, cases.Change{Verb: cases.Release})
	if opened, queued := b.seen(w, []cases.Case{c}); len(opened)+len(queued) != 0 {
		t.Error(opened, queued)
	}
	if err := b.try(officer, func(ctx context.Context, t *storage.Tx) error {
		_, err := t.Desk(cases.HelpStream).Act(ctx, o, c.Number, -1, cases.Change{Verb: cases.Assign, Whom: 999})
		return err
	}); cases.KindOf(err) != cases.NotFound {
		t.Errorf("given to nobody: %v", err)
	}
}

// Words of danger that come later raise a request, with an event, once.
func TestAddedWordsOfDanger(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o := b.staff(officer, cases.Officer)
	c := b.asking(an, cases.Counselling)
	for _, text := range []string{"em chào chị", "em bị nhốt", "em bị đánh"} {
		b.do(an, func(ctx context.Context, t *storage.Tx) error {
			_, err := t.AddInfo(ctx, cases.HelpStream, c.ID, cases.Route{Chat: an, Lang: "vi"}, text, nil)
			return err
		})
	}
	now := b.must(o, c.Number, cases.Change{Verb: cases.Take})
	raised := 0
	for _, e := range now.History {
		if e.Verb == cases.RaiseUrgent {
			raised++
		}
	}
	if !now.Urgent || raised != 1 {
		t.Errorf("urgent %v, raised %d times", now.Urgent, raised)
	}
}

func (b *bench) needs(caseID string, yes bool) error {
	return b.try(an, func(ctx context.Context, t *storage.Tx) error {
		_, err := t.Needs(ctx, caseID, yes)
		return err
	})
}

// Needs are written down after a yes: of the person, or by word of mouth when nobody
// can be asked in writing.
func TestNeedsAfterConsent(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o := b.staff(officer, cases.Officer)
	c := b.asking(an, cases.LegalAid)
	assess := func() error {
		return b.try(officer, func(ctx context.Context, t *storage.Tx) error {
			_, err := t.Desk(cases.HelpStream).Act(ctx, o, c.Number, -1, cases.Change{Verb: cases.Assess, Text: "Cần"})
			return err
		})
	}
	oral := func() error {
		return b.try(officer, func(ctx context.Context, t *storage.Tx) error {
			_, err := t.Desk(cases.HelpStream).Act(ctx, o, c.Number, -1, cases.Change{Verb: cases.NeedsOral})
			return err
		})
	}
	refused := func(what string, err error, kind cases.ErrorKind) {
		t.Helper()
		if cases.KindOf(err) != kind || err == nil {
			t.Errorf("%s: %v", what, err)
		}
	}
	refused("unasked", assess(), cases.NotAllowed)
	refused("answered unasked", b.needs(c.ID, true), cases.Conflict)
	refused("by word of mouth, though reached", oral(), cases.NotAllowed)
	b.must(o, c.Number, cases.Change{Verb: cases.AskNeeds})
	refused("unanswered", assess(), cases.NotAllowed)
	if err := b.needs(c.ID, false); err != nil {
		t.Fatal(err)
	}
	refused("after a no", assess(), cases.NotAllowed)
	refused("answered twice", b.needs(c.ID, true), cases.Conflict)
	b.do(an, func(ctx context.Context, t *storage.Tx) error { return t.CutRoute(ctx, cases.HelpStream, c.ID) })
	if err := oral(); err != nil {
		t.Fatal(err)
	}
	if err := assess(); err != nil {
		t.Fatal(err)
	}
}

// said collects what the bot says of its own accord.
type said struct {
	mu   sync.Mutex
	days []int
	told []string
	late []string
}

func (s *said) caring() storage.Caring {
	keep := func(add func()) storage.Message {
		s.mu.Lock()
		defer s.mu.Unlock()
		add()
		return storage.Message{Chat: an, Payload: []byte(`"x"`)}
	}
	return storage.Caring{
		Ask: func(_ cases.Route, _ string, _ time.Time, days int) storage.Message {
			return keep(func() { s.days = append(s.days, days) })
		},
		Remind: func(_ cases.Route, _ string, _ time.Time, _ int, words string) storage.Message {
			return keep(func() { s.told = append(s.told, words) })
		},
		Late: func(to cases.Route, _ cases.Stream, _ string, late cases.Late) storage.Message {
			return keep(func() { s.late = append(s.late, fmt.Sprint(to.Chat, " ", late.Why)) })
		},
	}
}

// care lets several replicas ask at once.
func (b *bench) care(s *said) {
	b.t.Helper()
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			if err := b.Care(b.t.Context(), s.caring()); err != nil {
				b.t.Error(err)
			}
		})
	}
	group.Wait()
}

// On the 3rd, 14th and 30th day the person is asked how it goes, once by however many
// replicas; the acceptance begins the days anew.
func TestAskedHowItGoes(t *testing.T) {
	t.Parallel()
	b, s := setup(t), &said{}
	o := b.staff(officer, cases.Officer)
	c := b.asking(an, cases.LegalAid)
	const day = 24 * time.Hour
	b.care(s)
	b.must(o, c.Number, cases.Change{Verb: cases.Contact})
	b.pass(2 * day)
	b.must(o, c.Number, cases.Change{Verb: cases.Refer, Service: cases.LegalAid})
	b.must(o, c.Number, cases.Change{Verb: cases.Accept})
	b.pass(2 * day) // 4 after the contact, 2 after the acceptance
	b.care(s)
	if len(s.days) != 0 {
		t.Fatalf("asked too early: %v", s.days)
	}
	for range 40 {
		b.pass(day)
		b.care(s)
	}
	if !slices.Equal(s.days, []int{3, 14, 30}) {
		t.Errorf("asked on %v", s.days)
	}
	answer := func(days int, what string) error {
		return b.try(an, func(ctx context.Context, t *storage.Tx) error {
			_, err := t.FollowUp(ctx, c.ID, days, what)
			return err
		})
	}
	if err := answer(3, cases.FollowNotYet); err != nil {
		t.Error(err)
	}
	for _, days := range []int{3, 4, 0} {
		if err := answer(days, cases.FollowBetter); cases.KindOf(err) != cases.Conflict {
			t.Errorf("%d: %v", days, err)
		}
	}
}

// Nobody is asked who ended it, cut the way back, asked not to be asked, or sleeps;
// after a long standstill there is one question, not three.
func TestNobodyIsAskedWho(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	for name, k := range map[string]struct {
		do   func(b *bench, o cases.Staff, c cases.Case)
		want []int
	}{
		"waits": {func(b *bench, _ cases.Staff, _ cases.Case) { b.pass(50 * day) }, []int{30}},
		"cut the way back": {func(b *bench, _ cases.Staff, c cases.Case) {
			b.do(an, func(ctx context.Context, t *storage.Tx) error { return t.CutRoute(ctx, cases.HelpStream, c.ID) })
			b.pass(5 * day)
		}, nil},
		"took it back": {func(b *bench, _ cases.Staff, c cases.Case) {
			b.do(an, func(ctx context.Context, t *storage.Tx) error {
				_, err := t.TakeBack(ctx, cases.HelpStream, c.ID)
				return err
			})
			b.pass(5 * day)
		}, nil},
		"had it forgotten": {func(b *bench, _ cases.Staff, c cases.Case) {
			b.do(an, func(ctx context.Context, t *storage.Tx) error {
				_, _, err := t.Forget(ctx, cases.HelpStream, c.ID)
				return err
			})
			b.pass(5 * day)
		}, nil},
		"has an ended case": {func(b *bench, o cases.Staff, c cases.Case) {
			b.must(o, c.Number, cases.Change{Verb: cases.Close, Ending: cases.EndDone})
			b.pass(5 * day)
		}, nil},
		"sleeps": {func(b *bench, _ cases.Staff, _ cases.Case) { b.pass(5*day + 13*time.Hour) }, nil}, // 22:00
		"wants no more questions": {func(b *bench, _ cases.Staff, c cases.Case) {
			b.pass(4 * day)
			b.care(&said{})
			b.do(an, func(ctx context.Context, t *storage.Tx) error {
				_, err := t.FollowUp(ctx, c.ID, 3, cases.FollowStop)
				return err
			})
			b.pass(50 * day)
		}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, s := setup(t), &said{}
			o := b.staff(officer, cases.Officer)
			c := b.asking(an, cases.LegalAid)
			b.must(o, c.Number, cases.Change{Verb: cases.Contact})
			k.do(b, o, c)
			b.care(s)
			if !slices.Equal(s.days, k.want) {
				t.Errorf("asked on %v", s.days)
			}
		})
	}
}

// A reminder comes once, on the evening before, of the newest appointment, unless the
// person asked for another time; its words are sealed with the case.
func TestReminders(t *testing.T) {
	t.Parallel()
	for name, k := range map[string]struct {
		do   func(b *bench, o cases.Staff, c cases.Case)
		want []string
	}{
		"nothing is said": {nil, []string{"Trạm"}},
		"the person comes": {func(b *bench, _ cases.Staff, c cases.Case) {
			if err := b.meet(c.ID, c.NewTalk, true); err != nil {
				b.t.Error(err)
			}
			if err := b.meet(c.ID, c.NewTalk, true); cases.KindOf(err) != cases.Conflict {
				b.t.Errorf("said twice: %v", err)
			}
		}, []string{"Trạm"}},
		"another time": {func(b *bench, _ cases.Staff, c cases.Case) {
			if err := b.meet(c.ID, c.NewTalk, false); err != nil {
				b.t.Error(err)
			}
		}, nil},
		"referred elsewhere": {func(b *bench, o cases.Staff, c cases.Case) {
			b.must(o, c.Number, cases.Change{Verb: cases.Refer, Service: cases.LegalAid, Text: "Trung tâm", Meeting: cases.Meeting{At: b.at.Add(48 * time.Hour)}})
			if err := b.meet(c.ID, c.NewTalk, true); cases.KindOf(err) != cases.Conflict {
				b.t.Errorf("of the old appointment: %v", err)
			}
		}, []string{"Trung tâm"}},
		"declined": {func(b *bench, o cases.Staff, c cases.Case) {
			b.must(o, c.Number, cases.Change{Verb: cases.Decline, Text: "đủ"})
		}, nil},
		"too late": {func(b *bench, _ cases.Staff, _ cases.Case) { b.pass(24 * time.Hour) }, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, s := setup(t), &said{}
			o := b.staff(officer, cases.Officer)
			c := b.asking(an, cases.LegalAid)
			c = b.must(o, c.Number, cases.Change{Verb: cases.Refer, Service: cases.LegalAid, Text: "Trạm", Meeting: cases.Meeting{Entry: 1, At: b.at.Add(48 * time.Hour)}})
			if k.do != nil {
				k.do(b, o, c)
			}
			b.pass(24 * time.Hour) // 9:00 of the day before
			b.care(s)
			if len(s.told) != 0 {
				t.Fatalf("too early: %v", s.told)
			}
			b.pass(10 * time.Hour)
			b.care(s)
			b.care(s)
			if !slices.Equal(s.told, k.want) {
				t.Errorf("reminded of %v", s.told)
			}
		})
	}
}

func (b *bench) meet(caseID string, talk int, comes bool) error {
	return b.try(an, func(ctx context.Context, t *storage.Tx) error {
		_, err := t.Meet(ctx, caseID, talk, comes)
		return err
	})
}

// The directory keeps every version; of two who change one entry the second is told.
func TestDirectoryKeepsVersions(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o := b.staff(officer, cases.Officer)
	put := func(e cases.ServiceEntry) (kept cases.ServiceEntry, err error) {
		err = b.try(officer, func(ctx context.Context, t *storage.Tx) (err error) {
			kept, err = t.PutService(ctx, o, e)
			return err
		})
		return kept, err
	}
	first, err := put(cases.ServiceEntry{Service: cases.LegalAid, ServiceWords: cases.ServiceWords{Name: "một"}})
	if err != nil {
		t.Fatal(err)
	}
	second, err := put(cases.ServiceEntry{Service: cases.HealthCare, ServiceWords: cases.ServiceWords{Name: "hai"}})
	if err != nil || second.ID != 2 {
		t.Fatal(second, err)
	}
	changed := first
	changed.Name, changed.Shown = "một mới", true
	if _, err := put(changed); err != nil {
		t.Fatal(err)
	}
	if _, err := put(changed); cases.KindOf(err) != cases.Conflict {
		t.Errorf("changed over a change: %v", err)
	}
	b.do(officer, func(ctx context.Context, tx *storage.Tx) error {
		all, err := tx.Services(ctx)
		if err != nil || len(all) != 2 || all[0].Name != "hai" || all[1].Name != "một mới" || all[1].By != o.Name {
			t.Errorf("%+v %v", all, err)
		}
		history, err := tx.ServiceHistory(ctx, first.ID)
		if err != nil || len(history) != 2 || history[1].Name != "một" || !history[0].Shown {
			t.Errorf("%+v %v", history, err)
		}
		if _, err := tx.ServiceHistory(ctx, 9); cases.KindOf(err) != cases.NotFound {
			t.Error(err)
		}
		return nil
	})
}
