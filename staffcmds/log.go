package staffcmds

import (
	"context"
	"strconv"

	"tinbao/bot"
	"tinbao/cases"
)

// caseLog lists what was done to all reports, views included, the newest first:
// who looked at what is part of the promise that nobody is exposed.
func caseLog() Command {
	return Command{
		Name: "nhatky", Aliases: []string{"log"}, Help: "cmd.nhatky", Rights: []cases.Right{cases.SeeLog}, Listed: true,
		Run: func(ctx context.Context, st Store, r *bot.Request, args []string) error {
			page := pageOf(args)
			list, err := st.Reports().Log(ctx, *r.Staff, page-1, eventsOnPage)
			if err != nil {
				return err
			}
			lines := []bot.Text{bot.T("log.head", "n", atLeast("count.more", list.Total, list.More))}
			for _, e := range list.Rows {
				lines = append(lines, bot.T("log.line", "number", e.Number.String(), "event", eventLine(e.Event)))
			}
			pages := max(1, (list.Total+eventsOnPage-1)/eventsOnPage)
			rows := longPager(min(page, pages), pages, list.More, func(n int) string { return bot.Action("nhatky", strconv.Itoa(n)) })
			rows = append(rows, []bot.Button{{Label: bot.T("do.luotxem"), Do: helpViewsName}})
			r.Reply(bot.Reply{Lines: lines, Edit: r.Bubble(), Protect: true, Buttons: rows})
			return nil
		},
	}
}
