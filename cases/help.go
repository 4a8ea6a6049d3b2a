package cases

import (
	"slices"
	"time"
)

// ServiceWords are what an entry of the directory of services says; both languages
// show the same.
type ServiceWords struct {
	Name  string `json:"name"`
	Place string `json:"place,omitempty"`
	Hours string `json:"hours,omitempty"`
	Phone string `json:"phone,omitempty"`
}

// ServiceEntry is one place of the directory that gives a service.
type ServiceEntry struct {
	ServiceWords
	ID      int // in the ward, from 1; 0 = not kept yet
	Version int // grows by one with each change; 0 = not kept yet
	Service Service
	Free    bool
	Youth   bool      // young people are welcome and looked after there
	Shown   bool      // residents see it
	At      time.Time // of the last change
	By      string    // name of who made it
}

// Meeting is where a person is referred to. Its words are a message of the case.
type Meeting struct {
	Entry int       // of the directory; 0 = none
	At    time.Time // of the appointment; zero = none
}

// MeetingDays is how far ahead an appointment can be made, in days from tomorrow.
const MeetingDays = 14

// SupportServices are the services the support team gives. The others are the health
// station's and the culture office's, who work on all seven (plan 4.1–4.3).
var SupportServices = []Service{Counselling, Training, JobReferral, Livelihood, SocialSecurity}

// MaySeeHelp tells whether a request for help exists for somebody: a support worker
// sees what was given to that worker, and what nobody has been given of the services
// of the support team (domain.md 9.4). Others with a right on help see all. The
// store holds the same; this is for choosing who is told of a case.
func MaySeeHelp(s Staff, c Case) bool {
	if c.Number.Stream != HelpStream || s.Role != Support || c.Keeper == s.ID {
		return true
	}
	return c.Keeper == 0 && c.Help != nil && slices.Contains(SupportServices, c.Help.Service)
}

// Outcomes of support, for the figures (domain.md 10, group H).
var Outcomes = []string{"helped", "going_on", "out_of_reach", "stopped"}

// What a person answers when asked how it goes.
const (
	FollowBetter = "better"
	FollowNotYet = "not_yet"
	FollowCall   = "call" // wants to hear from the worker
	FollowStop   = "stop" // wants to be asked no more
)

// KeptShutReasons are why an ended case is not opened again, as whoever asked reads it.
var KeptShutReasons = []string{"nothing_new", "handled", "elsewhere", "unclear"}

// FollowAnswers lists the answers in the order of their buttons.
var FollowAnswers = []string{FollowBetter, FollowNotYet, FollowCall, FollowStop}

// FollowUpDays are the days after the first contact, or after the service took the
// person on, when the person is asked how it goes.
var FollowUpDays = []int{3, 14, 30}

// The hours of the day in which the bot writes to people of its own accord.
const (
	wakeHour  = 8
	sleepHour = 21
)

// QuietTime reports whether people are left in peace now.
func QuietTime(now time.Time) bool {
	h := now.In(Vietnam).Hour()
	return h < wakeHour || h >= sleepHour
}

// remindHour is when somebody is reminded, on the evening before the appointment.
const remindHour = 18

// RemindAt is when to remind of an appointment made now; zero when there is no
// evening in between.
func RemindAt(meeting, now time.Time) time.Time {
	if meeting.IsZero() {
		return time.Time{}
	}
	at := DayOf(meeting).Add(-1).Start().Add(remindHour * time.Hour)
	if at.Before(now) {
		return time.Time{}
	}
	return at
}

// RemindWithin is how long after its hour a reminder still makes sense.
const RemindWithin = 13 * time.Hour

// MayAssess tells whether the needs of a person may be written down: after the person
// agreed, of which last is the last word (Luật Bảo vệ dữ liệu cá nhân 2025, consent).
func MayAssess(last Verb) error {
	if last != NeedsYes && last != NeedsOral {
		return Fail(NotAllowed, "error.needs")
	}
	return nil
}

// NeedsVerbs are the events that say whether needs may be written down.
var NeedsVerbs = []Verb{AskNeeds, NeedsYes, NeedsNo, NeedsOral}

// LastNeeds is the last word of a history on that; "" when there is none.
func LastNeeds(history []Event) Verb {
	for _, e := range slices.Backward(history) {
		if slices.Contains(NeedsVerbs, e.Verb) {
			return e.Verb
		}
	}
	return ""
}
