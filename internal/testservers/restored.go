package testservers

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Releases are the databases in a folder that are kept of former programs, by path without
// an end, the newest last.
func Releases(tb testing.TB, folder string) (list []string) {
	tb.Helper()
	const end = ".sql.gz"
	dumps, err := filepath.Glob(filepath.Join(folder, "*"+end))
	if err != nil || len(dumps) == 0 {
		tb.Fatal("no releases in ", folder, err)
	}
	for _, dump := range dumps {
		list = append(list, strings.TrimSuffix(dump, end))
	}
	return list
}

// Restored is the address of a database made from a packed, plain dump of pg_dump. It
// goes away with the test.
func Restored(tb testing.TB, path string) string {
	tb.Helper()
	need(tb)
	name := fmt.Sprintf("t%d", number.Add(1))
	if err := run(tb.Context(), "create database "+name); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := run(context.Background(), "drop database if exists "+name+" with (force)"); err != nil {
			tb.Error(err)
		}
	})
	if err := load(tb.Context(), address(name), path); err != nil {
		tb.Fatal(err)
	}
	return address(name)
}

func load(ctx context.Context, url, path string) error {
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("the dump: %w", err)
	}
	defer file.Close()
	z, err := gzip.NewReader(file)
	if err != nil {
		return fmt.Errorf("the dump: %w", err)
	}
	dump, err := io.ReadAll(z)
	if err != nil {
		return fmt.Errorf("the dump: %w", err)
	}
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return fmt.Errorf("connecting to the test server: %w", err)
	}
	defer conn.Close(ctx)
	return replay(ctx, conn.PgConn(), dump)
}

// replay gives statements to the server as they stand there, and after each COPY its rows.
func replay(ctx context.Context, conn *pgconn.PgConn, dump []byte) error {
	var statements strings.Builder
	flush := func() error {
		_, err := conn.Exec(ctx, statements.String()).ReadAll()
		statements.Reset()
		return err
	}
	for len(dump) > 0 {
		line, rest, _ := bytes.Cut(dump, []byte("\n"))
		dump = rest
		switch text := string(line); {
		case strings.HasPrefix(text, `\`), strings.HasPrefix(text, "SET transaction_timeout"): // of psql, and of newer servers
		case strings.HasPrefix(text, "COPY ") && strings.HasSuffix(text, " FROM stdin;"):
			if err := flush(); err != nil {
				return err
			}
			rows, rest, _ := bytes.Cut(append([]byte("\n"), dump...), []byte("\n\\.\n"))
			dump = rest
			if len(rows) > 0 {
				rows = append(rows[1:], '\n')
			}
			if _, err := conn.CopyFrom(ctx, bytes.NewReader(rows), text); err != nil {
				return fmt.Errorf("%s: %w", text, err)
			}
		default:
			statements.WriteString(text + "\n")
		}
	}
	return flush()
}
