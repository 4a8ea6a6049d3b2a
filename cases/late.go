package cases

import "time"

// Late is what a person is told once when the promised day has passed without an answer.
type Late struct {
	Received time.Time
	Why      Cause
	Until    time.Time // when the step that runs is expected to be done; zero = not known
}

// Cause is why there is no answer yet. Its words are in locale ("late.…"); they tell
// nothing of the subject.
type Cause string

// The reasons.
const (
	LateUntaken  Cause = "untaken"  // nobody has taken it yet
	LateChecking Cause = "checking" // it is being checked
	LatePolice   Cause = "police"   // the ward police have it
	LateResult   Cause = "result"   // it was checked, the conclusion is being written
	LateHelp     Cause = "help"     // help is being arranged
)

// AnswerVerbs are the events with which a person hears from staff in words.
var AnswerVerbs = []Verb{Answer, AskInfo, Contact, Refer, AskConsent, AskNeeds}

// CauseOf is why a case in a status has not been answered.
func CauseOf(stream Stream, s Status) Cause {
	switch {
	case s == Received:
		return LateUntaken
	case stream == HelpStream:
		return LateHelp
	case s == Forwarded || s == Acknowledged || s == InHandling:
		return LatePolice
	case s == Verified || s == Classified || s == Resolved:
		return LateResult
	}
	return LateChecking
}
