package intake

import (
	"context"
	"strconv"

	"tinbao/bot"
	"tinbao/cases"
)

// late says that an answer comes too late: it was given, asked anew or dealt with since.
// Other errors stay what they are.
func (d *Desk) late(r *bot.Request, err error) error {
	if refusedAsForeign(err) {
		r.Alert(bot.T(cases.NotYours))
		return nil
	}
	switch cases.KindOf(err) {
	case cases.Conflict, cases.NotAllowed, cases.NotFound:
		d.close(r)
		r.Toast(bot.T("button.old"))
		return nil
	}
	return err
}

// unnamed is the person's answer whether a report of a kind that needs a name may stay
// as phản ánh.
func (d *Desk) unnamed(ctx context.Context, st Store, r *bot.Request, caseID string, stay bool) error {
	c, err := st.Unnamed(ctx, caseID, stay)
	if err != nil {
		return d.late(r, err)
	}
	d.close(r)
	if stay {
		r.Say(aboutCase(c), bot.T("named.stay.done"))
		return d.tell(ctx, st, r, c, "staff.unnamed")
	}
	r.Say(aboutCase(c), bot.T("named.door.done"))
	return d.tell(ctx, st, r, c, "staff.owndoor")
}

// consent is the person's answer to letting one message pass to the police. The
// buttons were made for this chat with the message above them.
func (d *Desk) consent(ctx context.Context, st Store, r *bot.Request, caseID, talk string, yes bool) error {
	n, _ := strconv.Atoi(talk) // 0 is no message
	help, receipt, err := st.Consent(ctx, caseID, n, yes, cases.Route{Chat: r.Chat, Lang: r.Lang})
	if err != nil {
		return d.late(r, err)
	}
	d.close(r)
	if !yes {
		r.Reply(bot.Reply{Lines: []bot.Text{aboutCase(help), bot.T("consent.no.done")}, Of: &bot.CaseRef{Stream: cases.HelpStream, ID: help.ID}})
		return d.tell(ctx, st, r, help, "staff.noconsent")
	}
	r.Reply(bot.Reply{Lines: []bot.Text{aboutCase(help), bot.T("consent.yes.done", "code", receipt.String())}, Menu: bot.ResidentMenu, Of: &bot.CaseRef{Stream: cases.HelpStream, ID: help.ID}})
	police, err := d.Consented(ctx, st, help)
	if err != nil {
		return err
	}
	r.Reply(police...)
	return d.tell(ctx, st, r, help, "staff.consent")
}

// Consented are the notices to the police of the report that a message became which a
// person let pass.
func (d *Desk) Consented(ctx context.Context, st Colleagues, help cases.Case) (out []bot.Reply, err error) {
	police, err := st.StaffWith(ctx, cases.PoliceReports)
	if err != nil {
		return nil, err
	}
	number := help.Crossed.String()
	for _, s := range police {
		if s.Route.Chat != 0 {
			out = append(out, bot.Reply{
				Chat: s.Route.Chat, Lang: s.Route.Lang, Protect: true, Lines: []bot.Text{bot.T("staff.forwarded.urgent", "number", number)},
				Buttons: [][]bot.Button{{{Label: bot.T("button.open"), Do: bot.Action("xem", number)}}},
			})
		}
	}
	return out, nil
}
