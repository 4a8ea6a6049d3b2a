package storage

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river/rivermigrate"

	"tinbao/cases"
)

// Restore makes the schema of a backup in an empty database by the migrations of this
// program, and puts rows into it, in one transaction. Nothing but rows is taken from the
// backup: names that stand in it are only compared with those of the schema. rows hands
// over the rows of each table of want, in its order, and gives an error when they are not
// to be kept; what was restored is compared with want before it is.
func Restore(ctx context.Context, url string, want cases.Contents, rows func(load func(table int, from io.Reader) error) error) error {
	if err := schemaOf(ctx, url, want); err != nil {
		return err
	}
	conn, err := owned(ctx, url)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	return pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		r := restoring{tx: tx, want: want}
		if err := r.begin(ctx); err != nil {
			return err
		}
		if err := rows(func(table int, from io.Reader) error { return r.load(ctx, table, from) }); err != nil {
			return err
		}
		return r.end(ctx)
	})
}

// schemaOf makes the schema that a database had when it was backed up.
func schemaOf(ctx context.Context, url string, want cases.Contents) error {
	pool, err := owner(ctx, url)
	if err != nil {
		return err
	}
	defer pool.Close()
	p, err := provider(pool)
	if err != nil {
		return err
	}
	defer p.Close()
	if _, err := p.UpTo(ctx, want.Schema); err != nil {
		return fmt.Errorf("storage: making the schema: %w", err)
	}
	if err := migrateJobs(ctx, pool, &rivermigrate.MigrateOpts{TargetVersion: want.Jobs}); err != nil {
		return err
	}
	return madePlaces(ctx, pool, want)
}

// madePlaces makes the partitions the backup's cases lay in.
func madePlaces(ctx context.Context, pool *pgxpool.Pool, want cases.Contents) error {
	wards := make([]int, len(want.Wards))
	for i, w := range want.Wards {
		wards[i] = int(w)
	}
	list, err := placesOf(ctx, pool, want.Years, wards)
	if err != nil {
		return err
	}
	for _, p := range list {
		if err := makePlace(ctx, pool, p); err != nil {
			return fmt.Errorf("storage: making a partition: %w", err)
		}
	}
	return nil
}

// restoring is a database into which rows are put.
type restoring struct {
	tx     pgx.Tx
	want   cases.Contents
	tables map[string]ownTable // of the schema, by name
}

// begin compares the schema with the backup and stops the triggers, which have done their
// work once. References and checks stay.
func (r *restoring) begin(ctx context.Context) error {
	list, err := tablesOf(ctx, r.tx)
	if err != nil {
		return err
	}
	schema := cases.Contents{}
	r.tables = map[string]ownTable{}
	for _, t := range list {
		r.tables[t.name] = t
		schema.Tables = append(schema.Tables, cases.TableSum{Name: t.name, Columns: t.typed})
	}
	if schema.Sequences, err = sequencesOf(ctx, r.tx); err != nil {
		return err
	}
	if wrong := r.want.Foreign(schema); len(wrong) > 0 {
		return fmt.Errorf("storage: the backup does not fit the schema of version %d: %s", r.want.Schema, strings.Join(wrong, "; "))
	}
	return r.triggers(ctx, "disable")
}

// triggers stops or starts the triggers of every table.
func (r *restoring) triggers(ctx context.Context, what string) error {
	rows, _ := r.tx.Query(ctx, `select format('%I.%I', n.nspname, c.relname) from pg_catalog.pg_class c
		join pg_catalog.pg_namespace n on n.oid = c.relnamespace
		where c.relkind in ('r', 'p') and `+notOfPostgres+`
		  and exists (select from pg_catalog.pg_trigger t where t.tgrelid = c.oid and not t.tgisinternal)`) // CollectRows gives the error
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return interpret(err)
	}
	for _, name := range names {
		if _, err := r.tx.Exec(ctx, "alter table "+name+" "+what+" trigger user"); err != nil {
			return interpret(err)
		}
	}
	return nil
}

// load puts the rows of one table in.
func (r *restoring) load(ctx context.Context, n int, from io.Reader) error {
	t := r.tables[r.want.Tables[n].Name]
	_, err := r.tx.Conn().PgConn().CopyFrom(ctx, from, fmt.Sprintf("copy %s (%s) from stdin (format binary)", t.name, t.columns))
	return interpret(err)
}

// end sets the sequences, starts the triggers and compares what is there with the backup.
func (r *restoring) end(ctx context.Context) error {
	for _, s := range r.want.Sequences {
		if s.Last <= 0 {
			continue
		}
		if _, err := r.tx.Exec(ctx, "select setval($1::text::regclass, $2)", s.Name, s.Last); err != nil {
			return interpret(err)
		}
	}
	if err := r.triggers(ctx, "enable"); err != nil {
		return err
	}
	got, _, err := contents(ctx, r.tx)
	if err != nil {
		return err
	}
	if wrong := r.want.Differences(got); len(wrong) > 0 {
		return fmt.Errorf("storage: what was restored is not what the backup says: %s", strings.Join(wrong, "; "))
	}
	return nil
}
