package reports

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// placeholder is a field of a template: {{B.sessions}}, {{B.sessions|cung_ky}},
// {{bang:D}} for the table of a group, {{bieudo:phu}} for a chart.
var placeholder = regexp.MustCompile(`\{\{\s*([^{}]*?)\s*\}\}`)

// The parts of a Word document that are read or written here.
const (
	bodyPart  = "word/document.xml"
	relsPart  = "word/_rels/document.xml.rels"
	typesPart = "[Content_Types].xml"
	corePart  = "docProps/core.xml"
	appPart   = "docProps/app.xml"
)

// Bounds of a template.
const (
	MaxTemplate  = 2 << 20  // bytes, as it is sent
	maxUnpacked  = 24 << 20 // bytes in all
	maxPartCount = 200
)

// ErrTemplate is a template that is no Word document, or one from which no paper may be
// made.
var ErrTemplate = errors.New("not a Word document of listed parts")

// part is a file inside a document.
type part struct {
	name string
	body []byte
}

// unpack reads the files of a document of ours in their order.
func unpack(document []byte) ([]part, error) {
	all, err := templateBounds.unzip(document)
	if err != nil {
		return nil, ErrTemplate
	}
	return all, nil
}

func partOf(all []part, name string) *part {
	i := slices.IndexFunc(all, func(p part) bool { return p.name == name })
	if i < 0 {
		return nil
	}
	return &all[i]
}

