package storage_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"tinbao/cases"
	"tinbao/storage"
	"tinbao/vault"
)

// thing is a case, or a file of one, by what decides who may see it.
type thing struct {
	stream cases.Stream
	ward   int
	handed bool // to the police, or they were alerted to it
}

// sight is what a database role may see.
type sight struct {
	role      string
	stream    cases.Stream // "" = no case at all
	handed    bool         // only what was handed over
	functions []string     // that it may call
}

// sights are the four roles of the program.
var sights = []sight{
	{role: "tinbao_desk", functions: []string{"ward.numbers", "ward.present"}},
	{role: "tinbao_report", stream: cases.ReportStream, functions: []string{"casework.figure_of", "casework.figure_spread", "casework.figures_between", "casework.stage_hours", "ward.numbers", "ward.present", "ward.unit"}},
	{role: "tinbao_police", stream: cases.ReportStream, handed: true, functions: []string{"casework.last_talk", "ward.numbers", "ward.present"}},
	{role: "tinbao_help", stream: cases.HelpStream, functions: []string{"ward.numbers", "ward.present", "ward.support"}},
}

func sightOf(role string) sight {
	return sights[slices.IndexFunc(sights, func(s sight) bool { return s.role == role })]
}

// sees is the whole wall in one line: whatever crosses it by another rule is a
// field of thing and a term here.
func (s sight) sees(t thing) bool {
	return t.stream == s.stream && t.ward == home && (!s.handed || t.handed)
}

// home is the ward everybody looks from, abroad the other one in the database.
const home, abroad = 1, 2

// fort is a database with cases of both streams in two wards.
type fort struct {
	*bench
	owner  *pgx.Conn
	owned  string           // by whom
	things map[string]thing // by id
	tables []table
}

// table is a relation somebody could try to read or write.
type table struct {
	name   string
	parent string // the partitioned table it is part of, or itself
	part   bool
	cols   []string
}

func (t table) has(col string) bool { return slices.Contains(t.cols, col) }

// key is the column that says which case a row is about, "" = none.
func (t table) key() string {
	switch {
	case !t.has("stream"):
		return ""
	case t.has("case_id"):
		return "case_id"
	case t.has("case_key"), t.has("handed"):
		return "id"
	}
	return ""
}

func newFort(t *testing.T) *fort {
	t.Helper()
	b := setup(t)
	f := &fort{bench: b, things: map[string]thing{}}
	o := b.staff(officer, cases.Officer)
	handed, kept, asked := f.take(an, false), f.take(binh, false), f.take(chi, true)
	b.must(o, asked, cases.Change{Verb: cases.Contact})
	b.must(o, asked, cases.Change{Verb: cases.Refer, Service: cases.HealthCare, Text: "Trạm Y tế"})
	f.list(b.Store, o)
	f.take(an, true)
	same := f.take(an, false)
	for _, n := range []cases.Number{handed, kept, asked} {
		b.must(o, n, cases.Change{Verb: cases.Take})
		b.must(o, n, cases.Change{Verb: cases.Note, Text: "ghi chú"})
	}
	if _, err := b.merge(o, same, kept); err != nil {
		t.Fatal(err)
	}
	for _, n := range []cases.Number{handed, kept} {
		f.do(officer, func(ctx context.Context, t *storage.Tx) error { return coverIn(ctx, t, o, n) })
	}
	b.must(o, handed, cases.Change{Verb: cases.Verify, Finding: cases.Founded})
	b.must(o, handed, cases.Change{Verb: cases.Classify, Kind: cases.Feedback})
	b.must(o, handed, cases.Change{Verb: cases.Forward})
	b.anchor()
	if _, err := b.FoldFigures(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := b.CloseHelpFigures(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := b.CloseMonths(t.Context()); err != nil {
		t.Fatal(err)
	}
	f.take(binh, false)
	f.alert(o)
	f.settleAbroad()
	f.owner = connect(t, b.url)
	f.owned = f.owner.Config().User
	f.plantTeam()
	f.look()
	return f
}

func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) }) // may be closed already
	return conn
}

