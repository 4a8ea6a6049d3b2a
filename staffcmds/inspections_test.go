package staffcmds_test

import (
	"slices"
	"strings"
	"testing"

	"tinbao/cases"
)

func TestInspectionFromPlanToEnd(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.place(aKaraoke)
	w.place("Spa Bốn Mùa, spa, 1, 5 ngõ 8, thấp")
	w.wants(w.says(police, "/kiemtra"), police, "Đã lên lịch: <b>0</b>")
	w.wants(w.taps(police, "kiemtra|len"), police, "Karaoke Ánh Sao", "Spa Bốn Mùa")
	found := w.says(police, "bon mua")
	w.wants(found, police, "Spa Bốn Mùa")
	w.wants(w.taps(police, "kiemtra|len|2"), police, "Ngày nào")
	w.wants(w.says(police, "hôm nào đó"), police, "Không đọc được ngày")
	card := w.says(police, "29/5")
	w.wants(card, police, "Lịch: <b>29/05/2026</b>", "Spa Bốn Mùa", "Cán bộ police")
	w.taps(police, "kiemtra|k1|ngay|2026-05-28")
	w.wants(w.taps(police, "kiemtra|k1|ketthuc"), police, "ghi kết quả")
	w.taps(police, "kiemtra|k1|doan|+1")
	w.taps(police, "kiemtra|k1|doan|+1") // pressed twice: still in
	w.taps(police, "kiemtra|k1|doan|+999")
	w.taps(police, "kiemtra|k1|doan|khac")
	w.says(police, "Anh Nam – liên ngành")
	w.taps(police, "kiemtra|k1|hoi|1|yes")
	w.taps(police, "kiemtra|k1|hoi|2|no")
	w.taps(police, "kiemtra|k1|hoi|99|no")
	w.wants(w.taps(police, "kiemtra|k1|kq|violation"), police, "Viết nội dung vi phạm")
	w.wants(w.taps(police, "kiemtra|k1|ketthuc"), police, "ghi nội dung vi phạm")
	w.taps(police, "kiemtra|k1|ghi")
	w.says(police, "Chưa có sổ.\nHẹn bổ sung.")
	w.taps(police, "kiemtra|k1|anh")
	w.wants(w.sendsFile(police, true), police, "đang xóa thông tin ẩn")
	w.sendsFile(police, true) // the next one needs no button
	w.wants(w.sendsFile(police, false), police, "Hãy gửi ảnh")
	w.wants(w.taps(police, "kiemtra|k1|ketthuc"), police, "Đã kiểm tra ngày nào")
	w.wants(w.says(police, "30/5"), police, "từ 01/01/2026 đến hôm nay")
	done := w.taps(police, "kiemtra|k1|ketthuc|2026-05-28")
	w.wants(done, police, "Đã kiểm tra ngày <b>28/05/2026</b>", "Có vi phạm", "1 đạt, 1 chưa đạt", "Chưa có sổ.", "Anh Nam – liên ngành", "Cán bộ officer")
	last := w.register.inspections[0][len(w.register.inspections[0])-1]
	if last.Deed != cases.InspectionDone || !slices.Equal(last.Team, []cases.StaffID{2, 1}) || len(w.register.photos) != 2 || !last.Counts() {
		t.Errorf("%+v", last)
	}
	w.wants(w.taps(police, "kiemtra|k1|kq|none"), police, "Không vi phạm")
	w.wants(w.taps(police, "kiemtra|k1|lichsu"), police, "sửa sau khi kết thúc", "kết thúc", "lên lịch")
	w.wants(w.taps(police, "kiemtra|xong"), police, "Spa Bốn Mùa", "Không vi phạm")
	w.wants(w.says(police, "/coso 2"), police, "Đã kiểm tra 1 lần")
	w.wants(w.says(leader, "/coso phu"), leader, "1/2 (50%)", "Cần kiểm tra thêm <b>1</b>")
	photos := w.taps(leader, "kiemtra|k1|xemanh")
	w.wants(photos, leader, "ảnh 2/2")
}

