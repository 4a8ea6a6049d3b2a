package bot_test

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"tinbao/bot"
	"tinbao/telegramsim"
)

func client(t *testing.T, base, proxy string) *bot.Client {
	t.Helper()
	c, err := bot.NewClient(token, base, proxy)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Whatever goes wrong on the way, the token is in no error.
func TestTokenIsInNoError(t *testing.T) {
	t.Parallel()
	answer := func(status int, body string) string {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(status)
			io.WriteString(w, strings.ReplaceAll(body, "URL", r.URL.String()))
		}))
		t.Cleanup(s.Close)
		return s.URL
	}
	loop := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, r.URL.String()+"x", http.StatusFound)
	}))
	t.Cleanup(loop.Close)
	cut := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
	t.Cleanup(cut.Close)
	for name, base := range map[string]string{
		"refused": "http://127.0.0.1:1", "no such name": "http://no-such-host.invalid", "redirects": loop.URL, "cut": cut.URL,
		"401": answer(401, `{"ok":false,"error_code":401,"description":"Unauthorized for URL"}`), "404": answer(404, `not found: URL`),
		"500": answer(500, `{"ok":false,"error_code":500,"description":"at URL"}`), "not JSON": answer(200, `<html>URL</html>`),
		"other JSON": answer(200, `{"ok":true,"result":"URL"}`),
	} {
		c := client(t, base, "")
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		_, err1 := c.Username(ctx)
		_, err2 := c.Updates(ctx, 0, 1, 0)
		_, err3 := c.Fetch(ctx, "file", 10)
		err4 := c.Deliver(ctx, bot.Call{Method: "sendMessage"}.Encode())
		_, err5 := c.Upload(ctx, "sendPhoto", map[string]string{}, "photo", bot.Attachment{Name: "a.jpg", Body: []byte("x")})
		cancel()
		for i, err := range []error{err1, err2, err3, err4, err5} {
			if err == nil && name != "other JSON" {
				t.Errorf("%s: call %d did not fail", name, i)
			}
			if err != nil && strings.Contains(err.Error(), "SECRET") {
				t.Errorf("%s: call %d tells the token: %v", name, i, err)
			}
		}
	}
}

func TestWrongAddresses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ base, proxy string }{{"telegram", ""}, {"", "ftp://x"}, {"", "://"}, {"", "host:80"}, {":", ""}} {
		if _, err := bot.NewClient(token, c.base, c.proxy); err == nil || strings.Contains(err.Error(), "SECRET") {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

func TestHTTPProxyIsUsed(t *testing.T) {
	t.Parallel()
	_, base := telegram(t)
	target, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	var used atomic.Int32
	forward := httputil.NewSingleHostReverseProxy(target)
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		used.Add(1)
		forward.ServeHTTP(w, r)
	}))
	t.Cleanup(proxy.Close)
	if name, err := client(t, "http://telegram.invalid", proxy.URL).Username(t.Context()); err != nil || name == "" || used.Load() != 1 {
		t.Errorf("%q %v, proxy used %d times", name, err, used.Load())
	}
}

// socks is a SOCKS5 server (RFC 1928) that leads every request to one address.
func socks(t *testing.T, target string, used *atomic.Int32) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go serveSocks(conn, target, used)
		}
	}()
	return "socks5://" + l.Addr().String()
}

func serveSocks(conn net.Conn, target string, used *atomic.Int32) {
	defer conn.Close()
	r := bufio.NewReader(conn)
	head := make([]byte, 2)
	if _, err := io.ReadFull(r, head); err != nil {
		return
	}
	io.CopyN(io.Discard, r, int64(head[1]))
	conn.Write([]byte{5, 0})
	request := make([]byte, 5)
	if _, err := io.ReadFull(r, request); err != nil {
		return
	}
	rest := map[byte]int64{1: 3 + 2, 3: int64(request[4]) + 2, 4: 15 + 2}[request[3]]
	io.CopyN(io.Discard, r, rest)
	up, err := net.Dial("tcp", target)
	if err != nil {
		return
	}
	defer up.Close()
	used.Add(1)
	conn.Write(binary.BigEndian.AppendUint16([]byte{5, 0, 0, 1, 127, 0, 0, 1}, 1))
	go func() { io.Copy(up, r); up.Close() }()
	io.Copy(conn, up)
}

func TestSOCKSProxyIsUsed(t *testing.T) {
	t.Parallel()
	_, base := telegram(t)
	var used atomic.Int32
	proxy := socks(t, strings.TrimPrefix(base, "http://"), &used)
	if name, err := client(t, "http://telegram.invalid", proxy).Username(t.Context()); err != nil || name == "" || used.Load() != 1 {
		t.Errorf("%q %v, proxy used %d times", name, err, used.Load())
	}
}

func TestFetch(t *testing.T) {
	t.Parallel()
	sim, base := telegram(t)
	body := []byte("the bytes of a file")
	if _, err := sim.Start(an, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := sim.SendDocument(an, "a.txt", "text/plain", body, ""); err != nil {
		t.Fatal(err)
	}
	messages := sim.Messages(an)
	id := messages[len(messages)-1].Document.ID
	c := client(t, base+"/", "")
	if got, err := c.Fetch(t.Context(), id, 100); err != nil || string(got) != string(body) {
		t.Errorf("%q %v", got, err)
	}
	if _, err := c.Fetch(t.Context(), id, 5); !errors.Is(err, bot.ErrTooBig) {
		t.Errorf("over the limit: %v", err)
	}
	var refused *bot.Failure
	if _, err := c.Fetch(t.Context(), "none", 100); !errors.As(err, &refused) || !refused.Refused() {
		t.Errorf("a file that is not there: %v", err)
	}
	lying := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.Path, "/file/") {
			w.Write(make([]byte, 50))
			return
		}
		io.WriteString(w, `{"ok":true,"result":{"file_id":"x","file_size":1,"file_path":"p"}}`)
	}))
	t.Cleanup(lying.Close)
	if _, err := client(t, lying.URL, "").Fetch(t.Context(), "x", 10); !errors.Is(err, bot.ErrTooBig) {
		t.Errorf("a file larger than was said: %v", err)
	}
}

