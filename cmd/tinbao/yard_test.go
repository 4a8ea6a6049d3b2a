package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"tinbao/cases"
	"tinbao/internal/testservers"
	"tinbao/sidecar"
	"tinbao/storage"
	"tinbao/telegramsim"
)

// yard is where something is done to a running program: a database, a Redis and a
// simulated Telegram, ways to them that can be disturbed, and the program as a process
// of its own. Residents tell reports in it, and at the end everything is counted.
type yard struct {
	*town
	ctx         context.Context //nolint:containedctx // the time a test has
	postgres    *relay          // nil = the program goes to Postgres directly
	redis       *relay
	redisServer *sidecar.Servers // a Redis of its own; nil = the shared one
	redisDir    string
	telegramWay *relay      // between the program and Telegram; nil = none
	names       *nameServer // nil = the machine's
	clockFile   string
	refuses     atomic.Bool // the proxy lets nothing through
	servers     *cluster    // a Postgres of its own; nil = the shared one
	hook        *relay      // Telegram's way to the program; nil = it polls
	direct      string      // address of the database past the relay
	http        string      // address of the program's HTTP side
	hooks       []string
	running     *child

	mu     sync.Mutex
	told   int // residents so far
	wg     sync.WaitGroup
	erased map[string]bool // texts that were destroyed on purpose
	causes []cause         // why a message may have been sent twice
}

// cause is something that happened between two moments, after which what was on its
// way to Telegram is sent again.
type cause struct {
	what     string
	from, to time.Time
}

// yardLimit is far beyond what anything here takes on a busy machine.
const yardLimit = 100 * time.Second

// newYard prepares a yard in which nothing runs yet.
func newYard(t *testing.T, database_, redis string) *yard {
	t.Helper()
	sim, web := simulated(t, telegramsim.Options{})
	ctx, cancel := context.WithTimeout(t.Context(), yardLimit)
	y := &yard{ctx: ctx, direct: database_, erased: map[string]bool{}, http: freeAddress(t), town: &town{
		t: t, sim: sim, telegram: web, log: &journal{}, clock: &clock{}, stop: func() {}, settings: usual(database_, web.URL, redis, newKeys(t)),
	}}
	t.Cleanup(func() {
		cancel()
		y.wg.Wait()
		if y.running != nil {
			y.running.end(syscall.SIGKILL)
		}
	})
	return y
}

// sharedYard is a yard on the servers that all tests share.
func sharedYard(t *testing.T) *yard {
	t.Helper()
	return newYard(t, testservers.Database(t), testservers.Redis(t))
}

// throughRelay puts a relay between the program and Postgres.
func (y *yard) throughRelay() {
	y.t.Helper()
	u, err := url.Parse(y.direct)
	if err != nil {
		y.t.Fatal(err)
	}
	y.postgres = newRelay(y.t, "unix", filepath.Join(u.Query().Get("host"), ".s.PGSQL."+u.Query().Get("port")))
	y.settings.DatabaseURL = fmt.Sprintf("postgres://%s@%s%s?sslmode=disable", u.User.Username(), y.postgres.address(), u.Path)
}

// redisRelay puts a relay between the program and Redis.
func (y *yard) redisRelay() {
	y.t.Helper()
	u, err := url.Parse(y.settings.RedisURL)
	if err != nil {
		y.t.Fatal(err)
	}
	y.redis = newRelay(y.t, "unix", u.Path)
	y.settings.RedisURL = "redis://" + y.redis.address() + "/" + u.Query().Get("db")
}

// serve starts the program.
func (y *yard) serve() {
	y.t.Helper()
	y.running = y.spawn(append([]string{"TINBAO_HTTP_ADDR=" + y.http, "TINBAO_OFFICE=none", "TINBAO_MODE=" + y.settings.Mode, "TINBAO_WEBHOOK_URL=" + y.settings.WebhookURL, "TINBAO_PROXY=" + y.settings.Proxy, "TINBAO_TELEGRAM_API=" + y.settings.API}, y.hooks...)...)
}

// kill ends the program as a power cut does.
func (y *yard) kill() {
	from := time.Now()
	y.running.end(syscall.SIGKILL)
	y.running = nil
	y.because("kill -9", from)
}

// because notes that since a moment messages may have been sent again.
func (y *yard) because(what string, from time.Time) {
	y.mu.Lock()
	defer y.mu.Unlock()
	y.causes = append(y.causes, cause{what, from, time.Now()})
}

// end ends the program in good order.
func (y *yard) end() {
	y.t.Helper()
	if y.running == nil {
		return
	}
	if err := y.running.end(syscall.SIGTERM); err != nil {
		y.t.Errorf("the program did not end well: %v\n%s", err, y.log)
	}
	y.running = nil
}

