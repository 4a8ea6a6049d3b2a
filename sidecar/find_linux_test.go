package sidecar

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// fakeFolder makes a folder with programs that are scripts telling a version.
func fakeFolder(t *testing.T, version string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"initdb", "postgres"} {
		script := "#!/bin/sh\necho 'postgres (PostgreSQL) " + version + "'\n"
		if err := os.WriteFile(filepath.Join(dir, name), []byte(script), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestScriptsInPathAreNotTaken(t *testing.T) {
	t.Setenv("TINBAO_PG_BIN", "")
	t.Setenv("PATH", fakeFolder(t, "99.1"))
	b, err := findPostgres(t.Context(), t.TempDir())
	if err == nil && b.major == 99 {
		t.Errorf("took the wrapper script %s", b.postgres)
	}
}

func TestNamedFolderAndItsVersion(t *testing.T) {
	t.Setenv("TINBAO_PG_BIN", fakeFolder(t, "99.1"))
	if b, err := findPostgres(t.Context(), t.TempDir()); err != nil || b.major != 99 {
		t.Errorf("a named folder: %+v, %v", b, err)
	}
	old := t.TempDir()
	if err := os.WriteFile(filepath.Join(old, "PG_VERSION"), []byte("16\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := findPostgres(t.Context(), old); !errors.Is(err, ErrMissing) || !strings.Contains(err.Error(), "postgresql-16") {
		t.Errorf("data of another version: %v", err)
	}
	t.Setenv("TINBAO_PG_BIN", fakeFolder(t, "14.9"))
	if _, err := findPostgres(t.Context(), t.TempDir()); !errors.Is(err, ErrMissing) || !strings.Contains(err.Error(), "apt-get install -y postgresql") {
		t.Errorf("a version that is too old: %v", err)
	}
}
