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

const (
	// A lease is longer than the slowest call of the Bot API, which is an upload, and
	// whoever holds it stops in time. What a killed replica held waits for the end of its
	// lease where it said of no lease whose it is (see Attend), so words have a short one.
	lightLease  = 25 * time.Second
	heavyLease  = 90 * time.Second
	lightBytes  = 64 << 10 // of a sealed message without a file
	draftsAtOne = 200      // quiet drafts ended in one transaction
)

// leaseEnd is until when a sealed message is leased that is taken now.
func leaseEnd(now time.Time, payload []byte) time.Time {
	if len(payload) < lightBytes {
		return now.Add(lightLease)
	}
	return now.Add(heavyLease)
}

// Courier delivers what waits in the outbox. It is told of new messages so that they need
// not be looked for; what it forgets is found by Due. It is used by many goroutines.
type Courier interface {
	// Free is how many more messages could be sent at once.
	Free() int
	// Take is called after messages were committed: those leased to the courier, and the
	// lanes of the others, which may repeat. It does not wait.
	Take(leased []*Outgoing, lanes [][]byte)
}

// Outgoing is a message taken for delivery. It belongs to the taker until its
// lease ends; Delivered, Later and GiveUp end it earlier.
type Outgoing struct {
	ID       int64
	Lane     []byte
	Chat     int64
	Payload  []byte
	Attempts int // this one included
	Queued   time.Time
	Until    time.Time    // the end of the lease
	Stream   cases.Stream // "" = of no case
	CaseID   string
	Seen     []int  // numbers of the person's messages that this answers
	Hidden   string // names the kept words that it stands for, "" = none
}

// Press reports that a lane is of an answer to a press, for which a person waits with
// the finger on the button.
func Press(lane []byte) bool { return bytes.HasPrefix(lane, []byte(pressLane)) }

// Due finds lanes whose first message could be delivered and is delivered by nobody: so
// many at most, of those behind a lane (nil = from the first), in their order.
func (s *Store) Due(ctx context.Context, after []byte, most int) ([][]byte, error) {
	if after == nil {
		after = []byte{}
	}
	lanes, err := s.queries().DueLanes(ctx, db.DueLanesParams{WardID: int32(s.conf.Ward), Now: s.now(), After: after, Most: int32(most)})
	return lanes, interpret(err)
}

// Next takes the first message of a lane, nil when there is none, it has to wait, or
// somebody else delivers it.
func (s *Store) Next(ctx context.Context, lane []byte) (*Outgoing, error) {
	return s.lease(ctx, lane, 0)
}

// NextAfter forgets a message that arrived and takes the next of its lane. After an error
// it can be asked again.
func (s *Store) NextAfter(ctx context.Context, m *Outgoing) (*Outgoing, error) {
	return s.lease(ctx, m.Lane, m.ID)
}

func (s *Store) lease(ctx context.Context, lane []byte, delivered int64) (*Outgoing, error) {
	now := s.now()
	row, err := db.New(single{s.pool}).LeaseHead(ctx, db.LeaseHeadParams{
		WardID: int32(s.conf.Ward), Lane: lane, Now: &now, Light: lightBytes, LightUntil: now.Add(lightLease), HeavyUntil: now.Add(heavyLease), LeasedBy: s.holder(), Delivered: delivered,
	})
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil //nolint:nilnil // nothing to deliver is no error
	}
	if err != nil {
		return nil, interpret(err)
	}
	raw, err := s.vault.OpenEdgeText(s.place("outbox.payload", lane), row.Payload)
	if err != nil {
		return nil, errors.Join(err, s.GiveUp(ctx, row.ID, "sealed"))
	}
	var o outgoing
	if err := json.Unmarshal(raw, &o); err != nil {
		return nil, cases.Reason("reading a message: malformed")
	}
	queued := row.QueuedAt
	if o.At != 0 {
		queued = time.UnixMilli(o.At)
	}
	return &Outgoing{
		ID: row.ID, Lane: lane, Chat: o.Chat, Payload: o.Payload, Attempts: int(row.Attempts), Queued: queued, Until: *row.LeasedUntil, Stream: o.Stream, CaseID: o.CaseID, Seen: o.Seen, Hidden: o.Hidden,
	}, nil
}

// Delivered forgets a message that arrived.
func (s *Store) Delivered(ctx context.Context, id int64) error {
	return interpret(s.queries().Delivered(ctx, id))
}

