package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sync/errgroup"

	"tinbao/bot"
	"tinbao/cases"
	"tinbao/sidecar"
	"tinbao/storage"
	"tinbao/telegramsim"
)

// demoCommand runs everything on one machine.
type demoCommand struct {
	Dir   string `default:".tinbao" help:"Where the demo keeps its data."`
	Addr  string `default:"127.0.0.1:8090" help:"Where the page with the phones is served."`
	Web   string `default:"127.0.0.1:8091" help:"Where the web form is served; empty = it is off."`
	Board string `default:"127.0.0.1:8092" help:"Where the dashboard is served; empty = it is off."`
	Empty bool   `help:"Begin without cases."`
}

const (
	demoToken  = "424242:demo-only-token"
	demoBot    = "tinbao_demo_bot"
	demoName   = "Phường Yên Nghĩa"
	startLimit = time.Minute
)

// Run starts private servers, the simulator and the bot, and stops them all.
func (c *demoCommand) Run(ctx context.Context) error {
	dir, err := filepath.Abs(c.Dir)
	if err != nil {
		return fmt.Errorf("the demo's folder: %w", err)
	}
	if err := os.MkdirAll(dir, 0o711); err != nil { //nolint:gosec // the servers run as another account and pass through
		return fmt.Errorf("the demo's folder: %w", err)
	}
	journal, err := os.OpenFile(filepath.Join(dir, "demo.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("the demo's journal: %w", err)
	}
	defer journal.Close()
	page, err := (&net.ListenConfig{}).Listen(ctx, "tcp", c.Addr)
	if err != nil {
		return &settingError{"--addr", c.Addr + " is in use or not an address like 127.0.0.1:8090"}
	}
	defer page.Close()
	fmt.Println("tinbao demo: starting Postgres and Redis …")
	start, cancel := context.WithTimeout(ctx, startLimit)
	defer cancel()
	servers, err := sidecar.Start(start, sidecar.Options{Dir: filepath.Join(dir, "servers"), Postgres: true, Redis: true, Log: journal})
	if err != nil {
		return err
	}
	defer func() {
		if err := servers.Stop(); err != nil {
			fmt.Fprintln(os.Stderr, "tinbao: stopping the servers:", err)
		}
		fmt.Println("tinbao demo: everything is stopped; the data stays in", c.Dir)
	}()
	d := &demo{command: c, dir: dir, log: slog.New(slog.NewJSONHandler(journal, nil)), servers: servers}
	return d.run(ctx, page)
}

// demo is a running demonstration.
type demo struct {
	command *demoCommand
	dir     string
	log     *slog.Logger
	servers *sidecar.Servers
	sim     *telegramsim.Server
}

func (d *demo) run(ctx context.Context, page net.Listener) (err error) {
	if d.sim, err = telegramsim.New(telegramsim.Options{
		Token: demoToken, BotUsername: demoBot, BotName: demoName, StateDir: filepath.Join(d.dir, "telegram"),
	}); err != nil {
		return err
	}
	defer d.sim.Close()
	s, err := d.prepare(ctx, page.Addr().String())
	if err != nil {
		return err
	}
	a, err := wire(ctx, s, options{log: d.log})
	if err != nil {
		return err
	}
	defer a.close()
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return serveUntil(ctx, page, d.sim.Handler()) })
	group.Go(func() error { return a.run(ctx) })
	fmt.Printf("\n    http://%s/\n\nOpen it in a browser: a resident's phone and a staff phone. Ctrl-C ends everything.\nA staff phone that was left alone asks for its PIN: %s\n", page.Addr(), demoPIN)
	if s.WebAddr != "" {
		fmt.Printf("The web form, for those who cannot use Telegram: http://%s/\n", s.WebAddr)
	}
	if s.DashboardURL != "" {
		fmt.Printf("The dashboard: type /bangdieukhien on the staff phone; it opens a page of %s\n", s.DashboardURL)
	}
	return group.Wait()
}

// demoBoard is the address of the dashboard for browsers.
func demoBoard(listens string) string {
	if listens == "" {
		return ""
	}
	return "http://" + listens
}

// The PIN of everybody on the staff of the demo, who are left alone for a working day.
const (
	demoPIN  = "260611"
	demoIdle = 8 * 60 // minutes
)

