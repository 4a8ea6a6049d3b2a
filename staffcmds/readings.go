package staffcmds

import (
	"context"
	"time"

	"tinbao/bot"
	"tinbao/cases"
)

// Readings tell how much is read, and by how many news are wanted; of nobody who.
type Readings interface {
	Readings(ctx context.Context, from, to time.Time) ([]cases.Reading, error)
	Subscribers(ctx context.Context) (int, error)
}

// readings shows how often each page was read this month and this year.
func readings() Command {
	return Command{
		Name: "luotdoc", Aliases: []string{"readings"}, Help: "cmd.luotdoc", Rights: []cases.Right{cases.SeeFigures}, Listed: true,
		Run: func(ctx context.Context, st Store, r *bot.Request, _ []string) error {
			var lines []bot.Text
			for _, period := range []string{"month", "year"} {
				p := span(period, st.Now())
				from, to := p.From.Start(), p.To.End().Add(-time.Second)
				all, err := st.Readings(ctx, from, to)
				if err != nil {
					return err
				}
				total := 0
				lines = append(lines, bot.T("readings.head", "period", bot.T("stats.period."+period), "from", from, "to", to))
				for _, key := range cases.PageKeys {
					by := map[string]int{}
					for _, one := range all {
						if one.Key == key {
							by[one.Lang] += one.N
							total += one.N
						}
					}
					lines = append(lines, bot.T("readings.line", "title", bot.T("page."+string(key)+".title"), "vi", by["vi"], "en", by["en"]))
				}
				lines = append(lines, bot.T("readings.total", "n", total))
			}
			n, err := st.Subscribers(ctx)
			r.Say(append(lines, bot.T("readings.subscribers", "n", n))...)
			return err
		},
	}
}
