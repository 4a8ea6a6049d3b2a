package staffcmds_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"tinbao/bot"
	"tinbao/cases"
)

// The plan's four steps by buttons alone, on the officer's and the police's phone.
func TestReportFromQueueToResult(t *testing.T) {
	t.Parallel()
	w := setup(t)
	c := w.report(nil)
	card := w.on(officer, w.on(officer, w.says(officer, "/hangdoi"), "xem|PA-26-0001"), "nhanviec")
	w.wants(card, officer, "Đang xác minh", "Cán bộ officer", "Hòa Bình")
	card = w.on(officer, w.on(officer, card, "xacminh"), "xacminh|PA-26-0001|v2|founded")
	w.wants(card, officer, "có cơ sở")
	card = w.on(officer, w.on(officer, card, "phanloai"), "phanloai|PA-26-0001|v3|tin_bao")
	w.wants(card, officer, "Tin báo về tội phạm (đề xuất, chờ Công an xác nhận)")
	sure := w.on(officer, card, "chuyen")
	if c.Status != cases.Classified {
		t.Fatalf("forwarded without asking: %s", c.Status)
	}
	w.wants(sure, officer, "Chuyển PA-26-0001 sang Công an phường?")
	shown := w.on(officer, sure, "chuyen|PA-26-0001|v4|ok")
	w.wants(shown, officer, "Đã chuyển xử lý")
	w.wants(shown, police, "Chuyển đến Công an phường", "PA-26-0001")
	if strings.Contains(texts(shown, police), "Nhà nghỉ") {
		t.Error("the notice tells more than the number to a phone that may be locked")
	}
	w.wants(shown, resident, "Ngày 28/05/2026", "đã được chuyển đến Công an phường")

	opened := w.on(police, shown, "xem")
	w.wants(opened, police, "Nhà nghỉ ở đầu ngõ")
	theirs := w.on(police, w.on(police, opened, "phanloai"), "phanloai|PA-26-0001|v5|tin_bao")
	if strings.Contains(texts(theirs, police), "đề xuất") || !c.Confirmed {
		t.Error("the police have confirmed the kind")
	}
	w.wants(theirs, officer, "đã xác định loại")
	theirs = w.on(police, theirs, "nhan|")
	w.wants(theirs, officer, "Công an phường đã nhận")
	asked := w.on(police, theirs, "ketqua")
	w.wants(asked, police, "viết kết quả xử lý")
	done := w.says(police, "Đã lập biên bản & xử phạt")
	w.wants(done, police, "Đã có kết quả")
	w.wants(done, officer, "đã ghi kết quả")
	w.wants(done, resident, "đã được kiểm tra xong", "sẽ báo kết quả")
	if strings.Contains(texts(done, resident), "biên bản") {
		t.Error("the result is for staff only")
	}
	if w.drafts[police] != nil {
		t.Error("the question is still open")
	}
	choices := w.on(officer, w.on(officer, done, "xem"), "dong")
	read := w.on(officer, choices, "dong|PA-26-0001|v8|handled")
	w.wants(read, officer, "PA-26-0001", "người gửi sẽ đọc", "có dấu hiệu vi phạm và đã xử lý")
	if c.Status != cases.Resolved || texts(read, resident) != "" {
		t.Fatalf("%s; told before it was agreed: %q", c.Status, texts(read, resident))
	}
	closed := w.on(officer, read, "dong|PA-26-0001|v8|handled|ok")
	w.wants(closed, resident, "đã được xem xét xong", "có dấu hiệu vi phạm và đã xử lý")
	w.wants(w.on(officer, closed, "lichsu"), officer, "phân loại (Tin báo về tội phạm)", "gửi đến", "ghi kết quả")
}

func TestPoliceReturnWithReason(t *testing.T) {
	t.Parallel()
	w := setup(t)
	c := w.report(func(c *cases.Case) { c.Status, c.Kind = cases.Forwarded, cases.Feedback })
	w.says(police, "/tralai PA-26-1")
	w.wants(w.says(police, "Không thuộc địa bàn"), officer, "trả lại")
	if c.Status != cases.Returned {
		t.Error(c.Status)
	}
	w.wants(w.says(police, "/xem 1"), police, "Không tìm thấy")
}

