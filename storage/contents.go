package storage

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"tinbao/cases"
)

// ownTables are all tables with rows that outlive a crash and were not put there by a
// migration, with what they refer to; a partitioned table is one. Columns are in the order
// of their names, which does not depend on how the schema came about.
const ownTables = `select format('%I.%I', n.nspname, c.relname),
		coalesce(string_agg(format('%I', a.attname), ', ' order by a.attname collate "C"), ''),
		coalesce(string_agg(format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod)), ', ' order by a.attname collate "C"), ''),
		array(select distinct format('%I.%I', pn.nspname, p.relname) from pg_catalog.pg_constraint k
			join pg_catalog.pg_class p on p.oid = k.confrelid join pg_catalog.pg_namespace pn on pn.oid = p.relnamespace
			where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid)
	from pg_catalog.pg_class c
	join pg_catalog.pg_namespace n on n.oid = c.relnamespace
	left join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
	where c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence = 'p' and ` + notOfPostgres + `
	  and (n.nspname, c.relname) not in (('public', 'goose_db_version'), ('river', 'river_migration'), ('edge', 'compatibility'))
	group by c.oid, n.nspname, c.relname
	order by format('%I.%I', n.nspname, c.relname) collate "C"`

// ownSequences are where the sequences of these tables stand.
const ownSequences = `select format('%I.%I', n.nspname, c.relname), coalesce(s.last_value, 0)
	from pg_catalog.pg_class c
	join pg_catalog.pg_namespace n on n.oid = c.relnamespace
	join pg_catalog.pg_sequences s on s.schemaname = n.nspname and s.sequencename = c.relname
	where c.relkind = 'S' and ` + notOfPostgres + ` and (n.nspname, c.relname) <> ('public', 'goose_db_version_id_seq')
	order by format('%I.%I', n.nspname, c.relname) collate "C"`

// ownYears are the years for which there are partitions.
const ownYears = `select distinct substring(c.relname from '[0-9]{4}$')::int as year from pg_catalog.pg_class c
	where c.relnamespace = 'casework'::regnamespace and c.relispartition and c.relname ~ '^(report|help)_cases_[0-9]+_[0-9]{4}$'
	order by year`

// notOfPostgres leaves out what belongs to Postgres or to an extension of it.
const notOfPostgres = `n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
	and not exists (select from pg_catalog.pg_depend d where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')`

// sumOf is the checksum of a table. The text of a row is the same on every server,
// given the settings of steady.
const sumOf = `select count(*), encode(pg_catalog.sha256(coalesce(string_agg(h, ''::bytea order by h), ''::bytea)), 'hex')
	from (select pg_catalog.sha256(convert_to(t::text, 'UTF8')) as h from (select %s from %s) t) as rows`

const headsOf = `select c.ward_id, c.stream, count(*), sum(c.events)::bigint,
	encode(pg_catalog.sha256(string_agg(c.head, ''::bytea order by c.id)), 'hex')
	from casework.cases c group by c.ward_id, c.stream order by c.ward_id, c.stream`

const newestAnchor = `select at, code from casework.anchors where ward_id = $1 and stream = $2 order by at desc limit 1`

// steady makes rows read the same everywhere, and lets a long look come to its end.
var steady = map[string]string{
	"timezone": "UTC", "datestyle": "ISO, YMD", "intervalstyle": "postgres", "bytea_output": "hex", "extra_float_digits": "1",
	"search_path": "pg_catalog", "application_name": "tinbao backup", "statement_timeout": "0",
	"idle_in_transaction_session_timeout": "0", "lock_timeout": "0",
}

// owned opens one connection as the owner of the tables.
func owned(ctx context.Context, url string) (*pgx.Conn, error) {
	conf, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, errors.New("not an address of Postgres")
	}
	conf.ConnectTimeout = connectTimeout
	maps.Copy(conf.RuntimeParams, steady)
	conn, err := pgx.ConnectConfig(ctx, conf)
	if err != nil {
		return nil, interpret(err)
	}
	return conn, nil
}

