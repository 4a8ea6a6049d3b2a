package storage_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tinbao/cases"
	"tinbao/storage"
)

func (b *bench) statistics(who cases.Staff, p cases.Period) (s cases.Statistics) {
	b.t.Helper()
	if err := b.Do(b.t.Context(), func(ctx context.Context, tx *storage.Tx) (err error) {
		s, err = tx.Statistics(ctx, who, p)
		return err
	}); err != nil {
		b.t.Fatal(err)
	}
	return s
}

// counted proves that the figures are those of a full count.
func (b *bench) counted() {
	b.t.Helper()
	c, err := b.CheckFigures(b.t.Context())
	if err != nil || c.Wrong > 0 || c.Cells == 0 {
		b.t.Fatalf("%+v %v", c, err)
	}
}

func (b *bench) fold() (n int) {
	b.t.Helper()
	n, err := b.FoldFigures(b.t.Context())
	if err != nil {
		b.t.Fatal(err)
	}
	return n
}

func ymd(y, m, d int) cases.Day { return cases.Day{Year: y, Month: time.Month(m), Day: d} }

// Whatever happens to reports, the figures are those of a full count, before and after
// folding, and folding changes none.
func TestFiguresAreThoseOfAFullCount(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.at = time.Date(2026, 9, 28, 22, 30, 0, 0, cases.Vietnam)
	o, leader := b.staff(officer, cases.Officer), b.staff(2005, cases.Leader)
	police := b.staff(policeman, cases.Police)
	plan := cases.Period{From: ymd(2026, 1, 1), To: ymd(2030, 12, 31)}
	r := rand.New(rand.NewPCG(1, 2))
	verbs := []cases.Change{
		{Verb: cases.Take},
		{Verb: cases.Verify, Finding: cases.Founded},
		{Verb: cases.Classify, Kind: cases.Feedback},
		{Verb: cases.Classify, Kind: cases.Petition},
		{Verb: cases.MarkAct, Act: cases.Buying},
		{Verb: cases.MarkAct, Act: cases.WithMinor},
		{Verb: cases.SetLevel, Level: cases.LevelComplex},
		{Verb: cases.SetBody, Body: cases.ByHealth},
		{Verb: cases.Forward},
		{Verb: cases.Close, Text: "x", Ending: cases.EndHandled},
		{Verb: cases.SetAside},
		{Verb: cases.Release},
		{Verb: cases.Assign, Whom: o.ID},
		{Verb: cases.Resolve, Text: "x"},
		{Verb: cases.AskReopen, Text: "x"},
		{Verb: cases.Acknowledge},
	}
	var numbers []cases.Number
	for i := range 60 {
		if i%3 == 0 {
			_, c := b.report(an, cases.ReportContent{Concern: cases.SawSigns, Hamlet: i % 4, Text: "x"})
			numbers = append(numbers, c.Number)
		}
		who := o
		if r.IntN(5) == 0 {
			who = police
		}
		n := numbers[r.IntN(len(numbers))]
		if _, err := b.act(who, n, verbs[r.IntN(len(verbs))]); err != nil && cases.KindOf(err) == cases.Internal {
			t.Fatal(err)
		}
		if i%7 == 0 {
			_, err := b.merge(o, numbers[r.IntN(len(numbers))], numbers[0])
			if err != nil && cases.KindOf(err) == cases.Internal {
				t.Fatal(err)
			}
		}
		b.pass(time.Duration(r.IntN(40)) * time.Hour)
		if i%10 == 9 {
			b.counted()
			before := b.statistics(leader, plan)
			if b.fold() == 0 {
				t.Error("nothing was folded")
			}
			if diff := cmp.Diff(before, b.statistics(leader, plan)); diff != "" {
				t.Fatalf("folding changed the figures: %s", diff)
			}
			b.counted()
		}
	}
	s := b.statistics(leader, plan)
	if s.Total.Received != len(numbers) || s.By[cases.ByStaff][fmt.Sprint(o.ID)].Received == 0 || s.By[cases.ByBehaviour][string(cases.Buying)].Received == 0 {
		t.Errorf("%+v", s)
	}
	if _, told := b.statistics(o, plan).By[cases.ByStaff]; told {
		t.Error("an officer was told who has what")
	}
	sum := 0
	for _, part := range s.Trend {
		sum += part.Received
	}
	if sum != s.Total.Received {
		t.Errorf("%d in the parts of the period, %d in all", sum, s.Total.Received)
	}
	if err := b.RecountFigures(t.Context()); err != nil {
		t.Fatal(err)
	}
	b.counted()
	if diff := cmp.Diff(s, b.statistics(leader, plan)); diff != "" {
		t.Error(diff)
	}
}

// The figures of a period are those of its days, whatever months it is made of.
func TestFiguresOfAnyPeriod(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o := b.staff(officer, cases.Officer)
	b.at = time.Date(2026, 1, 31, 23, 59, 0, 0, cases.Vietnam)
	at := map[cases.Day]int{}
	for range 12 {
		for range 2 {
			b.report(an, sample)
		}
		at[cases.DayOf(b.at)] += 2
		b.pass(11*24*time.Hour + 2*time.Minute)
	}
	b.fold()
	for from := ymd(2026, 1, 30); from.Start().Before(b.at); from = from.Add(17) {
		for _, n := range []int{0, 1, 27, 31, 32, 45, 46, 75, 199, 400} {
			p := cases.Period{From: from, To: from.Add(n)}
			want := 0
			for d, n := range at {
				if !d.Start().Before(p.From.Start()) && !p.To.Start().Before(d.Start()) {
					want += n
				}
			}
			s := b.statistics(o, p)
			trend, end := 0, p.From
			for _, part := range s.Trend {
				if part.From != end {
					t.Errorf("a part of %s–%s begins at %s, not %s", p.From, p.To, part.From, end)
				}
				end = part.To.Add(1)
				trend += part.Received
			}
			if s.Total.Received != want || trend != want || end != p.To.Add(1) {
				t.Errorf("%s–%s: %d, %d in the course, want %d", p.From, p.To, s.Total.Received, trend, want)
			}
		}
	}
}

