package storage

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"

	"tinbao/cases"
)

// Plain is err with a text that may be logged and stored: it says what kind of error
// happened and where, and nothing that an error can quote of what a person wrote.
func Plain(err error) error {
	if err == nil {
		return nil
	}
	return plain{err}
}

type plain struct{ cause error }

// Error describes the cause.
func (p plain) Error() string { return describe(p.cause) }

// Unwrap gives the cause to errors.Is and errors.As.
func (p plain) Unwrap() error { return p.cause }

// describe names an error and what it was made of, from the outside in.
func describe(err error) string {
	var parts []string
	for err != nil {
		if own := name(err); own != "" {
			parts = append(parts, own)
		}
		if several, ok := err.(interface{ Unwrap() []error }); ok {
			for _, e := range several.Unwrap() {
				parts = append(parts, describe(e))
			}
			break
		}
		err = errors.Unwrap(err)
	}
	return strings.Join(parts, ": ")
}

// name is the name of one error of a chain, "" when it only wraps another.
func name(err error) string {
	switch e := err.(type) { //nolint:errorlint // the links of the chain are walked one by one
	case cases.Reason:
		return string(e)
	case *cases.Error:
		return (&cases.Error{Kind: e.Kind, Text: e.Text}).Error()
	case *pgconn.PgError:
		return strings.Join(strings.Fields("SQLSTATE "+e.Code+" "+e.TableName+" "+e.ConstraintName), " ")
	case syscall.Errno:
		return e.Error()
	}
	switch {
	case err == context.Canceled || err == context.DeadlineExceeded: //nolint:errorlint // the link itself is meant
		return err.Error()
	case errors.Unwrap(err) != nil:
		return ""
	}
	if _, several := err.(interface{ Unwrap() []error }); several {
		return ""
	}
	return fmt.Sprintf("%T", err)
}

// Stack is the way to here: functions and lines. Unlike debug.Stack it does not show
// what the functions were called with, which may be the number of a chat.
func Stack() string {
	const deepest = 64
	places := make([]uintptr, deepest)
	frames := runtime.CallersFrames(places[:runtime.Callers(2, places)])
	var b strings.Builder
	for {
		f, more := frames.Next()
		fmt.Fprintf(&b, "%s:%d\n", f.Function, f.Line)
		if !more {
			return b.String()
		}
	}
}
