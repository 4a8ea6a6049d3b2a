package cases

import (
	"cmp"
	"slices"
	"time"
)

// Search is what somebody looks for among the cases of one stream. Zero fields ask
// for nothing. What stands together must hold together.
type Search struct {
	Number   Number
	Kind     Kind
	Wanted   Service // help
	Statuses []Status
	Hamlet   int
	Urgent   bool
	From, To time.Time // received from From up to, but not at, To
	Words    []string  // folded; each stands in the alias or in what was written
}

// Empty reports whether nothing is asked for.
func (s Search) Empty() bool {
	return s.Number.IsZero() && s.Kind == "" && s.Wanted == "" && len(s.Statuses) == 0 && s.Hamlet == 0 && !s.Urgent && s.From.IsZero() && s.To.IsZero() && len(s.Words) == 0
}

// Fits reports whether every word looked for stands in one of the texts.
func (s Search) Fits(texts ...string) bool {
	have := map[string]bool{}
	for _, t := range texts {
		for _, w := range WordsOf(t) {
			have[w] = true
		}
	}
	return !slices.ContainsFunc(s.Words, func(w string) bool { return !have[w] })
}

// Found is a page of what was found, the newest first.
type Found struct {
	QueuePage
	// Before is set when the register is too long to be looked through as a whole: of the
	// cases received before it not all were looked at.
	Before time.Time
}

// Likeness says in words how much two reports have in common.
type Likeness string

// The likenesses, the closest first.
const (
	VeryLike  Likeness = "very"
	LikePart  Likeness = "part"
	SamePlace Likeness = "place" // only the place and the time
)

// Likenesses lists the likenesses in their order.
var Likenesses = []Likeness{VeryLike, LikePart, SamePlace}

// How reports are found that may tell of the same thing.
const (
	SimilarDays = 14 // received at most so far apart
	SimilarMost = 5  // suggestions shown

	veryLike = 0.5
	likePart = 0.2
)

// Similar is a report that may tell of the same as another. It holds no content.
type Similar struct {
	Number   Number
	Status   Status
	Received time.Time
	Likeness Likeness
	score    float64
}

// sameCell reports whether two places lie in one cell; both are blurred.
func sameCell(a, b *Place) bool { return a != nil && b != nil && *a == *b }

// Compare tells what two reports have in common; ok = enough to be suggested. Without
// a place in common only texts that are very much alike are.
func Compare(a, b ReportContent) (l Likeness, score float64, ok bool) {
	score = Overlap(a.Said(), b.Said())
	same := sameCell(a.Spot(), b.Spot())
	place := same || a.Hamlet > 0 && a.Hamlet == b.Hamlet || Overlap(a.Where+" "+a.Venue, b.Where+" "+b.Venue) >= veryLike
	switch {
	case score >= veryLike:
		l = VeryLike
	case score >= likePart:
		l = LikePart
	default:
		l = SamePlace
	}
	if same {
		score += 0.5 // a pin on the map tells more than a hamlet
	}
	return l, score, place || l == VeryLike
}

// SimilarTo makes a suggestion of another report; ok = it has enough in common.
func SimilarTo(a ReportContent, b ReportContent, n Number, s Status, received time.Time) (Similar, bool) {
	l, score, ok := Compare(a, b)
	return Similar{Number: n, Status: s, Received: received, Likeness: l, score: score}, ok
}

// Closest are the suggestions worth showing, the closest first.
func Closest(all []Similar) []Similar {
	slices.SortStableFunc(all, func(a, b Similar) int {
		return cmp.Or(cmp.Compare(b.score, a.score), b.Received.Compare(a.Received))
	})
	return all[:min(len(all), SimilarMost)]
}
