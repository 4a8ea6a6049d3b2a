package staffcmds_test

import (
	"strings"
	"testing"

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
	leader := chatOf(cases.Leader)
	w.wants(made, leader, "vai trò xem được nội dung", "Nguyễn Văn &lt;A&gt;")
	w.wants(w.says(777, "/start token0"), 777, "đang chờ một người nữa")
	w.wants(w.taps(admin, "duyetmoi|reftoken0|ok"), admin, "vai trò khác")
	w.wants(w.says(leader, "/duyetmoi"), leader, "Nguyễn Văn &lt;A&gt;")
	w.wants(w.taps(leader, "duyetmoi|reftoken0|ok"), admin, "đã đồng ý")
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
