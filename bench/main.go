// Command bench measures the built program the way people run it: as a process of its own,
// before a simulated Telegram, on a private Postgres that syncs every commit. Everything
// is on this machine and nothing leaves it. It writes one page of tables, with what each
// number is compared with measured in the same run.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"tinbao/sidecar"
)

// scale is how much is measured.
type scale struct {
	residents []int         // in dialogs at the same time, a row each
	open      int           // dialogs that are open while memory is looked at
	burst     int           // updates at once for the rate of transactions
	raw       time.Duration // of each measurement of bare commits
	calm      int           // residents who take a second over each answer
	queued    int           // messages in the outbox when its rate is measured
	sizes     []int         // cases in the register, a column each
	backlog   int           // of them open
	samples   int           // of each command
	starts    int           // cold starts
}

var scales = map[string]scale{
	"small":   {residents: []int{1, 20}, open: 200, burst: 200, raw: time.Second, calm: 5, queued: 200, sizes: []int{1_000, 10_000}, backlog: 200, samples: 5, starts: 1},
	"default": {residents: []int{1, 50, 500}, open: 5_000, burst: 3_000, raw: 3 * time.Second, calm: 25, queued: 3_000, sizes: []int{10_000, 100_000}, backlog: 2_000, samples: 20, starts: 5},
	"full":    {residents: []int{1, 50, 500, 5_000}, open: 5_000, burst: 10_000, raw: 5 * time.Second, calm: 25, queued: 10_000, sizes: []int{10_000, 100_000, 1_000_000}, backlog: 2_000, samples: 50, starts: 10},
}

// part is one thing that is measured.
type part struct {
	name string
	run  func(context.Context, *bench) error
}

// parts in the order of the page.
var parts = []part{{"machine", machine}, {"commits", commits}, {"dialogs", dialogs}, {"outbox", outbox}, {"register", register}, {"footprint", footprint}}

// bench is a run.
type bench struct {
	scale
	dir     string // of keys and of built programs
	rivals  string // folder of the programs that are compared with
	binary  string // the program
	image   string // container image as a file, "" = not built
	servers *sidecar.Servers
	page    page
	next    int64 // number of the next person
	bases   int   // databases made so far
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run() error {
	size := flag.String("scale", "default", "how much: small, default or full")
	only := flag.String("only", "", "parts to measure, with commas between; empty = all")
	binary := flag.String("binary", "dist/tinbao", "the program that is measured")
	image := flag.String("image", "dist/image.tar", "the container image as a file, if there is one")
	rivals := flag.String("rivals", "dist/bench", "folder of the programs it is compared with")
	out := flag.String("out", "dist/bench.md", "the page that is written")
	flag.Parse()
	s, ok := scales[*size]
	if !ok {
		return fmt.Errorf("there is no scale %q: small, default or full", *size)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	b := &bench{scale: s, binary: *binary, image: *image, rivals: *rivals, next: firstPerson}
	began := time.Now()
	err := b.measure(ctx, *only)
	b.page.began, b.page.took, b.page.scale = began, time.Since(began), *size
	text := b.page.String()
	fmt.Print(text)
	// What was measured before a failure is written, too.
	return errors.Join(err, os.MkdirAll(filepath.Dir(*out), 0o755), os.WriteFile(*out, []byte(text), 0o644)) //nolint:gosec // a page for everybody
}

// measure starts the servers and measures the wanted parts.
func (b *bench) measure(ctx context.Context, only string) (err error) {
	if b.dir, err = os.MkdirTemp("", "tinbao-bench-"); err != nil {
		return fmt.Errorf("a folder for keys: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(b.dir)) }()
	const startLimit = time.Minute
	start, cancel := context.WithTimeout(ctx, startLimit)
	defer cancel()
	if b.servers, err = sidecar.Start(start, sidecar.Options{Postgres: true, Redis: true}); err != nil {
		return fmt.Errorf("starting the servers: %w", err)
	}
	defer func() { err = errors.Join(err, b.servers.Stop()) }()
	if err := b.prepare(ctx); err != nil {
		return fmt.Errorf("preparing the database: %w", err)
	}
	for _, p := range parts {
		if only != "" && !slices.Contains(strings.Split(only, ","), p.name) {
			continue
		}
		began := time.Now()
		fmt.Fprintf(os.Stderr, "bench: %s … ", p.name)
		if err := p.run(ctx, b); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		fmt.Fprintln(os.Stderr, time.Since(began).Round(time.Second))
	}
	return nil
}
