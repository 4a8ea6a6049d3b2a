package staffcmds_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"tinbao/bot"
	"tinbao/cases"
	"tinbao/locale"
	"tinbao/staffcmds"
)

// timekeeping is what a ward says of limits and days off.
type timekeeping struct {
	said     []cases.CalendarRow
	checks   map[int]time.Time
	versions []cases.ClockVersion
}

func (f *fake) CalendarYear(_ context.Context, year int) (cases.CalendarYear, error) {
	y := cases.CalendarYear{Year: year, Rows: cases.RowsOf(year, f.times.said...), Checked: f.times.checks[year]}
	if !y.Checked.IsZero() {
		y.By = "Ông Khôi"
	}
	return y, f.fault
}

func (f *fake) SetDay(_ context.Context, _ cases.StaffID, row cases.CalendarRow) error {
	if err := row.MayBe(); err != nil {
		return err
	}
	f.times.said = append(f.times.said, row)
	delete(f.times.checks, row.Day.Year)
	return f.fault
}

func (f *fake) CheckYear(_ context.Context, _ cases.StaffID, year int) error {
	if f.times.checks == nil {
		f.times.checks = map[int]time.Time{}
	}
	f.times.checks[year] = f.now
	return f.fault
}

func (f *fake) Clocks(context.Context) (cases.Clocks, error) {
	return cases.DefaultClocks.With(f.times.versions...), f.fault
}

func (f *fake) SetClock(_ context.Context, _ cases.StaffID, key cases.ClockKey, kind cases.ClockType, amount int, verified bool) error {
	v := cases.ClockVersion{Key: key, Type: kind, Amount: amount}
	if err := v.MayBe(); err != nil {
		return err
	}
	if verified {
		v.VerifiedBy = "Ông Khôi"
	}
	f.times.versions = append(slices.DeleteFunc(f.times.versions, func(v cases.ClockVersion) bool { return v.Key == key }), v)
	return f.fault
}

// screen is what a press shows, apart from the answer to the press itself.
func (w *ward) screen(chat int64, action string) call {
	w.t.Helper()
	for _, c := range w.taps(chat, action) {
		if c.method != "answerCallbackQuery" {
			return c
		}
	}
	return call{}
}

// Every value put into a key has its text.
func TestTextsOfClocks(t *testing.T) {
	t.Parallel()
	families(t, "calendar.kind.", cases.DayKinds)
	families(t, "clocks.", cases.ClockTypes)
	families(t, "clocks.type.", cases.ClockTypes)
	for _, r := range cases.DefaultClocks {
		needs(t, "clock."+string(r.Key))
		if r.Source == "" || r.VerifiedBy != "" {
			t.Errorf("%s: source %q, verified by %q", r.Key, r.Source, r.VerifiedBy)
		}
	}
	needs(t, "clock.remind.0", "clock.over", "clock.over.help", "staff.extended.help", "staff.extended",
		"digest.work", "digest.police", "digest.watch", "digest.figures", "verb.run_on", "verb.extend")
	for i := range 7 {
		needs(t, "calendar.weekday."+string(rune('0'+i)))
	}
}

// The leader sets a day by year, month and day; an officer sees it and changes nothing.
func TestLeaderSetsTheCalendar(t *testing.T) {
	t.Parallel()
	w := setup(t)
	leader, worker := chatOf(cases.Leader), chatOf(cases.Officer)
	year := w.screen(leader, "lich|2027")
	if !strings.Contains(year.text, "05/02–09/02") || !strings.Contains(year.text, "Chưa đối chiếu") || !slices.Contains(year.actions, "lich|2027|them") {
		t.Fatalf("%+v", year)
	}
	if got := w.screen(leader, "lich|2027|them"); len(got.actions) != 13 {
		t.Errorf("%+v", got)
	}
	if got := w.screen(leader, "lich|2027|2"); len(got.actions) != 29 || !slices.Contains(got.labels, "✓ 5") {
		t.Errorf("%+v", got)
	}
	if got := w.screen(leader, "lich|2027|2|20"); !strings.Contains(got.text, "Thứ Bảy, 20/02/2027") || !slices.Contains(got.actions, "lich|2027|2|20|working_weekend") {
		t.Errorf("%+v", got)
	}
	if got := w.screen(leader, "lich|2027|2|22"); slices.Contains(got.actions, "lich|2027|2|22|working_weekend") {
		t.Errorf("a Monday is offered as a worked weekend: %+v", got)
	}
	w.taps(leader, "lich|2027|dung")
	if got := w.screen(worker, "lich|2027"); !strings.Contains(got.text, "Ông Khôi đã đối chiếu") || slices.Contains(got.actions, "lich|2027|them") {
		t.Errorf("%+v", got)
	}
	w.taps(leader, "lich|2027|2|20|working_weekend")
	w.taps(worker, "lich|2027|2|22|holiday")
	got := w.screen(worker, "lich|2027")
	if !strings.Contains(got.text, "Làm bù: 20/02") || !strings.Contains(got.text, "Chưa đối chiếu") || strings.Contains(got.text, "22/02") {
		t.Errorf("%+v", got)
	}
	for _, wrong := range []string{"lich|2027|2|30|holiday", "lich|2027|2|22|working_weekend", "lich|2027|13", "lich|2027|x|y|z", "lich|2027|2|22|feast"} {
		before := len(w.times.said)
		if w.taps(leader, wrong); len(w.times.said) != before {
			t.Errorf("%s was taken for a day", wrong)
		}
	}
}

