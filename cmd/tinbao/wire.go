package main

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"
	"golang.org/x/time/rate"

	"tinbao/bot"
	"tinbao/cases"
	"tinbao/intake"
	"tinbao/locale"
	"tinbao/media"
	paper "tinbao/reports"
	"tinbao/staffcmds"
	"tinbao/storage"
	"tinbao/vault"
)

// app is everything that runs, wired together.
type app struct {
	settings settings
	log      *slog.Logger
	stations bot.Stations // the bots of the ward, the first one first
	booths   []booth      // the same with what came to each
	vault    *vault.Vault
	store    *storage.Store
	redis    redis.UniversalClient // nil = none
	courier  *courier
	hints    hints
	renderer bot.Renderer
	router   bot.Router[unit]
	desk     *intake.Desk
	clock    func() time.Time
	commands []staffcmds.Command
	link     linker
	metrics  *metrics
	traces   *tracing
	complain rate.Sometimes
	cores    chan struct{} // one for each file that is cleaned now
	stopping atomic.Bool   // the program ends: what is in hand is finished, nothing new begins
}

// options are what tests and the demo set apart from the settings.
type options struct {
	now func() time.Time // nil = time.Now
	log *slog.Logger
}

// wire builds an app. It opens no connection yet, so an absent server does not
// stop it; a wrong setting does.
func wire(ctx context.Context, s settings, o options) (*app, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	a := &app{settings: s, log: o.log, metrics: newMetrics(), clock: o.now, complain: rate.Sometimes{Interval: awayComplain}, cores: make(chan struct{}, cleaners)}
	if a.clock == nil {
		a.clock = time.Now
	}
	a.hints = newHints()
	var err error
	if a.stations, err = s.stations(); err != nil {
		return nil, err
	}
	a.courier = newCourier(a)
	if a.vault, err = s.open(); err != nil {
		return nil, err
	}
	if s.RedisURL != "" {
		redis.SetLogger(hush{}) // what it would print, readiness and doctor say better
		if a.redis, err = redisAt(s.RedisURL); err != nil {
			return nil, &settingError{"REDIS_URL", "is not an address of Redis"}
		}
	}
	a.store, err = storage.Open(ctx, storage.Config{
		URL: s.DatabaseURL, Vault: a.vault, Ward: s.ward(), Bot: a.stations[0].Bot, Stations: places(a.stations), Now: o.now, Calendar: s.calendar(), Log: a.log, Idle: s.idle(), Redis: a.redis, Courier: a.courier,
	})
	if err != nil {
		a.close()
		return nil, err
	}
	if a.traces, err = newTraces(ctx, s.Traces, a.log); err != nil {
		a.close()
		return nil, err
	}
	if err := a.rooms(); err != nil {
		a.close()
		return nil, err
	}
	return a, nil
}

// rooms joins the conversations, the commands and the edge.
func (a *app) rooms() error {
	texts := locale.Catalogue{}
	label := func(lang, key string) string { return texts.Format(lang, key, nil, noNesting) }
	menus := staffcmds.Keyboards()
	menus[bot.ResidentMenu] = intake.Menu
	a.renderer = bot.Renderer{Texts: texts, Tags: a.vault, Languages: locale.Languages, Menus: menus}
	a.furnish(bot.NewLimits(a.redis, a.settings.pace(), func(chat int64) string { return a.vault.DailyName(chat, time.Now()) }))
	desk, err := intake.New(intake.Desk{
		Label: label, Accepts: media.Accepts, Kept: a.settings.retention(), Languages: locale.Languages, Picture: paper.CodePicture,
	}, texts.Has)
	if err != nil {
		return fmt.Errorf("a conversation is unsound: %w", err)
	}
	a.desk = desk
	a.commands = staffcmds.Commands(a.link.to)
	greet := staffcmds.Greet(label, a.commands)
	a.router = bot.Router[unit]{
		Renderer: a.renderer,
		Commands: bot.Bind(a.commands, func(u unit) staffcmds.Store { return u }),
		Resident: func(ctx context.Context, u unit, r *bot.Request) error {
			if done, err := opened(ctx, u, r); done || err != nil {
				return err
			}
			return desk.Handle(ctx, u, r)
		},
		Greet: func(ctx context.Context, u unit, r *bot.Request) error { return greet(ctx, u, r) },
		Gate:  func(ctx context.Context, u unit, r *bot.Request) (bool, error) { return staffcmds.Gate(ctx, u, r) },
	}
	return nil
}

// shortestInvite tells the one-time link of an invitation from other words after /start,
// which are those of posters, or nothing.
const shortestInvite = 16

