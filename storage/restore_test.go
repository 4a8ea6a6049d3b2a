package storage_test

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"tinbao/cases"
	"tinbao/internal/testservers"
	"tinbao/storage"
)

// copied is what a database holds, with its rows.
func copied(t *testing.T, url string) (held cases.Contents, rows [][]byte) {
	t.Helper()
	if err := storage.Snapshot(t.Context(), url, func(ctx context.Context, at cases.Contents, copyOut storage.CopyOut) error {
		held = at
		for i := range held.Tables {
			var out bytes.Buffer
			if err := copyOut(ctx, i, &out); err != nil {
				return err
			}
			rows = append(rows, out.Bytes())
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return held, rows
}

// What a release left behind is restored into a schema of that time and migrated: the same
// rows, rights and triggers as if the database itself had been migrated.
func TestRestoreOfAnOlderSchema(t *testing.T) {
	t.Parallel()
	eachRelease(t, func(t *testing.T, _, url string, _ *pgx.Conn) {
		held, rows := copied(t, url)
		if held.Rows() < 100 {
			t.Fatalf("%+v", held)
		}
		into := testservers.Empty(t)
		if err := storage.Restore(t.Context(), into, held, func(load func(int, io.Reader) error) error {
			for i := range rows {
				if err := load(i, bytes.NewReader(rows[i])); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		var after [2]cases.Contents
		for i, address := range []string{url, into} {
			if err := storage.Migrate(t.Context(), address); err != nil {
				t.Fatal(err)
			}
			var err error
			if after[i], err = storage.Contents(t.Context(), address); err != nil {
				t.Fatal(err)
			}
		}
		if wrong := after[0].Differences(after[1]); len(wrong) > 0 {
			t.Error(strings.Join(wrong, "\n"))
		}
		c, err := storage.ReadCatalogue(t.Context(), into)
		if extra, missing, known := c.Strange(); err != nil || !known || len(extra)+len(missing) > 0 {
			t.Errorf("the wall is another than that of a new database: %v; more: %q; missing: %q", err, extra, missing)
		}
	})
}
