package staffcmds

import (
	"context"
	"strings"

	"tinbao/bot"
	"tinbao/cases"
)

// Whoever is called on in a note is told the number of the case, and finds it in /viec
// until it was looked at. Only who may see the case can be called on.

// sees reports who may see a case: the police once it was handed to them.
func sees(c cases.Case) func(cases.Staff) bool {
	handed := times(c, cases.Forward) > 0
	return func(s cases.Staff) bool { return cases.MaySee(s.Role, c.Number.Stream, handed) }
}

// callNamed calls on those a note names after an @. A name that fits several is asked
// about.
func callNamed(ctx context.Context, st Store, r *bot.Request, c cases.Case, ch cases.Change) error {
	if !strings.Contains(ch.Text, "@") {
		return nil
	}
	o, err := rosterOf(ctx, st)
	if err != nil {
		return err
	}
	others := o.those(func(s cases.Staff) bool { return s.ID != r.Staff.ID && sees(c)(s) })
	for _, m := range cases.Mentions(ch.Text, others) {
		if len(m.Of) == 1 {
			if err := call(ctx, st, r, c, m.Of[0]); err != nil {
				return err
			}
			continue
		}
		_, _, fit := pick(others, []string{m.Name})
		r.Reply(bot.Reply{
			Lines: []bot.Text{bot.T("mention.which", "name", m.Name, "number", c.Number.String())}, Protect: true,
			Buttons: o.people(fit, func(s cases.Staff) string { return bot.Action("goi", c.Number.String(), idText(s.ID)) }),
		})
	}
	return nil
}

// call calls on one colleague.
func call(ctx context.Context, st Store, r *bot.Request, c cases.Case, whom cases.StaffID) error {
	desk, err := deskFor(st, *r.Staff, c.Number.Stream)
	if err != nil {
		return err
	}
	if err := desk.CallOn(ctx, *r.Staff, c.Number, whom); err != nil {
		return err
	}
	return notify(ctx, st, r, c, whom, sees(c), "staff.called")
}

// callOn asks a colleague to look at a case.
func callOn() Command {
	return Command{
		Name: "goi", Aliases: []string{"mention"}, Help: "cmd.goi", Args: "usage.assign", Rights: append([]cases.Right{cases.PoliceReports}, working...), Rest: true,
		Run: func(ctx context.Context, st Store, r *bot.Request, args []string) error {
			c, t, err := opened(ctx, st, r, args)
			if err != nil {
				return err
			}
			o, err := rosterOf(ctx, st)
			if err != nil {
				return err
			}
			others := o.those(func(s cases.Staff) bool { return s.ID != r.Staff.ID && sees(c)(s) })
			who, _, left := pick(others, strings.Fields(joined(t.rest)))
			if who != nil {
				if err := call(ctx, st, r, c, who.ID); err != nil {
					return err
				}
				r.Reply(bot.Reply{
					Lines: []bot.Text{bot.T("mention.done", "name", clip(who.Name, cardName), "number", c.Number.String())}, Edit: r.Bubble(), Protect: true,
					Buttons: [][]bot.Button{{backToCard(c.Number)}},
				})
				return nil
			}
			rows := o.people(left, func(s cases.Staff) string { return bot.Action("goi", c.Number.String(), idText(s.ID)) })
			r.Reply(bot.Reply{
				Lines: []bot.Text{bot.T("ask.goi", "number", c.Number.String())}, Buttons: append(rows, []bot.Button{backToCard(c.Number)}), Edit: r.Bubble(), Protect: true,
			})
			return nil
		},
	}
}
