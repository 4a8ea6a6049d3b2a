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
