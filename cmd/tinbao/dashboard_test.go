package main

import (
	"bytes"
	"context"
	"image/png"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"tinbao/cases"
	"tinbao/dashboard"
)

// browser is one that keeps cookies, somewhere in the network.
type browser struct {
	t       *testing.T
	site    http.Handler
	address string
	cookie  string
}

// browser opens one; the program is started anew when it did not serve the dashboard
// at this address.
func (s *story) browser(base string) *browser {
	s.t.Helper()
	if s.settings.DashboardURL != base {
		s.settings.DashboardURL = base
		s.restart()
	}
	site, err := s.app.board()
	if err != nil {
		s.t.Fatal(err)
	}
	return &browser{s.t, s.app.discreetly(site), "203.0.113.9:4711", ""}
}

func (b *browser) do(r *http.Request) *httptest.ResponseRecorder {
	b.t.Helper()
	r.RemoteAddr = b.address
	if b.cookie != "" {
		r.Header.Set("Cookie", b.cookie)
	}
	rec := httptest.NewRecorder()
	b.site.ServeHTTP(rec, r)
	h := rec.Header()
	for name, want := range map[string]string{
		"Content-Security-Policy": "default-src 'none'", "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "X-Frame-Options": "DENY",
	} {
		if !strings.Contains(h.Get(name), want) {
			b.t.Errorf("%s: %s is %q", r.URL.Path, name, h.Get(name))
		}
	}
	if found := regexp.MustCompile(`(?i)(src|href|action|srcset)\s*=\s*["'](https?:)?//|<script|<iframe|\son\w+\s*=\s*["']|style=|@import|url\(`).FindString(rec.Body.String()); found != "" && !strings.Contains(h.Get("Content-Type"), "png") {
		b.t.Errorf("%s holds %q", r.URL.Path, found)
	}
	return rec
}

func (b *browser) get(path string) (int, string) {
	b.t.Helper()
	rec := b.do(httptest.NewRequest(http.MethodGet, path, nil))
	return rec.Code, rec.Body.String()
}

