package cases_test

import (
	"slices"
	"testing"

	"tinbao/cases"
)

func TestAlarmOnlyWhenAnnounced(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ ward, announced, may bool }{{false, false, false}, {true, false, false}, {false, true, false}, {true, true, true}} {
		err := cases.MayRaiseAlarm(cases.Ward{PoliceException: c.ward}, cases.Case{Announced: c.announced})
		if (err == nil) != c.may {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

// Nobody chooses from the menu what only the ward can make.
func TestCrossedIsNoChoice(t *testing.T) {
	t.Parallel()
	if slices.Contains(cases.Concerns, cases.Crossed) || !cases.Crossed.Urgent() {
		t.Error("crossed")
	}
}
