package storage_test

import (
	"bytes"
	"context"
	"errors"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"tinbao/cases"
	"tinbao/storage"
)

const pin, otherPIN = "260611", "135790"

// as does something in the name of a member of staff, whose account it gives as the
// update saw it.
func (b *bench) as(chat int64, work func(ctx context.Context, t *storage.Tx) error) (s cases.Staff, err error) {
	b.t.Helper()
	err = b.try(chat, func(ctx context.Context, t *storage.Tx) error {
		defer func() { s = *t.Staff() }()
		return work(ctx, t)
	})
	return s, err
}

func nothing(context.Context, *storage.Tx) error { return nil }

func TestPIN(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.staff(officer, cases.Officer)
	try := func(pin string) cases.Access {
		var a cases.Access
		b.do(officer, func(ctx context.Context, tx *storage.Tx) (err error) {
			a, err = tx.TryPIN(ctx, pin)
			return err
		})
		return a
	}
	b.do(officer, func(ctx context.Context, tx *storage.Tx) error { return tx.Shut(ctx) })
	if s, _ := b.as(officer, nothing); s.Access.IsOpen(b.at) || !s.Access.Chosen {
		t.Errorf("after shutting: %+v", s.Access)
	}
	for n := 1; n < cases.PINTries; n++ {
		if a := try(otherPIN); a.Wrong != n || a.IsBarred(b.at) || a.IsOpen(b.at) {
			t.Fatalf("wrong one %d: %+v", n, a)
		}
	}
	if a := try(pin); !a.IsOpen(b.at) || a.Wrong != 0 {
		t.Fatalf("the right one: %+v", a)
	}
	for range cases.PINTries {
		try(otherPIN)
	}
	if a := try(pin); a.IsOpen(b.at) || !a.IsBarred(b.at) {
		t.Errorf("a barred account takes a PIN: %+v", a)
	}
	b.pass(16 * time.Minute)
	if a := try(otherPIN); !a.IsBarred(b.at.Add(29*time.Minute)) || a.IsBarred(b.at.Add(31*time.Minute)) {
		t.Errorf("the next pause is not twice as long: %+v at %s", a, b.at)
	}
	b.pass(31 * time.Minute)
	if a := try(pin); !a.IsOpen(b.at) {
		t.Errorf("after the pause: %+v", a)
	}
}

// A session ends an hour after the last thing done, and not before.
func TestIdleSessionEnds(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.staff(officer, cases.Officer)
	for range 4 {
		b.pass(59 * time.Minute)
		if s, _ := b.as(officer, nothing); !s.Access.IsOpen(b.at) {
			t.Fatalf("closed while in use: %s, now %s", s.Access.Open, b.at)
		}
	}
	b.pass(time.Hour)
	for range 2 { // what is done before the gate does not open it
		if s, _ := b.as(officer, nothing); s.Access.IsOpen(b.at) {
			t.Fatal("open after an idle hour")
		}
	}
}

// A new account has no PIN, a reset one neither; nobody else's changes.
func TestNewAndForgottenPIN(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.staff(officer2, cases.Officer)
	id, err := b.AddStaff(t.Context(), cases.Officer, "Cô Mới", "", cases.Route{Chat: officer, Lang: "vi"})
	if err != nil {
		t.Fatal(err)
	}
	if s, _ := b.as(officer, nothing); s.Access != (cases.Access{}) {
		t.Fatalf("a new account: %+v", s.Access)
	}
	if err := b.try(officer, func(ctx context.Context, tx *storage.Tx) error { return tx.SetPIN(ctx, "111111") }); cases.KindOf(err) != cases.Invalid {
		t.Errorf("a weak PIN: %v", err)
	}
	b.do(officer, func(ctx context.Context, tx *storage.Tx) error { return tx.SetPIN(ctx, pin) })
	if s, _ := b.as(officer, nothing); !s.Access.IsOpen(b.at) {
		t.Fatalf("with a PIN: %+v", s.Access)
	}
	b.do(officer2, func(ctx context.Context, tx *storage.Tx) error { return tx.ForgetPIN(ctx, id) })
	if s, _ := b.as(officer, nothing); s.Access != (cases.Access{}) {
		t.Errorf("a reset account: %+v", s.Access)
	}
	if s, _ := b.as(officer2, nothing); !s.Access.IsOpen(b.at) {
		t.Error("the other account was reset, too")
	}
	if err := b.try(officer2, func(ctx context.Context, tx *storage.Tx) error { return tx.ForgetPIN(ctx, 999) }); cases.KindOf(err) != cases.NotFound {
		t.Errorf("an account that is not there: %v", err)
	}
}

// Whoever locks an account stops at once what every replica would do for it, takes
// what waits to be sent to it, and after unlocking the PIN is asked for.
func TestLockedAccountIsClosedEverywhere(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o := b.staff(officer, cases.Officer)
	b.staff(officer2, cases.Leader)
	b.do(officer2, func(ctx context.Context, tx *storage.Tx) error {
		tx.Queue(storage.Message{Chat: officer, Payload: []byte(`{}`)}, storage.Message{Chat: binh, Payload: []byte(`{}`)})
		return nil
	})
	lock := func(locked bool) {
		b.do(officer2, func(ctx context.Context, tx *storage.Tx) error { return tx.Lock(ctx, o.ID, locked) })
	}
	lock(true)
	if waiting, _, _, err := b.OutboxState(t.Context()); waiting != 1 || err != nil {
		t.Errorf("%d messages wait, want the other person's: %v", waiting, err)
	}
	if s, _ := b.as(officer, nothing); !s.Locked || s.Access.IsOpen(b.at) {
		t.Errorf("locked: %+v", s)
	}
	lock(false)
	if s, _ := b.as(officer, nothing); s.Locked || s.Access.IsOpen(b.at) || !s.Access.Chosen {
		t.Errorf("unlocked: %+v", s)
	}
}

