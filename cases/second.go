package cases

import "time"

// SecondTime is how long one person's wish to open an ended case waits for a second.
const SecondTime = 72 * time.Hour

// Asked is a wish that an ended case is opened again; its zero value is none. It comes
// from a member of staff (By), or from the person who wrote (Person).
type Asked struct {
	By     StaffID
	Person bool
	At     time.Time
}

// Stands reports whether the wish still waits for a second person.
func (a Asked) Stands(now time.Time) bool {
	if a.Person {
		return now.Sub(a.At) <= PersonTime
	}
	return a.By != 0 && now.Sub(a.At) <= SecondTime
}

// MayOpenAgain tells whether somebody may be the second person who opens an ended
// case again: somebody asked, not too long ago, and it was somebody else. The person
// who wrote counts as the first of the two.
func MayOpenAgain(asked Asked, by StaffID, now time.Time) error {
	if !asked.Stands(now) {
		return Fail(NotAllowed, "error.second.none")
	}
	if asked.By == by && !asked.Person {
		return Fail(NotAllowed, "error.second.self")
	}
	return nil
}
