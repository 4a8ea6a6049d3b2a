package storage

import (
	"bytes"
	"context"
	"slices"

	"tinbao/cases"
	"tinbao/storage/internal/db"
)

// Link says that a report is about an establishment, or that it no longer is. Who may not
// see the report learns nothing of it. The step stands in the history of the report; an
// establishment does not tell of it.
func (d Desk) Link(ctx context.Context, viewer cases.Staff, n cases.Number, establishment int, linked bool) error {
	o, err := d.linkable(ctx, viewer, n)
	if err != nil {
		return err
	}
	verb, tag, ward := cases.LinkPlace, d.t.s.vault.Link(o.id(), establishment), int32(d.t.s.conf.Ward)
	var changed int64
	if linked {
		changed, err = d.t.q.LinkEstablishment(ctx, db.LinkEstablishmentParams{CaseID: o.row.ID, WardID: ward, Tag: tag, At: d.t.now, ByStaff: int64(viewer.ID)})
	} else {
		verb = cases.UnlinkPlace
		changed, err = d.t.q.UnlinkEstablishment(ctx, db.UnlinkEstablishmentParams{WardID: ward, CaseID: o.row.ID, Tag: tag})
	}
	if err != nil || changed == 0 {
		return interpret(err)
	}
	if err := d.t.record(ctx, o, verb, o.status(), o.status(), &viewer, ""); err != nil {
		return err
	}
	return d.t.save(ctx, o)
}

// linkable is a report whose links the viewer may see and change.
func (d Desk) linkable(ctx context.Context, viewer cases.Staff, n cases.Number) (*opened, error) {
	if d.stream != cases.ReportStream {
		return nil, cases.Fail(cases.NotFound, "")
	}
	o, err := d.find(ctx, viewer, n)
	if err == nil && o.erased() {
		err = cases.Fail(cases.NotAllowed, "error.erased")
	}
	return o, err
}

// Linked tells which of the establishments a report is about.
func (d Desk) Linked(ctx context.Context, viewer cases.Staff, n cases.Number, among []cases.Establishment) ([]cases.Establishment, error) {
	o, err := d.linkable(ctx, viewer, n)
	if err != nil {
		return nil, err
	}
	tags, err := d.t.q.LinksOfReport(ctx, db.LinksOfReportParams{WardID: int32(d.t.s.conf.Ward), CaseID: o.row.ID})
	if err != nil || len(tags) == 0 {
		return nil, interpret(err)
	}
	var out []cases.Establishment
	for _, e := range among {
		tag := d.t.s.vault.Link(o.id(), e.ID)
		if slices.ContainsFunc(tags, func(other []byte) bool { return bytes.Equal(tag, other) }) {
			out = append(out, e)
		}
	}
	return out, nil
}

// LinkedReports are the reports about an establishment that the viewer may open, the
// newest first.
func (d Desk) LinkedReports(ctx context.Context, viewer cases.Staff, establishment int) ([]cases.Number, error) {
	if d.stream != cases.ReportStream {
		return nil, cases.Fail(cases.NotFound, "")
	}
	if err := d.enter(ctx, viewer); err != nil {
		return nil, err
	}
	rows, err := d.t.q.EstablishmentLinks(ctx, int32(d.t.s.conf.Ward))
	var out []cases.Number
	for _, r := range rows {
		if bytes.Equal(r.Tag, d.t.s.vault.Link(r.CaseID.String(), establishment)) {
			out = append(out, reportNumber(r.Year, r.Seq))
		}
	}
	return out, interpret(err)
}
