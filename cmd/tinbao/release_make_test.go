package main

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"tinbao/bot"
	"tinbao/cases"
	"tinbao/internal/testservers"
	"tinbao/storage"
	"tinbao/telegramsim"
)

var makeRelease = flag.String("release", "", "path and name, without an end, under which a database of this program is kept")

// releaseFacts is what a kept database holds, as its own program saw it.
type releaseFacts struct {
	Schema  int64             `json:"schema"`
	Rows    map[string]int64  `json:"rows"` // of every table
	Cases   []caseFact        `json:"cases"`
	Receipt map[string]string `json:"receipt"` // of one report: its number
	City    json.RawMessage   `json:"city"`    // figures of releasePeriod
	Waiting int64             `json:"waiting"` // updates that nobody has handled
	Outbox  int64             `json:"outbox"`  // messages that nobody has sent
}

type caseFact struct {
	Number string `json:"number"`
	Status string `json:"status"`
	Words  string `json:"words"` // SHA-256 of what the person wrote
}

var releasePeriod = cases.Period{From: cases.Day{Year: 2025, Month: time.December, Day: 1}, To: cases.Day{Year: 2026, Month: time.October, Day: 31}}

// What a person of the release wrote before and after the program stopped.
const (
	releaseBegun  = "Bắt đầu viết trước khi nâng cấp"
	releaseWaited = "Viết trong lúc chương trình đang tắt"
)

// placeEnd is what the name of a part of a table ends in; see docs/partitions.md.
var placeEnd = regexp.MustCompile(`(_[0-9]+)?_([0-9]+|other)$`)

// countRows counts every table, whatever places it has.
func (w *town) countRows() (schema int64, rows map[string]int64) {
	w.t.Helper()
	conn := w.connect()
	defer conn.Close(context.Background())
	if err := conn.QueryRow(w.t.Context(), "select max(version_id) from goose_db_version where is_applied").Scan(&schema); err != nil {
		w.t.Fatal(err)
	}
	rows = map[string]int64{}
	for _, table := range texts_(w.t, conn, `select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
		where c.relkind = 'r' and c.relpersistence = 'p' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`) {
		var n int64
		if err := conn.QueryRow(w.t.Context(), "select count(*) from "+table).Scan(&n); err != nil {
			w.t.Fatal(err)
		}
		rows[placeEnd.ReplaceAllString(table, "")] += n
	}
	return schema, rows
}

// facts reads a database through its program, which notes who opened each case.
func (w *town) facts(a *app) (f releaseFacts) {
	w.t.Helper()
	ctx := w.t.Context()
	staff, err := a.store.StaffList(ctx)
	if err != nil {
		w.t.Fatal(err)
	}
	for stream, role := range map[cases.Stream]cases.Role{cases.ReportStream: cases.Officer, cases.HelpStream: cases.Health} {
		reader := staff[slices.IndexFunc(staff, func(s cases.Staff) bool { return s.Role == role })]
		for year := releasePeriod.From.Year; year <= cases.DayOf(w.clock.now()).Year; year++ {
			f.Cases = append(f.Cases, w.caseFacts(ctx, a, reader, stream, year)...)
		}
	}
	slices.SortFunc(f.Cases, func(a, b caseFact) int { return strings.Compare(a.Number, b.Number) })
	city, err := a.city(ctx, releasePeriod)
	if err != nil {
		w.t.Fatal(err)
	}
	if f.City, err = city.JSON(); err != nil {
		w.t.Fatal(err)
	}
	if f.Waiting, err = a.store.Waiting(ctx); err != nil {
		w.t.Fatal(err)
	}
	if f.Outbox, _, _, err = a.store.OutboxState(ctx); err != nil {
		w.t.Fatal(err)
	}
	return f
}

func (w *town) caseFacts(ctx context.Context, a *app, reader cases.Staff, stream cases.Stream, year int) (list []caseFact) {
	w.t.Helper()
	for seq := 1; ; seq++ {
		var c cases.Case
		err := a.store.Do(ctx, func(ctx context.Context, t *storage.Tx) (err error) {
			c, err = t.Desk(stream).Open(ctx, reader, cases.Number{Stream: stream, Year: year, Seq: seq})
			return err
		})
		if err != nil && cases.KindOf(err) == cases.NotFound {
			return list
		}
		if err != nil {
			w.t.Fatal(err)
		}
		words := ""
		if c.Report != nil {
			words = c.Report.Text
		}
		if c.Help != nil {
			words = c.Help.Text
		}
		list = append(list, caseFact{c.Number.String(), string(c.Status), sumOf(words)})
	}
}

func sumOf(words string) string {
	sum := sha256.Sum256([]byte(words))
	return hex.EncodeToString(sum[:])
}

// unplugged is the town's program, which does nothing by itself.
func (w *town) unplugged() *app {
	w.t.Helper()
	a, err := wire(w.t.Context(), w.settings, options{now: w.clock.now, log: silent()})
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(a.close)
	return a
}

