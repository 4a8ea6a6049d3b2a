package staffcmds

import (
	"context"

	"tinbao/bot"
	"tinbao/cases"
)

// forward hands a report to the police of the ward, who are told at once,
// and tells the person that it was passed on, once: that the police gave it back in
// between was no news for the person.
func forward() Command {
	return step{
		name: "chuyen", aliases: []string{"forward"}, verb: cases.Forward, confirm: true,
		rights: []cases.Right{cases.WorkReports}, streams: []cases.Stream{cases.ReportStream},
		after: func(ctx context.Context, st Store, r *bot.Request, c cases.Case, _ cases.Change) error {
			key := "staff.forwarded"
			if c.Urgent {
				key += ".urgent"
			}
			if err := toStaff(ctx, st, r, c, cases.PoliceReports, key); err != nil {
				return err
			}
			if times(c, cases.Forward) > 1 {
				return nil
			}
			return toResident(ctx, st, r, c, nil, "resident.forwarded", "at", st.Now())
		},
	}.command()
}

// times counts how often a step was taken.
func times(c cases.Case, verb cases.Verb) (n int) {
	for _, e := range c.History {
		if e.Verb == verb {
			n++
		}
	}
	return n
}