// Reports come in and figures are folded, counted anew and looked at side by side.
func TestFiguresWhileReportsComeIn(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o := b.staff(officer, cases.Officer)
	const writers, each = 3, 12
	var writing, looking sync.WaitGroup
	stop := make(chan struct{})
	for w := range writers {
		writing.Go(func() {
			for range each {
				if err := b.Do(t.Context(), func(ctx context.Context, tx *storage.Tx) error {
					_, _, err := tx.Receive(ctx, cases.Route{Chat: int64(5000 + w), Lang: "vi"}, cases.NewCase{Report: &sample, Source: cases.FromBot})
					return err
				}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	looking.Go(func() {
		last := 0
		for {
			select {
			case <-stop:
				return
			default:
			}
			if n := b.statistics(o, cases.Period{From: ymd(2026, 1, 1), To: cases.DayOf(b.now())}).Total.Received; n < last {
				t.Errorf("%d reports, and then %d", last, n)
			} else {
				last = n
			}
			if _, err := b.FoldFigures(t.Context()); err != nil {
				t.Error(err)
			}
			if err := b.RecountFigures(t.Context()); err != nil {
				t.Error(err)
			}
		}
	})
	writing.Wait()
	close(stop)
	looking.Wait()
	b.counted()
	if n := b.statistics(o, cases.Period{From: cases.DayOf(b.now()), To: cases.DayOf(b.now())}).Total.Received; n != writers*each {
		t.Errorf("%d", n)
	}
}

// The lengths of the stages are nearest-rank percentiles of hours begun.
func TestStages(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o := b.staff(officer, cases.Officer)
	for _, wait := range []time.Duration{10 * time.Minute, 90 * time.Minute, 5 * time.Hour, 80 * time.Hour} {
		_, c := b.report(an, sample)
		b.pass(wait)
		b.must(o, c.Number, cases.Change{Verb: cases.Verify, Finding: cases.Founded})
		b.pass(30 * time.Minute)
		b.must(o, c.Number, cases.Change{Verb: cases.Classify, Kind: cases.Feedback})
	}
	s := b.statistics(o, cases.Period{From: ymd(2026, 11, 1), To: ymd(2026, 12, 31)})
	want := map[cases.Stage]cases.Spread{
		cases.StageVerify: {N: 4, Median: 2, P90: 96}, cases.StageClassify: {N: 4, Median: 1, P90: 1}, cases.StageForward: {}, cases.StageEnd: {},
	}
	if diff := cmp.Diff(want, s.Stages); diff != "" {
		t.Error(diff)
	}
}

// A difference that somebody made in the database, in whichever table, is found.
func TestPlantedDifferencesAreFound(t *testing.T) {
	t.Parallel()
	for name, sql := range map[string]string{
		"a figure":              "update casework.figures set received = received + 1 where dim = 'kind' and grain = 'day'",
		"a month":               "update casework.figures set late = 1 where dim = 'all' and grain = 'month'",
		"a figure is gone":      "delete from casework.figures where dim = 'hamlet' and grain = 'day'",
		"a figure too many":     "insert into casework.figures select stream, ward_id, dim, grain, day, 'x', received, out_of_scope, duplicates, invalid, withdrawn, urgent, verified, classified, forwarded, handled, late, open from casework.figures where dim = 'source'",
		"a change is gone":      "delete from casework.figure_changes",
		"a change too many":     "update casework.figure_changes set received = 2",
		"a report is uncounted": "alter table casework.report_cases disable trigger user; update casework.report_cases set kind = 'phan_anh'",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			b.report(an, sample)
			b.fold()
			b.report(binh, sample)
			b.counted()
			b.owner(sql)
			if c, err := b.CheckFigures(t.Context()); err != nil || c.Wrong == 0 {
				t.Errorf("%+v %v", c, err)
			}
			if err := b.RecountFigures(t.Context()); err != nil {
				t.Fatal(err)
			}
			b.counted()
		})
	}
}

// How many reports came over from requests for help stands in no figure.
func TestSourcesDoNotTellOfHelp(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o := b.staff(officer, cases.Officer)
	for _, source := range []cases.Source{cases.FromAgency, cases.FromConsent, cases.FromDanger, cases.FromBot} {
		b.do(an, func(ctx context.Context, tx *storage.Tx) error {
			_, _, err := tx.Receive(ctx, cases.Route{Chat: an, Lang: "vi"}, cases.NewCase{Report: &sample, Source: source})
			return err
		})
	}
	b.pass(60 * 24 * time.Hour) // all are overdue
	s := b.statistics(o, cases.Period{From: ymd(2026, 1, 1), To: cases.DayOf(b.at)})
	want := map[string]cases.Tally{string(cases.FromAgency): {Received: 3, Late: 3, Open: 3}, string(cases.FromBot): {Received: 1, Late: 1, Open: 1}}
	if diff := cmp.Diff(want, s.By[cases.BySource]); diff != "" {
		t.Error(diff)
	}
	if len(s.By[cases.BySourceOf]) != 2 {
		t.Errorf("%v", s.By[cases.BySourceOf])
	}
}
