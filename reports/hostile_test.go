package reports_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/xuri/excelize/v2"

	"tinbao/media"
	"tinbao/reports"
)

// elsewhere is a computer that a document may ask for something; whoever does is counted.
func elsewhere(t *testing.T) (address string, asked *atomic.Int64) {
	t.Helper()
	asked = &atomic.Int64{}
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	t.Cleanup(s.Close)
	return s.URL, asked
}

const imageType = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"

// linked is a picture that is fetched when the document is opened.
const linked = `<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><wp:extent cx="900000" cy="900000"/><wp:docPr id="77" name="x"/>` +
	`<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">` +
	`<pic:nvPicPr><pic:cNvPr id="0" name="x"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:link="rIdX"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>` +
	`<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`

// attack: templates that fetch, run or hide something, in every disguise. Each is refused
// with a reason; none of them is filled.
func TestHostileTemplatesAreRefused(t *testing.T) {
	t.Parallel()
	good := template(t)
	parts := unzip(t, good)
	body, rels, types := parts["word/document.xml"], parts["word/_rels/document.xml.rels"], parts["[Content_Types].xml"]
	with := func(pairs ...string) []byte {
		changed := map[string]string{}
		for i := 0; i < len(pairs); i += 2 {
			changed[pairs[i]] = pairs[i+1]
		}
		return rezip(t, good, changed)
	}
	related := func(entry string) []byte {
		return with("word/_rels/document.xml.rels", strings.Replace(rels, "</Relationships>", entry+"</Relationships>", 1))
	}
	relation := func(mode, target string) string {
		return `<Relationship Id="rIdX" Type="` + imageType + `" Target="` + target + `" ` + mode + `/>`
	}
	in := func(xml string) []byte {
		return with("word/document.xml", strings.Replace(body, "<w:p>", xml+"<w:p>", 1))
	}
	field := func(runs string) []byte {
		return in(`<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>` + runs + `<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`)
	}
	instr := func(s string) string { return `<w:r><w:instrText>` + s + `</w:instrText></w:r>` }
	twice := func(names ...string) []byte {
		var out bytes.Buffer
		z := zip.NewWriter(&out)
		for name, content := range parts {
			w, _ := z.Create(name)
			w.Write([]byte(content))
		}
		for _, name := range names {
			w, _ := z.Create(name)
			w.Write([]byte(strings.Replace(rels, "</Relationships>", relation(`TargetMode="External"`, "http://a.example/")+"</Relationships>", 1)))
		}
		z.Close()
		return out.Bytes()
	}
	header := parts["word/header1.xml"]
	for name, c := range map[string]struct {
		file []byte
		is   func(reports.Faults) bool
	}{
		"an encoded mode":               {related(relation(`TargetMode="&#69;xternal"`, "http://a.example/x.png")), links},
		"an encoded mode, in hex":       {related(relation(`TargetMode="E&#x78;ternal"`, "x")), links},
		"another spelling":              {related(relation(`TargetMode = ' external '`, "x")), links},
		"no mode but an address":        {related(relation("", "http://a.example/x.png")), links},
		"an encoded address":            {related(relation("", "htt&#112;&#58;//a.example/x.png")), links},
		"a computer":                    {related(relation("", `\\a.example\x.png`)), links},
		"a computer with slashes":       {related(relation("", "//a.example/x.png")), links},
		"a file":                        {related(relation("", "file:///etc/passwd")), links},
		"escapes":                       {related(relation("", "%68ttp%3a//a.example")), links},
		"relations in UTF-16":           {with("word/_rels/document.xml.rels", "\xff\xfe"+string(wide(strings.Replace(rels, "</Relationships>", relation(`TargetMode="External"`, "http://a.example/")+"</Relationships>", 1)))), links},
		"a body in UTF-16":              {with("word/document.xml", "\xff\xfe"+string(wide(strings.Replace(body, "<w:p>", `<w:p><w:fldSimple w:instr="INCLUDETEXT x"/></w:p><w:p>`, 1)))), links},
		"a namespace of another name":   {related(`<x:Relationship xmlns:x="http://schemas.openxmlformats.org/package/2006/relationships" Id="rIdX" Type="x/y" Target="http://a.example" TargetMode="External"/>`), links},
		"relations of a header":         {with("word/_rels/header1.xml.rels", `<Relationships>`+relation(`TargetMode="External"`, "http://a.example/")+`</Relationships>`), links},
		"a hyperlink":                   {related(`<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="https://a.example" TargetMode="External"/>`), links},
		"relations twice":               {twice("word/_rels/document.xml.rels"), notWord},
		"relations twice in capitals":   {twice("WORD/_RELS/DOCUMENT.XML.RELS"), notWord},
		"relations twice with slashes":  {twice(`word\_rels\document.xml.rels`), notWord},
		"out of the folder":             {twice("../../etc/x"), notWord},
		"two bodies":                    {with("_rels/.rels", strings.Replace(parts["_rels/.rels"], "</Relationships>", `<Relationship Id="rId9" Type="x/officeDocument" Target="word/header1.xml"/></Relationships>`, 1)), notWord},
		"another body":                  {with("_rels/.rels", strings.Replace(parts["_rels/.rels"], "word/document.xml", "word/header1.xml", 1)), notWord},
		"an id that is none":            {related(`<Relationship Id="a&quot; b" Type="` + imageType + `" Target="x.png"/>`), notWord},
		"a linked picture":              {in(linked), links},
		"a picture of the old way":      {in(`<w:p><w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:imagedata src="http://a.example/x.png"/></v:shape></w:pict></w:r></w:p>`), links},
		"a shape with an address":       {in(`<w:p><w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape href="a"/></w:pict></w:r></w:p>`), links},
		"a link of a drawing":           {in(`<a:hlinkClick xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" r:id=""/>`), links},
		"INCLUDEPICTURE":                {field(instr(` INCLUDEPICTURE "http://a.example/x.png" \d `)), links},
		"a field in pieces":             {field(instr(" INCL") + instr("UDEPIC") + instr("TURE x")), links},
		"a field with a comment":        {field(instr(" INCLUDE<!-- -->TEXT x")), links},
		"a field as character data":     {field(instr("<![CDATA[ DDEAUTO ]]>cmd")), links},
		"a field with entities":         {field(instr(" &#73;NCLUDETEXT x")), links},
		"a field within a field":        {field(instr(" IF 1=1 ") + `<w:r><w:fldChar w:fldCharType="begin"/></w:r>` + instr(" DATABASE x ") + `<w:r><w:fldChar w:fldCharType="end"/></w:r>` + instr(" x")), links},
		"a name made by a field":        {field(`<w:r><w:fldChar w:fldCharType="begin"/></w:r>` + instr(" QUOTE INCLUDE ") + `<w:r><w:fldChar w:fldCharType="end"/></w:r>` + instr("TEXT x")), links},
		"a simple field":                {in(`<w:p><w:fldSimple w:instr=" includepicture x"/></w:p>`), links},
		"a field of another prefix":     {in(`<q:p xmlns:q="http://purl.oclc.org/ooxml/wordprocessingml/main"><q:fldSimple q:instr="RD x"/></q:p>`), links},
		"a field without its beginning": {in(`<w:p>` + instr("LINK Excel.Sheet x") + `</w:p>`), links},
		"a hyperlink as a field":        {field(instr(` HYPERLINK "https://a.example" `)), links},
		"a hyperlink with a place":      {field(instr(` HYPERLINK \l "x" \\a.example\y `)), links},
		"a macro button":                {field(instr(" MACROBUTTON x y")), links},
		"a field in a header":           {with("word/header1.xml", strings.Replace(header, " PAGE ", ` INCLUDEPICTURE "http://a.example" `, 1)), links},
		"text of another file":          {in(`<w:altChunk r:id="rIdX"/>`), links},
		"a part of another file":        {in(`<w:subDoc r:id="rIdX"/>`), links},
		"an object":                     {in(`<w:p><w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" Type="Embed" ProgID="Package"/></w:object></w:r></w:p>`), macros},
		"an object by its relation":     {related(`<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/package" Target="x.bin"/>`), macros},
		"macros by their relation":      {related(`<Relationship Id="rIdX" Type="http://schemas.microsoft.com/office/2006/relationships/vba&#80;roject" Target="x.bin"/>`), macros},
		"macros by an encoded type":     {with("[Content_Types].xml", strings.Replace(types, "document.main+xml", "document.macro&#69;nabled.main+xml", 1)), macros},
		"an entity":                     {with("word/document.xml", `<!DOCTYPE x [<!ENTITY a "b">]>`+body), notWord},
		"a bomb of entities":            {with("word/header1.xml", `<!DOCTYPE x [<!ENTITY a "bbbbbbbb"><!ENTITY c "&a;&a;&a;&a;">]><w:hdr>&c;</w:hdr>`), notWord},
		"an entity from a file":         {with("word/styles.xml", "\xff\xfe"+string(wide(`<!DOCTYPE x SYSTEM "http://a.example/x.dtd"><x/>`))), notWord},
		"a stylesheet":                  {with("word/document.xml", `<?xml-stylesheet href="http://a.example"?>`+body), notWord},
		"without end":                   {with("word/document.xml", strings.Replace(body, "<w:p>", strings.Repeat("<w:ins>", 5000)+"<w:p>", 1)), notWord},
		"a bomb":                        {with("word/media/x.png", strings.Repeat("\x00", 30<<20)), notWord},
		"a picture that is none": {rezip(t, good, map[string]string{
			"word/_rels/document.xml.rels": strings.Replace(rels, "</Relationships>", relation("", "media/x.png")+"</Relationships>", 1), "word/media/x.png": `<svg xmlns="http://www.w3.org/2000/svg"><image href="http://a.example"/></svg>`,
		}), func(f reports.Faults) bool { return f.Pictures }},
		"changes by another prefix": {in(`<q:ins xmlns:q="http://schemas.openxmlformats.org/wordprocessingml/2006/main" q:author="Ai đó"/>`), func(f reports.Faults) bool { return f.Traces }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := reports.Check(c.file)
			if !c.is(f) {
				t.Errorf("%+v", f)
			}
			if f.Traces {
				return
			}
			if _, err := halfYear(t).Fill(c.file); err == nil {
				t.Error("it is filled")
			}
			if _, err := reports.Cleaned(c.file); err == nil {
				t.Error("it is kept")
			}
		})
	}
}

