package staffcmds

import (
	"context"
	"slices"
	"strings"
	"time"

	"tinbao/bot"
	"tinbao/cases"
)

// statistics shows the figures of the plan, on one message that changes itself.
func statistics() Command {
	return Command{
		Name: "thongke", Aliases: []string{"stats"}, Help: "cmd.thongke", Args: "usage.stats", Rights: []cases.Right{cases.SeeFigures}, Listed: true,
		Run: func(ctx context.Context, st Store, r *bot.Request, args []string) error {
			p, rest, err := periodOf(args, st.Now())
			if err != nil {
				return err
			}
			if slices.Contains(rest, custom) {
				awaitPeriod(st, r, "thongke")
				return nil
			}
			if p == (cases.Period{}) {
				p = span("today", st.Now())
			}
			from, to := p.From.Start(), p.To.End()
			f, err := st.Figures(ctx, *r.Staff, from, to)
			if err != nil {
				return err
			}
			lines := []bot.Text{bot.T("stats.head", "period", periodName(p, st.Now()))}
			lines = append(lines, figureLines(*r.Staff, r.Lang, f)...)
			r.Reply(bot.Reply{Lines: lines, Buttons: periodButtons(p, st.Now()), Edit: r.Bubble()})
			return nil
		},
	}
}

func periodButtons(chosen cases.Period, now time.Time) [][]bot.Button {
	var row []bot.Button
	for _, p := range periods {
		label := bot.T("stats.period." + p)
		if span(p, now) == chosen {
			label = bot.T("chosen", "label", label)
		}
		row = append(row, bot.Button{Label: label, Do: bot.Action("thongke", periodArgs(span(p, now))...)})
	}
	row = append(row, bot.Button{Label: bot.T("stats.period.custom"), Do: bot.Action("thongke", custom)})
	return slices.Collect(slices.Chunk(row, 4))
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
