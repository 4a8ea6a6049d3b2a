package bot_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"testing/iotest"
	"time"

	"tinbao/bot"
)

// Telegram repeats what was not kept, in order, until it is kept.
func TestWebhookIsRepeatedUntilKept(t *testing.T) {
	t.Parallel()
	sim, base := telegram(t)
	c := client(t, base, "")
	k := newKeeper(2)
	hook := httptest.NewServer(bot.Webhook("right", k.keep, func() {}, slog.New(slog.DiscardHandler)))
	t.Cleanup(hook.Close)
	if err := c.SetWebhook(t.Context(), hook.URL, "right"); err != nil {
		t.Fatal(err)
	}
	if _, err := sim.Start(an, ""); err != nil {
		t.Fatal(err)
	}
	k.wait(t, 3)
	if err := sim.Idle(t.Context()); err != nil {
		t.Fatal(err)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.tries != 3 || len(k.kept) != 1 {
		t.Errorf("%d tries, kept %v", k.tries, k.kept)
	}
}

// Taking the webhook away leaves waiting updates for polling.
func TestRemovedWebhookLosesNothing(t *testing.T) {
	t.Parallel()
	sim, base := telegram(t)
	c := client(t, base, "")
	refusing := newKeeper(1 << 30)
	hook := httptest.NewServer(bot.Webhook("right", refusing.keep, func() {}, slog.New(slog.DiscardHandler)))
	t.Cleanup(hook.Close)
	if err := c.SetWebhook(t.Context(), hook.URL, "right"); err != nil {
		t.Fatal(err)
	}
	if _, err := sim.Start(an, ""); err != nil {
		t.Fatal(err)
	}
	refusing.wait(t, 1)
	if err := c.RemoveWebhook(t.Context()); err != nil {
		t.Fatal(err)
	}
	k := newKeeper(0)
	poll(t, base, k)
	k.wait(t, 1)
	if err := sim.Idle(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// Without a secret of its own the webhook is closed, not open to everybody.
func TestWebhookRefuses(t *testing.T) {
	t.Parallel()
	k := newKeeper(0)
	if code, lost := push(t, "", k.keep, strings.NewReader(`{"update_id":1}`)); code != http.StatusNotFound || k.tries != 0 || lost != 0 {
		t.Errorf("%d, %d tries, %d lost", code, k.tries, lost)
	}
}

// What can never be read is taken, so that Telegram does not repeat it for a day and hold up
// the chat; what only broke off on the way is not.
func TestUnreadableUpdatesAreNotRepeated(t *testing.T) {
	t.Parallel()
	for _, body := range []string{`{}`, `null`, `nonsense`, ` `, `[1]`, `{"update_id":"x"}`, `{"update_id":-4}`, `{"update_id":1}` + strings.Repeat(" ", 2<<20)} {
		k := newKeeper(0)
		if code, lost := push(t, "right", k.keep, strings.NewReader(body)); code != http.StatusOK || k.tries != 0 || lost != 1 {
			t.Errorf("%.20s: %d, %d tries, %d lost", body, code, k.tries, lost)
		}
	}
	k := newKeeper(0)
	broken := io.MultiReader(strings.NewReader(`{"update_id":1,`), iotest.ErrReader(io.ErrUnexpectedEOF))
	if code, lost := push(t, "right", k.keep, broken); code < 400 || k.tries != 0 || lost != 0 {
		t.Errorf("broken off: %d, %d tries, %d lost", code, k.tries, lost)
	}
}

// push gives a body to a webhook and returns its answer and how often something was lost.
func push(t *testing.T, secret string, keep bot.Keeper, body io.Reader) (code, lost int) {
	t.Helper()
	rec := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodPost, "/", body)
	r.Header.Set("X-Telegram-Bot-Api-Secret-Token", secret)
	bot.Webhook(secret, keep, func() { lost++ }, slog.New(slog.DiscardHandler)).ServeHTTP(rec, r)
	return rec.Code, lost
}

// answers is a Telegram whose getUpdates gives the same list every time.
func answers(t *testing.T, list string, asked chan<- string) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		offset := r.FormValue("offset")
		io.WriteString(w, fmt.Sprintf(`{"ok":true,"result":%s}`, list))
		select {
		case asked <- offset:
		case <-r.Context().Done():
		}
	}))
	t.Cleanup(s.Close)
	return s.URL
}

// A list of things without numbers is a failure with a pause, not a busy loop.
func TestUpdatesWithoutNumbersAreNoBusyLoop(t *testing.T) {
	t.Parallel()
	var asked atomic.Int32
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		io.WriteString(w, `{"ok":true,"result":["x",{"message":{}}]}`)
	}))
	t.Cleanup(s.Close)
	ctx, cancel := context.WithTimeout(t.Context(), 600*time.Millisecond)
	defer cancel()
	k := newKeeper(0)
	bot.Poll(ctx, client(t, s.URL, ""), k.keep, slog.New(slog.DiscardHandler))
	if asked.Load() > 3 || k.tries > 0 {
		t.Errorf("asked %d times, kept %d times", asked.Load(), k.tries)
	}
}

