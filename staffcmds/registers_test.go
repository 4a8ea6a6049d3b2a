package staffcmds_test

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tinbao/cases"
	"tinbao/locale"
)

func (f *fake) present() (list []cases.RegisterEntry) {
	for _, versions := range f.ledger {
		list = append(list, (*versions)[0])
	}
	return list
}

func (f *fake) Registers(_ context.Context, p cases.Period) (cases.FieldValues, error) {
	return cases.Totals(f.present(), p), f.fault
}

func (f *fake) RegisterEntries(_ context.Context, p cases.Period, form string) (list []cases.RegisterEntry, _ error) {
	r, err := cases.RegisterOf(form)
	for _, e := range f.present() {
		if err == nil && r.Behind(e, p) {
			list = append(list, e)
		}
	}
	return list, err
}

func (f *fake) RegisterPage(_ context.Context, form string, page, size int) (list []cases.RegisterEntry, total int, _ error) {
	for _, e := range slices.Backward(f.present()) {
		if e.Form == form {
			list = append(list, e)
		}
	}
	total = len(list)
	return list[min(page*size, total):min((page+1)*size, total)], total, f.fault
}

func (f *fake) RegisterHistory(_ context.Context, id int) ([]cases.RegisterEntry, error) {
	if id < 1 || id > len(f.ledger) {
		return nil, cases.Fail(cases.NotFound, "")
	}
	return *f.ledger[id-1], f.fault
}

func (f *fake) PutRegisterEntry(_ context.Context, by cases.Staff, e cases.RegisterEntry) (cases.RegisterEntry, error) {
	if e.ID == 0 {
		f.ledger = append(f.ledger, &[]cases.RegisterEntry{})
		e.ID = len(f.ledger)
	}
	versions := f.ledger[e.ID-1]
	if e.Version != len(*versions) {
		return e, cases.Fail(cases.Conflict, "")
	}
	e.Version++
	e.At, e.By = f.now, by.Name
	*versions = append([]cases.RegisterEntry{e}, *versions...)
	return e, f.fault
}

// written puts an entry into the registers.
func (f *fake) written(form string, answers cases.Answers) cases.RegisterEntry {
	e, _ := f.PutRegisterEntry(context.Background(), cases.Staff{Name: "Cô Hạnh"}, cases.RegisterEntry{Form: form, Answers: answers})
	return e
}

func session() cases.Answers {
	return cases.Answers{"day": "2026-03-12", "form": "direct", "audience": "residents", "sessions": "1", "attendance": "400", "leaflets": "100", "topic": "Nhà văn hóa tổ 3"}
}

var clerk = chatOf(cases.Clerk)

// reads fails unless a chat is shown each of the words, on buttons too.
func (w *ward) reads(shown []call, chat int64, words ...string) {
	w.t.Helper()
	all := texts(shown, chat)
	for _, c := range shown {
		all += "\n" + strings.Join(c.labels, "\n")
	}
	for _, word := range words {
		if !strings.Contains(all, word) {
			w.t.Errorf("chat %d does not read %q in %q", chat, word, all)
		}
	}
}

// Every question, answer and hint of every register has its text, and no hint is without
// its question.
func TestRegistersHaveTheirTexts(t *testing.T) {
	t.Parallel()
	hints := map[string]bool{}
	for _, r := range cases.Registers {
		name := "register." + r.Key
		needs(t, name)
		for _, q := range r.Questions {
			needs(t, name+"."+q.Key, "registers.how."+string(q.Type))
			for _, c := range q.Choices {
				needs(t, name+"."+q.Key+"."+c)
			}
			if hint := name + "." + q.Key + ".hint"; q.Hint {
				needs(t, hint)
				hints[hint] = true
			}
		}
	}
	for _, key := range (locale.Catalogue{}).Keys() {
		if strings.HasPrefix(key, "register.") && strings.HasSuffix(key, ".hint") && !hints[key] {
			t.Errorf("nobody asks for %s", key)
		}
	}
	needs(t, "registers.said.yes", "registers.said.no", "registers.count", "registers.money")
	for _, span := range []string{"ky", "nam", "tatca"} {
		needs(t, "registers.span."+span)
	}
}

