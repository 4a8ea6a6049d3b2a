package staffcmds

import (
	"context"

	"tinbao/bot"
	"tinbao/cases"
)

// setAside ends a report that is not within the ward's competence, or that has
// no content to act on, for a reason from the list. Nothing is deleted, and it can be
// opened again.
func setAside() Command {
	return step{
		name: "ngoai", aliases: []string{"outofscope"}, verb: cases.SetAside, label: "reason.", confirm: true, choose: cases.Strings(cases.Refusals),
		rights: []cases.Right{cases.WorkReports}, streams: []cases.Stream{cases.ReportStream},
		change: func(c *cases.Change, choice string) { c.Refusal = cases.Refusal(choice) },
		after: func(ctx context.Context, st Store, r *bot.Request, c cases.Case, _ cases.Change) error {
			return toResident(ctx, st, r, c, nil, "resident.aside."+string(c.Status))
		},
	}.command()
}
