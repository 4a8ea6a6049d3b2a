package dialog

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Check proves a dialog sound before it may run: every target exists, every step
// is reachable and can reach Done, every text exists (has), every choice edge
// names an option of its step, and every dialog has a quiet time.
// The error joins all faults.
func (d Dialog) Check(has func(key string) bool) error {
	var faults []error
	fault := func(format string, args ...any) {
		faults = append(faults, fmt.Errorf("dialog %s: "+format, append([]any{d.ID}, args...)...))
	}
	if d.Quiet <= 0 {
		fault("no quiet time")
	}
	for _, need := range d.Need {
		name, _, _ := strings.Cut(need, eitherWillDo)
		if !has("dialog.need." + name) {
			fault("no text for the missing answer %s", name)
		}
	}
	saved := d.saved()
	for id, step := range d.Steps {
		d.checkStep(id, step, has, fault)
		for _, e := range step.Edges {
			if e.From != "" && !saved[e.From] {
				fault("step %s: nothing saves %s", id, e.From)
			}
		}
		for _, name := range step.Unless {
			if !saved[name] {
				fault("step %s: nothing saves %s", id, name)
			}
		}
	}
	for _, e := range d.Any {
		if e.On == Choice {
			fault("a button at every step")
		}
		if _, ok := d.Steps[e.To]; e.To != "" && !ok {
			fault("unknown target %s", e.To)
		}
		if e.To != "" && !e.Aside {
			fault("every step leads to %s, and nothing leads back", e.To)
		}
	}
	reached := d.reach(d.Start)
	for id := range d.Steps {
		if !reached[id] {
			fault("step %s cannot be reached", id)
		}
		if !d.reach(id)[Done] {
			fault("step %s never ends", id)
		}
	}
	return errors.Join(faults...)
}

func (d Dialog) checkStep(id StepID, step Step, has func(string) bool, fault func(string, ...any)) {
	keys := []string{step.Ask}
	options := map[string]bool{}
	for _, o := range step.Options {
		options[o.Value] = true
		if len(o.Value) > 20 {
			fault("step %s: option %s is too long for a button", id, o.Value)
		}
		if !o.Words {
			keys = append(keys, o.Text)
		}
	}
	if step.Refuse != "" {
		keys = append(keys, step.Refuse)
	}
	for _, e := range step.Edges {
		if e.Warn != "" {
			keys = append(keys, e.Warn)
		}
		if e.On == Choice && e.Is != "" && !options[e.Is] {
			fault("step %s: no button for %s", id, e.Is)
		}
	}
	for _, key := range keys {
		if !has(key) {
			fault("step %s: no text %q", id, key)
		}
	}
	for _, to := range step.targets() {
		if _, ok := d.Steps[to]; !ok && to != Done {
			fault("step %s: unknown target %s", id, to)
		}
	}
}

// saved are the names of all answers.
func (d Dialog) saved() map[string]bool {
	all := map[string]bool{}
	for _, e := range d.Edges() {
		all[e.Save] = true
	}
	return all
}

// Edges are those of all steps.
func (d Dialog) Edges() []Edge {
	all := slices.Clone(d.Any)
	for _, step := range d.Steps {
		all = append(all, step.Edges...)
	}
	return all
}

// targets are all steps a step can lead to.
func (s Step) targets() []StepID {
	var to []StepID
	for _, e := range s.Edges {
		if e.To != "" {
			to = append(to, e.To)
		}
	}
	for _, more := range []StepID{s.Skip, s.Past} {
		if more != "" {
			to = append(to, more)
		}
	}
	return to
}

func (d Dialog) reach(from StepID) map[StepID]bool {
	seen := map[StepID]bool{}
	todo := []StepID{from}
	for len(todo) > 0 {
		id := todo[0]
		todo = todo[1:]
		if id == "" || seen[id] {
			continue
		}
		seen[id] = true
		todo = append(todo, d.Steps[id].targets()...)
		if _, ok := d.Steps[id]; ok && from == d.Start {
			for _, e := range d.Any { // asked in between: a way to its step, and no way on
				todo = append(todo, e.To)
			}
		}
	}
	return seen
}