// opened takes an invitation that was tapped, or sent as words. A link that is a whole
// message begins the chat as tapping it would; other words with a link that opens nothing are
// words.
func opened(ctx context.Context, u unit, r *bot.Request) (done bool, err error) {
	typed := *r
	if word, found := bot.StartLink(r.Text); found && r.Command == "" && r.Press == nil && r.File == nil && !r.Edited {
		r.Command, r.Args, r.Text = "start", word, ""
	}
	if r.Command == "start" && len(r.Args) >= shortestInvite {
		done, err = invited(ctx, u, r)
	}
	if !done && len(strings.Fields(typed.Text)) > 1 {
		r.Command, r.Args, r.Text = typed.Command, typed.Args, typed.Text
	}
	return done, err
}

// invited takes an invitation. Staff who chose no language read Vietnamese, whatever their
// phone speaks.
func invited(ctx context.Context, u unit, r *bot.Request) (done bool, err error) {
	phone := r.Lang
	if u.Lang() == "" {
		r.Lang = bot.DefaultLang
	}
	if done, err = staffcmds.Accept(ctx, u, r, r.Args); !done {
		r.Lang = phone
	}
	return done, err
}

// hush drops what go-redis prints past the program's log.
type hush struct{}

// Printf drops a line.
func (hush) Printf(context.Context, string, ...any) {}

func noNesting(any) (string, bool) { return "", false }

func (a *app) close() {
	a.traces.stop()
	if a.store != nil {
		a.store.Close()
	}
	if a.redis != nil {
		a.redis.Close()
	}
}

// handle handles one update of a bot in its transaction.
func (a *app) handle(ctx context.Context, at bot.Station, t *storage.Tx, payload []byte) error {
	u, err := at.Update(payload)
	if err != nil {
		a.metrics.unreadable.Inc()
		a.log.Warn("an update cannot be read", "kind", "update")
		return nil //nolint:nilerr // it is kept, and there is nobody to answer
	}
	if u.Unread != "" {
		a.metrics.unreadable.Inc()
		a.log.Warn("a part of an update cannot be read", "kind", u.Unread)
	}
	saw(ctx, u)
	newest := u.MessageID
	if u.Press != nil {
		newest = u.Press.MessageID
	}
	t.From(u.Chat, newest)
	if u.Press == nil {
		t.Brought(u.MessageID)
	}
	return a.router.Handle(ctx, unit{t, a}, u)
}

// unit is the transaction of an update in the shapes the rooms ask for.
type unit struct {
	*storage.Tx
	app *app
}

var (
	_ intake.Store    = unit{}
	_ staffcmds.Store = unit{}
)

// Queue hands rendered calls to the outbox.
func (u unit) Queue(out []bot.Out) {
	for _, o := range out {
		u.Tx.Queue(outgoing(o))
	}
}

// Reports is the desk of reports.
func (u unit) Reports() staffcmds.Reports { return reportDesk{u.Desk(cases.ReportStream), u} }

// Help is the desk of requests for help.
func (u unit) Help() staffcmds.Help { return u.Desk(cases.HelpStream) }

// AcceptInvite opens an account and puts its commands on the phone.
func (u unit) AcceptInvite(ctx context.Context, token string, back cases.Route) (cases.Staff, cases.Invitation, error) {
	s, inv, err := u.Tx.AcceptInvite(ctx, token, back)
	if err == nil {
		u.Queue(u.app.commandMenu(s))
	}
	return s, inv, err
}

// Lock locks or unlocks an account and takes its commands off the phone, or puts
// them back.
func (u unit) Lock(ctx context.Context, id cases.StaffID, locked bool) error {
	if err := u.Tx.Lock(ctx, id, locked); err != nil {
		return err
	}
	all, err := u.StaffList(ctx)
	for _, s := range all {
		if s.ID == id {
			u.Queue(u.app.commandMenu(s))
		}
	}
	return err
}

// commandMenu are the calls that show a member of staff the commands of the role,
// in both languages, or none to a locked account.
func (a *app) commandMenu(s cases.Staff) []bot.Out {
	var list []staffcmds.Command
	if !s.Locked {
		list = staffcmds.MenuFor(s.Role, a.commands)
	}
	entries := make([]bot.CommandEntry, 0, len(list))
	for _, c := range list {
		entries = append(entries, bot.CommandEntry{Name: c.Name, Help: bot.T(c.Help)})
	}
	return a.renderer.CommandMenu(s.Route.Chat, locale.Languages, entries)
}
