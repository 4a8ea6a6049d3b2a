package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tinbao/internal/testservers"
	"tinbao/storage"
	"tinbao/telegramsim"
)

// oldTown is a town whose database was left behind by a release, which was stopped, with
// what that program saw in it. Telegram is a new one, and goes on counting updates.
func oldTown(t *testing.T, release string) (w *town, noted releaseFacts) {
	t.Helper()
	const number = 1_000_000 // above those of the release
	sim, telegram := simulated(t, telegramsim.Options{FirstUpdateID: number})
	addCast(sim)
	keys := keyFile{Keys: filepath.Join(t.TempDir(), "keys.json"), KEK: filepath.Join(t.TempDir(), "kek")}
	for from, to := range map[string]string{release + ".keys.json": keys.Keys, release + ".kek": keys.KEK} {
		if err := os.WriteFile(to, read(t, from), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	keys.KEK = "file:" + keys.KEK
	w = &town{t: t, sim: sim, telegram: telegram, log: &journal{}, clock: &clock{begin: time.Now()}, stop: func() {}, settings: usual(
		testservers.Restored(t, release+".sql.gz"), telegram.URL, testservers.Redis(t), keys,
	)}
	t.Cleanup(func() { w.stop() })
	if err := json.Unmarshal(read(t, release+".json"), &noted); err != nil {
		t.Fatal(err)
	}
	return w, noted
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// keptReleases are the databases that are kept of former programs, by path without an
// end, the newest last.
func keptReleases(t *testing.T) []string {
	t.Helper()
	return testservers.Releases(t, "../../storage/testdata/releases")
}

// kept lists what of a document differs in another one, which may have more.
func kept(path string, was, is any) (lost []string) {
	switch was := was.(type) {
	case map[string]any:
		is, _ := is.(map[string]any)
		for key, value := range was {
			lost = append(lost, kept(path+"."+key, value, is[key])...)
		}
	case []any:
		is, _ := is.([]any)
		if len(is) != len(was) {
			return []string{fmt.Sprintf("%s: %d entries, want %d", path, len(is), len(was))}
		}
		for i, value := range was {
			lost = append(lost, kept(fmt.Sprintf("%s[%d]", path, i), value, is[i])...)
		}
	default:
		if was != is {
			return []string{fmt.Sprintf("%s: %v, want %v", path, is, was)}
		}
	}
	return lost
}

// asJSON is a value as JSON has it.
func asJSON(t *testing.T, b []byte) (d map[string]any) {
	t.Helper()
	if err := json.Unmarshal(b, &d); err != nil {
		t.Fatal(err)
	}
	return d
}

// A database that a release left behind is refused until it is migrated. Then everything
// in it is as that program saw it, and what was under way goes on.
func TestUpgradeFromRelease(t *testing.T) {
	t.Parallel()
	for _, release := range keptReleases(t) {
		t.Run(filepath.Base(release), func(t *testing.T) {
			t.Parallel()
			w, noted := oldTown(t, release)
			if out, code := command(t, w.environment(), "serve"); code != exitSetting || !strings.Contains(out, "run: tinbao migrate") {
				t.Errorf("before the migration serve ends with %d: %s", code, out)
			}
			if out, code := command(t, w.environment(), "migrate"); code != 0 {
				t.Fatalf("migrate ends with %d: %s", code, out)
			}
			catalogue, err := storage.ReadCatalogue(t.Context(), w.settings.DatabaseURL)
			if extra, missing, known := catalogue.Strange(); err != nil || !known || len(extra)+len(missing) > 0 {
				t.Errorf("the wall is another than that of a new database: %v; more: %q; missing: %q", err, extra, missing)
			}
			w.asNoted(noted)
			w.anchored()
			if out, code := command(t, w.environment(), "verify-audit"); code != 0 || !strings.Contains(out, fmt.Sprint(len(noted.Cases), " cases")) {
				t.Errorf("the history: %s", out)
			}
			w.goesOn(noted)
		})
	}
}

// anchored sets anchors now, as serve does within the hour: in a town rows are older than
// the day after which they must have one.
func (w *town) anchored() {
	w.t.Helper()
	a, err := wire(w.t.Context(), w.settings, options{now: time.Now, log: silent()}) // by the clock of the commands
	if err != nil {
		w.t.Fatal(err)
	}
	defer a.close()
	if err := a.store.SetAnchors(w.t.Context(), 0, func(storage.Anchor) []storage.Message { return nil }); err != nil {
		w.t.Fatal(err)
	}
}

// asNoted compares everything with what the release saw.
func (w *town) asNoted(noted releaseFacts) {
	w.t.Helper()
	_, rows := w.countRows()
	got := w.facts(w.unplugged())
	for table, n := range noted.Rows {
		if strings.HasPrefix(table, "river.") || strings.HasPrefix(table, "public.") {
			continue // not ours
		}
		if rows[table] != n {
			w.t.Errorf("%s has %d rows, and had %d", table, rows[table], n)
		}
	}
	if len(got.Cases) != len(noted.Cases) {
		w.t.Fatalf("%d cases, and there were %d", len(got.Cases), len(noted.Cases))
	}
	for i, c := range noted.Cases {
		if got.Cases[i] != c {
			w.t.Errorf("case %v is %v", c, got.Cases[i])
		}
	}
	if got.Waiting != noted.Waiting || got.Outbox != noted.Outbox {
		w.t.Errorf("%d updates and %d messages wait, want %d and %d", got.Waiting, got.Outbox, noted.Waiting, noted.Outbox)
	}
	was, is := asJSON(w.t, noted.City), asJSON(w.t, got.City)
	delete(was, "made_at")
	for _, lost := range kept("figures", was, is) {
		w.t.Error(lost)
	}
}

// goesOn starts the program: what waited is handled and sent, the dialog that was begun
// comes to its end, and a receipt of the release finds its report.
func (w *town) goesOn(noted releaseFacts) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), time.Minute)
	defer cancel()
	an, binh, chi := cast["an"].ID, cast["binh"].ID, cast["chi"].ID
	const more = "Viết thêm sau khi nâng cấp"
	for user, text := range map[int64]string{an: "/tracuu", binh: "/riengtu", chi: more} {
		if _, err := w.sim.SendText(user, text); err != nil { // which opens the chat, too
			w.t.Fatal(err)
		}
	}
	w.start()
	w.settle()
	if text := w.show("binh", nil); !strings.Contains(text, "GỌI NGAY") || strings.Index(text, "GỌI NGAY") > strings.Index(text, "Quyền riêng tư") {
		w.t.Errorf("the message that waited was not sent first\n%s", text)
	}
	if err := w.sim.PressText(chi, "✅ Gửi"); err != nil {
		w.t.Fatalf("%v\n%s", err, w.show("chi", nil))
	}
	w.settle()
	if _, err := w.sim.WaitText(ctx, chi, 0, "Đã nhận thông tin"); err != nil {
		w.t.Fatalf("the dialog did not go on: %v\n%s", err, w.show("chi", nil))
	}
	a := w.unplugged()
	reports := w.facts(a)
	if len(reports.Cases) != len(noted.Cases)+1 {
		w.t.Errorf("%d cases, want one more than %d", len(reports.Cases), len(noted.Cases))
	}
	want := sumOf(strings.Join([]string{releaseBegun, releaseWaited, more}, "\n"))
	found := false
	for _, c := range reports.Cases {
		found = found || c.Words == want
	}
	if !found {
		w.t.Error("the words from before, during and after the upgrade do not stand in one report in their order")
	}
	for receipt := range noted.Receipt {
		if _, err := w.sim.SendText(an, receipt); err != nil {
			w.t.Fatal(err)
		}
		w.settle()
		if text := w.show("an", nil); !strings.Contains(text, "Tình trạng: Đã nhận") {
			w.t.Errorf("the receipt finds nothing\n%s", text)
		}
	}
}
