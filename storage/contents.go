package storage

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"time"

	"github.com/jackc/pgx/v5"

	"tinbao/cases"
)

// ownTables are all tables with rows that outlive a crash, in a fixed order; parts of
// a partitioned table stand for it.
const ownTables = `select format('%I.%I', n.nspname, c.relname) from pg_catalog.pg_class c
	join pg_catalog.pg_namespace n on n.oid = c.relnamespace
	where c.relkind = 'r' and c.relpersistence = 'p' and ` + notOfPostgres + `
	order by format('%I.%I', n.nspname, c.relname) collate "C"`

// notOfPostgres leaves out what belongs to Postgres or to an extension of it.
const notOfPostgres = `n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
	and not exists (select from pg_catalog.pg_depend d where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')`

// sumOf is the checksum of a table. The text of a row is the same on every server,
// given the settings of steady.
const sumOf = `select count(*), encode(pg_catalog.sha256(coalesce(string_agg(h, ''::bytea order by h), ''::bytea)), 'hex')
	from (select pg_catalog.sha256(convert_to(t::text, 'UTF8')) as h from %s t) as rows`

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

// Snapshot looks at a database at one moment and hands what it holds to use, together
// with the name under which pg_dump sees the same moment. The moment is held open until
// use returns; nobody waits for that.
func Snapshot(ctx context.Context, url string, use func(ctx context.Context, snapshot string, held cases.Contents) error) error {
	return look(ctx, url, func(tx pgx.Tx) error {
		var snapshot string
		if err := tx.QueryRow(ctx, "select pg_export_snapshot()").Scan(&snapshot); err != nil {
			return interpret(err)
		}
		held, err := contents(ctx, tx)
		if err != nil {
			return err
		}
		return use(ctx, snapshot, held)
	})
}

// Contents tells what a database holds now.
func Contents(ctx context.Context, url string) (held cases.Contents, err error) {
	err = look(ctx, url, func(tx pgx.Tx) error {
		held, err = contents(ctx, tx)
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

func contents(ctx context.Context, tx pgx.Tx) (held cases.Contents, err error) {
	var version int
	err = tx.QueryRow(ctx, `select now(), current_setting('server_version_num')::int,
		(select max(version_id) from public.goose_db_version where is_applied)`).Scan(&held.Taken, &version, &held.Schema)
	if err != nil {
		return held, interpret(err)
	}
	held.Taken, held.Postgres = held.Taken.UTC(), version/serverMajor
	rows, _ := tx.Query(ctx, "select id from ward.wards order by id") // CollectRows gives the error
	if held.Wards, err = pgx.CollectRows(rows, pgx.RowTo[cases.WardID]); err != nil {
		return held, interpret(err)
	}
	rows, _ = tx.Query(ctx, ownTables) // the same
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return held, interpret(err)
	}
	for _, name := range names {
		t := cases.TableSum{Name: name}
		if err := tx.QueryRow(ctx, fmt.Sprintf(sumOf, name)).Scan(&t.Rows, &t.SHA256); err != nil {
			return held, interpret(err)
		}
		held.Tables = append(held.Tables, t)
	}
	held.Histories, err = histories(ctx, tx)
	return held, err
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

// Occupied tells how many tables, views and sequences stand in a database; 0 = it is
// empty and can be restored into.
func Occupied(ctx context.Context, url string) (n int, err error) {
	err = look(ctx, url, func(tx pgx.Tx) error {
		return interpret(tx.QueryRow(ctx, `select count(*) from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
			where c.relkind in ('r', 'p', 'v', 'm', 'S', 'f') and `+notOfPostgres).Scan(&n))
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

// Prepare makes what a dump of a database does not bring with it: the roles. An account
// that may not create roles can restore when an administrator has made it a member. The
// database is marked until Settle is done.
func Prepare(ctx context.Context, url string) error {
	return asOwner(ctx, url, setMark, `do $$
declare name text;
begin
    foreach name in array array['tinbao_desk', 'tinbao_report', 'tinbao_police', 'tinbao_help'] loop
        begin
            if to_regrole(name) is null then
                execute format('create role %I nologin', name);
            end if;
        exception when duplicate_object or unique_violation then null;
        end;
        if name <> 'tinbao_desk' and not pg_has_role(name, 'tinbao_desk', 'member') then
            execute format('grant tinbao_desk to %I', name);
        end if;
        if not pg_has_role(current_user, name, 'member') then
            execute format('grant %I to current_user', name);
        end if;
    end loop;
end $$`)
}

// Entitle grants the rights on future tables of the job queue, which belong to the
// account that restored.
func Entitle(ctx context.Context, url string) error {
	return asOwner(ctx, url, `alter default privileges in schema river grant select, insert, update, delete, truncate on tables to tinbao_desk`,
		`alter default privileges in schema river grant usage, select on sequences to tinbao_desk`)
}

func asOwner(ctx context.Context, url string, statements ...string) error {
	conn, err := owned(ctx, url)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	for _, sql := range statements {
		if _, err := conn.Exec(ctx, sql); err != nil {
			return interpret(err)
		}
	}
	return nil
}
