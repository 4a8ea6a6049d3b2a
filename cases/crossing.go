package cases

// A person who asks for help never shows up at the police, but by one of two ways:
// the person lets one message pass, or the ward's exception, which stood before the
// person wrote. What passes is that message alone, as a report of its own; nothing in
// it leads back to the request.

// Grounds is why the exception is used.
type Grounds string

// The grounds (domain.md 9.6, "Hỗ trợ").
const (
	UnderAge Grounds = "under18"
	LifeRisk Grounds = "life"
)

// AllGrounds lists the grounds in the order of their buttons.
var AllGrounds = []Grounds{UnderAge, LifeRisk}

// MayRaiseAlarm tells whether help may reach the police without consent: the ward has
// agreed to it, and the person could read so before writing.
func MayRaiseAlarm(w Ward, c Case) error {
	if !w.PoliceException || !c.Announced {
		return Fail(NotAllowed, "error.alarm")
	}
	return nil
}
