package dashboard

import (
	"regexp"
	"strings"
	"testing"

	"github.com/go-analyze/charts"

	"tinbao/reports"
)

var (
	root   = regexp.MustCompile(`:root \{[^}]*\}`)
	colour = regexp.MustCompile(`--([\w-]+): (#[0-9a-f]{6});`)
	spare  = regexp.MustCompile(`#[0-9a-fA-F]{3,8}\b|rgb|hsl`)
)

// WCAG 2.2: 1.4.3 wants 4.5 for letters, 1.4.11 wants 3 for the edges of fields and the
// ring around what has the focus. Every colour of the stylesheet is one of the two sets.
func TestColoursOfTheStylesheetStandOut(t *testing.T) {
	t.Parallel()
	raw, err := files.ReadFile("pages/style.css")
	if err != nil {
		t.Fatal(err)
	}
	sets := root.FindAllString(string(raw), -1)
	if len(sets) != 2 {
		t.Fatalf("%d sets of colours", len(sets))
	}
	if found := spare.FindString(root.ReplaceAllString(string(raw), "")); found != "" {
		t.Errorf("%s is a colour of no set", found)
	}
	for i, set := range sets {
		colours := map[string]charts.Color{}
		for _, m := range colour.FindAllStringSubmatch(set, -1) {
			colours[m[1]] = charts.ColorFromHex(m[2])
		}
		for pair, want := range map[string]float64{
			"ink paper": 4.5, "ink soft": 4.5, "faint paper": 4.5, "mark paper": 4.5, "mark soft": 4.5, "on-mark mark": 4.5, "alarm soft": 4.5, "alarm paper": 4.5,
			"line paper": 3, "line soft": 3,
		} {
			a, b, _ := strings.Cut(pair, " ")
			if got := reports.Contrast(colours[a], colours[b]); got < want || colours[a] == colours[b] {
				t.Errorf("set %d: %s on %s has a contrast of %.2f", i, a, b, got)
			}
		}
	}
}
