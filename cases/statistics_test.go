package cases_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"tinbao/cases"
)

// The percentiles are those of the sorted list: the value at the rank that is reached.
func TestSpreadsAreNearestRank(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(rapid.IntRange(0, 200), 1, 60).Draw(t, "hours")
		lengths := map[int]int{}
		for _, h := range list {
			lengths[h]++
		}
		slices.Sort(list)
		rank := func(percent int) int { return list[(percent*len(list)+99)/100-1] }
		if got, want := cases.SpreadOf(lengths), (cases.Spread{N: len(list), Median: rank(50), P90: rank(90)}); got != want {
			t.Fatalf("%+v, want %+v", got, want)
		}
	})
	if (cases.SpreadOf(nil) != cases.Spread{}) {
		t.Error("lengths of nothing")
	}
}

// The parts of a period follow each other without a gap.
func TestBucketsCoverThePeriod(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		from := cases.Day{Year: 2026, Month: 1, Day: 1}.Add(rapid.IntRange(0, 1800).Draw(t, "from"))
		p := cases.Period{From: from, To: from.Add(rapid.IntRange(0, 1900).Draw(t, "days"))}
		unit, parts := p.Buckets()
		next := p.From
		for _, part := range parts {
			if part.From != next || !part.Valid() {
				t.Fatalf("%v after %v by %s", part, next, unit)
			}
			next = part.To.Add(1)
		}
		if next != p.To.Add(1) || len(parts) > 65 {
			t.Fatalf("%d parts by %s until %s, want %s", len(parts), unit, next, p.To)
		}
	})
}
