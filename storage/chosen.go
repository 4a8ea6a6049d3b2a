package storage

import (
	"bytes"
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"tinbao/cases"
	"tinbao/storage/internal/db"
)

const (
	chosenColumn   = "chats.chosen"
	discreetColumn = "discreet.body" // and, within it, the words under the key of their case
)

// Chosen is what the person of the chat has chosen.
func (t *Tx) Chosen() *cases.Chosen { return &t.chat.chosen }

// Discreet reports whether the person of the chat wants discreet messages.
func (t *Tx) Discreet() bool { return t.staff == nil && t.chat.chosen.IsDiscreet(t.now) }

// KeepChosen keeps what was changed in Chosen.
func (t *Tx) KeepChosen() { t.chat.choosing, t.chat.changed = true, true }

// chosenOf opens what a chat has chosen. A list out of a backup is left out, since it may
// have been ended since.
func (s *Store) chosenOf(who, sealed []byte, until *time.Time, now time.Time) (c cases.Chosen, err error) {
	if err = s.openThread(chosenColumn, who, sealed, &c); err != nil {
		return c, err
	}
	if until != nil && until.Unix() == 0 {
		c.List = nil
	}
	c.Tidy(now)
	return c, nil
}

// sealChosen seals what was chosen, and says when it is looked at again; nil when nothing is
// chosen.
func (s *Store) sealChosen(who []byte, c cases.Chosen, now time.Time) (sealed []byte, until *time.Time, err error) {
	next := c.Tidy(now)
	if next.IsZero() {
		return nil, nil, nil
	}
	sealed, err = s.sealThread(chosenColumn, who, c)
	return sealed, new(next.Truncate(threadRound).Add(threadRound)), err
}

const chosenAtOne = 200 // chats looked at in one transaction

// TendChosen drops what people have chosen and is past its time, and the words of discreet
// messages.
func (s *Store) TendChosen(ctx context.Context) error {
	return s.inTx(ctx, func(t *Tx) error {
		ward := int32(s.conf.Ward)
		if err := t.q.SweepDiscreet(ctx, db.SweepDiscreetParams{WardID: ward, Now: t.now}); err != nil {
			return interpret(err)
		}
		rows, err := t.q.ChosenDue(ctx, db.ChosenDueParams{WardID: ward, Now: &t.now, Most: chosenAtOne})
		if err != nil {
			return interpret(err)
		}
		for _, r := range rows {
			p := db.SaveChosenParams{WardID: ward, Who: r.Who}
			if c, err := s.chosenOf(r.Who, r.Chosen, r.ChosenUntil, t.now); err == nil { // what cannot be read is of no use
				if p.Chosen, p.ChosenUntil, err = s.sealChosen(r.Who, c, t.now); err != nil {
					return err
				}
			}
			if err := t.q.SaveChosen(ctx, p); err != nil {
				return interpret(err)
			}
		}
		return nil
	})
}

// hiddenWords is a discreet message as it is kept: which case it is about, and its words, which
// only the key of the case opens.
type hiddenWords struct {
	Stream cases.Stream `json:"s"`
	CaseID string       `json:"c"`
	Words  []byte       `json:"w"`
}

