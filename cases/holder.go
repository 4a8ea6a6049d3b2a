package cases

// OpenQuestions are the questions of the ward that wait for an answer of the person, numbers being 0
// for none. A chat gets them with buttons; who has only a receipt finds them there.
type OpenQuestions struct {
	Calm        bool   // whether somebody is in danger
	Unnamed     bool   // whether a report of a kind that needs a name may stay without
	Consent     int    // message that may pass to the police
	ConsentText string // its words
	Needs       bool   // whether the needs may be written down
	Meeting     int    // message with an appointment
	MeetingText string // its words
	FollowUp    int    // days after which it was asked how it goes
}

// Any reports whether a question waits.
func (q OpenQuestions) Any() bool {
	return q.Calm || q.Unnamed || q.Needs || q.Consent+q.Meeting+q.FollowUp > 0
}
