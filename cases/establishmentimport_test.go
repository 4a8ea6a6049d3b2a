package cases_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tinbao/cases"
)

func register(now ...cases.Establishment) cases.EstablishmentRegister {
	return cases.EstablishmentRegister{Now: now, Lists: cases.DefaultLists(), Hamlets: []string{"Tổ dân phố 1", "Hòa Bình", "Tổ dân phố số 5"}}
}

func sheet(rows ...string) []cases.Sheet {
	var all []cases.SheetRow
	for i, row := range rows {
		all = append(all, cases.SheetRow{Row: i + 1, Cells: strings.Split(row, "|")})
	}
	return []cases.Sheet{{Name: "DS", Rows: all}}
}

func TestImportCompares(t *testing.T) {
	t.Parallel()
	old := cases.Establishment{ID: 7, Version: 3, Type: "karaoke", Risk: "high", Hamlet: 2, Status: cases.EstablishmentOpen, EstablishmentWords: cases.EstablishmentWords{Name: "Ánh Sao", Phone: "0900000001"}}
	p, err := register(old).Compare(sheet(
		"DANH SÁCH CƠ SỞ", "",
		"STT|Tên cơ sở|Loại hình|TDP|SĐT|Điều kiện ANTT",
		"1|ánh sao|Karaoke|Hòa Bình||",
		"2|Hoa Sữa|khách sạn|5|0900000002|x",
		"3||spa|1||có",
		"4|Bốn Mùa|quán lạ|9||có lẽ",
		"5|HOA SỮA|Nhà nghỉ|Tổ 5||",
		"|||||",
		"6|Ánh Sao|Karaoke|hoa binh|0900000009|có",
		"7|Không đổi|Bar|TDP 1",
		"8|Không đổi|Bar, pub, lounge|Tổ dân phố 01",
	))
	if err != nil {
		t.Fatal(err)
	}
	want := []cases.RowFault{
		{6, cases.ColName, cases.FaultMissing, "B6", ""},
		{7, cases.ColType, cases.FaultUnknown, "C7", "quán lạ"},
		{7, cases.ColHamlet, cases.FaultUnknown, "D7", "9"},
		{7, cases.ColSecurity, cases.FaultYesNo, "F7", "có lẽ"},
		{8, cases.ColName, cases.FaultTwice, "B8", "HOA SỮA"},
		{10, cases.ColName, cases.FaultTwice, "B10", "Ánh Sao"},
		{12, cases.ColName, cases.FaultTwice, "B12", "Không đổi"},
	}
	if !slices.Equal(p.Faults, want) {
		t.Errorf("faults %v", p.Faults)
	}
	if p.Same != 1 || p.Fresh() != 2 || p.Changed() != 0 || len(p.Wrong) != 5 || p.Rows[0].Hamlet != 3 || !p.Rows[0].Security || p.Rows[0].Type != "hotel" {
		t.Errorf("%+v", p)
	}
	p, err = register(old).Compare(sheet("Tên|Loại|Tổ|Điện thoại|Mức rủi ro", "Ánh Sao|Spa|2||thấp"))
	if err != nil || p.Changed() != 1 || p.Rows[0].ID != 7 || p.Rows[0].Version != 3 || p.Rows[0].Type != "spa" || p.Rows[0].Phone != old.Phone || p.Rows[0].Risk != "low" {
		t.Errorf("a change: %+v %v", p, err)
	}
	long := []string{"Tên|Loại|Tổ"}
	for range cases.MaxImportRows + 1 {
		long = append(long, "a|spa|1")
	}
	for why, book := range map[string][]cases.Sheet{"import.head": sheet("Tên|Địa chỉ", "a|b"), "import.long": sheet(long...)} {
		if _, err := register().Compare(book); cases.TextOf(err) != why {
			t.Errorf("%s: %v", why, err)
		}
	}
}

