package reports

import (
	"bytes"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// The sheets of the workbook.
const (
	figureSheet = "Số liệu"
	chartSheet  = "Biểu đồ"
	seriesSheet = "Số liệu biểu đồ"
	sourceSheet = "Nguồn"
)

// book is a workbook under way. The first error stays.
type book struct {
	*excelize.File
	p   Periodic
	err error

	bold, head, cell, number, tenth, share, wrap, title int // styles
}

func (b *book) do(err error) {
	if b.err == nil {
		b.err = err
	}
}

// Xlsx writes the report as a workbook: figures, charts the reader can change, the
// numbers they are drawn from, and where each figure comes from. Texts stay texts,
// whatever they begin with.
func (p Periodic) Xlsx() ([]byte, error) {
	b := &book{File: excelize.NewFile(), p: p}
	defer b.Close()
	b.do(b.SetSheetName("Sheet1", figureSheet))
	for _, name := range []string{chartSheet, seriesSheet, sourceSheet} {
		_, err := b.NewSheet(name)
		b.do(err)
	}
	b.styles()
	b.figures()
	b.charts()
	b.sources()
	made := p.Made.UTC().Format("2006-01-02T15:04:05Z")
	office := "UBND " + p.Ward
	b.do(b.SetDocProps(&excelize.DocProperties{Creator: office, LastModifiedBy: office, Title: "Báo cáo " + p.About, Language: "vi-VN", Created: made, Modified: made, Revision: "1"}))
	b.do(b.SetAppProps(&excelize.AppProperties{Application: office}))
	if b.err != nil {
		return nil, fmt.Errorf("writing a workbook: %w", b.err)
	}
	var out bytes.Buffer
	if _, err := b.WriteTo(&out); err != nil {
		return nil, fmt.Errorf("writing a workbook: %w", err)
	}
	return steady(out.Bytes())
}

// pictureTypes are what the library lists when charts come in, in an order of chance; the
// workbook has no pictures.
var pictureTypes = regexp.MustCompile(`<Default Extension="\w+" ContentType="image/[^"]*"></Default>`)

// steady makes equal workbooks equal files.
func steady(file []byte) ([]byte, error) {
	all, err := unpack(file)
	if err != nil {
		return nil, err
	}
	if types := partOf(all, typesPart); types != nil {
		types.body = pictureTypes.ReplaceAll(types.body, nil)
	}
	return pack(all)
}

func (b *book) styles() {
	font := func(size float64, bold bool) *excelize.Font {
		return &excelize.Font{Family: "Times New Roman", Size: size, Bold: bold, Color: "000000"}
	}
	var lines []excelize.Border
	for _, side := range []string{"left", "right", "top", "bottom"} {
		lines = append(lines, excelize.Border{Type: side, Color: "000000", Style: 1})
	}
	style := func(s excelize.Style) int {
		id, err := b.NewStyle(&s)
		b.do(err)
		return id
	}
	middle := &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}
	flow := &excelize.Alignment{Vertical: "center", WrapText: true}
	whole, tenth, percent := "#,##0", "#,##0.0", "0.0%"
	b.title = style(excelize.Style{Font: font(14, true), Alignment: middle})
	b.bold = style(excelize.Style{Font: font(12, true), Border: lines, Alignment: flow})
	b.head = style(excelize.Style{Font: font(12, true), Border: lines, Alignment: middle, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E7E6E6"}}})
	b.cell = style(excelize.Style{Font: font(12, false), Border: lines, Alignment: middle})
	b.wrap = style(excelize.Style{Font: font(12, false), Border: lines, Alignment: flow})
	b.number = style(excelize.Style{Font: font(12, false), Border: lines, Alignment: middle, CustomNumFmt: &whole})
	b.tenth = style(excelize.Style{Font: font(12, false), Border: lines, Alignment: middle, CustomNumFmt: &tenth})
	b.share = style(excelize.Style{Font: font(12, false), Border: lines, Alignment: middle, CustomNumFmt: &percent})
}

func at(column string, row int) string { return column + strconv.Itoa(row) }

// text puts a text, which is never a formula.
func (b *book) text(sheet, cell, text string, style int) {
	b.do(b.SetCellStr(sheet, cell, text))
	b.do(b.SetCellStyle(sheet, cell, cell, style))
}

// value puts a figure: a number where it is one.
func (b *book) value(sheet, cell string, c PeriodicCell) {
	switch {
	case !c.Counted:
		b.text(sheet, cell, c.Text, b.cell)
	case c.Share:
		b.do(b.SetCellFloat(sheet, cell, c.Number, -1, 64))
		b.do(b.SetCellStyle(sheet, cell, cell, b.share))
	default:
		style := b.number
		if c.Number != math.Trunc(c.Number) {
			style = b.tenth
		}
		b.do(b.SetCellFloat(sheet, cell, c.Number, -1, 64))
		b.do(b.SetCellStyle(sheet, cell, cell, style))
	}
}

// top writes the lines above the figures.
func (b *book) top(sheet, last, title string) (row int) {
	lines := []string{"UBND " + b.p.Ward, title, "Số liệu từ ngày " + dotless(b.p.From) + " đến ngày " + dotless(b.p.To)}
	if b.p.Correction > 0 {
		lines = append(lines, correctedMark+strconv.Itoa(b.p.Correction))
	}
	if b.p.Draft {
		lines = append(lines, draftMark)
	}
	for i, line := range lines {
		b.do(b.MergeCell(sheet, at("A", i+1), at(last, i+1)))
		b.text(sheet, at("A", i+1), line, b.title)
	}
	return len(lines) + 2
}

func (b *book) figures() {
	s := figureSheet
	for column, width := range map[string]float64{"A": 52, "B": 17, "C": 17, "D": 17, "E": 13} {
		b.do(b.SetColWidth(s, column, column, width))
	}
	row := b.top(s, "E", "BÁO CÁO "+strings.ToUpper(b.p.About))
	for i, name := range []string{"Chỉ tiêu", columnNames[0], columnNames[1], columnNames[2], "Nguồn"} {
		b.text(s, at(string(rune('A'+i)), row), name, b.head)
	}
	b.do(b.SetPanes(s, &excelize.Panes{Freeze: true, YSplit: row, TopLeftCell: at("A", row+1), ActivePane: "bottomLeft"}))
	b.do(b.SetRowHeight(s, row, 34))
	headRow := row
	for _, g := range b.p.Groups {
		row++
		b.do(b.MergeCell(s, at("A", row), at("E", row)))
		b.text(s, at("A", row), g.Letter+". "+g.Title, b.bold)
		b.do(b.SetCellStyle(s, at("A", row), at("E", row), b.bold))
		for _, r := range g.Rows {
			row++
			b.text(s, at("A", row), r.Label, b.wrap)
			if r.Words {
				b.said(row, r.Cells[0].Text)
				continue
			}
			for i, c := range r.Cells {
				b.value(s, at(string(rune('B'+i)), row), c)
			}
			b.text(s, at("E", row), r.Origin, b.cell)
		}
	}
	row = b.shorts(row + 2)
	for _, line := range b.p.notes() {
		row++
		b.do(b.MergeCell(s, at("A", row), at("E", row)))
		b.text(s, at("A", row), line, b.wrap)
		b.do(b.SetRowHeight(s, row, 34))
	}
	b.page(s, "portrait", headRow)
}

// lineHeight is that of a line in a cell, in points.
const lineHeight = 17

// said puts words across the columns of figures, in a row high enough for them.
func (b *book) said(row int, text string) {
	const lineLength, most = 52, 400 // letters, points
	lines := strings.Count(text, "\n") + 1 + len([]rune(text))/lineLength
	b.do(b.MergeCell(figureSheet, at("B", row), at("E", row)))
	b.text(figureSheet, at("B", row), text, b.wrap)
	b.do(b.SetCellStyle(figureSheet, at("B", row), at("E", row), b.wrap))
	b.do(b.SetRowHeight(figureSheet, row, float64(min(most, lines*lineHeight))))
}

// shorts are the short tables below the figures: establishments by type and risk class.
func (b *book) shorts(row int) int {
	for _, t := range []struct {
		name string
		list []PeriodicCount
	}{{"Loại cơ sở", b.p.Types}, {"Mức độ nguy cơ", b.p.Risks}} {
		b.text(figureSheet, at("A", row), t.name, b.head)
		b.text(figureSheet, at("B", row), "Số cơ sở", b.head)
		for _, c := range t.list {
			row++
			b.text(figureSheet, at("A", row), c.Name, b.wrap)
			b.value(figureSheet, at("B", row), PeriodicCell{Number: float64(c.N), Counted: true})
		}
		row += 2
	}
	return row
}

// page makes a sheet print whole columns on A4, its heading on every page.
func (b *book) page(sheet, orientation string, headRow int) {
	fit := true
	size, wide, high := 9, 1, 0
	b.do(b.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}))
	b.do(b.SetPageLayout(sheet, &excelize.PageLayoutOptions{Size: &size, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &high}))
	if headRow > 0 {
		b.do(b.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: sheet, RefersTo: fmt.Sprintf("'%s'!$%d:$%d", sheet, headRow, headRow)}))
	}
	b.do(b.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{OddFooter: "&C&P/&N"}))
}

