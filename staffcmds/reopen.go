package staffcmds

import (
	"context"

	"tinbao/bot"
	"tinbao/cases"
)

// What was written is not shown any more once a case has ended. It takes two people
// to open it again: one asks with a reason, another agrees.

// second are the rights of whoever may agree.
var second = []cases.Right{cases.SecondReports, cases.SecondHelp}

// secondOf is the right that agrees on a stream.
func secondOf(s cases.Stream) cases.Right {
	if s == cases.HelpStream {
		return cases.SecondHelp
	}
	return cases.SecondReports
}

// askReopen asks for an ended case to be opened again, and tells everybody who may
// agree.
func askReopen() Command {
	return step{
		name: "molai", aliases: []string{"reopen"}, verb: cases.AskReopen, text: true,
		rights: working, streams: both,
		after: func(ctx context.Context, st Store, r *bot.Request, c cases.Case, _ cases.Change) error {
			return toStaff(ctx, st, r, c, secondOf(c.Number.Stream), "staff.askreopen")
		},
	}.command()
}

// agreeReopen opens an ended case again; who asked is told.
func agreeReopen() Command {
	return step{
		name: "dongymo", aliases: []string{"agree"}, verb: cases.Reopen,
		rights: second, streams: both, after: tellAsker("staff.reopened", "resident.reopened"),
	}.command()
}

// keepShut leaves an ended case shut; who asked is told why.
func keepShut() Command {
	return step{
		name: "khongmo", aliases: []string{"disagree"}, verb: cases.KeepShut, choose: cases.KeptShutReasons, label: keptShut,
		change: func(c *cases.Change, choice string) { c.Choice = choice },
		rights: second, streams: both, after: tellAsker("staff.keptshut", "resident.keptshut"),
	}.command()
}

// keptShut begins the texts of the reasons, as the person reads them.
const keptShut = "kept."

// tellAsker tells whoever asked what the second one said: a colleague, or the person
// who wrote.
func tellAsker(key, person string) func(context.Context, Store, *bot.Request, cases.Case, cases.Change) error {
	return func(ctx context.Context, st Store, r *bot.Request, c cases.Case, ch cases.Change) error {
		all, err := st.StaffList(ctx)
		if err != nil {
			return err
		}
		var asker cases.StaffID
		for _, e := range c.History {
			if e.Verb == cases.AskReopen {
				asker = e.ByID
			}
		}
		if asker == 0 {
			return toResident(ctx, st, r, c, nil, person, "reason", bot.T(keptShut+ch.Choice))
		}
		for _, s := range all {
			if s.ID == asker && s.Reachable() {
				r.Reply(stepNotice(s, c, key))
			}
		}
		return nil
	}
}
