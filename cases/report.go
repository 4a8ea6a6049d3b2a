package cases

import (
	"slices"
	"time"
)

// ReportType is a kind of periodic report (plan 6.2; domain.md 1, rows 23 and 24).
type ReportType string

// The types of reports.
const (
	Half1   ReportType = "half1"   // 6 tháng đầu năm
	Half2   ReportType = "half2"   // 6 tháng cuối năm
	Annual  ReportType = "year"    // năm
	AdHoc   ReportType = "adhoc"   // đột xuất: any days
	MidTerm ReportType = "midterm" // sơ kết: from the first day of the plan to the close of a year
	Final   ReportType = "final"   // tổng kết: the whole plan
)

// ReportTypes lists the types in the order of their buttons.
var ReportTypes = []ReportType{Half1, Half2, Annual, AdHoc, MidTerm, Final}

// RegularReports come by themselves every year.
var RegularReports = []ReportType{Half1, Half2, Annual}

// MonthDay is a day of every year.
type MonthDay struct {
	Month time.Month
	Day   int
}

// In is the day in a year; 29/02 is the last of February where there is none.
func (m MonthDay) In(year int) Day {
	d := Day{year, m.Month, m.Day}
	if !d.Valid() {
		return Day{year, m.Month + 1, 1}.Add(-1)
	}
	return d
}

// valid reports whether some year has the day.
func (m MonthDay) valid() bool { return Day{2028, m.Month, m.Day}.Valid() } // a leap year

// ReportRules are what the ward says of periods and due days; there is no number in the
// plan (domain.md 11, question 1), so each is a setting. A report that was opened keeps
// its period and due day, whatever is said afterwards.
type ReportRules struct {
	HalfClose MonthDay // the last day of the first half of a year
	YearClose MonthDay // the last day of a year; the next begins the day after
	// Days after the close until a report is due; below zero: before the close.
	HalfDue, YearDue, OtherDue int
}

// DefaultReportRules are used where the ward has set none: halves and years of the
// calendar. NĐ 09/2019 closes at 14/06 and 14/12 (domain.md 10), for wards that follow it.
var DefaultReportRules = ReportRules{HalfClose: MonthDay{time.June, 30}, YearClose: MonthDay{time.December, 31}, HalfDue: 10, YearDue: 10, OtherDue: 10}

// Bounds of the days between the close and the due day.
const (
	earliestDue = -31
	latestDue   = 92
)

// MayBe refuses rules that make no periods.
func (r ReportRules) MayBe() error {
	order := r.HalfClose.valid() && r.YearClose.valid() && r.HalfClose.In(FirstYear).Start().Before(r.YearClose.In(FirstYear).Start())
	for _, n := range []int{r.HalfDue, r.YearDue, r.OtherDue} {
		order = order && n >= earliestDue && n <= latestDue
	}
	if !order {
		return Fail(Invalid, "baocao.rules.invalid")
	}
	return nil
}

// Period is what a report of a year covers; Invalid for an ad hoc report, whose days a
// person says, and for years outside of the plan.
func (r ReportRules) Period(t ReportType, year int) (Period, error) {
	begin, half, end := r.YearClose.In(year-1).Add(1), r.HalfClose.In(year), r.YearClose.In(year)
	p := Period{}
	switch t {
	case Half1:
		p = Period{begin, half}
	case Half2:
		p = Period{half.Add(1), end}
	case Annual:
		p = Period{begin, end}
	case MidTerm:
		p = Period{To: end}.SincePlan()
	case Final:
		p = Period{To: r.YearClose.In(LastYear)}.SincePlan()
	}
	if year < FirstYear || year > LastYear || !p.Valid() {
		return p, Fail(Invalid, "baocao.period.invalid")
	}
	return p, nil
}

// Due is the last day on which a report of a period may go out. It is not moved when it
// is a day off: the office above names the day itself.
func (r ReportRules) Due(t ReportType, p Period) Day {
	switch t {
	case Half1, Half2:
		return p.To.Add(r.HalfDue)
	case Annual:
		return p.To.Add(r.YearDue)
	}
	return p.To.Add(r.OtherDue)
}

// ReportMarks are how many working days before a report is due its units are reminded
// (T-15, T-7, T-1).
var ReportMarks = []int{15, 7, 1}

// WorkingDaysBefore is the day that lies n working days before another; n = 0 is the day.
func (c Calendar) WorkingDaysBefore(d Day, n int) Day {
	for n > 0 {
		d = d.Add(-1)
		if c.IsWorking(d) {
			n--
		}
	}
	return d
}

