package cases

import "slices"

// Body is a place outside the ward, or a unit of it, that a person can turn to; the ward
// writes it into its settings.
type Body struct {
	Name    string    `json:"name"`
	Address string    `json:"address,omitempty"`
	Hours   string    `json:"hours,omitempty"`
	Phone   string    `json:"phone,omitempty"`
	Link    string    `json:"link,omitempty"`
	For     []Subject `json:"for,omitempty"` // none = for whatever is not the ward's
}

// Subject is what a body deals with.
type Subject string

// The subjects.
const (
	ForOther    Subject = "other"    // what is not the ward's to deal with
	ForOfficer  Subject = "officer"  // complaints and denunciations about the ward's officials
	ForPolice   Subject = "police"   // about the ward police
	ForLeader   Subject = "leader"   // about the leaders of the ward
	ForPetition Subject = "petition" // complaints and denunciations about anybody else
)

// Subjects lists every subject a body may name.
var Subjects = []Subject{ForOther, ForOfficer, ForPolice, ForLeader, ForPetition}

// MostBodies bounds the list: each is a button.
const MostBodies = 20

// BodiesFor are the places in the list, from 0, of the bodies for a subject, "" = of all. A
// body that names no subject is for what is not the ward's.
func (w Ward) BodiesFor(s Subject) (places []int) {
	for i, b := range w.Bodies {
		if s == "" || slices.Contains(b.For, s) || len(b.For) == 0 && s == ForOther {
			places = append(places, i)
		}
	}
	return places
}
