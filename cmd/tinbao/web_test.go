package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"tinbao/cases"
)

// visitor is a browser somewhere in the network.
type visitor struct {
	t       *testing.T
	site    http.Handler
	address string
	agent   string
}

const webAgent = "Kin-Dao-Browser/7.1 (private device)"

func (w *town) visitor(address string) visitor {
	w.t.Helper()
	site, err := w.app.site()
	if err != nil {
		w.t.Fatal(err)
	}
	return visitor{w.t, w.app.discreetly(site), address, webAgent}
}

func (v visitor) do(r *http.Request) (int, string, http.Header) {
	v.t.Helper()
	r.RemoteAddr = v.address
	r.Header.Set("User-Agent", v.agent)
	rec := httptest.NewRecorder()
	v.site.ServeHTTP(rec, r)
	v.sound(r.Method+" "+r.URL.Path, rec)
	return rec.Code, rec.Body.String(), rec.Header()
}

// elsewhere is anything in a page that would be fetched from somewhere else, or run.
var elsewhere = regexp.MustCompile(`(?i)(src|href|action)\s*=\s*["'](https?:)?//|<script|<img|<iframe|\son\w+\s*=\s*["']|url\(|@import`)

// exit is the way out on every page: a link, and the one script that makes it quicker.
var exit = regexp.MustCompile(`<a class="leave" id="leave" href="https://[a-z.]+/" rel="noreferrer nofollow">|<script>\(function\(\)\{var a=document.getElementById\("leave"\).*?</script>`)

// unfilled is a place in a text that was given no value.
var unfilled = regexp.MustCompile(`\{[a-z]+(:[a-z]+)?\}`)

// sound fails for a page that leaves a trace, reaches out, or is not filled in.
func (v visitor) sound(what string, rec *httptest.ResponseRecorder) {
	v.t.Helper()
	h := rec.Header()
	for name, want := range map[string]string{
		"Content-Security-Policy": "default-src 'none'", "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "Permissions-Policy": "camera=()",
	} {
		if !strings.Contains(h.Get(name), want) {
			v.t.Errorf("%s: %s is %q", what, name, h.Get(name))
		}
	}
	for _, name := range []string{"Set-Cookie", "Server", "X-Powered-By", "Location"} {
		if h.Get(name) != "" {
			v.t.Errorf("%s: %s is sent", what, name)
		}
	}
	body := exit.ReplaceAllString(rec.Body.String(), "")
	if found := unfilled.FindString(body); found != "" {
		v.t.Errorf("%s: the page shows %q", what, found)
	}
	if found := elsewhere.FindString(body); found != "" {
		v.t.Errorf("%s: the page holds %q", what, found)
	}
}

func (v visitor) get(path string) string {
	v.t.Helper()
	status, body, _ := v.do(httptest.NewRequest(http.MethodGet, path, nil))
	if status != http.StatusOK {
		v.t.Fatalf("%s: %d\n%s", path, status, body)
	}
	return body
}

var tokenField = regexp.MustCompile(`name="token" value="([\w-]+)"`)

// token is that of the form on a page.
func (v visitor) token(page string) string {
	v.t.Helper()
	found := tokenField.FindStringSubmatch(page)
	if found == nil {
		v.t.Fatalf("no form:\n%s", page)
	}
	return found[1]
}

