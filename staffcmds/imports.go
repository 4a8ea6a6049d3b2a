package staffcmds

import (
	"context"
	"strconv"
	"strings"

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
	rowsShown   = 10
	namesShown  = 8  // of sheets and columns
	valueShown  = 30 // units of a wrong cell
	partShown   = 40 // units of a part of an entry
)

// ImportReply is what whoever sent a file reads once it was compared with the register: what
// was read and what not, the first entries as they will be, and the faults.
func ImportReply(id int, p cases.ImportPreview, lists cases.EstablishmentLists, hamlets []string) bot.Reply {
	lines := []bot.Text{bot.T("import.head.preview", "fresh", p.Fresh(), "changed", p.Changed(), "same", p.Same, "wrong", len(p.Wrong))}
	lines = append(lines, readLines(p)...)
	for _, row := range p.Rows[:min(len(p.Rows), rowsShown)] {
		key := "import.row.changed"
		if row.Fresh {
			key = "import.row.fresh"
		}
		lines = append(lines, bot.T(key, "row", strconv.Itoa(row.Row), "name", clip(row.Name, clippedName), "rest", entryParts(row.Establishment, lists, hamlets)))
	}
	if len(p.Rows) > rowsShown {
		lines = append(lines, bot.T("import.more", "n", len(p.Rows)-rowsShown))
	}
	for _, f := range p.Faults[:min(len(p.Faults), faultsShown)] {
		lines = append(lines, bot.T("import.row.wrong", "cell", f.Cell, "fault", faultText(f)))
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

// readLines say what of a file was read, what was changed on the way, and what was not read.
func readLines(p cases.ImportPreview) (lines []bot.Text) {
	if p.Sheet == "" {
		lines = append(lines, bot.T("import.read.text", "row", strconv.Itoa(p.HeadRow)))
	} else {
		lines = append(lines, bot.T("import.read", "sheet", clip(p.Sheet, partShown), "row", strconv.Itoa(p.HeadRow)))
	}
	if len(p.Lists) > 0 {
		lines = append(lines, bot.T("import.lists", "names", inQuotes(p.Lists)))
	}
	if len(p.Others) > 0 {
		lines = append(lines, bot.T("import.others", "names", inQuotes(p.Others)))
	}
	var passed []bot.Text
	for _, kind := range cases.PassedKinds {
		if n := p.Passed[kind]; n > 0 {
			passed = append(passed, bot.T("import.skipped."+string(kind), "n", n))
		}
	}
	if len(passed) > 0 {
		lines = append(lines, bot.T("import.skipped", "what", enumerated(passed)))
	}
	if len(p.Unused) > 0 {
		lines = append(lines, bot.T("import.unused", "names", inQuotes(p.Unused)))
	}
	if p.Wide {
		lines = append(lines, bot.T("import.wide"))
	}
	if p.Converted > 0 {
		lines = append(lines, bot.T("import.converted", "n", p.Converted))
	}
	if p.Zeros > 0 {
		lines = append(lines, bot.T("import.zeros", "n", p.Zeros))
	}
	return lines
}

// inQuotes are names of a file, the first ones.
func inQuotes(names []string) string {
	var all []string
	for _, name := range names[:min(len(names), namesShown)] {
		all = append(all, "«"+clip(name, valueShown)+"»")
	}
	if len(names) > namesShown {
		all = append(all, "…")
	}
	return strings.Join(all, ", ")
}

// enumerated joins texts with commas.
func enumerated(list []bot.Text) bot.Text {
	all := list[0]
	for _, next := range list[1:] {
		all = bot.T("import.and", "first", all, "next", next)
	}
	return all
}

// entryParts are the parts of an entry behind its name.
func entryParts(e cases.Establishment, lists cases.EstablishmentLists, hamlets []string) string {
	hamlet := strconv.Itoa(e.Hamlet)
	if e.Hamlet > 0 && e.Hamlet <= len(hamlets) {
		hamlet = hamlets[e.Hamlet-1]
	}
	var all []string
	for _, part := range []string{lists.Label(cases.TypeList, e.Type), hamlet, e.Address, e.Owner, e.Phone, e.Licence, lists.Label(cases.RiskList, e.Risk)} {
		if part != "" {
			all = append(all, clip(part, partShown))
		}
	}
	return strings.Join(all, " · ")
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
