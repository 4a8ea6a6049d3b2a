package storage

import (
	"context"

	"tinbao/storage/internal/db"
)

// periodicColumns are the sealed columns of periodic reports.
func periodicColumns() []column {
	return []column{{reportColumn, "", nextReports}, {reportPartColumn, "", nextReportParts}, {templateColumn, "", nextTemplates}}
}

func nextReports(ctx context.Context, t *Tx, b *batch) ([]value, error) {
	rows, err := t.q.OldReports(ctx, db.OldReportsParams{WardID: int32(b.ward), After: int32(b.after.n), Old: b.former.Edge, Most: b.most})
	return values(rows, err, func(r db.OldReportsRow) value {
		b.after.n = int64(r.ID)
		return edgeValue(t, b.place(reportColumn, reportRow(r.ID)), r.Sealed, func(fresh []byte) (int64, error) {
			return t.q.ResealReport(ctx, db.ResealReportParams{WardID: int32(b.ward), ID: r.ID, Sealed: r.Sealed, Fresh: fresh})
		})
	})
}

func nextReportParts(ctx context.Context, t *Tx, b *batch) ([]value, error) {
	at := &b.after.page
	rows, err := t.q.OldReportParts(ctx, db.OldReportPartsParams{WardID: int32(b.ward), After: int32(b.after.n), AfterUnit: at.key, Old: b.former.Edge, Most: b.most})
	return values(rows, err, func(r db.OldReportPartsRow) value {
		b.after.n, at.key = int64(r.Report), r.Unit
		return edgeValue(t, b.place(reportPartColumn, partRow(int(r.Report), r.Unit)), r.Sealed, func(fresh []byte) (int64, error) {
			return t.q.ResealReportPart(ctx, db.ResealReportPartParams{WardID: int32(b.ward), Report: r.Report, Unit: r.Unit, Sealed: r.Sealed, Fresh: fresh})
		})
	})
}

func nextTemplates(ctx context.Context, t *Tx, b *batch) ([]value, error) {
	rows, err := t.q.OldTemplates(ctx, db.OldTemplatesParams{WardID: int32(b.ward), After: int32(b.after.n), Old: b.former.Edge, Most: b.most})
	return values(rows, err, func(r db.OldTemplatesRow) value {
		b.after.n = int64(r.Version)
		return edgeValue(t, b.place(templateColumn, reportRow(r.Version)), r.Sealed, func(fresh []byte) (int64, error) {
			return t.q.ResealTemplate(ctx, db.ResealTemplateParams{WardID: int32(b.ward), Version: r.Version, Sealed: r.Sealed, Fresh: fresh})
		})
	})
}
