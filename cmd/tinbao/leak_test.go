package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/jackc/pgx/v5"
	"github.com/redis/go-redis/v9"
)

// canaries are things that must stand nowhere outside of Telegram: who people
// are, and what they wrote.
func (w *town) canaries() map[string]string {
	out := map[string]string{"token": testToken}
	for who, u := range cast {
		out[who+"'s username"] = u.Username
		out[who+"'s id"] = strconv.FormatInt(u.ID, 10)
		if strings.Contains(u.FirstName, "Kín") {
			out[who+"'s name"] = u.FirstName
		}
		for _, m := range w.sim.Messages(u.ID) {
			if text := strings.TrimSpace(m.Text); !m.FromBot && len([]rune(text)) >= shortest && !strings.HasPrefix(text, "/") && !onMenu(text) {
				out[fmt.Sprintf("%s's message %d", who, m.ID)] = text
			}
			if f, _ := m.File(); f != nil && !m.FromBot {
				out[fmt.Sprintf("%s's file %d", who, m.ID)] = f.ID
			}
		}
	}
	return out
}

// shortest is the length from which a text cannot stand somewhere by chance.
const shortest = 12

func onMenu(text string) bool {
	return strings.ContainsAny(text, "🔔🤝🔎📖🆘🔒📋📊❓🙋") && len([]rune(text)) < 30
}

// forms are the ways in which a text can be written down without being sealed.
func forms(s string) map[string][]byte {
	raw := []byte(s)
	var wide []byte
	for _, u := range utf16.Encode([]rune(s)) {
		wide = append(wide, byte(u), byte(u>>8))
	}
	out := map[string][]byte{
		"plain": raw, "UTF-16": wide, "hex": []byte(hex.EncodeToString(raw)), "JSON": []byte(strings.Trim(strconv.QuoteToASCII(s), `"`)),
	}
	for i := range 3 { // base64 looks different at each place of three
		if len(raw) > i+6 {
			cut := raw[i:]
			cut = cut[:len(cut)/3*3]
			out[fmt.Sprint("base64 at ", i)] = []byte(base64.StdEncoding.EncodeToString(cut))
			out[fmt.Sprint("base64url at ", i)] = []byte(base64.RawURLEncoding.EncodeToString(cut))
		}
	}
	return out
}

// search looks for every canary in every form in a heap of bytes.
func search(t *testing.T, where string, heap []byte, canaries map[string]string) {
	t.Helper()
	for what, s := range canaries {
		for form, needle := range forms(s) {
			if len(needle) > 0 && bytes.Contains(heap, needle) {
				t.Errorf("%s: %s stands there (%s)", where, what, form)
			}
		}
	}
}

// leaks searches everything the program leaves behind.
func (w *town) leaks() {
	w.t.Helper()
	canaries := w.canaries()
	search(w.t, "Postgres", w.dump(), canaries)
	search(w.t, "Redis", dumpRedis(w.t, w.settings.RedisURL), canaries)
	search(w.t, "the log", []byte(w.log.String()), canaries)
	_, metrics := w.get("/metrics")
	search(w.t, "metrics", []byte(metrics), canaries)
	search(w.t, "temporary files", dumpTemp(w.t), canaries)
}

// dump reads every row of every table as text, bytes as hex and as they are.
func (w *town) dump() []byte {
	w.t.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, w.settings.DatabaseURL)
	if err != nil {
		w.t.Fatal(err)
	}
	defer conn.Close(ctx)
	rows, err := conn.Query(ctx, `select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
		where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema')`)
	if err != nil {
		w.t.Fatal(err)
	}
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil || len(tables) < 15 {
		w.t.Fatal(len(tables), err)
	}
	var heap bytes.Buffer
	for _, table := range tables {
		rows, err := conn.Query(ctx, "select t::text from "+table+" t")
		if err != nil {
			w.t.Fatal(err)
		}
		lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			w.t.Fatal(err)
		}
		for _, line := range lines {
			heap.WriteString(line + "\n")
			for _, h := range hexForm.FindAllString(line, -1) {
				if raw, err := hex.DecodeString(h[2:]); err == nil {
					heap.Write(raw)
				}
			}
		}
	}
	return heap.Bytes()
}

var hexForm = regexp.MustCompile(`\\x[0-9a-f]+`)

func dumpRedis(t *testing.T, address string) []byte {
	t.Helper()
	if address == "" {
		return nil
	}
	opt, err := redis.ParseURL(address)
	if err != nil {
		t.Fatal(err)
	}
	client := redis.NewClient(opt)
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

// dumpTemp reads what lies in the folder for temporary files and is young enough
// to be ours; the databases of the tests have folders of their own there.
func dumpTemp(t *testing.T) []byte {
	t.Helper()
	var heap bytes.Buffer
	entries, err := os.ReadDir(os.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	const largest = 32 << 20
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !info.Mode().IsRegular() || info.Size() > largest || info.ModTime().Before(began) {
			continue
		}
		heap.WriteString(e.Name() + "\n")
		if raw, err := os.ReadFile(filepath.Join(os.TempDir(), e.Name())); err == nil {
			heap.Write(raw)
		}
	}
	return heap.Bytes()
}

// A search that finds nothing proves nothing unless it finds what is there.
func TestSearchFindsEveryForm(t *testing.T) {
	t.Parallel()
	const secret = "Nhà nghỉ đầu ngõ, 22 giờ"
	for form, needle := range forms(secret) {
		probe := &testing.T{}
		search(probe, "heap", append([]byte("xx"), needle...), map[string]string{"secret": secret})
		if !probe.Failed() {
			t.Errorf("not found as %s", form)
		}
	}
	for pad := range 3 {
		probe := &testing.T{}
		heap := base64.StdEncoding.EncodeToString([]byte("abc"[:pad] + secret + "tail"))
		search(probe, "heap", []byte(heap), map[string]string{"secret": secret})
		if !probe.Failed() {
			t.Errorf("not found in base64 behind %d bytes", pad)
		}
	}
}
