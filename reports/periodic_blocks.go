package reports

import (
	"bytes"
	"fmt"
	"image"
	_ "image/png" // charts
	"strconv"
	"strings"
)

// picture is a chart in the document under way.
type picture struct {
	id  int // 1, 2, …
	png []byte
}

// blocks writes the parts of a report that are more than words: tables, charts and
// paragraphs, as XML of a document's body. Pictures are collected beside it.
type blocks struct {
	p        Periodic
	pictures []picture
}

// write is the block of a placeholder; false when there is none of that name.
func (b *blocks) write(name string) (string, bool) {
	kind, what, _ := strings.Cut(name, ":")
	var d docx
	switch {
	case name == "bang:co_so":
		b.places(&d)
	case name == "bang:loai_nguon":
		b.kindSource(&d)
	case name == "bang:dieu_chinh":
		b.changes(&d)
	case kind == "bang":
		g, ok := b.p.group(what)
		if !ok {
			return "", false
		}
		b.figures(&d, g)
	case kind == "bieudo":
		if !chartNames[what] {
			return "", false
		}
		if err := b.chart(&d, what); err != nil {
			return "", false
		}
	case name == "nhan_xet":
		b.words(&d)
	case name == "ghi_chu":
		for _, line := range b.p.notes() {
			d.add(para{runs: []run{{text: "- " + line, size: size11, italic: true}}, align: justified, after: paragraph / 4})
		}
	default:
		return "", false
	}
	return d.body.String(), true
}

// chartNames are the charts a template may ask for.
var chartNames = map[string]bool{"xu_huong": true, "loai": true, "phu": true}

// blockNames lists the blocks for the check of templates, groups aside.
var blockNames = []string{"bang:co_so", "bang:loai_nguon", "bang:dieu_chinh", "bieudo:xu_huong", "bieudo:loai", "bieudo:phu", "nhan_xet", "ghi_chu"}

func cellOf(text string, bold bool, a align) []para {
	return []para{{runs: []run{{text: text, size: size12, bold: bold}}, align: a}}
}

func headOf(names ...string) (row [][]para) {
	for _, n := range names {
		row = append(row, cellOf(n, true, centre))
	}
	return row
}

// gap stands below each table.
var gap = para{runs: []run{{text: " ", size: size11 / 2}}, after: paragraph / 2}

// together keeps a short table on one page.
func together(t table) table {
	for _, row := range t.rows[:len(t.rows)-1] {
		for _, cell := range row {
			for i := range cell {
				cell[i].keepNext = true
			}
		}
	}
	return t
}

// shortTable is how many rows are kept together.
const shortTable = 16

// Widths of the columns of figures, in twips; the label takes the rest.
const (
	figureWidth = 1330
	originWidth = 1080
	labelWidth  = textWidth - 3*figureWidth - originWidth
)

// figures is the table of a group: chỉ tiêu, three columns, nguồn.
func (b *blocks) figures(d *docx, g PeriodicGroup) {
	t := table{widths: []int{labelWidth, figureWidth, figureWidth, figureWidth, originWidth}, ruled: true}
	t.rows = append(t.rows, headOf("Chỉ tiêu", columnNames[0], columnNames[1], columnNames[2], "Nguồn"))
	for _, r := range g.Rows {
		if r.Words {
			continue
		}
		row := [][]para{cellOf(r.Label, false, left)}
		for _, c := range r.Cells {
			row = append(row, cellOf(c.Text, false, centre))
		}
		t.rows = append(t.rows, append(row, cellOf(r.Origin, false, centre)))
	}
	if len(t.rows) <= shortTable {
		t = together(t)
	}
	d.table(t)
	d.add(gap)
}

// places are the establishments by type and by risk class.
func (b *blocks) places(d *docx) {
	b.counts(d, "Loại cơ sở", b.p.Types)
	b.counts(d, "Mức độ nguy cơ", b.p.Risks)
}

func (b *blocks) counts(d *docx, name string, list []PeriodicCount) {
	t := table{widths: []int{700, textWidth - 700 - 2000, 2000}, ruled: true, rows: [][][]para{headOf("STT", name, "Số cơ sở")}}
	for i, c := range list {
		t.rows = append(t.rows, [][]para{cellOf(strconv.Itoa(i+1), false, centre), cellOf(c.Name, false, left), cellOf(grouped(c.N), false, centre)})
	}
	if len(list) == 0 {
		t.rows = append(t.rows, [][]para{cellOf("", false, centre), cellOf("Không có cơ sở trong danh sách", false, left), cellOf("0", false, centre)})
	}
	if len(t.rows) <= shortTable {
		t = together(t)
	}
	d.table(t)
	d.add(gap)
}

// kindSource is the table of reports received: kind by source.
func (b *blocks) kindSource(d *docx) {
	grid := b.p.KindSource
	const first = 2300
	n := len(grid.Columns) + 1
	widths := []int{first}
	for range n {
		widths = append(widths, (textWidth-first)/n)
	}
	t := table{widths: widths, ruled: true, rows: [][][]para{append(append(headOf("Loại thông tin"), headOf(grid.Columns...)...), headOf("Cộng")...)}}
	for _, r := range grid.Rows {
		row := [][]para{cellOf(r.Name, false, left)}
		for _, c := range r.Cells {
			row = append(row, cellOf(grouped(c), false, centre))
		}
		t.rows = append(t.rows, append(row, cellOf(grouped(sum(r.Cells)), true, centre)))
	}
	if len(t.rows) <= shortTable {
		t = together(t)
	}
	d.table(t)
	d.add(gap)
}