// post sends a form as a browser does.
func (v visitor) post(path string, fields map[string]string, photos ...[]byte) (int, string) {
	v.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, value := range fields {
		if err := form.WriteField(name, value); err != nil {
			v.t.Fatal(err)
		}
	}
	if photos == nil {
		photos = [][]byte{nil} // the empty field
	}
	for _, photo := range photos {
		part, err := form.CreateFormFile("file", nameOf(photo))
		if err != nil {
			v.t.Fatal(err)
		}
		_, _ = part.Write(photo)
	}
	form.Close()
	r := httptest.NewRequest(http.MethodPost, path, &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	status, page, _ := v.do(r)
	return status, page
}

// nameOf is what a browser sends: no name for a field that was left empty.
func nameOf(file []byte) string {
	if file == nil {
		return ""
	}
	return "IMG_0001.HEIC"
}

const webWords = "Nhà nghỉ cuối ngõ đông khách lạ ra vào cả đêm."

func (v visitor) report(more map[string]string, photos ...[]byte) (int, string) {
	v.t.Helper()
	fields := map[string]string{"token": v.token(v.get("/bao-tin")), "what": string(cases.SawSigns), "text": webWords, "hamlet": "2", "when": "often"}
	maps.Copy(fields, more)
	return v.post("/bao-tin", fields, photos...)
}

func (v visitor) look(code string) (int, string) {
	v.t.Helper()
	return v.post("/tra-cuu", map[string]string{"token": v.token(v.get("/tra-cuu")), "code": code})
}

// A report comes in by the web, staff work on it as on any other, and the person
// follows it by the receipt alone: question, answer, status.
func TestWebReport(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	v := s.visitor("203.0.113.77:4711")
	heic, err := os.ReadFile("../../media/testdata/cases/i_phone.heic")
	if err != nil {
		t.Fatal(err)
	}
	status, page := v.report(nil, phonePhoto(t, 1), heic)
	code := receiptForm.FindString(page)
	if status != http.StatusOK || code == "" {
		t.Fatalf("%d\n%s", status, page)
	}
	s.settle()
	for _, line := range []string{
		"hoa sees Có việc mới, gần nhất là PA-26-0001", "hoa says /xem PA-26-0001", "hoa sees " + webWords, "hoa sees Gửi qua trang web", "hoa sees Tệp kèm theo: 2",
		"hoa says /tep PA-26-0001", "hoa cleaned", "hoa says /nhanviec PA-26-0001", "hoa says /xacminh PA-26-0001 founded",
		"hoa says /traloi PA-26-0001 Cảm ơn bạn, ai canh cửa vậy?", "hoa sees Người gửi qua trang web sẽ đọc được khi tra mã",
	} {
		s.play(line)
	}
	status, page = v.look(strings.ToLower(code))
	if status != http.StatusOK || !strings.Contains(page, "Cảm ơn bạn, ai canh cửa vậy?") || !strings.Contains(page, "Đang kiểm tra") {
		t.Fatalf("%d\n%s", status, page)
	}
	answer := map[string]string{"token": v.token(page), "code": code, "text": "Một người đàn ông áo đen <b>ở tầng hai</b>."}
	for range 2 {
		if status, page = v.post("/bo-sung", answer); status != http.StatusOK {
			t.Fatalf("%d\n%s", status, page)
		}
	}
	if !strings.Contains(page, "không ghi hai lần") {
		t.Error(page)
	}
	s.settle()
	s.play("hoa sees Người gửi vừa bổ sung: PA-26-0001")
	s.play("hoa says /xem PA-26-0001")
	if shown := s.show_("hoa"); strings.Count(shown[strings.LastIndex(shown, "PA-26-0001 ·"):], "áo đen") != 1 {
		t.Error("the addition is not there once")
	}
	_, page = v.look(code)
	if !strings.Contains(page, "&lt;b&gt;ở tầng hai&lt;/b&gt;") {
		t.Error("words are not shown as letters")
	}
	s.leaks()
	for _, f := range s.search(secrets{"address": "203.0.113.77", "browser": webAgent, "words": webWords, "answer": "Một người đàn ông áo đen", "receipt": code, "token": answer["token"]}) {
		t.Error(f)
	}
	for _, f := range find("what staff get", s.staffGet(), secrets{"address": "203.0.113.77", "browser": webAgent, "receipt": code}) {
		t.Error(f)
	}
}

// A form that is sent in twice, also at once, is one case with one receipt.
func TestWebTwice(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	v := w.visitor("203.0.113.5:1")
	fields := map[string]string{"token": v.token(v.get("/bao-tin")), "what": "signs", "text": webWords}
	pages := make(chan string)
	const times = 6
	for range times {
		go func() {
			_, page := v.post("/bao-tin", fields)
			pages <- page
		}()
	}
	codes, again := map[string]bool{}, 0
	for range times {
		page := <-pages
		codes[receiptForm.FindString(page)] = true
		if strings.Contains(page, "không gửi hai lần") {
			again++
		}
	}
	if len(codes) != 1 || codes[""] || again != times-1 {
		t.Errorf("%v, %d times told", codes, again)
	}
	if n := w.count("select count(*) from casework.cases"); n != 1 {
		t.Error(n, "cases")
	}
}

func (w *town) count(sql string) (n int) {
	w.t.Helper()
	conn := w.connect()
	defer conn.Close(context.Background())
	if err := conn.QueryRow(w.t.Context(), sql).Scan(&n); err != nil {
		w.t.Fatal(err)
	}
	return n
}

// A request for help comes in on its own side of the wall; that somebody is under 18
// makes it urgent. In English, too.
func TestWebHelp(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	v := s.visitor("198.51.100.9:1")
	page := v.get("/trao-doi?lang=en")
	if !strings.Contains(page, `<html lang="en">`) || !strings.Contains(page, "What do you need help with?") {
		t.Fatal(page)
	}
	status, page := v.post("/trao-doi?lang=en", map[string]string{"token": v.token(page), "service": "counsel", "age": "minor", "text": "I need somebody to talk to"})
	if status != http.StatusOK || receiptForm.FindString(page) == "" || !strings.Contains(page, "told urgently") && !strings.Contains(page, "113") {
		t.Fatalf("%d\n%s", status, page)
	}
	s.settle()
	s.play("yen sees KHẨN – HT-26-0001")
	s.play("dung unseen HT-26")
	if status, page = v.look(receiptForm.FindString(page)); status != http.StatusOK || !strings.Contains(page, "Đã nhận") {
		t.Errorf("%d\n%s", status, page)
	}
}

// What is wrong with a form is said, and what was typed stands in it again.
func TestWebKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	v := w.visitor("192.0.2.10:1")
	const hostile = `</textarea><script>alert("x")</script>`
	tiff := append([]byte("II*\x00"), make([]byte, 40)...)
	for name, c := range map[string]struct {
		fields map[string]string
		photos [][]byte
		status int
		says   string
	}{
		"no concern":     {map[string]string{"what": ""}, nil, http.StatusUnprocessableEntity, "Hãy chọn điều bạn muốn phản ánh"},
		"other concern":  {map[string]string{"what": "crossed"}, nil, http.StatusUnprocessableEntity, "Hãy chọn điều bạn muốn phản ánh"},
		"old token":      {map[string]string{"token": "AAAA"}, nil, http.StatusConflict, "hãy bấm Gửi lần nữa"},
		"another form":   {map[string]string{"token": v.token(v.get("/trao-doi"))}, nil, http.StatusConflict, "hãy bấm Gửi lần nữa"},
		"a kind refused": {nil, [][]byte{tiff}, http.StatusUnprocessableEntity, "Tệp thứ 1: Không nhận loại ảnh này"},
		"a program":      {nil, [][]byte{[]byte("MZ\x90\x00 this is no picture at all, is it")}, http.StatusUnprocessableEntity, "Chưa gửi được"},
		"too many":       {nil, [][]byte{phonePhoto(t, 1), phonePhoto(t, 1), phonePhoto(t, 1), phonePhoto(t, 1), phonePhoto(t, 1), phonePhoto(t, 1)}, http.StatusUnprocessableEntity, "tối đa 5 tệp"},
		"too big":        {nil, [][]byte{phonePhoto(t, 1), make([]byte, 21<<20)}, http.StatusUnprocessableEntity, "Tệp thứ 2: Tệp lớn hơn 20 MB"},
		"an empty file":  {nil, [][]byte{{}}, http.StatusUnprocessableEntity, "Tệp thứ 1: Tệp này trống"},
		"too long":       {map[string]string{"where": strings.Repeat("ngõ ", 200)}, nil, http.StatusUnprocessableEntity, "Nội dung quá dài"},
		"a receipt":      {map[string]string{"online": rightReceipt(t)}, nil, http.StatusUnprocessableEntity, "đang chứa mã tra cứu"},
	} {
		fields := map[string]string{"text": hostile + name, "where": `" autofocus onfocus="alert(1)`}
		maps.Copy(fields, c.fields)
		status, page := v.report(fields, c.photos...)
		if status != c.status || !strings.Contains(page, c.says) {
			t.Errorf("%s: %d, %s", name, status, page)
		}
		if !strings.Contains(page, "&lt;/textarea&gt;&lt;script&gt;alert(&#34;x&#34;)&lt;/script&gt;"+name) {
			t.Errorf("%s: the words are gone: %s", name, page)
		}
	}
	if n := w.count("select count(*) from casework.cases"); n != 0 {
		t.Error(n, "cases")
	}
	for _, bad := range []string{"", "text/plain", "multipart/form-data", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded"} {
		r := httptest.NewRequest(http.MethodPost, "/bao-tin", strings.NewReader("--x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nhalf a "))
		r.Header.Set("Content-Type", bad)
		if status, page, _ := v.do(r); status < 400 || status > 499 {
			t.Errorf("%q: %d\n%s", bad, status, page)
		}
	}
	for _, path := range []string{"/nothing", "/huong-dan/nothing", "/bo-sung"} {
		if status, _, _ := v.do(httptest.NewRequest(http.MethodGet, path, nil)); status < 400 {
			t.Errorf("%s: %d", path, status)
		}
	}
}

