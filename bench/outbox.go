package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"tinbao/bot"
	"tinbao/storage"
	"tinbao/telegramsim"
)

// What is sent while Telegram's limits hold.
const (
	readers     = 300 // chats of one message each, ten seconds at 30 a second
	inOneChat   = 8
	batch       = 1_000 // messages queued in one transaction
	allowed     = 30.0  // a second in all, core.telegram.org/bots/faq
	nearAllowed = 0.9
	// Telegram's limit is a bucket, in the simulator and in the program: a full one lets
	// so many through at once.
	burstAllowed = 30
)

// outbox measures how fast messages that are committed leave: as fast as it can, and under
// Telegram's limits, which the simulator enforces.
func outbox(ctx context.Context, b *bench) (err error) {
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
	people := b.people(t, readers)
	return with(ctx, address, func(conn *pgx.Conn) error {
		p, _, err := b.tinbao(ctx, t, address, unhurried()...)
		if err != nil {
			return err
		}
		if err := b.greet(ctx, t, p, conn, people); err != nil {
			return errors.Join(err, p.end())
		}
		free, err := b.drain(ctx, t, p, conn, address, letters(people, b.queued))
		if err = errors.Join(err, p.end()); err != nil {
			return err
		}
		t.EnforceLimits(true)
		if p, _, err = b.tinbao(ctx, t, address); err != nil {
			return err
		}
		bound, err := b.drain(ctx, t, p, conn, address, append(letters(people, readers), letters(people[:1], inOneChat)...))
		if err = errors.Join(err, p.end()); err != nil {
			return err
		}
		b.tellOutbox(free, bound)
		return nil
	})
}

func (b *bench) tellOutbox(free, bound sent) {
	table := b.page.table("Outbox", "limits", "messages", "a second", "fastest second of a chat", "refused by Telegram (429)")
	table.row("none", thousands(free.n), perSecond(free.rate), "–", fmt.Sprint(free.refused))
	table.row("Telegram's: 30 a second, 1 a second to a chat after 3", thousands(bound.n), fmt.Sprintf("%.1f/s", bound.rate), fmt.Sprint(bound.chat), fmt.Sprint(bound.refused))
	b.page.goal(bound.rate >= nearAllowed*allowed && bound.refused*100 <= bound.n, "the outbox uses 90 % of what Telegram allows, and is refused once in 100 at most", fmt.Sprintf("%.1f/s, %d refused", bound.rate, bound.refused))
}

// greet lets everybody press Start, so that they may be written to.
func (b *bench) greet(ctx context.Context, t *telegram, p *program, conn *pgx.Conn, people []int64) error {
	for _, id := range people {
		if _, err := t.Start(id, ""); err != nil {
			return fmt.Errorf("pressing Start: %w", err)
		}
	}
	return b.quiet(ctx, t, p, conn, waitingUpdates, waitingMessages)
}

// quiet waits until Telegram has no updates left and each count is nothing, one after another.
func (b *bench) quiet(ctx context.Context, t *telegram, p *program, conn *pgx.Conn, counts ...string) error {
	var failed error
	err := p.until(ctx, dbGlance, func() bool {
		if t.Pending() > 0 {
			return false
		}
		for _, sql := range counts {
			n, err := number(ctx, conn, sql)
			if failed = err; err != nil {
				return true
			}
			if n > 0 {
				return false
			}
		}
		return true
	})
	return errors.Join(err, failed)
}

// letters are n messages to the people in turn.
func letters(people []int64, n int) []storage.Message {
	all := make([]storage.Message, 0, n)
	for i := range n {
		chat := people[i%len(people)]
		call := bot.Call{Method: "sendMessage", Params: map[string]string{
			"chat_id": strconv.FormatInt(chat, 10), "text": fmt.Sprintf("Phường đã nhận được thông tin của bạn và đang kiểm tra (%d).", i),
		}}
		all = append(all, storage.Message{Chat: chat, Payload: call.Encode()})
	}
	return all
}

// sent is what became of messages.
type sent struct {
	n, refused int
	chat       int     // most within one second in one chat
	rate       float64 // a second, after the first
}

// drain queues messages and waits until all have left.
func (b *bench) drain(ctx context.Context, t *telegram, p *program, conn *pgx.Conn, address string, all []storage.Message) (sent, error) {
	began := time.Now()
	if err := b.store(ctx, address, func(s *storage.Store) error {
		for len(all) > 0 {
			n := min(batch, len(all))
			if err := s.Send(ctx, all[:n]...); err != nil {
				return err
			}
			all = all[n:]
		}
		return nil
	}); err != nil {
		return sent{}, err
	}
	if err := b.quiet(ctx, t, p, conn, waitingUpdates, waitingMessages); err != nil {
		return sent{}, err
	}
	return tally(t.Calls(), began), nil
}

// tally looks at the calls since a moment.
func tally(calls []telegramsim.Call, since time.Time) (s sent) {
	const tooMany = 429
	var times []time.Time
	chats := map[int64][]time.Time{}
	for _, c := range calls {
		if c.Method != "sendMessage" || c.At.Before(since) {
			continue
		}
		if c.Status == tooMany {
			s.refused++
			continue
		}
		times = append(times, c.At)
		chats[c.Chat] = append(chats[c.Chat], c.At)
	}
	slices.SortFunc(times, time.Time.Compare)
	s.n = len(times)
	if from, to := burstAllowed, s.n*95/100-1; to > from {
		s.rate = rate(to-from, times[to].Sub(times[from]))
	}
	for _, at := range chats {
		from := 0
		for i := range at {
			for at[i].Sub(at[from]) >= time.Second {
				from++
			}
			s.chat = max(s.chat, i-from+1)
		}
	}
	return s
}
