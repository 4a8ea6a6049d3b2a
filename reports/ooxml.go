package reports

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
)

// Measures of the page. A twip is 1/20 point, 1/1440 inch.
const (
	a4Width, a4Height = 11906, 16838 // twips

	// Margins of NĐ 30/2020, Phụ lục I, mục I.1: top and bottom 20–25 mm, left 30–35, right 15–20.
	marginTop, marginBottom = 1134, 1134 // 20 mm
	marginLeft, marginRight = 1701, 964  // 30 mm, 17 mm
	textWidth               = a4Width - marginLeft - marginRight

	firstLine = 567 // 1 cm
	paragraph = 120 // 6 pt below each
)

// align is where the lines of a paragraph stand.
type align string

const (
	left      align = "left"
	centre    align = "center"
	justified align = "both"
)

// run is a stretch of text in one look.
type run struct {
	text         string
	size         int // half points; 0 = that of the body
	bold, italic bool
}

// para is one paragraph.
type para struct {
	runs     []run
	align    align
	indent   int // of the first line, twips
	after    int // room below, twips
	line     int // a line above the empty paragraph: its length in twips; 0 = none
	within   int // width of the column a line is centred in
	keepNext bool
}

// table is a table with columns of fixed width, in twips.
type table struct {
	widths []int
	ruled  bool // lines around the cells, and the first row again on every page
	rows   [][][]para
}

// docx is a document under way.
type docx struct{ body strings.Builder }

// plain is text as XML. Marks that turn the direction of writing would turn what stands
// around them, so they go.
func plain(s string) string {
	s = strings.Map(func(c rune) rune {
		if c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069 {
			return -1
		}
		return c
	}, s)
	var b bytes.Buffer
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		return ""
	}
	return b.String()
}

func (r run) xml() string {
	var look strings.Builder
	if r.bold {
		look.WriteString("<w:b/><w:bCs/>")
	}
	if r.italic {
		look.WriteString("<w:i/><w:iCs/>")
	}
	if r.size > 0 {
		fmt.Fprintf(&look, `<w:sz w:val="%[1]d"/><w:szCs w:val="%[1]d"/>`, r.size)
	}
	return `<w:r><w:rPr>` + look.String() + `</w:rPr><w:t xml:space="preserve">` + plain(r.text) + `</w:t></w:r>`
}

func (p para) xml() string {
	var b strings.Builder
	b.WriteString("<w:p><w:pPr>")
	if p.keepNext {
		b.WriteString("<w:keepNext/>")
	}
	if p.line > 0 {
		b.WriteString(`<w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>`)
		side := (p.within - p.line) / 2
		fmt.Fprintf(&b, `<w:spacing w:before="60" w:after="%d" w:line="120" w:lineRule="exact"/><w:ind w:left="%d" w:right="%d"/>`, p.after, side, side)
	} else {
		fmt.Fprintf(&b, `<w:spacing w:before="0" w:after="%d"/>`, p.after)
		if p.indent > 0 {
			fmt.Fprintf(&b, `<w:ind w:firstLine="%d"/>`, p.indent)
		}
	}
	if p.align != "" {
		fmt.Fprintf(&b, `<w:jc w:val="%s"/>`, p.align)
	}
	b.WriteString("</w:pPr>")
	for _, r := range p.runs {
		b.WriteString(r.xml())
	}
	b.WriteString("</w:p>")
	return b.String()
}

func (d *docx) add(list ...para) {
	for _, p := range list {
		d.body.WriteString(p.xml())
	}
}

