package arch_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const (
	module = "tinbao"
	root   = "../.."
	// longestFile and longestMain are lines (style.md; design.md for main.go).
	longestFile = 500
	longestMain = 60
)

// room says what a package may use besides the standard library: packages of
// ours, directly or through others, and modules of others, directly.
type room struct{ ours, others []string }

// rooms is the table of design.md. A package that is not in it fails.
var rooms = map[string]room{
	"cases":        {ours: []string{"cases/viet", "cases/danger"}},
	"cases/viet":   {},
	"cases/danger": {ours: []string{"cases/viet"}},
	"bot/dialog":   {},
	"bot": {
		ours: []string{"cases", "bot/dialog"},
		others: []string{
			"github.com/go-telegram-bot-api/telegram-bot-api/v5",
			"github.com/redis/go-redis/v9", "github.com/go-redis/redis_rate/v10", "golang.org/x/time",
		},
	},
	"intake":    {ours: []string{"cases", "bot", "bot/dialog"}},
	"staffcmds": {ours: []string{"cases", "bot", "bot/dialog"}},
	"vault": {ours: []string{"cases"}, others: []string{
		"github.com/tink-crypto/tink-go/v2", "github.com/tink-crypto/tink-go-hcvault/v2", "github.com/hashicorp/vault/api",
		"golang.org/x/crypto/argon2",
	}},
	"storage": {
		ours: []string{"cases", "vault", "storage/internal/db"},
		others: []string{
			"github.com/google/uuid", "github.com/jackc/pgx/v5", "github.com/pressly/goose/v3",
			"github.com/redis/go-redis/v9", "github.com/riverqueue/river",
		},
	},
	"storage/internal/db": {others: []string{"github.com/google/uuid", "github.com/jackc/pgx/v5"}},
	"reports": {
		ours:   []string{"cases"},
		others: []string{"github.com/go-analyze/charts", "github.com/xuri/excelize/v2", "github.com/gomutex/godocx"},
	},
	"web":         {ours: []string{"cases"}},
	"dashboard":   {ours: []string{"cases"}},
	"media":       {ours: []string{"cases"}, others: []string{"golang.org/x/image", "golang.org/x/sync/semaphore", "golang.org/x/sys/unix"}},
	"backup":      {ours: []string{"cases"}, others: []string{"filippo.io/age", "github.com/google/uuid"}},
	"locale":      {},
	"telegramsim": {},
	"sidecar":     {},
	"internal/scale": {
		ours:   []string{"bot", "bot/dialog", "cases"},
		others: []string{"github.com/redis/go-redis/v9"},
	},
}

// wiring are the packages that put rooms together and are no rooms: the program,
// and the real servers for tests, which the program never gets.
const (
	program     = "cmd/tinbao"
	testServers = "internal/testservers"
)

// pkg is what `go list -json` tells of a package.
type pkg struct {
	ImportPath    string
	Standard      bool
	GoFiles       []string
	Imports, Deps []string
}

func list(t *testing.T) map[string]pkg {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps", "-json=ImportPath,Standard,GoFiles,Imports,Deps", "./...")
	cmd.Dir = root
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v: %s", err, &complaint)
	}
	all := map[string]pkg{}
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p pkg
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all[p.ImportPath] = p
	}
}

// own is the folder of a package of ours.
func own(path string) (string, bool) {
	if path == module {
		return ".", true
	}
	return strings.CutPrefix(path, module+"/")
}

func within(path string, modules []string) bool {
	return slices.ContainsFunc(modules, func(m string) bool { return path == m || strings.HasPrefix(path, m+"/") })
}

func TestRoomsImportOnlyWhatTheMapAllows(t *testing.T) {
	all := list(t)
	seen := 0
	for path, p := range all {
		name, ours := own(path)
		if !ours || len(p.GoFiles) == 0 || name == program || name == testServers || name == "internal/arch" {
			continue
		}
		seen++
		allowed, known := rooms[name]
		if !known {
			t.Errorf("%s is in no row of the map: add it to design.md and to this test", name)
			continue
		}
		for _, dep := range p.Deps {
			folder, ours := own(dep)
			domain := strings.HasPrefix(folder, "cases/") && slices.Contains(allowed.ours, "cases") // what cases is made of
			if ours && !domain && !slices.Contains(allowed.ours, folder) {
				t.Errorf("%s comes to %s, which the map does not allow", name, folder)
			}
		}
		for _, imported := range p.Imports {
			if _, ours := own(imported); !ours && !all[imported].Standard && !within(imported, allowed.others) {
				t.Errorf("%s imports %s, which the map does not allow", name, imported)
			}
		}
	}
	const fewest = 8 // else the test looked at the wrong folder
	if seen < fewest {
		t.Errorf("saw only %d rooms", seen)
	}
}

