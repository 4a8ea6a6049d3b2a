package reports

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"tinbao/cases"
)

// Limits of a file that is read. What it holds unpacked stays in memory and never goes to
// a temporary file.
const (
	unpackedBytes  = 24 << 20
	readColumns    = 40
	readRows       = cases.MaxImportRows + 50 // more than may be imported, so that a file too long is known as such
	emptyRowsAtEnd = 200                      // so many empty rows in a row end a sheet
)

// ReadSheet reads the first sheet of an .xlsx file. The error is Invalid with the text of
// what is wrong: too big, or no such file at all.
func ReadSheet(body []byte) (rows []cases.SheetRow, err error) {
	defer func() {
		if recover() != nil { // a broken file, which the library does not expect
			rows, err = nil, cases.Fail(cases.Invalid, "import.unreadable")
		}
	}()
	if len(body) > cases.MaxImportBytes {
		return nil, cases.Fail(cases.Invalid, "import.big")
	}
	if err := unpacks(body); err != nil {
		return nil, err
	}
	f, err := excelize.OpenReader(bytes.NewReader(body), excelize.Options{UnzipSizeLimit: unpackedBytes, UnzipXMLSizeLimit: unpackedBytes, RawCellValue: true})
	if err != nil {
		return nil, cases.Fail(cases.Invalid, "import.unreadable")
	}
	defer f.Close()
	names := f.GetSheetList()
	if len(names) == 0 {
		return nil, cases.Fail(cases.Invalid, "import.unreadable")
	}
	cursor, err := f.Rows(names[0])
	if err != nil {
		return nil, cases.Fail(cases.Invalid, "import.unreadable")
	}
	defer cursor.Close()
	for n, empty := 1, 0; cursor.Next() && len(rows) < readRows && empty < emptyRowsAtEnd; n++ {
		cells, err := cursor.Columns()
		if err != nil {
			return nil, cases.Fail(cases.Invalid, "import.unreadable")
		}
		if len(cells) == 0 {
			empty++
			continue
		}
		empty = 0
		rows = append(rows, cases.SheetRow{Row: n, Cells: firstOf(cells)})
	}
	return rows, nil
}

// firstOf keeps the columns that are read.
func firstOf(cells []string) []string {
	return append([]string(nil), cells[:min(len(cells), readColumns)]...)
}

// unpacks proves that an archive holds no more than may be unpacked, whatever it says of
// itself.
func unpacks(body []byte) error {
	archive, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return cases.Fail(cases.Invalid, "import.unreadable")
	}
	left := int64(unpackedBytes)
	for _, part := range archive.File {
		r, err := part.Open()
		if err != nil {
			return cases.Fail(cases.Invalid, "import.unreadable")
		}
		n, err := io.Copy(io.Discard, io.LimitReader(r, left+1))
		r.Close()
		if left -= n; left < 0 {
			return cases.Fail(cases.Invalid, "import.big")
		}
		if err != nil {
			return cases.Fail(cases.Invalid, "import.unreadable")
		}
	}
	return nil
}

// Form is a table of establishments to be filled in: its heads, and the lists its cells
// are chosen from.
type Form struct {
	Title   string // of the sheet
	Creator string
	Heads   []string
	Widths  []float64      // of the columns, in characters
	Choices map[int]Choice // by column, from 0
	Rows    [][]string     // what stands in it already
}

// Choice is a list of allowed values with the head of its column in the second sheet.
type Choice struct {
	Head   string
	Values []string
}

const choiceSheet = "Danh mục"

// Xlsx writes the form.
func (m Form) Xlsx() ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetDocProps(&excelize.DocProperties{Creator: m.Creator, Title: m.Title, Language: "vi-VN"}); err != nil {
		return nil, fmt.Errorf("writing a form: %w", err)
	}
	if err := f.SetSheetName(f.GetSheetName(0), m.Title); err != nil {
		return nil, fmt.Errorf("writing a form: %w", err)
	}
	if err := m.table(f); err != nil {
		return nil, fmt.Errorf("writing a form: %w", err)
	}
	if err := m.lists(f); err != nil {
		return nil, fmt.Errorf("writing a form: %w", err)
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		return nil, fmt.Errorf("writing a form: %w", err)
	}
	return out.Bytes(), nil
}

// table writes heads and rows. Everything is text: a phone number keeps its zero, and
// nothing is taken for a formula.
func (m Form) table(f *excelize.File) error {
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, NumFmt: 49, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	if err != nil {
		return err
	}
	text, err := f.NewStyle(&excelize.Style{NumFmt: 49, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	if err != nil {
		return err
	}
	for i, head := range m.Heads {
		column, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := f.SetColStyle(m.Title, column, text); err != nil {
			return err
		}
		if i < len(m.Widths) {
			if err := f.SetColWidth(m.Title, column, column, m.Widths[i]); err != nil {
				return err
			}
		}
		if err := f.SetCellStr(m.Title, column+"1", head); err != nil {
			return err
		}
		if err := f.SetCellStyle(m.Title, column+"1", column+"1", bold); err != nil {
			return err
		}
	}
	for n, row := range m.Rows {
		for i, cell := range row {
			name, err := excelize.CoordinatesToCellName(i+1, n+2)
			if err != nil {
				return err
			}
			if err := f.SetCellStr(m.Title, name, cell); err != nil {
				return err
			}
		}
	}
	return f.SetPanes(m.Title, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}

// lists writes what the cells are chosen from into a sheet of their own.
func (m Form) lists(f *excelize.File) error {
	if len(m.Choices) == 0 {
		return nil
	}
	if _, err := f.NewSheet(choiceSheet); err != nil {
		return err
	}
	at := 0
	for i := range m.Heads {
		choice, there := m.Choices[i]
		if !there || len(choice.Values) == 0 {
			continue
		}
		at++
		column, err := excelize.ColumnNumberToName(at)
		if err != nil {
			return err
		}
		for n, value := range append([]string{choice.Head}, choice.Values...) {
			if err := f.SetCellStr(choiceSheet, fmt.Sprintf("%s%d", column, n+1), value); err != nil {
				return err
			}
		}
		into, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		rule := excelize.NewDataValidation(true)
		rule.Sqref = fmt.Sprintf("%s2:%s%d", into, into, cases.MaxImportRows+1)
		rule.SetSqrefDropList(fmt.Sprintf("'%s'!$%s$2:$%s$%d", choiceSheet, column, column, len(choice.Values)+1))
		if err := f.AddDataValidation(m.Title, rule); err != nil {
			return err
		}
	}
	return nil
}
