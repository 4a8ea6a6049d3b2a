package staffcmds_test

import (
	"strings"
	"testing"
	"time"

	"tinbao/cases"
)

func TestInvite(t *testing.T) {
	t.Parallel()
	w := setup(t)
	asked := w.on(admin, w.says(admin, "/moi"), "moi|police")
	w.wants(asked, admin, "Công an phường")
	w.wants(w.says(admin, strings.Repeat("dài", 100)), admin, "tối đa 60 ký tự")
	made := w.says(admin, "  Nguyễn  Văn <A> ")
	w.wants(made, admin, "https://t.me/tinbao_bot?start=token0", "Nguyễn Văn &lt;A&gt;", "10:00 29/05/2026")
	if made[0].protect {
		t.Error("an invitation is made to be passed on")
	}
	w.wants(w.says(777, "/start wrong"), 777, "hết hạn hoặc đã được dùng")
	welcome := w.says(777, "/start token0")
	w.wants(welcome, 777, "Nguyễn Văn &lt;A&gt;", "/ketqua")
	if !welcome[0].menu || strings.Contains(texts(welcome, 777), "/chuyengui") {
		t.Errorf("%+v", welcome)
	}
	w.wants(w.says(778, "/start token0"), 778, "hết hạn hoặc đã được dùng")
	w.wants(w.says(admin, "/invite health Trần Thị B"), admin, "token")
	w.wants(w.says(admin, "/moi giamdoc X"), admin, "Không có vai trò này")
}

func TestLockAndUnlock(t *testing.T) {
	t.Parallel()
	w := setup(t)
	list := w.says(admin, "/khoa")
	for _, a := range list[0].actions {
		if a == "khoa|7" {
			t.Error("the own account is offered")
		}
	}
	sure := w.on(admin, list, "khoa|1")
	w.wants(sure, admin, "Khóa tài khoản")
	done := w.on(admin, sure, "khoa|1|lock|ok")
	w.wants(done, admin, "Đã khóa")
	w.wants(done, officer, "đã bị khóa")
	w.wants(w.says(officer, "/hangdoi"), officer, "Không có lệnh này")
	w.wants(w.says(admin, "/nhanvien"), admin, "Cán bộ officer", "🔒 đã khóa")
	w.wants(w.on(admin, w.on(admin, w.says(admin, "/khoa"), "khoa|1"), "khoa|1|unlock|ok"), officer, "được mở lại")
	w.wants(w.says(officer, "/hangdoi"), officer, "Đang mở")
	w.wants(w.taps(admin, "khoa|7|lock|ok"), admin, "của chính mình")
	w.wants(w.says(admin, "/khoa 7"), admin, "của chính mình")
	w.wants(w.says(admin, "/khoa 4711"), admin, "Không tìm thấy")
}

func TestStaffListIsPaged(t *testing.T) {
	t.Parallel()
	w := setup(t)
	for i := range 30 {
		w.staff = append(w.staff, cases.Staff{ID: cases.StaffID(100 + i), Role: cases.Support, Name: strings.Repeat("<", 60)})
	}
	w.on(admin, w.on(admin, w.says(admin, "/nhanvien"), "nhanvien|2"), "nhanvien|3")
	w.on(admin, w.on(admin, w.says(admin, "/khoa"), "khoa|p|2"), "khoa|p|3")
}

func TestLanguage(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.wants(w.on(officer, w.says(officer, "/ngonngu"), "ngonngu|en"), officer, "This channel now speaks English")
	w.wants(w.says(officer, "/help"), officer, "/queue", "Intake officer")
}

func TestFigures(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.figures = cases.Figures{Received: 1203, OutOfScope: 3, Verified: 800, Classified: 1200, Forwarded: 0, OnTime: 400, Open: 5, ByKind: map[cases.Kind]int{cases.Feedback: 1000}, Help: 4}
	shown := w.says(officer, "/thongke")
	w.wants(shown, officer, "Tổng số tiếp nhận: <b>1.203</b>", "• Phản ánh: 1.000", "• Tố giác về tội phạm: 0", "• Chưa phân loại: 203",
		"1.203/1.203 (100%)", "800/1.200 (66,7%)", "0/1.200 (0%)", "400/1.200 (33,3%)", "Khẩn: 0", "Yêu cầu hỗ trợ: 4")
	w.wants(w.on(officer, shown, "thongke|20260525|20260528"), officer, "Tuần này", "25/05/2026 – 28/05/2026")
	w.langs[officer] = "en"
	w.wants(w.says(officer, "/stats year"), officer, "1,203", "(66.7%)", "01/01/2026")
	w.figures = cases.Figures{}
	w.wants(w.says(officer, "/thongke thang"), officer, "none arose", "01/05/2026")
	if got := texts(w.says(police, "/thongke"), police); strings.Contains(got, "hỗ trợ") || !strings.Contains(got, "không phát sinh") {
		t.Error(got)
	}
}

// Days and weeks are Vietnam's: late in the evening of UTC the next day has begun.
func TestSpans(t *testing.T) {
	t.Parallel()
	day := func(s string) time.Time {
		d, err := time.ParseInLocation("2006-01-02", s, cases.Vietnam)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, k := range []struct{ now, period, from, to string }{
		{"2026-05-28T03:00:00Z", "today", "2026-05-28", "2026-05-29"},
		{"2026-05-28T17:30:00Z", "today", "2026-05-29", "2026-05-30"},
		{"2026-05-31T16:59:00Z", "week", "2026-05-25", "2026-06-01"}, // Sunday night
		{"2026-05-31T17:00:00Z", "week", "2026-06-01", "2026-06-02"}, // Monday has begun
		{"2026-03-01T03:00:00Z", "week", "2026-02-23", "2026-03-02"},
		{"2026-05-31T17:00:00Z", "month", "2026-06-01", "2026-06-02"},
		{"2026-12-31T17:00:00Z", "year", "2027-01-01", "2027-01-02"},
		{"2028-02-29T03:00:00Z", "year", "2028-01-01", "2028-03-01"},
	} {
		w := setup(t)
		now, err := time.Parse(time.RFC3339, k.now)
		if err != nil {
			t.Fatal(err)
		}
		w.now = now
		w.taps(officer, "thongke|"+k.period)
		if got := w.spans[0]; !got[0].Equal(day(k.from)) || !got[1].Equal(day(k.to)) {
			t.Errorf("%s at %s: %v", k.period, k.now, got)
		}
	}
}
