package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"runtime/debug"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivertype"
	"golang.org/x/sync/errgroup"

	"tinbao/backup"
	"tinbao/bot"
	"tinbao/cases"
	"tinbao/cases/danger"
	"tinbao/locale"
	"tinbao/storage"
)

// serveCommand runs the bot.
type serveCommand struct{ settings }

// Run runs until ctx ends.
func (c *serveCommand) Run(ctx context.Context) error {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(collectAt)
	}
	log := slog.New(slog.NewJSONHandler(os.Stderr, nil))
	a, err := wire(ctx, c.settings, options{log: log})
	if err != nil {
		return err
	}
	defer a.close()
	if err := a.fits(ctx); err != nil {
		return err
	}
	return a.run(ctx)
}

// fits refuses a database that this program must not serve from. While the database is
// away nothing is known, and the program waits for it.
func (a *app) fits(ctx context.Context) error {
	limited, cancel := context.WithTimeout(ctx, readyLimit)
	defer cancel()
	for {
		err := a.refuses(limited)
		if !transient(err) {
			return err
		}
		if a.store.Ping(limited) != nil {
			return nil
		}
		wait(limited, nil, awayPause) // a session was ended, or all were taken
	}
}

// refuses looks once: at the schema, whether a restore came to its end, and for programs
// of another ward. A transient error says nothing about the database.
func (a *app) refuses(ctx context.Context) error {
	schema, err := storage.ReadSchema(ctx, a.settings.DatabaseURL)
	if transient(err) {
		return err
	}
	if why := unfit(schema, err); why != nil && (err == nil || a.store.Ping(ctx) == nil) {
		return &settingError{"DATABASE_URL", "its schema is of " + why.Error()}
	}
	half, err := storage.Restoring(ctx, a.settings.DatabaseURL)
	if transient(err) {
		return err
	}
	if err == nil && half {
		return &settingError{"DATABASE_URL", "is a database whose restore did not come to its end; drop it and restore again"}
	}
	beside, err := a.store.ServedBeside(ctx)
	if transient(err) {
		return err
	}
	if err == nil && len(beside) > 0 {
		return &settingError{"DATABASE_URL", fmt.Sprintf("is a database that a program of ward %d serves from; each ward needs a database of its own", beside[0])}
	}
	return nil
}

func transient(err error) bool { return cases.KindOf(err) == cases.Transient }

// collectAt is the growth of memory in percent at which it is collected. Little lives long
// here, so half of Go's own choice costs no speed and saves 8 of 66 MB with 5,000 dialogs
// (docs/bench.md). GOGC in the environment goes before.
const collectAt = 50

const (
	handlers     = 16          // updates handled at once by a replica
	idleLook     = time.Second // how often an idle replica looks for updates whose pause is over
	awayPause    = 500 * time.Millisecond
	awayComplain = 10 * time.Second // between two lines of the log that updates wait
	stopLimit    = 20 * time.Second // for updates and jobs in hand to finish when the program ends
	cutLimit     = 5 * time.Second  // for jobs that were told to give up to do so
	clockEvery   = 10 * time.Second // between two looks at what a clock that was ahead put off
	setupPause   = 5 * time.Second  // between attempts to tell Telegram about the bot
	fetchers     = 6                // files fetched at once, so that slow ones stop no others
	cleaners     = 2                // files cleaned at once; each may take a core
	caretakers   = 4
	fetchCooling = 20 * time.Millisecond
	fetchPoll    = 2 * time.Second // for jobs whose notice was swallowed by another
	filesPoll    = time.Second     // the same for files, for which an official may wait
	jobsKept     = time.Hour
)

// run does all the work of a replica until ctx ends. Then it says so at /readyz and
// begins nothing new, finishes what it has in hand, and closes its addresses last. It
// returns after stopLimit, cutLimit and drainLimit at most, or after the time of
// TINBAO_DRAIN_SECONDS and drainLimit, whichever is longer.
func (a *app) run(ctx context.Context) error {
	destroyed, err := a.settings.openList()
	if err != nil {
		return err
	}
	listener, err := a.listen(ctx)
	if err != nil {
		return err
	}
	pages, err := a.listenWeb(ctx)
	if err != nil {
		listener.Close()
		return err
	}
	a.metrics.backlog(a)
	if a.settings.Mode == polling {
		a.metrics.polled(a.stations)
	}
	group, ctx := errgroup.WithContext(ctx)
	open, shut := context.WithCancel(context.WithoutCancel(ctx))
	group.Go(func() error { return a.serveHTTP(open, listener) })
	if pages != nil {
		group.Go(func() error { return a.serveWeb(open, pages) })
	}
	a.log.Info("tinbao runs", "mode", a.settings.Mode, "http", listener.Addr().String(), "version", version)
	group.Go(func() error {
		defer shut()
		return a.labour(ctx, destroyed)
	})
	return group.Wait()
}

