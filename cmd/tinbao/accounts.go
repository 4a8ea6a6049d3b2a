package main

import (
	"context"
)

// findAccounts begins the history of accounts that a program of the release before opened.
// While the database is away it waits.
func (a *app) findAccounts(ctx context.Context) {
	for ctx.Err() == nil {
		err := a.store.FindAccounts(ctx)
		if !transient(err) {
			if err != nil {
				a.log.Error("the history of accounts cannot be begun", "err", err)
			}
			return
		}
		wait(ctx, nil, awayPause)
	}
}
