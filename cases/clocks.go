package cases

import (
	"slices"
	"time"
)

// ClockType is how a limit is counted (domain.md 2.1: three clocks, and the working
// hours of iHanoi).
type ClockType string

// The types of clocks.
const (
	CalendarDays ClockType = "calendar_days" // to the end of the last day; a day off rolls over (BLTTHS 2015 Đ.134)
	WorkingDays  ClockType = "working_days"  // to the end of the last working day
	WorkingHours ClockType = "working_hours" // while the office is open
	RunningHours ClockType = "running_hours" // day and night
)

// ClockTypes lists the types in the order of their buttons.
var ClockTypes = []ClockType{CalendarDays, WorkingDays, WorkingHours, RunningHours}

// ClockKey names a limit. Its words are in locale ("clock.…").
type ClockKey string

// The limits.
const (
	ClockReceive       ClockKey = "receive"
	ClockReceiveUrgent ClockKey = "receive_urgent"
	ClockForward       ClockKey = "forward"
	ClockVerify        ClockKey = "verify"
	ClockClassify      ClockKey = "classify"
	ClockRespond       ClockKey = "respond"
	ClockCrime         ClockKey = "crime"
	ClockDenounce      ClockKey = "denounce"
	ClockComplaint     ClockKey = "complaint"
	ClockPause         ClockKey = "pause"
	ClockHelp          ClockKey = "help"
	ClockHelpUrgent    ClockKey = "help_urgent"
)

// Urgency says for which cases a limit is.
type Urgency int

// The three answers.
const (
	AnyCase Urgency = iota
	UrgentOnly
	NotUrgent
)

// ClockRule is one line of the table of limits: for which cases it is, how much time
// there is from the receipt (or from the moment the case was reopened or given back),
// and where the number comes from.
type ClockRule struct {
	Key     ClockKey
	Stream  Stream
	In      []Status // the statuses in which it runs
	Urgency Urgency
	Kinds   []Kind // nil = the kinds that no other line of the status names
	Type    ClockType
	Amount  int
	Source  string // of the number: law or document, as it is printed
	// VerifiedBy is who compared the number with the source; "" = nobody yet.
	VerifiedBy string
}

// Clocks is the table of limits of a ward.
type Clocks []ClockRule

// Sources of numbers.
const (
	lawReception = "Luật Tiếp công dân 2013, Đ.28"
	lawProcedure = "BLTTHS 2015, Đ.147.1; cuối hạn theo Đ.134"
	lawIHanoi    = "QĐ 1207/QĐ-UBND ngày 28/2/2025 của UBND TP Hà Nội (iHanoi)"
	ownTarget    = "Mục tiêu nội bộ của phường"
	ownForward   = "Mục tiêu nội bộ của phường; BLTTHS 2015, Đ.145–146: chuyển ngay"
	lawDenounce  = "Luật Tố cáo 2018, Đ.24"
	lawComplain  = "Luật Khiếu nại 2011, Đ.27"
)

var withPolice = []Status{Forwarded, Acknowledged, InHandling}

// DefaultClocks are used where the ward has set none (domain.md 2.1, 2.2 and 7). Nobody
// has verified them: a lawyer of the ward has to (domain.md 11).
var DefaultClocks = Clocks{
	{Key: ClockReceive, Stream: ReportStream, In: []Status{Received}, Urgency: NotUrgent, Type: WorkingHours, Amount: 8, Source: lawIHanoi},
	{Key: ClockReceiveUrgent, Stream: ReportStream, In: []Status{Received}, Urgency: UrgentOnly, Type: WorkingHours, Amount: 4, Source: lawIHanoi},
	{Key: ClockForward, Stream: ReportStream, In: []Status{Received, Verifying, Verified, Returned, Reopened}, Urgency: UrgentOnly, Type: RunningHours, Amount: 24, Source: ownForward},
	{Key: ClockVerify, Stream: ReportStream, In: []Status{Verifying, Returned, Reopened}, Urgency: NotUrgent, Type: WorkingDays, Amount: 3, Source: ownTarget},
	{Key: ClockClassify, Stream: ReportStream, In: []Status{Verified}, Urgency: NotUrgent, Type: WorkingDays, Amount: 5, Source: ownTarget},
	{Key: ClockRespond, Stream: ReportStream, In: append([]Status{Classified, Resolved}, withPolice...), Type: WorkingDays, Amount: 10, Source: lawReception},
	{Key: ClockCrime, Stream: ReportStream, In: withPolice, Kinds: []Kind{CrimeNews, CrimeReport}, Type: CalendarDays, Amount: 20, Source: lawProcedure},
	{Key: ClockDenounce, Stream: ReportStream, In: []Status{Classified}, Kinds: []Kind{Denunciation}, Type: WorkingDays, Amount: 7, Source: lawDenounce},
	{Key: ClockComplaint, Stream: ReportStream, In: []Status{Classified}, Kinds: []Kind{Complaint}, Type: CalendarDays, Amount: 10, Source: lawComplain},
	{Key: ClockPause, Stream: ReportStream, In: []Status{NeedInfo}, Type: WorkingDays, Amount: 5, Source: ownTarget},
	{Key: ClockHelp, Stream: HelpStream, In: []Status{Received, Reopened}, Urgency: NotUrgent, Type: WorkingDays, Amount: 3, Source: ownTarget},
	{Key: ClockHelpUrgent, Stream: HelpStream, In: []Status{Received, Reopened}, Urgency: UrgentOnly, Type: RunningHours, Amount: 24, Source: ownTarget},
}

