package storage

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"tinbao/cases"
	"tinbao/storage/internal/db"
)

// streams are both, in the order of everything that goes over all cases.
var streams = []cases.Stream{cases.ReportStream, cases.HelpStream}

const (
	auditBatch   = 500
	anchorMargin = time.Minute    // rows younger than this may still be in a transaction
	codeBytes    = 10             // of an anchor's code that people compare
	anchorLate   = 27 * time.Hour // rows this old have an anchor, which is set once a day
)

// Audit is what a check of the whole history found.
type Audit struct {
	Cases, Rows int
	Accounts    int // rows of the history of accounts
	Anchors     []Anchor
	Faults      []string // one line each: which case, what is wrong; no content
}

// Anchor is a code over every row of a stream's history up to a moment.
type Anchor struct {
	Stream cases.Stream
	At     time.Time
	Rows   int64
	Code   string // as it was sent to the leader, like 3f9a-22b1-…
	Number int64  // in its stream, from 1; 0 = of a program that did not number them
	Holds  bool   // the history of today still gives the code
	Old    bool   // its key is gone, so nothing here can tell whether it holds
}

// anchored is an anchor while it is computed again.
type anchored struct {
	Anchor
	stored   []byte
	before   []byte // the code of the anchor before, to which it is bound; nil = to none
	accounts int64  // rows of the history of accounts it covers
	account  []byte // the code of the last of them
	sum      hash.Hash
	rows     int64
}

func newSum(stream cases.Stream) hash.Hash {
	h := sha256.New()
	h.Write([]byte("tinbao anchor\x00" + stream + "\x00"))
	return h
}

func (a *anchored) take(at time.Time, rowHash []byte) {
	if !at.After(a.At) {
		a.rows++
		a.sum.Write(rowHash)
	}
}

// total is what was summed up, of how many rows, and after which anchor.
func (a *anchored) total() []byte {
	sum := binary.BigEndian.AppendUint64(a.sum.Sum(nil), uint64(a.rows))
	if a.before != nil {
		sum = append(binary.BigEndian.AppendUint64(sum, uint64(a.Number)), a.before...)
	}
	if a.accounts > 0 {
		sum = append(binary.BigEndian.AppendUint64(sum, uint64(a.accounts)), a.account...)
	}
	return sum
}

func readable(code []byte) string {
	h := hex.EncodeToString(code[:min(len(code), codeBytes)])
	var groups []string
	for len(h) > 0 {
		n := min(len(h), 4)
		groups, h = append(groups, h[:n]), h[n:]
	}
	return strings.Join(groups, "-")
}

// VerifyHistory checks every row of both streams: that it is what its hash says,
// that none is missing or out of order, that no case was removed, and that the
// history still gives every anchor that was set.
func (s *Store) VerifyHistory(ctx context.Context) (Audit, error) {
	var out Audit
	var accounts accountChain
	if err := s.Do(ctx, func(ctx context.Context, t *Tx) (err error) {
		accounts, err = t.verifyAccounts(ctx, &out)
		return err
	}); err != nil {
		return out, err
	}
	for _, stream := range streams {
		if err := s.Do(ctx, func(ctx context.Context, t *Tx) error { return t.verifyStream(ctx, stream, accounts, &out) }); err != nil {
			return out, err
		}
	}
	return out, nil
}

func (t *Tx) verifyStream(ctx context.Context, stream cases.Stream, accounts accountChain, out *Audit) error {
	if err := t.enter(ctx, stream); err != nil {
		return err
	}
	rows, err := t.q.Anchors(ctx, db.AnchorsParams{Stream: string(stream), WardID: int32(t.s.conf.Ward)})
	if err != nil {
		return interpret(err)
	}
	anchors := make([]*anchored, len(rows))
	for i, r := range rows {
		anchors[i] = &anchored{
			Anchor: Anchor{Stream: stream, At: r.At, Rows: r.Rows, Code: readable(r.Code), Number: r.N}, stored: r.Code, before: r.Previous, sum: newSum(stream),
			accounts: r.Accounts, account: accounts.code(r.Accounts),
		}
	}
	due := &anchored{Anchor: Anchor{Stream: stream, At: t.now.Add(-anchorLate)}, sum: newSum(stream)}
	if err := t.walkHistory(ctx, stream, out, append(slices.Clone(anchors), due)); err != nil {
		return err
	}
	out.Faults = append(out.Faults, missingAnchors(stream, anchors, due)...)
	if stream == anchorsAccounts {
		out.Faults = append(out.Faults, accounts.unanchored(anchors)...)
	}
	for _, a := range anchors {
		a.Holds = t.s.vault.Holds(stream, a.total(), a.stored)
		a.Old = !a.Holds && a.At.Before(t.s.vault.IndexGone(stream))
		if !a.Holds && !a.Old {
			out.Faults = append(out.Faults, fmt.Sprintf("%s: the history before %s is not what it was when the anchor %s was set", stream, a.At.In(cases.Vietnam).Format("15:04 02/01/2006"), a.Code))
		}
		out.Anchors = append(out.Anchors, a.Anchor)
	}
	return t.verifyNumbers(ctx, stream, out)
}