// pack writes a document; equal parts are equal bytes.
func pack(all []part) ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, p := range all {
		w, err := z.Create(p.name) // without a time
		if err == nil {
			_, err = w.Write(p.body)
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

// stretch is a stretch of bytes of the body.
type stretch struct{ from, to int }

// textPara is a paragraph of a template: where it stands, and its texts. Word cuts a
// placeholder into several texts as it likes.
type textPara struct {
	stretch
	texts  []stretch // contents of w:t
	inCell bool
	nested bool // has paragraphs inside, as a frame does
}

func (p textPara) text(body []byte) string {
	var b strings.Builder
	for _, t := range p.texts {
		b.WriteString(unescaped(body[t.from:t.to]))
	}
	return b.String()
}

// unescaped is the text of XML character data.
func unescaped(raw []byte) string {
	var s string
	if err := xml.Unmarshal(append(append([]byte("<t>"), raw...), "</t>"...), &s); err != nil {
		return ""
	}
	return s
}

// paragraphs finds the paragraphs of a body. Texts belong to the innermost one.
func paragraphs(body []byte) (list []textPara, err error) {
	d := xml.NewDecoder(bytes.NewReader(body))
	var open []textPara
	cells, textAt := 0, -1
	for {
		before := int(d.InputOffset())
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return list, nil
		}
		if err != nil {
			return nil, ErrTemplate
		}
		at := int(d.InputOffset())
		switch e := token.(type) {
		case xml.StartElement:
			switch {
			case e.Name.Space != "w":
			case e.Name.Local == "p":
				if len(open) > 0 {
					open[len(open)-1].nested = true
				}
				open = append(open, textPara{stretch: stretch{from: before}, inCell: cells > 0})
			case e.Name.Local == "tc":
				cells++
			case e.Name.Local == "t":
				textAt = at
			}
		case xml.EndElement:
			switch {
			case e.Name.Space != "w":
			case e.Name.Local == "t":
				if n := len(open); n > 0 && textAt >= 0 && before > textAt {
					open[n-1].texts = append(open[n-1].texts, stretch{textAt, before})
				}
				textAt = -1
			case e.Name.Local == "tc":
				cells--
			case e.Name.Local == "p" && len(open) > 0:
				last := open[len(open)-1]
				last.to = at
				list, open = append(list, last), open[:len(open)-1]
			}
		}
	}
}

// edit replaces a stretch of the body.
type edit struct {
	stretch
	with string
}

// Fill writes the report by a template. A placeholder that means nothing stays as it is;
// Check finds those before a template is taken.
func (p Periodic) Fill(template []byte) ([]byte, error) {
	all, f := admit(template)
	if f.unsafe() {
		return nil, ErrTemplate
	}
	body := partOf(all, bodyPart)
	if body == nil {
		return nil, ErrTemplate
	}
	b := &blocks{p: p}
	filled, err := b.fill(body.body)
	if err != nil {
		return nil, err
	}
	body.body = filled
	for _, pic := range b.pictures {
		all = append(all, part{"word/media/" + pictureName(pic.id), pic.png})
	}
	if err := b.relate(all); err != nil {
		return nil, err
	}
	dress(all, "Báo cáo "+p.About)
	return pack(all)
}

// fill replaces the placeholders of a body.
func (b *blocks) fill(body []byte) ([]byte, error) {
	list, err := paragraphs(body)
	if err != nil {
		return nil, err
	}
	var edits []edit
	values := b.p.values()
	for _, para := range list {
		text := para.text(body)
		if !strings.Contains(text, "{{") {
			continue
		}
		if m := placeholder.FindStringSubmatch(text); m != nil && m[0] == strings.TrimSpace(text) && !para.nested {
			if block, ok := b.write(m[1]); ok {
				if para.inCell {
					block += "<w:p/>" // a cell ends with a paragraph
				}
				edits = append(edits, edit{para.stretch, block})
				continue
			}
			if v, ok := values[m[1]]; ok && v == "" && !para.inCell {
				edits = append(edits, edit{para.stretch, ""}) // no empty line where a mark does not apply
				continue
			}
		}
		edits = append(edits, inline(body, para, values)...)
	}
	slices.SortFunc(edits, func(a, b edit) int { return a.from - b.from })
	var out bytes.Buffer
	at := 0
	for _, e := range edits {
		if e.from < at {
			continue
		}
		out.Write(body[at:e.from])
		out.WriteString(e.with)
		at = e.to
	}
	out.Write(body[at:])
	return out.Bytes(), nil
}

// inline replaces the placeholders within the texts of a paragraph: the text in which
// one begins takes the value, those in which it goes on lose their part of it.
func inline(body []byte, para textPara, values map[string]string) (edits []edit) {
	parts := make([]string, len(para.texts))
	for i, t := range para.texts {
		parts[i] = unescaped(body[t.from:t.to])
	}
	whole := strings.Join(parts, "")
	found := placeholder.FindAllStringSubmatchIndex(whole, -1)
	fresh := make([]strings.Builder, len(parts))
	at, next := 0, 0 // in whole; in found
	for i, text := range parts {
		end := at + len(text)
		for pos := at; pos < end; {
			for next < len(found) && found[next][1] <= pos {
				next++
			}
			if next == len(found) || found[next][0] >= end {
				fresh[i].WriteString(whole[pos:end])
				break
			}
			m := found[next]
			value, known := values[whole[m[2]:m[3]]]
			if !known {
				value = whole[m[0]:m[1]]
			}
			if m[0] >= pos { // it begins here
				fresh[i].WriteString(whole[pos:m[0]])
				fresh[i].WriteString(value)
			}
			pos = min(m[1], end)
		}
		at = end
	}
	for i, t := range para.texts {
		if s := fresh[i].String(); s != parts[i] {
			lines := strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
			for j := range lines {
				lines[j] = plain(lines[j])
			}
			edits = append(edits, edit{t, strings.Join(lines, `</w:t><w:br/><w:t xml:space="preserve">`)})
		}
	}
	return edits
}

// values are the placeholders that are words: what the report is, and every figure.
func (p Periodic) values() map[string]string {
	v := map[string]string{
		"phuong": p.Ward, "PHUONG": strings.ToUpper(p.Ward), "dia_danh": p.place(), "trich_yeu": p.About, "ky": p.period(),
		"tu_ngay": dotless(p.From), "den_ngay": dotless(p.To), "du_thao": "", "dieu_chinh": "",
	}
	if p.Draft {
		v["du_thao"] = draftMark
	}
	if p.Correction > 0 {
		v["dieu_chinh"] = correctedMark + strconv.Itoa(p.Correction)
	}
	for _, g := range p.Groups {
		for _, r := range g.Rows {
			for i, suffix := range columnSuffixes {
				v[r.Key+suffix] = r.Cells[i].Text
			}
		}
	}
	return v
}

// columnSuffixes choose a column of a figure.
var columnSuffixes = [3]string{"", "|cung_ky", "|luy_ke"}

// wordNames are the placeholders of values that are no figures.
var wordNames = []string{"phuong", "PHUONG", "dia_danh", "trich_yeu", "ky", "tu_ngay", "den_ngay", "du_thao", "dieu_chinh"}

// subject is what every report is about; what follows it in the trích yếu names the period.
const subject = "Kết quả thực hiện công tác phòng, chống mại dâm "

func (p Periodic) period() string { return strings.TrimPrefix(p.About, subject) }

// About is the trích yếu of a report of a period: "6 tháng đầu năm 2027".
func About(period string) string { return subject + period }

func dotless(t time.Time) string { return t.In(zone).Format("02/01/2006") }

// relate names the pictures in the lists of a document.
func (b *blocks) relate(all []part) error {
	if len(b.pictures) == 0 {
		return nil
	}
	rels, types := partOf(all, relsPart), partOf(all, typesPart)
	if rels == nil || types == nil {
		return ErrTemplate
	}
	var list strings.Builder
	for _, pic := range b.pictures {
		fmt.Fprintf(&list, `<Relationship Id="%s" Type="%simage" Target="media/%s"/>`, pictureRel(pic.id), relKind, pictureName(pic.id))
	}
	rels.body = bytes.Replace(rels.body, []byte("</Relationships>"), []byte(list.String()+"</Relationships>"), 1)
	if !bytes.Contains(bytes.ToLower(types.body), []byte(`extension="png"`)) {
		types.body = bytes.Replace(types.body, []byte("</Types>"), []byte(`<Default Extension="png" ContentType="image/png"/></Types>`), 1)
	}
	return nil
}

// dress gives a document properties that name its title and nobody who made it.
func dress(all []part, title string) {
	if p := partOf(all, corePart); p != nil {
		p.body = []byte(xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">` +
			`<dc:title>` + plain(title) + `</dc:title><dc:language>vi-VN</dc:language></cp:coreProperties>`)
	}
	if p := partOf(all, appPart); p != nil {
		p.body = []byte(xmlHead + `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"></Properties>`)
	}
}
