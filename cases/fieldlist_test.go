package cases_test

import (
	"testing"

	"tinbao/cases"
)

func TestFieldsAreNamedOnce(t *testing.T) {
	t.Parallel()
	seen := map[cases.FieldKey]bool{}
	last := "A"
	for _, f := range cases.Fields {
		if seen[f.Key] || f.Key.Group() < last || f.Key[1] != '.' {
			t.Errorf("%s stands twice, or out of the order of the groups", f.Key)
		}
		seen[f.Key], last = true, f.Key.Group()
	}
	if last != "K" {
		t.Errorf("the last group is %s", last)
	}
}
