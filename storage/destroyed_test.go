package storage_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"tinbao/cases"
	"tinbao/storage"
)

// destroyedIn are all rows of the list, by what was destroyed.
func (b *bench) destroyedIn() (list []cases.Destruction, counts map[string]int) {
	b.t.Helper()
	list, _, err := storage.Destroyed(b.t.Context(), b.url, 0)
	if err != nil {
		b.t.Fatal(err)
	}
	counts = map[string]int{}
	for _, d := range list {
		counts[d.What]++
	}
	return list, counts
}

// onlyFile is the id of the one file there is.
func (b *bench) onlyFile() (id string) {
	b.t.Helper()
	if err := connect(b.t, b.url).QueryRow(b.t.Context(), "select id::text from casework.files").Scan(&id); err != nil {
		b.t.Fatal(err)
	}
	return id
}

// Everything that destroys for good is noted by the database itself, in the same
// transaction: what is rolled back is not noted.
func TestDestructionsAreNoted(t *testing.T) {
	t.Parallel()
	b, _, c := ended(t)
	_, h := b.help(binh)
	_, plain := b.report(chi, sample)
	if _, counts := b.destroyedIn(); len(counts) != 0 {
		t.Fatalf("nothing was destroyed yet: %v", counts)
	}
	if err := b.try(binh, func(ctx context.Context, tx *storage.Tx) error {
		if _, _, err := tx.Forget(ctx, cases.HelpStream, h.ID); err != nil {
			return err
		}
		return cases.Fail(cases.NotAllowed, "error.erased")
	}); err == nil {
		t.Error("it was not refused")
	}
	if _, counts := b.destroyedIn(); len(counts) != 0 {
		t.Errorf("what was taken back is noted: %v", counts)
	}
	b.do(binh, func(ctx context.Context, tx *storage.Tx) error {
		if _, _, err := tx.Forget(ctx, cases.HelpStream, h.ID); err != nil {
			return err
		}
		tx.From(chi, 1)
		_, _, err := tx.Forget(ctx, cases.ReportStream, plain.ID)
		return err
	})
	b.pass(400 * day)
	if _, err := b.Retain(t.Context(), cases.Retention{Routes: 90, Files: 365, Content: 730}); err != nil {
		t.Fatal(err)
	}
	list, counts := b.destroyedIn()
	for what, n := range map[string]int{cases.DestroyedCase: 1, cases.DestroyedReceipt: 1, cases.DestroyedRoute: 3, cases.DestroyedFile: 1} {
		if counts[what] != n {
			t.Errorf("%d of %s are noted, not %d", counts[what], what, n)
		}
	}
	i := slices.IndexFunc(list, func(d cases.Destruction) bool { return d.What == cases.DestroyedFile })
	if d := list[i]; d.Case != c.ID || d.Ref != b.onlyFile() || d.Stream != cases.ReportStream || d.Ward != 1 || time.Since(d.At) > time.Hour {
		t.Errorf("%+v", d)
	}
}

