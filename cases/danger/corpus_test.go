package danger

import (
	"hash/crc32"
	"maps"
	"os"
	"slices"
	"testing"
	"time"
)

// today is when the ages of the corpus are meant.
var today = time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)

// sample is a phrase on which the recogniser is measured.
type sample struct {
	phrase

	held bool // no rule was written after looking at it, and no weight was learned from it
}

// corpus reads the phrases from which weights are learned, and those held out.
func corpus(tb testing.TB) (all []sample) {
	tb.Helper()
	for _, dir := range []string{"phrases", "testdata/heldout"} {
		phrases, err := readPhrases(os.DirFS(dir), "*.txt")
		if err != nil || len(phrases) == 0 {
			tb.Fatal("no corpus", err)
		}
		for _, p := range phrases {
			all = append(all, sample{p, dir != "phrases"})
		}
	}
	return all
}

// The goal of the ward: of those in danger at most one in twenty is missed, and of all
// others at most one in twenty is asked for nothing, on phrases that neither rules nor weights
// know. The others are judged by weights that were not learned from them; they were collected
// because they are hard, so the goal is missed by a hundredth.
func TestRecallAndFalseAlarms(t *testing.T) {
	t.Parallel()
	const fewest, parts = 250, 6
	leastRecall := map[bool]float64{true: 0.95, false: 0.94}
	mostFalse := map[bool]float64{true: 0.05, false: 0.06} // by whether they are held out
	all := corpus(t)
	learned := make([]weights, parts) // from all phrases but those of one part
	part := func(p sample) int { return int(crc32.ChecksumIEEE([]byte(p.text)) % parts) }
	for i := range learned {
		var others []phrase
		for _, p := range all {
			if !p.held && part(p) != i {
				others = append(others, p.phrase)
			}
		}
		learned[i] = learn(theRules(), others)
	}
	type count struct{ wrong, all int }
	for _, held := range []bool{false, true} {
		byGroup := map[string]count{}
		total := map[bool]count{}
		for _, p := range all {
			if p.held != held {
				continue
			}
			w := theWeights()
			if !held {
				w = learned[part(p)]
			}
			wrong := theRules().recognise(p.text, today.Year(), w).Any() != p.danger
			add := func(c count) count {
				c.all++
				if wrong {
					c.wrong++
				}
				return c
			}
			label := map[bool]string{true: "danger ", false: "ordinary "}[p.danger] + p.group
			byGroup[label], total[p.danger] = add(byGroup[label]), add(total[p.danger])
			if wrong && !held { // the other half is not looked at
				t.Logf("%s: %q", label, p.text)
			}
		}
		half := map[bool]string{false: "learned from", true: "held out"}[held]
		for _, label := range slices.Sorted(maps.Keys(byGroup)) {
			c := byGroup[label]
			t.Logf("%-13s %-20s %3d of %3d wrong", half, label, c.wrong, c.all)
		}
		recall := 1 - float64(total[true].wrong)/float64(total[true].all)
		falseAlarms := float64(total[false].wrong) / float64(total[false].all)
		t.Logf("%-13s recall %.1f %% of %d, false alarms %.1f %% of %d", half, 100*recall, total[true].all, 100*falseAlarms, total[false].all)
		if recall < leastRecall[held] || falseAlarms > mostFalse[held] {
			t.Errorf("%s: recall %.3f, false alarms %.3f", half, recall, falseAlarms)
		}
		if total[true].all+total[false].all < fewest {
			t.Errorf("%s: only %v phrases", half, total)
		}
	}
}
