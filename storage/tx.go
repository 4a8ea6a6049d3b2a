package storage

import (
	"bytes"
	"cmp"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"tinbao/cases"
	"tinbao/storage/internal/db"
)

// Tx is the transaction of one handled update. It is used by one goroutine.
type Tx struct {
	s      *Store
	tx     pgx.Tx
	q      *db.Queries
	now    time.Time
	update int64
	who    []byte // keyed hash of the chat
	role   string // database role taken on, "" = the desk
	muted  bool   // reports of the chat are put apart
	form   []byte // of the web page that is handled; nil = it is an update

	narrowed cases.StaffID // the support worker it is held to, 0 = to none
	unit     cases.About   // whose reports are kept from it, "" = nobody's
	shared   bool          // cases are read as the police get them
	calm     bool          // the person says now that nobody is in danger
	word     string        // typed to prove that a case is one's own, "" = none

	staff      *cases.Staff
	colleagues []cases.Staff       // read once
	away       []cases.Absence     // read once; nil = not yet
	table      *limits             // read once
	names      map[[2]int64]string // of accounts as they were, see nameThen
	chat       chatState
	addition   cases.Addition // what AddInfo added last
	out        []Message
	jobs       []river.InsertManyParams
	lanes      [][]byte    // into which messages were queued
	leased     []*Outgoing // of these the messages that are leased to this program
}

// chatState is what is known about a chat between two updates.
type chatState struct {
	lang   string // chosen by the person, "" = none
	spoken string // the language of the draft
	draft  []byte
	back   int64          // the chat in clear, to write to when the draft expires
	newest int            // the newest message of the chat
	code   []byte         // a receipt to keep
	known  []byte         // the receipt that was kept and is not too old
	heard  []cases.Spoken // from the ward
	shown  []cases.Shown  // messages that can be deleted

	incoming int // number of the message that the update brought, 0 = none
	thread   cases.Thread
	forget   bool // what the ward said is to be forgotten
	changed  bool

	chosen   cases.Chosen
	choosing bool // chosen was changed
}

// know takes in what the claim told about the chat.
func (t *Tx) know(c db.ClaimUpdateRow) error {
	t.who = c.Lane
	t.chat.lang = c.Lang
	if c.Draft != nil {
		draft, err := t.s.vault.OpenEdgeText(t.s.place("chats.draft", t.who), c.Draft)
		if err != nil {
			return err
		}
		t.chat.draft = draft
	}
	t.muted = c.Muted
	if c.Code != nil && c.CodeUntil != nil && t.now.Before(*c.CodeUntil) {
		code, err := t.s.vault.OpenEdgeText(t.s.place("chats.code", t.who), c.Code)
		if err != nil {
			return err
		}
		t.chat.known = shownCode(code, t.now)
	}
	var all []heard
	if err := t.s.openThread(spokenColumn, t.who, c.Spoken, &all); err != nil {
		return err
	}
	t.chat.heard, t.chat.shown = heardOf(all)
	if err := t.s.openThread(threadColumn, t.who, c.Thread, &t.chat.thread); err != nil {
		return err
	}
	chosen, err := t.s.chosenOf(t.who, c.ChatChosen, c.ChatChosenUntil, t.now)
	if err != nil {
		return err
	}
	if t.chat.chosen = chosen; c.StaffID == nil {
		return nil
	}
	one, err := t.s.openStaff(db.StaffRow{
		ID: *c.StaffID, Who: c.Lane, Role: *c.Role, Name: c.Name, Route: c.Route, Locked: c.Locked.Bool,
		Chosen: c.Chosen, Wrong: c.Wrong.Int32, BarredUntil: c.BarredUntil, OpenUntil: c.OpenUntil, OpenedAt: c.OpenedAt, Newest: c.Newest.Int32,
		Event: c.Event, Bound: c.Bound, Begun: c.Begun,
	})
	if err != nil {
		return err
	}
	t.staff = &one
	if t.chat.lang == "" {
		t.chat.lang = one.Route.Lang
	}
	return nil
}