// A database from before is told what was destroyed since, by the list alone: it ends
// where the other one is, its history holds, and doing it twice changes nothing.
func TestSettlingDestroysAgain(t *testing.T) {
	t.Parallel()
	b, o, c := ended(t)
	nurse := b.staff(nurse, cases.Health)
	_, h := b.help(binh)
	b.must(nurse, h.Number, cases.Change{Verb: cases.Answer, Text: "Chào bạn"})
	code, plain := b.report(chi, sample)
	_, kept := b.report(an, sample)
	b.pass(2 * time.Hour) // an anchor covers what is a while old
	b.anchor()
	now := time.Now()
	var list []cases.Destruction
	add := func(what string, of cases.Case, ref string) {
		list = append(list, cases.Destruction{
			ID: "00000000-0000-4000-8000-00000000000" + string(rune('0'+len(list))), At: now, Ward: 1, What: what, Stream: of.Number.Stream, Case: of.ID, Ref: ref,
		})
	}
	add(cases.DestroyedRoute, c, "")
	add(cases.DestroyedFile, c, b.onlyFile())
	add(cases.DestroyedRoute, h, "")
	add(cases.DestroyedCase, h, "")
	add(cases.DestroyedReceipt, plain, "")
	add(cases.DestroyedCase, cases.Case{ID: "11111111-0000-4000-8000-000000000000", Number: h.Number}, "") // came after the backup
	if _, err := b.Invite(t.Context(), cases.Officer, "Cô Mới"); err != nil {
		t.Fatal(err)
	}
	want := storage.Settled{Cases: 1, Receipts: 1, Routes: 2, Files: 1}
	for range 2 {
		done, err := storage.Settle(t.Context(), b.url, list)
		done.Sessions, done.Messages, done.Dialogs, done.Invites = 0, 0, 0, 0
		if err != nil || done != want {
			t.Errorf("%+v, not %+v (%v)", done, want, err)
		}
		want = storage.Settled{}
	}
	b.count("select count(*) from casework.cases where case_key is null and content = '' and stream = 'help'", 1)
	b.count("select count(*) from casework.talks where stream = 'help' and body <> ''", 0)
	b.count("select count(*) from casework.files where body is not null", 0)
	b.count("select count(*) from casework.routes", 2)
	b.count("select count(*) from edge.outbox", 0)
	b.count("select count(*) from ward.invites", 0)
	b.count("select count(*) from casework.destructions", 6)
	b.do(chi, func(ctx context.Context, tx *storage.Tx) error {
		if _, err := tx.LookUp(ctx, code); cases.KindOf(err) != cases.NotFound {
			t.Errorf("the receipt still opens: %v", err)
		}
		return nil
	})
	if got := b.must(o, kept.Number, cases.Change{Verb: cases.Take}); got.Report.Text != sample.Text {
		t.Error("another case was touched")
	}
	if a, err := b.VerifyHistory(t.Context()); err != nil || len(a.Faults) > 0 || len(a.Anchors) == 0 {
		t.Errorf("%v %v", a.Faults, err)
	}
}

// Who wants no news any more gets none from a restored database either; the list leads
// to nobody.
func TestDepartedSubscribersStayAway(t *testing.T) {
	t.Parallel()
	b := setup(t)
	subscribe := func(chat int64, on bool) {
		b.do(chat, func(ctx context.Context, tx *storage.Tx) error {
			if on {
				return tx.Subscribe(ctx, cases.Route{Chat: chat, Lang: "vi"})
			}
			_, err := tx.Unsubscribe(ctx, chat)
			return err
		})
	}
	subscribe(an, true)
	subscribe(binh, true)
	if err := b.exec("create table public.backup as table edge.subscribers"); err != nil {
		t.Fatal(err)
	}
	subscribe(an, true) // sealed anew: what stands in the backup is not what is deleted
	subscribe(an, false)
	list, counts := b.destroyedIn()
	if counts[cases.DestroyedNews] != 2 || list[0].Case != "" || len(list[0].Ref) != 64 {
		t.Fatalf("%+v", list)
	}
	if err := b.exec("insert into edge.subscribers select ward_id, who, route from public.backup on conflict do nothing"); err != nil {
		t.Fatal(err)
	}
	if done, err := storage.Settle(t.Context(), b.url, list); err != nil || done.News != 1 {
		t.Errorf("%+v %v", done, err)
	}
	b.count("select count(*) from edge.subscribers", 1)
	b.count("select count(*) from edge.departures", 2)
}

// Checksums see a changed bit, a missing row and a table that is not there.
func TestContentsSeeEveryChange(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.report(an, sample)
	before, err := storage.Contents(t.Context(), b.url)
	if err != nil || len(before.Tables) < 30 || before.Schema == 0 || len(before.Histories) != 1 {
		t.Fatalf("%+v %v", before, err)
	}
	if again, err := storage.Contents(t.Context(), b.url); err != nil || len(before.Differences(again)) > 0 {
		t.Errorf("%v %v", before.Differences(again), err)
	}
	for want, sql := range map[string]string{
		"casework.cases has other content":           "update casework.cases set content = set_byte(content, 9, get_byte(content, 9) # 1)",
		"casework.routes has 0 rows, not 1":          "delete from casework.routes",
		"edge.meters_of_today was not in the backup": "create table edge.meters_of_today (n int)",
		"ward.digests is missing":                    "drop table ward.digests",
		"the history ends elsewhere":                 "update casework.cases set head = '\\x00'",
	} {
		if err := b.exec(sql); err != nil {
			t.Fatal(err)
		}
		if got, err := storage.Contents(t.Context(), b.url); err != nil || !slices.Contains(before.Differences(got), want) {
			t.Errorf("after %q: %v (%v)", sql, before.Differences(got), err)
		}
	}
}
