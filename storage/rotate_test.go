package storage_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"tinbao/cases"
	"tinbao/storage"
	"tinbao/vault"
)

// keyed is a bench whose keys lie in a file.
type keyed struct {
	*bench
	path string
	kek  *vault.KEK
	live *vault.Vault
}

func setupKeyed(t *testing.T) *keyed {
	t.Helper()
	name := "file:" + filepath.Join(t.TempDir(), "kek")
	_, err := vault.EnsureKEK(name)
	if err != nil {
		t.Fatal(err)
	}
	k := &keyed{path: filepath.Join(t.TempDir(), "keys.json")}
	if k.kek, err = vault.OpenKEK(name); err != nil {
		t.Fatal(err)
	}
	if err := vault.Create(k.path, k.kek, time.Now()); err != nil {
		t.Fatal(err)
	}
	k.live = k.vault()
	k.bench = setupWith(t, k.live, func(*storage.Config) {})
	return k
}

// vault opens the key file as it is now.
func (k *keyed) vault() *vault.Vault {
	v, err := vault.Open(k.path, k.kek)
	if err != nil {
		panic(err)
	}
	return v
}

// store opens a store of a ward on the same database.
func (k *keyed) store(v *vault.Vault, ward cases.WardID) *storage.Store {
	k.t.Helper()
	s, err := storage.Open(k.t.Context(), storage.Config{
		URL: k.url, Vault: v, Ward: ward, Bot: bot, MaxConns: 4, Calendar: cases.Holidays(),
		Now: func() time.Time { k.mu.Lock(); defer k.mu.Unlock(); return k.at },
	})
	if err != nil {
		k.t.Fatal(err)
	}
	k.t.Cleanup(s.Close)
	return s
}

func (k *keyed) file() *vault.File {
	k.t.Helper()
	f, err := vault.Load(k.path, k.kek)
	if err != nil {
		k.t.Fatal(err)
	}
	return f
}

// change changes the key file and lets the running store take it up.
func (k *keyed) change(change func(*vault.File) error) vault.Former {
	k.t.Helper()
	f := k.file()
	if err := errors.Join(change(f), f.Save()); err != nil {
		k.t.Fatal(err)
	}
	if _, err := k.live.Refresh(); err != nil {
		k.t.Fatal(err)
	}
	return f.Former()
}

// promote puts new keys in the place of the present ones and fences these off.
func (k *keyed) promote() vault.Former {
	k.t.Helper()
	k.change(func(f *vault.File) error { return f.Add(time.Now()) })
	former := k.change(func(f *vault.File) error { return f.Promote(time.Now()) })
	if err := k.Fence(k.t.Context(), former); err != nil {
		k.t.Fatal(err)
	}
	k.change(func(f *vault.File) error { f.Rest(k.at); return nil })
	return former
}

func (k *keyed) drop() {
	k.t.Helper()
	k.change(func(f *vault.File) error {
		_, _, err := f.Drop(func(s cases.Stream, last time.Time) (bool, error) { return k.Spent(k.t.Context(), s, last) })
		return err
	})
}

// rotate does it all without being disturbed.
func (k *keyed) rotate() {
	k.t.Helper()
	former := k.promote()
	if p, err := k.Reseal(k.t.Context(), storage.Rotation{Former: former, Batch: 100}); err != nil || p.Left != 0 || p.Damaged != 0 {
		k.t.Fatalf("%+v %v", p, err)
	}
	k.drop()
}

// sent is a case as its writer knows it.
type sent struct {
	ward    cases.WardID
	number  cases.Number
	id      string
	receipt cases.Receipt
	chat    int64
	text    string
	talks   []string
	erased  bool
}

// register is everything that was written, by many at once.
type register struct {
	mu  sync.Mutex
	all []*sent
}

func (r *register) add(s *sent) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.all = append(r.all, s)
}

