package intake

import (
	"context"
	"slices"

	"tinbao/bot"
	"tinbao/bot/dialog"
)

// looseID marks a draft that holds what a person wrote outside of any dialog.
const looseID = "loose"

// outside gives a message that belongs to no dialog to the case it belongs to, or keeps it
// and asks what it is meant to be. A receipt is recognised and looked up at once.
func (d *Desk) outside(ctx context.Context, st Store, r *bot.Request, s dialog.Session) error {
	if codes := receiptsIn(r.Text); r.File == nil && len(codes) > 0 {
		if rest := besides(r.Text); rest != "" {
			s = with(s, "text", true, rest)
		}
		return d.showStatus(ctx, st, r, with(s, "code", false, codes[0].code))
	}
	if done, err := d.thread(ctx, st, r, s); done || err != nil {
		return err
	}
	codes := receiptsIn(r.Text) // below a file
	d.mention(r)
	r.Text = d.shown(r)
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
		offerOutside(r, bot.T("outside.full"))
		return keep(st, r, s)
	default:
		s = with(s, answers[in.Kind], answers[in.Kind] != "point", in.Value)
		s = originated(withFile(r, s, codes), r)
	}
	s, again := sameAlbum(s, "album", r.Album)
	if !again {
		if err := d.offerLoose(ctx, st, r, s, question); err != nil {
			return err
		}
	}
	return keep(st, r, s)
}

// offerOutside asks what is to become of words that belong to no conversation.
func offerOutside(r *bot.Request, question bot.Text) {
	r.Reply(bot.Reply{Lines: []bot.Text{question}, Buttons: choices(false)})
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
	if other, ok := drawerOf(st).take(to); ok {
		return d.turnTo(ctx, st, r, dialog.Session{}, carried(other, s))
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

// originated keeps who first sent what was forwarded. Only a report of signs on the net
// uses it, after its question has said so, and what is added to one.
func originated(s dialog.Session, r *bot.Request) dialog.Session {
	if r.Origin == "" || !slices.Contains([]string{reportID, addID, looseID}, s.Dialog) || slices.Contains(s.Answers["origin"], r.Origin) || len(s.Answers["origin"]) >= maxTexts {
		return s
	}
	return with(s, "origin", true, r.Origin)
}

// takesFiles reports whether the conversation keeps files and the words below
// them.
func takesFiles(dialogID string) bool { return dialogID != lookUpID }