// The offset follows what was kept, and only that.
func TestOffsetFollowsKeep(t *testing.T) {
	t.Parallel()
	asked := make(chan string)
	k := newKeeper(1)
	poll(t, answers(t, `[{"update_id":9},{"update_id":8},"x"]`, asked), k)
	var offsets []string
	for range 3 {
		select {
		case o := <-asked:
			offsets = append(offsets, o)
		case <-time.After(20 * time.Second):
			t.Fatal("not asked")
		}
	}
	if want := []string{"0", "0", "10"}; !slices.Equal(offsets, want) {
		t.Errorf("asked from %v, want %v", offsets, want)
	}
}

// Poll writes nothing of the token or of what people wrote into the log, and ends
// at once when it must.
func TestPollLogsNoSecrets(t *testing.T) {
	t.Parallel()
	seen := make(chan struct{}, 100)
	log := &logged{seen: seen}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	c := client(t, "http://127.0.0.1:1", "")
	go func() {
		defer close(ended)
		bot.Poll(ctx, c, newKeeper(0).keep, slog.New(slog.NewTextHandler(log, nil)))
	}()
	select {
	case <-seen:
	case <-time.After(20 * time.Second):
		t.Error("nothing was logged")
	}
	cancel()
	select {
	case <-ended:
	case <-time.After(5 * time.Second):
		t.Fatal("polling does not end")
	}
	if strings.Contains(log.text.String(), "SECRET") {
		t.Error(log.text.String())
	}
}

// logged keeps a log and tells of every line.
type logged struct {
	text strings.Builder
	seen chan struct{}
}

func (l *logged) Write(p []byte) (int, error) {
	n, err := l.text.Write(p)
	select {
	case l.seen <- struct{}{}:
	default:
	}
	return n, err
}

// An answer without updates that comes at once is not asked for again at once: some servers
// and proxies do not wait.
func TestNothingAtOnceIsNoBusyLoop(t *testing.T) {
	t.Parallel()
	var asked atomic.Int32
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		io.WriteString(w, `{"ok":true,"result":[]}`)
	}))
	t.Cleanup(s.Close)
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	bot.Poll(ctx, client(t, s.URL, ""), newKeeper(0).keep, slog.New(slog.DiscardHandler))
	if n := asked.Load(); n > 4 {
		t.Errorf("asked %d times in a second", n)
	}
}

// What is too much for the line, or too long altogether, comes in smaller parts, and no
// update is left out.
func TestBatchesThatDoNotArriveAreHalved(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(w http.ResponseWriter){
		"breaks off": func(w http.ResponseWriter) {
			w.Header().Set("Content-Length", "100000")
			io.WriteString(w, `{"ok":true,"result":[{"update_id":1`)
		},
		"too long": func(w http.ResponseWriter) {
			io.WriteString(w, `{"ok":true,"result":["`+strings.Repeat("x", 17<<20))
		},
		"no list": func(w http.ResponseWriter) { io.WriteString(w, `{"ok":true,"result":{"x":[]}}`) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			const all, most = 40, 15
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				from, _ := strconv.Atoi(r.FormValue("offset"))
				limit, _ := strconv.Atoi(r.FormValue("limit"))
				var list []string
				for id := max(from, 1); id <= all && len(list) < limit; id++ {
					list = append(list, fmt.Sprintf(`{"update_id":%d}`, id))
				}
				if len(list) > most {
					spoil(w)
					return
				}
				fmt.Fprintf(w, `{"ok":true,"result":[%s]}`, strings.Join(list, ","))
			}))
			t.Cleanup(s.Close)
			k := newKeeper(0)
			ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
			defer cancel()
			keep := func(ctx context.Context, raws []bot.Raw) error {
				err := k.keep(ctx, raws)
				if len(k.kept) == all {
					cancel()
				}
				return err
			}
			bot.Poll(ctx, client(t, s.URL, ""), keep, slog.New(slog.DiscardHandler))
			if len(k.kept) != all {
				t.Errorf("%d of %d were kept", len(k.kept), all)
			}
		})
	}
}

// An address to which Telegram would never deliver is named before it is set.
func TestWebhookAddresses(t *testing.T) {
	t.Parallel()
	for address, good := range map[string]bool{
		"https://host/t": true, "https://host:443/t": true, "https://host:8443/t": true, "https://host:88/t": true, "https://host:80/t": true,
		"https://203.0.113.9/t": true, "https://host:8080/t": false, "http://host/t": false, "https://localhost/t": false, "https://127.0.0.1/t": false,
		"https://192.168.1.4:8443/t": false, "https://[::1]/t": false, "https://10.0.0.1/t": false, "https://0.0.0.0/t": false, "https://169.254.1.1/t": false,
	} {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if why := bot.WebhookRefused(u, ""); (why == "") != good {
			t.Errorf("%s: %q", address, why)
		}
		if why := bot.WebhookRefused(u, bot.DefaultAPI+"/"); (why == "") != good {
			t.Errorf("%s: %q", address, why)
		}
		if why := bot.WebhookRefused(u, "http://127.0.0.1:8081"); why != "" {
			t.Errorf("%s by a server of one's own: %q", address, why)
		}
	}
}
