package storage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"tinbao/cases"
	"tinbao/storage/internal/db"
)

// importKept is how long what an import would do waits for a yes.
const importKept = 24 * time.Hour

// SentFile is a file of a member of staff that waits at Telegram.
type SentFile struct {
	By         cases.StaffID     `json:"by"`
	Inspection int               `json:"inspection,omitempty"` // 0 = it is an import
	File       cases.OfferedFile `json:"file"`
}

const sentFileColumn = "river_job.register"

// OfferImport asks for a file of establishments to be fetched and read.
func (t *Tx) OfferImport(_ context.Context, by cases.StaffID, f cases.OfferedFile) error {
	return t.offerSent(SentFile{By: by, File: f}, func(sealed []byte) river.JobArgs { return cases.FetchImportArgs{File: sealed} })
}

// OfferInspectionPhoto asks for a photo to be fetched for an inspection.
func (t *Tx) OfferInspectionPhoto(_ context.Context, by cases.StaffID, inspection int, f cases.OfferedFile) error {
	return t.offerSent(SentFile{by, inspection, f}, func(sealed []byte) river.JobArgs { return cases.FetchInspectionPhotoArgs{File: sealed} })
}

func (t *Tx) offerSent(f SentFile, args func(sealed []byte) river.JobArgs) error {
	raw, err := json.Marshal(f)
	if err != nil {
		return fmt.Errorf("writing an offer: %w", err)
	}
	t.jobs = append(t.jobs, river.InsertManyParams{
		Args: args(t.s.vault.SealEdgeText(t.s.place(sentFileColumn, nil), raw)), InsertOpts: &river.InsertOpts{Queue: FilesQueue},
	})
	return nil
}

// SentFileOf reads what a job is about.
func (s *Store) SentFileOf(sealed []byte) (f SentFile, err error) {
	raw, err := s.vault.OpenEdgeText(s.place(sentFileColumn, nil), sealed)
	if err != nil {
		return f, err
	}
	if json.Unmarshal(raw, &f) != nil {
		return f, cases.Reason("reading an offer: malformed")
	}
	return f, nil
}

// KeepImport keeps what a file would do until somebody says yes, and gives its number. It
// takes the place of what the same person sent in before.
func (t *Tx) KeepImport(ctx context.Context, by cases.StaffID, p cases.ImportPreview) (int, error) {
	if err := t.as(ctx, roleDesk); err != nil {
		return 0, err
	}
	ward := int32(t.s.conf.Ward)
	if err := t.q.DropOldImports(ctx, db.DropOldImportsParams{WardID: ward, Now: &t.now, Before: t.now.Add(-importKept), ByStaff: int64(by)}); err != nil {
		return 0, interpret(err)
	}
	id, err := t.q.NextEstablishmentImport(ctx, ward)
	if err != nil {
		return 0, interpret(err)
	}
	raw, err := json.Marshal(p.Rows)
	if err != nil {
		return 0, fmt.Errorf("writing an import: %w", err)
	}
	return int(id), interpret(t.q.AddEstablishmentImport(ctx, db.AddEstablishmentImportParams{
		WardID: ward, ID: id, At: t.now, ByStaff: int64(by), Fresh: int32(p.Fresh()), Changed: int32(p.Changed()), Same: int32(p.Same), Wrong: int32(len(p.Wrong)),
		Sealed: t.s.vault.SealEdge(t.s.place(importColumn, numbered(id, 0)), raw),
	}))
}

// Import gives an import; NotFound when the ward has none of that number.
func (t *Tx) Import(ctx context.Context, id int) (cases.Import, error) {
	if err := t.as(ctx, roleDesk); err != nil {
		return cases.Import{}, err
	}
	r, err := t.q.EstablishmentImport(ctx, db.EstablishmentImportParams{WardID: int32(t.s.conf.Ward), ID: int32(id)})
	if err != nil {
		return cases.Import{}, interpret(err)
	}
	m := cases.Import{
		ID: id, By: cases.StaffID(r.ByStaff), At: r.At, State: cases.ImportState(r.State),
		Fresh: int(r.Fresh), Changed: int(r.Changed), Same: int(r.Same), Wrong: int(r.Wrong),
	}
	if r.Sealed == nil {
		return m, nil
	}
	raw, err := t.s.vault.OpenEdge(t.s.place(importColumn, numbered(r.ID, 0)), r.Sealed)
	if err != nil {
		return m, err
	}
	if json.Unmarshal(raw, &m.Rows) != nil {
		return m, cases.Reason("reading an import: malformed")
	}
	return m, nil
}

// waitingImport gives an import that waits, to whoever sent it in.
func (t *Tx) waitingImport(ctx context.Context, by cases.Staff, id int) (cases.Import, error) {
	m, err := t.Import(ctx, id)
	switch {
	case err != nil:
		return m, err
	case m.By != by.ID:
		return m, cases.Fail(cases.NotFound, "")
	case m.State != cases.ImportWaiting || t.now.Sub(m.At) > importKept:
		return m, cases.Fail(cases.Conflict, "import.gone")
	}
	return m, nil
}

