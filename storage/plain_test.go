package storage

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
	"pgregory.net/rapid"

	"tinbao/cases"
)

func TestPlainNamesWhatHappened(t *testing.T) {
	t.Parallel()
	const words = "Bà Kín ở nhà số 7"
	pg := &pgconn.PgError{Code: "22P02", Message: words, Detail: words, TableName: "cases", ConstraintName: "cases_pkey"}
	for want, err := range map[string]error{
		"*errors.errorString":                         errors.New(words),
		"internal: SQLSTATE 22P02 cases cases_pkey":   interpret(fmt.Errorf("%s: %w", words, pg)),
		"transient: postgres is away":                 interpret(&pgconn.ConnectError{}),
		"not_found (receipt.notfound)":                cases.Fail(cases.NotFound, "receipt.notfound"),
		"transient: context deadline exceeded":        interpret(fmt.Errorf("%s: %w", words, context.DeadlineExceeded)),
		"connection refused":                          fmt.Errorf("%s: %w", words, syscall.ECONNREFUSED),
		"a handler panicked: *errors.errorString":     errors.Join(cases.Reason("a handler panicked"), errors.New(words)),
		"internal: not_found: a place, not its words": &cases.Error{Cause: &cases.Error{Kind: cases.NotFound, Cause: cases.Reason("a place, not its words")}},
	} {
		if got := Plain(err).Error(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if Plain(nil) != nil {
		t.Error("no error became one")
	}
}

// Whatever errors are made of, their words stay inside, and what they are can still be
// asked.
func TestPlainQuotesNothing(t *testing.T) {
	t.Parallel()
	const words = "Bà Kín ở nhà số 7"
	rapid.Check(t, func(t *rapid.T) {
		err := errors.New(words)
		for range rapid.IntRange(0, 6).Draw(t, "layers") {
			switch rapid.IntRange(0, 5).Draw(t, "layer") {
			case 0:
				err = fmt.Errorf("%s: %w", words, err)
			case 1:
				err = &cases.Error{Kind: cases.Internal, Cause: err}
			case 2:
				err = errors.Join(io.EOF, err)
			case 3:
				err = errors.Join(err, &pgconn.PgError{Code: "23505", Message: words, Hint: words, ColumnName: words})
			case 4:
				err = Plain(err)
			case 5:
				err = interpret(err)
			}
		}
		got := Plain(err)
		if strings.Contains(got.Error(), words) {
			t.Fatalf("quotes: %s", got)
		}
		if cases.KindOf(got) != cases.KindOf(err) || !errors.Is(got, err) {
			t.Fatalf("forgot what it is: %s", got)
		}
	})
}

// A stack shows functions, and nothing of what they were called with.
func TestStackHasNoArguments(t *testing.T) {
	t.Parallel()
	stack := below(0x14ad0d0f1)
	if !strings.Contains(stack, "storage.below") || strings.Contains(stack, "0x") {
		t.Error(stack)
	}
}

//go:noinline
func below(chat int64) string { return fmt.Sprint(Stack(), chat)[:len(Stack())] }
