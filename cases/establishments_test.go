package cases_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tinbao/cases"
)

func morning(day string) time.Time {
	t, err := time.ParseInLocation(time.DateOnly, day, cases.Vietnam)
	if err != nil {
		panic(err)
	}
	return t.Add(9 * time.Hour)
}

func on(day string) cases.Day { return cases.DayOf(morning(day)) }

var year2026 = cases.Period{From: cases.Day{Year: 2026, Month: 1, Day: 1}, To: cases.Day{Year: 2026, Month: 12, Day: 31}}

func TestCoverageCountsTheRegisterAsItStoodAtTheEnd(t *testing.T) {
	t.Parallel()
	v := func(id int, day string, change func(*cases.Establishment)) cases.Establishment {
		e := cases.Establishment{ID: id, At: morning(day), Type: "karaoke", Risk: "high", Hamlet: 1, Status: cases.EstablishmentOpen}
		change(&e)
		return e
	}
	status := func(s cases.EstablishmentStatus) func(*cases.Establishment) {
		return func(e *cases.Establishment) { e.Status = s }
	}
	as := func(*cases.Establishment) {}
	versions := []cases.Establishment{
		v(1, "2026-02-01", as), v(1, "2026-08-01", status(cases.EstablishmentClosed)),
		v(2, "2026-02-01", as), v(2, "2026-03-01", func(e *cases.Establishment) { e.Reviewed, e.Security, e.Commitment = on("2026-03-01"), true, true }),
		v(3, "2026-02-01", func(e *cases.Establishment) { e.Hamlet, e.Type = 2, "spa" }), v(3, "2027-02-01", status(cases.EstablishmentPaused)),
		v(4, "2027-01-05", as),
		v(5, "2026-04-01", as), v(5, "2026-04-02", status(cases.EstablishmentRemoved)),
	}
	inspections := []cases.Inspection{
		{Establishment: 1, Done: on("2026-05-01"), Result: cases.NoViolation},
		{Establishment: 2, Done: on("2026-06-30"), Result: cases.Violation},
		{Establishment: 2, Done: on("2026-07-01"), Result: cases.NoViolation},
		{Establishment: 3, Done: on("2026-06-01"), Result: cases.NotOpen},
		{Establishment: 3, Done: on("2027-03-01"), Result: cases.Reminded},
		{Establishment: 3, Planned: on("2026-06-02")},
		{Establishment: 3, Done: on("2026-06-02"), Result: cases.NoViolation, Cancelled: true},
		{Establishment: 5, Done: on("2026-04-01"), Result: cases.NoViolation},
	}
	half := cases.Period{From: on("2026-01-01"), To: on("2026-06-30")}
	c := cases.CoverageAt(half, versions, inspections)
	if c.Register != 3 || c.Closed != 0 || c.Inspected != 2 || c.AllEver != 2 || c.Visits != 2 || c.Violations != 1 {
		t.Errorf("half of 2026: %+v", c)
	}
	c = cases.CoverageAt(year2026, versions, inspections)
	if c.Register != 2 || c.Closed != 1 || c.Inspected != 1 || c.AllEver != 2 || c.Visits != 3 {
		t.Errorf("2026: %+v", c)
	}
	if c.Reviewed != 1 || c.Security != 1 || c.Commitment != 1 || c.Vulnerable != 0 || c.ByType["spa"] != 1 || c.ByRisk["high"] != 2 {
		t.Errorf("2026, parts: %+v", c)
	}
	if c.ByHamlet[1] != (cases.Ratio{Part: 1, Whole: 1}) || c.ByHamlet[2] != (cases.Ratio{Whole: 1}) {
		t.Errorf("2026, by hamlet: %v", c.ByHamlet)
	}
	if c.Target() != 60 || c.Missing() != 1 || c.Ratio().Percent() != "50%" {
		t.Errorf("2026: target %d, missing %d, %s", c.Target(), c.Missing(), c.Ratio().Percent())
	}
	c = cases.CoverageAt(cases.Period{From: on("2027-01-01"), To: on("2027-06-30")}, versions, inspections)
	if c.Register != 3 || c.Inspected != 2 || c.Visits != 1 || c.Reviewed != 0 || c.ByYear[2026] != (cases.Ratio{Part: 1, Whole: 2}) || c.ByYear[2027] != (cases.Ratio{Part: 2, Whole: 3}) {
		t.Errorf("2027: %+v", c)
	}
}