// ApplyImport writes what an import would do, all of it or nothing. Conflict when the
// register has changed in a way that it no longer fits.
func (t *Tx) ApplyImport(ctx context.Context, by cases.Staff, id int) (cases.Import, error) {
	m, err := t.waitingImport(ctx, by, id)
	if err != nil {
		return m, err
	}
	now, err := t.Establishments(ctx)
	if err != nil {
		return m, err
	}
	next, err := t.q.NextEstablishment(ctx, int32(t.s.conf.Ward))
	if err != nil {
		return m, interpret(err)
	}
	rows := make([]db.AddEstablishmentVersionParams, 0, len(m.Rows))
	for _, r := range m.Rows {
		e := r.Establishment
		if _, twin := cases.Twin(now, e); r.Fresh && twin {
			return m, cases.Fail(cases.Conflict, "import.moved")
		}
		if r.Fresh {
			e.ID, e.Version = int(next), 0
			next++
		} else if old, err := cases.EstablishmentByID(now, e.ID); err != nil || old.Version != e.Version {
			return m, cases.Fail(cases.Conflict, "import.moved")
		}
		e.Version++
		e.Deed, e.Import = cases.DeedImport, id
		row, err := t.establishmentRow(by.ID, e)
		if err != nil {
			return m, err
		}
		rows = append(rows, row)
	}
	if err := t.putVersions(ctx, rows); err != nil {
		return m, err
	}
	m.State = cases.ImportApplied
	return m, t.settleImport(ctx, m)
}

func (t *Tx) settleImport(ctx context.Context, m cases.Import) error {
	return interpret(t.q.SettleEstablishmentImport(ctx, db.SettleEstablishmentImportParams{WardID: int32(t.s.conf.Ward), ID: int32(m.ID), State: string(m.State), At: &t.now}))
}

// putVersions writes many versions at once. When somebody else wrote one of them in the
// same moment the whole is tried again, and then finds what has changed.
func (t *Tx) putVersions(ctx context.Context, rows []db.AddEstablishmentVersionParams) error {
	list := make([]db.AddEstablishmentVersionsParams, len(rows))
	for i, r := range rows {
		list[i] = db.AddEstablishmentVersionsParams(r)
	}
	var all []error
	t.q.AddEstablishmentVersions(ctx, list).Exec(func(_ int, err error) { all = append(all, err) })
	err := interpret(errors.Join(all...))
	if err != nil && cases.KindOf(err) == cases.Conflict {
		return &cases.Error{Kind: cases.Transient, Cause: err}
	}
	return err
}

// DropImport forgets an import that waits.
func (t *Tx) DropImport(ctx context.Context, by cases.Staff, id int) error {
	m, err := t.waitingImport(ctx, by, id)
	if err != nil {
		return err
	}
	m.State = cases.ImportDropped
	return t.settleImport(ctx, m)
}

// UndoImport takes back what an import wrote: new entries are removed, changed ones are
// as they were. When one of them was changed since, or inspected, nothing happens and
// their numbers are given.
func (t *Tx) UndoImport(ctx context.Context, by cases.Staff, id int) (since []int, err error) {
	m, err := t.Import(ctx, id)
	if err != nil {
		return nil, err
	}
	if m.State != cases.ImportApplied {
		return nil, cases.Fail(cases.Conflict, "import.gone")
	}
	ward := int32(t.s.conf.Ward)
	written, err := t.q.VersionsOfImport(ctx, db.VersionsOfImportParams{WardID: ward, Import: int32(id)})
	if err != nil {
		return nil, interpret(err)
	}
	inspections, err := t.Inspections(ctx)
	if err != nil {
		return nil, err
	}
	visited := map[int]bool{}
	for _, i := range inspections {
		visited[i.Establishment] = !i.Cancelled || visited[i.Establishment]
	}
	for _, w := range written {
		if w.Newest != w.Version || w.Version == 1 && visited[int(w.ID)] {
			since = append(since, int(w.ID))
		}
	}
	if len(since) > 0 {
		return since, nil
	}
	rows, err := t.undone(ctx, by, id)
	if err != nil {
		return nil, err
	}
	if err := t.putVersions(ctx, rows); err != nil {
		return nil, err
	}
	m.State = cases.ImportUndone
	return nil, t.settleImport(ctx, m)
}

// undone are the versions that take an import back.
func (t *Tx) undone(ctx context.Context, by cases.Staff, id int) ([]db.AddEstablishmentVersionParams, error) {
	before, err := t.q.BeforeImport(ctx, db.BeforeImportParams{WardID: int32(t.s.conf.Ward), Import: int32(id)})
	if err != nil {
		return nil, interpret(err)
	}
	earlier := map[int]cases.Establishment{}
	for _, r := range before {
		e, err := t.establishment(ctx, db.EstablishmentsRow(r))
		if err != nil {
			return nil, err
		}
		earlier[e.ID] = e
	}
	now, err := t.Establishments(ctx)
	if err != nil {
		return nil, err
	}
	var rows []db.AddEstablishmentVersionParams
	for _, e := range now {
		if e.Import != id || e.Deed != cases.DeedImport {
			continue
		}
		back, changed := earlier[e.ID]
		if !changed {
			back = e
			back.Status = cases.EstablishmentRemoved
		}
		back.Version, back.Deed, back.Import = e.Version+1, cases.DeedUndo, id
		row, err := t.establishmentRow(by.ID, back)
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}
