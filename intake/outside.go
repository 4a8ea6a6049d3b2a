package intake

import (
	"context"

	"tinbao/bot"
	"tinbao/bot/dialog"
	"tinbao/cases"
)

// looseID marks a draft that holds what a person wrote outside of any dialog.
const looseID = "loose"

// outside keeps a message that belongs to no dialog and asks what it is meant
// to be. A receipt is recognised and looked up at once.
func (d *Desk) outside(ctx context.Context, st Store, r *bot.Request, s dialog.Session) error {
	if receipt, err := cases.ParseReceipt(r.Text); err == nil && r.File == nil {
		return d.showStatus(ctx, st, r, dialog.Session{Answers: map[string][]string{"code": {string(receipt)}}})
	}
	in, refusal := d.input(r)
	if refusal != "" {
		r.Say(bot.T(refusal))
		return nil
	}
	again := s.Dialog == looseID && r.Album != "" && s.Extra["album"] == r.Album
	if s.Dialog != looseID || s.Answers == nil {
		s = dialog.Session{Dialog: looseID, Answers: map[string][]string{}}
	}
	if full(s, in) {
		r.Say(bot.T("dialog.full"))
		return keep(st, r, s)
	}
	name := map[dialog.InputKind]string{dialog.Text: "text", dialog.File: "file", dialog.Place: "where"}[in.Kind]
	if in.Kind == dialog.Place {
		in.Value = "p:" + in.Value
		s.Answers[name] = nil
	}
	s.Answers[name] = append(s.Answers[name], in.Value)
	s.Extra = map[string]string{"album": r.Album}
	if !again {
		r.Reply(bot.Reply{Lines: []bot.Text{bot.T("outside")}, Buttons: [][]bot.Button{
			{{Label: bot.T("outside.report"), Do: bot.Action("go", reportID)}},
			{{Label: bot.T("outside.help"), Do: bot.Action("go", helpID)}},
			{{Label: bot.T("outside.drop"), Do: bot.Action("go", "drop")}},
		}})
	}
	return keep(st, r, s)
}

// fromOutside takes what was kept into the dialog the person chose.
func (d *Desk) fromOutside(ctx context.Context, st Store, r *bot.Request, s dialog.Session, to string) error {
	if s.Dialog != looseID {
		r.Toast(bot.T("button.old"))
		return nil
	}
	d.close(r)
	if to != reportID && to != helpID {
		st.DropDraft()
		r.Reply(bot.Reply{Lines: []bot.Text{bot.T("dialog.cancelled")}, Menu: bot.ResidentMenu})
		return nil
	}
	return d.begin(ctx, st, r, to, func(fresh *dialog.Session) {
		for name, values := range s.Answers {
			fresh.Answers[name] = values
		}
	})
}
