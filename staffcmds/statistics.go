package staffcmds

import (
	"context"
	"slices"
	"strings"
	"time"

	"tinbao/bot"
	"tinbao/cases"
)

// periods are the spans of the figures, in the order of their buttons.
var periods = []string{"today", "week", "month", "year"}

var periodWords = map[string]string{"homnay": "today", "tuan": "week", "thang": "month", "nam": "year"}

// span is the period up to the end of today in Vietnam. A week begins on Monday.
func span(period string, now time.Time) (from, to time.Time) {
	today := cases.DayOf(now)
	first := today
	switch period {
	case "week":
		sinceMonday := (int(today.Start().Weekday()) + 6) % 7
		first = today.Add(-sinceMonday)
	case "month":
		first.Day = 1
	case "year":
		first.Month, first.Day = time.January, 1
	}
	return first.Start(), today.End()
}

// statistics shows the figures of the plan, on one message that changes itself.
func statistics() Command {
	return Command{
		Name: "thongke", Aliases: []string{"stats"}, Help: "cmd.thongke", Args: "usage.stats", Rights: []cases.Right{cases.SeeFigures}, Listed: true,
		Run: func(ctx context.Context, st Store, r *bot.Request, args []string) error {
			period := "today"
			for _, a := range args {
				if known, ok := periodWords[a]; ok {
					a = known
				}
				if slices.Contains(periods, a) {
					period = a
				}
			}
			from, to := span(period, st.Now())
			f, err := st.Figures(ctx, *r.Staff, from, to)
			if err != nil {
				return err
			}
			lines := []bot.Text{bot.T("stats.head", "period", bot.T("stats.period."+period), "from", from, "to", to.Add(-time.Second))}
			lines = append(lines, figureLines(*r.Staff, r.Lang, f)...)
			r.Reply(bot.Reply{Lines: lines, Buttons: periodButtons(period), Edit: r.Bubble()})
			return nil
		},
	}
}

func periodButtons(chosen string) [][]bot.Button {
	var row []bot.Button
	for _, p := range periods {
		label := bot.T("stats.period." + p)
		if p == chosen {
			label = bot.T("chosen", "label", label)
		}
		row = append(row, bot.Button{Label: label, Do: bot.Action("thongke", p)})
	}
	return [][]bot.Button{row}
}

// figureLines are the numbers. How many asked for help is not told to the
// police, nor to anybody the store does not tell it to.
func figureLines(who cases.Staff, lang string, f cases.Figures) []bot.Text {
	lines := []bot.Text{bot.T("stats.received", "n", f.Received)}
	unnamed := f.Received
	for _, k := range cases.Kinds {
		lines = append(lines, bot.T("stats.kind", "kind", bot.T("kind."+string(k)), "n", f.ByKind[k]))
		unnamed -= f.ByKind[k]
	}
	lines = append(lines, bot.T("stats.unnamed", "n", max(0, unnamed)))
	received, verified, classified, forwarded, onTime := f.Ratios()
	lines = append(lines, bot.T("stats.ratios"),
		ratioLine("stats.ratio.received", lang, received), ratioLine("stats.ratio.verified", lang, verified),
		ratioLine("stats.ratio.classified", lang, classified), ratioLine("stats.ratio.forwarded", lang, forwarded),
		ratioLine("stats.ratio.ontime", lang, onTime),
		bot.T("stats.open", "n", f.Open), bot.T("stats.urgent", "n", f.Urgent), bot.T("stats.outofscope", "n", f.OutOfScope), bot.T("stats.duplicates", "n", f.Duplicates))
	if f.Help >= 0 && !who.Role.May(cases.PoliceReports) {
		lines = append(lines, bot.T("stats.help", "n", f.Help))
	}
	return lines
}

// ratioLine shows both numbers; an empty denominator is "không phát sinh", never
// 0% or 100% (domain.md 10).
func ratioLine(key, lang string, r cases.Ratio) bot.Text {
	if r.Empty() {
		return bot.T(key, "value", bot.T("stats.empty"))
	}
	percent := r.Percent()
	if lang == "en" {
		percent = strings.Replace(percent, ",", ".", 1)
	}
	return bot.T(key, "value", bot.T("stats.value", "part", r.Part, "whole", r.Whole, "percent", percent))
}
