package staffcmds

import (
	"context"
	"strconv"

	"tinbao/bot"
	"tinbao/cases"
)

// askConsent asks a person who needs help to let one message pass to the police. The
// person reads every word of it first.
func askConsent() Command {
	return helpStep(step{
		name: "xinphep", aliases: []string{"askconsent"}, verb: cases.AskConsent, text: true,
		after: func(ctx context.Context, st Store, r *bot.Request, c cases.Case, ch cases.Change) error {
			answer := func(label, mark string) []bot.Button {
				return []bot.Button{{Label: bot.T(label), Do: bot.Action("con", c.ID, strconv.Itoa(c.ConsentTalk), mark)}}
			}
			buttons := [][]bot.Button{answer("consent.yes", "y"), answer("consent.no", "n")}
			return toResident(ctx, st, r, c, buttons, "resident.consent", "text", ch.Text)
		},
	})
}

// alarm passes words about a person who needs help to the police without consent, by
// the ward's exception; the person is told the same words.
func alarm() Command {
	return helpStep(step{
		name: "baokhan", aliases: []string{"alarm"}, verb: cases.Alarm, label: "grounds.", choose: cases.Strings(cases.AllGrounds), text: true,
		change: func(c *cases.Change, choice string) { c.Grounds = cases.Grounds(choice) },
		after: func(ctx context.Context, st Store, r *bot.Request, c cases.Case, ch cases.Change) error {
			police, err := st.StaffWith(ctx, cases.PoliceReports)
			if err != nil {
				return err
			}
			for _, s := range police {
				if s.Route.Chat != 0 {
					r.Reply(stepNotice(s, cases.Case{Number: c.Crossed}, "staff.forwarded.urgent"))
				}
			}
			return toResident(ctx, st, r, c, nil, "resident.alarm", "grounds", bot.T("grounds."+string(ch.Grounds)), "text", ch.Text)
		},
	})
}
