package main

import (
	"context"
	"net/http"
	"net/netip"
	"net/url"
	"time"

	"tinbao/cases"
	"tinbao/dashboard"
	"tinbao/locale"
	"tinbao/storage"
)

// dashboardSettings are those of the dashboard.
type dashboardSettings struct {
	DashboardURL string `name:"dashboard-url" env:"TINBAO_DASHBOARD_URL" placeholder:"URL" help:"Address under which browsers reach TINBAO_HTTP_ADDR, like https://host; empty = there is no dashboard."`
}

func (s dashboardSettings) check() error {
	if s.DashboardURL == "" {
		return nil
	}
	u, err := url.Parse(s.DashboardURL)
	if err != nil || u.Host == "" || u.Path != "" || u.RawQuery != "" || u.Scheme != "https" && (u.Scheme != "http" || !loopback(u)) {
		return &settingError{"TINBAO_DASHBOARD_URL", "must be written like https://host, without a path or a slash at the end; http only on this machine"}
	}
	return nil
}

// loopback reports an address that never leaves this machine.
func loopback(u *url.URL) bool {
	address, err := netip.ParseAddr(u.Hostname())
	return u.Hostname() == "localhost" || err == nil && address.IsLoopback()
}

// board makes the pages of the dashboard.
func (a *app) board() (http.Handler, error) {
	proxy, err := a.settings.proxy()
	if err != nil {
		return nil, err
	}
	base, err := url.Parse(a.settings.DashboardURL)
	if err != nil {
		return nil, err
	}
	return dashboard.Handler(dashboard.Config{
		Desk: boardDesk{a}, Languages: locale.Languages, Now: a.now, Secure: base.Scheme != "http",
		Visitor: a.visitors("dashboard ", proxy),
		Fault:   func(err error) { a.log.Error("a page of the dashboard failed", "err", storage.Plain(err)) },
		Text:    pageText,
	})
}

// DashboardLink makes the address that opens the dashboard; "" without one.
func (u unit) DashboardLink(ctx context.Context) (string, time.Time, error) {
	base := u.app.settings.DashboardURL
	if base == "" {
		return "", time.Time{}, nil
	}
	token, until, err := u.Tx.DashboardLink(ctx)
	return dashboard.Link(base, token), until, err
}

// boardDesk gives the dashboard what it shows.
type boardDesk struct{ app *app }

// Enter takes a link for a session. Whoever tries too many links has to wait. A visitor
// who cannot be told from others is not counted, or one could shut everybody out; nobody
// guesses a token of 256 bits.
func (d boardDesk) Enter(ctx context.Context, visitor []byte, token string) (session string, err error) {
	var wrong error
	err = d.app.store.Visit(ctx, visitor, nil, func(ctx context.Context, t *storage.Tx) error {
		if visitor != nil {
			until, err := t.BarredUntil(ctx, cases.Doors)
			if err != nil {
				return err
			}
			if !until.IsZero() {
				return cases.Fail(cases.Limited, "dashboard.limited")
			}
		}
		session, _, wrong = t.EnterDashboard(ctx, token)
		if wrong == nil || cases.KindOf(wrong) != cases.Expired {
			return wrong
		}
		if visitor == nil {
			return nil
		}
		n, err := t.Hit(ctx, cases.Doors, "") // what is counted stays, so wrong is told after
		if err != nil || !cases.Doors.Over(n) {
			return err
		}
		return t.Bar(ctx, cases.Doors, cases.Quotas[cases.Doors].Window)
	})
	if err == nil {
		err = wrong
	}
	return session, err
}

// Board reads everything the page shows, in one transaction.
func (d boardDesk) Board(ctx context.Context, session string, p cases.Period) (b dashboard.Board, err error) {
	err = d.app.store.InDashboard(ctx, session, func(ctx context.Context, t *storage.Tx, who cases.Staff) error {
		s, err := d.app.sheet(ctx, t, who, p)
		b = dashboard.Board{Who: who, Ward: s.ward, Figures: s.Statistics, Before: s.before, Coverage: s.coverage}
		return err
	})
	return b, err
}

// Picture draws a chart in the language of the reader.
func (d boardDesk) Picture(ctx context.Context, session string, chart cases.Chart, p cases.Period, dark bool) (picture []byte, err error) {
	var s sheet
	var lang string
	err = d.app.store.InDashboard(ctx, session, func(ctx context.Context, t *storage.Tx, who cases.Staff) (err error) {
		lang = who.Route.Lang
		s, err = d.app.sheet(ctx, t, who, p)
		return err
	})
	if err != nil {
		return nil, err
	}
	return artist{d.app, lang, dark}.draw(chart, s)
}

// Leave ends a session.
func (d boardDesk) Leave(ctx context.Context, session string) error {
	return d.app.store.LeaveDashboard(ctx, session)
}