// A session of communication from the first question to the card: choices by buttons,
// numbers typed, a word in place of a number, one question skipped, one answered anew.
func TestFillARegister(t *testing.T) {
	t.Parallel()
	w := setup(t)
	shown := w.on(officer, w.says(officer, "/so"), "so|communication")
	w.reads(shown, officer, "Truyền thông</b>: 0 mục")
	shown = w.on(officer, shown, "so|communication|moi")
	w.reads(shown, officer, "(0/8)", "❓ <b>Ngày", "Hôm qua")
	w.reads(w.says(officer, "30/5"), officer, "(1/8)", "30/05/2025") // the last day of that name
	shown = w.taps(officer, "so|=|.|<")
	w.reads(shown, officer, "(0/8)")
	shown = w.on(officer, shown, "so|=|day|2026-05-27")
	w.reads(shown, officer, "27/05/2026", "Hình thức")
	shown = w.on(officer, shown, "so|=|form|direct")
	shown = w.on(officer, shown, "so|=|audience|residents")
	shown = w.on(officer, shown, "so|=|sessions|1")
	w.reads(shown, officer, "❓ <b>Số người dự", "Gõ một số")
	shown = w.says(officer, "bốn mươi")
	w.reads(shown, officer, "Hãy gửi một số, ví dụ 40", "(4/8)")
	if !shown[1].edit || shown[0].method != "deleteMessages" && shown[0].method != "deleteMessage" {
		t.Errorf("what was typed stays, or the question is sent again: %+v", shown)
	}
	w.says(officer, "400")
	shown = w.says(officer, "1.100")
	w.reads(shown, officer, "Tờ rơi, tài liệu đã phát: 1.100", "Duy trì thường xuyên")
	w.on(officer, shown, "so|=|regular|-")
	shown = w.says(officer, "Nhà văn hóa <tổ 3>")
	w.reads(shown, officer, "Nhà văn hóa &lt;tổ 3&gt;", "bấm <b>Gửi", "Duy trì thường xuyên: —")
	if len(w.ledger) != 0 {
		t.Fatal("kept before it was sent")
	}
	shown = w.on(officer, w.on(officer, shown, "so|=|.|~"), "so|=|.|~|attendance")
	w.reads(shown, officer, "❓ <b>Số người dự")
	shown = w.says(officer, "40")
	w.reads(w.on(officer, shown, "so|=|.|ok"), officer, "✅ Đã ghi.", "Số người dự: 40", "Bản 1")
	want := cases.Answers{"day": "2026-05-27", "form": "direct", "audience": "residents", "sessions": "1", "attendance": "40", "leaflets": "1100", "topic": "Nhà văn hóa <tổ 3>"}
	if got := w.present()[0].Answers; !maps.Equal(got, want) {
		t.Errorf("%v", got)
	}
	if w.drafts[officer] != nil {
		t.Error("the entry is still open")
	}
	w.reads(w.taps(officer, "so|communication"), officer, "1 mục")
}

