package arch_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// personal are the types that carry who somebody is or what somebody wrote, with the
// fields that do not. A value of such a type, and every other field of it, must not
// be given to a log, an error, a panic or a metric. A field that is added later is
// personal until it stands here.
var personal = map[string][]string{
	"tinbao/bot.Update":          {"ID", "Private", "MessageID", "Edited", "Blocked", "Unblocked", "Odd", "Silent", "Unread"},
	"tinbao/bot.Request":         {"Lang"},
	"tinbao/bot.Press":           {"MessageID"},
	"tinbao/bot.Raw":             {"ID"},
	"tinbao/bot.Reply":           {"Lang", "Menu", "Edit", "Clear", "Protect"},
	"tinbao/bot.Text":            {"Key"},
	"tinbao/bot.Args":            {},
	"tinbao/bot.Call":            {"Method", "Field"},
	"tinbao/bot.Out":             {"Press"},
	"tinbao/bot.Attachment":      {"Photo"},
	"tinbao/bot/dialog.Session":  {"Dialog", "Ver", "At", "Turn"},
	"tinbao/bot/dialog.Input":    {"Kind"},
	"tinbao/cases.Route":         {"Lang"},
	"tinbao/cases.Staff":         {"ID", "Role", "Locked"},
	"tinbao/cases.Talk":          {"At", "FromStaff", "Internal"},
	"tinbao/cases.Place":         {},
	"tinbao/cases.Receipt":       {},
	"tinbao/cases.OfferedFile":   {"Kind", "MIME", "Size"},
	"tinbao/cases.ReportContent": {"Concern", "Hamlet"},
	"tinbao/cases.HelpContent":   {"Service", "Also", "Under18"},
	"tinbao/cases.NewCase":       {"Source"},
	"tinbao/cases.Change":        {"Verb", "Finding", "Kind", "Service", "To"},
	"tinbao/cases.Case":          {"Number", "Status", "Urgent", "Version", "Received", "Due"},
	"tinbao/cases.ResidentView":  {"Stream", "Status", "Finding", "Received", "CanAdd", "CanTake"},
	"tinbao/storage.Update":      {"ID"},
	"tinbao/storage.Message":     {"Press", "Stream"},
	"tinbao/storage.Outgoing":    {"ID", "Attempts", "Queued", "Stream"},
	"tinbao/storage.WaitingFile": {"Kind"},
	"tinbao/storage.Tx":          {},
	"github.com/go-telegram-bot-api/telegram-bot-api/v5.Update":        {"UpdateID"},
	"github.com/go-telegram-bot-api/telegram-bot-api/v5.Message":       {"MessageID"},
	"github.com/go-telegram-bot-api/telegram-bot-api/v5.User":          {"IsBot"},
	"github.com/go-telegram-bot-api/telegram-bot-api/v5.Chat":          {"Type"},
	"github.com/go-telegram-bot-api/telegram-bot-api/v5.CallbackQuery": {},
}

// suspicious are names of plain variables that hold the same.
var suspicious = []string{"text", "words", "caption", "payload", "draft", "body", "chat", "phone", "username", "receipt", "token", "callback"}

// outlets are functions whose arguments are read by operators: logs, errors, panics,
// labels of metrics, spans of traces.
func outlet(info *types.Info, call *ast.CallExpr) string {
	if id, ok := call.Fun.(*ast.Ident); ok {
		if b, ok := info.Uses[id].(*types.Builtin); ok && (b.Name() == "panic" || b.Name() == "print" || b.Name() == "println") {
			return b.Name()
		}
	}
	if t, ok := info.Types[call.Fun]; ok && t.IsType() && t.Type.String() == "tinbao/cases.Reason" {
		return "cases.Reason"
	}
	var name *ast.Ident
	switch f := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		name = f
	case *ast.SelectorExpr:
		name = f.Sel
	default:
		return ""
	}
	f, ok := info.Uses[name].(*types.Func)
	if !ok || f.Pkg() == nil {
		return ""
	}
	switch path := f.Pkg().Path(); {
	case path == "log/slog" && f.Name() != "NewLogLogger", path == "log",
		path == "fmt" && f.Name() == "Errorf", path == "errors" && f.Name() == "New",
		strings.HasPrefix(path, "go.opentelemetry.io/otel"),
		strings.HasPrefix(path, "github.com/prometheus/") && strings.Contains(f.Name(), "With"):
		return f.FullName()
	}
	return ""
}