// Sizes of charts in pixels, and how many rows of a sheet one takes with its margin.
const (
	chartPixelsWide = 720
	chartPixelsHigh = 330
	chartRows       = 18
)

// charts draws each chart from its numbers, one below the other on one page.
func (b *book) charts() {
	axis := excelize.Font{Family: "Times New Roman", Size: 11, Color: "000000"}
	row := 1
	drawn := 0
	for _, c := range b.p.Charts {
		if len(c.Points) == 0 || len(c.Series) == 0 {
			continue
		}
		series := b.series(row, c)
		kind := excelize.Col
		switch {
		case c.Line:
			kind = excelize.Line
		case c.Stacked:
			kind = excelize.ColStacked
		}
		b.do(b.AddChart(chartSheet, at("A", 1+drawn*chartRows), &excelize.Chart{
			Type: kind, Series: series, Title: excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: c.Title, Font: &excelize.Font{Family: "Times New Roman", Size: 13, Bold: true}}}},
			Dimension: excelize.ChartDimension{Width: chartPixelsWide, Height: chartPixelsHigh},
			Legend:    excelize.ChartLegend{Position: "bottom"}, PlotArea: excelize.ChartPlotArea{ShowVal: len(c.Series) < 3 && len(c.Points) <= 12},
			XAxis: excelize.ChartAxis{Font: axis}, YAxis: excelize.ChartAxis{Font: axis, MajorGridLines: true, Minimum: new(0.0)},
		}))
		row += len(c.Points) + 4
		drawn++
	}
	b.page(chartSheet, "portrait", 0)
	one := 1
	b.do(b.SetPageLayout(chartSheet, &excelize.PageLayoutOptions{FitToHeight: &one})) // no chart is cut by the end of a page
	b.do(b.SetColWidth(seriesSheet, "A", "A", 26))
	b.do(b.SetColWidth(seriesSheet, "B", "J", 18))
	b.page(seriesSheet, "landscape", 0)
}