func (b *browser) post(path string, fields url.Values, headers ...string) *httptest.ResponseRecorder {
	b.t.Helper()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(fields.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return b.do(r)
}

var dashboardLink = regexp.MustCompile(`https?://[^\s<"]*/vao\?ma=([\w-]+)`)

// link has somebody of the staff ask for the dashboard.
func (s *story) link(who string) (address, token string) {
	s.t.Helper()
	s.play(who + " says /bangdieukhien")
	all := dashboardLink.FindAllStringSubmatch(s.show_(who), -1)
	if len(all) == 0 {
		s.t.Fatalf("no link:\n%s", s.show_(who))
	}
	last := all[len(all)-1]
	return last[0], last[1]
}

// enter opens the dashboard as a person does.
func (b *browser) enter(token string) *httptest.ResponseRecorder {
	b.t.Helper()
	rec := b.post(dashboard.Base+"/vao", url.Values{"ma": {token}}, "Sec-Fetch-Site", "same-origin")
	b.cookie, _, _ = strings.Cut(rec.Header().Get("Set-Cookie"), ";")
	return rec
}

const boardPath = dashboard.Base + "?tu=2026-01-01&den=2026-11-23"

// A link opens once, by its button and not by being looked at; the cookie is kept from
// scripts and from other pages; what stands on the page is what the account may see.
func TestDashboardOpensOnce(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	b := s.browser("https://ward.example")
	address, token := s.link("hoa")
	if !strings.HasPrefix(address, "https://ward.example"+dashboard.Base+"/vao?ma=") {
		t.Fatal(address)
	}
	for range 3 { // previews
		if status, page := b.get(dashboard.Base + "/vao?ma=" + token); status != http.StatusOK || !strings.Contains(page, `value="`+token+`"`) || !strings.Contains(page, "Vào bảng điều khiển") {
			t.Fatalf("%d\n%s", status, page)
		}
	}
	if status, _ := b.get(boardPath); status != http.StatusForbidden {
		t.Errorf("the page is open before: %d", status)
	}
	if rec := b.post(dashboard.Base+"/vao", url.Values{"ma": {token}}, "Sec-Fetch-Site", "cross-site", "Origin", "https://elsewhere.example"); rec.Code != http.StatusForbidden {
		t.Errorf("a form of another page is taken: %d", rec.Code)
	}
	rec := b.enter(token)
	if rec.Code != http.StatusSeeOther || rec.Header().Get("Location") != dashboard.Base {
		t.Fatalf("%d\n%s", rec.Code, rec.Body)
	}
	set := rec.Header().Get("Set-Cookie")
	for _, want := range []string{"HttpOnly", "Secure", "SameSite=Strict", "Path=" + dashboard.Base, "Max-Age=1800"} {
		if !strings.Contains(set, want) {
			t.Errorf("the cookie is without %s: %s", want, set)
		}
	}
	status, page := b.get(boardPath)
	for _, want := range []string{`<html lang="vi">`, "Cô Hoa – Cán bộ tiếp nhận, xác minh", "Tỷ lệ theo Kế hoạch", "Yêu cầu hỗ trợ", `scope="col"`, `scope="row"`, `href="#main"`} {
		if status != http.StatusOK || !strings.Contains(page, want) {
			t.Errorf("%d: %q is not on the page", status, want)
		}
	}
	second := s.browser("https://ward.example")
	if rec := second.enter(token); rec.Code != http.StatusForbidden || second.cookie != "" {
		t.Errorf("the link opens twice: %d", rec.Code)
	}
	for _, f := range s.search(secrets{"token": token, "session": strings.TrimPrefix(b.cookie, "tinbao_bang=")}) {
		t.Error(f)
	}
}

// The pictures of the page are pictures, for its session only.
func TestDashboardPictures(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	b := s.browser("https://ward.example")
	_, token := s.link("hoa")
	b.enter(token)
	seen := map[string]bool{}
	for _, c := range cases.Charts {
		for _, more := range []string{"", "&nen=toi"} {
			path := dashboard.Base + "/bieu-do/" + string(c) + ".png?tu=20260101&den=20261123" + more
			rec := b.do(httptest.NewRequest(http.MethodGet, path, nil))
			if _, err := png.Decode(bytes.NewReader(rec.Body.Bytes())); err != nil || rec.Header().Get("Content-Type") != "image/png" {
				t.Errorf("%s: %d %v", path, rec.Code, err)
			}
			seen[rec.Body.String()] = true
			stranger := s.browser("https://ward.example")
			if status, _ := stranger.get(path); status != http.StatusForbidden {
				t.Errorf("%s is shown to a stranger: %d", path, status)
			}
		}
	}
	if len(seen) != 2*len(cases.Charts) {
		t.Errorf("%d different pictures", len(seen))
	}
	for path, want := range map[string]int{
		"/bieu-do/other.png?tu=20260101&den=20261123": http.StatusNotFound, "/bieu-do/trend?tu=20260101&den=20261123": http.StatusNotFound,
		"/bieu-do/trend.png?tu=20261123&den=20260101": http.StatusUnprocessableEntity, "?tu=x&den=y": http.StatusUnprocessableEntity, "/nothing": http.StatusNotFound,
	} {
		if status, page := b.get(dashboard.Base + path); status != want {
			t.Errorf("%s: %d, want %d\n%s", path, status, want, page)
		}
	}
}

// The police see no request for help, nor do they see that there are any.
func TestDashboardOfPolice(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	b := s.browser("https://ward.example")
	_, token := s.link("dung")
	b.enter(token)
	status, page := b.get(boardPath)
	if status != http.StatusOK || !strings.Contains(page, "Anh Dũng") {
		t.Fatalf("%d\n%s", status, page)
	}
	if strings.Contains(page, "ho-tro") || strings.Contains(page, "hỗ trợ") {
		t.Error("help is on the page of the police")
	}
}

// A session ends by time, by its own button, and with whatever shuts the account.
func TestDashboardEnds(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	open := func() (*browser, string) {
		t.Helper()
		b := s.browser("https://ward.example")
		_, token := s.link("hoa")
		if rec := b.enter(token); rec.Code != http.StatusSeeOther {
			t.Fatalf("%d\n%s", rec.Code, rec.Body)
		}
		if status, page := b.get(boardPath); status != http.StatusOK {
			t.Fatalf("%d\n%s", status, page)
		}
		return b, token
	}
	shut := func(what string, b *browser) {
		t.Helper()
		if status, page := b.get(boardPath); status != http.StatusForbidden || strings.Contains(page, "Cô Hoa") {
			t.Errorf("%s: the page is open (%d)", what, status)
		}
	}
	b, _ := open()
	s.clock.pass(cases.DashboardSessionTime + time.Second)
	shut("after half an hour", b)
	b, _ = open()
	if rec := b.post(dashboard.Base+"/ra", nil, "Sec-Fetch-Site", "same-origin"); rec.Code != http.StatusOK || !strings.Contains(rec.Header().Get("Set-Cookie"), "Max-Age=0") {
		t.Errorf("%d %v", rec.Code, rec.Header())
	}
	shut("after closing", b)
	b, _ = open()
	s.play("hoa says /khoalai")
	shut("after /khoalai", b)
	s.play("hoa says /thongke")
	s.play("hoa types " + testPIN)
	shut("after /khoalai and the PIN again", b)
	b, _ = open()
	_, late := s.link("hoa")
	s.clock.pass(cases.DashboardLinkTime + time.Second)
	if rec := s.browser("https://ward.example").enter(late); rec.Code != http.StatusForbidden {
		t.Errorf("an old link opens: %d", rec.Code)
	}
	_, former := s.link("hoa")
	s.link("hoa")
	if rec := s.browser("https://ward.example").enter(former); rec.Code != http.StatusForbidden {
		t.Errorf("a link opens although a newer was made: %d", rec.Code)
	}
	var hoa cases.StaffID
	staff, err := s.app.store.StaffList(t.Context())
	for _, one := range staff {
		if one.Name == "Cô Hoa" {
			hoa = one.ID
		}
	}
	if err != nil || hoa == 0 {
		t.Fatal(err)
	}
	set := func(what string) { s.exec("update ward.staff set " + what + " where id = " + strconv.Itoa(int(hoa))) }
	set("role = 'support'")
	shut("without the right", b)
	set("role = 'officer'")
	shut("with the right again", b) // another role ended what was open
	b, _ = open()
	_, newest := s.link("hoa")
	set("locked = true")
	shut("locked", b)
	if rec := s.browser("https://ward.example").enter(newest); rec.Code != http.StatusForbidden {
		t.Errorf("the link of a locked account opens: %d", rec.Code)
	}
}

// Whoever tries links has to wait; others do not.
func TestDashboardLinksCannotBeTried(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	b := s.browser("https://ward.example")
	last := 0
	for range cases.Quotas[cases.Doors].Limit + 2 {
		last = b.enter("AAAAAAAAAAAAAAAAAAAAAA").Code
	}
	_, token := s.link("hoa")
	if rec := b.enter(token); last != http.StatusTooManyRequests || rec.Code != http.StatusTooManyRequests {
		t.Errorf("%d, and with a right link %d", last, rec.Code)
	}
	other := s.browser("https://ward.example")
	other.address = "203.0.113.10:1"
	if rec := other.enter(token); rec.Code != http.StatusSeeOther {
		t.Errorf("somebody else: %d", rec.Code)
	}
}

func TestAddressesOfTheDashboard(t *testing.T) {
	t.Parallel()
	for address, good := range map[string]bool{
		"": true, "https://ward.example": true, "https://ward.example:8443": true, "http://127.0.0.1:8092": true, "http://localhost:1": true, "http://[::1]:8080": true,
		"http://ward.example": false, "https://ward.example/": false, "https://ward.example/x": false, "ward.example": false, "ftp://127.0.0.1": false,
	} {
		if err := (dashboardSettings{address}).check(); (err == nil) != good {
			t.Errorf("%q: %v", address, err)
		}
	}
}

// The dashboard in a browser with JavaScript switched off: in by the link, the period by
// the keyboard alone, and pictures of it in light, dark and on paper.
func TestDashboardInBrowser(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	b := s.browser("http://127.0.0.1")
	server := httptest.NewServer(b.site)
	t.Cleanup(server.Close)
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatal("no browser; run: make setup")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium), chromedp.NoSandbox, chromedp.WindowSize(1100, 900),
		chromedp.Flag("blink-settings", "scriptEnabled=false"), chromedp.Flag("disable-component-update", true), chromedp.UserDataDir(t.TempDir()))
	allocated, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	tab, cancelTab := chromedp.NewContext(allocated)
	t.Cleanup(cancelTab)
	p := page{t, tab}
	must := func(err error) {
		t.Helper()
		if err != nil {
			p.shoot("dashboard-failed.png")
			t.Fatal(err)
		}
	}
	_, token := s.link("hoa")
	must(chromedp.Do(tab, chromedp.EmulateViewport(1100, 900), chromedp.Navigate(server.URL+dashboard.Base+"/vao?ma="+token)))
	p.shoot("dashboard-door.png")
	must(chromedp.Do(tab, chromedp.Click(chromedp.CSS("button")), chromedp.WaitVisible(chromedp.CSS("#tu"))))
	p.shoot("dashboard-light.png")
	where := func() string {
		t.Helper()
		id, err := chromedp.Run(tab, chromedp.Evaluate[string]("document.activeElement.id || document.activeElement.textContent.trim()"))
		must(err)
		return id
	}
	var way []string
	for range 20 { // skip link, close, five periods, the first day
		must(chromedp.Do(tab, chromedp.KeyEvent("\t")))
		at := where()
		way = append(way, at)
		if at == "tu" {
			break
		}
	}
	if way[0] != "Đến nội dung chính" || way[len(way)-1] != "tu" || len(way) > 10 {
		t.Errorf("the way of the keyboard: %q", way)
	}
	must(chromedp.Do(tab, chromedp.KeyEvent("01032026"), chromedp.KeyEvent("\r")))
	p.until("the period is chosen by keys", "location.search.includes('tu=2026-') && document.querySelector('#den')")
	broken, err := chromedp.Run(tab, chromedp.Evaluate[int]("[...document.images].filter(i => i.complete && !i.naturalWidth).length"))
	must(err)
	if broken > 0 {
		t.Errorf("%d pictures are not there", broken)
	}
	_, err = chromedp.Call(tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}}})
	must(err)
	must(chromedp.Do(tab, chromedp.Navigate(server.URL+boardPath), chromedp.WaitVisible(chromedp.CSS("#tu"))))
	p.shoot("dashboard-dark.png")
	must(chromedp.Do(tab, chromedp.EmulateViewport(360, 800)))
	wide, err := chromedp.Run(tab, chromedp.Evaluate[int]("document.documentElement.scrollWidth"))
	must(err)
	if wide > 360 {
		t.Errorf("the page is %d wide on a phone of 360", wide)
	}
	p.shoot("dashboard-narrow.png")
	if dir := os.Getenv(shots); dir != "" {
		sheet, err := chromedp.Run(tab, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperSize{Width: 8.27, Height: 11.69})))
		must(err)
		must(os.WriteFile(filepath.Join(dir, "dashboard.pdf"), sheet, 0o600))
	}
}
