package storage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"tinbao/cases"
	"tinbao/storage/internal/db"
)

// The sealed columns of reports.
const (
	reportColumn     = "reports.sealed"
	reportPartColumn = "report_parts.sealed"
	templateColumn   = "report_templates.sealed"
)

// mostReports is how many reports are listed.
const mostReports = 40

// ReportRules is what the ward says of periods and due days now.
func (t *Tx) ReportRules(ctx context.Context) (cases.ReportRules, error) {
	if err := t.as(ctx, roleDesk); err != nil {
		return cases.ReportRules{}, err
	}
	r, err := t.q.ReportSettings(ctx, db.ReportSettingsParams{WardID: int32(t.s.conf.Ward), Now: t.now})
	if errors.Is(err, pgx.ErrNoRows) {
		return cases.DefaultReportRules, nil
	}
	return cases.ReportRules{
		HalfClose: cases.MonthDay{Month: time.Month(r.HalfMonth), Day: int(r.HalfDay)}, YearClose: cases.MonthDay{Month: time.Month(r.YearMonth), Day: int(r.YearDay)},
		HalfDue: int(r.HalfDue), YearDue: int(r.YearDue), OtherDue: int(r.OtherDue),
	}, interpret(err)
}

// SetReportRules says it anew, from now on; reports that were opened stay as they are.
func (t *Tx) SetReportRules(ctx context.Context, by cases.StaffID, r cases.ReportRules) error {
	if err := r.MayBe(); err != nil {
		return err
	}
	return interpret(t.q.PutReportSettings(ctx, db.PutReportSettingsParams{
		WardID: int32(t.s.conf.Ward), Now: t.now, ByStaff: int64(by), HalfMonth: int32(r.HalfClose.Month), HalfDay: int32(r.HalfClose.Day),
		YearMonth: int32(r.YearClose.Month), YearDay: int32(r.YearClose.Day), HalfDue: int32(r.HalfDue), YearDue: int32(r.YearDue), OtherDue: int32(r.OtherDue),
	}))
}

// PeriodicReports lists the newest reports without their parts.
func (t *Tx) PeriodicReports(ctx context.Context) ([]cases.WardReport, error) {
	if err := t.as(ctx, roleDesk); err != nil {
		return nil, err
	}
	rows, err := t.q.Reports(ctx, db.ReportsParams{WardID: int32(t.s.conf.Ward), Most: mostReports})
	if err != nil {
		return nil, interpret(err)
	}
	list := make([]cases.WardReport, 0, len(rows))
	for _, r := range rows {
		list = append(list, reportOf(db.ReportRow(r)))
	}
	return list, nil
}

func reportOf(r db.ReportRow) cases.WardReport {
	at := func(t *time.Time) time.Time {
		if t == nil {
			return time.Time{}
		}
		return *t
	}
	out := cases.WardReport{
		ID: int(r.ID), Type: cases.ReportType(r.Type), Year: int(r.Year), Period: cases.Period{From: dayFrom(r.FromDay), To: dayFrom(r.ToDay)}, Due: dayFrom(r.Due),
		Correction: int(r.Correction), State: cases.ReportState(r.State), Opened: r.OpenedAt, Merged: at(r.MergedAt), Approved: at(r.ApprovedAt), Issued: at(r.IssuedAt),
	}
	if r.Root != r.ID {
		out.Of = int(r.Root)
	}
	return out
}

// PeriodicReport is a report with its parts; NotFound when there is none of the number.
func (t *Tx) PeriodicReport(ctx context.Context, id int) (cases.WardReport, error) {
	if err := t.as(ctx, roleDesk); err != nil {
		return cases.WardReport{}, err
	}
	ward := int32(t.s.conf.Ward)
	row, err := t.q.Report(ctx, db.ReportParams{WardID: ward, ID: int32(id)})
	if err != nil {
		return cases.WardReport{}, interpret(err)
	}
	r := reportOf(row)
	if r.MergedBy, err = t.staffName(ctx, row.MergedBy); err != nil {
		return r, err
	}
	if r.ApprovedBy, err = t.staffName(ctx, row.ApprovedBy); err != nil {
		return r, err
	}
	parts, err := t.q.ReportParts(ctx, db.ReportPartsParams{WardID: ward, Report: int32(id)})
	if err != nil {
		return r, interpret(err)
	}
	for _, unit := range cases.ReportUnits {
		for _, p := range parts {
			if p.Unit == string(unit) {
				one, err := t.reportPart(ctx, id, p)
				if err != nil {
					return r, err
				}
				r.Parts = append(r.Parts, one)
			}
		}
	}
	return r, nil
}

func partRow(report int, unit string) []byte { return fmt.Appendf(nil, "%d.%s", report, unit) }

