package storage_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"tinbao/cases"
)

// spy tries everything a login can do and writes down what it should not have
// been able to.
type spy struct {
	*fort
	sight
	conn    *pgx.Conn
	faults  []string
	foreign []string // ids of cases that do not exist for the role
	rows    int      // seen
}

func (f *fort) spy(role string) (*spy, string) {
	f.t.Helper()
	s := &spy{fort: f, sight: sightOf(role)}
	for id, t := range f.things {
		if !s.sees(t) {
			s.foreign = append(s.foreign, id)
		}
	}
	slices.Sort(s.foreign)
	name, conn := f.login(role)
	s.conn = conn
	return s, name
}

func (s *spy) fault(format string, args ...any) {
	s.faults = append(s.faults, s.role+": "+fmt.Sprintf(format, args...))
}

// SQLSTATEs (PostgreSQL manual, appendix A).
const (
	refused  = "42501"
	noDivide = "22012"
)

func state(err error) string {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

var streamWord = regexp.MustCompile(`\b(report|help)\b`)

// judge looks for what a text should not hold.
func (s *spy) judge(how, text string) {
	for id, t := range s.things {
		if !s.sees(t) && strings.Contains(text, id) {
			s.fault("%s shows a case of %s, ward %d, handed over %v", how, t.stream, t.ward, t.handed)
			return
		}
	}
	for _, word := range streamWord.FindAllString(text, -1) {
		if cases.Stream(word) != s.stream {
			s.fault("%s tells of the stream %s", how, word)
			return
		}
	}
}

// inTx runs a try in a transaction that is taken back.
func (s *spy) inTx(try func(tx pgx.Tx) error) error {
	s.t.Helper()
	tx, err := s.conn.Begin(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() {
		if err := tx.Rollback(s.t.Context()); err != nil {
			s.t.Fatal(err)
		}
	}()
	return try(tx)
}

func (s *spy) all() []string {
	s.t.Helper()
	for _, t := range s.tables {
		if t.part && s.barred(t) {
			continue
		}
		s.read(t)
		s.copyOut(t)
		if t.has("stream") {
			s.write(t)
			s.guess(t)
			s.insert(t)
		}
	}
	s.collide()
	s.call()
	s.catalogue()
	return s.faults
}

// barred reports whether a login has no right of any kind on a table: Postgres refuses
// whatever it says of it. There are many parts of tables, so they are only asked for that.
func (s *spy) barred(t table) (yes bool) {
	s.t.Helper()
	if err := s.conn.QueryRow(s.t.Context(), `select not has_table_privilege($1, 'select, insert, update, delete, truncate, references, trigger')
		and not has_any_column_privilege($1, 'select, insert, update, references')`, t.name).Scan(&yes); err != nil {
		s.t.Fatal(err)
	}
	return yes
}

func (s *spy) read(t table) {
	s.t.Helper()
	if err := s.inTx(func(tx pgx.Tx) error {
		rows, err := tx.Query(s.t.Context(), "select to_jsonb(t)::text from "+t.name+" t")
		if err != nil {
			return err
		}
		lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
		for _, line := range lines {
			s.rows++
			s.judge("select from "+t.name, line)
			if s.handed && t.has("stream") && t.key() == "" || t.has("ward_id") && strings.Contains(line, fmt.Sprintf(`"ward_id": %d`, abroad)) {
				s.fault("select from %s shows %s", t.name, line)
			}
		}
		return err
	}); err != nil && state(err) != refused {
		s.fault("select from %s: %v", t.name, err)
	}
}

// copyOut reads as backups do. A partitioned table cannot be copied whole.
func (s *spy) copyOut(t table) {
	s.t.Helper()
	for _, what := range []string{t.name, "(table " + t.name + ")"} {
		var out bytes.Buffer
		if _, err := s.conn.PgConn().CopyTo(s.t.Context(), &out, "copy "+what+" to stdout"); err == nil {
			s.judge("copy "+what, out.String())
		}
	}
}

// where picks the rows that do not exist for the role.
func (s *spy) where(t table) (sql string, args []any) {
	if t.key() == "" {
		if s.handed { // the police have no counts of any stream
			return "stream <> ''", nil
		}
		return "stream <> '" + string(s.stream) + "'", nil
	}
	return t.key() + " = any($1::uuid[])", []any{s.foreign}
}

// write changes, removes and locks rows that do not exist for the role. A trigger
// that refuses a row has seen it.
func (s *spy) write(t table) {
	s.t.Helper()
	where, args := s.where(t)
	for _, sql := range []string{
		"update " + t.name + " set ward_id = ward_id where " + where,
		"update " + t.name + " set stream = '" + string(s.stream) + "' where " + where,
		"delete from " + t.name + " where " + where,
		"select from " + t.name + " where " + where + " for update",
		"select from " + t.name + " where " + where + " for key share",
		"truncate " + t.name,
	} {
		if strings.HasPrefix(sql, "truncate") {
			args = nil
		}
		if err := s.inTx(func(tx pgx.Tx) error {
			tag, err := tx.Exec(s.t.Context(), sql, args...)
			if err == nil && (tag.RowsAffected() > 0 || args == nil && strings.HasPrefix(sql, "truncate")) {
				s.fault("%s reaches %d rows", sql, tag.RowsAffected())
			}
			return err
		}); err != nil && state(err) != refused {
			s.fault("%s: %v", sql, err)
		}
	}
}

// guess asks by way of an error: a condition that fails on a row which does not
// exist for the role tells that it exists.
func (s *spy) guess(t table) {
	s.t.Helper()
	where, args := s.where(t)
	for _, sql := range []string{
		"select count(*) from " + t.name + " where 1 / (case when " + where + " then 0 else 1 end) > 0",
		"select count(*) from casework.cases c join " + t.name + " t on 1 / (case when t." + where + " then 0 else 1 end) > 0",
	} {
		if strings.Contains(sql, "join") && t.key() == "" {
			continue
		}
		if err := s.inTx(func(tx pgx.Tx) error {
			_, err := tx.Exec(s.t.Context(), sql, args...)
			return err
		}); state(err) == noDivide {
			s.fault("%s fails on a row that does not exist", sql)
		}
	}
}

// lonely are the tables that may have no row which does not exist for a role.
var lonely = []string{"casework.anchors", "casework.counters", "casework.figures", "casework.figure_changes", "casework.help_closings", "casework.month_closings"}

// insert puts rows beside, or in place of, rows that do not exist for the role:
// the answer is the same as for rows that exist for nobody.
func (s *spy) insert(t table) {
	s.t.Helper()
	where, args := s.where(t)
	rows, err := s.owner.Query(s.t.Context(), "select to_jsonb(t)::text from "+t.parent+" t where "+where, args...)
	if err != nil {
		s.t.Fatal(err)
	}
	lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil || len(lines) == 0 && !slices.Contains(lonely, t.parent) {
		s.t.Fatal(t.name, len(lines), err)
	}
	for i, line := range lines {
		for _, as := range []string{"", string(cases.ReportStream), string(cases.HelpStream)} {
			if as == string(s.stream) && strings.Contains(line, fmt.Sprintf(`"ward_id": %d`, abroad)) {
				continue // the wards share the keys of a table; see docs/security.md
			}
			known := s.put(t, line, as, "", 9000+i)
			unknown := s.put(t, line, as, s.unused(t, line), 9000+i)
			if known != unknown {
				s.fault("insert into %s as %q answers %q for a row that is there and %q for one that is not", t.name, as, known, unknown)
			}
			if known == "" && as != string(s.stream) {
				s.fault("insert into %s as %q is let through", t.name, as)
			}
		}
	}
}

// collide gives a visible case the number or the receipt of one that is hidden in
// the same stream: the answer is the same as for a number that is free.
func (s *spy) collide() {
	s.t.Helper()
	rows, err := s.owner.Query(s.t.Context(), "select seq::text, encode(receipt, 'hex') from casework.cases where stream = $1 and ward_id = $2 and id = any($3)", s.stream, home, s.foreign)
	if err != nil {
		s.t.Fatal(err)
	}
	var seq, receipt string
	if _, err := pgx.ForEachRow(rows, []any{&seq, &receipt}, func() error {
		for col, values := range map[string][2]string{"seq": {seq, "7777"}, "receipt": {"decode('" + receipt + "', 'hex')", "'free'"}} {
			var answers [2]string
			for i, v := range values {
				answers[i] = state(s.inTx(func(tx pgx.Tx) error {
					_, err := tx.Exec(s.t.Context(), "update casework.cases set "+col+" = "+v+" where id = (select min(id::text)::uuid from casework.cases)")
					return err
				}))
			}
			if answers[0] != answers[1] {
				s.fault("a taken %s answers %q, a free one %q", col, answers[0], answers[1])
			}
		}
		return nil
	}); err != nil {
		s.t.Fatal(err)
	}
}

// unused is an id of no case, of the same time as that of a row: whoever chooses an id
// chooses where its row would lie, and learns nothing by the name of that place.
func (s *spy) unused(t table, line string) string {
	id := uuid.NewString()
	row := map[string]any{}
	if err := json.Unmarshal([]byte(line), &row); err != nil {
		s.t.Fatal(err)
	}
	const begins = len("00000000-0000-7")
	if of, ok := row[t.key()].(string); ok && t.key() != "" {
		return of[:begins] + id[begins:]
	}
	return id
}

// put inserts a copy of a row and tells the error, with ids left out: under
// another stream when as is given, for another case when id is given.
func (s *spy) put(t table, line, as, id string, seq int) string {
	s.t.Helper()
	change := "jsonb_build_object()"
	args := []any{line}
	if as != "" {
		change += fmt.Sprintf(" || jsonb_build_object('stream', '%s', 'ward_id', %d)", as, home)
		if t.has("seq") {
			change += fmt.Sprintf(" || jsonb_build_object('seq', %d)", seq)
		}
	}
	if id != "" && t.key() != "" {
		change += " || jsonb_build_object('" + t.key() + "', $2::text)"
		args = append(args, id)
		if t.has("receipt") {
			change += " || jsonb_build_object('receipt', '\\x' || replace($2::text, '-', ''), 'seq', 8000)"
		}
	}
	err := s.inTx(func(tx pgx.Tx) error {
		_, err := tx.Exec(s.t.Context(), "insert into "+t.name+" select r.* from jsonb_populate_record(null::"+t.name+", $1::jsonb || "+change+") r", args...) //nolint:unqueryvet // whatever columns there are
		return err
	})
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return uuidForm.ReplaceAllString(pg.Code+" "+pg.Message+" "+pg.Detail, "ID")
	}
	if err != nil {
		s.t.Fatal(err)
	}
	return ""
}

var uuidForm = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f-]{27}`)

// call finds functions the role may call and nobody has judged.
func (s *spy) call() {
	s.t.Helper()
	rows, err := s.conn.Query(s.t.Context(), `
		select format('%I.%I', n.nspname, p.proname) from pg_proc p join pg_namespace n on n.oid = p.pronamespace
		where n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'river') and p.prorettype <> 'trigger'::regtype
		  and has_function_privilege(p.oid, 'execute') order by 1`)
	if err != nil {
		s.t.Fatal(err)
	}
	got, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		s.t.Fatal(err)
	}
	for _, name := range got {
		if !slices.Contains(s.functions, name) {
			s.fault("may call %s", name)
		}
	}
}

// catalogue asks Postgres about its own statistics and plans.
func (s *spy) catalogue() {
	s.t.Helper()
	var n int
	if err := s.conn.QueryRow(s.t.Context(), "select count(*) from pg_stats where schemaname = 'casework'").Scan(&n); err != nil || n != 0 {
		s.fault("pg_stats shows %d columns of cases (%v)", n, err)
	}
	for _, t := range s.tables {
		if !t.has("stream") || t.part && s.barred(t) {
			continue
		}
		_ = s.inTx(func(tx pgx.Tx) error {
			rows, err := tx.Query(s.t.Context(), "explain (verbose) table "+t.name)
			if err != nil {
				return err
			}
			plan, err := pgx.CollectRows(rows, pgx.RowTo[string])
			if state(err) == refused {
				return err
			}
			other := map[cases.Stream]string{cases.ReportStream: "help_", cases.HelpStream: "report_"}[s.stream]
			if other == "" || strings.Contains(strings.Join(plan, "\n"), "casework."+other) {
				s.fault("explain select from %s plans to read the other stream", t.name)
			}
			return err
		})
	}
	for _, sql := range []string{
		"set local row_security = off; select count(*) from casework.cases",
		"create table casework.mine (id int)", "create table ward.mine (id int)", "create schema mine",
		"create function ward.mine() returns int language sql as 'select 1'",
		"alter table casework.cases disable row level security", "create policy mine on casework.cases using (true)",
		"create trigger mine after insert on casework.cases execute function casework.append_only()",
		"alter role current_user bypassrls", "set session authorization " + s.owned, "set local role " + s.owned,
		"select pg_read_file('PG_VERSION')", "copy (select 1) to program 'true'", "select lo_import('/etc/hostname')",
	} {
		if err := s.inTx(func(tx pgx.Tx) error {
			_, err := tx.Exec(s.t.Context(), sql, pgx.QueryExecModeSimpleProtocol)
			return err
		}); err == nil {
			s.fault("%s is let through", sql)
		}
	}
	for _, other := range sights {
		if other.role == s.role || other.role == "tinbao_desk" { // the desk is part of every role
			continue
		}
		if err := s.inTx(func(tx pgx.Tx) error { _, err := tx.Exec(s.t.Context(), "set local role "+other.role); return err }); err == nil {
			s.fault("may become %s", other.role)
		}
	}
}
