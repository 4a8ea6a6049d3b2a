package intake

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"time"

	"tinbao/bot"
	"tinbao/bot/dialog"
	"tinbao/cases"
)

const (
	lookUpID = "lookup"
	addID    = "add"
)

// lookUp asks for a receipt; it works from any account.
func lookUp() conversation {
	return conversation{
		commit: (*Desk).showStatus,
		Dialog: dialog.Dialog{
			ID: lookUpID, Ver: 1, Start: "code", Quiet: Quiet,
			Steps: map[dialog.StepID]dialog.Step{
				"code": {Ask: "lookup.ask", Refuse: "lookup.refuse", Edges: []dialog.Edge{{On: dialog.Text, Save: "code", To: dialog.Done}}},
			},
		},
	}
}

func (d *Desk) showStatus(ctx context.Context, st Store, r *bot.Request, s dialog.Session) error {
	until, err := st.BarredUntil(ctx, cases.Guessing)
	if err != nil {
		return err
	}
	if !until.IsZero() {
		return d.hintAt(ctx, st, r, carried(fresh(d.dialogs[lookUpID].Dialog, st.Now()), s), bot.T("lookup.wait", "at", until))
	}
	receipt, err := cases.ParseReceipt(s.First("code"))
	if err != nil && !looksLikeCode(s.First("code")) { // a sentence is no guess
		return d.hint(ctx, st, r, carried(fresh(d.dialogs[lookUpID].Dialog, st.Now()), s), "lookup.refuse")
	}
	if err != nil {
		return d.unknownReceipt(ctx, st, r, s)
	}
	v, err := st.LookUp(ctx, receipt)
	if cases.KindOf(err) == cases.NotFound {
		return d.unknownReceipt(ctx, st, r, s)
	}
	if err != nil {
		return err
	}
	r.Reply(Elsewhere(v)...)
	w, err := st.Ward(ctx)
	if err != nil {
		return err
	}
	reply := d.status(v, w, st.Now())
	reply.Buttons = append(reply.Buttons, listButton(st, v)...)
	loose := carried(dialog.Session{Dialog: looseID}, s)
	if len(loose.Answers) == 0 {
		st.DropDraft()
		r.Reply(reply)
		return nil
	}
	if v.CanAdd {
		reply.Lines = append(reply.Lines, bot.T("lookup.carried"))
		r.Reply(reply)
	} else {
		r.Reply(reply)
		offerOutside(r, bot.T("outside"))
	}
	return keep(st, r, loose)
}

// unknownReceipt leaves the question open, so that a slip can be typed again, and
// counts it.
func (d *Desk) unknownReceipt(ctx context.Context, st Store, r *bot.Request, s dialog.Session) error {
	if err := guessed(ctx, st); err != nil {
		return err
	}
	return d.hint(ctx, st, r, carried(fresh(d.dialogs[lookUpID].Dialog, st.Now()), s), "receipt.notfound")
}

// status is what a receipt shows, in plain words.
func (d *Desk) status(v cases.ResidentView, w cases.Ward, now time.Time) bot.Reply {
	lines := []bot.Text{
		bot.T("lookup.status", "status", bot.T(residentStatus(v))),
		bot.T("lookup.received", "at", cases.SentAs(v.CaseID, v.Received)),
	}
	if !v.AnswerBy.IsZero() && !v.Status.Final() && now.Before(v.AnswerBy) {
		lines = append(lines, bot.T("lookup.due", "due", v.AnswerBy))
	}
	if v.Alarm != nil && !v.Status.Final() {
		lines = append(lines, AlarmLine(v.Stream, *v.Alarm))
	}
	if v.Result != nil {
		lines = append(lines, bot.ResultLines(*v.Result, w)...)
	}
	talks := v.Talks[max(0, len(v.Talks)-shownTalks):]
	if len(talks) < len(v.Talks) {
		lines = append(lines, bot.T("lookup.earlier", "n", len(v.Talks)-len(talks)))
	}
	for _, t := range talks {
		key := "lookup.you"
		if t.FromStaff {
			key = "lookup.ward"
		}
		lines = append(lines, bot.T(key, "at", t.At, "text", bot.Short(quoted(t.Text), shownTalk)))
	}
	reply := bot.Reply{Lines: append(lines, afterLines(v)...), Buttons: afterButtons(v)}
	if v.CanAdd {
		reply.Buttons = append(reply.Buttons, []bot.Button{{Label: bot.T("button.add"), Do: addAction(v.Stream, v.CaseID)}})
	}
	reply.Buttons = append(reply.Buttons, []bot.Button{{Label: bot.T("button.own"), Do: ownAction(v.Stream, v.CaseID)}})
	return reply
}

