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

// End is 24:00 of the day in Vietnam, the moment a limit counted in days runs out.
func (d Day) End() time.Time { return d.Add(1).Start() }

// Add is the day n days later.
func (d Day) Add(n int) Day { return DayOf(d.Start().AddDate(0, 0, n)) }

// Calendar tells working days from days off. Off and Working are exceptions from
// the rule that Saturday and Sunday are free.
type Calendar struct {
	Off     map[Day]bool // public holidays and days off in lieu
	Working map[Day]bool // weekends worked in exchange for a day off
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

// Limits are the ward's time limits. They are settings; the defaults below are
// internal targets until a lawyer of the ward has confirmed them (domain.md 2, 11).
type Limits struct {
	Verify   int           // working days from receipt to verification
	Classify int           // working days from receipt to classification
	Forward  time.Duration // running hours from receipt to the police, urgent cases
	Respond  int           // working days from receipt to an answer (Luật Tiếp công dân 2013 Đ.28)
}

// DefaultLimits are used where the ward has set none.
var DefaultLimits = Limits{Verify: 3, Classify: 5, Forward: 24 * time.Hour, Respond: 10}

// Deadline is when the next step of the plan is due for a report received at the
// given time. Final and handed-over statuses have none (zero time).
func (l Limits) Deadline(c Calendar, s Status, urgent bool, received time.Time) time.Time {
	switch s {
	case Received, Verifying, Reopened, Returned:
		if urgent {
			return received.Add(l.Forward)
		}
		return c.AfterWorkingDays(received, l.Verify)
	case Verified:
		if urgent {
			return received.Add(l.Forward)
		}
		return c.AfterWorkingDays(received, l.Classify)
	case Classified, Forwarded, Acknowledged, InHandling, Resolved:
		return c.AfterWorkingDays(received, l.Respond)
	}
	return time.Time{}
}

// AnswerBy is when the person who wrote can expect an answer.
func (l Limits) AnswerBy(c Calendar, received time.Time) time.Time {
	return c.AfterWorkingDays(received, l.Respond)
}

// Holidays is the calendar of 2026–2030 (domain.md 5): public holidays of
// Bộ luật Lao động 2019 Đ.112 with their days in lieu (Đ.111.3). Each Tết takes
// the eve and the first four days; exchanges of working days are announced
// yearly and are added by the ward.
func Holidays() Calendar {
	off := map[Day]bool{}
	for _, s := range holidays {
		d, err := time.ParseInLocation("2006-01-02", s, Vietnam)
		if err == nil {
			off[DayOf(d)] = true
		}
	}
	return Calendar{Off: off, Working: map[Day]bool{}}
}

var holidays = []string{
	"2026-01-01", "2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19", "2026-02-20", "2026-04-27", "2026-04-30", "2026-05-01", "2026-09-01", "2026-09-02",
	"2027-01-01", "2027-02-05", "2027-02-06", "2027-02-07", "2027-02-08", "2027-02-09", "2027-02-10", "2027-04-16", "2027-04-30", "2027-05-01", "2027-05-03", "2027-09-02", "2027-09-03",
	"2028-01-03", "2028-01-25", "2028-01-26", "2028-01-27", "2028-01-28", "2028-01-31", "2028-04-04", "2028-05-01", "2028-05-02", "2028-09-01", "2028-09-04",
	"2029-01-01", "2029-02-12", "2029-02-13", "2029-02-14", "2029-02-15", "2029-02-16", "2029-04-23", "2029-04-30", "2029-05-01", "2029-09-03", "2029-09-04",
	"2030-01-01", "2030-02-01", "2030-02-02", "2030-02-03", "2030-02-04", "2030-02-05", "2030-02-06", "2030-04-12", "2030-04-30", "2030-05-01", "2030-09-02", "2030-09-03",
}

// verifiedYears are the years whose days off were compared with the Prime
// Minister's yearly announcement. Nobody has done so yet (domain.md 5).
var verifiedYears = map[int]bool{}

// CalendarVerified reports whether the days off of a year were compared with the
// official announcement.
func CalendarVerified(year int) bool { return verifiedYears[year] }

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
