package storage_test

import (
	"os"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"tinbao/internal/testservers"
	"tinbao/storage"
)

// beforePartitions is the last version of the schema in which the tables of cases lie
// apart by stream only.
const beforePartitions = 29

// Rows of the schema before lie in partitions after the migration, each as it was: of
// several wards, with ids without a time and with one, and one that looks like this year's.
func TestOldRowsAreCarriedOver(t *testing.T) {
	t.Parallel()
	for name, wards := range map[string]string{"one ward": "1", "several wards": "1, 2, 5"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url := testservers.Database(t)
			pool, err := pgxpool.New(t.Context(), url)
			if err != nil {
				t.Fatal(err)
			}
			defer pool.Close()
			if _, err := pool.Exec(t.Context(), "drop schema casework, edge, ward, river cascade; drop table public.goose_db_version"); err != nil {
				t.Fatal(err)
			}
			old, err := goose.NewProvider(goose.DialectPostgres, stdlib.OpenDBFromPool(pool), os.DirFS("migrations"))
			if err != nil {
				t.Fatal(err)
			}
			defer old.Close()
			if _, err := old.UpTo(t.Context(), beforePartitions); err != nil {
				t.Fatal(err)
			}
			ask := func(sql string) (text string) {
				t.Helper()
				if err := pool.QueryRow(t.Context(), sql).Scan(&text); err != nil {
					t.Fatal(err)
				}
				return text
			}
			if _, err := pool.Exec(t.Context(), strings.ReplaceAll(oldRows, "WARDS", wards)); err != nil {
				t.Fatal(err)
			}
			before := ask(sumsOfCases)
			if err := storage.Migrate(t.Context(), url); err != nil {
				t.Fatal(err)
			}
			if after := ask(sumsOfCases); after != before {
				t.Errorf("%s\nafter the migration:\n%s", before, after)
			}
			if n := ask(`select count(*)::text from casework.cases c join casework.numbers n using (stream, id, ward_id, year, seq) where n.receipt is not distinct from c.receipt and n.handed = (c.stream = 'report' and c.forwarded_at is not null)`); n != ask("select count(*)::text from casework.cases") {
				t.Errorf("%s cases have their names", n)
			}
			// each row lies where it belongs, and nowhere without a ward
			if n := ask(`select (select count(*) from casework.report_cases_other) + (select count(*) from casework.help_events_other) + (select count(*) from casework.report_cases c
				where (c.tableoid::regclass::text !~ ('_' || ward_id || '_' || case when id >= casework.first_id(extract(year from now())::int) and id < casework.first_id(extract(year from now())::int + 1) then extract(year from now())::text else 'other' end)))`); n != "0" {
				t.Errorf("%s rows lie elsewhere", n)
			}
			if got := ask(`select count(*)::text from pg_attribute a join pg_class c on c.oid = a.attrelid
				where c.relname ~ '^(report|help)_files' and c.relkind = 'r' and a.attname = 'body' and a.attstorage <> 'e'`); got != "0" {
				t.Errorf("%s tables pack their files", got)
			}
			if got := ask(`select count(*)::text from pg_class c where c.relispartition and c.relnamespace = 'casework'::regnamespace and c.relacl is not null`); got != "0" {
				t.Errorf("%s partitions can be reached past row security", got)
			}
		})
	}
}

// sumsOfCases leaves out what later migrations add.
const sumsOfCases = `select concat_ws(E'\n',
	(select count(*) || md5(string_agg(t::text, ';' order by t::text)) from (select to_jsonb(c) - array['result', 'kept_from', 'alerted_at', 'word', 'elsewhere_on'] as was from casework.cases c) t), (select count(*) || md5(string_agg(t::text, ';' order by t::text)) from (select to_jsonb(c) - 'own' as was from casework.routes c) t),
	(select count(*) || md5(string_agg(t::text, ';' order by t::text)) from (select to_jsonb(c) - 'to_police' as was from casework.talks c) t), (select count(*) || md5(string_agg(t::text, ';' order by t::text)) from (select to_jsonb(e) - array['by_event', 'whom_event', 'number'] as was from casework.events e) t),
	(select count(*) || md5(string_agg(t::text, ';' order by t::text)) from (select to_jsonb(f) - 'facts' as was from casework.files f) t), (select count(*) || md5(string_agg(t::text, ';' order by t::text)) from casework.clocks t),
	(select count(*) || md5(string_agg(t::text, ';' order by t::text)) from casework.figure_changes t), (select count(*) || md5(string_agg(t::text, ';' order by t::text)) from (select to_jsonb(c) - array['from_staff', 'by_staff'] as was from casework.covered_talks c) t),
	(select count(*) from casework.destructions))`

// oldRows are cases of both streams with all that hangs on them. Every fifth has an id
// that looks like one of this year.
const oldRows = `
insert into ward.wards (id, name) select n, 'phường ' || n from unnest(array[WARDS]) n;
insert into casework.cases (stream, id, ward_id, year, seq, receipt, case_key, content, source, status, urgent, head, received_at, due_at)
select s, case when n % 5 = 0 then (lpad(to_hex((extract(epoch from date_trunc('year', now()) + interval '40 days') * 1000)::bigint + n), 12, '0') || '4' || substr(md5(s || w || '/' || n), 14))::uuid
	else ('f' || substr(md5(s || w || '/' || n), 2))::uuid end,
	w, 2026, n, case when n % 7 <> 0 then sha256((s || w || '/' || n)::bytea) end, '\x01', '\x02', 'bot', 'received', false, '\x03', now(), now() + interval '1 day'
from unnest(array['report', 'help']) s, unnest(array[WARDS]) w, generate_series(1, 20 + w) n;
insert into casework.routes (stream, case_id, ward_id, sealed, made_at) select stream, id, ward_id, '\x04', received_at from casework.cases;
insert into casework.talks (stream, case_id, seq, ward_id, at, from_staff, internal, body) select stream, id, n, ward_id, received_at, true, true, '\x05' from casework.cases, generate_series(1, 3) n;
insert into casework.events (stream, case_id, seq, ward_id, at, verb, from_status, to_status, detail, hash) select stream, id, n, ward_id, received_at, 'note', 'received', 'received', '', '\x06' from casework.cases, generate_series(1, 3) n;
insert into casework.files (stream, id, case_id, ward_id, n, kind, state, offered_at, body) select stream, gen_random_uuid(), id, ward_id, 1, 'photo', 'stored', received_at, sha256(id::text::bytea) from casework.cases;
insert into casework.clocks (stream, case_id, ward_id, rule, start_at, since_at) select stream, id, ward_id, 'x', received_at, received_at from casework.cases;
insert into casework.covered_talks (stream, case_id, seq, ward_id, at, body) select stream, case_id, seq, ward_id, at, '\x07' from casework.talks where stream = 'report' and seq = 2;
`
