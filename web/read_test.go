package web

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strconv"
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

func (openDesk) Crowd(context.Context, Visit) error { return cases.Fail(cases.Limited, "web.toofast") }

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

// roomyDesk counts nothing against one visitor; all of them together are too many.
type roomyDesk struct{ openDesk }

func (roomyDesk) Knock(context.Context, Visit) error { return nil }

// A full counter refuses no report: the form waits for its turn with what was typed, and is
// taken then. A turn of another form, or one that has not come, does not help, nor does one
// that was used again and again.
func TestReportsWaitInAQueueWhenThereAreTooMany(t *testing.T) {
	t.Parallel()
	now := time.Now()
	c := Config{
		Desk: roomyDesk{}, Tag: func(page string) []byte { return []byte("tag of " + page) }, Languages: []string{"vi"}, Now: func() time.Time { return now }, Fault: func(err error) { t.Error(err) },
		Text: func(_, key string, v map[string]any) string { return fmt.Sprint(key, v) }, Visitor: func(*http.Request) []byte { return nil },
	}
	h, err := Handler(c)
	if err != nil {
		t.Fatal(err)
	}
	token := (&site{Config: c}).issue(forReport)
	post := func(token, turn string) (int, string, string) {
		r := httptest.NewRequest(http.MethodPost, "/bao-tin", strings.NewReader(url.Values{"token": {token}, "turn": {turn}, "what": {"signs"}, "text": {"Quán mở khuya."}}.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w.Code, w.Body.String(), w.Header().Get("Retry-After")
	}
	status, page, after := post(token, "")
	turn := regexp.MustCompile(`name="turn" value="([\w-]+)"`).FindStringSubmatch(page)
	if status != http.StatusTooManyRequests || turn == nil || !strings.Contains(page, "Quán mở khuya.") || !strings.Contains(page, "map[n:"+after+"]") {
		t.Fatalf("%d %q\n%s", status, after, page)
	}
	if status, _, _ = post(token, turn[1]); status != http.StatusTooManyRequests {
		t.Error("taken before its turn: ", status)
	}
	seconds, err := strconv.Atoi(after)
	if err != nil || seconds > int(longestWait/time.Second)+1 {
		t.Error(after, err)
	}
	now = now.Add(time.Duration(seconds) * time.Second)
	if status, _, _ = post((&site{Config: c}).issue(forReport), turn[1]); status != http.StatusTooManyRequests {
		t.Error("the turn of another form was taken: ", status)
	}
	for n := range turnUses + 1 {
		if status, _, _ = post(token, turn[1]); (status == http.StatusOK) != (n < turnUses) {
			t.Errorf("use %d: %d", n, status)
		}
	}
}

// However many wait, nobody waits longer than two minutes.
func TestTheQueueIsShort(t *testing.T) {
	t.Parallel()
	now := time.Now()
	q := &queue{used: map[string]use{}}
	if first := q.turn(now); first != now.Add(shortestWait) {
		t.Error(first.Sub(now))
	}
	last := now
	for range 10000 {
		at := q.turn(now)
		if at.Before(last) || at.Sub(now) > longestWait {
			t.Fatal(at.Sub(now))
		}
		last = at
	}
}

// deadlines notes the deadlines of a connection.
type deadlines struct {
	http.ResponseWriter
	at []time.Time
}

func (d *deadlines) SetReadDeadline(at time.Time) error {
	d.at = append(d.at, at)
	return nil
}

// The deadline of a body does not end the request while the form is worked on.
func TestAFormThatIsReadHasTimeToBeWorkedOn(t *testing.T) {
	t.Parallel()
	h, token := newSite(t)
	w := &deadlines{ResponseWriter: httptest.NewRecorder()}
	r := httptest.NewRequest(http.MethodPost, helpPath, strings.NewReader("text=x&token="+token(forHelp)))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	h.ServeHTTP(w, r)
	if len(w.at) < 2 || time.Until(w.at[0]) > bodyGrace || time.Until(w.at[len(w.at)-1]) < answerTime-time.Minute {
		t.Error(w.at)
	}
}
