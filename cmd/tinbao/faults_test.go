package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"tinbao/cases"
	"tinbao/internal/testservers"
	"tinbao/storage"
	"tinbao/telegramsim"
)

// How much the test that kills the program does.
var (
	reports = flag.Int("reports", 200, "reports that are sent meanwhile")
	kills   = flag.Int("kills", 6, "how often the program is killed")
)

// steps of one report, see writer.report
const stepsOfReport = 5

// writer is a resident who sends one report, step by step.
type writer struct {
	sim  *telegramsim.Server
	user int64
	text string
	step func() // called after each step was answered; nil = nobody counts
}

// report plays a whole report and waits for the receipt.
func (r writer) report(ctx context.Context) error {
	for _, step := range []struct{ do, until string }{
		{"/baotin", "1/3"},
		{"Tôi thấy dấu hiệu vi phạm", "2/3"},
		{"Tổ 2", "3/3"},
		{r.text, "Xem lại rồi bấm"},
		{"✅ Gửi", "Đã nhận thông tin"},
	} {
		var err error
		if step.do == r.text || strings.HasPrefix(step.do, "/") {
			_, err = r.sim.SendText(r.user, step.do)
		} else {
			err = r.sim.PressText(r.user, step.do)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", step.do, err)
		}
		// The question may come as a new message or in place of the last.
		if err := r.sim.Wait(ctx, r.user, func(shown []telegramsim.Message) bool {
			for _, m := range shown {
				if m.FromBot && strings.Contains(m.Text, step.until) {
					return true
				}
			}
			return false
		}); err != nil {
			return fmt.Errorf("after %q no %q: %w", step.do, step.until, err)
		}
		if r.step != nil {
			r.step()
		}
	}
	return nil
}

const firstWriter = 5_560_000_000

// crowd lets many residents report at once and waits for all receipts.
func crowd(ctx context.Context, t *testing.T, sim *telegramsim.Server, n int) {
	t.Helper()
	countedCrowd(ctx, t, sim, n, nil)
}

// countedCrowd tells of every step of everybody.
func countedCrowd(ctx context.Context, t *testing.T, sim *telegramsim.Server, n int, step func()) {
	t.Helper()
	const atOnce = 64
	turn := make(chan struct{}, atOnce)
	var wg sync.WaitGroup
	for i := range n {
		turn <- struct{}{}
		wg.Go(func() {
			defer func() { <-turn }()
			u := newcomer(i)
			sim.AddUser(u)
			if err := (writer{sim, u.ID, textOf(i), step}).report(ctx); err != nil {
				t.Errorf("resident %d: %v", i, err)
			}
		})
	}
	wg.Wait()
}

// newcomer is one of the crowd.
func newcomer(i int) telegramsim.User {
	return telegramsim.User{ID: int64(firstWriter + i), FirstName: fmt.Sprint("Người kín ", i), Username: fmt.Sprint("secret_writer_", i)}
}

func textOf(i int) string {
	return fmt.Sprintf("Nội dung bí mật của người thứ %d ở ngõ sâu", i)
}

