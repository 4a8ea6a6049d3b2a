package cases

import (
	"slices"
	"time"
)

// InspectionResult is what an inspection found.
type InspectionResult string

// The results. An establishment that was not open when visited was not inspected: the
// visit counts nowhere, and the establishment stays on the list.
const (
	NoViolation InspectionResult = "none"
	Reminded    InspectionResult = "reminder"
	Violation   InspectionResult = "violation"
	NotOpen     InspectionResult = "not_open"
)

// InspectionResults lists the results in the order of their buttons.
var InspectionResults = []InspectionResult{NoViolation, Reminded, Violation, NotOpen}

// InspectionDeed is what a version of an inspection changed.
type InspectionDeed string

// The deeds.
const (
	InspectionPlan    InspectionDeed = "plan"
	InspectionDay     InspectionDeed = "day"
	InspectionTeam    InspectionDeed = "team"
	InspectionCheck   InspectionDeed = "check"
	InspectionWrite   InspectionDeed = "words"
	InspectionPhoto   InspectionDeed = "photo"
	InspectionDone    InspectionDeed = "done"
	InspectionCorrect InspectionDeed = "correct" // after it was done
	InspectionCancel  InspectionDeed = "cancel"
)

// Inspection is one version of a planned or finished inspection.
type Inspection struct {
	ID            int // from 1 in each ward; 0 = not kept yet
	Version       int
	Establishment int
	Planned       Day
	Done          Day // zero = not yet
	Result        InspectionResult
	Cancelled     bool
	InspectionWords
	Photos int
	Deed   InspectionDeed
	By     string
	At     time.Time
}

// InspectionWords are the parts of an inspection that are sealed.
type InspectionWords struct {
	Team       []StaffID `json:"team,omitempty"`
	Others     string    `json:"others,omitempty"` // members of the team without an account
	Checks     []Check   `json:"checks,omitempty"`
	Violations string    `json:"violations,omitempty"`
}

// Check is a question of the checklist as it stood on the day, and its answer.
type Check struct {
	Ask    string `json:"ask"`
	Answer string `json:"answer,omitempty"` // CheckYes, CheckNo; "" = not looked at
}

// Answers of the checklist.
const (
	CheckYes = "yes"
	CheckNo  = "no"
)

// Limits of an inspection.
const (
	MaxViolationWords   = 2000 // characters
	MaxInspectionPhotos = 10
)

// Ended reports whether nothing is left to be done.
func (i Inspection) Ended() bool { return i.Done.Valid() || i.Cancelled }

// Counts reports whether the establishment was inspected: it was visited and open.
func (i Inspection) Counts() bool {
	return i.Done.Valid() && !i.Cancelled && slices.Contains([]InspectionResult{NoViolation, Reminded, Violation}, i.Result)
}

// MayEnd refuses an end that is not complete: no result, a day that has not come or is
// before the plan, a violation without words.
func (i Inspection) MayEnd(today Day) error {
	switch {
	case i.Cancelled:
		return Fail(NotAllowed, "inspection.cancelled")
	case !slices.Contains(InspectionResults, i.Result):
		return Fail(Invalid, "inspection.noresult")
	case !i.Done.Valid() || i.Done.Year < FirstYear || today.Start().Before(i.Done.Start()):
		return Fail(Invalid, "inspection.badday")
	case i.Result == Violation && i.Violations == "":
		return Fail(Invalid, "inspection.nowords")
	}
	return nil
}

// Questions are the questions of a list, without answers.
func Questions(items []ListItem) []Check {
	var all []Check
	for _, item := range items {
		if !item.Off {
			all = append(all, Check{Ask: item.Label})
		}
	}
	return all
}

// InspectedSince2026 are the establishments inspected at least once from 01/01/2026 up
// to the end of a day (plan 3.2: "ít nhất một lần trong giai đoạn").
func InspectedSince2026(inspections []Inspection, until Day) map[int]bool {
	seen := map[int]bool{}
	for _, i := range inspections {
		if i.Counts() && i.Done.Year >= FirstYear && !until.Start().Before(i.Done.Start()) {
			seen[i.Establishment] = true
		}
	}
	return seen
}

// CoverageAt counts the register as it stood at the end of a period. versions are all
// versions of all establishments, those of one in their order; inspections are the
// newest versions. Establishments that pause are on the register; those closed by then
// are counted apart; those removed were never there.
func CoverageAt(p Period, versions []Establishment, inspections []Inspection) Coverage {
	c := Coverage{Period: p, ByType: map[string]int{}, ByRisk: map[string]int{}, ByHamlet: map[int]Ratio{}, ByYear: map[int]Ratio{}}
	seen := InspectedSince2026(inspections, p.To)
	for _, e := range registerAt(versions, p.To) {
		if seen[e.ID] {
			c.AllEver++
		}
		if !e.Alive() {
			c.Closed++
			continue
		}
		c.add(e, seen[e.ID])
	}
	removed := map[int]bool{}
	for _, e := range versions {
		removed[e.ID] = e.Status == EstablishmentRemoved
	}
	for _, i := range inspections {
		if !i.Counts() || removed[i.Establishment] || i.Done.Start().Before(p.From.Start()) || p.To.Start().Before(i.Done.Start()) {
			continue
		}
		c.Visits++
		if i.Result == Violation {
			c.Violations++
		}
	}
	for year := FirstYear; year <= min(p.To.Year, LastYear); year++ {
		end := Day{year, time.December, 31}
		if p.To.Start().Before(end.Start()) {
			end = p.To
		}
		c.ByYear[year] = ratioAt(versions, inspections, end)
	}
	return c
}

// add counts an establishment that is on the register.
func (c *Coverage) add(e Establishment, inspected bool) {
	c.Register++
	one := Ratio{Whole: 1}
	if inspected {
		c.Inspected++
		one.Part = 1
	}
	for into, yes := range map[*int]bool{
		&c.Reviewed: e.ReviewedIn(c.Period.To.Year), &c.Commitment: e.Commitment, &c.Security: e.Security, &c.Vulnerable: e.Vulnerable,
	} {
		if yes {
			*into++
		}
	}
	c.ByType[e.Type]++
	c.ByRisk[e.Risk]++
	h := c.ByHamlet[e.Hamlet]
	c.ByHamlet[e.Hamlet] = Ratio{h.Part + one.Part, h.Whole + one.Whole}
}

// registerAt are the establishments as they stood at the end of a day.
func registerAt(versions []Establishment, day Day) []Establishment {
	now, last := map[int]Establishment{}, map[int]Establishment{}
	var order []int
	for _, e := range versions {
		if _, known := last[e.ID]; !known {
			order = append(order, e.ID)
		}
		last[e.ID] = e
		if e.At.Before(day.End()) {
			now[e.ID] = e
		}
	}
	var out []Establishment
	for _, id := range order {
		if e, there := now[id]; there && last[id].Status != EstablishmentRemoved && e.Status != EstablishmentRemoved {
			out = append(out, e)
		}
	}
	return out
}

func ratioAt(versions []Establishment, inspections []Inspection, day Day) Ratio {
	var r Ratio
	seen := InspectedSince2026(inspections, day)
	for _, e := range registerAt(versions, day) {
		if !e.Alive() {
			continue
		}
		r.Whole++
		if seen[e.ID] {
			r.Part++
		}
	}
	return r
}

// Missing is how many more establishments have to be inspected to reach the target of
// the year.
func (c Coverage) Missing() int {
	const hundred = 100
	wanted := (c.Register*c.Target() + hundred - 1) / hundred
	return max(0, wanted-c.Inspected)
}
