package reports

import (
	"encoding/xml"
	"slices"
	"strings"
	"unicode"
)

// fieldReader puts the instructions of fields together. Word cuts one into several texts, and
// has fields within fields.
type fieldReader struct {
	open  []string // instructions under way, the innermost last
	done  []string
	inner bool // within a text of an instruction
}

func (f *fieldReader) start(e xml.StartElement) {
	switch e.Name.Local {
	case "fldSimple":
		f.done = append(f.done, attribute(e, "instr"))
	case "instrText", "delInstrText":
		f.inner = true
	case "fldChar":
		switch attribute(e, "fldCharType") {
		case "begin":
			f.open = append(f.open, "")
		case "separate", "end":
			if n := len(f.open); n > 0 {
				f.done = append(f.done, f.open[n-1])
				f.open[n-1] = ""
			}
			if n := len(f.open); n > 0 && attribute(e, "fldCharType") == "end" {
				f.open = f.open[:n-1]
			}
		}
	}
}

func (f *fieldReader) end(e xml.EndElement) {
	if e.Name.Local == "instrText" || e.Name.Local == "delInstrText" {
		f.inner = false
	}
}

func (f *fieldReader) text(t []byte) {
	if !f.inner {
		return
	}
	if len(f.open) == 0 { // outside of a field: Word shows nothing, others may
		f.open = append(f.open, "")
	}
	f.open[len(f.open)-1] += string(t)
}

// bad reports whether a field is none of those that a template may have.
func (f *fieldReader) bad() bool {
	return slices.ContainsFunc(append(f.done, f.open...), func(instruction string) bool {
		s := strings.ToUpper(strings.TrimSpace(instruction))
		if s == "" {
			return false
		}
		name, rest := s, ""
		if i := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && r != '=' }); i >= 0 {
			name, rest = s[:i], strings.TrimSpace(s[i:])
		}
		if strings.HasPrefix(name, "=") {
			name = "="
		}
		if name == "HYPERLINK" { // to a place in the document
			return !strings.HasPrefix(rest, `\L `) || strings.ContainsAny(rest, "/:") || strings.Contains(rest, `\\`)
		}
		return !slices.Contains(fieldNames, name)
	})
}
