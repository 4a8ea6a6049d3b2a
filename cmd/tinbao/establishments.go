package main

import (
	"context"
	"slices"
	"strings"

	"github.com/riverqueue/river"

	"tinbao/bot"
	"tinbao/cases"
	"tinbao/locale"
	"tinbao/media"
	paper "tinbao/reports"
	"tinbao/staffcmds"
	"tinbao/storage"
)

// registerWidths are the widths of the form's columns, in characters.
var registerWidths = map[cases.ImportColumn]float64{cases.ColName: 32, cases.ColType: 24, cases.ColHamlet: 18, cases.ColAddress: 32, cases.ColOwner: 24}

const defaultWidth = 14

// RegisterForm is the form for the register, with the lists of the ward. It is
// Vietnamese, whoever asks for it, as is the register.
func (u unit) RegisterForm(ctx context.Context) ([]byte, error) {
	lists, err := u.EstablishmentLists(ctx)
	if err != nil {
		return nil, err
	}
	ward, err := u.Ward(ctx)
	if err != nil {
		return nil, err
	}
	return u.app.registerForm(ward, lists, nil).Xlsx()
}

// registerForm is the form, with rows that stand in it already.
func (a *app) registerForm(ward cases.Ward, lists cases.EstablishmentLists, rows [][]string) paper.Form {
	say := func(key string) string { return a.renderer.Format(locale.Vietnamese, bot.T(key)) }
	labels := func(name cases.ListName) (all []string) {
		for _, item := range lists.Offered(name) {
			all = append(all, item.Label)
		}
		return all
	}
	yesNo := []string{"có", "không"}
	f := paper.Form{Title: say("import.sheet"), Creator: "UBND " + ward.Name, Choices: map[int]paper.Choice{}, Rows: rows}
	values := map[cases.ImportColumn][]string{
		cases.ColType: labels(cases.TypeList), cases.ColRisk: labels(cases.RiskList), cases.ColHamlet: ward.Hamlets,
		cases.ColSecurity: yesNo, cases.ColVulnerable: yesNo, cases.ColCommitment: yesNo,
	}
	for i, c := range cases.ImportColumns {
		f.Heads = append(f.Heads, cases.ImportHeads[c])
		width, set := registerWidths[c]
		if !set {
			width = defaultWidth
		}
		f.Widths = append(f.Widths, width)
		if list := values[c]; list != nil {
			f.Choices[i] = paper.Choice{Head: cases.ImportHeads[c], Values: list}
		}
	}
	return f
}

// wrongRows is a table of the rows that were not understood, as they stand in the file,
// with what is wrong in the last column.
func (a *app) wrongRows(ward cases.Ward, p cases.ImportPreview) paper.Form {
	say := func(t bot.Text) string { return a.renderer.Format(locale.Vietnamese, t) }
	heads := slices.Clone(p.Head)
	for _, row := range p.Wrong {
		for len(heads) < len(row.Cells) {
			heads = append(heads, "")
		}
	}
	f := paper.Form{Title: say(bot.T("import.sheet")), Creator: "UBND " + ward.Name, Heads: append(heads, say(bot.T("import.column.fault")))}
	for range f.Heads {
		f.Widths = append(f.Widths, defaultWidth+defaultWidth/2)
	}
	for _, row := range p.Wrong {
		cells := make([]string, len(f.Heads))
		copy(cells, row.Cells)
		var faults []string
		for _, fault := range p.Faults {
			if fault.Row == row.Row {
				faults = append(faults, say(staffcmds.FaultWords(fault)))
			}
		}
		cells[len(cells)-1] = strings.Join(faults, "; ")
		f.Rows = append(f.Rows, cells)
	}
	return f
}

// fetchImport fetches a file of establishments, reads it and shows what it would do.
type fetchImport struct {
	river.WorkerDefaults[cases.FetchImportArgs]
	app *app
}

