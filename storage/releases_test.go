package storage_test

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"tinbao/internal/testservers"
	"tinbao/storage"
)

// eachRelease tests something on the database of each release, at url and by a connection of
// the owner's; release is its path without an end.
func eachRelease(t *testing.T, test func(t *testing.T, release, url string, conn *pgx.Conn)) {
	t.Helper()
	for _, release := range testservers.Releases(t, "testdata/releases") {
		t.Run(filepath.Base(release), func(t *testing.T) {
			t.Parallel()
			url := testservers.Restored(t, release+".sql.gz")
			test(t, release, url, asOwner(t, url))
		})
	}
}

// columnState is what a program that writes a row must know of a column.
type columnState struct {
	kind             string
	needed, supplied bool // may not be null; is filled in when it is not given
}

// rules are what rows must meet, by table and definition, with the columns they are about.
type shape struct {
	columns map[string]map[string]columnState // by table and name
	rules   map[string]map[string][]string
}

func shapeOf(t *testing.T, conn *pgx.Conn) shape {
	t.Helper()
	s := shape{columns: map[string]map[string]columnState{}, rules: map[string]map[string][]string{}}
	var table, name string
	var c columnState
	rows, err := conn.Query(t.Context(), `
		select format('%I.%I', n.nspname, r.relname), a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.atthasdef or a.attidentity <> ''
		from pg_class r join pg_namespace n on n.oid = r.relnamespace join pg_attribute a on a.attrelid = r.oid
		where n.nspname in ('edge', 'ward', 'casework') and r.relkind in ('r', 'p', 'v') and not r.relispartition and a.attnum > 0 and not a.attisdropped`)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := pgx.ForEachRow(rows, []any{&table, &name, &c.kind, &c.needed, &c.supplied}, func() error {
		if s.columns[table] == nil {
			s.columns[table] = map[string]columnState{}
		}
		s.columns[table][name] = c
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	var about []string
	rows, err = conn.Query(t.Context(), `
		select format('%I.%I', n.nspname, r.relname), k.definition, array(
			select a.attname from pg_attribute a where a.attrelid = r.oid and a.attnum > 0 and a.attnum = any (k.columns) order by a.attnum)
		from pg_class r join pg_namespace n on n.oid = r.relnamespace
		join (
			select conrelid as of, pg_get_constraintdef(oid) as definition, conkey::int[] as columns from pg_constraint where contype in ('c', 'f', 'x')
			union all
			select indrelid, 'unique ' || regexp_replace(pg_get_indexdef(indexrelid), '^.*? USING ', ''), string_to_array(indkey::text, ' ')::int[] from pg_index where indisunique
		) k on k.of = r.oid
		where n.nspname in ('edge', 'ward', 'casework') and not r.relispartition`)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := pgx.ForEachRow(rows, []any{&table, &name, &about}, func() error {
		if s.rules[table] == nil {
			s.rules[table] = map[string][]string{}
		}
		s.rules[table][name] = slices.Clone(about)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return s
}

// narrower lists what a program that knows the first shape could not bear of the second.
func narrower(before, after shape) (found []string) {
	say := func(format string, args ...any) { found = append(found, fmt.Sprintf(format, args...)) }
	for table, columns := range before.columns {
		for name, was := range columns {
			is, there := after.columns[table][name]
			switch {
			case !there:
				say("%s.%s is gone", table, name)
			case is.kind != was.kind:
				say("%s.%s was %s and is %s", table, name, was.kind, is.kind)
			case is.needed && !was.needed:
				say("%s.%s may not be null any more", table, name)
			case is.needed && was.supplied && !is.supplied:
				say("%s.%s is not filled in any more", table, name)
			}
		}
		for name, is := range after.columns[table] {
			if _, there := columns[name]; !there && is.needed && !is.supplied {
				say("%s.%s is new and needed", table, name)
			}
		}
		for rule, about := range after.rules[table] {
			known := !slices.ContainsFunc(about, func(c string) bool { _, there := columns[c]; return !there })
			if _, there := before.rules[table][rule]; !there && known && wider[table+": "+rule] == "" && !namesWard(before.rules[table], rule) {
				say("%s has a new rule: %s", table, rule)
			}
		}
	}
	slices.Sort(found)
	return found
}

// namesWard reports a rule that was there and now names the ward, too. As a key it allows
// more; as a reference it refuses only rows of two wards, which no program can write, since
// the policies hold it to its own.
func namesWard(before map[string][]string, rule string) bool {
	_, there := before[strings.ReplaceAll(rule, ", ward_id", "")]
	return there
}

// wider are rules that look new and refuse nothing that was allowed before, and why.
var wider = map[string]string{
	"casework.clocks: " + toNumbers + " ON DELETE CASCADE": namesCases,
	"casework.covered_talks: " + toNumbers:                 "a trigger asks for the message, as the reference to casework.talks did; its case has its row in casework.numbers",
	"casework.establishment_links: " + toNumbers:           namesCases,
	"casework.events: " + toNumbers:                        namesCases,
	"casework.files: " + toNumbers:                         namesCases,
	"casework.follow_ups: " + toNumbers:                    namesCases,
	"casework.meetings: " + toNumbers:                      namesCases,
	"casework.mentions: " + toNumbers:                      namesCases,
	"casework.merges: " + toNumbers:                        namesCases,
	"casework.merges: FOREIGN KEY (stream, into_id, ward_id) REFERENCES casework.numbers(stream, id, ward_id)": namesCases,
	"casework.originals: " + toNumbers:                            namesCases,
	"casework.ratings: " + toNumbers:                              namesCases,
	"casework.reminders: " + toNumbers:                            namesCases,
	"casework.routes: " + toNumbers:                               namesCases,
	"casework.talks: " + toNumbers:                                namesCases,
	"casework.files: unique btree (stream, id, ward_id, case_id)": "a key of three of these columns was there",
}

const (
	toNumbers  = "FOREIGN KEY (stream, case_id, ward_id) REFERENCES casework.numbers(stream, id, ward_id)"
	namesCases = "casework.numbers has a row for every case, made with it by a trigger: the same as a reference to casework.cases"
)

func oldestProgram(t *testing.T, url string) int64 {
	t.Helper()
	s, err := storage.ReadSchema(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	return s.Oldest
}

// Each migration since a release only adds, or says from which program on it can be borne.
func TestMigrationsOnlyAdd(t *testing.T) {
	t.Parallel()
	eachRelease(t, func(t *testing.T, _, url string, conn *pgx.Conn) {
		for before, oldest := shapeOf(t, conn), int64(0); ; {
			version, err := storage.StepUp(t.Context(), url)
			if err != nil {
				t.Fatal(err)
			}
			if version == 0 {
				return
			}
			after, now := shapeOf(t, conn), oldestProgram(t, url)
			for _, f := range narrower(before, after) {
				if now < version {
					t.Errorf("migration %d: %s; let it call edge.narrow(%d), or add only", version, f, version)
				}
			}
			if now < oldest {
				t.Errorf("migration %d lets older programs run than the one before: %d, %d", version, now, oldest)
			}
			before, oldest = after, now
		}
	})
}

func asOwner(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	return conn
}

// What the test above looks for is found when it is there.
func TestNarrowerMigrationsAreFound(t *testing.T) {
	t.Parallel()
	conn := asOwner(t, testservers.Database(t))
	before := shapeOf(t, conn)
	for sql, want := range map[string]string{
		"alter table edge.updates drop column fault":                                    "edge.updates.fault is gone",
		"drop table edge.mutes":                                                         "edge.mutes.",
		"alter table edge.updates alter column attempts type bigint":                    "edge.updates.attempts was integer and is bigint",
		"alter table edge.outbox alter column slot set not null":                        "edge.outbox.slot may not be null any more",
		"alter table edge.updates alter column attempts drop default":                   "edge.updates.attempts is not filled in any more",
		"alter table edge.updates add column more int not null":                         "edge.updates.more is new and needed",
		"alter table edge.updates add check (attempts < 9)":                             "edge.updates has a new rule: CHECK",
		"create unique index on edge.updates (kept_at)":                                 "edge.updates has a new rule: unique",
		"alter table edge.updates add column more int check (more > 0)":                 "",
		"alter table edge.updates add column more int not null default 0":               "",
		"alter table edge.updates drop constraint updates_pkey; create table edge.x ()": "",
	} {
		tx, err := conn.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tx.Exec(t.Context(), sql); err != nil {
			t.Fatal(sql, err)
		}
		got := strings.Join(narrower(before, shapeOf(t, conn)), "; ")
		if want == "" && got != "" || !strings.HasPrefix(got, want) {
			t.Errorf("%s: %q, want %q", sql, got, want)
		}
		if err := tx.Rollback(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

// statements are what the program of a release asks the database.
func statements(t *testing.T, release string) (list []string) {
	t.Helper()
	file, err := os.Open(release + ".queries.json.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	z, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.NewDecoder(z).Decode(&list); err != nil {
		t.Fatal(err)
	}
	list = slices.DeleteFunc(list, func(s string) bool { return strings.Contains(s, "\nlock table ") }) // cannot be planned
	if len(list) < 100 {
		t.Fatalf("only %d statements", len(list))
	}
	return list
}

var parameter = regexp.MustCompile(`\$(\d+)`)

// askers are the roles of the program, and the owner.
var askers = [5]string{"tinbao_desk", "tinbao_report", "tinbao_police", "tinbao_help", "none"}

// plannable tells whom of the askers the database lets do a statement, planned for any
// values; the reason of the last refusal beside it.
func plannable(t *testing.T, conn *pgx.Conn, statement string) (may [len(askers)]bool, refused error) {
	t.Helper()
	most := 0
	for _, m := range parameter.FindAllStringSubmatch(statement, -1) {
		n, _ := strconv.Atoi(m[1]) // digits
		most = max(most, n)
	}
	values := ""
	if most > 0 {
		values = "(null" + strings.Repeat(", null", most-1) + ")"
	}
	for i, role := range askers {
		_, err := conn.PgConn().Exec(t.Context(), "deallocate all; set role "+role+"; prepare asked as "+statement+";\nexplain execute asked"+values).ReadAll()
		if may[i] = err == nil; err != nil {
			refused = err
		}
	}
	return may, refused
}

// Whatever a program that may run beside the newest schema asks of the database, it is
// still answered, with the rights it had.
func TestStatementsOfReleasesGoOn(t *testing.T) {
	t.Parallel()
	eachRelease(t, func(t *testing.T, release, url string, conn *pgx.Conn) {
		if _, err := conn.Exec(t.Context(), "set plan_cache_mode = force_generic_plan"); err != nil {
			t.Fatal(err)
		}
		list := statements(t, release)
		before := make([][len(askers)]bool, len(list))
		for i, s := range list {
			var err error
			if before[i], err = plannable(t, conn, s); before[i] == [len(askers)]bool{} {
				t.Errorf("nobody could ever do %.80q: %v", s, err)
			}
		}
		old, err := storage.ReadSchema(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		if err := storage.Migrate(t.Context(), url); err != nil {
			t.Fatal(err)
		}
		if oldestProgram(t, url) > old.Have {
			t.Skip("programs of this release may not run beside the newest schema")
		}
		for i, s := range list {
			after, err := plannable(t, conn, s)
			for r, could := range before[i] {
				if could && !after[r] {
					t.Errorf("%.80q is refused: %v", s, err)
				}
			}
		}
	})
}
