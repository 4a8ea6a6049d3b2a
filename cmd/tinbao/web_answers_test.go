package main

import (
	"maps"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

var (
	oneForm     = regexp.MustCompile(`(?s)<form .*?</form>`)
	hiddenField = regexp.MustCompile(`<input type="hidden" name="([\w-]+)" value="([^"]*)"`)
)

// press sends the form of a page that does an act, with what stands hidden in it.
func (v visitor) press(page, act string, more map[string]string) string {
	v.t.Helper()
	for _, form := range oneForm.FindAllString(page, -1) {
		if !strings.Contains(form, `value="`+act+`"`) {
			continue
		}
		fields := map[string]string{"act": act}
		for _, f := range hiddenField.FindAllStringSubmatch(form, -1) {
			fields[f[1]] = f[2]
		}
		maps.Copy(fields, more)
		status, after := v.post("/viec", fields)
		if status != http.StatusOK {
			v.t.Fatalf("%s: %d\n%s", act, status, after)
		}
		return after
	}
	v.t.Fatalf("no form does %s:\n%s", act, page)
	return ""
}

// lines plays lines of a story.
func (s *story) lines(all string) {
	s.t.Helper()
	for line := range strings.SplitSeq(strings.TrimSpace(all), "\n") {
		s.play(line)
	}
}

// asked is a request for help of the web form to which the ward has put its questions.
func (s *story) asked(v visitor) (code string) {
	s.t.Helper()
	_, page := v.post("/trao-doi", map[string]string{"token": v.token(v.get("/trao-doi")), "service": "legal", "age": "adult", "text": "Chủ trọ giữ giấy tờ của tôi."})
	if code = receiptForm.FindString(page); code == "" {
		s.t.Fatal(page)
	}
	s.settle()
	s.lines(`
yen says /tiep
yen presses 📞 Đã liên hệ
yen presses 📋 Đánh giá nhu cầu
yen presses ❔ Hỏi người cần hỗ trợ
yen says /xinphep HT-26-0001 Có người bị giữ giấy tờ ở khu trọ.`)
	return code
}

// Who wrote by the web answers there what a chat answers by buttons: whether needs may be
// written down, whether a message may pass to the police (and the page sent in twice shows
// the same new receipt), and whether one comes to an appointment.
func TestWebAnswersQuestionsOfTheWard(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	v := s.visitor("203.0.113.81:1")
	code := s.asked(v)
	_, page := v.look(code)
	v.press(page, "needs", map[string]string{"yes": "y"})
	s.settle()
	s.play("yen sees đồng ý cho ghi nhu cầu")
	_, page = v.look(code)
	if strings.Contains(page, `value="needs"`) {
		t.Error("asked again what was answered")
	}
	sure := v.press(page, "consent", map[string]string{"yes": "y"})
	if !strings.Contains(sure, "Có người bị giữ giấy tờ ở khu trọ.") {
		t.Fatal("the words that would pass are not shown:\n" + sure)
	}
	passed := v.press(sure, "consent", nil)
	crossed := receiptForm.FindString(passed)
	if again := v.press(sure, "consent", nil); crossed == "" || crossed == code || receiptForm.FindString(again) != crossed {
		t.Errorf("%q, and sent in again:\n%s", crossed, again)
	}
	s.settle()
	s.play("dung sees PA-26-0001")
	if status, page := v.look(crossed); status != http.StatusOK || !strings.Contains(page, "Công an phường") {
		t.Errorf("%d\n%s", status, page)
	}
	s.lines(`
yen says /danhgia HT-26-0001 Cần tư vấn
yen presses 🤝 Chuyển gửi
yen presses Trợ giúp pháp lý`)
	_, page = v.look(code)
	if !strings.Contains(page, "Trao đổi") {
		t.Error(page)
	}
}

// A report of the web form ends like any other: stars once, and a word that it is not
// settled; one that needs a name may stay without.
func TestWebEndings(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	v := s.visitor("203.0.113.82:1")
	_, page := v.report(nil)
	code := receiptForm.FindString(page)
	s.settle()
	s.lines(`
hoa says /tiep
hoa presses 🔍 Đã xác minh
hoa presses Đã xác minh: chưa đủ căn cứ
hoa presses 🏷 Phân loại
hoa presses Có nội dung tố cáo`)
	_, page = v.look(code)
	v.press(page, "unnamed", map[string]string{"yes": "y"})
	s.lines(`
hoa says /dong 1
hoa presses 👁 Chưa thấy dấu hiệu, tiếp tục theo dõi
hoa presses ✅ Gửi và kết thúc`)
	_, page = v.look(code)
	if !strings.Contains(page, "tiếp tục theo dõi") && !strings.Contains(page, "theo dõi") {
		t.Error("no outcome:\n" + page)
	}
	v.press(page, "rate", map[string]string{"n": "2", "text": "Chưa ai đến xem."})
	_, page = v.look(code)
	if strings.Contains(page, `value="rate"`) {
		t.Error("rated twice")
	}
	v.press(page, "again", map[string]string{"text": "Đêm qua vẫn đông."})
	s.settle()
	s.play("khoi sees PA-26-0001")
}

// Who complains about people of the ward, or whose words accuse them, is asked whom before
// anything is kept, and reads where else to go. What is kept goes past those it is about; of
// the leaders nothing is kept. Who says that it is about nobody here is asked no more.
func TestWebLeadsComplaintsAboutThePeopleOfTheWardOutside(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	s.bodies()
	v := s.visitor("203.0.113.83:1")
	stored := func() int { return s.count("select count(*) from casework.cases") }
	for _, more := range []map[string]string{
		{"what": "named", "text": "Tôi muốn tố cáo."},
		{"text": "Công an phường bảo kê quán này, chung chi hằng tháng."},
	} {
		status, page := v.report(more)
		if status != http.StatusUnprocessableEntity || !strings.Contains(page, `name="about"`) || !strings.Contains(page, "Thanh tra thành phố (ví dụ)") || stored() != 0 {
			t.Fatalf("%d, %d kept\n%s", status, stored(), page)
		}
	}
	if _, page := v.report(map[string]string{"text": "Chủ tịch phường nhận tiền.", "about": "leader"}); stored() != 0 || !strings.Contains(page, "Không có gì được lưu") {
		t.Errorf("%d kept\n%s", stored(), page)
	}
	_, page := v.report(map[string]string{"text": "Công an phường bảo kê quán này, chung chi hằng tháng.", "about": "police"})
	if stored() != 1 || !strings.Contains(page, "không chuyển cho Công an phường") || receiptForm.FindString(page) == "" {
		t.Fatalf("%d kept\n%s", stored(), page)
	}
	s.settle()
	s.play("hoa says /chuyen 1 ok")
	s.play("dung unseen PA-26-0001")
	if _, page := v.report(map[string]string{"text": "Công an phường bảo kê.", "about": "no"}); stored() != 2 || receiptForm.FindString(page) == "" {
		t.Error(page)
	}
	if _, page := v.report(map[string]string{"text": "Có người bị nhốt, kêu cứu, công an phường bao che."}); stored() != 3 || receiptForm.FindString(page) == "" {
		t.Error("somebody in danger is asked first:\n" + page)
	}
}

// A receipt among words of the web form does not reach those who read them, and pages of
// information stand in the history as numbers.
func TestWebHidesCodesAndWhatWasRead(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	v := s.visitor("203.0.113.84:1")
	_, page := v.report(nil)
	code := receiptForm.FindString(page)
	_, page = v.report(map[string]string{"text": "Tiếp theo tin “" + code + "” của tôi, quán vẫn mở.", "where": "xem " + code})
	second := receiptForm.FindString(page)
	v.post("/bo-sung", map[string]string{"token": addToken(v, second), "code": second, "text": "Như tin " + strings.ToLower(code) + " đã nói."})
	s.settle()
	s.lines("hoa says /xem 2\nhoa sees quán vẫn mở")
	s.play("hoa unseen " + code)
	s.play("hoa unseen " + strings.ToLower(code))
	guide := v.get("/huong-dan")
	if m := regexp.MustCompile(`href="/huong-dan/([^"?]+)`).FindAllStringSubmatch(guide, -1); len(m) != 6 || m[0][1] != "1" {
		t.Errorf("%v", m)
	}
}

// appointed lets the ward make an appointment for whoever sent a request by the web.
func (s *story) appointed() {
	s.t.Helper()
	s.lines(`
yen says /danhgia HT-26-0001 Cần tư vấn
yen presses 🤝 Chuyển gửi
yen presses Trợ giúp pháp lý
yen presses Trung tâm Trợ giúp pháp lý nhà nước
yen presses T5 26/11
yen presses 09:00`)
}

// directory holds one place that gives legal aid.
func (s *story) directory() {
	s.t.Helper()
	s.lines(`
yen says /dichvu
yen presses Trợ giúp pháp lý (0)
yen presses ➕ Thêm nơi mới
yen says Trung tâm Trợ giúp pháp lý nhà nước
yen presses ✏️ Địa chỉ
yen says Số 2 đường Quang Trung
yen presses 👁 Cho hiện`)
}

// followed lets the days pass after which the ward asks how it goes.
func (s *story) followed() {
	s.t.Helper()
	s.lines(`
pass 57h30m
care
pass 48h
yen says /chapnhan HT-26-0001
pass 72h
care
care
pass 2h
care`)
}

// Who asked for help by the web reads of the appointment, says whether they come, is asked
// how it goes, and can take the request back.
func TestWebAppointmentFollowUpAndWithdrawal(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	s.directory()
	v := s.visitor("203.0.113.87:1")
	code := s.asked(v)
	s.appointed()
	_, page := v.look(code)
	if !strings.Contains(page, "Số 2 đường Quang Trung") || !strings.Contains(page, "09:00") {
		t.Fatal("no appointment:\n" + page)
	}
	if done := v.press(page, "meet", map[string]string{"yes": "y"}); !strings.Contains(done, "hẹn gặp bạn") {
		t.Error(done)
	}
	s.settle()
	s.play("yen sees sẽ đến hẹn: HT-26-0001")
	s.followed()
	_, page = v.look(code)
	if done := v.press(page, "follow", map[string]string{"choice": "not_yet"}); !strings.Contains(done, "sẽ tìm cách khác") {
		t.Error(done)
	}
	s.settle()
	s.play("yen sees chưa ổn: HT-26-0001")
	_, page = v.look(code)
	if strings.Contains(page, `value="follow"`) {
		t.Error("asked again what was answered")
	}
	_, page = v.report(map[string]string{"text": "Quán mở khuya."})
	report := receiptForm.FindString(page)
	_, page = v.look(report)
	sure := v.press(page, "out", nil)
	if s.count("select count(*) from casework.cases where status = 'withdrawn'") != 0 {
		t.Error("not asked")
	}
	if done := v.press(sure, "out", nil); !strings.Contains(done, "Đã rút lại") || s.count("select count(*) from casework.cases where status = 'withdrawn'") != 1 {
		t.Error(done)
	}
}

func addToken(v visitor, code string) string {
	_, page := v.look(code)
	for _, form := range oneForm.FindAllString(page, -1) {
		if strings.Contains(form, `action="/bo-sung`) {
			return v.token(form)
		}
	}
	v.t.Fatal(page)
	return ""
}

// The pages on which the ward asks something, and those around a complaint, can be used by
// everybody: axe finds nothing, and nothing scrolls to the side.
func TestWebQuestionsForEverybody(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	s.bodies()
	s.directory()
	v := s.visitor("203.0.113.85:1")
	code := s.asked(v)
	p, url := s.reader()
	axe := axeSource(t)
	run := func(name string, actions ...chromedp.Action[chromedp.Void]) {
		t.Helper()
		if err := chromedp.Do(p.ctx, actions...); err != nil {
			p.shoot("failed.png")
			t.Fatalf("%s: %v", name, err)
		}
		p.sound(name, axe)
	}
	look := func(name, code string) {
		t.Helper()
		run(name, chromedp.Navigate(url+"/tra-cuu?lang=vi"), chromedp.SendKeys(chromedp.CSS(`#code`), code), click("main button"), chromedp.WaitVisible(chromedp.CSS(".card .state")), openAll)
	}
	look("asked", code)
	s.appointed()
	look("appointment", code)
	run("appointed", click("button[value=meet], input[value=meet] ~ button[value=y]"), chromedp.WaitVisible(chromedp.CSS("main [role=status]")))
	s.followed()
	look("follow-up", code)
	run("followed", click("button[value=not_yet]"), chromedp.WaitVisible(chromedp.CSS("main [role=status]")))
	look("asked-again", code)
	run("consent", click("button[name=yes][value=y]"), chromedp.WaitVisible(chromedp.CSS("main [role=status], main .grave")))
	run("complaint", chromedp.Navigate(url+"/bao-tin?lang=vi"), chromedp.Click(chromedp.CSS(`input[value=named]`)), chromedp.SendKeys(chromedp.CSS(`#text`), "Cán bộ phường đòi tiền tôi."),
		click("main button"), chromedp.WaitVisible(chromedp.CSS("#about")), openAll)
	run("led", chromedp.Click(chromedp.CSS(`input[value=leader]`)), click("main button"), chromedp.WaitVisible(chromedp.CSS(".places")))
	_, page := v.report(nil)
	ended := receiptForm.FindString(page)
	s.settle()
	s.lines(`
hoa says /tiep
hoa presses 🔍 Đã xác minh
hoa presses Đã xác minh: chưa đủ căn cứ
hoa presses ✔️ Kết thúc
hoa presses 👁 Chưa thấy dấu hiệu, tiếp tục theo dõi
hoa presses ✅ Gửi và kết thúc`)
	look("ended", ended)
	run("rated", chromedp.Click(chromedp.CSS("input[name=n][value='2']")), click(".stars ~ button"), chromedp.WaitVisible(chromedp.CSS("main [role=status]")))
	_, page = v.report(map[string]string{"text": "Quán khác."})
	taken := receiptForm.FindString(page)
	look("other", taken)
	run("withdraw", click("button[value=out]"), chromedp.WaitVisible(chromedp.CSS("main .grave")))
	run("withdrawn", click("main .grave"), chromedp.WaitVisible(chromedp.CSS("main [role=status]")))
	_, page = v.report(map[string]string{"text": "Quán nữa."})
	unnamed := receiptForm.FindString(page)
	s.settle()
	s.lines(`
hoa says /nhanviec PA-26-0003
hoa says /xacminh PA-26-0003 founded
hoa presses 🏷 Phân loại
hoa presses Có nội dung tố cáo`)
	look("unnamed", unnamed)
}

var openAll = chromedp.Evaluate[chromedp.Void](`(document.querySelectorAll("details").forEach(d => d.open = true), null)`)

// click presses a button as a browser does, whatever else stands over it.
func click(button string) chromedp.Action[chromedp.Void] {
	return chromedp.Evaluate[chromedp.Void](`(document.querySelector("` + button + `").closest("form").noValidate = true, document.querySelector("` + button + `").click(), null)`)
}
