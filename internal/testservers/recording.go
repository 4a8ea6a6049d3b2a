package testservers

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
)

// Recording is everything that is written to one database from its beginning on:
// also rows that were changed or deleted since.
type Recording struct {
	address, slot string
	rows          bytes.Buffer
	read          int
}

// Record begins to record a database of this package. It ends with the test.
func Record(tb testing.TB, address string) *Recording {
	tb.Helper()
	u, err := url.Parse(address)
	if err != nil {
		tb.Fatal(err)
	}
	r := &Recording{address: address, slot: strings.TrimPrefix(u.Path, "/") + "_rows"}
	r.ask(tb, func(ctx context.Context, conn *pgx.Conn) error {
		_, err := conn.Exec(ctx, "select pg_create_logical_replication_slot($1, 'test_decoding')", r.slot)
		return err
	})
	tb.Cleanup(func() {
		r.ask(tb, func(ctx context.Context, conn *pgx.Conn) error {
			_, err := conn.Exec(ctx, "select pg_drop_replication_slot($1)", r.slot)
			return err
		})
	})
	return r
}

// Rows are the recorded rows as text, one a line; bytes stand there in hex. The test
// fails when the recording does not reach to this moment.
func (r *Recording) Rows(tb testing.TB) []byte {
	tb.Helper()
	r.read++
	end := fmt.Sprintf("the end of reading %d", r.read)
	from := r.rows.Len()
	r.ask(tb, func(ctx context.Context, conn *pgx.Conn) error {
		// Only what was flushed is decoded, so the mark is committed as production would.
		if _, err := conn.Exec(ctx, "set synchronous_commit = on"); err != nil {
			return err
		}
		if _, err := conn.Exec(ctx, "select pg_logical_emit_message(true, 'tinbao', $1)", end); err != nil {
			return err
		}
		lines, err := conn.Query(ctx, "select data from pg_logical_slot_get_changes($1, null, null, 'include-xids', '0')", r.slot)
		if err != nil {
			return err
		}
		defer lines.Close()
		for lines.Next() {
			r.rows.Write(lines.RawValues()[0])
			r.rows.WriteByte('\n')
		}
		return lines.Err()
	})
	if !bytes.Contains(r.rows.Bytes()[from:], []byte(end)) {
		tb.Fatal("the journal of Postgres was not decoded to its end")
	}
	return r.rows.Bytes()
}

func (r *Recording) ask(tb testing.TB, what func(ctx context.Context, conn *pgx.Conn) error) {
	tb.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), startLimit)
	defer cancel()
	conn, err := pgx.Connect(ctx, r.address)
	if err != nil {
		tb.Fatal(err)
	}
	defer conn.Close(ctx)
	if err := what(ctx, conn); err != nil {
		tb.Fatal(err)
	}
}
