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
			return toResident(ctx, st, r, c, nil, "resident.closed."+string(c.Number.Stream))
		},
	}.command()
}

// reopen takes an ended case up again.
func reopen() Command {
	return step{
		name: "molai", aliases: []string{"reopen"}, verb: cases.Reopen, text: true,
		rights: working, streams: both,
	}.command()
}

// release gives a taken case back to the queue.
func release() Command {
	return step{
		name: "nha", aliases: []string{"release"}, verb: cases.Release,
		rights: working, streams: both,
	}.command()
}