// receive writes a case down.
func (r *register) receive(ctx context.Context, tx *storage.Tx, ward cases.WardID, chat int64, text string, help bool) (*sent, error) {
	n := cases.NewCase{Source: cases.FromBot, Files: []cases.OfferedFile{{Kind: cases.Photo, FileID: "file of " + text}}}
	if help {
		n.Help = &cases.HelpContent{Service: cases.HealthCare, Text: text}
	} else {
		n.Report = &cases.ReportContent{Concern: cases.SawSigns, Hamlet: 2, Text: text}
	}
	receipt, c, err := tx.Receive(ctx, cases.Route{Chat: chat, Lang: "vi"}, n)
	return &sent{ward: ward, number: c.Number, id: c.ID, receipt: receipt, chat: chat, text: text}, err
}

// handler writes down what an update says: its payload is the text.
func (r *register) handler(ward cases.WardID, help bool) storage.Handler {
	return func(ctx context.Context, tx *storage.Tx, payload []byte) error {
		var text string
		if err := json.Unmarshal(payload, &text); err != nil {
			return err
		}
		s, err := r.receive(ctx, tx, ward, an, text, help)
		if err == nil {
			tx.From(an, 1)
			tx.SaveDraft([]byte("draft "+text), "vi")
			tx.Thread().Remember(cases.OwnWords{Message: 1, At: tx.Now().Unix()}, tx.Now())
			tx.KeepThread()
			tx.Queue(storage.Message{Chat: an, Payload: payload})
			r.add(s)
		}
		return err
	}
}

// the people who open cases in these tests
var opener = map[cases.Stream]cases.Staff{
	cases.ReportStream: {ID: 1, Role: cases.Officer}, cases.HelpStream: {ID: 1, Role: cases.Health},
}

// ofWard is who opens cases of a stream, somebody of the ward itself.
func ofWard(ctx context.Context, tx *storage.Tx, stream cases.Stream) (cases.Staff, error) {
	by := opener[stream]
	all, err := tx.StaffList(ctx)
	if len(all) > 0 {
		by.ID = all[0].ID
	}
	return by, err
}

// answer says something about a case; Conflict and Transient are fair answers while
// others work on it.
func answer(ctx context.Context, s *storage.Store, c *sent, text string) error {
	return s.Do(ctx, func(ctx context.Context, tx *storage.Tx) error {
		by, err := ofWard(ctx, tx, c.number.Stream)
		if err != nil {
			return err
		}
		_, err = tx.Desk(c.number.Stream).Act(ctx, by, c.number, -1, cases.Change{Verb: cases.Note, Text: text})
		return err
	})
}

// verify opens everything with a store and compares it.
func (r *register) verify(t *testing.T, s *storage.Store, ward cases.WardID) {
	t.Helper()
	for _, c := range r.all {
		if c.ward != ward {
			continue
		}
		err := s.Do(t.Context(), func(ctx context.Context, tx *storage.Tx) error {
			if !c.erased {
				v, err := tx.LookUp(ctx, c.receipt)
				if err != nil || v.CaseID != c.id {
					return fmt.Errorf("its receipt finds %q: %w", v.CaseID, err)
				}
			}
			routes, err := tx.Routes(ctx, c.number.Stream, c.id)
			if err != nil || !c.erased && (len(routes) != 1 || routes[0].Chat != c.chat) {
				return fmt.Errorf("ways back %+v: %w", routes, err)
			}
			by, err := ofWard(ctx, tx, c.number.Stream)
			if err != nil {
				return err
			}
			got, err := tx.Desk(c.number.Stream).Open(ctx, by, c.number)
			switch {
			case err != nil:
				return err
			case c.erased && !got.Erased:
				return errors.New("it is there again")
			case !c.erased && c.number.Stream == cases.HelpStream && got.Help.Text != c.text, !c.erased && c.number.Stream == cases.ReportStream && got.Report.Text != c.text:
				return errors.New("it says something else")
			}
			var talks []string
			for _, talk := range got.Talks {
				talks = append(talks, talk.Text)
			}
			if !c.erased && !slices.Equal(talks, c.talks) {
				return fmt.Errorf("talks %q, want %q", talks, c.talks)
			}
			return nil
		})
		if err != nil {
			t.Errorf("%s of ward %d: %v", c.number, c.ward, err)
		}
	}
}

