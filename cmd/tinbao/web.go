package main

import (
	"context"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"tinbao/bot"
	"tinbao/cases"
	"tinbao/intake"
	"tinbao/locale"
	"tinbao/media"
	"tinbao/storage"
	"tinbao/web"
)

// webSettings are those of the pages beside Telegram.
type webSettings struct {
	WebAddr  string `name:"web-addr" env:"TINBAO_WEB_ADDR" placeholder:"ADDR" help:"Where the web form is served; empty = it is off."`
	WebProxy string `name:"web-proxy" env:"TINBAO_WEB_PROXY" placeholder:"NET" help:"Address or network of the reverse proxy whose X-Forwarded-For is believed."`
	WebOnion string `name:"web-onion" env:"TINBAO_WEB_ONION" placeholder:"URL" help:"Address of the onion service of the web form, told to browsers."`
}

func (s webSettings) check() error {
	if _, err := s.proxy(); err != nil {
		return &settingError{"TINBAO_WEB_PROXY", "is not an address or a network; write it like 127.0.0.1 or 10.0.0.0/8"}
	}
	if s.WebOnion != "" && !strings.HasPrefix(s.WebOnion, "http://") || strings.HasSuffix(s.WebOnion, "/") {
		return &settingError{"TINBAO_WEB_ONION", "must be written like http://….onion, without a slash at the end"}
	}
	return nil
}

// proxy is the network whose word on addresses counts; zero = none.
func (s webSettings) proxy() (netip.Prefix, error) {
	if s.WebProxy == "" {
		return netip.Prefix{}, nil
	}
	if one, err := netip.ParseAddr(s.WebProxy); err == nil {
		return one.Prefix(one.BitLen())
	}
	return netip.ParsePrefix(s.WebProxy)
}

// site makes the pages of the web form.
func (a *app) site() (http.Handler, error) {
	proxy, err := a.settings.proxy()
	if err != nil {
		return nil, err
	}
	return web.Handler(web.Config{
		Desk: webDesk{a}, Tag: a.vault.FormTag, Languages: locale.Languages, Now: a.now, Onion: a.settings.WebOnion,
		Visitor: a.visitors("", proxy),
		Fault:   func(err error) { a.log.Error("a page of the web failed", "err", storage.Plain(err)) },
		Text:    pageText,
		Alarm: func(lang string, stream cases.Stream, r cases.Ringing) string {
			return a.renderer.Format(lang, intake.AlarmLine(stream, r))
		},
		Result: func(lang string, result cases.Result, w cases.Ward) (lines []string) {
			for _, l := range bot.ResultLines(result, w) {
				lines = append(lines, a.renderer.Format(lang, l))
			}
			return lines
		},
		Clean: cleanSent,
	})
}

// cleanSent cleans a file by what it is. A refusal says what to do on a page, where
// Telegram's words would mislead.
func cleanSent(ctx context.Context, file []byte) (cases.CleanFile, error) {
	kind := media.KindOf(file)
	clean, mime, err := media.Clean(ctx, kind, file)
	if here := "web." + cases.TextOf(err); cases.KindOf(err) == cases.Invalid && (locale.Catalogue{}).Has(here) {
		err = cases.Fail(cases.Invalid, here)
	}
	return cases.CleanFile{Kind: kind, MIME: mime, Body: clean}, err
}

// webDesk is the counter of the web form: the same as that of the conversations.
type webDesk struct{ app *app }

// visit is a transaction of somebody who came by the web.
type visit struct {
	unit
	known bool // can be told from others
}

// neighbours is how many people share one address at a mobile network in Vietnam, as far as
// limits made for one person go.
const neighbours = 10

// Hit counts like for a chat, but for the limits that an address shared by many would
// reach without anybody's fault.
func (v visit) Hit(ctx context.Context, what cases.Metered, of string) (int, error) {
	shared := what == cases.Sending || what == cases.SendingDay
	if !v.known && (shared || what == cases.Messages || what == cases.Guessing) {
		return 1, nil
	}
	n, err := v.unit.Hit(ctx, what, of)
	if shared {
		n = (n + neighbours - 1) / neighbours
	}
	return n, err
}

// do runs work for a visitor.
func (w webDesk) do(ctx context.Context, who web.Visit, work func(ctx context.Context, v visit) error) error {
	return w.app.store.Visit(ctx, who.Who, who.Form, func(ctx context.Context, t *storage.Tx) error {
		return work(ctx, visit{unit{t, w.app}, who.Who != nil})
	})
}

