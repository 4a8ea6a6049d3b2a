package staffcmds

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"tinbao/bot"
	"tinbao/cases"
)

// away writes down that somebody is absent for some days and who stands in: notices
// and reminders go to that colleague, and the absence ends by itself.
func away() Command {
	return Command{
		Name: "vang", Aliases: []string{"away"}, Help: "cmd.vang", Args: "usage.away", Rights: seeing,
		Run: func(ctx context.Context, st Store, r *bot.Request, args []string) error {
			if joined(args) == noReminder {
				if err := st.EndAbsence(ctx, r.Staff.ID); err != nil {
					return err
				}
				r.Reply(bot.Reply{Lines: []bot.Text{bot.T("away.ended")}, Edit: r.Bubble()})
				return nil
			}
			o, err := rosterOf(ctx, st)
			if err != nil {
				return err
			}
			a, words := readAway(args, cases.DayOf(st.Now()))
			return o.setAway(ctx, st, r, a, words)
		},
	}
}

// days is a span of whole days; a zero day was not told.
type dayspan struct{ first, last cases.Day }

const longestAway = 60 // days

// readAway reads up to two days from the beginning of the arguments. Days that are
// past, or in the wrong order, were not told.
func readAway(args []string, today cases.Day) (a dayspan, rest []string) {
	var got []cases.Day
	for len(args) > 0 && len(got) < 2 {
		d, ok := readDay(args[0], today)
		if !ok || d.Start().Before(today.Start()) {
			break
		}
		got, args = append(got, d), args[1:]
	}
	if len(got) > 0 {
		a.first = got[0]
	}
	if len(got) > 1 && !got[1].Start().Before(a.first.Start()) && got[1].Start().Before(a.first.Add(longestAway).Start()) {
		a.last = got[1]
	}
	return a, args
}

// readDay reads "25/11", "25/11/2026", or the "261125" of a button. A day without a
// year is the next one of that name.
func readDay(s string, today cases.Day) (cases.Day, bool) {
	if at, err := time.ParseInLocation("060102", s, cases.Vietnam); err == nil {
		return cases.DayOf(at), true
	}
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '/' })
	if len(parts) < 2 || len(parts) > 3 {
		return cases.Day{}, false
	}
	var n [3]int
	for i, p := range parts {
		var err error
		if n[i], err = strconv.Atoi(p); err != nil {
			return cases.Day{}, false
		}
	}
	d := cases.Day{Year: n[2], Month: time.Month(n[1]), Day: n[0]}
	if len(parts) == 2 {
		if d.Year = today.Year; d.Start().Before(today.Start()) {
			d.Year++
		}
	}
	return d, d.Valid()
}

func dayArg(d cases.Day) string { return d.Start().Format("060102") }

// setAway asks for what was not told yet, one thing after another, and then keeps it.
func (o roster) setAway(ctx context.Context, st Store, r *bot.Request, a dayspan, words []string) error {
	today := cases.DayOf(o.now)
	switch {
	case a.first == (cases.Day{}):
		o.awayStart(r, today)
		return nil
	case a.last == (cases.Day{}):
		o.choose(r, bot.T("away.until", "first", a.first.Start()), []int{0, 1, 2, 4, 6, 13}, a.first, func(d cases.Day) string {
			return bot.Action("vang", dayArg(a.first), dayArg(d))
		})
		return nil
	}
	fit := o.those(func(s cases.Staff) bool { return s.ID != r.Staff.ID && shares(s.Role, r.Staff.Role) })
	who, _, left := pick(fit, words)
	if who == nil {
		key := "away.who"
		if len(fit) == 0 {
			key = "away.nobody"
		}
		rows := o.people(left, func(s cases.Staff) string { return bot.Action("vang", dayArg(a.first), dayArg(a.last), idText(s.ID)) })
		r.Reply(bot.Reply{Lines: []bot.Text{bot.T(key, "first", a.first.Start(), "last", a.last.Start())}, Buttons: append(rows, backTo("vang")), Edit: r.Bubble()})
		return nil
	}
	absence := cases.Absence{Staff: r.Staff.ID, StandIn: who.ID, Since: a.first.Start(), Until: a.last.End()}
	if err := st.SetAbsence(ctx, absence); err != nil {
		return err
	}
	r.Reply(bot.Reply{Edit: r.Bubble(), Lines: []bot.Text{bot.T("away.set", "name", clip(who.Name, cardName), "first", a.first.Start(), "last", a.last.Start())}})
	if who.Route.Chat != 0 {
		r.Reply(bot.Reply{Chat: who.Route.Chat, Lang: who.Route.Lang, Lines: []bot.Text{bot.T("away.told", "name", clip(r.Staff.Name, cardName), "first", a.first.Start(), "last", a.last.Start())}})
	}
	return nil
}

// shares reports whether two roles have a right on a stream in common, so that one can
// stand in for the other.
func shares(a, b cases.Role) bool {
	return slices.ContainsFunc(seeing, func(r cases.Right) bool { return a.May(r) && b.May(r) })
}

func backTo(command string) []bot.Button {
	return []bot.Button{{Label: bot.T("button.back"), Do: command}}
}

// awayStart lists who is away and asks from when.
func (o roster) awayStart(r *bot.Request, today cases.Day) {
	lines := []bot.Text{bot.T("away.head")}
	var rows [][]bot.Button
	for _, a := range o.away {
		name, standIn := o.name(a.Staff), o.name(a.StandIn)
		lines = append(lines, bot.T("away.line", "name", name, "standin", standIn, "since", a.Since, "until", a.Until))
		if a.Staff == r.Staff.ID {
			rows = append(rows, []bot.Button{{Label: bot.T("do.vang.bo"), Do: bot.Action("vang", noReminder)}})
		}
	}
	lines = append(lines, bot.T("away.since"))
	r.Reply(bot.Reply{Lines: lines, Edit: r.Bubble(), Buttons: append(dayButtons([]int{0, 1, 2, 3}, today, func(d cases.Day) string { return bot.Action("vang", dayArg(d)) }), rows...)})
}

func (o roster) choose(r *bot.Request, question bot.Text, after []int, from cases.Day, do func(cases.Day) string) {
	r.Reply(bot.Reply{Lines: []bot.Text{question}, Edit: r.Bubble(), Buttons: append(dayButtons(after, from, do), backTo("vang"))})
}

func dayButtons(after []int, from cases.Day, do func(cases.Day) string) [][]bot.Button {
	var buttons []bot.Button
	for _, n := range after {
		d := from.Add(n)
		buttons = append(buttons, bot.Button{Label: bot.T("away.day", "day", d.Start()), Do: do(d)})
	}
	return slices.Collect(slices.Chunk(buttons, 2))
}
