package cases_test

import (
	"crypto/rand"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tinbao/cases"
)

func TestReceiptFindsEveryTypingSlip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r, err := cases.NewReceipt(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		shown := r.String()
		typed := rapid.SampledFrom([]string{shown, strings.ToLower(shown), strings.ReplaceAll(shown, "-", " "), " " + shown + "\n"}).Draw(t, "typed")
		if back, err := cases.ParseReceipt(typed); err != nil || back != r {
			t.Fatalf("%q read as %q, %v", typed, back, err)
		}
		at := rapid.IntRange(0, len(r)-1).Draw(t, "at")
		other := rapid.SampledFrom([]byte(cases.ReceiptAlphabet)).Draw(t, "other")
		wrong := []byte(r)
		if wrong[at] == other {
			return
		}
		wrong[at] = other
		if _, err := cases.ParseReceipt(string(wrong)); cases.TextOf(err) != "receipt.notfound" {
			t.Fatalf("wrong symbol at %d not found: %v", at, err)
		}
	})
}

func TestReceiptFindsSwaps(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r, _ := cases.NewReceipt(rand.Reader)
		i := rapid.IntRange(0, len(r)-2).Draw(t, "i")
		b := []byte(r)
		if b[i] == b[i+1] {
			return
		}
		b[i], b[i+1] = b[i+1], b[i]
		if _, err := cases.ParseReceipt(string(b)); err == nil {
			t.Fatalf("swap at %d not found in %s", i, r)
		}
	})
}

func TestReceiptRejects(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "ABC", strings.Repeat("2", 19), "000000-000000-000000", "ĐĐĐĐĐĐ-ĐĐĐĐĐĐ-ĐĐĐĐĐĐ", "\x00"} {
		if _, err := cases.ParseReceipt(s); cases.KindOf(err) != cases.Invalid {
			t.Errorf("%q: %v", s, err)
		}
	}
}

func TestNumber(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"PA-26-0042": "PA-26-0042", "pa 26 42": "PA-26-0042", "42": "PA-26-0042", "26-42": "PA-26-0042",
		"HT-27-7": "HT-27-0007", "ht7": "HT-26-0007", " 12345 ": "PA-26-12345",
	} {
		n, err := cases.ParseNumber(in, cases.ReportStream, 2026)
		if err != nil || n.String() != want {
			t.Errorf("%q: %v, %v; want %s", in, n, err, want)
		}
	}
	for _, in := range []string{"", "0", "PA", "PA-26-", "XX-26-1", "1; drop", "99999999999"} {
		if n, err := cases.ParseNumber(in, cases.ReportStream, 2026); err == nil {
			t.Errorf("%q read as %v", in, n)
		}
	}
}

// Whatever staff do, in any order, a case never leaves the declared statuses,
// and the police never hold a report that was neither classified nor urgent.
func TestLifeOfReport(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		urgent := rapid.Bool().Draw(t, "urgent")
		status, classified := cases.Received, false
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			verbs := cases.Steps(cases.ReportStream, status, urgent)
			if len(verbs) == 0 {
				if status != cases.Withdrawn {
					t.Fatalf("no way on from %s", status)
				}
				return
			}
			verb := rapid.SampledFrom(verbs).Draw(t, "verb")
			next, err := cases.Next(cases.ReportStream, status, verb, urgent)
			if err != nil {
				t.Fatalf("%s offered from %s but refused: %v", verb, status, err)
			}
			classified = classified || next == cases.Classified
			if next == cases.Forwarded && !classified && !urgent && status != cases.Returned {
				t.Fatalf("forwarded from %s without classification", status)
			}
			status = next
		}
	})
}

func TestStepsOutsideTheTableAreRefused(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from   cases.Status
		verb   cases.Verb
		urgent bool
		ok     bool
	}{
		{cases.Received, cases.Forward, false, false},
		{cases.Received, cases.Forward, true, true},
		{cases.Received, cases.Classify, false, false},
		{cases.Verified, cases.Classify, false, true},
		{cases.Classified, cases.Forward, false, true},
		{cases.Forwarded, cases.Verify, false, false},
		{cases.Forwarded, cases.Verify, true, true},
		{cases.Closed, cases.Reopen, false, true},
		{cases.Closed, cases.Forward, true, false},
		{cases.Withdrawn, cases.Answer, true, false},
	} {
		_, err := cases.Next(cases.ReportStream, c.from, c.verb, c.urgent)
		if (err == nil) != c.ok {
			t.Errorf("%s from %s (urgent %v): %v", c.verb, c.from, c.urgent, err)
		}
	}
}

func TestWallInRights(t *testing.T) {
	t.Parallel()
	for _, r := range []cases.Right{cases.ReadHelp, cases.WorkHelp} {
		for _, role := range []cases.Role{cases.Police, cases.Admin, cases.Clerk, cases.Observer, cases.Leader} {
			if role.May(r) {
				t.Errorf("%s must not have %s", role, r)
			}
		}
	}
	if cases.Admin.MayAny(cases.ReadReports, cases.WorkReports, cases.PoliceReports, cases.SeeFigures) {
		t.Error("an admin sees accounts and no content")
	}
	for _, role := range cases.Roles {
		if len(cases.RightsTable[role]) == 0 {
			t.Errorf("%s may do nothing", role)
		}
	}
}