// labour does everything but serving HTTP until ctx ends, with the list of what was
// destroyed where there is one (nil = none), finishes what is in hand,
// and waits until balancers had the time to notice.
func (a *app) labour(ctx context.Context, destroyed *backup.List) error {
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { danger.Prepare(); return nil }) // nobody who writes first waits for it
	group.Go(func() error { a.drain(ctx); return nil })
	group.Go(func() error { return a.work(ctx) })
	for _, b := range a.booths {
		group.Go(func() error { return a.guarded(func() error { a.introduce(ctx, b); return nil }) })
		if a.settings.Mode == polling {
			group.Go(func() error {
				b.store.Lead(ctx, func(ctx context.Context, lead *storage.Lead) { a.poll(ctx, b, lead) })
				return nil
			})
		}
	}
	group.Go(func() error { a.watchKeys(ctx); return nil })
	group.Go(func() error { a.watchClock(ctx); return nil })
	if destroyed != nil {
		group.Go(func() error { a.listDestroyed(ctx, destroyed); return nil })
	}
	handled := make(chan struct{})
	group.Go(func() error { defer close(handled); a.handleAll(ctx); return nil })
	group.Go(func() error { a.deliver(ctx, handled); return nil })
	return group.Wait()
}

// drain waits for the end, lets /readyz say no, and gives balancers their time.
func (a *app) drain(ctx context.Context) {
	<-ctx.Done()
	a.stopping.Store(true)
	a.log.Info("tinbao stops: what is in hand is finished")
	wait(context.WithoutCancel(ctx), nil, a.settings.drain())
}

// outlive is a context that ends some time after another.
func outlive(ctx context.Context, by time.Duration) (context.Context, context.CancelFunc) {
	longer, cancel := context.WithCancel(context.WithoutCancel(ctx))
	context.AfterFunc(ctx, func() { wait(longer, nil, by); cancel() })
	return longer, cancel
}

// poll fetches the updates of a bot while this replica leads. What stopped it once may pass.
func (a *app) poll(ctx context.Context, b booth, lead *storage.Lead) {
	a.log.Info("this program fetches updates")
	keep := b.Keeper(a.keeper(lead.Keep))
	for ctx.Err() == nil {
		if a.guarded(func() error { bot.Poll(ctx, b.Client, keep, a.log); return nil }) != nil {
			wait(ctx, nil, awayPause)
		}
	}
}

// keeper makes updates durable by one of the ways of the store, whichever replica they
// came to, and wakes those who handle them.
func (a *app) keeper(keep func(context.Context, []storage.Update) error) bot.Keeper {
	return func(ctx context.Context, raws []bot.Raw) error { return a.keepBy(ctx, keep, raws) }
}

func (a *app) keepBy(ctx context.Context, keep func(context.Context, []storage.Update) error, raws []bot.Raw) error {
	updates := make([]storage.Update, 0, len(raws))
	for _, r := range raws {
		updates = append(updates, storage.Update(r))
	}
	if len(updates) == 0 {
		return nil
	}
	if err := keep(ctx, updates); err != nil {
		return err
	}
	a.metrics.kept.Add(float64(len(updates)))
	a.hints.kept(len(updates))
	return nil
}

// handleAll handles updates as they come.
func (a *app) handleAll(ctx context.Context) {
	// An update that was begun is finished even while the program ends.
	finishing, cancel := outlive(ctx, stopLimit)
	defer cancel()
	a.findAccounts(ctx)
	var wg sync.WaitGroup
	wg.Go(func() { a.store.Listen(ctx, a.hints.spread) })
	wg.Go(func() { a.hints.tellOthers(ctx, a.store.TellReplicas) })
	a.hints.spread() // what waits already
	for i := range handlers {
		wg.Go(func() {
			for one, turn := a.hints.await(ctx), i; ctx.Err() == nil; turn++ {
				next := a.hints.spread
				if one {
					next = func() {}
				}
				if !a.handleAny(finishing, turn, next) {
					one = a.hints.await(ctx)
				}
			}
		})
	}
	wg.Wait()
}