func rightReceipt(t *testing.T) string {
	t.Helper()
	r, err := cases.NewReceipt(strings.NewReader(strings.Repeat("web", 100)))
	if err != nil {
		t.Fatal(err)
	}
	return r.String()
}

// Limits are per address and for all; a flood is put apart, urgent is never; guessing
// ends in a pause; a proxy is believed only when it was named.
func TestWebLimits(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	v := s.visitor("203.0.113.40:1")
	apart := func() int { return s.count("select count(*) from casework.cases where apart") }
	if status, _ := v.report(map[string]string{"text": "........"}); status != http.StatusOK || apart() != 1 {
		t.Error("a hollow report is not apart: ", status, apart())
	}
	for range 5 {
		if status, page := v.look(rightReceipt(t)); status != http.StatusNotFound || !strings.Contains(page, "Không tìm thấy mã này") {
			t.Fatalf("%d\n%s", status, page)
		}
	}
	if status, page := v.look(rightReceipt(t)); status != http.StatusTooManyRequests {
		t.Errorf("%d\n%s", status, page)
	}
	other := s.visitor("203.0.113.41:1")
	if status, _ := other.look(rightReceipt(t)); status != http.StatusNotFound {
		t.Error("another address was barred: ", status)
	}
	quota := cases.Quotas[cases.Messages].Limit
	last := 0
	for range quota + 1 {
		last, _ = v.post("/tra-cuu", map[string]string{"token": "x"})
	}
	if last != http.StatusTooManyRequests {
		t.Error("the flood gate is open: ", last)
	}
	if status, page := v.report(nil); status != http.StatusTooManyRequests || !strings.Contains(page, webWords) || !strings.Contains(page, "bấm Gửi lại sau một phút") {
		t.Errorf("the words are gone: %d\n%s", status, page)
	}
	if status, _ := v.report(map[string]string{"what": "danger"}); status != http.StatusOK {
		t.Error("danger is refused: ", status)
	}
	if status, _ := v.report(map[string]string{"text": "cứu tôi với, tôi bị nhốt"}); status != http.StatusOK {
		t.Error("words of danger are refused: ", status)
	}
	if status, _ := v.post("/trao-doi", map[string]string{"token": v.token(v.get("/trao-doi")), "service": "counsel"}); status != http.StatusOK {
		t.Error("a request for help is refused: ", status)
	}
	forged := other
	r := httptest.NewRequest(http.MethodPost, "/tra-cuu", strings.NewReader("token=x"))
	r.Header.Set("X-Forwarded-For", "203.0.113.40") // of the one who is shut out
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if status, _, _ := forged.do(r); status != http.StatusConflict {
		t.Error("somebody else's word about the address is believed: ", status)
	}
	s.app.settings.WebProxy = "10.0.0.0/8"
	behind := s.visitor("10.1.2.3:1")
	for address, want := range map[string]int{"1.1.1.1, 203.0.113.40": http.StatusTooManyRequests, "203.0.113.40, 203.0.113.99": http.StatusConflict, "": http.StatusConflict, "no address": http.StatusConflict} {
		r := httptest.NewRequest(http.MethodPost, "/tra-cuu", strings.NewReader("token=x"))
		r.Header.Set("X-Forwarded-For", address)
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if status, _, _ := behind.do(r); status != want {
			t.Errorf("%q: %d, want %d", address, status, want)
		}
	}
}

