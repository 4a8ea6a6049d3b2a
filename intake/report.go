package intake

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"tinbao/bot"
	"tinbao/bot/dialog"
	"tinbao/cases"
)

const reportID = "report"

// report is the conversation of a report: what → where → words and files, which shows
// all answers → send. When it was, and more of everything, can be told beside these.
func (d *Desk) report() conversation {
	what := dialog.Step{Ask: "report.what"}
	for _, c := range cases.Concerns {
		e := dialog.Edge{On: dialog.Choice, Is: string(c), Save: "what", To: "where"}
		switch {
		case c.Urgent():
			e.Warn = "emergency"
		case c == cases.NamedOne:
			e.Warn, e.To = "named.guide", "about"
		case c == cases.Online:
			e.To = "online"
		}
		what.Options = append(what.Options, dialog.Option{Value: string(c), Text: "concern." + string(c)})
		what.Edges = append(what.Edges, e)
	}
	when, whenEdges := whenButtons()
	return conversation{
		notice: func(cases.Ward) []bot.Text { return []bot.Text{bot.T("report.notice")} },
		commit: (*Desk).sendReport,
		Dialog: dialog.Dialog{
			ID: reportID, Ver: 2, Start: "what", Quiet: reportKept, Need: []string{"what", "text|file|online"},
			Steps: map[dialog.StepID]dialog.Step{
				"what":  what,
				"about": aboutStep("where"),
				"led":   ledStep(),
				"where": {
					Ask: "report.where", List: "hamlets", Columns: 3, Skip: "text", Unless: []string{"venue", "pin", "stand"}, Past: "text",
					Options: []dialog.Option{{Value: "out", Text: "where.outside", Own: true}, {Value: "clear", Text: "button.clear.place", Own: true}},
					Edges: []dialog.Edge{
						{On: dialog.Choice, Is: "clear", Drop: []string{"hamlet", "where", "venue", "pin", "stand", "point"}},
						{On: dialog.Choice, Save: "hamlet", To: "text"},
						{On: dialog.Text, Save: "where", Add: true, To: "text"},
						{On: dialog.Venue, Save: "venue", To: "text"},
						{On: dialog.Place, Save: "point", To: "which"},
					},
				},
				"which": {
					Ask: "report.which", Skip: "text", Minor: true,
					Options: []dialog.Option{{Value: "there", Text: "report.which.there", Own: true}, {Value: "here", Text: "report.which.here", Own: true}},
					Edges: []dialog.Edge{
						{On: dialog.Choice, Is: "there", From: "point", Save: "pin", To: "text"},
						{On: dialog.Choice, Is: "here", From: "point", Save: "stand", Accept: blurred, To: "text"},
						{On: dialog.Text, Save: "text", Add: true, To: "text"},
					},
				},
				"text": {
					Ask: "report.text", Columns: 2, Options: when, Unless: []string{"text", "file", "online"}, Past: "review",
					Edges: append([]dialog.Edge{
						{On: dialog.Text, Save: "text", Add: true, To: "review"},
						{On: dialog.File, Save: "file", Add: true, To: "review"},
					}, whenEdges...),
				},
				"online": {
					Ask: "report.online", Skip: "text", Unless: []string{"online"}, Past: "review",
					Edges: []dialog.Edge{
						{On: dialog.Text, Save: "online", Add: true, To: "review"},
						{On: dialog.File, Save: "file", Add: true, To: "review"},
					},
				},
				"review": {
					Ask: "report.review", Review: true, Columns: 2,
					Options: slices.Concat([]dialog.Option{{Value: "send", Text: "button.send", Own: true}}, when, []dialog.Option{
						{Value: "what", Text: "edit.what", Break: true}, {Value: "where", Text: "edit.where"}, {Value: "clear", Text: "button.clear"},
					}),
					Edges: append([]dialog.Edge{
						{On: dialog.Choice, Is: "send", To: dialog.Done},
						{On: dialog.Choice, Is: "what", To: "what"},
						{On: dialog.Choice, Is: "where", To: "where"},
						{On: dialog.Choice, Is: "clear", Drop: []string{"text", "file", "online", "origin"}, To: "text"},
					}, whenEdges...),
				},
			},
			Any: append(more(), dialog.Edge{On: dialog.Venue, Save: "venue"}, dialog.Edge{On: dialog.Place, Save: "point", To: "which", Aside: true}),
		},
	}
}

