package staffcmds

import (
	"context"
	"strconv"

	"tinbao/bot"
	"tinbao/cases"
)

// overseers read what the ward's leader answers for.
const overseers = cases.SeeLog

// extend gives the limit that runs more days, with a reason that stays among staff. The
// leader is told; of a request for help only that it happened, because the leader reads
// no number of one.
func extend() Command {
	var days []string
	for _, d := range cases.ExtendDays {
		days = append(days, strconv.Itoa(d))
	}
	return step{
		name: "giahan", aliases: []string{"extend"}, verb: cases.Extend, label: "extend.", choose: days, text: true,
		rights: []cases.Right{cases.WorkReports, cases.PoliceReports, cases.WorkHelp}, streams: both,
		change: func(c *cases.Change, choice string) { c.Days, _ = strconv.Atoi(choice) },
		after: func(ctx context.Context, st Store, r *bot.Request, c cases.Case, _ cases.Change) error {
			staff, err := st.StaffWith(ctx, overseers)
			if err != nil {
				return err
			}
			for _, s := range staff {
				if s.ID != r.Staff.ID && s.Route.Chat != 0 {
					r.Reply(overseen(s, c.Number, "staff.extended"))
				}
			}
			return nil
		},
	}.command()
}

// overseen tells a leader that something happened to the limit of a case. The number of
// a request for help is not named to somebody without a right on help.
func overseen(to cases.Staff, n cases.Number, key string) bot.Reply {
	reply := bot.Reply{Chat: to.Route.Chat, Lang: to.Route.Lang, Protect: true}
	if len(streamsOf(to, seeing...)) == 0 || n.Stream == cases.HelpStream && !to.Role.MayAny(cases.ReadHelp, cases.WorkHelp) {
		reply.Lines = []bot.Text{bot.T(key + ".help")}
		return reply
	}
	reply.Lines, reply.Slot = []bot.Text{bot.T(key, "number", n.String())}, "clock"+n.String()
	reply.Buttons = [][]bot.Button{{{Label: bot.T("button.open"), Do: bot.Action("xem", n.String())}}}
	return reply
}
