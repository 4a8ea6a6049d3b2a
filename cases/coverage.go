package cases

// CoverageTargets are the shares of establishments, in percent, that must have been
// inspected at least once since 01/01/2026 by the end of each year (plan 3.2).
var CoverageTargets = map[int]int{2026: 60, 2027: 70, 2028: 80, 2029: 90, 2030: 100}

// Coverage is the state of the register of establishments at the end of a period
// (domain.md 10, group E).
type Coverage struct {
	Period     Period
	Register   int // on the register at the end of the period
	Closed     int // closed down before that, counted apart
	Inspected  int // of Register: inspected at least once since 01/01/2026
	AllEver    int // inspected at least once since 2026, closed ones too
	Visits     int // inspections in the period
	Reviewed   int // of Register: reviewed in the year of the end
	Violations int // inspections in the period that found a violation
	Commitment int // of Register: a commitment was signed
	Security   int // of Register: có điều kiện về an ninh trật tự
	Vulnerable int // of Register: dễ bị lợi dụng
	ByType     map[string]int
	ByRisk     map[string]int
	ByHamlet   map[int]Ratio // inspected over register
	ByYear     map[int]Ratio // at the end of each year until the end of the period
	// Labels are the names of the keys of ByType and ByRisk, as the ward calls them.
	Labels map[string]string
}

// Ratio is the coverage: inspected at least once since 01/01/2026 over register.
func (c Coverage) Ratio() Ratio { return Ratio{c.Inspected, c.Register} }

// Target is what the plan wants by the end of the period's year, in percent; 0 outside
// the years of the plan.
func (c Coverage) Target() int { return CoverageTargets[c.Period.To.Year] }