// CopyOut writes the rows of a table of Contents in Postgres' binary form.
type CopyOut func(ctx context.Context, table int, to io.Writer) error

// Snapshot looks at a database at one moment and hands what it holds to use, together
// with what copies rows of the same moment. The moment is held open until use returns;
// nobody waits for that.
func Snapshot(ctx context.Context, url string, use func(ctx context.Context, held cases.Contents, rows CopyOut) error) error {
	return look(ctx, url, func(tx pgx.Tx) error {
		held, tables, err := contents(ctx, tx)
		if err != nil {
			return err
		}
		return use(ctx, held, func(ctx context.Context, n int, to io.Writer) error {
			t := tables[n]
			_, err := tx.Conn().PgConn().CopyTo(ctx, to, fmt.Sprintf("copy (select %s from %s) to stdout (format binary)", t.columns, t.name))
			return interpret(err)
		})
	})
}

// Contents tells what a database holds now.
func Contents(ctx context.Context, url string) (held cases.Contents, err error) {
	err = look(ctx, url, func(tx pgx.Tx) error {
		held, _, err = contents(ctx, tx)
		return err
	})
	return held, err
}

// look reads in one moment and changes nothing.
func look(ctx context.Context, url string, read func(tx pgx.Tx) error) error {
	conn, err := owned(ctx, url)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	tx, err := conn.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly})
	if err != nil {
		return interpret(err)
	}
	if err := read(tx); err != nil {
		return err
	}
	return interpret(tx.Commit(ctx))
}

// ownTable is a table as the catalogue names it: quoted, to be put into statements.
type ownTable struct {
	name, columns, typed string
	refers               []string // to tables by name
}

// tablesOf lists the tables of a database, each after those it refers to.
func tablesOf(ctx context.Context, tx pgx.Tx) ([]ownTable, error) {
	rows, _ := tx.Query(ctx, ownTables) // CollectRows gives the error
	left, err := pgx.CollectRows(rows, func(r pgx.CollectableRow) (t ownTable, err error) {
		return t, r.Scan(&t.name, &t.columns, &t.typed, &t.refers)
	})
	if err != nil {
		return nil, interpret(err)
	}
	var sorted []ownTable
	for len(left) > 0 {
		waits := func(t ownTable) bool {
			return slices.ContainsFunc(left, func(o ownTable) bool { return slices.Contains(t.refers, o.name) })
		}
		next := slices.IndexFunc(left, func(t ownTable) bool { return !waits(t) })
		if next < 0 {
			return nil, errors.New("storage: tables refer to each other in a circle")
		}
		sorted = append(sorted, left[next])
		left = slices.Delete(left, next, next+1)
	}
	return sorted, nil
}

func sequencesOf(ctx context.Context, tx pgx.Tx) ([]cases.Sequence, error) {
	rows, _ := tx.Query(ctx, ownSequences) // CollectRows gives the error
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[cases.Sequence])
	return list, interpret(err)
}

// contents gives what a database holds, and the tables as they are named in statements.
func contents(ctx context.Context, tx pgx.Tx) (held cases.Contents, tables []ownTable, err error) {
	var version int
	err = tx.QueryRow(ctx, `select now(), current_setting('server_version_num')::int,
		(select max(version_id) from public.goose_db_version where is_applied),
		(select max(version) from river.river_migration)`).Scan(&held.Taken, &version, &held.Schema, &held.Jobs)
	if err != nil {
		return held, nil, interpret(err)
	}
	held.Taken, held.Postgres = held.Taken.UTC(), version/serverMajor
	rows, _ := tx.Query(ctx, "select id from ward.wards order by id") // CollectRows gives the error
	if held.Wards, err = pgx.CollectRows(rows, pgx.RowTo[cases.WardID]); err != nil {
		return held, nil, interpret(err)
	}
	rows, _ = tx.Query(ctx, ownYears) // the same
	if held.Years, err = pgx.CollectRows(rows, pgx.RowTo[int]); err != nil {
		return held, nil, interpret(err)
	}
	if tables, err = tablesOf(ctx, tx); err != nil {
		return held, nil, err
	}
	for _, table := range tables {
		t := cases.TableSum{Name: table.name, Columns: table.typed}
		if err := tx.QueryRow(ctx, fmt.Sprintf(sumOf, table.columns, table.name)).Scan(&t.Rows, &t.SHA256); err != nil {
			return held, nil, interpret(err)
		}
		held.Tables = append(held.Tables, t)
	}
	if held.Sequences, err = sequencesOf(ctx, tx); err != nil {
		return held, nil, err
	}
	held.Histories, err = histories(ctx, tx)
	return held, tables, err
}

