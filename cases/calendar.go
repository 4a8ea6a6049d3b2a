package cases

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// DayKind is why a day is not what its place in the week says.
type DayKind string

// The kinds of days. Ordinary takes back what was said of a day before.
const (
	Holiday         DayKind = "holiday"          // nghỉ lễ, Tết: Bộ luật Lao động 2019 Đ.112
	CompensatoryOff DayKind = "compensatory_off" // nghỉ bù (Đ.111.3) or exchanged for a weekend
	WorkingWeekend  DayKind = "working_weekend"  // làm bù on a Saturday or Sunday
	Ordinary        DayKind = "ordinary"
)

// DayKinds lists the kinds in the order of their buttons.
var DayKinds = []DayKind{Holiday, CompensatoryOff, WorkingWeekend, Ordinary}

// CalendarRow says what a day is.
type CalendarRow struct {
	Day  Day
	Kind DayKind
}

// MayBe refuses what a day cannot be: only a Saturday or Sunday is worked in exchange,
// and no date of another month is meant.
func (r CalendarRow) MayBe() error {
	wd := r.Day.Start().Weekday()
	weekend := wd == time.Saturday || wd == time.Sunday
	if !slices.Contains(DayKinds, r.Kind) || !r.Day.Valid() || r.Kind == WorkingWeekend && !weekend {
		return Fail(Invalid, "calendar.invalid")
	}
	return nil
}

// The years the ward's plan covers, and so the calendar.
const (
	FirstYear = 2026
	LastYear  = 2030
)

// CalendarYear is a year of the calendar as staff see it.
type CalendarYear struct {
	Year    int
	Rows    []CalendarRow // by day; no ordinary one
	Checked time.Time     // when it was compared with the official announcement, and not changed since; zero = not
	By      string        // who compared
}

// HolidayRows are the days of 2026–2030 known beforehand (domain.md 5): public holidays
// of Bộ luật Lao động 2019 Đ.112 with their days in lieu, one for each holiday that
// falls on a day of rest (Đ.111.3). Each Tết takes the eve and the first four days, and
// the second day of Quốc khánh stands beside it on a weekday; which days they are, and
// exchanges of working days, are announced yearly and set by the ward.
func HolidayRows() []CalendarRow {
	var rows []CalendarRow
	for kind, text := range map[DayKind]string{Holiday: holidays, CompensatoryOff: inLieu} {
		for s := range strings.FieldsSeq(text) {
			d, err := time.ParseInLocation(time.DateOnly, s, Vietnam)
			if err != nil {
				panic("cases: a day of the calendar: " + s)
			}
			rows = append(rows, CalendarRow{DayOf(d), kind})
		}
	}
	sortRows(rows)
	return rows
}

const holidays = `
2026-01-01 2026-02-16 2026-02-17 2026-02-18 2026-02-19 2026-02-20 2026-04-26 2026-04-30 2026-05-01 2026-09-01 2026-09-02
2027-01-01 2027-02-05 2027-02-06 2027-02-07 2027-02-08 2027-02-09 2027-04-16 2027-04-30 2027-05-01 2027-09-02 2027-09-03
2028-01-01 2028-01-25 2028-01-26 2028-01-27 2028-01-28 2028-01-29 2028-04-04 2028-04-30 2028-05-01 2028-09-01 2028-09-02
2029-01-01 2029-02-12 2029-02-13 2029-02-14 2029-02-15 2029-02-16 2029-04-23 2029-04-30 2029-05-01 2029-09-02 2029-09-03
2030-01-01 2030-02-01 2030-02-02 2030-02-03 2030-02-04 2030-02-05 2030-04-12 2030-04-30 2030-05-01 2030-09-02 2030-09-03`

const inLieu = `
2026-04-27
2027-02-10 2027-02-11 2027-05-03
2028-01-03 2028-01-31 2028-05-02 2028-09-04
2029-09-04
2030-02-06 2030-02-07`

