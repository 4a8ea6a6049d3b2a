package storage

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/pressly/goose/v3"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"

	"tinbao/cases"
)

// Schema says how a database's schema and this program fit together.
type Schema struct {
	Have   int64 // version of the database
	Want   int64 // the one this program was made for
	Oldest int64 // programs made for an older one may not run beside Have; 0 = the database does not say
}

// Fits reports whether this program may run on the database. A newer schema is fine as
// long as it says so: migrations only add, and one that does not names the oldest
// program that can bear it.
func (s Schema) Fits() bool {
	return s.Have == s.Want || s.Have > s.Want && s.Oldest > 0 && s.Oldest <= s.Want
}

// String says it in words, with the mend when they do not fit.
func (s Schema) String() string {
	switch {
	case s.Have < s.Want:
		return fmt.Sprintf("version %d, this program needs %d; run: tinbao migrate", s.Have, s.Want)
	case !s.Fits():
		return fmt.Sprintf("version %d, beside which programs made for %d or newer may run, and this one was made for %d; install the newer program", s.Have, s.Oldest, s.Want)
	case s.Have > s.Want:
		return fmt.Sprintf("version %d, newer than this program, which was made for %d and may run beside it", s.Have, s.Want)
	}
	return fmt.Sprint("version ", s.Have)
}

// ReadSchema reads the state of a database's schema.
func ReadSchema(ctx context.Context, url string) (s Schema, err error) {
	pool, err := owner(ctx, url)
	if err != nil {
		return s, err
	}
	defer pool.Close()
	p, err := provider(pool)
	if err != nil {
		return s, err
	}
	defer p.Close()
	if s.Have, s.Want, err = p.GetVersions(ctx); err != nil {
		return s, interpret(err)
	}
	s.Oldest, err = oldest(ctx, pool)
	return s, err
}

const undefinedTable = "42P01"

// oldest is 0 where the schema is from before the table that says it.
func oldest(ctx context.Context, pool *pgxpool.Pool) (n int64, err error) {
	err = pool.QueryRow(ctx, "select oldest from edge.compatibility").Scan(&n)
	var pg *pgconn.PgError
	if errors.As(err, &pg) && pg.Code == undefinedTable || errors.Is(err, pgx.ErrNoRows) {
		return 0, nil
	}
	return n, interpret(err)
}

// Makes reports whether this program can make the schema that a database had.
func Makes(held cases.Contents) (bool, error) {
	names, err := fs.Glob(migrations, fmt.Sprintf("migrations/%05d_*.sql", held.Schema))
	if err != nil {
		return false, fmt.Errorf("storage: migrations: %w", err)
	}
	m, err := rivermigrate.New(riverpgxv5.New(nil), &rivermigrate.Config{Schema: JobSchema, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return false, fmt.Errorf("storage: migrations of the job queue: %w", err)
	}
	_, err = m.GetVersion(held.Jobs)
	return len(names) == 1 && err == nil, nil
}

// Newest is the version of the newest schema this program knows.
func Newest() (int64, error) {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil || len(names) == 0 {
		return 0, fmt.Errorf("storage: migrations: %w", err)
	}
	newest, err := goose.NumericComponent(names[len(names)-1]) // Glob sorts
	if err != nil {
		return 0, fmt.Errorf("storage: migrations: %w", err)
	}
	return newest, nil
}
