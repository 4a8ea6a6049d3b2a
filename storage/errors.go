package storage

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"net"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"tinbao/cases"
)

// SQLSTATE classes and codes (PostgreSQL manual, appendix A).
const (
	classConnection   = "08"
	classResources    = "53"
	classIntervention = "57"
	serialization     = "40001"
	deadlock          = "40P01"
	lockTimeout       = "55P03"
	stoodStill        = "25P03" // idle_in_transaction_session_timeout
	readOnly          = "25006" // also what is said by a server that another one has replaced
	uniqueViolation   = "23505"
)

// interpret turns a driver's error into the domain's, by SQLSTATE. The driver's
// error stays the cause; it can name tables and columns, and pgx never puts
// argument values into one.
func interpret(err error) error {
	var ours *cases.Error
	switch {
	case err == nil || errors.As(err, &ours):
		return err
	case errors.Is(err, pgx.ErrNoRows):
		return &cases.Error{Kind: cases.NotFound, Cause: err}
	}
	var pg *pgconn.PgError
	var connect *pgconn.ConnectError
	switch {
	case errors.As(err, &pg):
		return &cases.Error{Kind: kindOfState(pg.Code), Cause: bare(pg)}
	case errors.As(err, &connect):
		return &cases.Error{Kind: cases.Transient, Cause: cases.Reason("postgres is away")}
	case ended(err):
		return &cases.Error{Kind: cases.Transient, Cause: err}
	}
	if brokenOff(err) {
		return &cases.Error{Kind: cases.Transient, Cause: cases.Reason("postgres is away")}
	}
	return &cases.Error{Kind: cases.Internal, Cause: err}
}

// ended tells whether a context came to its end.
func ended(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// brokenOff tells whether a connection failed under what was done through it. The
// driver says the end of a stream in the words of package io, as others do of theirs.
func brokenOff(err error) bool {
	var network net.Error
	return errors.As(err, &network) || pgconn.SafeToRetry(err) || errors.Is(err, driver.ErrBadConn) ||
		errors.Is(err, net.ErrClosed) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}

// blame is interpret for what came out of a handler, which has other connections and
// streams than that of its transaction: while that one is whole, Postgres is not away.
func blame(tx pgx.Tx, err error) error {
	if ours := new(cases.Error); !errors.As(err, &ours) && brokenOff(err) && !ended(err) && !tx.Conn().IsClosed() {
		return &cases.Error{Kind: cases.Internal, Cause: err}
	}
	return interpret(err)
}

// bare leaves out Detail and Where, in which Postgres quotes values of a row.
func bare(e *pgconn.PgError) error {
	return &pgconn.PgError{Severity: e.Severity, Code: e.Code, Message: e.Message, TableName: e.TableName, ConstraintName: e.ConstraintName}
}

func kindOfState(code string) cases.ErrorKind {
	switch {
	case code == serialization, code == deadlock, code == lockTimeout, code == stoodStill, code == readOnly,
		code[:2] == classConnection, code[:2] == classResources, code[:2] == classIntervention:
		return cases.Transient
	case code == uniqueViolation:
		return cases.Conflict
	}
	return cases.Internal
}
