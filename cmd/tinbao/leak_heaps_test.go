package main

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/redis/go-redis/v9"
)

// dump reads every row of every table as text, bytes as hex and as they are.
func (w *town) dump() []byte {
	w.t.Helper()
	ctx := context.Background()
	conn := w.connect()
	defer conn.Close(ctx)
	tables := texts_(w.t, conn, `select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
		where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema')`)
	if len(tables) < 15 {
		w.t.Fatal("tables: ", tables)
	}
	var heap bytes.Buffer
	for _, table := range tables {
		for _, line := range texts_(w.t, conn, "select t::text from "+table+" t") {
			heap.WriteString(line + "\n")
		}
	}
	return unpacked(heap.Bytes())
}

// backup is what an operator's pg_dump writes, bytes as hex and as they are.
func (w *town) backup() []byte {
	w.t.Helper()
	conn := w.connect()
	defer conn.Close(context.Background())
	bin := texts_(w.t, conn, "select setting from pg_config() where name = 'BINDIR'")[0]
	cmd := exec.Command(filepath.Join(bin, "pg_dump"), "--dbname="+w.settings.DatabaseURL)
	var heap, complaint bytes.Buffer
	cmd.Stdout, cmd.Stderr = &heap, &complaint
	if err := cmd.Run(); err != nil {
		w.t.Fatalf("pg_dump: %v: %s", err, &complaint)
	}
	const last = "-- PostgreSQL database dump complete"
	if !bytes.Contains(heap.Bytes(), []byte(last)) {
		w.t.Fatal("pg_dump did not write to the end")
	}
	return unpacked(heap.Bytes())
}

// recorded is every row that was ever written, from the journal of Postgres.
func (w *town) recorded() []byte {
	w.t.Helper()
	if w.rows == nil {
		w.t.Fatal("the database of this town is not recorded")
	}
	return w.rows.Rows(w.t)
}

func (w *town) connect() *pgx.Conn {
	w.t.Helper()
	conn, err := pgx.Connect(context.Background(), w.settings.DatabaseURL)
	if err != nil {
		w.t.Fatal(err)
	}
	return conn
}

func texts_(t *testing.T, conn *pgx.Conn, query string) []string {
	t.Helper()
	rows, err := conn.Query(context.Background(), query)
	if err != nil {
		t.Fatal(err)
	}
	list, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func redisOf(t *testing.T, address string) *redis.Client {
	t.Helper()
	opt, err := redis.ParseURL(address)
	if err != nil {
		t.Fatal(err)
	}
	return redis.NewClient(opt)
}

// dumpRedis reads every key of one database of Redis.
func dumpRedis(t *testing.T, address string) []byte {
	t.Helper()
	if address == "" {
		return nil
	}
	client := redisOf(t, address)
	defer client.Close()
	ctx := context.Background()
	var heap bytes.Buffer
	keys := client.Scan(ctx, 0, "*", 1000).Iterator()
	for keys.Next(ctx) {
		heap.WriteString(keys.Val() + "\n")
		if value, err := client.Dump(ctx, keys.Val()).Result(); err == nil {
			heap.WriteString(value)
		}
	}
	if err := keys.Err(); err != nil {
		t.Fatal(err)
	}
	return heap.Bytes()
}

// snapshotRedis is the file Redis saves, of all its databases: those of other tests
// hold nothing about people either.
func snapshotRedis(t *testing.T, address string) []byte {
	t.Helper()
	if address == "" {
		return nil
	}
	client := redisOf(t, address)
	defer client.Close()
	ctx := context.Background()
	settings, err := client.ConfigGet(ctx, "*").Result()
	if err != nil {
		t.Fatal(err)
	}
	if settings["rdbcompression"] != "no" {
		t.Fatal("the snapshot is compressed: a search in it proves nothing")
	}
	if err := client.Save(ctx).Err(); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(filepath.Join(settings["dir"], settings["dbfilename"]))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(raw, []byte("REDIS")) {
		t.Fatal("not a snapshot of Redis")
	}
	return raw
}

// foreign are folders of temporary files that the tests, their servers, the browser
// and the compiler make for themselves.
var foreign = []string{"Test", "tinbao-", "chromedp-", "org.chromium.", ".org.chromium.", "go-build", "go-link", "rapid"}

// dumpTemp reads what lies in the folder for temporary files and is young enough
// to be the program's.
func dumpTemp(t *testing.T) []byte {
	t.Helper()
	var heap bytes.Buffer
	top := os.TempDir()
	entries, err := os.ReadDir(top)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.IsDir() && hasPrefix(e.Name(), foreign) {
			continue
		}
		filepath.WalkDir(filepath.Join(top, e.Name()), func(path string, d fs.DirEntry, err error) error {
			if err == nil && ours(d) {
				heap.WriteString(path + "\n")
				raw, _ := os.ReadFile(path) // what goes away meanwhile leaves nothing behind
				heap.Write(raw)
			}
			return nil
		})
	}
	return unpacked(heap.Bytes())
}

// ours reports a file that is young and small enough to be the program's.
func ours(d fs.DirEntry) bool {
	const largest = 32 << 20
	info, err := d.Info()
	return err == nil && info.Mode().IsRegular() && info.Size() <= largest && !info.ModTime().Before(began)
}

func hasPrefix(s string, prefixes []string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}
