package cases_test

import (
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tinbao/cases"
)

func byHamlet(counts map[int]int) map[string]cases.Tally {
	out := map[string]cases.Tally{}
	for n, c := range counts {
		key := ""
		if n > 0 {
			key = strconv.Itoa(n)
		}
		out[key] = cases.Tally{Received: c}
	}
	return out
}

func TestHamletsWithFewReportsAreJoined(t *testing.T) {
	for name, c := range map[string]struct {
		counts map[int]int
		names  int
		want   []cases.HamletCell
	}{
		"nothing":                         {nil, 12, nil},
		"all large":                       {map[int]int{1: 5, 2: 9}, 2, []cases.HamletCell{{Hamlet: 2, N: 9}, {Hamlet: 1, N: 5}}},
		"two small ones of five together": {map[int]int{1: 9, 2: 3, 3: 2}, 3, []cases.HamletCell{{Hamlet: 1, N: 9}, {Others: true, N: 5}}},
		"one small one takes the smallest with it":        {map[int]int{1: 9, 2: 7, 3: 2}, 3, []cases.HamletCell{{Hamlet: 1, N: 9}, {Others: true, N: 9}}},
		"small ones below five in all take one with them": {map[int]int{1: 9, 2: 7, 3: 1, 4: 1}, 4, []cases.HamletCell{{Hamlet: 1, N: 9}, {Others: true, N: 9}}},
		"a hamlet without reports is a small one":         {map[int]int{1: 9, 2: 8}, 3, []cases.HamletCell{{Hamlet: 1, N: 9}, {Hamlet: 2, N: 8}}},
		"what names no hamlet":                            {map[int]int{0: 2, 1: 6}, 1, []cases.HamletCell{{Hamlet: 1, N: 6}, {Unsaid: true, N: 2}}},
		"too few in all to name a place":                  {map[int]int{0: 2, 1: 1, 2: 2}, 3, []cases.HamletCell{{Unsaid: true, N: 5}}},
		"a ward of one hamlet":                            {map[int]int{1: 3}, 1, []cases.HamletCell{{Unsaid: true, N: 3}}},
	} {
		if diff := cmp.Diff(c.want, cases.Hamlets(byHamlet(c.counts), c.names)); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
}

// Whatever the numbers: nothing is lost, no hamlet stands with a small number, and what
// was joined cannot be taken apart by subtracting.
func TestNoHamletOfFewReportsCanBeReckoned(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.IntRange(1, 15).Draw(t, "hamlets")
		counts, total := map[int]int{}, 0
		for n := range names + 1 {
			if c := rapid.IntRange(0, 12).Draw(t, "reports"); c > 0 {
				counts[n] = c
				total += c
			}
		}
		shown := map[int]bool{}
		for _, cell := range cases.Hamlets(byHamlet(counts), names) {
			total -= cell.N
			if cell.Hamlet > 0 {
				shown[cell.Hamlet] = true
				if cell.N < cases.FewReports || cell.N != counts[cell.Hamlet] {
					t.Fatalf("hamlet %d stands with %d of %d", cell.Hamlet, cell.N, counts[cell.Hamlet])
				}
			}
			if cell.Others && (cell.N < cases.FewReports || names-len(shown) < 2) {
				t.Fatalf("%d reports of %d hamlets are told together", cell.N, names-len(shown))
			}
		}
		if total != 0 {
			t.Fatalf("%d reports are missing", total)
		}
	})
}

func TestPeriodsAreWrittenAndReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := cases.Day{Year: 2026, Month: 1, Day: 1}.Add(rapid.IntRange(0, 2000).Draw(t, "first"))
		p := cases.Period{From: from, To: from.Add(rapid.IntRange(0, 400).Draw(t, "days"))}
		got, err := cases.ParsePeriod(p.Compact())
		if err != nil || got != p {
			t.Fatalf("%v is read as %v (%v)", p, got, err)
		}
	})
	for _, bad := range [][2]string{{"20260230", "20260301"}, {"20260301", "20260228"}, {"", ""}, {"2026", "2027"}} {
		if _, err := cases.ParsePeriod(bad[0], bad[1]); cases.KindOf(err) != cases.Invalid {
			t.Errorf("%v is taken: %v", bad, err)
		}
	}
}
