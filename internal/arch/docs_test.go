package arch_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	testNamed    = regexp.MustCompile(`\b(?:Test|Fuzz)[A-Z]\w+`)
	testWritten  = regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)[A-Z]\w+)\(`)
	storyNamed   = regexp.MustCompile("(?:story|stories) ((?:`\\w+`(?:, | and )?)+)")
	storyWritten = regexp.MustCompile("`(\\w+)`")
	linkNamed    = regexp.MustCompile(`\]\(([\w./-]+)\)`)
)

// What the pages say of tests, stories and files is there.
func TestPagesAreTrue(t *testing.T) {
	t.Parallel()
	root := filepath.Join("..", "..")
	written := map[string]bool{}
	err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		raw, err := os.ReadFile(path)
		for _, m := range testWritten.FindAllStringSubmatch(string(raw), -1) {
			written[m[1]] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	pages, err := filepath.Glob(filepath.Join(root, "docs", "*.md"))
	if err != nil || len(pages) < 3 {
		t.Fatal(pages, err)
	}
	named := 0
	for _, page := range append(pages, filepath.Join(root, "README.md")) {
		raw, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range testNamed.FindAllString(string(raw), -1) {
			if named++; !written[name] {
				t.Errorf("%s names %s, which is not there", page, name)
			}
		}
		for _, m := range storyNamed.FindAllStringSubmatch(string(raw), -1) {
			for _, story := range storyWritten.FindAllStringSubmatch(m[1], -1) {
				if _, err := os.Stat(filepath.Join(root, "cmd", "tinbao", "testdata", story[1]+".txtar")); err != nil {
					t.Errorf("%s names the story %s, which is not there", page, story[1])
				}
			}
		}
		for _, m := range linkNamed.FindAllStringSubmatch(string(raw), -1) {
			if _, err := os.Stat(filepath.Join(filepath.Dir(page), m[1])); err != nil {
				t.Errorf("%s leads to %s, which is not there", page, m[1])
			}
		}
	}
	if named < 20 {
		t.Errorf("only %d tests are named", named)
	}
}
