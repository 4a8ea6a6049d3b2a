package storage

import (
	"context"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"tinbao/cases"
	"tinbao/storage/internal/db"
	"tinbao/vault"
)

// A rotation seals everything anew that is sealed under keys which were replaced,
// while the program serves. It goes over the columns in batches, each a short
// transaction of its own; what somebody works on is passed over and comes later, so
// nobody waits and nothing is written over. Where it stopped needs no note: what is
// still sealed under a former key begins with that key's number.

const rotationLock = 0x6b657973 // "keys"

const (
	writersPause = 50 * time.Millisecond  // between two looks whether former writers have ended
	roundPause   = 200 * time.Millisecond // before rows are tried again that somebody works on
)

// Rotation is one run of sealing anew.
type Rotation struct {
	Former vault.Former
	Batch  int            // rows a transaction
	Tell   func(Resealed) // after each batch
}

// Resealed is how far a rotation is.
type Resealed struct {
	Done, Left int64 // values, of all wards and columns
	Damaged    int64 // values that do not open under the key they name; they stay
}

// Beat tells that a program lives and with which state of the keys it works.
func (s *Store) Beat(ctx context.Context) error {
	return interpret(s.queries().Beat(ctx, db.BeatParams{ID: s.replica, Keys: s.vault.Fingerprint()}))
}

// Leave tells that a program ends.
func (s *Store) Leave(ctx context.Context) error {
	return interpret(s.queries().Leave(ctx, s.replica))
}

// Replicas counts the programs that live, and those of them that do not yet work
// with this store's state of the keys. Programs with the keys of another
// installation do not count.
func (s *Store) Replicas(ctx context.Context) (alive, behind int64, err error) {
	keys := s.vault.Fingerprint()
	installation, _, _ := strings.Cut(keys, "-")
	row, err := s.queries().Replicas(ctx, db.ReplicasParams{Keys: keys, Installation: installation + "-"})
	return row.Alive, row.Behind, interpret(err)
}

// AloneRotating runs work unless another rotation of this database runs: Conflict
// then. When the connection with the lock is lost, the context of work ends.
func (s *Store) AloneRotating(ctx context.Context, work func(ctx context.Context) error) error {
	var err error
	got, lost := s.underLock(ctx, rotationLock, 0, func(ctx context.Context) { err = work(ctx) })
	switch {
	case !got && lost == nil:
		return cases.Fail(cases.Conflict, "")
	case err == nil:
		return interpret(lost)
	}
	return err
}

// Fence makes the database refuse what is sealed under the former keys, and waits
// until everybody who was writing before has ended. Afterwards nothing new comes
// under those keys.
func (s *Store) Fence(ctx context.Context, former vault.Former) error {
	if err := s.queries().RetireKeys(ctx, former.All()); err != nil {
		return interpret(err)
	}
	number, err := s.queries().WritersUntil(ctx)
	if err != nil {
		return interpret(err)
	}
	for {
		gone, err := s.queries().WritersGone(ctx, number)
		if err != nil || gone {
			return interpret(err)
		}
		if sleep(ctx, writersPause); ctx.Err() != nil {
			return ctx.Err()
		}
	}
}

// Spent reports whether no case from before a time can be found by its receipt any
// more, in any ward.
func (s *Store) Spent(ctx context.Context, stream cases.Stream, before time.Time) (bool, error) {
	wards, err := s.wards(ctx)
	if err != nil {
		return false, err
	}
	left := false
	for _, w := range wards {
		err := s.inWard(ctx, w, stream, func(t *Tx) error {
			some, err := t.q.ReceiptsBefore(ctx, db.ReceiptsBeforeParams{Stream: string(stream), WardID: int32(w), Before: before})
			left = left || some
			return interpret(err)
		})
		if err != nil {
			return false, err
		}
	}
	return !left, nil
}

func (s *Store) wards(ctx context.Context) ([]cases.WardID, error) {
	rows, err := s.queries().Wards(ctx)
	wards := make([]cases.WardID, 0, len(rows))
	for _, id := range rows {
		wards = append(wards, cases.WardID(id))
	}
	return wards, interpret(err)
}