// named is the name of a type below pointers, lists and maps.
func named(t types.Type) string {
	switch t := types.Unalias(t).(type) {
	case *types.Pointer:
		return named(t.Elem())
	case *types.Slice:
		return named(t.Elem())
	case *types.Array:
		return named(t.Elem())
	case *types.Map:
		return named(t.Elem())
	case *types.Named:
		return t.String()
	}
	return ""
}

// told says what an argument would tell about a person, "" for nothing.
func told(info *types.Info, arg ast.Expr) (what string) {
	ast.Inspect(arg, func(n ast.Node) bool {
		e, ok := n.(ast.Expr)
		if !ok || what != "" {
			return what == ""
		}
		switch e := e.(type) {
		case *ast.CallExpr:
			if id, ok := e.Fun.(*ast.Ident); ok {
				if b, ok := info.Uses[id].(*types.Builtin); ok && (b.Name() == "len" || b.Name() == "cap") {
					return false // how much somebody wrote is no secret
				}
			}
		case *ast.SelectorExpr:
			if s, ok := info.Selections[e]; ok && s.Kind() == types.FieldVal {
				if what = field(s, e.Sel.Name); what == "" {
					return false // a field that may be told, of whatever it is
				}
				return false
			}
		case *ast.Ident:
			if v, ok := info.Uses[e].(*types.Var); ok && slices.Contains(suspicious, strings.ToLower(v.Name())) && spoken(v.Type()) {
				what = "a variable called " + v.Name()
				return false
			}
		}
		if t, ok := info.Types[e]; ok && t.IsValue() {
			what = personalType(t.Type)
		}
		return what == ""
	})
	return what
}

// field judges a field by the type that declares it and by its own.
func field(s *types.Selection, name string) string {
	owner := named(s.Recv())
	if v, ok := s.Obj().(*types.Var); ok && v.Embedded() {
		return personalType(s.Type())
	}
	for own, safe := range personal { // a field may be reached through an embedding type
		if (own == owner || declares(s, own)) && !slices.Contains(safe, name) {
			return "the field " + name + " of " + own
		}
	}
	return personalType(s.Type())
}

// declares reports whether the path of a selection ends in a type.
func declares(s *types.Selection, typeName string) bool {
	t := s.Recv()
	for _, i := range s.Index()[:len(s.Index())-1] {
		if p, ok := types.Unalias(t).(*types.Pointer); ok {
			t = p.Elem()
		}
		st, ok := t.Underlying().(*types.Struct)
		if !ok {
			return false
		}
		t = st.Field(i).Type()
	}
	return named(t) == typeName
}

// personalType judges a value by its type: raw bytes are what came or what is sealed.
func personalType(t types.Type) string {
	if n := named(t); n != "" {
		if _, ok := personal[n]; ok {
			return "a value of " + n
		}
	}
	if s, ok := t.Underlying().(*types.Slice); ok {
		if b, ok := s.Elem().Underlying().(*types.Basic); ok && b.Kind() == types.Byte {
			return "raw bytes"
		}
	}
	return ""
}

// spoken reports types that can hold a text or a number of a chat.
func spoken(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && (b.Info()&types.IsString != 0 || b.Kind() == types.Int64)
}

