package cases_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tinbao/cases"
)

func day(y int, m time.Month, d int) cases.Day { return cases.Day{Year: y, Month: m, Day: d} }

func TestReportPeriods(t *testing.T) {
	t.Parallel()
	decree := cases.ReportRules{HalfClose: cases.MonthDay{Month: 6, Day: 14}, YearClose: cases.MonthDay{Month: 12, Day: 14}, HalfDue: 4, YearDue: 6, OtherDue: 10}
	for name, tc := range map[string]struct {
		rules cases.ReportRules
		typ   cases.ReportType
		year  int
		want  cases.Period
		due   cases.Day
	}{
		"first half of the calendar":  {cases.DefaultReportRules, cases.Half1, 2027, cases.Period{From: day(2027, 1, 1), To: day(2027, 6, 30)}, day(2027, 7, 10)},
		"second half of the calendar": {cases.DefaultReportRules, cases.Half2, 2027, cases.Period{From: day(2027, 7, 1), To: day(2027, 12, 31)}, day(2028, 1, 10)},
		"year of the calendar":        {cases.DefaultReportRules, cases.Annual, 2026, cases.Period{From: day(2026, 1, 1), To: day(2026, 12, 31)}, day(2027, 1, 10)},
		"first half by the decree":    {decree, cases.Half1, 2027, cases.Period{From: day(2026, 12, 15), To: day(2027, 6, 14)}, day(2027, 6, 18)},
		"second half by the decree":   {decree, cases.Half2, 2027, cases.Period{From: day(2027, 6, 15), To: day(2027, 12, 14)}, day(2027, 12, 18)},
		"year by the decree":          {decree, cases.Annual, 2027, cases.Period{From: day(2026, 12, 15), To: day(2027, 12, 14)}, day(2027, 12, 20)},
		"mid-term":                    {cases.DefaultReportRules, cases.MidTerm, 2028, cases.Period{From: day(2026, 1, 1), To: day(2028, 12, 31)}, day(2029, 1, 10)},
		"final":                       {cases.DefaultReportRules, cases.Final, 2030, cases.Period{From: day(2026, 1, 1), To: day(2030, 12, 31)}, day(2031, 1, 10)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, err := tc.rules.Period(tc.typ, tc.year)
			if err != nil || p != tc.want || tc.rules.Due(tc.typ, p) != tc.due {
				t.Errorf("%v, due %v, %v", p, tc.rules.Due(tc.typ, p), err)
			}
		})
	}
	for _, no := range []struct {
		typ  cases.ReportType
		year int
	}{{cases.AdHoc, 2027}, {cases.Half1, 2025}, {cases.Annual, 2031}, {"other", 2027}} {
		if _, err := cases.DefaultReportRules.Period(no.typ, no.year); cases.KindOf(err) != cases.Invalid {
			t.Errorf("%v: %v", no, err)
		}
	}
}

func TestHalvesMakeTheYear(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := cases.ReportRules{
			HalfClose: cases.MonthDay{Month: time.Month(rapid.IntRange(1, 6).Draw(t, "m1")), Day: rapid.IntRange(1, 31).Draw(t, "d1")},
			YearClose: cases.MonthDay{Month: time.Month(rapid.IntRange(7, 12).Draw(t, "m2")), Day: rapid.IntRange(1, 31).Draw(t, "d2")},
		}
		if r.MayBe() != nil {
			t.Skip("no such day")
		}
		year := rapid.IntRange(cases.FirstYear, cases.LastYear).Draw(t, "year")
		a, err1 := r.Period(cases.Half1, year)
		b, err2 := r.Period(cases.Half2, year)
		all, err3 := r.Period(cases.Annual, year)
		if err1 != nil || err2 != nil || err3 != nil {
			t.Fatal(err1, err2, err3)
		}
		if a.From != all.From || a.To.Add(1) != b.From || b.To != all.To || a.Days()+b.Days() != all.Days() {
			t.Fatalf("%v + %v is not %v", a, b, all)
		}
		if year > cases.FirstYear {
			if before, _ := r.Period(cases.Annual, year-1); before.To.Add(1) != all.From {
				t.Fatalf("between %v and %v is a gap", before, all)
			}
		}
	})
}

func TestReportRulesMayBe(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*cases.ReportRules){
		"no such day":         func(r *cases.ReportRules) { r.HalfClose.Day = 31; r.HalfClose.Month = 6 },
		"half after the year": func(r *cases.ReportRules) { r.HalfClose, r.YearClose = r.YearClose, r.HalfClose },
		"due far away":        func(r *cases.ReportRules) { r.YearDue = 200 },
	} {
		r := cases.DefaultReportRules
		change(&r)
		if r.MayBe() == nil {
			t.Error(name)
		}
	}
	if err := cases.DefaultReportRules.MayBe(); err != nil {
		t.Error(err)
	}
}

func TestReportMarks(t *testing.T) {
	t.Parallel()
	cal := cases.Holidays()
	due := day(2027, 1, 11)                                           // a Monday
	if got := cal.WorkingDaysBefore(due, 1); got != day(2027, 1, 8) { // over the weekend
		t.Errorf("T-1 is %v", got)
	}
	if got := cal.WorkingDaysBefore(due, 7); got != day(2026, 12, 30) { // over 01/01
		t.Errorf("T-7 is %v", got)
	}
	for today, want := range map[cases.Day]int{
		day(2026, 11, 1): 0, day(2026, 12, 18): 15, day(2026, 12, 29): 15, day(2026, 12, 30): 7, day(2027, 1, 7): 7,
		day(2027, 1, 8): 1, day(2027, 1, 11): 1, day(2027, 1, 12): 0,
	} {
		if got := cal.ReportMark(due, today); got != want {
			t.Errorf("%v: %d, not %d", today, got, want)
		}
	}
}

