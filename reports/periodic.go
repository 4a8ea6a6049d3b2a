package reports

import (
	"slices"
	"strings"
	"time"
)

// Periodic is what stands in a periodic report (domain.md 6 and 10). All texts are
// written by the caller, in Vietnamese; figures come with the number they show, for the
// workbook.
type Periodic struct {
	Ward  string // "phường Yên Nghĩa"
	About string // trích yếu: "Kết quả thực hiện công tác phòng, chống mại dâm 6 tháng đầu năm 2027"
	Span  string // of days: "01/01/2027–30/06/2027"
	From  time.Time
	To    time.Time
	Made  time.Time // of the figures
	Notes []string  // beside those of every report
	Draft bool      // not approved yet

	Correction int              // number of the bản điều chỉnh, 0 = none
	Changes    []PeriodicChange // what is not as in the version before

	Groups     []PeriodicGroup
	Types      []PeriodicCount // establishments by type
	Risks      []PeriodicCount // and by risk class
	KindSource PeriodicGrid    // reports received, kind by source
	Words      []PeriodicWords // difficulties and proposals of the units
	Charts     []PeriodicChart
}

// PeriodicGroup is a lettered group of figures.
type PeriodicGroup struct {
	Letter, Title string
	Rows          []PeriodicRow
}

// PeriodicRow is a figure with its three columns.
type PeriodicRow struct {
	Key        string // "B.sessions"
	Label      string
	Cells      [3]PeriodicCell // this period, last year's, since 01/01/2026
	Origin     string          // "hệ thống" or "nhập tay"
	Definition string          // how it is counted
	Where      string          // how to see the list behind it
	Words      bool            // a text: it is not part of tables
}

// PeriodicCell is a figure as it is printed. Number is what a workbook reckons with; it
// counts only where Counted is set. Share: Number is a part of 1.
type PeriodicCell struct {
	Text    string
	Number  float64
	Counted bool
	Share   bool
}

// PeriodicCount is a line of a short table.
type PeriodicCount struct {
	Name string
	N    int
}

// PeriodicGrid is a table of numbers.
type PeriodicGrid struct {
	Columns []string
	Rows    []PeriodicGridRow
}

// PeriodicGridRow is a line of a grid.
type PeriodicGridRow struct {
	Name  string
	Cells []int
}

// PeriodicWords is what a unit says.
type PeriodicWords struct{ Unit, Difficulties, Proposals string }

// PeriodicChange is a figure that a bản điều chỉnh prints otherwise than the version before.
type PeriodicChange struct{ Label, Column, Before, After string }

// PeriodicChart is a chart: a picture for the paper, numbers for the workbook.
type PeriodicChart struct {
	Name  string // of its placeholder: "xu_huong"
	Title string
	PNG   []byte // nil = only in the workbook
	// Line: the workbook draws lines instead of columns; Stacked: columns on each other.
	Line, Stacked bool
	Points        []string
	Series        []PeriodicSeries
}

// PeriodicSeries is a row of numbers of a chart, one a point.
type PeriodicSeries struct {
	Name  string
	Cells []float64
}

// place is the ward's name without what kind of unit it is.
func (p Periodic) place() string { return placeOf(p.Ward) }

func placeOf(ward string) string {
	return strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(ward, "phường "), "xã "))
}

// The marks of versions.
const (
	draftMark     = "DỰ THẢO"
	correctedMark = "BẢN ĐIỀU CHỈNH LẦN "
)

// columnNames head the three columns of figures.
var columnNames = [3]string{"Kỳ này", "Cùng kỳ năm trước", "Lũy kế từ 01/01/2026"}

// periodicNotes stand below the figures and say how to read them.
var periodicNotes = []string{
	"Số 0: không có trong kỳ. “Không phát sinh”: không có trường hợp nào để tính tỷ lệ.",
	"(*): không công bố: số lượng dưới 5 hoặc suy ra được số đó, có thể làm lộ danh tính người được hỗ trợ; hoặc kỳ chưa chốt số liệu.",
	"Nguồn “hệ thống”: phần mềm tự đếm từ danh sách vụ việc, cơ sở; “nhập tay”: đơn vị ghi vào sổ. Nhóm D tính theo ngày tiếp nhận, nhóm E và F theo ngày xảy ra.",
}

// Docx writes the report as a Word document in the built-in layout.
func (p Periodic) Docx() ([]byte, error) {
	t, err := DefaultTemplate()
	if err != nil {
		return nil, err
	}
	return p.Fill(t)
}

// chart finds a chart by name.
func (p Periodic) chart(name string) (PeriodicChart, bool) {
	for _, c := range p.Charts {
		if c.Name == name {
			return c, true
		}
	}
	return PeriodicChart{}, false
}

// group finds a group by letter.
func (p Periodic) group(letter string) (PeriodicGroup, bool) {
	for _, g := range p.Groups {
		if g.Letter == letter {
			return g, true
		}
	}
	return PeriodicGroup{}, false
}

// notes are the lines below the figures.
func (p Periodic) notes() []string { return append(slices.Clone(periodicNotes), p.Notes...) }
