package reports

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"regexp"
	"sort"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"tinbao/cases"
)

// Limits of a workbook that is read. What it holds unpacked stays in memory and never goes to
// a temporary file.
const (
	unpackedBytes = 24 << 20
	readColumns   = 60
	readRows      = 2*cases.MaxImportRows + 50 // of each sheet, with titles and section rows
	readSheets    = 60
	readMerges    = 20000
)

var bookBounds = bounds{bytes: unpackedBytes, parts: 2000}

// What a file is that is no workbook of this kind, as texts that say what to do.
const (
	textUnreadable = "import.unreadable"
	textBig        = "import.big"
	textOld        = "import.old" // a table of another program or an earlier Excel
	textPassword   = "import.locked"
	textOther      = "import.other" // no table at all
)

// ReadBook reads the sheets of an .xlsx file, or a text with separators (.csv), which has one
// sheet. Cells are as the program that wrote the file shows them. The error is Invalid with
// the text of what is wrong and what to do.
func ReadBook(body []byte) (sheets []cases.Sheet, err error) {
	defer func() {
		if recover() != nil { // a broken file, which the library does not expect
			sheets, err = nil, cases.Fail(cases.Invalid, textUnreadable)
		}
	}()
	if len(body) > cases.MaxImportBytes {
		return nil, cases.Fail(cases.Invalid, textBig)
	}
	if text := otherKind(body); text != "" {
		return nil, cases.Fail(cases.Invalid, text)
	}
	if !bytes.HasPrefix(body, []byte("PK")) {
		return readText(body)
	}
	parts, err := bookBounds.unzip(body)
	switch {
	case errors.Is(err, errPackageSize):
		return nil, cases.Fail(cases.Invalid, textBig)
	case err != nil:
		return nil, cases.Fail(cases.Invalid, textUnreadable)
	}
	if text := otherPackage(parts); text != "" {
		return nil, cases.Fail(cases.Invalid, text)
	}
	b, err := bareBook(parts)
	if err != nil {
		return nil, cases.Fail(cases.Invalid, textUnreadable)
	}
	sheets, err = b.read()
	if err != nil {
		return nil, cases.Fail(cases.Invalid, textUnreadable)
	}
	return sheets, nil
}

// otherKind knows files by their first bytes; "" for those that may be read.
func otherKind(body []byte) string {
	wide := func(s string) []byte { // as UTF-16
		return []byte(strings.Join(strings.Split(s, ""), "\x00"))
	}
	head := bytes.ToLower(bytes.TrimLeft(asUTF8(body[:min(len(body), 1024)]), "\ufeff \t\r\n"))
	switch {
	case bytes.HasPrefix(body, []byte{0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1}): // a compound file
		switch {
		case bytes.Contains(body, wide("EncryptedPackage")):
			return textPassword
		case bytes.Contains(body, wide("WordDocument")), bytes.Contains(body, wide("PowerPoint Document")):
			return textOther
		}
		return textOld
	case bytes.HasPrefix(body, []byte{0x09, 0x08}), bytes.HasPrefix(body, []byte{0x09, 0x04}), bytes.HasPrefix(body, []byte{0x09, 0x02}): // BIFF
		return textOld
	case bytes.HasPrefix(head, []byte("<")), bytes.HasPrefix(head, []byte("mime-version")): // HTML, XML and MHTML under the name .xls
		return textOld
	case bytes.HasPrefix(body, []byte("%PDF")), bytes.HasPrefix(body, []byte("\xff\xd8\xff")), bytes.HasPrefix(body, []byte("\x89PNG")),
		bytes.HasPrefix(body, []byte("Rar!")), bytes.HasPrefix(body, []byte("7z\xbc\xaf")), bytes.HasPrefix(body, []byte(`{\rtf`)):
		return textOther
	}
	return ""
}

// otherPackage knows the archives that are no .xlsx.
func otherPackage(all []part) string {
	has := func(name string) bool { return named(all, name) != nil }
	switch {
	case has("EncryptedPackage"):
		return textPassword
	case has("content.xml") && has("mimetype"): // OpenDocument
		if bytes.Contains(named(all, "mimetype").body, []byte("spreadsheet")) {
			return textOld
		}
		return textOther
	case has("xl/workbook.bin"), has("Index/Document.iwa"):
		return textOld
	case has("word/document.xml"), has("ppt/presentation.xml"):
		return textOther
	}
	return ""
}

// opened is a workbook of listed parts only.
type opened struct {
	sheets []bookSheet
	early  bool // days are counted from 1904
	shared []byte
	styles []byte
}

