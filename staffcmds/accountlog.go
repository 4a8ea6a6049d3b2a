package staffcmds

import (
	"context"
	"strconv"
	"time"

	"tinbao/bot"
	"tinbao/cases"
)

// Watching is what is read of what colleagues did.
type Watching interface {
	AccountLog(ctx context.Context, page, size int) (cases.AccountLog, error)
	HelpViews(ctx context.Context, from, to time.Time, most int) ([]cases.HelpViews, error)
}

const accountLogName = "nhatkytk"

// accountLog lists what was done to accounts and invitations, and by whom, the newest first.
func accountLog() Command {
	return Command{
		Name: accountLogName, Aliases: []string{"accountlog"}, Help: "cmd.nhatkytk", Rights: managing,
		Run: func(ctx context.Context, st Store, r *bot.Request, args []string) error {
			page := pageOf(args)
			list, err := st.AccountLog(ctx, page-1, eventsOnPage)
			if err != nil {
				return err
			}
			lines := []bot.Text{bot.T("accountlog.head", "n", list.Total)}
			for _, e := range list.Rows {
				lines = append(lines, accountLine(e))
			}
			pages := max(1, (list.Total+eventsOnPage-1)/eventsOnPage)
			rows := pager(min(page, pages), pages, func(n int) string { return bot.Action(accountLogName, strconv.Itoa(n)) })
			rows = append(rows, []bot.Button{{Label: bot.T("do.nhanvien"), Do: "nhanvien"}})
			r.Reply(bot.Reply{Lines: lines, Buttons: rows, Edit: r.Bubble(), Protect: true})
			return nil
		},
	}
}

func accountLine(e cases.AccountEvent) bot.Text {
	var number, before any = "", ""
	if e.Account != 0 {
		number = bot.T("accountlog.number", "id", strconv.FormatInt(int64(e.Account), 10))
	}
	verb := "account." + string(e.Verb)
	if e.Verb == cases.AccountOpened && e.Invite != "" {
		verb += ".invited"
	}
	switch {
	case e.Former != "":
		before = bot.T("accountlog.before", "what", bot.Words(clip(e.Former, cardName)))
	case e.From != "":
		before = bot.T("accountlog.before", "what", bot.T("role."+string(e.From)))
	}
	return bot.T("accountlog.line", "at", e.At, "by", bot.WordsOr(clip(e.ByName, cardName), "invite.byserver"), "verb", bot.T(verb+".done"),
		"name", clip(e.Name, cardName), "number", number, "role", bot.T("role."+string(e.Role)), "before", before)
}

const (
	helpViewsName  = "luotxem"
	helpViewsLines = 30
	mostWeeks      = 520 // back
)

// helpViews shows for a week who opened which request for help how often, and nothing that
// stands in one. The looks stand in the history of each request, which only those read who
// may open it; this is read by somebody who may not.
func helpViews() Command {
	return Command{
		Name: helpViewsName, Aliases: []string{"helpviews"}, Help: "cmd.luotxem", Rights: []cases.Right{cases.SeeLog},
		Run: func(ctx context.Context, st Store, r *bot.Request, args []string) error {
			back := min(pageOf(args), mostWeeks) // 1 = this week
			monday := weekOf(cases.DayOf(st.Now())).Add(-7 * (back - 1))
			sunday := monday.Add(6)
			list, err := st.HelpViews(ctx, monday.Start(), sunday.End(), helpViewsLines)
			if err != nil {
				return err
			}
			lines := []bot.Text{bot.T("helpviews.head", "from", monday.Start(), "to", sunday.Start())}
			for _, v := range list {
				key := "helpviews.line"
				if v.Holds {
					key = "helpviews.line.holds"
				}
				lines = append(lines, bot.T(key, "name", clip(v.Name, cardName), "number", v.Number.String(), "n", v.Times, "last", v.Last))
			}
			if len(list) == 0 {
				lines = append(lines, bot.T("helpviews.none"))
			}
			week := func(n int) string { return bot.Action(helpViewsName, strconv.Itoa(n)) }
			row := []bot.Button{{Label: bot.T("helpviews.earlier"), Do: week(back + 1)}}
			if back > 1 {
				row = append(row, bot.Button{Label: bot.T("helpviews.later"), Do: week(back - 1)})
			}
			r.Reply(bot.Reply{Lines: lines, Buttons: [][]bot.Button{row, {{Label: bot.T("do.nhatky"), Do: "nhatky"}}}, Edit: r.Bubble(), Protect: true})
			return nil
		},
	}
}

// weekOf is the Monday of a day's week.
func weekOf(d cases.Day) cases.Day {
	return d.Add(-(int(d.Start().Weekday()) + 6) % 7)
}
