package intake

import (
	"context"
	"strings"

	"tinbao/bot"
	"tinbao/bot/dialog"
	"tinbao/cases"
)

const (
	helpID    = "help"
	announced = "announced" // the exception from consent was read before anything was written
)

// help is the conversation of a request for help: age → service → how to be
// reached → words → review → send. What is told, and the exceptions from it,
// stand before the first question (domain.md 9.6).
func (d *Desk) help() conversation {
	service := dialog.Step{Ask: "help.service", Columns: 2, Edges: []dialog.Edge{{On: dialog.Choice, Save: "service", To: "contact"}}}
	for _, s := range cases.Services {
		service.Options = append(service.Options, dialog.Option{Value: string(s), Text: "service." + string(s)})
	}
	text := story("help.text", dialog.Option{Value: "ok", Text: "button.next"}, "review")
	text.Skip = "review"
	return conversation{
		notice: func(w cases.Ward) []bot.Text {
			if w.PoliceException {
				return []bot.Text{bot.T("help.notice.exception")}
			}
			return []bot.Text{bot.T("help.notice")}
		},
		commit: (*Desk).sendHelp,
		Dialog: dialog.Dialog{
			ID: helpID, Ver: 1, Start: "age", Quiet: Quiet, Need: []string{"service"},
			Steps: map[dialog.StepID]dialog.Step{
				"age": {Ask: "help.age", Columns: 2, Skip: "service", Options: []dialog.Option{{Value: "adult", Text: "help.adult"}, {Value: "minor", Text: "help.minor"}}, Edges: []dialog.Edge{
					{On: dialog.Choice, Is: "minor", Save: "age", Warn: "help.under18", To: "service"},
					{On: dialog.Choice, Is: "adult", Save: "age", To: "service"},
				}},
				"service": service,
				"contact": {Ask: "help.contact", Skip: "text", Options: []dialog.Option{{Value: "bot", Text: "help.contact.bot"}}, Edges: []dialog.Edge{
					{On: dialog.Choice, Is: "bot", Save: "contact", Accept: prefixed("c:"), To: "text"},
					{On: dialog.Text, Save: "contact", Accept: prefixed("t:"), To: "text"},
				}},
				"text":   text,
				"review": review("help.review", "age", "service", "contact", "text"),
			},
		},
	}
}

func helpContent(s dialog.Session) cases.HelpContent {
	h := cases.HelpContent{
		Service: cases.Service(s.First("service")), Under18: s.First("age") == "minor",
		Text: strings.Join(s.Answers["text"], "\n"),
	}
	if mark, value, _ := strings.Cut(s.First("contact"), ":"); mark == "t" {
		h.Contact = value
	}
	return h
}

func (d *Desk) sendHelp(ctx context.Context, st Store, r *bot.Request, s dialog.Session) error {
	h := helpContent(s)
	return d.send(ctx, st, r, cases.NewCase{Help: &h, Files: files(s), Source: cases.FromBot, Announced: s.Extra[announced] != "", Danger: said(s)})
}

func (d *Desk) helpSummary(s dialog.Session) []bot.Text {
	h := helpContent(s)
	contact := bot.T("help.contact.bot")
	if h.Contact != "" {
		contact = bot.Words(bot.Short(h.Contact, shownField))
	}
	age := bot.T("none")
	if given := s.First("age"); given != "" {
		age = bot.T("help." + given)
	}
	return []bot.Text{
		bot.T("review.age", "value", age),
		bot.T("review.service", "value", bot.T("service."+string(h.Service))),
		bot.T("review.contact", "value", contact),
		bot.T("review.text", "value", told(h.Text)),
		bot.T("review.files", "n", len(s.Answers["file"])),
	}
}
