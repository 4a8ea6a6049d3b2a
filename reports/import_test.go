package reports_test

import (
	"archive/zip"
	"bytes"
	"os"
	"slices"
	"testing"

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
	rows, err := reports.ReadSheet(body)
	if err != nil {
		t.Fatal(err)
	}
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
	rows, err := reports.ReadSheet(out.Bytes())
	if err != nil || len(rows) != 3 || rows[1].Row != 4 || !slices.Equal(rows[1].Cells, []string{"Hoa Sữa", "912345678"}) || len(rows[2].Cells) > 40 {
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
		"words":         {[]byte("Tên;Loại"), "import.unreadable"},
		"an archive":    {zipped(t, "a.txt", []byte("a")), "import.unreadable"},
		"a bomb":        {zipped(t, "xl/worksheets/sheet1.xml", make([]byte, 64<<20)), "import.big"},
		"too big":       {make([]byte, cases.MaxImportBytes+1), "import.big"},
		"an old format": {append([]byte{0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1}, make([]byte, 600)...), "import.unreadable"},
	} {
		if _, err := reports.ReadSheet(c.body); cases.TextOf(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	left, err := os.ReadDir(folder)
	if err != nil || len(left) > 0 {
		t.Error("temporary files:", left, err)
	}
}

func FuzzReadSheet(f *testing.F) {
	body, err := form.Xlsx()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(body)
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, body []byte) {
		rows, err := reports.ReadSheet(body)
		if err != nil && cases.KindOf(err) != cases.Invalid {
			t.Error(err)
		}
		if len(rows) > 3000 {
			t.Error(len(rows), "rows")
		}
	})
}
