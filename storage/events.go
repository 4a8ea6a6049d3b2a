package storage

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"tinbao/cases"
	"tinbao/storage/internal/db"
)

// event is one row of a case's history as its hash covers it.
type event struct {
	stream   cases.Stream
	caseID   string
	seq      int
	at       time.Time
	verb     cases.Verb
	from, to cases.Status
	by       cases.StaffID
	detail   string

	number      *cases.Number // nil in a row of the release before, as what follows
	named, whom *int64        // rows of the history of accounts that name by and the account in detail
}

// chain is the hash of a row: SHA-256 over the hash before it and every field,
// each with its length in front. The time counts in microseconds, which is what
// Postgres keeps.
func chain(previous []byte, e event) []byte {
	h := sha256.New()
	part := func(b []byte) {
		h.Write(binary.BigEndian.AppendUint32(nil, uint32(len(b))))
		h.Write(b)
	}
	number := func(n int64) { part(binary.BigEndian.AppendUint64(nil, uint64(n))) }
	part(previous)
	part([]byte(e.stream))
	part([]byte(e.caseID))
	number(int64(e.seq))
	number(e.at.UnixMicro())
	part([]byte(e.verb))
	part([]byte(e.from))
	part([]byte(e.to))
	number(int64(e.by))
	part([]byte(e.detail))
	if e.number != nil {
		part([]byte(e.number.String()))
		for _, n := range []*int64{e.named, e.whom} {
			number(int64(staffOf(n)))
		}
	}
	return h.Sum(nil)
}

// record appends a row to the history of an opened case and moves its head. The
// case's row must be saved afterwards in the same transaction.
func (t *Tx) record(ctx context.Context, o *opened, verb cases.Verb, from, to cases.Status, by *cases.Staff, detail string) error {
	e := event{
		stream: o.stream(), caseID: o.id(), seq: int(o.row.Events) + 1, at: t.now,
		verb: verb, from: from, to: to, detail: detail, number: new(o.number()),
	}
	var err error
	if by != nil {
		e.by = by.ID
		if e.named, err = t.eventOf(ctx, by.ID); err != nil {
			return err
		}
	}
	if e.whom, err = t.whomEvent(ctx, verb, detail); err != nil {
		return err
	}
	o.row.Events++
	o.row.Head = chain(o.row.Head, e)
	return interpret(t.q.AddEvent(ctx, db.AddEventParams{
		Stream: string(e.stream), CaseID: o.row.ID, Seq: int32(e.seq), WardID: int32(t.s.conf.Ward), At: e.at,
		Verb: string(verb), FromStatus: string(from), ToStatus: string(to), ByStaff: staffRef(e.by), Detail: detail, Hash: o.row.Head,
		ByEvent: e.named, WhomEvent: e.whom, Number: pgtype.Int4{Int32: o.row.Seq, Valid: true},
	}))
}

func (t *Tx) history(ctx context.Context, o *opened) ([]cases.Event, error) {
	rows, err := t.q.Events(ctx, db.EventsParams{WardID: int32(t.s.conf.Ward), Stream: string(o.stream()), CaseID: o.row.ID})
	if err != nil {
		return nil, interpret(err)
	}
	list := make([]cases.Event, 0, len(rows))
	for _, r := range rows {
		by, err := t.nameThen(ctx, r.ByStaff, r.ByEvent)
		if err != nil {
			return nil, err
		}
		detail, err := t.detailShown(ctx, cases.Verb(r.Verb), r.Detail, r.WhomEvent)
		if err != nil {
			return nil, err
		}
		list = append(list, cases.Event{
			Seq: int(r.Seq), At: r.At, Verb: cases.Verb(r.Verb), From: cases.Status(r.FromStatus), To: cases.Status(r.ToStatus),
			By: by, ByID: staffOf(r.ByStaff), Detail: detail,
		})
	}
	return list, nil
}
