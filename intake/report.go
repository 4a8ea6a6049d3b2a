package intake

import (
	"context"
	"strings"
	"time"

	"tinbao/bot"
	"tinbao/bot/dialog"
	"tinbao/cases"
)

const reportID = "report"

// Quiet is how long a draft may be left alone before it is ended with a kind word.
const Quiet = 30 * time.Minute

// report is the conversation of a report: what → where → when → words and files
// → review → send.
func (d *Desk) report() conversation {
	what := dialog.Step{Ask: "report.what"}
	for _, c := range cases.Concerns {
		e := dialog.Edge{On: dialog.Choice, Is: string(c), Save: "what", To: "where"}
		switch {
		case c.Urgent():
			e.Warn = "emergency"
		case c == cases.NamedOne:
			e.Warn = "named.guide"
		}
		what.Options = append(what.Options, dialog.Option{Value: string(c), Text: "concern." + string(c)})
		what.Edges = append(what.Edges, e)
	}
	when := dialog.Step{Ask: "report.when", Columns: 2, Skip: "text"}
	for _, w := range []string{"now", "today", "week", "often"} {
		when.Options = append(when.Options, dialog.Option{Value: w, Text: "when." + w})
	}
	when.Edges = []dialog.Edge{
		{On: dialog.Choice, Save: "when", Accept: prefixed("c:"), To: "text"},
		{On: dialog.Text, Save: "when", Accept: prefixed("t:"), To: "text"},
	}
	return conversation{
		notice: func(cases.Ward) []bot.Text { return []bot.Text{bot.T("report.notice")} },
		commit: (*Desk).sendReport,
		Dialog: dialog.Dialog{
			ID: reportID, Ver: 1, Start: "what", Quiet: Quiet, Need: []string{"what", "text|file"},
			Steps: map[dialog.StepID]dialog.Step{
				"what": what,
				"where": {Ask: "report.where", List: "hamlets", Columns: 3, Skip: "when", Edges: []dialog.Edge{
					{On: dialog.Choice, Save: "where", Accept: prefixed("h:"), To: "when"},
					{On: dialog.Place, Save: "where", Accept: prefixed("p:"), To: "when"},
					{On: dialog.Text, Save: "where", Accept: prefixed("t:"), To: "when"},
				}},
				"when":   when,
				"text":   story("report.text", dialog.Option{Value: "ok", Text: "button.next"}, "review"),
				"review": review("report.review", "what", "where", "when", "text"),
			},
		},
	}
}

// story is a step that takes words and files, any number of them, until a button goes on.
func story(ask string, goOn dialog.Option, to dialog.StepID) dialog.Step {
	return dialog.Step{Ask: ask, Options: []dialog.Option{goOn, {Value: "clear", Text: "button.clear"}}, Edges: []dialog.Edge{
		{On: dialog.Text, Save: "text", Add: true},
		{On: dialog.File, Save: "file", Add: true},
		{On: dialog.Choice, Is: goOn.Value, To: to},
		{On: dialog.Choice, Is: "clear", Drop: []string{"text", "file"}},
	}}
}

// review is a step that shows all answers, to be sent or changed: a button leads back to
// each of the steps.
func review(ask string, steps ...string) dialog.Step {
	s := dialog.Step{
		Ask: ask, Review: true, Columns: 2,
		Options: []dialog.Option{{Value: "send", Text: "button.send"}}, Edges: []dialog.Edge{{On: dialog.Choice, Is: "send", To: dialog.Done}},
	}
	for _, name := range steps {
		s.Options = append(s.Options, dialog.Option{Value: name, Text: "edit." + name})
		s.Edges = append(s.Edges, dialog.Edge{On: dialog.Choice, Is: name, To: dialog.StepID(name)})
	}
	return s
}

// prefixed marks how an answer was given, so that typed words are never taken
// for a button.
func prefixed(mark string) func(string) (string, string) {
	return func(v string) (string, string) { return mark + v, "" }
}

// where reads the answer to "where".
func where(s dialog.Session) (hamlet int, words string, place *cases.Place) {
	mark, value, _ := strings.Cut(s.First("where"), ":")
	switch mark {
	case "h":
		return hamletOf(value), "", nil
	case "p":
		if p, ok := bot.DecodePlace(value); ok {
			return 0, "", &p
		}
	}
	return 0, value, nil
}

func content(s dialog.Session) cases.ReportContent {
	c := cases.ReportContent{Concern: cases.Concern(s.First("what")), Text: strings.Join(s.Answers["text"], "\n")}
	c.Hamlet, c.Where, c.Place = where(s)
	mark, value, _ := strings.Cut(s.First("when"), ":")
	if c.When = value; mark == "c" {
		c.When = "when." + value
	}
	return c
}

func (d *Desk) sendReport(ctx context.Context, st Store, r *bot.Request, s dialog.Session) error {
	c := content(s)
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
	lines := []bot.Text{bot.T(key, "code", got.Receipt.String(), "due", due), bot.T("code.repeat", "minutes", int(cases.CodeShown.Minutes()))}
	if c.Alarm != nil {
		lines = append(lines, AlarmLine(c.Number.Stream, *c.Alarm))
	}
	r.Reply(bot.Reply{Lines: lines, Menu: bot.ResidentMenu})
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
	none := bot.T("none")
	at, when := none, none
	switch {
	case c.Hamlet > 0:
		at = bot.Words(d.hamletName(ctx, st, c.Hamlet))
	case c.Place != nil:
		at = bot.T("place.blurred")
	case c.Where != "":
		at = bot.Words(bot.Short(c.Where, shownField))
	}
	if strings.HasPrefix(s.First("when"), "c:") {
		when = bot.T(c.When)
	} else if c.When != "" {
		when = bot.Words(bot.Short(c.When, shownField))
	}
	return []bot.Text{
		bot.T("review.what", "value", bot.T("concern."+string(c.Concern))),
		bot.T("review.where", "value", at),
		bot.T("review.when", "value", when),
		bot.T("review.text", "value", told(c.Text)),
		bot.T("review.files", "n", len(s.Answers["file"])),
	}
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