func (t *Tx) reportPart(ctx context.Context, report int, row db.ReportPartsRow) (cases.ReportPart, error) {
	p := cases.ReportPart{Unit: cases.Role(row.Unit)}
	if row.ReturnedAt != nil {
		p.Returned = *row.ReturnedAt
	}
	if row.Sealed != nil {
		plain, err := t.s.vault.OpenEdge(t.s.place(reportPartColumn, partRow(report, row.Unit)), row.Sealed)
		if err != nil {
			return p, err
		}
		if json.Unmarshal(plain, &p.Words) != nil {
			return p, cases.Reason("reading a part of a report: malformed")
		}
	}
	var err error
	p.By, err = t.staffName(ctx, row.ByStaff)
	return p, err
}

// OpenReport opens a report of a type, year, period and due day; by 0 = it comes by
// itself. Conflict when the regular report of that year is there already.
func (t *Tx) OpenReport(ctx context.Context, by cases.StaffID, r cases.WardReport) (cases.WardReport, error) {
	if !r.Valid() || !r.Due.Valid() {
		return r, cases.Fail(cases.Invalid, "baocao.period.invalid")
	}
	return t.addReport(ctx, by, r)
}

func (t *Tx) addReport(ctx context.Context, by cases.StaffID, r cases.WardReport) (cases.WardReport, error) {
	ward := int32(t.s.conf.Ward)
	if err := t.as(ctx, roleDesk); err != nil {
		return r, err
	}
	if err := t.q.LockReports(ctx, ward); err != nil {
		return r, interpret(err)
	}
	id, err := t.q.NextReport(ctx, ward)
	if err != nil {
		return r, interpret(err)
	}
	root := id
	if r.Of != 0 {
		root = int32(r.Of)
	}
	n, err := t.q.AddReport(ctx, db.AddReportParams{
		WardID: ward, ID: id, Type: string(r.Type), Year: int32(r.Year), FromDay: day(r.From), ToDay: day(r.To), Due: day(r.Due),
		Root: root, Correction: int32(r.Correction), At: t.now, ByStaff: staffRef(by),
	})
	if err == nil && n == 0 {
		err = cases.Fail(cases.Conflict, "baocao.there")
	}
	if err != nil {
		return r, interpret(err)
	}
	if err := t.q.AddReportParts(ctx, db.AddReportPartsParams{WardID: ward, Report: id, Units: cases.Strings(cases.ReportUnits)}); err != nil {
		return r, interpret(err)
	}
	return t.PeriodicReport(ctx, int(id))
}

// locked is a report whose state nobody else changes until the transaction ends, and
// refuses an act that is not possible in it.
func (t *Tx) locked(ctx context.Context, id int, act cases.ReportAct) (cases.WardReport, error) {
	if err := t.as(ctx, roleDesk); err != nil {
		return cases.WardReport{}, err
	}
	state, err := t.q.LockReport(ctx, db.LockReportParams{WardID: int32(t.s.conf.Ward), ID: int32(id)})
	if err != nil {
		return cases.WardReport{}, interpret(err)
	}
	if _, err := cases.ReportState(state).After(act); err != nil {
		return cases.WardReport{}, err
	}
	return t.PeriodicReport(ctx, id)
}

// SayPart keeps the words of a unit's part while it is not handed in.
func (t *Tx) SayPart(ctx context.Context, by cases.StaffID, id int, unit cases.Role, words cases.PartWords) error {
	if _, err := t.locked(ctx, id, cases.ReturnPart); err != nil {
		return err
	}
	plain, err := json.Marshal(words)
	if err != nil {
		return fmt.Errorf("writing a part of a report: %w", err)
	}
	n, err := t.q.SayReportPart(ctx, db.SayReportPartParams{
		WardID: int32(t.s.conf.Ward), Report: int32(id), Unit: string(unit), ByStaff: staffRef(by),
		Sealed: t.s.vault.SealEdge(t.s.place(reportPartColumn, partRow(id, string(unit))), plain),
	})
	if err == nil && n == 0 {
		err = cases.Fail(cases.NotAllowed, "baocao.state")
	}
	return interpret(err)
}

// HandInPart hands the part of a unit in, or takes it back.
func (t *Tx) HandInPart(ctx context.Context, by cases.StaffID, id int, unit cases.Role, in bool) (cases.WardReport, error) {
	act, at := cases.ReturnPart, &t.now
	if !in {
		act, at = cases.RetakePart, nil
	}
	if _, err := t.locked(ctx, id, act); err != nil {
		return cases.WardReport{}, err
	}
	n, err := t.q.ReturnReportPart(ctx, db.ReturnReportPartParams{WardID: int32(t.s.conf.Ward), Report: int32(id), Unit: string(unit), At: at, ByStaff: staffRef(by)})
	if err == nil && n == 0 {
		err = cases.Fail(cases.NotFound, "")
	}
	if err != nil {
		return cases.WardReport{}, interpret(err)
	}
	return t.PeriodicReport(ctx, id)
}

