package cases

import (
	"strings"
	"time"
	"unicode"
)

// Metered is something that is counted, so that nobody can drown the ward in it.
type Metered string

// What is counted, of one chat or (the last three) of the whole ward.
const (
	Messages   Metered = "messages" // anything a resident does
	Sending    Metered = "sending"  // reports sent, in an hour
	SendingDay Metered = "day"      // cases sent, in a day
	Repeating  Metered = "same"     // reports of the very same words
	Guessing   Metered = "guess"    // receipts that do not exist
	Flood      Metered = "flood"    // reports to the ward
	GuessAll   Metered = "guesses"  // receipts that do not exist, by anybody
	Knocks     Metered = "knocks"   // reports of the web by visitors who cannot be told apart
	Doors      Metered = "doors"    // links to the dashboard that do not work, from one address
)

// Quota is how often something may happen within a window.
type Quota struct {
	Limit  int
	Window time.Duration
}

// Quotas are the limits. They are far above what a person with something to say
// needs, and below what would hide it from the staff.
var Quotas = map[Metered]Quota{
	Messages:   {60, time.Minute},
	Sending:    {5, time.Hour},
	SendingDay: {20, 24 * time.Hour},
	Repeating:  {1, 24 * time.Hour},
	Guessing:   {5, 24 * time.Hour},
	Flood:      {200, time.Hour},
	GuessAll:   {300, time.Hour},
	Knocks:     {600, time.Minute},
	Doors:      {10, 10 * time.Minute},
}

// Over reports whether the n-th time within the window is one too many.
func (m Metered) Over(n int) bool { return n > Quotas[m].Limit }

const (
	guessPause    = 30 * time.Second
	guessPauseMax = time.Hour
)

// GuessPause is how long no receipt is taken from a chat after so many wrong ones in
// a day; each doubles it. While the whole ward is being searched with wrong receipts,
// the first wrong one already brings a pause.
func GuessPause(wrong, all int) time.Duration {
	free := Quotas[Guessing].Limit - 1
	if GuessAll.Over(all) {
		free = 0
	}
	if wrong <= free {
		return 0
	}
	return min(guessPause<<min(wrong-free-1, 10), guessPauseMax)
}

// CodeShown is how long a receipt can be shown again in the chat that got it.
const CodeShown = 10 * time.Minute

// Words with fewer letters than this, and no file, tell nobody anything.
const fewLetters = 8

// Hollow reports words that hardly can be a report: almost no letters, one character
// over and over, or nothing but addresses. It decides nothing: such a report is put
// apart, and somebody looks at it.
func Hollow(text string) bool {
	letters, kinds := 0, map[rune]bool{}
	words, links := 0, 0
	for word := range strings.FieldsSeq(text) {
		words++
		if strings.Contains(word, "://") || strings.HasPrefix(word, "@") || strings.HasPrefix(word, "t.me/") || strings.HasPrefix(word, "www.") {
			links++
			continue
		}
		for _, c := range word {
			if unicode.IsLetter(c) || unicode.IsDigit(c) {
				letters++
				kinds[unicode.ToLower(c)] = true
			}
		}
	}
	return letters < fewLetters || len(kinds) < 3 || words == links
}

// MuteDays are for how long reports of one sender can be put apart unasked, in the
// order of the buttons; 0 ends it.
var MuteDays = []int{1, 7, 30, 0}
