package cases

import "time"

// Transferred: the report went to another ward or body. It stays in the number of what
// was received (domain.md 7), and what becomes of it there is followed.
const Transferred Status = "transferred"

// Verbs between the office, the police and other bodies.
const (
	Redact          Verb = "redact"           // Che thông tin: the police get a covered copy
	Slip            Verb = "slip"             // a phiếu chuyển was made
	AskOffice       Verb = "ask_office"       // the police ask the office
	TellPolice      Verb = "tell_police"      // the office answers them
	Escalate        Verb = "escalate"         // the police have not acknowledged in time; the leader is told
	Transfer        Verb = "transfer"         // Chuyển nơi khác
	ConfirmTransfer Verb = "confirm_transfer" // the other body has it
	AnswerTransfer  Verb = "answer_transfer"  // the other body answered
)

// Destination is the kind of body a report is transferred to. There is no district level
// any more (domain.md 7).
type Destination string

// The destinations.
const (
	ToWard Destination = "ward"  // phường, xã khác
	ToCity Destination = "city"  // cơ quan cấp thành phố
	ToBody Destination = "other" // cơ quan khác
)

// Destinations lists the destinations in the order of their buttons.
var Destinations = []Destination{ToWard, ToCity, ToBody}

// How long the police have to acknowledge what was handed to them. No law was found
// that says so: internal targets, domain.md 2.2 [?].
var (
	acknowledge       = ClockRule{Type: WorkingHours, Amount: 8}
	acknowledgeUrgent = ClockRule{Type: RunningHours, Amount: 1} // the duty is 24/24
)

// AcknowledgeBy is until when the police have to acknowledge a report handed over at a
// time.
func AcknowledgeBy(c Calendar, urgent bool, handed time.Time) time.Time {
	if urgent {
		return acknowledgeUrgent.Due(c, handed)
	}
	return acknowledge.Due(c, handed)
}

// Handed is when a report was last handed to the police; zero = never. escalated tells
// whether the leader heard of it since.
func Handed(history []Event) (at time.Time, escalated bool) {
	for _, e := range history {
		switch e.Verb {
		case Forward:
			at, escalated = e.At, false
		case Escalate:
			escalated = true
		}
	}
	return at, escalated
}
