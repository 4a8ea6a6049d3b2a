package reports_test

import (
	"archive/zip"
	"bytes"
	"os"
	"slices"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"tinbao/cases"
	"tinbao/reports"
)

var form = reports.Form{
	Title: "Cơ sở", Creator: "UBND phường Yên Nghĩa", Heads: []string{"Tên cơ sở", "Loại hình", "Điện thoại"}, Widths: []float64{30, 20},
	Choices: map[int]reports.Choice{1: {Head: "Loại hình", Values: []string{"Karaoke", "Nhà nghỉ"}}},
	Rows:    [][]string{{"Ánh Sao", "Karaoke", "0900000001"}, {"=1+1", "", ""}, {"Bốn Mùa"}},
}

func TestFormIsReadAsItWasWritten(t *testing.T) {
	t.Parallel()
	body, err := form.Xlsx()
	if err != nil {
		t.Fatal(err)
	}
	again, err := form.Xlsx()
	if err != nil || !bytes.Equal(body, again) {
		t.Error("the same form twice differs", err)
	}
	book, err := reports.ReadBook(body)
	if err != nil || len(book) != 2 {
		t.Fatal(book, err)
	}
	rows := book[0].Rows
	want := []cases.SheetRow{{Row: 1, Cells: form.Heads}, {Row: 2, Cells: form.Rows[0]}, {Row: 3, Cells: []string{"=1+1"}}, {Row: 4, Cells: form.Rows[2]}}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Error(diff)
	}
	f, err := excelize.OpenReader(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if rules, err := f.GetDataValidations("Cơ sở"); err != nil || len(rules) != 1 || rules[0].Sqref != "B2:B2001" || rules[0].Formula1 != "'Danh mục'!$A$2:$A$3" {
		t.Error(rules, err)
	}
	if props, err := f.GetDocProps(); err != nil || props.Creator != form.Creator {
		t.Error(props, err)
	}
}

// numbers and dates come as they were typed, and empty rows keep the count right
func TestSheetOfAPerson(t *testing.T) {
	t.Parallel()
	f := excelize.NewFile()
	defer f.Close()
	f.SetCellValue("Sheet1", "A1", "Tên")
	f.SetCellValue("Sheet1", "B4", 912345678)
	f.SetCellValue("Sheet1", "A4", "Hoa Sữa")
	f.SetCellValue("Sheet1", "XFD5", "far away")
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	book, err := reports.ReadBook(out.Bytes())
	if err != nil || len(book) != 1 {
		t.Fatal(book, err)
	}
	rows := book[0].Rows
	if len(rows) != 3 || !book[0].Wide || rows[1].Row != 4 || !slices.Equal(rows[1].Cells, []string{"Hoa Sữa", "912345678"}) || len(rows[2].Cells) > 60 {
		t.Errorf("%+v %v", rows, err)
	}
}

func zipped(t *testing.T, name string, body []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	part, err := w.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	part.Write(body)
	w.Close()
	return out.Bytes()
}

// wide is a text in UTF-16.
func wide(s string) []byte {
	out := []byte{}
	for _, unit := range utf16.Encode([]rune(s)) {
		out = append(out, byte(unit), byte(unit>>8))
	}
	return out
}

// attack: what is no such file, or one that unpacks without end, is refused in words and
// leaves no temporary file.
func TestHostileFilesAreRefused(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	for name, c := range map[string]struct {
		body []byte
		want string
	}{
		"nothing":       {nil, "import.unreadable"},
		"words":         {[]byte("Tên"), "import.unreadable"},
		"an archive":    {zipped(t, "a.txt", []byte("a")), "import.unreadable"},
		"a bomb":        {zipped(t, "xl/worksheets/sheet1.xml", make([]byte, 64<<20)), "import.big"},
		"too big":       {make([]byte, cases.MaxImportBytes+1), "import.big"},
		"an old format": {append([]byte{0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1}, make([]byte, 600)...), "import.old"},
		"a password":    {append([]byte{0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1}, wide("EncryptedPackage")...), "import.locked"},
		"a letter":      {append([]byte{0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1}, wide("WordDocument")...), "import.other"},
		"a web page":    {[]byte("\n<html><table><tr><td>Tên</td></tr></table></html>"), "import.old"},
		"a document":    {zipped(t, "word/document.xml", []byte("<a/>")), "import.other"},
		"a PDF":         {[]byte("%PDF-1.7\n"), "import.other"},
		"a picture":     {[]byte("\x89PNG\r\n\x1a\n"), "import.other"},
	} {
		if _, err := reports.ReadBook(c.body); cases.TextOf(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	left, err := os.ReadDir(folder)
	if err != nil || len(left) > 0 {
		t.Error("temporary files:", left, err)
	}
}

func FuzzReadBook(f *testing.F) {
	body, err := form.Xlsx()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(body)
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte("STT;Tên\n1;\"a\nb\"\n"))
	f.Add(append([]byte{0xff, 0xfe}, wide("Tên\tLoại")...))
	f.Fuzz(func(t *testing.T, body []byte) {
		book, err := reports.ReadBook(body)
		if err != nil && cases.KindOf(err) != cases.Invalid {
			t.Error(err)
		}
		for _, s := range book {
			if len(s.Rows) > 4050 {
				t.Error(len(s.Rows), "rows")
			}
		}
		if _, err := register.Compare(book); err != nil && cases.KindOf(err) != cases.Invalid {
			t.Error(err)
		}
	})
}