// A choice and its confirmation work by button and typed, in one go and step by step.
func TestSetAside(t *testing.T) {
	t.Parallel()
	ways := map[string]func(w *ward) []call{
		"buttons": func(w *ward) []call {
			return w.on(officer, w.on(officer, w.on(officer, w.says(officer, "/xem 1"), "ngoai"), "ngoai|PA-26-0001|v1|empty"), "ngoai|PA-26-0001|v1|empty|ok")
		},
		"typed, then button": func(w *ward) []call {
			return w.on(officer, w.says(officer, "/ngoai PA-26-1 empty"), "ngoai|PA-26-0001|v1|empty|ok")
		},
		"typed": func(w *ward) []call { return w.says(officer, "/ngoai pa-26-1 empty ok") },
	}
	for name, way := range ways {
		w := setup(t)
		c := w.report(nil)
		shown := way(w)
		if c.Status != cases.InvalidCase || len(c.History) != 2 {
			t.Errorf("%s: %s after %d events", name, c.Status, len(c.History))
		}
		w.wants(shown, resident, "chưa đủ thông tin để xử lý", "địa điểm, thời gian")
		w.wants(w.says(officer, "/lichsu 1"), officer, "không xử lý tiếp (Không đủ nội dung để xử lý)")
	}
}

func TestNothingLeavesWithoutConfirmation(t *testing.T) {
	t.Parallel()
	for _, typed := range []string{"/chuyen 1", "/chuyen 1 ngay", "/dong 1", "/ngoai 1", "/ngoai 1 out_of_scope", "/ngoai 1 ok", "/ngoai 1 bad ok"} {
		w := setup(t)
		c := w.report(func(c *cases.Case) { c.Status = cases.Verified; c.Urgent = true })
		shown := w.says(officer, typed)
		if len(c.History) != 1 || len(shown) != 1 {
			t.Errorf("%s acted without asking: %+v", typed, shown)
		}
	}
}

func TestWordsAreAskedFor(t *testing.T) {
	t.Parallel()
	w := setup(t)
	c := w.report(nil)
	w.wants(w.on(officer, w.says(officer, "/xem 1"), "traloi"), officer, "viết câu trả lời")
	w.wants(w.says(officer, "Cảm ơn bạn <3"), resident, "Phường trả lời", "Cảm ơn bạn &lt;3")
	w.wants(w.says(officer, "/hoi PA-26-1\nBiển số xe?"), resident, "cần biết thêm", "Biển số xe?")
	w.says(officer, "/ghichu 1")
	w.says(officer, "v3")
	if last := c.Talks[len(c.Talks)-1]; last.Text != "v3" || !last.Internal {
		t.Errorf("a note that looks like a version: %+v", last)
	}
	w.on(officer, w.says(officer, "/traloi 1"), "xem|") // back
	before := len(c.Talks)
	w.says(officer, "chỉ là trò chuyện")
	if len(c.Talks) != before {
		t.Error("after the way back no words are awaited")
	}
}

func TestTooManyWordsAreRefusedAndAwaitedAgain(t *testing.T) {
	t.Parallel()
	w := setup(t)
	c := w.report(nil)
	w.says(officer, "/traloi 1")
	w.wants(w.says(officer, strings.Repeat("dài ", 1000)), officer, "quá dài")
	w.wants(w.says(officer, strings.Repeat("ả", 3400)), resident, "ảảả")
	if len(c.Talks) != 1 {
		t.Errorf("%d answers", len(c.Talks))
	}
}

func TestUnreachablePersonIsTold(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.report(nil)
	w.routes = nil
	w.wants(w.says(officer, "/traloi 1 chào bạn"), officer, "không còn cách nhắn")
}

func TestOldButtonShowsThePresentCard(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.report(nil)
	old := w.says(officer, "/xem 1")
	w.says(officer, "/ghichu 1 vừa ghi")
	w.wants(w.on(officer, old, "nhanviec"), officer, "vừa được người khác cập nhật", "vừa ghi")
}

