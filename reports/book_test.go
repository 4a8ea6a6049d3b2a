package reports_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"tinbao/cases"
	"tinbao/reports"
)

var register = cases.EstablishmentRegister{Lists: cases.DefaultLists(), Hamlets: []string{
	"Tổ dân phố 1", "Tổ dân phố 2", "Tổ dân phố 3", "Tổ dân phố 4", "Tổ dân phố 5", "Tổ dân phố 6", "Tổ dân phố 7", "Tổ dân phố Đồng Mai",
}}

// workbook is an .xlsx file under way.
type workbook struct {
	*excelize.File
	t *testing.T
}

func newWorkbook(t *testing.T, first string) workbook {
	t.Helper()
	w := workbook{excelize.NewFile(), t}
	t.Cleanup(func() { w.Close() })
	w.must(w.SetSheetName("Sheet1", first))
	return w
}

func (w workbook) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// rows writes rows from one on; "" is no cell at all.
func (w workbook) rows(sheet string, from int, rows ...[]any) workbook {
	w.t.Helper()
	if i, err := w.GetSheetIndex(sheet); err != nil || i < 0 {
		_, err := w.NewSheet(sheet)
		w.must(err)
	}
	for n, row := range rows {
		for i, cell := range row {
			if cell == "" {
				continue
			}
			name, err := excelize.CoordinatesToCellName(i+1, from+n)
			w.must(err)
			w.must(w.SetCellValue(sheet, name, cell))
		}
	}
	return w
}

func (w workbook) format(sheet, cell, format string) workbook {
	w.t.Helper()
	style, err := w.NewStyle(&excelize.Style{CustomNumFmt: &format})
	w.must(err)
	w.must(w.SetCellStyle(sheet, cell, cell, style))
	return w
}

func (w workbook) merge(sheet, from, to string) workbook {
	w.t.Helper()
	w.must(w.MergeCell(sheet, from, to))
	return w
}

func (w workbook) bytes() []byte {
	w.t.Helper()
	var out bytes.Buffer
	w.must(w.Write(&out))
	return out.Bytes()
}

func of(cells ...any) []any { return cells }

var head = of("STT", "Tên cơ sở", "Loại hình", "Tổ dân phố", "Địa chỉ", "Điện thoại", "Số giấy phép")

// entry is a row under head.
func entry(n any, name string) []any {
	return of(n, name, "Nhà nghỉ", "5", "Ngõ 7", "0912000200", "")
}

// short is what a preview says: entries with their parts, faults, and what was passed over.
func short(p cases.ImportPreview) (all []string) {
	for _, r := range p.Rows {
		all = append(all, fmt.Sprintf("%d %s|%s|%d|%s|%s|%s|%s", r.Row, r.Name, r.Type, r.Hamlet, r.Address, r.Phone, r.Licence, r.Owner))
	}
	for _, f := range p.Faults {
		all = append(all, fmt.Sprintf("! %s %s %s %q", f.Cell, f.Column, f.Fault, f.Value))
	}
	for _, kind := range cases.PassedKinds {
		if n := p.Passed[kind]; n > 0 {
			all = append(all, fmt.Sprintf("- %s %d", kind, n))
		}
	}
	if len(p.Others) > 0 {
		all = append(all, "others "+strings.Join(p.Others, ", "))
	}
	if len(p.Lists) > 0 {
		all = append(all, "lists "+strings.Join(p.Lists, ", "))
	}
	if len(p.Unused) > 0 {
		all = append(all, "unused "+strings.Join(p.Unused, ", "))
	}
	for what, n := range map[string]int{"zeros": p.Zeros, "converted": p.Converted} {
		if n > 0 {
			all = append(all, fmt.Sprintf("%s %d", what, n))
		}
	}
	slices.Sort(all[len(p.Rows)+len(p.Faults):])
	return all
}