// Later gives a message back that could not be delivered, to be tried again after a pause.
func (s *Store) Later(ctx context.Context, m *Outgoing, pause time.Duration, fault string) error {
	now := s.now()
	return interpret(s.queries().DeliverLater(ctx, db.DeliverLaterParams{ID: m.ID, HeldUntil: &m.Until, Now: &now, NotBefore: now.Add(pause), Fault: fault}))
}

// PutOff gives a message back that only has to wait for a pause, for a reason that lies
// not with it: that was no attempt.
func (s *Store) PutOff(ctx context.Context, m *Outgoing, pause time.Duration, fault string) error {
	now := s.now()
	return interpret(s.queries().DeliverLater(ctx, db.DeliverLaterParams{ID: m.ID, HeldUntil: &m.Until, Now: &now, NotBefore: now.Add(pause), Fault: fault, Paced: true}))
}

// GiveUp wipes a message that can never arrive and lets its lane go on.
func (s *Store) GiveUp(ctx context.Context, id int64, fault string) error {
	now := s.now()
	return interpret(s.queries().GiveUpMessage(ctx, db.GiveUpMessageParams{ID: id, Now: &now, Fault: fault, Day: dayStart(now)}))
}

// Silent marks a case whose sender can no longer be reached. It works under the
// role of the case's own stream.
func (s *Store) Silent(ctx context.Context, stream cases.Stream, caseID string) error {
	return s.inTx(ctx, func(t *Tx) error {
		id, err := parseID(caseID)
		if err != nil {
			return err
		}
		if err := t.enter(ctx, stream); err != nil {
			return err
		}
		_, err = t.q.SetSilent(ctx, db.SetSilentParams{WardID: int32(s.conf.Ward), Stream: string(stream), ID: id, Silent: true})
		return interpret(err)
	})
}

// inTx runs work that belongs to no update in a transaction of its own.
func (s *Store) inTx(ctx context.Context, work func(t *Tx) error) error {
	tx, err := s.pool.Begin(ctx)
	if err != nil {
		return interpret(err)
	}
	defer tx.Rollback(context.WithoutCancel(ctx)) //nolint:errcheck // after a commit this does nothing
	t := &Tx{s: s, tx: tx, q: db.New(tx), now: s.now()}
	if err := work(t); err != nil {
		return err
	}
	if err := tx.Commit(ctx); err != nil {
		return interpret(err)
	}
	t.tell()
	return nil
}

// Do runs work that belongs to no update, such as setting up a demonstration, in
// a transaction of its own. Messages queued in it are not sent; see Send.
func (s *Store) Do(ctx context.Context, work func(ctx context.Context, t *Tx) error) error {
	return s.inTx(ctx, func(t *Tx) error { return work(ctx, t) })
}

// Send queues messages that belong to no update.
func (s *Store) Send(ctx context.Context, messages ...Message) error {
	return s.inTx(ctx, func(t *Tx) error { return t.send(ctx, messages) })
}

func (t *Tx) send(ctx context.Context, messages []Message) error {
	if len(messages) == 0 {
		return nil
	}
	if err := t.discreet(ctx, messages); err != nil {
		return err
	}
	m, err := t.s.sealMessages(messages, t.now)
	if err != nil {
		return err
	}
	lanes, err := t.q.QueueMessages(ctx, db.QueueMessagesParams{
		WardID: int32(t.s.conf.Ward), Now: t.now.Truncate(queuedRound), Lanes: m.lanes, Slots: m.slots, Payloads: m.payloads,
	})
	if err != nil {
		return interpret(err)
	}
	t.lanes = append(t.lanes, lanes...)
	return t.enqueue(ctx)
}

// LeftDraft is a draft nobody touched for a while. Back.Chat is 0 when the way back cannot
// be read.
type LeftDraft struct {
	Draft   []byte
	Touched time.Time // when the person did something last
	Now     time.Time
	Back    cases.Route
}

// lookAgain is how long a draft is left alone after it was looked at. It is the same for
// all, so that the time tells nothing of what a draft is.
const lookAgain = 5 * time.Minute

