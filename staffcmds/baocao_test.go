package staffcmds_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"tinbao/cases"
	"tinbao/staffcmds"
)

// Every figure can be printed and says how it is counted, in every language.
func TestEveryFigureHasItsTexts(t *testing.T) {
	t.Parallel()
	for _, f := range cases.Fields {
		needs(t, "field."+string(f.Key), "origin.mark."+string(f.Origin), "baocao.origin."+string(f.Origin), "baocao.unit."+string(f.Owner), "group."+f.Key.Group())
		needs(t, staffcmds.DefinitionText(f).Key)
		for _, v := range []cases.FieldValue{{}, {N: 1}, {Given: true}, {Hidden: true}, {Text: "x"}, {Ratio: cases.Ratio{Part: 1, Whole: 2}}} {
			if key := staffcmds.FigureText(f, v).Key; key != "words" {
				needs(t, key)
			}
		}
		if command, _ := staffcmds.ListBehind(f, cases.Period{From: cases.Day{Year: 2027, Month: 1, Day: 1}, To: cases.Day{Year: 2027, Month: 6, Day: 30}}); command == "" {
			t.Errorf("%s: there is no list behind it", f.Key)
		}
	}
	for _, typ := range cases.ReportTypes {
		needs(t, "baocao.kind."+string(typ), "baocao.type."+string(typ))
	}
	for _, s := range []cases.ReportState{cases.ReportOpen, cases.ReportMerged, cases.ReportApproved, cases.ReportIssued} {
		needs(t, "baocao.state."+string(s), "baocao.line."+string(s))
	}
	for _, act := range []cases.ReportAct{cases.GiveBack, cases.ApproveReport, cases.IssueReport, cases.CorrectReport} {
		needs(t, "baocao.sure."+string(act), "baocao.done."+string(act))
	}
	needs(t, "baocao.ask.kk", "baocao.ask.kn")
}

// How figures are printed (domain.md 10).
func TestFiguresAsTheyAreRead(t *testing.T) {
	t.Parallel()
	of := func(key string) cases.Field {
		i := slices.IndexFunc(cases.Fields, func(f cases.Field) bool { return string(f.Key) == key })
		return cases.Fields[i]
	}
	w := setup(t)
	for _, tc := range []struct {
		key  string
		v    cases.FieldValue
		want string
	}{
		{"D.received", cases.FieldValue{}, "0"},
		{"B.attendance", cases.FieldValue{N: 1234567}, "1.234.567"},
		{"F.fines", cases.FieldValue{N: 1234567}, "1.234.567 đồng"},
		{"E.coverage", cases.FieldValue{Ratio: cases.Ratio{Part: 2, Whole: 3}}, "66,7% (2/3)"},
		{"E.coverage", cases.FieldValue{}, "không phát sinh"},
		{"H.under18", cases.FieldValue{Hidden: true}, "(*)"},
		{"A.taskforce", cases.FieldValue{N: 1, Given: true}, "Có"},
		{"A.taskforce", cases.FieldValue{Given: true}, "Không"},
		{"A.taskforce", cases.FieldValue{}, "chưa ghi"},
		{"K.plans", cases.FieldValue{}, "Không có."},
		{"K.plans", cases.FieldValue{Text: "Tiếp tục"}, "Tiếp tục"},
	} {
		if got := w.router.Format("vi", staffcmds.FigureText(of(tc.key), tc.v)); got != tc.want {
			t.Errorf("%s %+v: %q", tc.key, tc.v, got)
		}
	}
}

