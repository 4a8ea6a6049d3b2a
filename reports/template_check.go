package reports

import (
	"bytes"
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
	Pictures              bool     // one is neither PNG, JPEG nor GIF
	Unknown               []string // placeholders that mean nothing
	Missing               []string // placeholders that every report needs
	MissingGroups         []string // letters of groups without any figure
}

// Any reports whether there is a fault.
func (f Faults) Any() bool {
	return f.NotWord || f.Macros || f.Links || f.Traces || f.Pictures || len(f.Unknown)+len(f.Missing)+len(f.MissingGroups) > 0
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
func Check(template []byte) Faults {
	if len(template) > MaxTemplate {
		return Faults{NotWord: true}
	}
	all, f := admit(template)
	body := partOf(all, bodyPart)
	if f.NotWord || body == nil {
		return f
	}
	list, err := paragraphs(body.body)
	if err != nil {
		return Faults{NotWord: true}
	}
	for _, p := range all { // only the body is filled
		if p.name != bodyPart && strings.HasSuffix(p.name, ".xml") && strings.HasPrefix(p.name, "word/") && bytes.Contains(p.body, []byte("{{")) {
			f.Unknown = append(f.Unknown, p.name)
		}
	}
	f.names(list, body.body)
	return f
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

// Cleaned is a template of the parts that are kept, without the names of who wrote it.
func Cleaned(template []byte) ([]byte, error) {
	all, f := admit(template)
	if f.unsafe() {
		return nil, ErrTemplate
	}
	dress(all, "Mẫu báo cáo")
	return pack(all)
}

// unsafe reports whether no paper may be made from a template.
func (f Faults) unsafe() bool { return f.NotWord || f.Macros || f.Links || f.Pictures }