// Nothing is kept before it is said whether the number was compared with its source.
func TestLeaderSetsALimit(t *testing.T) {
	t.Parallel()
	w := setup(t)
	leader, worker := chatOf(cases.Leader), chatOf(cases.Officer)
	w.taps(leader, "thoihan|verify|working_days|4")
	w.taps(worker, "thoihan|verify|working_days|4|dung")
	w.taps(leader, "thoihan|verify|working_days|0|dung")
	w.taps(leader, "thoihan|verify|feast|4|dung")
	w.taps(leader, "thoihan|verify|working_days|4|x")
	if len(w.times.versions) != 0 {
		t.Fatalf("%+v", w.times.versions)
	}
	if got := w.screen(leader, "thoihan|verify|working_days|4|dung"); !strings.Contains(got.text, "<b>Xác minh</b>: 4 ngày làm việc. Mục tiêu nội bộ của phường ✅ Ông Khôi đã kiểm tra") {
		t.Errorf("%+v", got)
	}
}

// An extension wants days and words, which stay among staff; the leader is told.
func TestExtension(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.report(func(c *cases.Case) { c.Status = cases.Verifying })
	if got := w.says(officer, "/giahan 1")[0]; !slices.Contains(got.labels, "5 ngày") {
		t.Fatalf("%+v", got)
	}
	got := w.says(officer, "/giahan 1 5 chờ trả lời của phường bạn")
	last := w.cases[0].History[len(w.cases[0].History)-1]
	if last.Verb != cases.Extend {
		t.Fatalf("%+v", w.cases[0].History)
	}
	told := texts(got, chatOf(cases.Leader))
	if !strings.Contains(told, "PA-26-0001") || strings.Contains(told, "chờ trả lời") {
		t.Errorf("the leader reads %q", told)
	}
	w.help(nil)
	if told := texts(w.says(officer, "/giahan HT-26-1 3 còn chờ cơ sở"), chatOf(cases.Leader)); strings.Contains(told, "HT-") || told == "" {
		t.Errorf("the leader reads %q of a request for help", told)
	}
}

// Whoever has the case is reminded, or the desk; the police of what they hold; the leader
// once it is over, and of help without a number.
func TestWhoIsReminded(t *testing.T) {
	t.Parallel()
	w := setup(t)
	number := func(s cases.Stream) cases.Number { return cases.Number{Stream: s, Year: 2026, Seq: 1} }
	for _, k := range []struct {
		name   string
		m      cases.Reminder
		roles  []cases.Role
		nobody []cases.Role
	}{
		{"nobody has it", cases.Reminder{Number: number(cases.ReportStream), Percent: 50}, []cases.Role{cases.Officer}, []cases.Role{cases.Leader, cases.Police, cases.Admin}},
		{"the police have it", cases.Reminder{Number: number(cases.ReportStream), Percent: 80, Police: true}, []cases.Role{cases.Police}, []cases.Role{cases.Officer, cases.Leader}},
		{"over", cases.Reminder{Number: number(cases.ReportStream), Percent: 100}, []cases.Role{cases.Officer, cases.Leader}, []cases.Role{cases.Police}},
		{"help over", cases.Reminder{Number: number(cases.HelpStream), Percent: 100}, []cases.Role{cases.Officer, cases.Health, cases.Leader}, []cases.Role{cases.Police, cases.Admin}},
	} {
		got := staffcmds.Remind(w.staff, k.m)
		for _, role := range k.roles {
			if !slices.ContainsFunc(got, func(r bot.Reply) bool { return r.Chat == chatOf(role) }) {
				t.Errorf("%s: %s is not told", k.name, role)
			}
		}
		for _, role := range k.nobody {
			if slices.ContainsFunc(got, func(r bot.Reply) bool { return r.Chat == chatOf(role) }) {
				t.Errorf("%s: %s is told", k.name, role)
			}
		}
		for _, r := range got {
			if !r.Protect || r.Chat == chatOf(cases.Leader) && k.m.Number.Stream == cases.HelpStream && (r.Lines[0].Args != nil || r.Buttons != nil) {
				t.Errorf("%s: %+v", k.name, r)
			}
		}
	}
	one := staffcmds.Remind(w.staff, cases.Reminder{Number: number(cases.ReportStream), Percent: 50, Holder: cases.StaffID(officer)})
	if len(one) != 1 || one[0].Chat != officer {
		t.Errorf("%+v", one)
	}
}

// The digest holds numbers of the person's own streams, and a way to each queue that
// holds something.
func TestDigestOfEveryRole(t *testing.T) {
	t.Parallel()
	w := setup(t)
	for _, s := range w.staff {
		var list []cases.Digest
		for _, stream := range s.Role.DigestStreams() {
			list = append(list, cases.Digest{Stream: stream, Fresh: 3, Mine: 2, Today: 1, Overdue: 4, Open: 9})
		}
		if police := s.Role == cases.Police; police && len(list) != 1 || s.Role == cases.Admin && list != nil {
			t.Fatalf("%s: %+v", s.Role, list)
		}
		reply := staffcmds.Digest(s, list)
		for _, b := range slices.Concat(reply.Buttons...) {
			if s.Role == cases.Observer || s.Role == cases.Clerk || strings.Contains(b.Do, "help") && !s.Role.May(cases.WorkHelp) {
				t.Errorf("%s may press %s", s.Role, b.Do)
			}
			if len(b.Do) > maxAction {
				t.Errorf("%s is too long", b.Do)
			}
		}
		for _, line := range reply.Lines {
			if !(locale.Catalogue{}).Has(line.Key) {
				t.Errorf("no text %s", line.Key)
			}
		}
	}
}
