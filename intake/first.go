package intake

import (
	"context"

	"tinbao/bot"
	"tinbao/bot/dialog"
)

// The first minute: what a person reads before the first question is short, and the
// rest is a button away.

// start greets, names the ward and says what the channel is for; a draft is shown, not lost.
func (d *Desk) start(ctx context.Context, st Store, r *bot.Request, s dialog.Session) error {
	w, err := st.Ward(ctx)
	if err != nil {
		return err
	}
	if len(s.Answers) == 0 {
		st.DropDraft()
	}
	r.Reply(bot.Reply{Lines: []bot.Text{bot.T("start", "ward", bot.WordsOr(w.Name, "ward.unnamed"))}, Menu: bot.ResidentMenu})
	d.showDraft(st, r, s)
	return nil
}

// moreVerb is the button below a notice.
const moreVerb = "more"

// moreButton opens the long form of what is said before the first question.
func moreButton(dialogID string) [][]bot.Button {
	return [][]bot.Button{{{Label: bot.T("button.more"), Do: bot.Action(moreVerb, dialogID)}}}
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
	r.Reply(bot.Reply{Edit: r.Bubble(), Lines: lines})
	return nil
}
