package main

import (
	"context"

	"github.com/riverqueue/river"

	"tinbao/bot"
	"tinbao/cases"
	"tinbao/intake"
	"tinbao/locale"
	"tinbao/media"
	"tinbao/staffcmds"
	"tinbao/storage"
)

// Page gives a text of a page; while none was published, the one the program brings
// along.
func (u unit) Page(ctx context.Context, key cases.PageKey, lang string, version int) (cases.Page, error) {
	p, err := u.Tx.Page(ctx, key, lang, version)
	if err == nil || version != 0 || cases.KindOf(err) != cases.NotFound {
		return p, err
	}
	text := func(part string) string {
		return locale.Catalogue{}.Format(lang, "page."+string(key)+"."+part, nil, noNesting)
	}
	return cases.Page{Key: key, Lang: lang, State: cases.PagePublished, Title: text("title"), Body: text("body")}, nil
}

// sendPage sends a published page to the subscribers, some at a time.
type sendPage struct {
	river.WorkerDefaults[cases.SendPageArgs]
	app *app
}

// Work sends to the next ones; the job of those after them comes with the messages.
func (w *sendPage) Work(ctx context.Context, job *river.Job[cases.SendPageArgs]) error {
	a := job.Args
	return w.app.store.SendPageOn(ctx, a, func(ctx context.Context, t *storage.Tx, to cases.Route) (storage.Message, error) {
		p, err := unit{t, w.app}.Page(ctx, a.Key, a.Lang, a.Version)
		return w.app.message(bot.Reply{
			Chat: to.Chat, Lang: to.Lang, Lines: append([]bot.Text{bot.T("pages.news")}, bot.PageLines(p)...),
			Buttons: [][]bot.Button{{intake.Unsubscribe()}},
		}), err
	})
}

// fetchPageFile fetches, cleans and seals the file of a page.
type fetchPageFile struct {
	river.WorkerDefaults[cases.FetchPageFileArgs]
	app *app
}

// Work is repeated by the queue until there is a draft with the file, or it is refused.
func (w *fetchPageFile) Work(ctx context.Context, job *river.Job[cases.FetchPageFileArgs]) error {
	o, err := w.app.store.PageOfferOf(job.Args)
	if err != nil {
		return err
	}
	body, why, err := w.app.fetchFile(ctx, o.File.FileID, media.MaxBytes, media.TextTooBig, job.Attempt >= job.MaxAttempts)
	if err != nil {
		return err
	}
	if why != "" {
		return w.tell(ctx, o, bot.T("content.file.refused", "why", bot.T(why)))
	}
	clean, mime, err := w.app.clean(ctx, o.File.Kind, body)
	switch {
	case cases.KindOf(err) == cases.Invalid && err != nil:
		return w.tell(ctx, o, bot.T("content.file.refused", "why", bot.T(cases.TextOf(err))))
	case err != nil:
		return err
	case mime != "image/jpeg" && mime != "application/pdf":
		return w.tell(ctx, o, bot.T("content.file.kind"))
	}
	kind := cases.Document
	if mime == "image/jpeg" {
		kind = cases.Photo
	}
	return w.app.store.Visit(ctx, nil, nil, func(ctx context.Context, t *storage.Tx) error {
		u := unit{t, w.app}
		p, err := w.latest(ctx, u, o)
		if err != nil {
			return err
		}
		n, err := t.DraftPage(ctx, o.By, p, &cases.CleanFile{Kind: kind, MIME: mime, Body: clean})
		if err != nil {
			return err
		}
		return w.queue(ctx, t, o, bot.T("content.file.done", "n", n))
	})
}

// latest is the draft of a page, or the published text when there is none.
func (w *fetchPageFile) latest(ctx context.Context, u unit, o storage.PageOffer) (cases.Page, error) {
	states, err := u.PageStates(ctx)
	if err != nil {
		return cases.Page{}, err
	}
	version := 0
	for _, p := range states {
		if p.Key == o.Key && p.Lang == o.Lang && p.State == cases.PageDraft {
			version = p.Version
		}
	}
	return u.Page(ctx, o.Key, o.Lang, version)
}

func (w *fetchPageFile) tell(ctx context.Context, o storage.PageOffer, text bot.Text) error {
	return w.app.store.Visit(ctx, nil, nil, func(ctx context.Context, t *storage.Tx) error { return w.queue(ctx, t, o, text) })
}

// queue tells whoever sent the file, as long as the account may still edit.
func (w *fetchPageFile) queue(ctx context.Context, t *storage.Tx, o storage.PageOffer, text bot.Text) error {
	staff, err := t.StaffWith(ctx, cases.EditPages)
	for _, s := range staff {
		if s.ID == o.By && s.Route.Chat != 0 {
			t.Queue(w.app.message(bot.Reply{Chat: s.Route.Chat, Lang: s.Route.Lang, Lines: []bot.Text{text}, Buttons: staffcmds.PageKept(o.Key, o.Lang)}))
		}
	}
	return err
}