func TestTakeNext(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.report(nil)
	w.help(nil)
	w.wants(w.says(officer, "/tiep"), officer, "PA-26-0001")
	w.wants(w.says(officer, "/tiep"), officer, "HT-26-0001")
	w.wants(w.says(officer, "/tiep"), officer, "Không còn vụ nào chờ")
	w.wants(w.says(health, "/next report"), health, "Không tìm thấy")
	second := cases.Staff{ID: 50, Role: cases.Officer, Route: cases.Route{Chat: 50}}
	w.staff = append(w.staff, second)
	if actions := w.says(50, "/xem 1")[0].actions; slices.ContainsFunc(actions, func(a string) bool {
		return strings.HasPrefix(a, "nhanviec|") || strings.HasPrefix(a, "nha|")
	}) {
		t.Errorf("a case somebody holds: %v", actions)
	}
	released := w.on(officer, w.says(officer, "/xem 1"), "nha|")
	w.wants(w.on(officer, released, "nhanviec"), officer, "Cán bộ officer")
}

func TestSupportOfAPerson(t *testing.T) {
	t.Parallel()
	w := setup(t)
	c := w.help(func(c *cases.Case) { c.Help.Under18, c.Help.Contact = true, "số nhà 3" })
	card := w.on(health, w.says(health, "/xem 1"), "lienhe")
	w.wants(card, health, "Dưới 18 tuổi", "số nhà 3")
	card = w.on(health, w.on(health, card, "chuyengui"), "chuyengui|HT-26-0001|v2|legal")
	w.wants(card, resident, "Trợ giúp pháp lý")
	card = w.on(health, card, "chapnhan")
	w.on(health, w.on(health, card, "hoanthanh"), "hoanthanh|HT-26-0001|v4|helped")
	card = w.says(health, "Đã được tư vấn")
	closed := w.on(health, w.on(health, w.on(health, card, "dong"), "dong|HT-26-0001|v5|done"), "dong|HT-26-0001|v5|done|ok")
	w.wants(closed, resident, "việc bạn cần đã xong")
	if c.Status != cases.Closed || texts(closed, police) != "" {
		t.Errorf("%s, police read %q", c.Status, texts(closed, police))
	}
}

func TestHolderAloneIsTold(t *testing.T) {
	t.Parallel()
	w := setup(t)
	second := cases.Staff{ID: 50, Role: cases.Officer, Name: "Người thứ hai", Route: cases.Route{Chat: 50, Lang: "en"}}
	w.staff = append(w.staff, second)
	c := w.report(func(c *cases.Case) { c.Status = cases.Forwarded })
	w.wants(w.says(police, "/xuly 1"), police, "chưa thực hiện được")
	shown := w.says(police, "/nhan 1")
	w.wants(shown, officer, "đã nhận")
	w.wants(shown, 50, "The ward police hold")
	c.Assignee = second.ID
	shown = w.says(police, "/xuly 1")
	w.wants(shown, 50, "started handling")
	if texts(shown, officer) != "" {
		t.Error("somebody else than the holder was disturbed")
	}
}

// A fault of the store is tried again; it is never an answer, and nothing is said.
func TestFaultsAreReturned(t *testing.T) {
	t.Parallel()
	lines := map[int64][]string{
		officer: {"/hangdoi", "/tiep", "/nhanviec 1", "/xem 1", "/toanvan 1", "/tep 1", "/lichsu 1", "/chuyen 1", "/chuyen 1 ok", "/ngoai 1", "/traloi 1", "/traloi 1 chào", "/thongke"},
		police:  {"/xuly 1", "/ketqua 1 xong"},
		admin:   {"/nhanvien", "/khoa", "/khoa 1", "/moi police An"},
		950:     {"/start token"},
	}
	for chat, typed := range lines {
		for _, line := range typed {
			w := setup(t)
			w.report(func(c *cases.Case) { c.Status, c.Urgent = cases.Verified, true })
			if chat == police {
				w.cases[0].Status = cases.Acknowledged
			}
			w.fault, w.chat = errors.New("the disk is away"), chat
			word, args, _ := strings.Cut(line[1:], " ")
			err := w.router.Handle(t.Context(), w, bot.Update{Chat: chat, Private: true, Text: line, Command: word, Args: args})
			if !errors.Is(err, w.fault) || len(w.out) != 0 {
				t.Errorf("%s: %v, %d messages", line, err, len(w.out))
			}
		}
	}
}