// MoveReport takes a report one step on: MergeParts, GiveBack, ApproveReport or
// IssueReport. Approving freezes its figures, as the approver may see them, and its
// template.
func (t *Tx) MoveReport(ctx context.Context, by cases.Staff, id int, act cases.ReportAct) (cases.WardReport, error) {
	r, err := t.locked(ctx, id, act)
	if err != nil {
		return r, err
	}
	ward, n := int32(t.s.conf.Ward), int32(id)
	switch act {
	case cases.MergeParts:
		err = t.q.MergeReport(ctx, db.MergeReportParams{WardID: ward, ID: n, At: &t.now, ByStaff: staffRef(by.ID)})
	case cases.GiveBack:
		err = t.q.GiveBackReport(ctx, db.GiveBackReportParams{WardID: ward, ID: n})
	case cases.ApproveReport:
		err = t.approve(ctx, by, r)
	case cases.IssueReport:
		err = t.q.IssueReport(ctx, db.IssueReportParams{WardID: ward, ID: n, At: &t.now, ByStaff: staffRef(by.ID)})
	default:
		err = cases.Fail(cases.NotAllowed, "baocao.state")
	}
	if err != nil {
		return r, interpret(err)
	}
	return t.PeriodicReport(ctx, id)
}

func reportRow(id int32) []byte { return fmt.Appendf(nil, "%d", id) }

func (t *Tx) approve(ctx context.Context, by cases.Staff, r cases.WardReport) error {
	figures, err := t.countReport(ctx, by, r.Period)
	if err != nil {
		return err
	}
	plain, err := json.Marshal(figures)
	if err != nil {
		return fmt.Errorf("writing the figures of a report: %w", err)
	}
	template, _, err := t.usedTemplate(ctx)
	if err != nil {
		return err
	}
	return t.q.ApproveReport(ctx, db.ApproveReportParams{
		WardID: int32(t.s.conf.Ward), ID: int32(r.ID), At: &t.now, ByStaff: staffRef(by.ID), Template: template,
		Sealed: t.s.vault.SealEdge(t.s.place(reportColumn, reportRow(int32(r.ID))), plain),
	})
}

// CorrectReport opens a bản điều chỉnh of a report that was approved. It begins with the
// parts as they were; the report itself stays as it is.
func (t *Tx) CorrectReport(ctx context.Context, by cases.StaffID, id int) (cases.WardReport, error) {
	r, err := t.locked(ctx, id, cases.CorrectReport)
	if err != nil {
		return r, err
	}
	fresh := cases.WardReport{Type: r.Type, Year: r.Year, Period: r.Period, Due: cases.DayOf(t.now), Of: r.ID}
	if r.Of != 0 {
		fresh.Of = r.Of
	}
	if fresh.Due.Start().Before(r.Due.Start()) {
		fresh.Due = r.Due
	}
	ward := int32(t.s.conf.Ward)
	last, err := t.q.Corrections(ctx, db.CorrectionsParams{WardID: ward, Root: int32(fresh.Of)})
	if err != nil {
		return r, interpret(err)
	}
	if int(last) != r.Correction { // only the newest version is corrected
		return r, cases.Fail(cases.Conflict, "baocao.later")
	}
	fresh.Correction = int(last) + 1
	if fresh, err = t.addReport(ctx, by, fresh); err != nil {
		return r, err
	}
	parts, err := t.q.ReportParts(ctx, db.ReportPartsParams{WardID: ward, Report: int32(id)})
	if err != nil {
		return r, interpret(err)
	}
	for _, p := range parts {
		if err := t.copyPart(ctx, p, id, fresh.ID); err != nil {
			return r, err
		}
	}
	return t.PeriodicReport(ctx, fresh.ID)
}

// copyPart seals a part anew for another report.
func (t *Tx) copyPart(ctx context.Context, p db.ReportPartsRow, from, to int) error {
	var sealed []byte
	if p.Sealed != nil {
		plain, err := t.s.vault.OpenEdge(t.s.place(reportPartColumn, partRow(from, p.Unit)), p.Sealed)
		if err != nil {
			return err
		}
		sealed = t.s.vault.SealEdge(t.s.place(reportPartColumn, partRow(to, p.Unit)), plain)
	}
	return interpret(t.q.CopyReportPart(ctx, db.CopyReportPartParams{
		WardID: int32(t.s.conf.Ward), Report: int32(to), Unit: p.Unit, Sealed: sealed, ReturnedAt: p.ReturnedAt, ByStaff: p.ByStaff,
	}))
}
