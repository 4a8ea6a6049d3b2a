package cases

import (
	"slices"
	"time"

	"tinbao/cases/danger"
)

// Signs are what a person tells of danger, in words or by what was chosen.
type Signs struct {
	Danger      bool // of any kind: a life or a body is in danger
	Minor       bool // of somebody under 18
	Trafficking bool
	SelfHarm    bool
	Now         bool // what is reported goes on at this moment
}

// SignsIn reads the signs of danger in words, see [danger.Recognise]. Who is under 18 by a
// year of birth is so in the present year.
func SignsIn(words ...string) (s Signs) {
	for _, w := range words {
		f := danger.Recognise(w, time.Now())
		s.Danger = s.Danger || f.Any()
		s.Minor = s.Minor || f.Has(danger.Minor)
		s.Trafficking = s.Trafficking || f.Has(danger.Trafficking)
		s.SelfHarm = s.SelfHarm || f.Has(danger.SelfHarm)
	}
	return s
}

// Any reports whether there is a sign at all.
func (s Signs) Any() bool { return s.Danger || s.Minor || s.Trafficking || s.SelfHarm || s.Now }

// Hotline is a number to call in danger.
type Hotline string

// The national numbers, and those a ward sets; see [Ward.Phones].
const (
	LinePolice     Hotline = "113"
	LineAmbulance  Hotline = "115"
	LineChildren   Hotline = "111"    // children and human trafficking
	LineListening  Hotline = "listen" // somebody who listens, for those who do not want to live
	LineWardPolice Hotline = "police"
)

// Lines are the numbers to call, the fitting one first. The national numbers are always
// among them; those of the ward are left out where the ward has none.
func (s Signs) Lines() []Hotline {
	var first []Hotline
	if s.Minor || s.Trafficking {
		first = append(first, LineChildren)
	}
	if s.SelfHarm {
		first = append(first, LineAmbulance, LineListening)
	}
	for _, l := range []Hotline{LinePolice, LineAmbulance, LineChildren, LineWardPolice} {
		if !slices.Contains(first, l) {
			first = append(first, l)
		}
	}
	return first
}

// DangerSaid is what a person says when asked whether somebody is in danger now.
type DangerSaid string

// The answers. Who does not answer is taken to be in danger when the words say so.
const (
	NotSaid  DangerSaid = ""
	InDanger DangerSaid = "yes"
	NoDanger DangerSaid = "no"
)

// GoesOnNow reports whether a report tells of signs that can be seen at this moment.
func (r ReportContent) GoesOnNow() bool {
	return r.When == "when.now" && (r.Concern == SawSigns || r.Concern == Online)
}

// urgent is the one rule of urgency, whatever way a case comes: an age under 18 always,
// otherwise danger that is chosen, or shown and not denied. Who is asked and does not
// answer has not denied it.
func urgent(chosen bool, s Signs, said DangerSaid) bool {
	return chosen || s.Minor || said == InDanger || s.Any() && said != NoDanger
}

// Ringing is the alarm of an urgent case until a member of staff confirms.
type Ringing struct {
	Began     time.Time
	Rings     int       // sent so far, the first one included
	Reached   []Role    // roles with an account that could be reached, who has the lead first
	Confirmed time.Time // zero = by nobody yet
	By        StaffID
	Name      string // of who confirmed
	Role      Role   // of who confirmed
}

// Open reports whether nobody has confirmed.
func (a Ringing) Open() bool { return a.Confirmed.IsZero() }

// RingAfter is when an urgent case rings, counted from its beginning, until somebody
// confirms; own rule of the ward's channel.
var RingAfter = []time.Duration{0, 5 * time.Minute, 15 * time.Minute, time.Hour, 3 * time.Hour, 8 * time.Hour}

// RingFor is how long after its beginning an alarm still rings; what nobody has confirmed
// by then is reminded of by its limit.
const RingFor = 24 * time.Hour

// UnconfirmedAfter is when the person is told that nobody has confirmed.
const UnconfirmedAfter = 15 * time.Minute

// RingAgain is how long after a confirmation new words of danger ring again.
const RingAgain = time.Hour

// RingsDue is how many rings are due by now. Those that were missed are not made up for:
// one ring stands for them.
func RingsDue(began, now time.Time) (n int) {
	for _, after := range RingAfter {
		if !now.Before(began.Add(after)) {
			n++
		}
	}
	return n
}

// NextRing is when the ring after so many is due; zero = none follows.
func NextRing(began time.Time, rings int) time.Time {
	if rings >= len(RingAfter) {
		return time.Time{}
	}
	return began.Add(RingAfter[rings])
}

// RingRights are the rights whose holders an urgent case rings. A report: the police, who
// have the lead (plan 5.1), the office and the leader. A request for help rings nobody but
// those who work on help.
func RingRights(s Stream) []Right {
	if s == HelpStream {
		return []Right{WorkHelp}
	}
	return []Right{PoliceReports, WorkReports, SeeLog}
}

// ringOrder is the order in which roles are named that an alarm reached: who has the lead
// first.
var ringOrder = []Role{Police, Officer, Health, Support, Leader}

// RolesOf are the roles of accounts that were rung, each once, who has the lead first.
func RolesOf(staff []Staff) (list []Role) {
	for _, r := range ringOrder {
		if slices.ContainsFunc(staff, func(s Staff) bool { return s.Role == r }) {
			list = append(list, r)
		}
	}
	return list
}

// Confirms reports whether a step of staff says that somebody is dealing with the case.
func (v Verb) Confirms() bool {
	switch v {
	case Confirm, Take, Acknowledge, Handle, Resolve, Contact:
		return true
	}
	return false
}

// Confirmation is who is to hear that somebody has just confirmed an alarm.
type Confirmation struct {
	Rung   []Staff // those whom the case rings
	Routes []Route // to the people who wait for news of the case
}
