package telegramsim_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"tinbao/telegramsim"
)

// receiver is a bot behind a webhook. It refuses the first attempts of each
// update and records who said what.
type receiver struct {
	mu     sync.Mutex
	refuse int
	tries  map[int]int
	heard  map[int64][]string
	secret []string
}

func (rc *receiver) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var u tgbotapi.Update
	err := json.NewDecoder(r.Body).Decode(&u)
	rc.mu.Lock()
	defer rc.mu.Unlock()
	rc.secret = append(rc.secret, r.Header.Get("X-Telegram-Bot-Api-Secret-Token"))
	if rc.tries[u.UpdateID]++; err != nil || rc.tries[u.UpdateID] <= rc.refuse {
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	rc.heard[u.Message.Chat.ID] = append(rc.heard[u.Message.Chat.ID], u.Message.Text)
}

func TestWebhookKeepsTheOrderOfAChat(t *testing.T) {
	t.Parallel()
	b := setup(t, telegramsim.Options{})
	rc := &receiver{refuse: 1, tries: map[int]int{}, heard: map[int64][]string{}}
	web := httptest.NewServer(rc)
	t.Cleanup(web.Close)
	must[int](t)(b.SendText(an, "0"))
	b.ok("setWebhook", fields{"url": web.URL, "secret_token": "s3cret", "max_connections": 4}, nil)
	for i := 1; i < 8; i++ {
		must[int](t)(b.SendText(an, fmt.Sprint(i)))
		must[int](t)(b.SendText(chi, fmt.Sprint(i)))
	}
	if err := b.Idle(within(t)); err != nil {
		t.Fatal(err)
	}
	rc.mu.Lock()
	defer rc.mu.Unlock()
	if got := fmt.Sprint(rc.heard[an], rc.heard[chi]); got != "[0 1 2 3 4 5 6 7] [1 2 3 4 5 6 7]" {
		t.Errorf("heard %s", got)
	}
	for _, s := range rc.secret {
		if s != "s3cret" {
			t.Fatalf("secret %q", s)
		}
	}
	b.refused(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first", "getUpdates", nil)
	b.ok("deleteWebhook", nil, nil)
	b.ok("getUpdates", nil, nil)
}

func TestWebhookInfoTellsTheLastError(t *testing.T) {
	t.Parallel()
	b := setup(t, telegramsim.Options{})
	web := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(web.Close)
	b.ok("setWebhook", fields{"url": web.URL}, nil)
	must[int](t)(b.SendText(an, "có ai không"))
	var info tgbotapi.WebhookInfo
	for deadline := time.Now().Add(5 * time.Second); info.LastErrorMessage == ""; {
		if time.Now().After(deadline) {
			t.Fatal("no error was told")
		}
		b.ok("getWebhookInfo", nil, &info)
	}
	if info.PendingUpdateCount != 1 || info.LastErrorMessage != "Wrong response from the webhook: 404 Not Found" {
		t.Fatalf("got %+v", info)
	}
	b.refused(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook", "setWebhook", fields{"url": "http://example.org/"})
}

// Telegram waits as long as the bot asks it to, and otherwise twice as long each time.
func TestWebhookIsTriedAgainAsTelegramDoes(t *testing.T) {
	t.Parallel()
	for name, after := range map[string]string{"asked to wait": "3", "not asked": ""} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t, telegramsim.Options{})
			tries := make(chan time.Time, 3)
			web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				if tries <- time.Now(); len(tries) < 3 {
					w.Header().Set("Retry-After", after)
					w.WriteHeader(http.StatusServiceUnavailable)
				}
			}))
			t.Cleanup(web.Close)
			b.ok("setWebhook", fields{"url": web.URL}, nil)
			must[int](t)(b.SendText(an, "x"))
			if err := b.Idle(within(t)); err != nil {
				t.Fatal(err)
			}
			first, second, third := <-tries, <-tries, <-tries
			least := []time.Duration{time.Second, 2 * time.Second}
			if after != "" {
				least = []time.Duration{3 * time.Second, 3 * time.Second}
			}
			if second.Sub(first) < least[0] || third.Sub(second) < least[1] {
				t.Errorf("tried after %v and %v", second.Sub(first), third.Sub(second))
			}
		})
	}
}

// What the bot does not take is forgotten after a day.
func TestUpdatesAreKeptForADay(t *testing.T) {
	t.Parallel()
	var ahead atomic.Int64
	b := setup(t, telegramsim.Options{Now: func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }})
	must[int](t)(b.SendText(an, "x"))
	for _, hours := range []int{23, 25} {
		want := 1
		if hours > 24 {
			want = 0
		}
		ahead.Store(int64(time.Duration(hours) * time.Hour))
		var got []json.RawMessage
		b.ok("getUpdates", nil, &got)
		if len(got) != want {
			t.Errorf("%d updates after %d hours, want %d", len(got), hours, want)
		}
	}
}
