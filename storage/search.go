package storage

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"tinbao/cases"
	"tinbao/storage/internal/db"
)

// How many cases are opened in memory at once; see docs/security.md for what that
// costs and why nothing of the words is kept for it.
const (
	searchMost  = 10_000 // looked at in a search, the newest; so many open ones are looked into for words
	similarMost = 500    // compared with one report, the nearest in time
)

// Search finds cases the viewer may see. Words are looked for in what is open: an ended
// case is found by what stands on its outside, its alias included.
//
// All open cases are looked at, and of those that have ended the newest of a register that
// is longer than searchMost; Found.Before tells where that ends, and dates lead further.
func (d Desk) Search(ctx context.Context, viewer cases.Staff, s cases.Search, page int) (cases.Found, error) {
	out := cases.Found{QueuePage: cases.QueuePage{Page: max(page, 0), Size: pageSize}}
	if !s.Number.IsZero() && s.Number.Stream != d.stream {
		return out, nil
	}
	if err := d.enter(ctx, viewer); err != nil {
		return out, err
	}
	rows, before, err := d.candidates(ctx, s, out.Page*pageSize)
	if err != nil {
		return out, err
	}
	out.Before = before
	if len(s.Words) > 0 {
		if rows, err = d.t.holding(d.stream, rows, s); err != nil {
			return out, err
		}
		out.Total = len(rows)
		rows = rows[min(out.Page*pageSize, len(rows)):min((out.Page+1)*pageSize, len(rows))]
	} else if len(rows) > 0 {
		out.Total = int(rows[0].Total)
	}
	if len(rows) == 0 && out.Page > 0 { // the last page has emptied since it was shown
		return d.Search(ctx, viewer, s, out.Page-1)
	}
	for _, r := range rows {
		item, err := d.t.queueItem(ctx, d.stream, db.QueuePageRow{
			Year: r.Year, Seq: r.Seq, Status: r.Status, Finding: r.Finding, Urgent: r.Urgent, Concern: r.Concern, Wanted: r.Wanted,
			Hamlet: r.Hamlet, ReceivedAt: r.ReceivedAt, DueAt: r.DueAt, Holder: r.Holder,
		})
		if err != nil {
			return out, err
		}
		out.Items = append(out.Items, item)
	}
	return out, nil
}

// candidates are the cases for which all but the words holds: with words as many as are
// looked into, without them a page. before is that of Found.
func (d Desk) candidates(ctx context.Context, s cases.Search, skip int) (rows []db.SearchRow, before time.Time, err error) {
	p := d.t.searchParams(d.stream, s)
	if !s.Number.IsZero() {
		found, err := d.t.q.SearchNumber(ctx, db.SearchNumberParams{
			Now: p.Now, Words: p.Words, Stream: p.Stream, WardID: p.WardID, Year: int32(s.Number.Year), Seq: int32(s.Number.Seq),
			Kind: p.Kind, Wanted: p.Wanted, Statuses: p.Statuses, Hamlet: p.Hamlet, Urgent: p.Urgent, Since: p.Since, Until: p.Until,
		})
		for _, r := range found {
			rows = append(rows, db.SearchRow(r))
		}
		return rows, before, interpret(err)
	}
	if p.ShutToo {
		p.Horizon, err = d.t.q.SearchHorizon(ctx, db.SearchHorizonParams{Stream: p.Stream, WardID: p.WardID, Since: p.Since, Until: p.Until, Most: searchMost})
		if err != nil && !errors.Is(err, pgx.ErrNoRows) {
			return nil, before, interpret(err)
		}
		before = p.Horizon
	}
	if !p.Words {
		p.Size, p.Skip = pageSize, int32(skip)
	}
	rows, err = d.t.q.Search(ctx, p)
	if p.Words && len(rows) == int(p.Size) {
		before = rows[len(rows)-1].ReceivedAt
	}
	return rows, before, interpret(err)
}

// endOfTime is later than anything a case is received at.
var endOfTime = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