// notify queues what staff are told.
func (v visit) notify(replies []bot.Reply) {
	for _, r := range replies {
		v.Queue([]bot.Out{v.app.renderer.Out(r)})
	}
}

// Ward tells whose pages they are.
func (w webDesk) Ward(ctx context.Context) (cases.Ward, error) { return w.app.store.Ward(ctx) }

// Knock counts a form of the visitor.
func (w webDesk) Knock(ctx context.Context, who web.Visit) error {
	return w.count(ctx, who, cases.Messages)
}

// Crowd counts a report of visitors who cannot be told apart; of the others each has
// a budget, and no stranger uses it up.
func (w webDesk) Crowd(ctx context.Context, who web.Visit) error {
	if who.Who != nil {
		return nil
	}
	return w.count(ctx, who, cases.Knocks)
}

func (w webDesk) count(ctx context.Context, who web.Visit, what cases.Metered) error {
	return w.do(ctx, who, func(ctx context.Context, v visit) error {
		n, err := v.Hit(ctx, what, "")
		if err == nil && what.Over(n) {
			err = cases.Fail(cases.Limited, "web.toofast")
		}
		return err
	})
}

// Send receives a case. The same form gets the same receipt, and nothing happens twice.
func (w webDesk) Send(ctx context.Context, who web.Visit, n cases.NewCase) (out web.Sent, err error) {
	err = w.do(ctx, who, func(ctx context.Context, v visit) error {
		fresh, err := v.UseForm(ctx)
		if err != nil {
			return err
		}
		if !fresh {
			out.Again = true
			out.Receipt, err = v.FormReceipt()
			return err
		}
		got, err := w.app.desk.Take(ctx, v, cases.Route{}, n)
		if err != nil {
			return err
		}
		if got.Refused {
			return cases.Fail(cases.Limited, "send.limited")
		}
		v.notify(got.Notices)
		out = web.Sent{Receipt: got.Receipt, Urgent: got.Case.Urgent, Rung: got.Rung, AnswerBy: got.Case.AnswerBy, Alarm: got.Case.Alarm, Mentions: got.Mentions}
		asks, err := v.Questions(ctx, n.Stream(), got.Case.ID)
		out.Calm = asks.Calm
		return err
	})
	return out, err
}

// LookUp finds a case by its receipt. A wrong one counts, whoever tries it.
func (w webDesk) LookUp(ctx context.Context, who web.Visit, r cases.Receipt) (out web.Found, err error) {
	unknown := false
	err = w.do(ctx, who, func(ctx context.Context, v visit) error {
		if v.known {
			until, err := v.BarredUntil(ctx, cases.Guessing)
			if err != nil {
				return err
			}
			if !until.IsZero() {
				return cases.Fail(cases.Limited, "web.guessing")
			}
		}
		if out, err = v.found(ctx, r); err == nil || cases.KindOf(err) != cases.NotFound {
			return err
		}
		unknown = true
		if !v.known {
			return nil
		}
		return w.app.desk.Guessed(ctx, v)
	})
	if err == nil && unknown {
		err = cases.Fail(cases.NotFound, "receipt.notfound")
	}
	return out, err
}

// Add adds to the case of a receipt and tells whoever works on it.
func (w webDesk) Add(ctx context.Context, who web.Visit, r cases.Receipt, text string, files []cases.CleanFile) (again bool, err error) {
	err = w.do(ctx, who, func(ctx context.Context, v visit) error {
		fresh, err := v.UseForm(ctx)
		if again = !fresh; err != nil || again {
			return err
		}
		found, err := v.LookUp(ctx, r)
		if err != nil {
			return err
		}
		c, err := v.AddInfo(ctx, found.Stream, found.CaseID, cases.Route{}, w.app.desk.Blanked(locale.Vietnamese, text), nil)
		if err != nil {
			return err
		}
		if err := v.PutFiles(ctx, found.Stream, found.CaseID, files); err != nil {
			return err
		}
		out, err := w.app.desk.Notices(ctx, v, c, "staff.added")
		v.notify(out)
		return err
	})
	return again, err
}

// Page gives a page of information and counts that it was read.
func (w webDesk) Page(ctx context.Context, key cases.PageKey, lang string) (p cases.Page, err error) {
	err = w.do(ctx, web.Visit{}, func(ctx context.Context, v visit) error {
		if p, err = v.Page(ctx, key, lang, 0); err != nil {
			return err
		}
		return v.CountReading(ctx, key, lang)
	})
	return p, err
}

var _ intake.Counter = visit{}

// now is the app's time.
func (a *app) now() time.Time { return a.clock() }
