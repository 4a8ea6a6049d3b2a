package storage_test

import (
	"context"
	"testing"
	"time"

	"tinbao/internal/testservers"
	"tinbao/storage"
)

// attendances are the sessions that hold the lock of a courier.
const attendances = `from pg_locks where locktype = 'advisory' and granted and classid = x'68657265'::int
	and database = (select oid from pg_database where datname = current_database())`

// attending lets a store attend until the function it gives is called, or the test ends.
func (b *bench) attending(s *storage.Store, released func()) (leave func()) {
	b.t.Helper()
	ctx, cancel := context.WithCancel(b.t.Context())
	ended := make(chan struct{})
	begun := make(chan struct{}, 99)
	go func() {
		defer close(ended)
		s.Attend(ctx, storage.Attendance{Begun: func() { begun <- struct{}{} }, Released: released})
	}()
	leave = func() { cancel(); <-ended }
	b.t.Cleanup(leave)
	select {
	case <-begun:
	case <-time.After(time.Minute):
		b.t.Fatal("never there")
	}
	return leave
}

// until waits for something to be so.
func (b *bench) until(what string, so func() bool) {
	b.t.Helper()
	for limit := time.Now().Add(time.Minute); !so(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(limit) {
			b.t.Fatal("never so: ", what)
		}
	}
}

// beside opens one more program on the bench's database.
func (b *bench) beside(conf storage.Config) *storage.Store {
	b.t.Helper()
	conf.URL, conf.Ward, conf.Bot, conf.MaxConns = b.url, testservers.Yen.ID, bot, 8
	conf.Now = func() time.Time { b.mu.Lock(); defer b.mu.Unlock(); return b.at }
	s, err := storage.Open(b.t.Context(), conf)
	if err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(s.Close)
	return s
}

// beginning begins two lanes: one in the transaction of an update, one by taking what waits.
func (b *bench) beginning() {
	b.t.Helper()
	b.do(chi, func(_ context.Context, tx *storage.Tx) error {
		tx.Queue(storage.Message{Chat: an, Payload: []byte(`1`)}, storage.Message{Chat: an, Payload: []byte(`2`)})
		return nil
	})
	if err := b.Send(b.t.Context(), storage.Message{Chat: binh, Payload: []byte(`3`)}); err != nil {
		b.t.Fatal(err)
	}
	if m := b.taken(b.lane()); string(m.Payload) != "3" {
		b.t.Fatalf("%+v", m)
	}
}

const (
	sessionsEnd = `select pg_terminate_backend(pid) ` + attendances
	leasesHeld  = `select count(*) from edge.outbox where leased_until > $1`
)

// What a killed program had in hand is due as soon as Postgres has noticed, in its order,
// although no time passes and no lease ends.
func TestLeasesOfAKilledProgramEndAtOnce(t *testing.T) {
	t.Parallel()
	v := freshVault(t)
	b := setupWith(t, v, func(conf *storage.Config) { conf.Courier = &courier{free: 9} })
	b.attending(b.Store, func() {})
	b.beginning()
	b.count("select count(distinct leased_by) from edge.outbox where leased_until > $1", 1, b.at)
	b.count(leasesHeld, 2, b.at)
	other, told := b.beside(storage.Config{Vault: v}), make(chan struct{}, 8)
	b.attending(other, func() { told <- struct{}{} })
	b.Close() // it cannot attend again
	b.owner(sessionsEnd)
	select {
	case <-told:
	case <-time.After(time.Minute):
		t.Fatal("nobody noticed")
	}
	lanes, err := other.Due(t.Context(), nil, 9)
	if err != nil || len(lanes) != 2 {
		t.Fatal(len(lanes), err)
	}
	got := map[int64]string{}
	for _, lane := range lanes {
		m, err := other.Next(t.Context(), lane)
		for m != nil && err == nil {
			got[m.Chat] += string(m.Payload)
			m, err = other.NextAfter(t.Context(), m)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if got[an] != "12" || got[binh] != "3" {
		t.Error(got)
	}
	b.count("select count(*) from edge.couriers", 1)
}

// Who only lost the session is there again before others take it for killed, and keeps its
// leases; so does who never said whose its leases are.
func TestLeasesOfTheLivingGoOn(t *testing.T) {
	t.Parallel()
	v := freshVault(t)
	b := setupWith(t, v, func(conf *storage.Config) { conf.Courier = &courier{free: 9} })
	leave := b.attending(b.Store, func() { t.Error("released what nobody held") })
	b.beginning()
	silent := b.beside(storage.Config{Vault: v})
	if err := silent.Send(t.Context(), storage.Message{Chat: officer, Payload: []byte(`4`)}); err != nil {
		t.Fatal(err)
	}
	if m, err := silent.Next(t.Context(), b.lane()); m == nil || err != nil {
		t.Fatal(m, err)
	}
	other := b.beside(storage.Config{Vault: v})
	look, end, err := other.Looks(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(end)
	looks := func(want int) {
		t.Helper()
		if released, err := look(); err != nil || released != want {
			t.Fatal(released, err)
		}
	}
	for range 2 {
		looks(0)
		pid := column[int](b, `select pid `+attendances)
		b.owner(sessionsEnd)
		looks(0) // absent once, or not even that
		b.until("attending again", func() bool {
			now := column[int](b, `select pid `+attendances)
			return len(now) == 1 && now[0] != pid[0]
		})
		looks(0)
	}
	b.count(leasesHeld, 3, b.at)
	leave() // in good order: it gives back what it has
	looks(0)
	b.count("select count(*) from edge.couriers", 0)
	b.count(leasesHeld, 1, b.at)
}
