package main

import (
	"context"
	"fmt"

	"tinbao/cases"
)

// retentionCommand tells what retention removes.
type retentionCommand struct {
	settings
	Now bool `name:"run" help:"Remove it now; serve does so every hour by itself."`
}

// Run prints numbers only. Without --run nothing is changed.
func (c *retentionCommand) Run(ctx context.Context) error {
	a, err := wire(ctx, c.settings, options{log: silent()})
	if err != nil {
		return err
	}
	defer a.close()
	keep := c.retention()
	fmt.Printf("kept after the end of a case: ways back %d days, files %d days, what was written %d days\n", keep.Routes, keep.Files, keep.Content)
	if c.Now {
		done, err := a.store.Retain(ctx, keep)
		fmt.Printf("removed: %d ways back, %d files, %d cases\n", done.Routes, done.Files, done.Cases)
		return err
	}
	now, err := a.store.DueForRetention(ctx, keep, 0)
	if err != nil {
		return err
	}
	soon, err := a.store.DueForRetention(ctx, keep, warnAhead)
	if err != nil {
		return err
	}
	for _, stream := range []cases.Stream{cases.ReportStream, cases.HelpStream} {
		fmt.Printf("%-6s due now: %d ways back, %d files, %d cases; within a week: %d, %d, %d\n", stream,
			now[stream].Routes, now[stream].Files, now[stream].Cases, soon[stream].Routes, soon[stream].Files, soon[stream].Cases)
	}
	return nil
}