// sealedColumns are the columns under keys of the vault, with what begins under the
// present key.
var sealedColumns = []string{
	"edge.updates.payload", "edge.chats.draft", "edge.chats.back", "edge.chats.spoken", "edge.chats.thread", "edge.chats.chosen", "edge.discreet.body", "edge.outbox.payload",
	"ward.staff.name", "ward.staff.route", "ward.account_events.sealed", "ward.invites.name", "casework.cases.case_key", "casework.routes.sealed", "casework.canned.sealed",
}

func (k *keyed) underOther(v *vault.Vault) map[string]int {
	k.t.Helper()
	conn, err := pgx.Connect(k.t.Context(), k.url)
	if err != nil {
		k.t.Fatal(err)
	}
	defer conn.Close(context.Background())
	var present [][]byte
	for _, s := range []cases.Stream{cases.ReportStream, cases.HelpStream} {
		_, wrapped := v.NewCaseKey(s, 1, "x")
		present = append(present, wrapped[:5], v.SealRoute(s, 1, "x", cases.Route{})[:5])
	}
	present = append(present, v.SealEdge(vault.Place{}, nil)[:5])
	out := map[string]int{}
	for _, c := range sealedColumns {
		table, column, _ := cutLast(c)
		var all, other int
		err := conn.QueryRow(k.t.Context(), fmt.Sprintf(`select count(*) filter (where %[1]s <> ''), count(*) filter (where %[1]s <> '' and substr(%[1]s, 1, 5) <> all($1)) from %[2]s`, column, table), present).Scan(&all, &other)
		if err != nil || all == 0 {
			k.t.Errorf("%s: %d values, %v", c, all, err)
		}
		out[c] = other
	}
	return out
}

func cutLast(s string) (before, after string, found bool) {
	i := strings.LastIndexByte(s, '.')
	return s[:i], s[i+1:], i > 0
}

// populate fills a ward with some of everything, differently each time.
func (k *keyed) populate(rng *rand.Rand, s *storage.Store, ward cases.WardID, r *register, n int) {
	k.t.Helper()
	ctx := k.t.Context()
	must := func(err error) {
		if err != nil {
			k.t.Helper()
			k.t.Fatal(err)
		}
	}
	must(discreetlyTo(ctx, s, int64(ward)*100+50, new([]string)))
	for i := range 1 + rng.IntN(9) {
		_, err := s.AddStaff(ctx, cases.Officer, fmt.Sprint("Cán bộ ", i), pin, cases.Route{Chat: int64(officer1 + i), Lang: "vi"})
		must(err)
	}
	for i := range n {
		text, help := fmt.Sprintf("ward %d case %d", ward, i), rng.IntN(2) == 0
		must(s.Do(ctx, func(ctx context.Context, tx *storage.Tx) error {
			c, err := r.receive(ctx, tx, ward, int64(an+rng.IntN(9)), text, help)
			r.add(c)
			return err
		}))
		c := r.all[len(r.all)-1]
		for range rng.IntN(3) {
			note := fmt.Sprint("note ", rng.IntN(1000))
			must(answer(ctx, s, c, note))
			c.talks = append(c.talks, note)
		}
		if c.erased = help && rng.IntN(4) == 0; c.erased {
			must(s.Do(ctx, func(ctx context.Context, tx *storage.Tx) error {
				tx.From(c.chat, 1)
				_, _, err := tx.Forget(ctx, c.number.Stream, c.id)
				return err
			}))
		}
	}
	for _, stream := range []cases.Stream{cases.ReportStream, cases.HelpStream} {
		must(s.Do(ctx, func(ctx context.Context, tx *storage.Tx) error {
			return tx.Desk(stream).AddCanned(ctx, cases.Received, "Phường đã nhận.")
		}))
	}
	must(s.Do(ctx, func(ctx context.Context, tx *storage.Tx) error {
		all, err := tx.StaffList(ctx)
		return errors.Join(err, fillRegister(ctx, tx, all[len(all)-1]))
	}))
	for range 1 + rng.IntN(5) {
		_, err := s.Invite(ctx, cases.Officer, fmt.Sprint("Người mới ", rng.Uint64()))
		must(err)
		must(s.Send(ctx, storage.Message{Chat: int64(ward)*100 + rng.Int64N(5), Payload: []byte(`"waits"`)}))
		must(s.Spoke(ctx, int64(ward)*100+rng.Int64N(5), 7, cases.HelpStream, "x"))
	}
}

