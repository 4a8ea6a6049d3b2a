package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/alecthomas/kong"
	"github.com/riverqueue/river"

	"tinbao/bot"
	"tinbao/cases"
)

// bait is what a failing part of the program has in its hands.
const bait = "Bà Kín ở nhà số 7 ngõ 12 đã kể"

// failures are ways in which a handler fails while it holds what a person wrote.
var failures = map[string]func(r *bot.Request) error{
	"panic with words":     func(r *bot.Request) error { panic(r.Text) },
	"panic with an error":  func(r *bot.Request) error { panic(errors.New(r.Text)) },
	"panic with a request": func(r *bot.Request) error { panic(fmt.Sprintf("%+v", r)) },
	"panic far below":      func(r *bot.Request) error { return deeper(r.Chat, r.Update) },
	"error of another":     func(r *bot.Request) error { return fmt.Errorf("reading %q: %w", r.Text, errors.New(r.Text)) },
	"error of the domain": func(r *bot.Request) error {
		return &cases.Error{Kind: cases.Internal, Cause: errors.New(r.Text)}
	},
	"several errors": func(r *bot.Request) error { return errors.Join(errors.New(r.Text), io.EOF) },
	"something away": func(r *bot.Request) error {
		return &cases.Error{Kind: cases.Transient, Cause: errors.New(r.Text)}
	},
}

// deeper panics with a chat among what it was called with.
//
//go:noinline
func deeper(chat int64, u bot.Update) error {
	lines := strings.Split(u.Text, "\n")
	return fmt.Errorf("%d: %s", chat, lines[1]) // there is only one
}

// failing makes every handler of residents fail in one way. Its name stands in the log then.
//
//go:noinline
func failing(a *app, how string) {
	a.router.Resident = func(_ context.Context, _ unit, r *bot.Request) error {
		if r.Text != bait {
			return nil
		}
		return failures[how](r)
	}
}

// serveWith is `tinbao serve` with options of a test's, and something done to the program
// before it runs.
func serveWith(o options, before func(ctx context.Context, a *app) error) error {
	var c struct{ settings }
	parser, err := kong.New(&c, kong.Vars{"api": bot.DefaultAPI})
	if err != nil {
		return err
	}
	if _, err := parser.Parse(nil); err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	a, err := wire(ctx, c.settings, o)
	if err != nil {
		return err
	}
	defer a.close()
	if err := before(ctx, a); err != nil {
		return err
	}
	return a.run(ctx)
}

// servePlanted is `tinbao serve` with handlers that fail in the given way.
func servePlanted(how string) error {
	log := slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelDebug}))
	return serveWith(options{log: log}, func(_ context.Context, a *app) error {
		failing(a, how)
		return nil
	})
}

// until waits for something to stand in the log.
func (w *town) until(words string) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), patience)
	defer cancel()
	for !strings.Contains(w.log.String(), words) {
		if ctx.Err() != nil {
			w.t.Fatalf("%q never stood in the log:\n%s", words, w.log)
		}
		wait(ctx, nil, 5*time.Millisecond)
	}
}

// A handler that fails while it holds what a person wrote tells that it failed and
// where, and nothing of what it held: in a process of its own, whose standard error
// is searched too.
func TestFailingHandlersTellNothing(t *testing.T) {
	t.Parallel()
	for how := range failures {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			w := newTown(t)
			w.clock.real()
			w.stop()
			c := w.spawn(childMark + "=" + how)
			if _, err := w.sim.SendText(cast["an"].ID, bait); err != nil {
				t.Fatal(err)
			}
			switch {
			case strings.HasPrefix(how, "panic"):
				w.until("a handler panicked")
				w.until("failing.func") // where it happened is told
				fallthrough
			case how != "something away":
				w.until("an update failed and will be tried again")
			default:
				w.until("updates wait")
			}
			for _, f := range w.search(w.canaries()) {
				t.Error(f)
			}
			if err := c.end(syscall.SIGTERM); err != nil {
				t.Errorf("the program did not end well: %v", err)
			}
			for _, f := range find("standard error", []byte(w.log.String()), w.canaries()) {
				t.Error(f)
			}
			w.start() // the update is still there, and the program as it is can handle it
			w.until("tinbao runs")
		})
	}
}

// mishap is a job that fails in a way that its argument names.
type mishap struct {
	How string `json:"how"`
}

func (mishap) Kind() string { return "mishap" }

type mishaps struct {
	river.WorkerDefaults[mishap]
}

func (mishaps) Work(_ context.Context, job *river.Job[mishap]) error {
	switch job.Args.How {
	case "panic":
		panic(bait)
	case "panic with an error":
		panic(fmt.Errorf("%d: %s", cast["an"].ID, bait))
	case "cancel":
		return river.JobCancel(errors.New(bait))
	}
	return fmt.Errorf("sending to %d: %w", cast["an"].ID, errors.New(bait))
}

// A failing job leaves neither the value of its panic nor the text of its error in the
// log or in the table of the queue.
func TestFailingJobsTellNothing(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	w.stop() // its queue would take the jobs, and does not know them
	a, err := wire(t.Context(), w.settings, options{log: slog.New(slog.NewTextHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug}))})
	if err != nil {
		t.Fatal(err)
	}
	defer a.close()
	w.app = a
	workers := a.workers()
	river.AddWorker(workers, mishaps{})
	queue, err := a.queue(workers, nil)
	if err != nil {
		t.Fatal(err)
	}
	ends, stop := queue.Subscribe(river.EventKindJobCancelled, river.EventKindJobFailed)
	defer stop()
	if err := queue.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	ways := []string{"panic", "panic with an error", "cancel", "error"}
	for _, how := range ways {
		if _, err := queue.Insert(t.Context(), mishap{how}, &river.InsertOpts{MaxAttempts: 1}); err != nil {
			t.Fatal(err)
		}
	}
	for range ways {
		select {
		case e := <-ends:
			if len(e.Job.Errors) != 1 || e.Job.Errors[0].Error == "" {
				t.Errorf("the queue keeps no error of %s", e.Job.EncodedArgs)
			}
		case <-time.After(patience):
			t.Fatal("the jobs did not end")
		}
	}
	if err := queue.Stop(context.WithoutCancel(t.Context())); err != nil {
		t.Error(err)
	}
	all := w.canaries()
	all["what a job held"] = bait
	for _, f := range w.search(all) {
		t.Error(f)
	}
	w.until("a job panicked")
}

// A request whose handling panics gets an answer and leaves no word of its own.
func TestFailingRequestsTellNothing(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	rec := httptest.NewRecorder()
	failing := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(bait) })
	w.app.discreetly(failing).ServeHTTP(rec, httptest.NewRequest(http.MethodPost, "/telegram", strings.NewReader(bait)))
	if rec.Code != http.StatusInternalServerError {
		t.Errorf("answered %d", rec.Code)
	}
	if err := w.app.guarded(func() error { panic(bait) }); err == nil {
		t.Error("a panic is no error")
	}
	w.until("a part of the program panicked")
	for _, f := range w.search(secrets{"what a request held": bait}) {
		t.Error(f)
	}
}
