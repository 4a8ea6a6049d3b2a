package storage_test

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"tinbao/cases"
	"tinbao/internal/testservers"
	"tinbao/storage"
)

// lanes are all that are due.
func (b *bench) lanes() [][]byte {
	b.t.Helper()
	lanes, err := b.Due(b.t.Context(), nil, 100)
	if err != nil {
		b.t.Fatal(err)
	}
	return lanes
}

// lane is the only one that is due.
func (b *bench) lane() []byte {
	b.t.Helper()
	lanes := b.lanes()
	if len(lanes) != 1 {
		b.t.Fatalf("%d lanes are due", len(lanes))
	}
	return lanes[0]
}

func (b *bench) taken(lane []byte) *storage.Outgoing {
	b.t.Helper()
	m, err := b.Next(b.t.Context(), lane)
	if err != nil {
		b.t.Fatal(err)
	}
	return m
}

func TestOutboxDeliversALaneInOrder(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.do(an, func(_ context.Context, tx *storage.Tx) error {
		for _, s := range []string{`1`, `2`, `3`} {
			tx.Queue(storage.Message{Chat: an, Payload: []byte(s)})
		}
		tx.Queue(storage.Message{Chat: an, Payload: []byte(`4`), Press: true})
		return nil
	})
	b.count("select count(*) from river.river_job", 0)
	lanes := b.lanes()
	if len(lanes) != 2 {
		t.Fatalf("%d lanes", len(lanes))
	}
	if rest, err := b.Due(t.Context(), lanes[0], 100); err != nil || len(rest) != 1 || string(rest[0]) != string(lanes[1]) {
		t.Fatal(len(rest), err)
	}
	press := slices.IndexFunc(lanes, storage.Press)
	lane := lanes[1-press]
	one := b.taken(lane)
	if string(one.Payload) != "1" || one.Chat != an || one.Attempts != 1 {
		t.Fatalf("%+v", one)
	}
	if two := b.taken(lane); two != nil {
		t.Fatalf("two deliver one lane: %+v", two)
	}
	if err := b.Later(t.Context(), one, 5*time.Second, "500"); err != nil {
		t.Fatal(err)
	}
	if next := b.taken(lane); next != nil {
		t.Fatalf("overtook a message that waits: %+v", next)
	}
	if n := len(b.lanes()); n != 1 { // a message that waits holds up no other lane
		t.Fatalf("%d lanes are due", n)
	}
	b.pass(6 * time.Second)
	m := b.taken(lane)
	for i, want := range []string{"1", "2", "3"} {
		if m == nil || string(m.Payload) != want {
			t.Fatalf("%+v, want %s", m, want)
		}
		var err error
		if i == 1 {
			err = b.GiveUp(t.Context(), m.ID, "400")
			m = b.taken(lane)
		} else {
			m, err = b.NextAfter(t.Context(), m)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	waiting, failed, _, err := b.OutboxState(t.Context())
	if m != nil || waiting != 1 || failed != 1 || err != nil {
		t.Error(m, waiting, failed, err)
	}
}

// A message for which Telegram, or the limits, have no room is not tried too often.
func TestWaitingIsNoAttempt(t *testing.T) {
	t.Parallel()
	b := setup(t)
	if err := b.Send(t.Context(), storage.Message{Chat: an, Payload: []byte(`1`)}); err != nil {
		t.Fatal(err)
	}
	lane := b.lane()
	for range 3 {
		m := b.taken(lane)
		if m == nil || m.Attempts != 1 {
			t.Fatalf("%+v", m)
		}
		if err := b.PutOff(t.Context(), m, time.Second, "429"); err != nil {
			t.Fatal(err)
		}
		b.pass(2 * time.Second)
	}
	if err := b.Later(t.Context(), b.taken(lane), 0, "500"); err != nil {
		t.Fatal(err)
	}
	b.pass(time.Second)
	if m := b.taken(lane); m == nil || m.Attempts != 2 {
		t.Errorf("%+v", m)
	}
}

func TestNewerMessageOfASlotReplacesTheWaitingOne(t *testing.T) {
	t.Parallel()
	b := setup(t)
	queue := func(payloads ...string) {
		b.do(an, func(_ context.Context, tx *storage.Tx) error {
			for _, p := range payloads {
				tx.Queue(storage.Message{Chat: officer, Payload: []byte(p), Slot: "new"})
			}
			return nil
		})
	}
	queue(`1`, `2`)
	queue(`3`)
	m := b.taken(b.lane())
	if string(m.Payload) != "3" {
		t.Fatalf("%+v", m)
	}
	queue(`4`) // the first is being delivered: this one waits for itself
	if err := b.Later(t.Context(), m, 0, "500"); err != nil {
		t.Fatal(err)
	}
	waiting, _, _, err := b.OutboxState(t.Context())
	if waiting != 2 || err != nil {
		t.Error(waiting, err)
	}
}

// courier remembers what it is told.
type courier struct {
	mu     sync.Mutex
	free   int
	leased []string
	lanes  int
}

func (c *courier) Free() int { return c.free }

func (c *courier) Take(leased []*storage.Outgoing, lanes [][]byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, m := range leased {
		c.leased = append(c.leased, string(m.Payload))
	}
	c.lanes += len(lanes)
}

// said gives what the courier was told since the last time.
func (c *courier) said() (s string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	s = fmt.Sprint(c.leased, c.lanes)
	c.leased, c.lanes = nil, 0
	return s
}

// What begins a lane is leased to whoever queues it, as far as there is room; nobody else
// gets it before the lease ends, also when whoever holds it was killed.
func TestLeasedAsItIsQueued(t *testing.T) {
	t.Parallel()
	c := &courier{free: 2}
	b := setupWith(t, freshVault(t), func(conf *storage.Config) { conf.Courier = c })
	queue := func(m ...storage.Message) func() {
		return func() {
			b.do(chi, func(_ context.Context, tx *storage.Tx) error { tx.Queue(m...); return nil })
		}
	}
	for _, step := range []struct {
		do   func()
		want string
	}{
		{queue(storage.Message{Chat: an, Payload: []byte(`1`)}, storage.Message{Chat: an, Payload: []byte(`2`)}), "[1] 1"},
		{queue(storage.Message{Chat: an, Payload: []byte(`3`)}), "[] 1"},
		{queue(storage.Message{Chat: binh, Payload: []byte(`4`), Slot: "s"}), "[] 1"},
		{queue(storage.Message{Chat: an, Payload: []byte(`5`), Press: true}, storage.Message{Chat: chi, Payload: []byte(`6`)}, storage.Message{Chat: officer, Payload: []byte(`7`)}), "[5 6] 1"},
		{func() { b.Send(t.Context(), storage.Message{Chat: nurse, Payload: []byte(`8`)}) }, "[] 1"},
		{func() {
			b.try(chi, func(_ context.Context, tx *storage.Tx) error {
				tx.Queue(storage.Message{Chat: policeman, Payload: []byte(`9`)})
				return cases.Fail(cases.Transient, "")
			})
		}, "[] 0"},
	} {
		step.do()
		if got := c.said(); got != step.want {
			t.Errorf("told %s, want %s", got, step.want)
		}
	}
	if n := len(b.lanes()); n != 3 { // 4, 7 and 8
		t.Errorf("%d lanes are due while leases hold", n)
	}
	b.pass(time.Minute)
	if n := len(b.lanes()); n != 6 {
		t.Errorf("%d lanes are due after the leases", n)
	}
}

// Whoever settles a message after the lease takes it from nobody.
func TestALeaseThatEndedIsNobodys(t *testing.T) {
	t.Parallel()
	b := setup(t)
	if err := b.Send(t.Context(), storage.Message{Chat: an, Payload: []byte(`1`)}); err != nil {
		t.Fatal(err)
	}
	lane := b.lane()
	late := b.taken(lane)
	b.pass(time.Minute)
	if b.taken(lane) == nil {
		t.Fatal("a lease does not end")
	}
	if err := b.Later(t.Context(), late, 0, "network"); err != nil {
		t.Fatal(err)
	}
	b.pass(time.Second)
	if m := b.taken(lane); m != nil {
		t.Errorf("two hold one message: %+v", m)
	}
}

// However many deliver, each message goes once, and those of a lane in their order.
func TestReplicasShareTheOutbox(t *testing.T) {
	t.Parallel()
	v := freshVault(t)
	b := setupWith(t, v, func(*storage.Config) {})
	other, err := storage.Open(t.Context(), storage.Config{URL: b.url, Vault: v, Ward: testservers.Yen.ID, Bot: bot, MaxConns: 8, Now: func() time.Time { return b.at }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(other.Close)
	const chats, each = 10, 12
	for i := range each {
		var all []storage.Message
		for chat := range int64(chats) {
			all = append(all, storage.Message{Chat: chat + 1, Payload: []byte(strconv.Itoa(i))})
		}
		if err := b.Send(t.Context(), all...); err != nil {
			t.Fatal(err)
		}
	}
	lanes := b.lanes()
	var mu sync.Mutex
	got := map[int64][]string{}
	var wg sync.WaitGroup
	for i := range 8 {
		s := []*storage.Store{b.Store, other}[i%2]
		wg.Go(func() {
			for n := range lanes { // each begins elsewhere, and all meet
				lane := lanes[(n+i)%len(lanes)]
				m, err := s.Next(t.Context(), lane)
				for m != nil && err == nil {
					mu.Lock()
					got[m.Chat] = append(got[m.Chat], string(m.Payload))
					mu.Unlock()
					m, err = s.NextAfter(t.Context(), m)
				}
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	var want []string
	for i := range each {
		want = append(want, strconv.Itoa(i))
	}
	for chat := range int64(chats) {
		if !slices.Equal(got[chat+1], want) {
			t.Errorf("chat %d got %q", chat+1, got[chat+1])
		}
	}
	b.count("select count(*) from edge.outbox", 0)
}

// The commit goes out with the last statement; when it fails, that is seen, and nothing
// of the update is kept.
func TestFailingCommitIsSeen(t *testing.T) {
	t.Parallel()
	c := &courier{free: 2}
	b := setupWith(t, freshVault(t), func(conf *storage.Config) { conf.Courier = c })
	handled := func() error {
		_, err := b.HandleOne(t.Context(), func(_ context.Context, tx *storage.Tx, _ []byte) error {
			tx.Queue(storage.Message{Chat: an, Payload: []byte(`1`)})
			return nil
		})
		return err
	}
	if err := b.Keep(t.Context(), []storage.Update{{ID: 1, Chat: an, Payload: []byte("{}")}}); err != nil {
		t.Fatal(err)
	}
	fail := func(when, how string) {
		b.owner(`create or replace function public.fail() returns trigger language plpgsql security definer as $$ begin ` + how + ` return null; end $$`)
		b.owner(`drop trigger if exists fail on edge.updates`)
		b.owner(`create constraint trigger fail after update on edge.updates ` + when + ` for each row when (new.state = 'done') execute function public.fail()`)
	}
	const atCommit, atOnce = "deferrable initially deferred", ""
	const away, aside = "perform pg_terminate_backend(pg_backend_pid());", "raise exception 'no' using errcode = 'check_violation';"
	for _, f := range []struct {
		when, how string
		want      cases.ErrorKind
	}{
		{atCommit, "raise exception 'no' using errcode = 'serialization_failure';", cases.Transient},
		{atOnce, "raise exception 'no' using errcode = 'serialization_failure';", cases.Transient},
		{atCommit, away, cases.Transient},
		{atOnce, away, cases.Transient},
		{atCommit, aside, cases.Internal},
		{atOnce, aside, cases.Internal},
	} {
		fail(f.when, f.how)
		err := handled()
		if err == nil || cases.KindOf(err) != f.want {
			t.Errorf("%s %s: %v", f.when, f.how, err)
		}
		b.count("select count(*) from edge.outbox", 0)
		b.count("select count(*) from edge.updates where state = 'waiting'", 1)
		b.pass(time.Hour)
	}
	b.count("select count(*) from edge.updates where attempts = 2", 1)
	b.owner(`drop trigger fail on edge.updates`)
	if err := handled(); err != nil {
		t.Error(err)
	}
	if got := c.said(); !strings.HasPrefix(got, "[1]") {
		t.Error(got)
	}
	b.count("select count(*) from edge.updates where state = 'done'", 1)
}
