package staffcmds_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tinbao/bot"
	"tinbao/cases"
	"tinbao/staffcmds"
)

const aKaraoke = "Karaoke Ánh Sao, karaoke, Hòa Bình, 12 phố Nghĩa Lộ, cao"

// place adds an establishment by a line.
func (w *ward) place(line string) {
	w.t.Helper()
	n := len(w.register.entries)
	w.says(officer, "/coso them "+line)
	if len(w.register.entries) != n+1 {
		w.t.Fatalf("not added: %s", line)
	}
}

// sendsFile sends a document or a photo.
func (w *ward) sendsFile(chat int64, photo bool) []call {
	message := map[string]any{"message_id": 7, "chat": map[string]any{"id": chat, "type": "private"}, "from": map[string]any{"id": chat}}
	if photo {
		message["photo"] = []any{map[string]any{"file_id": "a photo", "width": 1, "height": 1}}
	} else {
		message["document"] = map[string]any{"file_id": "a file", "file_size": 10}
	}
	return w.update(chat, map[string]any{"update_id": 1, "message": message})
}

func TestEstablishmentIsAddedFoundAndEdited(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.wants(w.says(officer, "/coso"), officer, "Đang quản lý: <b>0</b>")
	asked := w.on(officer, w.says(officer, "/coso"), "coso|them")
	w.wants(asked, officer, "Ví dụ", "Karaoke · Xoa bóp")
	w.wants(w.says(officer, ", quán lạ, 7"), officer, "thiếu tên", "loại hình «quán lạ» không có", "tổ dân phố «7» không có")
	card := w.says(officer, aKaraoke)
	w.wants(card, officer, "Karaoke Ánh Sao", "số 1", "Hòa Bình", "Cao", "Chưa kiểm tra lần nào")
	w.wants(w.says(officer, "/coso them "+strings.ToUpper(aKaraoke)), officer, "Đã có cơ sở cùng tên")
	w.place("Karaoke Ánh Sao, karaoke, Do Lộ")

	w.on(officer, card, "coso|e1|review")
	w.wants(w.on(officer, card, "coso|e1|review"), officer, "28/05/2026") // an old button, after a change
	if e := w.register.entries[0]; len(e) != 2 || e[1].Deed != cases.DeedReview {
		t.Errorf("%+v", e)
	}
	w.wants(w.taps(officer, "coso|e1|phone"), officer, "Gửi số điện thoại")
	w.wants(w.says(officer, strings.Repeat("1", 201)), officer, "tối đa 200 ký tự")
	w.says(officer, "0900 000 001")
	w.taps(officer, "coso|e1|type|bar")
	w.taps(officer, "coso|e1|type|nosuch")
	w.taps(officer, "coso|e1|risk|low")
	w.wants(w.taps(officer, "coso|e1|hamlet|3"), officer, "Đã có cơ sở cùng tên")
	w.taps(officer, "coso|e1|security|v"+strconv.Itoa(len(w.register.entries[0])))
	w.wants(w.taps(officer, "coso|e1|close"), officer, "Vì sao")
	card = w.says(officer, "Trả mặt bằng")
	w.wants(card, officer, "đã đóng cửa", "Trả mặt bằng", "0900 000 001", "Bar, pub, lounge", "Thấp")
	w.wants(w.on(officer, card, "coso|e1|lichsu"), officer, "đóng cửa → Trả mặt bằng", "điện thoại → 0900 000 001", "mức rủi ro → Thấp", "rà soát → 28/05/2026")
	w.wants(w.says(officer, "/coso"), officer, "Đang quản lý: <b>1</b> (đã đóng cửa: 1")
	w.on(officer, card, "coso|e1|open")

	w.wants(w.says(officer, "/coso tim nghia lo"), officer, "<b>1</b>", "Karaoke Ánh Sao")
	w.wants(w.says(officer, "/coso anh sao"), officer, "<b>2</b>")
	w.wants(w.says(officer, "/coso quán nào"), officer, "<b>0</b>")
	for action, want := range map[string]string{"coso|ds|h2": "1 cơ sở", "coso|ds|t:bar": "1 cơ sở", "coso|ds|r:low": "1 cơ sở", "coso|ds|p": "2 cơ sở", "coso|ds|u": "1 cơ sở", "coso|ds|all": "2 cơ sở", "coso|to": "Hòa Bình (1)", "coso|loaihinh": "Karaoke (1)", "coso|ruiro": "Thấp (1)"} {
		got := w.taps(officer, action)
		if all := texts(got, officer) + strings.Join(got[len(got)-1].labels, " "); !strings.Contains(all, want) {
			t.Errorf("%s: %q", action, all)
		}
	}
}

