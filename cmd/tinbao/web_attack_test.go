package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"tinbao/cases"
	"tinbao/web"
)

// Six connections that never end their forms and hundreds of empty forms keep nobody from
// sending. When those who cannot be told apart really are too many, help, danger and every
// known address are taken at once, and an ordinary report at its turn.
func TestWebUnderAttack(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	unknown := s.visitor("127.0.0.1:1")
	server := httptest.NewServer(unknown.site)
	t.Cleanup(server.Close)
	for range 6 {
		c, err := net.Dial("tcp", server.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { c.Close() })
		if _, err := io.WriteString(c, "POST /bao-tin HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 900000\r\n\r\n--x\r\n"); err != nil {
			t.Fatal(err)
		}
	}
	empty := func(v visitor, times int) {
		for range times {
			r := httptest.NewRequest(http.MethodPost, "/bao-tin", strings.NewReader(""))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			if status, _, _ := v.do(r); status < 400 || status > 499 {
				t.Fatal(status)
			}
		}
	}
	help := func(v visitor) {
		t.Helper()
		form := url.Values{"token": {v.token(v.get("/trao-doi"))}, "service": {"counsel"}, "text": {"Tôi cần người nói chuyện."}}
		resp, err := http.PostForm(server.URL+"/trao-doi", form)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		if body, err := io.ReadAll(resp.Body); err != nil || resp.StatusCode != http.StatusOK || receiptForm.FindString(string(body)) == "" {
			t.Errorf("help: %d %v\n%s", resp.StatusCode, err, body)
		}
	}
	empty(s.visitor("203.0.113.7:1"), cases.Quotas[cases.Messages].Limit+1)
	empty(unknown, cases.Quotas[cases.Knocks].Limit)
	help(unknown)
	if status, page := unknown.report(nil); status != http.StatusOK {
		t.Fatalf("empty forms are counted against others: %d\n%s", status, page)
	}
	for range cases.Quotas[cases.Knocks].Limit {
		_ = webDesk{s.app}.Crowd(t.Context(), web.Visit{})
	}
	help(unknown)
	if status, _ := unknown.report(map[string]string{"text": "cứu tôi với, tôi bị nhốt"}); status != http.StatusOK {
		t.Error("danger waits: ", status)
	}
	if status, _ := s.visitor("203.0.113.8:1").report(map[string]string{"text": "Quán mở khuya."}); status != http.StatusOK {
		t.Error("a known address pays for others: ", status)
	}
	before := s.count("select count(*) from casework.cases")
	status, page := unknown.report(map[string]string{"text": "Quán gần chợ mở khuya."})
	turn := regexp.MustCompile(`name="turn" value="([\w-]+)"`).FindStringSubmatch(page)
	if status != http.StatusTooManyRequests || turn == nil || !strings.Contains(page, "Quán gần chợ mở khuya.") || s.count("select count(*) from casework.cases") != before {
		t.Fatalf("%d\n%s", status, page)
	}
	form := map[string]string{"token": unknown.token(page), "turn": turn[1], "what": "signs", "text": "Quán gần chợ mở khuya."}
	s.play("pass 1m")
	if status, page = unknown.post("/bao-tin", form); status != http.StatusOK || receiptForm.FindString(page) == "" {
		t.Errorf("not taken at its turn: %d\n%s", status, page)
	}
}

// Video, voice, a PDF and a photo come in by one form and reach the staff without what they
// tell about their maker.
func TestWebFilesOfEveryKind(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	v := s.visitor("203.0.113.86:1")
	sent := [][]byte{}
	for _, kind := range []string{"video", "voice", "pdf", "photo"} {
		sent = append(sent, s.file(kind, 0).Body)
	}
	status, page := v.report(nil, sent...)
	if status != http.StatusOK || receiptForm.FindString(page) == "" || strings.Contains(page, "Tệp thứ") {
		t.Fatalf("%d\n%s", status, page)
	}
	s.settle()
	s.lines("hoa says /xem 1\nhoa sees Tệp kèm theo: 4\nhoa says /tep 1")
	s.idle()
	s.play("hoa cleaned")
	got := map[string]int{}
	for _, m := range s.sim.Messages(cast["hoa"].ID) {
		if f, kind := m.File(); f != nil && m.FromBot {
			got[fmt.Sprint(kind)]++
		}
	}
	if got["photo"] != 1 || got["document"] != 3 {
		t.Error(got)
	}
	s.leaks()
	code := receiptForm.FindString(page)
	if status, page := v.post("/bo-sung", map[string]string{"token": addToken(v, code), "code": code}, s.file("voice", 1).Body); status != http.StatusOK || strings.Contains(page, "Tệp thứ") {
		t.Errorf("%d\n%s", status, page)
	}
	if n := s.count("select count(*) from casework.files where state = 'stored'"); n != 5 {
		t.Error(n, "files")
	}
}
