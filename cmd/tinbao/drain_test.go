package main

import (
	"context"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"tinbao/cases"
)

// A program that is stopped says so at /readyz while it finishes the update it has in
// hand; what waits behind it is not begun and not lost.
func TestDrain(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	w.clock.real()
	w.stop()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	address := "http://" + freeAddress(t)
	c := w.spawn("TINBAO_HTTP_ADDR=" + address[len("http://"):])
	until(ctx, t, "ready", func() bool { return status(ctx, address+"/readyz") == http.StatusOK })

	release := w.hold(ctx, "edge.chats")
	an := cast["an"].ID
	for _, text := range []string{"/baotin", "Một dòng chờ phía sau"} {
		if _, err := w.sim.SendText(an, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.sim.Idle(ctx); err != nil { // both are kept
		t.Fatal(err)
	}
	until(ctx, t, "in hand", func() bool { return w.asked(ctx, waitingForLocks) > 0 })

	if err := c.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	until(ctx, t, "draining", func() bool { return status(ctx, address+"/readyz") == http.StatusServiceUnavailable })
	if got := status(ctx, address+"/healthz"); got != http.StatusOK {
		t.Errorf("a program that finishes its work is not well: %d", got)
	}
	if n := w.asked(ctx, waitingUpdates); n != 2 {
		t.Errorf("%d updates wait; want the one in hand and the one behind it", n)
	}
	release()
	if err := c.cmd.Wait(); err != nil {
		t.Errorf("the program did not end well: %v\n%s", err, w.log)
	}
	if n := w.asked(ctx, waitingUpdates); n != 1 {
		t.Errorf("%d updates wait; want the one in hand done and the other kept", n)
	}
	w.start()
	w.settle()
	if text := w.show("an", nil); !strings.Contains(text, "1/3") {
		t.Errorf("the answer to the update in hand was lost\n%s", text)
	}
}

// Requests go on being answered for as long as was set, even when nothing is in hand.
func TestDrainGivesBalancersTime(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	w.clock.real()
	w.stop()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	address := "http://" + freeAddress(t)
	const seconds = "2"
	c := w.spawn("TINBAO_HTTP_ADDR="+address[len("http://"):], "TINBAO_DRAIN_SECONDS="+seconds)
	until(ctx, t, "ready", func() bool { return status(ctx, address+"/readyz") == http.StatusOK })
	told := time.Now()
	if err := c.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	until(ctx, t, "draining", func() bool { return status(ctx, address+"/readyz") == http.StatusServiceUnavailable })
	if err := c.cmd.Wait(); err != nil {
		t.Errorf("the program did not end well: %v", err)
	}
	if took := time.Since(told); took < 2*time.Second {
		t.Errorf("closed after %v, want at least %ss", took, seconds)
	}
}

// What cannot be finished is given up after a stated time.
func TestOutlive(t *testing.T) {
	t.Parallel()
	ctx, end := context.WithCancel(t.Context())
	longer, cancel := outlive(ctx, time.Millisecond)
	defer cancel()
	if longer.Err() != nil {
		t.Error("ended before the first")
	}
	end()
	<-longer.Done() // or the test runs out of time
	forever, stop := outlive(ctx, time.Hour)
	if forever.Err() != nil {
		t.Error("ended with the first")
	}
	stop()
	<-forever.Done()
}

func TestWhatBecameOfAJob(t *testing.T) {
	t.Parallel()
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for _, c := range []struct {
		ctx  context.Context
		err  error
		want string
	}{
		{t.Context(), nil, wasDone}, {ended, nil, wasDone}, {t.Context(), cases.Reason("x"), wasFailed}, {ended, cases.Reason("x"), wasPutOff},
	} {
		if got := outcomeOf(c.ctx, c.err); got != c.want {
			t.Errorf("%v: %s, want %s", c.err, got, c.want)
		}
	}
}

// hold locks a table against writing, as a slow handler would be held up.
func (w *town) hold(ctx context.Context, table string) (release func()) {
	w.t.Helper()
	conn, err := pgx.Connect(ctx, w.settings.DatabaseURL)
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { conn.Close(context.Background()) })
	if _, err := conn.Exec(ctx, "begin; lock table "+table+" in share mode"); err != nil {
		w.t.Fatal(err)
	}
	return func() {
		if _, err := conn.Exec(ctx, "commit"); err != nil {
			w.t.Error(err)
		}
	}
}

const (
	waitingForLocks = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
	waitingUpdates  = "select count(*) from edge.updates where state = 'waiting'"
)

// asked asks the town's database for a number.
func (w *town) asked(ctx context.Context, question string) (n int) {
	w.t.Helper()
	conn, err := pgx.Connect(ctx, w.settings.DatabaseURL)
	if err != nil {
		w.t.Fatal(err)
	}
	defer conn.Close(ctx)
	if err := conn.QueryRow(ctx, question).Scan(&n); err != nil {
		w.t.Fatal(err)
	}
	return n
}

// until waits for something to be so.
func until(ctx context.Context, t *testing.T, what string, so func() bool) {
	t.Helper()
	for !so() {
		if ctx.Err() != nil {
			t.Fatalf("never %s", what)
		}
		wait(ctx, nil, 20*time.Millisecond)
	}
}

// status is the answer of an address, 0 = none.
func status(ctx context.Context, address string) int {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return 0
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0
	}
	resp.Body.Close()
	return resp.StatusCode
}