// indiscretions finds what files of a package tell about people.
func indiscretions(files *token.FileSet, info *types.Info, list []*ast.File) (found []string) {
	for _, file := range list {
		called := map[ast.Expr]bool{}
		ast.Inspect(file, func(n ast.Node) bool {
			if method, ok := n.(*ast.SelectorExpr); ok && !called[method] && !info.Types[method].IsType() && outlet(info, &ast.CallExpr{Fun: method}) != "" {
				found = append(found, fmt.Sprintf("%s: %s is handed on, and nobody sees what it is given", files.Position(n.Pos()), method.Sel.Name))
			}
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			called[ast.Unparen(call.Fun)] = true
			into := outlet(info, call)
			if into == "" {
				return true
			}
			for _, arg := range call.Args {
				if what := told(info, arg); what != "" {
					found = append(found, fmt.Sprintf("%s: %s is given %s", files.Position(arg.Pos()), into, what))
				}
			}
			return true
		})
	}
	return found
}

// compiled is what `go list -export` tells of a package.
type compiled struct {
	ImportPath, Dir, Export string
	Standard                bool
	GoFiles                 []string
}

// compiler type-checks packages against what the compiler made of their imports.
type compiler struct {
	files *token.FileSet
	all   map[string]compiled
}

// newCompiler asks the compiler once for all tests.
func newCompiler(t *testing.T) *compiler {
	t.Helper()
	c, err := compile()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

var compile = sync.OnceValues(func() (*compiler, error) {
	cmd := exec.Command("go", "list", "-deps", "-export", "-json=ImportPath,Dir,Export,Standard,GoFiles", "./...")
	cmd.Dir = root
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w: %s", err, &complaint)
	}
	c := &compiler{files: token.NewFileSet(), all: map[string]compiled{}}
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p compiled
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return c, nil
		} else if err != nil {
			return nil, err
		}
		c.all[p.ImportPath] = p
	}
})

// check gives what the sources of a package tell about people.
func (c *compiler) check(t *testing.T, path string, sources map[string][]byte) []string {
	t.Helper()
	var list []*ast.File
	for name, body := range sources {
		f, err := parser.ParseFile(c.files, name, body, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, f)
	}
	conf := types.Config{Importer: importer.ForCompiler(c.files, "gc", func(path string) (io.ReadCloser, error) {
		return os.Open(c.all[path].Export)
	})}
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Uses: map[*ast.Ident]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{}}
	if _, err := conf.Check(path, c.files, list, info); err != nil {
		t.Fatal(err)
	}
	return indiscretions(c.files, info, list)
}

// simulated are packages in which nobody is real: the simulator and the servers of
// demo and tests.
var simulated = []string{"telegramsim", "sidecar", testServers}

// No statement that logs, fails or counts is given what a person wrote or who the
// person is.
func TestNobodyIsNamedToOperators(t *testing.T) {
	c := newCompiler(t)
	seen := 0
	for path, p := range c.all {
		name, ours := own(path)
		if !ours || len(p.GoFiles) == 0 || slices.Contains(simulated, name) {
			continue
		}
		seen++
		sources := map[string][]byte{}
		for _, f := range p.GoFiles {
			body, err := os.ReadFile(filepath.Join(p.Dir, f))
			if err != nil {
				t.Fatal(err)
			}
			sources[filepath.Join(p.Dir, f)] = body
		}
		for _, found := range c.check(t, path, sources) {
			t.Error(found)
		}
	}
	const fewest = 8 // else the test looked at the wrong folder
	if seen < fewest {
		t.Errorf("saw only %d packages", seen)
	}
}

// The table of personal types names types and fields that exist.
func TestPersonalTypesExist(t *testing.T) {
	c := newCompiler(t)
	imports := importer.ForCompiler(c.files, "gc", func(path string) (io.ReadCloser, error) { return os.Open(c.all[path].Export) })
	for name, safe := range personal {
		dot := strings.LastIndex(name, ".")
		p, err := imports.Import(name[:dot])
		if err != nil {
			t.Fatal(err)
		}
		o := p.Scope().Lookup(name[dot+1:])
		if o == nil {
			t.Errorf("%s does not exist", name)
			continue
		}
		for _, f := range safe {
			if v, _, _ := types.LookupFieldOrMethod(o.Type(), true, p, f); v == nil {
				t.Errorf("%s has no field %s", name, f)
			}
		}
	}
}

