package staffcmds

import (
	"context"
	"slices"
	"strings"

	"tinbao/bot"
	"tinbao/cases"
)

// step describes a command that takes one step in a case's life. Most commands
// are a value of it. A step wants words or a confirmation, not both.
type step struct {
	name     string
	aliases  []string
	verb     cases.Verb
	rights   []cases.Right
	streams  []cases.Stream
	choose   []string                                                                                          // values to choose from, shown as buttons
	unchosen bool                                                                                              // words without a choice are taken: the choice may be left out
	label    string                                                                                            // prefix of the locale keys of the values
	text     bool                                                                                              // needs words, asked for when missing
	files    bool                                                                                              // a file may come in place of words, or with them
	canned   bool                                                                                              // ready answers stand under the question
	confirm  bool                                                                                              // asks once more before it is done
	check    func(ctx context.Context, st Store, desk Desk, r *bot.Request, t target, question bot.Text) error // asks once more, in its own words; nil = the question under the card
	more     []string                                                                                          // further commands offered beside the choices
	show     func(ctx context.Context, st Store, r *bot.Request, c cases.Case) error                           // shows the choices; nil = a plain list
	change   func(c *cases.Change, choice string)                                                              // puts the choice into the change
	after    func(ctx context.Context, st Store, r *bot.Request, c cases.Case, ch cases.Change) error          // tells others
}

// yes is the last argument of a confirmed button.
const yes = "ok"

// maxWords bounds what staff write, so that it fits into one message to the
// person with the words around it.
const maxWords = 3500

// command makes the command of a step.
func (s step) command() Command {
	usage := "usage.case"
	switch {
	case s.text:
		usage = "usage.text"
	case len(s.choose) > 0:
		usage = "usage.choice"
	}
	return Command{
		Name: s.name, Aliases: s.aliases, Help: "cmd." + s.name, Args: usage, Rights: s.rights, Rest: true, Files: s.files,
		Run: func(ctx context.Context, st Store, r *bot.Request, args []string) error {
			t, err := targetOf(st, r, args)
			if err != nil {
				return err
			}
			return s.run(ctx, st, r, t)
		},
	}
}

func (s step) run(ctx context.Context, st Store, r *bot.Request, t target) error {
	desk, err := s.desk(st, *r.Staff, t.Stream)
	if err != nil {
		return err
	}
	choice, text, sure := s.read(t.rest)
	switch {
	case len(s.choose) > 0 && choice == "" && !(s.unchosen && text != ""):
		return s.offer(ctx, st, desk, r, t)
	case s.text && text == "" && !(s.files && r.File != nil):
		return s.awaitWords(ctx, st, desk, r, t, choice)
	case units(text) > maxWords:
		s.await(st, r, t, choice)
		r.Alert(bot.T("error.toolong"))
		return nil
	case s.confirm && !sure:
		return s.sure(ctx, st, desk, r, t, choice)
	}
	return s.act(ctx, st, desk, r, t, choice, text)
}

// desk hands out the desk of a stream to somebody who may take this step there.
func (s step) desk(st Store, who cases.Staff, stream cases.Stream) (Desk, error) {
	allowed := slices.ContainsFunc(s.rights, func(r cases.Right) bool { return streamOf(r) == stream && who.Role.May(r) })
	if !allowed || !slices.Contains(s.streams, stream) {
		return nil, cases.Fail(cases.NotFound, "error.not_found")
	}
	return deskFor(st, who, stream)
}

// at reads the case out of the arguments, with the desk of its stream.
func (s step) at(st Store, r *bot.Request, args []string) (target, Desk, error) {
	t, err := targetOf(st, r, args)
	if err != nil {
		return t, nil, err
	}
	desk, err := s.desk(st, *r.Staff, t.Stream)
	return t, desk, err
}

// read takes the choice, the words and the confirmation out of the arguments,
// which come apart from a button and as one line when typed.
func (s step) read(rest []string) (choice, text string, sure bool) {
	line := strings.TrimSpace(strings.Join(rest, " "))
	if len(s.choose) > 0 {
		word, more, _ := strings.Cut(line, " ")
		switch {
		case slices.Contains(s.choose, word):
			choice, line = word, strings.TrimSpace(more)
		case !s.unchosen:
			return "", "", false
		}
	}
	if s.text {
		text = line
	}
	return choice, text, line == yes
}

