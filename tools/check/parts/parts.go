// Package parts tells what the program is made of: modules, with their licences. It reads
// what the Go command has downloaded and asks no network of its own.
package parts

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/google/licensecheck"
)

// Part is a module, or Go's own library.
type Part struct {
	Path, Version string
	Sum           string   // the h1 of go.sum, "" for Go's library
	Licences      []string // SPDX names, in order
	Tests         bool     // only the tests use it
}

// Allowed are the licences a part of the program may have: they let it be given away
// under any terms, as long as their texts go with it. MPL-2.0 asks for the source of the
// part itself, which is public and unchanged. FTL asks to be named in the manual, which the
// page of licences does. OFL-1.1 is for fonts.
var Allowed = []string{"MIT", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "MPL-2.0", "ISC", "FTL", "OFL-1.1"}

// chosen are the texts of the licences chosen for parts that offer several; each lies
// beside a text that offers the choice.
var chosen = map[string]string{"github.com/golang/freetype": "licenses/ftl.txt"}

// Library is the path under which Go's own library is listed.
const Library = "std"

// named are the files that hold licences.
var named = regexp.MustCompile(`(?i)^(licen[cs]e|copying|ofl|unlicense)([-._].*)?$`)

// leastCovered is the part of a file, in percent, that must be words of known licences.
const leastCovered = 75

// listed is what `go list` tells of a package.
type listed struct {
	Dir      string
	Standard bool
	ForTest  string
	Module   *struct {
		Path, Version, Dir, Sum string
		Main                    bool
		Replace                 *struct{ Path string }
	}
}

// Of lists the parts of the program in a folder, and those its tests add.
func Of(ctx context.Context, root string) ([]Part, error) {
	program, err := list(ctx, root, "./cmd/tinbao")
	if err != nil {
		return nil, err
	}
	all, err := list(ctx, root, "-test", "./...")
	if err != nil {
		return nil, err
	}
	library, err := goLibrary(ctx, root)
	if err != nil {
		return nil, err
	}
	found := []Part{library}
	for path, dirs := range all {
		part, err := licensed(dirs)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		_, shipped := program[path]
		part.Tests = !shipped
		found = append(found, part)
	}
	slices.SortFunc(found, func(a, b Part) int { return cmp.Compare(a.Path, b.Path) })
	return found, nil
}

// list gives the packages in use, by module.
func list(ctx context.Context, root string, what ...string) (map[string][]listed, error) {
	cmd := exec.CommandContext(ctx, "go", append([]string{"list", "-deps", "-json=Dir,Standard,ForTest,Module"}, what...)...)
	cmd.Dir, cmd.Env = root, append(os.Environ(), "CGO_ENABLED=0", "GOOS=linux")
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w: %s", err, &complaint)
	}
	all := map[string][]listed{}
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return all, nil
		} else if err != nil {
			return nil, fmt.Errorf("reading what go list tells: %w", err)
		}
		if p.Module != nil && !p.Module.Main {
			all[p.Module.Path] = append(all[p.Module.Path], p)
		}
	}
}

func goLibrary(ctx context.Context, root string) (Part, error) {
	cmd := exec.CommandContext(ctx, "go", "env", "GOROOT", "GOVERSION")
	cmd.Dir = root
	out, err := cmd.Output()
	if err != nil {
		return Part{}, fmt.Errorf("go env: %w", err)
	}
	folder, version, _ := strings.Cut(strings.TrimSpace(string(out)), "\n")
	licences, err := in(folder)
	return Part{Path: Library, Version: version, Licences: licences}, err
}

// licensed reads the licences of a module: those in its own folder, and those beside the
// packages that are used, which may hold something of others.
func licensed(packages []listed) (Part, error) {
	m := packages[0].Module
	if m.Replace != nil {
		return Part{}, errors.New("is replaced; say by what, and under which licence")
	}
	folders := map[string]bool{m.Dir: true}
	for _, p := range packages {
		for dir := p.Dir; len(dir) > len(m.Dir); dir = filepath.Dir(dir) {
			folders[dir] = true
		}
	}
	part := Part{Path: m.Path, Version: m.Version, Sum: m.Sum}
	if file, ok := chosen[m.Path]; ok {
		text, err := os.ReadFile(filepath.Join(m.Dir, file))
		if err != nil {
			return part, fmt.Errorf("reading the licence that was chosen: %w", err)
		}
		part.Licences = Names(text)
		delete(folders, m.Dir)
	}
	for folder := range folders {
		found, err := in(folder)
		if err != nil {
			return part, err
		}
		part.Licences = append(part.Licences, found...)
	}
	slices.Sort(part.Licences)
	part.Licences = slices.Compact(part.Licences)
	return part, nil
}

// in gives the licences in the files of a folder.
func in(folder string) (all []string, err error) {
	files, err := os.ReadDir(folder)
	if err != nil {
		return nil, fmt.Errorf("looking for licences: %w", err)
	}
	for _, f := range files {
		if f.IsDir() || !named.MatchString(f.Name()) || strings.HasSuffix(f.Name(), ".go") {
			continue
		}
		text, err := os.ReadFile(filepath.Join(folder, f.Name()))
		if err != nil {
			return nil, fmt.Errorf("reading a licence: %w", err)
		}
		all = append(all, Names(text)...)
	}
	return all, nil
}

// Unknown is the name of a text that is no licence this program knows.
const Unknown = "unknown"

// Names are the licences in a text.
func Names(text []byte) []string {
	c := licensecheck.Scan(text)
	if c.Percent < leastCovered || len(c.Match) == 0 {
		return []string{Unknown}
	}
	var all []string
	for _, m := range c.Match {
		if !m.IsURL {
			all = append(all, m.ID)
		}
	}
	return all
}

// Fault says what is wrong with a part's licences, "" for nothing.
func (p Part) Fault() string {
	if len(p.Licences) == 0 {
		return "has no licence"
	}
	for _, l := range p.Licences {
		if !slices.Contains(Allowed, l) {
			return "has the licence " + l + ", which is not one of " + strings.Join(Allowed, ", ")
		}
	}
	return ""
}

// Page is docs/licences.md.
func Page(all []Part) string {
	var b strings.Builder
	b.WriteString("# What tinbao is made of, and under which licences\n\n" +
		"`make licences` writes this page from go.mod and the texts beside the modules; `make ops-check`\n" +
		"fails when it is old or when a licence is not one of " + strings.Join(Allowed, ", ") + ".\n\n" +
		"Programs that are called when they are there (ffmpeg, poppler, qpdf, libjpeg, libheif, LibreOffice) and the\n" +
		"servers (Postgres, Redis) are no part of what is built or of the image.\n\n" +
		"Portions of this software are copyright © The FreeType Project (www.freetype.org). All rights\n" +
		"reserved.\n")
	for _, section := range []struct {
		title string
		tests bool
	}{{"In the program", false}, {"Used by tests only", true}} {
		fmt.Fprintf(&b, "\n## %s\n| module | licence |\n|---|---|\n", section.title)
		for _, p := range all {
			if p.Tests == section.tests {
				name := p.Path
				if name == Library {
					name = "Go's own library"
				}
				fmt.Fprintf(&b, "| %s | %s |\n", name, strings.Join(p.Licences, ", "))
			}
		}
	}
	return b.String()
}
