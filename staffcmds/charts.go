package staffcmds

import (
	"context"
	"slices"
	"time"

	"tinbao/bot"
	"tinbao/cases"
)

// Pictures are figures that are shown as more than text.
type Pictures interface {
	// AskChart asks for a chart to be drawn; it comes as a message of its own.
	AskChart(a cases.ChartArgs) error
	// DashboardLink makes the address that opens the dashboard once, until a time; "" =
	// the ward has no dashboard that could be reached.
	DashboardLink(ctx context.Context) (link string, until time.Time, err error)
}

// The words of the arguments of /bieudo besides the period, folded.
var chartWords = map[string]cases.Chart{
	"xu": cases.TrendChart, "xuhuong": cases.TrendChart, "loai": cases.KindsChart, "phanloai": cases.KindsChart, "buoc": cases.FunnelChart,
	"coso": cases.CoverageChart, "to": cases.HamletsChart, "todanpho": cases.HamletsChart,
}

// darkWord asks for a dark background.
const darkWord = "toi"

// drawing offers the charts of a period and has the chosen one drawn.
func drawing() Command {
	return Command{
		Name: "bieudo", Aliases: []string{"charts"}, Help: "cmd.bieudo", Args: "usage.bieudo", Rights: []cases.Right{cases.SeeFigures}, Listed: true,
		Run: func(_ context.Context, st Store, r *bot.Request, args []string) error {
			p, rest, err := periodOf(args, st.Now())
			if err != nil {
				return err
			}
			if p == (cases.Period{}) {
				if slices.Contains(rest, custom) {
					awaitPeriod(st, r, "bieudo")
					return nil
				}
				p = span("year", st.Now())
			}
			chart, dark, err := chosenChart(rest)
			if err == nil && chart != "" && !slices.Contains(chartsOf(*r.Staff), chart) {
				err = cases.Fail(cases.Invalid, "chart.unknown")
			}
			if err != nil {
				return err
			}
			if chart == "" {
				r.Reply(chartMenu(chartsOf(*r.Staff), p, dark, st.Now(), r.Bubble()))
				return nil
			}
			a := cases.ChartArgs{Staff: r.Staff.ID, Chart: chart, Dark: dark}
			a.From, a.To = p.Compact()
			if err := st.AskChart(a); err != nil {
				return err
			}
			r.Toast(bot.T("chart.drawing"))
			return nil
		},
	}
}

// chosenChart reads what follows the period; "" = no chart is named.
func chosenChart(words []string) (chart cases.Chart, dark bool, err error) {
	for _, w := range words {
		w = cases.Fold(w)
		known, ok := chartWords[w]
		switch {
		case w == darkWord:
			dark = true
		case ok:
			chart = known
		default:
			if chart, err = cases.ParseChart(w); err != nil {
				return "", false, err
			}
		}
	}
	return chart, dark, nil
}

const chartsInRow = 2

// chartsOf are the charts that somebody is drawn: of closed months the steps are not told.
func chartsOf(who cases.Staff) []cases.Chart {
	return slices.DeleteFunc(slices.Clone(cases.Charts), func(c cases.Chart) bool { return c == cases.FunnelChart && who.Role.FiguresClosed() })
}

// chartMenu are the buttons of the charts of a period, on a light or a dark background.
func chartMenu(charts []cases.Chart, p cases.Period, dark bool, now time.Time, edit int) bot.Reply {
	do := func(dark bool, more ...string) string {
		args := append(periodArgs(p), more...)
		if dark {
			args = append(args, darkWord)
		}
		return bot.Action("bieudo", args...)
	}
	var list, backs []bot.Button
	for _, c := range charts {
		list = append(list, bot.Button{Label: bot.T("chart.button." + string(c)), Do: do(dark, string(c))})
	}
	for i, key := range []string{"chart.light", "chart.dark"} {
		label := bot.T(key)
		if dark == (i == 1) {
			label = bot.T("chosen", "label", label)
		}
		backs = append(backs, bot.Button{Label: label, Do: do(i == 1)})
	}
	rows := slices.Collect(slices.Chunk(list, chartsInRow))
	rows = append(rows, backs, []bot.Button{{Label: bot.T("stats.period.custom"), Do: bot.Action("bieudo", custom)}})
	return bot.Reply{Lines: []bot.Text{bot.T("chart.menu", "period", periodName(p, now)), bot.T("chart.menu.hint")}, Buttons: rows, Edit: edit}
}
