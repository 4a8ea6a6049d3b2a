package storage

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"tinbao/cases"
	"tinbao/storage/internal/db"
)

// span is a transaction that begins with its first statement and is committed with its
// last, each in one round trip. It is over once Rollback was called or finishing ended.
type span struct {
	held *pgxpool.Conn
	over bool
}

var _ pgx.Tx = (*span)(nil)

// span takes a connection for a transaction, which begins with what is asked of beginning.
func (s *Store) span(ctx context.Context) (*span, error) {
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return nil, err
	}
	return &span{held: conn}, nil
}

// beginning are the queries of which the first begins the transaction.
func (x *span) beginning() *db.Queries { return db.New(beginning{x}) }

// Begin refuses: nothing here nests transactions.
func (x *span) Begin(context.Context) (pgx.Tx, error) {
	return nil, errors.New("storage: a transaction inside of this one")
}

// Commit commits in a round trip of its own.
func (x *span) Commit(ctx context.Context) error {
	if x.over {
		return pgx.ErrTxClosed
	}
	tag, err := x.Exec(ctx, "commit")
	if err == nil && tag.String() == rolledBack {
		err = pgx.ErrTxCommitRollback
	}
	if err == nil {
		x.end()
	}
	return err
}

// rolledBack is what Postgres answers to the commit of a transaction that had failed.
const rolledBack = "ROLLBACK"

// Rollback undoes everything and gives the connection back.
func (x *span) Rollback(ctx context.Context) error {
	if x.over {
		return pgx.ErrTxClosed
	}
	defer x.end() // a connection that is still in a transaction is not used again
	_, err := x.Exec(ctx, "rollback")
	return err
}

func (x *span) end() {
	x.over = true
	x.held.Release()
}

// Prepare is not needed: what is asked twice is prepared by itself.
func (x *span) Prepare(ctx context.Context, name, sql string) (*pgconn.StatementDescription, error) {
	return x.held.Conn().Prepare(ctx, name, sql)
}

// LargeObjects are not used.
func (x *span) LargeObjects() pgx.LargeObjects { return pgx.LargeObjects{} }

// Conn is the connection itself.
func (x *span) Conn() *pgx.Conn { return x.held.Conn() }

// Exec runs a statement.
func (x *span) Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error) {
	return x.held.Exec(ctx, sql, args...)
}

// Query asks for rows.
func (x *span) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	return x.held.Query(ctx, sql, args...)
}

// QueryRow asks for a row.
func (x *span) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row {
	return x.held.QueryRow(ctx, sql, args...)
}

// SendBatch sends several statements at once.
func (x *span) SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults {
	return x.held.SendBatch(ctx, b)
}

// CopyFrom writes many rows.
func (x *span) CopyFrom(ctx context.Context, table pgx.Identifier, columns []string, rows pgx.CopyFromSource) (int64, error) {
	return x.held.CopyFrom(ctx, table, columns, rows)
}

// What every update asks takes a right plan by an index for any values, but with values the
// planner believes in a cheaper one and makes it anew each time, which takes longer than
// the statement. Its order is that of an index, too. A session that plans while nothing
// waits would rather read or sort a whole table, which costs nothing then, and keep to that
// when ten thousand wait; so neither is allowed.
const (
	byIndex = `select set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true), set_config('enable_sort', 'off', true)`
	byCost  = `select set_config('plan_cache_mode', 'auto', true), set_config('enable_seqscan', 'on', true), set_config('enable_sort', 'on', true)`
)

// beginning sends the beginning of a transaction with its first statement.
type beginning struct{ *span }

// QueryRow begins and asks.
func (b beginning) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row {
	batch := &pgx.Batch{}
	batch.Queue("begin")
	batch.Queue(byIndex)
	batch.Queue(sql, args...)
	batch.Queue(byCost)
	return behind{b.SendBatch(ctx, batch), 2}
}

// behind is the row of a statement that comes after others.
type behind struct {
	results pgx.BatchResults
	others  int
}

// Scan reads the row.
func (b behind) Scan(dest ...any) error {
	err := skip(b.results, b.others)
	if err == nil {
		err = b.results.QueryRow().Scan(dest...)
	}
	if closed := b.results.Close(); err == nil {
		err = closed
	}
	return err
}

// skip reads what several statements answered.
func skip(results pgx.BatchResults, statements int) error {
	for range statements {
		if _, err := results.Exec(); err != nil {
			return err
		}
	}
	return nil
}

// single asks a statement that is a transaction by itself.
type single struct{ *pgxpool.Pool }

// QueryRow asks it by an index. What is asked in one round trip is one transaction.
func (s single) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row {
	batch := &pgx.Batch{}
	batch.Queue(byIndex)
	batch.Queue(sql, args...)
	return behind{s.SendBatch(ctx, batch), 1}
}

// ending sends the commit of a transaction with its last statement.
type ending struct {
	*span
	results pgx.BatchResults
}

// Query asks and commits. What became of the commit tells commit.
func (e *ending) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	batch := &pgx.Batch{}
	batch.Queue(byIndex)
	batch.Queue(sql, args...)
	batch.Queue("commit")
	e.results = e.SendBatch(ctx, batch)
	if err := skip(e.results, 1); err != nil {
		return nil, err
	}
	return e.results.Query()
}

// commit tells whether the transaction is committed, after the rows were read.
func (e *ending) commit() error {
	tag, err := e.results.Exec()
	if closed := e.results.Close(); err == nil {
		err = closed
	}
	if err == nil && tag.String() == rolledBack {
		err = pgx.ErrTxCommitRollback
	}
	return err
}

// finishing asks the last query of a transaction and commits with it. After an error the
// transaction is still to be rolled back. When the connection broke, it may be committed
// or not.
func finishing[R any](x *span, last func(*db.Queries) (R, error)) (R, error) {
	e := &ending{span: x}
	r, err := last(db.New(e))
	if e.results != nil {
		committed := e.commit()
		if err == nil {
			err = committed
		}
	}
	if err == nil {
		x.end()
		return r, nil
	}
	var said *pgconn.PgError
	if x.held.Conn().IsClosed() && !errors.As(err, &said) {
		return r, &cases.Error{Kind: cases.Transient, Cause: cases.Reason("postgres went away at the commit")}
	}
	return r, interpret(err)
}