func TestBlurMovesLessThanTheCellAndHidesTheRest(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := cases.Place{Lat: rapid.Float64Range(20, 22).Draw(t, "lat"), Lon: rapid.Float64Range(105, 107).Draw(t, "lon")}
		b := p.Blur()
		dy := math.Abs(p.Lat-b.Lat) * 111_320
		dx := math.Abs(p.Lon-b.Lon) * 111_320 * math.Cos(p.Lat*math.Pi/180)
		if dx > 52 || dy > 52 {
			t.Fatalf("moved by %.0f m, %.0f m", dx, dy)
		}
		if again := b.Blur(); math.Abs(again.Lat-b.Lat) > 2e-5 || math.Abs(again.Lon-b.Lon) > 2e-5 {
			t.Fatalf("not a fixed point: %v %v", b, again)
		}
	})
}

func at(s string) time.Time {
	v, err := time.ParseInLocation("2006-01-02 15:04", s, cases.Vietnam)
	if err != nil {
		panic(err)
	}
	return v
}

func TestClocks(t *testing.T) {
	t.Parallel()
	c := cases.Holidays()
	for _, k := range []struct {
		name string
		got  time.Time
		want string
	}{
		{"3 working days over a weekend", c.AfterWorkingDays(at("2026-06-04 10:00"), 3), "2026-06-10 00:00"},
		{"over Tết 2026", c.AfterWorkingDays(at("2026-02-13 16:00"), 1), "2026-02-24 00:00"},
		{"Giỗ Tổ on a Sunday, day off in lieu", c.AfterWorkingDays(at("2026-04-24 16:00"), 1), "2026-04-29 00:00"},
		{"20 days, rolled over a Sunday", c.AfterDays(at("2026-06-01 08:00"), 20), "2026-06-23 00:00"},
		{"Tết 2030 begins one day before China's", c.AfterDays(at("2030-01-30 08:00"), 3), "2030-02-09 00:00"},
	} {
		if !k.got.Equal(at(k.want)) {
			t.Errorf("%s: %s, want %s", k.name, k.got.In(cases.Vietnam), k.want)
		}
	}
}

func TestUrgentClockRunsAtNight(t *testing.T) {
	t.Parallel()
	s := cases.Standing{Stream: cases.ReportStream, Status: cases.Received, Urgent: true, Since: at("2026-02-16 23:00")}
	if got, ok := cases.DefaultClocks.Running(cases.Holidays(), s); !ok || !got.Due.Equal(at("2026-02-17 23:00")) {
		t.Errorf("urgent limit %s", got.Due)
	}
	s.Status = cases.Closed
	if _, ok := cases.DefaultClocks.Running(cases.Holidays(), s); ok {
		t.Error("a closed case has no limit")
	}
}

func TestRatio(t *testing.T) {
	t.Parallel()
	for want, r := range map[string]cases.Ratio{"": {0, 0}, "0%": {0, 7}, "66,7%": {2, 3}, "100%": {9, 9}, "33,3%": {1, 3}, "12,5%": {1, 8}} {
		if r.Percent() != want {
			t.Errorf("%v: %q, want %q", r, r.Percent(), want)
		}
	}
	f := cases.Tally{Received: 10, OutOfScope: 2, Verified: 6, Classified: 4, Forwarded: 2}
	_, v, _, _, on := f.Ratios()
	if v != (cases.Ratio{Part: 6, Whole: 8}) || on.Percent() != "100%" {
		t.Errorf("ratios: %v %v", v, on)
	}
}

func TestErrorsKeepKindThroughWrapping(t *testing.T) {
	t.Parallel()
	err := errors.Join(errors.New("reading"), cases.Fail(cases.Conflict, ""))
	if cases.KindOf(err) != cases.Conflict || cases.TextOf(err) != "error.conflict" {
		t.Errorf("%v %s", cases.KindOf(err), cases.TextOf(err))
	}
	if cases.TextOf(errors.New("pq: secret")) != "error.internal" {
		t.Error("a foreign error must be internal")
	}
}

func TestListsHoldEachOnce(t *testing.T) {
	t.Parallel()
	if n := len(slices.Compact(slices.Sorted(slices.Values(cases.Services)))); n != 7 {
		t.Errorf("the plan has seven services, found %d", n)
	}
	if !cases.CrimeNews.Criminal() || cases.Feedback.Criminal() || !cases.Minor.Urgent() || cases.Suggestion.Urgent() {
		t.Error("flags of kinds and concerns")
	}
}

func TestWhatWaitsCanBeTaken(t *testing.T) {
	t.Parallel()
	for _, stream := range []cases.Stream{cases.ReportStream, cases.HelpStream} {
		for _, s := range cases.Waiting(stream) {
			if _, err := cases.Next(stream, s, cases.Take, false); err != nil {
				t.Errorf("%s: %s is handed out and cannot be taken", stream, s)
			}
		}
	}
}
