package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// fault is one row of the matrix in docs/faults.md.
type fault struct {
	name  string
	place func(t *testing.T) *yard // nil = sharedYard
	setup func(y *yard)            // before the program starts; nil = nothing
	run   func(y *yard)            // does what the row says, and undoes it
}

// matrix is all rows. In each of them a resident tells a report before the fault, some
// during it and one afterwards, and then yard.counted holds.
func matrix() []fault {
	var all []fault
	for _, rows := range [][]fault{killRows, postgresRows, redisRows, telegramRows, networkRows} {
		all = append(all, rows...)
	}
	return all
}

// rowsAtOnce: rows mostly wait.
const rowsAtOnce = 6

func TestFaultMatrix(t *testing.T) {
	t.Parallel()
	places := make(chan struct{}, rowsAtOnce)
	var wg sync.WaitGroup
	for _, f := range matrix() {
		places <- struct{}{}
		wg.Go(func() {
			defer func() { <-places }()
			t.Run(f.name, func(t *testing.T) {
				if f.place == nil {
					f.place = sharedYard
				}
				f.play(f.place(t))
			})
		})
	}
	wg.Wait()
}

// play plays a row from the start of the program to the account of everything.
func (f fault) play(y *yard) {
	began := time.Now()
	if f.setup != nil {
		f.setup(y)
	}
	y.serve()
	y.tell(1)
	f.run(y)
	y.tell(1)
	y.counted()
	y.t.Log("took", time.Since(began).Round(time.Millisecond))
}

// The page has exactly the rows that are played.
func TestMatrixIsOnThePage(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile(filepath.Join("..", "..", "docs", "faults.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(raw), "|---|---|---|\n")
	table, _, _ = strings.Cut(table, "\n\n")
	var page, played []string
	for row := range strings.SplitSeq(strings.TrimSpace(table), "\n") {
		cells := strings.Split(row, "|")
		if len(cells) != 5 || strings.TrimSpace(cells[2]) == "" || strings.TrimSpace(cells[3]) == "" {
			t.Errorf("a row without three cells: %s", row)
			continue
		}
		page = append(page, strings.TrimSpace(cells[1]))
	}
	for _, f := range matrix() {
		played = append(played, f.name)
	}
	if diff := cmp.Diff(played, page); diff != "" {
		t.Errorf("the page and the tests differ (- tests, + page):\n%s", diff)
	}
}

// What the environment asks of a program that is hooked.
const (
	hooked    = "hooked"             // as childMark
	hookClock = "TINBAO_TEST_CLOCK=" // a file with how far the program's clock is off
	hookNames = "TINBAO_TEST_NAMES=" // address of the name server
)

// serveHooked is `tinbao serve` with a clock and a name server of the test's.
func serveHooked() error {
	o := options{log: slog.New(slog.NewJSONHandler(os.Stderr, nil))}
	if file := os.Getenv(hookClock[:len(hookClock)-1]); file != "" {
		o.now = func() time.Time { return time.Now().Add(offBy(file)) }
	}
	if server := os.Getenv(hookNames[:len(hookNames)-1]); server != "" {
		net.DefaultResolver = &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, "udp", server)
		}}
	}
	return serveWith(o, func(ctx context.Context, a *app) error { return a.fits(ctx) })
}

// offBy reads how far a clock is off.
func offBy(file string) time.Duration {
	raw, err := os.ReadFile(file)
	if err != nil {
		panic(fmt.Sprint("the clock of a test: ", err))
	}
	d, err := time.ParseDuration(string(raw))
	if err != nil {
		panic(fmt.Sprint("the clock of a test: ", err))
	}
	return d
}
