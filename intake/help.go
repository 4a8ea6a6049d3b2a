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

// help is the conversation of a request for help: what it is about → send. Everything
// else can be added before that and nothing has to be. Whoever is forced or held is asked
// for no service. What is told, and the exceptions from it, stand before the first
// question (domain.md 9.6).
func (d *Desk) help() conversation {
	need := dialog.Step{Ask: "help.need", Columns: 2, Options: []dialog.Option{{Value: "forced", Text: "help.forced", Own: true}}}
	need.Edges = []dialog.Edge{
		{On: dialog.Choice, Is: "forced", Save: "forced", Warn: "emergency", To: "review"},
		{On: dialog.Choice, Save: "service", To: "review"},
	}
	services := make([]dialog.Option, 0, len(cases.Services)+1)
	for i, s := range cases.Services {
		services = append(services, dialog.Option{Value: string(s), Text: "service." + string(s), Own: i == 0})
	}
	services = append(services, dialog.Option{Value: string(cases.OtherNeed), Text: "service." + string(cases.OtherNeed), Own: true})
	need.Options = append(need.Options, services...)
	return conversation{
		notice: func(w cases.Ward) []bot.Text {
			if w.PoliceException {
				return []bot.Text{bot.T("help.notice.exception")}
			}
			return []bot.Text{bot.T("help.notice")}
		},
		commit: (*Desk).sendHelp,
		Dialog: dialog.Dialog{
			ID: helpID, Ver: 2, Start: "need", Quiet: reportKept, Need: []string{"service|forced"},
			Steps: map[dialog.StepID]dialog.Step{
				"need": need,
				"more": {
					Ask: "help.services", Columns: 2, Options: append(services, dialog.Option{Value: "ok", Text: "button.next", Own: true}),
					Edges: []dialog.Edge{
						{On: dialog.Choice, Is: "ok", To: "review"},
						{On: dialog.Choice, Save: "service", Toggle: true, Add: true},
					},
				},
				"contact": {Ask: "help.contact", Columns: 1, Skip: "review", Options: []dialog.Option{{Value: "bot", Text: "help.contact.bot"}}, Edges: []dialog.Edge{
					{On: dialog.Choice, Is: "bot", Save: "contact", Accept: prefixed("c:"), To: "review"},
					{On: dialog.Text, Save: "contact", Accept: prefixed("t:"), To: "review"},
				}},
				"where": {Ask: "help.where", Skip: "review", Edges: []dialog.Edge{
					{On: dialog.Text, Save: "text", Add: true, To: "review"},
					{On: dialog.Place, Save: "point", To: "share"},
					{On: dialog.Venue, Save: "point", To: "share"},
				}},
				"share":  share("review"),
				"review": helpReview(),
			},
			Any: append(more(), shared()...),
		},
	}
}

// helpReview shows what will be sent, and offers what can be added.
func helpReview() dialog.Step {
	return dialog.Step{
		Ask: "help.review", Review: true, Columns: 2,
		Options: []dialog.Option{
			{Value: "send", Text: "button.send", Own: true},
			{Value: "adult", Text: "help.adult"},
			{Value: "minor", Text: "help.minor"},
			{Value: "more", Text: "help.add.service", Hide: "forced"},
			{Value: "contact", Text: "edit.contact"},
			{Value: "where", Text: "help.add.where"},
			{Value: "long", Text: "draft.long"},
			{Value: "clear", Text: "button.clear"},
		},
		Edges: []dialog.Edge{
			{On: dialog.Choice, Is: "send", To: dialog.Done},
			{On: dialog.Choice, Is: "adult", Save: "age", Toggle: true},
			{On: dialog.Choice, Is: "minor", Save: "age", Toggle: true, Warn: "help.under18"},
			{On: dialog.Choice, Is: "more", To: "more"},
			{On: dialog.Choice, Is: "contact", To: "contact"},
			{On: dialog.Choice, Is: "where", To: "where"},
			{On: dialog.Choice, Is: "long", Save: keepAnswer, Toggle: true},
			{On: dialog.Choice, Is: "clear", Drop: []string{"text", "file"}},
		},
	}
}

// share asks what may become of a place that was just sent.
func share(to dialog.StepID) dialog.Step {
	return dialog.Step{
		Ask: "share.ask", Minor: true, Skip: to,
		Options: []dialog.Option{
			{Value: "agree", Text: "share.agree", Own: true}, {Value: "near", Text: "share.near", Own: true}, {Value: "drop", Text: "share.drop", Own: true},
		},
		Edges: []dialog.Edge{
			{On: dialog.Choice, Is: "agree", From: "point", Save: "exact", To: to},
			{On: dialog.Choice, Is: "near", From: "point", Save: "near", Accept: blurred, To: to},
			{On: dialog.Choice, Is: "drop", Drop: []string{"point"}, To: to},
		},
	}
}

// shared are places at whatever question they come: nothing is sent on exactly without a yes.
func shared() []dialog.Edge {
	return []dialog.Edge{
		{On: dialog.Place, Save: "point", To: "share", Aside: true},
		{On: dialog.Venue, Save: "point", To: "share", Aside: true},
	}
}

// whereabouts reads the answers of share: the exact place the person agreed to give with
// its name, and a blurred one.
func whereabouts(s dialog.Session) (exact *cases.Place, name string, near *cases.Place) {
	if p, words, ok := pointOf(s.First("exact")); ok {
		exact, name = &p, words
	}
	for _, answer := range []string{"point", "near"} {
		if p, _, ok := pointOf(s.First(answer)); ok {
			p = p.Blur()
			near = &p
		}
	}
	return exact, name, near
}

func helpContent(s dialog.Session) cases.HelpContent {
	h := cases.HelpContent{Forced: s.Has("forced"), Under18: s.First("age") == "minor"}
	chosen := make([]cases.Service, 0, len(s.Answers["service"]))
	for _, service := range s.Answers["service"] {
		chosen = append(chosen, cases.Service(service))
	}
	h.Service, h.Also = cases.Primary(chosen)
	text := s.Answers["text"]
	exact, name, near := whereabouts(s)
	if h.At, h.Place = exact, near; name != "" {
		text = append([]string{"📍 " + name}, text...)
	}
	h.Text = strings.Join(text, "\n")
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
	var lines []bot.Text
	if h.Forced {
		lines = append(lines, bot.T("help.review.forced"))
	}
	if !h.Forced || h.Service != cases.OtherNeed {
		list := bot.T("service." + string(h.Service))
		for _, other := range h.Also {
			list = bot.T("card.list", "first", list, "next", bot.T("service."+string(other)))
		}
		lines = append(lines, bot.T("review.service", "value", list))
	}
	if age := s.First("age"); age != "" {
		lines = append(lines, bot.T("review.age", "value", bot.T("help."+age)))
	}
	if h.At != nil {
		lines = append(lines, bot.T("review.where", "value", bot.T("share.exact")))
	}
	if h.Place != nil {
		lines = append(lines, bot.T("review.where", "value", bot.T("place.blurred")))
	}
	for _, p := range h.Words() {
		lines = append(lines, bot.T("review."+p.Key, "value", excerpt(p)))
	}
	if s.Has("file") {
		lines = append(lines, filesLine(s))
	}
	return lines
}
