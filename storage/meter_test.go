package storage_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/redis/go-redis/v9"

	"tinbao/cases"
	"tinbao/internal/testservers"
	"tinbao/storage"
)

// redisAt opens the tests' Redis.
func redisAt(t *testing.T, address string) redis.UniversalClient {
	t.Helper()
	opt, err := redis.ParseURL(address)
	if err != nil {
		t.Fatal(err)
	}
	opt.ContextTimeoutEnabled = true
	client := redis.NewClient(opt)
	t.Cleanup(func() { client.Close() })
	return client
}

func (b *bench) hit(chat int64, what cases.Metered, of string) (n int) {
	b.t.Helper()
	b.do(chat, func(ctx context.Context, tx *storage.Tx) (err error) {
		n, err = tx.Hit(ctx, what, of)
		return err
	})
	return n
}

// Counting is the same in Redis, in Postgres without one, and when Redis went away.
func TestCounting(t *testing.T) {
	t.Parallel()
	gone := redis.NewClient(&redis.Options{Addr: "127.0.0.1:1", ContextTimeoutEnabled: true, MaxRetries: -1})
	t.Cleanup(func() { gone.Close() })
	for name, client := range map[string]redis.UniversalClient{"Postgres": nil, "Redis": redisAt(t, testservers.Redis(t)), "Redis away": gone} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setupWith(t, freshVault(t), func(c *storage.Config) { c.Redis = client })
			for want := 1; want <= 3; want++ {
				if n := b.hit(an, cases.Sending, ""); n != want {
					t.Fatalf("hit %d counts as %d", want, n)
				}
			}
			if n := b.hit(binh, cases.Sending, ""); n != 1 {
				t.Errorf("somebody else's first is %d", n)
			}
			if n := b.hit(an, cases.Repeating, "words"); n != 1 {
				t.Errorf("another count began at %d", n)
			}
			if n := b.hit(an, cases.Repeating, "other words"); n != 1 {
				t.Errorf("other words count with these: %d", n)
			}
			b.hit(an, cases.Flood, "")
			if n := b.hit(binh, cases.Flood, ""); n != 2 {
				t.Errorf("the ward counts %d", n)
			}
			until := func(chat int64) (at time.Time) {
				b.do(chat, func(ctx context.Context, tx *storage.Tx) (err error) {
					at, err = tx.BarredUntil(ctx, cases.Guessing)
					return err
				})
				return at
			}
			b.do(an, func(ctx context.Context, tx *storage.Tx) error { return tx.Bar(ctx, cases.Guessing, time.Minute) })
			if at := until(an); !at.Equal(b.at.Add(time.Minute)) {
				t.Errorf("barred until %s", at)
			}
			if at := until(binh); !at.IsZero() {
				t.Errorf("somebody else is barred until %s", at)
			}
			b.pass(time.Minute)
			if at := until(an); !at.IsZero() {
				t.Errorf("still barred until %s", at)
			}
		})
	}
}

// A window ends, and so does a day: the names of yesterday are not those of today.
func TestWindowsEnd(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.hit(an, cases.Sending, "")
	b.pass(59 * time.Minute)
	if n := b.hit(an, cases.Sending, ""); n != 2 {
		t.Errorf("within the hour: %d", n)
	}
	b.pass(2 * time.Minute)
	if n := b.hit(an, cases.Sending, ""); n != 1 {
		t.Errorf("after the hour: %d", n)
	}
	names := func() string {
		return strings.Join(column[string](b, `select name from edge.meters order by name`), " ")
	}
	today := names()
	b.pass(24 * time.Hour)
	if n := b.hit(an, cases.Sending, ""); n != 1 || names() == today {
		t.Errorf("the next day: %d, %s", n, names())
	}
	b.pass(2 * time.Hour)
	if err := b.Sweep(t.Context(), "vi"); err != nil {
		t.Fatal(err)
	}
	if left := names(); left != "" {
		t.Errorf("counts outlive their window: %s", left)
	}
}

// column reads one column as the owner of the database.
func column[T any](b *bench, sql string) []T {
	b.t.Helper()
	conn, err := pgx.Connect(context.Background(), b.url)
	if err != nil {
		b.t.Fatal(err)
	}
	defer conn.Close(context.Background())
	rows, _ := conn.Query(context.Background(), sql)
	list, err := pgx.CollectRows(rows, pgx.RowTo[T])
	if err != nil {
		b.t.Fatal(err)
	}
	return list
}

// A sender is muted by a case, without a name, for some days; the next report says so
// to nobody but the store.
func TestMute(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o := b.staff(officer, cases.Officer)
	_, c := b.report(an, sample)
	muted := func(chat int64) (m bool) {
		b.do(chat, func(_ context.Context, tx *storage.Tx) error { m = tx.Muted(); return nil })
		return m
	}
	b.must(o, c.Number, cases.Change{Verb: cases.Mute, Days: 7})
	if !muted(an) || muted(binh) {
		t.Error("muted, or not, the wrong chat")
	}
	b.pass(8 * 24 * time.Hour)
	if muted(an) {
		t.Error("muted for ever")
	}
	b.must(o, c.Number, cases.Change{Verb: cases.Mute, Days: 30})
	b.must(o, c.Number, cases.Change{Verb: cases.Mute})
	if muted(an) {
		t.Error("unmuting does nothing")
	}
	b.do(an, func(ctx context.Context, tx *storage.Tx) error { return tx.CutRoute(ctx, cases.ReportStream, c.ID) })
	if _, err := b.act(o, c.Number, cases.Change{Verb: cases.Mute, Days: 1}); cases.TextOf(err) != "error.mute.none" {
		t.Errorf("without a way back: %v", err)
	}
}