// whenButtons are the buttons that say when it was. One more press takes an answer back.
func whenButtons() (options []dialog.Option, edges []dialog.Edge) {
	for i, w := range []string{"now", "today", "week", "often"} {
		options = append(options, dialog.Option{Value: w, Text: "when." + w, Break: i == 0})
		edges = append(edges, dialog.Edge{On: dialog.Choice, Is: w, Save: "when", Accept: prefixed("c:"), Toggle: true})
	}
	return options, edges
}

// more are words and files at whatever question they come.
func more() []dialog.Edge {
	return []dialog.Edge{{On: dialog.Text, Save: "text", Add: true}, {On: dialog.File, Save: "file", Add: true}}
}

// story is a step that takes words and files, any number of them, until a button goes on.
func story(ask string, goOn dialog.Option, to dialog.StepID) dialog.Step {
	return dialog.Step{Ask: ask, Options: []dialog.Option{goOn, {Value: "clear", Text: "button.clear"}}, Edges: append(more(),
		dialog.Edge{On: dialog.Choice, Is: goOn.Value, To: to},
		dialog.Edge{On: dialog.Choice, Is: "clear", Drop: []string{"text", "file"}},
	)}
}

// prefixed marks how an answer was given, so that typed words are never taken
// for a button.
func prefixed(mark string) func(string) (string, string) {
	return func(v string) (string, string) { return mark + v, "" }
}

// blurred is a point as it is kept of somebody who stands there; what else was sent with
// it is left out.
func blurred(v string) (string, string) {
	p, _, ok := pointOf(v)
	if !ok {
		return "", "dialog.odd"
	}
	return bot.EncodePlace(p.Blur()), ""
}

func content(s dialog.Session) cases.ReportContent {
	c := cases.ReportContent{
		Concern: cases.Concern(s.First("what")), Text: strings.Join(s.Answers["text"], "\n"), Online: strings.Join(s.Answers["online"], "\n"),
		Where: strings.Join(s.Answers["where"], "; "), Hamlet: hamletOf(s.First("hamlet")), Outside: s.First("hamlet") == "out",
	}
	if c.Concern == cases.Online { // of other reports it is about nobody who is reported
		c.Origin = strings.Join(s.Answers["origin"], "; ")
	}
	for _, name := range []string{"venue", "pin"} { // a pin tells more than the middle of a house
		if p, words, ok := pointOf(s.First(name)); ok {
			c.At = &p
			c.Venue = cmp.Or(words, c.Venue)
		}
	}
	// A point nobody has said anything about may be where the person is.
	for _, name := range []string{"point", "stand"} {
		if p, _, ok := pointOf(s.First(name)); ok {
			p = p.Blur()
			c.Place = &p
		}
	}
	c.About = aboutOf(s)
	mark, value, _ := strings.Cut(s.First("when"), ":")
	if c.When = value; mark == "c" {
		c.When = "when." + value
	}
	return c
}

func (d *Desk) sendReport(ctx context.Context, st Store, r *bot.Request, s dialog.Session) error {
	c := content(s)
	if !c.About.Kept() {
		w, err := st.Ward(ctx)
		if err != nil {
			return err
		}
		d.close(r)
		return d.ledOut(st, r, w)
	}
	n := cases.NewCase{Report: &c, Files: files(s), Source: cases.FromBot, Danger: said(s)}
	return d.send(ctx, st, r, n)
}