// A report goes from opening to issue, and is corrected; everybody sees what is theirs.
func TestReportIsPutTogether(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.now = time.Date(2026, 6, 24, 3, 0, 0, 0, time.UTC)
	shown := w.says(clerk, "/baocao")
	w.wants(shown, clerk, "6 tháng đầu năm 2026: chưa mở, hạn 10/07/2026", "năm 2026: chưa mở, hạn 10/01/2027")
	shown = w.on(clerk, shown, "baocao|mo")
	shown = w.on(clerk, shown, "baocao|mo|half1")
	shown = w.on(clerk, shown, "baocao|mo|half1|2026")
	w.wants(shown, clerk, "Đã mở", "từ 01/01/2026 đến 30/06/2026", "Công an phường: ⏳ chưa gửi")
	w.wants(shown, police, "Đã mở báo cáo")
	w.wants(shown, health, "Đã mở báo cáo")

	part := w.on(police, shown, "baocao|1")
	part = w.on(police, part, "baocao|1|phan")
	w.wants(part, police, "Khó khăn, vướng mắc: không có")
	for _, c := range part {
		if slices.ContainsFunc(c.actions, func(a string) bool { return strings.HasSuffix(a, "nhom|H") || strings.HasSuffix(a, "nhom|D") }) {
			t.Errorf("the police are shown groups of others: %v", c.actions)
		}
	}
	w.wants(w.taps(police, "baocao|1|nhom|H"), police, "Không tìm thấy")
	w.wants(w.taps(police, "baocao|1|nguon|H.requests"), police, "Không tìm thấy")
	w.wants(w.taps(police, "baocao|1|tep"), police, "Không tìm thấy")
	w.wants(w.on(police, part, "baocao|1|nhom|F"), police, "· Tổng số tiền phạt ✍️")
	w.wants(w.on(police, part, "baocao|1|kk"), police, "viết khó khăn")
	part = w.says(police, "Thiếu phương tiện.\nĐịa bàn rộng.")
	w.wants(part, police, "Đã lưu", "Thiếu phương tiện.", "Địa bàn rộng.")
	w.wants(w.on(police, part, "baocao|1|nop"), police, "Đã gửi phần của đơn vị")
	w.wants(w.taps(police, "baocao|1|kn"), police, "Không làm được")

	shown = w.taps(clerk, "baocao|1|gop")
	w.wants(shown, clerk, "Còn 2 đơn vị chưa gửi")
	w.on(officer, w.taps(officer, "baocao|1|phan"), "baocao|1|khong")
	w.taps(officer, "baocao|1|nop")
	shown = w.taps(health, "baocao|1|nop")
	w.wants(shown, clerk, "đã đủ phần của các đơn vị")
	shown = w.on(clerk, shown, "baocao|1")
	shown = w.on(clerk, shown, "baocao|1|gop")
	w.wants(shown, clerk, "Đã tổng hợp")
	w.wants(shown, leader, "chờ duyệt")
	if !slices.Equal(w.binding.asked, []cases.StaffID{cases.StaffID(leader)}) {
		t.Errorf("files go to %v", w.binding.asked)
	}
	w.wants(w.taps(clerk, "baocao|1|duyet|ok"), clerk, "Không tìm thấy")
	shown = w.on(leader, shown, "baocao|1")
	shown = w.on(leader, shown, "baocao|1|duyet")
	w.wants(shown, leader, "Duyệt báo cáo?")
	shown = w.on(leader, shown, "baocao|1|duyet|ok")
	w.wants(shown, leader, "đã duyệt")
	w.wants(shown, clerk, "đã được duyệt")
	shown = w.on(clerk, w.taps(clerk, "baocao|1"), "baocao|1|phathanh")
	w.wants(w.on(clerk, shown, "baocao|1|phathanh|ok"), clerk, "Đã ban hành")
	shown = w.on(clerk, w.taps(clerk, "baocao|1|dieuchinh"), "baocao|1|dieuchinh|ok")
	w.wants(shown, clerk, "điều chỉnh lần 1")
	w.wants(shown, health, "điều chỉnh lần 1")
}

// Whoever asks where a figure is from reads its definition, and gets to the list behind
// it only with the right to see it.
func TestWhereAFigureIsFrom(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.taps(clerk, "baocao|mo|half1|2026")
	shown := w.on(officer, w.taps(officer, "baocao|1"), "baocao|1|nguon")
	shown = w.on(officer, shown, "baocao|1|nhom|D")
	w.wants(shown, officer, "D. Tiếp nhận", "· Thông tin đã tiếp nhận ⚙️")
	shown = w.on(officer, shown, "baocao|1|nguon|D")
	shown = w.on(officer, shown, "baocao|1|nguon|D.received.to_giac")
	w.wants(shown, officer, "hệ thống tự tính", "Cách tính")
	w.wants(w.on(officer, shown, "timkiem|1|report|01/01/2026-30/06/2026|to giac"), officer, "Tố giác")
	for _, c := range w.taps(clerk, "baocao|1|nguon|D.received") {
		if slices.ContainsFunc(c.actions, func(a string) bool { return strings.HasPrefix(a, "timkiem") }) {
			t.Error("a list is offered to somebody who may not see it")
		}
	}
}

