package staffcmds

import (
	"context"
	"strconv"

	"tinbao/bot"
	"tinbao/cases"
)

// one works on a report.
func (b reportBook) one(ctx context.Context, id int, args []string) error {
	r, err := b.st.PeriodicReport(ctx, id)
	if err != nil {
		return err
	}
	if len(args) == 0 {
		return b.card(ctx, r, "")
	}
	rest := args[1:]
	sure := len(rest) == 1 && rest[0] == yes
	switch args[0] {
	case periodicPart:
		return b.part(ctx, r, "")
	case periodicGroup:
		return b.group(ctx, r, rest)
	case periodicSource:
		return b.source(ctx, r, rest)
	case periodicHard, periodicWish, periodicNothing:
		return b.say(ctx, r, args[0], b.words)
	case periodicHandIn, periodicTakeBack:
		return b.handIn(ctx, r, args[0] == periodicHandIn)
	case periodicMerge:
		return b.merge(ctx, r, sure)
	case periodicGiveBack:
		return b.move(ctx, r, cases.GiveBack, cases.ApproveReports, sure, "baocao.told.giveback", cases.CompileReports)
	case periodicApprove:
		return b.move(ctx, r, cases.ApproveReport, cases.ApproveReports, sure, "baocao.told.approve", cases.CompileReports)
	case periodicIssue:
		return b.move(ctx, r, cases.IssueReport, cases.CompileReports, sure, "baocao.told.issue", cases.ApproveReports)
	case periodicCorrect:
		return b.correct(ctx, r, sure)
	case periodicFiles:
		return b.files(ctx, r)
	}
	return b.card(ctx, r, "")
}

// card shows where a report stands, below what has just been done.
func (b reportBook) card(_ context.Context, r cases.WardReport, done string) error {
	return b.cardIn(r, done, b.r.Bubble())
}

func (b reportBook) cardIn(r cases.WardReport, done string, bubble int) error {
	var lines []bot.Text
	if done != "" {
		lines = append(lines, bot.T(done))
	}
	lines = append(lines, bot.T("baocao.card", "title", periodicLabel(r)), bot.T("baocao.card.days", "from", r.From.Start(), "to", r.To.Start()))
	if b.unfinished(r) {
		lines = append(lines, bot.T("baocao.card.unfinished"))
	}
	due := "baocao.card.due"
	if r.Overdue(cases.DayOf(b.st.Now())) {
		due = "baocao.card.overdue"
	}
	lines = append(lines, bot.T(due, "due", r.Due.Start()), bot.T("baocao.state."+string(r.State), "by", clip(r.ApprovedBy, cardName), "at", r.Approved))
	for _, p := range r.Parts {
		unit := bot.T("baocao.unit." + string(p.Unit))
		if p.Returned.IsZero() {
			lines = append(lines, bot.T("baocao.part.missing", "unit", unit))
			continue
		}
		lines = append(lines, bot.T("baocao.part.returned", "unit", unit, "at", p.Returned, "by", clip(p.By, cardName)))
	}
	b.r.Reply(bot.Reply{Lines: lines, Buttons: append(b.cardButtons(r), toReports()), Edit: bubble, Protect: true})
	return nil
}

// unfinished reports whether figures of the period may still come.
func (b reportBook) unfinished(r cases.WardReport) bool {
	return !r.State.Frozen() && b.st.Now().Before(r.To.End())
}

func (b reportBook) cardButtons(r cases.WardReport) (rows [][]bot.Button) {
	id := strconv.Itoa(r.ID)
	add := func(right cases.Right, act cases.ReportAct, label, word string) []bot.Button {
		if _, err := r.State.After(act); err != nil || !b.may(right) {
			return nil
		}
		return []bot.Button{periodicButton(bot.T(label), id, word)}
	}
	if b.may(cases.FillReports) {
		rows = append(rows, []bot.Button{periodicButton(bot.T("baocao.do.part"), id, periodicPart)})
	}
	for _, row := range [][]bot.Button{
		add(cases.CompileReports, cases.MergeParts, "baocao.do.merge", periodicMerge),
		append(add(cases.ApproveReports, cases.ApproveReport, "baocao.do.approve", periodicApprove), add(cases.ApproveReports, cases.GiveBack, "baocao.do.giveback", periodicGiveBack)...),
		append(add(cases.CompileReports, cases.IssueReport, "baocao.do.issue", periodicIssue), add(cases.CompileReports, cases.CorrectReport, "baocao.do.correct", periodicCorrect)...),
	} {
		if row != nil {
			rows = append(rows, row)
		}
	}
	if b.sees() {
		rows = append(rows, []bot.Button{periodicButton(bot.T("baocao.do.files"), id, periodicFiles), periodicButton(bot.T("baocao.do.source"), id, periodicSource)})
	}
	return rows
}

