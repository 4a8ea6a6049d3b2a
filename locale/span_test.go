package locale

import "testing"

// A limit of days is read as years where it is one.
func TestSpans(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		days   int
		vi, en string
	}{{90, "90 ngày", "90 days"}, {1, "1 ngày", "1 day"}, {365, "1 năm", "1 year"}, {730, "2 năm", "2 years"}, {400, "400 ngày", "400 days"}, {0, "0 ngày", "0 days"}} {
		if vi, en := span(Vietnamese, c.days), span(English, c.days); vi != c.vi || en != c.en {
			t.Errorf("%d: %q, %q", c.days, vi, en)
		}
	}
}
