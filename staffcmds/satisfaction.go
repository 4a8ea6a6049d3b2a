package staffcmds

import (
	"context"
	"strconv"

	"tinbao/bot"
	"tinbao/cases"
)

const monthsShown = 6

// starButtons let the person say how content the person is with an ended case.
func starButtons(c cases.Case) [][]bot.Button {
	var row []bot.Button
	for n := range cases.MostStars {
		row = append(row, bot.Button{Label: bot.T("rate.star", "n", int(n)+1), Do: bot.Action("rate", bot.StreamMark(c.Number.Stream), c.ID, strconv.Itoa(int(n)+1))})
	}
	return [][]bot.Button{row}
}

// satisfaction shows what people thought, by month: the average and how many, never
// fewer than can be told apart.
func satisfaction() Command {
	return Command{
		Name: "hailong", Aliases: []string{"satisfaction"}, Help: "cmd.hailong", Rights: []cases.Right{cases.AssignReports}, Listed: true,
		Run: func(ctx context.Context, st Store, r *bot.Request, _ []string) error {
			lines := []bot.Text{bot.T("rate.head")}
			for _, stream := range streamsOf(*r.Staff, seeing...) {
				desk, err := deskFor(st, *r.Staff, stream)
				if err != nil {
					return err
				}
				lines = append(lines, bot.T("viec.stream", "stream", bot.T("stream."+string(stream))))
				month := span("month", st.Now())
				first, end := month.From.Start(), month.To.End()
				for range monthsShown {
					f, err := desk.Ratings(ctx, first, end)
					if err != nil {
						return err
					}
					lines = append(lines, ratingLine(r.Lang, first.In(cases.Vietnam).Format("01/2006"), f))
					first, end = first.AddDate(0, -1, 0), first
				}
			}
			r.Reply(bot.Reply{Lines: lines, Edit: r.Bubble(), Protect: true})
			return nil
		},
	}
}

func ratingLine(lang, month string, f cases.Ratings) bot.Text {
	switch {
	case f.N == 0:
		return bot.T("rate.none", "month", month)
	case !f.Shown():
		return bot.T("rate.few", "month", month)
	}
	point := ","
	if lang == "en" {
		point = "."
	}
	tenths := f.Tenths()
	return bot.T("rate.month", "month", month, "average", strconv.Itoa(tenths/10)+point+strconv.Itoa(tenths%10), "n", f.N)
}
