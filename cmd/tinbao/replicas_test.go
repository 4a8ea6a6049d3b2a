package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"os"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"tinbao/internal/testservers"
	"tinbao/telegramsim"
)

// balancer gives requests to programs in turn. One that got no answer is given to the
// next program; one that was answered is not, whatever the answer was.
type balancer struct {
	mu       sync.Mutex
	backends []string
	given    int
	over     http.RoundTripper
}

// newBalancer runs a balancer and gives its address.
func newBalancer(t *testing.T) (*balancer, string) {
	t.Helper()
	over := &http.Transport{}
	b := &balancer{over: over}
	server := httptest.NewServer(&httputil.ReverseProxy{
		Rewrite:   func(r *httputil.ProxyRequest) { r.Out.URL.Scheme, r.Out.URL.Host = "http", "balanced" },
		Transport: b, ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelError),
	})
	t.Cleanup(func() { server.Close(); over.CloseIdleConnections() })
	return b, server.URL
}

// to sets the programs.
func (b *balancer) to(addresses ...string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.backends = slices.Clone(addresses)
}

// turn are the programs, beginning with the one whose turn it is.
func (b *balancer) turn() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.backends) == 0 {
		return nil
	}
	b.given++
	first := b.given % len(b.backends)
	return slices.Concat(b.backends[first:], b.backends[:first])
}

// RoundTrip asks one program after another.
func (b *balancer) RoundTrip(r *http.Request) (resp *http.Response, err error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	err = io.EOF
	for _, host := range b.turn() {
		again := r.Clone(r.Context())
		again.URL.Host, again.Body = host, io.NopCloser(bytes.NewReader(body))
		if resp, err = b.over.RoundTrip(again); err == nil {
			return resp, nil
		}
	}
	return nil, err
}

// program is a replica in a process of its own.
type program struct {
	*child
	address string
}

// replicas starts so many programs on the town's database, which the town itself has
// left, and waits until all are ready.
func (w *town) replicas(ctx context.Context, n int, env ...string) (all []program) {
	w.t.Helper()
	return w.replicasOf(ctx, os.Args[0], n, env...)
}

// replicasOf are replicas of a program that may be another than this.
func (w *town) replicasOf(ctx context.Context, path string, n int, env ...string) (all []program) {
	w.t.Helper()
	for range n {
		all = append(all, w.replica(path, env...))
	}
	for _, p := range all {
		until(ctx, w.t, "ready", func() bool { return status(ctx, "http://"+p.address+"/readyz") == http.StatusOK })
	}
	return all
}

func (w *town) replica(path string, env ...string) program {
	w.t.Helper()
	p := program{address: freeAddress(w.t)}
	p.child = w.spawnOf(path, append(env, "TINBAO_HTTP_ADDR="+p.address)...)
	w.t.Cleanup(func() { p.cmd.Process.Kill() }) // ended long ago, unless the test failed
	return p
}

// relieve ends programs in good order, starts the town's own again, and waits until
// nothing is on its way any more.
func (w *town) relieve(all []program) {
	w.t.Helper()
	for _, p := range all {
		if err := p.end(syscall.SIGTERM); err != nil {
			w.t.Errorf("a program did not end well: %v", err)
		}
	}
	w.start()
	w.settle()
}

// polls reports whether the program has begun to fetch updates.
func (p program) polls() bool {
	return strings.Contains(p.log.String(), "this program fetches updates")
}

// asks are commands whose answers differ, and what tells the answers apart.
var asks = []struct{ command, answer string }{
	{"/khancap", "GỌI NGAY"},
	{"/riengtu", "Quyền riêng tư"},
	{"/huongdan", "Bạn muốn xem nội dung nào?"},
	{"/riengtu", "Quyền riêng tư"},
	{"/khancap", "GỌI NGAY"},
}

// burst asks everything at once, without waiting for answers.
func (w *town) burst(user int64) {
	for _, a := range asks {
		if _, err := w.sim.SendText(user, a.command); err != nil {
			w.t.Error(err)
		}
	}
}

