package storage_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"tinbao/cases"
	"tinbao/storage"
)

// discreetlyTo sends a message about a new request for help to a chat that chooses discreet
// ones, and notes under which identifier its words are kept.
func discreetlyTo(ctx context.Context, s *storage.Store, chat int64, ids *[]string) error {
	if err := s.Keep(ctx, []storage.Update{{ID: time.Now().UnixNano(), Chat: chat, Payload: []byte(`{}`)}}); err != nil {
		return err
	}
	var of cases.Case
	if _, err := s.HandleOne(ctx, func(ctx context.Context, tx *storage.Tx, _ []byte) (err error) {
		tx.Chosen().SetDiscreet(true, tx.Now())
		tx.KeepChosen()
		_, of, err = tx.Receive(ctx, cases.Route{Chat: chat}, cases.NewCase{Source: cases.FromBot, Help: &cases.HelpContent{Service: cases.LegalAid}})
		return err
	}); err != nil {
		return err
	}
	return s.Send(ctx, storage.Message{Chat: chat, Payload: []byte(`"in clear"`), Stream: cases.HelpStream, CaseID: of.ID, Cover: func(id string) ([]byte, []byte) {
		*ids = append(*ids, id)
		return []byte(`"line"`), []byte(`"words"`)
	}})
}

// within does something in an update of a chat.
func (b *bench) within(chat int64, work func(ctx context.Context, tx *storage.Tx) error) error {
	b.t.Helper()
	if err := b.Keep(b.t.Context(), []storage.Update{{ID: time.Now().UnixNano(), Chat: chat, Payload: []byte(`{}`)}}); err != nil {
		return err
	}
	found, err := b.HandleOne(b.t.Context(), func(ctx context.Context, tx *storage.Tx, _ []byte) error {
		tx.From(chat, 1)
		return work(ctx, tx)
	})
	if err == nil && !found {
		err = errors.New("the update was not handled")
	}
	return err
}

// Who wants discreet messages gets the line; the words open for that chat alone, and go with
// their case.
func TestDiscreetMessages(t *testing.T) {
	t.Parallel()
	v := freshVault(t)
	b := setupWith(t, v, func(*storage.Config) {})
	const chat, other = 9150, 9151
	var ids []string
	if err := discreetlyTo(t.Context(), b.Store, chat, &ids); err != nil || len(ids) != 1 {
		t.Fatal(ids, err)
	}
	m, err := b.Next(t.Context(), v.Who(chat))
	if err != nil || m == nil || string(m.Payload) != `"line"` || m.CaseID == "" {
		t.Fatalf("%+v, %v", m, err)
	}
	look := func(chat int64) (words string, kind cases.ErrorKind) {
		err := b.within(chat, func(ctx context.Context, tx *storage.Tx) error {
			raw, _, err := tx.DiscreetWords(ctx, ids[0])
			words, kind = string(raw), cases.KindOf(err)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return words, kind
	}
	if words, _ := look(chat); words != `"words"` {
		t.Errorf("the words are %q", words)
	}
	if words, kind := look(other); words != "" || kind != cases.NotFound {
		t.Errorf("another chat reads %q (%v)", words, kind)
	}
	if err := b.within(chat, func(ctx context.Context, tx *storage.Tx) error {
		_, _, err := tx.Forget(ctx, m.Stream, m.CaseID)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if words, kind := look(chat); words != "" || kind != cases.NotFound {
		t.Errorf("after the case was erased: %q (%v)", words, kind)
	}
}

// Nobody else's messages change.
func TestMessagesStayAsTheyAre(t *testing.T) {
	t.Parallel()
	v := freshVault(t)
	b := setupWith(t, v, func(*storage.Config) {})
	err := b.Send(t.Context(), storage.Message{Chat: 9160, Payload: []byte(`"in clear"`), Stream: cases.HelpStream, CaseID: "01999999-0000-7000-8000-000000000001", Cover: func(string) ([]byte, []byte) {
		t.Error("covered for somebody who has not chosen it")
		return nil, nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	if m, err := b.Next(t.Context(), v.Who(9160)); err != nil || string(m.Payload) != `"in clear"` {
		t.Errorf("%+v, %v", m, err)
	}
}

// A list nobody opens is deleted, while discreet messages stay chosen; in the end nothing of
// the chat is left.
func TestWhatWasChosenExpires(t *testing.T) {
	t.Parallel()
	b := setup(t)
	const chat = 9170
	of := cases.CaseRef{Stream: cases.HelpStream, ID: "01999999-0000-7000-8000-000000000001"}
	if err := b.within(chat, func(_ context.Context, tx *storage.Tx) error {
		tx.Chosen().Opened(tx.Now())
		tx.Chosen().Add(of, tx.Now())
		tx.Chosen().SetDiscreet(true, tx.Now())
		tx.KeepChosen()
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	tend := func() {
		t.Helper()
		if err := errors.Join(b.TendChosen(t.Context()), b.Sweep(t.Context(), "")); err != nil {
			t.Fatal(err)
		}
	}
	b.pass(cases.ListKept - time.Hour)
	tend()
	b.count("select count(*) from edge.chats where chosen is not null and chosen_until > $1", 1, b.at)
	b.pass(8 * time.Hour)
	tend()
	if err := b.within(chat, func(_ context.Context, tx *storage.Tx) error {
		if c := tx.Chosen(); c.List != nil || !c.IsDiscreet(tx.Now()) {
			t.Errorf("%+v", c)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	b.pass(cases.DiscreetKept)
	tend()
	tend()
	b.count("select count(*) from edge.chats", 0)
}

// A restored backup brings back no list that may have been ended since; messages stay
// discreet.
func TestARestoredBackupBringsNoListBack(t *testing.T) {
	t.Parallel()
	b := setup(t)
	const chat = 9180
	if err := b.within(chat, func(_ context.Context, tx *storage.Tx) error {
		tx.Chosen().Opened(tx.Now())
		tx.Chosen().SetDiscreet(true, tx.Now())
		tx.KeepChosen()
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	b.owner("update edge.chats set chosen_until = 'epoch' where chosen is not null") // as AgeChosen does
	look := func() {
		t.Helper()
		if err := b.within(chat, func(_ context.Context, tx *storage.Tx) error {
			if c := tx.Chosen(); c.List != nil || !c.IsDiscreet(tx.Now()) {
				t.Errorf("%+v", c)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	look()
	if err := b.TendChosen(t.Context()); err != nil {
		t.Fatal(err)
	}
	look()
	b.count("select count(*) from edge.chats where chosen_until > $1", 1, b.at)
}

// A program of the release before takes a row in which only something was chosen for an empty
// one, and does not get to drop it.
func TestTheReleaseBeforeDropsNothingChosen(t *testing.T) {
	t.Parallel()
	b := setup(t)
	if err := b.within(9190, func(_ context.Context, tx *storage.Tx) error {
		tx.Chosen().SetDiscreet(true, tx.Now())
		tx.KeepChosen()
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	b.owner("grant tinbao_desk to current_user; set role tinbao_desk; select set_config('tinbao.ward', '1', false); delete from edge.chats where draft is null and code is null")
	b.count("select count(*) from edge.chats", 1)
}
