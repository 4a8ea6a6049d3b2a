package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"tinbao/vault"
)

// rotateUntil runs `tinbao keys rotate` and sends it a signal when it prints a line
// with a text, "" = never. It gives what was printed and the exit code.
func (w *town) rotateUntil(until string, end syscall.Signal) (string, int) {
	w.t.Helper()
	cmd := exec.CommandContext(w.t.Context(), os.Args[0], "keys", "rotate", "--batch", "1")
	cmd.Env = w.environment()
	out, err := cmd.StdoutPipe()
	if err != nil {
		w.t.Fatal(err)
	}
	cmd.Stderr = cmd.Stdout
	if err := cmd.Start(); err != nil {
		w.t.Fatal(err)
	}
	var all strings.Builder
	for lines := bufio.NewScanner(out); lines.Scan(); {
		all.WriteString(lines.Text() + "\n")
		if until != "" && strings.Contains(lines.Text(), until) {
			until = ""
			if err := cmd.Process.Signal(end); err != nil {
				w.t.Error(err)
			}
		}
	}
	cmd.Wait()
	return all.String(), cmd.ProcessState.ExitCode()
}

// Keys are rotated while two programs serve and many people write. The rotation is
// killed at every stage and run again: nothing is lost, receipts from before are
// found, and at the end nothing is left under a former key.
func TestRotatingWhileServing(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	w.clock.real()
	w.restart()
	replica := w.spawn()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	const earlier = 8
	crowd(ctx, t, w.sim, earlier)
	w.settle()
	var receipt string
	for _, m := range w.sim.Messages(firstWriter) {
		if r := receiptForm.FindString(m.Text); r != "" {
			receipt = r
		}
	}
	if receipt == "" {
		t.Fatal("no receipt")
	}
	before, err := vault.Load(w.settings.Keys, openedKEK(t, w.settings.KEK))
	if err != nil {
		t.Fatal(err)
	}
	writing, stop := context.WithCancel(ctx)
	written := make(chan int)
	go func() { // one after another, as long as the rotation lasts
		n := earlier
		for ; writing.Err() == nil; n++ {
			w.sim.AddUser(newcomer(n))
			if err := (writer{w.sim, newcomer(n).ID, textOf(n), nil}).report(ctx); err != nil {
				t.Errorf("resident %d: %v", n, err)
			}
		}
		written <- n
	}()
	// A program that does not follow holds up the first half, a value that does not
	// open the second: so every run below ends before its time, whoever is faster.
	w.exec("insert into edge.replicas values (gen_random_uuid(), '" + before.Fingerprint()[:9] + "behind', now() + interval '1 hour')")
	w.exec("insert into ward.invites (hash, ward_id, role, name, expires_at) select '\\x00', 1, 'officer', set_byte(name, 20, get_byte(name, 20) # 1), now() + interval '1 day' from ward.staff limit 1")
	if out, code := w.rotateUntil("1/5", syscall.SIGKILL); code == 0 || !strings.Contains(out, "1/5") {
		t.Errorf("killed: %d\n%s", code, out)
	}
	if out, code := w.rotateUntil("2 of 3 running programs have the keys", syscall.SIGINT); code != 1 || !strings.Contains(out, "nothing is lost, go on with: tinbao keys rotate") {
		t.Errorf("interrupted: %d\n%s", code, out)
	}
	if f, err := vault.Load(w.settings.Keys, openedKEK(t, w.settings.KEK)); err != nil || !f.Added() || f.Promoted() {
		t.Errorf("new keys are in use although a program does not know them: %v", err)
	}
	w.exec("delete from edge.replicas where keys like '%behind'")
	for _, stage := range []string{"going on", "2/5", "3/5", " 3 values", " 2 values", " 9 values", "4/5"} {
		out, code := w.rotateUntil(stage, syscall.SIGKILL)
		t.Logf("killed at %q: %d, said %v", stage, code, strings.Contains(out, stage))
		if code == 0 {
			t.Errorf("finished although a value does not open\n%s", out)
		}
	}
	if out, code := w.rotateUntil("", 0); code != 1 || !strings.Contains(out, "1 values do not open under the key they name") || !strings.Contains(out, "--leave-damaged") {
		t.Errorf("%d\n%s", code, out)
	}
	if out, code := command(t, w.environment(), "doctor"); !strings.Contains(out, "a rotation is not finished; go on with: tinbao keys rotate") {
		t.Errorf("%d %s", code, out)
	}
	w.exec("delete from ward.invites where hash = '\\x00'")
	out, code := w.rotateUntil("", 0)
	if code != 0 || !strings.Contains(out, "5/5 5 former keys are out of the key file") {
		t.Errorf("%d %s", code, out)
	}
	t.Log(out)
	stop()
	reported := <-written
	w.settle()
	w.receiptIsFound(ctx, cast["an"].ID, receipt)
	everyReportOnce(t, w.app.store, reported)
	w.anchored()
	if out, code := command(t, w.environment(), "verify-audit"); code != 0 {
		t.Errorf("%d %s", code, out)
	}
	if out, _ := command(t, w.environment(), "doctor"); !strings.Contains(out, "✓ keys       fit") {
		t.Error(out)
	}
	after, err := vault.Load(w.settings.Keys, openedKEK(t, w.settings.KEK))
	if err != nil || after.Fingerprint() == before.Fingerprint() || len(after.Former().All()) != 0 {
		t.Errorf("the key file is not what it should be: %v", err)
	}
	for _, column := range []string{"edge.updates.payload", "edge.chats.draft", "edge.outbox.payload", "ward.staff.name", "casework.cases.case_key", "casework.routes.sealed"} {
		i := strings.LastIndex(column, ".")
		n := query[int](t, w.settings.DatabaseURL, fmt.Sprintf("select count(*)::int from %s where substr(%s, 1, 5) in (select prefix from edge.retired_keys)", column[:i], column[i+1:]))
		if n[0] != 0 {
			t.Errorf("%s: %d values are under a former key", column, n[0])
		}
	}
	if err := replica.end(syscall.SIGTERM); err != nil {
		t.Errorf("the second program did not end well: %v", err)
	}
	w.restart() // and with the file alone
	w.settle()
	w.receiptIsFound(ctx, cast["binh"].ID, receipt)
	w.leaks()
	t.Logf("%d reports", reported)
}

