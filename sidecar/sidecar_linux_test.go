package sidecar_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/redis/go-redis/v9"
	"go.uber.org/goleak"

	"tinbao/sidecar"
)

// parentVar makes the test binary play the program that is killed.
const parentVar = "SIDECAR_TEST_PARENT_DIR"

func TestMain(m *testing.M) {
	if dir := os.Getenv(parentVar); dir != "" {
		playParent(dir)
		return
	}
	goleak.VerifyTestMain(m)
}

// playParent starts both servers, tells their processes, and waits to be killed.
func playParent(dir string) {
	s, err := sidecar.Start(context.Background(), sidecar.Options{Dir: dir, Postgres: true, Redis: true})
	if err != nil {
		fmt.Println("failed:", err)
		os.Exit(1)
	}
	fmt.Println(s.PostgresPID(), s.RedisPID())
	time.Sleep(time.Hour) // it is killed long before
}

// dataDir is a folder the servers' account can reach, unlike t.TempDir's.
func dataDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "sidecar-test-")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o711); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return filepath.Join(dir, "data")
}

func start(t *testing.T, o sidecar.Options) *sidecar.Servers {
	t.Helper()
	s, err := sidecar.Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stop(t, s) })
	return s
}

func stop(t *testing.T, s *sidecar.Servers) {
	t.Helper()
	if err := s.Stop(); err != nil {
		t.Error(err)
	}
	for _, pid := range []int{s.PostgresPID(), s.RedisPID()} {
		if pid != 0 && alive(pid) {
			t.Errorf("process %d lives on after Stop", pid)
		}
	}
}

// alive tells a zombie, which nobody may have collected yet, from a process.
func alive(pid int) bool {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return false
	}
	_, state, _ := strings.Cut(string(b), ") ")
	return !strings.HasPrefix(state, "Z")
}

func connect(t *testing.T, s *sidecar.Servers) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), s.DatabaseURL())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) }) // may be closed already
	return conn
}

