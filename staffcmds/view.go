package staffcmds

import (
	"context"
	"strings"

	"tinbao/bot"
	"tinbao/cases"
)

// view shows the card of a case. The number may be typed in any of its forms,
// with spaces too.
func view() Command {
	return Command{
		Name: "xem", Aliases: []string{"view"}, Help: "cmd.xem", Args: "usage.case", Rights: seeing, Listed: true,
		Run: func(ctx context.Context, st Store, r *bot.Request, args []string) error {
			if len(args) > 0 {
				args = []string{strings.Join(args, " ")}
			}
			c, _, err := opened(ctx, st, r, args)
			if err != nil {
				return err
			}
			return show(ctx, st, r, c)
		},
	}
}

// opened opens the case the arguments name.
func opened(ctx context.Context, st Store, r *bot.Request, args []string) (cases.Case, target, error) {
	t, err := targetOf(st, r, args)
	if err != nil {
		return cases.Case{}, t, err
	}
	desk, err := deskFor(st, *r.Staff, t.Stream)
	if err != nil {
		return cases.Case{}, t, err
	}
	c, err := desk.Open(ctx, *r.Staff, t.Number)
	return c, t, err
}
