package storage_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"tinbao/cases"
	"tinbao/internal/testservers"
	"tinbao/storage"
	"tinbao/vault"
)

func TestMain(m *testing.M) { testservers.Main(m) }

const bot = 123456

// bench is a store on a fresh database with a clock that tests move.
type bench struct {
	*storage.Store
	t    *testing.T
	url  string
	mu   sync.Mutex
	at   time.Time
	next int64
}

func setup(t *testing.T) *bench {
	t.Helper()
	return setupWith(t, freshVault(t), func(*storage.Config) {})
}

func freshVault(t *testing.T) *vault.Vault {
	t.Helper()
	keys, err := vault.NewKeys(time.Now())
	if err != nil {
		t.Fatal(err)
	}
	v, err := vault.New(keys)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// setupWith is setup with keys of one's own, and a setting changed.
func setupWith(t *testing.T, v *vault.Vault, change func(*storage.Config)) *bench {
	t.Helper()
	b := &bench{t: t, url: testservers.Database(t), at: time.Date(2026, 11, 24, 9, 0, 0, 0, cases.Vietnam)}
	var err error
	conf := storage.Config{
		URL: b.url, Vault: v, Ward: testservers.Yen.ID, Bot: bot, MaxConns: 8, Calendar: cases.Holidays(),
		Now: func() time.Time { b.mu.Lock(); defer b.mu.Unlock(); return b.at },
	}
	change(&conf)
	b.Store, err = storage.Open(t.Context(), conf)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Close)
	return b
}

func (b *bench) pass(d time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.at = b.at.Add(d)
}

// anchor sets the anchors that the daily job sets.
func (b *bench) anchor() {
	b.t.Helper()
	if err := b.SetAnchors(b.t.Context(), 0, func(storage.Anchor) []storage.Message { return nil }); err != nil {
		b.t.Fatal(err)
	}
}

// do runs work as the handling of an update from a chat.
func (b *bench) do(chat int64, work func(ctx context.Context, t *storage.Tx) error) {
	b.t.Helper()
	if err := b.try(chat, work); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) try(chat int64, work func(ctx context.Context, t *storage.Tx) error) error {
	b.t.Helper()
	b.next++
	if err := b.Keep(b.t.Context(), []storage.Update{{ID: b.next, Chat: chat, Payload: []byte("{}")}}); err != nil {
		b.t.Fatal(err)
	}
	var inner error
	done, err := b.HandleOne(b.t.Context(), func(ctx context.Context, t *storage.Tx, _ []byte) error {
		t.From(chat, 1)
		inner = work(ctx, t)
		if k := cases.KindOf(inner); inner != nil && k != cases.Internal && k != cases.Transient {
			return t.Undo(ctx) // the router answers what a person can understand
		}
		return inner
	})
	if !done || err != nil && inner == nil {
		b.t.Fatalf("not handled: %v %v", done, err)
	}
	return inner
}

const (
	an, binh, chi     = 1001, 1002, 1003 // residents
	officer1          = 2001
	officer2, officer = 2002, officer1
	policeman         = 2003
	nurse             = 2004
)

func (b *bench) staff(chat int64, role cases.Role) cases.Staff {
	b.t.Helper()
	back := cases.Route{Chat: chat, Lang: "vi"}
	name := fmt.Sprintf("Cán bộ %d", chat)
	id, err := b.AddStaff(b.t.Context(), role, name, "260611", back)
	if err != nil {
		b.t.Fatal(err)
	}
	return cases.Staff{ID: id, Role: role, Name: name, Route: back}
}

var sample = cases.ReportContent{Concern: cases.SawSigns, Hamlet: 2, When: "when.today", Text: "Nội dung bí mật"}

func (b *bench) report(chat int64, content cases.ReportContent) (cases.Receipt, cases.Case) {
	b.t.Helper()
	var r cases.Receipt
	var c cases.Case
	b.do(chat, func(ctx context.Context, t *storage.Tx) (err error) {
		r, c, err = t.Receive(ctx, cases.Route{Chat: chat, Lang: "vi"}, cases.NewCase{Report: &content, Source: cases.FromBot})
		return err
	})
	return r, c
}

func (b *bench) help(chat int64) (cases.Receipt, cases.Case) {
	b.t.Helper()
	var r cases.Receipt
	var c cases.Case
	b.do(chat, func(ctx context.Context, t *storage.Tx) (err error) {
		r, c, err = t.Receive(ctx, cases.Route{Chat: chat, Lang: "vi"},
			cases.NewCase{Help: &cases.HelpContent{Service: cases.HealthCare, Text: "Cần khám"}, Source: cases.FromBot})
		return err
	})
	return r, c
}

