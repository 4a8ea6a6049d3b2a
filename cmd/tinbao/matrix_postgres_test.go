package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"tinbao/internal/testservers"
	"tinbao/sidecar"
	"tinbao/storage"
)

// postgresRows take Postgres away, or let it refuse work, in the middle of reports.
var postgresRows = []fault{
	{name: "Postgres restarts", place: ownPostgres, run: func(y *yard) {
		y.ready()
		y.away("Postgres was away", func() { y.servers.stop(y.t) }, func() {
			for path, want := range map[string]int{"/readyz": http.StatusServiceUnavailable, "/healthz": http.StatusOK} {
				if got := status(y.ctx, "http://"+y.http+path); got != want {
					y.t.Errorf("%s says %d while Postgres is away, want %d", path, got, want)
				}
			}
			y.servers.start(y.t)
		})
	}},
	{name: "Postgres is killed", place: ownPostgres, run: func(y *yard) {
		y.away("Postgres was away", func() { y.servers.kill(y.t) }, func() { y.servers.start(y.t) })
	}},
	{name: "Postgres fails over to a standby", place: ownPostgres, setup: func(y *yard) {
		y.standby()
	}, run: func(y *yard) {
		y.away("Postgres was away", func() { y.servers.kill(y.t) }, func() { y.promote() })
	}},
	{name: "Postgres has no connections left", place: ownPostgres, run: func(y *yard) {
		var eaters []*pgx.Conn
		defer func() {
			for _, c := range eaters {
				c.Close(context.Background())
			}
		}()
		y.away("connections were cut", func() {
			eaters = y.eat()
		}, func() {
			for _, c := range eaters {
				c.Close(context.Background())
			}
			eaters = nil
		})
	}},
	{name: "Postgres' disk is full", place: smallDisk, run: func(y *yard) {
		y.away("Postgres was away", func() {
			conn := y.connect()
			defer conn.Close(context.Background())
			y.servers.fill(y.t)
			for range 3 { // what is left of its journal and in its files is used up
				for ended := false; !ended; {
					_, err1 := conn.Exec(y.ctx, "create table if not exists matrix_filler (x int); insert into matrix_filler select generate_series(1, 1000)")
					_, err2 := conn.Exec(y.ctx, "select pg_switch_wal()")
					ended = err1 != nil || err2 != nil
				}
				y.servers.fill(y.t)
			}
		}, func() { y.servers.empty(y.t) })
	}},
	{name: "Postgres says that its disk is full", run: refusing("53100", 4)},
	{name: "Postgres cannot serialize", run: refusing("40001", 4)},
	{name: "Postgres finds a deadlock", run: func(y *yard) {
		before := y.deadlocks()
		conn := y.connect()
		defer conn.Close(context.Background())
		do := func(sql string) error { _, err := conn.Exec(y.ctx, sql); return err }
		y.telling(2)
		for y.deadlocks() == before {
			if y.ctx.Err() != nil {
				y.t.Fatal("never a deadlock")
			}
			// The program is the one that finds it: this side waits longer before it looks.
			if err := errors.Join(do("set deadlock_timeout = '1h'"), do("set statement_timeout = '4s'"), do("begin"), do("lock table casework.counters in share mode")); err != nil {
				y.t.Fatal(err)
			}
			y.until("in the middle of a report", func() bool { return y.asked(y.ctx, waitingForLocks) > 0 })
			_ = do("lock table edge.updates in exclusive mode") // fails when the program did not look in time: once more
			if err := do("rollback"); err != nil {
				y.t.Fatal(err)
			}
		}
	}},
	{name: "Postgres takes no writing", setup: (*yard).throughRelay, run: func(y *yard) {
		u, err := url.Parse(y.direct)
		if err != nil {
			y.t.Fatal(err)
		}
		name := strings.TrimPrefix(u.Path, "/")
		y.awayUntil("read-only transaction", "writing was refused", func() {
			y.sql("alter database "+name+" set default_transaction_read_only = on", othersEnd)
		}, func() {
			y.sql("set default_transaction_read_only = off", "alter database "+name+" reset default_transaction_read_only", othersEnd)
		})
	}},
	{name: "Postgres ends sessions while the program starts", run: func(y *yard) {
		y.end()
		y.serve()
		y.sql(listenersEnd)
	}},
	{name: "Postgres ends every session", run: func(y *yard) {
		done := y.telling(3)
		ended := make(chan struct{})
		go func() { done(); close(ended) }()
		from := time.Now()
		for {
			y.sql(othersEnd)
			select {
			case <-ended:
			case <-time.After(200 * time.Millisecond):
				if time.Since(from) < 3*time.Second {
					continue
				}
			}
			break
		}
		y.because("sessions were ended", from)
	}},
	{name: "Postgres is slow", setup: (*yard).throughRelay, run: func(y *yard) {
		y.postgres.slow(25 * time.Millisecond)
		y.tell(2)
		y.postgres.mend()
	}},
	{name: "the way to Postgres is silent", setup: (*yard).throughRelay, run: func(y *yard) {
		y.away("Postgres was silent", y.postgres.silent, func() { y.postgres.mend(); y.postgres.cut() })
	}},
}