// What is inspected is never more than what there is, the parts add up to the whole, and
// another inspection never lowers the coverage.
func TestCoverageAddsUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var versions []cases.Establishment
		n := rapid.IntRange(0, 12).Draw(t, "establishments")
		for id := 1; id <= n; id++ {
			day := rapid.IntRange(0, 700).Draw(t, "day")
			for range rapid.IntRange(1, 3).Draw(t, "versions") {
				versions = append(versions, cases.Establishment{
					ID: id, At: morning("2026-01-01").AddDate(0, 0, day), Hamlet: rapid.IntRange(0, 3).Draw(t, "hamlet"),
					Type:   rapid.SampledFrom([]string{"spa", "bar"}).Draw(t, "type"),
					Status: rapid.SampledFrom([]cases.EstablishmentStatus{cases.EstablishmentOpen, cases.EstablishmentPaused, cases.EstablishmentClosed}).Draw(t, "status"),
				})
				day += rapid.IntRange(0, 200).Draw(t, "later")
			}
		}
		inspection := func() cases.Inspection {
			return cases.Inspection{
				Establishment: rapid.IntRange(1, 12).Draw(t, "of"), Done: cases.DayOf(morning("2025-12-01").AddDate(0, 0, rapid.IntRange(0, 800).Draw(t, "done"))),
				Result: rapid.SampledFrom(cases.InspectionResults).Draw(t, "result"),
			}
		}
		var inspections []cases.Inspection
		for range rapid.IntRange(0, 12).Draw(t, "inspections") {
			inspections = append(inspections, inspection())
		}
		p := cases.Period{From: on("2026-01-01"), To: cases.DayOf(morning("2026-01-01").AddDate(0, 0, rapid.IntRange(0, 900).Draw(t, "to")))}
		c := cases.CoverageAt(p, versions, inspections)
		types, hamlets := 0, cases.Ratio{}
		for _, k := range c.ByType {
			types += k
		}
		for _, r := range c.ByHamlet {
			hamlets = cases.Ratio{Part: hamlets.Part + r.Part, Whole: hamlets.Whole + r.Whole}
		}
		if c.Inspected > c.Register || c.Inspected > c.AllEver || c.AllEver > c.Register+c.Closed || types != c.Register || hamlets != c.Ratio() {
			t.Fatalf("does not add up: %+v", c)
		}
		if c.ByYear[min(p.To.Year, cases.LastYear)] != c.Ratio() {
			t.Fatalf("the last year is not the end of the period: %+v", c)
		}
		if more := cases.CoverageAt(p, versions, append(inspections, inspection())); more.Inspected < c.Inspected || more.Register != c.Register {
			t.Fatalf("lowered by an inspection: %+v", more)
		}
	})
}

func TestPendingAndRoute(t *testing.T) {
	t.Parallel()
	lists := cases.DefaultLists()
	all := []cases.Establishment{
		{ID: 1, Hamlet: 9, Risk: "low", Status: cases.EstablishmentOpen},
		{ID: 2, Hamlet: 4, Risk: "high", Status: cases.EstablishmentOpen},
		{ID: 3, Hamlet: 5, Status: cases.EstablishmentPaused},
		{ID: 4, Hamlet: 4, Risk: "medium", Status: cases.EstablishmentOpen},
		{ID: 5, Hamlet: 1, Risk: "high", Status: cases.EstablishmentClosed},
		{ID: 6, Hamlet: 1, Risk: "high", Status: cases.EstablishmentOpen},
		{ID: 7, Hamlet: 12, Risk: "medium", Status: cases.EstablishmentOpen},
	}
	pending := cases.Pending(all, map[int]bool{6: true}, lists)
	if got := ids(pending); !slices.Equal(got, []int{2, 4, 7, 1, 3}) {
		t.Errorf("pending: %v", got)
	}
	var hamlets, stops []int
	for _, s := range cases.RouteFrom(pending, 0, lists) {
		hamlets = append(hamlets, s.Hamlet)
		stops = append(stops, ids(s.Stops)...)
	}
	if !slices.Equal(hamlets, []int{4, 5, 9, 12}) || !slices.Equal(stops, []int{2, 4, 3, 1, 7}) {
		t.Errorf("route %v %v", hamlets, stops)
	}
	if route := cases.RouteFrom(pending, 12, lists); route[0].Hamlet != 12 || route[1].Hamlet != 9 {
		t.Errorf("route from 12: %+v", route)
	}
	if cases.RouteFrom(nil, 0, lists) != nil {
		t.Error("a route to nowhere")
	}
}

