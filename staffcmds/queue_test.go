package staffcmds_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"tinbao/cases"
)

func TestQueuePagesAndFilters(t *testing.T) {
	t.Parallel()
	w := setup(t)
	for range 7 {
		w.report(nil)
	}
	w.cases[6].Status, w.cases[6].Finding = cases.Verified, cases.PartlyFounded
	w.report(func(c *cases.Case) {
		c.Urgent, c.Due, c.Hamlet, c.Holder, c.Assignee = true, w.now.Add(-time.Hour), 3, "Lan <b>", 1
	})
	first := w.says(officer, "/hangdoi")
	w.wants(first, officer, "Đang mở: 8", "PA-26-0001", "hạn 10:00 30/05/2026", "Dấu hiệu vi phạm")
	if !slices.Contains(first[0].labels, "✓ Đang mở") || !slices.Contains(first[0].labels, "1/3") || slices.Contains(first[0].labels, "◀") {
		t.Errorf("buttons of the first page: %v", first[0].labels)
	}
	last := w.on(officer, w.on(officer, first, "hangdoi|open|2"), "hangdoi|open|3")
	if slices.Contains(last[len(last)-1].labels, "▶") || !last[len(last)-1].edit {
		t.Error("the last page leads back only, on the same message")
	}
	late := w.on(officer, last, "hangdoi|overdue")
	w.wants(late, officer, "🚨 <b>PA-26-0008</b>", "⏰ quá hạn", "Do Lộ", "Lan &lt;b&gt;")
	w.wants(w.says(officer, "/queue khan"), officer, "Khẩn: 1")
	w.wants(w.says(officer, "/hangdoi xong"), officer, "Không có việc đang chờ")
	w.wants(w.taps(officer, "hangdoi|open|9|report"), officer, "PA-26-0007</b> Đã xác minh: có cơ sở một phần") // fewer pages than when the button was made
	for _, odd := range []string{"/hangdoi 0", "/hangdoi -1", "/hangdoi 99999999999999999999", "/hangdoi nonsense"} {
		w.wants(w.says(officer, odd), officer, "Đang mở: 8")
	}
}

// A list that is longer than it was counted says so.
func TestMoreThanWasCounted(t *testing.T) {
	t.Parallel()
	w := setup(t)
	for range 4 {
		w.report(func(c *cases.Case) { c.Status = cases.Closed })
	}
	w.more = true
	for line, chat := range map[string]int64{"/hangdoi xong": officer, "/nhatky": leader} {
		got := w.says(chat, line)[0]
		if !strings.Contains(got.text, "hơn ") || line == "/hangdoi xong" && !slices.Contains(got.labels, "1/2+") {
			t.Errorf("%s: %+v", line, got)
		}
	}
}

func TestQueueButtonsFollowRights(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.report(nil)
	w.help(nil)
	for _, k := range []struct {
		chat           int64
		other, working bool
	}{{officer, true, true}, {police, false, false}, {leader, false, false}, {health, false, true}} {
		all := strings.Join(w.says(k.chat, "/hangdoi")[0].actions, " ")
		if strings.Contains(all, "|help") && k.chat != officer && k.chat != health || (strings.Contains(all, "|report") && strings.Contains(all, "|help")) != k.other || strings.Contains(all, "tiep|") != k.working {
			t.Errorf("chat %d: %s", k.chat, all)
		}
	}
	w.wants(w.on(officer, w.says(officer, "/hangdoi"), "hangdoi|open|1|help"), officer, "Yêu cầu hỗ trợ", "Trợ giúp pháp lý")
	w.wants(w.on(officer, w.says(officer, "/hangdoi"), "tiep|report"), officer, "Đang xác minh")
}

func TestMenuWordsAndNumbersOpenThings(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.report(nil)
	w.langs[officer] = "en"
	w.wants(w.says(officer, "📋 Hàng đợi"), officer, "Reports")
	w.wants(w.says(officer, "📊 Figures"), officer, "Today")
	for _, typed := range []string{"1", "pa 26 1", "PA-26-0001", "/xem pa 26 1", "/view 26-1"} {
		w.wants(w.says(officer, typed), officer, "<b>PA-26-0001</b>")
	}
	w.wants(w.says(officer, "xin chào"), officer, "/queue")
	w.wants(w.says(officer, "/xem"), officer, "Write the case number")
	w.wants(w.says(officer, "/xem abc"), officer, "not a case number")
}
