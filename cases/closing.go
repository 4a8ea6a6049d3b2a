package cases

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"time"
)

// ClosedDimensions are those by which figures are broken down for who may open no report.
// Values of each add up to all reports.
var ClosedDimensions = []Dimension{ByKind, BySource, ByHamlet, ByLevel, ByUnit}

// FiguresClosed reports whether a role is told figures of months that have ended only: it
// may open no report, so figures could tell it of one. The police are told exact figures of
// what was handed to them.
func (r Role) FiguresClosed() bool {
	return r.May(SeeFigures) && !r.May(ReadReports) && !r.May(PoliceReports)
}

// MonthClosing is what is told of the reports received in a month that has ended: how many
// there are of each value. "" holds what is not said and what is not told apart.
type MonthClosing struct {
	Month Day // the first
	Told  map[Dimension]map[string]int
}

// CloseMonth decides what is told of a month. A value with fewer than FewReports stands with
// what is not said; if together they are fewer than that, the smallest of the others are
// joined to them, so that no difference of published numbers is a group of one to four.
func CloseMonth(month Day, by map[Dimension]map[string]Tally) MonthClosing {
	c := MonthClosing{Month: month, Told: map[Dimension]map[string]int{}}
	for _, d := range ClosedDimensions {
		told := map[string]int{}
		rest := 0
		for value, t := range by[d] {
			if value == "" || t.Received < FewReports {
				rest += t.Received
			} else {
				told[value] = t.Received
			}
		}
		order := slices.SortedFunc(maps.Keys(told), func(a, b string) int { return cmp.Or(told[a]-told[b], cmp.Compare(a, b)) })
		for _, value := range order {
			if rest == 0 || rest >= FewReports {
				break
			}
			rest += told[value]
			delete(told, value)
		}
		if rest > 0 {
			told[""] = rest
		}
		c.Told[d] = told
	}
	return c
}

// Received is how many reports came in the month.
func (c MonthClosing) Received() (n int) {
	for _, m := range c.Told[ByKind] {
		n += m
	}
	return n
}

// ClosedFigures are the figures of a period as they are told of its closed months, and of
// these alone; Closed is true. What is told of several months is the sum of what is told of
// each, so nothing follows from it that did not stand in the months.
func ClosedFigures(closings []MonthClosing, p Period) Statistics {
	s := Statistics{Period: p, Closed: true, By: map[Dimension]map[string]Tally{}, Stages: map[Stage]Spread{}}
	for _, d := range ClosedDimensions {
		s.By[d] = map[string]Tally{}
	}
	for _, c := range closings {
		part := Period{c.Month, MonthEnd(c.Month)}
		if part.From.Start().Before(p.From.Start()) || p.To.Start().Before(part.To.Start()) {
			continue
		}
		b := Bucket{Period: part, Tally: Tally{Received: c.Received()}, ByKind: map[Kind]int{}}
		for d, values := range c.Told {
			for value, n := range values {
				t := s.By[d][value]
				t.Received += n
				s.By[d][value] = t
				if d == ByKind && value != "" {
					b.ByKind[Kind(value)] = n
				}
			}
		}
		s.Total.Received += b.Received
		s.Trend = append(s.Trend, b)
	}
	if len(s.Trend) > 0 {
		s.Period = Period{s.Trend[0].From, s.Trend[len(s.Trend)-1].To}
	}
	return s
}

// MonthEnd is the last day of a month.
func MonthEnd(first Day) Day { return NextMonth(first).Add(-1) }

// NextMonth is the first day of the month after that of a day.
func NextMonth(d Day) Day { return DayOf(Day{d.Year, d.Month + 1, 1}.Start()) }

// HandedReport is a number of reports that were handed to the police and are alike.
type HandedReport struct {
	Day                                      Day
	Kind                                     Kind
	Behaviours                               []Behaviour
	Source                                   Source
	Hamlet                                   int
	Level                                    Level
	Unit                                     Competence
	Status                                   Status
	Urgent, Late, Verified, Classified, Open bool
	N                                        int
}

// HandedFigures are the figures of reports that were handed to the police; Handed is true.
func HandedFigures(list []HandedReport, p Period) Statistics {
	s := Statistics{Period: p, Handed: true, By: map[Dimension]map[string]Tally{}, Stages: map[Stage]Spread{}}
	unit, parts := p.Buckets()
	at := map[Day]int{}
	for _, part := range parts {
		at[BucketOf(unit, part.From)] = len(s.Trend)
		s.Trend = append(s.Trend, Bucket{Period: part, ByKind: map[Kind]int{}})
	}
	for _, d := range Dimensions {
		if d != ByStaff {
			s.By[d] = map[string]Tally{}
		}
	}
	for _, h := range list {
		t := h.tally()
		s.Total = s.Total.plus(t)
		hamlet := ""
		if h.Hamlet > 0 {
			hamlet = strconv.Itoa(h.Hamlet)
		}
		values := map[Dimension][]string{
			ByKind: {string(h.Kind)}, BySource: {string(h.Source)}, ByHamlet: {hamlet}, ByLevel: {string(h.Level)}, ByUnit: {string(h.Unit)}, ByBehaviour: Strings(h.Behaviours),
		}
		if len(h.Behaviours) == 0 {
			values[ByBehaviour] = []string{""}
		}
		for d, of := range values {
			for _, v := range of {
				s.By[d][v] = s.By[d][v].plus(t)
			}
		}
		b := &s.Trend[at[BucketOf(unit, h.Day)]]
		b.Tally = b.plus(t)
		if h.Kind != "" {
			b.ByKind[h.Kind] += h.N
		}
	}
	return s
}

func (h HandedReport) tally() Tally {
	when := func(yes bool) int {
		if yes {
			return h.N
		}
		return 0
	}
	return Tally{
		Received: h.N, Forwarded: h.N, Urgent: when(h.Urgent), Late: when(h.Late), Verified: when(h.Verified), Classified: when(h.Classified), Open: when(h.Open),
		Duplicates: when(h.Status == Duplicate), Handled: when(h.Status == Resolved || h.Status == Closed),
	}
}

func (t Tally) plus(o Tally) Tally {
	return Tally{
		t.Received + o.Received, t.OutOfScope + o.OutOfScope, t.Duplicates + o.Duplicates, t.Invalid + o.Invalid, t.Withdrawn + o.Withdrawn, t.Urgent + o.Urgent,
		t.Verified + o.Verified, t.Classified + o.Classified, t.Forwarded + o.Forwarded, t.Handled + o.Handled, t.Late + o.Late, t.Open + o.Open,
	}
}

// BucketOf is the day that stands for the part a day is in: see Period.Buckets.
func BucketOf(unit string, d Day) Day {
	switch unit {
	case "week":
		return d.Add(-(int(d.Start().Weekday()) + 6) % 7)
	case "month":
		d.Day = 1
	}
	return d
}

// WeekOf is the Monday of the week of a moment.
func WeekOf(t time.Time) Day { return BucketOf("week", DayOf(t)) }