// A visit to an establishment that was not open leaves it on the list, and a plan can be
// taken back.
func TestVisitsThatDoNotCount(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.place(aKaraoke)
	w.taps(officer, "kiemtra|len|1|2026-05-27")
	w.wants(w.taps(officer, "kiemtra|lich"), officer, "quá ngày")
	w.wants(w.taps(officer, "kiemtra|k1|kq|not_open"), officer, "chưa tính là đã kiểm tra")
	w.taps(officer, "kiemtra|k1|ketthuc|2026-05-27")
	w.wants(w.taps(officer, "kiemtra|tuyen"), officer, "1 cơ sở chưa kiểm tra", "Karaoke Ánh Sao")
	w.taps(officer, "kiemtra|len|1|2026-06-01")
	w.wants(w.taps(officer, "kiemtra|k2|huy"), officer, "Hủy lịch kiểm tra")
	w.wants(w.taps(officer, "kiemtra|k2|huy|ok"), officer, "Đã hủy lịch")
	w.taps(officer, "kiemtra|k2|kq|none")
	w.wants(w.taps(officer, "kiemtra|lich"), officer, "Đã lên lịch</b>: 0")
	if last := w.register.inspections[1]; len(last) != 2 {
		t.Error("a cancelled plan was changed")
	}
	w.says(officer, "/coso e1 close trả mặt bằng")
	w.wants(w.taps(officer, "kiemtra|len|1"), officer, "Không tìm thấy")
}

func TestRouteGoesFromHamletToHamlet(t *testing.T) {
	t.Parallel()
	w := setup(t)
	for _, line := range []string{"A, spa, 1, , thấp", "B, spa, 3, , cao", "C, spa, 2, , cao", "D, bar, 3"} {
		w.place(line)
	}
	got := texts(w.taps(police, "kiemtra|tuyen"), police)
	order := []int{strings.Index(got, "1. C"), strings.Index(got, "2. A"), strings.Index(got, "3. B"), strings.Index(got, "4. D")}
	if !slices.IsSorted(order) || order[0] < 0 {
		t.Errorf("%v in %q", order, got)
	}
	got = texts(w.taps(police, "kiemtra|tuyen|3"), police)
	if !strings.Contains(got, "1. B") || !strings.Contains(got, "4. A") {
		t.Error(got)
	}
}

// Links are seen and changed by whoever works on the report.
func TestReportsAreLinkedWithEstablishments(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.place(aKaraoke)
	c := w.report(nil)
	card := w.says(officer, "PA-26-1")
	asked := w.on(officer, card, "gan|PA-26-0001")
	w.wants(asked, officer, "Chưa gắn")
	offered := w.says(officer, "anh sao")
	w.wants(w.on(officer, offered, "gan|PA-26-0001|+|1"), officer, "Karaoke Ánh Sao")
	place := w.says(officer, "/coso 1")
	w.wants(place, officer, "Tin phản ánh liên quan", "1")
	w.on(officer, place, "xem|PA-26-0001")
	if got := texts(w.says(police, "/coso 1"), police); strings.Contains(got, "liên quan") {
		t.Error("the police read of a report they have not got:", got)
	}
	w.wants(w.says(police, "/gan 1"), police, "Không tìm thấy")
	w.taps(police, "gan|PA-26-0001|-|1")
	if len(w.register.links[c.Number]) != 1 {
		t.Error("the police took a link away")
	}
	w.wants(w.taps(officer, "gan|PA-26-0001|+|77"), officer, "Không tìm thấy")
	w.taps(officer, "gan|PA-26-0001|-|1")
	if len(w.register.links[c.Number]) != 0 {
		t.Error("still linked")
	}
	w.wants(w.says(leader, "/gan 1"), leader, "Không có lệnh này")
}
