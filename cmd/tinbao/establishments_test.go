package main

import (
	"strings"

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