func setting(t *testing.T, conn *pgx.Conn, name string) string {
	t.Helper()
	var v string
	if err := conn.QueryRow(t.Context(), "show "+name).Scan(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

func redisClient(t *testing.T, s *sidecar.Servers) *redis.Client {
	t.Helper()
	o, err := redis.ParseURL(s.RedisURL())
	if err != nil {
		t.Fatal(err)
	}
	c := redis.NewClient(o)
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

func TestServersAnswerOnPrivateSocketsOnly(t *testing.T) {
	// Variables that pgx or Postgres would follow must not lead elsewhere.
	t.Setenv("PGPORT", "1")
	t.Setenv("PGHOST", "/nowhere")
	t.Setenv("PGDATA", "/nowhere")
	s := start(t, sidecar.Options{Postgres: true, Redis: true, Fast: true})
	conn := connect(t, s)
	for name, want := range map[string]string{
		"listen_addresses": "", "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off",
		"max_connections": "200", "server_encoding": "UTF8", "data_directory_mode": "0700", "log_statement": "none",
	} {
		if got := setting(t, conn, name); got != want {
			t.Errorf("%s = %q, want %q", name, got, want)
		}
	}
	var who, where string
	if err := conn.QueryRow(t.Context(), "select current_user, current_database()").Scan(&who, &where); err != nil {
		t.Fatal(err)
	}
	if who != "tinbao" || where != "tinbao" {
		t.Errorf("connected as %s to %s", who, where)
	}
	c := redisClient(t, s)
	if err := c.Set(t.Context(), "k", "v", time.Minute).Err(); err != nil {
		t.Fatal(err)
	}
	if port := c.ConfigGet(t.Context(), "port").Val()["port"]; port != "0" {
		t.Errorf("Redis listens on port %s", port)
	}
	socket := redisClient(t, s).Options().Addr
	info, err := os.Stat(filepath.Dir(socket))
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o700 {
		t.Errorf("the folder of the sockets has mode %v", info.Mode())
	}
	dir := filepath.Dir(socket)
	stop(t, s)
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the temporary folder is left: %v", err)
	}
}

func TestChildrenSeeNoSecretAndNoRoot(t *testing.T) {
	const canary = "canary-token-1234"
	t.Setenv("TINBAO_TELEGRAM_TOKEN", canary)
	s := start(t, sidecar.Options{Postgres: true, Redis: true, Fast: true})
	for _, pid := range []int{s.PostgresPID(), s.RedisPID()} {
		env, err := os.ReadFile(fmt.Sprintf("/proc/%d/environ", pid))
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(env), canary) {
			t.Errorf("process %d sees the token", pid)
		}
		info, err := os.Stat(fmt.Sprintf("/proc/%d", pid))
		if err != nil {
			t.Fatal(err)
		}
		if st, ok := info.Sys().(*syscall.Stat_t); !ok || st.Uid == 0 {
			t.Errorf("process %d runs as root", pid)
		}
	}
}

func TestRestartKeepsData(t *testing.T) {
	o := sidecar.Options{Dir: dataDir(t), Postgres: true, Redis: true}
	s := start(t, o)
	conn := connect(t, s)
	if got := setting(t, conn, "fsync"); got != "on" {
		t.Errorf("fsync = %s without Fast", got)
	}
	if _, err := conn.Exec(t.Context(), "create table kept as select 42 as n"); err != nil {
		t.Fatal(err)
	}
	if err := redisClient(t, s).Set(t.Context(), "kept", "42", 0).Err(); err != nil {
		t.Fatal(err)
	}
	stop(t, s)

	s = start(t, o)
	var n int
	if err := connect(t, s).QueryRow(t.Context(), "select n from kept").Scan(&n); err != nil || n != 42 {
		t.Errorf("the table holds %d, %v", n, err)
	}
	if v, err := redisClient(t, s).Get(t.Context(), "kept").Result(); err != nil || v != "42" {
		t.Errorf("Redis holds %q, %v", v, err)
	}
}

func TestFolderInUseIsRefused(t *testing.T) {
	o := sidecar.Options{Dir: dataDir(t), Redis: true, Fast: true}
	start(t, o)
	_, err := sidecar.Start(t.Context(), o)
	if !errors.Is(err, sidecar.ErrInUse) || !strings.Contains(err.Error(), fmt.Sprint(os.Getpid())) {
		t.Errorf("a second start: %v", err)
	}
}

func TestFolderOfOthersIsRefused(t *testing.T) {
	dir := dataDir(t)
	if err := os.MkdirAll(filepath.Join(dir, "thesis"), 0o755); err != nil {
		t.Fatal(err)
	}
	_, err := sidecar.Start(t.Context(), sidecar.Options{Dir: dir, Redis: true})
	if err == nil || !strings.Contains(err.Error(), "thesis") {
		t.Errorf("a folder with other things: %v", err)
	}
}

func TestUnreachableOrLongFolder(t *testing.T) {
	hidden := dataDir(t)
	if err := os.MkdirAll(hidden, 0o700); err != nil {
		t.Fatal(err)
	}
	deep := filepath.Join(dataDir(t), strings.Repeat("d", 90), "data")
	odd := dataDir(t) + `, "x y"`
	for name, dir := range map[string]string{"unreachable": filepath.Join(hidden, "data"), "long": deep, "odd": odd} {
		t.Run(name, func(t *testing.T) {
			o := sidecar.Options{Dir: dir, Postgres: true, Redis: true, Fast: true}
			var socket string
			for range 2 { // the second start finds the same folders again
				s := start(t, o)
				if err := connect(t, s).Ping(t.Context()); err != nil {
					t.Fatal(err)
				}
				c := redisClient(t, s)
				if socket != "" && c.Options().Addr != socket {
					t.Errorf("the second start uses %s, the first %s", c.Options().Addr, socket)
				}
				socket = c.Options().Addr
				stop(t, s)
			}
			if filepath.Dir(socket) != dir {
				t.Cleanup(func() { _ = os.RemoveAll(filepath.Dir(socket)) })
			}
		})
	}
}

func TestStaleFilesDoNotPreventStart(t *testing.T) {
	o := sidecar.Options{Dir: dataDir(t), Postgres: true, Redis: true, Fast: true}
	s := start(t, o)
	stop(t, s)
	// A process that lives, is of the same account and is no Postgres: Postgres
	// itself refuses to start beside such a file.
	other := exec.Command("sleep", "600")
	data := filepath.Join(o.Dir, "pg")
	info, err := os.Stat(data)
	if err != nil {
		t.Fatal(err)
	}
	if st, ok := info.Sys().(*syscall.Stat_t); ok && os.Geteuid() == 0 {
		other.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: st.Uid, Gid: st.Gid}}
	}
	other.Dir = "/"
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = other.Process.Kill()
		_ = other.Wait()
	})
	pid := fmt.Sprintf("%d\n%s\n1\n5432\n/tmp\n\n  1 1\nready\n", other.Process.Pid, data)
	for _, name := range []string{"pg/postmaster.pid", ".s.PGSQL.5432.lock"} {
		if err := os.WriteFile(filepath.Join(o.Dir, name), []byte(pid), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(o.Dir, "pg.new"), 0o700); err != nil { // an initdb that was killed
		t.Fatal(err)
	}
	l, err := net.Listen("unix", filepath.Join(o.Dir, "redis.sock"))
	if err != nil {
		t.Fatal(err)
	}
	l.(*net.UnixListener).SetUnlinkOnClose(false)
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	s = start(t, o)
	if err := connect(t, s).Ping(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestChildrenEndWithAKilledParent(t *testing.T) {
	dir := dataDir(t)
	parent := exec.Command(os.Args[0], "-test.run=^$")
	parent.Env = append(os.Environ(), parentVar+"="+dir)
	parent.Stderr = os.Stderr
	out, err := parent.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := parent.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	var pg, rd int
	if _, err := fmt.Sscan(line, &pg, &rd); err != nil {
		_ = parent.Process.Kill()
		t.Fatalf("the parent says %q: %v", line, err)
	}
	if !alive(pg) || !alive(rd) {
		t.Error("the servers do not run")
	}
	if err := parent.Process.Kill(); err != nil { // SIGKILL: no code of ours runs any more
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, out)
	_ = parent.Wait() // killed, as was meant

	// At once: Start waits for the orphans to end, whichever way that is timed.
	s := start(t, sidecar.Options{Dir: dir, Postgres: true, Redis: true, Fast: true})
	if alive(pg) || alive(rd) {
		t.Error("the killed parent's servers live on")
	}
	if err := connect(t, s).Ping(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestMissingProgramsNameThePackage(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, err := sidecar.Start(t.Context(), sidecar.Options{Redis: true})
	if !errors.Is(err, sidecar.ErrMissing) || !strings.Contains(err.Error(), "apt-get install -y redis-server") {
		t.Errorf("without redis-server: %v", err)
	}
	t.Setenv("TINBAO_PG_BIN", t.TempDir())
	_, err = sidecar.Start(t.Context(), sidecar.Options{Postgres: true})
	if err == nil || !strings.Contains(err.Error(), "TINBAO_PG_BIN") {
		t.Errorf("with a wrong folder of programs: %v", err)
	}
}

func TestStartObeysItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := sidecar.Start(ctx, sidecar.Options{Postgres: true, Redis: true, Fast: true})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("a start that was called off: %v", err)
	}
}