// inWard runs work in a transaction for a ward, under the role of a stream, or of
// the desk for "".
func (s *Store) inWard(ctx context.Context, w cases.WardID, stream cases.Stream, work func(t *Tx) error) error {
	return s.inTx(ctx, func(t *Tx) error {
		if err := t.q.UseWard(ctx, strconv.Itoa(int(w))); err != nil {
			return interpret(err)
		}
		if stream != "" {
			if err := t.enterForPerson(ctx, stream); err != nil {
				return err
			}
		}
		return work(t)
	})
}

// Reseal seals everything anew that is under a former key, until nothing is left.
// After an interruption it can be called again.
func (s *Store) Reseal(ctx context.Context, r Rotation) (Resealed, error) {
	wards, err := s.wards(ctx)
	if err != nil {
		return Resealed{}, err
	}
	var p Resealed
	for done := int64(0); ; sleep(ctx, roundPause) {
		p = Resealed{Done: done} // what is damaged is met in every round
		if p.Left, err = s.old(ctx, wards, r.Former); err != nil {
			return p, err
		}
		for _, w := range wards {
			for _, c := range columns() {
				if err := s.resealColumn(ctx, r, w, c, &p); err != nil {
					return p, err
				}
			}
		}
		left, err := s.old(ctx, wards, r.Former)
		if err != nil || left <= p.Damaged {
			p.Left = 0
			return p, err
		}
		done = p.Done
	}
}

// old counts what is still under a former key.
func (s *Store) old(ctx context.Context, wards []cases.WardID, f vault.Former) (total int64, err error) {
	for _, w := range wards {
		err := s.inWard(ctx, w, "", func(t *Tx) error {
			n, err := t.q.OldOutsideCases(ctx, db.OldOutsideCasesParams{WardID: int32(w), Old: f.Edge})
			total += n
			if err != nil {
				return interpret(err)
			}
			n, err = t.q.OldServicesLeft(ctx, db.OldServicesLeftParams{WardID: int32(w), Old: f.Edge})
			total += n
			if err != nil {
				return interpret(err)
			}
			n, err = t.q.OldRegisterEntriesLeft(ctx, db.OldRegisterEntriesLeftParams{WardID: int32(w), Old: f.Edge})
			total += n
			if err != nil {
				return interpret(err)
			}
			n, err = t.q.OldOfPages(ctx, db.OldOfPagesParams{WardID: int32(w), Old: f.Edge})
			total += n
			if err != nil {
				return interpret(err)
			}
			n, err = t.q.OldOfEstablishments(ctx, db.OldOfEstablishmentsParams{WardID: int32(w), Old: f.Edge})
			total += n
			if err != nil {
				return interpret(err)
			}
			n, err = t.q.OldOfReports(ctx, db.OldOfReportsParams{WardID: int32(w), Old: f.Edge})
			total += n
			return interpret(err)
		})
		if err != nil {
			return 0, err
		}
		for _, stream := range streams {
			err := s.inWard(ctx, w, stream, func(t *Tx) error {
				n, err := t.q.OldInStream(ctx, db.OldInStreamParams{Stream: string(stream), WardID: int32(w), OldCases: f.Cases[stream], OldRoutes: f.Ways[stream], OldEdge: f.Edge})
				total += n
				return interpret(err)
			})
			if err != nil {
				return 0, err
			}
		}
	}
	return total, nil
}

