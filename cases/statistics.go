package cases

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

// Spread is how long a stage took: nearest-rank percentiles of lengths in whole hours
// begun. N = 0: nothing was measured.
type Spread struct {
	N           int
	Median, P90 int // hours
}

// Statistics are the figures of reports in a period.
type Statistics struct {
	Period Period
	Total  Tally
	By     map[Dimension]map[string]Tally
	Stages map[Stage]Spread
	// Corroborated are reports that at least two, and at least three, independent
	// messages tell of.
	CorroboratedBy2, CorroboratedBy3 int
	Trend                            []Bucket
	// Backlog are reports open now, whenever they were received; Overdue of them are
	// past their limit.
	Backlog, Overdue int
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
	Referrals map[string]Cell // sent, accepted, declined, completed
	Outcomes  map[string]Cell // of Outcomes
	Under18   Cell
	Waiting   Cell // not contacted yet at the end
}

// Cell is a figure about people. Hidden: it is not told; N is 0 then.
type Cell struct {
	N      int
	Hidden bool
}
