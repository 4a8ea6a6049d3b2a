package storage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"tinbao/cases"
	"tinbao/storage/internal/db"
)

// ReportFigures are the figures of a report: as they were approved, or as they are now.
func (t *Tx) ReportFigures(ctx context.Context, viewer cases.Staff, r cases.WardReport) (cases.ReportFigures, error) {
	if r.State.Frozen() {
		return t.frozen(ctx, r.ID)
	}
	return t.countReport(ctx, viewer, r.Period)
}

// CountPeriod are the figures of a period as they are now.
func (t *Tx) CountPeriod(ctx context.Context, viewer cases.Staff, p cases.Period) (cases.ReportFigures, error) {
	return t.countReport(ctx, viewer, p)
}

// frozen reads the figures of an approved report.
func (t *Tx) frozen(ctx context.Context, id int) (f cases.ReportFigures, err error) {
	if err := t.as(ctx, roleDesk); err != nil {
		return f, err
	}
	sealed, err := t.q.ReportSnapshot(ctx, db.ReportSnapshotParams{WardID: int32(t.s.conf.Ward), ID: int32(id)})
	if err != nil {
		return f, interpret(err)
	}
	plain, err := t.s.vault.OpenEdge(t.s.place(reportColumn, reportRow(int32(id))), sealed)
	if err != nil {
		return f, err
	}
	if json.Unmarshal(plain, &f) != nil {
		return f, cases.Reason("reading the figures of a report: malformed")
	}
	return f, nil
}

// countReport counts everything for a period, the same period a year before, and since
// the plan began.
func (t *Tx) countReport(ctx context.Context, viewer cases.Staff, p cases.Period) (cases.ReportFigures, error) {
	out := cases.ReportFigures{Period: p}
	columns := [3]*cases.FieldValues{&out.This, &out.LastYear, &out.Cumulative}
	for i, span := range [3]cases.Period{p, p.LastYear(), p.SincePlan()} {
		typed, err := t.Registers(ctx, span)
		if err != nil {
			return out, err
		}
		coverage, err := t.Coverage(ctx, span)
		if err != nil {
			return out, err
		}
		statistics, err := t.exactFigures(ctx, viewer, span)
		if err != nil {
			return out, err
		}
		if statistics.Help != nil {
			out.Help[i] = statistics.Help.Period
		}
		*columns[i] = cases.Assemble(statistics, coverage, typed)
		switch i {
		case 0:
			out.Trend, out.KindSource, out.Coverage = statistics.Trend, cases.KindSources(statistics), coverage
		case 1:
			out.TrendThen = statistics.Trend
		}
	}
	return out, t.as(ctx, roleDesk)
}

// ReportPaper is everything a report is printed from. template -1 = the one it goes by,
// otherwise a version, to try it.
func (t *Tx) ReportPaper(ctx context.Context, viewer cases.Staff, id, template int) (p cases.ReportPaper, err error) {
	if p.Report, err = t.PeriodicReport(ctx, id); err != nil {
		return p, err
	}
	if p.Figures, err = t.ReportFigures(ctx, viewer, p.Report); err != nil {
		return p, err
	}
	if p.Report.Correction > 0 {
		before, err := t.corrected(ctx, p.Report)
		if err != nil {
			return p, err
		}
		p.Before = &before
	}
	if p.Template, err = t.templateOf(ctx, p.Report, template); err != nil {
		return p, err
	}
	p.Ward, err = t.Ward(ctx)
	return p, err
}

// corrected are the figures of the version before a bản điều chỉnh.
func (t *Tx) corrected(ctx context.Context, r cases.WardReport) (f cases.ReportFigures, err error) {
	all, err := t.PeriodicReports(ctx)
	if err != nil {
		return f, err
	}
	i := slices.IndexFunc(all, func(o cases.WardReport) bool {
		return o.Correction == r.Correction-1 && (o.Of == r.Of || o.ID == r.Of)
	})
	if i < 0 {
		return f, cases.Fail(cases.NotFound, "")
	}
	return t.frozen(ctx, all[i].ID)
}

// templateOf is the template of a report: of an approved one that of its approval.
func (t *Tx) templateOf(ctx context.Context, r cases.WardReport, wanted int) ([]byte, error) {
	ward := int32(t.s.conf.Ward)
	version := int32(wanted)
	switch {
	case wanted >= 0:
	case r.State.Frozen():
		row, err := t.q.Report(ctx, db.ReportParams{WardID: ward, ID: int32(r.ID)})
		if err != nil {
			return nil, interpret(err)
		}
		version = row.Template
	default:
		_, body, err := t.usedTemplate(ctx)
		return body, err
	}
	if version == 0 {
		return nil, nil
	}
	row, err := t.q.Template(ctx, db.TemplateParams{WardID: ward, Version: version})
	if err != nil {
		return nil, interpret(err)
	}
	return t.openTemplate(row.Version, row.Sealed)
}