// serverMajor divides Postgres' number of a version: 150004 is 15.4.
const serverMajor = 10000

func histories(ctx context.Context, tx pgx.Tx) ([]cases.ChainHead, error) {
	rows, _ := tx.Query(ctx, headsOf) // CollectRows gives the error
	list, err := pgx.CollectRows(rows, func(r pgx.CollectableRow) (h cases.ChainHead, err error) {
		return h, r.Scan(&h.Ward, &h.Stream, &h.Cases, &h.Rows, &h.Heads)
	})
	if err != nil {
		return nil, interpret(err)
	}
	for i := range list {
		var at time.Time
		var code []byte
		err := tx.QueryRow(ctx, newestAnchor, list[i].Ward, list[i].Stream).Scan(&at, &code)
		if errors.Is(err, pgx.ErrNoRows) {
			continue
		}
		if err != nil {
			return nil, interpret(err)
		}
		list[i].At, list[i].Anchor = at.UTC(), readable(code)
	}
	return list, nil
}

// Occupied tells how many tables, views, sequences, functions and the like stand in a
// database; 0 = it is empty and can be restored into.
func Occupied(ctx context.Context, url string) (n int, err error) {
	err = look(ctx, url, func(tx pgx.Tx) error {
		return interpret(tx.QueryRow(ctx, `select
			(select count(*) from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
				where c.relkind in ('r', 'p', 'v', 'm', 'S', 'f') and `+notOfPostgres+`)
			+ (select count(*) from pg_catalog.pg_proc c join pg_catalog.pg_namespace n on n.oid = c.pronamespace
				where `+strings.ReplaceAll(notOfPostgres, "'pg_catalog.pg_class'", "'pg_catalog.pg_proc'")+`)
			+ (select count(*) from pg_catalog.pg_event_trigger) + (select count(*) from pg_catalog.pg_default_acl)`).Scan(&n))
	})
	return n, err
}

// unsettled is the comment on a database that is being restored, until Settle is done.
const unsettled = `tinbao is restoring into this database`

// setMark sets the comment, settleMark takes it away.
const (
	setMark = `do $$ begin
    execute format('comment on database %I is %L', current_database(), '` + unsettled + `');
end $$`
	settleMark = `do $$ begin
    if shobj_description((select oid from pg_database where datname = current_database()), 'pg_database') = '` + unsettled + `' then
        execute format('comment on database %I is null', current_database());
    end if;
end $$`
)

// Restoring reports whether a restore into a database was begun and did not come to
// its end: nothing may be served from it.
func Restoring(ctx context.Context, url string) (yes bool, err error) {
	err = look(ctx, url, func(tx pgx.Tx) error {
		return interpret(tx.QueryRow(ctx, `select coalesce(shobj_description(oid, 'pg_database') = $1, false)
			from pg_database where datname = current_database()`, unsettled).Scan(&yes))
	})
	return yes, err
}

// MarkRestoring marks a database as being restored until Settle is done.
func MarkRestoring(ctx context.Context, url string) error {
	conn, err := owned(ctx, url)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	_, err = conn.Exec(ctx, setMark)
	return interpret(err)
}