func TestWhoSpeaksToWhom(t *testing.T) {
	all := list(t)
	for what, c := range map[string]struct {
		module string
		direct []string // who may import it
	}{
		"Telegram's library": {"github.com/go-telegram-bot-api/telegram-bot-api/v5", []string{"bot"}},
		"Postgres":           {"github.com/jackc/pgx/v5", []string{"storage", "storage/internal/db", program, testServers}},
		"the job queue":      {"github.com/riverqueue/river", []string{"storage", program}},
	} {
		for path, p := range all {
			name, ours := own(path)
			if !ours || slices.Contains(c.direct, name) {
				continue
			}
			for _, imported := range p.Imports {
				if within(imported, []string{c.module}) {
					t.Errorf("%s speaks to %s", name, what)
				}
			}
		}
	}
	for path, p := range all {
		name, _ := own(path)
		for _, dep := range p.Deps {
			switch folder, _ := own(dep); folder {
			case program:
				t.Errorf("%s imports the program", name)
			case testServers:
				t.Errorf("%s comes to the servers of tests", name)
			}
		}
	}
}

var (
	generated = regexp.MustCompile(`(?m)^// Code generated .* DO NOT EDIT\.$`)
	// sql is the beginning of a statement, not a word in a sentence.
	sql = regexp.MustCompile(`(?is)^\s*(select\s.*\sfrom\s|insert\s+into\s|update\s+\S+\s+set\s|delete\s+from\s|merge\s+into\s|` +
		`with\s+\w+\s+as\s*\(|(create|alter|drop)\s+(table|index|role|function|policy|schema|view|extension)\s|truncate\s|grant\s.*\sto\s|` +
		`lock\s+table\s|copy\s+\w+\s+(from|to)\s|listen\s+\w+\s*$|notify\s+\w+)`)
)

// sources calls see with each Go file of ours that a person wrote, tests left out.
func sources(t *testing.T, see func(path string, body []byte)) {
	t.Helper()
	seen := 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) { // a demo's data beside us
				return nil
			}
			return err
		}
		name := d.Name()
		if d.IsDir() && path != root && (strings.HasPrefix(name, ".") || name == "testdata" || name == "dist" || name == "tools" || name == "bench") { // the last two are modules of their own
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if !generated.Match(body) {
			seen++
			path, err = filepath.Rel(root, path)
			see(filepath.ToSlash(path), body)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	const fewest = 30 // else the test looked at the wrong folder
	if seen < fewest {
		t.Errorf("saw only %d files", seen)
	}
}

func TestSQLStandsInStorageOnly(t *testing.T) {
	sources(t, func(path string, body []byte) {
		if strings.HasPrefix(path, "storage/") || strings.HasPrefix(path, testServers+"/") {
			return
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, path, body, parser.SkipObjectResolution)
		if err != nil {
			t.Error(err)
			return
		}
		ast.Inspect(file, func(n ast.Node) bool {
			literal, ok := n.(*ast.BasicLit)
			if !ok || literal.Kind != token.STRING {
				return true
			}
			text, err := strconv.Unquote(literal.Value)
			if err == nil && sql.MatchString(text) {
				t.Errorf("%s: SQL outside storage", files.Position(literal.Pos()))
			}
			return true
		})
	})
}

func TestSQLIsRecognised(t *testing.T) {
	for _, s := range []string{
		"select 1 from cases", "\n\tSELECT id\n\tFROM x ", "insert into x values (1)", "update cases set a = 1",
		"delete from x", "with a as (select 1)", "create table x (a int)", "listen tinbao", "truncate cases",
	} {
		if !sql.MatchString(s) {
			t.Errorf("%q is SQL", s)
		}
	}
	for _, s := range []string{
		"select a button", "Update the file", "listen: address in use", "creates a case", "with care", "create database tinbao", "notify",
	} {
		if sql.MatchString(s) {
			t.Errorf("%q is no SQL", s)
		}
	}
}

func TestFilesFitOneIdea(t *testing.T) {
	sources(t, func(path string, body []byte) {
		limit := longestFile
		if path == program+"/main.go" {
			limit = longestMain
		}
		if lines := bytes.Count(body, []byte("\n")); lines > limit {
			t.Errorf("%s has %d lines, over %d", path, lines, limit)
		}
	})
}
