package web

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"tinbao/cases"
)

// openDesk receives everything.
type openDesk struct{ Desk }

func (openDesk) Ward(context.Context) (cases.Ward, error) {
	return cases.Ward{Name: "phường Yên Nghĩa"}, nil
}

func (openDesk) Knock(context.Context, Visit) error {
	return cases.Fail(cases.Limited, "web.toofast")
}

func (openDesk) Send(context.Context, Visit, cases.NewCase) (Sent, error) {
	return Sent{Receipt: "ABCDEFGHJKLMNPQRST"}, nil
}

func newSite(t *testing.T) (http.Handler, func(string) string) {
	t.Helper()
	c := Config{
		Desk: openDesk{}, Tag: func(string) []byte { return []byte("tag") }, Languages: []string{"vi", "en"}, Now: time.Now, Fault: func(error) {},
		Text: func(lang, key string, _ map[string]any) string { return lang + " " + key }, Visitor: func(*http.Request) []byte { return nil },
	}
	h, err := Handler(c)
	if err != nil {
		t.Fatal(err)
	}
	return h, (&site{Config: c}).issue
}

// Senders that never end their bodies keep nobody else from sending, and a counter that is
// full refuses no request for help.
func TestSlowSendersHoldUpNobody(t *testing.T) {
	t.Parallel()
	h, token := newSite(t)
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	for range 50 {
		c, err := net.Dial("tcp", server.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { c.Close() })
		_, err = io.WriteString(c, "POST /bao-tin HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 1000000\r\n\r\n--x\r\n")
		if err != nil {
			t.Fatal(err)
		}
	}
	r, err := http.Post(server.URL+helpPath, "application/x-www-form-urlencoded", strings.NewReader("text=x&token="+token(forHelp)))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil || r.StatusCode != http.StatusOK || !strings.Contains(string(body), "web.received") {
		t.Errorf("%d %v\n%s", r.StatusCode, err, body)
	}
}

// A body that comes too slowly has no more time than its bytes have earned.
func TestBodiesHaveALeastRate(t *testing.T) {
	t.Parallel()
	var until []time.Duration
	began := time.Now()
	p := &paced{Reader: strings.NewReader(strings.Repeat("x", 10*leastRate)), began: began, limit: func(at time.Time) error {
		until = append(until, at.Sub(began))
		return nil
	}}
	for n, buf := 0, make([]byte, leastRate); n < 3; n++ {
		if _, err := p.Read(buf); err != nil {
			t.Fatal(err)
		}
	}
	if until[0] != bodyGrace || until[2] != bodyGrace+2*time.Second {
		t.Error(until)
	}
}

// Memory for files is bounded in all and for one visitor, and comes back.
func TestRoomForFiles(t *testing.T) {
	t.Parallel()
	m := &room{of: map[string]int{}}
	if !m.take("a", memoryOfOne) || m.take("a", 1) || !m.take("b", memoryOfOne) || m.take("c", 1) {
		t.Error("the room has no walls")
	}
	m.free("a", memoryOfOne)
	if !m.take("c", 1) || len(m.of) != 2 {
		t.Error("memory was not given back")
	}
}

// The browser's language decides, and a chosen one before it.
func TestLanguage(t *testing.T) {
	t.Parallel()
	h, _ := newSite(t)
	for path, want := range map[string]string{"/": "en", "/?lang=vi": "vi", "/?lang=xx": "en"} {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.Header.Set("Accept-Language", "fr;q=0.9, vi;q=0.3, en-GB;q=0.7")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if !strings.Contains(w.Body.String(), `<html lang="`+want+`">`) {
			t.Errorf("%s: not %s", path, want)
		}
	}
}