// Now is the time of the transaction, the same for all its rows.
func (t *Tx) Now() time.Time { return t.now }

// At moves the time of the transaction, for work that sets up a past.
func (t *Tx) At(now time.Time) *Tx {
	t.now = now.Truncate(time.Microsecond)
	return t
}

// Lang is the language of the chat, "" when none was chosen.
func (t *Tx) Lang() string { return t.chat.lang }

// Staff is the account of the chat, nil for a resident.
func (t *Tx) Staff() *cases.Staff { return t.staff }

// Draft is the open dialog of the chat, nil when there is none.
func (t *Tx) Draft() []byte { return t.chat.draft }

// SaveDraft keeps the open dialog of the chat the update came from, and beside it, sealed,
// the language it is held in.
func (t *Tx) SaveDraft(draft []byte, lang string) {
	t.chat.draft, t.chat.spoken, t.chat.changed = draft, lang, true
}

// DropDraft ends the open dialog.
func (t *Tx) DropDraft() {
	if t.chat.draft != nil {
		t.chat.draft, t.chat.changed = nil, true
	}
}

// SetLang remembers the language of the chat.
func (t *Tx) SetLang(lang string) { t.chat.lang, t.chat.changed = lang, true }

// From tells the transaction which chat the update came from, so that an expired
// draft can be answered; it is kept sealed and beside a draft only. message is the
// newest message known, which a member of staff's account remembers.
func (t *Tx) From(chat int64, message int) { t.chat.back, t.chat.newest = chat, message }

// Brought says that the update is a message of this number, which can be deleted later.
func (t *Tx) Brought(message int) { t.chat.incoming = message }

// Message is a rendered call on its way out.
type Message struct {
	Chat    int64
	Payload []byte
	Slot    string       // a waiting message of the same slot and chat is replaced; "" = none
	Press   bool         // answers a press, which cannot wait behind messages
	Stream  cases.Stream // with CaseID: the case whose way back this uses
	CaseID  string
	Seen    []int  // numbers of the person's messages that this answers
	hidden  string // names the words in edge.discreet that it stands for, "" = none
	// Cover gives what is sent instead where the person wants discreet messages, and the
	// words that are kept until the person asks for them by this identifier; nil = the
	// message stays as it is.
	Cover func(id string) (line, words []byte)
}

// Queue adds messages to what is sent after the commit.
func (t *Tx) Queue(m ...Message) { t.out = append(t.out, m...) }

// as takes on a database role for the rest of the transaction.
func (t *Tx) as(ctx context.Context, role string) error {
	if t.role == role || t.role == "" && role == roleDesk {
		return nil
	}
	// Everything done to a case comes after this point, so that it can be undone; both
	// in one round trip.
	take := "set local role " + role
	if t.role == "" {
		take = "savepoint unchanged; " + take
	}
	if _, err := t.tx.Conn().PgConn().Exec(ctx, take).ReadAll(); err != nil {
		return interpret(err)
	}
	t.role = role
	return nil
}

// Undo takes back what was done to cases, for a step that turned out not to be
// possible. What was counted, and the dialog, stay.
func (t *Tx) Undo(ctx context.Context) error {
	t.jobs, t.chat.code = nil, nil
	if t.role == "" {
		return nil
	}
	t.role, t.narrowed, t.unit = "", 0, ""
	_, err := t.tx.Exec(ctx, "rollback to savepoint unchanged")
	return interpret(err)
}

// enter takes on the role of a stream.
func (t *Tx) enter(ctx context.Context, s cases.Stream) error {
	if s == cases.ReportStream && t.staff != nil && t.staff.Role == cases.Police {
		return t.as(ctx, rolePolice)
	}
	if err := t.takeOn(ctx, s); err != nil {
		return err
	}
	if t.staff == nil {
		return t.narrow(ctx, s, cases.Staff{})
	}
	return t.narrow(ctx, s, *t.staff)
}

