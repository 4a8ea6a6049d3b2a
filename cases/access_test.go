package cases_test

import (
	"testing"
	"time"

	"tinbao/cases"
)

func TestWeakPIN(t *testing.T) {
	t.Parallel()
	for pin, weak := range map[string]bool{
		"": true, "12345": true, "1234567": true, "12a456": true, "１２３４５６": true,
		"000000": true, "121212": true, "123123": true, "123456": true, "654321": true, "567890": true, "098765": true,
		"112233": false, "135790": false, "260611": false, "123457": false, "102030": false,
	} {
		if cases.WeakPIN(pin) != weak {
			t.Errorf("%q: weak %v", pin, !weak)
		}
	}
}

func TestPINPauseGrows(t *testing.T) {
	t.Parallel()
	for wrong := range cases.PINTries {
		if cases.PINPause(wrong) != 0 {
			t.Errorf("a pause after %d", wrong)
		}
	}
	last := time.Duration(0)
	for wrong := cases.PINTries; wrong < 100; wrong++ {
		pause := cases.PINPause(wrong)
		if pause < last || pause < 15*time.Minute || pause > 24*time.Hour {
			t.Errorf("after %d wrong ones %v, before it %v", wrong, pause, last)
		}
		last = pause
	}
}

func TestAccess(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, cases.Vietnam)
	open := cases.Access{Chosen: true, Open: now.Add(time.Minute)}
	if !open.IsOpen(now) || open.IsOpen(now.Add(time.Minute)) || (cases.Access{Open: now.Add(time.Hour)}).IsOpen(now) {
		t.Error("open without a PIN, or after its time")
	}
	if (cases.Access{}).IsBarred(now) || !(cases.Access{Barred: now.Add(1)}).IsBarred(now) {
		t.Error("barred")
	}
}
