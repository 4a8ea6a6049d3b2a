package storage_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tinbao/cases"
)

// An observer who looks every day, and police who look before and after each step, learn of
// no single report: the observer is told of closed months, which never change, and the police
// count what was handed to them.
func TestFiguresOfThoseWhoOpenNoReport(t *testing.T) {
	t.Parallel()
	b := setup(t) // on 24/11/2026
	o := b.staff(officer, cases.Officer)
	observer, police := b.staff(2010, cases.Observer), b.staff(policeman, cases.Police)
	year := cases.Period{From: cases.Day{Year: 2026, Month: 1, Day: 1}, To: cases.Day{Year: 2026, Month: 12, Day: 31}}
	today := cases.DayOf(b.at)
	var last cases.Case
	for i := range 9 {
		_, last = b.report(int64(3100+i), cases.ReportContent{Concern: cases.SawSigns, Hamlet: 1 + i/8, Text: "x"}) // eight of one hamlet, one of another
	}
	if s := b.statistics(observer, cases.Period{From: today, To: today}); s.Total.Received != 0 || len(s.Trend) != 0 || !s.Closed {
		t.Errorf("today an observer sees %+v", s)
	}
	if s := b.statistics(police, year); s.Total.Received != 0 || s.Backlog != 0 || len(s.By[cases.ByHamlet]) != 0 || s.Help != nil {
		t.Errorf("before anything was handed over the police see %+v", s)
	}
	b.pass(10 * 24 * time.Hour) // the month is over
	for range 2 {
		if _, err := b.CloseMonths(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	told := b.statistics(observer, year)
	want := map[string]cases.Tally{"": {Received: 9}} // eight and one would tell the one
	if diff := cmp.Diff(want, told.By[cases.ByHamlet]); diff != "" || told.Total.Received != 9 {
		t.Errorf("%s; in all %d", diff, told.Total.Received)
	}
	for _, ch := range []cases.Change{{Verb: cases.Take}, {Verb: cases.Verify, Finding: cases.Founded}, {Verb: cases.Classify, Kind: cases.Feedback}, {Verb: cases.Forward}} {
		last = b.must(o, last.Number, ch)
		told.Help = b.statistics(observer, year).Help
		if diff := cmp.Diff(told, b.statistics(observer, year)); diff != "" {
			t.Errorf("%s shows an observer: %s", ch.Verb, diff)
		}
	}
	s := b.statistics(police, year)
	if s.Total.Received != 1 || s.Backlog != 1 || s.By[cases.ByHamlet]["2"].Received != 1 || !s.Handed {
		t.Errorf("the police see of the one that was handed to them: %+v", s)
	}
	if n := b.statistics(o, year).Total.Received; n != 9 {
		t.Errorf("the officer counts %d", n)
	}
}
