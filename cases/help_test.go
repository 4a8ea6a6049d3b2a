package cases

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestWhoSeesARequest(t *testing.T) {
	t.Parallel()
	of := func(keeper StaffID, s Service) Case {
		return Case{Number: Number{Stream: HelpStream, Seq: 1}, Keeper: keeper, Help: &HelpContent{Service: s}}
	}
	worker := Staff{ID: 5, Role: Support}
	for _, c := range []struct {
		c    Case
		want bool
	}{
		{of(5, HealthCare), true},
		{of(6, Counselling), false},
		{of(0, Counselling), true},
		{of(0, HealthCare), false},
		{of(0, LegalAid), false},
		{Case{Number: Number{Stream: HelpStream}}, false},
		{Case{Number: Number{Stream: ReportStream}}, true},
	} {
		if got := MaySeeHelp(worker, c.c); got != c.want {
			t.Errorf("%+v: %v", c.c, got)
		}
		for _, role := range []Role{Officer, Health} {
			if !MaySeeHelp(Staff{ID: 9, Role: role}, c.c) {
				t.Errorf("%s does not see %+v", role, c.c)
			}
		}
	}
}

// A reminder comes on the evening before, awake, and after it was asked for.
func TestRemindersComeTheEveningBefore(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		now := time.Unix(rapid.Int64Range(1_780_000_000, 1_900_000_000).Draw(t, "now"), 0)
		meeting := now.Add(time.Duration(rapid.Int64Range(0, 20*24*60).Draw(t, "minutes")) * time.Minute)
		at := RemindAt(meeting, now)
		if at.IsZero() {
			if DayOf(now).Add(1) != DayOf(meeting) && DayOf(now) != DayOf(meeting) {
				t.Fatalf("no reminder of %v at %v", meeting, now)
			}
			return
		}
		if at.Before(now) || QuietTime(at) || DayOf(at).Add(1) != DayOf(meeting) {
			t.Fatalf("reminded at %v of %v", at.In(Vietnam), meeting.In(Vietnam))
		}
	})
	if !RemindAt(time.Time{}, time.Now()).IsZero() {
		t.Error("reminded of nothing")
	}
}

func TestQuietTime(t *testing.T) {
	t.Parallel()
	for hour := range 24 {
		at := DayOf(time.Now()).Start().Add(time.Duration(hour) * time.Hour)
		if QuietTime(at) == (hour >= 8 && hour < 21) {
			t.Error(hour)
		}
	}
}

// Needs are written down only while the last word of the person is yes.
func TestNeedsNeedConsent(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		verbs := rapid.SliceOf(rapid.SampledFrom(append(slices.Clone(NeedsVerbs), View, Answer, Take))).Draw(t, "verbs")
		var history []Event
		agreed := false
		for _, v := range verbs {
			history = append(history, Event{Verb: v})
			if slices.Contains(NeedsVerbs, v) {
				agreed = v == NeedsYes || v == NeedsOral
			}
		}
		if got := MayAssess(LastNeeds(history)) == nil; got != agreed {
			t.Fatalf("%v: %v", verbs, got)
		}
	})
}

func TestWordsOfDangerMakeAnUrgentCase(t *testing.T) {
	t.Parallel()
	for _, h := range []HelpContent{{Text: "em bị nhốt"}, {Under18: true}, {Contact: "bị đánh, đừng gọi"}} {
		if !(NewCase{Help: &h}).Urgent() {
			t.Errorf("%+v waits", h)
		}
	}
	if (NewCase{Help: &HelpContent{Text: "xin học nghề"}}).Urgent() {
		t.Error("everything is urgent")
	}
}
