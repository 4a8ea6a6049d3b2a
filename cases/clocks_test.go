package cases_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tinbao/cases"
)

// Rule, source and end of every default limit, by the calendar.
func TestEveryDefaultLimit(t *testing.T) {
	t.Parallel()
	monday := at("2026-11-23 09:00")
	for _, k := range []struct {
		key    cases.ClockKey
		stream cases.Stream
		status cases.Status
		urgent bool
		kind   cases.Kind
		want   string
	}{
		{cases.ClockReceive, cases.ReportStream, cases.Received, false, "", "2026-11-24 10:00"},
		{cases.ClockReceiveUrgent, cases.ReportStream, cases.Received, true, "", "2026-11-23 15:00"},
		{cases.ClockForward, cases.ReportStream, cases.Verifying, true, "", "2026-11-24 09:00"},
		{cases.ClockVerify, cases.ReportStream, cases.Returned, false, "", "2026-11-27 00:00"},
		{cases.ClockClassify, cases.ReportStream, cases.Verified, false, "", "2026-12-01 00:00"},
		{cases.ClockRespond, cases.ReportStream, cases.Classified, false, cases.Feedback, "2026-12-08 00:00"},
		{cases.ClockRespond, cases.ReportStream, cases.Resolved, true, cases.CrimeNews, "2026-12-08 00:00"},
		{cases.ClockCrime, cases.ReportStream, cases.InHandling, false, cases.CrimeReport, "2026-12-15 00:00"}, // 13/12 is a Sunday
		{cases.ClockDenounce, cases.ReportStream, cases.Classified, false, cases.Denunciation, "2026-12-03 00:00"},
		{cases.ClockComplaint, cases.ReportStream, cases.Classified, false, cases.Complaint, "2026-12-04 00:00"},
		{cases.ClockHelp, cases.HelpStream, cases.Received, false, "", "2026-11-27 00:00"},
		{cases.ClockHelpUrgent, cases.HelpStream, cases.Received, true, "", "2026-11-24 09:00"},
		{"", cases.ReportStream, cases.NeedInfo, false, "", ""},
		{"", cases.HelpStream, cases.Assessed, false, "", ""},
		{"", cases.ReportStream, cases.Withdrawn, true, "", ""},
	} {
		got, ok := cases.DefaultClocks.Running(cases.Holidays(), cases.Standing{Stream: k.stream, Status: k.status, Urgent: k.urgent, Kind: k.kind, Since: monday})
		if got.Key != k.key || ok != (k.want != "") || ok && !got.Due.Equal(at(k.want)) {
			t.Errorf("%s of %s: %s until %s, want %s until %s", k.status, k.stream, got.Key, got.Due.In(cases.Vietnam), k.key, k.want)
		}
	}
}

// At night and at Tết an urgent case does not wait for the office to open.
func TestUrgentTakesTheEarlierEnd(t *testing.T) {
	t.Parallel()
	for since, want := range map[string]string{"2026-02-16 23:00": "2026-02-17 23:00", "2026-11-23 16:00": "2026-11-24 11:00"} {
		got, _ := cases.DefaultClocks.Running(cases.Holidays(), cases.Standing{Stream: cases.ReportStream, Status: cases.Received, Urgent: true, Since: at(since)})
		if !got.Due.Equal(at(want)) {
			t.Errorf("%s: %s", since, got.Due.In(cases.Vietnam))
		}
	}
}

func TestWorkingHours(t *testing.T) {
	t.Parallel()
	c := cases.Holidays()
	for _, k := range []struct {
		from  string
		hours int
		want  string
	}{
		{"2026-11-23 08:00", 3, "2026-11-23 11:00"},
		{"2026-11-23 11:00", 1, "2026-11-23 14:00"}, // the lunch break does not count
		{"2026-11-23 12:00", 1, "2026-11-23 14:30"},
		{"2026-11-23 16:00", 1, "2026-11-23 17:00"},
		{"2026-11-27 16:30", 1, "2026-11-30 08:30"}, // over a weekend
		{"2026-02-13 16:00", 8, "2026-02-23 17:00"}, // over Tết
	} {
		if got := c.AfterWorking(at(k.from), time.Duration(k.hours)*time.Hour); !got.Equal(at(k.want)) {
			t.Errorf("%d hours from %s: %s, want %s", k.hours, k.from, got.In(cases.Vietnam), k.want)
		}
	}
	c = c.With(cases.CalendarRow{Day: cases.Day{Year: 2026, Month: 11, Day: 28}, Kind: cases.WorkingWeekend})
	if got := c.AfterWorking(at("2026-11-27 16:30"), time.Hour); !got.Equal(at("2026-11-28 08:30")) {
		t.Errorf("a worked Saturday: %s", got.In(cases.Vietnam))
	}
	hours, err := cases.ParseHours("07:30-11:30, 13:00-17:00")
	if err != nil {
		t.Fatal(err)
	}
	c.Hours = hours
	if got := c.AfterWorking(at("2026-11-23 07:00"), 5*time.Hour); !got.Equal(at("2026-11-23 14:00")) {
		t.Errorf("own hours: %s", got.In(cases.Vietnam))
	}
	for _, wrong := range []string{"", "8-9", "09:00-08:00", "08:00-12:00,11:00-17:00", "08:00", "08:00-25:00"} {
		if h, err := cases.ParseHours(wrong); err == nil {
			t.Errorf("%q is read as %v", wrong, h)
		}
	}
}

