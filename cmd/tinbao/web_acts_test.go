package main

import (
	"maps"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

// tokenOf is the token of the form on a page that does an act.
func (v visitor) tokenOf(page, act string) string {
	v.t.Helper()
	before, _, ok := strings.Cut(page, `name="act" value="`+act+`"`)
	all := regexp.MustCompile(`name="token" value="([\w-]+)"`).FindAllStringSubmatch(before, -1)
	if !ok || len(all) == 0 {
		v.t.Fatalf("no form that does %s:\n%s", act, page)
	}
	return all[len(all)-1][1]
}

func (v visitor) act(page, code, act string, more map[string]string) (int, string) {
	v.t.Helper()
	fields := map[string]string{"token": v.tokenOf(page, act), "code": code, "act": act}
	maps.Copy(fields, more)
	return v.post("/viec", fields)
}

// Words of danger bring the numbers first and ring; "Không" takes the case down again, and
// once only. The words stand behind one more tap; deleting asks once more.
func TestWebActs(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	v := s.visitor("203.0.113.61:1")
	const words = "có người bị nhốt trong nhà, đang kêu cứu"
	_, page := v.report(map[string]string{"text": words})
	code := receiptForm.FindString(page)
	if code == "" || strings.Index(page, `href="tel:113"`) > strings.Index(page, code) || strings.Contains(page, "Dự kiến phản hồi") {
		t.Fatal(page)
	}
	urgent := func() int { return s.count("select count(*) from casework.cases where urgent") }
	if urgent() != 1 {
		t.Fatal("not urgent")
	}
	if status, after := v.act(page, code, "danger", map[string]string{"yes": "n"}); status != http.StatusOK || urgent() != 0 || !strings.Contains(after, "hiện không ai gặp nguy hiểm") {
		t.Fatalf("%d\n%s", status, after)
	}
	if status, _ := v.act(page, code, "danger", map[string]string{"yes": "n"}); status != http.StatusOK {
		t.Error("the same form twice: ", status)
	}
	_, page = v.look(code)
	if strings.Contains(page, words) {
		t.Error("the words stand on the page of the case")
	}
	if _, own := v.act(page, code, "own", nil); !strings.Contains(own, words) {
		t.Error(own)
	}
	_, sure := v.act(page, code, "del", nil)
	if status, _ := v.look(code); status != http.StatusOK || !strings.Contains(sure, `name="sure"`) {
		t.Fatalf("not asked: %d\n%s", status, sure)
	}
	if status, gone := v.act(sure, code, "del", map[string]string{"sure": "y"}); status != http.StatusOK || !strings.Contains(gone, "Đã xóa mã tra cứu") {
		t.Errorf("%d\n%s", status, gone)
	}
	if status, _ := v.look(code); status != http.StatusNotFound {
		t.Error("the receipt still opens: ", status)
	}
}

// Whoever saw the receipt of a chat decides nothing by the web form, and does not read what
// was written at first: the page offers it not, and forms made for another case do not help.
// The word that the sender chose does.
func TestWebReceiptOfAChat(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	for _, line := range []string{"says /baotin", "presses Tôi thấy dấu hiệu vi phạm", "presses Bỏ qua", "says Quán mở khuya.", "presses ✅ Gửi", "keeps R1"} {
		s.play("an " + line)
	}
	code := s.receipts["R1"]
	v := s.visitor("203.0.113.62:1")
	_, page := v.look(code)
	for _, act := range []string{"own", "cut", "out", "del", "word"} {
		if strings.Contains(page, `value="`+act+`"`) {
			t.Errorf("the page offers %s", act)
		}
	}
	_, own := v.report(map[string]string{"text": "Quán khác mở khuya."})
	forged := func(act string, more map[string]string) (int, string) {
		_, mine := v.look(receiptForm.FindString(own))
		fields := map[string]string{"token": v.tokenOf(mine, "del"), "code": code, "act": act, "sure": "y"}
		maps.Copy(fields, more)
		return v.post("/viec", fields)
	}
	for _, act := range []string{"own", "cut", "out", "del", "word"} {
		if _, after := forged(act, map[string]string{"text": "của tôi", "secret": "đoán bừa"}); !strings.Contains(after, "Chưa đúng") && !strings.Contains(after, "gửi từ nơi khác") {
			t.Errorf("%s:\n%s", act, after)
		}
	}
	for _, line := range []string{"says $R1", "presses 🔒 Dữ liệu của tôi", "presses 🔑 Đặt từ khóa", "says hoa sữa mùa thu"} {
		s.play("an " + line)
	}
	_, page = v.look(code)
	_, sure := v.act(page, code, "out", nil)
	if !strings.Contains(sure, `name="secret"`) {
		t.Fatal(sure)
	}
	if status, after := v.act(sure, code, "out", map[string]string{"sure": "y", "secret": "Hoa sua mua thu"}); status != http.StatusOK || !strings.Contains(after, "Đã rút lại") {
		t.Errorf("%d\n%s", status, after)
	}
}
