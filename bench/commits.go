package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"

	"tinbao/telegramsim"
)

const (
	handlers    = 16  // updates a replica handles at once, see cmd/tinbao/serve.go
	rowBytes    = 600 // of a sealed update, when none was seen
	firstToCome = 8 * handlers
	statsLate   = 500 * time.Millisecond // until ended sessions have told what they did
	goalRaw     = 0.60                   // of bare commits
	quiet       = 1.25                   // two measurements of the same differ by less on a machine that does nothing else
)

// commits compares bare commits of a row as big as an update with updates that are kept,
// handled and committed.
func commits(ctx context.Context, b *bench) error {
	size := int64(rowBytes)
	var held, syncOff, delayed burst
	var err error
	// Answers wait for Telegram's limit, so one transaction an update is what is measured.
	const slow = "TINBAO_SEND_RATE=1"
	if held, err = b.burstOf(ctx, "", slow); err != nil {
		return err
	}
	if held.payload > 0 {
		size = held.payload
	}
	bare, err := b.bare(ctx, size, "")
	if err != nil {
		return err
	}
	bareDelayed, err := b.bare(ctx, size, groupCommit)
	if err != nil {
		return err
	}
	if delayed, err = b.burstOf(ctx, groupCommit, slow); err != nil {
		return err
	}
	if syncOff, err = b.burstOf(ctx, "synchronous_commit = off", slow); err != nil {
		return err
	}
	whole, err := b.burstOf(ctx, "", unhurried()...)
	if err != nil {
		return err
	}
	again, err := b.bare(ctx, size, "")
	if err != nil {
		return err
	}
	spread := max(bare.rate, again.rate) / min(bare.rate, again.rate)
	bare.rate = (bare.rate + again.rate) / 2
	t := b.page.table(fmt.Sprintf("Commits, %d at a time", handlers), "what", "a second", "of bare commits", "commits each", "syncs each", "journal each")
	t.row(fmt.Sprintf("bare commit of a row of %d bytes", size), perSecond(bare.rate), "100 %", "1.0", bare.each(bare.done.syncs), bare.bytes())
	for _, r := range []struct {
		what string
		burst
	}{
		{"update kept + handled + committed (answers held back)", held},
		{"the same, answers sent too", whole},
		{"answers held back, " + groupCommit, delayed},
		{"answers held back, synchronous_commit = off", syncOff},
	} {
		t.row(r.what, perSecond(r.rate), percent(r.rate, bare.rate), r.each(r.done.commits), r.each(r.done.syncs), r.bytes())
	}
	t.row("update kept and confirmed to Telegram, while others are handled", perSecond(held.kept), percent(held.kept, bare.rate), "–", "–", "–")
	t.row("bare commit, "+groupCommit, perSecond(bareDelayed.rate), percent(bareDelayed.rate, bare.rate), "1.0", bareDelayed.each(bareDelayed.done.syncs), bareDelayed.bytes())
	t.note = fmt.Sprintf("With synchronous_commit = off no commit waits for the disk: what an update gains by that is the most that commits in groups could give it. "+
		"Commits in groups (%s) change the rate of updates by %+.0f %%, no waiting for the disk changes it by %+.0f %%. "+
		"What busy sessions did while answers were held back: %s. Lock:object is the lock that commits with a NOTIFY hold one after another.",
		groupCommit, 100*(delayed.rate/held.rate-1), 100*(syncOff.rate/held.rate-1), held.waits)
	if spread > quiet {
		t.note += fmt.Sprintf(" **The machine was not quiet: bare commits before and after the others differ by × %.2f.**", spread)
	}
	b.page.goal(held.rate >= goalRaw*bare.rate, "updates of one transaction reach 60 % of bare commits", percent(held.rate, bare.rate))
	return nil
}

// groupCommit lets commits wait a moment for each other.
const groupCommit = "commit_delay = 200"

// burst is what became of many commits at once.
type burst struct {
	n       int     // commits in all
	rate    float64 // a second
	kept    float64 // updates a second that Telegram was told are kept
	done    work    // by the server
	payload int64   // bytes of a sealed update
	waits   waits   // of the program's sessions
}

func (r burst) each(n int64) string { return fmt.Sprintf("%.1f", float64(n)/float64(max(r.n, 1))) }
func (r burst) bytes() string {
	return fmt.Sprintf("%.1f kB", float64(r.done.journal)/1024/float64(max(r.n, 1)))
}

// setting is a statement that makes a setting hold for new connections to a database; the
// settings of this file are the superuser's.
func setting(conn *pgx.Conn, s string) string {
	return "alter database " + pgx.Identifier{conn.Config().Database}.Sanitize() + " set " + s
}

