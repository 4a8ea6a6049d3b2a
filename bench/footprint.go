package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	settle    = 3 * time.Second // after which a program that does nothing is at rest
	goalStart = time.Second
	goalBytes = 60 << 20
	goalOpen  = 5_000 // dialogs
)

// footprint measures how soon the program is ready and what it takes of the machine, beside
// the echo bots.
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
	start, rest := map[string]spread{}, map[string]held{}
	for _, name := range bots {
		if start[name], rest[name], err = b.starting(ctx, t, address, name); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	open, err := b.memory(ctx, t, address)
	if err != nil {
		return err
	}
	head := []string{"what"}
	for _, name := range bots {
		head = append(head, botNames[name])
	}
	table := b.page.table("Footprint", head...)
	row := func(what string, cell func(name string) string) {
		cells := []string{what}
		for _, name := range bots {
			cells = append(cells, cell(name))
		}
		table.row(cells...)
	}
	own := func(value string) func(string) string {
		return func(name string) string {
			if name == "tinbao" {
				return value
			}
			return "–"
		}
	}
	row(fmt.Sprintf("from exec to ready, p50 (slowest) of %d", b.starts), func(name string) string {
		return fmt.Sprintf("%s (%s)", ms(start[name].at(p50)), ms(start[name].at(100)))
	})
	row("resident at rest", func(name string) string { return megabytes(rest[name].now) })
	row("… without its own file, which is shared", func(name string) string { return megabytes(rest[name].now - rest[name].file) })
	row(fmt.Sprintf("resident with %s open dialogs", thousands(b.open)), own(megabytes(open.now)))
	row("… without its own file", own(megabytes(open.now-open.file)))
	row("the most while they were opened at once", own(megabytes(open.most)))
	row("program", func(name string) string { return sizeOf(b.program(name)) })
	row("container image", own(sizeOf(b.image)))
	table.note = "The echo bots are ready when they have called Telegram for the first time."
	slowest := start["tinbao"].at(100)
	b.page.goal(slowest < goalStart, "ready in under a second", "slowest "+ms(slowest))
	if b.open >= goalOpen {
		b.page.goal(open.most < goalBytes, fmt.Sprintf("less than 60 MB resident with %s dialogs", thousands(b.open)), fmt.Sprintf("%s, at most %s", megabytes(open.now), megabytes(open.most)))
	}
	return nil
}

// program is the file of a bot.
func (b *bench) program(name string) string {
	if name == "tinbao" {
		return b.binary
	}
	return filepath.Join(b.rivals, name)
}

// starting starts a bot several times, and tells what it holds when it does nothing.
func (b *bench) starting(ctx context.Context, t *telegram, address, name string) (starts spread, rest held, err error) {
	for i := range b.starts {
		var p *program
		var took time.Duration
		if name == "tinbao" {
			p, took, err = b.tinbao(ctx, t, address, unhurried()...)
		} else {
			p, took, err = b.rival(ctx, t, name)
		}
		if err != nil {
			return nil, rest, err
		}
		starts = append(starts, took)
		if i == b.starts-1 {
			time.Sleep(settle)
			rest, err = p.resident()
		}
		if name == "tinbao" {
			err = errors.Join(err, p.end())
		} else {
			p.kill()
		}
		if err != nil {
			return nil, rest, err
		}
	}
	return starts, rest, nil
}

// memory is what the program holds with many open dialogs, and held at most until then.
func (b *bench) memory(ctx context.Context, t *telegram, address string) (open held, err error) {
	p, _, err := b.tinbao(ctx, t, address, unhurried()...)
	if err != nil {
		return open, err
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
		open, err = p.resident()
	}
	return open, errors.Join(err, p.end())
}

// sizeOf is the size of a file, or that there is none.
func sizeOf(path string) string {
	info, err := os.Stat(path)
	if err != nil {
		return "not built"
	}
	return megabytes(info.Size())
}
