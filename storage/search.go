package storage

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"tinbao/cases"
	"tinbao/storage/internal/db"
)

// How many cases are opened in memory at once; see docs/security.md for what that
// costs and why nothing of the words is kept for it.
const (
	searchMost  = 10_000 // looked into for words, the newest
	similarMost = 500    // compared with one report, the nearest in time
)

// Search finds cases the viewer may see. Words are looked for in what is open: an ended
// case is found by what stands on its outside, its alias included.
func (d Desk) Search(ctx context.Context, viewer cases.Staff, s cases.Search, page int) (cases.Found, error) {
	out := cases.Found{QueuePage: cases.QueuePage{Page: max(page, 0), Size: pageSize}}
	if !s.Number.IsZero() && s.Number.Stream != d.stream {
		return out, nil
	}
	if err := d.enter(ctx, viewer); err != nil {
		return out, err
	}
	p := d.t.searchParams(d.stream, s)
	if len(s.Words) == 0 {
		p.Size, p.Skip = pageSize, int32(out.Page*pageSize)
	}
	rows, err := d.t.q.Search(ctx, p)
	if err != nil {
		return out, interpret(err)
	}
	if len(rows) > 0 {
		out.Total = int(rows[0].Total)
	}
	if len(s.Words) > 0 {
		if out.Unread = out.Total - len(rows); len(rows) == 0 {
			out.Unread = 0
		}
		if rows, err = d.t.holding(d.stream, rows, s); err != nil {
			return out, err
		}
		out.Total = len(rows)
		rows = rows[min(out.Page*pageSize, len(rows)):min((out.Page+1)*pageSize, len(rows))]
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

func (t *Tx) searchParams(stream cases.Stream, s cases.Search) db.SearchParams {
	p := db.SearchParams{
		Stream: string(stream), WardID: int32(t.s.conf.Ward), Now: &t.now, Words: len(s.Words) > 0, Size: searchMost,
		Year: int32(s.Number.Year), Seq: int32(s.Number.Seq), Kind: string(s.Kind), Wanted: string(s.Wanted),
		Statuses: []string{}, Hamlet: int32(s.Hamlet), Urgent: s.Urgent,
	}
	for _, status := range s.Statuses {
		p.Statuses = append(p.Statuses, string(status))
	}
	if !s.From.IsZero() {
		p.Since = &s.From
	}
	if !s.To.IsZero() {
		p.Until = &s.To
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
		return h.Text + "\n" + h.Contact, err
	}
	var r cases.ReportContent
	err := t.content(stream, id, wrapped, sealed, &r)
	return r.Text + "\n" + r.Where, err
}

// content opens what a case was received with.
func (t *Tx) content(stream cases.Stream, id uuid.UUID, wrapped, sealed []byte, into any) error {
	key, err := t.s.vault.CaseKey(stream, t.s.conf.Ward, id.String(), wrapped)
	if err != nil {
		return err
	}
	raw, err := key.Open(contentColumn, "", sealed)
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
