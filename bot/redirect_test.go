package bot_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"tinbao/bot"
)

// A redirect of somebody in between (a portal, a wrong address) is not followed:
// the next host would be told the token as the page the request came from.
func TestRedirectsTellNobodyTheToken(t *testing.T) {
	t.Parallel()
	var told atomic.Int32
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		told.Add(1)
		io.WriteString(w, `{"ok":true,"result":{"username":"x","file_path":"p"}}`)
	}))
	t.Cleanup(other.Close)
	portal := httptest.NewServer(http.RedirectHandler(other.URL, http.StatusFound))
	t.Cleanup(portal.Close)
	c := client(t, portal.URL, "")
	_, err1 := c.Username(t.Context())
	_, err2 := c.Upload(t.Context(), "sendPhoto", map[string]string{}, "photo", bot.Attachment{Name: "a.jpg", Body: []byte("x")})
	_, err3 := c.Fetch(t.Context(), "x", 10)
	for _, err := range []error{err1, err2, err3} {
		if err == nil || strings.Contains(err.Error(), "SECRET") {
			t.Errorf("a redirect gave %v", err)
		}
	}
	if told.Load() != 0 {
		t.Errorf("followed %d times", told.Load())
	}
}

// A file that Telegram itself finds too big is too big, not gone.
func TestFileOverTelegramsLimit(t *testing.T) {
	t.Parallel()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusBadRequest)
		io.WriteString(w, `{"ok":false,"error_code":400,"description":"Bad Request: file is too big"}`)
	}))
	t.Cleanup(s.Close)
	if _, err := client(t, s.URL, "").Fetch(t.Context(), "x", 10); !errors.Is(err, bot.ErrTooBig) {
		t.Error(err)
	}
}

// A download that breaks off, is refused or is redirected tells no token either.
func TestBrokenDownloads(t *testing.T) {
	t.Parallel()
	for name, serve := range map[string]http.HandlerFunc{
		"404":   http.NotFound,
		"reset": func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
		"short": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			io.WriteString(w, "x")
		},
		"redirect": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.String(), http.StatusFound) },
	} {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasPrefix(r.URL.Path, "/file/bot"+token+"/") {
				serve(w, r)
				return
			}
			io.WriteString(w, `{"ok":true,"result":{"file_id":"x","file_path":"documents/a b.txt"}}`)
		}))
		t.Cleanup(s.Close)
		_, err := client(t, s.URL, "").Fetch(t.Context(), "x", 1000)
		if err == nil || strings.Contains(err.Error(), "SECRET") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A proxy that is away, or wants another password, is named without ours.
func TestBadProxiesTellNoSecret(t *testing.T) {
	t.Parallel()
	for _, proxy := range []string{"http://user:SECRET@127.0.0.1:1", "socks5://user:SECRET@127.0.0.1:1", "http://user:SECRET@no-such-host.invalid:1"} {
		c := client(t, "https://telegram.invalid", proxy)
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		_, err := c.Username(ctx)
		cancel()
		if err == nil || strings.Contains(err.Error(), "SECRET") {
			t.Errorf("%v", err)
		}
	}
}

// A server that never answers is given up when the context ends.
func TestTimeoutTellsNoToken(t *testing.T) {
	t.Parallel()
	c := client(t, "http://"+silent(t), "")
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err := c.Username(ctx)
	if !errors.Is(err, context.DeadlineExceeded) || strings.Contains(err.Error(), "SECRET") {
		t.Error(err)
	}
}