// series writes the numbers of a chart and says where they stand.
func (b *book) series(row int, c PeriodicChart) (list []excelize.ChartSeries) {
	s := seriesSheet
	b.text(s, at("A", row), c.Title, b.bold)
	for i, point := range c.Points {
		b.text(s, at("A", row+2+i), point, b.wrap)
	}
	quoted := "'" + s + "'!"
	first, last := row+2, row+1+len(c.Points)
	b.text(s, at("A", row+1), "", b.head)
	for i, one := range c.Series {
		column := string(rune('B' + i))
		b.text(s, at(column, row+1), one.Name, b.head)
		for j, n := range one.Cells {
			b.value(s, at(column, row+2+j), PeriodicCell{Number: n, Counted: true})
		}
		list = append(list, excelize.ChartSeries{
			Name:       fmt.Sprintf("%s$%s$%d", quoted, column, row+1),
			Categories: fmt.Sprintf("%s$A$%d:$A$%d", quoted, first, last),
			Values:     fmt.Sprintf("%s$%s$%d:$%s$%d", quoted, column, first, column, last),
		})
	}
	return list
}

// sources says of each figure where it comes from and how to see the list behind it.
func (b *book) sources() {
	s := sourceSheet
	columns := []struct {
		name  string
		width float64
	}{{"Mã", 26}, {"Chỉ tiêu", 46}, {"Kỳ số liệu", 24}, {"Nguồn", 13}, {"Cách tính", 56}, {"Xem danh sách", 30}}
	row := b.top(s, "F", "NGUỒN CỦA TỪNG SỐ LIỆU")
	for i, c := range columns {
		column := string(rune('A' + i))
		b.do(b.SetColWidth(s, column, column, c.width))
		b.text(s, at(column, row), c.name, b.head)
	}
	headRow := row
	for _, g := range b.p.Groups {
		for _, r := range g.Rows {
			row++
			lines := 1
			for i, text := range []string{r.Key, r.Label, b.p.Span, r.Origin, r.Definition, r.Where} {
				b.text(s, at(string(rune('A'+i)), row), text, b.wrap)
				lines = max(lines, 1+len([]rune(text))*11/10/int(columns[i].width)) // a column holds about as many letters as it is wide
			}
			b.do(b.SetRowHeight(s, row, float64(lines*lineHeight)))
		}
	}
	b.page(s, "landscape", headRow)
}