const othersEnd = "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"

// away takes something away while residents tell reports, waits until the program has
// met it, and gives it back.
func (y *yard) away(what string, take, back func()) {
	y.t.Helper()
	y.awayUntil(`"WARN"`, what, take, back)
}

// awayUntil is away that waits for some words in the log.
func (y *yard) awayUntil(sign, what string, take, back func()) {
	y.t.Helper()
	done := y.telling(3)
	from := time.Now()
	take()
	for n := 0; !strings.Contains(y.log.String(), sign); n++ {
		if y.ctx.Err() != nil {
			y.t.Fatalf("never noticed\n%s", y.log)
		}
		if n%50 == 49 { // what is under way may need nothing of what was taken away
			y.telling(1)
		}
		wait(y.ctx, nil, 20*time.Millisecond)
	}
	back()
	done()
	y.because(what, from)
}

// refusing lets the database refuse cases with a code, some times.
func refusing(code string, times int) func(y *yard) {
	return func(y *yard) {
		y.sql("create sequence matrix_refused", fmt.Sprintf(`create function matrix_refuse() returns trigger language plpgsql security definer as $$
			begin
				if nextval('public.matrix_refused') <= %d then
					raise exception 'refused by a test' using errcode = '%s';
				end if;
				return new;
			end $$`, times, code),
			"create trigger matrix_refuse before insert on casework.cases for each row execute function matrix_refuse()")
		y.tell(2)
		if n := y.number("select last_value::int from matrix_refused"); n < times {
			y.t.Errorf("refused %d times", n)
		}
		y.sql("drop trigger matrix_refuse on casework.cases")
	}
}

// deadlocks counts those of the database so far.
func (y *yard) deadlocks() int {
	y.t.Helper()
	return y.number("select deadlocks::int from pg_stat_database where datname = current_database()")
}

// eat takes every connection there is and ends those of the program.
func (y *yard) eat() (eaters []*pgx.Conn) {
	y.t.Helper()
	for { // what it gives up is taken at once
		conn, err := pgx.Connect(y.ctx, y.direct)
		var refused *pgconn.PgError
		if errors.As(err, &refused) && refused.Code == "53300" {
			n := 0
			if err := eaters[0].QueryRow(y.ctx, "select count(*) from (select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tinbao') x").Scan(&n); err != nil {
				y.t.Fatal(err)
			}
			if n == 0 {
				return eaters
			}
			continue
		}
		if err != nil {
			y.t.Fatal(err)
		}
		eaters = append(eaters, conn)
	}
}

// cluster is a Postgres that one row may do anything to.
type cluster struct {
	dir    string
	live   *sidecar.Servers
	disk   string // a small file system that is filled; "" = none
	second *sidecar.Servers
}

func (c *cluster) start(t *testing.T) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	s, err := sidecar.Start(ctx, sidecar.Options{Dir: c.dir, Postgres: true})
	if err != nil {
		t.Fatal(err)
	}
	c.live = s
}

func (c *cluster) stop(t *testing.T) {
	t.Helper()
	if err := c.live.Stop(); err != nil {
		t.Error(err)
	}
}

// kill ends it without any good-bye.
func (c *cluster) kill(t *testing.T) {
	t.Helper()
	if err := syscall.Kill(c.live.PostgresPID(), syscall.SIGKILL); err != nil {
		t.Error(err)
	}
	c.live.Stop() // it is dead
}

// startsAtOnce: making a cluster keeps a core busy.
var startsAtOnce sync.Mutex

// ownPostgres is a yard on a Postgres of its own.
func ownPostgres(t *testing.T) *yard {
	t.Helper()
	return clusterYard(t, &cluster{dir: filepath.Join(t.TempDir(), "servers")})
}

func clusterYard(t *testing.T, c *cluster) *yard {
	t.Helper()
	startsAtOnce.Lock()
	defer startsAtOnce.Unlock()
	c.start(t)
	t.Cleanup(func() {
		c.live.Stop() // it may be dead
		if c.second != nil {
			c.second.Stop() // the same
		}
	})
	address := c.live.DatabaseURL()
	if err := errors.Join(storage.Migrate(t.Context(), address), storage.PutWard(t.Context(), address, testservers.Yen)); err != nil {
		t.Fatal(err)
	}
	y := newYard(t, address, testservers.Redis(t))
	y.servers = c
	return y
}

