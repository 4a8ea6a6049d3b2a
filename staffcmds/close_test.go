package staffcmds_test

import (
	"strings"
	"testing"

	"tinbao/cases"
)

var bodies = []cases.Body{
	{Name: "UBND phường Dương Nội", Address: "Số 1 phố Lê Trọng Tấn", Hours: "Thứ 2–6, 8:00–17:00", Phone: "024 3333 1111"},
	{Name: "Thanh tra thành phố", For: []cases.Subject{cases.ForOfficer}},
	{Name: "Điện lực Hà Đông", Phone: "1900 1288", For: []cases.Subject{cases.ForOther}},
}

// Whoever closes a case chooses what came of it; the sentence that is added is shown before
// it is sent, can be written again, and reaches the person with the outcome and once.
func TestAnEndingWithASentence(t *testing.T) {
	t.Parallel()
	w := setup(t)
	c := w.report(func(c *cases.Case) { c.Status = cases.Classified })
	w.on(officer, w.on(officer, w.says(officer, "/dong 1"), "dong|PA-26-0001|v1|watched"), "dong|PA-26-0001|v1|watched|loi")
	first := w.says(officer, "Tổ công tác sẽ còn <qua> lại.")
	w.wants(first, officer, "người gửi sẽ đọc", "chưa thấy dấu hiệu vi phạm", "&lt;qua&gt; lại")
	again := w.says(officer, "Tổ công tác sẽ còn qua lại.\nCảm ơn bạn.")
	w.wants(again, officer, "qua lại.\nCảm ơn bạn.")
	if strings.Contains(texts(again, officer), "&lt;") {
		t.Error("the first sentence is still there")
	}
	closed := w.on(officer, again, "dong|PA-26-0001|v1|watched|ok")
	w.wants(closed, resident, "chưa thấy dấu hiệu vi phạm", "Tổ công tác sẽ còn qua lại.\nCảm ơn bạn.", "hài lòng")
	if n := strings.Count(texts(closed, resident), "09:00 ngày 28/05/2026"); n != 1 {
		t.Errorf("the case is named %d times", n)
	}
	if c.Result == nil || c.Result.Ending != cases.EndWatched {
		t.Errorf("%+v", c.Result)
	}
}

// The sentence written for one case is not sent with another.
func TestASentenceBelongsToItsCase(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.report(func(c *cases.Case) { c.Status = cases.Classified })
	w.report(func(c *cases.Case) { c.Status = cases.Classified })
	w.says(officer, "/dong 1 watched loi")
	w.says(officer, "Chỉ dành cho vụ này.")
	if closed := w.says(officer, "/dong 2 watched ok"); strings.Contains(texts(closed, resident), "Chỉ dành") {
		t.Error(texts(closed, resident))
	}
}

// Where a case belongs is one of the ward's bodies for that, and the person reads its
// address, hours and number; without any the person is led to the reception.
func TestElsewhereNamesThePlace(t *testing.T) {
	t.Parallel()
	for name, way := range map[string][]string{
		"closed":    {"dong", "dong|PA-26-0001|v1|elsewhere", "dong|PA-26-0001|v1|elsewhere|b0", "dong|PA-26-0001|v1|elsewhere|b0|ok"},
		"set aside": {"ngoai", "ngoai|PA-26-0001|v1|field", "ngoai|PA-26-0001|v1|field|b0", "ngoai|PA-26-0001|v1|field|b0|ok"},
	} {
		w := setup(t)
		w.bodies = bodies
		c := w.report(func(c *cases.Case) { c.Status = cases.Verified })
		shown := w.says(officer, "/xem 1")
		for i, press := range way {
			if i == 2 && strings.Contains(texts(shown, officer), "Thanh tra") {
				t.Errorf("%s: a body for complaints about officials is offered", name)
			}
			shown = w.on(officer, shown, press)
		}
		w.wants(shown, resident, "UBND phường Dương Nội", "Số 1 phố Lê Trọng Tấn", "Thứ 2–6", "024 3333 1111")
		if c.Result == nil || c.Result.Body == nil || c.Result.Body.Phone != "024 3333 1111" {
			t.Errorf("%s: %+v", name, c.Result)
		}
	}
	w := setup(t)
	w.report(func(c *cases.Case) { c.Status = cases.Verified })
	w.wants(w.says(officer, "/dong 1 elsewhere ok"), resident, "thuộc thẩm quyền của nơi khác", "Muốn biết gửi ở đâu")
}

// The first step of anybody is told, once, in either stream.
func TestSomebodyHasLooked(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.report(nil)
	w.help(nil)
	for _, first := range []string{"/nhanviec 1", "/lienhe HT-26-1"} {
		w.wants(w.says(officer, first), resident, "Đã có cán bộ xem nội dung bạn gửi lúc 09:00 ngày 28/05/2026")
	}
	for _, later := range []string{"/nha 1", "/nhanviec 1", "/xacminh 1 founded", "/phanloai 1 phan_anh"} {
		if told := texts(w.says(officer, later), resident); told != "" {
			t.Errorf("%s: %q", later, told)
		}
	}
}

// The police may suggest an ending or not; it stands first where the case is closed.
func TestThePoliceSuggestAnEnding(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"/ketqua 1 watched Đã kiểm tra.": "👁 Chưa thấy dấu hiệu, tiếp tục theo dõi ⭐ Công an đề xuất",
		"/ketqua 1 none Đã kiểm tra.":    "✅ Có dấu hiệu vi phạm, đã xử lý",
		"/ketqua 1 Đã kiểm tra.":         "✅ Có dấu hiệu vi phạm, đã xử lý",
	} {
		w := setup(t)
		c := w.report(func(c *cases.Case) { c.Status = cases.Acknowledged })
		w.wants(w.says(police, line), resident, "sẽ báo kết quả")
		if c.Status != cases.Resolved {
			t.Fatalf("%s: %s", line, c.Status)
		}
		shown := w.says(officer, "/dong 1")
		if got := shown[len(shown)-1].labels[0]; got != want {
			t.Errorf("%s: first is %q", line, got)
		}
	}
}