func (t *Tx) searchParams(stream cases.Stream, s cases.Search) db.SearchParams {
	p := db.SearchParams{
		Stream: string(stream), WardID: int32(t.s.conf.Ward), Now: t.now, Words: len(s.Words) > 0, Size: searchMost,
		Kind: string(s.Kind), Wanted: string(s.Wanted), Statuses: cases.Strings(s.Statuses), Hamlet: int32(s.Hamlet), Urgent: s.Urgent,
		Since: s.From, Until: s.To,
		ShutToo: mayBeAlias(s.Words) && (len(s.Statuses) == 0 || slices.ContainsFunc(s.Statuses, cases.Status.Final)),
	}
	if p.ShutToo {
		p.Size += searchMost
	}
	if s.To.IsZero() {
		p.Until = endOfTime
	}
	return p
}

// holding are the rows in which every word stands.
func (t *Tx) holding(stream cases.Stream, rows []db.SearchRow, s cases.Search) ([]db.SearchRow, error) {
	var fit []db.SearchRow
	for _, r := range rows {
		name := alias(r.ID)
		if s.Fits(name) {
			fit = append(fit, r)
			continue
		}
		if r.CaseKey == nil {
			continue
		}
		text, err := t.wordsOf(stream, r.ID, r.CaseKey, r.Content)
		if err != nil {
			return nil, err
		}
		if s.Fits(name, text) {
			fit = append(fit, r)
		}
	}
	return fit, nil
}

// wordsOf are the words a person wrote at first.
func (t *Tx) wordsOf(stream cases.Stream, id uuid.UUID, wrapped, sealed []byte) (string, error) {
	if stream == cases.HelpStream {
		var h cases.HelpContent
		err := t.content(stream, id, wrapped, sealed, &h)
		return h.Said(), err
	}
	var r cases.ReportContent
	err := t.content(stream, id, wrapped, sealed, &r)
	return r.Said(), err
}

// content opens what a case was received with.
func (t *Tx) content(stream cases.Stream, id uuid.UUID, wrapped, sealed []byte, into any) error {
	key, err := t.s.vault.CaseKey(stream, t.s.conf.Ward, id.String(), wrapped)
	if err != nil {
		return err
	}
	raw, err := key.OpenText(contentColumn, "", sealed)
	if err != nil {
		return err
	}
	if json.Unmarshal(raw, into) != nil {
		return cases.Reason("reading content: malformed")
	}
	return nil
}

// Similar suggests open reports that may tell of the same as one: near in time, at the
// same place or in the same words. Nothing but numbers and likeness leaves this.
func (d Desk) Similar(ctx context.Context, viewer cases.Staff, n cases.Number) ([]cases.Similar, error) {
	o, err := d.find(ctx, viewer, n)
	if err != nil {
		return nil, err
	}
	if o.stream() != cases.ReportStream || o.erased() || o.status().Final() {
		return nil, cases.Fail(cases.NotAllowed, "error.merge.ended")
	}
	var mine cases.ReportContent
	if err := d.t.content(o.stream(), o.row.ID, o.row.CaseKey, o.row.Content, &mine); err != nil {
		return nil, err
	}
	const span = cases.SimilarDays * 24 * time.Hour
	rows, err := d.t.q.SimilarCandidates(ctx, db.SimilarCandidatesParams{
		WardID: int32(d.t.s.conf.Ward), ID: o.row.ID, Around: o.row.ReceivedAt,
		Since: o.row.ReceivedAt.Add(-span), Until: o.row.ReceivedAt.Add(span), Most: similarMost,
	})
	if err != nil {
		return nil, interpret(err)
	}
	var all []cases.Similar
	for _, r := range rows {
		var other cases.ReportContent
		if err := d.t.content(o.stream(), r.ID, r.CaseKey, r.Content, &other); err != nil {
			return nil, err
		}
		if s, ok := cases.SimilarTo(mine, other, reportNumber(r.Year, r.Seq), cases.Status(r.Status), r.ReceivedAt); ok {
			all = append(all, s)
		}
	}
	return cases.Closest(all), nil
}
