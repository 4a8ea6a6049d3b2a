package reports

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"tinbao/cases"
)

// City is what the wards of an installation tell the level above them: sums only, each
// ward apart. Nothing in it is of a case, a hamlet or a member of staff.
type City struct {
	Schema  string    `json:"$schema"`
	Version int       `json:"version"`
	Period  Span      `json:"period"`
	Made    time.Time `json:"made_at"`
	Wards   []Ward    `json:"wards"`
}

// CitySchema is the JSON Schema (draft 2020-12) of a City.
//
//go:embed city.schema.json
var CitySchema []byte

const (
	cityVersion = 1
	schemaName  = "city.schema.json"
)

// Span is a first and a last day, written 2026-01-31.
type Span struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// Ward are the figures of one ward.
type Ward struct {
	ID       int              `json:"id"`
	Name     string           `json:"name"`
	Reports  Counts           `json:"reports"`
	Ratios   map[string]Share `json:"ratios"`
	By       map[string][]Row `json:"by"`
	Stages   map[string]Spent `json:"stages"`
	Coverage Covered          `json:"coverage"`
	Help     *Helped          `json:"help"` // null = nothing of it may be told
}

// Counts are reports received in the period; see cases.Tally.
type Counts struct {
	Received   int `json:"received"`
	OutOfScope int `json:"out_of_scope"`
	Duplicates int `json:"duplicates"`
	Invalid    int `json:"invalid"`
	Withdrawn  int `json:"withdrawn"`
	Urgent     int `json:"urgent"`
	Verified   int `json:"verified"`
	Classified int `json:"classified"`
	Forwarded  int `json:"forwarded"`
	Handled    int `json:"handled"`
	Late       int `json:"late"`
	Open       int `json:"open"`
}

// Share is a part of a whole. A whole of 0 has no percentage.
type Share struct {
	Part  int `json:"part"`
	Whole int `json:"whole"`
}

// Row is a value of a breakdown; "" = not said yet.
type Row struct {
	Value string `json:"value"`
	Counts
}

// Spent is how long a step took, in whole hours.
type Spent struct {
	N      int `json:"n"`
	Median int `json:"median_hours"`
	P90    int `json:"p90_hours"`
}

// Covered are establishments; see cases.Coverage.
type Covered struct {
	Register   int              `json:"register"`
	Closed     int              `json:"closed"`
	Inspected  int              `json:"inspected"`
	Visits     int              `json:"visits"`
	Reviewed   int              `json:"reviewed"`
	Violations int              `json:"violations"`
	Commitment int              `json:"commitment"`
	Security   int              `json:"security"`
	Vulnerable int              `json:"vulnerable"`
	Target     int              `json:"target_percent"`
	ByYear     map[string]Share `json:"by_year"`
}

// Helped are requests for help. A figure that may not be told is null.
type Helped struct {
	Period    Span            `json:"period"`
	Received  *int            `json:"received"`
	ByService map[string]*int `json:"by_service"`
	Referrals map[string]*int `json:"referrals"`
	Outcomes  map[string]*int `json:"outcomes"`
	Under18   *int            `json:"under_18"`
	Waiting   *int            `json:"waiting"`
}

// cityDimensions are the breakdowns that leave the ward: none by place or person.
var cityDimensions = []cases.Dimension{cases.ByKind, cases.ByBehaviour, cases.BySource, cases.ByLevel, cases.ByUnit}

// NewCity begins an export without wards.
func NewCity(p cases.Period, made time.Time) City {
	return City{Schema: schemaName, Version: cityVersion, Period: spanOf(p), Made: made.In(zone).Truncate(time.Second), Wards: []Ward{}}
}

func spanOf(p cases.Period) Span {
	return Span{p.From.Start().Format(time.DateOnly), p.To.Start().Format(time.DateOnly)}
}

// Add adds the figures of a ward. They are those of a viewer from above (cases.Observer).
func (c *City) Add(w cases.Ward, s cases.Statistics, k cases.Coverage) {
	out := Ward{ID: int(w.ID), Name: w.Name, Reports: countsOf(s.Total), Ratios: map[string]Share{}, By: map[string][]Row{}, Stages: map[string]Spent{}}
	received, verified, classified, forwarded, onTime := s.Total.Ratios()
	for name, r := range map[string]cases.Ratio{"received": received, "verified": verified, "classified": classified, "forwarded": forwarded, "on_time": onTime} {
		out.Ratios[name] = Share{r.Part, r.Whole}
	}
	for _, d := range cityDimensions {
		rows := []Row{}
		for _, value := range slices.Sorted(maps.Keys(s.By[d])) {
			rows = append(rows, Row{value, countsOf(s.By[d][value])})
		}
		out.By[string(d)] = rows
	}
	for _, st := range cases.Stages {
		spread := s.Stages[st]
		out.Stages[string(st)] = Spent{spread.N, spread.Median, spread.P90}
	}
	out.Coverage = Covered{
		Register: k.Register, Closed: k.Closed, Inspected: k.Inspected, Visits: k.Visits, Reviewed: k.Reviewed, Violations: k.Violations,
		Commitment: k.Commitment, Security: k.Security, Vulnerable: k.Vulnerable, Target: k.Target(), ByYear: map[string]Share{},
	}
	for year, r := range k.ByYear {
		out.Coverage.ByYear[strconv.Itoa(year)] = Share{r.Part, r.Whole}
	}
	if s.Help != nil {
		out.Help = helpedOf(*s.Help)
	}
	c.Wards = append(c.Wards, out)
}

func countsOf(t cases.Tally) Counts {
	return Counts{t.Received, t.OutOfScope, t.Duplicates, t.Invalid, t.Withdrawn, t.Urgent, t.Verified, t.Classified, t.Forwarded, t.Handled, t.Late, t.Open}
}

func helpedOf(h cases.HelpStatistics) *Helped {
	out := &Helped{
		Period: spanOf(h.Period), Received: told(h.Received), Under18: told(h.Under18), Waiting: told(h.Waiting),
		ByService: map[string]*int{}, Referrals: map[string]*int{}, Outcomes: map[string]*int{},
	}
	for _, s := range cases.Services {
		out.ByService[string(s)] = told(h.ByService[s])
	}
	for _, r := range referrals {
		out.Referrals[r] = told(h.Referrals[r])
	}
	for _, o := range cases.Outcomes {
		out.Outcomes[o] = told(h.Outcomes[o])
	}
	return out
}

// referrals are the states of a referral, in their order.
var referrals = []string{"sent", "accepted", "declined", "completed"}

func told(c cases.Cell) *int {
	if c.Hidden {
		return nil
	}
	return &c.N
}

// JSON writes the export.
func (c City) JSON() ([]byte, error) {
	raw, err := json.MarshalIndent(c, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("writing the figures: %w", err)
	}
	return append(raw, '\n'), nil
}