// Work is repeated by the queue until whoever sent the file knows what is in it. The file
// itself is kept nowhere.
func (w *fetchImport) Work(ctx context.Context, job *river.Job[cases.FetchImportArgs]) error {
	sent, err := w.app.store.SentFileOf(job.Args.File)
	if err != nil {
		return err
	}
	body, why, err := w.app.fetchFile(ctx, sent.File.FileID, cases.MaxImportBytes, "import.big", job.Attempt >= job.MaxAttempts)
	if err != nil {
		return err
	}
	var book []cases.Sheet
	if why == "" {
		if book, err = paper.ReadBook(body); err != nil {
			why = cases.TextOf(err)
		}
	}
	return w.app.store.Visit(ctx, nil, nil, func(ctx context.Context, t *storage.Tx) error {
		var replies []bot.Reply
		if why == "" {
			if replies, err = w.preview(ctx, t, sent, book); cases.KindOf(err) == cases.Invalid && err != nil {
				why = cases.TextOf(err)
			} else if err != nil {
				return err
			}
		}
		if why != "" {
			replies = []bot.Reply{{Lines: []bot.Text{bot.T("import.refused", "why", bot.T(why))}}}
		}
		return w.app.tellSender(ctx, t, sent, replies...)
	})
}

// preview compares a workbook with the register and keeps what it would do.
func (w *fetchImport) preview(ctx context.Context, t *storage.Tx, sent storage.SentFile, book []cases.Sheet) ([]bot.Reply, error) {
	now, err := t.Establishments(ctx)
	if err != nil {
		return nil, err
	}
	lists, err := t.EstablishmentLists(ctx)
	if err != nil {
		return nil, err
	}
	ward, err := t.Ward(ctx)
	if err != nil {
		return nil, err
	}
	p, err := cases.EstablishmentRegister{Now: now, Lists: lists, Hamlets: ward.Hamlets}.Compare(book)
	if err != nil {
		return nil, err
	}
	var replies []bot.Reply
	if len(p.Wrong) > 0 {
		body, err := w.app.wrongRows(ward, p).Xlsx()
		if err != nil {
			return nil, err
		}
		replies = append(replies, bot.Reply{Lines: []bot.Text{bot.T("import.wrong")}, Protect: true, File: &bot.Attachment{Name: "dong-co-loi.xlsx", Body: body}})
	}
	id, err := t.KeepImport(ctx, sent.By, p)
	return append(replies, staffcmds.ImportReply(id, p, lists, ward.Hamlets)), err
}

// tellSender answers whoever sent a file, as long as the account may still keep the
// register.
func (a *app) tellSender(ctx context.Context, t *storage.Tx, sent storage.SentFile, replies ...bot.Reply) error {
	all, err := t.StaffList(ctx)
	for _, s := range all {
		if s.ID != sent.By || !s.Reachable() || !s.Role.May(cases.KeepEstablishments) {
			continue
		}
		for _, r := range replies {
			r.Chat, r.Lang = s.Route.Chat, s.Route.Lang
			t.Queue(a.message(r))
		}
	}
	return err
}

// fetchInspectionPhoto fetches, cleans and seals a photo of an inspection.
type fetchInspectionPhoto struct {
	river.WorkerDefaults[cases.FetchInspectionPhotoArgs]
	app *app
}

// Work is repeated by the queue until the photo is kept or refused.
func (w *fetchInspectionPhoto) Work(ctx context.Context, job *river.Job[cases.FetchInspectionPhotoArgs]) error {
	sent, err := w.app.store.SentFileOf(job.Args.File)
	if err != nil {
		return err
	}
	body, why, err := w.app.fetchFile(ctx, sent.File.FileID, media.MaxBytes, media.TextTooBig, job.Attempt >= job.MaxAttempts)
	if err != nil {
		return err
	}
	if why == "" {
		var mime string
		body, mime, err = w.app.clean(ctx, cases.Photo, body)
		switch {
		case err != nil && cases.KindOf(err) == cases.Invalid:
			why = cases.TextOf(err)
		case err != nil:
			return err
		case mime != "image/jpeg":
			why = "inspection.photo.kind"
		}
	}
	return w.app.store.Visit(ctx, nil, nil, func(ctx context.Context, t *storage.Tx) error {
		reply := bot.Reply{Lines: []bot.Text{bot.T("inspection.photo.refused", "why", bot.T(why))}, Buttons: staffcmds.InspectionKept(sent.Inspection), Protect: true}
		if why == "" {
			i, err := t.AddInspectionPhoto(ctx, cases.Staff{ID: sent.By}, sent.Inspection, body)
			switch {
			case cases.KindOf(err) == cases.NotAllowed && err != nil:
				reply.Lines = []bot.Text{bot.T("inspection.photo.refused", "why", bot.T(cases.TextOf(err)))}
			case err != nil:
				return err
			default:
				reply.Lines = []bot.Text{bot.T("inspection.photo.kept", "n", i.Photos, "id", i.ID)}
			}
		}
		return w.app.tellSender(ctx, t, sent, reply)
	})
}
