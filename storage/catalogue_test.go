package storage_test

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"tinbao/internal/testservers"
	"tinbao/storage"
)

// The description of the catalogue is that of a database that only migrations made.
func TestCatalogueIsWhatMigrationsMake(t *testing.T) {
	t.Parallel()
	url := testservers.Database(t)
	testservers.Login(t, url, storage.AllowLogin)
	have, err := storage.ReadCatalogue(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	const file = "catalogue.txt"
	if *update {
		if err := os.WriteFile(file, []byte(have.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if diff := cmp.Diff(string(want), have.String()); err != nil || diff != "" {
		t.Errorf("%v; -update accepts it: %s", err, diff)
	}
}

// Whoever opens the wall in the database, leaves a line.
func TestEveryOpeningOfTheWallStandsInTheCatalogue(t *testing.T) {
	t.Parallel()
	for name, sql := range map[string]string{
		"a policy for everybody":    "create policy all_of_it on casework.help_cases using (true)",
		"a policy made wider":       "alter policy help on casework.cases using (true)",
		"row security off":          "alter table casework.cases disable row level security",
		"a grant":                   "grant select on casework.help_talks to tinbao_police",
		"a grant on a column":       "grant update (role) on ward.staff to tinbao_report",
		"a grant to the public":     "grant select on ward.staff to public",
		"a grant to pass on":        "grant select on ward.staff to tinbao_desk with grant option",
		"a grant taken away":        "revoke select on ward.staff from tinbao_desk",
		"a trigger gone":            "drop trigger append_only on ward.account_events",
		"a trigger asleep":          "alter table ward.account_events disable trigger append_only",
		"a function that is hollow": "create or replace function ward.append_only() returns trigger language plpgsql as $$begin return new; end$$",
		"a function as its owner":   "alter function ward.append_only() security definer",
		"a function of one's own":   "create function casework.peek() returns bigint language sql security definer as 'select count(*) from casework.help_cases'",
		"a view":                    "create view ward.peek as select * from casework.help_cases",
		"a rule":                    "create rule peek as on insert to ward.staff do also nothing",
		"an owner":                  "alter table ward.staff owner to tinbao_desk",
		"a schema opened":           "grant create on schema ward to tinbao_police",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url := testservers.Database(t)
			conn, err := pgx.Connect(t.Context(), url)
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close(t.Context())
			if _, err := conn.Exec(t.Context(), sql); err != nil {
				t.Fatal(err)
			}
			have, err := storage.ReadCatalogue(t.Context(), url)
			if err != nil {
				t.Fatal(err)
			}
			extra, missing, known := have.Strange()
			if len(extra)+len(missing) == 0 || !known {
				t.Error("it is not noticed")
			}
			have.Major++
			if extra, missing, known = have.Strange(); len(extra)+len(missing) == 0 || !known {
				t.Error("it is not noticed on another version of Postgres")
			}
		})
	}
}

// Another version of Postgres words expressions in its own way, and is no fault.
func TestCatalogueOfAnotherPostgres(t *testing.T) {
	t.Parallel()
	have, err := storage.ReadCatalogue(t.Context(), testservers.Database(t))
	if err != nil {
		t.Fatal(err)
	}
	have.Major++
	for i, l := range have.Lines {
		have.Lines[i] = strings.Replace(l, " | ", " | (", 1)
	}
	if extra, missing, known := have.Strange(); len(extra)+len(missing) > 0 || !known {
		t.Error(extra, missing)
	}
}
