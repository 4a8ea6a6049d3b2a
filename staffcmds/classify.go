package staffcmds

import (
	"context"

	"tinbao/bot"
	"tinbao/cases"
)

// classify sets the official kind (plan 5.2, third step). The culture office
// proposes; a criminal kind is confirmed by the police with the same command, and
// the office is told.
func classify() Command {
	return step{
		name: "phanloai", aliases: []string{"classify"}, verb: cases.Classify, label: "kind.", choose: cases.Strings(cases.Kinds),
		rights: []cases.Right{cases.WorkReports, cases.PoliceReports}, streams: []cases.Stream{cases.ReportStream},
		more:   []string{"hanhvi", "mucdo", "thamquyen"},
		change: func(c *cases.Change, choice string) { c.Kind = cases.Kind(choice) },
		after: func(ctx context.Context, st Store, r *bot.Request, c cases.Case, ch cases.Change) error {
			if ch.Kind.NamedOnly() && !c.Named {
				return guide(ctx, st, r, c)
			}
			if !r.Staff.Role.May(cases.PoliceReports) {
				return nil
			}
			return toStaff(ctx, st, r, c, cases.WorkReports, "staff.police.classify")
		},
	}.command()
}