// handleAny handles one update of any bot, beginning with another one at each turn; false
// when none is ready.
func (a *app) handleAny(ctx context.Context, turn int, nudge func()) bool {
	for i := range a.booths {
		if a.handleNext(ctx, a.booths[(turn+i)%len(a.booths)], nudge) {
			return true
		}
	}
	return false
}

// handleNext handles one update of a bot and calls nudge when it has one; false when none is ready.
func (a *app) handleNext(ctx context.Context, b booth, nudge func()) bool {
	end := func(string) {}
	found, err := b.store.HandleOne(ctx, func(ctx context.Context, t *storage.Tx, payload []byte) error {
		nudge()
		ctx, end = a.traces.begin(ctx, spanUpdate)
		start := time.Now()
		defer func() { a.metrics.took.WithLabelValues("update").Observe(time.Since(start).Seconds()) }()
		return a.handle(ctx, b.Station, t, payload)
	})
	switch {
	case err == nil && found:
		a.metrics.handled.WithLabelValues(wasDone).Inc()
		end(wasDone)
	case transient(err):
		end(wasPutOff)
		a.complain.Do(func() { a.log.Warn("updates wait", "err", err) })
		wait(ctx, nil, awayPause)
		return false
	case err != nil:
		a.metrics.handled.WithLabelValues(wasFailed).Inc()
		end(wasFailed)
		a.log.Error("an update failed and will be tried again", "err", err)
	}
	return found
}

// watchClock puts back what a clock that was ahead put off, until ctx ends.
func (a *app) watchClock(ctx context.Context) {
	for ctx.Err() == nil {
		n, err := a.sum(ctx, (*storage.Store).Calm)
		if err == nil && n > 0 {
			a.log.Warn("the clock was set back, or another program's is behind: what waited for the time before is due now", "rows", n)
		}
		wait(ctx, nil, clockEvery)
	}
}

// wait waits for a hint, for a time, or for the end.
func wait(ctx context.Context, hint <-chan struct{}, most time.Duration) {
	timer := time.NewTimer(most)
	defer timer.Stop()
	select {
	case <-hint:
	case <-timer.C:
	case <-ctx.Done():
	}
}

// workTries bounds the attempts to start the jobs while Postgres answers.
const workTries = 60

// startJobs starts the jobs; the error is that of ctx when it ended before. It waits for Postgres to be there,
// which may go away again in the middle of a start.
func (a *app) startJobs(ctx context.Context) (*river.Client[pgx.Tx], error) {
	for try := 1; ; try++ {
		for ctx.Err() == nil && a.store.Ping(ctx) != nil {
			wait(ctx, nil, awayPause)
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		client, err := a.queue(a.workers(), periodic())
		if err != nil {
			return nil, err
		}
		if err = client.Start(context.WithoutCancel(ctx)); err == nil || try == workTries {
			return client, err
		}
		a.complain.Do(func() { a.log.Warn("jobs are not started yet", "err", storage.Plain(err)) })
		wait(ctx, nil, awayPause)
	}
}

// work runs the jobs until ctx ends.
func (a *app) work(ctx context.Context) error {
	client, err := a.startJobs(ctx)
	if err != nil {
		if ctx.Err() != nil {
			return nil
		}
		return err
	}
	<-ctx.Done()
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopLimit)
	defer cancel()
	if err := client.Stop(stop); errors.Is(err, context.DeadlineExceeded) {
		cut, cancel := context.WithTimeout(context.WithoutCancel(ctx), cutLimit)
		defer cancel()
		if err := client.StopAndCancel(cut); !errors.Is(err, context.DeadlineExceeded) {
			return err
		}
		a.log.Warn("jobs did not end in time and will be done again")
	}
	return nil
}

