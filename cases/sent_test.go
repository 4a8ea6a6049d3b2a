package cases

import (
	"crypto/rand"
	"testing"
	"time"
)

// Two cases of the same minute must not look the same in a message.
func TestMarksTellCasesOfTheSameMinuteApart(t *testing.T) {
	const pairs = 20_000
	same := 0
	for range pairs {
		a, b := SentAs(rand.Text(), time.Time{}), SentAs(rand.Text(), time.Time{})
		if len(a.Mark()) != 3 {
			t.Fatalf("the mark is %q", a.Mark())
		}
		if a == b {
			same++
		}
	}
	if allowed := pairs / 300; same > allowed { // one in 588 by chance
		t.Errorf("%d of %d pairs have one mark, want at most %d", same, pairs, allowed)
	}
}