// usedTemplate is the template in use; version 0, nil = the built-in one.
func (t *Tx) usedTemplate(ctx context.Context) (version int32, body []byte, err error) {
	row, err := t.q.UsedTemplate(ctx, int32(t.s.conf.Ward))
	if errors.Is(err, pgx.ErrNoRows) || err == nil && row.Sealed == nil {
		return 0, nil, nil
	}
	if err != nil {
		return 0, nil, interpret(err)
	}
	body, err = t.openTemplate(row.Version, row.Sealed)
	return row.Version, body, err
}

func (t *Tx) openTemplate(version int32, sealed []byte) ([]byte, error) {
	if sealed == nil {
		return nil, nil
	}
	return t.s.vault.OpenEdge(t.s.place(templateColumn, reportRow(version)), sealed)
}

// ReportTemplate is the template in use; version 0, nil = the built-in one.
func (t *Tx) ReportTemplate(ctx context.Context) (version int, body []byte, err error) {
	if err := t.as(ctx, roleDesk); err != nil {
		return 0, nil, err
	}
	n, body, err := t.usedTemplate(ctx)
	return int(n), body, err
}

// AddReportTemplate keeps a template without using it yet; nil = the built-in one, which
// is used at once.
func (t *Tx) AddReportTemplate(ctx context.Context, by cases.StaffID, body []byte) (version int, err error) {
	if err := t.as(ctx, roleDesk); err != nil {
		return 0, err
	}
	ward := int32(t.s.conf.Ward)
	if err := t.q.LockReports(ctx, ward); err != nil {
		return 0, interpret(err)
	}
	n, err := t.q.NextTemplate(ctx, ward)
	if err != nil {
		return 0, interpret(err)
	}
	p := db.AddTemplateParams{WardID: ward, Version: n, ByStaff: int64(by), At: t.now}
	if body == nil {
		p.UsedAt = &t.now
	} else {
		p.Sealed = t.s.vault.SealEdge(t.s.place(templateColumn, reportRow(n)), body)
	}
	_, err = t.q.AddTemplate(ctx, p)
	return int(n), interpret(err)
}

// UseReportTemplate makes a version the template of all reports that are not approved yet.
func (t *Tx) UseReportTemplate(ctx context.Context, version int) error {
	if err := t.as(ctx, roleDesk); err != nil {
		return err
	}
	n, err := t.q.UseTemplate(ctx, db.UseTemplateParams{WardID: int32(t.s.conf.Ward), Version: int32(version), At: &t.now})
	if err == nil && n == 0 {
		err = cases.Fail(cases.NotFound, "")
	}
	return interpret(err)
}

// ReportAsk is what a job about a report does: it makes the files of one and sends them,
// or it fetches a template.
type ReportAsk struct {
	Viewer   cases.StaffID      `json:"viewer"`
	Report   int                `json:"report,omitempty"`
	Template int                `json:"template"`       // version; -1 = that of the report
	File     *cases.OfferedFile `json:"file,omitempty"` // the template to fetch; nil = make files
}

// AskReport asks for a job about a report. What it is about is sealed.
func (t *Tx) AskReport(_ context.Context, ask ReportAsk) error {
	raw, err := json.Marshal(ask)
	if err != nil {
		return fmt.Errorf("writing a reference: %w", err)
	}
	t.jobs = append(t.jobs, river.InsertManyParams{
		Args:       cases.ReportArgs{Report: t.s.vault.SealEdgeText(t.s.place("river_job.report", nil), raw)},
		InsertOpts: &river.InsertOpts{Queue: FilesQueue, MaxAttempts: reportTries},
	})
	return nil
}

// reportTries is how often files are tried before their absence is told.
const reportTries = 5

// AskReportFiles asks for the files of a report to be made and sent to the viewer.
func (t *Tx) AskReportFiles(ctx context.Context, viewer cases.StaffID, report int) error {
	return t.AskReport(ctx, ReportAsk{Viewer: viewer, Report: report, Template: -1})
}

// OfferReportTemplate asks for a template to be fetched and checked.
func (t *Tx) OfferReportTemplate(ctx context.Context, by cases.StaffID, f cases.OfferedFile) error {
	return t.AskReport(ctx, ReportAsk{Viewer: by, File: &f, Template: -1})
}

// ReportAskOf reads what a job is about.
func (s *Store) ReportAskOf(job cases.ReportArgs) (ask ReportAsk, err error) {
	raw, err := s.vault.OpenEdgeText(s.place("river_job.report", nil), job.Report)
	if err != nil {
		return ask, err
	}
	if json.Unmarshal(raw, &ask) != nil {
		return ask, cases.Reason("reading a reference: malformed")
	}
	return ask, nil
}

// WithReporter runs work for an account that may still do one of the things its rights
// are for; NotFound otherwise. Messages queued in it are sent.
func (s *Store) WithReporter(ctx context.Context, id cases.StaffID, rights []cases.Right, work func(ctx context.Context, t *Tx, viewer cases.Staff) error) error {
	return s.Visit(ctx, nil, nil, func(ctx context.Context, t *Tx) error {
		all, err := t.StaffList(ctx)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(one cases.Staff) bool { return one.ID == id && !one.Locked && one.Role.MayAny(rights...) })
		if i < 0 {
			return cases.Fail(cases.NotFound, "")
		}
		t.staff = &all[i]
		return work(ctx, t, all[i])
	})
}
