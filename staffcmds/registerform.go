package staffcmds

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"tinbao/bot"
	"tinbao/cases"
)

// filling is an entry on its way. It is the draft of the chat, in which the next text is
// an answer too; another command ends it.
type filling struct {
	Form    string        `json:"form"`
	ID      int           `json:"id,omitempty"` // of an entry that is corrected
	Version int           `json:"version,omitempty"`
	Answers cases.Answers `json:"answers"`
	Fix     string        `json:"fix,omitempty"`    // the question that is answered anew
	Bubble  int           `json:"bubble,omitempty"` // the message that asks
}

// fillingDraft is a filling as the router reads a draft that waits for a text.
type fillingDraft struct {
	Await string   `json:"await"`
	Args  []string `json:"args"`
	Entry *filling `json:"entry"`
}

// The steps that are no answer, behind the mark "." in place of a question.
const (
	noQuestion = "."
	fillSend   = "ok"
	fillCancel = "x"
	fillBack   = "<"
	fillReview = "?"
	fillChange = "~"
)

// begin asks the first question of a new entry.
func (l ledger) begin(reg cases.Register) error {
	if !reg.FilledBy(l.r.Staff.Role) {
		return cases.Fail(cases.NotFound, "error.command")
	}
	return l.ask(reg, filling{Form: reg.Key, Answers: cases.Answers{}, Bubble: l.r.Bubble()}, "")
}

// answer takes an answer of the entry that is open, typed or by button.
func (l ledger) answer(ctx context.Context, args []string) error {
	var d fillingDraft
	if json.Unmarshal(l.r.Draft, &d) != nil || d.Entry == nil || d.Entry.Answers == nil {
		l.r.Alert(bot.T("registers.gone"))
		return l.menu(ctx)
	}
	f := *d.Entry
	reg, err := cases.RegisterOf(f.Form)
	if err == nil && !reg.FilledBy(l.r.Staff.Role) {
		err = cases.Fail(cases.NotFound, "error.command")
	}
	if err != nil {
		return err
	}
	if l.r.Press == nil {
		return l.typed(reg, f, joined(args))
	}
	f.Bubble = cmp.Or(l.r.Bubble(), f.Bubble)
	if len(args) < 2 {
		return l.ask(reg, f, "")
	}
	if args[0] == noQuestion {
		return l.step(ctx, reg, f, args[1], args[2:])
	}
	q, waits := f.question(reg)
	if !waits || q.Key != args[0] { // a button of an earlier question
		return l.ask(reg, f, "")
	}
	return l.take(reg, f, q, args[1])
}

// typed takes an answer that was written; it does not stay below the questions.
func (l ledger) typed(reg cases.Register, f filling, text string) error {
	if f.Bubble != 0 && l.r.MessageID != 0 {
		l.r.Reply(bot.Reply{Erase: l.r.MessageID})
	}
	q, waits := f.question(reg)
	if !waits {
		return l.ask(reg, f, "registers.press")
	}
	return l.take(reg, f, q, text)
}

func (l ledger) take(reg cases.Register, f filling, q cases.RegisterQuestion, said string) error {
	kept, err := q.ReadAnswer(said, cases.DayOf(l.st.Now()))
	if err != nil {
		return l.ask(reg, f, cases.TextOf(err))
	}
	f.Answers[q.Key], f.Fix = kept, ""
	return l.ask(reg, f, "")
}

// question is the one that waits for its answer; false when all have one.
func (f filling) question(reg cases.Register) (cases.RegisterQuestion, bool) {
	if q, ok := reg.Question(f.Fix, f.Answers); ok {
		return q, true
	}
	return reg.Next(f.Answers)
}

// step does what is no answer.
func (l ledger) step(ctx context.Context, reg cases.Register, f filling, what string, rest []string) error {
	switch what {
	case fillCancel:
		l.r.Toast(bot.T("registers.cancelled"))
		if f.ID != 0 {
			return l.entry(ctx, f.ID, nil)
		}
		return l.register(ctx, reg.Key, nil)
	case fillBack:
		f.back(reg)
	case fillChange:
		if len(rest) > 0 {
			f.Fix = rest[0]
			return l.ask(reg, f, "")
		}
		return l.change(reg, f)
	case fillSend:
		return l.send(ctx, reg, f)
	}
	return l.ask(reg, f, "")
}

// back takes the last answer away.
func (f *filling) back(reg cases.Register) {
	if f.Fix != "" {
		f.Fix = ""
		return
	}
	last := ""
	for _, q := range reg.Asked(f.Answers) {
		if f.Answers[q.Key] == "" {
			break
		}
		last = q.Key
	}
	delete(f.Answers, last)
}

// keep makes the entry the draft of the chat.
func (l ledger) keep(f filling) error {
	raw, err := json.Marshal(fillingDraft{registersName, []string{registerAnswer}, &f})
	if err != nil {
		return fmt.Errorf("writing a draft: %w", err)
	}
	l.st.SaveDraft(raw, l.r.Lang)
	return nil
}