// bare commits rows as fast as it can for a while.
func (b *bench) bare(ctx context.Context, size int64, set string) (r burst, err error) {
	address, err := b.fresh(ctx)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, b.drop(ctx, address)) }()
	err = with(ctx, address, func(conn *pgx.Conn) error {
		if set != "" {
			if _, err := conn.Exec(ctx, setting(conn, set)); err != nil {
				return fmt.Errorf("setting %s: %w", set, err)
			}
		}
		if err := b.sql(ctx, address, `create table public.bare (bot_id bigint, update_id bigint, lane bytea, payload bytea, kept_at timestamptz, primary key (bot_id, update_id))`); err != nil {
			return err
		}
		before, err := worked(ctx, conn)
		if err != nil {
			return err
		}
		var next atomic.Int64
		began := time.Now()
		limited, cancel := context.WithDeadline(ctx, began.Add(b.raw))
		defer cancel()
		errs := make([]error, handlers)
		var wg sync.WaitGroup
		for i := range handlers {
			wg.Go(func() { errs[i] = commitRows(limited, address, size, &next) })
		}
		wg.Wait()
		r.n = int(next.Load())
		r.rate = rate(r.n, time.Since(began))
		time.Sleep(statsLate)
		after, err := worked(ctx, conn)
		r.done = after.since(before)
		return errors.Join(errors.Join(errs...), err)
	})
	return r, err
}

// commitRows inserts one row a transaction until ctx ends.
func commitRows(ctx context.Context, address string, size int64, next *atomic.Int64) error {
	return with(context.WithoutCancel(ctx), address, func(conn *pgx.Conn) error {
		lane, payload := make([]byte, 32), make([]byte, size)
		for ctx.Err() == nil {
			if _, err := conn.Exec(context.WithoutCancel(ctx), "insert into public.bare values ($1, $2, $3, $4, now())", botNumber, next.Add(1), lane, payload); err != nil {
				return fmt.Errorf("a bare commit: %w", err)
			}
		}
		return nil
	})
}

// burstOf lets many people begin a report at the same moment and measures how long it
// takes until all of it is committed.
func (b *bench) burstOf(ctx context.Context, set string, env ...string) (r burst, err error) {
	address, err := b.fresh(ctx)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, b.drop(ctx, address)) }()
	t, err := newTelegram(ctx)
	if err != nil {
		return r, err
	}
	defer t.end()
	err = with(ctx, address, func(conn *pgx.Conn) error {
		if set != "" {
			if _, err := conn.Exec(ctx, setting(conn, set)); err != nil {
				return fmt.Errorf("setting %s: %w", set, err)
			}
		}
		p, _, err := b.tinbao(ctx, t, address, env...)
		if err != nil {
			return err
		}
		defer p.kill() // with answers that are held back it would not end soon
		before, err := worked(ctx, conn)
		if err != nil {
			return err
		}
		seen := watch(ctx, b.servers.DatabaseURL())
		r, err = b.pour(ctx, t, p, conn, b.burst)
		waits, failed := seen()
		if err = errors.Join(err, failed); err != nil {
			return err
		}
		r.waits = waits
		p.kill() // its sessions tell the rest of what they did when they end
		time.Sleep(statsLate)
		after, err := worked(ctx, conn)
		r.done = after.since(before)
		return err
	})
	return r, err
}

// pour sends one update each from n people and waits until all are handled.
func (b *bench) pour(ctx context.Context, t *telegram, p *program, conn *pgx.Conn, n int) (r burst, err error) {
	people := b.people(t, n)
	r.n = n + firstToCome
	// Some come first: it fetches, and every handler has its connection and its statements.
	for _, id := range b.people(t, firstToCome) {
		if _, err := t.Start(id, ""); err != nil {
			return r, err
		}
	}
	if err := b.quiet(ctx, t, p, conn, waitingUpdates); err != nil {
		return r, err
	}
	began := time.Now()
	for _, id := range people {
		if _, err := t.SendText(id, "/baotin"); err != nil {
			return r, err
		}
	}
	var failed error
	err = p.until(ctx, dbGlance, func() bool {
		kept := t.Pending() == 0
		if kept && r.kept == 0 {
			r.kept = rate(n, time.Since(began))
		}
		waiting, err := number(ctx, conn, waitingUpdates)
		if r.payload == 0 && waiting > 0 {
			r.payload, _ = number(ctx, conn, `select coalesce(avg(octet_length(payload)), 0)::bigint from edge.updates where state = 'waiting'`) // 0 = not known
		}
		failed = err
		return err != nil || kept && waiting == 0
	})
	r.rate = rate(n, time.Since(began))
	if err = errors.Join(err, failed); err != nil {
		return r, err
	}
	if aside, err := number(ctx, conn, setAsideUpdates); err != nil || aside > 0 {
		return r, errors.Join(err, fmt.Errorf("%d updates were set aside", aside))
	}
	return r, nil
}

// people adds residents to a Telegram.
func (b *bench) people(t *telegram, n int) []int64 {
	ids := make([]int64, n)
	for i := range ids {
		b.next++
		ids[i] = b.next
		t.AddUser(telegramsim.User{ID: b.next, FirstName: "Người dân", LanguageCode: "vi"})
	}
	return ids
}
