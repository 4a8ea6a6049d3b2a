package staffcmds

import (
	"context"
	"strings"

	"tinbao/bot"
	"tinbao/cases"
)

// assigning are the rights of whoever gives cases to colleagues.
var assigning = []cases.Right{cases.AssignReports, cases.WorkHelp}

func joined(words []string) string { return strings.TrimSpace(strings.Join(words, " ")) }

// assign gives a case to a colleague who works on its stream, or hands it over, with a
// note among staff. The colleague is told, and whoever had it before.
func assign() Command {
	return Command{
		Name: "giao", Aliases: []string{"assign"}, Help: "cmd.giao", Args: "usage.assign", Rights: assigning, Rest: true,
		Run: func(ctx context.Context, st Store, r *bot.Request, args []string) error {
			t, desk, err := step{rights: assigning, streams: both}.at(st, r, args)
			if err != nil {
				return err
			}
			return giveTo(ctx, st, desk, r, t)
		},
	}
}

// worksOn reports who can be given the cases of a stream.
func worksOn(stream cases.Stream) func(cases.Staff) bool {
	return func(s cases.Staff) bool { return s.Role.May(cases.WorkRight(stream)) }
}

func giveTo(ctx context.Context, st Store, desk Desk, r *bot.Request, t target) error {
	o, err := rosterOf(ctx, st)
	if err != nil {
		return err
	}
	words := strings.Fields(joined(t.rest))
	who, rest, left := pick(o.those(worksOn(t.Stream)), words)
	if who == nil {
		return prompt(ctx, st, desk, r, t, bot.T("ask.giao", "number", t.String()), func(t target) [][]bot.Button {
			return o.people(left, func(s cases.Staff) string { return bot.Action("giao", t.args(idText(s.ID))...) })
		})
	}
	note := joined(rest)
	if len(rest) > 0 { // with its line breaks
		_, note, _ = strings.Cut(joined(t.rest), words[0])
		note = strings.TrimSpace(note)
	}
	switch {
	case note == "":
		return sureGive(ctx, st, desk, r, t, o, *who)
	case note == yes:
		note = ""
	case units(note) > maxWords:
		bot.Await(st, r.Lang, "giao", t.String(), idText(who.ID))
		r.Alert(bot.T("error.toolong"))
		return nil
	}
	return give(ctx, st, desk, r, t, *who, note)
}

// sureGive asks for words to hand over with, or for none.
func sureGive(ctx context.Context, st Store, desk Desk, r *bot.Request, t target, o roster, who cases.Staff) error {
	question := bot.T("sure.giao", "number", t.String(), "name", o.label(who))
	err := prompt(ctx, st, desk, r, t, question, func(t target) [][]bot.Button {
		return [][]bot.Button{{{Label: bot.T("do.giao.now"), Do: bot.Action("giao", t.args(idText(who.ID), yes)...)}}}
	})
	if err != nil {
		return err
	}
	bot.Await(st, r.Lang, "giao", t.String(), idText(who.ID))
	return nil
}

func give(ctx context.Context, st Store, desk Desk, r *bot.Request, t target, who cases.Staff, note string) error {
	c, err := desk.Act(ctx, *r.Staff, t.Number, t.version, cases.Change{Verb: cases.Assign, Whom: who.ID, Text: note})
	if cases.KindOf(err) == cases.Conflict {
		return step{}.stale(ctx, st, desk, r, t)
	}
	if err != nil {
		return err
	}
	if err := show(ctx, st, r, c); err != nil {
		return err
	}
	if err := notify(ctx, st, r, c, who.ID, worksOn(t.Stream), "staff.assigned"); err != nil {
		return err
	}
	if c.Former == 0 || c.Former == who.ID {
		return nil
	}
	return notify(ctx, st, r, c, c.Former, worksOn(t.Stream), "staff.handedover")
}