// Ad hoc reports have the days a person says.
func TestAdHocReport(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.wants(w.taps(clerk, "baocao|mo|adhoc"), clerk, "Nhập ngày đầu")
	w.wants(w.says(clerk, "1/3/2026 31/3/2026"), clerk, "từ 01/03/2026 đến 31/03/2026 (đột xuất)")
	if len(w.binding.list) != 1 || w.binding.list[0].Due != (cases.Day{Year: 2026, Month: 6, Day: 7}) {
		t.Errorf("%+v", w.binding.list)
	}
}

// The leader says what the periods are; nobody else can.
func TestReportPeriodsAreSet(t *testing.T) {
	t.Parallel()
	w := setup(t)
	shown := w.on(leader, w.says(leader, "/baocao"), "baocao|kyhan")
	w.wants(shown, leader, "6 tháng 30/06, năm 31/12")
	shown = w.on(leader, shown, "baocao|kyhan|1406|1412|10|10|10")
	w.wants(shown, leader, "15/12/2025–14/06/2026", "Chưa lưu")
	shown = w.on(leader, shown, "baocao|kyhan|1406|1412|5|10|10")
	w.wants(w.on(leader, shown, "baocao|kyhan|1406|1412|5|10|10|luu"), leader, "Đã lưu", "hạn 19/06/2026")
	if w.binding.rules.HalfDue != 5 || w.binding.rules.YearClose.Day != 14 {
		t.Errorf("%+v", w.binding.rules)
	}
	for _, bad := range []string{"/baocao kyhan 31/02 31/12 1 1 1 luu", "/baocao kyhan 1 2", "/baocao kyhan 30/06 31/12 10 10 1000 luu"} {
		w.wants(w.says(leader, bad), leader, "Không đặt được")
	}
	w.wants(w.taps(clerk, "baocao|kyhan|3006|3112|1|1|1|luu"), clerk, "Không tìm thấy")
}

// A template is downloaded, sent back, used, and given up.
func TestReportTemplateOnThePhone(t *testing.T) {
	t.Parallel()
	w := setup(t)
	shown := w.on(clerk, w.says(clerk, "/baocao"), "baocao|mau")
	w.wants(shown, clerk, "mẫu có sẵn")
	if got := w.on(clerk, shown, "baocao|mau|tai"); len(got) == 0 || got[len(got)-1].file == nil || got[len(got)-1].file.Name != "mau-bao-cao-0.docx" {
		t.Errorf("%+v", got)
	}
	send := func(chat int64) {
		w.update(chat, map[string]any{"update_id": 1, "message": map[string]any{"message_id": 7, "chat": map[string]any{"id": chat, "type": "private"}, "from": map[string]any{"id": chat}, "document": map[string]any{"file_id": "a", "file_unique_id": "a"}}})
	}
	send(clerk) // nobody asked for it
	w.on(clerk, shown, "baocao|mau|gui")
	send(clerk)
	if len(w.binding.offered) != 1 {
		t.Errorf("%d templates are taken", len(w.binding.offered))
	}
	shown = w.taps(clerk, "baocao|mau|dung|3")
	w.wants(shown, clerk, "mẫu của phường, bản 3")
	w.wants(w.on(clerk, shown, "baocao|mau|goc"), clerk, "Đã về mẫu có sẵn")
	w.wants(w.taps(police, "baocao|mau"), police, "Không tìm thấy")
}

// Reminders go to the units whose part is missing and to who merges.
func TestReportReminders(t *testing.T) {
	t.Parallel()
	w := setup(t)
	r := cases.WardReport{ID: 1, Type: cases.Half1, Year: 2026, Due: cases.Day{Year: 2026, Month: 7, Day: 10}, Parts: []cases.ReportPart{{Unit: cases.Officer, Returned: w.now}, {Unit: cases.Police}, {Unit: cases.Health, Returned: w.now}}}
	got := map[int64]string{}
	for _, reply := range staffcmds.RemindOfReport(w.staff, cases.ReportReminder{Report: r, Mark: 7}) {
		got[reply.Chat] = reply.Lines[0].Key
	}
	if len(got) != 3 || got[police] != "baocao.remind.unit" || got[clerk] != "baocao.remind.merge" || got[officer] != "baocao.remind.merge" {
		t.Errorf("%v", got)
	}
}
