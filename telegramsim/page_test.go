package telegramsim_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"strings"
	"testing"

	"tinbao/telegramsim"
)

// visit asks for a page with these headers; Host sets the host.
func (b *bench) visit(method, path, body string, header map[string]string) *http.Response {
	b.t.Helper()
	req, err := http.NewRequestWithContext(b.t.Context(), method, b.url+path, strings.NewReader(body))
	if err != nil {
		b.t.Fatal(err)
	}
	for key, value := range header {
		req.Header.Set(key, value)
	}
	if host := header["Host"]; host != "" {
		req.Host = host
	}
	resp, err := b.client.Do(req)
	if err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(func() { resp.Body.Close() })
	return resp
}

// control posts JSON to a control of the page.
func (b *bench) control(path string, body fields) (int, map[string]any) {
	b.t.Helper()
	raw, _ := json.Marshal(body)
	resp := b.visit("POST", path, string(raw), map[string]string{"Content-Type": "application/json"})
	var out map[string]any
	json.NewDecoder(resp.Body).Decode(&out)
	return resp.StatusCode, out
}

func TestGuard(t *testing.T) {
	t.Parallel()
	b := setup(t, telegramsim.Options{})
	tests := []struct {
		name   string
		header map[string]string
		want   int
	}{
		{"own machine", nil, 200},
		{"localhost", map[string]string{"Host": "localhost:8080"}, 200},
		{"rebound name", map[string]string{"Host": "evil.example"}, 403},
		{"rebound name with a port", map[string]string{"Host": "evil.example:8080"}, 403},
		{"name that looks local", map[string]string{"Host": "127.0.0.1.evil.example"}, 403},
		{"script of another site", map[string]string{"Origin": "https://evil.example"}, 403},
		{"sandboxed frame", map[string]string{"Origin": "null"}, 403},
		{"own script", map[string]string{"Origin": b.url}, 200},
	}
	for _, tt := range tests {
		if resp := b.visit("GET", "/", "", tt.header); resp.StatusCode != tt.want {
			t.Errorf("%s: %d, want %d", tt.name, resp.StatusCode, tt.want)
		} else if csp := resp.Header.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") {
			t.Errorf("%s: policy %q", tt.name, csp)
		}
	}
	form := map[string]string{"Content-Type": "text/plain"}
	if resp := b.visit("POST", "/sim/send", `{"user":1001,"text":"x"}`, form); resp.StatusCode != http.StatusUnsupportedMediaType {
		t.Errorf("a form of another site got %d", resp.StatusCode)
	}
	open := setup(t, telegramsim.Options{OpenPage: true})
	if resp := open.visit("GET", "/", "", map[string]string{"Host": "demo.example"}); resp.StatusCode != http.StatusOK {
		t.Errorf("open page: %d", resp.StatusCode)
	}
}

func TestControls(t *testing.T) {
	t.Parallel()
	b := setup(t, telegramsim.Options{})
	for _, step := range []struct {
		path string
		body fields
		want int
	}{
		{"/sim/start", fields{"user": an, "payload": "k7"}, 200},
		{"/sim/send", fields{"user": an, "text": "chào"}, 200},
		{"/sim/edit", fields{"user": an, "message": 2, "text": "xin chào"}, 200},
		{"/sim/location", fields{"user": an, "latitude": 21, "longitude": 105}, 200},
		{"/sim/press", fields{"user": an, "message": 2, "data": "x"}, 404},
		{"/sim/block", fields{"user": an}, 200},
		{"/sim/send", fields{"user": an, "text": "chào"}, 409},
		{"/sim/unblock", fields{"user": an}, 200},
		{"/sim/send", fields{"user": 5, "text": "chào"}, 404},
		{"/sim/users", fields{"id": 7, "first_name": "Mới", "side": "staff"}, 200},
		{"/sim/update", fields{"message": fields{"chat": fields{"id": an}}}, 200},
		{"/sim/fault", fields{"kind": "500", "count": 1}, 200},
		{"/sim/fault", fields{"kind": "x"}, 400},
		{"/sim/nofaults", fields{}, 200},
	} {
		if code, out := b.control(step.path, step.body); code != step.want {
			t.Errorf("%s %v: %d %v, want %d", step.path, step.body, code, out, step.want)
		}
	}
	if n := b.Pending(); n != 7 {
		t.Errorf("%d updates, want 7", n)
	}
	if n := len(b.Users()); n != 3 {
		t.Errorf("%d people, want 3", n)
	}
	var chat struct {
		Started  bool
		Messages []struct{ Text string }
	}
	if err := json.NewDecoder(b.visit("GET", "/sim/chat?user=1001", "", nil).Body).Decode(&chat); err != nil || !chat.Started || chat.Messages[1].Text != "xin chào" {
		t.Errorf("%v %+v", err, chat)
	}
}