// send receives a case, gives the receipt and tells the staff that something
// waits, without a word of what it is.
func (d *Desk) send(ctx context.Context, st Store, r *bot.Request, n cases.NewCase) error {
	got, err := d.Take(ctx, st, cases.Route{Chat: r.Chat, Lang: r.Lang}, n)
	if err != nil {
		return err
	}
	r.Reply(got.Notices...)
	if got.Refused {
		r.Toast(bot.T("send.limited"))
		return nil
	}
	st.DropDraft()
	d.close(r)
	c := got.Case
	due := c.AnswerBy
	if c.Help != nil {
		due = c.Due // the limit for getting in touch
	}
	key := string(c.Number.Stream) + ".received"
	if c.Urgent {
		key += ".urgent" // which promises no day
	}
	lines := []bot.Text{bot.T(key, "code", got.Receipt.String(), "due", due)}
	if c.Alarm != nil {
		lines = append(lines, AlarmLine(c.Number.Stream, *c.Alarm))
	}
	st.Thread().Sent(cases.CaseRef{Stream: c.Number.Stream, ID: c.ID})
	st.KeepThread()
	noteCase(st, cases.CaseRef{Stream: c.Number.Stream, ID: c.ID}, c.Received)
	r.Reply(bot.Reply{Lines: lines, Menu: bot.ResidentMenu, Of: &bot.CaseRef{Stream: c.Number.Stream, ID: c.ID}}, d.receiptReply(c, got.Receipt))
	if c.Help != nil {
		return d.offerPlaces(ctx, st, r, c.Help.Service)
	}
	return nil
}

// summary shows all answers before they are sent.
func (d *Desk) summary(ctx context.Context, st Store, s dialog.Session) []bot.Text {
	if s.Dialog == helpID {
		return d.helpSummary(s)
	}
	c := content(s)
	lines := append([]bot.Text{bot.T("review.what", "value", bot.T("concern."+string(c.Concern)))}, d.whereLines(ctx, st, c)...)
	if strings.HasPrefix(s.First("when"), "c:") {
		lines = append(lines, bot.T("review.when", "value", bot.T(c.When)))
	}
	for _, p := range c.Words() {
		if p.Key == cases.PartWhere || p.Key == cases.PartVenue {
			continue
		}
		lines = append(lines, bot.T("review."+p.Key, "value", excerpt(p)))
	}
	if c.Text == "" && c.Online == "" {
		lines = append(lines, bot.T("review.text", "value", bot.T("none")))
	}
	if s.Has("file") {
		lines = append(lines, filesLine(s))
	}
	return lines
}

// filesLine tells how many files there are. Of an album the first is answered, and nobody
// knows yet how many will come.
func filesLine(s dialog.Session) bot.Text {
	if s.Extra["album"] != "" {
		return bot.T("review.files.album")
	}
	return bot.T("review.files", "n", len(s.Answers["file"]))
}

// whereLines are everything told about the place.
func (d *Desk) whereLines(ctx context.Context, st Store, c cases.ReportContent) (lines []bot.Text) {
	add := func(value bot.Text) { lines = append(lines, bot.T("review.where", "value", value)) }
	if c.Hamlet > 0 {
		add(bot.Words(d.hamletName(ctx, st, c.Hamlet)))
	}
	if c.Outside {
		add(bot.T("where.outside"))
	}
	for _, p := range c.Words() {
		if p.Key == cases.PartWhere || p.Key == cases.PartVenue {
			lines = append(lines, bot.T("review."+p.Key, "value", excerpt(p)))
		}
	}
	if c.At != nil {
		add(bot.T("place.exact"))
	}
	if c.Place != nil {
		add(bot.T("place.blurred"))
	}
	if len(lines) == 0 {
		add(bot.T("none"))
	}
	return lines
}

// excerpt is one field of a person's words, as the review shows it.
func excerpt(p cases.Part) bot.Text {
	if p.Key == cases.PartText {
		return told(p.Text)
	}
	return bot.Words(bot.Short(p.Text, shownField))
}

// told is what a person wrote, as the review shows it: not all of a long story,
// which would push out the lines below it.
func told(text string) bot.Text {
	if text == "" {
		return bot.T("none")
	}
	return bot.Words(bot.Short(text, shownText))
}

const (
	shownText  = 1500 // UTF-16 units of the person's words in the review
	shownField = 300  // of a place, a time or a way of contact there
	shownTalk  = 600  // of each message in a look-up
)

func (d *Desk) hamletName(ctx context.Context, st Store, n int) string {
	w, err := st.Ward(ctx)
	if err != nil || n > len(w.Hamlets) {
		return ""
	}
	return w.Hamlets[n-1]
}
