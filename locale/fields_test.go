package locale_test

import (
	"testing"

	"tinbao/cases"
	"tinbao/locale"
)

// Every field of the report, its group, its type and its origin have a name.
func TestEveryFieldHasALabel(t *testing.T) {
	t.Parallel()
	for _, f := range cases.Fields {
		for _, key := range []string{"field." + string(f.Key), "group." + f.Key.Group(), "fieldtype." + string(f.Type), "origin." + string(f.Origin), "origin.mark." + string(f.Origin)} {
			if !(locale.Catalogue{}).Has(key) {
				t.Errorf("no text %q", key)
			}
		}
	}
}
