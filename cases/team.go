package cases

import (
	"slices"
	"time"
)

// Absence is a span in which a member of staff is away and another stands in.
type Absence struct {
	Staff   StaffID
	StandIn StaffID
	Since   time.Time
	Until   time.Time // the absence ends by itself
}

// Runs reports whether somebody is away now.
func (a Absence) Runs(now time.Time) bool { return !now.Before(a.Since) && now.Before(a.Until) }

// AwayOf is the absence of a member of staff that runs now.
func AwayOf(all []Absence, who StaffID, now time.Time) (Absence, bool) {
	i := slices.IndexFunc(all, func(a Absence) bool { return a.Staff == who && a.Runs(now) })
	if i < 0 {
		return Absence{}, false
	}
	return all[i], true
}

// Deputy is who hears and does what is meant for a member of staff now: the person,
// or while the person is away whoever stands in and may. A stand-in who is away, too,
// has a stand-in in turn. When nobody is found it stays with the person: nothing is
// told to nobody.
func Deputy(all []Absence, who StaffID, now time.Time, may func(StaffID) bool) StaffID {
	at, seen := who, map[StaffID]bool{}
	for !seen[at] {
		seen[at] = true
		away, is := AwayOf(all, at, now)
		if !is {
			if at != who && !may(at) {
				return who
			}
			return at
		}
		at = away.StandIn
	}
	return who
}

// AssignTime is how long a case that was given to somebody stays with that person when
// nothing is done about it; a case that was only taken goes back to the queue sooner.
const AssignTime = 30 * 24 * time.Hour

// Load is how much of a stream one member of staff has in hand.
type Load struct {
	Staff   StaffID // 0 = nobody has it
	Open    int
	Urgent  int
	Overdue int
	Ended   int // since the beginning of the period
}

// Pointer is a case that somebody has a reason to look at, with the time of the reason.
type Pointer struct {
	Number Number
	At     time.Time
}

// Delay is a choice of when to be reminded.
type Delay string

// The delays.
const (
	InAnHour   Delay = "1h"
	InFour     Delay = "4h"
	Tomorrow   Delay = "mai"
	InThreeDay Delay = "3ngay"
	NextWeek   Delay = "tuan"
)

// Delays lists the delays in the order of their buttons.
var Delays = []Delay{InAnHour, InFour, Tomorrow, InThreeDay, NextWeek}

const morningHour = 8

// From is the moment a delay ends. Those counted in days end at 8:00, when offices
// open; next week is its Monday.
func (d Delay) From(now time.Time) time.Time {
	day := func(n int) time.Time { return DayOf(now).Add(n).Start().Add(morningHour * time.Hour) }
	switch d {
	case InAnHour:
		return now.Add(time.Hour)
	case InFour:
		return now.Add(4 * time.Hour)
	case InThreeDay:
		return day(3)
	case NextWeek:
		sinceMonday := (int(DayOf(now).Start().Weekday()) + 6) % 7
		return day(7 - sinceMonday)
	}
	return day(1)
}

// WorkRight is the right to work on the cases of a stream.
func WorkRight(s Stream) Right {
	if s == HelpStream {
		return WorkHelp
	}
	return WorkReports
}

// MaySee reports whether a role may see a case of a stream; handed tells whether a
// report was handed to the police.
func MaySee(r Role, s Stream, handed bool) bool {
	if s == HelpStream {
		return r.MayAny(ReadHelp, WorkHelp)
	}
	return r.MayAny(ReadReports, WorkReports) || handed && r.May(PoliceReports)
}

// nextSteps is what whoever holds a case does next, by the order of the plan (3.1). A
// status that is not here waits for somebody else.
var nextSteps = map[Stream]map[Status]Verb{
	ReportStream: {
		Received: Verify, Verifying: Verify, Reopened: Verify, Returned: Verify,
		Verified: Classify, Classified: Forward, Resolved: Close,
	},
	HelpStream: {
		Received: Contact, Reopened: Contact, Contacted: Assess, Assessed: Refer, Declined: Refer,
		Referred: Accept, Accepted: RecordDone, Outcome: Close,
	},
}

// NextStep is what whoever holds a case does next; "" while it waits for somebody else.
func NextStep(s Stream, at Status) Verb { return nextSteps[s][at] }
