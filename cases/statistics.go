package cases

import (
	"maps"
	"slices"
)

// Dimension is what figures are broken down by.
type Dimension string

// The dimensions. Values are the keys of the thing itself: a Kind, a Source, the number
// of a hamlet, the id of an account; "" = not said yet.
const (
	ByKind      Dimension = "kind"
	ByBehaviour Dimension = "behaviour" // a report can be about several, so the rows do not add up
	BySource    Dimension = "source"
	ByHamlet    Dimension = "hamlet"
	ByLevel     Dimension = "level"
	ByUnit      Dimension = "unit"        // Competence
	ByStaff     Dimension = "staff"       // who has it in hand; leaders only
	BySourceOf  Dimension = "kind_source" // "kind/source", for group D of the report
)

// Dimensions lists those a person chooses from, in the order of their buttons.
var Dimensions = []Dimension{ByKind, ByBehaviour, BySource, ByHamlet, ByLevel, ByUnit, ByStaff}

// Tally counts reports received in a period, by date of receipt (domain.md 10, group D).
// What is out of competence is left out of all but the first six.
type Tally struct {
	Received   int
	OutOfScope int // not within competence
	Duplicates int // counted with another report
	Invalid    int
	Withdrawn  int
	Urgent     int
	Verified   int
	Classified int
	Forwarded  int // handed to the competent body, or settled by the ward itself
	Handled    int // ended with a result
	Late       int // a step was finished after its limit, or is open after it now
	Open       int // not ended yet
}

// Within is the denominator of the plan's ratios: reports within competence.
func (t Tally) Within() int { return t.Received - t.OutOfScope }

// Ratios are the four ratios of the plan (3.1) and the on-time ratio.
func (t Tally) Ratios() (received, verified, classified, forwarded, onTime Ratio) {
	w := t.Within()
	return Ratio{t.Received, t.Received}, Ratio{t.Verified, w}, Ratio{t.Classified, w}, Ratio{t.Forwarded, w}, Ratio{w - t.Late, w}
}

// Stage is a step whose length is measured.
type Stage string

// The stages.
const (
	StageVerify   Stage = "verify"   // from receipt to the finding
	StageClassify Stage = "classify" // from the finding to the kind
	StageForward  Stage = "forward"  // from the kind to handing over
	StageEnd      Stage = "end"      // from receipt to the end
)

// Stages lists the stages in their order.
var Stages = []Stage{StageVerify, StageClassify, StageForward, StageEnd}

// Spread is how long a stage took: nearest-rank percentiles of lengths, in whole hours
// begun up to 72 and above that in whole days begun. Of what came twice, has no content or
// was taken back the time to the end is not measured, nor is a stage that was written down
// before the one it follows. N = 0: nothing was measured.
type Spread struct {
	N           int
	Median, P90 int // hours
}

// SpreadOf tells the percentiles of lengths: how many there are of each.
func SpreadOf(lengths map[int]int) (s Spread) {
	for _, n := range lengths {
		s.N += n
	}
	seen := 0
	for _, hours := range slices.Sorted(maps.Keys(lengths)) {
		before := seen
		seen += lengths[hours]
		reached := func(rank int) bool { return before < rank && rank <= seen }
		if reached((s.N + 1) / 2) {
			s.Median = hours
		}
		if reached((9*s.N + 9) / 10) {
			s.P90 = hours
		}
	}
	return s
}

// Statistics are the figures of reports in a period.
type Statistics struct {
	Period Period
	Total  Tally
	By     map[Dimension]map[string]Tally
	Stages map[Stage]Spread
	// Corroborated are reports that at least two, and at least three, messages tell of
	// that were received as reports of their own. Nobody looks whether they come from
	// different people.
	CorroboratedBy2, CorroboratedBy3 int
	Trend                            []Bucket
	// Backlog are reports open now, whenever they were received; Overdue of them are
	// past their limit.
	Backlog, Overdue int
	// Closed: the figures are those of closed months, and of Tally only Received is told.
	// Handed: they are of what was handed to the police.
	Closed, Handed bool
	// Help is nil where the viewer may not know, and where nothing of it may be told yet.
	Help *HelpStatistics
}

// Bucket is a part of the period: a day, a week, or a month, by the length of the whole.
type Bucket struct {
	Period
	Tally
	ByKind map[Kind]int
}

// HelpStatistics are the figures of requests for help in a period. A cell that could tell
// of a person is hidden, and with it as many others as are needed so that no sum or
// difference of published figures gives it away (domain.md 10, group H).
type HelpStatistics struct {
	Period    Period // what the figures are of; the wanted one, or the part of it that is closed
	Received  Cell
	ByService map[Service]Cell
	Referrals map[string]Cell // first sent, accepted, declined, completed in the period: of Referrals
	Outcomes  map[string]Cell // of Outcomes: the first that was recorded of a request, in the period
	Under18   Cell
	Waiting   Cell // of all received since the first day of the plan: not contacted yet at the end
}

// Cell is a figure about people. Hidden: it is not told; N is 0 then.
type Cell struct {
	N      int
	Hidden bool
}

// Buckets cuts a period for a picture of its course: days up to 45 of them, weeks from
// Monday up to 200 days, else months. The first and the last may be cut short.
func (p Period) Buckets() (unit string, parts []Period) {
	unit, next := "month", func(d Day) Day { return DayOf(Day{d.Year, d.Month + 1, 1}.Start()) }
	switch n := p.Days(); {
	case n <= 45:
		unit, next = "day", func(d Day) Day { return d.Add(1) }
	case n <= 200:
		unit, next = "week", func(d Day) Day { return d.Add(7 - (int(d.Start().Weekday())+6)%7) }
	}
	for from := p.From; !p.To.Start().Before(from.Start()); from = next(from) {
		to := next(from).Add(-1)
		if p.To.Start().Before(to.Start()) {
			to = p.To
		}
		parts = append(parts, Period{from, to})
	}
	return unit, parts
}