func ids(list []cases.Establishment) (all []int) {
	for _, e := range list {
		all = append(all, e.ID)
	}
	return all
}

// A route stops once at everything that is pending, and at each hamlet once.
func TestRouteLeavesNothingOut(t *testing.T) {
	t.Parallel()
	lists := cases.DefaultLists()
	rapid.Check(t, func(t *rapid.T) {
		var pending []cases.Establishment
		for id := range rapid.IntRange(0, 20).Draw(t, "n") {
			pending = append(pending, cases.Establishment{ID: id, Hamlet: rapid.IntRange(0, 18).Draw(t, "hamlet"), Risk: rapid.SampledFrom([]string{"", "low", "high"}).Draw(t, "risk")})
		}
		seen, hamlets := map[int]bool{}, map[int]bool{}
		for _, s := range cases.RouteFrom(pending, rapid.IntRange(0, 18).Draw(t, "from"), lists) {
			if hamlets[s.Hamlet] {
				t.Fatalf("twice in hamlet %d", s.Hamlet)
			}
			hamlets[s.Hamlet] = true
			for _, e := range s.Stops {
				seen[e.ID] = true
			}
		}
		if len(seen) != len(pending) {
			t.Fatalf("%d of %d", len(seen), len(pending))
		}
	})
}

func TestTwinsAndFilters(t *testing.T) {
	t.Parallel()
	one := cases.Establishment{ID: 1, Hamlet: 2, Status: cases.EstablishmentOpen, Type: "karaoke", EstablishmentWords: cases.EstablishmentWords{Name: "Karaoke Ánh  Sao", Address: "12 phố Nghĩa Lộ"}}
	list := []cases.Establishment{one}
	for name, twin := range map[string]bool{"KARAOKE anh sao": true, "karaoke: Ánh Sao.": true, "Karaoke Ánh Sao 2": false} {
		_, got := cases.Twin(list, cases.Establishment{Hamlet: 2, EstablishmentWords: cases.EstablishmentWords{Name: name}})
		if got != twin {
			t.Errorf("%q a twin: %v", name, got)
		}
	}
	if _, twin := cases.Twin(list, one); twin {
		t.Error("its own twin")
	}
	for _, f := range []cases.EstablishmentFilter{{}, {Hamlet: 2}, {Type: "karaoke"}, {Pending: true}, {Unreviewed: 2026}, {Words: []string{"nghia", "lo"}}, {Words: []string{"anh", "sa"}}} {
		if !f.Fits(one, nil) {
			t.Errorf("%+v leaves it out", f)
		}
	}
	for _, f := range []cases.EstablishmentFilter{{Hamlet: 1}, {Type: "spa"}, {Risk: "low"}, {Words: []string{"sao", "moi"}}} {
		if f.Fits(one, nil) {
			t.Errorf("%+v takes it", f)
		}
	}
	if (cases.EstablishmentFilter{Pending: true}).Fits(one, map[int]bool{1: true}) {
		t.Error("inspected, and still pending")
	}
}

func TestInspectionMayEnd(t *testing.T) {
	t.Parallel()
	today := on("2026-11-24")
	for want, i := range map[string]cases.Inspection{
		"":                     {Done: today, Result: cases.NoViolation},
		"inspection.noresult":  {Done: today},
		"inspection.badday":    {Done: today.Add(1), Result: cases.NoViolation},
		"inspection.nowords":   {Done: today, Result: cases.Violation},
		"inspection.cancelled": {Done: today, Result: cases.NoViolation, Cancelled: true},
	} {
		err := i.MayEnd(today)
		if got := cases.TextOf(err); err != nil && got != want || err == nil && want != "" {
			t.Errorf("%+v: %v, want %q", i, err, want)
		}
	}
}