// An entry is corrected, voided with a reason, and tells what it was.
func TestCorrectAndVoid(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.written("communication", session())
	card := w.on(officer, w.taps(officer, "so|communication"), "so|e1")
	w.reads(card, officer, "Số người dự: 400", "12/03/2026")
	w.on(officer, w.on(officer, card, "so|e1|sua"), "so|=|.|~|attendance")
	shown := w.on(officer, w.says(officer, "40"), "so|=|.|ok")
	w.reads(shown, officer, "Số người dự: 40", "Bản 2")
	w.reads(w.on(officer, shown, "so|e1|nhatky"), officer, "Số người dự: 400 → 40", "Cô Hạnh", "Ghi mới")
	// nothing was changed: no version
	w.reads(w.on(officer, w.on(officer, w.on(officer, shown, "so|e1|sua"), "so|=|.|?"), "so|=|.|ok"), officer, "Không có gì thay đổi", "Bản 2")
	// somebody else was faster
	w.on(officer, card, "so|e1|bo|v1")
	if len(*w.ledger[0]) != 2 {
		t.Error("an old card voids the entry")
	}
	shown = w.on(officer, shown, "so|e1|bo|v2")
	w.reads(shown, officer, "vì sao")
	w.says(officer, strings.Repeat("x", cases.RegisterWords+1))
	shown = w.says(officer, "Ghi hai lần")
	w.reads(shown, officer, "Đã bỏ", "Ghi hai lần", "Bản 3")
	w.reads(w.taps(officer, "so|e1|nhatky"), officer, "Đã bỏ", "400 → 40")
	w.reads(w.taps(officer, "so|communication"), officer, "🗑 12/03/2026")
	if strings.Contains(texts(shown, officer), "Sửa") || !w.present()[0].Void {
		t.Error("a void entry is corrected")
	}
	w.taps(officer, "so|e1|sua|v3")
	if w.drafts[officer] != nil {
		t.Error("a void entry is open for correction")
	}
}

// Of two who correct one entry the second is told.
func TestCorrectionAfterCorrection(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.written("communication", session())
	for _, chat := range []int64{officer, clerk} {
		w.on(chat, w.on(chat, w.taps(chat, "so|e1"), "so|e1|sua"), "so|=|.|~|attendance")
		w.says(chat, "4"+strconv.FormatInt(chat, 10))
	}
	w.taps(officer, "so|=|.|ok")
	w.reads(w.taps(clerk, "so|=|.|ok"), clerk, "người khác", "Bản 2")
	if len(*w.ledger[0]) != 2 {
		t.Error("the second took the place of the first")
	}
}

// The registers of the police are no one else's; a role without a register reads totals.
func TestWhoFindsWhichRegister(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.written("results", cases.Answers{"day": "2026-03-12", "kind": "licence", "licences": "1", "note": "quán trên phố"})
	for _, role := range cases.Roles {
		chat := chatOf(role)
		if !role.MayAny(cases.FillRegisters, cases.SeeFigures) {
			continue
		}
		for _, r := range cases.Registers {
			reads, fills := r.ReadBy(role), r.FilledBy(role)
			list := texts(w.taps(chat, "so|"+r.Key), chat)
			if strings.Contains(list, "mới nhất trước") != reads {
				t.Errorf("%s reads %s: %q", role, r.Key, list)
			}
			begun := texts(w.taps(chat, "so|"+r.Key+"|moi"), chat)
			if strings.Contains(begun, "❓") != fills {
				t.Errorf("%s fills %s: %q", role, r.Key, begun)
			}
			w.DropDraft()
		}
		card := texts(w.taps(chat, "so|e1"), chat)
		if strings.Contains(card, "quán trên phố") != slices.Contains([]cases.Role{cases.Police, cases.Leader, cases.Clerk}, role) {
			t.Errorf("%s reads a result: %q", role, card)
		}
		w.taps(chat, "so|e1|bo|v1")
		w.DropDraft()
		w.reads(w.taps(chat, "so|tong|nam"), chat, "Giấy phép bị tước, đình chỉ: 1")
	}
	if len(*w.ledger[0]) != 1 {
		t.Error("somebody changed it")
	}
	w.reads(w.says(chatOf(cases.Observer), "/so"), chatOf(cases.Observer), "Số liệu các sổ")
	w.reads(w.says(leader, "/so"), leader, "Chọn sổ")
}