// missingAnchors tells which anchors are gone: numbers are gapless, each names the one
// before, and rows older than a day and a while have one.
func missingAnchors(stream cases.Stream, anchors []*anchored, due *anchored) (faults []string) {
	var number, covered int64
	var code []byte
	for _, a := range anchors {
		covered = max(covered, a.rows)
		if a.Number == 0 {
			continue
		}
		switch {
		case a.Number != number+1:
			faults = append(faults, fmt.Sprintf("%s: the anchors %d to %d are missing", stream, number+1, a.Number-1))
		case len(a.before) > 0 && !bytes.Equal(a.before, code):
			faults = append(faults, fmt.Sprintf("%s: the anchor %d does not follow the anchor %d", stream, a.Number, number))
		}
		number, code = a.Number, a.stored
	}
	if due.rows > covered {
		faults = append(faults, fmt.Sprintf("%s: %d rows are older than %d hours and under no anchor", stream, due.rows-covered, int(anchorLate.Hours())))
	}
	return faults
}

// verifyNumbers finds cases that were removed: numbers are gapless.
func (t *Tx) verifyNumbers(ctx context.Context, stream cases.Stream, out *Audit) error {
	years, err := t.q.AuditCounters(ctx, db.AuditCountersParams{Stream: string(stream), WardID: int32(t.s.conf.Ward)})
	for _, y := range years {
		if missing := int64(y.Last) - y.Present; missing != 0 {
			out.Faults = append(out.Faults, fmt.Sprintf("%s: %d cases of %d are missing", stream, missing, y.Year))
		}
	}
	return interpret(err)
}

// walkHistory goes over all cases in a fixed order, checks each chain and feeds
// the anchors.
func (t *Tx) walkHistory(ctx context.Context, stream cases.Stream, out *Audit, anchors []*anchored) error {
	for after := (uuid.UUID{}); ; {
		batch, err := t.q.AuditCases(ctx, db.AuditCasesParams{Stream: string(stream), WardID: int32(t.s.conf.Ward), After: after, Most: auditBatch})
		if err != nil || len(batch) == 0 {
			return interpret(err)
		}
		ids := make([]uuid.UUID, len(batch))
		for i, c := range batch {
			ids[i] = c.ID
		}
		events, err := t.q.AuditEvents(ctx, db.AuditEventsParams{Stream: string(stream), WardID: int32(t.s.conf.Ward), Cases: ids})
		if err != nil {
			return interpret(err)
		}
		of := map[uuid.UUID][]db.AuditEventsRow{}
		for _, e := range events {
			of[e.CaseID] = append(of[e.CaseID], e)
		}
		for _, c := range batch {
			out.Cases++
			out.Rows += len(of[c.ID])
			if fault := verifyChain(stream, c, of[c.ID], anchors); fault != "" {
				number := cases.Number{Stream: stream, Year: int(c.Year), Seq: int(c.Seq)}
				out.Faults = append(out.Faults, number.String()+": "+fault)
			}
		}
		after = batch[len(batch)-1].ID
	}
}

// numberThen is the number a case had when a row was written; nil when the row does not tell.
func numberThen(stream cases.Stream, c db.AuditCasesRow, e db.AuditEventsRow) *cases.Number {
	if !e.Number.Valid {
		return nil
	}
	return &cases.Number{Stream: stream, Year: int(c.Year), Seq: int(e.Number.Int32)}
}