type bookSheet struct {
	name   string
	hidden bool
	body   []byte
}

// bareBook keeps of a workbook the sheets, their texts and their formats. Everything else,
// and every relation to the outside, is left out.
func bareBook(all []part) (b opened, err error) {
	roots, err := relations(parsed(all, relsOf("")), "")
	if err != nil {
		return b, err
	}
	at := ""
	for _, r := range roots {
		if r.kind == "officeDocument" && !r.external {
			at = r.target
		}
	}
	main := named(all, at)
	if main == nil {
		return b, errPackage
	}
	rels, err := relations(parsed(all, relsOf(at)), at)
	if err != nil {
		return b, err
	}
	parts := map[string]*part{}
	for _, r := range rels {
		p := named(all, r.target)
		if r.external || p == nil {
			continue
		}
		switch r.kind {
		case "sharedStrings":
			b.shared = plainXML(p.body)
		case "styles":
			b.styles = plainXML(p.body)
		case "worksheet":
			parts[r.id] = p
		}
	}
	err = tokens(plainXML(main.body), func(e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			v := attribute(e, "date1904")
			b.early = v == "1" || v == "true"
		case "sheet":
			p := parts[attribute(e, "id")]
			if p == nil || len(b.sheets) == readSheets { // a sheet of charts
				return nil
			}
			state := attribute(e, "state")
			b.sheets = append(b.sheets, bookSheet{attribute(e, "name"), state != "" && state != "visible", plainXML(p.body)})
		}
		return nil
	})
	if err == nil && len(b.sheets) == 0 {
		err = errPackage
	}
	return b, err
}

// parsed is a package in which one part is UTF-8.
func parsed(all []part, name string) []part {
	if p := named(all, name); p != nil {
		return []part{{p.name, plainXML(p.body)}}
	}
	return nil
}

// attribute is the last attribute of a local name, so that r:id stands for id.
func attribute(e xml.StartElement, name string) (value string) {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			value = a.Value
		}
	}
	return value
}

