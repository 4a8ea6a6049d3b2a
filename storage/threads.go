package storage

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"tinbao/cases"
	"tinbao/storage/internal/db"
)

// columns of edge.chats for what a chat remembers of its cases
const (
	spokenColumn = "chats.spoken"
	threadColumn = "chats.thread"
)

const (
	threadRound = 6 * time.Hour // of the time until which a row is kept
	threadBlock = 1024          // bytes; what is sealed is filled up to a multiple, so that its size counts no messages
)

// sealThread seals what a chat remembers; nil stays nil.
func (s *Store) sealThread(column string, who []byte, v any) ([]byte, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return nil, cases.Reason("writing what a chat remembers")
	}
	raw = append(raw, bytes.Repeat([]byte(" "), threadBlock-len(raw)%threadBlock)...)
	return s.vault.SealEdge(s.place(column, who), raw), nil
}

func (s *Store) openThread(column string, who, sealed []byte, v any) error {
	if sealed == nil {
		return nil
	}
	raw, err := s.vault.OpenEdge(s.place(column, who), sealed)
	if err != nil {
		return err
	}
	if json.Unmarshal(raw, v) != nil {
		return cases.Reason("reading what a chat remembers: malformed")
	}
	return nil
}

// threadEnd is until when the row of a chat is kept that remembers something now.
func threadEnd(now time.Time) time.Time {
	return now.Add(cases.ThreadKept).Truncate(threadRound).Add(threadRound)
}

// heard is an entry of what a chat remembers of the bot's messages. One of message 0 holds
// the numbers of all messages that can be deleted; programs of the release before drop it.
type heard struct {
	cases.Spoken
	Shown []cases.Shown `json:"x,omitempty"`
}

// heardOf takes the entries apart.
func heardOf(all []heard) (spoken []cases.Spoken, shown []cases.Shown) {
	for _, h := range all {
		if h.Message == 0 {
			shown = h.Shown
			continue
		}
		spoken = append(spoken, h.Spoken)
	}
	return spoken, shown
}

// Spoke remembers that the ward wrote to a chat about a case, in the message of this
// number. It is called by one courier after another for each chat.
func (s *Store) Spoke(ctx context.Context, chat int64, message int, stream cases.Stream, caseID string) error {
	return s.Showed(ctx, chat, Showing{Messages: []int{message}, Case: cases.CaseRef{Stream: stream, ID: caseID}})
}

// Showing is what was put into a chat: the numbers of messages, and the case that the
// first of them is about, zero = none.
type Showing struct {
	Messages []int
	Case     cases.CaseRef
	Hidden   string // names the kept words that it stands for, "" = none
}

// Showed remembers messages of a chat, so that an answer finds its case and all of them can
// be deleted within 48 hours.
func (s *Store) Showed(ctx context.Context, chat int64, list ...Showing) error {
	return s.inTx(ctx, func(t *Tx) error {
		who := s.vault.Who(chat)
		spoken, shown, err := s.heardBy(ctx, t.q, who)
		if err != nil {
			return err
		}
		for _, one := range list {
			if one.Case != (cases.CaseRef{}) && len(one.Messages) > 0 {
				spoken = cases.Heard(spoken, cases.Spoken{CaseRef: one.Case, Message: one.Messages[0], At: t.now.Unix()}, t.now)
			}
			shown = cases.Show(shown, t.now, one.Messages...)
			if id, err := parseID(one.Hidden); err == nil { // the row is no longer of the transaction that made the case
				if err := t.q.TouchDiscreet(ctx, db.TouchDiscreetParams{WardID: int32(s.conf.Ward), ID: id}); err != nil {
					return interpret(err)
				}
			}
		}
		all := []heard{{Shown: shown}}
		for _, one := range spoken {
			all = append(all, heard{Spoken: one})
		}
		sealed, err := s.sealThread(spokenColumn, who, all)
		if err != nil {
			return err
		}
		return interpret(t.q.SaveSpoken(ctx, db.SaveSpokenParams{
			WardID: int32(s.conf.Ward), Who: who, Spoken: sealed, Rounded: t.now.Truncate(threadRound), KeptUntil: new(threadEnd(t.now)),
		}))
	})
}

// heardBy reads what a chat remembers of the bot's messages, and keeps its row locked.
func (s *Store) heardBy(ctx context.Context, q *db.Queries, who []byte) ([]cases.Spoken, []cases.Shown, error) {
	sealed, err := q.SpokenTo(ctx, db.SpokenToParams{WardID: int32(s.conf.Ward), Who: who})
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return nil, nil, interpret(err)
	}
	var all []heard
	if err := s.openThread(spokenColumn, who, sealed, &all); err != nil {
		return nil, nil, err
	}
	spoken, shown := heardOf(all)
	return spoken, shown, nil
}

// ShownIn gives the numbers of the messages of a chat that can be deleted, the newest first.
func (s *Store) ShownIn(ctx context.Context, chat int64) (list []int, err error) {
	err = s.inTx(ctx, func(t *Tx) error {
		_, shown, err := s.heardBy(ctx, t.q, s.vault.Who(chat))
		list = cases.Numbers(cases.StillShown(shown, t.now))
		return err
	})
	return list, err
}