// exec does something to the database as its owner.
func (w *town) exec(sql string) {
	w.t.Helper()
	query[int](w.t, w.settings.DatabaseURL, "with x as ("+sql+" returning 1) select count(*)::int from x")
}

// receiptIsFound looks a receipt up from any phone.
func (w *town) receiptIsFound(ctx context.Context, user int64, receipt string) {
	w.t.Helper()
	for _, say := range []string{"/huy", "/tracuu", receipt} {
		if _, err := w.sim.SendText(user, say); err != nil {
			w.t.Fatal(err)
		}
		w.settle()
	}
	if m, ok := w.sim.LastMessage(user); !ok || !strings.Contains(m.Text, "Tình trạng") && !strings.Contains(m.Text, "Status") {
		w.t.Errorf("the receipt is not found: %q", m.Text)
	}
}

func openedKEK(t *testing.T, name string) *vault.KEK {
	t.Helper()
	kek, err := vault.OpenKEK(name)
	if err != nil {
		t.Fatal(err)
	}
	return kek
}

// A rotation beside another, without a database, or with a foreign batch size is
// refused and changes nothing.
func TestRotationsThatAreRefused(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	before, err := os.ReadFile(w.settings.Keys)
	if err != nil {
		t.Fatal(err)
	}
	err = w.app.store.AloneRotating(t.Context(), func(context.Context) error {
		if out, code := command(t, w.environment(), "keys", "rotate"); code != 1 || !strings.Contains(out, "another rotation of this database runs") {
			t.Errorf("%d %s", code, out)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if out, code := command(t, append(w.environment(), "DATABASE_URL=postgres:///x?host="+t.TempDir()), "keys", "rotate"); code != 1 || !strings.Contains(out, "DATABASE_URL") {
		t.Errorf("%d %s", code, out)
	}
	if out, code := command(t, w.environment(), "keys", "rotate", "--batch", "0"); code != exitSetting {
		t.Errorf("%d %s", code, out)
	}
	after, err := os.ReadFile(w.settings.Keys)
	if err != nil || string(after) != string(before) {
		t.Error("a refused rotation changed the key file", err)
	}
}

// The wrapping of a running installation is changed: the program goes on, and the
// next start needs the new key.
func TestRewrapCommand(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	to := "file:" + filepath.Join(t.TempDir(), "new", "kek")
	out, code := command(t, w.environment(), "keys", "rewrap", "--to", to)
	if code != 0 || !strings.Contains(out, "TINBAO_KEK="+to) || !strings.Contains(out, "keep it apart") {
		t.Fatalf("%d %s", code, out)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if err := (writer{w.sim, cast["an"].ID, textOf(0), nil}).report(ctx); err != nil {
		t.Error(err)
	}
	if out, code := command(t, w.environment(), "doctor"); code != exitSetting || !strings.Contains(out, "TINBAO_KEK must name the key it was wrapped with") {
		t.Errorf("%d %s", code, out)
	}
	w.settings.KEK = to
	w.restart()
	w.settle()
	everyReportOnce(t, w.app.store, 1)
	beside := "file:" + filepath.Join(filepath.Dir(w.settings.Keys), "kek")
	if out, code := command(t, w.environment(), "keys", "rewrap", "--to", beside); code != 0 {
		t.Fatal(out)
	}
	w.settings.KEK = beside
	if out, _ := command(t, w.environment(), "doctor"); !strings.Contains(out, "! keys") || !strings.Contains(out, "lies in the folder of the key file") {
		t.Error(out)
	}
}

// A key file of version 1 is refused by every command with what mends it.
func TestKeyFileInClear(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	w.stop()
	raw, err := json.Marshal(map[string]any{"tinbao_keys": 1, "keysets": map[string][]byte{}})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(w.settings.Keys, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"serve"}, {"doctor"}, {"verify-audit"}, {"keys", "rotate"}} {
		out, code := command(t, w.environment(), args...)
		if code != exitSetting || !strings.Contains(out, "TINBAO_KEYS: the key file holds the keysets in clear; wrap them with: tinbao keys rewrap") {
			t.Errorf("%v: %d %s", args, code, out)
		}
	}
	if out, code := command(t, w.environment(), "keys", "rewrap"); code != exitSetting || !strings.Contains(out, "missing or damaged") {
		t.Errorf("half a file was wrapped: %d %s", code, out)
	}
}