func TestHamletOf(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]int{
		"1": 1, "TDP 1": 1, "tổ 01": 1, "Hòa Bình": 2, "hoa binh": 2, "5": 3, "Tổ dân phố 5": 3, "TDP số 5": 3, "2": 2, "9": 0, "": 0, "tổ": 0, "-1": 1,
		"5.0": 3, "5,00": 3, "TDP05": 3, "tdp-05": 3, "TDP 5.0": 3, "Tổ V": 3, "Tổ dân phố số V": 3, "V": 3, "KP5": 3, "Khu phố 5": 3, "T5": 3, "Tổ 5 - Yên Nghĩa": 3, "Tổ Hòa Bình": 2,
		"5 Trần Phú": 0, "Tổ 5 ngõ 3": 0, "5.5": 0, "VX": 0, "Tổ XL": 0, "99999999999999999999": 0,
	} {
		if got := cases.HamletOf(register().Hamlets, said); got != want {
			t.Errorf("%q: %d, want %d", said, got, want)
		}
	}
}

func TestOneLineIsRead(t *testing.T) {
	t.Parallel()
	e, faults := register().ReadLine("Karaoke  Ánh Sao, karaoke, 1, 12 phố Nghĩa Lộ, cao, có, không, Bà Tư")
	if len(faults) > 0 || e.Name != "Karaoke Ánh Sao" || e.Type != "karaoke" || e.Hamlet != 1 || e.Address != "12 phố Nghĩa Lộ" || e.Risk != "high" || !e.Security || e.Vulnerable || e.Owner != "Bà Tư" || e.Deed != cases.DeedAdd {
		t.Errorf("%+v %v", e, faults)
	}
	if e, faults := register().ReadLine("Tóc Xinh, cắt tóc, Hòa Bình"); len(faults) > 0 || e.Type != "salon" || e.Hamlet != 2 {
		t.Errorf("%+v %v", e, faults)
	}
	if _, faults := register().ReadLine(strings.Repeat("a", 201) + ",,x"); !slices.Equal(faults, []cases.RowFault{{Column: cases.ColName, Fault: cases.FaultLong, Value: strings.Repeat("a", 201)}, {Column: cases.ColType, Fault: cases.FaultMissing}, {Column: cases.ColHamlet, Fault: cases.FaultUnknown, Value: "x"}}) {
		t.Errorf("%v", faults)
	}
}

// What was imported changes nothing when it is imported again, and every row is counted
// exactly once.
func TestImportTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.SampledFrom([]string{"", "a", "b", "c c", "spa", "Bar", "1", "2", "có", "không", "cao"})
		rows := []cases.SheetRow{{Row: 1, Cells: []string{"Tên", "Loại", "Tổ", "Địa chỉ", "Rủi ro", "ANTT"}}}
		filled := 0
		for i := range rapid.IntRange(0, 12).Draw(t, "rows") {
			cells := []string{cell.Draw(t, "name"), rapid.SampledFrom([]string{"spa", "bar", "?"}).Draw(t, "type"), rapid.SampledFrom([]string{"1", "2", ""}).Draw(t, "hamlet"), cell.Draw(t, "address"), cell.Draw(t, "risk"), cell.Draw(t, "security")}
			rows = append(rows, cases.SheetRow{Row: i + 2, Cells: cells})
			filled++
		}
		book := []cases.Sheet{{Rows: rows}}
		p, err := register().Compare(book)
		if err != nil || len(p.Rows)+p.Same+len(p.Wrong) != filled {
			t.Fatalf("%d rows: %+v %v", filled, p, err)
		}
		var now []cases.Establishment
		for i, r := range p.Rows {
			r.ID = i + 1
			now = append(now, r.Establishment)
		}
		again, err := register(now...).Compare(book)
		if err != nil || len(again.Rows) != 0 || again.Same != len(p.Rows) || len(again.Wrong) != len(p.Wrong) {
			t.Fatalf("again: %+v %v", again, err)
		}
	})
}