// TendDrafts gives drafts nobody touched for a time to tend, which says what is kept of one
// (nil = nothing) and what its writer is told; both happen together or not at all. A draft
// that cannot be read is dropped. It tells how many it looked at. Receipts kept to be shown
// again go, too, when their time is over.
func (s *Store) TendDrafts(ctx context.Context, left time.Duration, tend func(LeftDraft) (kept []byte, told []Message, err error)) (int, error) {
	seen := 0
	err := s.inTx(ctx, func(t *Tx) error {
		if err := t.q.ForgetCodes(ctx, db.ForgetCodesParams{WardID: int32(s.conf.Ward), Now: &t.now}); err != nil {
			return interpret(err)
		}
		if err := t.q.ForgetThreads(ctx, db.ForgetThreadsParams{WardID: int32(s.conf.Ward), Now: &t.now}); err != nil {
			return interpret(err)
		}
		rows, err := t.q.LeftDrafts(ctx, db.LeftDraftsParams{WardID: int32(s.conf.Ward), Before: t.now.Add(-left), Now: &t.now, Most: draftsAtOne})
		if err != nil {
			return interpret(err)
		}
		var messages []Message
		for _, r := range rows {
			told, err := t.tendDraft(ctx, r, tend)
			if err != nil {
				return err
			}
			messages = append(messages, told...)
		}
		seen = len(rows)
		if len(messages) == 0 {
			return nil
		}
		return t.send(ctx, messages)
	})
	return seen, err
}

func (t *Tx) tendDraft(ctx context.Context, r db.LeftDraftsRow, tend func(LeftDraft) ([]byte, []Message, error)) ([]Message, error) {
	place, ward := t.s.place("chats.draft", r.Who), int32(t.s.conf.Ward)
	left := LeftDraft{Touched: r.TouchedAt, Now: t.now}
	if back, err := t.s.openDraftBack(r.Who, r.Back); err == nil {
		left.Back = back.Route
		if back.At != 0 {
			left.Touched = time.UnixMilli(back.At)
		}
	}
	draft, err := t.s.vault.OpenEdgeText(place, r.Draft)
	if err != nil {
		return nil, interpret(t.q.DropDraft(ctx, db.DropDraftParams{WardID: ward, Who: r.Who}))
	}
	left.Draft = draft
	kept, told, err := tend(left)
	switch {
	case err != nil:
		return nil, err
	case kept == nil:
		return told, interpret(t.q.DropDraft(ctx, db.DropDraftParams{WardID: ward, Who: r.Who}))
	}
	sealed := r.Draft
	if !bytes.Equal(kept, draft) {
		sealed = t.s.vault.SealEdgeText(place, kept)
	}
	return told, interpret(t.q.KeepDraft(ctx, db.KeepDraftParams{WardID: ward, Who: r.Who, Draft: sealed, LookAt: new(t.now.Add(lookAgain))}))
}

// OutboxState tells how many messages wait, how many were given up, and since
// when the oldest waits (zero = none does).
func (s *Store) OutboxState(ctx context.Context) (waiting, failed int64, oldest time.Time, err error) {
	row, err := s.queries().OutboxState(ctx, int32(s.conf.Ward))
	if err != nil {
		return 0, 0, time.Time{}, interpret(err)
	}
	if row.Waiting > 0 {
		oldest = row.Oldest
	}
	return row.Waiting, row.Failed, oldest, nil
}

// How long traces are kept that are needed no more.
const (
	doneUpdatesKept  = 3 * 24 * time.Hour  // Telegram numbers updates anew after a week of silence
	languageKept     = 30 * 24 * time.Hour // a language chosen, since the person last wrote
	failedOutboxKept = 7 * 24 * time.Hour
	deadInvitesKept  = 24 * time.Hour
)

// Sweep removes traces that are needed no more.
func (s *Store) Sweep(ctx context.Context, defaultLang string) error {
	now, q := s.now(), s.queries()
	_, err1 := q.SweepUpdates(ctx, new(now.Add(-doneUpdatesKept)))
	_, err2 := q.ForgetChats(ctx, db.ForgetChatsParams{Now: &now, DefaultLang: defaultLang, Before: now.Add(-languageKept)})
	_, err3 := q.SweepOutbox(ctx, db.SweepOutboxParams{WardID: int32(s.conf.Ward), Before: new(now.Add(-failedOutboxKept))})
	_, err4 := q.SweepInvites(ctx, now.Add(-deadInvitesKept))
	err5 := q.SweepMeters(ctx, now)
	err6 := q.SweepMutes(ctx, now)
	_, err7 := q.SweepForms(ctx, now)
	err8 := sweepDashboard(ctx, q, now)
	err9 := q.DropOldImports(ctx, db.DropOldImportsParams{WardID: int32(s.conf.Ward), Now: &now, Before: now.Add(-importKept)})
	err10 := s.renameSubscribers(ctx)
	return interpret(errors.Join(err1, err2, err3, err4, err5, err6, err7, err8, err9, err10))
}