func drawTime(t *rapid.T, name string) time.Time {
	return at("2026-01-01 00:00").Add(time.Duration(rapid.IntRange(0, 4*365*24*60).Draw(t, name)) * time.Minute)
}

// Counting forth and measuring back agree, and the end is never outside the office.
func TestWorkingTimeAgrees(t *testing.T) {
	t.Parallel()
	c := cases.Holidays()
	rapid.Check(t, func(t *rapid.T) {
		from := drawTime(t, "from")
		d := time.Duration(rapid.IntRange(1, 100*60).Draw(t, "minutes")) * time.Minute
		end := c.AfterWorking(from, d)
		if got := c.OpenBetween(from, end); got != d {
			t.Fatalf("%s after %s is %s, which is %s later", d, from, end, got)
		}
		if !c.IsWorking(cases.DayOf(end)) {
			t.Fatalf("ends on a day off: %s", end)
		}
		if more := c.AfterWorking(from, d+time.Minute); !more.After(end) {
			t.Fatal("more time ends earlier")
		}
	})
}

var allTypes = rapid.SampledFrom(cases.ClockTypes)

// A limit counted in days ends at midnight after a working day, one of more time never
// ends earlier, and a later beginning never brings an earlier end.
func TestLimitsAreMonotone(t *testing.T) {
	t.Parallel()
	c := cases.Holidays()
	rapid.Check(t, func(t *rapid.T) {
		r := cases.ClockRule{Type: allTypes.Draw(t, "type"), Amount: rapid.IntRange(1, 60).Draw(t, "amount")}
		from := drawTime(t, "from")
		due := r.Due(c, from)
		if !due.After(from) {
			t.Fatalf("due %s is not after %s", due, from)
		}
		if days := r.Type == cases.CalendarDays || r.Type == cases.WorkingDays; days && (!due.Equal(cases.DayOf(due).Start()) || !c.IsWorking(cases.DayOf(due).Add(-1))) {
			t.Fatalf("%s ends at %s", r.Type, due)
		}
		if later := r.Due(c, from.Add(time.Hour)); later.Before(due) {
			t.Fatalf("an hour later ends at %s, not %s", later, due)
		}
		r.Amount++
		if more := r.Due(c, from); more.Before(due) {
			t.Fatalf("one more ends at %s, not %s", more, due)
		}
	})
}

// A pause never takes time away, adds about as much as it was long, and does not move a
// limit that was over; an extension always gives time.
func TestPausesAndExtensionsGiveTime(t *testing.T) {
	t.Parallel()
	c := cases.Holidays()
	rapid.Check(t, func(t *rapid.T) {
		r := cases.ClockRule{Type: allTypes.Draw(t, "type"), Amount: rapid.IntRange(1, 30).Draw(t, "amount")}
		from := drawTime(t, "from")
		due := r.Due(c, from)
		p := cases.Pause{From: from.Add(time.Duration(rapid.IntRange(0, 40*24).Draw(t, "after")) * time.Hour)}
		p.To = p.From.Add(time.Duration(rapid.IntRange(0, 20*24).Draw(t, "for")) * time.Hour)
		got := r.Type.Paused(c, due, p)
		switch {
		case got.Before(due):
			t.Fatalf("a pause moved %s to %s", due, got)
		case !p.From.Before(due) && !got.Equal(due):
			t.Fatalf("a limit that was over moved from %s to %s", due, got)
		case p.From.Before(due) && r.Type == cases.RunningHours && got.Sub(due) != p.To.Sub(p.From):
			t.Fatalf("running hours moved by %s", got.Sub(due))
		case p.From.Before(due) && r.Type == cases.WorkingHours && p.To.After(p.From) && c.OpenBetween(p.To, got) != c.OpenBetween(p.From, due):
			t.Fatalf("working hours left %s, had %s", c.OpenBetween(p.To, got), c.OpenBetween(p.From, due))
		case p.From.Before(due) && p.To.After(p.From) && (r.Type == cases.CalendarDays || r.Type == cases.WorkingDays) && !got.After(p.To):
			t.Fatalf("nothing is left at the end of a pause until %s: %s", p.To, got)
		}
		now, days := drawTime(t, "now"), rapid.SampledFrom(cases.ExtendDays).Draw(t, "days")
		if more := r.Type.Extended(c, due, now, days); !more.After(due) || !more.After(now) && now.After(due) {
			t.Fatalf("%d days more than %s at %s is %s", days, due, now, more)
		}
	})
}

