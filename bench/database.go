package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/jackc/pgx/v5"

	"tinbao/cases"
	"tinbao/storage"
	"tinbao/vault"
)

// The people. Everybody has a number of his own in the whole run, because what one may
// send is counted.
const (
	officerChat = 7_000_000_001
	leaderChat  = 7_000_000_002
	firstPerson = 7_100_000_000
	pattern     = "bench_pattern" // the database all others are copied from
)

// prepare makes keys, schema, ward and an officer, with the commands an operator uses.
func (b *bench) prepare(ctx context.Context) error {
	ward := filepath.Join(b.dir, "ward.json")
	const about = `{"name": "phường Yên Nghĩa", "reception": "trụ sở UBND phường", "hamlets": ["Tổ 1", "Tổ 2", "Tổ 3"], "phones": {"police": "024 0000 0113"}, "police_exception": true}`
	if err := os.WriteFile(ward, []byte(about), 0o600); err != nil {
		return fmt.Errorf("writing the ward: %w", err)
	}
	if err := b.sql(ctx, b.servers.DatabaseURL(), "create database "+pattern); err != nil {
		return err
	}
	for _, command := range [][]string{{"keys", "new"}, {"migrate"}, {"ward", ward}} {
		cmd := exec.CommandContext(ctx, b.binary, command...)
		cmd.Env = append(os.Environ(), b.environment(b.address(pattern))...)
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("%s: %w: %s", command[0], err, out)
		}
	}
	return b.store(ctx, b.address(pattern), func(s *storage.Store) error {
		for _, one := range []struct {
			role cases.Role
			name string
			chat int64
		}{{cases.Officer, "Cô Hoa", officerChat}, {cases.Leader, "Bác Khôi", leaderChat}} {
			if _, err := s.AddStaff(ctx, one.role, one.name, "260611", cases.Route{Chat: one.chat, Lang: "vi"}); err != nil {
				return err
			}
		}
		return nil
	})
}

// store opens a database as the program does.
func (b *bench) store(ctx context.Context, database string, work func(*storage.Store) error) error {
	kek, err := vault.OpenKEK("file:" + filepath.Join(b.dir, "kek"))
	if err != nil {
		return err
	}
	v, err := vault.Open(filepath.Join(b.dir, "keys.json"), kek)
	if err != nil {
		return err
	}
	const conns = 4
	s, err := storage.Open(ctx, storage.Config{URL: database, Vault: v, Ward: 1, Bot: botNumber, MaxConns: conns, Calendar: cases.Holidays()})
	if err != nil {
		return err
	}
	defer s.Close()
	return work(s)
}

// address is the server's address with another database.
func (b *bench) address(database string) string {
	u, err := url.Parse(b.servers.DatabaseURL())
	if err != nil {
		return b.servers.DatabaseURL() // it comes from url.URL
	}
	u.Path = "/" + database
	return u.String()
}

// fresh is the address of a new database with the ward and nothing else, which Postgres has
// analysed, as it has that of a ward in which little happens.
func (b *bench) fresh(ctx context.Context) (string, error) {
	b.bases++
	name := fmt.Sprint("bench_", b.bases)
	err := b.sql(ctx, b.servers.DatabaseURL(), "create database "+name+" template "+pattern)
	// What the copy left to be written is not to be written during a measurement.
	return b.address(name), errors.Join(err, b.sql(ctx, b.address(name), "vacuum analyze", "checkpoint"))
}

// drop removes a database that is needed no more.
func (b *bench) drop(ctx context.Context, address string) error {
	u, err := url.Parse(address)
	if err != nil {
		return fmt.Errorf("an address: %w", err)
	}
	return b.sql(ctx, b.servers.DatabaseURL(), "drop database "+strings.TrimPrefix(u.Path, "/")+" with (force)")
}

// with runs work on a connection of its own, as the owner of everything.
func with(ctx context.Context, address string, work func(*pgx.Conn) error) error {
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		return fmt.Errorf("connecting: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	return work(conn)
}

// sql runs statements, each by itself.
func (b *bench) sql(ctx context.Context, address string, statements ...string) error {
	return with(ctx, address, func(conn *pgx.Conn) error {
		for _, s := range statements {
			if _, err := conn.Exec(ctx, s); err != nil {
				return fmt.Errorf("%.60s: %w", s, err)
			}
		}
		return nil
	})
}

// number asks for one number.
func number(ctx context.Context, conn *pgx.Conn, sql string) (n int64, err error) {
	if err := conn.QueryRow(ctx, sql).Scan(&n); err != nil {
		return 0, fmt.Errorf("%.60s: %w", sql, err)
	}
	return n, nil
}

// What is asked of the database while the program works.
const (
	waitingUpdates  = `select count(*) from (select from edge.updates where state = 'waiting' and attempts >= 0 limit 1) w` // 0 or 1
	setAsideUpdates = `select count(*) from edge.updates where state = 'set_aside'`
	waitingMessages = `select count(*) from edge.outbox where failed_at is null`
)

// work is what the server has done so far, in all databases.
type work struct{ commits, syncs, journal int64 }

// worked reads it; numbers of sessions that are busy come a moment late.
func worked(ctx context.Context, conn *pgx.Conn) (w work, err error) {
	w.commits, err = number(ctx, conn, `select sum(xact_commit)::bigint from pg_stat_database`)
	if err != nil {
		return w, err
	}
	if w.journal, err = number(ctx, conn, `select wal_bytes::bigint from pg_stat_wal`); err != nil {
		return w, err
	}
	// Up to Postgres 17 syncs of the journal stand in pg_stat_wal, then in pg_stat_io.
	w.syncs, err = number(ctx, conn, `select (to_jsonb(w) ->> 'wal_sync')::bigint from pg_stat_wal w where to_jsonb(w) ? 'wal_sync'`)
	if errors.Is(err, pgx.ErrNoRows) {
		w.syncs, err = number(ctx, conn, `select coalesce(sum((to_jsonb(i) ->> 'fsyncs')::bigint), 0)::bigint from pg_stat_io i where to_jsonb(i) ->> 'object' = 'wal'`)
	}
	return w, err
}

func (w work) since(before work) work {
	return work{w.commits - before.commits, w.syncs - before.syncs, w.journal - before.journal}
}
