package staffcmds

import (
	"context"
	"slices"
	"strings"

	"tinbao/bot"
	"tinbao/cases"
)

// step describes a command that takes one step in a case's life. Most commands
// are a value of it.
type step struct {
	name    string
	aliases []string
	verb    cases.Verb
	rights  []cases.Right
	streams []cases.Stream
	choose  []string                                                 // values to choose from, shown as buttons
	label   string                                                   // prefix of the locale keys of the values
	text    bool                                                     // needs words, asked for when missing
	confirm bool                                                     // asks once more before it is done
	change  func(c *cases.Change, choice string)                     // puts the choice into the change
	after   func(ctx context.Context, st Store, r *bot.Request, c cases.Case, ch cases.Change) error // tells others
}

// yes is the last argument of a confirmed button.
const yes = "ok"

// command makes the command of a step.
func (s step) command() Command {
	return Command{
		Name: s.name, Aliases: s.aliases, Help: "cmd." + s.name, Args: "usage.case", Rights: s.rights, Rest: true,
		Run: func(ctx context.Context, st Store, r *bot.Request, args []string) error {
			t, err := targetOf(st, args)
			if err != nil {
				return err
			}
			return s.run(ctx, st, r, t)
		},
	}
}

func (s step) run(ctx context.Context, st Store, r *bot.Request, t target) error {
	if !slices.Contains(s.streams, t.Stream) {
		return cases.Fail(cases.NotFound, "error.not_found")
	}
	desk, err := deskFor(st, *r.Staff, t.Stream)
	if err != nil {
		return err
	}
	choice, text := s.split(t.rest)
	switch {
	case len(s.choose) > 0 && choice == "":
		return s.offer(ctx, desk, r, t)
	case s.confirm && (len(t.rest) == 0 || t.rest[len(t.rest)-1] != yes) && text == "":
		return s.sure(ctx, desk, r, t, choice)
	case s.text && text == "":
		bot.Await(st, r.Lang, s.name, append([]string{t.String()}, choices(choice)...)...)
		r.Say(bot.T("ask."+s.name, "number", t.String()))
		return nil
	}
	ch := cases.Change{Verb: s.verb, Text: text}
	if s.change != nil {
		s.change(&ch, choice)
	}
	c, err := desk.Act(ctx, *r.Staff, t.Number, t.version, ch)
	if err != nil {
		return s.stale(ctx, desk, r, t, err)
	}
	show(st, r, c)
	if s.after != nil {
		return s.after(ctx, st, r, c, ch)
	}
	return nil
}

func choices(choice string) []string {
	if choice == "" {
		return nil
	}
	return []string{choice}
}

// split takes the choice and the words out of the arguments.
func (s step) split(rest []string) (choice, text string) {
	if len(rest) > 0 && len(s.choose) > 0 {
		word, more, _ := strings.Cut(rest[0], " ")
		if slices.Contains(s.choose, word) {
			choice = word
			rest = append([]string{more}, rest[1:]...)
		}
	}
	if s.text {
		text = strings.TrimSpace(strings.Join(rest, " "))
	}
	return choice, text
}

// offer shows the values to choose from, on the card itself.
func (s step) offer(ctx context.Context, desk Desk, r *bot.Request, t target) error {
	c, err := desk.Open(ctx, *r.Staff, t.Number)
	if err != nil {
		return err
	}
	t.version = c.Version
	var rows [][]bot.Button
	for _, v := range s.choose {
		rows = append(rows, []bot.Button{{Label: bot.T(s.label + v), Do: bot.Action(s.name, t.args(v)...)}})
	}
	rows = append(rows, []bot.Button{backToCard(t)})
	r.Reply(bot.Reply{Lines: cardLines(*r.Staff, c), Buttons: rows, Edit: r.Bubble(), Protect: true})
	return nil
}

// sure asks once more, for steps that leave the hands of the person.
func (s step) sure(ctx context.Context, desk Desk, r *bot.Request, t target, choice string) error {
	c, err := desk.Open(ctx, *r.Staff, t.Number)
	if err != nil {
		return err
	}
	t.version = c.Version
	lines := append(cardLines(*r.Staff, c), bot.T("sure."+s.name))
	r.Reply(bot.Reply{Lines: lines, Edit: r.Bubble(), Protect: true, Buttons: [][]bot.Button{
		{{Label: bot.T("button.sure"), Do: bot.Action(s.name, t.args(append(choices(choice), yes)...)...)}, backToCard(t)},
	}})
	return nil
}

func backToCard(t target) bot.Button {
	return bot.Button{Label: bot.T("button.back"), Do: bot.Action("xem", t.String())}
}

// stale shows the present card when somebody else was faster.
func (s step) stale(ctx context.Context, desk Desk, r *bot.Request, t target, err error) error {
	if cases.KindOf(err) != cases.Conflict {
		return err
	}
	c, openErr := desk.Open(ctx, *r.Staff, t.Number)
	if openErr != nil {
		return openErr
	}
	r.Alert(bot.T("error.conflict"))
	r.Reply(card(*r.Staff, c, r.Bubble()))
	return nil
}

// toResident writes to everybody who waits for news of a case.
func toResident(ctx context.Context, st Store, r *bot.Request, c cases.Case, buttons [][]bot.Button, key string, pairs ...any) error {
	routes, err := st.Routes(ctx, c.Number.Stream, c.ID)
	if err != nil {
		return err
	}
	for _, route := range routes {
		r.Reply(bot.Reply{
			Chat: route.Chat, Lang: route.Lang, Lines: []bot.Text{bot.T(key, pairs...)}, Buttons: buttons,
			Of: &bot.CaseRef{Stream: c.Number.Stream, ID: c.ID},
		})
	}
	return nil
}

// toStaff shows the card to everybody with a right, but not to the one who acts.
func toStaff(ctx context.Context, st Store, r *bot.Request, c cases.Case, right cases.Right, key string) error {
	staff, err := st.StaffWith(ctx, right)
	if err != nil {
		return err
	}
	for _, s := range staff {
		if s.ID == r.Staff.ID {
			continue
		}
		reply := card(s, c, 0)
		reply.Chat, reply.Lang = s.Route.Chat, s.Route.Lang
		reply.Lines = append([]bot.Text{bot.T(key, "number", c.Number.String())}, reply.Lines...)
		r.Reply(reply)
	}
	return nil
}