// The whole of a rotation: in batches of three, stopped after every one and gone on
// with, while others receive and answer. Afterwards everything opens with the new
// keys alone.
func TestRotation(t *testing.T) {
	t.Parallel()
	k := setupKeyed(t)
	ctx := t.Context()
	if err := storage.PutWard(ctx, k.url, cases.Ward{ID: 2, Name: "phường khác"}); err != nil {
		t.Fatal(err)
	}
	seed := rand.Uint64()
	t.Log("seed", seed)
	rng := rand.New(rand.NewPCG(seed, 0))
	second := k.store(k.live, 2)
	var r register
	k.populate(rng, k.Store, 1, &r, 25)
	k.populate(rng, second, 2, &r, 10)
	for i := range int64(5) { // dialogs that stay open
		if err := k.Keep(ctx, []storage.Update{{ID: 50 + i, Chat: 7100 + i, Payload: fmt.Appendf(nil, `"open %d"`, i)}}); err != nil {
			t.Fatal(err)
		}
		if done, err := k.HandleOne(ctx, r.handler(1, true)); !done || err != nil {
			t.Fatal(done, err)
		}
	}
	var waiting []storage.Update
	for i := range int64(12) {
		waiting = append(waiting, storage.Update{ID: i + 1, Chat: 7000 + i, Payload: fmt.Appendf(nil, `"waited %d"`, i)})
	}
	if err := k.Keep(ctx, waiting); err != nil {
		t.Fatal(err)
	}
	known := slices.Clone(r.all)
	before := k.underOther(k.live)
	former := k.promote()
	if under := k.underOther(k.live); under["casework.cases.case_key"] == 0 || under["edge.updates.payload"] != 12 {
		t.Fatalf("%v, then %v are under former keys", before, under)
	}

	work, stop := context.WithCancel(ctx)
	defer stop()
	var wg sync.WaitGroup
	wg.Go(func() { // people write
		for i := int64(100); work.Err() == nil; i++ {
			u := storage.Update{ID: i, Chat: 8000 + i%3, Payload: fmt.Appendf(nil, `"meanwhile %d"`, i)}
			if err := k.Keep(ctx, []storage.Update{u}); err != nil {
				t.Error(err)
			}
			if _, err := k.HandleOne(ctx, r.handler(1, i%2 == 0)); err != nil {
				t.Error(err)
			}
		}
	})
	wg.Go(func() { // staff answer
		for i := 0; work.Err() == nil; i++ {
			c := known[i%len(known)]
			s := k.Store
			if c.ward == 2 {
				s = second
			}
			if c.erased {
				continue
			}
			note := fmt.Sprint("meanwhile ", i)
			if err := answer(ctx, s, c, note); err != nil {
				t.Error(err)
				return
			}
			c.talks = append(c.talks, note)
		}
	})
	runs, done := 0, int64(0)
	for finished := false; !finished; runs++ {
		run, cancel := context.WithCancel(ctx)
		p, err := k.Reseal(run, storage.Rotation{Former: former, Batch: 3, Tell: func(p storage.Resealed) {
			if p.Done > 3 {
				t.Errorf("%d values in one batch", p.Done)
			}
			cancel()
		}})
		finished = err == nil
		cancel()
		if err != nil && !errors.Is(err, context.Canceled) || p.Damaged != 0 {
			t.Fatalf("%+v %v", p, err)
		}
		done += p.Done
	}
	stop()
	wg.Wait()
	t.Logf("%d values in %d runs, %d cases written meanwhile", done, runs, len(r.all)-len(known))
	if runs < 20 || len(r.all) <= len(known) {
		t.Errorf("%d runs, %d cases", runs, len(r.all))
	}
	for {
		found, err := k.HandleOne(ctx, r.handler(1, false))
		if err != nil {
			t.Fatal(err)
		}
		if !found {
			break
		}
	}
	if err := k.Keep(ctx, []storage.Update{{ID: 1 << 40, Chat: 1, Payload: []byte(`"left waiting"`)}}); err != nil {
		t.Fatal(err)
	}
	k.drop()
	for column, n := range k.underOther(k.vault()) {
		if n != 0 {
			t.Errorf("%s: %d values under other keys", column, n)
		}
	}
	if bytes.Count(fmt.Append(nil, k.file().Former()), []byte("[1 ")) != 0 {
		t.Error("former keys are left in the file")
	}
	for ward := range cases.WardID(2) {
		fresh := k.store(k.vault(), ward+1)
		r.verify(t, fresh, ward+1)
		if staff, err := fresh.StaffList(ctx); err != nil || len(staff) == 0 {
			t.Error(len(staff), err)
		}
		if a, err := fresh.VerifyHistory(ctx); err != nil || len(a.Faults) != 0 {
			t.Error(a.Faults, err)
		}
	}
	texts := map[string]int{}
	for _, c := range r.all {
		texts[c.text]++
	}
	for text, n := range texts {
		if n != 1 {
			t.Errorf("%q was received %d times", text, n)
		}
	}
	for i := range 12 {
		if texts[fmt.Sprintf("waited %d", i)] != 1 {
			t.Errorf("update %d, which waited, is lost", i)
		}
	}
	k.emptyEdge(k.store(k.vault(), 1))
}

