package staffcmds

import (
	"context"

	"tinbao/bot"
	"tinbao/cases"
)

// policeStep is a step of the police on a forwarded report; the office that
// forwarded it is told.
func policeStep(s step) Command {
	s.rights, s.streams = []cases.Right{cases.PoliceReports}, []cases.Stream{cases.ReportStream}
	told := s.after
	s.after = func(ctx context.Context, st Store, r *bot.Request, c cases.Case, ch cases.Change) error {
		if err := toStaff(ctx, st, r, c, cases.WorkReports, "staff.police."+string(ch.Verb)); err != nil || told == nil {
			return err
		}
		return told(ctx, st, r, c, ch)
	}
	return s.command()
}

// acknowledge confirms that the police hold the report.
func acknowledge() Command {
	return policeStep(step{name: "nhan", aliases: []string{"acknowledge"}, verb: cases.Acknowledge})
}

// giveBack returns a report to the office with a reason.
func giveBack() Command {
	return policeStep(step{name: "tralai", aliases: []string{"return"}, verb: cases.Return, text: true})
}

// handle marks the start of handling.
func handle() Command {
	return policeStep(step{name: "xuly", aliases: []string{"handle"}, verb: cases.Handle})
}

// result records the outcome, which staff alone read, and what the police suggest as the
// ending. The person learns that this part is done; what came of it is told at the end.
func result() Command {
	return policeStep(step{
		name: "ketqua", aliases: []string{"result"}, verb: cases.Resolve, text: true,
		choose: append(cases.Strings(cases.Endings(cases.ReportStream)), notSo), label: "ending.", unchosen: true,
		change: func(c *cases.Change, choice string) {
			if choice != notSo {
				c.Ending = cases.Ending(choice)
			}
		},
		after: func(ctx context.Context, st Store, r *bot.Request, c cases.Case, _ cases.Change) error {
			if times(c, cases.Resolve) > 1 {
				return nil
			}
			return toResident(ctx, st, r, c, nil, "resident.done")
		},
	})
}
