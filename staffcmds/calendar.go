package staffcmds

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"tinbao/bot"
	"tinbao/cases"
)

// Timekeeping is what the ward says of limits and days off.
type Timekeeping interface {
	CalendarYear(ctx context.Context, year int) (cases.CalendarYear, error)
	SetDay(ctx context.Context, by cases.StaffID, row cases.CalendarRow) error
	CheckYear(ctx context.Context, by cases.StaffID, year int) error
	Clocks(ctx context.Context) (cases.Clocks, error)
	SetClock(ctx context.Context, by cases.StaffID, key cases.ClockKey, kind cases.ClockType, amount int, verified bool) error
}

// The words of the arguments of /lich besides numbers.
const (
	pickMonth = "them" // choose a month
	checked   = "dung" // compared with the source
)

// calendar shows the days off of a year; the leader sets them: month, day, what it is.
func calendar() Command {
	return Command{
		Name: "lich", Aliases: []string{"calendar"}, Help: "cmd.lich", Args: "usage.calendar",
		Rights: []cases.Right{cases.ReadReports, cases.SetClocks},
		Run: func(ctx context.Context, st Store, r *bot.Request, args []string) error {
			p := almanac{st: st, r: r, edits: r.Staff.Role.May(cases.SetClocks), year: cases.DayOf(st.Now()).Year}
			if len(args) > 0 {
				if n, err := strconv.Atoi(args[0]); err == nil && n >= cases.FirstYear && n <= cases.LastYear {
					p.year = n
				}
				args = args[1:]
			}
			if !p.edits || len(args) == 0 {
				return p.show(ctx, "")
			}
			return p.edit(ctx, args)
		},
	}
}

// almanac is a year of the calendar on one phone.
type almanac struct {
	st    Store
	r     *bot.Request
	edits bool
	year  int
}

func (p almanac) action(args ...string) string {
	return bot.Action("lich", append([]string{strconv.Itoa(p.year)}, args...)...)
}

func (p almanac) edit(ctx context.Context, args []string) error {
	switch args[0] {
	case pickMonth:
		p.months()
		return nil
	case checked:
		if err := p.st.CheckYear(ctx, p.r.Staff.ID, p.year); err != nil {
			return err
		}
		return p.show(ctx, "calendar.checked.now")
	}
	month, err := strconv.Atoi(args[0])
	if err != nil || month < 1 || month > 12 {
		return cases.Fail(cases.Invalid, "calendar.invalid")
	}
	if len(args) == 1 {
		return p.days(ctx, time.Month(month))
	}
	n, err := strconv.Atoi(args[1])
	day := cases.Day{Year: p.year, Month: time.Month(month), Day: n}
	if err != nil || !day.Valid() {
		return cases.Fail(cases.Invalid, "calendar.invalid")
	}
	if len(args) == 2 {
		return p.kinds(ctx, day)
	}
	if err := p.st.SetDay(ctx, p.r.Staff.ID, cases.CalendarRow{Day: day, Kind: cases.DayKind(args[2])}); err != nil {
		return err
	}
	return p.show(ctx, "calendar.set")
}

// show is the year as it stands, below what has just been done.
func (p almanac) show(ctx context.Context, done string) error {
	y, err := p.st.CalendarYear(ctx, p.year)
	if err != nil {
		return err
	}
	var lines []bot.Text
	if done != "" {
		lines = append(lines, bot.T(done))
	}
	lines = append(lines, bot.T("calendar.head", "year", strconv.Itoa(p.year)))
	for _, kind := range cases.DayKinds {
		if days := spans(y.Rows, kind); days != "" {
			lines = append(lines, bot.T("calendar.days", "kind", bot.T("calendar.kind."+string(kind)), "days", days))
		}
	}
	if y.Checked.IsZero() {
		lines = append(lines, bot.T("calendar.unchecked"))
	} else {
		lines = append(lines, bot.T("calendar.checked", "at", y.Checked, "by", clip(y.By, cardName)))
	}
	p.r.Reply(bot.Reply{Lines: lines, Buttons: p.yearButtons(y), Edit: p.r.Bubble(), Protect: true})
	return nil
}