// Whoever only reads the register changes nothing, and whoever only sees figures reads no
// name.
func TestRegisterIsReadByWhoMay(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.place(aKaraoke)
	before := len(w.register.entries[0])
	for _, action := range []string{"coso|e1|review|v1", "coso|e1|close|x", "coso|e1|name|y", "coso|e1|type|bar", "coso|them|" + aKaraoke, "coso|nhapok|1", "kiemtra|len|1|2026-05-29"} {
		w.taps(leader, action)
	}
	if len(w.register.entries) != 1 || len(w.register.entries[0]) != before || len(w.register.inspections) != 0 {
		t.Error("the leader changed the register")
	}
	got := w.says(leader, "/coso 1")
	w.wants(got, leader, "Karaoke Ánh Sao")
	for _, a := range got[len(got)-1].actions {
		if strings.HasSuffix(a, "|sua") || strings.Contains(a, "|close") {
			t.Error("the leader is offered", a)
		}
	}
	for _, role := range []cases.Role{cases.Health, cases.Clerk, cases.Observer} {
		for _, line := range []string{"/coso", "/coso 1", "/coso anh sao", "/coso ds all"} {
			got := texts(w.says(chatOf(role), line), chatOf(role))
			if !strings.Contains(got, "Độ bao phủ") || strings.Contains(got, "Ánh Sao") {
				t.Errorf("%s %s: %q", role, line, got)
			}
		}
	}
}

func TestListsAreEdited(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.place(aKaraoke)
	w.wants(w.taps(leader, "coso|loai"), leader, "Danh mục của phường")
	w.taps(leader, "coso|loai|type|them")
	w.wants(w.says(leader, "karaoke"), leader, "Đã có mục này")
	w.says(leader, "Phòng trà")
	w.place("Đêm Xanh, phong tra, 1")
	key := w.register.entries[1][0].Type
	w.taps(leader, "coso|loai|type|karaoke|an")
	w.wants(w.says(officer, "/coso them Khác, karaoke, 1"), officer, "loại hình «karaoke» không có")
	w.wants(w.says(officer, "/coso 1"), officer, "Loại hình: Karaoke") // what was written can still be read
	w.taps(leader, "coso|loai|type|"+key+"|ten")
	w.says(leader, "Phòng trà, ca nhạc")
	w.wants(w.says(officer, "/coso 2"), officer, "Phòng trà, ca nhạc")
	for _, risk := range []string{"low", "medium", "high"} {
		w.taps(leader, "coso|loai|risk|"+risk+"|an")
	}
	if lists := w.register.lists; len(lists.Offered(cases.RiskList)) != 1 {
		t.Error(lists[cases.RiskList])
	}
	if w.taps(police, "coso|loai|type|them|Lạ"); len(w.register.lists[cases.TypeList]) != len(cases.DefaultLists()[cases.TypeList])+1 {
		t.Error("the police edited a list")
	}
}