// Totals are of the half-year, the year, or all since the plan began, and marked.
func TestRegisterTotals(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.now = w.now.AddDate(1, 0, 0) // May 2027
	w.awake()
	w.written("communication", session()) // March 2026
	w.written("communication", cases.Answers{"day": "2027-02-02", "form": "school", "sessions": "2", "attendance": "1200", "regular": "yes"})
	w.written("budget", cases.Answers{"day": "2027-02-02", "kind": "spent", "source": "ward", "amount": "12500000"})
	w.written("taskforce", cases.Answers{"day": "2026-02-02", "taskforce": "yes"})
	w.written("training", cases.Answers{"day": "2027-02-02", "staff": "40", "updated": "30"})
	w.written("remarks", cases.Answers{"day": "2027-02-02", "kind": "proposals", "words": "Tăng kinh phí"})
	shown := w.taps(leader, "so|tong")
	w.reads(shown, leader, "01/01/2027 đến 30/06/2027", "✍️ Buổi, lượt truyền thông: 2", "Lượt người tham dự: 1.200", "thường xuyên: Có", "12.500.000 đ", "Tổ công tác liên ngành (Đội Kiểm tra liên ngành 178): Có · 02/02/2026", "30/40 (75%)", "Tăng kinh phí")
	if strings.Contains(texts(shown, leader), "trực tiếp") {
		t.Error("a field nobody gave is shown among the given")
	}
	w.reads(w.on(leader, shown, "so|tong|tatca"), leader, "01/01/2026 đến 31/12/2027", "Buổi, lượt truyền thông: 3")
	w.reads(w.on(leader, shown, "so|tong|ky|B"), leader, "trực tiếp: 0", "tại trường học: 2")
	w.reads(w.on(leader, shown, "so|tong|ky|H"), leader, "⚙️ Yêu cầu hỗ trợ đã tiếp nhận: xem /thongke", "✍️ Người được truyền thông giảm hại: 0")
	w.now = w.now.AddDate(0, 2, 0) // July
	w.awake()
	w.reads(w.taps(leader, "so|tong"), leader, "01/07/2027 đến 31/12/2027")
	w.now = w.now.AddDate(0, 6, 0)
	w.awake()
	w.ledger = nil
	w.reads(w.taps(leader, "so|tong|nam"), leader, "Chưa có số liệu")
}

// Figures lead to the entries behind them, for whoever reads the register.
func TestFiguresLeadToEntries(t *testing.T) {
	t.Parallel()
	w := setup(t)
	for range 8 {
		w.written("communication", session())
	}
	old := session()
	old["day"] = "2025-03-12"
	w.written("communication", old)
	shown := w.taps(leader, "so|tong|nam|B")
	shown = w.on(leader, shown, "so|communication|nam")
	w.reads(shown, leader, "8 mục tính vào số liệu từ 01/01/2026 đến 31/12/2026", "1/2")
	shown = w.on(leader, shown, "so|communication|nam|2")
	w.reads(w.on(leader, shown, "so|e"), leader, "Nhà văn hóa")
	w.reads(w.on(leader, shown, "so|tong|nam|B"), leader, "Buổi, lượt truyền thông: 8")
	observer := chatOf(cases.Observer)
	for _, c := range w.taps(observer, "so|tong|nam|B") {
		if slices.Contains(c.actions, "so|communication|nam") {
			t.Error("a list for somebody who reads totals only")
		}
	}
	w.reads(w.taps(observer, "so|communication|nam"), observer, "Không có lệnh này")
}

// A hot spot is cleared from its card with a button and a day.
func TestClearAHotSpot(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.written("hotspots", cases.Answers{"kind": "hotspot", "place": "Cuối đường Hòa Bình", "day": "2026-02-02"})
	shown := w.on(police, w.taps(police, "so|e1"), "so|e1|sua|v1|cleared")
	w.reads(shown, police, "❓ <b>Ngày xóa điểm", "Bỏ qua nếu vẫn còn")
	shown = w.on(police, w.says(police, "1/5"), "so|=|.|ok")
	w.reads(shown, police, "thôi theo dõi: 01/05/2026", "Bản 2")
	if strings.Contains(strings.Join(shown[len(shown)-1].labels, " "), "✅") {
		t.Error("a spot is cleared again")
	}
	w.reads(w.taps(leader, "so|tong|ky|G"), leader, "mới phát sinh: 1", "đã chuyển hóa: 1", "cuối kỳ: 0")
}

