package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// What sessions of the program are seen to do, and for what they wait.
const (
	seenEvery = 20 * time.Millisecond
	seenMost  = 5 // kinds of waiting that are named
	seenSQL   = `select coalesce(wait_event_type || ':' || wait_event, 'working') as what, count(*)
		from pg_stat_activity where application_name = 'tinbao' and state <> 'idle' group by 1`
)

// waits counts, by what a busy session of the program was doing, how often it was seen.
type waits map[string]int64

// watch looks at the sessions until the returned function is called, which gives the counts.
func watch(ctx context.Context, address string) (stop func() (waits, error)) {
	ctx, cancel := context.WithCancel(ctx)
	seen, done := waits{}, make(chan error, 1)
	go func() {
		done <- with(ctx, address, func(conn *pgx.Conn) error {
			for {
				select {
				case <-ctx.Done():
					return nil
				case <-time.After(seenEvery):
				}
				if err := seen.look(ctx, conn); err != nil && ctx.Err() == nil {
					return err
				}
			}
		})
	}()
	return func() (waits, error) {
		cancel()
		return seen, <-done
	}
}

func (w waits) look(ctx context.Context, conn *pgx.Conn) error {
	rows, err := conn.Query(ctx, seenSQL)
	if err != nil {
		return fmt.Errorf("looking at sessions: %w", err)
	}
	var what string
	var n int64
	_, err = pgx.ForEachRow(rows, []any{&what, &n}, func() error {
		w[what] += n
		return nil
	})
	return err
}

// String is the most frequent, in percent.
func (w waits) String() string {
	all := int64(0)
	for _, n := range w {
		all += n
	}
	names := slices.SortedFunc(maps.Keys(w), func(a, b string) int { return cmp.Or(cmp.Compare(w[b], w[a]), cmp.Compare(a, b)) })
	parts := make([]string, 0, seenMost)
	for _, name := range names[:min(seenMost, len(names))] {
		parts = append(parts, fmt.Sprintf("%s %s", name, percent(float64(w[name]), float64(all))))
	}
	return strings.Join(parts, ", ")
}
