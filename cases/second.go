package cases

import "time"

// SecondTime is how long one person's wish to open an ended case waits for a second.
const SecondTime = 72 * time.Hour

// MayOpenAgain tells whether somebody may be the second person who opens an ended
// case again: somebody asked, not too long ago, and it was somebody else.
func MayOpenAgain(askedBy StaffID, askedAt time.Time, by StaffID, now time.Time) error {
	if askedBy == 0 || now.Sub(askedAt) > SecondTime {
		return Fail(NotAllowed, "error.second.none")
	}
	if askedBy == by {
		return Fail(NotAllowed, "error.second.self")
	}
	return nil
}
