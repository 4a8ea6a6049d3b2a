package staffcmds

import (
	"context"

	"tinbao/bot"
	"tinbao/cases"
)

// confirmAlarm lets somebody say to be dealing with an urgent case: it rings no more, the
// others it rang are told who has it, and the person hears that somebody has.
func confirmAlarm() Command {
	return Command{
		Name: bot.ConfirmCommand, Aliases: []string{"confirm"}, Help: "cmd." + bot.ConfirmCommand, Args: "usage.case", Rights: alarmed,
		Run: func(ctx context.Context, st Store, r *bot.Request, args []string) error {
			t, err := targetOf(st, r, args)
			if err != nil {
				return err
			}
			desk, err := deskFor(st, *r.Staff, t.Stream)
			if err != nil {
				return err
			}
			c, err := desk.Confirm(ctx, *r.Staff, t.Number)
			if cases.KindOf(err) == cases.Conflict {
				return confirmedBefore(ctx, st, desk, r, t)
			}
			if err != nil {
				return err
			}
			return shown(ctx, st, r, c)
		},
	}
}

// alarmed are the rights of those whom an urgent case may ring.
var alarmed = []cases.Right{cases.PoliceReports, cases.WorkReports, cases.ReadReports, cases.WorkHelp}

// confirmedBefore shows the card, and who was faster.
func confirmedBefore(ctx context.Context, st Store, desk Desk, r *bot.Request, t target) error {
	c, err := desk.Open(ctx, *r.Staff, t.Number)
	if err != nil {
		return err
	}
	if c.Alarm != nil && !c.Alarm.Open() {
		r.Alert(bot.T("ring.late", "name", clip(c.Alarm.Name, cardName), "role", roleRung(c.Alarm.Role)))
	}
	return show(ctx, st, r, c)
}

// shown shows a case after a step. When the step confirmed its alarm, everybody else who
// was rung hears who has it, and the person that somebody has.
func shown(ctx context.Context, st Store, r *bot.Request, c cases.Case) error {
	if err := show(ctx, st, r, c); err != nil || c.Confirmation == nil || c.Alarm == nil {
		return err
	}
	taken := bot.T("ring.taken", "name", clip(r.Staff.Name, cardName), "role", roleRung(r.Staff.Role), "number", c.Number.String())
	for _, s := range c.Confirmation.Rung {
		if s.ID == r.Staff.ID {
			continue
		}
		told := stepNotice(s, c, "")
		told.Slot, told.Lines = bot.Ring(s, c.Number, taken).Slot, []bot.Text{taken}
		r.Reply(told)
	}
	line := bot.T("alarm.confirmed", "who", roleRung(c.Alarm.Role), "at", c.Alarm.Confirmed)
	if c.Number.Stream == cases.HelpStream { // a locked screen names no service
		line = bot.T("alarm.confirmed.help", "at", c.Alarm.Confirmed)
	}
	for _, to := range c.Confirmation.Routes {
		of, received := c.ID, c.Received
		if to.CaseID != "" {
			of, received = to.CaseID, to.Received
		}
		r.Reply(bot.Reply{
			Chat: to.Chat, Lang: to.Lang, Lines: []bot.Text{bot.T("resident.about", "received", cases.SentAs(of, received)), line},
			Of: &bot.CaseRef{Stream: c.Number.Stream, ID: of},
		})
	}
	return nil
}

// roleRung names a role that was rung as the unit it stands for.
func roleRung(r cases.Role) bot.Text { return bot.T("alarm.role." + string(r)) }

// alarmLines say on the card of an urgent case whom its alarm reached, or who confirmed;
// and of any case that the person denied the danger it shows.
func alarmLines(c cases.Case) (lines []bot.Text) {
	switch a := c.Alarm; {
	case a == nil || c.Shut:
	case !a.Open():
		lines = append(lines, bot.T("card.alarm.confirmed", "name", clip(a.Name, cardName), "role", roleRung(a.Role), "at", a.Confirmed))
	case len(a.Reached) == 0:
		lines = append(lines, bot.T("card.alarm.nobody"))
	default:
		who := roleRung(a.Reached[0])
		for _, next := range a.Reached[1:] {
			who = bot.T("card.list", "first", who, "next", roleRung(next))
		}
		lines = append(lines, bot.T("card.alarm", "who", who))
	}
	if times(c, cases.DenyDanger) > 0 && !c.Shut {
		lines = append(lines, bot.T("card.denied"))
	}
	return lines
}

// confirmButton stands first while nobody has confirmed.
func (s sheet) confirmButton(c cases.Case) [][]bot.Button {
	if c.Alarm == nil || !c.Alarm.Open() || c.Shut || !s.who.Role.MayAny(alarmed...) {
		return nil
	}
	return [][]bot.Button{{{Label: bot.T("do." + bot.ConfirmCommand), Do: bot.Action(bot.ConfirmCommand, c.Number.String())}}}
}

// onlyAlerted reports whether the viewer reads a report because its alarm called the
// police, before it was handed over.
func (s sheet) onlyAlerted(c cases.Case) bool {
	return c.Alerted && s.who.Role.May(cases.PoliceReports)
}
