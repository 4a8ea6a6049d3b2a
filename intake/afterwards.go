package intake

import (
	"context"
	"strconv"
	"strings"

	"tinbao/bot"
	"tinbao/bot/dialog"
	"tinbao/cases"
)

// What a person may say about a case that has ended: stars, once; a word with them;
// and that it should be opened again, with the reason.

// Afterwards keeps it.
type Afterwards interface {
	Rate(ctx context.Context, stream cases.Stream, caseID string, stars cases.Stars) error
	RateWords(ctx context.Context, stream cases.Stream, caseID, text string) error
	AskAgain(ctx context.Context, stream cases.Stream, caseID, text string, from cases.Route) (cases.Case, error)
}

const (
	wordID = "star"
	wishID = "wish"
)

// oneMessage is a dialog of one message that belongs to a case.
func oneMessage(id, ask string, commit func(*Desk, context.Context, Store, *bot.Request, dialog.Session) error) conversation {
	return conversation{
		commit: commit,
		Dialog: dialog.Dialog{
			ID: id, Ver: 1, Start: "text", Quiet: Quiet,
			Steps: map[dialog.StepID]dialog.Step{
				"text": {Ask: ask, Refuse: "after.refuse", Edges: []dialog.Edge{{On: dialog.Text, Save: "text", To: dialog.Done}}},
			},
		},
	}
}

func ratingWord() conversation { return oneMessage(wordID, "rate.word", (*Desk).sendWord) }
func wish() conversation       { return oneMessage(wishID, "again.ask", (*Desk).sendWish) }

// afterButtons are those of a look-up for a case that has ended.
func afterButtons(v cases.ResidentView) (rows [][]bot.Button) {
	if v.CanRate {
		var row []bot.Button
		for n := range int(cases.MostStars) {
			row = append(row, bot.Button{Label: bot.T("rate.star", "n", n+1), Do: bot.Action("rate", bot.StreamMark(v.Stream), v.CaseID, strconv.Itoa(n+1))})
		}
		rows = append(rows, row)
	}
	if v.CanAsk {
		rows = append(rows, []bot.Button{{Label: bot.T("button.again"), Do: bot.Action(wishID, bot.StreamMark(v.Stream), v.CaseID)}})
	}
	return rows
}

func afterLines(v cases.ResidentView) []bot.Text {
	switch {
	case v.CanRate:
		return []bot.Text{bot.T("rate.ask")}
	case v.Stars > 0:
		return []bot.Text{bot.T("rate.yours", "n", int(v.Stars))}
	}
	return nil
}

// rate keeps stars. The button was made for this chat, with the news of the end or
// after a right receipt.
func (d *Desk) rate(ctx context.Context, st Store, r *bot.Request, args []string) error {
	stream, known := bot.StreamOf(args[0])
	if !known {
		r.Toast(bot.T("button.old"))
		return nil
	}
	n, _ := strconv.Atoi(args[2]) // 0 is no rating
	err := st.Rate(ctx, stream, args[1], cases.Stars(n))
	if refusedAsForeign(err) {
		r.Alert(bot.T(cases.NotYours))
		return nil
	}
	switch cases.KindOf(err) {
	case cases.NotAllowed, cases.NotFound, cases.Conflict:
		key := "rate.late"
		if cases.KindOf(err) == cases.Conflict {
			key = "rate.twice"
		}
		d.close(r)
		r.Toast(bot.T(key))
		return nil
	}
	if err != nil {
		return err
	}
	of := cases.CaseRef{Stream: stream, ID: args[1]}
	sent, err := sentOf(ctx, st, of)
	if err != nil {
		return err
	}
	d.close(r)
	r.Reply(bot.Reply{Of: &bot.CaseRef{Stream: of.Stream, ID: of.ID}, Lines: []bot.Text{about(sent), bot.T("rate.thanks", "n", n)}, Buttons: [][]bot.Button{{{Label: bot.T("rate.more"), Do: bot.Action(wordID, args[0], args[1])}}}})
	return nil
}