// queue is the job queue of a replica.
func (a *app) queue(workers *river.Workers, periodic []*river.PeriodicJob) (*river.Client[pgx.Tx], error) {
	return river.NewClient(riverpgxv5.New(a.store.Pool()), &river.Config{
		Schema: storage.JobSchema, Workers: workers, PeriodicJobs: periodic, Middleware: []rivertype.Middleware{&discreet{app: a}},
		Logger:        slog.New(quiet{a.log.Handler()}),
		FetchCooldown: fetchCooling, FetchPollInterval: fetchPoll,
		Queues: map[string]river.QueueConfig{
			river.QueueDefault: {MaxWorkers: caretakers},
			storage.FilesQueue: {MaxWorkers: fetchers, FetchPollInterval: filesPoll},
			careQueue:          {MaxWorkers: caretakers},
		},
		CompletedJobRetentionPeriod: jobsKept,
		RescueStuckJobsAfter:        jobLimit + stopLimit,
		JobTimeout:                  jobLimit,
		ReindexerSchedule:           never{},
	})
}

// introduce tells Telegram where updates of a bot go and which commands there are, until
// it listens.
func (a *app) introduce(ctx context.Context, b booth) {
	for said := ""; ctx.Err() == nil; {
		err := a.introduceOnce(ctx, b)
		if err == nil {
			return
		}
		if err.Error() != said {
			said = err.Error()
			a.log.Warn("Telegram does not know everything about the bot yet", "err", err)
		}
		after, _ := bot.RetryIn(err) // how long Telegram itself says
		wait(ctx, nil, max(after, setupPause))
	}
}

func (a *app) introduceOnce(ctx context.Context, b booth) error {
	name, err := b.Client.Username(ctx)
	if err != nil {
		return err
	}
	if b.At == 0 {
		a.link.set(name) // links that staff get lead to the first bot
	}
	if a.settings.Mode == webhook {
		err = b.Client.SetWebhook(ctx, a.webhookURL(b), a.vault.WebhookSecret(b.Bot))
	} else {
		err = b.Client.RemoveWebhook(ctx)
	}
	if err != nil {
		return err
	}
	menus := a.renderer.CommandMenu(0, locale.Languages, residentCommands)
	staff, err := a.store.StaffList(ctx)
	if err != nil {
		return err
	}
	for _, s := range staff {
		if at, _ := cases.SplitChat(s.Route.Chat); at == b.At {
			menus = append(menus, a.commandMenu(s)...)
		}
	}
	for _, m := range menus {
		if err := b.Client.Deliver(ctx, m.Payload); err != nil {
			var refused *bot.Failure
			if errors.As(err, &refused) && refused.Refused() {
				continue // a chat that is no more has no menu
			}
			return err
		}
	}
	a.describe(ctx, b)
	return nil
}

// describe tells Telegram whose bot it is and what for, from the ward's file. The bot works
// without, so what goes wrong is only logged.
func (a *app) describe(ctx context.Context, b booth) {
	w, err := a.store.Ward(ctx)
	if err != nil || w.Name == "" {
		return
	}
	ward := bot.Words(w.Name)
	for i, lang := range locale.Languages {
		code := lang
		if i == 0 {
			code = "" // of phones in any other language
		}
		text := func(key string) string { return a.renderer.Plain(lang, bot.T(key, "ward", ward)) }
		if err := b.Client.Describe(ctx, code, text("bot.description"), text("bot.short")); err != nil {
			a.log.Warn("Telegram did not take the description of the bot", "err", err)
			return
		}
	}
}

// residentCommands are the commands every phone shows.
var residentCommands = []bot.CommandEntry{
	{Name: "baotin", Help: bot.T("menu.report")},
	{Name: "hotro", Help: bot.T("menu.help")},
	{Name: "tracuu", Help: bot.T("menu.lookup")},
	{Name: "huongdan", Help: bot.T("menu.guide")},
	{Name: "cuatoi", Help: bot.T("menu.list")},
	{Name: "kindao", Help: bot.T("menu.discreet")},
	{Name: "khancap", Help: bot.T("menu.emergency")},
	{Name: "riengtu", Help: bot.T("menu.privacy")},
	{Name: "language", Help: bot.T("language.ask")},
	{Name: "huy", Help: bot.T("button.cancel")},
	{Name: "xoachat", Help: bot.T("button.clearchat")},
}

// linker makes deep links once the bot's name is known.
type linker struct {
	mu   sync.RWMutex
	name string
}

func (l *linker) set(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.name = name
}

// to is the address that opens the bot with a token; "" while the bot's name is
// not known.
func (l *linker) to(token string) string {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if l.name == "" {
		return ""
	}
	return "https://t.me/" + l.name + "?start=" + token
}
