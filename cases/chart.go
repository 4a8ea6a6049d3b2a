package cases

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Chart is a picture of figures.
type Chart string

// The charts.
const (
	TrendChart    Chart = "trend"    // received, part by part of the period, beside the period before
	KindsChart    Chart = "kinds"    // of what kinds
	FunnelChart   Chart = "funnel"   // how many came as far as each of the four steps
	CoverageChart Chart = "coverage" // establishments inspected, year by year, against the plan
	HamletsChart  Chart = "hamlets"  // by hamlet, without small numbers
)

// Charts lists the charts in the order of their buttons.
var Charts = []Chart{TrendChart, KindsChart, FunnelChart, CoverageChart, HamletsChart}

// ParseChart reads the name of a chart; Invalid for any other word.
func ParseChart(s string) (Chart, error) {
	if slices.Contains(Charts, Chart(s)) {
		return Chart(s), nil
	}
	return "", Fail(Invalid, "chart.unknown")
}

// ChartArgs asks for a chart to be drawn and sent to a member of staff. It tells of
// nothing but who asked for which days.
type ChartArgs struct {
	Staff StaffID `json:"staff"`
	Chart Chart   `json:"chart"`
	From  string  `json:"from"` // as Compact writes it
	To    string  `json:"to"`
	Dark  bool    `json:"dark"`
}

// Kind names the job in the queue.
func (ChartArgs) Kind() string { return "chart" }

// FewReports is the smallest number of reports a single hamlet is shown with: below it a
// number and a place can tell who wrote.
const FewReports = 5

// HamletCell is a hamlet with its number of reports.
type HamletCell struct {
	Hamlet int // number in the ward's list, from 1; 0 = see Others and Unsaid
	Others bool
	Unsaid bool // the person named no hamlet
	N      int
}

// Hamlets decides which hamlets are shown with their number. Those with few reports are
// joined into one cell, which holds at least two hamlets and at least FewReports reports,
// so that no difference of published numbers tells what one of them has: as many of the
// smallest shown are joined with them as that takes. The rest stands with the most first,
// then what was joined, then what names no hamlet. names is how many hamlets the ward has.
func Hamlets(by map[string]Tally, names int) []HamletCell {
	var shown []HamletCell
	others, unsaid, joined := 0, 0, 0
	seen := map[int]bool{}
	for key, t := range by {
		n, err := strconv.Atoi(key)
		if err != nil || n < 1 {
			unsaid += t.Received
			continue
		}
		seen[n] = true
		if t.Received < FewReports {
			others, joined = others+t.Received, joined+1
			continue
		}
		shown = append(shown, HamletCell{Hamlet: n, N: t.Received})
	}
	for n := 1; n <= names; n++ {
		if !seen[n] {
			joined++ // nothing was received, which is a small number as well
		}
	}
	slices.SortFunc(shown, func(a, b HamletCell) int { return cmp.Or(b.N-a.N, a.Hamlet-b.Hamlet) })
	for others > 0 && (joined < 2 || others < FewReports) && len(shown) > 0 {
		last := shown[len(shown)-1]
		shown, others, joined = shown[:len(shown)-1], others+last.N, joined+1
	}
	if others > 0 {
		cell := HamletCell{Others: true, N: others}
		if others < FewReports || joined < 2 { // nothing to join them with: they are told with no place at all
			cell = HamletCell{Unsaid: true, N: others + unsaid}
			unsaid = 0
		}
		shown = append(shown, cell)
	}
	if unsaid > 0 {
		shown = append(shown, HamletCell{Unsaid: true, N: unsaid})
	}
	return shown
}

// compactDay is a day in the data of a button and in an address.
const compactDay = "20060102"

// Compact writes the first and the last day as eight digits each.
func (p Period) Compact() (from, to string) {
	return p.From.Start().Format(compactDay), p.To.Start().Format(compactDay)
}

// ParsePeriod reads what Compact wrote, or days written as 2026-01-31; Invalid for
// anything else, and for days that do not stand in order.
func ParsePeriod(from, to string) (Period, error) {
	var days [2]Day
	for i, s := range []string{from, to} {
		t, err := time.ParseInLocation(compactDay, strings.ReplaceAll(s, "-", ""), Vietnam)
		if err != nil {
			return Period{}, Fail(Invalid, "period.bad")
		}
		days[i] = DayOf(t)
	}
	p := Period{days[0], days[1]}
	if !p.Valid() {
		return Period{}, Fail(Invalid, "period.order")
	}
	return p, nil
}