func links(f reports.Faults) bool   { return f.Links }
func macros(f reports.Faults) bool  { return f.Macros }
func notWord(f reports.Faults) bool { return f.NotWord }

// What Word needs no part for is left out of a template, and of what is made from it.
func TestOnlyListedPartsAreKept(t *testing.T) {
	t.Parallel()
	good := template(t)
	parts := unzip(t, good)
	const secret = "a.example"
	rich := rezip(t, good, map[string]string{
		"mimetype":            "application/vnd.oasis.opendocument.text",
		"content.xml":         `<a xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="http://a.example"/>`,
		"docProps/custom.xml": "<a>a.example</a>", "customXml/item1.xml": "<a>a.example</a>", "docProps/thumbnail.jpeg": "a.example",
		"word/webSettings.xml": `<w:webSettings xmlns:w="x"><w:frame><w:sourceFileName w:val="http://a.example"/></w:frame></w:webSettings>`, "word/unrelated.xml": "<a>a.example</a>",
		"word/printerSettings1.bin": "a.example", "word/settings.xml": `<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:zoom w:percent="100"/>` +
			`<w:attachedTemplate r:id="rId1"/><w:mailMerge><w:dataSource r:id="rId2"/><w:query w:val="http://a.example"/></w:mailMerge><w:defaultTabStop w:val="720"/></w:settings>`,
		"word/_rels/settings.xml.rels": `<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="file:///C:\Users\a.example\Normal.dotm" TargetMode="External"/></Relationships>`,
		"word/document.xml":            strings.Replace(parts["word/document.xml"], `<w:pgSz`, `<w:printerSettings r:id="rIdP"/><w:pgSz`, 1),
		"word/_rels/document.xml.rels": strings.Replace(parts["word/_rels/document.xml.rels"], "</Relationships>", `<Relationship Id="rIdS" Type="x/settings" Target="/word/settings.xml"/>`+
			`<Relationship Id="rIdW" Type="x/webSettings" Target="webSettings.xml"/><Relationship Id="rIdC" Type="x/customXml" Target="../customXml/item1.xml"/><Relationship Id="rIdP" Type="x/printerSettings" Target="printerSettings1.bin"/></Relationships>`, 1),
	})
	if f := reports.Check(rich); f.Any() {
		t.Fatalf("%+v", f)
	}
	kept, err := reports.Cleaned(rich)
	if err != nil {
		t.Fatal(err)
	}
	filled, err := halfYear(t).Fill(rich)
	if err != nil {
		t.Fatal(err)
	}
	for what, file := range map[string][]byte{"kept": kept, "filled": filled} {
		all := unzip(t, file)
		for name, content := range all {
			if strings.Contains(content, secret) {
				t.Errorf("%s: %s tells of it", what, name)
			}
		}
		if all["mimetype"] != "" || all["content.xml"] != "" || !strings.Contains(all["word/settings.xml"], "defaultTabStop") || strings.Contains(all["word/document.xml"], "printerSettings") {
			t.Errorf("%s: %v", what, all["word/settings.xml"])
		}
	}
}