// Buttons of an entry that is no longer open, of an earlier question, and words after the
// last answer do no harm.
func TestStrayAnswers(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.reads(w.taps(officer, "so|=|form|direct"), officer, "không còn mở", "Chọn sổ")
	w.reads(w.taps(officer, "so|="), officer, "không còn mở")
	w.taps(officer, "so|meetings|moi")
	w.taps(officer, "so|=|day|2026-05-27")
	w.reads(w.taps(officer, "so|=|day|2026-05-26"), officer, "27/05/2026", "Số cuộc họp")
	w.reads(w.taps(officer, "so|="), officer, "Số cuộc họp")
	w.reads(w.says(officer, "0"), officer, "Ít nhất là 1")
	w.says(officer, "2")
	w.taps(officer, "so|=|title|-")
	w.reads(w.says(officer, "thêm nữa"), officer, "Hãy bấm Gửi")
	w.reads(w.taps(officer, "so|=|.|x"), officer, "Cuộc họp</b>: 0 mục")
	if w.drafts[officer] != nil || len(w.ledger) != 0 {
		t.Error("a cancelled entry is kept")
	}
	w.taps(officer, "so|training|moi")
	w.taps(officer, "so|=|day|2026-05-27")
	for _, key := range []string{"staff", "updated", "city", "topic"} {
		w.taps(officer, "so|=|"+key+"|-")
	}
	w.reads(w.taps(officer, "so|=|.|ok"), officer, "ít nhất một số")
	w.reads(w.says(officer, "/so nothing"), officer, "Chọn sổ")
	w.reads(w.says(officer, "/so e9"), officer, "Không tìm thấy")
	w.says(officer, "/so meetings moi") // typed from the first
	w.reads(w.says(officer, "hôm nay"), officer, "28/05/2026")
}

// The list has pages, and another command ends what was being filled.
func TestRegisterPages(t *testing.T) {
	t.Parallel()
	w := setup(t)
	for range 7 {
		w.written("budget", cases.Answers{"day": "2026-03-12", "kind": "spent", "source": "raised", "amount": "2000000"})
	}
	shown := w.taps(officer, "so|budget")
	w.reads(shown, officer, "7 mục", "12/03/2026 · Đã chi · 2.000.000 đ", "1/2")
	w.reads(w.on(officer, shown, "so|budget|2"), officer, "2/2")
	w.taps(officer, "so|budget|moi")
	w.says(officer, "/viec")
	if w.drafts[officer] != nil {
		t.Error("the entry is still open")
	}
}

// An answer that was typed on a phone that had locked itself is taken once the PIN is
// right and its owner says so, with all answers before it.
func TestEntryGoesOnBehindTheGate(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.taps(officer, "so|meetings|moi")
	w.taps(officer, "so|=|day|2026-05-27")
	w.idle(officer, "260611")
	w.reads(w.says(officer, "3"), officer, "Nhập mã PIN")
	w.dial(officer, "260611")
	w.reads(w.taps(officer, "pin|go"), officer, "Ngày họp: 27/05/2026", "Số cuộc họp: 3", "❓ <b>Nội dung")
	w.idle(officer, "260611")
	w.says(officer, "Giao ban")
	w.says(officer, "260611")
	w.reads(w.taps(officer, "pin|go"), officer, "Nội dung: Giao ban", "bấm <b>Gửi")
	w.idle(officer, "260611")
	w.taps(officer, "so|=|.|ok")
	w.dial(officer, "260611")
	w.reads(w.taps(officer, "pin|go"), officer, "✅ Đã ghi.")
	if len(w.ledger) != 1 {
		t.Error(len(w.ledger), "entries")
	}
}