func (b *bench) act(s cases.Staff, n cases.Number, ch cases.Change) (c cases.Case, err error) {
	b.t.Helper()
	err = b.try(s.Route.Chat, func(ctx context.Context, t *storage.Tx) (err error) {
		c, err = t.Desk(n.Stream).Act(ctx, s, n, -1, ch)
		return err
	})
	return c, err
}

func (b *bench) must(s cases.Staff, n cases.Number, ch cases.Change) cases.Case {
	b.t.Helper()
	c, err := b.act(s, n, ch)
	if err != nil {
		b.t.Fatalf("%s: %v", ch.Verb, err)
	}
	return c
}

func TestReportTravelsThroughItsLife(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o, p := b.staff(officer, cases.Officer), b.staff(policeman, cases.Police)
	receipt, made := b.report(an, sample)
	if made.Number.String() != "PA-26-0001" || made.Due.IsZero() {
		t.Fatalf("%+v", made)
	}
	n := made.Number
	b.must(o, n, cases.Change{Verb: cases.Take})
	b.must(o, n, cases.Change{Verb: cases.Verify, Finding: cases.Founded})
	if _, err := b.act(p, n, cases.Change{Verb: cases.Note, Text: "x"}); cases.KindOf(err) != cases.NotFound {
		t.Errorf("the police reached a report before it was handed over: %v", err)
	}
	if c := b.must(o, n, cases.Change{Verb: cases.Classify, Kind: cases.CrimeReport}); c.Confirmed {
		t.Error("the office confirmed a criminal kind")
	}
	b.must(o, n, cases.Change{Verb: cases.Forward})
	if c := b.must(p, n, cases.Change{Verb: cases.Classify, Kind: cases.CrimeReport}); !c.Confirmed || c.Status != cases.Forwarded {
		t.Errorf("the police did not confirm: %+v", c)
	}
	b.must(p, n, cases.Change{Verb: cases.Acknowledge})
	c := b.must(p, n, cases.Change{Verb: cases.Resolve, Text: "đã xử phạt"})
	if c.Status != cases.Resolved || c.Report.Text != sample.Text || c.Talks[0].Text != "đã xử phạt" || !c.Talks[0].Internal {
		t.Errorf("%+v", c)
	}
	var verbs []cases.Verb
	for _, e := range c.History {
		verbs = append(verbs, e.Verb)
	}
	want := []cases.Verb{cases.Submit, cases.Take, cases.Verify, cases.Classify, cases.Forward, cases.Classify, cases.Acknowledge, cases.Resolve}
	if diff := cmp.Diff(want, verbs); diff != "" {
		t.Error(diff)
	}
	b.do(chi, func(ctx context.Context, tx *storage.Tx) error {
		v, err := tx.LookUp(ctx, receipt)
		if err != nil || v.Status != cases.Resolved || len(v.Talks) != 0 || !v.CanAdd {
			t.Errorf("%+v %v", v, err)
		}
		return nil
	})
}

func TestNumbersAreGaplessUnderConcurrency(t *testing.T) {
	t.Parallel()
	b := setup(t)
	const reports = 60
	var updates []storage.Update
	for i := range int64(reports) {
		updates = append(updates, storage.Update{ID: i + 1, Chat: an + i%7, Payload: []byte("{}")})
	}
	if err := b.Keep(t.Context(), updates); err != nil {
		t.Fatal(err)
	}
	if err := b.Keep(t.Context(), updates); err != nil { // Telegram repeats itself
		t.Fatal(err)
	}
	var mu sync.Mutex
	var got []int
	var wg sync.WaitGroup
	for range 6 {
		wg.Go(func() {
			misses := 0
			for misses < 50 {
				done, err := b.HandleOne(t.Context(), func(ctx context.Context, tx *storage.Tx, _ []byte) error {
					_, c, err := tx.Receive(ctx, cases.Route{Chat: an}, cases.NewCase{Report: &sample, Source: cases.FromBot})
					if err == nil {
						mu.Lock()
						got = append(got, c.Number.Seq)
						mu.Unlock()
					}
					return err
				})
				if err != nil {
					t.Error(err)
				}
				if !done {
					misses++
				}
			}
		})
	}
	wg.Wait()
	slices.Sort(got)
	if len(got) != reports || got[0] != 1 || got[len(got)-1] != reports || len(slices.Compact(got)) != reports {
		t.Errorf("numbers %v", got)
	}
}