func (s step) act(ctx context.Context, st Store, desk Desk, r *bot.Request, t target, choice, text string) error {
	ch := cases.Change{Verb: s.verb, Text: text}
	if s.files && r.File != nil {
		if ch.File = r.File; text == "" {
			ch.Text = onlyFile
		}
	}
	if s.change != nil {
		s.change(&ch, choice)
	}
	c, err := desk.Act(ctx, *r.Staff, t.Number, t.version, ch)
	if cases.KindOf(err) == cases.Conflict {
		return s.stale(ctx, st, desk, r, t)
	}
	if err != nil {
		return err
	}
	if err := shown(ctx, st, r, c); err != nil {
		return err
	}
	if err := tellSeen(ctx, st, r, c); err != nil || s.after == nil {
		return err
	}
	return s.after(ctx, st, r, c, ch)
}

// offer shows the values to choose from, on the card itself.
func (s step) offer(ctx context.Context, st Store, desk Desk, r *bot.Request, t target) error {
	if s.show != nil {
		c, err := desk.Open(ctx, *r.Staff, t.Number)
		if err != nil {
			return err
		}
		return s.show(ctx, st, r, c)
	}
	if s.unchosen { // words may come at once
		defer s.await(st, r, t, "")
	}
	return prompt(ctx, st, desk, r, t, bot.T("ask."+s.name, "number", t.String()), func(t target) [][]bot.Button {
		var rows [][]bot.Button
		for _, v := range s.choose {
			rows = append(rows, []bot.Button{{Label: bot.T(s.label + v), Do: bot.Action(s.name, t.args(v)...)}})
		}
		var further []bot.Button
		for _, name := range s.more {
			if mayUse(*r.Staff, name) {
				further = append(further, bot.Button{Label: bot.T("do." + name), Do: bot.Action(name, t.args()...)})
			}
		}
		if further != nil {
			rows = append(rows, further)
		}
		return rows
	})
}

// mayUse reports whether somebody has a right to a command of the list.
func mayUse(who cases.Staff, name string) bool {
	return slices.ContainsFunc(Commands(nil), func(c Command) bool { return c.Name == name && c.May(&who) })
}

// awaitWords asks for words under the card; the next message of the person is
// taken for them. Any button or command ends the waiting.
func (s step) awaitWords(ctx context.Context, st Store, desk Desk, r *bot.Request, t target, choice string) error {
	none := func(t target) [][]bot.Button {
		if s.canned && mayUse(*r.Staff, "mau") {
			return [][]bot.Button{{{Label: bot.T("do.mau"), Do: bot.Action("mau", t.String(), s.name)}}}
		}
		return nil
	}
	question := "ask." + s.name
	if choice != "" {
		question += ".words"
	}
	if err := prompt(ctx, st, desk, r, t, bot.T(question, "number", t.String()), none); err != nil {
		return err
	}
	s.await(st, r, t, choice)
	return nil
}

// await takes the next text for the words of the step.
func (s step) await(st Store, r *bot.Request, t target, choice string) {
	args := []string{t.String()}
	if choice != "" {
		args = append(args, choice)
	}
	bot.Await(st, r.Lang, s.name, args...)
}

// sure asks once more, for steps that leave the hands of the person.
func (s step) sure(ctx context.Context, st Store, desk Desk, r *bot.Request, t target, choice string) error {
	question, rest := bot.T("sure."+s.name, "number", t.String()), []string{yes}
	if choice != "" {
		question, rest = bot.T("sure."+s.name, "choice", bot.T(s.label+choice)), []string{choice, yes}
	}
	if s.check != nil {
		return s.check(ctx, st, desk, r, t, question)
	}
	return prompt(ctx, st, desk, r, t, question, func(t target) [][]bot.Button {
		return [][]bot.Button{{{Label: bot.T("button.sure"), Do: bot.Action(s.name, t.args(rest...)...)}}}
	})
}

// prompt puts a question under the card, with its answers as buttons and a way
// back. The buttons carry the version of the card they stand under.
func prompt(ctx context.Context, st Store, desk Desk, r *bot.Request, t target, question bot.Text, answers func(target) [][]bot.Button) error {
	c, err := desk.Open(ctx, *r.Staff, t.Number)
	if err != nil {
		return err
	}
	s, err := sheetFor(ctx, st, *r.Staff)
	if err != nil {
		return err
	}
	t.version = c.Version
	rows := append(answers(t), []bot.Button{backToCard(t.Number)})
	r.Reply(bot.Reply{Lines: append(s.lines(c), question), Buttons: rows, Edit: r.Bubble(), Protect: true})
	return nil
}

func backToCard(n cases.Number) bot.Button {
	return bot.Button{Label: bot.T("button.back"), Do: bot.Action("xem", n.String())}
}

// stale shows the present card when somebody else was faster.
func (s step) stale(ctx context.Context, st Store, desk Desk, r *bot.Request, t target) error {
	c, err := desk.Open(ctx, *r.Staff, t.Number)
	if err != nil {
		return err
	}
	r.Alert(bot.T("error.conflict"))
	return show(ctx, st, r, c)
}
