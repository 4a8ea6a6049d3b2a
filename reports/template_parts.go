package reports

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// templateBounds limit a template.
var templateBounds = bounds{bytes: maxUnpacked, parts: maxPartCount}

// wordKind is a kind of part that a Word document may have, by its relation.
type wordKind struct {
	content string   // what its content type ends in; "" is a picture
	within  []string // kinds of relations of its own that are followed
}

var wordKinds = map[string]wordKind{
	"styles":    {content: "styles"},
	"settings":  {content: "settings"},
	"fontTable": {content: "fontTable"},
	"numbering": {content: "numbering", within: []string{"image"}},
	"header":    {content: "header", within: []string{"image"}},
	"footer":    {content: "footer", within: []string{"image"}},
	"footnotes": {content: "footnotes", within: []string{"image"}},
	"endnotes":  {content: "endnotes", within: []string{"image"}},
	"theme":     {content: "theme", within: []string{"image"}},
	"image":     {},
}

var wordBody = wordKind{content: "document.main", within: []string{"styles", "settings", "fontTable", "numbering", "header", "footer", "footnotes", "endnotes", "theme", "image"}}

// Relations of parts that run something or hold a file of another program, and of those that
// name people. What is in no list is left out.
var (
	objectKinds = []string{"oleObject", "package", "control", "activeXControlBinary", "vbaProject", "wordVbaData", "keyMapCustomizations", "attachedToolbars", "chart", "chartEx", "diagramData"}
	peopleKinds = []string{"comments", "people", "commentsExtended", "commentsIds", "commentsExtensible"}
)

// admission writes a document anew, of listed parts, relations and elements only.
type admission struct {
	from   []part
	made   []part
	types  strings.Builder
	names  map[string]string // new ones by old ones
	counts map[string]int
	found  Faults
}

// admit gives the parts of a Word document that a paper may be made from: what its relations
// reach and the lists name, written anew. What Word needs no part for (relations to a
// template elsewhere, settings of a printer, embedded fonts) is cut out; what would be missed is
// a fault.
func admit(template []byte) ([]part, Faults) {
	all, err := templateBounds.unzip(template)
	if err != nil {
		return nil, Faults{NotWord: true}
	}
	for i, p := range all {
		if strings.HasSuffix(strings.ToLower(p.name), ".xml") || strings.HasSuffix(strings.ToLower(p.name), ".rels") {
			all[i].body = plainXML(p.body)
		}
	}
	a := admission{from: all, names: map[string]string{}, counts: map[string]int{}}
	if !a.declared() {
		a.found.NotWord = true
		return nil, a.found
	}
	roots, err := relations(all, "")
	if err != nil {
		return nil, Faults{NotWord: true}
	}
	bodies := 0
	for _, r := range roots {
		if r.kind == "officeDocument" {
			bodies++
			a.found.NotWord = a.found.NotWord || r.external || !strings.EqualFold(r.target, bodyPart)
		}
	}
	for _, p := range all { // what is there without a relation is not kept, but was meant
		a.meant(strings.ToLower(p.name))
	}
	if a.found.NotWord || bodies != 1 {
		a.found.NotWord = true
		return nil, a.found
	}
	a.take(bodyPart, bodyPart, wordBody)
	if a.found.NotWord {
		return nil, a.found
	}
	return append([]part{
		{typesPart, []byte(xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
			`<Default Extension="png" ContentType="image/png"/><Default Extension="jpeg" ContentType="image/jpeg"/><Default Extension="gif" ContentType="image/gif"/>` +
			a.types.String() + `<Override PartName="/` + corePart + `" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`)},
		{relsOf(""), []byte(xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			`<Relationship Id="rId1" Type="` + relKind + `officeDocument" Target="` + bodyPart + `"/>` +
			`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="` + corePart + `"/></Relationships>`)},
		{corePart, nil},
	}, a.made...), a.found
}

