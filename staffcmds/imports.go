package staffcmds

import (
	"context"
	"strconv"

	"tinbao/bot"
	"tinbao/cases"
)

// Imports are files of establishments that staff send in.
type Imports interface {
	OfferImport(ctx context.Context, by cases.StaffID, f cases.OfferedFile) error
	ApplyImport(ctx context.Context, by cases.Staff, id int) (cases.Import, error)
	DropImport(ctx context.Context, by cases.Staff, id int) error
	UndoImport(ctx context.Context, by cases.Staff, id int) (since []int, err error)
	// RegisterForm is the form that is filled in and sent back, an .xlsx file.
	RegisterForm(ctx context.Context) ([]byte, error)
}

// FormName is the name of the form.
const FormName = "mau-danh-sach-co-so.xlsx"

// form sends the form.
func (p premises) form(ctx context.Context, _ string) error {
	body, err := p.st.RegisterForm(ctx)
	if err != nil {
		return err
	}
	bot.Await(p.st, p.r.Lang, registerName, regImport)
	p.r.Reply(bot.Reply{Lines: []bot.Text{bot.T("import.form")}, File: &bot.Attachment{Name: FormName, Body: body}})
	return nil
}

// receive takes the file, which a job then reads.
func (p premises) receive(ctx context.Context, _ string) error {
	if p.r.File == nil || p.r.File.Kind != cases.Document {
		bot.Await(p.st, p.r.Lang, registerName, regImport)
		if p.r.File != nil || p.r.Press == nil && p.r.Text != "" && p.r.Command == "" {
			p.r.Say(bot.T("import.kind"))
			return nil
		}
		return p.say([]bot.Text{bot.T("import.ask", "rows", cases.MaxImportRows)}, []bot.Button{p.button("import.do.form", regForm)}, toRegister())
	}
	if err := p.st.OfferImport(ctx, p.r.Staff.ID, *p.r.File); err != nil {
		return err
	}
	p.r.Say(bot.T("import.coming"))
	return nil
}

const (
	faultsShown = 12
	rowsShown   = 5
)

// ImportReply is what whoever sent a file reads once it was compared with the register.
func ImportReply(id int, p cases.ImportPreview) bot.Reply {
	lines := []bot.Text{bot.T("import.head.preview", "fresh", p.Fresh(), "changed", p.Changed(), "same", p.Same, "wrong", len(p.Wrong))}
	for _, row := range p.Rows[:min(len(p.Rows), rowsShown)] {
		key := "import.row.changed"
		if row.Fresh {
			key = "import.row.fresh"
		}
		lines = append(lines, bot.T(key, "row", strconv.Itoa(row.Row), "name", clip(row.Name, clippedName), "address", clip(row.Address, clippedName)))
	}
	if len(p.Rows) > rowsShown {
		lines = append(lines, bot.T("import.more", "n", len(p.Rows)-rowsShown))
	}
	for _, f := range p.Faults[:min(len(p.Faults), faultsShown)] {
		lines = append(lines, bot.T("import.row.wrong", "row", strconv.Itoa(f.Row), "fault", faultText(f)))
	}
	if len(p.Faults) > faultsShown {
		lines = append(lines, bot.T("import.more.faults", "n", len(p.Faults)-faultsShown))
	}
	rows := [][]bot.Button{toRegister()}
	if len(p.Rows) > 0 {
		n := strconv.Itoa(id)
		rows = [][]bot.Button{{
			{Label: bot.T("import.do.apply", "n", len(p.Rows)), Do: bot.Action(registerName, regApply, n)},
			{Label: bot.T("import.do.drop"), Do: bot.Action(registerName, regDrop, n)},
		}}
	}
	return bot.Reply{Lines: lines, Buttons: rows, Protect: true}
}

// FaultWords is what stands beside a wrong row in the file that goes back.
func FaultWords(f cases.RowFault) bot.Text { return faultText(f) }

func (p premises) apply(ctx context.Context, rest string) error {
	id, err := strconv.Atoi(rest)
	if err != nil {
		return cases.Fail(cases.NotFound, "")
	}
	m, err := p.st.ApplyImport(ctx, *p.r.Staff, id)
	if err != nil {
		return err
	}
	return p.say([]bot.Text{bot.T("import.applied", "fresh", m.Fresh, "changed", m.Changed)},
		[]bot.Button{{Label: bot.T("import.do.undo"), Do: bot.Action(registerName, regUndo, rest)}}, toRegister())
}

func (p premises) drop(ctx context.Context, rest string) error {
	id, err := strconv.Atoi(rest)
	if err != nil {
		return cases.Fail(cases.NotFound, "")
	}
	if err := p.st.DropImport(ctx, *p.r.Staff, id); err != nil {
		return err
	}
	return p.say([]bot.Text{bot.T("import.dropped")}, toRegister())
}

// undo takes an import back. When something else has happened to one of its rows since,
// it says to which.
func (p premises) undo(ctx context.Context, rest string) error {
	id, err := strconv.Atoi(rest)
	if err != nil {
		return cases.Fail(cases.NotFound, "")
	}
	since, err := p.st.UndoImport(ctx, *p.r.Staff, id)
	if err != nil {
		return err
	}
	if len(since) == 0 {
		return p.say([]bot.Text{bot.T("import.undone")}, toRegister())
	}
	all, err := p.st.Establishments(ctx)
	if err != nil {
		return err
	}
	lines := []bot.Text{bot.T("import.undo.changed", "n", len(since))}
	var touched []cases.Establishment
	for _, id := range since[:min(len(since), faultsShown)] {
		if e, err := cases.EstablishmentByID(all, id); err == nil {
			touched = append(touched, e)
			lines = append(lines, bot.T("import.undo.line", "id", strconv.Itoa(e.ID), "name", clip(e.Name, clippedName)))
		}
	}
	rows := entryButtons(touched, func(e cases.Establishment) string { return bot.Action(registerName, entryRef(e.ID)) })
	p.r.Reply(bot.Reply{Lines: lines, Buttons: append(rows, toRegister()), Protect: true})
	return nil
}
