package storage_test

import (
	"context"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"tinbao/cases"
	"tinbao/internal/testservers"
	"tinbao/storage"
)

// rivals are two programs on one database.
func rivals(t *testing.T) (url string, all [2]*storage.Store) {
	t.Helper()
	url = testservers.Database(t)
	v := freshVault(t)
	for i := range all {
		s, err := storage.Open(t.Context(), storage.Config{URL: url, Vault: v, Ward: 1, Bot: 7})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(s.Close)
		all[i] = s
	}
	return url, all
}

// campaign lets a program ask for the lead and gives each lead it gets.
func campaign(ctx context.Context, t *testing.T, s *storage.Store) <-chan *storage.Lead {
	t.Helper()
	leads, ended := make(chan *storage.Lead, 8), make(chan struct{})
	go func() {
		defer close(ended)
		s.Lead(ctx, func(ctx context.Context, l *storage.Lead) { leads <- l; <-ctx.Done() })
	}()
	t.Cleanup(func() { <-ended })
	return leads
}

func await(t *testing.T, leads <-chan *storage.Lead) *storage.Lead {
	t.Helper()
	select {
	case l := <-leads:
		return l
	case <-time.After(time.Minute):
		t.Fatal("nobody leads")
		return nil
	}
}

// Who lost the lead keeps nothing more, also before it has noticed.
func TestFormerLeaderKeepsNothing(t *testing.T) {
	t.Parallel()
	url, two := rivals(t)
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	old := await(t, campaign(ctx, t, two[0]))
	if err := old.Keep(ctx, []storage.Update{{ID: 1, Chat: 1, Payload: []byte("x")}}); err != nil {
		t.Fatal(err)
	}
	owner, err := pgx.Connect(ctx, url)
	if err != nil {
		t.Fatal(err)
	}
	defer owner.Close(context.WithoutCancel(ctx))
	if _, err := owner.Exec(ctx, `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted
		and database = (select oid from pg_database where datname = current_database())`); err != nil {
		t.Fatal(err)
	}
	err = old.Keep(ctx, []storage.Update{{ID: 2, Chat: 1, Payload: []byte("x")}})
	if cases.KindOf(err) != cases.Transient {
		t.Errorf("a former leader kept an update: %v", err)
	}
	if n, err := two[1].Waiting(ctx); err != nil || n != 1 {
		t.Errorf("%d updates wait (%v), want the one that was kept by the leader", n, err)
	}
}

// The lead goes over when a leader stops, and is of one program all the time.
func TestLeadIsOfOne(t *testing.T) {
	t.Parallel()
	_, two := rivals(t)
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	first, stop := context.WithCancel(ctx)
	await(t, campaign(first, t, two[0]))
	others := campaign(ctx, t, two[1])
	const tries = time.Second // several of them
	select {
	case <-others:
		t.Error("two programs lead")
	case <-time.After(tries):
	}
	stop()
	await(t, others)
}
