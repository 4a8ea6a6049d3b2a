package storage

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"tinbao/cases"
	"tinbao/storage/internal/db"
	"tinbao/vault"
)

// Parts of what was written that are kept where the police cannot read, and the columns
// they are bound to.
const (
	partContent = "content"
	partFile    = "file"
	partMarks   = "marks"

	originalColumn = "originals.body"
	coveredColumn  = "covered_talks.body"
)

func originalRow(part, ref string) string { return part + " " + ref }

// original is what was written before it was covered; nil when nothing was, and to the
// police, who have no right on it in the database either.
func (t *Tx) original(ctx context.Context, stream cases.Stream, caseID uuid.UUID, key vault.CaseKey, part, ref string) ([]byte, error) {
	if stream != cases.ReportStream || t.role == rolePolice || t.shared {
		return nil, nil
	}
	body, err := t.q.Original(ctx, db.OriginalParams{CaseID: caseID, Part: part, Ref: ref})
	if err = interpret(err); cases.KindOf(err) == cases.NotFound {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	if part == partFile {
		return key.OpenBody(originalColumn, originalRow(part, ref), body)
	}
	return key.OpenText(originalColumn, originalRow(part, ref), body)
}

func (t *Tx) keep(ctx context.Context, o *opened, part, ref string, plain []byte) error {
	seal := o.key.SealText
	if part == partFile {
		seal = o.key.SealBody
	}
	return interpret(t.q.KeepOriginal(ctx, db.KeepOriginalParams{
		CaseID: o.row.ID, WardID: int32(t.s.conf.Ward), Part: part, Ref: ref,
		Body: seal(originalColumn, originalRow(part, ref), plain),
	}))
}

// written is the content of a case as the viewer may read it.
func (t *Tx) written(ctx context.Context, o *opened) ([]byte, error) {
	whole, err := t.original(ctx, o.stream(), o.row.ID, o.key, partContent, "")
	if err != nil || whole != nil {
		return whole, err
	}
	return o.key.OpenText(contentColumn, "", o.row.Content)
}

// readContent opens what the person wrote.
func (t *Tx) readContent(ctx context.Context, o *opened, c *cases.Case) error {
	content, err := t.written(ctx, o)
	if err != nil {
		return err
	}
	var into any
	if o.stream() == cases.HelpStream {
		c.Help = &cases.HelpContent{}
		into = c.Help
	} else {
		c.Report = &cases.ReportContent{}
		into = c.Report
	}
	if err := json.Unmarshal(content, into); err != nil {
		return cases.Reason("reading content: malformed")
	}
	return nil
}

// dropOriginals removes what was kept beside a report.
func (t *Tx) dropOriginals(ctx context.Context, o *opened) error {
	if o.stream() != cases.ReportStream {
		return nil
	}
	if err := t.q.DropOriginals(ctx, o.row.ID); err != nil {
		return interpret(err)
	}
	return interpret(t.q.UncoverTalks(ctx, o.row.ID))
}

// allows locks a case for a step that need not move it.
func (d Desk) allows(ctx context.Context, viewer cases.Staff, n cases.Number, verb cases.Verb) (*opened, error) {
	o, err := d.find(ctx, viewer, n)
	if err != nil {
		return nil, err
	}
	if o.erased() {
		return nil, cases.Fail(cases.NotAllowed, "error.erased")
	}
	_, err = cases.Next(o.stream(), o.status(), verb, o.row.Urgent)
	return o, err
}

// Handover gives a report as the police get it, for a phiếu chuyển, and writes down that
// one was made.
func (d Desk) Handover(ctx context.Context, viewer cases.Staff, n cases.Number) (cases.Case, error) {
	o, err := d.allows(ctx, viewer, n, cases.Slip)
	if err != nil {
		return cases.Case{}, err
	}
	if err := d.t.record(ctx, o, cases.Slip, o.status(), o.status(), &viewer, ""); err != nil {
		return cases.Case{}, err
	}
	if err := d.t.save(ctx, o); err != nil {
		return cases.Case{}, err
	}
	return d.t.asShared(ctx, o)
}

func (t *Tx) asShared(ctx context.Context, o *opened) (cases.Case, error) {
	t.shared = true
	defer func() { t.shared = false }()
	return t.assemble(ctx, o)
}

// AskPDF asks for the PDF of a phiếu chuyển that was just made; whose and of which case
// is sealed.
func (t *Tx) AskPDF(n cases.Number, viewer cases.StaffID) error {
	raw, err := json.Marshal(slipRef{n, viewer})
	if err != nil {
		return fmt.Errorf("writing a reference: %w", err)
	}
	t.jobs = append(t.jobs, river.InsertManyParams{
		Args:       cases.SlipPDFArgs{Slip: t.s.vault.SealEdgeText(t.s.place("river_job.slip", nil), raw)},
		InsertOpts: &river.InsertOpts{Queue: FilesQueue, MaxAttempts: pdfTries},
	})
	return nil
}

// pdfTries is how often a PDF is tried before its absence is told.
const pdfTries = 2

type slipRef struct {
	Number cases.Number  `json:"number"`
	Viewer cases.StaffID `json:"viewer"`
}

// SlipOf gives the report of a job as the police get it, and who asked; NotFound when
// that account may not see it any more.
func (s *Store) SlipOf(ctx context.Context, job cases.SlipPDFArgs) (c cases.Case, viewer cases.Staff, err error) {
	raw, err := s.vault.OpenEdgeText(s.place("river_job.slip", nil), job.Slip)
	if err != nil {
		return c, viewer, err
	}
	var ref slipRef
	if err := json.Unmarshal(raw, &ref); err != nil {
		return c, viewer, cases.Reason("reading a reference: malformed")
	}
	err = s.inTx(ctx, func(t *Tx) error {
		all, err := t.StaffList(ctx)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(one cases.Staff) bool {
			return one.ID == ref.Viewer && !one.Locked && one.Role.MayAny(cases.WorkReports, cases.PoliceReports)
		})
		if i < 0 {
			return cases.Fail(cases.NotFound, "")
		}
		viewer, t.staff = all[i], &all[i]
		o, err := t.Desk(cases.ReportStream).allows(ctx, viewer, ref.Number, cases.Slip)
		if err != nil {
			return err
		}
		c, err = t.asShared(ctx, o)
		return err
	})
	return c, viewer, err
}

