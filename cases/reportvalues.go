package cases

import (
	"maps"
	"slices"
)

// ReportFigures are the figures of a report: three columns a field, and what its tables
// and charts are made of. They are kept as they were when the report was approved.
type ReportFigures struct {
	Period     Period
	This       FieldValues
	LastYear   FieldValues    // the same period a year before
	Cumulative FieldValues    // since 01/01/2026
	Trend      []Bucket       // of this period
	TrendThen  []Bucket       // of the same period a year before
	KindSource map[string]int // received in this period, by "kind/source"
	Coverage   Coverage       // at the end of this period
	Help       [3]Period      // what the figures of group H are of, column by column; zero = none may be told
}

// Columns are the three columns in the order of the report.
func (f ReportFigures) Columns() [3]FieldValues {
	return [3]FieldValues{f.This, f.LastYear, f.Cumulative}
}

// computedFields are the fields that the bot counts itself, each with its one source.
var computedFields = computed()

type figureOf func(s Statistics, c Coverage) FieldValue

func computed() map[FieldKey]figureOf {
	all := map[FieldKey]figureOf{}
	maps.Copy(all, reportFields())
	maps.Copy(all, placeFields())
	maps.Copy(all, helpFields())
	return all
}

// reportFields are group D.
func reportFields() map[FieldKey]figureOf {
	all := map[FieldKey]figureOf{}
	for key, of := range map[FieldKey]func(Tally) int{
		"D.received": func(t Tally) int { return t.Received }, "D.verified": func(t Tally) int { return t.Verified },
		"D.classified": func(t Tally) int { return t.Classified }, "D.forwarded": func(t Tally) int { return t.Forwarded },
		"D.handled": func(t Tally) int { return t.Handled }, "D.late": func(t Tally) int { return t.Late },
		"D.open": func(t Tally) int { return t.Open }, "D.outofscope": func(t Tally) int { return t.OutOfScope },
		"D.duplicates": func(t Tally) int { return t.Duplicates }, "D.invalid": func(t Tally) int { return t.Invalid },
		"D.withdrawn": func(t Tally) int { return t.Withdrawn },
	} {
		all[key] = func(s Statistics, _ Coverage) FieldValue { return counted(of(s.Total)) }
	}
	for _, k := range append(slices.Clone(Kinds), "") {
		key := FieldKey("D.received." + string(k))
		if k == "" {
			key = "D.received.unnamed"
		}
		all[key] = func(s Statistics, _ Coverage) FieldValue { return counted(s.By[ByKind][string(k)].Received) }
	}
	for i, name := range []string{"received", "verified", "classified", "forwarded", "ontime"} {
		all[FieldKey("D.ratio."+name)] = func(s Statistics, _ Coverage) FieldValue {
			a, b, c, d, e := s.Total.Ratios()
			return FieldValue{Ratio: []Ratio{a, b, c, d, e}[i]}
		}
	}
	return all
}

// placeFields are group E.
func placeFields() map[FieldKey]figureOf {
	all := map[FieldKey]figureOf{
		"E.coverage": func(_ Statistics, c Coverage) FieldValue { return FieldValue{Ratio: c.Ratio()} },
	}
	for key, of := range map[FieldKey]func(Coverage) int{
		"E.register": func(c Coverage) int { return c.Register }, "E.closed": func(c Coverage) int { return c.Closed },
		"E.security": func(c Coverage) int { return c.Security }, "E.vulnerable": func(c Coverage) int { return c.Vulnerable },
		"E.reviewed": func(c Coverage) int { return c.Reviewed }, "E.visits": func(c Coverage) int { return c.Visits },
		"E.inspected": func(c Coverage) int { return c.Inspected }, "E.commitments": func(c Coverage) int { return c.Commitment },
		"E.violations": func(c Coverage) int { return c.Violations },
	} {
		all[key] = func(_ Statistics, c Coverage) FieldValue { return counted(of(c)) }
	}
	return all
}

// helpFields are what the bot counts of group H. Where nothing of it may be told, all of
// it is hidden.
func helpFields() map[FieldKey]figureOf {
	all := map[FieldKey]figureOf{}
	add := func(key string, of func(HelpStatistics) Cell) {
		all[FieldKey("H."+key)] = func(s Statistics, _ Coverage) FieldValue {
			if s.Help == nil {
				return FieldValue{Hidden: true}
			}
			c := of(*s.Help)
			return FieldValue{N: int64(c.N), Hidden: c.Hidden}
		}
	}
	add("requests", func(h HelpStatistics) Cell { return h.Received })
	add("under18", func(h HelpStatistics) Cell { return h.Under18 })
	add("waiting", func(h HelpStatistics) Cell { return h.Waiting })
	for _, service := range Services {
		add("service."+string(service), func(h HelpStatistics) Cell { return h.ByService[service] })
	}
	for _, step := range []string{"sent", "accepted", "declined", "completed"} {
		add("referrals."+step, func(h HelpStatistics) Cell { return h.Referrals[step] })
	}
	for _, outcome := range Outcomes {
		add("outcome."+outcome, func(h HelpStatistics) Cell { return h.Outcomes[outcome] })
	}
	return all
}

func counted(n int) FieldValue { return FieldValue{N: int64(n)} }

// Assemble puts together what stands in every field for a period: what the bot counted,
// and of the typed fields what the registers hold. A figure has one source, so typed
// values of computed fields are left out.
func Assemble(s Statistics, c Coverage, typed FieldValues) FieldValues {
	out := FieldValues{}
	for _, f := range Fields {
		if of, ok := computedFields[f.Key]; ok {
			out[f.Key] = of(s, c)
			continue
		}
		out[f.Key] = typed[f.Key]
	}
	return out
}

// KindSources takes the numbers received by kind and source out of the statistics.
func KindSources(s Statistics) map[string]int {
	out := map[string]int{}
	for key, t := range s.By[BySourceOf] {
		out[key] = t.Received
	}
	return out
}

// FigureChange is a figure that is not as it was in the report that is corrected.
type FigureChange struct {
	Field  Field
	Column int // of Columns
	Before FieldValue
	After  FieldValue
}

// Differences lists what has changed between two versions of a report.
func Differences(before, after ReportFigures) (list []FigureChange) {
	old, now := before.Columns(), after.Columns()
	for _, f := range Fields {
		for i := range old {
			if a, b := old[i][f.Key], now[i][f.Key]; f.Type.tells(a) != f.Type.tells(b) {
				list = append(list, FigureChange{f, i, a, b})
			}
		}
	}
	return list
}

// tells is the part of a value that a field of the type shows.
func (t FieldType) tells(v FieldValue) FieldValue {
	switch {
	case v.Hidden:
		return FieldValue{Hidden: true}
	case t == RatioField:
		return FieldValue{Ratio: v.Ratio}
	case t == TextField:
		return FieldValue{Text: v.Text}
	case t == YesNoField:
		return FieldValue{N: v.N, Given: v.Given}
	}
	return FieldValue{N: v.N}
}
