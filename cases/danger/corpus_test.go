package danger

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// today is when the ages of the corpus are meant.
var today = time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)

// phrase is a line of testdata/developed or testdata/heldout, of a file whose name begins
// with danger or ordinary.
type phrase struct {
	text   string
	group  string
	danger bool
	held   bool // no rule was written after looking at it
}

// corpus reads testdata.
func corpus(tb testing.TB) (all []phrase) {
	tb.Helper()
	names, err := filepath.Glob("testdata/*/*_*.txt")
	if err != nil || len(names) == 0 {
		tb.Fatal("no corpus", err)
	}
	for _, name := range names {
		body, err := os.ReadFile(name)
		if err != nil {
			tb.Fatal(err)
		}
		label, group, _ := strings.Cut(strings.TrimSuffix(filepath.Base(name), ".txt"), "_")
		for text := range strings.Lines(string(body)) {
			if text = strings.TrimSpace(text); text != "" && text[0] != '#' {
				all = append(all, phrase{text, group, label == "danger", filepath.Base(filepath.Dir(name)) == "heldout"})
			}
		}
	}
	return all
}

// The goal of the ward: of those in danger at most one in twenty is missed, and of all
// others at most one in twenty is asked for nothing, on phrases no rule was written for.
func TestRecallAndFalseAlarms(t *testing.T) {
	t.Parallel()
	const leastRecall, mostFalse, fewest = 0.95, 0.05, 300
	type count struct{ wrong, all int }
	for _, held := range []bool{false, true} {
		byGroup := map[string]count{}
		total := map[bool]count{}
		for _, p := range corpus(t) {
			if p.held != held {
				continue
			}
			wrong := Recognise(p.text, today).Any() != p.danger
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
		half := map[bool]string{false: "developed on", true: "held out"}[held]
		for _, label := range slices.Sorted(maps.Keys(byGroup)) {
			c := byGroup[label]
			t.Logf("%-13s %-20s %3d of %3d wrong", half, label, c.wrong, c.all)
		}
		recall := 1 - float64(total[true].wrong)/float64(total[true].all)
		falseAlarms := float64(total[false].wrong) / float64(total[false].all)
		t.Logf("%-13s recall %.1f %% of %d, false alarms %.1f %% of %d", half, 100*recall, total[true].all, 100*falseAlarms, total[false].all)
		if recall < leastRecall || falseAlarms > mostFalse {
			t.Errorf("%s: recall %.3f, false alarms %.3f", half, recall, falseAlarms)
		}
	}
	phrases := map[bool]int{}
	for _, p := range corpus(t) {
		phrases[p.danger]++
	}
	if phrases[true] < fewest || phrases[false] < fewest {
		t.Errorf("the corpus has only %v phrases", phrases)
	}
}