// ReportMark is the last mark that was reached on a day; 0 = none, or the due day is over.
func (c Calendar) ReportMark(due, today Day) (mark int) {
	if today.Start().After(due.Start()) {
		return 0
	}
	for _, n := range ReportMarks {
		if !today.Start().Before(c.WorkingDaysBefore(due, n).Start()) {
			mark = n
		}
	}
	return mark
}

// ReportUnits give a part each, in the order of the report. A unit is named by the role
// of its people: Phòng VH-XH, Công an phường, Trạm Y tế phường.
var ReportUnits = []Role{Officer, Police, Health}

// ReportState is where a report stands.
type ReportState string

// The states. What stands in an approved report is frozen.
const (
	ReportOpen     ReportState = "open"     // units fill their parts
	ReportMerged   ReportState = "merged"   // waits for the leader
	ReportApproved ReportState = "approved" // number, date and signature follow on paper
	ReportIssued   ReportState = "issued"   // went out
)

// ReportAct is something done to a report.
type ReportAct string

// The acts.
const (
	ReturnPart    ReportAct = "return"   // a unit hands its part in
	RetakePart    ReportAct = "retake"   // and takes it back
	MergeParts    ReportAct = "merge"    // the parts are complete, or go without the missing ones
	GiveBack      ReportAct = "giveback" // the leader wants changes
	ApproveReport ReportAct = "approve"
	IssueReport   ReportAct = "issue"
	CorrectReport ReportAct = "correct" // opens a bản điều chỉnh; this one stays as it is
)

// reportActs says in which states an act is possible, and which state follows.
var reportActs = map[ReportAct]map[ReportState]ReportState{
	ReturnPart:    {ReportOpen: ReportOpen},
	RetakePart:    {ReportOpen: ReportOpen},
	MergeParts:    {ReportOpen: ReportMerged},
	GiveBack:      {ReportMerged: ReportOpen},
	ApproveReport: {ReportMerged: ReportApproved},
	IssueReport:   {ReportApproved: ReportIssued},
	CorrectReport: {ReportApproved: ReportApproved, ReportIssued: ReportIssued},
}

// After is the state that follows an act; NotAllowed when it cannot be done now.
func (s ReportState) After(act ReportAct) (ReportState, error) {
	next, ok := reportActs[act][s]
	if !ok {
		return s, Fail(NotAllowed, "baocao.state")
	}
	return next, nil
}

// Frozen reports whether the figures may not change any more.
func (s ReportState) Frozen() bool { return s == ReportApproved || s == ReportIssued }

// ReportPart is what a unit gives to a report besides its figures.
type ReportPart struct {
	Unit     Role
	Words    PartWords
	Returned time.Time // zero = not yet
	By       string    // who returned it
}

// PartWords are the words of a unit (plan 6.2; domain.md 1, row 25). None = the unit
// has nothing to say.
type PartWords struct {
	Difficulties string `json:"difficulties"`
	Proposals    string `json:"proposals"`
}

// WardReport is a periodic report of the ward, or a bản điều chỉnh of one.
type WardReport struct {
	ID   int
	Type ReportType
	Year int // of its close
	Period
	Due        Day
	Correction int // number of the bản điều chỉnh; 0 = the report itself
	Of         int // the report that is corrected; 0 = none
	State      ReportState
	Parts      []ReportPart // of all ReportUnits, in their order
	Opened     time.Time
	Merged     time.Time // zero = not yet
	MergedBy   string
	Approved   time.Time // zero = not yet
	ApprovedBy string
	Issued     time.Time // zero = not yet
}

// Part is the part of a unit.
func (r WardReport) Part(unit Role) (ReportPart, bool) {
	i := slices.IndexFunc(r.Parts, func(p ReportPart) bool { return p.Unit == unit })
	if i < 0 {
		return ReportPart{Unit: unit}, false
	}
	return r.Parts[i], true
}

// Missing are the units whose part is not there.
func (r WardReport) Missing() (units []Role) {
	for _, p := range r.Parts {
		if p.Returned.IsZero() {
			units = append(units, p.Unit)
		}
	}
	return units
}

// Overdue reports whether an unfinished report should have gone out before a day.
func (r WardReport) Overdue(today Day) bool {
	return !r.State.Frozen() && today.Start().After(r.Due.Start())
}

// ReportReminder is told to the units whose part is missing, and to who merges.
type ReportReminder struct {
	Report WardReport
	Mark   int // of ReportMarks
}

// ReportPaper is everything a report is printed from.
type ReportPaper struct {
	Report   WardReport
	Figures  ReportFigures
	Before   *ReportFigures // of the version that is corrected; nil = it corrects none
	Ward     Ward
	Template []byte // nil = the one the program brings along
}
