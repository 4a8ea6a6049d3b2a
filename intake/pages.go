package intake

import (
	"context"

	"tinbao/bot"
	"tinbao/cases"
)

// Pages are the pages of information, and who gets news of the ward.
type Pages interface {
	Page(ctx context.Context, key cases.PageKey, lang string, version int) (cases.Page, error)
	PageFile(ctx context.Context, p cases.Page) (cases.CleanFile, error)
	CountReading(ctx context.Context, key cases.PageKey, lang string) error
	Subscribe(ctx context.Context, back cases.Route) error
	Unsubscribe(ctx context.Context, chat int64) (bool, error)
	Subscribed(ctx context.Context, chat int64) (bool, error)
}

// The buttons of the guide.
const (
	pageVerb  = "pg"
	pageMenu  = "menu"
	pageGuide = "how"
	newsVerb  = "news"
	newsOn    = "on"
	newsOff   = "off"
)

// pagesMenu lists what can be read, in place of a bubble or anew (0).
func (d *Desk) pagesMenu(ctx context.Context, st Store, r *bot.Request, bubble int) error {
	var rows [][]bot.Button
	for _, key := range cases.PageKeys {
		p, err := st.Page(ctx, key, r.Lang, 0)
		if err != nil {
			return err
		}
		rows = append(rows, []bot.Button{{Label: bot.Words(p.Title), Do: bot.Action(pageVerb, string(key))}})
	}
	rows = append(rows, []bot.Button{{Label: bot.T("pages.guide"), Do: bot.Action(pageVerb, pageGuide)}})
	on, err := st.Subscribed(ctx, r.Chat)
	if err != nil {
		return err
	}
	news := bot.Button{Label: bot.T("pages.subscribe"), Do: bot.Action(newsVerb, newsOn)}
	if on {
		news = bot.Button{Label: bot.T("pages.unsubscribe"), Do: bot.Action(newsVerb, newsOff)}
	}
	r.Reply(bot.Reply{Edit: bubble, Lines: []bot.Text{bot.T("pages.ask")}, Buttons: append(rows, []bot.Button{news})})
	return nil
}

// page shows one page, and counts that somebody read it.
func (d *Desk) page(ctx context.Context, st Store, r *bot.Request, name string) error {
	back := [][]bot.Button{{{Label: bot.T("pages.back"), Do: bot.Action(pageVerb, pageMenu)}}}
	switch name {
	case pageMenu:
		return d.pagesMenu(ctx, st, r, r.Bubble())
	case pageGuide:
		text, err := guideText(ctx, st)
		r.Reply(bot.Reply{Edit: r.Bubble(), Lines: []bot.Text{text}, Buttons: back})
		return err
	}
	key, err := cases.ParsePageKey(name)
	if err != nil {
		r.Toast(bot.T("button.old"))
		return nil //nolint:nilerr // a button of another version
	}
	p, err := st.Page(ctx, key, r.Lang, 0)
	if err != nil {
		return err
	}
	if err := st.CountReading(ctx, key, r.Lang); err != nil {
		return err
	}
	if p.File == "" {
		r.Reply(bot.Reply{Edit: r.Bubble(), Lines: bot.PageLines(p), Buttons: back})
		return nil
	}
	f, err := st.PageFile(ctx, p)
	if err != nil {
		return err
	}
	d.close(r)
	r.Reply(bot.Reply{File: bot.PageFile(f)}, bot.Reply{Lines: bot.PageLines(p), Buttons: back})
	return nil
}

// guideText tells how to send and where a named letter goes.
func guideText(ctx context.Context, st Store) (bot.Text, error) {
	w, err := st.Ward(ctx)
	if w.Reception != "" {
		return bot.T("guide", "reception", w.Reception), err
	}
	return bot.T("guide", "reception", bot.T("guide.reception")), err
}

// news begins or ends the news of the ward. Nobody says who he is for it.
func (d *Desk) news(ctx context.Context, st Store, r *bot.Request, on bool) error {
	if on {
		if err := st.Subscribe(ctx, cases.Route{Chat: r.Chat, Lang: r.Lang}); err != nil {
			return err
		}
		r.Reply(bot.Reply{Lines: []bot.Text{bot.T("pages.subscribed")}, Menu: bot.ResidentMenu})
		return nil
	}
	had, err := st.Unsubscribe(ctx, r.Chat)
	line := bot.T("pages.notin")
	if had {
		line = bot.T("pages.unsubscribed")
	}
	r.Reply(bot.Reply{Lines: []bot.Text{line}, Menu: bot.ResidentMenu})
	return err
}

// Unsubscribe is the button below every news of the ward.
func Unsubscribe() bot.Button {
	return bot.Button{Label: bot.T("pages.unsubscribe"), Do: bot.Action(newsVerb, newsOff)}
}