// take receives a case with a file.
func (f *fort) take(chat int64, help bool) (n cases.Number) {
	f.t.Helper()
	c := cases.NewCase{Source: cases.FromBot, Files: []cases.OfferedFile{{Kind: cases.Photo, FileID: "photo"}}}
	if help {
		c.Help = &cases.HelpContent{Service: cases.HealthCare, Text: "Cần khám"}
	} else {
		c.Report = &sample
	}
	f.do(chat, func(ctx context.Context, t *storage.Tx) error {
		_, made, err := t.Receive(ctx, cases.Route{Chat: chat, Lang: "vi"}, c)
		n = made.Number
		return err
	})
	return n
}

// alert receives a report to which the police are alerted, with words of both sides.
func (f *fort) alert(o cases.Staff) {
	f.t.Helper()
	_, c := f.report(chi, dangerous)
	f.must(o, c.Number, cases.Change{Verb: cases.Note, Text: "ghi chú"})
	f.must(o, c.Number, cases.Change{Verb: cases.Answer, Text: "Bạn ở đâu?", File: &cases.OfferedFile{Kind: cases.Photo, FileID: "b"}})
	f.add(chi, c, "Ở cuối ngõ", false)
}

// list keeps an entry of the directory.
func (f *fort) list(s *storage.Store, by cases.Staff) {
	f.t.Helper()
	if err := s.Do(f.t.Context(), func(ctx context.Context, t *storage.Tx) error {
		_, err := t.PutService(ctx, by, cases.ServiceEntry{Service: cases.HealthCare, Shown: true})
		return err
	}); err != nil {
		f.t.Fatal(err)
	}
}