// standby gives the cluster a second server that follows the first word for word: a
// commit is answered when both have it.
func (y *yard) standby() {
	y.t.Helper()
	u, err := url.Parse(y.direct)
	if err != nil {
		y.t.Fatal(err)
	}
	dir := openFolder(y.t, "standby")
	cmd := exec.CommandContext(y.ctx, postgresProgram(y.t, "pg_basebackup"), "-h", u.Query().Get("host"), "-p", u.Query().Get("port"), "-U", u.User.Username(),
		"-D", filepath.Join(dir, "pg"), "-R", "-X", "stream", "-c", "fast")
	cmd.Env = []string{"PATH=/usr/bin:/bin", "HOME=/", "LC_ALL=C.UTF-8"}
	cmd.Dir = "/"
	if os.Geteuid() == 0 {
		owner, err := user.Lookup("postgres")
		if err != nil {
			y.t.Fatal(err)
		}
		uid, _ := strconv.Atoi(owner.Uid)
		gid, _ := strconv.Atoi(owner.Gid)
		if err := os.Chown(dir, uid, gid); err != nil {
			y.t.Fatal(err)
		}
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		y.t.Fatal(err, string(out))
	}
	if y.servers.second, err = sidecar.Start(y.ctx, sidecar.Options{Dir: dir, Postgres: true}); err != nil {
		y.t.Fatal(err)
	}
	y.sql("alter system set synchronous_standby_names = '*'", "select pg_reload_conf()")
	y.until("followed", func() bool {
		return y.number("select count(*)::int from pg_stat_replication where sync_state = 'sync'") == 1
	})
	second, err := url.Parse(y.servers.second.DatabaseURL())
	if err != nil {
		y.t.Fatal(err)
	}
	y.settings.DatabaseURL = fmt.Sprintf("host=%s,%s port=%s,%s user=%s dbname=%s sslmode=disable target_session_attrs=read-write",
		u.Query().Get("host"), second.Query().Get("host"), u.Query().Get("port"), second.Query().Get("port"), u.User.Username(), strings.TrimPrefix(u.Path, "/"))
}

// promote lets the standby take over.
func (y *yard) promote() {
	y.t.Helper()
	y.direct = y.servers.second.DatabaseURL()
	y.sql("select pg_promote()")
}

// postgresProgram finds one of Postgres' own programs.
func postgresProgram(t *testing.T, name string) string {
	t.Helper()
	if path, err := exec.LookPath(name); err == nil {
		return path
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
	if err != nil || len(found) == 0 {
		t.Fatalf("%s is not installed", name)
	}
	return found[len(found)-1]
}

// openFolder is a folder that the account of the servers can reach, unlike those
// below t.TempDir.
func openFolder(t *testing.T, name string) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "tinbao-"+name+"-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// listenersEnd ends every session for half a second, and for three the sessions that
// listen, with which the jobs begin, as soon as they do.
const listenersEnd = `do $$ begin
	for i in 1 .. 3000 loop
		perform pg_terminate_backend(pid) from pg_stat_activity
		where datname = current_database() and pid <> pg_backend_pid() and (i < 500 or query ilike 'listen%river%');
		perform pg_stat_clear_snapshot(), pg_sleep(0.001);
	end loop;
end $$`

// diskSize is small enough to be filled at once, and enough for a database and some
// of its journal.
const diskSize = 200 << 20

// smallDisk is a yard on a Postgres with a file system of its own. Where none can be
// mounted the row is left to the one in which Postgres says so.
func smallDisk(t *testing.T) *yard {
	t.Helper()
	disk := openFolder(t, "disk")
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, fmt.Sprintf("size=%d,mode=755", diskSize)); err != nil {
		t.Skip("no file system can be mounted here: ", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(disk, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return clusterYard(t, &cluster{dir: filepath.Join(disk, "servers"), disk: disk})
}

// fill leaves no room on the disk.
func (c *cluster) fill(t *testing.T) {
	t.Helper()
	f, err := os.Create(filepath.Join(c.disk, "ballast"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for size := 1 << 20; size >= 1; {
		if _, err := f.Write(make([]byte, size)); errors.Is(err, syscall.ENOSPC) {
			size /= 4
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

// empty makes room again, and starts Postgres when it gave up meanwhile: a recovery that
// began without room fails, and then it ends.
func (c *cluster) empty(t *testing.T) {
	t.Helper()
	if err := os.Remove(filepath.Join(c.disk, "ballast")); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for syscall.Kill(c.live.PostgresPID(), 0) == nil {
		conn, err := pgx.Connect(ctx, c.live.DatabaseURL())
		if err == nil {
			conn.Close(ctx)
			return
		}
		if ctx.Err() != nil {
			t.Fatal("Postgres neither works again nor ended: ", err)
		}
		wait(ctx, nil, 50*time.Millisecond)
	}
	c.live.Stop() // it is dead
	c.start(t)
	t.Log("Postgres had ended and was started again")
}
