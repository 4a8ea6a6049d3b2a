package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"

	"tinbao/internal/testservers"
)

// answered runs a command in a folder and answers what it asks.
func answered(t *testing.T, dir, answers string, env []string, args ...string) (out string, code int) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], args...)
	cmd.Dir = dir
	cmd.Env = append([]string{childMark + "=1", "PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir()}, env...)
	cmd.Stdin = strings.NewReader(answers)
	var buf bytes.Buffer
	cmd.Stdout, cmd.Stderr = &buf, &buf
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return buf.String(), cmd.ProcessState.ExitCode()
}

// mode is who may do what with a file.
func mode(t *testing.T, path string) os.FileMode {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Mode().Perm()
}

// From nothing to an installation whose doctor finds nothing: each answer is checked and
// asked for again when it is wrong, and the first administrator gets a link.
func TestInitSetsAWardUp(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	into := testservers.Empty(t)
	settings, data := filepath.Join(t.TempDir(), "etc"), filepath.Join(t.TempDir(), "data")
	env := []string{"TINBAO_TELEGRAM_API=" + w.telegram.URL}
	args := []string{"init", "--settings", settings, "--data", data, "--account", ""}
	answers := "x\n123:wrong\n" + testToken + "\nphường $(id)\nphường Dương Nội\n\nAnh Tâm\n" + w.settings.DatabaseURL + "\nmysql://x\n" + into + "\n"
	out, code := answered(t, "/", answers, env, args...)
	for _, want := range []string{
		"@BotFather", "does not look like a token", "✓ @tinbao_demo_bot", "a character that no name has", "there is something in it already",
		"is not an address of Postgres", "✓ it is empty", "✓ schema", "✓ catalogue", "https://t.me/tinbao_demo_bot?start=", "█", "tinbao serve",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q", want)
		}
	}
	if code != 0 || strings.Contains(out, testToken) || strings.Contains(out, "✗ catalogue") {
		t.Errorf("%d\n%s", code, out)
	}
	if got := query[string](t, into, "select name from ward.wards"); len(got) != 1 || got[0] != "phường Dương Nội" {
		t.Errorf("the ward is %q", got)
	}
	for _, file := range []string{"env", "telegram_token", "kek"} {
		if m := mode(t, filepath.Join(settings, file)); m != 0o600 {
			t.Errorf("%s has the mode %o", file, m)
		}
	}
	if mode(t, settings) != 0o700 || mode(t, filepath.Join(data, "keys")) != 0o700 || mode(t, filepath.Join(data, "keys", "keys.json")) != 0o600 {
		t.Error("others read folders or the key file")
	}
	before, err := os.ReadFile(filepath.Join(data, "keys", "keys.json"))
	if err != nil {
		t.Fatal(err)
	}
	// Again: nothing is asked that is known, nothing is written over, one more is invited.
	out, code = answered(t, "/", "Chị Hoa\n", env, args...)
	if code != 0 || !strings.Contains(out, "going on with") || strings.Contains(out, "@BotFather") || !strings.Contains(out, "?start=") {
		t.Errorf("%d\n%s", code, out)
	}
	if after, err := os.ReadFile(filepath.Join(data, "keys", "keys.json")); err != nil || !bytes.Equal(before, after) {
		t.Error("the keys are others", err)
	}
}

// What is not answered is named, and nothing is written.
func TestInitWithoutAnswers(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	for answers, want := range map[string]string{
		"":                                "TINBAO_TELEGRAM_TOKEN: is missing, and nobody answers",
		"x":                               "TINBAO_TELEGRAM_TOKEN: has no right answer",
		testToken + "\n":                  "--ward-name: is missing",
		testToken + "\nphường\nTâm\nhere": "--database: must be of a-z",
	} {
		settings := filepath.Join(t.TempDir(), "etc")
		out, code := answered(t, "/", answers, []string{"TINBAO_TELEGRAM_API=" + w.telegram.URL}, "init",
			"--settings", settings, "--data", settings, "--account", "", "--database", "x; drop")
		if code != exitSetting || !strings.Contains(out, want) {
			t.Errorf("%q: %d %s, want %s", answers, code, out, want)
		}
		if left, err := os.ReadDir(settings); err != nil || len(left) > 0 {
			t.Errorf("%q left %v (%v)", answers, left, err)
		}
	}
}

