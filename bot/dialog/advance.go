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
		s.Ver, s.At, s.Path, s.Edit = d.Ver, d.Start, nil, false
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

func (s Session) skip(d Dialog) (Session, Result, bool) {
	to := d.Steps[s.At].Skip
	if to == "" {
		return s, Result{Outcome: Refused, Hint: "dialog.noskip"}, true
	}
	for _, e := range d.Steps[s.At].Edges {
		if e.Save != "" && !e.Add {
			delete(s.Answers, e.Save)
		}
	}
	return s.leave(d, to), Result{}, true
}

// Missing is the text key for the first needed answer that is not there, "" when
// all are.
func (d Dialog) Missing(s Session) string {
	for _, need := range d.Need {
		names := strings.Split(need, eitherWillDo)
		if !slices.ContainsFunc(names, func(name string) bool { return len(s.Answers[name]) > 0 }) {
			return "dialog.need." + names[0]
		}
	}
	return ""
}

// eitherWillDo stands between the names of answers of which one is enough.
const eitherWillDo = "|"

// follow tries the step's own edges.
func follow(d Dialog, s Session, in Input) (Session, Result) {
	step := d.Steps[s.At]
	for _, e := range step.Edges {
		if e.On != in.Kind || e.Is != "" && e.Is != in.Value {
			continue
		}
		return take(d, s, e, in.Value)
	}
	hint := step.Refuse
	if hint == "" {
		hint = "dialog.refuse"
	}
	return s, Result{Outcome: Refused, Hint: hint}
}

func take(d Dialog, s Session, e Edge, value string) (Session, Result) {
	if e.Accept != nil {
		accepted, refusal := e.Accept(value)
		if refusal != "" {
			return s, Result{Outcome: Refused, Hint: refusal}
		}
		value = accepted
	}
	for _, name := range e.Drop {
		delete(s.Answers, name)
	}
	if e.Save != "" && e.Add {
		s.Answers[e.Save] = append(s.Answers[e.Save], value)
	} else if e.Save != "" {
		s.Answers[e.Save] = []string{value}
	}
	if e.To == Done || d.Steps[e.To].Review {
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
	if d.Steps[s.At].Review {
		s.Edit = true
		return s.arrive(e.To), Result{Warn: e.Warn}
	}
	return s.leave(d, e.To), Result{Warn: e.Warn}
}

// leave goes on to a step; while one answer is being changed, back to the review.
func (s Session) leave(d Dialog, to StepID) Session {
	if s.Edit {
		s.Edit = false
		return s.arrive(d.review())
	}
	s.Path = append(s.Path, s.At)
	return s.arrive(to)
}

func (s Session) arrive(to StepID) Session {
	s.At = to
	s.Turn++
	return s
}