// telling lets some new residents begin to tell a report each.
func (y *yard) telling(n int) (done func()) {
	var wg sync.WaitGroup
	y.mu.Lock()
	first := y.told
	y.told += n
	y.mu.Unlock()
	for i := first; i < first+n; i++ {
		y.sim.AddUser(newcomer(i))
		work := func() {
			if err := (writer{y.sim, newcomer(i).ID, textOf(i), nil}).report(y.ctx); err != nil {
				y.t.Errorf("resident %d: %v", i, err)
			}
		}
		y.wg.Add(1)
		wg.Go(func() {
			defer y.wg.Done()
			work()
		})
	}
	return wg.Wait
}

// tell lets some new residents tell a report each.
func (y *yard) tell(n int) { y.telling(n)() }

// until waits for something to be so.
func (y *yard) until(what string, so func() bool) {
	y.t.Helper()
	until(y.ctx, y.t, what, so)
}

// held waits until requests to Telegram are held.
func (y *yard) held(n int) {
	y.t.Helper()
	if err := y.sim.AwaitHeld(y.ctx, n); err != nil {
		y.t.Fatalf("no request was held: %v\n%s", err, y.log)
	}
}

// sql does something to the database as its owner.
func (y *yard) sql(statements ...string) {
	y.t.Helper()
	conn := (&town{t: y.t, settings: settings{database: database{DatabaseURL: y.direct}}}).connect()
	defer conn.Close(context.Background())
	for _, s := range statements {
		if _, err := conn.Exec(y.ctx, s); err != nil {
			y.t.Fatal(s, err)
		}
	}
}

// number asks the database for one.
func (y *yard) number(question string) int {
	y.t.Helper()
	return query[int](y.t, y.direct, question)[0]
}

// store opens the data as it is now.
func (y *yard) store() *storage.Store {
	y.t.Helper()
	v, err := y.settings.open()
	if err != nil {
		y.t.Fatal(err)
	}
	s, err := storage.Open(y.ctx, storage.Config{URL: y.direct, Vault: v, Ward: 1, Bot: 424242, MaxConns: 2, Calendar: y.settings.calendar(), Log: silent()})
	if err != nil {
		y.t.Fatal(err)
	}
	return s
}

// settled waits until everybody has a receipt and nothing is on its way any more.
func (y *yard) settled(store *storage.Store) {
	y.t.Helper()
	y.wg.Wait()
	if err := y.sim.Idle(y.ctx); err != nil {
		y.t.Fatalf("%d updates stay with Telegram: %v\n%s", y.sim.Pending(), err, y.log)
	}
	y.until("quiet", func() bool {
		waiting, err := store.Waiting(y.ctx)
		if err != nil {
			y.t.Fatal(err)
		}
		messages, _, _, err := store.OutboxState(y.ctx)
		if err != nil {
			y.t.Fatal(err)
		}
		return waiting+messages == 0
	})
}

// counted checks what must hold after everything: each report exists exactly once,
// each receipt is on the phone it belongs to and opens that report, nothing was shown
// twice without a cause, nothing waits, and the log tells nothing of anybody.
func (y *yard) counted() {
	y.t.Helper()
	store := y.store()
	defer store.Close()
	y.settled(store)
	y.end()
	if n := y.number("select count(*)::int from edge.updates where state <> 'done' or attempts > 0"); n != 0 {
		y.t.Errorf("%d updates wait, were set aside, or count an attempt for what was no fault of theirs", n)
	}
	if n := y.number("select count(*)::int from edge.outbox"); n != 0 {
		y.t.Errorf("%d messages wait or were given up", n)
	}
	y.reports(store)
	y.repeated()
	found, err := store.VerifyHistory(y.ctx)
	if err != nil || len(found.Faults) > 0 {
		y.t.Errorf("the history: %v %v", found.Faults, err)
	}
	secrets := secrets{"token": testToken}
	for i := range y.told {
		u := newcomer(i)
		secrets[fmt.Sprint("text ", i)], secrets[fmt.Sprint("id ", i)] = textOf(i), fmt.Sprint(u.ID)
		secrets[fmt.Sprint("name ", i)], secrets[fmt.Sprint("username ", i)] = u.FirstName, u.Username
		for _, code := range y.receipts(i) {
			secrets[fmt.Sprint("receipt ", i)] = code
		}
	}
	for _, f := range find("log", []byte(y.log.String()), secrets) {
		y.t.Error(f)
	}
	y.t.Logf("%d reports; log:\n%s", y.told, y.digest())
}