func TestImportByButtons(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.place(aKaraoke)
	asked := w.on(officer, w.says(officer, "/coso"), "coso|nhap")
	w.wants(w.says(officer, "danh sách đây"), officer, "Cần một tệp Excel")
	w.wants(w.sendsFile(officer, true), officer, "Cần một tệp Excel")
	form := w.on(officer, asked, "coso|mau")
	if form[len(form)-1].file == nil || form[len(form)-1].file.Name != staffcmds.FormName {
		t.Error("no form")
	}
	w.wants(w.sendsFile(officer, false), officer, "đang đọc")
	if len(w.register.files) != 1 || w.register.files[0].FileID != "a file" {
		t.Error(w.register.files)
	}
	w.register.imports = map[int]cases.ImportState{4: cases.ImportWaiting, 5: cases.ImportWaiting}
	done := w.taps(officer, "coso|nhapok|4")
	w.wants(done, officer, "3 cơ sở mới")
	w.wants(w.taps(officer, "coso|nhapok|4"), officer, "không còn chờ")
	w.register.since = []int{1}
	w.wants(w.on(officer, done, "coso|nhaplai|4"), officer, "Không hoàn tác được", "Karaoke Ánh Sao")
	w.register.since = nil
	w.wants(w.on(officer, done, "coso|nhaplai|4"), officer, "Đã hoàn tác")
	w.wants(w.taps(officer, "coso|nhapbo|5"), officer, "Đã bỏ")
	w.wants(w.taps(officer, "coso|nhapok|x"), officer, "")
}

func TestPreviewOfAnImport(t *testing.T) {
	t.Parallel()
	w := setup(t)
	var p cases.ImportPreview
	for i := range 30 {
		p.Rows = append(p.Rows, cases.ImportRow{Row: i + 2, Fresh: i%2 == 0, Establishment: cases.Establishment{EstablishmentWords: cases.EstablishmentWords{Name: strings.Repeat("Rất dài ", 30), Address: strings.Repeat("<b>", 60)}}})
		p.Faults = append(p.Faults, cases.RowFault{Row: i + 40, Column: cases.ColType, Fault: cases.FaultUnknown, Cell: fmt.Sprintf("C%d", i+40), Value: "quán <lạ>"})
		p.Wrong = append(p.Wrong, cases.SheetRow{Row: i + 40})
	}
	p.Sheet, p.HeadRow, p.Others, p.Lists, p.Unused = "DS 2026", 3, []string{"Bìa"}, []string{"TDP 2"}, []string{"Ghi chú"}
	p.Passed, p.Converted, p.Zeros = map[cases.Passed]int{cases.PassedTotal: 1, cases.PassedHidden: 2}, 4, 5
	p.Rows[0].Establishment = cases.Establishment{Type: "spa", Hamlet: 2, Risk: "low", EstablishmentWords: cases.EstablishmentWords{Name: "Hoa Sữa", Address: "Ngõ 7", Phone: "0912000200"}}
	reply := staffcmds.ImportReply(123456, p, cases.DefaultLists(), []string{"Tổ dân phố 1", "Tổ dân phố 2"})
	reply.Chat, reply.Lang = officer, "vi"
	got := w.read(bot.Out{Chat: officer, Payload: w.router.Call(reply).Encode()})
	for _, want := range []string{
		"15 mới · 15 thay đổi", "Ô C40: loại hình «quán &lt;lạ&gt;» không có trong danh mục", "và 20 dòng nữa", "và 18 lỗi nữa", "Trang «DS 2026», tiêu đề ở dòng 3.",
		"Trang «TDP 2» cũng có danh sách", "Không đọc trang: «Bìa».", "Bỏ qua: 2 dòng ẩn, 1 dòng tổng.", "Cột không dùng: «Ghi chú».", "4 ô gõ bằng phông cũ", "cho 5 số điện thoại",
		"➕ Dòng 2: <b>Hoa Sữa</b> · Spa · Tổ dân phố 2 · Ngõ 7 · 0912000200 · Thấp",
	} {
		if !strings.Contains(got.text, want) {
			t.Errorf("no %q in %q", want, got.text)
		}
	}
	if !slices.Contains(got.labels, "✅ Nhập 30 dòng") || !got.protect {
		t.Error(got.labels)
	}
	if got := staffcmds.ImportReply(1, cases.ImportPreview{}, nil, nil); len(got.Buttons) != 1 {
		t.Error("an empty import can be applied")
	}
}