func (d *docx) table(t table) {
	b := &d.body
	b.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="` + strconv.Itoa(sum(t.widths)) + `" w:type="dxa"/>`)
	if t.ruled {
		b.WriteString(`<w:tblBorders>`)
		for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
			b.WriteString(`<w:` + side + ` w:val="single" w:sz="4" w:space="0" w:color="000000"/>`)
		}
		b.WriteString(`</w:tblBorders>`)
	}
	margin := 0
	if t.ruled {
		margin = 70
	}
	fmt.Fprintf(b, `<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="%[1]d" w:type="dxa"/><w:right w:w="%[1]d" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>`, margin)
	for _, w := range t.widths {
		fmt.Fprintf(b, `<w:gridCol w:w="%d"/>`, w)
	}
	b.WriteString(`</w:tblGrid>`)
	for i, row := range t.rows {
		b.WriteString(`<w:tr><w:trPr><w:cantSplit/>`)
		if t.ruled && i == 0 {
			b.WriteString(`<w:tblHeader/>`)
		}
		b.WriteString(`</w:trPr>`)
		for j, cell := range row {
			fmt.Fprintf(b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, t.widths[j])
			if t.ruled {
				b.WriteString(`<w:vAlign w:val="center"/>`)
			}
			b.WriteString(`</w:tcPr>`)
			d.add(cell...)
			b.WriteString(`</w:tc>`)
		}
		b.WriteString(`</w:tr>`)
	}
	b.WriteString(`</w:tbl>`)
}

func sum(list []int) (n int) {
	for _, v := range list {
		n += v
	}
	return n
}

const (
	xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	spaces  = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	relKind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	mimeOOX = "application/vnd.openxmlformats-officedocument.wordprocessingml."
)

// parts are the files of a document beside its body. Its properties name a title and
// nobody who made it.
func parts(title string) [][2]string {
	return [][2]string{
		{"[Content_Types].xml", xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/word/document.xml" ContentType="` + mimeOOX + `document.main+xml"/>` +
			`<Override PartName="/word/styles.xml" ContentType="` + mimeOOX + `styles+xml"/>` +
			`<Override PartName="/word/header1.xml" ContentType="` + mimeOOX + `header+xml"/>` +
			`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`},
		{"_rels/.rels", xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			`<Relationship Id="rId1" Type="` + relKind + `officeDocument" Target="word/document.xml"/>` +
			`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`},
		{"docProps/core.xml", xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">` +
			`<dc:title>` + plain(title) + `</dc:title><dc:language>vi-VN</dc:language></cp:coreProperties>`},
		{"word/_rels/document.xml.rels", xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			`<Relationship Id="rId1" Type="` + relKind + `styles" Target="styles.xml"/><Relationship Id="rId2" Type="` + relKind + `header" Target="header1.xml"/></Relationships>`},
		// The number of the page: Arabic, 13–14, top centre, not on the first page.
		{"word/header1.xml", xmlHead + `<w:hdr ` + spaces + `><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r>` +
			`<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:hdr>`},
		{"word/styles.xml", xmlHead + `<w:styles ` + spaces + `><w:docDefaults><w:rPrDefault><w:rPr>` +
			`<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" w:cs="Times New Roman"/><w:color w:val="000000"/>` +
			`<w:sz w:val="26"/><w:szCs w:val="26"/><w:lang w:val="vi-VN"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>` +
			`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>`},
	}
}

// bytes is the finished file.
func (d *docx) bytes(title string) ([]byte, error) {
	section := fmt.Sprintf(`<w:sectPr><w:headerReference w:type="default" r:id="rId2"/><w:pgSz w:w="%d" w:h="%d"/>`+
		`<w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="567" w:footer="567" w:gutter="0"/><w:titlePg/></w:sectPr>`,
		a4Width, a4Height, marginTop, marginRight, marginBottom, marginLeft)
	all := append(parts(title), [2]string{"word/document.xml", xmlHead + `<w:document ` + spaces + `><w:body>` + d.body.String() + section + `</w:body></w:document>`})
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, part := range all {
		w, err := z.Create(part[0]) // without a time, so that equal papers are equal files
		if err == nil {
			_, err = w.Write([]byte(part[1]))
		}
		if err != nil {
			return nil, fmt.Errorf("writing a paper: %w", err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("writing a paper: %w", err)
	}
	return out.Bytes(), nil
}
