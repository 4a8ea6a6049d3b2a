package intake

import (
	"context"
	"maps"

	"tinbao/bot"
	"tinbao/bot/dialog"
)

// The first minute: what a person reads before the first question is short, and the
// rest is a button away.

// start greets, names the ward and says what the channel is for; a link of a poster leads
// on at once, and any other word after it is nothing. A draft is shown, not lost.
func (d *Desk) start(ctx context.Context, st Store, r *bot.Request, s dialog.Session) error {
	w, err := st.Ward(ctx)
	if err != nil {
		return err
	}
	ward := bot.WordsOr(w.Name, "ward.unnamed")
	to, ok := linkOf(r.Args)
	if !ok || to.hamlet > len(w.Hamlets) {
		if len(s.Answers) == 0 {
			st.DropDraft()
		}
		r.Reply(bot.Reply{Lines: []bot.Text{bot.T("start", "ward", ward)}, Menu: bot.ResidentMenu})
		d.showDraft(st, r, s)
		return nil
	}
	hello := bot.T("link", "ward", ward)
	if to.hamlet > 0 {
		hello = bot.T("link.hamlet", "ward", ward, "place", bot.Words(w.Hamlets[to.hamlet-1]))
	}
	r.Reply(bot.Reply{Lines: []bot.Text{hello}, Menu: bot.ResidentMenu})
	switch {
	case to.page != "":
		return d.page(ctx, st, r, string(to.page))
	case to.hamlet > 0 && len(s.Answers) == 0:
		return d.begin(ctx, st, r, reportID, func(into *dialog.Session) { *into = extra(*into, linkedPlace, hamletValue(to.hamlet)) })
	}
	return d.open(ctx, st, r, s, to.dialog)
}

// linkedPlace marks a report begun by a link with the hamlet it came from, which answers
// the question for the place once.
const linkedPlace = "link"

func extra(s dialog.Session, name, value string) dialog.Session {
	s.Extra = maps.Clone(s.Extra)
	if s.Extra == nil {
		s.Extra = map[string]string{}
	}
	s.Extra[name] = value
	return s
}

// answered gives the answer a link brought along to the question that asks for it. Going
// back asks it.
func answered(c dialog.Dialog, s dialog.Session) dialog.Session {
	hamlet := s.Extra[linkedPlace]
	if hamlet == "" || c.Steps[s.At].List != "hamlets" {
		return s
	}
	s = extra(s, linkedPlace, "")
	if next, result := dialog.Advance(c, s, dialog.Input{Kind: dialog.Choice, Value: hamlet}); result.Outcome == dialog.Asked {
		return next
	}
	return s
}

// moreVerb is the button below a notice.
const moreVerb = "more"

// moreButton opens the long form of what is said before the first question.
func moreButton(dialogID string) [][]bot.Button {
	rows := [][]bot.Button{{{Label: bot.T("button.more"), Do: bot.Action(moreVerb, dialogID)}}}
	if dialogID == helpID {
		rows = append(rows, []bot.Button{clearButton()})
	}
	return rows
}

// more puts the long form below the notice, which stays: it holds what must be known
// before anything is written.
func (d *Desk) more(ctx context.Context, st Store, r *bot.Request, dialogID string) error {
	c, ok := d.dialogs[dialogID]
	if !ok || c.notice == nil {
		r.Toast(bot.T("button.old"))
		return nil
	}
	w, err := st.Ward(ctx)
	if err != nil {
		return err
	}
	lines := append(c.notice(w), bot.Words(""), bot.T(dialogID+".more", "days", d.Kept.Routes))
	reply := bot.Reply{Edit: r.Bubble(), Lines: lines}
	if dialogID == helpID {
		reply.Buttons = [][]bot.Button{{clearButton()}}
	}
	r.Reply(reply)
	return nil
}