// A new statement with a body in it is found, and one without is let through.
func TestNewIndiscretionsAreFound(t *testing.T) {
	c := newCompiler(t)
	const frame = `package fixture
import ("errors"; "fmt"; "log/slog"; "tinbao/bot"; "tinbao/cases"; "tinbao/storage"; "github.com/prometheus/client_golang/prometheus"; "go.opentelemetry.io/otel/attribute")
var _, _, _, _, _ = errors.New(""), fmt.Errorf(""), storage.Plain, prometheus.Labels{}, attribute.Int("", 0)
func f(log *slog.Logger, r *bot.Request, u bot.Update, route cases.Route, talk cases.Talk, report *cases.ReportContent, help cases.HelpContent,
	c cases.Case, s cases.Staff, o *storage.Outgoing, payload []byte, text string, m *prometheus.CounterVec, err error) { %s }`
	for statement, bad := range map[string]bool{
		`log.Debug("x", "text", u.Text)`:                            true,
		`log.Info("x", "text", r.Text)`:                             true,
		`log.Info("x", "who", r.Chat)`:                              true,
		`log.Info("x", "r", r)`:                                     true,
		`log.Info("x", "u", fmt.Sprintf("%%v", u))`:                 true,
		`log.Info("x", "args", r.Args)`:                             true,
		`log.Info("x", slog.String("t", talk.Text))`:                true,
		`log.With("chat", route.Chat).Info("x")`:                    true,
		`log.Warn("x", "press", r.Press.Data)`:                      true,
		`log.Warn("x", "file", u.File.FileID)`:                      true,
		`log.Warn("x", "n", []string{u.Text})`:                      true,
		`log.Warn("x", "t", text)`:                                  true,
		`log.Warn("x", "p", payload)`:                               true,
		`log.Warn("x", "p", string(payload))`:                       true,
		`log.Warn("x", "p", o.Payload)`:                             true,
		`log.Warn("x", "place", u.Place)`:                           true,
		`log.Warn("x", "name", s.Name)`:                             true,
		`_ = fmt.Errorf("reading %%q: %%w", u.Text, err)`:           true,
		`_ = fmt.Errorf("chat %%d", route.Chat)`:                    true,
		`_ = errors.New("no " + report.Where)`:                      true,
		`_ = cases.Reason(help.Contact)`:                            true,
		`_ = fmt.Errorf("%%v", c.Report)`:                           true,
		`panic("bad " + u.Command)`:                                 true,
		`m.WithLabelValues(u.Command).Inc()`:                        true,
		`m.With(prometheus.Labels{"lang": r.Text}).Inc()`:           true,
		`log.Info("x", "id", u.ID, "edited", u.Edited)`:             false,
		`log.Info("x", "id", r.Update.ID, "lang", r.Lang)`:          false,
		`log.Info("x", "role", s.Role, "by", s.ID)`:                 false,
		`log.Info("x", "kind", u.File.Kind, "size", len(payload))`:  false,
		`log.Info("x", "long", len(u.Text), "status", c.Status)`:    false,
		`log.Info("x", "err", storage.Plain(err), "n", o.Attempts)`: false,
		`_ = fmt.Errorf("update %%d: %%w", u.ID, err)`:              false,
		`m.WithLabelValues("done").Inc()`:                           false,
		`_ = attribute.String("tinbao.kind", u.Command)`:            true,
		`_ = attribute.Int("tinbao.kind", len(u.Text))`:             false,
		`count := m.WithLabelValues; count(u.Command)`:              true,
		`_ = fmt.Sprintf("%%s", u.Text)`:                            false, // on its way to the person
	} {
		source := fmt.Sprintf(strings.ReplaceAll(frame, "%s }", "%[1]s }"), strings.ReplaceAll(statement, "%%", "%"))
		found := c.check(t, "fixture", map[string][]byte{"fixture.go": []byte(source)})
		if (len(found) > 0) != bad {
			t.Errorf("%s: found %q", statement, found)
		}
	}
}