// emptyEdge opens all that is not a case: messages, drafts, invitations.
func (k *keyed) emptyEdge(s *storage.Store) {
	k.t.Helper()
	ctx := k.t.Context()
	conn, err := pgx.Connect(ctx, k.url)
	if err != nil {
		k.t.Fatal(err)
	}
	defer conn.Close(context.Background())
	rows, _ := conn.Query(ctx, "select distinct lane from edge.outbox where ward_id = 1")
	lanes, err := pgx.CollectRows(rows, pgx.RowTo[[]byte])
	if err != nil || len(lanes) == 0 {
		k.t.Fatal(len(lanes), err)
	}
	for _, lane := range lanes {
		for {
			m, err := s.Next(ctx, lane)
			if err != nil {
				k.t.Fatal(err)
			}
			if m == nil {
				break
			}
			if err := s.Delivered(ctx, m.ID); err != nil {
				k.t.Fatal(err)
			}
		}
	}
	k.count("select count(*) from edge.outbox where ward_id = 1", 0)
	k.pass(time.Hour)
	var drafts int
	if err := conn.QueryRow(ctx, "select count(*) from edge.chats where draft is not null").Scan(&drafts); err != nil || drafts == 0 {
		k.t.Fatal(drafts, err)
	}
	farewells := 0
	n, err := s.TendDrafts(ctx, time.Minute, func(d storage.LeftDraft) ([]byte, []storage.Message, error) {
		farewells++
		return nil, []storage.Message{{Chat: d.Back.Chat, Payload: []byte(`"bye"`)}}, nil
	})
	if err != nil || n != drafts || farewells != drafts {
		k.t.Errorf("%d drafts, %d ended, %d farewells, %v", drafts, n, farewells, err)
	}
}

// Two rotations at once would drop keys under each other's feet: the second is
// refused, and may come when the first has ended.
func TestOneRotationAtATime(t *testing.T) {
	t.Parallel()
	k := setupKeyed(t)
	other := k.store(k.live, 2)
	ran := false
	err := k.AloneRotating(t.Context(), func(ctx context.Context) error {
		err := other.AloneRotating(ctx, func(context.Context) error { t.Error("both run"); return nil })
		if cases.KindOf(err) != cases.Conflict {
			t.Errorf("the second was told %v", err)
		}
		ran = true
		return nil
	})
	if err != nil || !ran {
		t.Fatal(err)
	}
	cause := errors.New("its own failure")
	if err := other.AloneRotating(t.Context(), func(context.Context) error { return cause }); !errors.Is(err, cause) {
		t.Errorf("%v", err)
	}
}