func preview(t *testing.T, body []byte) cases.ImportPreview {
	t.Helper()
	book, err := reports.ReadBook(body)
	if err != nil {
		t.Fatal(err)
	}
	p, err := register.Compare(book)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

const a1 = "2 Hoa Sữa|guesthouse|5|Ngõ 7|0912000200||"

// Workbooks as offices keep them. Every row of a list is an entry, a fault, or counted as
// passed over; nothing vanishes.
func TestWorkbooksOfOffices(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		make func(w workbook)
		want []string
	}{
		"plain": {func(w workbook) { w.rows("DS", 1, head, entry(1, "Hoa Sữa")) }, []string{a1}},
		"a cover before the list": {func(w workbook) {
			w.rows("DS", 1, of("UBND PHƯỜNG YÊN NGHĨA"), of("DANH SÁCH CƠ SỞ NĂM 2026")).rows("Biểu 1", 1, head, entry(1, "Hoa Sữa"))
		}, []string{a1, "others DS"}},
		"a hidden sheet first": {func(w workbook) {
			w.rows("DS", 1, head, entry(1, "Cũ")).rows("Mới", 1, head, entry(1, "Hoa Sữa"))
			w.SetActiveSheet(1)
			w.must(w.SetSheetVisible("DS", false, true))
		}, []string{a1, "lists DS"}},
		"only the hidden sheet has a list": {func(w workbook) {
			w.rows("DS", 1, head, entry(1, "Hoa Sữa")).rows("Bìa", 1, of("bìa"))
			w.SetActiveSheet(1)
			w.must(w.SetSheetVisible("DS", false))
		}, []string{a1, "others Bìa"}},
		"an empty form before the list": {func(w workbook) {
			w.rows("DS", 1, head).rows("Tháng 11", 1, head, entry(1, "Hoa Sữa"))
		}, []string{a1, "others DS"}},
		"two lists, the longer one is read": {func(w workbook) {
			w.rows("DS", 1, head, entry(1, "Một")).rows("TDP 2", 1, head, entry(1, "Hoa Sữa"), entry(2, "Hai"))
		}, []string{a1, "3 Hai|guesthouse|5|Ngõ 7|0912000200||", "lists DS"}},
		"a long title": {func(w workbook) {
			for i := range 14 {
				w.rows("DS", i+1, of("", "Dòng tiêu đề"))
			}
			w.rows("DS", 15, head, entry(1, "Hoa Sữa"))
		}, []string{"16" + a1[1:]}},
		"merged hamlets": {func(w workbook) {
			w.rows("DS", 1, head, entry(1, "Hoa Sữa"), of(2, "Hai", "Spa", "", "Ngõ 8"), of(3, "Ba", "Spa", "", "Ngõ 9")).merge("DS", "D2", "D4")
		}, []string{a1, "3 Hai|spa|5|Ngõ 8|||", "4 Ba|spa|5|Ngõ 9|||"}},
		"merged types and hamlets over a page": {func(w workbook) {
			w.rows("DS", 1, head, entry(1, "Hoa Sữa"), of(2, "Hai"), of(), of(3, "Ba")).merge("DS", "C2", "C5").merge("DS", "D2", "D5")
		}, []string{a1, "3 Hai|guesthouse|5||||", "5 Ba|guesthouse|5||||"}},
		"a merged title": {func(w workbook) {
			w.rows("DS", 1, of("DANH SÁCH"), of(), head, entry(1, "Hoa Sữa")).merge("DS", "A1", "G2")
		}, []string{"4" + a1[1:]}},
		"heads in two rows": {func(w workbook) {
			w.rows("DS", 1, of("STT", "Tên cơ sở", "Loại hình", "Tổ dân phố", "Liên hệ", "", "Giấy phép", ""), of("", "", "", "", "Họ và tên chủ", "Điện thoại", "Số", "Ngày cấp"),
				of(1, "Hoa Sữa", "Nhà nghỉ", "5", "Bà Tư", "0912000200", "12/GP", "01/02/2024"))
			for _, c := range []string{"A", "B", "C", "D"} {
				w.merge("DS", c+"1", c+"2")
			}
			w.merge("DS", "E1", "F1").merge("DS", "G1", "H1")
		}, []string{"3 Hoa Sữa|guesthouse|5||0912000200|12/GP|Bà Tư", "unused Giấy phép Ngày cấp"}},
		"needed heads in the lower row": {func(w workbook) {
			w.rows("DS", 1, of("STT", "Thông tin cơ sở", "", "Địa bàn cư trú", ""), of("", "Tên", "Loại hình", "Tổ dân phố", "Số nhà, đường"), of(1, "Hoa Sữa", "Nhà nghỉ", "5", "Ngõ 7")).
				merge("DS", "B1", "C1").merge("DS", "D1", "E1").merge("DS", "A1", "A2")
		}, []string{"3 Hoa Sữa|guesthouse|5|Ngõ 7|||"}},
		"numbers under the head": {func(w workbook) {
			w.rows("DS", 1, head, of("(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"), entry(1, "Hoa Sữa"))
		}, []string{"3" + a1[1:], "- head 1"}},
		"letters under the head": {func(w workbook) {
			w.rows("DS", 1, head, of("A", "B", "C", 1, 2, 3, 4), entry(1, "Hoa Sữa"))
		}, []string{"3" + a1[1:], "- head 1"}},
		"the head on every page": {func(w workbook) { w.rows("DS", 1, head, entry(1, "Hoa Sữa"), head, entry(2, "Hai")) }, []string{a1, "4 Hai|guesthouse|5|Ngõ 7|0912000200||", "- head 1"}},
		"heads with line breaks, brackets and capitals": {func(w workbook) {
			w.rows("DS", 1, of("TT", "TÊN CƠ SỞ\n(theo biển hiệu)", "Loại hình\nkinh doanh", "T.D.P", "ĐỊA CHỈ*", "SĐT"), of(1, "Hoa Sữa", "Nhà nghỉ", "5", "Ngõ 7", "0912000200"))
		}, []string{a1}},
		"sections, a total and signatures": {func(w workbook) {
			w.rows("DS", 1, head, entry(1, "Hoa Sữa"), of("II", "KARAOKE"), of(2, "Sao", "Karaoke", "5"), of("", "Tổng cộng: 02 cơ sở"), of(),
				of("", "", "", "", "Yên Nghĩa, ngày 30 tháng 11 năm 2026"), of("", "NGƯỜI LẬP BIỂU", "", "", "TRƯỞNG CÔNG AN PHƯỜNG"), of("", "(Ký, ghi rõ họ tên)"), of(), of("", "Nguyễn Văn A", "", "", "Trần Văn B"))
		}, []string{a1, "4 Sao|karaoke|5||||", "- section 1", "- signature 4", "- total 1"}},
		"sections without numbers": {func(w workbook) {
			w.rows("DS", 1, of("Tên", "Loại hình", "TDP"), of("Nhà nghỉ"), of("Hoa Sữa", "Nhà nghỉ", 5), of("TỔ DÂN PHỐ 6"), of("B. Cơ sở khác:"), of("Sao", "Spa", 6)).merge("DS", "A2", "C2")
		}, []string{"3 Hoa Sữa|guesthouse|5||||", "6 Sao|spa|6||||", "- section 3"}},
		"totals in the first column": {func(w workbook) {
			w.rows("DS", 1, head, entry(1, "Hoa Sữa"), of("Cộng", "", "", 1), of("TỔNG SỐ", "", "", "", 2)).merge("DS", "A3", "C3")
		}, []string{a1, "- total 2"}},
		"a name that begins like a total": {func(w workbook) {
			w.rows("DS", 1, head, of(1, "Cộng Cà phê", "Quán cà phê", "5"), of(2, "Tổng kho bia", "", "5"), of(3, "Chủ tịch quán", "Quán bia", 6))
		}, []string{"2 Cộng Cà phê|cafe|5||||", "4 Chủ tịch quán|beer|6||||", `! C3 type missing ""`}},
		"a name alone with a number is a fault": {func(w workbook) { w.rows("DS", 1, head, entry(1, "Hoa Sữa"), of(2, "QUÁN HAI")) }, []string{a1, `! C3 type missing ""`, `! D3 hamlet missing ""`}},
		"an entry behind the signatures": {func(w workbook) {
			w.rows("DS", 1, head, entry(1, "Hoa Sữa"), of("", "Người lập biểu"), of("", "Lê Thị C"), of("", "Bổ sung", "Spa", "6"))
		}, []string{a1, "5 Bổ sung|spa|6||||", "- signature 2"}},
		"another date, and no numbers": {func(w workbook) {
			w.rows("DS", 1, of("Tên", "Loại hình", "Tổ"), of("Hoa\u00ad Sữa", "Nhà nghỉ", 5), of("Tổng"), of("Hà Nội, ngày 5/11/2026"), of("KT. CHỦ TỊCH"), of("Nguyễn Văn A"))
		}, []string{"2 Hoa Sữa|guesthouse|5||||", "- signature 3", "- total 1"}},
		"a head and its section in an appendix": {func(w workbook) {
			w.rows("DS", 1, of("PHỤ LỤC"), of("TT", "Tên cơ sở kinh doanh", "Loại hình kinh doanh", "Địa chỉ", "", "Chủ cơ sở", ""), of("", "", "", "Số nhà", "Tổ dân phố", "Họ tên", "SĐT"), of("A", "B", "C", 1, 2, 3, 4),
				of("I", "Nhóm nhà nghỉ"), of("1.", "Hoa Sữa", "Nhà nghỉ", "Ngõ 7", "TDP số 5", "Tư", 912000200), of("", "Cộng nhóm", "", "", "", "", 1))
		}, []string{"6 Hoa Sữa|guesthouse|5|Ngõ 7|0912000200||Tư", "- head 1", "- section 1", "- total 1", "zeros 1"}},
		"notes below": {func(w workbook) {
			w.rows("DS", 1, head, entry(1, "Hoa Sữa"), of("", "Ghi chú: số liệu đến 30/11"), of("* gồm cả cơ sở tạm nghỉ"))
		}, []string{a1, "- section 2"}},
		"hidden rows": {func(w workbook) {
			w.rows("DS", 1, head, entry(1, "Hoa Sữa"), entry(2, "Ẩn"), entry(3, "Ba"))
			w.must(w.SetRowVisible("DS", 3, false))
		}, []string{a1, "4 Ba|guesthouse|5|Ngõ 7|0912000200||", "- hidden 1"}},
		"a phone kept as a number, shown with its zero": {func(w workbook) {
			w.rows("DS", 1, head, of(1, "Hoa Sữa", "Nhà nghỉ", 5, "Ngõ 7", 912000200)).format("DS", "F2", "0000000000")
		}, []string{a1}},
		"a phone kept as a number": {func(w workbook) { w.rows("DS", 1, head, of(1, "Hoa Sữa", "Nhà nghỉ", 5, "Ngõ 7", 912000200)) }, []string{a1, "zeros 1"}},
		"a phone with groups": {func(w workbook) {
			w.rows("DS", 1, head, of(1, "Hoa Sữa", "Nhà nghỉ", 5, "Ngõ 7", 912000200)).format("DS", "F2", "#,##0")
		}, []string{a1, "zeros 1"}},
		"a phone that is shortened": {func(w workbook) {
			w.rows("DS", 1, head, of(1, "Hoa Sữa", "Nhà nghỉ", 5, "Ngõ 7", 912000200, 109000111222)).format("DS", "F2", "0.00E+00")
		}, []string{"2 Hoa Sữa|guesthouse|5|Ngõ 7|0912000200|109000111222|", "zeros 1"}},
		"two phones stay as they are": {
			func(w workbook) {
				w.rows("DS", 1, head, of(1, "Hoa Sữa", "Nhà nghỉ", 5, "Ngõ 7", "0912000200 - 0243.123.456"))
			},
			[]string{"2 Hoa Sữa|guesthouse|5|Ngõ 7|0912000200 - 0243.123.456||"},
		},
		"hamlets in many ways": {func(w workbook) {
			w.rows("DS", 1, head, of(1, "a", "Spa", "5.0"), of(2, "b", "Spa", "TDP05"), of(3, "c", "Spa", "Tổ V"), of(4, "d", "Spa", 5.0), of(5, "e", "Spa", "Tổ dân phố số 5"), of(6, "f", "Spa", "ÐỒNG MAI"), of(7, "g", "Spa", "tổ 50")).
				format("DS", "D5", "0.00")
		}, []string{"2 a|spa|5||||", "3 b|spa|5||||", "4 c|spa|5||||", "5 d|spa|5||||", "6 e|spa|5||||", "7 f|spa|8||||", `! D8 hamlet unknown "tổ 50"`}},
		"failed formulas": {func(w workbook) {
			w.rows("DS", 1, head, of(1, "#N/A", "Spa", "5"), of(2, "Hai", "#REF!", "5"), of(3, "Ba", "Spa", "#VALUE!"), of(4, "Bốn", "Spa", 5, "#N/A", "Err:502"))
		}, []string{
			`! B2 name error "#N/A"`, `! C3 type error "#REF!"`, `! D4 hamlet error "#VALUE!"`, `! E5 address error "#N/A"`, `! F5 phone error "Err:502"`,
		}},
		"TCVN3": {func(w workbook) {
			w.rows("DS", 1, of("STT", "Tªn c¬ së", "Lo¹i h×nh", "Tæ d©n phè", "§Þa chØ"), of(1, "Nhµ nghØ H\u00ad¬ng Sen", "Nhµ nghØ", "5", "Ngâ 12 phè ChÝnh"), of(2, "QU¸N BIA Hµ NéI", "Quán bia", "6", "Nguyễn Huệ"))
		}, []string{"2 Nhà nghỉ Hương Sen|guesthouse|5|Ngõ 12 phố Chính|||", "3 QUÁN BIA HÀ NỘI|beer|6|Nguyễn Huệ|||", "converted 8"}},
		"VNI": {func(w workbook) {
			w.rows("DS", 1, head, of(1, "Nhaø nghæ Höông Sen", "Nhaø nghæ", "5", "Ngoõ 12 ñöôøng Nguyeãn Hueä"))
		}, []string{"2 Nhà nghỉ Hương Sen|guesthouse|5|Ngõ 12 đường Nguyễn Huệ|||", "converted 3"}},
		"UTF-8 taken for Windows": {func(w workbook) {
			w.rows("DS", 1, head, of(1, "NhÃ\u00a0 nghá»‰ SÃ´ng Ä\u0090Ã\u00a0", "Spa", "5"))
		}, []string{"2 Nhà nghỉ Sông Đà|spa|5||||", "converted 1"}},
		"an alphabet that is not known": {
			func(w workbook) {
				w.rows("DS", 1, head, of(1, "Nh§¶ ngh¼¾½", "Spa", "5"), of(2, "Qu\ufffdn", "Spa", "5"))
			},
			[]string{`! B2 name letters "Nh§¶ ngh¼¾½"`, `! B3 name letters "Qu�n"`},
		},
		"right texts of Western letters stay": {func(w workbook) {
			w.rows("DS", 1, head, of(1, "Hà Nam Ngâu", "Spa", "5", "Lê Lai, số 8×14 m²"), of(2, "Café Crème", "Spa", "5", "Đông Đô"), of(3, "Karaoke Ðông Ðô", "Karaoke", "5"))
		}, []string{"2 Hà Nam Ngâu|spa|5|Lê Lai, số 8×14 m²|||", "3 Café Crème|spa|5|Đông Đô|||", "4 Karaoke Đông Đô|karaoke|5||||"}},
		"another Đ and separate marks": {func(w workbook) {
			w.rows("DS", 1, of("STT", "Tên cơ sở", "Loại hình", "Tô\u0309 dân phô\u0301", "Ðịa chỉ", "Ðiện thoại"), of(1, "Nhà nghỉ Ðông Ðô", "Nhà nghỉ", "5", "Ðường 6", "0912000200"), of(2, "Nhà nghỉ Đông Đô", "Nhà nghỉ", "5"))
		}, []string{"2 Nhà nghỉ Đông Đô|guesthouse|5|Đường 6|0912000200||", `! B3 name twice "Nhà nghỉ Đông Đô"`}},
		"columns that are not used": {func(w workbook) {
			w.rows("DS", 1, append(slices.Clone(head), "Ghi chú", "Số phòng"), append(entry(1, "Hoa Sữa"), "gần chợ", 12))
		}, []string{a1, "unused Ghi chú, Số phòng"}},
		"rows behind a long gap": {func(w workbook) { w.rows("DS", 1, head, entry(1, "Hoa Sữa")).rows("DS", 900, entry(2, "Xa")) }, []string{a1, "900 Xa|guesthouse|5|Ngõ 7|0912000200||"}},
		"columns moved to the right": {func(w workbook) {
			w.rows("DS", 3, append(of("", "", ""), head...), append(of("", "", ""), entry(1, "Hoa Sữa")...))
		}, []string{"4" + a1[1:]}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorkbook(t, "DS")
			c.make(w)
			p := preview(t, w.bytes())
			if diff := cmp.Diff(c.want, short(p)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Texts with separators, as Excel and other programs save them.
func TestTextsWithSeparators(t *testing.T) {
	t.Parallel()
	list := "STT;Tên cơ sở;Loại hình;Tổ dân phố;Địa chỉ;Điện thoại\r\n1;Hoa Sữa;Nhà nghỉ;5;Ngõ 7;0912000200\r\n"
	for name, body := range map[string][]byte{
		"semicolons":            []byte(list),
		"a mark of bytes":       []byte("\ufeff" + list),
		"UTF-16":                append([]byte{0xff, 0xfe}, wide(strings.ReplaceAll(list, ";", "\t"))...),
		"UTF-16 without a mark": wide(strings.ReplaceAll(list, ";", "\t")),
		"tabs":                  []byte(strings.ReplaceAll(list, ";", "\t")),
		"commas":                []byte(strings.ReplaceAll(list, ";", ",")),
		"lines of old Macs":     []byte(strings.ReplaceAll(list, "\r\n", "\r")),
		"quotes":                []byte(strings.ReplaceAll(list, "Hoa Sữa", `"Hoa Sữa"`)),
		"TCVN3 of one byte":     []byte("STT;T\xaan c\xac s\xeb;Lo\xb9i h\xd7nh;T\xe6 d\xa9n ph\xe8;\xa7\xdea ch\xd8;\xa7i\xd6n tho\xb9i\n1;Hoa S\xf7a;Nh\xb5 ngh\xd8;5;Ng\xe2 7;0912000200\n"),
		"Windows-1258": []byte("STT;T\xean c\xf5 s\xf5\xd2;Lo\xf2ai h\xccinh;T\xf4\xd2 d\xe2n ph\xf4\xec;\xd0i\xf2a chi\xd2;\xd0i\xea\xf2n thoa\xf2i\n" +
			"1;Hoa S\xfd\xdea;Nha\xcc nghi\xd2;5;Ngo\xde 7;0912000200\n"),
	} {
		if name == "Windows-1258" { // marks stand behind their letters
			body = bytes.ReplaceAll(bytes.ReplaceAll(body, []byte("Lo\xf2ai"), []byte("Loa\xf2i")), []byte("h\xccinh"), []byte("hi\xccnh"))
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := short(preview(t, body))
			got = slices.DeleteFunc(got, func(s string) bool { return strings.HasPrefix(s, "converted") })
			if diff := cmp.Diff([]string{a1}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
	title := "DANH SÁCH;;;\n;;;\nsố liệu, đến ngày, 30/11;;;\n\nTên;Loại hình;TDP;Địa chỉ\nHoa Sữa;Spa;5;\"Ngõ 7, ngách 8;\nsau chợ\"\nHai;Spa;9;x\n"
	if diff := cmp.Diff([]string{"6 Hoa Sữa|spa|5|Ngõ 7, ngách 8; sau chợ|||", `! C7 hamlet unknown "9"`}, short(preview(t, []byte(title)))); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"3 Hoa Sữa|spa|5||||"}, short(preview(t, []byte("sep=|\nTên|Loại hình|TDP\nHoa Sữa|Spa|5\n")))); diff != "" {
		t.Error(diff)
	}
}
