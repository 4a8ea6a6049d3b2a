package dialog

import (
	"maps"
	"slices"
	"strings"
)

// Outcome is what an input led to.
type Outcome int

// The outcomes.
const (
	Asked     Outcome = iota // the session stands at a question, maybe the same one
	Refused                  // the input does not fit; Hint says why
	Finished                 // all answers are there: commit them
	Cancelled                // the person left; nothing is kept
	Stale                    // the session is of an older version and was started again, answers kept
)

// Result tells the caller what to show.
type Result struct {
	Outcome Outcome
	Hint    string // locale key for Refused
	Warn    string // locale key to show before the next question
	Kept    bool   // an answer was added and the step did not change (one more photo)
}

// Advance moves a session by one input. It changes nothing it was given.
func Advance(d Dialog, s Session, in Input) (Session, Result) {
	s = s.clone()
	if _, ok := d.Steps[s.At]; !ok || s.Ver != d.Ver {
		s.Ver, s.At, s.Path, s.Edit, s.Aside = d.Ver, d.Start, nil, false, ""
		for _, e := range d.Any { // what was just sent is not lost to it
			if e.On == in.Kind && e.Accept == nil {
				s.save(e, in.Value)
				break
			}
		}
		return s, Result{Outcome: Stale}
	}
	if in.Kind == Choice {
		if next, r, ok := move(d, s, in.Value); ok {
			return next, r
		}
	}
	return follow(d, s, in)
}

func (s Session) clone() Session {
	s.Path = slices.Clone(s.Path)
	answers := make(map[string][]string, len(s.Answers))
	for k, v := range s.Answers {
		answers[k] = slices.Clone(v)
	}
	s.Answers, s.Extra = answers, maps.Clone(s.Extra)
	return s
}

// move does the choices every dialog understands.
func move(d Dialog, s Session, choice string) (Session, Result, bool) {
	switch choice {
	case Cancel:
		return Session{}, Result{Outcome: Cancelled}, true
	case Back:
		if s.Aside != "" {
			return s.leave(d, s.Aside), Result{}, true
		}
		if s.Edit {
			s.Edit = false
			return s.arrive(d.review()), Result{}, true
		}
		if len(s.Path) == 0 {
			return s, Result{}, true
		}
		s.At, s.Path = s.Path[len(s.Path)-1], s.Path[:len(s.Path)-1]
		s.Turn++
		return s, Result{}, true
	case Skip:
		return s.skip(d)
	case Review:
		if d.review() == "" || s.At == d.review() {
			return s, Result{}, false
		}
		if hint := d.Missing(s); hint != "" {
			return s, Result{Outcome: Refused, Hint: hint}, true
		}
		return s.leave(d, d.review()), Result{}, true
	}
	return s, Result{}, false
}

// skip goes on without an answer; one that is there stays.
func (s Session) skip(d Dialog) (Session, Result, bool) {
	to := d.Steps[s.At].Skip
	if to == "" {
		return s, Result{Outcome: Refused, Hint: "dialog.noskip"}, true
	}
	return s.leave(d, to), Result{}, true
}

// Missing is the text key for the first needed answer that is not there, "" when
// all are.
func (d Dialog) Missing(s Session) string {
	for _, need := range d.Need {
		names := strings.Split(need, eitherWillDo)
		if !s.Has(names...) {
			return "dialog.need." + names[0]
		}
	}
	return ""
}

// eitherWillDo stands between the names of answers of which one is enough.
const eitherWillDo = "|"

// follow tries the step's own edges, then those of every step.
func follow(d Dialog, s Session, in Input) (Session, Result) {
	step := d.Steps[s.At]
	for _, edges := range [][]Edge{step.Edges, d.Any} {
		for _, e := range edges {
			if e.On == in.Kind && (e.Is == "" || e.Is == in.Value) {
				return take(d, s, e, in.Value)
			}
		}
	}
	hint := step.Refuse
	if hint == "" {
		hint = "dialog.refuse"
	}
	return s, Result{Outcome: Refused, Hint: hint}
}

func take(d Dialog, s Session, e Edge, value string) (Session, Result) {
	if e.From != "" {
		value = s.First(e.From)
		if value == "" {
			return s, Result{Outcome: Refused, Hint: "dialog.refuse"}
		}
	}
	if e.Accept != nil {
		accepted, refusal := e.Accept(value)
		if refusal != "" {
			return s, Result{Outcome: Refused, Hint: refusal}
		}
		value = accepted
	}
	s.save(e, value)
	if e.To == Done || d.Steps[e.To].Review && s.Aside == "" {
		if hint := d.Missing(s); hint != "" {
			return s, Result{Outcome: Refused, Hint: hint}
		}
	}
	if e.To == Done {
		return s, Result{Outcome: Finished, Warn: e.Warn}
	}
	if e.To == "" || e.To == s.At {
		return s, Result{Warn: e.Warn, Kept: true}
	}
	if e.Aside {
		if s.Aside == "" {
			s.Aside = s.At
		}
		return s.arrive(e.To), Result{Warn: e.Warn}
	}
	if d.Steps[s.At].Review {
		s.Edit = true
		return s.arrive(e.To), Result{Warn: e.Warn}
	}
	return s.leave(d, e.To), Result{Warn: e.Warn}
}

// save writes what an edge says into the answers.
func (s Session) save(e Edge, value string) {
	for _, name := range append(slices.Clone(e.Drop), e.From) {
		delete(s.Answers, name)
	}
	if e.Save == "" {
		return
	}
	had := s.Answers[e.Save]
	switch i := slices.Index(had, value); {
	case e.Toggle && i >= 0:
		if had = slices.Delete(had, i, i+1); len(had) == 0 {
			delete(s.Answers, e.Save)
			return
		}
		s.Answers[e.Save] = had
	case e.Add:
		s.Answers[e.Save] = append(had, value)
	default:
		s.Answers[e.Save] = []string{value}
	}
}

// leave goes on to a step; from what was asked in between, back to where the session
// stood, and while one answer is being changed, back to the review. Questions that are
// answered already are passed over.
func (s Session) leave(d Dialog, to StepID) Session {
	if s.Aside != "" {
		to, s.Aside = s.Aside, ""
		return s.arrive(to)
	}
	if s.Edit {
		s.Edit = false
		return s.arrive(d.review())
	}
	s.Path = append(s.Path, s.At)
	for range d.Steps {
		step := d.Steps[to]
		if !s.Has(step.Unless...) || d.Steps[step.Past].Review && d.Missing(s) != "" {
			break
		}
		to = step.Past
	}
	return s.arrive(to)
}

func (s Session) arrive(to StepID) Session {
	s.At = to
	s.Turn++
	return s
}
