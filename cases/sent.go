package cases

import (
	"hash/fnv"
	"time"
)

// Sent is how a message names a case to the person who sent it: by when that was, and by a
// mark that tells two cases of the same minute apart. Neither says what the case is about.
type Sent struct {
	at   time.Time
	mark string
}

// SentAs names a case.
func SentAs(caseID string, at time.Time) Sent { return Sent{at, MarkOf(caseID)} }

// Time is when the case was sent.
func (s Sent) Time() time.Time { return s.at }

// Mark is the mark of the case.
func (s Sent) Mark() string { return s.mark }

// Letters and digits of marks: none can be taken for another, and none spells a word.
const (
	markLetters = "CDFHKMNPRTVX"
	markDigits  = "2346789"
)

// MarkOf is the mark of a case: a letter and two digits, the same in every message. It is
// drawn from the random part of the identifier and so tells nothing of the case.
func MarkOf(caseID string) string {
	h := fnv.New64a()
	_, _ = h.Write([]byte(caseID))
	n := h.Sum64()
	pick := func(of string) string {
		i := n % uint64(len(of))
		n /= uint64(len(of))
		return of[i : i+1]
	}
	return pick(markLetters) + pick(markDigits) + pick(markDigits)
}
