package intake

import (
	"context"
	"maps"

	"tinbao/bot"
	"tinbao/bot/dialog"
	"tinbao/cases"
)

// A place that is added to a case outside of any conversation goes there at once, blurred.
// The exact one waits in the draft until the person agrees with one press.

const (
	exactVerb = "loc"
	exactOf   = "exact" // the point, in Session.Extra
)

// offerExact asks whether a place that was just added may be sent exactly.
func (d *Desk) offerExact(st Store, r *bot.Request, s dialog.Session, of cases.CaseRef, sent cases.Sent) error {
	r.Reply(bot.Reply{
		Lines:   []bot.Text{about(sent), bot.T("share.more")},
		Buttons: [][]bot.Button{{{Label: bot.T("share.agree"), Do: bot.Action(exactVerb, bot.StreamMark(of.Stream), of.ID)}}},
		Of:      &bot.CaseRef{Stream: of.Stream, ID: of.ID},
	})
	return keep(st, r, remember(s, exactOf, encodePoint(*r.Place, "")))
}

// sendExact adds the exact place to the case whose blurred one was added.
func (d *Desk) sendExact(ctx context.Context, st Store, r *bot.Request, s dialog.Session, args []string) error {
	stream, known := bot.StreamOf(args[0])
	at, _, ok := pointOf(s.Extra[exactOf])
	if !known || !ok {
		r.Toast(bot.T("button.old"))
		return nil
	}
	line := cases.Point{At: at, Kind: d.Label(r.Lang, "place.agreed")}.String()
	c, err := st.AddInfo(ctx, stream, args[1], cases.Route{Chat: r.Chat, Lang: r.Lang}, line, nil)
	if err != nil {
		return d.late(r, err)
	}
	of := cases.CaseRef{Stream: stream, ID: args[1]}
	sent, err := sentAs(ctx, st, of, c)
	if err != nil {
		return err
	}
	s.Extra = maps.Clone(s.Extra)
	delete(s.Extra, exactOf)
	if err := keep(st, r, s); err != nil {
		return err
	}
	r.Reply(bot.Reply{Edit: r.Bubble(), Lines: []bot.Text{about(sent), bot.T("share.sent")}, Of: &bot.CaseRef{Stream: stream, ID: args[1]}})
	return d.tellAdded(ctx, st, r, of, sent, c)
}
