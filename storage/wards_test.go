package storage_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"tinbao/cases"
	"tinbao/storage"
)

// wardless are the tables without a ward, and why that is right. A table of tomorrow that
// is in neither set fails the test.
var wardless = map[string]string{
	"edge.compatibility": "which programs may run beside the schema, which is of the installation",
	"edge.replicas":      "which programs serve, by names drawn at their start",
	"edge.retired_keys":  "prefixes of keys that nobody may write with any more; keys are those of the installation",
	"ward.wards":         "its key is the ward itself, and its policy says so",
}

// wardTables finds every table of ours, by the catalogue; those of the job queue and of
// the migrations are of the installation.
func wardTables(t *testing.T, owner *pgx.Conn) (tables []string) {
	t.Helper()
	rows, err := owner.Query(t.Context(), `
		select t.table_schema || '.' || t.table_name,
		       exists (select from information_schema.columns c where c.table_schema = t.table_schema and c.table_name = t.table_name and c.column_name = 'ward_id')
		from information_schema.tables t
		where t.table_type = 'BASE TABLE' and t.table_schema in ('ward', 'edge', 'casework')
		and not exists (select from pg_inherits i where i.inhrelid = (t.table_schema || '.' || t.table_name)::regclass)
		order by 1`)
	if err != nil {
		t.Fatal(err)
	}
	var name string
	var has bool
	if _, err := pgx.ForEachRow(rows, []any{&name, &has}, func() error {
		if has {
			tables = append(tables, name)
		} else if wardless[name] == "" {
			t.Errorf("%s has no ward and is not in the list of tables that need none", name)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	const fewest = 30 // else the test looked at the wrong schemas
	if len(tables) < fewest {
		t.Fatalf("%d tables: %q", len(tables), tables)
	}
	return tables
}

// furnish sees to it that a table has a row of the other ward and none of ours: rows that
// are there move, and into a table without rows goes one that is made up.
func furnish(t *testing.T, owner *pgx.Conn, name string) {
	t.Helper()
	ctx := t.Context()
	must := func(sql string, args ...any) {
		t.Helper()
		if _, err := owner.Exec(ctx, sql, args...); err != nil {
			t.Fatalf("%s: %s: %v", name, sql, err)
		}
	}
	var n int
	if err := owner.QueryRow(ctx, "select count(*) from "+name+" where ward_id = 1").Scan(&n); err != nil {
		t.Fatal(err)
	}
	if n > 0 {
		must("delete from " + name + " where ward_id <> 1")
		must("update " + name + " set ward_id = 2")
		return
	}
	if err := owner.QueryRow(ctx, "select count(*) from "+name).Scan(&n); err != nil {
		t.Fatal(err)
	}
	if n > 0 { // of the other ward already
		return
	}
	rows, err := owner.Query(ctx, "select format('alter table "+name+" drop constraint %I', conname) from pg_constraint where conrelid = $1::regclass and contype = 'c'", name)
	if err != nil {
		t.Fatal(err)
	}
	checks, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	for _, sql := range checks {
		must(sql)
	}
	rows, err = owner.Query(ctx, `select format('%I', attname), format_type(atttypid, null) from pg_attribute
		where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`, name)
	if err != nil {
		t.Fatal(err)
	}
	var columns, values []string
	var column, kind string
	if _, err := pgx.ForEachRow(rows, []any{&column, &kind}, func() error {
		columns = append(columns, column)
		switch column {
		case "ward_id":
			values = append(values, "2")
		case "stream":
			values = append(values, "'report'")
		default:
			values = append(values, madeUp(kind))
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	must("insert into " + name + " (" + strings.Join(columns, ", ") + ") overriding system value values (" + strings.Join(values, ", ") + ")")
}

// madeUp is some value of a type.
func madeUp(kind string) string {
	switch {
	case strings.HasSuffix(kind, "[]"):
		return "'{}'::" + kind
	case kind == "uuid":
		return "gen_random_uuid()"
	case strings.HasPrefix(kind, "timestamp"), kind == "date":
		return "'2026-11-24'::" + kind
	case kind == "boolean":
		return "false"
	case kind == "jsonb", kind == "json":
		return "'{}'::" + kind
	case kind == "bytea":
		return "'\\x00'::bytea"
	case kind == "text", strings.HasPrefix(kind, "character"):
		return "'x'"
	}
	return "'1'::" + kind
}

// Nothing of another ward of the same installation can be reached from a connection of
// ours: whatever the role, and whatever the table, also one of tomorrow. Every row of
// every table is made one of the other ward; then each role of the program finds nothing,
// changes nothing and removes nothing, and cannot write a row for the other ward.
func TestWardsOfOneInstallationAreApart(t *testing.T) {
	t.Parallel()
	f := newFort(t)
	tables := wardTables(t, f.owner)
	if _, err := f.owner.Exec(t.Context(), "set session_replication_role = replica"); err != nil { // no triggers, no foreign keys
		t.Fatal(err)
	}
	for _, name := range tables {
		furnish(t, f.owner, name)
	}
	tried := map[string]bool{}
	for _, s := range sights {
		_, conn := f.login(s.role)
		for _, name := range tables {
			ours := trespass{t, conn, s.role, name}
			ours.reads(f.owner, tried)
			ours.writes(f.owner)
		}
	}
	for _, name := range tables {
		if !tried[name] {
			t.Errorf("no role reads %s in its own ward either: nothing was proven of it", name)
		}
	}
}

// trespass is a role that tries a table in which every row is of another ward.
type trespass struct {
	t     *testing.T
	conn  *pgx.Conn
	role  string
	table string
}

func (x trespass) may(what string) (yes bool) {
	x.t.Helper()
	if err := x.conn.QueryRow(x.t.Context(), "select has_any_column_privilege($1, $2)", x.table, what).Scan(&yes); err != nil {
		x.t.Fatal(err)
	}
	return yes
}

// reads looks from our ward, and then from the other, which shows that there was
// something to find.
func (x trespass) reads(owner *pgx.Conn, tried map[string]bool) {
	x.t.Helper()
	if !x.may("SELECT") {
		tried[x.table] = tried[x.table] || x.unread(owner)
		return
	}
	count := func(ward int) (n int) {
		x.t.Helper()
		ctx := x.t.Context()
		if _, err := x.conn.Exec(ctx, "select set_config('tinbao.ward', $1, false)", fmt.Sprint(ward)); err != nil {
			x.t.Fatal(err)
		}
		// A role that may read some columns only counts by one of them.
		var column string
		if err := x.conn.QueryRow(ctx, `select format('%I', attname) from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped
			and has_column_privilege($1, attnum, 'SELECT') limit 1`, x.table).Scan(&column); err != nil {
			x.t.Fatal(err)
		}
		if err := x.conn.QueryRow(ctx, "select count(*) from (select "+column+" from "+x.table+") as q").Scan(&n); err != nil {
			x.t.Fatalf("%s reads %s: %v", x.role, x.table, err)
		}
		return n
	}
	if n := count(home); n > 0 {
		x.t.Errorf("%s sees %d rows of another ward in %s", x.role, n, x.table)
	}
	tried[x.table] = tried[x.table] || count(abroad) > 0
	count(home)
}

// unread reports a table that no role of the program may read, which is one way of being
// apart.
func (x trespass) unread(owner *pgx.Conn) bool {
	x.t.Helper()
	for _, s := range sights {
		var may bool
		if err := owner.QueryRow(x.t.Context(), "select has_any_column_privilege($1, $2, 'SELECT')", s.role, x.table).Scan(&may); err != nil {
			x.t.Fatal(err)
		}
		if may {
			return false
		}
	}
	return true
}

// writes tries to change, to remove, and to add.
func (x trespass) writes(owner *pgx.Conn) {
	x.t.Helper()
	ctx := x.t.Context()
	for _, sql := range []string{"update " + x.table + " set ward_id = ward_id", "delete from " + x.table} {
		tag, err := x.conn.Exec(ctx, sql)
		if err == nil && tag.RowsAffected() > 0 {
			x.t.Errorf("%s: %q reaches %d rows of another ward", x.role, sql, tag.RowsAffected())
		} else if err != nil && !denied(err) {
			x.t.Errorf("%s: %q: %v", x.role, sql, err)
		}
	}
	var row string
	if err := owner.QueryRow(ctx, "select to_json(q)::text from "+x.table+" q limit 1").Scan(&row); err != nil {
		x.t.Fatalf("%s: %v", x.table, err)
	}
	//nolint:unqueryvet // the row is of the table itself
	sql := "insert into " + x.table + " overriding system value select r.* from json_populate_record(null::" + x.table + ", $1::json) as r"
	if _, err := x.conn.Exec(ctx, sql, row); !denied(err) {
		x.t.Errorf("%s writes a row for another ward to %s: %v", x.role, x.table, err)
	}
}

// denied reports what Postgres says to somebody without the right, or against a policy.
func denied(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && pg.Code == "42501"
}

// What the program reads of a ward does not change by what another ward has.
func TestFiguresAreOfOneWard(t *testing.T) {
	t.Parallel()
	f := newFort(t)
	s, err := storage.Open(t.Context(), storage.Config{URL: f.url, Vault: freshVault(t), Ward: 3, Bot: bot + 2, MaxConns: 2, Calendar: cases.Holidays(), Now: func() time.Time { return f.at }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	if err := storage.PutWard(t.Context(), f.url, cases.Ward{ID: 3, Name: "phường trống"}); err != nil {
		t.Fatal(err)
	}
	wards, err := s.Wards(t.Context())
	if err != nil || !slices.Equal(wards, []cases.WardID{1, 2, 3}) {
		t.Errorf("%v %v", wards, err)
	}
	p := cases.Period{From: cases.DayOf(f.at).Add(-1), To: cases.DayOf(f.at).Add(1)}
	received := map[cases.WardID]int{}
	for id, store := range map[cases.WardID]*storage.Store{1: f.Store, 3: s} {
		if err := store.Do(t.Context(), func(ctx context.Context, t *storage.Tx) error {
			figures, err := t.Statistics(ctx, cases.Staff{Role: cases.Leader}, p)
			if err != nil {
				return err
			}
			register, err := t.Coverage(ctx, p)
			received[id] = figures.Total.Received
			if id == 3 && (register.Register != 0 || figures.Backlog != 0 || len(figures.By[cases.ByKind]) != 0) {
				return fmt.Errorf("an empty ward has figures: %+v %+v", figures, register)
			}
			return err
		}); err != nil {
			t.Error(err)
		}
	}
	var own int
	if err := f.owner.QueryRow(t.Context(), "select count(*) from casework.cases where stream = 'report' and ward_id = 1").Scan(&own); err != nil || received[1] != own || received[3] != 0 {
		t.Errorf("received: %v, of our own %d (%v)", received, own, err)
	}
	if staff, err := s.StaffList(t.Context()); err != nil || len(staff) != 0 {
		t.Errorf("an empty ward has staff: %v %v", staff, err)
	}
}
