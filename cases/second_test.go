package cases_test

import (
	"testing"
	"time"

	"tinbao/cases"
)

func TestItTakesTwoToOpenAgain(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, cases.Vietnam)
	for _, c := range []struct {
		asked  cases.StaffID
		ago    time.Duration
		by     cases.StaffID
		may    bool
		person bool
	}{
		{0, 0, 2, false, false},
		{1, 0, 1, false, false},
		{1, 0, 2, true, false},
		{1, cases.SecondTime, 2, true, false},
		{1, cases.SecondTime + 1, 2, false, false},
		{1, 0, 0, true, false},
		{0, 0, 2, true, true}, // the person counts as the first of the two
		{0, cases.SecondTime + 1, 2, true, true},
		{0, cases.PersonTime, 2, true, true},
		{0, cases.PersonTime + 1, 2, false, true},
	} {
		if err := cases.MayOpenAgain(cases.Asked{By: c.asked, Person: c.person, At: now.Add(-c.ago)}, c.by, now); (err == nil) != c.may {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

// Whoever may be the second person on a stream may see it, and the police never are.
func TestSecondPersonSeesTheStream(t *testing.T) {
	t.Parallel()
	for _, role := range cases.Roles {
		if role.May(cases.SecondReports) && !role.May(cases.ReadReports) || role.May(cases.SecondHelp) && !role.May(cases.ReadHelp) {
			t.Errorf("%s would agree to what it may not see", role)
		}
	}
	if cases.Police.MayAny(cases.SecondReports, cases.SecondHelp) {
		t.Error("the police open cases again")
	}
	for role, rights := range cases.RightsTable {
		for _, right := range rights {
			found := false
			for _, known := range cases.Rights {
				found = found || known == right
			}
			if !found {
				t.Errorf("%s has %s, which is not in the list of rights", role, right)
			}
		}
	}
}