// inOrder waits for the answers to a burst and compares them with the questions.
func (w *town) inOrder(ctx context.Context, user int64) {
	w.t.Helper()
	var got []string
	if err := w.sim.Wait(ctx, user, func(shown []telegramsim.Message) bool {
		got = got[:0]
		for _, m := range shown {
			for _, a := range asks[:3] {
				if m.FromBot && strings.Contains(m.Text, a.answer) {
					got = append(got, a.answer)
				}
			}
		}
		return len(got) >= len(asks)
	}); err != nil {
		w.t.Errorf("%d of %d answers: %v", len(got), len(asks), err)
		return
	}
	for i, a := range asks {
		if got[i] != a.answer {
			w.t.Errorf("answer %d to resident %d is %q, want %q", i+1, user, got[i], a.answer)
		}
	}
}

// talkers are residents who ask in bursts; their numbers come after those of writers.
const talkers = 1000

// oneReceipt looks whether a resident was told once that the report has arrived.
func (w *town) oneReceipt(user int64) {
	w.t.Helper()
	n := 0
	for _, m := range w.sim.Messages(user) {
		if m.FromBot && strings.Contains(m.Text, "Đã nhận thông tin") {
			n++
		}
	}
	if n != 1 {
		w.t.Errorf("resident %d was given %d receipts", user, n)
	}
}

// However many programs stand behind the balancer, each report arrives once, each
// resident is answered once, and the answers of a chat come in the order of its questions.
func TestReplicasBehindBalancer(t *testing.T) {
	t.Parallel()
	const reporting, asking = 16, 8
	for _, n := range []int{1, 2, 4} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			t.Parallel()
			w := newTownOn(t, testservers.Database(t), testservers.Redis(t), webhook)
			w.clock.real()
			w.stop()
			ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
			defer cancel()
			b, address := newBalancer(t)
			all := w.replicas(ctx, n, "TINBAO_MODE=webhook", "TINBAO_WEBHOOK_URL="+address+"/telegram")
			b.to(addresses(all)...)
			var talking sync.WaitGroup
			talking.Go(func() {
				for i := range asking {
					u := newcomer(talkers + i)
					w.sim.AddUser(u)
					w.burst(u.ID)
				}
			})
			crowd(ctx, t, w.sim, reporting)
			talking.Wait()
			for i := range asking {
				w.inOrder(ctx, newcomer(talkers+i).ID)
			}
			for i := range reporting {
				w.oneReceipt(newcomer(i).ID)
			}
			w.relieve(all)
			everyReportOnce(t, w.app.store, reporting)
		})
	}
}

func addresses(all []program) (out []string) {
	for _, p := range all {
		out = append(out, p.address)
	}
	return out
}

// The program that fetches updates is killed, or stands still and awakes later, while
// many people write: another fetches within moments, no report is lost and none is
// made twice.
func TestPollerFails(t *testing.T) {
	t.Parallel()
	const reporting = 24
	for name, how := range map[string]syscall.Signal{"killed": syscall.SIGKILL, "stands still": syscall.SIGSTOP} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newTownOn(t, testservers.Database(t), testservers.Redis(t), polling)
			w.clock.real()
			w.stop()
			ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
			defer cancel()
			first := w.replicas(ctx, 1)[0]
			until(ctx, t, "fetching", first.polls)
			others := w.replicas(ctx, 2)
			steps := make(chan struct{}, reporting*stepsOfReport)
			finished := make(chan struct{})
			go func() {
				defer close(finished)
				countedCrowd(ctx, t, w.sim, reporting, func() { steps <- struct{}{} })
			}()
			for range reporting * stepsOfReport / 3 {
				<-steps
			}
			at := time.Now()
			if err := first.cmd.Process.Signal(how); err != nil {
				t.Fatal(err)
			}
			until(ctx, t, "fetched by another", func() bool { return slices.ContainsFunc(others, program.polls) })
			t.Logf("another program fetches after %v", time.Since(at).Round(time.Millisecond))
			if how == syscall.SIGSTOP { // it awakes and believes that it leads
				if err := w.sim.Idle(ctx); err != nil {
					t.Error(err)
				}
				if err := first.cmd.Process.Signal(syscall.SIGCONT); err != nil {
					t.Fatal(err)
				}
			}
			<-finished
			if how == syscall.SIGKILL {
				first.cmd.Wait()
			} else {
				others = append(others, first)
			}
			w.relieve(others)
			everyReportOnce(t, w.app.store, reporting)
		})
	}
}
