package intake

import (
	"context"
	"strings"

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
			ID: lookUpID, Ver: 1, Start: "code", Quiet: quiet,
			Steps: map[dialog.StepID]dialog.Step{
				"code": {Ask: "lookup.ask", Edges: []dialog.Edge{{On: dialog.Text, Save: "code", To: dialog.Done}}},
			},
		},
	}
}

func (d *Desk) showStatus(ctx context.Context, st Store, r *bot.Request, s dialog.Session) error {
	receipt, err := cases.ParseReceipt(s.First("code"))
	if err != nil {
		return d.unknownReceipt(st, r)
	}
	v, err := st.LookUp(ctx, receipt)
	if cases.KindOf(err) == cases.NotFound {
		return d.unknownReceipt(st, r)
	}
	if err != nil {
		return err
	}
	st.DropDraft()
	r.Reply(d.status(v))
	return nil
}

// unknownReceipt leaves the question open, so that a slip can be typed again.
func (d *Desk) unknownReceipt(st Store, r *bot.Request) error {
	c := d.dialogs[lookUpID]
	s := c.Open()
	r.Reply(bot.Reply{Lines: []bot.Text{bot.T("receipt.notfound")}, Buttons: d.buttons(c.Dialog, s, nil)})
	return keep(st, r, s)
}

// status is what a receipt shows, in plain words.
func (d *Desk) status(v cases.ResidentView) bot.Reply {
	lines := []bot.Text{
		bot.T("lookup.status", "status", bot.T(residentStatus(v))),
		bot.T("lookup.received", "at", v.Received),
	}
	for _, t := range v.Talks {
		key := "lookup.you"
		if t.FromStaff {
			key = "lookup.ward"
		}
		lines = append(lines, bot.T(key, "at", t.At, "text", t.Text))
	}
	reply := bot.Reply{Lines: lines}
	if v.CanAdd {
		reply.Buttons = [][]bot.Button{{{Label: bot.T("button.add"), Do: addAction(v.Stream, v.CaseID)}}}
	}
	return reply
}

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
	return conversation{
		commit: (*Desk).sendInfo,
		Dialog: dialog.Dialog{
			ID: addID, Ver: 1, Start: "text", Quiet: quiet,
			Steps: map[dialog.StepID]dialog.Step{
				"text": {Ask: "add.text", Options: []dialog.Option{{Value: "send", Text: "button.send"}}, Edges: []dialog.Edge{
					{On: dialog.Text, Save: "text", Add: true},
					{On: dialog.File, Save: "file", Add: true},
					{On: dialog.Choice, Is: "send", To: dialog.Done},
				}},
			},
		},
	}
}

// beginAdd opens the addition for the case a button names; the button was made
// for this chat, after a right receipt or as the ward's question.
func (d *Desk) beginAdd(ctx context.Context, st Store, r *bot.Request, stream cases.Stream, caseID string) error {
	return d.begin(ctx, st, r, addID, func(s *dialog.Session) {
		s.Extra = map[string]string{"stream": string(stream), "case": caseID}
	})
}

func (d *Desk) sendInfo(ctx context.Context, st Store, r *bot.Request, s dialog.Session) error {
	text, attached := strings.Join(s.Answers["text"], "\n"), files(s)
	if text == "" && len(attached) == 0 {
		r.Toast(bot.T("add.empty"))
		return keep(st, r, s)
	}
	stream := cases.Stream(s.Extra["stream"])
	c, err := st.AddInfo(ctx, stream, s.Extra["case"], cases.Route{Chat: r.Chat, Lang: r.Lang}, text, attached)
	if err != nil {
		return err
	}
	st.DropDraft()
	d.close(r)
	r.Reply(bot.Reply{Lines: []bot.Text{bot.T("add.done")}, Menu: bot.ResidentMenu})
	right := cases.WorkReports
	if stream == cases.HelpStream {
		right = cases.WorkHelp
	}
	return d.tell(ctx, st, r, c, right, "staff.added")
}