// The form in a browser with JavaScript switched off, at the width of a small phone.
func TestWebInBrowser(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	site, err := s.app.site()
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s.app.discreetly(site))
	t.Cleanup(server.Close)
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatal("no browser; run: make setup")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium), chromedp.NoSandbox, chromedp.WindowSize(320, 700),
		chromedp.Flag("blink-settings", "scriptEnabled=false"), chromedp.Flag("disable-component-update", true), chromedp.UserDataDir(t.TempDir()))
	allocated, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	tab, cancelTab := chromedp.NewContext(allocated)
	t.Cleanup(cancelTab)
	p := page{t, tab}
	must := func(err error) {
		t.Helper()
		if err != nil {
			p.shoot("web-failed.png")
			t.Fatal(err)
		}
	}
	picture := filepath.Join(t.TempDir(), "anh.jpg")
	must(os.WriteFile(picture, phonePhoto(t, 1), 0o600))
	must(chromedp.Do(tab, chromedp.EmulateViewport(320, 700), chromedp.Navigate(server.URL+"/")))
	p.shoot("web-home.png")
	must(chromedp.Do(tab,
		chromedp.Click(chromedp.CSS(`a[href="/bao-tin"]`)),
		chromedp.Click(chromedp.CSS(`input[value=signs]`)),
		chromedp.SendKeys(chromedp.CSS(`#text`), webWords),
		chromedp.SetUploadFiles(chromedp.CSS(`#file`), []string{picture}),
	))
	p.shoot("web-report.png")
	must(chromedp.Do(tab, chromedp.Click(chromedp.CSS(`button`)), chromedp.WaitVisible(chromedp.CSS(`.code`))))
	p.shoot("web-sent.png")
	code, err := chromedp.Run(tab, chromedp.Text(chromedp.CSS(`.code strong`)))
	must(err)
	must(chromedp.Do(tab,
		chromedp.Navigate(server.URL+"/tra-cuu"),
		chromedp.SendKeys(chromedp.CSS(`#code`), strings.TrimSpace(code)),
		chromedp.Click(chromedp.CSS(`button`)), chromedp.WaitVisible(chromedp.CSS(`form[action="/bo-sung"]`)),
	))
	p.shoot("web-status.png")
	must(chromedp.Do(tab, chromedp.Navigate(server.URL+"/trao-doi?lang=en")))
	p.shoot("web-help-en.png")
	s.settle()
	s.play("hoa sees PA-26-0001")
	if n := s.count("select count(*) from casework.files where state = 'stored'"); n != 1 {
		t.Error(n, "photos")
	}
}