func TestOneChatIsHandledInOrder(t *testing.T) {
	t.Parallel()
	b := setup(t)
	var updates []storage.Update
	for i := range int64(40) {
		updates = append(updates, storage.Update{ID: i + 1, Chat: an + i%2, Payload: fmt.Appendf(nil, "%d %d", an+i%2, i)})
	}
	if err := b.Keep(t.Context(), updates); err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	seen := map[string][]string{}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for misses := 0; misses < 50; {
				done, err := b.HandleOne(t.Context(), func(_ context.Context, _ *storage.Tx, payload []byte) error {
					chat, n, _ := strings.Cut(string(payload), " ")
					mu.Lock()
					defer mu.Unlock()
					seen[chat] = append(seen[chat], n)
					return nil
				})
				if err != nil {
					t.Error(err)
				}
				if !done {
					misses++
				}
			}
		})
	}
	wg.Wait()
	total := 0
	for chat, list := range seen {
		total += len(list)
		last := -1
		for _, s := range list {
			var n int
			fmt.Sscan(s, &n)
			if n <= last {
				t.Errorf("chat %s out of order: %v", chat, list)
				break
			}
			last = n
		}
	}
	if total != len(updates) {
		t.Errorf("%d handled", total)
	}
}

func TestFailureKeepsNothingAndPoisonIsSetAside(t *testing.T) {
	t.Parallel()
	b := setup(t)
	if err := b.Keep(t.Context(), []storage.Update{{ID: 1, Chat: an, Payload: []byte("a")}, {ID: 2, Chat: an, Payload: []byte("b")}}); err != nil {
		t.Fatal(err)
	}
	for i := range 5 {
		done, err := b.HandleOne(t.Context(), func(ctx context.Context, tx *storage.Tx, payload []byte) error {
			if string(payload) != "a" {
				t.Error("a later update overtook")
			}
			if _, _, err := tx.Receive(ctx, cases.Route{Chat: an}, cases.NewCase{Report: &sample}); err != nil {
				return err
			}
			if i == 3 {
				panic("boom: " + sample.Text)
			}
			return errors.New("boom")
		})
		if !done || err == nil || strings.Contains(err.Error(), sample.Text) {
			t.Fatalf("attempt %d: %v %v", i, done, err)
		}
		if i == 4 {
			break
		}
		if done, _ := b.HandleOne(t.Context(), nil); done {
			t.Fatal("tried again at once")
		}
		b.pass(time.Hour)
	}
	aside, err := b.SetAside(t.Context())
	if err != nil || len(aside) != 1 || aside[0].UpdateID != 1 || aside[0].Fault != "internal" {
		t.Fatalf("%+v %v", aside, err)
	}
	ok := func(context.Context, *storage.Tx, []byte) error { return nil }
	if done, err := b.HandleOne(t.Context(), ok); !done || err != nil {
		t.Errorf("the lane did not go on: %v", err)
	}
	if n, err := b.RetrySetAside(t.Context()); n != 1 || err != nil {
		t.Error(n, err)
	}
	if done, err := b.HandleOne(t.Context(), ok); !done || err != nil {
		t.Error("no second chance", err)
	}
	b.count("select count(*) from casework.cases", 0)
}

// count compares a number the owner of the database reads.
func (b *bench) count(sql string, want int, args ...any) {
	b.t.Helper()
	conn, err := pgx.Connect(b.t.Context(), b.url)
	if err != nil {
		b.t.Fatal(err)
	}
	defer conn.Close(context.Background())
	var got int
	if err := conn.QueryRow(b.t.Context(), sql, args...).Scan(&got); err != nil || got != want {
		b.t.Errorf("%s: %d, want %d (%v)", sql, got, want, err)
	}
}