// quoted marks further lines of a message, so that they cannot pass for a message of
// the ward: others who hold the receipt write here, too.
func quoted(text string) string {
	return lineBreaks.ReplaceAllString(strings.TrimSpace(text), "\n│ ")
}

var lineBreaks = regexp.MustCompile("\r\n|[\n\r\v\f\u0085\u2028\u2029]")

// shownTalks is how many messages a look-up shows, so that the newest always fit.
const shownTalks = 5

// residentStatus is the key of the words a resident reads for a status.
func residentStatus(v cases.ResidentView) string {
	if v.Stream == cases.HelpStream {
		return "resident.help." + string(v.Status)
	}
	return "resident.status." + string(v.Status)
}

func addAction(stream cases.Stream, caseID string) string {
	return bot.Action("add", string(stream), caseID)
}

// addInfo adds words and files to a case that is already there.
func (d *Desk) addInfo() conversation {
	text := story("add.text", dialog.Option{Value: "send", Text: "button.send"}, dialog.Done)
	text.Refuse = "add.refuse"
	return conversation{
		commit: (*Desk).sendInfo,
		Dialog: dialog.Dialog{
			ID: addID, Ver: 1, Start: "text", Quiet: Quiet,
			Steps: map[dialog.StepID]dialog.Step{"text": text, "share": share("text")},
			Any:   append(more(), shared()...),
		},
	}
}

// beginAdd opens the addition for the case a button names; the button was made
// for this chat, after a right receipt or as the ward's question. What was kept
// outside of any conversation goes into it; what is being written in another one
// is kept beside.
func (d *Desk) beginAdd(ctx context.Context, st Store, r *bot.Request, s dialog.Session, stream cases.Stream, caseID string) error {
	if s.Dialog == addID && s.Extra["case"] == caseID && len(s.Answers) > 0 {
		return d.resume(ctx, st, r, s)
	}
	if s.Dialog != looseID && s.Dialog != lookUpID {
		d.putBeside(st, r, s)
		s = dialog.Session{}
	}
	sent, err := sentOf(ctx, st, cases.CaseRef{Stream: stream, ID: caseID})
	if err != nil {
		return err
	}
	return d.begin(ctx, st, r, addID, func(into *dialog.Session) { *into = carried(ofCase(*into, stream, caseID, sent), s) })
}

// pointLines are the places of an addition, written so that staff can open them on a map.
func (d *Desk) pointLines(r *bot.Request, s dialog.Session) (lines []string) {
	exact, name, near := whereabouts(s)
	if name != "" {
		lines = append(lines, name)
	}
	if exact != nil {
		lines = append(lines, cases.Point{At: *exact, Kind: d.Label(r.Lang, "place.agreed")}.String())
	}
	if near != nil {
		lines = append(lines, cases.Point{At: *near, Kind: d.Label(r.Lang, "place.near")}.String())
	}
	return lines
}

func (d *Desk) sendInfo(ctx context.Context, st Store, r *bot.Request, s dialog.Session) error {
	text, attached := strings.Join(append(slices.Clone(s.Answers["text"]), d.pointLines(r, s)...), "\n"), files(s)
	if text == "" && len(attached) == 0 {
		r.Toast(bot.T("add.empty"))
		return keep(st, r, s)
	}
	stream := cases.Stream(s.Extra["stream"])
	if said(s) == cases.NoDanger {
		st.NobodyInDanger()
	}
	of := cases.CaseRef{Stream: stream, ID: s.Extra["case"]}
	text, err := d.withOrigin(ctx, st, r, of, text, s.Answers["origin"]...)
	if err != nil {
		return err
	}
	c, err := st.AddInfo(ctx, stream, of.ID, cases.Route{Chat: r.Chat, Lang: r.Lang}, d.Blanked(r.Lang, text), attached)
	switch cases.KindOf(err) {
	case cases.NotAllowed, cases.NotFound: // ended meanwhile: the words are not thrown away
		sent, err := sentOf(ctx, st, of)
		if err != nil {
			return err
		}
		s.Dialog = looseID
		d.close(r)
		offerOutside(r, bot.T("add.ended", "received", sent))
		return keep(st, r, s)
	}
	if err != nil {
		return err
	}
	sent, err := sentAs(ctx, st, of, c)
	if err != nil {
		return err
	}
	st.Thread().Sent(of)
	st.KeepThread()
	st.DropDraft()
	d.close(r)
	r.Reply(bot.Reply{Lines: []bot.Text{about(sent), bot.T("add.done")}, Menu: bot.ResidentMenu, Of: &bot.CaseRef{Stream: stream, ID: of.ID}})
	return d.tellAdded(ctx, st, r, of, sent, c)
}
