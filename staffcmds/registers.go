package staffcmds

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"tinbao/bot"
	"tinbao/cases"
)

// Registering is what staff write down for the periodic report because the bot cannot
// know it.
type Registering interface {
	Registers(ctx context.Context, p cases.Period) (cases.FieldValues, error)
	RegisterEntries(ctx context.Context, p cases.Period, form string) ([]cases.RegisterEntry, error)
	RegisterPage(ctx context.Context, form string, page, size int) ([]cases.RegisterEntry, int, error)
	RegisterHistory(ctx context.Context, id int) ([]cases.RegisterEntry, error)
	PutRegisterEntry(ctx context.Context, by cases.Staff, e cases.RegisterEntry) (cases.RegisterEntry, error)
}

// What can be done in the registers.
const (
	registersName  = "so"
	registerNew    = "moi"
	registerTotals = "tong"
	registerAnswer = "=" // of the entry that is being filled
	registerLog    = "nhatky"
	registerFix    = "sua"
	registerVoid   = "bo"
)

const (
	entriesOnPage    = 6
	registersInRow   = 2
	groupsInRow      = 4
	questionsInRow   = 2
	registerVersions = 10
)

// registers keeps the registers: entries by short questions, corrections that leave what
// was there, totals of a period.
func registers() Command {
	return Command{
		Name: registersName, Aliases: []string{"register"}, Help: "cmd.so", Args: "usage.register", Rights: []cases.Right{cases.FillRegisters, cases.SeeFigures}, Rest: true, Listed: true,
		Run: func(ctx context.Context, st Store, r *bot.Request, args []string) error {
			l := ledger{st, r}
			if len(args) == 0 || args[0] == "" {
				return l.menu(ctx)
			}
			rest := args[1:]
			switch word := args[0]; {
			case word == registerAnswer:
				return l.answer(ctx, rest)
			case word == registerTotals:
				return l.totals(ctx, rest)
			case slices.Contains(cases.RegisterForms, word):
				return l.register(ctx, word, rest)
			default:
				id, err := strconv.Atoi(strings.TrimPrefix(word, "e"))
				if err != nil {
					return l.menu(ctx)
				}
				return l.entry(ctx, id, rest)
			}
		},
	}
}

// ledger is the registers on one phone.
type ledger struct {
	st Store
	r  *bot.Request
}

func (l ledger) reply(lines []bot.Text, rows [][]bot.Button) error {
	l.r.Reply(bot.Reply{Lines: lines, Buttons: rows, Edit: l.r.Bubble(), Protect: true})
	return nil
}

// do is a button of the command.
func do(label bot.Text, args ...string) bot.Button {
	return bot.Button{Label: label, Do: bot.Action(registersName, args...)}
}

func toRegisters() []bot.Button {
	return []bot.Button{do(bot.T("registers.do.all")), do(bot.T("registers.do.totals"), registerTotals)}
}

// registerLabel is the name of a register.
func registerLabel(form string) bot.Text { return bot.T("register." + form) }

// menu lists the registers somebody reads. Whoever reads none sees totals only.
func (l ledger) menu(ctx context.Context) error {
	var buttons []bot.Button
	for _, reg := range cases.Registers {
		if reg.ReadBy(l.r.Staff.Role) {
			buttons = append(buttons, do(registerLabel(reg.Key), reg.Key))
		}
	}
	if len(buttons) == 0 {
		return l.totals(ctx, nil)
	}
	rows := append(slices.Collect(slices.Chunk(buttons, registersInRow)), []bot.Button{do(bot.T("registers.do.totals"), registerTotals)})
	return l.reply([]bot.Text{bot.T("registers.head")}, rows)
}

// readable finds a register somebody may read; to others it does not exist.
func (l ledger) readable(form string) (cases.Register, error) {
	reg, err := cases.RegisterOf(form)
	if err == nil && !reg.ReadBy(l.r.Staff.Role) {
		err = cases.Fail(cases.NotFound, "error.command")
	}
	return reg, err
}

