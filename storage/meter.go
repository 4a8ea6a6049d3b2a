package storage

import (
	"context"
	"encoding/hex"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"

	"tinbao/cases"
	"tinbao/storage/internal/db"
)

// Meters count in Redis, under names that change daily. While Redis is away they count
// in Postgres, in the transaction of the update: what comes in one after another there
// is slower, and the limits are the same.

const (
	meterLimit = 100 * time.Millisecond // a Redis that answers slower is no help
	meterPause = 5 * time.Second        // before an absent Redis is asked again
)

// counters is Redis as far as it is there.
type counters struct {
	redis redis.UniversalClient // nil = none
	away  atomic.Int64          // not asked before this moment, in Unix nanoseconds
}

// do asks Redis; false when it cannot answer.
func (c *counters) do(ctx context.Context, ask func(ctx context.Context) error) bool {
	if c.redis == nil || time.Now().UnixNano() < c.away.Load() {
		return false
	}
	limited, cancel := context.WithTimeout(ctx, meterLimit)
	defer cancel()
	if err := ask(limited); err != nil {
		if ctx.Err() == nil {
			c.away.Store(time.Now().Add(meterPause).UnixNano())
		}
		return false
	}
	return true
}

// meterName is the name under which something is counted: of the chat of the update,
// or of the whole ward. It says neither what is counted nor that two counts are of one chat.
func (t *Tx) meterName(what cases.Metered, of string) string {
	switch what {
	case cases.Flood, cases.GuessAll, cases.Knocks:
		return t.s.wardMeter(t.now, string(what))
	}
	return meterPrefix + t.s.vault.DailyHash(t.now, string(what), hex.EncodeToString(t.person()), of)
}

const meterPrefix = "meter:"

// wardMeter is the name under which something of the whole ward is counted, on a day or, at
// the zero time, for longer.
func (s *Store) wardMeter(now time.Time, what string) string {
	return meterPrefix + s.vault.DailyHash(now, what, "ward", "")
}

// person is who wrote, the same at every bot of the ward: several bots are not several
// times as many reports.
func (t *Tx) person() []byte {
	if station, person := cases.SplitChat(t.chat.back); station != 0 {
		return t.s.vault.Who(person)
	}
	return t.who
}

// Hit counts one, and tells how many it is within the window. of keeps things of one
// kind apart, like the words of a report; it is hashed.
func (t *Tx) Hit(ctx context.Context, what cases.Metered, of string) (int, error) {
	name, window := t.meterName(what, of), cases.Quotas[what].Window
	var n int64
	if t.s.meters.do(ctx, func(ctx context.Context) error {
		pipe := t.s.meters.redis.TxPipeline()
		pipe.SetNX(ctx, t.s.meterKey(name), 0, window)
		count := pipe.Incr(ctx, t.s.meterKey(name))
		_, err := pipe.Exec(ctx)
		n = count.Val()
		return err
	}) {
		return int(n), nil
	}
	if err := t.as(ctx, roleDesk); err != nil {
		return 0, err
	}
	counted, err := t.q.Hit(ctx, db.HitParams{WardID: int32(t.s.conf.Ward), Name: name, Until: t.now.Add(window), Now: t.now})
	return int(counted), interpret(err)
}

// Bar lets nothing of a kind through for a while.
func (t *Tx) Bar(ctx context.Context, what cases.Metered, d time.Duration) error {
	name := t.meterName("bar "+what, "")
	if t.s.meters.do(ctx, func(ctx context.Context) error {
		return t.s.meters.redis.Set(ctx, t.s.meterKey(name), t.now.Add(d).UnixMilli(), d).Err()
	}) {
		return nil
	}
	if err := t.as(ctx, roleDesk); err != nil {
		return err
	}
	return interpret(t.q.SetMeter(ctx, db.SetMeterParams{WardID: int32(t.s.conf.Ward), Name: name, Until: t.now.Add(d)}))
}

// BarredUntil tells until when Bar holds; zero = nothing is barred.
func (t *Tx) BarredUntil(ctx context.Context, what cases.Metered) (time.Time, error) {
	name := t.meterName("bar "+what, "")
	var until time.Time
	if t.s.meters.do(ctx, func(ctx context.Context) error {
		at, err := t.s.meters.redis.Get(ctx, t.s.meterKey(name)).Int64()
		if err == redis.Nil { //nolint:errorlint // go-redis gives the value itself
			return nil
		}
		until = time.UnixMilli(at)
		return err
	}) {
		if !until.After(t.now) {
			until = time.Time{}
		}
		return until, nil
	}
	if err := t.as(ctx, roleDesk); err != nil {
		return until, err
	}
	until, err := t.q.MeterUntil(ctx, db.MeterUntilParams{WardID: int32(t.s.conf.Ward), Name: name, Now: t.now})
	if err = interpret(err); err != nil && cases.KindOf(err) == cases.NotFound {
		return time.Time{}, nil
	}
	return until, err
}

// Muted reports whether reports of the chat of the update are put apart.
func (t *Tx) Muted() bool { return t.muted }

// KeepCode keeps a receipt for the chat of the update, so that it can be shown again
// for a while.
func (t *Tx) KeepCode(r cases.Receipt) {
	t.chat.code, t.chat.changed = []byte(r), true
}

// Code is the receipt that can be shown again; false when there is none any more.
func (t *Tx) Code() (cases.Receipt, bool) {
	return cases.Receipt(t.chat.known), len(t.chat.known) > 0
}

// muteEnd is when a mute of some days ends, at a midnight; 0 days end it now. The moment would
// be that of the case's history.
func muteEnd(now time.Time, days int) time.Time {
	if days == 0 {
		return dayStart(now)
	}
	return dayStart(now).AddDate(0, 0, days+1)
}

// mute puts reports of everybody who waits for news of a case apart for some days,
// or no longer (0).
func (t *Tx) mute(ctx context.Context, o *opened, days int) error {
	routes, err := t.routes(ctx, o.stream(), o.id())
	if err != nil {
		return err
	}
	if len(routes) == 0 {
		return cases.Fail(cases.NotAllowed, "error.mute.none")
	}
	role := t.role
	if err := t.as(ctx, roleDesk); err != nil {
		return err
	}
	for _, r := range routes {
		_, person := cases.SplitChat(r.Chat)
		for _, station := range t.s.conf.Stations { // or the next bot would let the same person through
			err := t.q.Mute(ctx, db.MuteParams{WardID: int32(t.s.conf.Ward), Who: t.s.vault.MuteName(cases.ChatAt(station, person)), Until: muteEnd(t.now, days)})
			if err != nil {
				return interpret(err)
			}
		}
	}
	return t.as(ctx, role)
}
