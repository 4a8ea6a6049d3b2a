package cases

import (
	"slices"
	"time"
)

// How long and how much a chat remembers of its cases. What is older, or more, is
// forgotten, the oldest first.
const (
	ThreadKept = 48 * time.Hour  // to which case words without a quote belong
	TakeBack   = 2 * time.Minute // how long words that went to a case can be taken back
	maxSpoken  = 40              // messages of the ward
	maxOwn     = 40              // messages of the person
	maxRun     = 30              // additions that can be taken back at once
	maxTexts   = 10              // texts among them, as many as a draft holds
)

// CaseRef names a case of a stream.
type CaseRef struct {
	Stream Stream `json:"s"`
	ID     string `json:"c"`
}

// Spoken is one message in which the ward wrote to a chat about a case.
type Spoken struct {
	CaseRef
	Message int   `json:"n"` // Telegram's number in the chat
	At      int64 `json:"t"` // seconds since 1970
}

// Heard is the list of a chat with one more message of the ward.
func Heard(list []Spoken, one Spoken, now time.Time) []Spoken {
	list = append(Recent(list, now), one)
	return list[max(0, len(list)-maxSpoken):]
}

// Recent are the messages that are still remembered.
func Recent(list []Spoken, now time.Time) []Spoken {
	oldest := now.Add(-ThreadKept).Unix()
	return slices.DeleteFunc(slices.Clone(list), func(s Spoken) bool { return s.At < oldest })
}

// Thread is what a chat remembers of what the person wrote, sealed in its row.
type Thread struct {
	Own []OwnWords `json:"own,omitempty"`
	Run *Run       `json:"run,omitempty"`
	// Unanswered are messages of the person to which nothing was written back, and which no
	// message of the bot remembers therefore.
	Unanswered []Shown `json:"u,omitempty"`
	// Mentioned are messages whose words were added to the case whose receipt stands in them.
	Mentioned []int `json:"m,omitempty"`
}

// Empty reports whether there is nothing to remember.
func (t *Thread) Empty() bool { return len(t.Own) == 0 && t.Run == nil && len(t.Unanswered) == 0 }

// OwnWords is one message of the person, to find its words again when they are edited.
type OwnWords struct {
	CaseRef         // zero = the words are in the draft
	Message  int    `json:"n"`
	At       int64  `json:"t"`           // seconds since 1970
	Hash     uint64 `json:"h,omitempty"` // of the words, to find them in the draft
	Addition        // what it became in the case
}

// Addition is what became of words and files that were added to a case.
type Addition struct {
	In    string   `json:"i,omitempty"` // the case whose messages hold the words; "" = none were added
	Talk  int      `json:"k,omitempty"` // number of the message there; 0 = files only
	Files []string `json:"f,omitempty"` // their ids
}

// Run is what a person added to a case without naming it, message after message, since
// it was last said where the words go.
type Run struct {
	CaseRef
	ID    int64      `json:"id"`          // milliseconds since 1970, names the run in its button
	At    int64      `json:"t"`           // of the last message, seconds since 1970
	After int        `json:"a,omitempty"` // number of the newest message of the ward before it was said where the words go
	Album string     `json:"b,omitempty"` // of the last message
	Added []Addition `json:"added,omitempty"`
	Texts []string   `json:"w,omitempty"`
	Files []string   `json:"f,omitempty"` // as a draft keeps them
}

// Open reports whether the run can still be taken back.
func (r *Run) Open(now time.Time) bool {
	return r != nil && now.Sub(time.Unix(r.At, 0)) <= TakeBack && len(r.Added) < maxRun && len(r.Texts) < maxTexts
}

// Remember adds a message of the person.
func (t *Thread) Remember(one OwnWords, now time.Time) {
	oldest := now.Add(-ThreadKept).Unix()
	t.Own = slices.DeleteFunc(t.Own, func(o OwnWords) bool { return o.At < oldest || o.Message == one.Message })
	t.Own = append(t.Own, one)
	t.Own = t.Own[max(0, len(t.Own)-maxOwn):]
}

// Find gives a message of the person; false when it is not remembered.
func (t *Thread) Find(message int) (OwnWords, bool) {
	i := slices.IndexFunc(t.Own, func(o OwnWords) bool { return o.Message == message })
	if i < 0 {
		return OwnWords{}, false
	}
	return t.Own[i], true
}

// Sent notes that what was in the draft went to a case.
func (t *Thread) Sent(to CaseRef) {
	for i := range t.Own {
		if t.Own[i].CaseRef == (CaseRef{}) {
			t.Own[i].CaseRef = to
		}
	}
}