// Escalate lets announce tell of every report that the police have not acknowledged in
// time, once each time it was handed over, and counts them.
func (s *Store) Escalate(ctx context.Context, announce func(cases.Case) []Message) (told int, err error) {
	var waiting []uuid.UUID
	err = s.inTx(ctx, func(t *Tx) error {
		if err := t.enter(ctx, cases.ReportStream); err != nil {
			return err
		}
		waiting, err = t.q.ForwardedCases(ctx, int32(s.conf.Ward))
		return interpret(err)
	})
	for _, id := range waiting {
		if err == nil {
			err = s.inTx(ctx, func(t *Tx) error {
				done, err := t.escalate(ctx, id, announce)
				if done {
					told++
				}
				return err
			})
		}
	}
	return told, err
}

func (t *Tx) escalate(ctx context.Context, id uuid.UUID, announce func(cases.Case) []Message) (bool, error) {
	o, err := t.own(ctx, cases.ReportStream, id.String())
	if err != nil || o.status() != cases.Forwarded {
		return false, err
	}
	history, err := t.history(ctx, o)
	if err != nil {
		return false, err
	}
	l, err := t.limits(ctx)
	if err != nil {
		return false, err
	}
	at, known := cases.Handed(history)
	if known || !t.now.After(cases.AcknowledgeBy(l.calendar, o.row.Urgent, at)) {
		return false, nil
	}
	if err := t.record(ctx, o, cases.Escalate, o.status(), o.status(), nil, ""); err != nil {
		return false, err
	}
	if err := t.save(ctx, o); err != nil {
		return false, err
	}
	return true, t.send(ctx, announce(cases.Case{Number: o.number(), Urgent: o.row.Urgent}))
}