// The marks of a limit stand in order, and each is reached once.
func TestMarksStandInOrder(t *testing.T) {
	t.Parallel()
	c := cases.Holidays()
	rapid.Check(t, func(t *rapid.T) {
		r := cases.ClockRule{Type: allTypes.Draw(t, "type"), Amount: rapid.IntRange(1, 30).Draw(t, "amount")}
		from := drawTime(t, "from")
		due, last := r.Due(c, from), from
		for _, m := range cases.ReminderMarks {
			mark := r.Type.Mark(c, from, due, m)
			if mark.Before(last) || mark.After(due) {
				t.Fatalf("%d%% of %s – %s is %s", m, from, due, mark)
			}
			if got := r.Type.Reached(c, from, due, mark); got < m {
				t.Fatalf("at %s %d%% is reached, want %d%%", mark, got, m)
			}
			last = mark
		}
		if got := r.Type.Reached(c, from, due, from); got != 0 {
			t.Fatalf("%d%% at the beginning", got)
		}
		if got := r.Type.Reached(c, from, due, due.Add(time.Hour)); got != 100 {
			t.Fatalf("%d%% after the end", got)
		}
	})
}

// Half of three working days is no Saturday.
func TestMarksOfWorkingTimeFallIntoOfficeHours(t *testing.T) {
	t.Parallel()
	c := cases.Holidays()
	from := at("2026-11-26 16:00") // a Thursday
	due := c.AfterWorkingDays(from, 2)
	if got := cases.WorkingDays.Mark(c, from, due, 50); !got.Equal(at("2026-11-27 16:30")) {
		t.Errorf("half: %s", got.In(cases.Vietnam))
	}
	if got := cases.RunningHours.Mark(c, from, from.Add(10*time.Hour), 80); !got.Equal(at("2026-11-27 00:00")) {
		t.Errorf("80%%: %s", got.In(cases.Vietnam))
	}
}

func TestQuietAndDigestTime(t *testing.T) {
	t.Parallel()
	for when, want := range map[string][2]bool{ // quiet, digest
		"2026-11-23 06:59": {true, false}, "2026-11-23 07:00": {false, false}, "2026-11-23 07:29": {false, false}, "2026-11-23 07:30": {false, true},
		"2026-11-23 08:59": {false, true}, "2026-11-23 09:00": {false, false}, "2026-11-23 20:59": {false, false}, "2026-11-23 21:00": {true, false},
		"2026-11-22 07:30": {false, false}, "2026-09-02 08:00": {false, false},
	} {
		if got := [2]bool{cases.Quiet(at(when)), cases.DigestTime(cases.Holidays(), at(when))}; got != want {
			t.Errorf("%s: %v, want %v", when, got, want)
		}
	}
}

// Each year has the eleven public holidays of Bộ luật Lao động 2019 Đ.112, and a day in
// lieu for each that falls on a day of rest.
func TestHolidaysOfTheLaw(t *testing.T) {
	t.Parallel()
	for year := cases.FirstYear; year <= cases.LastYear; year++ {
		var holidays, lieu, resting int
		for _, r := range cases.RowsOf(year) {
			switch wd := r.Day.Start().Weekday(); r.Kind {
			case cases.CompensatoryOff:
				lieu++
				if wd == time.Saturday || wd == time.Sunday {
					t.Errorf("%v is a day off in lieu and a day of rest", r.Day)
				}
			default:
				holidays++
				if wd == time.Saturday || wd == time.Sunday {
					resting++
				}
			}
		}
		if holidays != 11 || lieu != resting {
			t.Errorf("%d: %d holidays, %d of them on days of rest, %d days in lieu", year, holidays, resting, lieu)
		}
	}
}

func TestWardSaysWhatADayIs(t *testing.T) {
	t.Parallel()
	day := func(m time.Month, d int) cases.Day { return cases.Day{Year: 2026, Month: m, Day: d} }
	said := []cases.CalendarRow{{day(11, 24), cases.Holiday}, {day(11, 28), cases.WorkingWeekend}, {day(9, 1), cases.Ordinary}}
	c := cases.Holidays().With(said...)
	if c.IsWorking(day(11, 24)) || !c.IsWorking(day(11, 28)) || !c.IsWorking(day(9, 1)) || !cases.Holidays().IsWorking(day(11, 24)) {
		t.Error("the ward's days do not count, or count for everybody")
	}
	rows := cases.RowsOf(2026, said...)
	if slices.ContainsFunc(rows, func(r cases.CalendarRow) bool { return r.Day == day(9, 1) }) || len(rows) != len(cases.RowsOf(2026))+1 {
		t.Errorf("%v", rows)
	}
	for _, wrong := range []cases.CalendarRow{{day(11, 24), cases.WorkingWeekend}, {day(2, 30), cases.Holiday}, {day(11, 24), "feast"}} {
		if wrong.MayBe() == nil {
			t.Errorf("%v may be", wrong)
		}
	}
}