// Shown gives the numbers of the messages of the chat of the update that can be deleted, as
// far as they are known before what waits to be sent has arrived.
func (t *Tx) Shown() []int {
	return cases.Numbers(cases.StillShown(append(t.chat.thread.Unanswered, cases.Show(t.chat.shown, t.now, t.chat.incoming)...), t.now))
}

// Spoken are the messages in which the ward wrote to the chat of the update about its
// cases, the newest last.
func (t *Tx) Spoken() []cases.Spoken { return cases.Recent(t.chat.heard, t.now) }

// Thread is what the chat of the update remembers of what the person wrote.
func (t *Tx) Thread() *cases.Thread { return &t.chat.thread }

// KeepThread keeps what was changed in Thread.
func (t *Tx) KeepThread() { t.chat.changed = true }

// ForgetThreads forgets all of it, in which messages the ward wrote, the receipt that could
// be shown again and the language: nothing of the chat is left but an open draft.
func (t *Tx) ForgetThreads() {
	t.chat.lang, t.chat.known, t.chat.code = "", nil, nil
	t.chat.thread, t.chat.heard, t.chat.shown, t.chat.forget, t.chat.changed = cases.Thread{}, nil, nil, true, true
}

// Added is what became of the words and files that AddInfo added last.
func (t *Tx) Added() cases.Addition { return t.addition }

// OwnCase shows a case to a person whose chat remembers it.
func (t *Tx) OwnCase(ctx context.Context, of cases.CaseRef) (cases.ResidentView, error) {
	o, err := t.own(ctx, of.Stream, of.ID)
	if err != nil {
		return cases.ResidentView{}, err
	}
	if o.erased() {
		return cases.ResidentView{}, cases.Fail(cases.NotFound, "")
	}
	return t.residentView(ctx, o.row)
}

// TakeWords takes back what a person added to a case, as long as that is possible: the
// words are wiped and the files dropped. NotAllowed when it is too late.
func (t *Tx) TakeWords(ctx context.Context, of cases.CaseRef, a cases.Addition) (cases.Case, error) {
	o, err := t.own(ctx, of.Stream, of.ID)
	if err != nil {
		return cases.Case{}, err
	}
	since := t.now.Add(-cases.TakeBack - takeGrace)
	taken := int64(0)
	if a.Talk > 0 {
		in, err := parseID(a.In)
		if err != nil {
			return cases.Case{}, err
		}
		n, err := t.q.WipeTalk(ctx, db.WipeTalkParams{Stream: o.row.Stream, WardID: int32(t.s.conf.Ward), CaseID: in, Seq: int32(a.Talk), Since: since})
		if err != nil {
			return cases.Case{}, interpret(err)
		}
		taken += n
	}
	for _, file := range a.Files {
		id, err := parseID(file)
		if err != nil {
			return cases.Case{}, err
		}
		n, err := t.q.DropNewFile(ctx, db.DropNewFileParams{Stream: o.row.Stream, WardID: int32(t.s.conf.Ward), ID: id, Since: since})
		if err != nil {
			return cases.Case{}, interpret(err)
		}
		taken += n
	}
	if taken == 0 {
		return cases.Case{}, cases.Fail(cases.NotAllowed, "thread.late")
	}
	if err := t.record(ctx, o, cases.TakeWords, o.status(), o.status(), nil, ""); err != nil {
		return cases.Case{}, err
	}
	if err := t.save(ctx, o); err != nil {
		return cases.Case{}, err
	}
	return t.assemble(ctx, o)
}

// takeGrace is how much longer than a person may press a button words can be wiped: the
// first of a run is older than what was said of it last.
const takeGrace = 20 * time.Minute

func nextSpoken(ctx context.Context, t *Tx, b *batch) ([]value, error) {
	rows, err := t.q.OldSpoken(ctx, db.OldSpokenParams{WardID: int32(b.ward), After: b.after.raw, Old: b.former.Edge, Most: b.most})
	return values(rows, err, func(r db.OldSpokenRow) value {
		b.after.raw = r.Who
		return edgeValue(t, b.place(spokenColumn, r.Who), r.Sealed, func(fresh []byte) (int64, error) {
			return t.q.ResealSpoken(ctx, db.ResealSpokenParams{WardID: int32(b.ward), Who: r.Who, Sealed: r.Sealed, Fresh: fresh})
		})
	})
}

func nextThreads(ctx context.Context, t *Tx, b *batch) ([]value, error) {
	rows, err := t.q.OldThreads(ctx, db.OldThreadsParams{WardID: int32(b.ward), After: b.after.raw, Old: b.former.Edge, Most: b.most})
	return values(rows, err, func(r db.OldThreadsRow) value {
		b.after.raw = r.Who
		return edgeValue(t, b.place(threadColumn, r.Who), r.Sealed, func(fresh []byte) (int64, error) {
			return t.q.ResealThread(ctx, db.ResealThreadParams{WardID: int32(b.ward), Who: r.Who, Sealed: r.Sealed, Fresh: fresh})
		})
	})
}