// reports compares the cases with what was told.
func (y *yard) reports(store *storage.Store) {
	y.t.Helper()
	viewer := cases.Staff{Role: cases.Officer}
	var err error
	if viewer.ID, err = store.AddStaff(y.ctx, cases.Officer, "Người kiểm", testPIN, cases.Route{Chat: cast["lan"].ID, Lang: "vi"}); err != nil {
		y.t.Fatal(err)
	}
	exist, ids, total := map[string]int{}, map[string]string{}, y.number("select count(*)::int from casework.cases")
	for seq := 1; seq <= total; seq++ {
		err := store.Do(y.ctx, func(ctx context.Context, tx *storage.Tx) error {
			c, err := tx.Desk(cases.ReportStream).Open(ctx, viewer, cases.Number{Stream: cases.ReportStream, Year: cases.DayOf(tx.Now()).Year, Seq: seq})
			if err == nil && c.Report != nil {
				exist[c.Report.Text]++
				ids[c.ID] = c.Report.Text
			}
			return err
		})
		if err != nil {
			y.t.Errorf("the numbers have a gap: number %d of %d: %v", seq, total, err)
		}
	}
	for i := range y.told {
		want := 1
		if y.erased[textOf(i)] {
			want = 0
		}
		if exist[textOf(i)] != want {
			y.t.Errorf("report %d exists %d times, want %d", i, exist[textOf(i)], want)
		}
		codes := y.receipts(i)
		if len(codes) != 1 {
			y.t.Errorf("resident %d has %d receipts", i, len(codes))
			continue
		}
		if want == 0 {
			continue
		}
		err := store.Do(y.ctx, func(ctx context.Context, tx *storage.Tx) error {
			receipt, err := cases.ParseReceipt(codes[0])
			if err != nil {
				return err
			}
			v, err := tx.LookUp(ctx, receipt)
			if err == nil && ids[v.CaseID] != textOf(i) {
				y.t.Errorf("the receipt of resident %d opens another report", i)
			}
			return err
		})
		if err != nil {
			y.t.Errorf("the receipt of resident %d: %v", i, err)
		}
	}
	if total != y.told {
		y.t.Errorf("%d cases, want %d", total, y.told)
	}
}

// receipts are the different receipts on a resident's phone.
func (y *yard) receipts(i int) (codes []string) {
	for _, m := range y.sim.Messages(newcomer(i).ID) {
		if m.FromBot {
			codes = append(codes, receiptForm.FindAllString(m.Text, -1)...)
		}
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// repeated accounts for every message that was shown more than once: its answer was
// cut off on purpose, or something that makes the program send again happened between
// the two.
func (y *yard) repeated() {
	y.t.Helper()
	placed := map[int64]map[int]telegramsim.Call{} // by chat and message: the call that put it there
	for _, c := range y.sim.Calls() {
		if c.Message == 0 || !strings.EqualFold(c.Method, "sendMessage") {
			continue
		}
		if placed[c.Chat] == nil {
			placed[c.Chat] = map[int]telegramsim.Call{}
		}
		placed[c.Chat][c.Message] = c
	}
	repeats := map[string]int{}
	for i := range y.told {
		chat, last := newcomer(i).ID, map[string]int{}
		for _, m := range y.sim.Messages(chat) {
			if !m.FromBot {
				continue
			}
			before, again := last[m.Text]
			last[m.Text] = m.ID
			if !again {
				continue
			}
			why := y.why(placed[chat][before], placed[chat][m.ID])
			if why == "" {
				y.t.Errorf("resident %d was shown twice without a cause: %q", i, firstLine(m.Text))
			}
			repeats[why]++
		}
	}
	if len(repeats) > 0 {
		y.t.Log("shown twice:", repeats)
	}
}

func firstLine(s string) string { line, _, _ := strings.Cut(s, "\n"); return line }

// why tells what made the program send a message again, "" = nothing did.
func (y *yard) why(first, second telegramsim.Call) string {
	if first.Status == 0 && first.Message != 0 {
		return "the answer to the first was cut off"
	}
	y.mu.Lock()
	defer y.mu.Unlock()
	for _, c := range y.causes {
		if !first.At.After(c.to) && !second.At.Before(c.from) {
			return c.what
		}
	}
	return ""
}

// digest is the log without what differs from line to line: each warning and error
// once, with how often it came.
func (y *yard) digest() string {
	var order []string
	times := map[string]int{}
	for line := range strings.SplitSeq(y.log.String(), "\n") {
		var l struct{ Level, Msg, Err string }
		if json.Unmarshal([]byte(line), &l) != nil || l.Level == "INFO" || l.Level == "DEBUG" {
			continue
		}
		text := strings.TrimSpace(l.Level + " " + l.Msg + ": " + l.Err)
		if times[text]++; times[text] == 1 {
			order = append(order, text)
		}
	}
	for i, text := range order {
		order[i] = fmt.Sprintf("    %d× %s", times[text], text)
	}
	return strings.Join(order, "\n")
}