// enterForPerson takes on the role of a stream for the person who wrote, or writes
// now: whoever that is, staff too, it is the whole stream.
func (t *Tx) enterForPerson(ctx context.Context, s cases.Stream) error {
	if err := t.takeOn(ctx, s); err != nil {
		return err
	}
	return t.narrow(ctx, s, cases.Staff{})
}

// takeOn takes on the role of a whole stream.
func (t *Tx) takeOn(ctx context.Context, s cases.Stream) error {
	if s == cases.HelpStream {
		return t.as(ctx, roleHelp)
	}
	return t.as(ctx, roleReport)
}

// outgoing is the sealed form of a message.
type outgoing struct {
	Chat    int64           `json:"chat"`
	Payload json.RawMessage `json:"payload"`
	Stream  cases.Stream    `json:"stream,omitempty"`
	CaseID  string          `json:"case,omitempty"`
	At      int64           `json:"at,omitempty"`     // when it was queued, in Unix milliseconds; the row says it by the minute
	Seen    []int           `json:"seen,omitempty"`   // numbers of the person's messages that this answers
	Hidden  string          `json:"hidden,omitempty"` // see Message
}

// lane is where a message waits: with others of its chat, or alone when it
// answers a press.
func (s *Store) lane(m Message) []byte {
	who := s.vault.Who(m.Chat)
	if m.Press {
		return append([]byte(pressLane), who...)
	}
	return who
}

const pressLane = "press" // how the lane of an answer to a press begins

// sealed is messages as rows: parallel columns.
type sealed struct {
	messages []Message
	lanes    [][]byte
	slots    []string
	payloads [][]byte
}

// sealMessages prepares messages for the outbox; of several with one slot the
// last stays.
func (s *Store) sealMessages(messages []Message, now time.Time) (sealed, error) {
	var out sealed
	at := map[string]int{}
	for _, m := range messages {
		raw, err := json.Marshal(outgoing{Chat: m.Chat, Payload: m.Payload, Stream: m.Stream, CaseID: m.CaseID, At: now.UnixMilli(), Seen: m.Seen, Hidden: m.hidden})
		if err != nil {
			return out, fmt.Errorf("writing a message: %w", err)
		}
		lane := s.lane(m)
		payload := s.vault.SealEdgeText(s.place("outbox.payload", lane), raw)
		key := hex.EncodeToString(lane) + m.Slot
		if i, ok := at[key]; ok && m.Slot != "" {
			out.messages[i], out.payloads[i] = m, payload
			continue
		}
		at[key] = len(out.lanes)
		out.messages, out.lanes, out.slots, out.payloads = append(out.messages, m), append(out.lanes, lane), append(out.slots, s.slot(lane, m.Slot, now)), append(out.payloads, payload)
	}
	return out, nil
}

// rememberIncoming gives the number of the person's message to what is written back, whose
// delivery remembers both; without an answer the chat itself remembers it.
func (t *Tx) rememberIncoming() {
	n := t.chat.incoming
	if n == 0 || t.chat.forget {
		return
	}
	thread := &t.chat.thread
	for i, m := range t.out {
		if m.Chat != t.chat.back || m.Press || m.Slot != "" {
			continue
		}
		t.out[i].Seen = append(cases.Numbers(thread.Unanswered), n)
		t.chat.changed = t.chat.changed || len(thread.Unanswered) > 0
		thread.Unanswered = nil
		return
	}
	thread.Unanswered, t.chat.changed = cases.Show(thread.Unanswered, t.now, n), true
}

