package main

import (
	"bytes"
	"errors"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"tinbao/internal/testservers"
	"tinbao/telegramsim"
	"tinbao/vault"
)

// command runs the program as a person would and gives what it printed and its
// exit code. env is everything the program sees of the environment.
func command(t *testing.T, env []string, args ...string) (out string, code int) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], args...)
	cmd.Env = append([]string{childMark + "=1", "PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir()}, env...)
	var buf bytes.Buffer
	cmd.Stdout, cmd.Stderr = &buf, &buf
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return buf.String(), cmd.ProcessState.ExitCode()
}

// A wrong or missing setting is one line that names it and the mend, and code 2.
func TestWrongSettings(t *testing.T) {
	t.Parallel()
	keys := filepath.Join(t.TempDir(), "keys.json")
	kek := "file:" + filepath.Join(t.TempDir(), "kek")
	if out, code := command(t, nil, "keys", "new", "--kek", kek, keys); code != 0 || !strings.Contains(out, "keep it apart") {
		t.Fatal(out)
	}
	strange := "file:" + filepath.Join(t.TempDir(), "kek")
	if _, err := vault.EnsureKEK(strange); err != nil {
		t.Fatal(err)
	}
	good := map[string]string{
		"DATABASE_URL": "postgres://u@localhost/x", "TINBAO_KEYS": keys, "TINBAO_TELEGRAM_TOKEN": "123456:abc",
		"TINBAO_HTTP_ADDR": "127.0.0.1:0", "TINBAO_KEK": kek,
	}
	for _, c := range []struct{ name, value, want string }{
		{"DATABASE_URL", "", "DATABASE_URL: is missing"},
		{"DATABASE_URL", "mysql://x", "DATABASE_URL: is not an address"},
		{"TINBAO_KEYS", "", "tinbao keys new"},
		{"TINBAO_KEYS", filepath.Join(t.TempDir(), "none"), "no such file"},
		{"TINBAO_KEK", "", "TINBAO_KEK: is missing"},
		{"TINBAO_KEK", "file:/none/kek", "TINBAO_KEK: there is no such file"},
		{"TINBAO_KEK", "env:TINBAO_NONE", "openssl rand"},
		{"TINBAO_KEK", strange, "TINBAO_KEK must name the key it was wrapped with"},
		{"TINBAO_TELEGRAM_TOKEN", "", "@BotFather"},
		{"TINBAO_TELEGRAM_TOKEN", "hello world", "does not look like a token"},
		{"TINBAO_TELEGRAM_TOKEN_FILE", "/none", "TINBAO_TELEGRAM_TOKEN_FILE: cannot be read"},
		{"TINBAO_TELEGRAM_API", "telegram", "TINBAO_TELEGRAM_API: want an address"},
		{"TINBAO_PROXY", "ftp://x", "TINBAO_PROXY: want http://host:port or socks5://host:port"},
		{"REDIS_URL", "http://x", "REDIS_URL: is not an address"},
		{"TINBAO_DESTROYED", filepath.Join(t.TempDir(), "none", "list"), "TINBAO_DESTROYED: cannot be opened"},
		{"TINBAO_WARD", "0", "TINBAO_WARD: must be"},
		{"TINBAO_SEND_RATE", "0", "TINBAO_SEND_RATE"},
		{"TINBAO_MODE", "push", `TINBAO_MODE: is "push"`},
		{"TINBAO_DRAIN_SECONDS", "301", "TINBAO_DRAIN_SECONDS: must be"},
		{"TINBAO_TRACES", "127.0.0.1:4318", "TINBAO_TRACES: is not an address"},
		{"TINBAO_HTTP_ADDR", "256.0.0.1:x", "TINBAO_HTTP_ADDR: cannot be opened"},
	} {
		env := []string{}
		for name, value := range good {
			if name != c.name {
				env = append(env, name+"="+value)
			}
		}
		out, code := command(t, append(env, c.name+"="+c.value), "serve")
		if code != exitSetting || !strings.Contains(out, c.want) || strings.Count(strings.TrimSpace(out), "\n") > 0 {
			t.Errorf("%s=%q: code %d, %q; want one line with %q", c.name, c.value, code, out, c.want)
		}
	}
	env := []string{}
	for name, value := range good {
		env = append(env, name+"="+value)
	}
	if out, code := command(t, append(env, "TINBAO_MODE=webhook"), "serve"); code != exitSetting || !strings.Contains(out, "TINBAO_WEBHOOK_URL") {
		t.Errorf("webhook without an address: %d %s", code, out)
	}
	if out, code := command(t, nil, "keys", "new", "--kek", "file:"+keys+".kek", keys); code != exitSetting || !strings.Contains(out, "never written over") {
		t.Errorf("keys written over: %d %s", code, out)
	}
}

// From nothing to the first account, as the manual says.
func TestSettingUpAWard(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	base := testservers.Database(t)
	u, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	name := strings.TrimPrefix(u.Path, "/") + "_fresh"
	conn, err := pgx.Connect(t.Context(), base)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if _, err := conn.Exec(t.Context(), "create database "+name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		c, err := pgx.Connect(t.Context(), w.settings.DatabaseURL)
		if err == nil {
			defer c.Close(t.Context())
			c.Exec(t.Context(), "drop database "+name+" with (force)")
		}
	})
	u.Path = "/" + name
	dir := t.TempDir()
	env := []string{
		"DATABASE_URL=" + u.String(), "TINBAO_KEYS=" + filepath.Join(dir, "keys.json"), "TINBAO_TELEGRAM_TOKEN=" + testToken,
		"TINBAO_TELEGRAM_API=" + w.telegram.URL, "REDIS_URL=" + w.settings.RedisURL, "TINBAO_KEK=file:" + filepath.Join(t.TempDir(), "kek"),
	}
	run := func(want int, args ...string) string {
		t.Helper()
		out, code := command(t, env, args...)
		if code != want {
			t.Errorf("%v: code %d\n%s", args, code, out)
		}
		return out
	}
	run(0, "keys", "new")
	if out := run(1, "doctor"); !strings.Contains(out, "run: tinbao migrate") {
		t.Error(out)
	}
	if out := run(exitSetting, "serve"); !strings.Contains(out, "run: tinbao migrate") {
		t.Error(out)
	}
	run(0, "migrate")
	run(0, "migrate")
	file := filepath.Join(dir, "ward.json")
	if err := os.WriteFile(file, []byte(`{"name":"phường Yên Nghĩa","hamlets":["Tổ 1"],"phones":{"police":"113"}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	run(0, "ward", file)
	if err := os.WriteFile(file, []byte(`{"name":"x","phones":{"polise":"1"}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if out := run(exitSetting, "ward", file); !strings.Contains(out, "polise") {
		t.Error(out)
	}
	for wrong, want := range map[string]string{
		`{"address":"x"}`:                `needs a "name" for body 1`,
		`{"name":"x","for":["x"]}`:       `is for "x"`,
		`{"name":"x","link":"script:x"}`: "no address of a page",
		`{"name":"x","telephone":"1"}`:   "telephone",
	} {
		if err := os.WriteFile(file, []byte(`{"name":"x","bodies":[`+wrong+`]}`), 0o600); err != nil {
			t.Fatal(err)
		}
		if out := run(exitSetting, "ward", file); !strings.Contains(out, want) {
			t.Error(out)
		}
	}
	out := run(0, "staff", "invite", "--role", "admin", "--name", "Anh Tâm", "--png", filepath.Join(dir, "qr.png"))
	if !strings.Contains(out, "https://t.me/tinbao_demo_bot?start=") || !strings.Contains(out, "█") {
		t.Error(out)
	}
	if info, err := os.Stat(filepath.Join(dir, "qr.png")); err != nil || info.Size() == 0 {
		t.Error("no picture", err)
	}
	if out := run(exitSetting, "staff", "invite", "--role", "boss", "--name", "x"); !strings.Contains(out, "officer") {
		t.Error(out)
	}
	if out := run(0, "doctor"); strings.Contains(out, "✗") || !strings.Contains(out, "✓ token      @tinbao_demo_bot") {
		t.Error(out)
	}
	opened, err := pgx.Connect(t.Context(), u.String())
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close(t.Context())
	if _, err := opened.Exec(t.Context(), "create policy open on casework.cases to tinbao_police using (true)"); err != nil {
		t.Fatal(err)
	}
	if out := run(1, "doctor"); !strings.Contains(out, "✗ catalogue  1 things") || !strings.Contains(out, "is there: policy open on casework.cases") {
		t.Error(out)
	}
	if _, err := opened.Exec(t.Context(), "drop policy open on casework.cases"); err != nil {
		t.Fatal(err)
	}
	if out := run(0, "verify-audit"); !strings.Contains(out, "0 cases, 0 rows, 0 anchors checked") {
		t.Error(out)
	}
	w.sim.SetFault(telegramsim.Fault{Kind: telegramsim.Unauthorized, Method: "getMe"})
	if out := run(1, "doctor"); !strings.Contains(out, "✗ token") || strings.Contains(out, testToken) {
		t.Error(out)
	}
	w.sim.ClearFaults()
	other := filepath.Join(dir, "other.json")
	run(0, "keys", "new", other)
	env[1] = "TINBAO_KEYS=" + other
	run(0, "doctor") // no account yet: other keys harm nothing
}

// A row that was changed is found, named, and fails the check.
func TestVerifyAuditCommand(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	if err := (writer{w.sim, cast["an"].ID, textOf(1), nil}).report(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.settle()
	w.clock.pass(time.Hour)
	if err := (&anchor{app: w.app}).Work(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	w.settle()
	m, _ := w.sim.LastMessage(cast["khoi"].ID)
	code := anchorForm.FindString(m.Text)
	out, exit := command(t, w.environment(), "verify-audit")
	if exit != 0 || code == "" || !strings.Contains(out, code) || !strings.Contains(out, "1 cases, 1 rows, 1 anchors checked") {
		t.Errorf("%d %s; the leader has %q", exit, out, m.Text)
	}
	query[int](t, w.settings.DatabaseURL, "update casework.cases set head = '\\x00' returning 1")
	if out, exit := command(t, w.environment(), "verify-audit"); exit != 1 || !strings.Contains(out, "✗ PA-26-0001: the last rows are missing or were changed") {
		t.Errorf("%d %s", exit, out)
	}
}

// A dry run tells what is due and changes nothing; the job does it, and says so to the
// leader, after the staff were warned.
func TestRetentionCommand(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	if err := (writer{w.sim, cast["an"].ID, textOf(1), nil}).report(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.settle()
	if _, err := w.sim.SendText(cast["hoa"].ID, "/ngoai 1 empty ok"); err != nil {
		t.Fatal(err)
	}
	w.settle()
	// The command goes by the machine's clock, so the end is moved and not the clock.
	query[int](t, w.settings.DatabaseURL, "update casework.cases set ended_at = now() - interval '85 days' returning 1")
	w.clock.real()
	out, exit := command(t, w.environment(), "retention")
	if exit != 0 || !strings.Contains(out, "report due now: 0 ways back, 0 files, 0 cases; within a week: 1, 0, 0") {
		t.Errorf("%d %s", exit, out)
	}
	newest := func(who string) string {
		w.settle()
		m, _ := w.sim.LastMessage(cast[who].ID)
		return m.Text
	}
	if err := (&warn{app: w.app}).Work(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if got := newest("hoa"); !strings.Contains(got, "1 liên lạc với người gửi") {
		t.Errorf("not warned: %q", got)
	}
	query[int](t, w.settings.DatabaseURL, "update casework.cases set ended_at = now() - interval '91 days' returning 1")
	if out, _ = command(t, w.environment(), "retention"); !strings.Contains(out, "report due now: 1 ways back") {
		t.Error(out)
	}
	if n := query[int64](t, w.settings.DatabaseURL, "select count(*) from casework.routes")[0]; n != 1 {
		t.Error("a dry run removed something")
	}
	if err := (&retain{app: w.app}).Work(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if got := newest("khoi"); !strings.Contains(got, "Đã xóa theo thời hạn lưu giữ: 1 liên lạc với người gửi") {
		t.Errorf("no report of it: %q", got)
	}
	if out, exit := command(t, w.environment(), "retention", "--run"); exit != 0 || !strings.Contains(out, "removed: 0 ways back, 0 files, 0 cases") {
		t.Errorf("%d %s", exit, out)
	}
}

var anchorForm = regexp.MustCompile(`([0-9a-f]{4}-){4}[0-9a-f]{4}`)

// Updates that cannot be handled are set aside and listed.
func TestDoctorListsPoison(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	w.stop()
	if err := w.poison(); err != nil {
		t.Fatal(err)
	}
	env := w.environment()
	out, code := command(t, env, "doctor")
	if code != 1 || !strings.Contains(out, "777001: 5 attempts, internal") {
		t.Errorf("%d %s", code, out)
	}
	if out, _ := command(t, env, "doctor", "--retry"); !strings.Contains(out, "1 updates will be tried again") {
		t.Error(out)
	}
	w.start()
}

// poison writes down an update that was damaged and failed five times.
func (w *town) poison() error {
	conn, err := pgx.Connect(w.t.Context(), w.settings.DatabaseURL)
	if err != nil {
		return err
	}
	defer conn.Close(w.t.Context())
	_, err = conn.Exec(w.t.Context(), `insert into edge.updates (bot_id, update_id, ward_id, state, lane, payload, attempts, fault, not_before, kept_at)
		values (424242, 777001, 1, 'set_aside', '\x00', '\x00', 5, 'internal', now(), now())`)
	return err
}

func TestHealthcheckCommand(t *testing.T) {
	t.Parallel()
	if out, code := command(t, []string{"TINBAO_HTTP_ADDR=" + freeAddress(t)}, "healthcheck"); code != 1 || !strings.Contains(out, "no answer") {
		t.Errorf("%d %s", code, out)
	}
	w := newTownOn(t, testservers.Database(t), testservers.Redis(t), webhook)
	if out, code := command(t, []string{"TINBAO_HTTP_ADDR=" + w.settings.HTTPAddr}, "healthcheck"); code != 0 {
		t.Error(out)
	}
}
