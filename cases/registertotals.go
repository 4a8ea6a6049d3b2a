package cases

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// dayIn reads a day as answers keep it; the zero day for anything else.
func dayIn(s string) Day {
	at, err := time.ParseInLocation(time.DateOnly, s, Vietnam)
	if err != nil {
		return Day{}
	}
	return DayOf(at)
}

// DayText writes a day as answers keep it.
func DayText(d Day) string { return d.Start().Format(time.DateOnly) }

// numberIn reads a number as answers keep it.
func numberIn(s string) int64 {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// Has reports whether a day lies in the period.
func (p Period) Has(d Day) bool {
	return !d.Start().Before(p.From.Start()) && !d.Start().After(p.To.Start())
}

// field is the key of the field an entry counts into; false when a choice in it was
// passed over.
func (c Counting) field(a Answers) (FieldKey, bool) {
	key := string(c.Field)
	for {
		before, rest, found := strings.Cut(key, "{")
		if !found {
			return FieldKey(key), true
		}
		name, after, _ := strings.Cut(rest, "}")
		said, ok := a.said(name)
		if !ok {
			return "", false
		}
		key = before + said + after
	}
}

// Totals are the typed fields of the report for a period: what the entries count into
// them, by the day of the event (domain.md 10). The entries are all that are known up to
// the end of the period, the earlier ones too, since a state and a hot spot outlast the
// day they were told. A field nobody gave anything for is missing.
func Totals(entries []RegisterEntry, p Period) FieldValues {
	entries = slices.DeleteFunc(slices.Clone(entries), func(e RegisterEntry) bool { return e.Void || e.Day().Start().After(p.To.Start()) })
	slices.SortStableFunc(entries, func(a, b RegisterEntry) int {
		if c := a.Day().Start().Compare(b.Day().Start()); c != 0 {
			return c
		}
		return a.ID - b.ID
	})
	values := FieldValues{}
	for _, e := range entries {
		r, err := RegisterOf(e.Form)
		if err != nil {
			continue
		}
		for _, c := range r.Counts {
			c.add(values, e, p)
		}
	}
	teach(values, entries, p)
	return values
}

// add lets an entry count.
func (c Counting) add(values FieldValues, e RegisterEntry, p Period) {
	key, fits := c.field(e.Answers)
	said, answered := e.Answers.said(c.Of)
	if !fits || !answered {
		return
	}
	v := values[key]
	inside := p.Has(e.Day())
	switch {
	case c.How == AsState:
		v = stateOf(said, e.Day())
	case c.How == AsSpots:
		n, counts := spot(key, e, p)
		if !counts {
			return
		}
		v.N += n
	case !inside:
		return
	case c.How == InSum:
		v.N += numberIn(said)
	case c.How == AnyYes && said == SaidYes:
		v.N = 1
	case c.How == AsText:
		v.Text = strings.TrimPrefix(v.Text+"\n"+said, "\n")
	}
	v.Given = true
	values[key] = v
}

// stateOf is a state as it was told: a number, or since when there is something.
func stateOf(said string, at Day) FieldValue {
	switch said {
	case SaidYes:
		return FieldValue{N: 1, Text: at.Start().Format("02/01/2006")}
	case SaidNo:
		return FieldValue{}
	}
	return FieldValue{N: numberIn(said)}
}

// spot is how a place counts into a field of group G in a period.
func spot(key FieldKey, e RegisterEntry, p Period) (n int64, counts bool) {
	opened, cleared := e.Day(), dayIn(e.Answers[SpotCleared])
	_, ended := e.Answers.said(SpotCleared)
	before := opened.Start().Before(p.From.Start()) // there when the period begins, unless cleared
	over := ended && cleared.Start().Before(p.From.Start())
	gone := ended && !cleared.Start().After(p.To.Start())
	if watched := e.Answers["kind"] == WatchedSpot; watched != (key == "G.watched") {
		return 0, false
	}
	is := map[FieldKey]bool{"G.start": before && !over, "G.new": !before, "G.cleared": gone && !over, "G.left": !gone, "G.watched": !gone}
	if is[key] {
		n = 1
	}
	return n, true
}

// teach gives the share of staff who were taught. Everybody is to be taught every year
// (plan 3.1), so it is of the last year of the period, or of the part of it inside.
func teach(values FieldValues, entries []RegisterEntry, p Period) {
	staff, told := values["C.staff"]
	if !told {
		return
	}
	year := p
	if first := (Day{p.To.Year, time.January, 1}); year.From.Start().Before(first.Start()) {
		year.From = first
	}
	var taught int64
	for _, e := range entries {
		if e.Form == "training" && year.Has(e.Day()) {
			taught += numberIn(e.Answers["updated"])
		}
	}
	values["C.ratio"] = FieldValue{Ratio: Ratio{int(taught), int(staff.N)}, Given: true}
}

// FormOf names the register that gives a typed field; "" for a computed one.
func FormOf(key FieldKey) string {
	r, _, _ := SourceOf(key)
	return r.Key
}

// SourceOf gives the register behind a typed field, and the ways in which its questions
// count into the field; false for a computed field. The ratio of staff taught counts as
// a state of the questions for those who were and for all.
func SourceOf(key FieldKey) (r Register, ways []Counting, typed bool) {
	for _, r := range Registers {
		for _, c := range r.Counts {
			switch {
			case slices.Contains(r.fields(c), key):
				ways = append(ways, c)
			case key == "C.ratio" && (c.Field == "C.updated" || c.Field == "C.staff"):
				ways = append(ways, Counting{key, c.Of, AsState})
			}
		}
		if ways != nil {
			return r, ways, true
		}
	}
	return Register{}, nil, false
}

// fields are the keys a way of counting can lead to.
func (r Register) fields(c Counting) []FieldKey {
	keys := []FieldKey{c.Field}
	for _, q := range r.Questions {
		var next []FieldKey
		for _, key := range keys {
			if !strings.Contains(string(key), "{"+q.Key+"}") {
				next = append(next, key)
				continue
			}
			for _, choice := range q.Choices {
				next = append(next, FieldKey(strings.ReplaceAll(string(key), "{"+q.Key+"}", choice)))
			}
		}
		keys = next
	}
	return keys
}

// Behind reports whether an entry stands behind the totals of its register for a period:
// what happened in it, and of states and hot spots also what went on from before.
func (r Register) Behind(e RegisterEntry, p Period) bool {
	if e.Void || e.Form != r.Key || e.Day().Start().After(p.To.Start()) {
		return false
	}
	lasts := slices.ContainsFunc(r.Counts, func(c Counting) bool {
		_, told := e.Answers.said(c.Of)
		return told && (c.How == AsState || c.How == AsSpots)
	})
	cleared, ended := e.Answers.said(SpotCleared)
	return p.Has(e.Day()) || lasts && (!ended || !dayIn(cleared).Start().Before(p.From.Start()))
}
