package bot_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"tinbao/bot"
	"tinbao/telegramsim"
)

// keeper remembers what it kept and fails as long as it is told to.
type keeper struct {
	mu    sync.Mutex
	fails int
	tries int
	kept  map[int64]int
	seen  chan struct{}
}

func newKeeper(fails int) *keeper {
	return &keeper{fails: fails, kept: map[int64]int{}, seen: make(chan struct{}, 1000)}
}

func (k *keeper) keep(_ context.Context, updates []bot.Raw) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.tries++
	defer func() { k.seen <- struct{}{} }()
	if k.fails > 0 {
		k.fails--
		return errors.New("away")
	}
	for _, u := range updates {
		k.kept[u.ID]++
	}
	return nil
}

func (k *keeper) wait(t *testing.T, calls int) {
	t.Helper()
	for range calls {
		select {
		case <-k.seen:
		case <-time.After(20 * time.Second):
			t.Fatal("nothing was kept")
		}
	}
}

func poll(t *testing.T, base string, k *keeper) {
	t.Helper()
	pollWith(t, base, k.keep)
}

func pollWith(t *testing.T, base string, keep bot.Keeper) {
	t.Helper()
	c := client(t, base, "")
	ctx, cancel := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	wg.Go(func() { bot.Poll(ctx, c, keep, slog.New(slog.DiscardHandler)) })
	t.Cleanup(func() { cancel(); wg.Wait() })
}

// Telegram forgets an update only after it was kept.
func TestPollConfirmsOnlyWhatIsKept(t *testing.T) {
	t.Parallel()
	sim, base := telegram(t)
	k := newKeeper(2)
	if _, err := sim.Start(an, ""); err != nil {
		t.Fatal(err)
	}
	poll(t, base, k)
	k.wait(t, 2)
	if sim.Pending() != 1 {
		t.Errorf("%d updates wait, Telegram forgot what was not kept", sim.Pending())
	}
	k.wait(t, 1)
	if err := sim.Idle(t.Context()); err != nil {
		t.Fatal(err)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.tries < 3 || len(k.kept) != 1 {
		t.Errorf("%d tries, kept %v", k.tries, k.kept)
	}
}

func TestPollSurvivesFaults(t *testing.T) {
	t.Parallel()
	for name, kind := range map[string]telegramsim.FaultKind{
		"500": telegramsim.ServerError, "reset": telegramsim.Reset, "409": telegramsim.Conflict,
		"401": telegramsim.Unauthorized, "ambiguous": telegramsim.Ambiguous, "429": telegramsim.TooManyRequests,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim, base := telegram(t)
			sim.SetFault(telegramsim.Fault{Kind: kind, Method: "getUpdates", Count: 2})
			k := newKeeper(0)
			if _, err := sim.Start(an, ""); err != nil {
				t.Fatal(err)
			}
			poll(t, base, k)
			k.wait(t, 1)
			if err := sim.Idle(t.Context()); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// A kind of update that this program cannot read is kept and confirmed too.
func TestUnknownUpdatesAreKept(t *testing.T) {
	t.Parallel()
	sim, base := telegram(t)
	for _, raw := range []string{`{"update_id":7,"future_kind":{"x":1}}`, `{"update_id":8,"message":{"message_id":"text instead of a number"}}`} {
		if _, err := sim.InjectUpdate([]byte(raw)); err != nil {
			t.Fatal(err)
		}
	}
	k := newKeeper(0)
	poll(t, base, k)
	if err := sim.Idle(t.Context()); err != nil {
		t.Fatal(err)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.kept[7] != 1 || k.kept[8] != 1 {
		t.Errorf("kept %v", k.kept)
	}
}

func TestWebhook(t *testing.T) {
	t.Parallel()
	k := newKeeper(1)
	h := bot.Webhook("right", k.keep, func() {}, slog.New(slog.DiscardHandler))
	for _, c := range []struct {
		method, secret, body string
		want                 int
	}{
		{"POST", "wrong", `{"update_id":1}`, http.StatusNotFound},
		{"POST", "", `{"update_id":1}`, http.StatusNotFound},
		{"GET", "right", ``, http.StatusNotFound},
		{"POST", "right", `{"update_id":1}`, http.StatusOK},
	} {
		rec := httptest.NewRecorder()
		r := httptest.NewRequest(c.method, "/", strings.NewReader(c.body))
		r.Header.Set("X-Telegram-Bot-Api-Secret-Token", c.secret)
		h.ServeHTTP(rec, r)
		if c.want == http.StatusOK { // the first is not kept, so Telegram must repeat it
			if rec.Code != http.StatusServiceUnavailable {
				t.Errorf("not kept, but answered %d", rec.Code)
			}
			rec = httptest.NewRecorder()
			r = httptest.NewRequest(c.method, "/", strings.NewReader(c.body))
			r.Header.Set("X-Telegram-Bot-Api-Secret-Token", c.secret)
			h.ServeHTTP(rec, r)
		}
		if rec.Code != c.want {
			t.Errorf("%s with %q: %d, want %d", c.method, c.secret, rec.Code, c.want)
		}
	}
}