func TestPageSendsFiles(t *testing.T) {
	t.Parallel()
	b := setup(t, telegramsim.Options{})
	var buf bytes.Buffer
	form := multipart.NewWriter(&buf)
	form.WriteField("user", "1001")
	form.WriteField("as", "media")
	form.WriteField("caption", "ba tệp")
	for _, kind := range []string{"image/png", "image/png", "text/html"} {
		part, _ := form.CreatePart(textproto.MIMEHeader{
			"Content-Type":        {kind},
			"Content-Disposition": {`form-data; name="file"; filename="a.html"`},
		})
		part.Write(picture(t, 9, 9))
	}
	form.Close()
	resp := b.visit("POST", "/sim/files", buf.String(), map[string]string{"Content-Type": form.FormDataContentType()})
	list := b.Messages(an)
	if resp.StatusCode != http.StatusOK || len(list) != 3 || list[0].Album == "" || list[1].Album != list[0].Album || list[2].Document == nil || list[0].Text != "ba tệp" {
		t.Fatalf("%d %+v", resp.StatusCode, list)
	}
	photo := b.visit("GET", "/sim/file/"+list[0].Photo.ID, "", nil)
	if kind := photo.Header.Get("Content-Type"); kind != "image/png" {
		t.Errorf("photo is %s", kind)
	}
	doc := b.visit("GET", "/sim/file/"+list[2].Document.ID, "", nil)
	if doc.Header.Get("Content-Type") != "application/octet-stream" || !strings.HasPrefix(doc.Header.Get("Content-Disposition"), "attachment") {
		t.Errorf("a sent web page would run here: %v", doc.Header)
	}
}

func TestPageFiles(t *testing.T) {
	t.Parallel()
	b := setup(t, telegramsim.Options{})
	for path, want := range map[string]string{"/": "text/html", "/page/main.js": "text/javascript", "/page/phone.js": "text/javascript", "/page/render.js": "text/javascript", "/page/phone.css": "text/css"} {
		resp := b.visit("GET", path, "", nil)
		body, _ := io.ReadAll(resp.Body)
		if resp.StatusCode != http.StatusOK || !strings.HasPrefix(resp.Header.Get("Content-Type"), want) || len(body) < 500 {
			t.Errorf("%s: %d %v", path, resp.StatusCode, resp.Header)
		}
		for _, outside := range []string{`src="http`, `url(http`, `import "http`, "fonts.googleapis"} {
			if bytes.Contains(body, []byte(outside)) {
				t.Errorf("%s asks another server: %s", path, outside)
			}
		}
	}
}

// stream reads Server-Sent Events.
type stream struct {
	t    *testing.T
	in   *bufio.Scanner
	last string // id of the newest event
}

func (b *bench) stream(after string) *stream {
	header := map[string]string{}
	if after != "" {
		header["Last-Event-ID"] = after
	}
	resp := b.visit("GET", "/sim/events", "", header)
	if kind := resp.Header.Get("Content-Type"); kind != "text/event-stream" {
		b.t.Fatalf("stream is %s", kind)
	}
	s := &stream{t: b.t, in: bufio.NewScanner(resp.Body)}
	s.in.Scan() // retry: says that the stream is open
	return s
}

func (s *stream) next() (e struct {
	Kind    string
	Chat    int64
	Message int
},
) {
	s.t.Helper()
	for s.in.Scan() {
		if id, ok := strings.CutPrefix(s.in.Text(), "id: "); ok {
			s.last = id
		}
		if data, ok := strings.CutPrefix(s.in.Text(), "data: "); ok {
			if err := json.Unmarshal([]byte(data), &e); err != nil {
				s.t.Fatal(err)
			}
			return e
		}
	}
	s.t.Fatalf("the stream ended: %v", s.in.Err())
	return e
}

func TestEvents(t *testing.T) {
	t.Parallel()
	b := setup(t, telegramsim.Options{})
	s := b.stream("")
	must[int](t)(b.SendText(an, "một"))
	if e := s.next(); e.Kind != "message" || e.Chat != an || e.Message != 1 {
		t.Fatalf("got %+v", e)
	}
	must[int](t)(b.SendText(an, "hai"))
	must[int](t)(b.SendText(chi, "ba"))
	resumed := b.stream(s.last)
	if e := resumed.next(); e.Message != 2 {
		t.Fatalf("resumed with %+v", e)
	}
	if e := resumed.next(); e.Chat != chi {
		t.Fatalf("then %+v", e)
	}
	if e := b.stream("other-3").next(); e.Kind != "reset" {
		t.Fatalf("an id of another run got %+v", e)
	}
	for range 2000 {
		must[int](t)(b.SendText(chi, "x"))
	}
	if e := b.stream(resumed.last).next(); e.Kind != "reset" {
		t.Fatalf("an id that is too old got %+v", e)
	}
}