// Makes a database of this program for later programs to be tested with: a year of the
// demo, a report that came through the bot, a dialog in the middle, a message that could
// not be sent and an update that was not handled.
func TestMakeRelease(t *testing.T) {
	if *makeRelease == "" {
		t.Skip("only with -release")
	}
	w := newTownOn(t, testservers.Database(t), testservers.Redis(t), polling)
	if err := storage.PutWard(t.Context(), w.settings.DatabaseURL, demoWard); err != nil {
		t.Fatal(err)
	}
	if err := w.app.store.Do(t.Context(), func(ctx context.Context, tx *storage.Tx) error {
		y := &year{tx: tx, present: w.clock.now(), staff: map[cases.Role][]cases.Staff{}, calendar: cases.Holidays()}
		return y.play(ctx, false)
	}); err != nil {
		t.Fatal(err)
	}
	w.restart() // hamlets of the ward are read at the start
	an, binh, chi := cast["an"].ID, cast["binh"].ID, cast["chi"].ID
	w.walkReport(chi, "/baotin", "Tôi thấy dấu hiệu vi phạm", "Tổ dân phố 2", "Hôm nay", releaseBegun)
	w.walkReport(an, "/baotin", "Tôi thấy dấu hiệu vi phạm", "Tổ dân phố 3", "Hôm nay", textOf(1), "✅ Gửi")
	receipt := ""
	for _, m := range w.sim.Messages(an) {
		receipt = cmp.Or(receipt, receiptForm.FindString(m.Text))
	}
	w.sim.SetFault(telegramsim.Fault{Kind: telegramsim.ServerError, Chat: binh})
	if _, err := w.sim.SendText(binh, "/khancap"); err != nil {
		t.Fatal(err)
	}
	if err := w.sim.Idle(t.Context()); err != nil {
		t.Fatal(err)
	}
	for {
		n, err := w.app.store.Waiting(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			break
		}
		wait(t.Context(), nil, 20*time.Millisecond)
	}
	w.stop()
	if _, err := w.sim.SendText(chi, releaseWaited); err != nil {
		t.Fatal(err)
	}
	a := w.unplugged()
	ctx, kept := context.WithCancel(t.Context())
	defer kept()
	bot.Poll(ctx, a.stations[0].Client, func(_ context.Context, raws []bot.Raw) error {
		defer kept()
		return a.keeper(a.store.Keep)(t.Context(), raws)
	}, silent())
	f := w.facts(a)
	f.Schema, f.Rows = w.countRows()
	f.Receipt = map[string]string{receipt: f.Cases[slices.IndexFunc(f.Cases, func(c caseFact) bool {
		return c.Words == sumOf(textOf(1))
	})].Number}
	if f.Waiting != 1 || f.Outbox != 1 || receipt == "" || len(f.Cases) < 20 {
		t.Fatalf("%d updates wait, %d messages, %d cases, receipt %q", f.Waiting, f.Outbox, len(f.Cases), receipt)
	}
	w.writeRelease(f)
}

// walkReport presses and writes, each step after the answer to the one before.
func (w *town) walkReport(user int64, steps ...string) {
	w.t.Helper()
	for i, step := range steps {
		var err error
		if pressed := i > 0 && i != 4; pressed {
			err = w.sim.PressText(user, step)
		} else {
			_, err = w.sim.SendText(user, step)
		}
		if err != nil {
			w.t.Fatalf("%s: %v\n%s", step, err, w.log)
		}
		w.settle()
	}
}

// whoseDefaults are the privileges an account gives by default, which the dump names.
var whoseDefaults = regexp.MustCompile(`ALTER DEFAULT PRIVILEGES FOR ROLE \S+`)

func (w *town) writeRelease(f releaseFacts) {
	w.t.Helper()
	conn := w.connect()
	defer conn.Close(context.Background())
	bin := texts_(w.t, conn, "select setting from pg_config() where name = 'BINDIR'")[0]
	dump, err := exec.Command(filepath.Join(bin, "pg_dump"), "--no-owner", "--dbname="+w.settings.DatabaseURL).Output()
	if err != nil {
		w.t.Fatal(err)
	}
	dump = whoseDefaults.ReplaceAll(dump, []byte("ALTER DEFAULT PRIVILEGES"))
	noted, err := json.MarshalIndent(f, "", "  ")
	if err != nil {
		w.t.Fatal(err)
	}
	keys, err := os.ReadFile(w.settings.Keys)
	if err != nil {
		w.t.Fatal(err)
	}
	kek, err := os.ReadFile(strings.TrimPrefix(w.settings.KEK, "file:"))
	if err != nil {
		w.t.Fatal(err)
	}
	for end, body := range map[string][]byte{".sql.gz": w.pack(dump), ".queries.json.gz": w.statements(), ".json": append(noted, '\n'), ".keys.json": keys, ".kek": kek} {
		if err := os.WriteFile(*makeRelease+end, body, 0o644); err != nil {
			w.t.Fatal(err)
		}
	}
}

func (w *town) pack(b []byte) []byte {
	w.t.Helper()
	var packed bytes.Buffer
	z, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		w.t.Fatal(err)
	}
	if _, err := z.Write(b); err != nil {
		w.t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		w.t.Fatal(err)
	}
	return packed.Bytes()
}

// statements are all this program asks the database, as packed JSON.
func (w *town) statements() []byte {
	w.t.Helper()
	files, err := filepath.Glob("../../storage/internal/db/*.sql.go")
	if err != nil || len(files) == 0 {
		w.t.Fatal("no generated statements", err)
	}
	var list []string
	for _, f := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), f, nil, 0)
		if err != nil {
			w.t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			if text, ok := n.(*ast.BasicLit); ok && strings.HasPrefix(text.Value, "`-- name: ") {
				list = append(list, strings.Trim(text.Value, "`"))
			}
			return true
		})
	}
	b, err := json.Marshal(list)
	if err != nil {
		w.t.Fatal(err)
	}
	return w.pack(b)
}
