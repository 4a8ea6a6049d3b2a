package staffcmds

import (
	"context"

	"tinbao/bot"
	"tinbao/cases"
)

// forward hands a report to the police of the ward, who get its card at once,
// and tells the person that it was passed on.
func forward() Command {
	return step{
		name: "chuyen", aliases: []string{"forward"}, verb: cases.Forward, confirm: true,
		rights: []cases.Right{cases.WorkReports}, streams: []cases.Stream{cases.ReportStream},
		after: func(ctx context.Context, st Store, r *bot.Request, c cases.Case, _ cases.Change) error {
			if err := toStaff(ctx, st, r, c, cases.PoliceReports, "staff.forwarded"); err != nil {
				return err
			}
			return toResident(ctx, st, r, c, nil, "resident.forwarded", "at", st.Now())
		},
	}.command()
}
