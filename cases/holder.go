package cases

import (
	"strings"
	"unicode/utf8"
)

// NotYours is the text of a refusal to decide about a case that another chat sent.
const NotYours = "own.notyours"

// Ownership is what the holder of a receipt may do besides reading and adding.
type Ownership struct {
	May  bool // decide about the case: consent, withdraw, delete
	Word bool // a word was chosen that proves it
	Chat bool // some chat gets news of the case
}

// A word is long enough not to be guessed in the few tries that are given, and short
// enough to be remembered. Counted in characters of what is compared.
const (
	shortestWord = 4
	longestWord  = 60
)

// CheckWord reports whether a word can be chosen; Invalid when not.
func CheckWord(word string) error {
	if n := utf8.RuneCountInString(FoldWord(word)); n < shortestWord || n > longestWord {
		return Fail(Invalid, "own.word.length")
	}
	return nil
}

// FoldWord is a word as it is compared: without marks, and in small letters, as one types
// on another telephone.
func FoldWord(word string) string { return strings.Join(strings.Fields(Fold(word)), " ") }

// OpenQuestions are the questions of the ward that wait for an answer of the person, numbers being 0
// for none. A chat gets them with buttons; who has only a receipt finds them there.
type OpenQuestions struct {
	Calm        bool   // whether somebody is in danger
	Unnamed     bool   // whether a report of a kind that needs a name may stay without
	Consent     int    // message that may pass to the police
	ConsentText string // its words
	Needs       bool   // whether the needs may be written down
	Meeting     int    // message with an appointment
	MeetingText string // its words
	FollowUp    int    // days after which it was asked how it goes
}

// Any reports whether a question waits.
func (q OpenQuestions) Any() bool {
	return q.Calm || q.Unnamed || q.Needs || q.Consent+q.Meeting+q.FollowUp > 0
}
