package storage_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"tinbao/storage"
)

// A session plans anew what it planned while the queue was empty, once that was slow.
func TestPlansOfAnEmptyQueueAreForgotten(t *testing.T) {
	t.Parallel()
	v := freshVault(t)
	b := setupWith(t, v, func(c *storage.Config) { c.MaxConns = 1 })
	intake := setupWith(t, v, func(c *storage.Config) { c.URL = b.url }) // in sessions of its own
	// Analysing a table lets all sessions plan anew; here nothing but slowness does.
	if _, err := asOwner(t, b.url).Exec(t.Context(), "alter table edge.updates set (autovacuum_enabled = off)"); err != nil {
		t.Fatal(err)
	}
	nothing := func(context.Context, *storage.Tx, []byte) error { return nil }
	if found, err := b.HandleOne(t.Context(), nothing); found || err != nil {
		t.Fatalf("an empty queue: %v %v", found, err)
	}
	plan := func() string { // that the session keeps, with what it took the costs for
		t.Helper()
		var lines []string
		err := pgx.BeginFunc(t.Context(), b.Pool(), func(tx pgx.Tx) error {
			var name string
			err := tx.QueryRow(t.Context(), "select name from pg_prepared_statements where statement like '-- name: ClaimUpdate %'").Scan(&name)
			if err != nil {
				return err
			}
			if _, err := tx.Exec(t.Context(), "set local plan_cache_mode = force_generic_plan"); err != nil {
				return err
			}
			rows, _ := tx.Query(t.Context(), fmt.Sprintf("explain execute %s(1, now(), 1)", pgx.Identifier{name}.Sanitize()), pgx.QueryExecModeSimpleProtocol)
			lines, err = pgx.CollectRows(rows, pgx.RowTo[string])
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(lines, "\n")
	}
	empty := plan()
	updates := make([]storage.Update, 5000)
	for i := range updates {
		updates[i] = storage.Update{ID: int64(i + 1), Chat: int64(i + 1), Payload: []byte("{}")}
	}
	if err := intake.Keep(t.Context(), updates); err != nil {
		t.Fatal(err)
	}
	// A busy machine can have made an earlier statement slow, and the session waits a while then.
	const patience = 2 * time.Minute
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for plan() == empty {
		if _, err := b.Pool().Exec(ctx, "select pg_sleep(0.25)"); err != nil {
			t.Fatalf("the plan of an empty queue is kept (%v):\n%s", err, empty)
		}
	}
}