// finish writes what the update leaves at the edge and commits everything.
func (t *Tx) finish(ctx context.Context, tx *span) error {
	if err := t.stayOpen(ctx); err != nil {
		return err
	}
	if err := t.discreet(ctx, t.out); err != nil {
		return err
	}
	t.rememberIncoming()
	m, err := t.s.sealMessages(t.out, t.now)
	if err != nil {
		return err
	}
	leases := t.leases(m)
	p := db.FinishUpdateParams{
		WardID: int32(t.s.conf.Ward), Now: t.now, BotID: t.s.conf.Bot, UpdateID: t.update,
		Lanes: m.lanes, Slots: m.slots, Payloads: m.payloads, Leases: leases, LeasedBy: t.s.holder(),
		Who: t.who, Lang: t.chat.lang, WriteChat: t.chat.changed, Touched: t.touched(), Queued: t.now.Truncate(queuedRound),
	}
	if t.chat.draft != nil {
		p.Draft = t.s.vault.SealEdgeText(t.s.place("chats.draft", t.who), t.chat.draft)
		back := draftBack{cases.Route{Chat: t.chat.back, Lang: cmp.Or(t.chat.spoken, t.chat.lang)}, t.now.UnixMilli()}
		if p.Back, err = t.s.sealDraftBack(t.who, back); err != nil {
			return err
		}
	}
	if t.chat.changed && !t.chat.thread.Empty() {
		if p.Thread, err = t.s.sealThread(threadColumn, t.who, t.chat.thread); err != nil {
			return err
		}
		p.KeptUntil = new(threadEnd(t.now))
	}
	p.ForgetSpoken = t.chat.forget
	if p.WriteChosen = t.chat.choosing; p.WriteChosen {
		if p.Chosen, p.ChosenUntil, err = t.s.sealChosen(t.who, t.chat.chosen, t.now); err != nil {
			return err
		}
	}
	if t.chat.code != nil {
		end := t.now.Add(cases.CodeShown)
		p.Code = t.s.vault.SealEdgeText(t.s.place("chats.code", t.who), timedCode(t.chat.code, end))
		p.CodeUntil = new(roundUp(end, codeRound))
	}
	if err := t.enqueue(ctx); err != nil {
		return err
	}
	rows, err := finishing(tx, func(q *db.Queries) ([]db.FinishUpdateRow, error) { return q.FinishUpdate(ctx, p) })
	if err != nil {
		return err
	}
	for _, r := range rows {
		if !r.Leased {
			t.lanes = append(t.lanes, r.Lane)
			continue
		}
		i := slices.IndexFunc(m.lanes, func(lane []byte) bool { return bytes.Equal(lane, r.Lane) })
		one := m.messages[i]
		t.leased = append(t.leased, &Outgoing{
			ID: r.ID, Lane: r.Lane, Chat: one.Chat, Payload: one.Payload, Attempts: 1, Queued: t.now, Until: leases[i], Stream: one.Stream, CaseID: one.CaseID, Seen: one.Seen, Hidden: one.hidden,
		})
	}
	return nil
}

// leases are the ends of leases under which messages may be written, zero = none: of
// those with which a lane may begin, as many as the courier could send at once. One that
// a newer one may replace is not leased before its turn.
func (t *Tx) leases(m sealed) []time.Time {
	ends := make([]time.Time, len(m.lanes))
	if t.s.conf.Courier == nil || len(ends) == 0 {
		return ends
	}
	free, now, seen := t.s.conf.Courier.Free(), t.s.now(), map[string]bool{}
	for i, lane := range m.lanes {
		if !seen[string(lane)] && free > 0 && m.slots[i] == "" {
			ends[i] = leaseEnd(now, m.payloads[i])
			free--
		}
		seen[string(lane)] = true
	}
	return ends
}

// tell gives the courier what was queued, once it is committed.
func (t *Tx) tell() {
	if t.s.conf.Courier != nil && len(t.lanes)+len(t.leased) > 0 {
		t.s.conf.Courier.Take(t.leased, t.lanes)
	}
}

// enqueue inserts the jobs.
func (t *Tx) enqueue(ctx context.Context) error {
	if len(t.jobs) == 0 {
		return nil
	}
	_, err := t.s.jobs.InsertManyFastTx(ctx, t.tx, t.jobs)
	return interpret(err)
}
