package cases_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tinbao/cases"
)

func TestHollow(t *testing.T) {
	t.Parallel()
	for text, hollow := range map[string]bool{
		"": true, "....": true, "aaaaaaaaaaaaaaaa": true, "hahahahahaha": true, "test": true, "😀😀😀😀": true,
		"https://example.com/a-very-long-address-of-a-page @somebody": true, "t.me/joinchat/abcdefgh": true,
		"Nhà nghỉ số 5 ngõ 12":                         false,
		"Quán X":                                       true,
		"Karaoke Hoa Hồng":                             false,
		"Xem https://example.com có mời chào":          false,
		"nha nghi dau ngo":                             false,
		strings.Repeat("Ngõ nhỏ. ", 400):               false,
		"Nha\u0300 nghi\u0309 \u0111\u00e2\u0300u ngõ": false, // NFD
	} {
		if cases.Hollow(text) != hollow {
			t.Errorf("%q: %v", text, !hollow)
		}
	}
}

// The more wrong receipts, the longer the pause, and a search of the whole ward never
// makes it shorter.
func TestGuessPause(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 1000).Draw(t, "wrong")
		calm, stormy := cases.GuessPause(n, 0), cases.GuessPause(n, 10_000)
		if calm > stormy || calm > cases.GuessPause(n+1, 0) || stormy > time.Hour {
			t.Fatalf("%d wrong: %v, %v", n, calm, stormy)
		}
	})
	if cases.GuessPause(4, 0) != 0 || cases.GuessPause(5, 0) != 30*time.Second || cases.GuessPause(6, 0) != time.Minute || cases.GuessPause(1, 301) != 30*time.Second {
		t.Error("the first pauses")
	}
}

func TestQuotasAreComplete(t *testing.T) {
	t.Parallel()
	for _, m := range []cases.Metered{cases.Messages, cases.Sending, cases.SendingDay, cases.Repeating, cases.Guessing, cases.Flood, cases.GuessAll} {
		q, ok := cases.Quotas[m]
		if !ok || q.Limit < 1 || q.Window < time.Minute || m.Over(q.Limit) || !m.Over(q.Limit+1) {
			t.Errorf("%s: %+v", m, q)
		}
	}
}