// declared reports whether the body is declared to be that of a Word document.
func (a *admission) declared() bool {
	types := named(a.from, typesPart)
	if types == nil {
		return false
	}
	main := false
	err := tokens(types.body, func(e xml.StartElement) error {
		content := strings.ToLower(attribute(e, "ContentType"))
		a.found.Macros = a.found.Macros || strings.Contains(content, "macroenabled") || strings.Contains(content, "vbaproject")
		main = main || strings.EqualFold(attribute(e, "PartName"), "/"+bodyPart) && content == mimeOOX+"document.main+xml"
		return nil
	})
	return err == nil && (main || a.found.Macros)
}

// meant finds macros and objects by the names that Word gives them.
func (a *admission) meant(name string) {
	for _, bad := range []string{"vbaproject", "vbadata", "word/embeddings/", "word/activex/", "oleobject"} {
		a.found.Macros = a.found.Macros || strings.Contains(name, bad)
	}
}

// take keeps a part under a name, with what its relations lead to.
func (a *admission) take(from, to string, kind wordKind) {
	p := named(a.from, from)
	if p == nil {
		a.found.NotWord = true
		return
	}
	a.names[strings.ToLower(from)] = to
	if kind.content == "" {
		a.made = append(a.made, part{to, p.body})
		return
	}
	at := len(a.made)
	a.made = append(a.made, part{name: to})
	main := mimeOOX
	if kind.content == "theme" {
		main = "application/vnd.openxmlformats-officedocument."
	}
	fmt.Fprintf(&a.types, `<Override PartName="/%s" ContentType="%s%s+xml"/>`, to, main, kind.content)
	rels, err := relations(a.from, from)
	if err != nil {
		a.found.NotWord = true
		return
	}
	kept := a.follow(to, rels, kind)
	body, err := a.inspect(p, kept)
	if err != nil {
		a.found.NotWord = true
		return
	}
	a.made[at].body = append([]byte(xmlHead), body...)
}

var relationID = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9._-]*$`)

// follow keeps the parts that relations lead to, and writes the list of those; the ids of
// what is kept come back.
func (a *admission) follow(to string, rels []relation, kind wordKind) map[string]bool {
	kept := map[string]bool{}
	var list strings.Builder
	for _, r := range rels {
		switch {
		case !relationID.MatchString(r.id) || kept[r.id]:
			a.found.NotWord = true
			return kept
		case r.external && r.kind != "attachedTemplate":
			a.found.Links = true
		case slices.Contains(objectKinds, r.kind):
			a.found.Macros = true
		case r.kind == "aFChunk" || r.kind == "frame" || r.kind == "subDocument":
			a.found.Links = true
		case slices.Contains(peopleKinds, r.kind):
			a.people(r.target)
		}
		if r.external || !slices.Contains(kind.within, r.kind) {
			continue
		}
		name, there := a.names[strings.ToLower(r.target)]
		if !there {
			if name = a.name(r); name == "" {
				continue
			}
			a.take(r.target, name, wordKinds[r.kind])
		}
		kept[r.id] = true
		fmt.Fprintf(&list, `<Relationship Id="%s" Type="%s%s" Target="%s"/>`, r.id, relKind, r.kind, strings.TrimPrefix(name, "word/"))
	}
	if list.Len() > 0 || to == bodyPart {
		a.made = append(a.made, part{relsOf(to), []byte(xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + list.String() + `</Relationships>`)})
	}
	return kept
}

// name is a new name of a part; "" when its kind of picture is not kept.
func (a *admission) name(r relation) string {
	a.counts[r.kind]++
	n := a.counts[r.kind]
	if r.kind != "image" {
		if n == 1 && r.kind != "header" && r.kind != "footer" {
			return "word/" + r.kind + ".xml"
		}
		return fmt.Sprintf("word/%s%d.xml", r.kind, n)
	}
	p := named(a.from, r.target)
	if p == nil {
		a.found.NotWord = true
		return ""
	}
	for ending, mark := range map[string]string{"png": "\x89PNG\r\n\x1a\n", "jpeg": "\xff\xd8\xff", "gif": "GIF8"} {
		if bytes.HasPrefix(p.body, []byte(mark)) {
			return fmt.Sprintf("word/media/image%d.%s", n, ending)
		}
	}
	a.found.Pictures = true
	return ""
}

// people finds comments and who wrote them.
func (a *admission) people(name string) {
	p := named(a.from, name)
	if p == nil {
		return
	}
	err := tokens(p.body, func(e xml.StartElement) error {
		a.found.Traces = a.found.Traces || e.Name.Local == "comment" || e.Name.Local == "person"
		return nil
	})
	a.found.NotWord = a.found.NotWord || err != nil
}

// Elements by their local names.
var (
	// cutElements stand for parts that are left out.
	cutElements    = []string{"printerSettings", "attachedTemplate", "mailMerge", "embedRegular", "embedBold", "embedItalic", "embedBoldItalic", "saveThroughXslt"}
	objectElements = []string{"object", "OLEObject", "oleObj", "control", "ocx", "movie", "chart", "relIds"}
	linkElements   = []string{"altChunk", "subDoc", "frameset", "hlinkClick", "hlinkHover", "hlinkMouseOver", "externalData"}
	traceElements  = []string{"ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblGridChange", "tcPrChange", "trPrChange", "numberingChange", "cellIns", "cellDel", "cellMerge"}

	// fetching are values that name something elsewhere: a scheme, or a computer.
	fetching = regexp.MustCompile(`(?i)^\s*([a-z][a-z0-9+.-]{1,20}:[/\\]|file:|mailto:|javascript:|data:|vnd\.|//|\\\\)`)
	// fieldNames are the fields a template may have: none of them fetches or runs anything.
	fieldNames = []string{
		"PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "DATE", "TIME", "SYMBOL", "REF", "PAGEREF", "SEQ", "STYLEREF", "TOC", "QUOTE", "IF", "=", "EQ", "ADVANCE", "LISTNUM",
		"FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN", "NOTEREF",
	}
)