// mostAmount bounds a limit, of any type.
const mostAmount = 400

// ClockVersion is what a ward says of one limit from a moment on.
type ClockVersion struct {
	Key        ClockKey
	Type       ClockType
	Amount     int
	VerifiedBy string
}

// MayBe refuses a version of no limit there is, or of a time that is none.
func (v ClockVersion) MayBe() error {
	known := slices.ContainsFunc(DefaultClocks, func(r ClockRule) bool { return r.Key == v.Key })
	if !known || !slices.Contains(ClockTypes, v.Type) || v.Amount < 1 || v.Amount > mostAmount {
		return Fail(Invalid, "clocks.invalid")
	}
	return nil
}

// With is the table with the ward's versions, of which there is one a limit.
func (c Clocks) With(versions ...ClockVersion) Clocks {
	out := slices.Clone(c)
	for i := range out {
		for _, v := range versions {
			if v.Key == out[i].Key {
				out[i].Type, out[i].Amount, out[i].VerifiedBy = v.Type, v.Amount, v.VerifiedBy
			}
		}
	}
	return out
}

// Rule is the line of a key.
func (c Clocks) Rule(key ClockKey) (ClockRule, bool) {
	i := slices.IndexFunc(c, func(r ClockRule) bool { return r.Key == key })
	if i < 0 {
		return ClockRule{}, false
	}
	return c[i], true
}

// Pause is a time in which the limits of a case stood still.
type Pause struct{ From, To time.Time }

// Standing is what the limit of a case depends on.
type Standing struct {
	Stream Stream
	Status Status
	Urgent bool
	Kind   Kind
	Since  time.Time // receipt, or the moment it was reopened or given back
	Pauses []Pause   // that have ended, in order
}

// Running is the limit that runs: the line of the table, and its end.
type Running struct {
	ClockRule
	Due time.Time
}

// rules are the lines that run in a standing. One that names the kind goes before
// those that name none.
func (c Clocks) rules(s Standing) []ClockRule {
	var general, named []ClockRule
	for _, r := range c {
		fits := r.Stream == s.Stream && r.Key != ClockPause && slices.Contains(r.In, s.Status) &&
			(r.Urgency == AnyCase || (r.Urgency == UrgentOnly) == s.Urgent)
		switch {
		case !fits:
		case r.Kinds == nil:
			general = append(general, r)
		case slices.Contains(r.Kinds, s.Kind):
			named = append(named, r)
		}
	}
	if named != nil {
		return named
	}
	return general
}

// Running is the limit that runs in a standing: of several the one that ends first;
// false when none does.
func (c Clocks) Running(cal Calendar, s Standing) (Running, bool) {
	var first Running
	for _, r := range c.rules(s) {
		due := r.Due(cal, s.Since)
		for _, p := range s.Pauses {
			due = r.Type.Paused(cal, due, p)
		}
		if first.Due.IsZero() || due.Before(first.Due) {
			first = Running{r, due}
		}
	}
	return first, !first.Due.IsZero()
}

// Due is when a limit that began at from ends.
func (r ClockRule) Due(cal Calendar, from time.Time) time.Time {
	return r.Type.after(cal, from, r.Amount)
}