func TestFailures(t *testing.T) {
	t.Parallel()
	sim, base := telegram(t)
	c := client(t, base, "")
	send := func() error {
		_, err := c.Do(t.Context(), "sendMessage", map[string]string{"chat_id": "5550001", "text": "x"})
		return err
	}
	var f *bot.Failure
	if err := send(); !errors.As(err, &f) || !f.Gone() {
		t.Errorf("a person who never wrote: %v", err)
	}
	if _, err := sim.Start(an, ""); err != nil {
		t.Fatal(err)
	}
	if err := send(); err != nil {
		t.Fatal(err)
	}
	sim.SetFault(telegramsim.Fault{Kind: telegramsim.TooManyRequests, RetryAfter: 7, Count: 1})
	if after, ok := bot.RetryIn(send()); !ok || after != 7*time.Second {
		t.Errorf("429: %v %v", after, ok)
	}
	if _, ok := bot.RetryIn(errors.New("x")); ok {
		t.Error("any error is about pace")
	}
	if _, err := c.Do(t.Context(), "sendMessage", map[string]string{"chat_id": "5550001"}); !errors.As(err, &f) || !f.Refused() || f.Gone() {
		t.Errorf("an empty text: %v", err)
	}
}

func TestCancelCutsALongPoll(t *testing.T) {
	t.Parallel()
	_, base := telegram(t)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		_, err := client(t, base, "").Updates(ctx, 0, 1, 25*time.Second)
		ended <- err
	}()
	cancel()
	select {
	case err := <-ended:
		if !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	case <-time.After(5 * time.Second):
		t.Error("still waiting")
	}
}

// A file of just the limit is taken, in what is said and in what comes.
func TestFileOfJustTheLimit(t *testing.T) {
	t.Parallel()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/file/") {
			io.WriteString(w, "0123456789")
			return
		}
		io.WriteString(w, `{"ok":true,"result":{"file_id":"x","file_size":10,"file_path":"p"}}`)
	}))
	t.Cleanup(s.Close)
	c := client(t, s.URL, "")
	if body, err := c.Fetch(t.Context(), "x", 10); err != nil || len(body) != 10 {
		t.Errorf("%q %v", body, err)
	}
}

func TestWhatFailuresMean(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		f             bot.Failure
		gone, refused bool
	}{
		{bot.Failure{Code: 403, Description: "Forbidden: bot was blocked by the user"}, true, false},
		{bot.Failure{Code: 400, Description: "Bad Request: chat not found"}, true, true},
		{bot.Failure{Code: 400, Description: "Bad Request: message text is empty"}, false, true},
		{bot.Failure{Code: 404, Description: "Not Found"}, false, true},
		{bot.Failure{Code: 413, Description: "Request Entity Too Large"}, false, true},
		{bot.Failure{Code: 401, Description: "Unauthorized"}, false, false},
		{bot.Failure{Code: 409, Description: "Conflict"}, false, false},
		{bot.Failure{Code: 429, Description: "Too Many Requests"}, false, false},
		{bot.Failure{Code: 500, Description: "chat not found"}, false, false},
	} {
		if c.f.Gone() != c.gone || c.f.Refused() != c.refused {
			t.Errorf("%v: gone %v, refused %v", &c.f, c.f.Gone(), c.f.Refused())
		}
	}
}

func TestRetryIn(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		err  error
		want time.Duration
		ok   bool
	}{
		{&bot.Failure{Code: 429, RetryAfter: 7 * time.Second}, 7 * time.Second, true},
		{errors.Join(errors.New("sending"), &bot.Failure{Code: 429}), time.Second, true},
		{&bot.Failure{Code: 500, RetryAfter: 7 * time.Second}, 0, false},
		{nil, 0, false},
	} {
		if got, ok := bot.RetryIn(c.err); got != c.want || ok != c.ok {
			t.Errorf("%v: %v %v", c.err, got, ok)
		}
	}
}

// A proxy that answers for Telegram, in a page or in JSON of its own, says nothing about
// a message or a chat: nobody is given up for it. A token Telegram does not accept is
// remembered until it does.
func TestAnswersThatAreNotTelegrams(t *testing.T) {
	t.Parallel()
	status, body := http.StatusForbidden, ""
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		io.WriteString(w, body)
	}))
	defer server.Close()
	c, err := bot.NewClient("1:x", server.URL, "")
	if err != nil {
		t.Fatal(err)
	}
	var f *bot.Failure
	for _, body = range []string{`<html>policy</html>`, `{"error":"policy"}`, `{"ok":false}`, ``} {
		if _, err := c.Do(t.Context(), "sendMessage", nil); err == nil || errors.As(err, &f) || strings.Contains(err.Error(), "policy") {
			t.Errorf("%q: %v", body, err)
		}
	}
	status, body = http.StatusUnauthorized, `{"ok":false,"error_code":401,"description":"Unauthorized"}`
	if _, err := c.Do(t.Context(), "getMe", nil); !errors.As(err, &f) || f.Code != 401 || !c.Refused() {
		t.Errorf("%v %v", err, c.Refused())
	}
	status, body = http.StatusOK, `{"ok":true,"result":true}`
	if _, err := c.Do(t.Context(), "getMe", nil); err != nil || c.Refused() {
		t.Errorf("%v %v", err, c.Refused())
	}
}
