package reports

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"

	"tinbao/cases"
)

// Faults are what is wrong with a template; without any it can be taken.
type Faults struct {
	// NotWord: it is no Word document, or larger than it may be.
	NotWord bool
	// Macros, Links, Traces: it has macros or embedded objects; it fetches something from
	// elsewhere; it has comments or tracked changes, which name people.
	Macros, Links, Traces bool
	Unknown               []string // placeholders that mean nothing
	Missing               []string // placeholders that every report needs
	MissingGroups         []string // letters of groups without any figure
}

// Any reports whether there is a fault.
func (f Faults) Any() bool {
	return f.NotWord || f.Macros || f.Links || f.Traces || len(f.Unknown)+len(f.Missing)+len(f.MissingGroups) > 0
}

// obligatory are the placeholders of every report: without the marks a draft looks like
// the report, and without the notes figures are misread.
var obligatory = []string{"trich_yeu", "du_thao", "dieu_chinh", "bang:dieu_chinh", "ghi_chu"}

// Placeholders lists every name a template may hold, figures with their first column only.
func Placeholders() []string {
	all := append(slices.Clone(wordNames), blockNames...)
	for _, g := range groupTitles {
		if g[0] != "K" {
			all = append(all, "bang:"+g[0])
		}
	}
	for _, f := range cases.Fields {
		all = append(all, string(f.Key))
	}
	return all
}

// Check looks for what is wrong with a template.
func Check(template []byte) (f Faults) {
	if len(template) > MaxTemplate {
		return Faults{NotWord: true}
	}
	all, err := unpack(template)
	body, types := partOf(all, bodyPart), partOf(all, typesPart)
	if err != nil || body == nil || types == nil || partOf(all, relsPart) == nil || !wellFormed(all) {
		return Faults{NotWord: true}
	}
	lower := bytes.ToLower(types.body)
	f.NotWord = !bytes.Contains(lower, []byte("wordprocessingml.document.main+xml"))
	f.Macros = bytes.Contains(lower, []byte("macroenabled")) || bytes.Contains(lower, []byte("vbaproject"))
	for _, p := range all {
		f.look(p)
	}
	list, err := paragraphs(body.body)
	if err != nil {
		return Faults{NotWord: true}
	}
	f.names(list, body.body)
	return f
}

// wellFormed reports whether every XML part can be read, and defines nothing itself.
func wellFormed(all []part) bool {
	for _, p := range all {
		if !strings.HasSuffix(p.name, ".xml") && !strings.HasSuffix(p.name, ".rels") {
			continue
		}
		if bytes.Contains(p.body, []byte("<!DOCTYPE")) || bytes.Contains(p.body, []byte("<!ENTITY")) {
			return false
		}
		d := xml.NewDecoder(bytes.NewReader(p.body))
		var err error
		for err == nil {
			_, err = d.Token()
		}
		if !errors.Is(err, io.EOF) {
			return false
		}
	}
	return true
}

var (
	// fetching are instructions of fields that fetch something, or run it.
	fetching = regexp.MustCompile(`(?i)\b(INCLUDETEXT|INCLUDEPICTURE|DDE|DDEAUTO|LINK|DATABASE|MACROBUTTON|IMPORT)\b`)
	external = regexp.MustCompile(`(?i)TargetMode\s*=\s*["']External["']|relationships/(attachedTemplate|aFChunk|frame|subDocument)`)
	tracked  = regexp.MustCompile(`<w:(ins|del|moveFrom|moveTo|rPrChange|pPrChange)[ >]`)
	coded    = regexp.MustCompile(`(?s)<w:instrText[^>]*>(.*?)</w:instrText>|w:instr="([^"]*)"`)
)

// look finds what a part has that a template may not.
func (f *Faults) look(p part) {
	name := strings.ToLower(p.name)
	for _, bad := range []string{"vbaproject", "vbadata", "word/embeddings/", "word/activex/", "oleobject"} {
		f.Macros = f.Macros || strings.Contains(name, bad)
	}
	switch {
	case strings.HasSuffix(name, ".rels"):
		f.Links = f.Links || external.Match(p.body)
	case strings.HasPrefix(name, "word/comments") || strings.HasPrefix(name, "word/people"):
		f.Traces = f.Traces || bytes.Contains(p.body, []byte("<w:comment ")) || bytes.Contains(p.body, []byte("person "))
	case strings.HasSuffix(name, ".xml") && strings.HasPrefix(name, "word/"):
		f.Traces = f.Traces || tracked.Match(p.body)
		var code strings.Builder // Word cuts an instruction into several texts
		for _, m := range coded.FindAllSubmatch(p.body, -1) {
			code.Write(m[1])
			code.Write(m[2])
			if len(m[2]) > 0 {
				code.WriteByte(' ')
			}
		}
		f.Links = f.Links || fetching.MatchString(code.String())
		if name != bodyPart && bytes.Contains(p.body, []byte("{{")) {
			f.Unknown = append(f.Unknown, p.name) // only the body is filled
		}
	}
}

// names compares the placeholders with those there are.
func (f *Faults) names(list []textPara, body []byte) {
	known := map[string]bool{}
	for _, n := range Placeholders() {
		known[n] = true
	}
	there, groups := map[string]bool{}, map[string]bool{}
	for _, p := range list {
		text := p.text(body)
		for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
			name, column, _ := strings.Cut(m[1], "|")
			figure := known[name] && strings.Contains(name, ".") && !strings.Contains(name, ":")
			block := slices.Contains(blockNames, name) || strings.HasPrefix(name, "bang:")
			alone := strings.TrimSpace(text) == m[0] && !p.nested
			switch {
			case !known[name], column != "" && (!figure || !slices.Contains(columnSuffixes[1:], "|"+column)), block && !alone:
				f.unknown(m[0])
				continue
			}
			there[name] = true
			switch letter, isTable := strings.CutPrefix(name, "bang:"); {
			case figure:
				groups[name[:1]] = true
			case isTable && len(letter) == 1:
				groups[letter] = true
			case name == "nhan_xet":
				groups["K"] = true
			}
		}
		if rest := placeholder.ReplaceAllString(text, ""); strings.Contains(rest, "{{") || strings.Contains(rest, "}}") {
			f.unknown(clipped(rest))
		}
	}
	for _, n := range obligatory {
		if !there[n] {
			f.Missing = append(f.Missing, "{{"+n+"}}")
		}
	}
	for _, g := range groupTitles {
		if !groups[g[0]] {
			f.MissingGroups = append(f.MissingGroups, g[0])
		}
	}
}

func (f *Faults) unknown(name string) {
	if !slices.Contains(f.Unknown, name) {
		f.Unknown = append(f.Unknown, name)
	}
}

// clipped is the beginning of a text with half a placeholder.
func clipped(s string) string {
	const most = 30
	if i := strings.Index(s, "{{"); i > 0 {
		s = s[i:]
	}
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// Cleaned is a template without the names of who wrote it.
func Cleaned(template []byte) ([]byte, error) {
	all, err := unpack(template)
	if err != nil {
		return nil, err
	}
	dress(all, "Mẫu báo cáo")
	return pack(all)
}
