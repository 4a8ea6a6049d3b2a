package cases

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// Danger that is chosen or recognised is urgent whatever else was chosen, unless the person
// denies it; an age under 18 is urgent even then.
func TestUrgency(t *testing.T) {
	t.Parallel()
	const calm, danger = "quán mở đến khuya", "có người bị nhốt"
	for name, c := range map[string]struct {
		n    NewCase
		want bool
	}{
		"ordinary":               {NewCase{Report: &ReportContent{Concern: SawSigns, Text: calm}}, false},
		"words, wrong option":    {NewCase{Report: &ReportContent{Concern: Suggestion, Text: danger}}, true},
		"words in the place":     {NewCase{Report: &ReportContent{Concern: SawSigns, Where: danger}}, true},
		"words, danger":          {NewCase{Report: &ReportContent{Concern: SawSigns, Text: danger}, Danger: InDanger}, true},
		"words, denied":          {NewCase{Report: &ReportContent{Concern: SawSigns, Text: danger}, Danger: NoDanger}, false},
		"no words, danger":       {NewCase{Report: &ReportContent{Concern: SawSigns, Text: calm}, Danger: InDanger}, true},
		"urgent choice, denied":  {NewCase{Report: &ReportContent{Concern: Minor, Text: calm}, Danger: NoDanger}, true},
		"goes on now":            {NewCase{Report: &ReportContent{Concern: SawSigns, When: "when.now", Text: calm}}, true},
		"goes on now, denied":    {NewCase{Report: &ReportContent{Concern: SawSigns, When: "when.now", Text: calm}, Danger: NoDanger}, false},
		"on the net, now":        {NewCase{Report: &ReportContent{Concern: Online, When: "when.now"}}, true},
		"a wish, now":            {NewCase{Report: &ReportContent{Concern: Suggestion, When: "when.now", Text: calm}}, false},
		"today":                  {NewCase{Report: &ReportContent{Concern: SawSigns, When: "when.today", Text: calm}}, false},
		"help":                   {NewCase{Help: &HelpContent{Text: calm}}, false},
		"help, words":            {NewCase{Help: &HelpContent{Text: danger}}, true},
		"help, under 18, denied": {NewCase{Help: &HelpContent{Under18: true}, Danger: NoDanger}, true},
		"help, forced":           {NewCase{Help: &HelpContent{Forced: true}}, true},
		"help, words in contact": {NewCase{Help: &HelpContent{Contact: danger}}, true},
	} {
		if got := c.n.Urgent(); got != c.want {
			t.Errorf("%s: urgent %v", name, got)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := Signs{
			Danger: rapid.Bool().Draw(t, "danger"), Minor: rapid.Bool().Draw(t, "minor"),
			Trafficking: rapid.Bool().Draw(t, "trafficking"), SelfHarm: rapid.Bool().Draw(t, "self-harm"), Now: rapid.Bool().Draw(t, "now"),
		}
		said := rapid.SampledFrom([]DangerSaid{NotSaid, InDanger, NoDanger}).Draw(t, "said")
		got := urgent(false, s, said)
		if s.Any() && said != NoDanger && !got || s.Minor && !got || said == InDanger && !got || !s.Any() && said != InDanger && got {
			t.Fatal(s, said, got)
		}
	})
}

// The fitting number stands first, and the national numbers are always there.
func TestNumbersInDanger(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		signs Signs
		first []Hotline
	}{
		{Signs{Danger: true}, []Hotline{LinePolice, LineAmbulance, LineChildren}},
		{Signs{Minor: true}, []Hotline{LineChildren, LinePolice}},
		{Signs{Trafficking: true, Danger: true}, []Hotline{LineChildren, LinePolice}},
		{Signs{SelfHarm: true}, []Hotline{LineAmbulance, LineListening, LinePolice}},
		{Signs{SelfHarm: true, Minor: true}, []Hotline{LineChildren, LineAmbulance, LineListening, LinePolice}},
	} {
		got := c.signs.Lines()
		if !slices.Equal(got[:len(c.first)], c.first) {
			t.Errorf("%+v: %v", c.signs, got)
		}
		for _, l := range []Hotline{LinePolice, LineAmbulance, LineChildren} {
			if !slices.Contains(got, l) {
				t.Errorf("%+v: %s is missing in %v", c.signs, l, got)
			}
		}
	}
}

// Rings become due one after another, and the next one is always later than now.
func TestRings(t *testing.T) {
	t.Parallel()
	began := time.Date(2026, 12, 1, 2, 0, 0, 0, Vietnam)
	rapid.Check(t, func(t *rapid.T) {
		now := began.Add(time.Duration(rapid.Int64Range(0, int64(24*time.Hour)).Draw(t, "after")))
		n := RingsDue(began, now)
		next := NextRing(began, n)
		if n < 1 || n > len(RingAfter) || !next.IsZero() && !next.After(now) || next.IsZero() != (n == len(RingAfter)) {
			t.Fatal(now, n, next)
		}
	})
	for after, want := range map[time.Duration]int{0: 1, 5*time.Minute - 1: 1, 5 * time.Minute: 2, 15 * time.Minute: 3} {
		if got := RingsDue(began, began.Add(after)); got != want {
			t.Errorf("after %v: %d", after, got)
		}
	}
}

// No request for help calls anybody without a right on help.
func TestHelpCallsNobodyElse(t *testing.T) {
	t.Parallel()
	for _, r := range Roles {
		if r.MayAny(RingRights(HelpStream)...) != r.May(WorkHelp) {
			t.Error(r)
		}
	}
}
