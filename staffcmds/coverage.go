package staffcmds

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"time"

	"tinbao/bot"
	"tinbao/cases"
)

// coverage shows how much of the register was inspected since 2026, against the target of
// the year (plan 3.2). A past year is shown as it stood at its end.
func (p premises) coverage(ctx context.Context, rest string) error {
	today := cases.DayOf(p.st.Now())
	year, err := strconv.Atoi(rest)
	if err != nil || year < cases.FirstYear || year > today.Year {
		year = min(today.Year, cases.LastYear)
	}
	period := cases.Period{From: cases.Day{Year: year, Month: time.January, Day: 1}, To: cases.Day{Year: year, Month: time.December, Day: 31}}
	if today.Start().Before(period.To.Start()) {
		period.To = today
	}
	c, err := p.st.Coverage(ctx, period)
	if err != nil {
		return err
	}
	ward, err := p.st.Ward(ctx)
	if err != nil {
		return err
	}
	lines := append(coverageLines(c), hamletLines(c, ward)...)
	rows := [][]bot.Button{p.coverageYears(year, today.Year)}
	if p.r.Staff.Role.May(cases.SeeEstablishments) {
		rows = append(rows, []bot.Button{p.button("coso.do.waits", regList, filterWaits), {Label: bot.T("kiemtra.do.route"), Do: bot.Action(inspectionsName, insRoute)}}, toRegister())
	}
	return p.say(lines, rows...)
}

func (p premises) coverageYears(year, present int) []bot.Button {
	var row []bot.Button
	for y := cases.FirstYear; y <= min(present, cases.LastYear); y++ {
		label := bot.Words(strconv.Itoa(y))
		if y == year {
			label = bot.T("chosen", "label", label)
		}
		row = append(row, bot.Button{Label: label, Do: bot.Action(registerName, regCoverage, strconv.Itoa(y))})
	}
	return row
}

// ratioText is a ratio with its parts; a register without entries has none.
func ratioText(r cases.Ratio) bot.Text {
	if r.Empty() {
		return bot.T("baophu.none")
	}
	return bot.T("baophu.ratio", "part", r.Part, "whole", r.Whole, "percent", r.Percent())
}

func coverageLines(c cases.Coverage) []bot.Text {
	lines := []bot.Text{
		bot.T("baophu.head", "at", c.Period.To.Start()), bot.T("baophu.main", "ratio", ratioText(c.Ratio()), "target", c.Target()),
	}
	switch missing := c.Missing(); {
	case c.Register == 0:
	case missing > 0:
		lines = append(lines, bot.T("baophu.missing", "n", missing, "year", strconv.Itoa(c.Period.To.Year)))
	default:
		lines = append(lines, bot.T("baophu.reached", "year", strconv.Itoa(c.Period.To.Year)))
	}
	lines = append(lines,
		bot.T("baophu.register", "n", c.Register, "closed", c.Closed, "ever", c.AllEver),
		bot.T("baophu.visits", "n", c.Visits, "violations", c.Violations),
		bot.T("baophu.parts", "reviewed", c.Reviewed, "commitment", c.Commitment, "security", c.Security, "vulnerable", c.Vulnerable),
	)
	for _, y := range slices.Sorted(maps.Keys(c.ByYear)) {
		if y != c.Period.To.Year {
			lines = append(lines, bot.T("baophu.year", "year", strconv.Itoa(y), "ratio", ratioText(c.ByYear[y]), "target", cases.CoverageTargets[y]))
		}
	}
	return append(lines, bot.T("baophu.how"))
}

// hamletLines are the hamlets, those with most left to do first.
func hamletLines(c cases.Coverage, ward cases.Ward) []bot.Text {
	left := func(h int) int { return c.ByHamlet[h].Whole - c.ByHamlet[h].Part }
	hamlets := slices.SortedFunc(maps.Keys(c.ByHamlet), func(a, b int) int {
		if left(a) != left(b) {
			return left(b) - left(a)
		}
		return a - b
	})
	if len(hamlets) == 0 {
		return nil
	}
	lines := []bot.Text{bot.T("baophu.hamlets")}
	b := book{ward: ward}
	for _, h := range hamlets {
		lines = append(lines, bot.T("baophu.hamlet", "hamlet", b.place(h), "ratio", ratioText(c.ByHamlet[h]), "left", left(h)))
	}
	return lines
}