// The program opens the address when it is told to, and only then.
func TestWebIsServed(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	w.settings.WebAddr = freeAddress(t)
	w.settings.WebOnion = "http://abcdefghijklmnop.onion"
	w.restart()
	resp, err := http.Get("http://" + w.settings.WebAddr + "/bao-tin")
	for end := time.Now().Add(patience); err != nil; resp, err = http.Get("http://" + w.settings.WebAddr + "/bao-tin") {
		if time.Now().After(end) {
			t.Fatal(err)
		}
		wait(t.Context(), nil, 20*time.Millisecond)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || !bytes.Contains(body, []byte("Bạn thấy gì?")) || resp.Header.Get("Onion-Location") != "http://abcdefghijklmnop.onion/bao-tin" {
		t.Errorf("%v %v\n%s", err, resp.Header, body)
	}
	for setting, bad := range map[string]webSettings{
		"TINBAO_WEB_PROXY": {WebProxy: "everybody"}, "TINBAO_WEB_ONION": {WebOnion: "https://x.onion/"},
	} {
		if err := bad.check(); err == nil || !strings.HasPrefix(err.Error(), setting) {
			t.Error(fmt.Sprint(setting, ": ", err))
		}
	}
}

// idle waits until every job that was asked for is done, and what it left is sent.
func (w *town) idle() {
	w.t.Helper()
	for end := time.Now().Add(patience); ; wait(w.t.Context(), nil, 20*time.Millisecond) {
		w.settle()
		if w.count("select count(*) from river.river_job where finalized_at is null") == 0 {
			w.settle()
			return
		}
		if time.Now().After(end) {
			w.t.Fatal("jobs are left")
		}
	}
}

// A receipt within words is covered, and the page says how to add the words to its case.
func TestWebCoversAReceiptWithinWords(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	v := s.visitor("203.0.113.78:4711")
	_, page := v.report(nil)
	code := receiptForm.FindString(page)
	if strings.Contains(page, "nhắc đến một mã") || code == "" {
		t.Fatal(page)
	}
	spelled := strings.Join(strings.Split(code, ""), "\u200b")
	status, page := v.report(map[string]string{"text": "Tôi đã gửi trước đó, mã của tôi là " + spelled + ", nay bổ sung: quán vẫn mở đêm"})
	if status != http.StatusOK || !strings.Contains(page, "nhắc đến một mã") || !strings.Contains(page, `href="/tra-cuu`) {
		t.Fatalf("%d\n%s", status, page)
	}
	s.settle()
	for _, line := range []string{"hoa says /xem PA-26-0002", "hoa sees mã của tôi là (mã tra cứu), nay bổ sung"} {
		s.play(line)
	}
}
