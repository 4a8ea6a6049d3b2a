package staffcmds

import (
	"context"
	"slices"
	"time"

	"tinbao/bot"
	"tinbao/cases"
)

// noReminder takes a reminder back.
const noReminder = "bo"

// remind sends a reminder of a case at a chosen time, to whoever asked for it alone.
func remind() Command {
	return Command{
		Name: "nhac", Aliases: []string{"remind"}, Help: "cmd.nhac", Args: "usage.remind", Rights: seeing,
		Run: func(ctx context.Context, st Store, r *bot.Request, args []string) error {
			t, err := targetOf(st, r, args)
			if err != nil {
				return err
			}
			desk, err := deskFor(st, *r.Staff, t.Stream)
			if err != nil {
				return err
			}
			choice := joined(t.rest)
			if choice != noReminder && !slices.Contains(cases.Delays, cases.Delay(choice)) {
				return askWhen(ctx, st, desk, r, t)
			}
			var at time.Time
			done := bot.T("remind.off", "number", t.String())
			if choice != noReminder {
				at = cases.Delay(choice).From(st.Now())
				done = bot.T("remind.done", "number", t.String(), "at", at)
			}
			if err := desk.Remind(ctx, *r.Staff, t.Number, at); err != nil {
				return err
			}
			r.Reply(bot.Reply{Lines: []bot.Text{done}, Edit: r.Bubble(), Protect: true, Buttons: [][]bot.Button{{backToCard(t.Number)}}})
			return nil
		},
	}
}

func askWhen(ctx context.Context, st Store, desk Desk, r *bot.Request, t target) error {
	return prompt(ctx, st, desk, r, t, bot.T("ask.nhac", "number", t.String()), func(t target) [][]bot.Button {
		var buttons []bot.Button
		for _, d := range cases.Delays {
			buttons = append(buttons, bot.Button{Label: bot.T("delay." + string(d)), Do: bot.Action("nhac", t.String(), string(d))})
		}
		buttons = append(buttons, bot.Button{Label: bot.T("delay." + noReminder), Do: bot.Action("nhac", t.String(), noReminder)})
		return slices.Collect(slices.Chunk(buttons, 2))
	})
}
