package intake_test

import (
	"testing"

	"tinbao/cases"
	"tinbao/intake"
	"tinbao/locale"
)

func TestEveryDialogIsSound(t *testing.T) {
	t.Parallel()
	d, err := intake.New(intake.Desk{Accepts: func(cases.OfferedFile) string { return "" }, Languages: locale.Languages}, locale.Catalogue{}.Has)
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Dialogs()) != 8 {
		t.Errorf("%d dialogs", len(d.Dialogs()))
	}
}