func (p almanac) yearButtons(y cases.CalendarYear) [][]bot.Button {
	var years []bot.Button
	for n := cases.FirstYear; n <= cases.LastYear; n++ {
		label := bot.Words(strconv.Itoa(n))
		if n == p.year {
			label = bot.T("chosen", "label", label)
		}
		years = append(years, bot.Button{Label: label, Do: bot.Action("lich", strconv.Itoa(n))})
	}
	rows := [][]bot.Button{years}
	if p.edits {
		edit := []bot.Button{{Label: bot.T("calendar.edit"), Do: p.action(pickMonth)}}
		if y.Checked.IsZero() {
			edit = append(edit, bot.Button{Label: bot.T("calendar.check"), Do: p.action(checked)})
		}
		rows = append(rows, edit)
	}
	return append(rows, []bot.Button{{Label: bot.T("do.thoihan"), Do: bot.Action("thoihan")}})
}

// spans lists the days of a kind, days in a row as one: 30/04–01/05.
func spans(rows []cases.CalendarRow, kind cases.DayKind) string {
	var list []string
	var first, last cases.Day
	end := func() {
		switch first {
		case cases.Day{}:
		case last:
			list = append(list, dayMonth(first))
		default:
			list = append(list, dayMonth(first)+"–"+dayMonth(last))
		}
	}
	for _, r := range rows {
		if r.Kind != kind {
			continue
		}
		if r.Day != last.Add(1) || first == (cases.Day{}) {
			end()
			first = r.Day
		}
		last = r.Day
	}
	end()
	return strings.Join(list, ", ")
}

func dayMonth(d cases.Day) string { return fmt.Sprintf("%02d/%02d", d.Day, int(d.Month)) }

const (
	monthsInRow = 4
	datesInRow  = 7
)

func (p almanac) months() {
	var months []bot.Button
	for m := 1; m <= 12; m++ {
		months = append(months, bot.Button{Label: bot.T("calendar.month", "n", m), Do: p.action(strconv.Itoa(m))})
	}
	rows := append(slices.Collect(slices.Chunk(months, monthsInRow)), p.back())
	p.r.Reply(bot.Reply{Lines: []bot.Text{bot.T("calendar.which.month", "year", strconv.Itoa(p.year))}, Buttons: rows, Edit: p.r.Bubble(), Protect: true})
}

func (p almanac) back() []bot.Button {
	return []bot.Button{{Label: bot.T("button.back"), Do: p.action()}}
}

// days are the days of a month, those that are not as usual marked.
func (p almanac) days(ctx context.Context, month time.Month) error {
	y, err := p.st.CalendarYear(ctx, p.year)
	if err != nil {
		return err
	}
	var days []bot.Button
	for d := (cases.Day{Year: p.year, Month: month, Day: 1}); d.Month == month; d = d.Add(1) {
		label := bot.Words(strconv.Itoa(d.Day))
		if slices.ContainsFunc(y.Rows, func(r cases.CalendarRow) bool { return r.Day == d }) {
			label = bot.T("chosen", "label", label)
		}
		days = append(days, bot.Button{Label: label, Do: p.action(strconv.Itoa(int(month)), strconv.Itoa(d.Day))})
	}
	rows := append(slices.Collect(slices.Chunk(days, datesInRow)), p.back())
	text := bot.T("calendar.which.day", "month", int(month), "year", strconv.Itoa(p.year))
	p.r.Reply(bot.Reply{Lines: []bot.Text{text}, Buttons: rows, Edit: p.r.Bubble(), Protect: true})
	return nil
}

// kinds are what a day may be.
func (p almanac) kinds(ctx context.Context, day cases.Day) error {
	y, err := p.st.CalendarYear(ctx, p.year)
	if err != nil {
		return err
	}
	present := cases.Ordinary
	if i := slices.IndexFunc(y.Rows, func(r cases.CalendarRow) bool { return r.Day == day }); i >= 0 {
		present = y.Rows[i].Kind
	}
	var rows [][]bot.Button
	for _, kind := range cases.DayKinds {
		if (cases.CalendarRow{Day: day, Kind: kind}).MayBe() != nil {
			continue
		}
		label := bot.T("calendar.kind." + string(kind))
		if kind == present {
			label = bot.T("chosen", "label", label)
		}
		rows = append(rows, []bot.Button{{Label: label, Do: p.action(strconv.Itoa(int(day.Month)), strconv.Itoa(day.Day), string(kind))}})
	}
	rows = append(rows, p.back())
	text := bot.T("calendar.which.kind", "weekday", bot.T("calendar.weekday."+strconv.Itoa(int(day.Start().Weekday()))), "day", dayMonth(day)+"/"+strconv.Itoa(day.Year))
	p.r.Reply(bot.Reply{Lines: []bot.Text{text}, Buttons: rows, Edit: p.r.Bubble(), Protect: true})
	return nil
}
