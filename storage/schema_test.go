package storage_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"tinbao/internal/testservers"
	"tinbao/sidecar"
	"tinbao/storage"
)

func TestSchemaFits(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		schema storage.Schema
		fits   bool
		says   string
	}{
		{storage.Schema{Have: 28, Want: 28, Oldest: 26}, true, "version 28"},
		{storage.Schema{Have: 26, Want: 28}, false, "run: tinbao migrate"},
		{storage.Schema{Have: 30, Want: 28, Oldest: 28}, true, "may run beside it"},
		{storage.Schema{Have: 30, Want: 28, Oldest: 29}, false, "install the newer program"},
		{storage.Schema{Have: 30, Want: 28}, false, "install the newer program"},
	} {
		if got := c.schema.Fits(); got != c.fits || !strings.Contains(c.schema.String(), c.says) {
			t.Errorf("%+v: %v %q, want %v and %q", c.schema, got, c.schema, c.fits, c.says)
		}
	}
}

// A database of tomorrow says itself which programs may go on running.
func TestNewerSchema(t *testing.T) {
	t.Parallel()
	url := testservers.Database(t)
	owner, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer owner.Close(t.Context())
	for _, c := range []struct {
		sql  string
		fits bool
	}{
		{"insert into goose_db_version (version_id, is_applied) values (9000, true)", true},
		{"select edge.narrow(9000)", false},
		{"select edge.narrow(1)", false}, // never wider again
	} {
		if _, err := owner.Exec(t.Context(), c.sql); err != nil {
			t.Fatal(err)
		}
		s, err := storage.ReadSchema(t.Context(), url)
		if err != nil || s.Have != 9000 || s.Fits() != c.fits {
			t.Errorf("after %s: %+v %v", c.sql, s, err)
		}
	}
	if err := storage.Migrate(t.Context(), url); err != nil {
		t.Error("migrate of an older program:", err)
	}
}

// An account that may not make the roles, where there are none, is told what to ask for.
func TestMigrateSaysWhichRoleIsMissing(t *testing.T) {
	t.Parallel()
	s, err := sidecar.Start(t.Context(), sidecar.Options{Postgres: true, Fast: true, Memory: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Stop(); err != nil {
			t.Error(err)
		}
	}()
	admin, err := pgx.Connect(t.Context(), s.DatabaseURL())
	if err != nil {
		t.Fatal(err)
	}
	defer admin.Close(t.Context())
	for _, sql := range []string{"create role weak login", "create database theirs owner weak"} {
		if _, err := admin.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	u, err := url.Parse(s.DatabaseURL())
	if err != nil {
		t.Fatal(err)
	}
	u.User, u.Path = url.User("weak"), "/theirs"
	err = storage.Migrate(t.Context(), u.String())
	if err == nil {
		t.Fatal("it migrated")
	}
	_, mend, _ := strings.Cut(err.Error(), "let an administrator say: ")
	mend, _, told := strings.Cut(mend, " (SQLSTATE")
	if !told {
		t.Fatal(err)
	}
	if _, err := admin.PgConn().Exec(t.Context(), mend).ReadAll(); err != nil {
		t.Fatal(mend, err)
	}
	if err := storage.Migrate(t.Context(), u.String()); err != nil {
		t.Error(err)
	}
}
