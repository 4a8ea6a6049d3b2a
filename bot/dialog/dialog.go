// Package dialog holds conversations as data: a Dialog is a table of steps, a
// Session is where one person stands in it, and Advance moves a session by one
// input. Everything is pure: no clock, no storage, no texts, only their keys.
//
// Every step can be left by Cancel, and by Back when something came before it;
// steps that may be skipped say so. Check refuses, before anything starts, a
// dialog with an unknown target, an unreachable step, a missing text or a step
// from which the end cannot be reached.
package dialog

import (
	"slices"
	"time"
)

// StepID names a step of one dialog.
type StepID string

// Done is the target that ends a dialog with its commit.
const Done StepID = "done"

// InputKind is what a person did.
type InputKind string

// The kinds of input.
const (
	Text   InputKind = "text"
	Choice InputKind = "choice" // a button of the present step, or one of the moves below
	Place  InputKind = "place"
	Venue  InputKind = "venue" // a place with a name
	File   InputKind = "file"
)

// Moves are the choices every dialog understands.
const (
	Back   = "back"
	Skip   = "skip"
	Cancel = "cancel"
	Review = "review"
)

// Input is one thing a person did. Value is the text, the choice, or the
// encoded place or file.
type Input struct {
	Kind  InputKind
	Value string
}

// Option is a button of a step.
type Option struct {
	Value string // what is saved; also travels in callback data, so at most 20 bytes
	Text  string // locale key; for options of a List the words themselves
	Words bool   // Text is not a key but words to show
	Own   bool   // stands in a row of its own
	Break bool   // begins a new row
	Hide  string // name of an answer beside which the button makes no sense
}

// Edge says what an input does at a step.
type Edge struct {
	On     InputKind
	Is     string                                      // the choice this edge is for; "" = any
	Save   string                                      // name of the answer; "" = not saved
	Add    bool                                        // keep earlier values of the answer too
	Toggle bool                                        // a value that is there already is taken out of the answer
	From   string                                      // the value is the first of this answer, which is forgotten
	Drop   []string                                    // names of answers that are forgotten
	Accept func(string) (value string, refusal string) // refusal is a locale key; nil accepts everything
	Warn   string                                      // locale key of what must be shown before the next question
	To     StepID                                      // "" = stay and ask again
	Aside  bool                                        // To is asked in between: once it is left, the session stands here again
}

// Step is one question.
type Step struct {
	Ask     string   // locale key of the question
	Options []Option // buttons
	List    string   // name of a list of further options, known only at run time
	Columns int      // buttons in a row; 0 = 1
	Edges   []Edge   // tried in order
	Skip    StepID   // target of Skip; "" = cannot be skipped
	Review  bool     // this step shows all answers
	Refuse  string   // locale key shown for an input no edge takes
	Minor   bool     // asked in between: has no number
	Unless  []string // names of answers of which one makes the question needless on the way forward
	Past    StepID   // where the way goes on then
}

// Dialog is a whole conversation.
type Dialog struct {
	ID    string
	Ver   int // raised when stored sessions of older versions no longer fit
	Start StepID
	Quiet time.Duration // a session untouched for this long is ended
	Steps map[StepID]Step
	Any   []Edge   // tried at every step after its own edges
	Need  []string // answers without which Review and Done are refused; "a|b" = either will do
}

// review is the step that shows all answers; "" when the dialog has none.
func (d Dialog) review() StepID {
	for id, s := range d.Steps {
		if s.Review {
			return id
		}
	}
	return ""
}

// Session is one person's place in a dialog. It is stored sealed.
type Session struct {
	Dialog  string              `json:"dialog"`
	Ver     int                 `json:"ver"`
	At      StepID              `json:"at"`
	Path    []StepID            `json:"path,omitempty"` // steps behind, for Back
	Answers map[string][]string `json:"answers,omitempty"`
	Turn    int                 `json:"turn"`            // grows with each input taken; an old button carries an old turn
	Edit    bool                `json:"edit,omitempty"`  // one answer is being changed from the review
	Aside   StepID              `json:"aside,omitempty"` // the step to stand at again once the present one is left
	Extra   map[string]string   `json:"extra,omitempty"` // what the owner of the dialog needs to remember
}

// Open starts a session at the first step.
func (d Dialog) Open() Session {
	return Session{Dialog: d.ID, Ver: d.Ver, At: d.Start, Answers: map[string][]string{}}
}

// Has reports whether one of the answers is there.
func (s Session) Has(names ...string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return len(s.Answers[name]) > 0 })
}

// Number is the number of the present question and how many there are on the longest way
// from here; 0, 0 where a number says nothing: at the review, at what is asked in between,
// and while an answer is changed.
func (d Dialog) Number(s Session) (n, of int) {
	counts := func(id StepID) bool { step, ok := d.Steps[id]; return ok && !step.Review && !step.Minor }
	if !counts(s.At) || s.Edit || s.Aside != "" || d.review() == "" {
		return 0, 0
	}
	for _, id := range s.Path {
		if counts(id) {
			n++
		}
	}
	var ahead func(id StepID, seen map[StepID]bool) int
	ahead = func(id StepID, seen map[StepID]bool) int {
		if step, ok := d.Steps[id]; !ok || step.Review || seen[id] {
			return 0
		}
		seen[id] = true
		defer delete(seen, id)
		most := 0
		for _, e := range d.Steps[id].Edges {
			if e.To != "" && !e.Aside {
				most = max(most, ahead(e.To, seen))
			}
		}
		if counts(id) {
			most++
		}
		return most
	}
	return n + 1, n + ahead(s.At, map[StepID]bool{})
}

// Chosen reports whether a button of a step stands for a value that is saved already.
func (d Dialog) Chosen(s Session, o Option) bool {
	for _, e := range d.Steps[s.At].Edges {
		if e.On != Choice || e.Is != "" && e.Is != o.Value {
			continue
		}
		value := o.Value
		if e.Accept != nil {
			value, _ = e.Accept(value)
		}
		return e.Save != "" && e.From == "" && slices.Contains(s.Answers[e.Save], value)
	}
	return false
}

// Drops are the names of the answers a choice of the present step forgets.
func (d Dialog) Drops(s Session, choice string) []string {
	for _, e := range d.Steps[s.At].Edges {
		if e.On == Choice && (e.Is == "" || e.Is == choice) {
			return e.Drop
		}
	}
	return nil
}

// First is the first value of an answer, "" when there is none.
func (s Session) First(name string) string {
	if v := s.Answers[name]; len(v) > 0 {
		return v[0]
	}
	return ""
}