// verifyChain tells what is wrong with the history of one case, "" = nothing.
func verifyChain(stream cases.Stream, c db.AuditCasesRow, events []db.AuditEventsRow, anchors []*anchored) (fault string) {
	var previous []byte
	for i, e := range events {
		for _, a := range anchors {
			a.take(e.At, e.Hash)
		}
		if e.Number.Valid && e.Number.Int32 != c.Seq && fault == "" {
			fault = fmt.Sprintf("row %d was written when the case had the number %d", e.Seq, e.Number.Int32)
		}
		if int(e.Seq) != i+1 && fault == "" {
			fault = fmt.Sprintf("row %d is missing", i+1)
		}
		want := chain(previous, event{
			stream: stream, caseID: c.ID.String(), seq: int(e.Seq), at: e.At, verb: cases.Verb(e.Verb),
			from: cases.Status(e.FromStatus), to: cases.Status(e.ToStatus), by: staffOf(e.ByStaff), detail: e.Detail,
			number: numberThen(stream, c, e), named: e.ByEvent, whom: e.WhomEvent,
		})
		if !bytes.Equal(want, e.Hash) && fault == "" {
			fault = fmt.Sprintf("row %d was changed", e.Seq)
		}
		previous = e.Hash
	}
	if fault == "" && (len(events) != int(c.Events) || !bytes.Equal(previous, c.Head)) {
		fault = "the last rows are missing or were changed"
	}
	return fault
}

// SetAnchors sets an anchor in each stream when the last one is older than a
// time, and hands the new ones to announce, whose messages are sent with them.
func (s *Store) SetAnchors(ctx context.Context, every time.Duration, announce func(Anchor) []Message) error {
	for _, stream := range streams {
		err := s.Do(ctx, func(ctx context.Context, t *Tx) error {
			if err := t.enter(ctx, stream); err != nil {
				return err
			}
			last, err := t.q.LastAnchor(ctx, db.LastAnchorParams{Stream: string(stream), WardID: int32(s.conf.Ward)})
			if err != nil && !errors.Is(err, pgx.ErrNoRows) {
				return interpret(err)
			}
			if t.now.Sub(last.At) < every {
				return nil
			}
			return t.setAnchor(ctx, stream, last, announce)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (t *Tx) setAnchor(ctx context.Context, stream cases.Stream, last db.LastAnchorRow, announce func(Anchor) []Message) error {
	a := &anchored{
		Anchor: Anchor{Stream: stream, At: t.now.Add(-anchorMargin), Number: last.N + 1, Holds: true}, before: append([]byte{}, last.Code...), sum: newSum(stream),
	}
	if err := t.walkHistory(ctx, stream, &Audit{}, []*anchored{a}); err != nil {
		return err
	}
	if stream == anchorsAccounts {
		var err error
		if a.accounts, a.account, err = t.accountsUntil(ctx, a.At); err != nil {
			return err
		}
	}
	if a.rows == 0 && a.accounts == 0 {
		return nil // nothing happened yet
	}
	code := t.s.vault.Anchor(stream, a.total())
	a.Rows, a.Code = a.rows, readable(code)
	err := t.q.AddAnchor(ctx, db.AddAnchorParams{Stream: string(stream), WardID: int32(t.s.conf.Ward), At: a.At, Rows: a.Rows, Code: code, N: &a.Number, Previous: a.before, Accounts: &a.accounts})
	if err != nil {
		return interpret(err)
	}
	return t.send(ctx, announce(a.Anchor))
}

// Log lists a page of the history of all cases of a stream, from page 0, newest first.
func (d Desk) Log(ctx context.Context, _ cases.Staff, page, size int) (cases.LogPage, error) {
	var out cases.LogPage
	if err := d.t.enter(ctx, d.stream); err != nil {
		return out, err
	}
	rows, err := d.t.q.HistoryPage(ctx, db.HistoryPageParams{
		Stream: string(d.stream), WardID: int32(d.t.s.conf.Ward), Size: int32(size), Skip: int32(page * size), Most: countTo(page * size),
	})
	if err != nil {
		return out, interpret(err)
	}
	for _, r := range rows {
		by, err := d.t.nameThen(ctx, r.ByStaff, r.ByEvent)
		if err != nil {
			return out, err
		}
		detail, err := d.t.detailShown(ctx, cases.Verb(r.Verb), r.Detail, r.WhomEvent)
		if err != nil {
			return out, err
		}
		out.Total, out.More = counted(int(r.Total), page*size)
		out.Rows = append(out.Rows, cases.LogEntry{
			Number: cases.Number{Stream: d.stream, Year: int(r.Year), Seq: int(r.Seq)},
			Event:  cases.Event{At: r.At, Verb: cases.Verb(r.Verb), From: cases.Status(r.FromStatus), To: cases.Status(r.ToStatus), By: by, Detail: detail},
		})
	}
	return out, nil
}