// pack writes the workbook anew.
func (b opened) pack() ([]byte, error) {
	const (
		types = "application/vnd.openxmlformats-officedocument.spreadsheetml."
		main  = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	)
	var list, rels, content strings.Builder
	var parts []part
	add := func(name, kind, contentType string, body []byte) {
		fmt.Fprintf(&rels, `<Relationship Id="r%d" Type="%s%s" Target="%s"/>`, len(parts)+1, relKind, kind, name)
		fmt.Fprintf(&content, `<Override PartName="/xl/%s" ContentType="%s%s+xml"/>`, name, types, contentType)
		parts = append(parts, part{"xl/" + name, body})
	}
	for i, s := range b.sheets {
		add(fmt.Sprintf("worksheets/sheet%d.xml", i+1), "worksheet", "worksheet", s.body)
		fmt.Fprintf(&list, `<sheet name="%s" sheetId="%d" r:id="r%d"/>`, sheetName(i), i+1, i+1)
	}
	if b.shared != nil {
		add("sharedStrings.xml", "sharedStrings", "sharedStrings", b.shared)
	}
	if b.styles != nil {
		add("styles.xml", "styles", "styles", b.styles)
	}
	early := ""
	if b.early {
		early = `<workbookPr date1904="1"/>`
	}
	return pack(append([]part{
		{typesPart, []byte(xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="` + types + `sheet.main+xml"/>` + content.String() + `</Types>`)},
		{"_rels/.rels", []byte(xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			`<Relationship Id="rId1" Type="` + relKind + `officeDocument" Target="xl/workbook.xml"/></Relationships>`)},
		{"xl/workbook.xml", []byte(xmlHead + `<workbook xmlns="` + main + `" xmlns:r="` + strings.TrimSuffix(relKind, "/") + `">` + early + `<sheets>` + list.String() + `</sheets></workbook>`)},
		{"xl/_rels/workbook.xml.rels", []byte(xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + rels.String() + `</Relationships>`)},
	}, parts...))
}

// sheetName names a sheet for the library, which does not take every name that people give.
func sheetName(i int) string { return "s" + strconv.Itoa(i+1) }

func (b opened) read() ([]cases.Sheet, error) {
	body, err := b.pack()
	if err != nil {
		return nil, err
	}
	f, err := excelize.OpenReader(bytes.NewReader(body), excelize.Options{UnzipSizeLimit: 2 * unpackedBytes, UnzipXMLSizeLimit: 2 * unpackedBytes})
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var all []cases.Sheet
	for i, s := range b.sheets {
		sheet, err := readSheet(f, sheetName(i))
		if err != nil {
			return nil, err
		}
		areas, err := merges(s.body)
		if err != nil {
			return nil, err
		}
		fill(sheet.Rows, areas)
		sheet.Name, sheet.Hidden = s.name, s.hidden
		all = append(all, tidied(sheet))
	}
	return all, nil
}

// readSheet reads the rows of a sheet that hold anything.
func readSheet(f *excelize.File, name string) (s cases.Sheet, err error) {
	shown, err := f.Rows(name)
	if err != nil {
		return s, err
	}
	defer shown.Close()
	raw, err := f.Rows(name)
	if err != nil {
		return s, err
	}
	defer raw.Close()
	for n := 1; shown.Next() && raw.Next(); n++ {
		cells, err := shown.Columns()
		if err != nil {
			return s, err
		}
		typed, err := raw.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return s, err
		}
		if strings.TrimSpace(strings.Join(cells, "")) == "" {
			continue
		}
		if len(s.Rows) == readRows {
			s.More = true
			break
		}
		for i := range cells {
			if i < len(typed) {
				cells[i] = spelled(cells[i], typed[i])
			}
		}
		s.Rows = append(s.Rows, cases.SheetRow{Row: n, Cells: cells, Hidden: shown.GetRowOpts().Hidden})
	}
	return s, shown.Error()
}

var scientific = regexp.MustCompile(`^\d(?:[.,]\d+)?E\+?\d+$`)

// spelled is a number in full where it is shown shortened, else a cell as it is shown.
func spelled(shown, typed string) string {
	if !scientific.MatchString(strings.ToUpper(shown)) {
		return shown
	}
	if v, err := strconv.ParseFloat(typed, 64); err == nil && v < 1e15 {
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return shown
}

// area is a rectangle of cells that were made one; all from 1, ends included.
type area struct{ left, top, right, bottom int }

// merges reads the merged cells of a sheet.
func merges(body []byte) (list []area, err error) {
	err = tokens(body, func(e xml.StartElement) error {
		if e.Name.Local != "mergeCell" || len(list) == readMerges {
			return nil
		}
		first, last, _ := strings.Cut(strings.ReplaceAll(attribute(e, "ref"), "$", ""), ":")
		left, top, one := excelize.CellNameToCoordinates(first)
		right, bottom, other := excelize.CellNameToCoordinates(last)
		if errors.Join(one, other) == nil { // one that is written wrongly joins nothing
			list = append(list, area{left, top, right, bottom})
		}
		return nil
	})
	return list, err
}

// fill writes the value of merged cells into the rows below it, and notes beside the cells
// what reaches over them from the left. A row without a value of its own stays so.
func fill(rows []cases.SheetRow, areas []area) {
	cellOf := func(r cases.SheetRow, column int) string {
		if column <= len(r.Cells) {
			return r.Cells[column-1]
		}
		return ""
	}
	for _, a := range areas {
		from := sort.Search(len(rows), func(i int) bool { return rows[i].Row >= a.top })
		if from == len(rows) || rows[from].Row != a.top || a.left > readColumns {
			continue
		}
		value := cellOf(rows[from], a.left)
		if value == "" {
			continue
		}
		for i := from; i < len(rows) && rows[i].Row <= a.bottom; i++ {
			r := &rows[i]
			if i > from && cellOf(*r, a.left) == "" {
				for len(r.Cells) < a.left {
					r.Cells = append(r.Cells, "")
				}
				r.Cells[a.left-1] = value
			}
			for column := a.left + 1; column <= min(a.right, readColumns); column++ {
				if r.Across == nil {
					r.Across = map[int]string{}
				}
				r.Across[column-1] = value
			}
		}
	}
}

// tidied is a sheet of readable texts and of the columns that are read.
func tidied(s cases.Sheet) cases.Sheet {
	for i := range s.Rows {
		r := &s.Rows[i]
		for _, cell := range r.Cells[min(len(r.Cells), readColumns):] {
			s.Wide = s.Wide || strings.TrimSpace(cell) != ""
		}
		r.Cells = append([]string(nil), r.Cells[:min(len(r.Cells), readColumns)]...)
		for j, cell := range r.Cells {
			text, changed, doubtful := readable(cell)
			r.Cells[j] = text
			if changed {
				s.Converted++
			}
			if doubtful {
				r.Doubtful = append(r.Doubtful, j)
			}
		}
		for j, cell := range r.Across {
			r.Across[j], _, _ = readable(cell)
		}
	}
	return s
}
