package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	settle    = 3 * time.Second // after which a program that does nothing is at rest
	goalStart = time.Second
	goalBytes = 60 << 20
	goalOpen  = 5_000 // dialogs
)

// footprint measures how soon the program is ready and what it takes of the machine.
func footprint(ctx context.Context, b *bench) (err error) {
	address, err := b.fresh(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.drop(ctx, address)) }()
	t, err := newTelegram(ctx)
	if err != nil {
		return err
	}
	defer t.end()
	var starts spread
	for range b.starts {
		p, took, err := b.tinbao(ctx, t, address, unhurried()...)
		if err != nil {
			return err
		}
		starts = append(starts, took)
		if err := p.end(); err != nil {
			return err
		}
	}
	rest, open, most, err := b.memory(ctx, t, address)
	if err != nil {
		return err
	}
	table := b.page.table("Footprint", "what", "value")
	table.row("from exec to /readyz 200", fmt.Sprintf("p50 %s, slowest %s of %d", ms(starts.at(p50)), ms(starts.at(100)), len(starts)))
	table.row("resident at rest", megabytes(rest))
	table.row(fmt.Sprintf("resident with %s open dialogs", thousands(b.open)), fmt.Sprintf("%s, at most %s while they were opened at once", megabytes(open), megabytes(most)))
	table.row("program", sizeOf(b.binary))
	table.row("container image", sizeOf(b.image))
	b.page.goal(starts.at(100) < goalStart, "ready in under a second", "slowest "+ms(starts.at(100)))
	if b.open >= goalOpen {
		b.page.goal(most < goalBytes, fmt.Sprintf("less than 60 MB resident with %s dialogs", thousands(b.open)), fmt.Sprintf("%s, at most %s", megabytes(open), megabytes(most)))
	}
	return nil
}

// memory is what the program holds at rest, and with many open dialogs.
func (b *bench) memory(ctx context.Context, t *telegram, address string) (rest, open, most int64, err error) {
	p, _, err := b.tinbao(ctx, t, address, unhurried()...)
	if err != nil {
		return 0, 0, 0, err
	}
	time.Sleep(settle)
	if rest, _, err = p.resident(); err != nil {
		return 0, 0, 0, errors.Join(err, p.end())
	}
	err = with(ctx, address, func(conn *pgx.Conn) error {
		if _, err := b.pour(ctx, t, p, conn, b.open); err != nil {
			return err
		}
		if err := b.quiet(ctx, t, p, conn, waitingUpdates, waitingMessages); err != nil {
			return err
		}
		drafts, err := number(ctx, conn, `select count(*) from edge.chats where draft is not null`)
		if err == nil && drafts < int64(b.open) {
			err = fmt.Errorf("%d dialogs are open, not %d", drafts, b.open)
		}
		return err
	})
	if err == nil {
		open, most, err = p.resident()
	}
	return rest, open, most, errors.Join(err, p.end())
}

// sizeOf is the size of a file, or that there is none.
func sizeOf(path string) string {
	info, err := os.Stat(path)
	if err != nil {
		return "not built"
	}
	return megabytes(info.Size())
}
