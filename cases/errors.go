package cases

import (
	"errors"
	"fmt"
)

// ErrorKind says what a failure means to the people waiting for an answer.
// The numbers are stored in no table; only the names are shown to machines.
type ErrorKind uint8

// The kinds of failure. Anything not made by this package is Internal.
const (
	Internal   ErrorKind = iota // a fault of ours; the person is told to try again
	Invalid                     // what was typed cannot be read
	NotFound                    // does not exist, or may not be seen: the two look alike on purpose
	Conflict                    // somebody else changed it first
	NotAllowed                  // the step does not exist from the present status
	Transient                   // a part is away for a moment; trying again is right
	Expired                     // a link or lease was valid once
	Limited                     // too many, too fast
)

var kindNames = map[ErrorKind]string{
	Internal: "internal", Invalid: "invalid", NotFound: "not_found", Conflict: "conflict",
	NotAllowed: "not_allowed", Transient: "transient", Expired: "expired", Limited: "limited",
}

// String is the name used in logs and metrics.
func (k ErrorKind) String() string { return kindNames[k] }

// Error is the one error type that crosses rooms. Text is a key of the locale
// catalogue, never a sentence and never anything a person wrote.
type Error struct {
	Kind  ErrorKind
	Text  string // locale key of what to tell the person; "" = the general text of the kind
	Cause error  // for the log of the place that handles it
}

// Error names the kind and the cause. It holds no text of a person.
func (e *Error) Error() string {
	if e.Cause != nil {
		return fmt.Sprintf("%s: %v", e.Kind, e.Cause)
	}
	if e.Text != "" {
		return e.Kind.String() + " (" + e.Text + ")"
	}
	return e.Kind.String()
}

// Unwrap gives the cause to errors.Is and errors.As.
func (e *Error) Unwrap() error { return e.Cause }

// Reason is an error whose whole text stands in the program's source, so that it may
// be logged as it is. It is made of constants only.
type Reason string

// Error is the text.
func (r Reason) Error() string { return string(r) }

// Fail makes an error of a kind with the locale key of its explanation.
func Fail(kind ErrorKind, text string) error { return &Error{Kind: kind, Text: text} }

// KindOf is the kind of any error; Internal for one that is not ours.
func KindOf(err error) ErrorKind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}

// TextOf is the locale key that explains err to a person.
func TextOf(err error) string {
	var e *Error
	if errors.As(err, &e) && e.Text != "" {
		return e.Text
	}
	return "error." + KindOf(err).String()
}