func TestDraftsLanguageAndExpiry(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.do(an, func(_ context.Context, tx *storage.Tx) error { tx.SaveDraft([]byte("half a report"), "en"); return nil })
	b.do(an, func(_ context.Context, tx *storage.Tx) error {
		if string(tx.Draft()) != "half a report" || tx.Lang() != "" {
			t.Errorf("%q %q", tx.Draft(), tx.Lang()) // the language of a draft is no choice
		}
		tx.SetLang("vi")
		return nil
	})
	b.do(binh, func(_ context.Context, tx *storage.Tx) error {
		if tx.Draft() != nil || tx.Lang() != "" {
			t.Error("another chat has a draft")
		}
		return nil
	})
	b.pass(31 * time.Minute)
	var told []cases.Route
	n, err := b.TendDrafts(t.Context(), 30*time.Minute, func(d storage.LeftDraft) ([]byte, []storage.Message, error) {
		told = append(told, d.Back)
		return nil, []storage.Message{{Chat: d.Back.Chat, Payload: []byte(`{}`)}}, nil
	})
	if err != nil || n != 1 || len(told) != 1 || told[0] != (cases.Route{Chat: an, Lang: "vi"}) {
		t.Fatalf("%d %v %v", n, told, err)
	}
	b.do(an, func(_ context.Context, tx *storage.Tx) error {
		if tx.Draft() != nil || tx.Lang() != "vi" {
			t.Errorf("%q %q", tx.Draft(), tx.Lang())
		}
		return nil
	})
	if err := b.Sweep(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	b.count("select count(*) from edge.chats", 1)
	b.pass(31 * 24 * time.Hour)
	if err := b.Sweep(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	b.count("select count(*) from edge.chats", 0)
	b.count("select count(*) from edge.updates", 0)
}

// A draft that was left alone is looked at by one program only, what is kept of it and what
// its writer is told are one step, and who goes on writing is left in peace.
func TestLeftDrafts(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for _, chat := range []int64{an, binh} {
		b.do(chat, func(_ context.Context, tx *storage.Tx) error { tx.SaveDraft([]byte("begun"), "vi"); return nil })
	}
	var mu sync.Mutex
	told := map[int64]int{}
	remind := func(d storage.LeftDraft) ([]byte, []storage.Message, error) {
		mu.Lock()
		defer mu.Unlock()
		told[d.Back.Chat]++
		return append(d.Draft, '!'), []storage.Message{{Chat: d.Back.Chat, Payload: []byte(`{}`)}}, nil
	}
	tend := func() (all int) {
		t.Helper()
		var wait sync.WaitGroup
		seen := make([]int, 4)
		for i := range seen {
			wait.Go(func() {
				n, err := b.TendDrafts(t.Context(), 10*time.Minute, remind)
				if err != nil {
					t.Error(err)
				}
				seen[i] = n
			})
		}
		wait.Wait()
		for _, n := range seen {
			all += n
		}
		return all
	}
	b.pass(9 * time.Minute)
	if n := tend(); n != 0 {
		t.Errorf("%d drafts are looked at while somebody writes", n)
	}
	b.do(binh, func(_ context.Context, tx *storage.Tx) error { tx.SaveDraft([]byte("goes on"), "vi"); return nil })
	b.pass(time.Minute)
	if n := tend(); n != 1 || told[an] != 1 || told[binh] != 0 {
		t.Errorf("%d, %v", n, told)
	}
	if n := tend(); n != 0 {
		t.Errorf("looked at again at once: %v", told)
	}
	b.do(an, func(_ context.Context, tx *storage.Tx) error {
		if string(tx.Draft()) != "begun!" {
			t.Errorf("%q is kept", tx.Draft())
		}
		return nil
	})
	failed := errors.New("not now")
	b.pass(time.Hour)
	if _, err := b.TendDrafts(t.Context(), 10*time.Minute, func(storage.LeftDraft) ([]byte, []storage.Message, error) { return nil, nil, failed }); err == nil {
		t.Error("an error is kept quiet")
	}
	b.count("select count(*) from edge.chats where draft is not null", 2)
	b.count("select count(*) from edge.outbox", 1)
}

func TestTwoPeopleNeverTakeTheSame(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o1, o2 := b.staff(officer1, cases.Officer), b.staff(officer2, cases.Officer)
	b.report(an, sample)
	b.report(binh, cases.ReportContent{Concern: cases.Danger, Text: "gấp"})
	take := func(s cases.Staff) (c cases.Case, err error) {
		err = b.try(s.Route.Chat, func(ctx context.Context, tx *storage.Tx) (err error) {
			c, err = tx.Desk(cases.ReportStream).TakeNext(ctx, s)
			return err
		})
		return c, err
	}
	first, err := take(o1)
	if err != nil || !first.Urgent || first.Holder != o1.Name {
		t.Fatalf("%+v %v", first, err)
	}
	second, err := take(o2)
	if err != nil || second.Number == first.Number {
		t.Fatalf("%+v %v", second, err)
	}
	if _, err := take(o2); cases.KindOf(err) != cases.NotFound {
		t.Errorf("a third case: %v", err)
	}
	if _, err := b.act(o2, first.Number, cases.Change{Verb: cases.Take}); cases.KindOf(err) != cases.Conflict {
		t.Errorf("took what a colleague holds: %v", err)
	}
	b.pass(5 * time.Hour)
	if c, err := take(o2); err != nil || c.Number != first.Number {
		t.Errorf("a forgotten case did not come back: %v %v", c.Number, err)
	}
}

func TestOldButtonsAreRefused(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o := b.staff(officer, cases.Officer)
	_, c := b.report(an, sample)
	b.must(o, c.Number, cases.Change{Verb: cases.Take})
	err := b.try(officer, func(ctx context.Context, tx *storage.Tx) error {
		_, err := tx.Desk(cases.ReportStream).Act(ctx, o, c.Number, c.Version, cases.Change{Verb: cases.Verify, Finding: cases.Founded})
		return err
	})
	if cases.KindOf(err) != cases.Conflict {
		t.Error(err)
	}
}

func TestAddedInformationAndRoutes(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o := b.staff(officer, cases.Officer)
	_, c := b.report(an, sample)
	b.must(o, c.Number, cases.Change{Verb: cases.AskInfo, Text: "Mấy giờ?"})
	b.do(binh, func(ctx context.Context, tx *storage.Tx) error {
		got, err := tx.AddInfo(ctx, cases.ReportStream, c.ID, cases.Route{Chat: binh, Lang: "en"}, "22 giờ",
			[]cases.OfferedFile{{Kind: cases.Photo, FileID: "secret-file-id", Size: 5}})
		if err != nil {
			return err
		}
		if got.Status != cases.Verifying || len(got.Talks) != 2 || got.Talks[1].Text != "22 giờ" || got.Talks[1].FromStaff || len(got.Files) != 1 {
			t.Errorf("%+v", got)
		}
		routes, err := tx.Routes(ctx, cases.ReportStream, c.ID)
		want := []cases.Route{{Chat: an, Lang: "vi"}, {Chat: binh, Lang: "en"}}
		slices.SortFunc(routes, func(a, b cases.Route) int { return int(a.Chat - b.Chat) })
		if diff := cmp.Diff(want, routes); diff != "" {
			t.Error(diff)
		}
		return err
	})
	b.count("select count(*) from river.river_job where kind = 'fetch_attachment'", 1)
	if err := b.Silent(t.Context(), cases.ReportStream, c.ID); err != nil {
		t.Fatal(err)
	}
	if got := b.must(o, c.Number, cases.Change{Verb: cases.Note, Text: "n"}); !got.Silent {
		t.Error("the card does not tell that nobody can be reached")
	}
}

func TestFilesAreSealed(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o := b.staff(officer, cases.Officer)
	var c cases.Case
	b.do(an, func(ctx context.Context, tx *storage.Tx) (err error) {
		_, c, err = tx.Receive(ctx, cases.Route{Chat: an}, cases.NewCase{Report: &sample, Files: []cases.OfferedFile{
			{Kind: cases.Photo, FileID: "one"}, {Kind: cases.Video, FileID: "two"},
		}})
		return err
	})
	c = b.must(o, c.Number, cases.Change{Verb: cases.Take})
	w, err := b.FileToFetch(t.Context(), cases.ReportStream, c.Files[0].ID)
	if err != nil || w.FileID != "one" || w.Kind != cases.Photo {
		t.Fatalf("%+v %v", w, err)
	}
	body := []byte("bytes of a photo")
	explain := func(r cases.Route, files []cases.File) storage.Message {
		if len(files) != 2 || files[0].State != cases.FileStored || files[1].Kind != cases.Video || files[1].Fault != "file.type" {
			t.Errorf("%+v", files)
		}
		return storage.Message{Chat: r.Chat, Payload: []byte(`{}`)}
	}
	for range 2 { // nothing happens twice
		if err := b.RefuseFile(t.Context(), cases.ReportStream, c.Files[1].ID, "file.type", explain); err != nil {
			t.Fatal(err)
		}
		b.count("select count(*) from edge.outbox", 0) // the other file is still to come
	}
	for range 2 {
		if err := b.StoreFile(t.Context(), cases.ReportStream, c.Files[0].ID, body, "image/jpeg", explain); err != nil {
			t.Fatal(err)
		}
		b.count("select count(*) from edge.outbox", 1)
	}
	if w, err := b.FileToFetch(t.Context(), cases.ReportStream, c.Files[0].ID); w != nil || err != nil {
		t.Errorf("%+v %v", w, err)
	}
	b.do(officer, func(ctx context.Context, tx *storage.Tx) error {
		got, mime, err := tx.Desk(cases.ReportStream).Attachment(ctx, o, c.Files[0].ID)
		if err != nil || string(got) != string(body) || mime != "image/jpeg" {
			t.Errorf("%q %s %v", got, mime, err)
		}
		if _, _, err := tx.Desk(cases.HelpStream).Attachment(ctx, o, c.Files[0].ID); cases.KindOf(err) != cases.NotFound {
			t.Errorf("another stream's file: %v", err)
		}
		return nil
	})
	b.count("select count(*) from casework.files where source is not null or position($1::bytea in body) > 0", 0, body)
}

func TestQueueViews(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o := b.staff(officer, cases.Officer)
	for range 9 {
		b.report(an, sample)
	}
	_, urgent := b.report(binh, cases.ReportContent{Concern: cases.Minor, Text: "gấp"})
	_, done := b.report(chi, sample)
	b.must(o, done.Number, cases.Change{Verb: cases.SetAside, To: cases.InvalidCase})
	_, mine := b.report(chi, sample)
	b.must(o, mine.Number, cases.Change{Verb: cases.Take})
	b.pass(20 * time.Hour) // past the urgent limit only
	queue := func(view cases.QueueView, page int) (q cases.QueuePage) {
		b.do(officer, func(ctx context.Context, tx *storage.Tx) (err error) {
			q, err = tx.Desk(cases.ReportStream).Queue(ctx, o, view, page)
			return err
		})
		return q
	}
	for view, want := range map[cases.QueueView]int{
		cases.QueueOpen: 11, cases.QueueNew: 11, cases.QueueMine: 1, cases.QueueOverdue: 1, cases.QueueUrgent: 1, cases.QueueDone: 1,
	} {
		if q := queue(view, 0); q.Total != want {
			t.Errorf("%s: %d, want %d", view, q.Total, want)
		}
	}
	if q := queue(cases.QueueOpen, 0); q.Items[0].Number != urgent.Number || len(q.Items) != q.Size {
		t.Errorf("%+v", q.Items[0])
	}
	if q := queue(cases.QueueOpen, 7); q.Page != 1 || len(q.Items) != 3 {
		t.Errorf("a page beyond the end: %d, %d lines", q.Page, len(q.Items))
	}
}

func TestFiguresCountTheFourRatios(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o, p := b.staff(officer, cases.Officer), b.staff(policeman, cases.Police)
	start := b.at
	for i := range 4 {
		_, c := b.report(an, sample)
		if i == 0 {
			b.must(o, c.Number, cases.Change{Verb: cases.SetAside})
			continue
		}
		if i == 3 {
			continue
		}
		b.must(o, c.Number, cases.Change{Verb: cases.Verify, Finding: cases.Founded})
		if i == 2 {
			b.pass(20 * 24 * time.Hour) // classified too late
		}
		b.must(o, c.Number, cases.Change{Verb: cases.Classify, Kind: cases.Feedback})
		if i == 1 {
			b.must(o, c.Number, cases.Change{Verb: cases.Forward})
		}
	}
	b.help(binh)
	if n, err := b.CloseHelpFigures(t.Context()); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	for i, who := range []cases.Staff{o, p} {
		s := b.statistics(who, cases.Period{From: cases.DayOf(start), To: cases.DayOf(b.at)})
		// The third is late; the first was handed on and its limit has passed since; the
		// fourth came in after the pause and is on time.
		want, kind, backlog, overdue := cases.Tally{Received: 4, OutOfScope: 1, Verified: 2, Classified: 2, Forwarded: 1, Late: 2, Open: 3}, 2, 3, 2
		if who.Role == cases.Police { // of what was handed to them
			want, kind, backlog, overdue = cases.Tally{Received: 1, Verified: 1, Classified: 1, Forwarded: 1, Late: 1, Open: 1}, 1, 1, 1
		}
		if diff := cmp.Diff(want, s.Total); diff != "" {
			t.Error(i, diff)
		}
		if s.By[cases.ByKind][string(cases.Feedback)].Received != kind || s.Backlog != backlog || s.Overdue != overdue {
			t.Error(i, s.By[cases.ByKind], s.Backlog, s.Overdue)
		}
		if s.Help == nil != (who.Role == cases.Police) {
			t.Errorf("%s, help: %+v", who.Role, s.Help)
		}
	}
}

func TestInvitations(t *testing.T) {
	t.Parallel()
	b := setup(t)
	invited, err := b.Invite(t.Context(), cases.Health, "Chị Lan")
	if err != nil {
		t.Fatal(err)
	}
	accept := func(chat int64, token string) (s cases.Staff, err error) {
		err = b.try(chat, func(ctx context.Context, tx *storage.Tx) (err error) {
			s, _, err = tx.AcceptInvite(ctx, token, cases.Route{Chat: chat, Lang: "vi"})
			return err
		})
		return s, err
	}
	if _, err := accept(nurse, "wrong"); cases.KindOf(err) != cases.Expired {
		t.Error(err)
	}
	s, err := accept(nurse, invited.Token)
	if err != nil || s.Role != cases.Health || s.Name != "Chị Lan" {
		t.Fatalf("%+v %v", s, err)
	}
	if _, err := accept(an, invited.Token); cases.KindOf(err) != cases.Expired {
		t.Errorf("used twice: %v", err)
	}
	old, _ := b.Invite(t.Context(), cases.Admin, "x")
	b.pass(cases.InviteTime + time.Minute)
	if _, err := accept(an, old.Token); cases.KindOf(err) != cases.Expired {
		t.Errorf("used too late: %v", err)
	}
	b.do(nurse, func(ctx context.Context, tx *storage.Tx) error {
		if tx.Staff() == nil || tx.Staff().ID != s.ID {
			t.Error("the account is not known")
		}
		return tx.Lock(ctx, s.ID, true)
	})
	b.do(nurse, func(_ context.Context, tx *storage.Tx) error {
		if !tx.Staff().Locked {
			t.Error("not locked")
		}
		return nil
	})
}

// The database itself keeps the streams, the wards and the police apart.
func TestTheWallStandsInTheDatabase(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o := b.staff(officer, cases.Officer)
	_, r := b.report(an, sample)
	b.report(an, sample)
	b.help(binh)
	b.must(o, r.Number, cases.Change{Verb: cases.Verify, Finding: cases.Founded})
	b.must(o, r.Number, cases.Change{Verb: cases.Classify, Kind: cases.Feedback})
	b.must(o, r.Number, cases.Change{Verb: cases.Forward})
	conn, err := pgx.Connect(t.Context(), b.url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	const denied = -1
	for _, c := range []struct {
		role, ward, sql string
		want            int
	}{
		{"tinbao_report", "1", "select count(*) from casework.cases", 2},
		{"tinbao_report", "1", "select count(*) from casework.cases where stream = 'help'", 0},
		{"tinbao_report", "1", "select count(*) from casework.help_cases", denied},
		{"tinbao_report", "1", "select count(*) from casework.routes where stream = 'help'", 0},
		{"tinbao_report", "2", "select count(*) from casework.cases", 0},
		{"tinbao_report", "", "select count(*) from casework.cases", 0},
		{"tinbao_help", "1", "select count(*) from casework.cases", 1},
		{"tinbao_help", "1", "select count(*) from casework.cases where stream = 'report'", 0},
		{"tinbao_police", "1", "select count(*) from casework.cases", 1},
		{"tinbao_police", "1", "select count(distinct case_id) from casework.events", 1},
		{"tinbao_police", "1", "select count(*) from casework.help_events", denied},
		{"tinbao_police", "1", "select count(*) from casework.counters", denied},
		{"tinbao_police", "1", "select count(*) from casework.help_closings", denied},
		{"tinbao_desk", "1", "select count(*) from casework.cases", denied},
		{"tinbao_desk", "1", "select count(*) from casework.figures", denied},
		{"tinbao_desk", "1", "select count(*) from ward.staff", 1},
		{"tinbao_desk", "2", "select count(*) from ward.staff", 0},
		{"tinbao_report", "1", "with x as (update casework.events set detail = 'x' returning 1) select count(*) from x", denied},
		{"tinbao_report", "1", "with x as (delete from casework.events returning 1) select count(*) from x", denied},
		{"tinbao_report", "1", "with x as (delete from casework.cases returning 1) select count(*) from x", denied},
		{"tinbao_report", "1", "with x as (update casework.routes set sealed = sealed returning 1) select count(*) from x", 2},
		{"tinbao_report", "1", "with x as (update casework.routes set made_at = now() returning 1) select count(*) from x", denied},
		{"tinbao_report", "1", "with x as (update casework.routes set sealed = sealed where stream = 'help' returning 1) select count(*) from x", 0},
		{"tinbao_help", "1", "with x as (update casework.routes set sealed = sealed returning 1) select count(*) from x", 1},
		{"tinbao_help", "2", "with x as (update casework.routes set sealed = sealed returning 1) select count(*) from x", 0},
		{"tinbao_police", "1", "with x as (update casework.routes set sealed = sealed returning 1) select count(*) from x", denied},
		{"tinbao_desk", "1", "with x as (update casework.routes set sealed = sealed returning 1) select count(*) from x", denied},
		{"tinbao_desk", "1", "with x as (delete from edge.retired_keys returning 1) select count(*) from x", denied},
	} {
		tx, err := conn.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tx.Exec(t.Context(), "select set_config('role', $1, true), set_config('tinbao.ward', $2, true)", c.role, c.ward); err != nil {
			t.Fatal(err)
		}
		got := denied
		if err := tx.QueryRow(t.Context(), c.sql).Scan(&got); err != nil {
			got = denied
		}
		if got != c.want {
			t.Errorf("%s, ward %q: %s gives %d, want %d", c.role, c.ward, c.sql, got, c.want)
		}
		if err := tx.Rollback(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

func TestMigrateTwiceAndSchemaState(t *testing.T) {
	t.Parallel()
	url := testservers.Database(t)
	if err := storage.Migrate(t.Context(), url); err != nil {
		t.Fatal(err)
	}
	s, err := storage.ReadSchema(t.Context(), url)
	if err != nil || s.Have != s.Want || s.Have == 0 || !s.Fits() {
		t.Error(s, err)
	}
}

func TestAbsentPostgresIsTransient(t *testing.T) {
	t.Parallel()
	s, err := storage.Open(t.Context(), storage.Config{URL: "postgres:///x?host=" + t.TempDir(), Vault: freshVault(t), Ward: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Keep(t.Context(), []storage.Update{{ID: 1}}); cases.KindOf(err) != cases.Transient {
		t.Error(err)
	}
	if _, err := s.HandleOne(t.Context(), nil); cases.KindOf(err) != cases.Transient {
		t.Error(err)
	}
}

// A case that is taken up again has its full time again.
func TestLimitsRunAnew(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o, p := b.staff(officer, cases.Officer), b.staff(policeman, cases.Police)
	_, c := b.report(an, sample)
	b.must(o, c.Number, cases.Change{Verb: cases.Verify, Finding: cases.Founded})
	b.must(o, c.Number, cases.Change{Verb: cases.Classify, Kind: cases.Feedback})
	b.must(o, c.Number, cases.Change{Verb: cases.Forward})
	b.pass(8 * 24 * time.Hour)
	back := b.must(p, c.Number, cases.Change{Verb: cases.Return, Text: "thiếu địa chỉ"})
	if back.Overdue(b.at) {
		t.Errorf("given back and overdue at once: %s", back.Due)
	}
	b.must(o, c.Number, cases.Change{Verb: cases.SetAside, To: cases.OutOfScope})
	b.pass(60 * 24 * time.Hour)
	b.must(o, c.Number, cases.Change{Verb: cases.AskReopen, Text: "xem lại"})
	if again := b.must(b.staff(officer2, cases.Officer), c.Number, cases.Change{Verb: cases.Reopen}); again.Overdue(b.at) {
		t.Errorf("reopened and overdue at once: %s", again.Due)
	}
	if taken := b.must(o, c.Number, cases.Change{Verb: cases.Take}); taken.Overdue(b.at) {
		t.Errorf("taken and overdue at once: %s", taken.Due)
	}
}

// What waits for the police, for the person, or has its outcome is handed to
// nobody and counts as taken by nobody.
func TestOnlyWaitingCasesAreHandedOut(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o, n := b.staff(officer, cases.Officer), b.staff(nurse, cases.Health)
	_, sent := b.report(an, cases.ReportContent{Concern: cases.Danger, Text: "gấp"})
	b.must(o, sent.Number, cases.Change{Verb: cases.Forward})
	_, fresh := b.report(an, sample)
	_, minor := b.help(an)
	b.must(n, minor.Number, cases.Change{Verb: cases.Contact})
	b.must(n, minor.Number, cases.Change{Verb: cases.RecordDone, Text: "xong"})
	_, waiting := b.help(binh)
	b.pass(5 * time.Hour) // every hold has lapsed
	for _, k := range []struct {
		who  cases.Staff
		want cases.Number
	}{{o, fresh.Number}, {n, waiting.Number}} {
		b.do(k.who.Route.Chat, func(ctx context.Context, tx *storage.Tx) error {
			q, err := tx.Desk(k.want.Stream).Queue(ctx, k.who, cases.QueueNew, 0)
			if err != nil || q.Total != 1 || q.Items[0].Number != k.want || q.Items[0].Holder != "" {
				t.Errorf("nobody has %+v %v", q, err)
			}
			c, err := tx.Desk(k.want.Stream).TakeNext(ctx, k.who)
			if c.Number != k.want {
				t.Errorf("handed out %s, want %s", c.Number, k.want)
			}
			return err
		})
	}
}