// A report put apart is in its own view and in that of overdue ones, is handed to
// nobody, and comes back with the first thing somebody does.
func TestApart(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o := b.staff(officer, cases.Officer)
	var c cases.Case
	b.do(an, func(ctx context.Context, tx *storage.Tx) (err error) {
		_, c, err = tx.Receive(ctx, cases.Route{Chat: an, Lang: "vi"}, cases.NewCase{Report: &sample, Source: cases.FromBot, Apart: true})
		return err
	})
	in := func(view cases.QueueView) (n int) {
		b.do(officer, func(ctx context.Context, tx *storage.Tx) error {
			p, err := tx.Desk(cases.ReportStream).Queue(ctx, o, view, 0)
			n = p.Total
			return err
		})
		return n
	}
	if in(cases.QueueApart) != 1 || in(cases.QueueOpen) != 0 || in(cases.QueueNew) != 0 {
		t.Error("the wrong views show it")
	}
	if err := b.try(officer, func(ctx context.Context, tx *storage.Tx) error {
		_, err := tx.Desk(cases.ReportStream).TakeNext(ctx, o)
		return err
	}); cases.KindOf(err) != cases.NotFound {
		t.Errorf("handed out: %v", err)
	}
	b.pass(30 * 24 * time.Hour)
	if in(cases.QueueOverdue) != 1 {
		t.Error("its limit runs unseen")
	}
	b.must(o, c.Number, cases.Change{Verb: cases.Take})
	if in(cases.QueueApart) != 0 || in(cases.QueueOpen) != 1 {
		t.Error("it does not come back")
	}
}

// The receipt is shown again in the chat that got it, for ten minutes, and is nowhere
// to be read afterwards.
func TestCodeIsShownAgain(t *testing.T) {
	t.Parallel()
	b := setup(t)
	r, _ := b.report(an, sample)
	code := func(chat int64) (got cases.Receipt) {
		b.do(chat, func(_ context.Context, tx *storage.Tx) error { got, _ = tx.Code(); return nil })
		return got
	}
	if code(an) != r || code(binh) != "" {
		t.Error("not shown, or to somebody else")
	}
	b.do(an, func(_ context.Context, tx *storage.Tx) error { tx.SaveDraft([]byte(`{}`), "vi"); return nil })
	b.do(an, func(_ context.Context, tx *storage.Tx) error { tx.DropDraft(); return nil })
	if code(an) != r {
		t.Error("another dialog took it away")
	}
	b.pass(cases.CodeShown)
	if code(an) != "" {
		t.Error("shown after its time")
	}
	if _, err := b.TendDrafts(t.Context(), 30*time.Minute, func(storage.LeftDraft) ([]byte, []storage.Message, error) { return nil, nil, nil }); err != nil {
		t.Fatal(err)
	}
	if n := column[int64](b, `select count(*) from edge.chats where code is not null`)[0]; n != 0 {
		t.Errorf("%d receipts are kept", n)
	}
}

// Several bots are one desk: reports count for the person at whichever bot they come, and
// who is put apart is so at all of them.
func TestSeveralBotsCountAPersonOnce(t *testing.T) {
	t.Parallel()
	const station = 7
	elsewhere := cases.ChatAt(station, an)
	b := setupWith(t, freshVault(t), func(c *storage.Config) { c.Stations = []int{0, station} })
	b.hit(an, cases.Sending, "")
	if n := b.hit(elsewhere, cases.Sending, ""); n != 2 {
		t.Errorf("the second report of a person, by another bot, counts as %d", n)
	}
	o := b.staff(officer, cases.Officer)
	_, c := b.report(elsewhere, sample)
	b.must(o, c.Number, cases.Change{Verb: cases.Take})
	b.must(o, c.Number, cases.Change{Verb: cases.Mute, Days: 7})
	for _, chat := range []int64{an, elsewhere} {
		b.do(chat, func(_ context.Context, tx *storage.Tx) error {
			if !tx.Muted() {
				t.Errorf("at one of the bots reports of the person are not put apart")
			}
			return nil
		})
	}
	b.do(binh, func(_ context.Context, tx *storage.Tx) error {
		if tx.Muted() {
			t.Error("somebody else's reports are put apart")
		}
		return nil
	})
	// Updates of two bots have numbers of their own and are kept side by side.
	other := b.Of(bot + 1)
	for _, s := range []*storage.Store{b.Store, other} {
		if err := s.Keep(t.Context(), []storage.Update{{ID: 1000, Chat: an, Payload: []byte("{}")}}); err != nil {
			t.Fatal(err)
		}
		if n, err := s.Waiting(t.Context()); err != nil || n != 1 {
			t.Errorf("%d updates wait at a bot (%v)", n, err)
		}
	}
}
