package staffcmds

import (
	"context"

	"tinbao/bot"
	"tinbao/cases"
)

// closeCase ends a case; the person is told and thanked.
func closeCase() Command {
	return step{
		name: "dong", aliases: []string{"close"}, verb: cases.Close, confirm: true,
		rights: working, streams: both,
		after: func(ctx context.Context, st Store, r *bot.Request, c cases.Case, _ cases.Change) error {
			key := "resident.closed." + string(c.Number.Stream)
			if c.Stars > 0 { // from the first time it ended
				return toResident(ctx, st, r, c, nil, key)
			}
			return toResident(ctx, st, r, c, starButtons(c), "resident.closed.ask", "closed", bot.T(key, "received", c.Received))
		},
	}.command()
}

// release gives a taken case back to the queue.
func release() Command {
	return step{
		name: "nha", aliases: []string{"release"}, verb: cases.Release,
		rights: working, streams: both,
	}.command()
}