// resealColumn goes once over a column, batch by batch.
func (s *Store) resealColumn(ctx context.Context, r Rotation, w cases.WardID, c column, p *Resealed) error {
	b := batch{ward: w, stream: c.stream, former: r.Former, most: int32(r.Batch), after: spot{raw: []byte{}}}
	for more := true; more; {
		var done, damaged int64
		err := s.inWard(ctx, w, c.stream, func(t *Tx) error {
			values, err := c.next(ctx, t, &b)
			if err != nil {
				return interpret(err)
			}
			more = len(values) == r.Batch
			for _, v := range values {
				fresh, err := v.reseal()
				if err != nil {
					damaged++
					continue
				}
				n, err := v.put(fresh)
				if err != nil {
					return interpret(err)
				}
				done += n
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("sealing %s anew: %w", c.name, err)
		}
		p.Done, p.Left, p.Damaged = p.Done+done, p.Left-done, p.Damaged+damaged
		if r.Tell != nil && done+damaged > 0 {
			r.Tell(*p)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return nil
}

// spot is where the last batch of a column ended.
type spot struct {
	n, m int64
	raw  []byte
	id   uuid.UUID
	page pageSpot
}

// batch asks for the next values of a column.
type batch struct {
	ward   cases.WardID
	stream cases.Stream
	former vault.Former
	most   int32
	after  spot
}

func (b *batch) place(column string, row []byte) vault.Place {
	return vault.Place{Ward: b.ward, Column: column, Row: hex.EncodeToString(row)}
}

// value is one sealed value in the hand of a transaction.
type value struct {
	reseal func() ([]byte, error)
	put    func(fresh []byte) (int64, error) // in place of what was read
}

// column is a place of the database where values stand under a key of the vault.
type column struct {
	name   string
	stream cases.Stream // "" = of no case
	next   func(ctx context.Context, t *Tx, b *batch) ([]value, error)
}

// columns lists every one of them. What is sealed under the key of a case stays as
// it is, since only that key is wrapped anew.
func columns() []column {
	all := []column{
		{"updates.payload", "", nextUpdates},
		{"chats.draft", "", nextDrafts},
		{"chats.back", "", nextBacks},
		{"chats.code", "", nextCodes},
		{spokenColumn, "", nextSpoken},
		{threadColumn, "", nextThreads},
		{chosenColumn, "", nextChosen},
		{discreetColumn, "", nextDiscreet},
		{"outbox.payload", "", nextMessages},
		{"staff.name", "", nextNames},
		{"staff.route", "", nextStaffRoutes},
		{pinColumn, "", nextPINs},
		{"invites.name", "", nextInvites},
		{accountColumn, "", nextAccountEvents},
		{servicesColumn, "", nextServices},
		{registerColumn, "", nextRegisterEntries},
		{pageColumn, "", nextPages},
		{pageFileColumn, "", nextPageFiles},
		{subscriberColumn, "", nextSubscribers},
	}
	all = append(all, registerColumns()...)
	all = append(all, periodicColumns()...)
	for _, stream := range streams {
		all = append(all, column{"cases.case_key", stream, nextCaseKeys}, column{"routes.sealed", stream, nextRoutes}, column{cannedColumn, stream, nextCanned})
	}
	return all
}

// edgeValue is a value under the keys of the edge.
func edgeValue(t *Tx, at vault.Place, sealed []byte, put func(fresh []byte) (int64, error)) value {
	return value{reseal: func() ([]byte, error) { return t.s.vault.ResealEdge(at, sealed) }, put: put}
}

// values are those of the rows of a batch, in their order.
func values[R any](rows []R, err error, one func(R) value) ([]value, error) {
	out := make([]value, 0, len(rows))
	for _, r := range rows {
		out = append(out, one(r))
	}
	return out, err
}

func nextUpdates(ctx context.Context, t *Tx, b *batch) ([]value, error) {
	rows, err := t.q.OldUpdates(ctx, db.OldUpdatesParams{WardID: int32(b.ward), AfterBot: b.after.n, After: b.after.m, Old: b.former.Edge, Most: b.most})
	return values(rows, err, func(r db.OldUpdatesRow) value {
		b.after.n, b.after.m = r.BotID, r.UpdateID
		at := vault.Place{Ward: b.ward, Column: "updates.payload", Row: updateRow(r.BotID, r.UpdateID)}
		return edgeValue(t, at, r.Sealed, func(fresh []byte) (int64, error) {
			return t.q.ResealUpdate(ctx, db.ResealUpdateParams{BotID: r.BotID, UpdateID: r.UpdateID, Sealed: r.Sealed, Fresh: fresh})
		})
	})
}

func nextDrafts(ctx context.Context, t *Tx, b *batch) ([]value, error) {
	rows, err := t.q.OldDrafts(ctx, db.OldDraftsParams{WardID: int32(b.ward), After: b.after.raw, Old: b.former.Edge, Most: b.most})
	return values(rows, err, func(r db.OldDraftsRow) value {
		b.after.raw = r.Who
		return edgeValue(t, b.place("chats.draft", r.Who), r.Sealed, func(fresh []byte) (int64, error) {
			return t.q.ResealDraft(ctx, db.ResealDraftParams{WardID: int32(b.ward), Who: r.Who, Sealed: r.Sealed, Fresh: fresh})
		})
	})
}

func nextBacks(ctx context.Context, t *Tx, b *batch) ([]value, error) {
	rows, err := t.q.OldBacks(ctx, db.OldBacksParams{WardID: int32(b.ward), After: b.after.raw, Old: b.former.Edge, Most: b.most})
	return values(rows, err, func(r db.OldBacksRow) value {
		b.after.raw = r.Who
		return edgeValue(t, b.place("chats.back", r.Who), r.Sealed, func(fresh []byte) (int64, error) {
			return t.q.ResealBack(ctx, db.ResealBackParams{WardID: int32(b.ward), Who: r.Who, Sealed: r.Sealed, Fresh: fresh})
		})
	})
}

func nextCodes(ctx context.Context, t *Tx, b *batch) ([]value, error) {
	rows, err := t.q.OldCodes(ctx, db.OldCodesParams{WardID: int32(b.ward), After: b.after.raw, Old: b.former.Edge, Most: b.most})
	return values(rows, err, func(r db.OldCodesRow) value {
		b.after.raw = r.Who
		return edgeValue(t, b.place("chats.code", r.Who), r.Sealed, func(fresh []byte) (int64, error) {
			return t.q.ResealCode(ctx, db.ResealCodeParams{WardID: int32(b.ward), Who: r.Who, Sealed: r.Sealed, Fresh: fresh})
		})
	})
}

func nextMessages(ctx context.Context, t *Tx, b *batch) ([]value, error) {
	rows, err := t.q.OldMessages(ctx, db.OldMessagesParams{WardID: int32(b.ward), After: b.after.n, Old: b.former.Edge, Most: b.most})
	return values(rows, err, func(r db.OldMessagesRow) value {
		b.after.n = r.ID
		return edgeValue(t, b.place("outbox.payload", r.Lane), r.Sealed, func(fresh []byte) (int64, error) {
			return t.q.ResealMessage(ctx, db.ResealMessageParams{ID: r.ID, Sealed: r.Sealed, Fresh: fresh})
		})
	})
}

func nextNames(ctx context.Context, t *Tx, b *batch) ([]value, error) {
	rows, err := t.q.OldNames(ctx, db.OldNamesParams{WardID: int32(b.ward), After: b.after.n, Old: b.former.Edge, Most: b.most})
	return values(rows, err, func(r db.OldNamesRow) value {
		b.after.n = r.ID
		return edgeValue(t, b.place("staff.name", r.Who), r.Sealed, func(fresh []byte) (int64, error) {
			return t.q.ResealName(ctx, db.ResealNameParams{WardID: int32(b.ward), ID: r.ID, Sealed: r.Sealed, Fresh: fresh})
		})
	})
}

func nextStaffRoutes(ctx context.Context, t *Tx, b *batch) ([]value, error) {
	rows, err := t.q.OldStaffRoutes(ctx, db.OldStaffRoutesParams{WardID: int32(b.ward), After: b.after.n, Old: b.former.Edge, Most: b.most})
	return values(rows, err, func(r db.OldStaffRoutesRow) value {
		b.after.n = r.ID
		return edgeValue(t, b.place("staff.route", r.Who), r.Sealed, func(fresh []byte) (int64, error) {
			return t.q.ResealStaffRoute(ctx, db.ResealStaffRouteParams{WardID: int32(b.ward), ID: r.ID, Sealed: r.Sealed, Fresh: fresh})
		})
	})
}

func nextAccountEvents(ctx context.Context, t *Tx, b *batch) ([]value, error) {
	rows, err := t.q.OldAccountEvents(ctx, db.OldAccountEventsParams{WardID: int32(b.ward), After: b.after.n, Old: b.former.Edge, Most: b.most})
	return values(rows, err, func(r db.OldAccountEventsRow) value {
		b.after.n = r.Seq
		return edgeValue(t, b.place(accountColumn, accountRow(r.Seq)), r.Sealed, func(fresh []byte) (int64, error) {
			return t.q.ResealAccountEvent(ctx, db.ResealAccountEventParams{WardID: int32(b.ward), Seq: r.Seq, Sealed: r.Sealed, Fresh: fresh})
		})
	})
}

func nextPINs(ctx context.Context, t *Tx, b *batch) ([]value, error) {
	rows, err := t.q.OldPINs(ctx, db.OldPINsParams{WardID: int32(b.ward), After: b.after.n, Old: b.former.Edge, Most: b.most})
	return values(rows, err, func(r db.OldPINsRow) value {
		b.after.n = r.ID
		return edgeValue(t, b.place(pinColumn, r.Who), r.Sealed, func(fresh []byte) (int64, error) {
			return t.q.ResealPIN(ctx, db.ResealPINParams{WardID: int32(b.ward), ID: r.ID, Sealed: r.Sealed, Fresh: fresh})
		})
	})
}

func nextInvites(ctx context.Context, t *Tx, b *batch) ([]value, error) {
	rows, err := t.q.OldInvites(ctx, db.OldInvitesParams{WardID: int32(b.ward), After: b.after.raw, Old: b.former.Edge, Most: b.most})
	return values(rows, err, func(r db.OldInvitesRow) value {
		b.after.raw = r.Hash
		return edgeValue(t, b.place("invites.name", r.Hash), r.Sealed, func(fresh []byte) (int64, error) {
			return t.q.ResealInvite(ctx, db.ResealInviteParams{WardID: int32(b.ward), Hash: r.Hash, Sealed: r.Sealed, Fresh: fresh})
		})
	})
}

func nextCaseKeys(ctx context.Context, t *Tx, b *batch) ([]value, error) {
	rows, err := t.q.OldCaseKeys(ctx, db.OldCaseKeysParams{Stream: string(b.stream), WardID: int32(b.ward), After: b.after.id, Old: b.former.Cases[b.stream], Most: b.most})
	return values(rows, err, func(r db.OldCaseKeysRow) value {
		b.after.id = r.ID
		return value{
			reseal: func() ([]byte, error) { return t.s.vault.RewrapCaseKey(b.stream, b.ward, r.ID.String(), r.Sealed) },
			put: func(fresh []byte) (int64, error) {
				return t.q.ResealCaseKey(ctx, db.ResealCaseKeyParams{Stream: string(b.stream), WardID: int32(b.ward), ID: r.ID, Sealed: r.Sealed, Fresh: fresh})
			},
		}
	})
}

func nextRoutes(ctx context.Context, t *Tx, b *batch) ([]value, error) {
	rows, err := t.q.OldRoutes(ctx, db.OldRoutesParams{
		Stream: string(b.stream), WardID: int32(b.ward), AfterCase: b.after.id, After: b.after.raw, Old: b.former.Ways[b.stream], Most: b.most,
	})
	return values(rows, err, func(r db.OldRoutesRow) value {
		b.after.id, b.after.raw = r.CaseID, r.Sealed
		return value{
			reseal: func() ([]byte, error) { return t.s.vault.ResealRoute(b.stream, b.ward, r.CaseID.String(), r.Sealed) },
			put: func(fresh []byte) (int64, error) {
				return t.q.ResealRoute(ctx, db.ResealRouteParams{Stream: string(b.stream), WardID: int32(b.ward), CaseID: r.CaseID, Sealed: r.Sealed, Fresh: fresh})
			},
		}
	})
}

func nextCanned(ctx context.Context, t *Tx, b *batch) ([]value, error) {
	rows, err := t.q.OldCanned(ctx, db.OldCannedParams{Stream: string(b.stream), WardID: int32(b.ward), After: b.after.id, Old: b.former.Edge, Most: b.most})
	return values(rows, err, func(r db.OldCannedRow) value {
		b.after.id = r.ID
		return edgeValue(t, b.place(cannedColumn, r.ID[:]), r.Sealed, func(fresh []byte) (int64, error) {
			return t.q.ResealCanned(ctx, db.ResealCannedParams{Stream: string(b.stream), WardID: int32(b.ward), ID: r.ID, Sealed: r.Sealed, Fresh: fresh})
		})
	})
}
