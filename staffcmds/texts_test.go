package staffcmds_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tinbao/cases"
	"tinbao/locale"
	"tinbao/staffcmds"
)

func needs(t *testing.T, keys ...string) {
	t.Helper()
	for _, key := range keys {
		if !(locale.Catalogue{}).Has(key) {
			t.Errorf("no text %q", key)
		}
	}
}

func families[V ~string](t *testing.T, prefix string, values []V) {
	t.Helper()
	for _, v := range values {
		needs(t, prefix+string(v))
	}
}

// Keys put together at run time: every value of every family has its text.
func TestEveryValueHasAText(t *testing.T) {
	t.Parallel()
	families(t, "role.", cases.Roles)
	families(t, "finding.", cases.Findings)
	families(t, "kind.", cases.Kinds)
	families(t, "service.", cases.Services)
	families(t, "concern.", cases.Concerns)
	families(t, "queue.view.", cases.QueueViews)
	families(t, "reason.", cases.Refusals)
	families(t, "act.", cases.Behaviours)
	families(t, "level.", cases.Levels)
	families(t, "body.", cases.Competences)
	for _, s := range []cases.Stream{cases.ReportStream, cases.HelpStream} {
		families(t, "ending.", cases.Endings(s))
		families(t, "ended.", append(cases.Endings(s), cases.EndNamed))
	}
	families(t, "ended.dest.", cases.Destinations)
	families(t, "way.", []cases.Way{cases.WayReceived, cases.WaySeen, cases.WayPolice, cases.WayChecked, cases.WayLate, cases.WayAgain, cases.WayEnded})
	families(t, "verb.", []cases.Verb{cases.Submit, cases.View, cases.Merge})
	families(t, "staff.police.", []cases.Verb{cases.Acknowledge, cases.Return, cases.Handle, cases.Resolve, cases.Classify})
	for _, tr := range cases.Transitions {
		needs(t, "verb."+string(tr.Verb))
		resident := "resident.status."
		if tr.Stream == cases.HelpStream {
			resident = "resident.help."
		}
		for _, s := range append(tr.From, tr.To) {
			if s != "" {
				needs(t, "status."+string(s), resident+string(s))
			}
		}
	}
	for _, s := range []cases.Stream{cases.ReportStream, cases.HelpStream} {
		needs(t, "stream."+string(s), "queue.switch."+string(s), "resident.ended."+string(s), string(s)+".received")
	}
	for _, kind := range []cases.ErrorKind{cases.Internal, cases.Invalid, cases.NotFound, cases.Conflict, cases.NotAllowed, cases.Transient, cases.Expired, cases.Limited} {
		needs(t, "error."+kind.String())
	}
	for _, key := range []string{"staff.new", "staff.added"} {
		needs(t, key, key+".urgent")
	}
	for _, rows := range staffcmds.Keyboards() {
		for _, b := range slices.Concat(rows...) {
			needs(t, b.Key)
		}
	}
}

// Keys written in the source: the first text argument of T and Fail.
func TestEveryKeyInTheSourceHasAText(t *testing.T) {
	t.Parallel()
	found := 0
	for _, dir := range []string{".", "../intake", "../bot", "../cases", "../storage", "../media", "../cmd/tinbao"} {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if key := keyOf(n); key != "" {
					needs(t, key)
					found++
				}
				return true
			})
		}
	}
	if found < 150 {
		t.Errorf("found %d keys only: does this test still look in the right place?", found)
	}
}

// keyOf is the key of a call of T or Fail that is written out, or of a refusal
// of a file.
func keyOf(n ast.Node) string {
	if lit, ok := n.(*ast.BasicLit); ok && strings.HasPrefix(lit.Value, `"file.`) && len(lit.Value) > len(`"file."`) {
		return strings.Trim(lit.Value, `"`)
	}
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return ""
	}
	name := ""
	switch f := call.Fun.(type) {
	case *ast.Ident:
		name = f.Name
	case *ast.SelectorExpr:
		name = f.Sel.Name
	}
	at := map[string]int{"T": 0, "Fail": 1}
	i, ok := at[name]
	if !ok || len(call.Args) <= i {
		return ""
	}
	lit, ok := call.Args[i].(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return ""
	}
	key, err := strconv.Unquote(lit.Value)
	if err != nil {
		return ""
	}
	return key
}

// Descriptions in the menu of a phone are plain text of 3 to 256 characters.
func TestDescriptionsFitTheMenu(t *testing.T) {
	t.Parallel()
	for _, c := range staffcmds.Commands(link) {
		for _, lang := range locale.Languages {
			text := locale.Catalogue{}.Format(lang, c.Help, nil, nil)
			if n := len([]rune(text)); n < 3 || n > 256 || strings.ContainsAny(text, "<>&") {
				t.Errorf("%s: %q", c.Name, text)
			}
		}
	}
}