// changes lists what a bản điều chỉnh changes; a report that corrects none has no such list.
func (b *blocks) changes(d *docx) {
	if b.p.Correction == 0 {
		return
	}
	title := words(false, "Nội dung điều chỉnh so với bản trước:")
	title.runs[0].bold, title.keepNext = true, true
	d.add(title)
	if len(b.p.Changes) == 0 {
		d.add(words(false, "Số liệu không thay đổi."))
		return
	}
	t := table{widths: []int{textWidth - 3*1900, 1900, 1900, 1900}, ruled: true, rows: [][][]para{headOf("Chỉ tiêu", "Cột", "Đã báo cáo", "Điều chỉnh thành")}}
	for _, c := range b.p.Changes {
		t.rows = append(t.rows, [][]para{cellOf(c.Label, false, left), cellOf(c.Column, false, centre), cellOf(c.Before, false, centre), cellOf(c.After, true, centre)})
	}
	if len(t.rows) <= shortTable {
		t = together(t)
	}
	d.table(t)
	d.add(gap)
}

// words is group K: what the registers hold, and what the units say.
func (b *blocks) words(d *docx) {
	g, _ := b.p.group("K")
	for _, r := range g.Rows {
		b.said(d, r.Label, r.Cells[0].Text)
		for _, w := range b.p.Words {
			text := map[string]string{"K.difficulties": w.Difficulties, "K.proposals": w.Proposals}[r.Key]
			if text != "" {
				b.lines(d, w.Unit+": ", text)
			}
		}
	}
}

// said is a heading and the lines below it; an empty one says so unless units add theirs.
func (b *blocks) said(d *docx, label, text string) {
	title := words(false, label)
	title.runs[0].bold, title.runs[0].italic, title.keepNext = true, true, true
	d.add(title)
	if text == "" && !b.unitsSay(label) {
		text = "Không có."
	}
	b.lines(d, "", text)
}

// unitsSay reports whether some unit has words for a field with this label.
func (b *blocks) unitsSay(label string) bool {
	g, _ := b.p.group("K")
	for _, r := range g.Rows {
		for _, w := range b.p.Words {
			if r.Label == label && (r.Key == "K.difficulties" && w.Difficulties != "" || r.Key == "K.proposals" && w.Proposals != "") {
				return true
			}
		}
	}
	return false
}

func (b *blocks) lines(d *docx, before, text string) {
	for line := range strings.Lines(strings.ReplaceAll(text, "\r\n", "\n")) {
		if line = strings.TrimSpace(line); line != "" {
			d.add(words(false, "- "+before+line))
			before = ""
		}
	}
}

// chart puts a picture with its title; without a picture it is left out.
func (b *blocks) chart(d *docx, name string) error {
	c, ok := b.p.chart(name)
	if !ok || c.PNG == nil {
		return nil
	}
	size, _, err := image.DecodeConfig(bytes.NewReader(c.PNG))
	if err != nil || size.Width == 0 {
		return fmt.Errorf("a chart's picture: %w", err)
	}
	id := len(b.pictures) + 1
	b.pictures = append(b.pictures, picture{id, c.PNG})
	d.body.WriteString(drawing(id, c.Title, size.Width, size.Height))
	d.add(para{runs: []run{{text: c.Title, size: size12, italic: true}}, align: centre, after: paragraph})
	return nil
}

// A chart is as wide as this part of the text, and no higher than its limit.
const (
	emuTwip     = 635 // English Metric Units, which pictures are measured in
	chartWidth  = textWidth * emuTwip * 3 / 4
	chartHeight = 8500 * emuTwip
)

// drawing is a paragraph with a picture. It declares its namespaces itself, because a
// template may come without them.
func drawing(id int, title string, width, height int) string {
	w, h := chartWidth, chartWidth*height/width
	if h > chartHeight {
		w, h = w*chartHeight/h, chartHeight
	}
	const (
		wp  = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
		a   = "http://schemas.openxmlformats.org/drawingml/2006/main"
		pic = "http://schemas.openxmlformats.org/drawingml/2006/picture"
		rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	)
	return fmt.Sprintf(`<w:p><w:pPr><w:keepNext/><w:spacing w:before="0" w:after="60"/><w:jc w:val="center"/></w:pPr><w:r><w:drawing>`+
		`<wp:inline xmlns:wp="%s" distT="0" distB="0" distL="0" distR="0"><wp:extent cx="%d" cy="%d"/><wp:docPr id="%d" name="%s" descr="%s"/>`+
		`<a:graphic xmlns:a="%s"><a:graphicData uri="%s"><pic:pic xmlns:pic="%s"><pic:nvPicPr><pic:cNvPr id="%d" name="%s"/><pic:cNvPicPr/></pic:nvPicPr>`+
		`<pic:blipFill><a:blip xmlns:r="%s" r:embed="%s"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>`+
		`<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%d" cy="%d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>`+
		`</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`,
		wp, w, h, pictureBase+id, pictureName(id), plain(title), a, pic, pic, pictureBase+id, pictureName(id), rel, pictureRel(id), w, h)
}

// pictureBase keeps the numbers of pictures clear of those a template has.
const pictureBase = 9000

func pictureName(id int) string { return "bieudo" + strconv.Itoa(id) + ".png" }
func pictureRel(id int) string  { return "rIdBieuDo" + strconv.Itoa(id) }

// grouped writes a whole number as papers do: 1.234.567.
func grouped(n int) string {
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "." + digits[i:]
	}
	return sign + digits
}
