package parts_test

import (
	"bytes"
	"debug/buildinfo"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	cdx "github.com/CycloneDX/cyclonedx-go"

	"tinbao/tools/check/parts"
)

const root = "../../.."

func all(t *testing.T) []parts.Part {
	t.Helper()
	found, err := parts.Of(t.Context(), root)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// Every part has a licence that is compatible, and stands on the page.
func TestLicences(t *testing.T) {
	t.Parallel()
	found := all(t)
	for _, p := range found {
		if fault := p.Fault(); fault != "" {
			t.Errorf("%s %s", p.Path, fault)
		}
	}
	if len(found) < 50 {
		t.Errorf("found only %d parts", len(found))
	}
	page, err := os.ReadFile(filepath.Join(root, "docs", "licences.md"))
	if err != nil {
		t.Fatal(err)
	}
	if string(page) != parts.Page(found) {
		t.Error("docs/licences.md is old; run: make licences")
	}
}

// Licences that are not compatible, and texts nobody knows, are noticed.
func TestFaults(t *testing.T) {
	t.Parallel()
	for _, p := range []parts.Part{
		{Path: "a"},
		{Path: "b", Licences: []string{"AGPL-3.0"}},
		{Path: "c", Licences: []string{"MIT", "GPL-2.0"}},
		{Path: "d", Licences: parts.Names([]byte("All rights reserved. Ask us."))},
		{Path: "e", Licences: parts.Names(nil)},
	} {
		if p.Fault() == "" {
			t.Errorf("%s %v is taken", p.Path, p.Licences)
		}
	}
	ours, err := os.ReadFile(filepath.Join(goroot(t), "LICENSE"))
	if err != nil {
		t.Fatal(err)
	}
	if got := parts.Names(ours); !slices.Equal(got, []string{"BSD-3-Clause"}) {
		t.Errorf("Go's licence is %v", got)
	}
}

func goroot(t *testing.T) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(bytes.TrimSpace(out))
}

// The list of a built program is one CycloneDX reads, holds every module of it with a
// licence, and is the same each time.
func TestSBOM(t *testing.T) {
	t.Parallel()
	program := filepath.Join(t.TempDir(), "tinbao")
	build := exec.CommandContext(t.Context(), "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", program, "./cmd/tinbao")
	build.Dir, build.Env = root, append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	found := all(t)
	var one, two bytes.Buffer
	for _, w := range []*bytes.Buffer{&one, &two} {
		if err := parts.Write(w, program, "v9.9.9", found); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(one.Bytes(), two.Bytes()) {
		t.Error("two lists of one program differ")
	}
	var bom cdx.BOM
	if err := cdx.NewBOMDecoder(&one, cdx.BOMFileFormatJSON).Decode(&bom); err != nil {
		t.Fatal(err)
	}
	info, err := buildinfo.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := len(*bom.Components), len(info.Deps)+1; got != want {
		t.Errorf("%d parts, want %d", got, want)
	}
	shipped := 0
	for _, p := range found {
		if !p.Tests {
			shipped++
		}
	}
	if shipped != len(info.Deps)+1 {
		t.Errorf("the page has %d parts, the program %d", shipped, len(info.Deps)+1)
	}
	for _, c := range *bom.Components {
		if c.Licenses == nil || len(*c.Licenses) == 0 || c.PackageURL == "" || c.Hashes == nil && c.Name != parts.Library {
			t.Errorf("%s is not told of in full", c.Name)
		}
	}
	if v := bom.Metadata.Component; v.Name != "tinbao" || v.Version != "v9.9.9" || len(*v.Hashes) != 1 {
		t.Errorf("the list is of %+v", v)
	}
	if err := parts.Write(&one, program, "", found[:1]); err == nil {
		t.Error("a list that is not whole was written")
	}
}