// attack: what a document asks for is not fetched, even when nobody has looked at it. The same
// program outside of the child does fetch it, so this test can fail.
func TestPapersAreMadeWithoutNetwork(t *testing.T) {
	soffice := media.FindOffice()
	if soffice == "" {
		t.Fatal("LibreOffice is not there: scripts/setup installs it")
	}
	address, asked := elsewhere(t)
	good := template(t)
	parts := unzip(t, good)
	hostile := rezip(t, good, map[string]string{
		"word/document.xml": strings.Replace(parts["word/document.xml"], "<w:p>", linked+"<w:p>", 1),
		"word/_rels/document.xml.rels": strings.Replace(parts["word/_rels/document.xml.rels"], "</Relationships>",
			fmt.Sprintf(`<Relationship Id="rIdX" Type="%s" Target="%s/x.png" TargetMode="&#69;xternal"/></Relationships>`, imageType, address), 1),
	})
	pdf, err := media.PDF(t.Context(), soffice, hostile)
	if err != nil || !bytes.HasPrefix(pdf, []byte("%PDF-")) {
		t.Fatal(err, len(pdf))
	}
	if n := asked.Load(); n > 0 {
		t.Errorf("asked %d times", n)
	}
	folder := t.TempDir()
	keepFile(t, filepath.Join(folder, "a.docx"), hostile)
	cmd := exec.Command(soffice, "-env:UserInstallation=file://"+filepath.Join(folder, "profile"), "--headless", "--convert-to", "pdf", "--outdir", folder, filepath.Join(folder, "a.docx"))
	if out, err := cmd.CombinedOutput(); err != nil || asked.Load() == 0 {
		t.Errorf("outside of the child it was asked %d times: %v %s", asked.Load(), err, out)
	}
}

