package cases_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"tinbao/cases"
)

// Putting a behaviour in and taking it out again changes nothing, and a set has no
// order of its own.
func TestToggled(t *testing.T) {
	t.Parallel()
	one := rapid.SampledFrom(cases.Behaviours)
	rapid.Check(t, func(t *rapid.T) {
		var set []cases.Behaviour
		for _, b := range rapid.SliceOfDistinct(one, rapid.ID).Draw(t, "set") {
			set = cases.Toggled(set, b)
		}
		b := one.Draw(t, "one")
		again := cases.Toggled(cases.Toggled(set, b), b)
		if !slices.Equal(again, set) || slices.Contains(cases.Toggled(set, b), b) == slices.Contains(set, b) {
			t.Fatalf("%v with %s twice: %v", set, b, again)
		}
		for i := 1; i < len(set); i++ {
			if slices.Index(cases.Behaviours, set[i-1]) >= slices.Index(cases.Behaviours, set[i]) {
				t.Fatalf("out of order: %v", set)
			}
		}
	})
}

func TestReasonsEndACase(t *testing.T) {
	t.Parallel()
	for _, r := range cases.Refusals {
		if s := r.Status(); !s.Final() || s != cases.OutOfScope && s != cases.InvalidCase {
			t.Errorf("%s: %s", r, s)
		}
	}
	for _, k := range cases.Kinds {
		if k.NamedOnly() != (k == cases.Complaint || k == cases.Denunciation) || k.NamedOnly() && k.Criminal() {
			t.Errorf("%s: named only %v", k, k.NamedOnly())
		}
	}
	if !cases.WithMinor.Grave() || cases.Buying.Grave() {
		t.Error("what is grave")
	}
}