// prepare makes keys, schema, ward and people, once.
func (d *demo) prepare(ctx context.Context, api string) (settings, error) {
	s := settings{
		database: database{DatabaseURL: d.servers.DatabaseURL()}, keyFile: keyFile{Keys: filepath.Join(d.dir, "keys.json"), KEK: "file:" + filepath.Join(d.dir, "kek")},
		telegram: telegram{Token: demoToken, API: "http://" + api}, webSettings: webSettings{WebAddr: d.command.Web}, RedisURL: d.servers.RedisURL(),
		Ward: int(demoWard.ID), Mode: polling, SendRate: bot.TelegramPace.All, ChatRate: bot.TelegramPace.Chat,
		dashboardSettings: dashboardSettings{demoBoard(d.command.Board)}, IdleMinutes: demoIdle, RouteDays: cases.DefaultRetention.Routes, FileDays: cases.DefaultRetention.Files, ContentDays: cases.DefaultRetention.Content, HTTPAddr: cmp.Or(d.command.Board, "127.0.0.1:0"),
	}
	if err := s.ensure(); err != nil {
		return s, err
	}
	if err := storage.Migrate(ctx, s.DatabaseURL); err != nil {
		return s, err
	}
	if err := storage.PutWard(ctx, s.DatabaseURL, demoWard); err != nil {
		return s, err
	}
	for _, u := range demoPeople() {
		d.sim.AddUser(u)
	}
	return s, d.seed(ctx, s)
}

// serveUntil serves a handler until ctx ends.
func serveUntil(ctx context.Context, l net.Listener, h http.Handler) error {
	server := &http.Server{Handler: h, ReadHeaderTimeout: headerLimit, ReadTimeout: readLimit, IdleTimeout: idleLimit}
	go func() {
		<-ctx.Done()
		server.Close() // streams of events never end by themselves
	}()
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serving the page: %w", err)
	}
	return nil
}

// demoWard is the ward of the demo. The phone numbers belong to nobody.
var demoWard = cases.Ward{
	ID: 1, Name: "phường Yên Nghĩa", Reception: "Bộ phận tiếp công dân, trụ sở UBND phường Yên Nghĩa",
	Hamlets: []string{
		"Tổ dân phố 1", "Tổ dân phố 2", "Tổ dân phố 3", "Tổ dân phố 4", "Tổ dân phố 5", "Tổ dân phố 6",
		"Tổ dân phố 7", "Tổ dân phố 8", "Tổ dân phố 9", "Tổ dân phố 10", "Tổ dân phố 11", "Tổ dân phố 12",
	},
	Phones:          map[string]string{"police": "024 0000 0001", "health": "024 0000 0002", "office": "024 0000 0003", "listen": "096 306 1414 (thứ Tư–Chủ nhật, 13:00–20:30)"},
	PoliceException: true,
	Bodies: []cases.Body{
		{
			Name: "Ban Tiếp công dân thành phố (ví dụ)", Address: "Trụ sở Tiếp công dân thành phố", Hours: "Thứ 2–6, 8:00–11:30 và 13:30–17:00", Phone: "024 0000 0010",
			For: []cases.Subject{cases.ForOfficer, cases.ForPolice, cases.ForLeader, cases.ForPetition},
		},
		{
			Name: "Thanh tra thành phố (ví dụ)", Address: "Trụ sở Thanh tra thành phố", Hours: "Thứ 2–6, giờ hành chính", Phone: "024 0000 0011",
			For: []cases.Subject{cases.ForOfficer, cases.ForLeader},
		},
		{
			Name: "Công an thành phố, đường dây nóng (ví dụ)", Address: "Trụ sở Công an thành phố", Hours: "24/24", Phone: "069 000 0012",
			For: []cases.Subject{cases.ForPolice},
		},
		{Name: "iHanoi, phản ánh hiện trường đô thị", Hours: "24/24", Link: "https://ihanoi.gov.vn", For: []cases.Subject{cases.ForOther}},
		{Name: "UBND phường Dương Nội (ví dụ)", Address: "Trụ sở UBND phường Dương Nội", Hours: "Thứ 2–6, giờ hành chính", Phone: "024 0000 0013", For: []cases.Subject{cases.ForOther}},
	},
}