// inspect looks at every element of a part, and gives it without those that are cut.
func (a *admission) inspect(p *part, kept map[string]bool) ([]byte, error) {
	d := xml.NewDecoder(bytes.NewReader(p.body))
	var cuts []stretch
	cut, depth := -1, 0 // the depth of the element that is cut
	var fields fieldReader
	err := walk(d, func(before int, t xml.Token) error {
		switch e := t.(type) {
		case xml.StartElement:
			depth++
			if cut < 0 && slices.Contains(cutElements, e.Name.Local) {
				cut, cuts = depth, append(cuts, stretch{from: before})
			}
			if cut < 0 {
				a.element(e, kept)
				fields.start(e)
			}
		case xml.EndElement:
			if cut == depth {
				cuts[len(cuts)-1].to, cut = int(d.InputOffset()), -1
			}
			depth--
			fields.end(e)
		case xml.CharData:
			if cut < 0 {
				fields.text(e)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	a.found.Links = a.found.Links || fields.bad()
	var out bytes.Buffer
	at := 0
	for _, c := range cuts {
		out.Write(p.body[at:c.from])
		at = c.to
	}
	out.Write(p.body[at:])
	return out.Bytes(), nil
}

// element looks at one element and its attributes.
func (a *admission) element(e xml.StartElement, kept map[string]bool) {
	name := e.Name.Local
	a.found.Macros = a.found.Macros || slices.Contains(objectElements, name)
	a.found.Links = a.found.Links || slices.Contains(linkElements, name)
	a.found.Traces = a.found.Traces || slices.Contains(traceElements, name) && strings.Contains(e.Name.Space, "wordprocessingml")
	for _, attr := range e.Attr {
		space, local := attr.Name.Space, attr.Name.Local
		switch {
		case space == "xmlns" || local == "xmlns" || local == "uri" || local == "schemaLocation": // names, which nobody fetches
		case strings.HasSuffix(space, "/relationships"):
			if !kept[attr.Value] && attr.Value != "" {
				a.found.Links = true
			}
		case local == "src" || local == "href" || local == "althref" || fetching.MatchString(attr.Value):
			a.found.Links = a.found.Links || attr.Value != ""
		}
	}
}
