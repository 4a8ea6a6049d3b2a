package cases_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"tinbao/cases"
)

func TestPeriodsBefore(t *testing.T) {
	t.Parallel()
	day := func(y, m, d int) cases.Day { return cases.Day{Year: y, Month: time.Month(m), Day: d} }
	for name, c := range map[string]struct{ p, previous, lastYear cases.Period }{
		"first half of a leap year": {
			cases.Period{From: day(2028, 1, 1), To: day(2028, 6, 30)},
			cases.Period{From: day(2027, 7, 1), To: day(2027, 12, 31)},
			cases.Period{From: day(2027, 1, 1), To: day(2027, 6, 30)},
		},
		"February of a leap year": {
			cases.Period{From: day(2028, 2, 1), To: day(2028, 2, 29)},
			cases.Period{From: day(2028, 1, 1), To: day(2028, 1, 31)},
			cases.Period{From: day(2027, 2, 1), To: day(2027, 2, 28)},
		},
		"February before a leap year": {
			cases.Period{From: day(2029, 2, 1), To: day(2029, 2, 28)},
			cases.Period{From: day(2029, 1, 1), To: day(2029, 1, 31)},
			cases.Period{From: day(2028, 2, 1), To: day(2028, 2, 29)},
		},
		"a week over the turn of the year": {
			cases.Period{From: day(2026, 12, 28), To: day(2027, 1, 3)},
			cases.Period{From: day(2026, 12, 21), To: day(2026, 12, 27)},
			cases.Period{From: day(2025, 12, 28), To: day(2026, 1, 3)},
		},
		"a half that closes in the middle of a month": {
			cases.Period{From: day(2026, 12, 15), To: day(2027, 6, 14)},
			cases.Period{From: day(2026, 6, 16), To: day(2026, 12, 14)},
			cases.Period{From: day(2025, 12, 15), To: day(2026, 6, 14)},
		},
	} {
		if got := c.p.Previous(); got != c.previous {
			t.Errorf("%s: before it comes %v, want %v", name, got, c.previous)
		}
		if got := c.p.LastYear(); got != c.lastYear {
			t.Errorf("%s: a year earlier is %v, want %v", name, got, c.lastYear)
		}
	}
}

func TestPreviousPeriodTouches(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		from := cases.Day{Year: 2026, Month: 1, Day: 1}.Add(rapid.IntRange(0, 1800).Draw(t, "from"))
		p := cases.Period{From: from, To: from.Add(rapid.IntRange(0, 800).Draw(t, "days"))}
		before := p.Previous()
		if !p.Valid() || !before.Valid() || before.To.Add(1) != p.From || !p.LastYear().Valid() {
			t.Fatalf("before %v comes %v, a year earlier is %v", p, before, p.LastYear())
		}
	})
}
