package storage_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tinbao/cases"
	"tinbao/storage"
)

// asks takes in requests for help at a time, and the steps that are taken on each.
func (b *bench) asks(at time.Time, n int, c cases.HelpContent, o cases.Staff, steps ...cases.Change) {
	b.t.Helper()
	b.mu.Lock()
	b.at = at
	b.mu.Unlock()
	for range n {
		var number cases.Number
		b.do(chi, func(ctx context.Context, t *storage.Tx) error {
			_, made, err := t.Receive(ctx, cases.Route{Chat: chi, Lang: "vi"}, cases.NewCase{Help: &c, Source: cases.FromBot})
			number = made.Number
			return err
		})
		for _, step := range steps {
			b.must(o, number, step)
		}
	}
}

func (b *bench) closed(want int) {
	b.t.Helper()
	if n, err := b.CloseHelpFigures(b.t.Context()); err != nil || n != want {
		b.t.Fatalf("%d half-years closed, want %d (%v)", n, want, err)
	}
}

// Whoever asks for the figures of help of any period, at any time, and subtracts each from
// each, finds no difference of one to four people; and what was told once stays.
func TestHelpFiguresCannotBeSubtracted(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o := b.staff(officer, cases.Officer)
	leader, observer, police := b.staff(2005, cases.Leader), b.staff(2006, cases.Observer), b.staff(policeman, cases.Police)
	first := map[figure]int{}
	ask := func() {
		t.Helper()
		today := cases.DayOf(b.now())
		for _, who := range []cases.Staff{o, leader, observer} {
			for from := cases.BeforePlan.Add(1); !today.Start().Before(from.Start()); from = from.Add(61) {
				for _, p := range []cases.Period{{From: from, To: today}, {From: from, To: from}, {From: cases.BeforePlan.Add(1), To: from}, {From: from, To: from.Add(181)}} {
					h := b.statistics(who, p).Help
					if h == nil {
						continue
					}
					for name, c := range helpCells(h) {
						key := figure{name, h.Period}
						if was, known := first[key]; known && was != c {
							t.Errorf("%v was %d and is %d now", key, was, c)
						}
						first[key] = c
					}
				}
			}
		}
		if s := b.statistics(police, cases.Period{From: cases.BeforePlan.Add(1), To: today}); s.Help != nil {
			t.Error("the police are told of help")
		}
	}
	at := func(y, m, d int) time.Time { return ymd(y, m, d).Start().Add(9 * time.Hour) }
	contact := cases.Change{Verb: cases.Contact}
	refer := cases.Change{Verb: cases.Refer, Service: cases.HealthCare, Text: "Trạm Y tế"}
	done := cases.Change{Verb: cases.RecordDone, Choice: cases.Outcomes[0], Text: "xong"}
	b.asks(at(2026, 3, 1), 6, cases.HelpContent{Service: cases.LegalAid}, o, contact)
	b.asks(at(2026, 5, 1), 7, cases.HelpContent{Service: cases.HealthCare}, o, contact, refer)
	ask()
	b.asks(at(2026, 6, 30), 3, cases.HelpContent{Service: cases.Training}, o, contact)
	b.asks(at(2026, 7, 1), 1, cases.HelpContent{Service: cases.LegalAid, Under18: true}, o)
	b.closed(1)
	b.closed(0)
	ask()
	b.asks(at(2026, 9, 1), 2, cases.HelpContent{Service: cases.LegalAid}, o, contact, refer, cases.Change{Verb: cases.Accept}, done)
	b.asks(at(2026, 11, 1), 5, cases.HelpContent{Service: cases.Livelihood}, o, contact)
	ask()
	b.asks(at(2027, 8, 1), 4, cases.HelpContent{Service: cases.Training}, o, contact, refer, cases.Change{Verb: cases.Accept}, done)
	b.closed(2)
	ask()
	b.asks(at(2028, 8, 1), 9, cases.HelpContent{Service: cases.SocialSecurity}, o, contact)
	b.closed(2)
	ask()
	for a, x := range first {
		for c, y := range first {
			// Only of periods that share an end is the difference one of people.
			share := a.name == c.name && (a.From == c.From || a.To == c.To)
			if share && x != hiddenCell && y != hiddenCell && x > y && x-y < cases.SmallestTold && a.name != "waiting" {
				t.Errorf("%v = %d, %v = %d", a, x, c, y)
			}
		}
		if x > 0 && x < cases.SmallestTold {
			t.Errorf("%v = %d", a, x)
		}
	}
	if n := first[figure{"received", cases.Period{From: ymd(2026, 1, 1), To: ymd(2026, 6, 30)}}]; n != 16 {
		t.Errorf("%d in the first half-year: %v", n, first)
	}
}

// figure names what was told of a closed period.
type figure struct {
	name string
	cases.Period
}

const hiddenCell = -1

func helpCells(h *cases.HelpStatistics) map[string]int {
	all := map[string]int{}
	put := func(name string, c cases.Cell) {
		all[name] = c.N
		if c.Hidden {
			all[name] = hiddenCell
		}
	}
	put("received", h.Received)
	put("under18", h.Under18)
	put("waiting", h.Waiting)
	for k, c := range h.ByService {
		put("service "+string(k), c)
	}
	for k, c := range h.Referrals {
		put("referral "+k, c)
	}
	for k, c := range h.Outcomes {
		put("outcome "+k, c)
	}
	return all
}

// What is decided at a closing is what was so at its end, however late it is done.
func TestClosingsLookAtTheirEnd(t *testing.T) {
	t.Parallel()
	early, late := setup(t), setup(t)
	var seen [2]*cases.HelpStatistics
	for i, b := range []*bench{early, late} {
		o := b.staff(officer, cases.Officer)
		b.asks(ymd(2026, 3, 1).Start(), 8, cases.HelpContent{Service: cases.LegalAid}, o)
		if i == 0 {
			b.mu.Lock()
			b.at = ymd(2026, 7, 1).Start()
			b.mu.Unlock()
			b.closed(1)
		}
		b.asks(ymd(2026, 7, 2).Start(), 1, cases.HelpContent{Service: cases.LegalAid}, o, cases.Change{Verb: cases.Contact})
		for n := range 8 {
			b.must(o, cases.Number{Stream: cases.HelpStream, Year: 2026, Seq: n + 1}, cases.Change{Verb: cases.Contact})
		}
		if i == 1 {
			b.closed(1)
		}
		seen[i] = b.statistics(o, cases.Period{From: ymd(2026, 1, 1), To: ymd(2026, 6, 30)}).Help
	}
	if diff := cmp.Diff(seen[0], seen[1]); diff != "" || seen[0].Waiting.N != 8 {
		t.Errorf("%s %+v", diff, seen[0])
	}
}