// What is stored of a PIN is sealed, and no hash that could be tried offline.
func TestPINIsSealed(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.staff(officer, cases.Officer)
	b.staff(officer2, cases.Officer)
	conn, err := pgx.Connect(t.Context(), b.url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	rows, _ := conn.Query(t.Context(), `select pin from ward.staff order by id`)
	pins, err := pgx.CollectRows(rows, pgx.RowTo[[]byte])
	if err != nil || len(pins) != 2 {
		t.Fatal(len(pins), err)
	}
	if bytes.Equal(pins[0], pins[1]) || bytes.Contains(pins[0], []byte(pin)) {
		t.Error("the same PIN looks the same")
	}
	// One account's PIN does not open another's.
	if _, err := conn.Exec(t.Context(), `update ward.staff set pin = $1, open_until = null where id = (select max(id) from ward.staff)`, pins[0]); err != nil {
		t.Fatal(err)
	}
	if err := b.try(officer2, func(ctx context.Context, tx *storage.Tx) error {
		_, err := tx.TryPIN(ctx, pin)
		return err
	}); err == nil {
		t.Error("a PIN copied from another account was taken")
	}
}

// What was written in an ended case is read by nobody until a second person agrees.
func TestEndedCaseIsShut(t *testing.T) {
	t.Parallel()
	b := setup(t)
	one, two := b.staff(officer, cases.Officer), b.staff(officer2, cases.Officer)
	_, c := b.report(an, sample)
	shut := b.must(one, c.Number, cases.Change{Verb: cases.SetAside, To: cases.OutOfScope})
	if !shut.Shut || shut.Report != nil || shut.Talks != nil || shut.Files != nil {
		t.Fatalf("an ended case shows %+v", shut)
	}
	if _, err := b.act(two, c.Number, cases.Change{Verb: cases.Reopen}); cases.KindOf(err) != cases.NotAllowed {
		t.Errorf("opened without being asked: %v", err)
	}
	asked := b.must(one, c.Number, cases.Change{Verb: cases.AskReopen, Text: "Có tin mới"})
	if asked.Report != nil || asked.AskedBy != one.ID || len(asked.Talks) != 1 || asked.Talks[0].Text != "Có tin mới" {
		t.Fatalf("an asked case shows %+v", asked)
	}
	if _, err := b.act(one, c.Number, cases.Change{Verb: cases.Reopen}); cases.TextOf(err) != "error.second.self" {
		t.Errorf("one person opened it alone: %v", err)
	}
	if kept := b.must(two, c.Number, cases.Change{Verb: cases.KeepShut}); kept.AskedBy != 0 || !kept.Shut {
		t.Errorf("after a no: %+v", kept)
	}
	b.must(one, c.Number, cases.Change{Verb: cases.AskReopen, Text: "Có tin mới"})
	b.pass(cases.SecondTime + time.Minute)
	if _, err := b.act(two, c.Number, cases.Change{Verb: cases.Reopen}); cases.TextOf(err) != "error.second.none" {
		t.Errorf("a wish of last week: %v", err)
	}
	b.must(one, c.Number, cases.Change{Verb: cases.AskReopen, Text: "Có tin mới"})
	b.lock(one.ID, true)
	if _, err := b.act(two, c.Number, cases.Change{Verb: cases.Reopen}); cases.TextOf(err) != "error.second.none" {
		t.Errorf("the wish of a locked account stands: %v", err)
	}
	b.lock(one.ID, false)
	open := b.must(two, c.Number, cases.Change{Verb: cases.Reopen})
	if open.Shut || open.Report == nil || open.Report.Text != sample.Text || open.Status != cases.Reopened {
		t.Errorf("after a yes: %+v", open)
	}
	var verbs []cases.Verb
	for _, e := range open.History {
		verbs = append(verbs, e.Verb)
	}
	if n := len(verbs); n < 2 || verbs[n-2] != cases.AskReopen || verbs[n-1] != cases.Reopen || open.History[n-1].ByID != two.ID {
		t.Errorf("the history tells %v", verbs)
	}
}

// Files of an ended case stay shut, also to somebody who kept a button of before.
func TestFilesOfAnEndedCaseAreShut(t *testing.T) {
	t.Parallel()
	b := setup(t)
	one := b.staff(officer, cases.Officer)
	_, c := b.report(an, sample)
	var id string
	b.do(an, func(ctx context.Context, tx *storage.Tx) error {
		got, err := tx.AddInfo(ctx, cases.ReportStream, c.ID, cases.Route{Chat: an, Lang: "vi"}, "", []cases.OfferedFile{{Kind: cases.Photo, FileID: "at-telegram"}})
		if err == nil {
			id = got.Files[0].ID
		}
		return err
	})
	if err := b.StoreFile(t.Context(), cases.ReportStream, id, []byte("cleaned"), "image/jpeg", nil); err != nil {
		t.Fatal(err)
	}
	read := func() error {
		return b.try(officer, func(ctx context.Context, tx *storage.Tx) error {
			body, _, err := tx.Desk(cases.ReportStream).Attachment(ctx, one, id)
			if err == nil && string(body) != "cleaned" {
				err = errors.New("another body")
			}
			return err
		})
	}
	if err := read(); err != nil {
		t.Fatal(err)
	}
	b.must(one, c.Number, cases.Change{Verb: cases.SetAside, To: cases.InvalidCase})
	if err := read(); cases.TextOf(err) != "error.shut" {
		t.Errorf("a file of an ended case: %v", err)
	}
}