// everyReportOnce opens every case and compares with what was sent.
func everyReportOnce(t *testing.T, store *storage.Store, n int) {
	t.Helper()
	officer, err := store.AddStaff(t.Context(), cases.Officer, "Người kiểm", testPIN, cases.Route{Chat: cast["lan"].ID, Lang: "vi"})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	for seq := 1; ; seq++ {
		var c cases.Case
		err := store.Do(t.Context(), func(ctx context.Context, tx *storage.Tx) (err error) {
			viewer := cases.Staff{ID: officer, Role: cases.Officer}
			c, err = tx.Desk(cases.ReportStream).Open(ctx, viewer, cases.Number{Stream: cases.ReportStream, Year: cases.DayOf(tx.Now()).Year, Seq: seq})
			return err
		})
		if cases.KindOf(err) == cases.NotFound && err != nil {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		seen[c.Report.Text]++
	}
	for i := range n {
		if seen[textOf(i)] != 1 {
			t.Errorf("report %d exists %d times", i, seen[textOf(i)])
		}
	}
	if len(seen) != n {
		t.Errorf("%d different reports, want %d", len(seen), n)
	}
}

// child is the program as a process of its own, which can be killed.
type child struct {
	cmd *exec.Cmd
	log *journal // its own; the town's has it, too
}

func (w *town) environment() []string {
	return append(os.Environ(), childMark+"="+childMarked,
		"DATABASE_URL="+w.settings.DatabaseURL, "REDIS_URL="+w.settings.RedisURL, "TINBAO_KEYS="+w.settings.Keys, "TINBAO_KEK="+w.settings.KEK,
		"TINBAO_TELEGRAM_TOKEN="+testToken, "TINBAO_TELEGRAM_API="+w.telegram.URL, "TINBAO_HTTP_ADDR=127.0.0.1:0",
		"TINBAO_SEND_RATE="+fmt.Sprint(unhurried), "TINBAO_CHAT_RATE="+fmt.Sprint(unhurried))
}

func (w *town) spawn(env ...string) *child {
	w.t.Helper()
	return w.spawnOf(os.Args[0], env...)
}

// spawnOf starts a program that may be another than this.
func (w *town) spawnOf(path string, env ...string) *child {
	w.t.Helper()
	c := &child{log: &journal{}, cmd: exec.Command(path, "serve")}
	both := io.MultiWriter(w.log, c.log)
	c.cmd.Env, c.cmd.Stdout, c.cmd.Stderr = append(w.environment(), env...), both, both
	if err := c.cmd.Start(); err != nil {
		w.t.Fatal(err)
	}
	return c
}

func (c *child) end(s syscall.Signal) error {
	if err := c.cmd.Process.Signal(s); err != nil {
		return err
	}
	return c.cmd.Wait()
}

// The program is killed again and again while many people write: no report is
// lost, none is made twice, and nobody is named in what is left behind.
func TestKilledInTheMiddleOfReports(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	w.clock.real()
	w.stop()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	var steps atomic.Int64
	moved, finished := make(chan struct{}, 1), make(chan struct{})
	go func() {
		defer close(finished)
		countedCrowd(ctx, t, w.sim, *reports, func() {
			steps.Add(1)
			select {
			case moved <- struct{}{}:
			default:
			}
		})
	}()
	for k := range *kills { // spread evenly over the work, however fast it goes
		c := w.spawn()
		for until := int64(*reports * stepsOfReport * (k + 1) / (*kills + 1)); steps.Load() < until; {
			select {
			case <-moved:
			case <-finished:
				t.Fatalf("finished after %d steps, before it was killed %d times", steps.Load(), k+1)
			}
		}
		c.end(syscall.SIGKILL)
	}
	c := w.spawn()
	<-finished
	if err := c.end(syscall.SIGTERM); err != nil {
		t.Errorf("the program did not end well: %v", err)
	}
	w.start()
	w.settle()
	everyReportOnce(t, w.app.store, *reports)
	t.Logf("%d reports, killed %d times", *reports, *kills)
	canaries := w.canaries()
	for i := range *reports {
		canaries[fmt.Sprint("text ", i)] = textOf(i)
		canaries[fmt.Sprint("id ", i)] = fmt.Sprint(firstWriter + i)
		canaries[fmt.Sprint("username ", i)] = fmt.Sprint("secret_writer_", i)
	}
	for _, f := range w.search(canaries) {
		t.Error(f)
	}
}

func TestWebhook(t *testing.T) {
	t.Parallel()
	w := newTownOn(t, testservers.Database(t), testservers.Redis(t), webhook)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	crowd(ctx, t, w.sim, 5)
	w.settle()
	everyReportOnce(t, w.app.store, 5)
	resp, err := http.Post(w.settings.WebhookURL, "application/json", strings.NewReader(`{"update_id":1}`))
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusNotFound {
		t.Errorf("an update without the secret: %d", resp.StatusCode)
	}
}

// Two programs on one database share the work: one fetches, both handle.
func TestTwoReplicas(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	w.clock.real()
	other := w.spawn()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	crowd(ctx, t, w.sim, 20)
	w.settle()
	w.stop() // the other one takes over the fetching
	if err := (writer{w.sim, cast["an"].ID, textOf(20), nil}).report(ctx); err != nil {
		t.Errorf("nobody took over: %v\n%s", err, w.log)
	}
	if err := other.end(syscall.SIGTERM); err != nil {
		t.Error(err)
	}
	w.start()
	w.settle()
	everyReportOnce(t, w.app.store, 21)
}
