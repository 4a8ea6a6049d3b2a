package reports

import (
	"bytes"
	"fmt"

	"github.com/xuri/excelize/v2"

	"tinbao/cases"
)

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