func (t ClockType) after(cal Calendar, from time.Time, n int) time.Time {
	switch t {
	case CalendarDays:
		return cal.AfterDays(from, n)
	case WorkingHours:
		return cal.AfterWorking(from, time.Duration(n)*time.Hour)
	case RunningHours:
		return from.Add(time.Duration(n) * time.Hour)
	}
	return cal.AfterWorkingDays(from, n)
}

// lastDay is the day at whose end a limit ends.
func lastDay(due time.Time) Day { return DayOf(due.Add(-time.Nanosecond)) }

// Paused is the end of a limit after a time in which it stood still. A limit that was
// over before is not moved.
func (t ClockType) Paused(cal Calendar, due time.Time, p Pause) time.Time {
	if !p.From.Before(due) || !p.To.After(p.From) {
		return due
	}
	switch t {
	case RunningHours:
		return due.Add(p.To.Sub(p.From))
	case WorkingHours:
		return cal.AfterWorking(p.To, cal.OpenBetween(p.From, due))
	}
	// As from the day of receipt, days are counted from the day after.
	n := 0
	for d := DayOf(p.From); d != lastDay(p.To); {
		if d = d.Add(1); t == CalendarDays || cal.IsWorking(d) {
			n++
		}
	}
	moved := t.after(cal, lastDay(due).Start(), n)
	if !moved.After(p.To) { // it stood still on its last day, which is given back
		moved = cal.AfterWorkingDays(lastDay(p.To).Start(), 1)
	}
	return moved
}

// ExtendDays are the extensions to choose from: working days of an ordinary limit, or
// days of one counted in days. 60 is the two months of BLTTHS 2015 Đ.147.2.
var ExtendDays = []int{1, 3, 5, 10, 20, 60}

// Extended is the end of a limit that got more days. One that is over is counted on
// from now.
func (t ClockType) Extended(cal Calendar, due, now time.Time, days int) time.Time {
	if t == RunningHours {
		return latest(due, now).Add(time.Duration(days) * 24 * time.Hour)
	}
	from := lastDay(due).Start()
	if now.After(due) {
		from = now
	}
	if t == CalendarDays {
		return cal.AfterDays(from, days)
	}
	return cal.AfterWorkingDays(from, days)
}

// ReminderMarks are the parts of a limit, in percent, at which somebody is reminded.
var ReminderMarks = []int{50, 80, 100}

// Mark is when a part of the time from since to due has passed. Office time counts for
// limits of working time, so that no reminder is earned on a day of rest.
func (t ClockType) Mark(cal Calendar, since, due time.Time, percent int) time.Time {
	if percent >= 100 {
		return due
	}
	part := func(d time.Duration) time.Duration { return d / 100 * time.Duration(percent) }
	if t == WorkingDays || t == WorkingHours {
		if open := cal.OpenBetween(since, due); open > 0 {
			return cal.AfterWorking(since, part(open))
		}
	}
	return since.Add(part(due.Sub(since)))
}

// Reached is the greatest mark that has passed; 0 = none.
func (t ClockType) Reached(cal Calendar, since, due, now time.Time) (percent int) {
	for _, m := range ReminderMarks {
		if !now.Before(t.Mark(cal, since, due, m)) {
			percent = m
		}
	}
	return percent
}

// Staff are not disturbed at night, but for urgent cases.
const (
	quietFrom = 21 * time.Hour
	quietTo   = 7 * time.Hour
)

// Quiet reports whether it is night in Vietnam: 21:00 to 7:00.
func Quiet(now time.Time) bool {
	at := now.Sub(DayOf(now).Start())
	return at >= quietFrom || at < quietTo
}

// The digest comes in the morning of a working day. One that was missed for long is
// not made up for: what it says is old by then.
const (
	digestFrom = 7*time.Hour + 30*time.Minute
	digestTo   = 9 * time.Hour
)

// DigestTime reports whether the morning's digest is to be sent now.
func DigestTime(cal Calendar, now time.Time) bool {
	day := DayOf(now)
	at := now.Sub(day.Start())
	return cal.IsWorking(day) && at >= digestFrom && at < digestTo
}

// AnswerBy is when the person who wrote can expect an answer.
func (c Clocks) AnswerBy(cal Calendar, received time.Time) time.Time {
	r, _ := c.Rule(ClockRespond)
	return r.Due(cal, received)
}

// PauseEnds is when a limit that stood still since a moment runs again although nobody
// answered.
func (c Clocks) PauseEnds(cal Calendar, since time.Time) time.Time {
	r, _ := c.Rule(ClockPause)
	return r.Due(cal, since)
}
