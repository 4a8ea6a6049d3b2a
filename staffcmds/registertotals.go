package staffcmds

import (
	"context"
	"slices"
	"time"

	"tinbao/bot"
	"tinbao/cases"
)

// The spans of the totals, in the order of their buttons.
const (
	spanHalf = "ky"
	spanYear = "nam"
	spanAll  = "tatca"
)

var registerSpans = []string{spanHalf, spanYear, spanAll}

// registerSpan is the half-year of a day, its year, or the time since the plan began.
func registerSpan(name string, today cases.Day) cases.Period {
	year := cases.Period{From: cases.Day{Year: today.Year, Month: time.January, Day: 1}, To: cases.Day{Year: today.Year, Month: time.December, Day: 31}}
	switch {
	case name == spanAll:
		return year.SincePlan()
	case name == spanYear:
	case today.Month < time.July:
		year.To = cases.Day{Year: today.Year, Month: time.June, Day: 30}
	default:
		year.From.Month = time.July
	}
	return year
}

// typedGroups are the groups of the report that registers give something to.
func typedGroups() (groups []string) {
	for _, reg := range cases.Registers {
		if !slices.Contains(groups, reg.Group) {
			groups = append(groups, reg.Group)
		}
	}
	return groups
}

// totals shows the typed figures of a period: those that were given, or all of a group.
func (l ledger) totals(ctx context.Context, args []string) error {
	span, group := spanHalf, ""
	for _, a := range args {
		switch {
		case slices.Contains(registerSpans, a):
			span = a
		case slices.Contains(typedGroups(), a):
			group = a
		}
	}
	p := registerSpan(span, cases.DayOf(l.st.Now()))
	values, err := l.st.Registers(ctx, p)
	if err != nil {
		return err
	}
	lines := []bot.Text{bot.T("registers.totals", "from", p.From.Start(), "to", p.To.Start())}
	body := totalLines(values, group)
	if len(body) == 0 {
		body = []bot.Text{bot.T("registers.totals.none")}
	}
	lines = append(append(lines, body...), bot.T("registers.totals.legend"))
	return l.reply(lines, append(l.lists(span, group), totalButtons(span, group)...))
}

// lists lead from the figures of a group to the entries behind them.
func (l ledger) lists(span, group string) (rows [][]bot.Button) {
	for _, reg := range cases.Registers {
		if reg.Group == group && reg.ReadBy(l.r.Staff.Role) {
			rows = append(rows, []bot.Button{do(bot.T("registers.do.behind", "register", registerLabel(reg.Key)), reg.Key, span)})
		}
	}
	return rows
}

func totalButtons(span, group string) [][]bot.Button {
	chosen := func(b bot.Button, is bool) bot.Button {
		if is {
			b.Label = bot.T("chosen", "label", b.Label)
		}
		return b
	}
	var spans, groups []bot.Button
	for _, s := range registerSpans {
		spans = append(spans, chosen(do(bot.T("registers.span."+s), registerTotals, s, group), s == span))
	}
	for _, g := range typedGroups() {
		groups = append(groups, chosen(do(bot.Words(g), registerTotals, span, g), g == group))
	}
	rows := append([][]bot.Button{spans}, slices.Collect(slices.Chunk(groups, groupsInRow))...)
	return append(rows, []bot.Button{chosen(do(bot.T("registers.do.given"), registerTotals, span), group == ""), do(bot.T("registers.do.all"))})
}

// totalLines are the figures under the names of their groups. Of one group all are shown,
// the computed ones as such; of all groups those that somebody gave.
func totalLines(values cases.FieldValues, group string) (lines []bot.Text) {
	last := ""
	for _, f := range cases.Fields {
		v := values[f.Key]
		if group == "" && !v.Given || group != "" && f.Key.Group() != group {
			continue
		}
		if g := f.Key.Group(); g != last {
			lines, last = append(lines, bot.T("registers.group", "group", bot.T("group."+g))), g
		}
		value := bot.T("registers.computed")
		if f.Origin == cases.Typed {
			value = fieldText(f, v)
		}
		lines = append(lines, bot.T("registers.total", "mark", bot.T("origin.mark."+string(f.Origin)), "label", bot.T("field."+string(f.Key)), "value", value))
	}
	return lines
}

// fieldText is a value of a field. A number nobody gave is 0, a text "—" (domain.md 10).
func fieldText(f cases.Field, v cases.FieldValue) bot.Text {
	switch f.Type {
	case cases.YesNoField:
		said := bot.T("registers.said.no")
		if v.N > 0 {
			said = bot.T("registers.said.yes")
		}
		if v.N > 0 && v.Text != "" {
			return bot.T("registers.both", "one", said, "other", v.Text)
		}
		return said
	case cases.RatioField:
		if v.Ratio.Empty() {
			return bot.T("stats.empty")
		}
		return bot.T("stats.value", "part", v.Ratio.Part, "whole", v.Ratio.Whole, "percent", v.Ratio.Percent())
	case cases.TextField:
		if v.Text == "" {
			return bot.T("registers.none")
		}
		return bot.Words(clip(v.Text, cardTalk))
	case cases.MoneyField:
		return bot.T("registers.money", "n", int(v.N))
	}
	return bot.T("registers.count", "n", int(v.N))
}
