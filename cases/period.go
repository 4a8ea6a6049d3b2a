package cases

// Period is a span of whole days of Vietnam, both ends included.
type Period struct {
	From, To Day
}

// Days is how many days the period has.
func (p Period) Days() int {
	return int(p.To.End().Sub(p.From.Start()).Hours()) / 24 // Vietnam has no summer time
}

// Valid reports whether both days exist and stand in order.
func (p Period) Valid() bool {
	return p.From.Valid() && p.To.Valid() && !p.To.Start().Before(p.From.Start())
}

// months is how many whole months the period has; 0 = it is not made of whole months.
func (p Period) months() int {
	if p.From.Day != 1 || p.To.Add(1).Day != 1 {
		return 0
	}
	next := p.To.Add(1)
	return (next.Year-p.From.Year)*12 + int(next.Month-p.From.Month)
}

// Previous is the period of the same length that ends the day before this one begins:
// whole months before whole months, days before days.
func (p Period) Previous() Period {
	to := p.From.Add(-1)
	if n := p.months(); n > 0 {
		return Period{DayOf(p.From.Start().AddDate(0, -n, 0)), to}
	}
	return Period{p.From.Add(-p.Days()), to}
}

// LastYear is the same period a year earlier. A period that ends with a month ends with
// that month then, too.
func (p Period) LastYear() Period {
	to := p.To
	to.Year--
	if p.To.Add(1).Day == 1 {
		next := p.To.Add(1)
		next.Year--
		to = next.Add(-1)
	}
	from := p.From
	from.Year--
	return Period{DayOf(from.Start()), DayOf(to.Start())}
}

// SincePlan is the time from the first day of the plan (01/01/2026) to the end of the
// period, for the cumulative column of the reports (domain.md 10).
func (p Period) SincePlan() Period { return Period{Day{FirstYear, 1, 1}, p.To} }
