package storage

import (
	"context"

	"tinbao/storage/internal/db"
)

// registerColumns are the sealed columns of the register of establishments.
func registerColumns() []column {
	return []column{
		{establishmentColumn, "", nextEstablishments},
		{inspectionColumn, "", nextInspections},
		{inspectionPhotoColumn, "", nextInspectionPhotos},
		{establishmentListColumn, "", nextEstablishmentLists},
		{importColumn, "", nextImports},
	}
}

func nextEstablishments(ctx context.Context, t *Tx, b *batch) ([]value, error) {
	rows, err := t.q.OldEstablishments(ctx, db.OldEstablishmentsParams{WardID: int32(b.ward), AfterID: int32(b.after.n), After: int32(b.after.m), Old: b.former.Edge, Most: b.most})
	return values(rows, err, func(r db.OldEstablishmentsRow) value {
		b.after.n, b.after.m = int64(r.ID), int64(r.Version)
		return edgeValue(t, b.place(establishmentColumn, numbered(r.ID, r.Version)), r.Sealed, func(fresh []byte) (int64, error) {
			return t.q.ResealEstablishment(ctx, db.ResealEstablishmentParams{WardID: int32(b.ward), ID: r.ID, Version: r.Version, Sealed: r.Sealed, Fresh: fresh})
		})
	})
}

func nextInspections(ctx context.Context, t *Tx, b *batch) ([]value, error) {
	rows, err := t.q.OldInspections(ctx, db.OldInspectionsParams{WardID: int32(b.ward), AfterID: int32(b.after.n), After: int32(b.after.m), Old: b.former.Edge, Most: b.most})
	return values(rows, err, func(r db.OldInspectionsRow) value {
		b.after.n, b.after.m = int64(r.ID), int64(r.Version)
		return edgeValue(t, b.place(inspectionColumn, numbered(r.ID, r.Version)), r.Sealed, func(fresh []byte) (int64, error) {
			return t.q.ResealInspection(ctx, db.ResealInspectionParams{WardID: int32(b.ward), ID: r.ID, Version: r.Version, Sealed: r.Sealed, Fresh: fresh})
		})
	})
}

func nextInspectionPhotos(ctx context.Context, t *Tx, b *batch) ([]value, error) {
	rows, err := t.q.OldInspectionPhotos(ctx, db.OldInspectionPhotosParams{WardID: int32(b.ward), AfterID: int32(b.after.n), After: int32(b.after.m), Old: b.former.Edge, Most: b.most})
	return values(rows, err, func(r db.OldInspectionPhotosRow) value {
		b.after.n, b.after.m = int64(r.Inspection), int64(r.N)
		return edgeValue(t, b.place(inspectionPhotoColumn, numbered(r.Inspection, r.N)), r.Sealed, func(fresh []byte) (int64, error) {
			return t.q.ResealInspectionPhoto(ctx, db.ResealInspectionPhotoParams{WardID: int32(b.ward), Inspection: r.Inspection, N: r.N, Sealed: r.Sealed, Fresh: fresh})
		})
	})
}

func nextEstablishmentLists(ctx context.Context, t *Tx, b *batch) ([]value, error) {
	at := &b.after.page
	rows, err := t.q.OldEstablishmentLists(ctx, db.OldEstablishmentListsParams{WardID: int32(b.ward), AfterList: at.key, After: at.version, Old: b.former.Edge, Most: b.most})
	return values(rows, err, func(r db.OldEstablishmentListsRow) value {
		at.key, at.version = r.List, r.Version
		return edgeValue(t, b.place(establishmentListColumn, listRow(r.List, r.Version)), r.Sealed, func(fresh []byte) (int64, error) {
			return t.q.ResealEstablishmentList(ctx, db.ResealEstablishmentListParams{WardID: int32(b.ward), List: r.List, Version: r.Version, Sealed: r.Sealed, Fresh: fresh})
		})
	})
}

func nextImports(ctx context.Context, t *Tx, b *batch) ([]value, error) {
	rows, err := t.q.OldEstablishmentImports(ctx, db.OldEstablishmentImportsParams{WardID: int32(b.ward), AfterID: int32(b.after.n), Old: b.former.Edge, Most: b.most})
	return values(rows, err, func(r db.OldEstablishmentImportsRow) value {
		b.after.n = int64(r.ID)
		return edgeValue(t, b.place(importColumn, numbered(r.ID, 0)), r.Sealed, func(fresh []byte) (int64, error) {
			return t.q.ResealEstablishmentImport(ctx, db.ResealEstablishmentImportParams{WardID: int32(b.ward), ID: r.ID, Sealed: r.Sealed, Fresh: fresh})
		})
	})
}
