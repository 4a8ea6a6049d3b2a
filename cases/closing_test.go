package cases_test

import (
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tinbao/cases"
)

// Whoever has everything that is told of a month, and subtracts what he likes, finds no
// group of one to four reports: neither a value told, nor what is left of the whole.
func TestNothingToldOfAMonthIsFew(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		total := rapid.IntRange(0, 60).Draw(t, "reports")
		by := map[cases.Dimension]map[string]cases.Tally{}
		for _, d := range cases.ClosedDimensions {
			by[d] = map[string]cases.Tally{}
			values := rapid.IntRange(1, 8).Draw(t, "values")
			for range total {
				v := ""
				if n := rapid.IntRange(0, values).Draw(t, "value"); n > 0 {
					v = strconv.Itoa(n)
				}
				tally := by[d][v]
				tally.Received++
				by[d][v] = tally
			}
		}
		c := cases.CloseMonth(cases.Day{Year: 2026, Month: 3, Day: 1}, by)
		for d, told := range c.Told {
			sum := 0
			for value, n := range told {
				sum += n
				if n < min(total, cases.FewReports) || n > total || value != "" && n != by[d][value].Received {
					t.Errorf("%s: %d of %q are told of %d", d, n, value, total)
				}
			}
			if sum != total || c.Received() != total {
				t.Errorf("%s: %d told in all, %d received", d, sum, total)
			}
			if rest := told[""]; rest > 0 && rest < cases.FewReports && len(told) > 1 {
				t.Errorf("%s: %d are left", d, rest)
			}
		}
	})
}

// What is told of a period is the sum of what is told of its closed months: days, months that
// are cut and months that are not over add nothing, so periods subtract to months and no more.
func TestClosedFiguresAreSumsOfMonths(t *testing.T) {
	t.Parallel()
	var months []cases.MonthClosing
	for m := range 3 {
		by := map[cases.Dimension]map[string]cases.Tally{}
		for _, d := range cases.ClosedDimensions {
			by[d] = map[string]cases.Tally{"1": {Received: 10 + m}, "2": {Received: 1}, "3": {Received: 7}}
		}
		months = append(months, cases.CloseMonth(cases.Day{Year: 2026, Month: time.Month(1 + m), Day: 1}, by))
	}
	for _, c := range []struct {
		from, to cases.Day
		received int
	}{
		{cases.Day{Year: 2026, Month: 1, Day: 1}, cases.Day{Year: 2026, Month: 3, Day: 31}, 18 + 19 + 20},
		{cases.Day{Year: 2026, Month: 1, Day: 2}, cases.Day{Year: 2026, Month: 3, Day: 31}, 19 + 20},
		{cases.Day{Year: 2026, Month: 1, Day: 1}, cases.Day{Year: 2026, Month: 3, Day: 30}, 18 + 19},
		{cases.Day{Year: 2026, Month: 2, Day: 3}, cases.Day{Year: 2026, Month: 2, Day: 3}, 0},
		{cases.Day{Year: 2026, Month: 1, Day: 1}, cases.Day{Year: 2027, Month: 1, Day: 1}, 18 + 19 + 20},
	} {
		s := cases.ClosedFigures(months, cases.Period{From: c.from, To: c.to})
		if s.Total != (cases.Tally{Received: c.received}) || !s.Closed {
			t.Errorf("%s – %s: %+v", c.from, c.to, s.Total)
		}
		if _, apart := s.By[cases.ByHamlet]["2"]; apart {
			t.Errorf("%s – %s: a hamlet with one report is told", c.from, c.to)
		}
	}
}

// Exact figures are for those who may open reports; the police have figures of their own.
func TestWhoseFiguresAreClosed(t *testing.T) {
	t.Parallel()
	for role, want := range map[cases.Role]bool{
		cases.Officer: false, cases.Leader: false, cases.Police: false, cases.Admin: false,
		cases.Observer: true, cases.Clerk: true, cases.Health: true,
	} {
		if got := role.FiguresClosed(); got != want {
			t.Errorf("%s: %v", role, got)
		}
	}
}