func TestReportStates(t *testing.T) {
	t.Parallel()
	acts := []cases.ReportAct{cases.ReturnPart, cases.RetakePart, cases.MergeParts, cases.GiveBack, cases.ApproveReport, cases.IssueReport, cases.CorrectReport}
	want := map[cases.ReportState]map[cases.ReportAct]cases.ReportState{
		cases.ReportOpen:     {cases.ReturnPart: cases.ReportOpen, cases.RetakePart: cases.ReportOpen, cases.MergeParts: cases.ReportMerged},
		cases.ReportMerged:   {cases.GiveBack: cases.ReportOpen, cases.ApproveReport: cases.ReportApproved},
		cases.ReportApproved: {cases.IssueReport: cases.ReportIssued, cases.CorrectReport: cases.ReportApproved},
		cases.ReportIssued:   {cases.CorrectReport: cases.ReportIssued},
	}
	for state, nexts := range want {
		for _, act := range acts {
			got, err := state.After(act)
			if next, ok := nexts[act]; ok != (err == nil) || ok && next != got {
				t.Errorf("%s in %s: %s, %v", act, state, got, err)
			}
		}
	}
}

func TestMissingParts(t *testing.T) {
	t.Parallel()
	r := cases.WardReport{State: cases.ReportOpen, Due: day(2027, 1, 10), Parts: []cases.ReportPart{{Unit: cases.Officer, Returned: time.Now()}, {Unit: cases.Police}}}
	if got := r.Missing(); !slices.Equal(got, []cases.Role{cases.Police}) {
		t.Error(got)
	}
	if p, ok := r.Part(cases.Health); ok || p.Unit != cases.Health {
		t.Error("there is no such part")
	}
	if r.Overdue(day(2027, 1, 10)) || !r.Overdue(day(2027, 1, 11)) {
		t.Error("it is due until the end of its day")
	}
}

func TestEveryFieldHasOneSource(t *testing.T) {
	t.Parallel()
	// What is typed is filled with a value that nothing computed gives.
	typed := cases.FieldValues{}
	for _, f := range cases.Fields {
		typed[f.Key] = cases.FieldValue{N: 987654, Given: true}
	}
	got := cases.Assemble(cases.Statistics{}, cases.Coverage{}, typed)
	if len(got) != len(cases.Fields) {
		t.Errorf("%d fields are filled, not %d", len(got), len(cases.Fields))
	}
	for _, f := range cases.Fields {
		if fromRegister := got[f.Key].N == 987654; fromRegister != (f.Origin == cases.Typed) {
			t.Errorf("%s (%s) comes from the other source", f.Key, f.Origin)
		}
	}
}

func TestAssemble(t *testing.T) {
	t.Parallel()
	s := cases.Statistics{
		Total: cases.Tally{Received: 10, OutOfScope: 1, Verified: 8, Classified: 7, Forwarded: 6, Handled: 5, Late: 3, Open: 4, Duplicates: 2, Invalid: 1, Withdrawn: 1},
		By:    map[cases.Dimension]map[string]cases.Tally{cases.ByKind: {"": {Received: 3}, string(cases.Kinds[0]): {Received: 7}}, cases.BySourceOf: {"feedback/bot": {Received: 7}}},
		Help:  &cases.HelpStatistics{Received: cases.Cell{N: 9}, Under18: cases.Cell{Hidden: true}, ByService: map[cases.Service]cases.Cell{cases.LegalAid: {N: 6}}},
	}
	c := cases.Coverage{Register: 12, Inspected: 8, Visits: 9}
	got := cases.Assemble(s, c, cases.FieldValues{"F.fines": {N: 1_234_567}})
	want := cases.FieldValues{
		"D.received": {N: 10}, "D.received.unnamed": {N: 3}, cases.FieldKey("D.received." + string(cases.Kinds[0])): {N: 7}, "D.late": {N: 3},
		"D.ratio.verified": {Ratio: cases.Ratio{8, 9}}, "D.ratio.ontime": {Ratio: cases.Ratio{6, 9}}, "E.coverage": {Ratio: cases.Ratio{8, 12}},
		"E.visits": {N: 9}, "H.requests": {N: 9}, "H.under18": {Hidden: true}, cases.FieldKey("H.service." + string(cases.LegalAid)): {N: 6}, "F.fines": {N: 1_234_567},
	}
	for key, value := range want {
		if diff := cmp.Diff(value, got[key]); diff != "" {
			t.Errorf("%s: %s", key, diff)
		}
	}
	s.Help = nil
	if !cases.Assemble(s, c, nil)["H.requests"].Hidden {
		t.Error("what may not be told is told")
	}
	if got := cases.KindSources(s)["feedback/bot"]; got != 7 {
		t.Error(got)
	}
}

func TestDifferences(t *testing.T) {
	t.Parallel()
	before := cases.ReportFigures{This: cases.FieldValues{"D.received": {N: 4}, "C.ratio": {Ratio: cases.Ratio{1, 2}}, "A.meetings": {N: 0}}}
	after := cases.ReportFigures{This: cases.FieldValues{"D.received": {N: 5}, "C.ratio": {Ratio: cases.Ratio{1, 2}}, "A.meetings": {N: 0, Given: true}}}
	got := cases.Differences(before, after)
	if len(got) != 1 || got[0].Field.Key != "D.received" || got[0].Before.N != 4 || got[0].After.N != 5 || got[0].Column != 0 {
		t.Errorf("%+v", got)
	}
}
