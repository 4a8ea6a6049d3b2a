package main

import (
	"slices"
	"strings"
	"testing"

	"tinbao/bot"
	"tinbao/cases"
	"tinbao/locale"
	paper "tinbao/reports"
	"tinbao/telegramsim"
)

const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// sheet makes an .xlsx file: lines of cells with semicolons between them, the first one the
// head.
func (s *story) sheet(lines string) telegramsim.AlbumItem {
	s.t.Helper()
	form := paper.Form{Title: "Sheet1"}
	for i, line := range strings.Split(strings.TrimSpace(lines), "\n") {
		cells := strings.Split(line, ";")
		if i == 0 {
			form.Heads = cells
			continue
		}
		form.Rows = append(form.Rows, cells)
	}
	body, err := form.Xlsx()
	if err != nil {
		s.t.Fatal(err)
	}
	return telegramsim.AlbumItem{Kind: telegramsim.Document, Name: trace + ".xlsx", MIME: xlsxType, Body: body}
}

// The form is understood when it comes back filled in, and so is the file of wrong rows
// once they are corrected.
func TestFormsOfTheRegisterAreUnderstood(t *testing.T) {
	t.Parallel()
	a := &app{renderer: bot.Renderer{Texts: locale.Catalogue{}}}
	r := cases.EstablishmentRegister{Lists: cases.DefaultLists(), Hamlets: demoWard.Hamlets}
	compare := func(f paper.Form) cases.ImportPreview {
		t.Helper()
		body, err := f.Xlsx()
		if err != nil {
			t.Fatal(err)
		}
		book, err := paper.ReadBook(body)
		if err != nil {
			t.Fatal(err)
		}
		p, err := r.Compare(book)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	f := a.registerForm(demoWard, r.Lists, [][]string{
		{"Karaoke Ánh Sao", "Karaoke", "Tổ dân phố 11", "12 phố Nghĩa Lộ", "Cao", "có", "có", "Ông Tư", "0900000001", "41H8", "không"},
		{"", "Quán lạ", "Tổ dân phố 3"},
	})
	p := compare(f)
	want := cases.Establishment{
		EstablishmentWords: cases.EstablishmentWords{Name: "Karaoke Ánh Sao", Address: "12 phố Nghĩa Lộ", Owner: "Ông Tư", Phone: "0900000001", Licence: "41H8"},
		Type:               "karaoke", Risk: "high", Hamlet: 11, Security: true, Vulnerable: true, Status: cases.EstablishmentOpen, Deed: cases.DeedImport,
	}
	if len(p.Rows) != 1 || p.Rows[0].Establishment != want || len(p.Wrong) != 1 {
		t.Fatalf("%+v", p)
	}
	wrong := a.wrongRows(demoWard, p)
	if last := wrong.Rows[0][len(wrong.Rows[0])-1]; last != "thiếu tên; loại hình «Quán lạ» không có trong danh mục" || !slices.Contains(wrong.Heads, "Lỗi") {
		t.Errorf("%q under %q", last, wrong.Heads)
	}
	wrong.Rows[0][0], wrong.Rows[0][1] = "Bốn Mùa", "Spa"
	if again := compare(wrong); len(again.Rows) != 1 || len(again.Wrong) != 0 || again.Rows[0].Type != "spa" {
		t.Errorf("%+v", again)
	}
}