// settleAbroad fills the other ward: a report that was handed over and a request.
func (f *fort) settleAbroad() {
	f.t.Helper()
	if err := storage.PutWard(f.t.Context(), f.url, cases.Ward{ID: abroad, Name: "phường khác"}); err != nil {
		f.t.Fatal(err)
	}
	keys, err := vault.NewKeys(time.Now())
	if err != nil {
		f.t.Fatal(err)
	}
	v, err := vault.New(keys)
	if err != nil {
		f.t.Fatal(err)
	}
	s, err := storage.Open(f.t.Context(), storage.Config{URL: f.url, Vault: v, Ward: abroad, Bot: bot + 1, MaxConns: 2, Calendar: cases.Holidays(), Now: func() time.Time { return f.at }})
	if err != nil {
		f.t.Fatal(err)
	}
	defer s.Close()
	if err := s.Keep(f.t.Context(), []storage.Update{{ID: 1, Chat: chi, Payload: []byte("{}")}}); err != nil {
		f.t.Fatal(err)
	}
	if err := s.Do(f.t.Context(), func(ctx context.Context, t *storage.Tx) error {
		id, err := t.AddStaff(ctx, cases.Officer, "Cô Xa", pin, cases.Route{Chat: officer, Lang: "vi"})
		if err != nil {
			return err
		}
		_, c, err := t.Receive(ctx, cases.Route{Chat: an}, cases.NewCase{Report: &cases.ReportContent{Concern: cases.Danger, Text: "x"}})
		if err != nil {
			return err
		}
		who := cases.Staff{ID: id, Role: cases.Officer}
		if err := coverIn(ctx, t, who, c.Number); err != nil {
			return err
		}
		if _, err := t.Desk(cases.ReportStream).Act(ctx, who, c.Number, -1, cases.Change{Verb: cases.Forward}); err != nil {
			return err
		}
		if _, err := t.PutService(ctx, who, cases.ServiceEntry{Service: cases.LegalAid}); err != nil {
			return err
		}
		if err := errors.Join(fillRegister(ctx, t, who), t.Desk(cases.ReportStream).Link(ctx, who, c.Number, 1, true)); err != nil {
			return err
		}
		_, same, err := t.Receive(ctx, cases.Route{Chat: chi}, cases.NewCase{Report: &sample})
		if err != nil {
			return err
		}
		if _, err := t.Desk(cases.ReportStream).Merge(ctx, who, same.Number, c.Number); err != nil {
			return err
		}
		_, h, err := t.Receive(ctx, cases.Route{Chat: an}, cases.NewCase{Help: &cases.HelpContent{Service: cases.LegalAid}})
		if err != nil {
			return err
		}
		for _, ch := range []cases.Change{{Verb: cases.Note, Text: "ghi chú"}, {Verb: cases.Contact}, {Verb: cases.Refer, Service: cases.LegalAid, Text: "chỗ"}} {
			if _, err := t.Desk(cases.HelpStream).Act(ctx, who, h.Number, -1, ch); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		f.t.Fatal(err)
	}
	if _, err := s.CloseHelpFigures(f.t.Context()); err != nil {
		f.t.Fatal(err)
	}
	if _, err := s.CloseMonths(f.t.Context()); err != nil {
		f.t.Fatal(err)
	}
	if _, err := s.FoldFigures(f.t.Context()); err != nil {
		f.t.Fatal(err)
	}
}

// look reads what stands in the database, so that tables and cases of tomorrow
// are tried, too.
func (f *fort) look() {
	f.t.Helper()
	for _, sql := range []string{
		"select id::text, stream, ward_id, forwarded_at is not null or alerted_at is not null from casework.cases",
		"select f.id::text, f.stream, f.ward_id, c.forwarded_at is not null or c.alerted_at is not null and f.by_staff is null from casework.files f join casework.cases c on c.stream = f.stream and c.id = f.case_id",
	} {
		rows, err := f.owner.Query(f.t.Context(), sql)
		if err != nil {
			f.t.Fatal(err)
		}
		var id string
		var t thing
		if _, err := pgx.ForEachRow(rows, []any{&id, &t.stream, &t.ward, &t.handed}, func() error { f.things[id] = t; return nil }); err != nil {
			f.t.Fatal(err)
		}
	}
	rows, err := f.owner.Query(f.t.Context(), `
		select format('%I.%I', n.nspname, c.relname),
		       (select format('%I.%I', pn.nspname, p.relname) from pg_class p join pg_namespace pn on pn.oid = p.relnamespace
		        where p.oid = coalesce(pg_partition_root(c.oid), c.oid)), c.relispartition,
		       array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped)
		from pg_class c join pg_namespace n on n.oid = c.relnamespace
		where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
		order by 1`)
	if err != nil {
		f.t.Fatal(err)
	}
	f.tables, err = pgx.CollectRows(rows, func(r pgx.CollectableRow) (t table, err error) {
		return t, r.Scan(&t.name, &t.parent, &t.part, &t.cols)
	})
	if err != nil || len(f.tables) < 25 || len(f.things) < 10 {
		f.t.Fatal(len(f.tables), len(f.things), err)
	}
}

var logins atomic.Int64

// login opens a session as psql would: an account of its own that is a member of
// one role and of nothing else.
func (f *fort) login(role string) (name string, conn *pgx.Conn) {
	f.t.Helper()
	name = fmt.Sprintf("login_%d", logins.Add(1))
	if _, err := f.owner.Exec(f.t.Context(), "create role "+name+" login in role "+role); err != nil {
		f.t.Fatal(err)
	}
	conf, err := pgx.ParseConfig(f.url)
	if err != nil {
		f.t.Fatal(err)
	}
	conf.User = name
	conf.RuntimeParams["tinbao.ward"] = fmt.Sprint(home)
	if conn, err = pgx.ConnectConfig(f.t.Context(), conf); err != nil {
		f.t.Fatal(err)
	}
	f.t.Cleanup(func() {
		ctx := context.Background()
		_ = conn.Close(ctx)
		owner, err := pgx.Connect(ctx, f.url)
		if err != nil {
			f.t.Error(err)
			return
		}
		defer owner.Close(ctx)
		if _, err := owner.Exec(ctx, "drop owned by "+name+"; drop role "+name); err != nil {
			f.t.Error(err)
		}
	})
	return name, conn
}

// Whoever opens the database as one of the roles, with psql and any SQL, reaches
// what the role may see and learns of nothing else that it exists. The tables,
// functions and cases are read from the database, so new ones are tried as well.
func TestNoSQLReachesOverTheWall(t *testing.T) {
	t.Parallel()
	for _, s := range sights {
		t.Run(s.role, func(t *testing.T) {
			t.Parallel()
			f := newFort(t)
			if _, err := f.owner.Exec(t.Context(), "analyze"); err != nil {
				t.Fatal(err)
			}
			spy, _ := f.spy(s.role)
			for _, fault := range spy.all() {
				t.Error(fault)
			}
			if spy.rows == 0 || len(spy.foreign) == 0 {
				t.Errorf("%d rows seen, %d cases hidden: nothing was tried", spy.rows, len(spy.foreign))
			}
		})
	}
}

// A wall with a hole does not pass: each guard is taken away in turn, and the spy
// notices. %s stands for the login of the spy, because the roles themselves are
// shared with other databases.
func TestEveryHoleInTheWallIsNoticed(t *testing.T) {
	t.Parallel()
	for name, hole := range map[string]struct{ role, sql string }{
		"no row security on cases":          {"tinbao_police", "alter table casework.cases disable row level security"},
		"no row security on the history":    {"tinbao_report", "alter table casework.events disable row level security"},
		"no row security on files":          {"tinbao_help", "alter table casework.files disable row level security"},
		"no row security on updates":        {"tinbao_desk", "alter table edge.updates disable row level security"},
		"a policy without the stream":       {"tinbao_report", "alter policy reports on casework.cases using (ward_id = ward.present())"},
		"a policy without the ward":         {"tinbao_help", "alter policy help on casework.talks using (stream = 'help')"},
		"a policy without the handing over": {"tinbao_police", "alter policy handed_over on casework.cases using (stream = 'report' and ward_id = ward.present())"},
		"names without the handing over":    {"tinbao_police", "alter policy handed_over on casework.numbers using (stream = 'report' and ward_id = ward.present())"},
		"merges without the handing over":   {"tinbao_police", "alter policy handed_over on casework.merges using (stream = 'report' and ward_id = ward.present())"},
		"a policy that checks no new row":   {"tinbao_police", "create policy more on casework.events for insert to tinbao_police with check (true)"},
		"the police are in the help role":   {"tinbao_police", "grant tinbao_help to %s"},
		"the police are in the report role": {"tinbao_police", "grant tinbao_report to %s"},
		"the desk is in the help role":      {"tinbao_desk", "grant tinbao_help to %s"},
		"a right on the help cases":         {"tinbao_police", "grant select on casework.help_cases to %s"},
		"a right to remove help routes":     {"tinbao_police", "grant select, delete on casework.help_routes to %s"},
		"a right to write help talks":       {"tinbao_police", "grant insert on casework.help_talks to %s"},
		"a right on the counters":           {"tinbao_police", "grant select on casework.counters to %s; create policy more on casework.counters to %s using (true)"},
		"a right to change receipts":        {"tinbao_police", "grant update (receipt) on casework.cases to %s"},
		"a right to empty a table":          {"tinbao_police", "grant truncate on casework.help_talks to %s"},
		"what is told of months":            {"tinbao_police", "grant select on casework.month_closings to %s; create policy more on casework.month_closings to %s using (true)"},
		"what is told of help":              {"tinbao_police", "grant select on casework.help_closings to %s; create policy more on casework.help_closings to %s using (true)"},
		"the figures for the desk":          {"tinbao_desk", "grant select on casework.figures to %s; create policy more on casework.figures to %s using (true)"},
		"a function of the figures":         {"tinbao_police", "grant execute on function casework.figures_between to public"},
		"a new function of the owner":       {"tinbao_police", "create function ward.peek() returns bigint language sql security definer return (select count(*) from casework.help_cases)"},
		"a new view of the owner":           {"tinbao_police", "create view ward.all_cases as select * from casework.cases; grant select on ward.all_cases to tinbao_desk"},
		"a new copy of the owner":           {"tinbao_police", "create materialized view ward.some as select id from casework.cases; grant select on ward.some to tinbao_desk"},
		"a new partition without a wall":    {"tinbao_police", "create table casework.notes (stream text, case_id uuid, ward_id int); insert into casework.notes select stream, id, ward_id from casework.cases; grant select on casework.notes to tinbao_desk"},
		"a login past row security":         {"tinbao_police", "alter role %s bypassrls"},
		"a login that is the owner":         {"tinbao_police", "alter role %s superuser"},
		"a job that names a file":           {"tinbao_police", `insert into river.river_job (args, kind, max_attempts) select jsonb_build_object('file', f.id), 'fetch_attachment', 1 from casework.help_files f`},
		"a job that names a stream":         {"tinbao_police", `insert into river.river_job (args, kind, max_attempts) values ('{"stream": "help"}', 'fetch_attachment', 1)`},
		"statistics of another stream":      {"tinbao_police", "grant select (status) on casework.help_cases to %s"},
		"a policy that lets everything in":  {"tinbao_help", "alter policy help on casework.events using (true)"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFort(t)
			spy, login := f.spy(hole.role)
			if _, err := f.owner.Exec(t.Context(), strings.ReplaceAll(hole.sql, "%s", login)+"; analyze"); err != nil {
				t.Fatal(err)
			}
			f.look()
			if len(spy.all()) == 0 {
				t.Error("nothing was noticed")
			}
		})
	}
}

// What Postgres tells every login about every table, and no grant takes back: how
// many rows it estimates and how many were ever written. docs/security.md says so.
func TestWhatTheCatalogueTells(t *testing.T) {
	t.Parallel()
	f := newFort(t)
	if _, err := f.owner.Exec(t.Context(), "analyze"); err != nil {
		t.Fatal(err)
	}
	_, conn := f.login("tinbao_police")
	for _, c := range []struct{ what, sql string }{
		{"the estimate of rows", "select reltuples::bigint from pg_class where oid = 'casework.help_cases_1_2026'::regclass"},
		{"the count of rows", "select n_live_tup from pg_stat_user_tables where relid = 'casework.help_cases_1_2026'::regclass"},
		{"the size", "select pg_relation_size('casework.help_cases_1_2026')"},
	} {
		var n int64
		if err := conn.QueryRow(t.Context(), c.sql).Scan(&n); err != nil || n <= 0 {
			t.Errorf("%s of the help cases is not told any more (%d, %v): docs/security.md says it is", c.what, n, err)
		}
	}
}

// The ward is a setting of the session: it keeps the program's connections apart
// and holds nobody who writes SQL. The stream does not depend on it.
func TestTheWardIsChosenBySession(t *testing.T) {
	t.Parallel()
	f := newFort(t)
	_, conn := f.login("tinbao_police")
	for _, c := range []struct {
		ward string
		want int
	}{{"", 0}, {"1", 2}, {"2", 1}, {"3", 0}} {
		var n, help int
		if _, err := conn.Exec(t.Context(), "select set_config('tinbao.ward', $1, false)", c.ward); err != nil {
			t.Fatal(err)
		}
		if err := conn.QueryRow(t.Context(), "select count(*), count(*) filter (where stream <> 'report' or coalesce(forwarded_at, alerted_at) is null) from casework.cases").Scan(&n, &help); err != nil {
			t.Fatal(err)
		}
		if n != c.want || help != 0 {
			t.Errorf("ward %q: %d cases, %d of them hidden ones", c.ward, n, help)
		}
	}
}

// The program's own login takes on every role, one after another in one session:
// the roles hold each query to its stream, not whoever holds that login.
func TestTheProgramsLoginTakesEveryRole(t *testing.T) {
	t.Parallel()
	f := newFort(t)
	conn, err := f.Pool().Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Release()
	for _, s := range sights {
		if _, err := conn.Exec(t.Context(), "set role "+s.role); err != nil {
			t.Errorf("%s: %v", s.role, err)
		}
	}
	var role string
	if _, err := conn.Exec(t.Context(), "reset role"); err != nil {
		t.Fatal(err)
	}
	if err := conn.QueryRow(t.Context(), "select current_user").Scan(&role); err != nil || role != "tinbao_desk" {
		t.Errorf("a fresh session is %q: %v", role, err)
	}
}

var update = flag.Bool("update", false, "rewrite the transcripts")

// A session of psql under a login that is in the police role and in no other.
func TestPsqlAsThePolice(t *testing.T) {
	t.Parallel()
	const golden = "testdata/police.psql.txt"
	f := newFort(t)
	name, _ := f.login("tinbao_police")
	known := ""
	for id, s := range f.things {
		if s.stream == cases.HelpStream && s.ward == home {
			known = max(known, id)
		}
	}
	var out bytes.Buffer
	for _, sql := range []string{
		"select current_user ~ '^login' as own_login, pg_has_role('tinbao_police', 'member') as police, pg_has_role('tinbao_help', 'member') as help",
		"select stream, ward_id, year, seq, status from casework.cases",
		"select * from casework.help_cases",
		"select count(*) from casework.cases where stream = 'help'",
		"explain (costs off) select * from casework.cases where stream = 'help'",
		"explain select * from casework.help_cases",
		"copy casework.help_talks to stdout",
		"select * from casework.help_closings",
		"select * from casework.month_closings",
		"select * from casework.counters",
		"update casework.cases set urgent = true where stream = 'help'",
		"update casework.cases set status = status where stream = 'help'",
		"delete from casework.help_routes",
		"insert into casework.talks (stream, case_id, seq, ward_id, at, from_staff, internal, body) values ('help', '" + known + "', 9, 1, now(), true, true, 'x')",
		"insert into casework.talks (stream, case_id, seq, ward_id, at, from_staff, internal, body) values ('help', '" + uuid.NewString() + "', 9, 1, now(), true, true, 'x')",
		"set role tinbao_help",
		"set role " + f.owned,
		"set row_security = off; select count(*) from casework.cases",
		"select count(*) from pg_stats where schemaname = 'casework'",
		"select count(*) as jobs, count(*) filter (where args::text ~ 'help|report') as that_tell from river.river_job where kind = 'fetch_attachment'",
	} {
		fmt.Fprintf(&out, "police=> %s;\n%s\n", uuidForm.ReplaceAllString(sql, "ID"), f.psql(name, sql))
	}
	text := strings.TrimSpace(out.String()) + "\n"
	if *update {
		if err := os.WriteFile(golden, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), text); diff != "" {
		t.Errorf("psql shows something else (-update accepts it):\n%s", diff)
	}
}

// psql runs one line as a person at a terminal would.
func (f *fort) psql(login, sql string) string {
	f.t.Helper()
	program, err := exec.LookPath("psql")
	if err != nil {
		found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/psql")
		if len(found) == 0 {
			f.t.Fatal("psql comes with Postgres and is not here")
		}
		program = found[0]
	}
	conf, err := pgx.ParseConfig(f.url)
	if err != nil {
		f.t.Fatal(err)
	}
	cmd := exec.CommandContext(f.t.Context(), program, "-X", "-h", conf.Host, "-p", strconv.Itoa(int(conf.Port)), "-U", login, "-d", conf.Database, "-c", sql)
	cmd.Env = append(os.Environ(), "PGOPTIONS=-c tinbao.ward=1", "LC_ALL=C", "PAGER=cat")
	out, err := cmd.CombinedOutput()
	var failed *exec.ExitError
	if err != nil && !errors.As(err, &failed) {
		f.t.Fatal(err)
	}
	return string(out)
}
