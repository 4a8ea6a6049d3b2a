package cases

import (
	"strings"
	"time"
)

// PINDigits is the length of the PIN with which staff open the bot on their phones.
const PINDigits = 6

// Access tells how far an account is open. A phone that was left alone shows nothing
// before its owner's PIN is typed.
type Access struct {
	Chosen bool      // a PIN was chosen
	Wrong  int       // wrong PINs in a row
	Barred time.Time // no PIN is taken before this moment
	Open   time.Time // commands work until this moment
	Since  time.Time // when the PIN was typed last; zero = before there was this, or never
}

// IsOpen reports whether commands work now.
func (a Access) IsOpen(now time.Time) bool { return a.Chosen && now.Before(a.Open) }

// IsBarred reports whether a PIN is refused unseen now.
func (a Access) IsBarred(now time.Time) bool { return now.Before(a.Barred) }

// LongestSession is after how much time the PIN is asked for again, however much is done
// meanwhile: a shift, with its breaks.
const LongestSession = 12 * time.Hour

// FreshFor is how long after the PIN what changes accounts may be done without it.
const FreshFor = 2 * time.Minute

// IsFresh reports whether the PIN was typed just now.
func (a Access) IsFresh(now time.Time) bool {
	return a.IsOpen(now) && !a.Since.IsZero() && now.Sub(a.Since) <= FreshFor
}

// Extended is the end of a session in which something was just done; idle is how long it
// lasts without anything.
func (a Access) Extended(now time.Time, idle time.Duration) time.Time {
	until := now.Add(idle)
	if a.Since.IsZero() {
		return a.Open
	}
	if last := a.Since.Add(LongestSession); last.Before(until) {
		return last
	}
	return until
}

// Limits of guessing a PIN: of a million, somebody with the phone in hand can try
// about a dozen a day.
const (
	PINTries    = 5                // wrong in a row before the first pause
	pinPause    = 15 * time.Minute // the first pause; each further wrong one doubles it
	pinPauseMax = 24 * time.Hour
)

// PINPause is how long no PIN is taken after so many wrong ones in a row.
func PINPause(wrong int) time.Duration {
	if wrong < PINTries {
		return 0
	}
	return min(pinPause<<min(wrong-PINTries, 10), pinPauseMax)
}

// WeakPIN reports a PIN that is not PINDigits digits, or is among the first anybody
// would try: one digit, one or two or three digits repeated, digits in a row.
func WeakPIN(pin string) bool {
	if len(pin) != PINDigits || strings.Trim(pin, "0123456789") != "" {
		return true
	}
	for period := 1; period <= PINDigits/2; period++ {
		if pin[period:] == pin[:PINDigits-period] {
			return true
		}
	}
	const up, down = "01234567890", "09876543210"
	return strings.Contains(up, pin) || strings.Contains(down, pin)
}