// discreet puts a neutral line in the place of messages to people who have chosen it, and keeps
// the words until they are asked for.
func (t *Tx) discreet(ctx context.Context, messages []Message) error {
	var whos [][]byte
	for _, m := range messages {
		if m.Cover != nil && m.CaseID != "" {
			whos = append(whos, t.s.vault.Who(m.Chat))
		}
	}
	if len(whos) == 0 {
		return nil
	}
	rows, err := t.q.ChosenOf(ctx, db.ChosenOfParams{WardID: int32(t.s.conf.Ward), Whos: whos})
	if err != nil {
		return interpret(err)
	}
	for _, r := range rows {
		c, err := t.s.chosenOf(r.Who, r.Chosen, nil, t.now)
		if err != nil || !c.IsDiscreet(t.now) {
			continue // one that cannot be read gets what others get, which shows nothing of help either
		}
		for i := range messages {
			m := &messages[i]
			if m.Cover == nil || m.CaseID == "" || !bytes.Equal(t.s.vault.Who(m.Chat), r.Who) {
				continue
			}
			if err := t.discreetOne(ctx, r.Who, m); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *Tx) discreetOne(ctx context.Context, who []byte, m *Message) error {
	id := uuid.New()
	line, words := m.Cover(id.String())
	m.Payload, m.Cover, m.hidden = line, nil, id.String()
	caseID, err := parseID(m.CaseID)
	if err != nil {
		return err
	}
	role := t.role
	if err := t.takeOn(ctx, m.Stream); err != nil {
		return err
	}
	wrapped, err := t.q.KeyOfCase(ctx, db.KeyOfCaseParams{Stream: string(m.Stream), WardID: int32(t.s.conf.Ward), ID: caseID})
	if err != nil {
		return interpret(err)
	}
	if role == "" {
		role = roleDesk
	}
	if err := t.as(ctx, role); err != nil || len(wrapped) == 0 {
		return err // of a case that was destroyed there is nothing to see
	}
	key, err := t.s.vault.CaseKey(m.Stream, t.s.conf.Ward, m.CaseID, wrapped)
	if err != nil {
		return err
	}
	raw, err := json.Marshal(hiddenWords{m.Stream, m.CaseID, key.SealText(discreetColumn, id.String(), words)})
	if err != nil {
		return cases.Reason("writing a discreet message")
	}
	raw = append(raw, bytes.Repeat([]byte(" "), threadBlock-len(raw)%threadBlock)...)
	return interpret(t.q.KeepDiscreet(ctx, db.KeepDiscreetParams{
		ID: id, WardID: int32(t.s.conf.Ward), Who: who, Body: t.s.vault.SealEdgeText(t.s.place(discreetColumn, id[:]), raw),
		KeptUntil: t.now.Add(cases.DiscreetWords).Truncate(threadRound).Add(threadRound),
	}))
}

// DiscreetWords gives the words of a discreet message of the chat of the update; NotFound when
// they are gone, by themselves or with their case.
func (t *Tx) DiscreetWords(ctx context.Context, messageID string) (words []byte, of cases.CaseRef, err error) {
	id, err := parseID(messageID)
	if err != nil {
		return nil, of, err
	}
	sealed, err := t.q.Discreet(ctx, db.DiscreetParams{ID: id, WardID: int32(t.s.conf.Ward), Who: t.who})
	if err != nil {
		return nil, of, interpret(err)
	}
	raw, err := t.s.vault.OpenEdgeText(t.s.place(discreetColumn, id[:]), sealed)
	if err != nil {
		return nil, of, err
	}
	var c hiddenWords
	if json.Unmarshal(raw, &c) != nil {
		return nil, of, cases.Reason("reading a discreet message: malformed")
	}
	o, err := t.own(ctx, c.Stream, c.CaseID)
	if err != nil {
		return nil, of, err
	}
	if o.erased() {
		return nil, of, cases.Fail(cases.NotFound, "")
	}
	words, err = o.key.OpenText(discreetColumn, messageID, c.Words)
	return words, cases.CaseRef{Stream: c.Stream, ID: c.CaseID}, err
}

// ForgetDiscreet drops the words of all discreet messages of the chat.
func (t *Tx) ForgetDiscreet(ctx context.Context) error {
	return interpret(t.q.DropDiscreet(ctx, db.DropDiscreetParams{WardID: int32(t.s.conf.Ward), Who: t.who}))
}

func nextChosen(ctx context.Context, t *Tx, b *batch) ([]value, error) {
	rows, err := t.q.OldChosen(ctx, db.OldChosenParams{WardID: int32(b.ward), After: b.after.raw, Old: b.former.Edge, Most: b.most})
	return values(rows, err, func(r db.OldChosenRow) value {
		b.after.raw = r.Who
		return edgeValue(t, b.place(chosenColumn, r.Who), r.Sealed, func(fresh []byte) (int64, error) {
			return t.q.ResealChosen(ctx, db.ResealChosenParams{WardID: int32(b.ward), Who: r.Who, Sealed: r.Sealed, Fresh: fresh})
		})
	})
}

func nextDiscreet(ctx context.Context, t *Tx, b *batch) ([]value, error) {
	rows, err := t.q.OldDiscreet(ctx, db.OldDiscreetParams{WardID: int32(b.ward), After: b.after.id, Old: b.former.Edge, Most: b.most})
	return values(rows, err, func(r db.OldDiscreetRow) value {
		b.after.id = r.ID
		return edgeValue(t, b.place(discreetColumn, r.ID[:]), r.Sealed, func(fresh []byte) (int64, error) {
			return t.q.ResealDiscreet(ctx, db.ResealDiscreetParams{WardID: int32(b.ward), ID: r.ID, Sealed: r.Sealed, Fresh: fresh})
		})
	})
}
