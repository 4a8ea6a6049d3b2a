package cases_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tinbao/cases"
)

// Whatever absences there are: what is meant for somebody ends at one account that is
// there and may, or stays with the person.
func TestDeputy(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, cases.Vietnam)
	rapid.Check(t, func(t *rapid.T) {
		id := rapid.Custom(func(t *rapid.T) cases.StaffID { return cases.StaffID(rapid.IntRange(1, 6).Draw(t, "id")) })
		all := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) cases.Absence {
			since := now.Add(time.Duration(rapid.IntRange(-48, 24).Draw(t, "since")) * time.Hour)
			return cases.Absence{Staff: id.Draw(t, "staff"), StandIn: id.Draw(t, "standin"), Since: since, Until: since.Add(24 * time.Hour)}
		}), 0, 6).Draw(t, "all")
		able := rapid.SliceOf(id).Draw(t, "able")
		who := id.Draw(t, "who")
		got := cases.Deputy(all, who, now, func(s cases.StaffID) bool { return slices.Contains(able, s) })
		_, away := cases.AwayOf(all, who, now)
		if !away && got != who {
			t.Fatalf("%d is there, and %d hears it", who, got)
		}
		if got != who {
			if _, gone := cases.AwayOf(all, got, now); gone || !slices.Contains(able, got) {
				t.Fatalf("%d stands in, away %v, able %v", got, gone, able)
			}
		}
	})
}

func TestDelaysEndInTheFuture(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		now := time.Unix(rapid.Int64Range(1_760_000_000, 1_900_000_000).Draw(t, "now"), 0)
		for _, d := range cases.Delays {
			at := d.From(now)
			if !at.After(now) || at.After(now.AddDate(0, 0, 8)) {
				t.Fatalf("%s from %s: %s", d, now, at)
			}
			if d == cases.NextWeek && at.In(cases.Vietnam).Weekday() != time.Monday {
				t.Fatalf("next week begins on %s", at.In(cases.Vietnam).Weekday())
			}
		}
	})
	monday := time.Date(2026, 11, 23, 10, 0, 0, 0, cases.Vietnam)
	for d, want := range map[cases.Delay]string{
		cases.InAnHour: "23/11 11:00", cases.InFour: "23/11 14:00", cases.Tomorrow: "24/11 08:00", cases.InThreeDay: "26/11 08:00", cases.NextWeek: "30/11 08:00",
	} {
		if got := d.From(monday).In(cases.Vietnam).Format("02/01 15:04"); got != want {
			t.Errorf("%s: %s, want %s", d, got, want)
		}
	}
}

func TestMentions(t *testing.T) {
	t.Parallel()
	staff := []cases.Staff{{ID: 1, Name: "Cô Lan"}, {ID: 2, Name: "Anh Lân"}, {ID: 3, Name: "Nguyễn Thị Hoa"}, {ID: 4, Name: "Hoa"}, {ID: 5, Name: "Chị Đào"}}
	for text, want := range map[string][][]cases.StaffID{
		"không gọi ai":             nil,
		"nhờ @Lan xem":             {{1}},
		"nhờ @lan xem":             {{1}},
		"@LÂN, @Lan":               {{2}, {1}},
		"@anh lan":                 {{2}},
		"@Co Lan":                  {{1}},
		"@Hoa":                     {{4}}, // the whole name goes first
		"@Nguyễn Thị Hoa hỏi giúp": {{3}},
		"@thi hoa":                 {{3}},
		"@dao ơi":                  {{5}},
		"thư a@nguoila.vn":         nil,
		"@Lan @Lan":                {{1}},
		"@":                        nil,
		"@ Lan":                    nil,
		"@La\u0302n":               {{1, 2}}, // marks that follow their letter are read without them
		"@Lan\n@Đào":               {{1}, {5}},
	} {
		var got [][]cases.StaffID
		for _, m := range cases.Mentions(text, staff) {
			got = append(got, m.Of)
		}
		if !slices.EqualFunc(got, want, slices.Equal[[]cases.StaffID]) {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		for _, m := range cases.Mentions(rapid.String().Draw(t, "text"), staff) {
			if len(m.Of) == 0 || m.Name == "" {
				t.Fatalf("%+v", m)
			}
		}
	})
}

// A ready answer tells nothing but a day, a day and the ward, whatever stands in it.
func TestCannedAnswer(t *testing.T) {
	t.Parallel()
	received, due := cases.Day{Year: 2026, Month: 11, Day: 3}, cases.Day{Year: 2026, Month: 11, Day: 17}
	for text, want := range map[string]string{
		"Gửi {ngày_gửi}, hạn {hạn}, {phường}.": "Gửi 03/11/2026, hạn 17/11/2026, phường A.",
		"{ngay_gui} { HAN }": "03/11/2026 17/11/2026",
		"{tổ_dân_phố} {}":    "{tổ_dân_phố} {}",
		"{{hạn}}":            "{17/11/2026}",
	} {
		if got := (cases.Canned{Text: text}).Fill(received, due, "phường A"); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	for text, want := range map[string]string{"a {hạn}": "", "{tổ_dân_phố}": "tổ_dân_phố", "không có": ""} {
		if got := cases.UnknownName(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestRatings(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		r      cases.Ratings
		tenths int
		shown  bool
	}{
		{cases.Ratings{}, 0, false},
		{cases.Ratings{N: 4, Stars: 20}, 50, false},
		{cases.Ratings{N: 5, Stars: 21}, 42, true},
		{cases.Ratings{N: 6, Stars: 25}, 42, true},
	} {
		if c.r.Tenths() != c.tenths || c.r.Shown() != c.shown {
			t.Errorf("%+v: %d %v", c.r, c.r.Tenths(), c.r.Shown())
		}
	}
	ended := time.Date(2026, 11, 24, 9, 0, 0, 0, cases.Vietnam)
	for _, c := range []struct {
		status cases.Status
		after  time.Duration
		before int
		may    bool
	}{
		{cases.Closed, time.Hour, 0, true},
		{cases.Closed, 31 * 24 * time.Hour, 0, false},
		{cases.Closed, time.Hour, cases.ReopenAsks, false},
		{cases.Withdrawn, time.Hour, 0, false},
		{cases.Verifying, time.Hour, 0, false},
	} {
		if got := cases.MayAskAgain(cases.ReportStream, c.status, false, ended, ended.Add(c.after), c.before); got != c.may {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

// The next step of every status exists in the table, and who may not see a case is
// never among those who can be called to it.
func TestNextStepsExist(t *testing.T) {
	t.Parallel()
	for _, stream := range []cases.Stream{cases.ReportStream, cases.HelpStream} {
		for _, s := range cases.Waiting(stream) {
			verb := cases.NextStep(stream, s)
			if _, err := cases.Next(stream, s, verb, false); err != nil {
				t.Errorf("%s %s: %q: %v", stream, s, verb, err)
			}
		}
	}
	if cases.MaySee(cases.Police, cases.HelpStream, true) || cases.MaySee(cases.Police, cases.ReportStream, false) || cases.MaySee(cases.Leader, cases.HelpStream, true) {
		t.Error("over the wall")
	}
}