// sure asks once more.
func (b reportBook) sure(r cases.WardReport, word string, question bot.Text) error {
	id := strconv.Itoa(r.ID)
	lines := []bot.Text{bot.T("baocao.card", "title", periodicLabel(r))}
	if b.unfinished(r) {
		lines = append(lines, bot.T("baocao.card.unfinished"))
	}
	return b.reply(append(lines, question),
		[]bot.Button{periodicButton(bot.T("button.sure"), id, word, yes)}, []bot.Button{periodicButton(bot.T("button.back"), id)})
}

// merge ends the collecting of parts, also without those that did not come, and brings
// the draft to the leader.
func (b reportBook) merge(ctx context.Context, r cases.WardReport, sure bool) error {
	if err := b.needs(cases.CompileReports); err != nil {
		return err
	}
	if _, err := r.State.After(cases.MergeParts); err != nil {
		return err
	}
	if missing := r.Missing(); !sure && len(missing) > 0 {
		return b.sure(r, periodicMerge, bot.T("baocao.sure.missing", "n", len(missing)))
	}
	r, err := b.st.MoveReport(ctx, *b.r.Staff, r.ID, cases.MergeParts)
	if err != nil {
		return err
	}
	leader := func(s cases.Staff) bool { return s.Role.May(cases.ApproveReports) }
	if err := b.tell(ctx, r, "baocao.told.merge", leader); err != nil {
		return err
	}
	staff, err := b.st.StaffList(ctx)
	if err != nil {
		return err
	}
	for _, s := range staff {
		if s.Reachable() && leader(s) {
			if err := b.st.AskReportFiles(ctx, s.ID, r.ID); err != nil {
				return err
			}
		}
	}
	return b.card(ctx, r, "baocao.merged")
}

// move takes a step that is asked for once more and told to others.
func (b reportBook) move(ctx context.Context, r cases.WardReport, act cases.ReportAct, right cases.Right, sure bool, told string, others cases.Right) error {
	if err := b.needs(right); err != nil {
		return err
	}
	if _, err := r.State.After(act); err != nil {
		return err
	}
	words := map[cases.ReportAct]string{cases.GiveBack: periodicGiveBack, cases.ApproveReport: periodicApprove, cases.IssueReport: periodicIssue}
	if !sure {
		return b.sure(r, words[act], bot.T("baocao.sure."+string(act)))
	}
	r, err := b.st.MoveReport(ctx, *b.r.Staff, r.ID, act)
	if err != nil {
		return err
	}
	if err := b.tell(ctx, r, told, func(s cases.Staff) bool { return s.Role.May(others) }); err != nil {
		return err
	}
	return b.card(ctx, r, "baocao.done."+string(act))
}

// correct opens a bản điều chỉnh.
func (b reportBook) correct(ctx context.Context, r cases.WardReport, sure bool) error {
	if err := b.needs(cases.CompileReports); err != nil {
		return err
	}
	if _, err := r.State.After(cases.CorrectReport); err != nil {
		return err
	}
	if !sure {
		return b.sure(r, periodicCorrect, bot.T("baocao.sure.correct"))
	}
	fresh, err := b.st.CorrectReport(ctx, b.r.Staff.ID, r.ID)
	if err != nil {
		return err
	}
	if err := b.tell(ctx, fresh, "baocao.told.open", func(s cases.Staff) bool { return s.Role.May(cases.FillReports) }); err != nil {
		return err
	}
	return b.card(ctx, fresh, "baocao.done.correct")
}

// files has the files made; they come as messages of their own.
func (b reportBook) files(ctx context.Context, r cases.WardReport) error {
	if !b.sees() {
		return cases.Fail(cases.NotFound, "")
	}
	if err := b.st.AskReportFiles(ctx, b.r.Staff.ID, r.ID); err != nil {
		return err
	}
	b.r.Toast(bot.T("baocao.files.coming"))
	return nil
}