// register lists the entries of a register, or begins a new one.
func (l ledger) register(ctx context.Context, form string, rest []string) error {
	reg, err := l.readable(form)
	if err != nil {
		return err
	}
	if len(rest) > 0 && rest[0] == registerNew {
		return l.begin(reg)
	}
	if len(rest) > 0 && slices.Contains(registerSpans, rest[0]) {
		return l.behind(ctx, reg, rest[0], pageOf(rest[1:]))
	}
	page := pageOf(rest)
	list, total, err := l.st.RegisterPage(ctx, form, page-1, entriesOnPage)
	if err != nil {
		return err
	}
	pages := max(1, (total+entriesOnPage-1)/entriesOnPage)
	lines := []bot.Text{bot.T("registers.list", "register", registerLabel(form), "n", total)}
	if !reg.FilledBy(l.r.Staff.Role) {
		lines = append(lines, bot.T("registers.readonly"))
	}
	rows := append(items(reg, list), pager(min(page, pages), pages, func(n int) string { return bot.Action(registersName, form, strconv.Itoa(n)) })...)
	if reg.FilledBy(l.r.Staff.Role) {
		rows = append(rows, []bot.Button{do(bot.T("registers.do.new"), form, registerNew)})
	}
	return l.reply(lines, append(rows, toRegisters()))
}

// items are entries as buttons that open them.
func items(reg cases.Register, list []cases.RegisterEntry) (rows [][]bot.Button) {
	for _, e := range list {
		rows = append(rows, []bot.Button{do(itemLabel(reg, e), entryID(e))})
	}
	return rows
}

// behind lists the entries that stand behind the totals of a span.
func (l ledger) behind(ctx context.Context, reg cases.Register, span string, page int) error {
	p := registerSpan(span, cases.DayOf(l.st.Now()))
	list, err := l.st.RegisterEntries(ctx, p, reg.Key)
	if err != nil {
		return err
	}
	part, at, pages := cut(list, page, entriesOnPage)
	rows := append(items(reg, part), pager(at, pages, func(n int) string { return bot.Action(registersName, reg.Key, span, strconv.Itoa(n)) })...)
	rows = append(rows, []bot.Button{do(bot.T("button.back"), registerTotals, span, reg.Group), do(bot.T("registers.do.all"))})
	return l.reply([]bot.Text{bot.T("registers.behind", "register", registerLabel(reg.Key), "n", len(list), "from", p.From.Start(), "to", p.To.Start())}, rows)
}

func entryID(e cases.RegisterEntry) string { return "e" + strconv.Itoa(e.ID) }

// itemLabel is a line of the list: the day, and what tells the entry from others.
func itemLabel(reg cases.Register, e cases.RegisterEntry) bot.Text {
	first := map[cases.AnswerType]bot.Text{}
	label := bot.T("registers.day", "day", e.Day().Start())
	for _, q := range reg.Asked(e.Answers) {
		said, ok := e.Answers[q.Key]
		if !ok {
			continue
		}
		if _, has := first[q.Type]; !has {
			first[q.Type] = answerText(reg.Key, q, said, cardName)
		}
	}
	shown := 0
	for _, t := range []cases.AnswerType{cases.ChoiceAnswer, cases.MoneyAnswer, cases.WordsAnswer, cases.YesNoAnswer, cases.CountAnswer} {
		if text, has := first[t]; has && shown < 2 {
			label = bot.T("registers.both", "one", label, "other", text)
			shown++
		}
	}
	if e.Void {
		return bot.T("registers.item.void", "label", label)
	}
	return label
}

// answerText is an answer as people read it; words up to so many units.
func answerText(form string, q cases.RegisterQuestion, said string, most int) bot.Text {
	if said == cases.Skipped || said == "" {
		return bot.T("registers.none")
	}
	switch q.Type {
	case cases.DayAnswer:
		return bot.T("registers.day", "day", (cases.RegisterEntry{Answers: cases.Answers{cases.EventDay: said}}).Day().Start())
	case cases.ChoiceAnswer:
		return bot.T("register." + form + "." + q.Key + "." + said)
	case cases.YesNoAnswer:
		return bot.T("registers.said." + said)
	case cases.CountAnswer, cases.MoneyAnswer:
		n, err := strconv.Atoi(said)
		if err != nil {
			return bot.Words(said)
		}
		return bot.T("registers."+string(q.Type), "n", n)
	}
	return bot.Words(clip(said, most))
}

// answerLines are the answers there are, one a line.
func answerLines(reg cases.Register, a cases.Answers) (lines []bot.Text) {
	for _, q := range reg.Asked(a) {
		if said, ok := a[q.Key]; ok {
			lines = append(lines, bot.T("registers.line", "label", questionLabel(reg.Key, q), "value", answerText(reg.Key, q, said, maxWords)))
		}
	}
	return lines
}

func questionLabel(form string, q cases.RegisterQuestion) bot.Text {
	return bot.T("register." + form + "." + q.Key)
}
