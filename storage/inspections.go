package storage

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"tinbao/cases"
	"tinbao/storage/internal/db"
)

// Inspections are the newest versions of all inspections, by number and without words,
// team and photos.
func (t *Tx) Inspections(ctx context.Context) ([]cases.Inspection, error) {
	if err := t.as(ctx, roleDesk); err != nil {
		return nil, err
	}
	rows, err := t.q.Inspections(ctx, int32(t.s.conf.Ward))
	all := make([]cases.Inspection, 0, len(rows))
	for _, r := range rows {
		all = append(all, cases.Inspection{
			ID: int(r.ID), Version: int(r.Version), Establishment: int(r.Establishment), Planned: dayFrom(r.Planned), Done: dayFrom(r.Done),
			Result: cases.InspectionResult(r.Result), Cancelled: r.Cancelled, Deed: cases.InspectionDeed(r.Deed), At: r.At,
		})
	}
	return all, interpret(err)
}

// Inspection gives an inspection with its words; NotFound when the ward has none of that
// number.
func (t *Tx) Inspection(ctx context.Context, id int) (cases.Inspection, error) {
	all, err := t.InspectionHistory(ctx, id)
	if err != nil {
		return cases.Inspection{}, err
	}
	return all[0], nil
}

// InspectionHistory gives all versions of an inspection, the newest first.
func (t *Tx) InspectionHistory(ctx context.Context, id int) ([]cases.Inspection, error) {
	if err := t.as(ctx, roleDesk); err != nil {
		return nil, err
	}
	rows, err := t.q.InspectionVersions(ctx, db.InspectionVersionsParams{WardID: int32(t.s.conf.Ward), ID: int32(id)})
	if err != nil {
		return nil, interpret(err)
	}
	if len(rows) == 0 {
		return nil, cases.Fail(cases.NotFound, "")
	}
	all := make([]cases.Inspection, 0, len(rows))
	for _, r := range rows {
		i := cases.Inspection{
			ID: int(r.ID), Version: int(r.Version), Establishment: int(r.Establishment), Planned: dayFrom(r.Planned), Done: dayFrom(r.Done),
			Result: cases.InspectionResult(r.Result), Cancelled: r.Cancelled, Photos: int(r.Photos), Deed: cases.InspectionDeed(r.Deed), At: r.At,
		}
		plain, err := t.s.vault.OpenEdge(t.s.place(inspectionColumn, numbered(r.ID, r.Version)), r.Sealed)
		if err != nil {
			return nil, err
		}
		if json.Unmarshal(plain, &i.InspectionWords) != nil {
			return nil, cases.Reason("reading an inspection: malformed")
		}
		if i.By, err = t.staffName(ctx, r.ByStaff); err != nil {
			return nil, err
		}
		all = append(all, i)
	}
	return all, nil
}

// PutInspection keeps an inspection as a new version; one without a number becomes a new
// one. i.Deed says what changed. Conflict when somebody else has changed it since it was
// read.
func (t *Tx) PutInspection(ctx context.Context, by cases.Staff, i cases.Inspection) (cases.Inspection, error) {
	if err := t.as(ctx, roleDesk); err != nil {
		return i, err
	}
	ward := int32(t.s.conf.Ward)
	fresh := i.ID == 0
	if fresh {
		next, err := t.q.NextInspection(ctx, ward)
		if err != nil {
			return i, interpret(err)
		}
		i.ID, i.Version = int(next), 0
	}
	i.Version++
	i.At, i.By = t.now, by.Name
	plain, err := json.Marshal(i.InspectionWords)
	if err != nil {
		return i, fmt.Errorf("writing an inspection: %w", err)
	}
	id, version := int32(i.ID), int32(i.Version)
	n, err := t.q.AddInspectionVersion(ctx, db.AddInspectionVersionParams{
		WardID: ward, ID: id, Version: version, At: t.now, ByStaff: staffRef(by.ID), Deed: string(i.Deed), Establishment: int32(i.Establishment),
		Planned: day(i.Planned), Done: maybeDay(i.Done), Result: string(i.Result), Cancelled: i.Cancelled,
		Sealed: t.s.vault.SealEdge(t.s.place(inspectionColumn, numbered(id, version)), plain),
	})
	if err == nil && n == 0 {
		err = taken(fresh)
	}
	return i, interpret(err)
}

// AddInspectionPhoto seals a cleaned photo with an inspection; one that is there already
// changes nothing, so that a job may be repeated. NotAllowed when it has as many as it may.
func (t *Tx) AddInspectionPhoto(ctx context.Context, by cases.Staff, id int, clean []byte) (cases.Inspection, error) {
	i, err := t.Inspection(ctx, id)
	if err != nil {
		return i, err
	}
	kept, err := t.InspectionPhotos(ctx, id)
	if err != nil || slices.ContainsFunc(kept, func(p []byte) bool { return bytes.Equal(p, clean) }) {
		return i, err
	}
	if i.Photos >= cases.MaxInspectionPhotos {
		return i, cases.Fail(cases.NotAllowed, "inspection.photos.full")
	}
	ward := int32(t.s.conf.Ward)
	n, err := t.q.NextInspectionPhoto(ctx, db.NextInspectionPhotoParams{WardID: ward, Inspection: int32(id)})
	if err != nil {
		return i, interpret(err)
	}
	if err := t.q.AddInspectionPhoto(ctx, db.AddInspectionPhotoParams{
		WardID: ward, Inspection: int32(id), N: n, At: t.now, ByStaff: int64(by.ID),
		Payload: t.s.vault.SealEdge(t.s.place(inspectionPhotoColumn, numbered(int32(id), n)), clean),
	}); err != nil {
		return i, interpret(err)
	}
	i.Deed = cases.InspectionPhoto
	i, err = t.PutInspection(ctx, by, i)
	i.Photos++
	return i, err
}

// InspectionPhotos opens the photos of an inspection.
func (t *Tx) InspectionPhotos(ctx context.Context, id int) ([][]byte, error) {
	if err := t.as(ctx, roleDesk); err != nil {
		return nil, err
	}
	rows, err := t.q.InspectionPhotos(ctx, db.InspectionPhotosParams{WardID: int32(t.s.conf.Ward), Inspection: int32(id)})
	if err != nil {
		return nil, interpret(err)
	}
	all := make([][]byte, 0, len(rows))
	for _, r := range rows {
		body, err := t.s.vault.OpenEdge(t.s.place(inspectionPhotoColumn, numbered(int32(id), r.N)), r.Payload)
		if err != nil {
			return nil, err
		}
		all = append(all, body)
	}
	return all, nil
}