// unit is the unit the person gives a part for.
func (b reportBook) unit() (cases.Role, error) {
	if err := b.needs(cases.FillReports); err != nil {
		return "", err
	}
	return b.r.Staff.Role, nil
}

// part shows the part of the person's unit: its figures by group, and its words.
func (b reportBook) part(_ context.Context, r cases.WardReport, done string) error {
	unit, err := b.unit()
	if err != nil {
		return err
	}
	p, _ := r.Part(unit)
	var lines []bot.Text
	if done != "" {
		lines = append(lines, bot.T(done))
	}
	lines = append(lines, bot.T("baocao.part.head", "unit", bot.T("baocao.unit."+string(unit)), "title", periodicLabel(r)))
	lines = append(lines, said("baocao.part.hard", p.Words.Difficulties), said("baocao.part.wish", p.Words.Proposals))
	id := strconv.Itoa(r.ID)
	rows := b.groupButtons(r)
	switch {
	case r.State != cases.ReportOpen:
	case p.Returned.IsZero():
		lines = append(lines, bot.T("baocao.part.todo"))
		rows = append(rows, []bot.Button{periodicButton(bot.T("baocao.do.hard"), id, periodicHard), periodicButton(bot.T("baocao.do.wish"), id, periodicWish)},
			[]bot.Button{periodicButton(bot.T("baocao.do.nothing"), id, periodicNothing), periodicButton(bot.T("baocao.do.handin"), id, periodicHandIn)})
	default:
		lines = append(lines, bot.T("baocao.part.in"))
		rows = append(rows, []bot.Button{periodicButton(bot.T("baocao.do.takeback"), id, periodicTakeBack)})
	}
	return b.reply(lines, append(rows, []bot.Button{periodicButton(bot.T("button.back"), id)})...)
}

// said is a line of words; "" = nothing yet.
func said(key, words string) bot.Text {
	if words == "" {
		return bot.T(key, "words", bot.T("baocao.part.nothing"))
	}
	return bot.T(key, "words", clip(words, shownWords))
}

// say keeps words of a part, or asks for them; the figures are in the registers.
func (b reportBook) say(ctx context.Context, r cases.WardReport, what, words string) error {
	unit, err := b.unit()
	if err != nil {
		return err
	}
	p, _ := r.Part(unit)
	if r.State != cases.ReportOpen || !p.Returned.IsZero() {
		return cases.Fail(cases.NotAllowed, "baocao.state")
	}
	switch {
	case what == periodicNothing:
		p.Words = cases.PartWords{}
	case words == "":
		return b.askWords(r, what)
	case units(words) > maxPartWords:
		b.r.Alert(bot.T("error.toolong"))
		return b.askWords(r, what)
	case what == periodicHard:
		p.Words.Difficulties = words
	default:
		p.Words.Proposals = words
	}
	if err := b.st.SayPart(ctx, b.r.Staff.ID, r.ID, unit, p.Words); err != nil {
		return err
	}
	if r, err = b.st.PeriodicReport(ctx, r.ID); err != nil {
		return err
	}
	return b.part(ctx, r, "baocao.part.kept")
}

// Bounds of each of the words of a part, in characters: kept, and shown on its card.
const (
	maxPartWords = 2000
	shownWords   = 700
)

func (b reportBook) askWords(r cases.WardReport, what string) error {
	id := strconv.Itoa(r.ID)
	bot.Await(b.st, b.r.Lang, periodicName, id, what)
	return b.reply([]bot.Text{bot.T("baocao.ask."+what, "title", periodicLabel(r))}, []bot.Button{periodicButton(bot.T("button.back"), id, periodicPart)})
}

// handIn hands the part of the unit in, or takes it back.
func (b reportBook) handIn(ctx context.Context, r cases.WardReport, in bool) error {
	unit, err := b.unit()
	if err != nil {
		return err
	}
	if r, err = b.st.HandInPart(ctx, b.r.Staff.ID, r.ID, unit, in); err != nil {
		return err
	}
	if !in {
		return b.part(ctx, r, "baocao.part.back")
	}
	if len(r.Missing()) == 0 {
		if err := b.tell(ctx, r, "baocao.told.complete", func(s cases.Staff) bool { return s.Role.May(cases.CompileReports) }); err != nil {
			return err
		}
	}
	return b.card(ctx, r, "baocao.part.sent")
}
