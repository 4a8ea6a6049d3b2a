package cases

import "time"

// Stars is what a person thought of how a case was dealt with: 1 to 5, 0 = not told.
type Stars int

// MostStars is the best a person can say.
const MostStars Stars = 5

// MayRate tells whether a case can be rated: it was dealt with to its end.
func MayRate(s Status) bool { return s == Closed }

// Ratings are what people thought of the cases they rated in a period.
type Ratings struct {
	N     int
	Stars int // of all together
}

// fewest is the size from which a figure about people is shown (domain.md 10): a
// smaller one could tell of one person.
const fewest = 5

// Shown reports whether the figure may be shown.
func (r Ratings) Shown() bool { return r.N >= fewest }

// Tenths is the average in tenths of a star, rounded; 0 when nobody rated.
func (r Ratings) Tenths() int {
	if r.N == 0 {
		return 0
	}
	return (20*r.Stars + r.N) / (2 * r.N)
}

// A person may ask for an ended case to be opened again for ReopenDays after its end,
// and so often; the wish waits for PersonTime for one member of staff who agrees.
const (
	ReopenDays = 30
	ReopenAsks = 2
	PersonTime = 14 * 24 * time.Hour
)

// MayAskAgain tells whether the person may ask for a case that ended at a time to be
// opened again, having asked so often before.
func MayAskAgain(stream Stream, s Status, urgent bool, ended, now time.Time, before int) bool {
	if _, err := Next(stream, s, AskReopen, urgent); err != nil {
		return false
	}
	return !ended.IsZero() && now.Before(ended.AddDate(0, 0, ReopenDays)) && before < ReopenAsks
}