// attack: a workbook that asks for something elsewhere. Its values are read, and nobody is
// asked.
func TestHostileWorkbooks(t *testing.T) {
	t.Parallel()
	address, asked := elsewhere(t)
	w := newWorkbook(t, "DS").rows("DS", 1, head, entry(1, "Hoa Sữa"))
	w.must(w.SetCellFormula("DS", "G2", `WEBSERVICE("`+address+`/a")`))
	w.must(w.SetCellHyperLink("DS", "B2", address, "External"))
	w.must(w.SetCellFormula("DS", "E2", `[1]Sheet1!A1`, excelize.FormulaOpts{}))
	plain := w.bytes()
	parts := unzip(t, plain)
	external := fmt.Sprintf(`<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath" Target="%s" TargetMode="External"/></Relationships>`, address)
	book := parts["xl/workbook.xml"]
	rels := parts["xl/_rels/workbook.xml.rels"]
	with := func(pairs ...string) []byte {
		changed := map[string]string{}
		for i := 0; i < len(pairs); i += 2 {
			changed[pairs[i]] = pairs[i+1]
		}
		return rezip(t, plain, changed)
	}
	for name, c := range map[string]struct {
		file []byte
		why  string // "" = it is read
	}{
		"formulas":          {plain, ""},
		"a link":            {with("xl/externalLinks/externalLink1.xml", "<a/>", "xl/externalLinks/_rels/externalLink1.xml.rels", external), ""},
		"connections":       {with("xl/connections.xml", `<connections><connection id="1" type="1"><dbPr connection="`+address+`"/></connection></connections>`), ""},
		"a remote sheet":    {with("xl/_rels/workbook.xml.rels", regexp.MustCompile(`Target="[^"]*sheet1.xml"`).ReplaceAllString(rels, `TargetMode="&#69;xternal" Target="`+address+`"`)), "import.unreadable"},
		"entities":          {with("xl/workbook.xml", `<!DOCTYPE a SYSTEM "`+address+`">`+book), "import.unreadable"},
		"a bomb":            {with("xl/sharedStrings.xml", strings.Repeat(" ", 30<<20)), "import.big"},
		"entities in texts": {with("xl/worksheets/sheet1.xml", `<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>`), "import.unreadable"},
		"macros":            {with("xl/vbaProject.bin", "x"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sheets, err := reports.ReadBook(c.file)
			if c.why != "" {
				if err == nil || !strings.Contains(err.Error(), c.why) {
					t.Error(err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			p, err := register.Compare(sheets)
			if err != nil || len(p.Rows) != 1 || p.Rows[0].Name != "Hoa Sữa" {
				t.Errorf("%v %v", short(p), err)
			}
		})
	}
	if n := asked.Load(); n > 0 {
		t.Errorf("asked %d times", n)
	}
}