// Holidays is the calendar of HolidayRows.
func Holidays() Calendar { return Calendar{}.With(HolidayRows()...) }

// With is the calendar with what the ward says of some days; a later row of a day
// replaces an earlier one.
func (c Calendar) With(rows ...CalendarRow) Calendar {
	out := Calendar{Off: maps.Clone(c.Off), Working: maps.Clone(c.Working), Hours: c.Hours}
	if out.Off == nil {
		out.Off = map[Day]bool{}
	}
	if out.Working == nil {
		out.Working = map[Day]bool{}
	}
	for _, r := range rows {
		delete(out.Off, r.Day)
		delete(out.Working, r.Day)
		switch r.Kind {
		case Holiday, CompensatoryOff:
			out.Off[r.Day] = true
		case WorkingWeekend:
			out.Working[r.Day] = true
		}
	}
	return out
}

// RowsOf are the rows of a year after what the ward said of it, by day.
func RowsOf(year int, said ...CalendarRow) []CalendarRow {
	kinds := map[Day]DayKind{}
	for _, r := range append(HolidayRows(), said...) {
		kinds[r.Day] = r.Kind
	}
	var rows []CalendarRow
	for day, kind := range kinds {
		if day.Year == year && kind != Ordinary {
			rows = append(rows, CalendarRow{day, kind})
		}
	}
	sortRows(rows)
	return rows
}

func sortRows(rows []CalendarRow) {
	slices.SortFunc(rows, func(a, b CalendarRow) int { return a.Day.Start().Compare(b.Day.Start()) })
}

// Span is a part of a day, counted from 00:00.
type Span struct{ From, To time.Duration }

// OfficeHours are the parts of a working day in which the office is open, in order.
type OfficeHours []Span

// DefaultHours leave the lunch break out.
var DefaultHours = OfficeHours{
	{8 * time.Hour, 11*time.Hour + 30*time.Minute},
	{13*time.Hour + 30*time.Minute, 17 * time.Hour},
}

// ParseHours reads hours written like 08:00-11:30,13:30-17:00.
func ParseHours(s string) (OfficeHours, error) {
	var h OfficeHours
	last := time.Duration(-1)
	for part := range strings.SplitSeq(s, ",") {
		from, to, _ := strings.Cut(strings.TrimSpace(part), "-")
		a, err1 := clockTime(from)
		b, err2 := clockTime(to)
		if err1 != nil || err2 != nil || a <= last || b <= a {
			return nil, Fail(Invalid, "")
		}
		h, last = append(h, Span{a, b}), b
	}
	return h, nil
}

func clockTime(s string) (time.Duration, error) {
	t, err := time.Parse("15:04", strings.TrimSpace(s))
	if err != nil {
		return 0, err
	}
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute, nil
}

func (c Calendar) hours() OfficeHours {
	if len(c.Hours) == 0 {
		return DefaultHours
	}
	return c.Hours
}

// AfterWorking is the moment when the office has been open for d since from. Of d = 0
// it is from itself.
func (c Calendar) AfterWorking(from time.Time, d time.Duration) time.Time {
	if d <= 0 {
		return from
	}
	for day := DayOf(from); ; day = day.Add(1) {
		if !c.IsWorking(day) {
			continue
		}
		for _, span := range c.hours() {
			begin, end := latest(from, day.Start().Add(span.From)), day.Start().Add(span.To)
			if open := end.Sub(begin); open >= d {
				return begin.Add(d)
			} else if open > 0 {
				d -= open
			}
		}
	}
}

// OpenBetween is how long the office is open between two moments.
func (c Calendar) OpenBetween(from, to time.Time) (open time.Duration) {
	for day := DayOf(from); day.Start().Before(to); day = day.Add(1) {
		if !c.IsWorking(day) {
			continue
		}
		for _, span := range c.hours() {
			begin, end := latest(from, day.Start().Add(span.From)), day.Start().Add(span.To)
			if to.Before(end) {
				end = to
			}
			open += max(0, end.Sub(begin))
		}
	}
	return open
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