// show puts the entry, as far as it has come, on the message that asks.
func (l ledger) show(reg cases.Register, f filling, rows [][]bot.Button, below ...bot.Text) error {
	asked := reg.Asked(f.Answers)
	done := 0
	for _, q := range asked {
		if f.Answers[q.Key] != "" {
			done++
		}
	}
	lines := []bot.Text{bot.T("registers.filling", "register", registerLabel(reg.Key), "done", done, "all", len(asked))}
	lines = append(append(lines, answerLines(reg, f.Answers)...), below...)
	l.r.Reply(bot.Reply{Lines: lines, Buttons: rows, Edit: f.Bubble, Protect: true})
	return l.keep(f)
}

// ask asks what is missing; when nothing is, it shows the entry to be looked at. wrong is
// the text that helps with an answer that could not be read.
func (l ledger) ask(reg cases.Register, f filling, wrong string) error {
	var below []bot.Text
	q, waits := f.question(reg)
	if waits {
		below = append(below, bot.T("registers.ask", "question", questionLabel(reg.Key, q)))
	} else {
		below = append(below, bot.T("registers.review"))
	}
	if waits && q.Hint {
		below = append(below, bot.T("registers.hint", "hint", bot.T("register."+reg.Key+"."+q.Key+".hint")))
	}
	if wrong != "" {
		below = append(below, bot.T("registers.wrong", "help", bot.T(wrong)))
	} else if waits {
		below = append(below, bot.T("registers.how."+string(q.Type)))
	}
	if !waits {
		return l.show(reg, f, [][]bot.Button{
			{do(bot.T("registers.do.send"), registerAnswer, noQuestion, fillSend)},
			{do(bot.T("registers.do.change"), registerAnswer, noQuestion, fillChange), do(bot.T("button.cancel"), registerAnswer, noQuestion, fillCancel)},
		}, below...)
	}
	return l.show(reg, f, append(l.answers(reg, q), l.ways(f, q)), below...)
}

// answers are the buttons that answer a question.
func (l ledger) answers(reg cases.Register, q cases.RegisterQuestion) [][]bot.Button {
	var buttons []bot.Button
	columns := questionsInRow
	add := func(label bot.Text, value string) {
		buttons = append(buttons, do(label, registerAnswer, q.Key, value))
	}
	switch q.Type {
	case cases.DayAnswer:
		today := cases.DayOf(l.st.Now())
		add(bot.T("registers.today"), cases.DayText(today))
		add(bot.T("registers.yesterday"), cases.DayText(today.Add(-1)))
	case cases.ChoiceAnswer:
		if columns = 1; len(q.Choices) > 3 {
			columns = questionsInRow
		}
		for _, c := range q.Choices {
			add(answerText(reg.Key, q, c, cardName), c)
		}
	case cases.YesNoAnswer:
		add(bot.T("registers.said.yes"), cases.SaidYes)
		add(bot.T("registers.said.no"), cases.SaidNo)
	default:
		for _, n := range q.Usual {
			add(answerText(reg.Key, q, n, cardName), n)
		}
	}
	return slices.Collect(slices.Chunk(buttons, columns))
}

// ways are the buttons that lead on without an answer.
func (l ledger) ways(f filling, q cases.RegisterQuestion) (row []bot.Button) {
	if q.Optional {
		row = append(row, do(bot.T("button.skip"), registerAnswer, q.Key, cases.Skipped))
	}
	if len(f.Answers) > 0 {
		row = append(row, do(bot.T("button.back"), registerAnswer, noQuestion, fillBack))
	}
	return append(row, do(bot.T("button.cancel"), registerAnswer, noQuestion, fillCancel))
}

// change offers the answers to be given anew.
func (l ledger) change(reg cases.Register, f filling) error {
	var buttons []bot.Button
	for _, q := range reg.Asked(f.Answers) {
		buttons = append(buttons, do(questionLabel(reg.Key, q), registerAnswer, noQuestion, fillChange, q.Key))
	}
	rows := append(slices.Collect(slices.Chunk(buttons, questionsInRow)), []bot.Button{do(bot.T("button.back"), registerAnswer, noQuestion, fillReview)})
	return l.show(reg, f, rows, bot.T("registers.which"))
}

// send keeps the entry, or its new version, and shows its card.
func (l ledger) send(ctx context.Context, reg cases.Register, f filling) error {
	answers, err := reg.Complete(f.Answers)
	if err != nil {
		return l.ask(reg, f, cases.TextOf(err))
	}
	e := cases.RegisterEntry{ID: f.ID, Version: f.Version, Form: f.Form, Answers: answers}
	if e.ID != 0 {
		now, err := l.st.RegisterHistory(ctx, e.ID)
		if err != nil {
			return err
		}
		if maps.Equal(now[0].Answers, answers) {
			return l.card(reg, now[0], bot.T("registers.same"))
		}
	}
	return l.put(ctx, reg, e, bot.T("registers.kept"))
}
