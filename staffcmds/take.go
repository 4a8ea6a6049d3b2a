package staffcmds

import (
	"context"
	"slices"

	"tinbao/bot"
	"tinbao/cases"
)

// take gives the next case that nobody holds. The lease is the store's, so two
// people who press together get two cases.
func take() Command {
	return Command{
		Name: "tiep", Aliases: []string{"next"}, Help: "cmd.tiep", Args: "usage.stream", Rights: working, Listed: true,
		Run: func(ctx context.Context, st Store, r *bot.Request, args []string) error {
			streams := streamsOf(*r.Staff, working...)
			if ask := readQueueAsk(*r.Staff, args); len(args) > 0 {
				if !slices.Contains(streams, ask.stream) {
					return cases.Fail(cases.NotFound, "error.not_found")
				}
				streams = []cases.Stream{ask.stream}
			}
			return takeNext(ctx, st, r, streams)
		},
	}
}

// takeNext tries the desks in order: reports before requests for help.
func takeNext(ctx context.Context, st Store, r *bot.Request, streams []cases.Stream) error {
	for _, stream := range streams {
		desk, err := deskFor(st, *r.Staff, stream)
		if err != nil {
			return err
		}
		c, err := desk.TakeNext(ctx, *r.Staff)
		if err == nil {
			if err := shown(ctx, st, r, c); err != nil {
				return err
			}
			return tellSeen(ctx, st, r, c)
		}
		if cases.KindOf(err) != cases.NotFound {
			return err
		}
	}
	r.Toast(bot.T("take.none"))
	return nil
}

// claim takes one particular case.
func claim() Command {
	return step{name: "nhanviec", aliases: []string{"take"}, verb: cases.Take, rights: working, streams: both}.command()
}