// The lock goes with its connection, and then the work is told to stop.
func TestLostLockEndsTheRotation(t *testing.T) {
	t.Parallel()
	k := setupKeyed(t)
	err := k.AloneRotating(t.Context(), func(ctx context.Context) error {
		k.owner(fmt.Sprintf("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and classid = %d and database = (select oid from pg_database where datname = current_database())", 0x6b657973))
		<-ctx.Done()
		return ctx.Err()
	})
	if !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// Programs that live count, with the keys they have; others do not.
func TestReplicas(t *testing.T) {
	t.Parallel()
	k := setupKeyed(t)
	ctx := t.Context()
	stale := k.vault()
	one, late, foreign := k.Store, k.store(stale, 1), k.store(freshVault(t), 1)
	want := func(what string, alive, behind int64) {
		t.Helper()
		if a, b, err := one.Replicas(ctx); a != alive || b != behind || err != nil {
			t.Errorf("%s: %d live, %d behind, %v; want %d, %d", what, a, b, err, alive, behind)
		}
	}
	beat := func(all ...*storage.Store) {
		t.Helper()
		for _, s := range all {
			if err := s.Beat(ctx); err != nil {
				t.Fatal(err)
			}
		}
	}
	want("nobody", 0, 0)
	beat(one, late, foreign)
	want("both of this installation", 2, 0)
	k.change(func(f *vault.File) error { return f.Add(time.Now()) })
	want("nobody told yet", 2, 2)
	beat(one, late)
	want("one has the keys", 2, 1)
	if _, err := stale.Refresh(); err != nil {
		t.Fatal(err)
	}
	beat(late)
	want("both have the keys", 2, 0)
	k.change(func(f *vault.File) error { return f.Promote(time.Now()) })
	beat(one)
	want("the order counts too", 2, 1)
	k.owner("update edge.replicas set seen_at = seen_at - interval '31 seconds'")
	want("long silent", 0, 0)
	beat(one)
	if err := one.Leave(ctx); err != nil {
		t.Fatal(err)
	}
	want("ended", 0, 0)
}

// Whoever still has the former keys, for example because it slept for a minute, can
// write nothing under them: it is told to try again.
func TestFormerKeysWriteNothing(t *testing.T) {
	t.Parallel()
	k := setupKeyed(t)
	ctx := t.Context()
	asleep := k.store(k.vault(), 1)
	_, c := k.report(an, sample)
	invited, err := asleep.Invite(ctx, cases.Officer, "Mới")
	if err != nil {
		t.Fatal(err)
	}
	// a dialog whose update was kept before
	if err := k.Keep(ctx, []storage.Update{{ID: 901, Chat: an, Payload: []byte("{}")}}); err != nil {
		t.Fatal(err)
	}
	k.promote()
	for what, try := range map[string]func() error{
		"updates": func() error { return asleep.Keep(ctx, []storage.Update{{ID: 900, Chat: an, Payload: []byte("{}")}}) },
		"outbox":  func() error { return asleep.Send(ctx, storage.Message{Chat: 1, Payload: []byte("{}")}) },
		"staff":   func() error { _, err := asleep.AddStaff(ctx, cases.Officer, "x", "", cases.Route{Chat: 5}); return err },
		"invites": func() error { _, err := asleep.Invite(ctx, cases.Officer, "x"); return err },
		"cases": func() error {
			return asleep.Do(ctx, func(ctx context.Context, tx *storage.Tx) error {
				_, _, err := tx.Receive(ctx, cases.Route{Chat: an}, cases.NewCase{Report: &sample})
				return err
			})
		},
		"routes": func() error {
			return asleep.Do(ctx, func(ctx context.Context, tx *storage.Tx) error {
				_, err := tx.AddInfo(ctx, cases.ReportStream, c.ID, cases.Route{Chat: binh}, "thêm", nil)
				return err
			})
		},
	} {
		if err := try(); cases.KindOf(err) != cases.Transient || err == nil {
			t.Errorf("%s: %v", what, err)
		}
	}
	k.count("select count(*) from edge.updates where update_id = 900", 0)
	draft := func(_ context.Context, tx *storage.Tx, _ []byte) error { tx.SaveDraft([]byte("d"), "vi"); return nil }
	// the update waits and loses no attempt
	if _, err := asleep.HandleOne(ctx, draft); cases.KindOf(err) != cases.Transient {
		t.Errorf("a draft: %v", err)
	}
	k.count("select count(*) from edge.updates where update_id = 901 and state = 'waiting' and attempts = 0", 1)
	if done, err := k.HandleOne(ctx, draft); !done || err != nil {
		t.Errorf("with the present keys: %v %v", done, err)
	}
	k.do(chi, func(ctx context.Context, tx *storage.Tx) error {
		_, _, err := tx.AcceptInvite(ctx, invited.Token, cases.Route{Chat: chi})
		return err
	})
}

// The fence stands only when everybody who was writing under the former keys has
// ended, so nothing slips in behind the rotation.
func TestFenceWaitsForWriters(t *testing.T) {
	t.Parallel()
	k := setupKeyed(t)
	ctx := t.Context()
	asleep := k.store(k.vault(), 1)
	k.change(func(f *vault.File) error { return f.Add(time.Now()) })
	former := k.change(func(f *vault.File) error { return f.Promote(time.Now()) })
	wrote, goOn := make(chan struct{}), make(chan struct{})
	ended := make(chan error, 1)
	go func() {
		ended <- asleep.Do(ctx, func(ctx context.Context, tx *storage.Tx) error {
			_, _, err := tx.Receive(ctx, cases.Route{Chat: an}, cases.NewCase{Report: &sample})
			close(wrote)
			<-goOn
			return err
		})
	}()
	<-wrote
	seen := make(chan int, 1)
	go func() {
		if err := k.Fence(ctx, former); err != nil {
			t.Error(err)
		}
		n := -1
		conn, err := pgx.Connect(ctx, k.url)
		if err == nil {
			defer conn.Close(context.Background())
			err = conn.QueryRow(ctx, "select count(*) from casework.cases").Scan(&n)
		}
		if err != nil {
			t.Error(err)
		}
		seen <- n
	}()
	for n := 0; n == 0; { // until the fence is being put up
		k.row("select count(*) from edge.retired_keys", &n)
	}
	select {
	case <-seen:
		t.Error("the fence stood while somebody wrote behind it")
	default:
	}
	close(goOn)
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	if n := <-seen; n != 1 {
		t.Errorf("when the fence stood %d cases were there", n)
	}
	if p, err := k.Reseal(ctx, storage.Rotation{Former: former, Batch: 3}); err != nil || p.Done != 2 {
		t.Errorf("what was written last is not sealed anew: %+v %v", p, err)
	}
}

// row reads one row as the owner of the tables.
func (b *bench) row(sql string, into ...any) {
	b.t.Helper()
	conn, err := pgx.Connect(b.t.Context(), b.url)
	if err != nil {
		b.t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if err := conn.QueryRow(b.t.Context(), sql).Scan(into...); err != nil {
		b.t.Fatal(sql, err)
	}
}

// What does not open is counted and left, and holds up nothing else.
func TestDamagedValuesStay(t *testing.T) {
	t.Parallel()
	k := setupKeyed(t)
	k.staff(officer, cases.Officer)
	_, a := k.report(an, sample)
	_, c := k.report(binh, sample)
	k.owner("update casework.cases set case_key = set_byte(case_key, 20, get_byte(case_key, 20) # 1) where id = '" + a.ID + "'")
	former := k.promote()
	told := 0
	p, err := k.Reseal(t.Context(), storage.Rotation{Former: former, Batch: 1, Tell: func(storage.Resealed) { told++ }})
	if err != nil || p.Damaged != 1 || p.Done != 9 || told != 10 {
		t.Errorf("%+v %v, told %d times", p, err, told)
	}
	k.drop()
	fresh := k.store(k.vault(), 1)
	for id, want := range map[cases.Number]bool{a.Number: false, c.Number: true} {
		err := fresh.Do(t.Context(), func(ctx context.Context, tx *storage.Tx) error {
			_, err := tx.Desk(cases.ReportStream).Open(ctx, opener[cases.ReportStream], id)
			return err
		})
		if (err == nil) != want {
			t.Errorf("%s: %v", id, err)
		}
	}
}

// A backup from before a case's key was destroyed has that key, wrapped. Once the
// keys are rotated and the former ones gone, the backup does not bring it back.
func TestOldBackupsOfDestroyedCases(t *testing.T) {
	t.Parallel()
	k := setupKeyed(t)
	_, c := k.help(an)
	k.owner("create table public.backup as table casework.help_cases")
	k.owner("create table public.backup_routes as table casework.help_routes")
	k.do(an, func(ctx context.Context, tx *storage.Tx) error {
		_, _, err := tx.Forget(ctx, cases.HelpStream, c.ID)
		return err
	})
	var wrapped, content []byte
	k.row("select case_key, content from public.backup", &wrapped, &content)
	k.count("select count(*) from casework.cases where case_key is null and content = ''", 1)
	restored := func(v *vault.Vault) error {
		key, err := v.CaseKey(cases.HelpStream, 1, c.ID, wrapped)
		if err != nil {
			return err
		}
		plain, err := key.Open("cases.content", "", content)
		if err == nil && !bytes.Contains(plain, []byte("Cần khám")) {
			t.Errorf("%s", plain)
		}
		return err
	}
	if err := restored(k.vault()); err != nil {
		t.Errorf("the backup alone gives the case back with the present keys, and the page says so: %v", err)
	}
	copied, err := vault.New(k.file().Keys) // a copy of the key file from before
	if err != nil {
		t.Fatal(err)
	}
	k.rotate()
	if err := restored(k.vault()); err == nil {
		t.Error("the backup gives a destroyed case back after a rotation")
	}
	if err := restored(copied); err != nil {
		t.Errorf("a copy of the old key file opens it, and the page says to destroy it: %v", err)
	}
	var sealed []byte
	k.row("select sealed from public.backup_routes", &sealed)
	if _, err := k.vault().OpenRoute(cases.HelpStream, 1, c.ID, sealed); err == nil {
		t.Error("the backup leads back to the person")
	}
	if back, err := copied.OpenRoute(cases.HelpStream, 1, c.ID, sealed); err != nil || back.Chat != an {
		t.Errorf("%+v %v", back, err)
	}
}

// An anchor holds under the key it was set with; when that key is gone it can be
// told neither way, and later anchors still guard every row.
func TestAnchorsOutliveTheirKey(t *testing.T) {
	t.Parallel()
	k := setupKeyed(t)
	r, c := k.report(an, sample)
	anchor := func() {
		t.Helper()
		k.pass(2 * time.Hour)
		if err := k.SetAnchors(t.Context(), time.Hour, func(storage.Anchor) []storage.Message { return nil }); err != nil {
			t.Fatal(err)
		}
	}
	check := func(what string, faults int, states ...string) {
		t.Helper()
		a, err := k.VerifyHistory(t.Context())
		if err != nil || len(a.Faults) != faults || len(a.Anchors) != len(states) {
			t.Fatalf("%s: %+v %v", what, a, err)
		}
		for i, s := range states {
			got := map[[2]bool]string{{true, false}: "holds", {false, true}: "old", {false, false}: "broken"}[[2]bool{a.Anchors[i].Holds, a.Anchors[i].Old}]
			if got != s {
				t.Errorf("%s: anchor %d is %s, want %s", what, i, got, s)
			}
		}
	}
	anchor()
	k.pass(day)
	k.rotate()
	k.pass(day)
	anchor()
	check("after a rotation", 0, "holds", "holds")
	// the receipt is forgotten, so the next rotation removes the key
	k.do(an, func(ctx context.Context, tx *storage.Tx) error {
		_, err := tx.LookUp(ctx, r)
		if err != nil {
			t.Errorf("the receipt was not found: %v", err)
		}
		_, _, err = tx.Forget(ctx, cases.ReportStream, c.ID)
		return err
	})
	k.rotate()
	k.pass(day)
	check("after both keys are gone", 0, "old", "old")
	anchor()
	check("with one under the present key", 0, "old", "old", "holds")
	k.owner("alter table casework.events disable trigger append_only; update casework.events set detail = 'x'")
	k.owner("update casework.anchors set code = '\\x00' where at = (select max(at) from casework.anchors)")
	check("after tampering", 2, "old", "old", "broken")
}
