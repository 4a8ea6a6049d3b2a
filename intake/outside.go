package intake

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"tinbao/bot"
	"tinbao/bot/dialog"
	"tinbao/cases"
)

// looseID marks a draft that holds what a person wrote outside of any dialog.
const looseID = "loose"

// codeForm is what somebody types who has a receipt before the eyes, slips
// included.
var codeForm = regexp.MustCompile(`^[0-9A-Za-z]{6}[ .–-][0-9A-Za-z]{6}[ .–-][0-9A-Za-z]{6}$`)

// outside keeps a message that belongs to no dialog and asks what it is meant
// to be. A receipt is recognised and looked up at once.
func (d *Desk) outside(ctx context.Context, st Store, r *bot.Request, s dialog.Session) error {
	if _, err := cases.ParseReceipt(r.Text); r.File == nil && (err == nil || codeForm.MatchString(strings.TrimSpace(r.Text))) {
		return d.showStatus(ctx, st, r, with(s, "code", false, r.Text))
	}
	question := "outside.more"
	if s.Dialog != looseID {
		question, s = "outside", dialog.Session{Dialog: looseID, Extra: s.Extra}
	}
	in, refusal := d.input(r)
	s, words := caption(r, s)
	switch {
	case refusal != "":
		if r.Say(bot.T(refusal)); !words {
			return nil
		}
	case full(s, in):
		offerOutside(r, "outside.full")
		return keep(st, r, s)
	default:
		s = with(s, answers[in.Kind], answers[in.Kind] != "point", in.Value)
		s = originated(s, r)
	}
	s, again := sameAlbum(s, "album", r.Album)
	if !again {
		offerLoose(r, s, question)
	}
	return keep(st, r, s)
}

// offerOutside asks what is to become of words that belong to no conversation.
func offerOutside(r *bot.Request, key string) {
	r.Reply(bot.Reply{Lines: []bot.Text{bot.T(key)}, Buttons: [][]bot.Button{
		{{Label: bot.T("outside.report"), Do: bot.Action("go", reportID)}},
		{{Label: bot.T("outside.help"), Do: bot.Action("go", helpID)}},
		{{Label: bot.T("outside.add"), Do: bot.Action("go", lookUpID)}},
		{{Label: bot.T("outside.drop"), Do: bot.Action("go", "drop")}},
	}})
}

// fromOutside takes what was kept into the dialog the person chose.
func (d *Desk) fromOutside(ctx context.Context, st Store, r *bot.Request, s dialog.Session, to string) error {
	if s.Dialog != looseID {
		r.Toast(bot.T("button.old"))
		return nil
	}
	if !slices.Contains([]string{reportID, helpID, lookUpID}, to) {
		return d.giveUp(st, r, s)
	}
	d.close(r)
	return d.begin(ctx, st, r, to, func(into *dialog.Session) { *into = carried(*into, s) })
}

// carried is a session with what was kept outside of any conversation.
func carried(into, from dialog.Session) dialog.Session {
	for _, name := range []string{"text", "file", "point", "origin"} {
		for _, value := range from.Answers[name] {
			as := name
			if _, words, _ := pointOf(value); name == "point" && words != "" && into.Dialog == reportID {
				as = "venue" // a place by its name is no place where somebody stands
			}
			into = with(into, as, as != "venue", value)
		}
	}
	return into
}