// beginAfter opens a dialog of one message about a case. What is being written in another
// one is kept beside.
func (d *Desk) beginAfter(ctx context.Context, st Store, r *bot.Request, s dialog.Session, id string, args []string) error {
	stream, known := bot.StreamOf(args[0])
	if !known {
		r.Toast(bot.T("button.old"))
		return nil
	}
	if id == wishID && s.Dialog == looseID && len(s.Answers["text"]) > 0 {
		d.close(r)
		s = remember(remember(s, "stream", string(stream)), "case", args[1])
		return d.sendWish(ctx, st, r, s)
	}
	sent, err := sentOf(ctx, st, cases.CaseRef{Stream: stream, ID: args[1]})
	if err != nil {
		return err
	}
	d.close(r)
	d.putBeside(st, r, s)
	return d.begin(ctx, st, r, id, func(into *dialog.Session) { *into = ofCase(*into, stream, args[1], sent) })
}

func (d *Desk) sendWord(ctx context.Context, st Store, r *bot.Request, s dialog.Session) error {
	err := st.RateWords(ctx, cases.Stream(s.Extra["stream"]), s.Extra["case"], d.Blanked(r.Lang, s.First("text")))
	key := "rate.word.done"
	switch cases.KindOf(err) {
	case cases.Conflict:
		key, err = "rate.twice", nil
	case cases.NotAllowed, cases.NotFound:
		key, err = "rate.late", nil
	}
	if err != nil {
		return err
	}
	st.DropDraft()
	r.Reply(bot.Reply{Lines: append(caseLine(s), bot.T(key)), Menu: bot.ResidentMenu})
	return nil
}

func (d *Desk) sendWish(ctx context.Context, st Store, r *bot.Request, s dialog.Session) error {
	stream, text := cases.Stream(s.Extra["stream"]), strings.Join(s.Answers["text"], "\n")
	c, err := st.AskAgain(ctx, stream, s.Extra["case"], d.Blanked(r.Lang, text), cases.Route{Chat: r.Chat, Lang: r.Lang})
	switch cases.KindOf(err) {
	case cases.NotAllowed, cases.NotFound: // too late, or wished already: the words are not thrown away
		s.Dialog = looseID
		offerOutside(r, bot.T("again.late"))
		return keep(st, r, s)
	}
	if err != nil {
		return err
	}
	st.DropDraft()
	r.Reply(bot.Reply{Lines: []bot.Text{aboutCase(c), bot.T("again.done")}, Menu: bot.ResidentMenu})
	return d.tellSecond(ctx, st, r, c)
}

// tellSecond tells everybody who may agree that the person wants a case opened again.
func (d *Desk) tellSecond(ctx context.Context, st Store, r *bot.Request, c cases.Case) error {
	out, err := d.AskedAgain(ctx, st, c)
	r.Reply(out...)
	return err
}

// AskedAgain are the notices to everybody who may agree that the person wants a case
// opened again.
func (d *Desk) AskedAgain(ctx context.Context, st Colleagues, c cases.Case) (out []bot.Reply, err error) {
	right := cases.SecondReports
	if c.Number.Stream == cases.HelpStream {
		right = cases.SecondHelp
	}
	staff, err := st.StaffWith(ctx, right)
	if err != nil {
		return nil, err
	}
	number := c.Number.String()
	for _, s := range staff {
		if s.Route.Chat == 0 || cases.KeptFrom(s, c) {
			continue
		}
		out = append(out, bot.Reply{
			Chat: s.Route.Chat, Lang: s.Route.Lang, Protect: true, Slot: "step" + number,
			Lines:   []bot.Text{bot.T("staff.askreopen.person", "number", number)},
			Buttons: [][]bot.Button{{{Label: bot.T("button.open"), Do: bot.Action("xem", number)}}},
		})
	}
	return out, nil
}
