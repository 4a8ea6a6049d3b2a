package cases

import "time"

// Vietnam is the ward's time zone. It has no summer time, so a fixed offset is right.
var Vietnam = time.FixedZone("ICT", 7*60*60)

// Day is a calendar day in Vietnam.
type Day struct {
	Year  int
	Month time.Month
	Day   int
}

// DayOf is the day in Vietnam at an instant.
func DayOf(t time.Time) Day {
	y, m, d := t.In(Vietnam).Date()
	return Day{y, m, d}
}

// Start is 00:00 of the day in Vietnam.
func (d Day) Start() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, Vietnam) }

// Valid reports whether there is such a day: 31/2 is none.
func (d Day) Valid() bool { return d == DayOf(d.Start()) }

// End is 24:00 of the day in Vietnam, the moment a limit counted in days runs out.
func (d Day) End() time.Time { return d.Add(1).Start() }

// Add is the day n days later.
func (d Day) Add(n int) Day { return DayOf(d.Start().AddDate(0, 0, n)) }

// Calendar tells working days from days off, and when offices are open on a working
// day. Off and Working are exceptions from the rule that Saturday and Sunday are free.
type Calendar struct {
	Off     map[Day]bool // public holidays and days off in lieu
	Working map[Day]bool // weekends worked in exchange for a day off
	Hours   OfficeHours  // nil = DefaultHours
}

// IsWorking reports whether offices are open on the day.
func (c Calendar) IsWorking(d Day) bool {
	if c.Working[d] {
		return true
	}
	wd := d.Start().Weekday()
	return !c.Off[d] && wd != time.Saturday && wd != time.Sunday
}

// AfterWorkingDays is the end of the n-th working day after the day of from.
func (c Calendar) AfterWorkingDays(from time.Time, n int) time.Time {
	d := DayOf(from)
	for n > 0 {
		d = d.Add(1)
		if c.IsWorking(d) {
			n--
		}
	}
	return d.End()
}

// AfterDays is the end of the n-th calendar day after from; when that is a day
// off, the end of the first working day after it (BLTTHS 2015 Đ.134).
func (c Calendar) AfterDays(from time.Time, n int) time.Time {
	d := DayOf(from).Add(n)
	for !c.IsWorking(d) {
		d = d.Add(1)
	}
	return d.End()
}

// Retention is how many days after a case has ended its parts are kept. No number
// in the law was found for this kind of file, so the ward sets them (domain.md 3).
type Retention struct {
	Routes  int // the way back to the person
	Files   int // photos, videos, recordings
	Content int // everything that was written; numbers and steps stay for the figures
}

// DefaultRetention is used where the ward has set none.
var DefaultRetention = Retention{Routes: 90, Files: 365, Content: 730}

// String writes the day as people in Vietnam do.
func (d Day) String() string { return d.Start().Format("02/01/2006") }