// A database is made by the administrator of this machine's Postgres, for a role of its own.
func TestInitMakesADatabase(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	server := testservers.Database(t)
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	name := strings.TrimPrefix(u.Path, "/") + "_made"
	t.Cleanup(func() {
		ctx := context.Background()
		conn, err := pgx.Connect(ctx, w.settings.DatabaseURL)
		if err != nil {
			t.Error(err)
			return
		}
		defer conn.Close(ctx)
		for _, sql := range []string{"drop database " + name + " with (force)", "drop role " + name} {
			if _, err := conn.Exec(ctx, sql); err != nil {
				t.Error(err)
			}
		}
	})
	// In place of becoming the account postgres, which this machine may not have.
	bin := t.TempDir()
	script := fmt.Sprintf("#!/bin/sh\n[ \"$1 $2 $3\" = '-u postgres --' ] || exit 9\nshift 3\nPGHOST=%s PGPORT=%s PGUSER=%s exec \"$@\"\n",
		u.Query().Get("host"), u.Query().Get("port"), u.User.Username())
	if err := os.WriteFile(filepath.Join(bin, "runuser"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	settings := filepath.Join(t.TempDir(), "etc")
	out, code := answered(t, "/", "", []string{"TINBAO_TELEGRAM_API=" + w.telegram.URL, "TINBAO_TELEGRAM_TOKEN=" + testToken, "PATH=" + bin + ":" + os.Getenv("PATH")}, "init",
		"--settings", settings, "--data", settings, "--account", "", "--database", name, "--database-url", "here", "--ward-name", "phường X", "--admin", "Tâm")
	if code != 0 || !strings.Contains(out, "✓ made the database and the role "+name) || !strings.Contains(out, "?start=") {
		t.Errorf("%d\n%s", code, out)
	}
	if got := query[bool](t, server, "select rolcreaterole and not rolsuper from pg_roles where rolname = '"+name+"'"); len(got) != 1 || !got[0] {
		t.Error("the role is not as it should be")
	}
	raw, err := os.ReadFile(filepath.Join(settings, "env"))
	if err != nil || !strings.Contains(string(raw), "DATABASE_URL='postgres://"+name+":") {
		t.Errorf("%s %v", raw, err)
	}
}

// The folder of compose.yaml gets secrets, each for its reader alone, and both keys.
func TestInitForCompose(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	dir := t.TempDir()
	env := []string{"TINBAO_TELEGRAM_API=" + w.telegram.URL}
	if out, code := answered(t, dir, "", env, "init", "--compose"); code != exitSetting || !strings.Contains(out, "in the folder of compose.yaml") {
		t.Errorf("%d %s", code, out)
	}
	if err := os.WriteFile(filepath.Join(dir, "compose.yaml"), read(t, "../../compose.yaml"), 0o600); err != nil {
		t.Fatal(err)
	}
	out, code := answered(t, dir, testToken+"\nphường Dương Nội\n", env, "init", "--compose")
	if os.Geteuid() != 0 {
		if code != exitSetting || !strings.Contains(out, "sudo tinbao init --compose") {
			t.Errorf("%d %s", code, out)
		}
		return
	}
	if code != 0 || !strings.Contains(out, "docker compose up -d") || strings.Contains(out, testToken) {
		t.Fatalf("%d\n%s", code, out)
	}
	for file, want := range map[string]struct {
		owner uint32
		mode  os.FileMode
	}{
		"secrets/postgres_password": {0, 0o400}, "secrets/pgpass": {imageAccount, 0o400}, "secrets/telegram_token": {imageAccount, 0o400},
		"keys": {imageAccount, 0o700}, "keys/keys.json": {imageAccount, 0o600}, "kek": {imageAccount, 0o700}, "kek/kek": {imageAccount, 0o600}, "secrets": {0, 0o711},
	} {
		info, err := os.Stat(filepath.Join(dir, file))
		if err != nil {
			t.Fatal(err)
		}
		if owner := info.Sys().(*syscall.Stat_t).Uid; owner != want.owner || info.Mode().Perm() != want.mode {
			t.Errorf("%s is of %d, mode %o", file, owner, info.Mode().Perm())
		}
	}
	password := strings.TrimSpace(string(read(t, filepath.Join(dir, "secrets/postgres_password"))))
	if got := string(read(t, filepath.Join(dir, "secrets/pgpass"))); len(password) != 48 || got != "postgres:5432:*:tinbao:"+password+"\n" {
		t.Error("the two passwords are not one")
	}
	if got := string(read(t, filepath.Join(dir, ".env"))); got != "TINBAO_WARD_NAME='phường Dương Nội'\n" {
		t.Error(got)
	}
	if out, code := answered(t, dir, testToken+"\nx\n", env, "init", "--compose"); code != exitSetting || !strings.Contains(out, "not written over") {
		t.Errorf("%d %s", code, out)
	}
}
