package cases

import (
	"slices"
	"time"
)

// Ending is what came of a case, in words the person who wrote may read on a phone that
// lies open: no name, no measure, nothing of the subject. Its words are in locale
// ("ending.…").
type Ending string

// The endings of a report.
const (
	EndHandled   Ending = "handled"   // checked: signs of a violation, dealt with
	EndWatched   Ending = "watched"   // checked: no signs seen, watched further
	EndElsewhere Ending = "elsewhere" // belongs to another body
	EndUnclear   Ending = "unclear"   // not enough to act on
	EndNoted     Ending = "noted"     // a suggestion, passed to those who can follow it
	EndNamed     Ending = "named"     // needs a letter with a name; nobody chooses it at the end
)

// The endings of a request for help; they say nothing of what was asked.
const (
	EndDone      Ending = "done"      // what the person needed is there
	EndConnected Ending = "connected" // the person is in touch with the right place
	EndStopped   Ending = "stopped"   // as the person wishes
	EndSilent    Ending = "silent"    // the person could not be reached
)

// Endings lists what may be chosen when a case of a stream is closed, in the order of the
// buttons.
func Endings(s Stream) []Ending {
	if s == HelpStream {
		return []Ending{EndDone, EndConnected, EndStopped, EndSilent}
	}
	return []Ending{EndHandled, EndWatched, EndElsewhere, EndUnclear, EndNoted}
}

// Of reports whether the ending is one of a stream.
func (e Ending) Of(s Stream) bool { return slices.Contains(Endings(s), e) }

// Result is what a case ended with; it is stored sealed.
type Result struct {
	Ending Ending      `json:"ending"`
	Dest   Destination `json:"dest,omitempty"` // of a report that was handed to another body
	Body   *Body       `json:"body,omitempty"` // where it belongs, as the settings had it at the end; nil = not named
}

// ResultOf is the result a change leads to: what was chosen, or what follows from the
// step. nil for a step that ends nothing, and where the person ended it.
func ResultOf(ch Change, to Status) *Result {
	switch {
	case !to.Final() || ch.Verb == Withdraw || ch.Verb == Merge:
		return nil
	case ch.Ending != "":
		return &Result{Ending: ch.Ending, Body: ch.Where}
	case ch.Verb == OwnDoor || ch.Refusal == NeedsName:
		return &Result{Ending: EndNamed, Body: ch.Where}
	case to == InvalidCase:
		return &Result{Ending: EndUnclear}
	case to == OutOfScope || to == Transferred:
		return &Result{Ending: EndElsewhere, Dest: ch.Dest, Body: ch.Where}
	}
	return nil
}

// MayEnd refuses to close a case without an ending of its stream: nobody is left with a
// case that is over and no word of what came of it.
func MayEnd(s Stream, ch Change) error {
	if ch.Verb == Close && !ch.Ending.Of(s) {
		return Fail(Invalid, "error.ending")
	}
	return nil
}

// Suggested is the ending that the police suggested with their result; "" = none.
func Suggested(history []Event) Ending {
	for _, e := range slices.Backward(history) {
		switch {
		case e.Verb == Reopen:
			return ""
		case e.Verb == Resolve && Ending(e.Detail).Of(ReportStream):
			return Ending(e.Detail)
		}
	}
	return ""
}

// Milestone is a step of a case that the person who wrote may know of.
type Milestone struct {
	At   time.Time
	What Way
}

// Way names a milestone. Its words are in locale ("way.…").
type Way string

// The milestones in their usual order.
const (
	WayReceived Way = "received" // it came in
	WaySeen     Way = "seen"     // somebody of the staff has taken it, for the first time
	WayPolice   Way = "police"   // it went to the ward police
	WayChecked  Way = "checked"  // they have finished their part
	WayLate     Way = "late"     // the promised day passed, and the person was told
	WayAgain    Way = "again"    // it was opened again
	WayEnded    Way = "ended"    // it has ended
)

// firstLook are the steps with which somebody begins to work on a case.
var firstLook = []Verb{Take, Verify, Classify, Assess, Contact}

// Begun reports whether the newest event of a history is the first with which somebody of
// the staff began to work on the case.
func Begun(history []Event) bool {
	n := 0
	for _, e := range history {
		if slices.Contains(firstLook, e.Verb) {
			n++
		}
	}
	return n == 1 && slices.Contains(firstLook, history[len(history)-1].Verb)
}

// WayOf is what of a history the person who wrote may know: each milestone once, but for
// what happens again after the case was opened again.
func WayOf(history []Event) (list []Milestone) {
	add := func(at time.Time, what Way) {
		if !slices.ContainsFunc(list, func(m Milestone) bool { return m.What == what }) {
			list = append(list, Milestone{at, what})
		}
	}
	for _, e := range history {
		switch {
		case e.Verb == Submit || e.Verb == Capture:
			add(e.At, WayReceived)
		case slices.Contains(firstLook, e.Verb):
			add(e.At, WaySeen)
		case e.Verb == Forward:
			add(e.At, WaySeen)
			add(e.At, WayPolice)
		case e.Verb == Resolve:
			add(e.At, WayChecked)
		case e.Verb == TellLate:
			add(e.At, WayLate)
		case e.Verb == Reopen:
			list = slices.DeleteFunc(list, func(m Milestone) bool { return m.What == WayChecked || m.What == WayEnded || m.What == WayAgain })
			add(e.At, WayAgain)
		}
		if e.To.Final() && !e.From.Final() && e.To != Duplicate {
			add(e.At, WayEnded)
		}
	}
	return list
}
