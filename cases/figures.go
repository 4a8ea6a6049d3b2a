package cases

import "fmt"

// Ratio is a numerator over a denominator. It is kept as two numbers because a
// report must show both.
type Ratio struct {
	Part, Whole int
}

// Empty reports an empty denominator, printed as "không phát sinh" and never as
// 0% or 100% (domain.md 10).
func (r Ratio) Empty() bool { return r.Whole == 0 }

// Percent is the ratio with one decimal in Vietnamese form: "66,7%", "100%".
func (r Ratio) Percent() string {
	if r.Empty() {
		return ""
	}
	tenths := (r.Part*2000 + r.Whole) / (2 * r.Whole)
	if tenths%10 == 0 {
		return fmt.Sprintf("%d%%", tenths/10)
	}
	return fmt.Sprintf("%d,%d%%", tenths/10, tenths%10)
}

// Figures count the reports received in a period (by date of receipt, group D of
// the report form in domain.md 10).
type Figures struct {
	Received   int // all reports received in the period
	OutOfScope int // of these: not within competence, counted apart
	Duplicates int // of these: counted with another report
	Verified   int // of the rest: verification recorded
	Classified int // of the rest: kind recorded
	Forwarded  int // of the rest: handed to the competent body, or settled by the ward itself
	OnTime     int // of the rest: no step was finished late and none is overdue
	Urgent     int
	Open       int
	ByKind     map[Kind]int
	Help       int // requests for help received; a count without content; -1 = the viewer may not know
}

// Within is the denominator of the plan's ratios: reports within competence.
func (f Figures) Within() int { return f.Received - f.OutOfScope }

// Ratios are the four ratios of the plan (3.1: received, verified, classified,
// forwarded) and the on-time ratio. Every received report is registered, so the
// first is over itself.
func (f Figures) Ratios() (received, verified, classified, forwarded, onTime Ratio) {
	w := f.Within()
	return Ratio{f.Received, f.Received}, Ratio{f.Verified, w}, Ratio{f.Classified, w}, Ratio{f.Forwarded, w}, Ratio{f.OnTime, w}
}
