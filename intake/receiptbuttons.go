package intake

import (
	"context"

	"tinbao/bot"
	"tinbao/cases"
)

// The buttons under a receipt: they carry the code that stands above them in the same chat.
const (
	pictureVerb = "pic"
	statusVerb  = "sta"
)

// receiptReply is what can be done with a receipt, below the message that holds it. It is
// the same below every receipt, so that it says nothing of what was sent.
func (d *Desk) receiptReply(c cases.Case, receipt cases.Receipt) bot.Reply {
	code := receipt.String()
	first := []bot.Button{{Label: bot.T("receipt.copy"), Copy: code}}
	if d.Picture != nil {
		first = append(first, bot.Button{Label: bot.T("receipt.picture"), Do: bot.Action(pictureVerb, code)})
	}
	return bot.Reply{
		Lines: []bot.Text{bot.T("code.repeat", "minutes", int(cases.CodeShown.Minutes())), bot.T("receipt.mark", "mark", cases.MarkOf(c.ID))},
		Buttons: [][]bot.Button{first, {
			{Label: bot.T("receipt.add"), Do: addAction(c.Number.Stream, c.ID)},
			{Label: bot.T("receipt.status"), Do: bot.Action(statusVerb, code)},
		}, {
			{Label: bot.T("menu.discreet"), Do: bot.Action(discreetVerb)},
			{Label: bot.T("receipt.clear"), Do: bot.Action(clearVerb)},
		}},
	}
}

// picture sends a receipt as a picture that can be saved; it shows the code and no subject.
func (d *Desk) picture(r *bot.Request, code string) error {
	if d.Picture == nil {
		r.Toast(bot.T("button.old"))
		return nil
	}
	receipt, err := cases.ParseReceipt(code)
	if err != nil {
		return err
	}
	body, err := d.Picture(receipt.String())
	if err != nil {
		return err
	}
	r.Reply(bot.Reply{File: &bot.Attachment{Photo: true, Name: "ma.png", Body: body}})
	return nil
}

// statusOf shows how far a case is; what is being written meanwhile stays as it is.
func (d *Desk) statusOf(ctx context.Context, st Store, r *bot.Request, code string) error {
	receipt, err := cases.ParseReceipt(code)
	if err != nil {
		return err
	}
	v, err := st.LookUp(ctx, receipt) // one that was deleted since is not found, and the router says so
	if err != nil {
		return err
	}
	r.Reply(Elsewhere(v)...)
	w, err := st.Ward(ctx)
	if err != nil {
		return err
	}
	r.Reply(d.status(v, w, st.Now()))
	return nil
}
