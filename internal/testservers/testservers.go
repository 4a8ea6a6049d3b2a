// Package testservers gives tests a real Postgres and a real Redis: one private
// pair a test program, started at the first need, and a fresh migrated database
// for every test that asks.
package testservers

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"go.uber.org/goleak"

	"tinbao/cases"
	"tinbao/sidecar"
	"tinbao/storage"
)

const (
	startLimit = 2 * time.Minute
	template   = "tinbao_template"
)

// Yen is the ward of every fresh database.
var Yen = cases.Ward{
	ID: 1, Name: "phường Yên Nghĩa", Reception: "trụ sở UBND phường",
	Hamlets: []string{"Tổ 1", "Tổ 2", "Tổ 3"}, Phones: map[string]string{"police": "024 0000 0113"},
	PoliceException: true,
}

var (
	once    sync.Once
	servers *sidecar.Servers
	failed  error
	number  atomic.Int64 // of the newest database of Postgres
	redises atomic.Int64 // databases of Redis given away
)

// Main runs the tests of a package and stops what they started. A goroutine that
// is left running fails the package.
func Main(m *testing.M) {
	code := m.Run()
	for _, started := range []*sidecar.Servers{servers, nodes} {
		if started == nil {
			continue
		}
		if err := started.Stop(); err != nil {
			fmt.Fprintln(os.Stderr, "stopping the test servers:", err)
			code = 1
		}
	}
	// go-redis looks once a second whether an absent server is back, and notices only
	// then that its client was closed.
	lookout := goleak.IgnoreAnyFunction("github.com/redis/go-redis/v9/internal/pool.(*ConnPool).tryDial")
	if err := goleak.Find(lookout); err != nil && code == 0 {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// pretended is within the year of the clocks of tests.
var pretended = time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)

func start() {
	ctx, cancel := context.WithTimeout(context.Background(), startLimit)
	defer cancel()
	servers, failed = sidecar.Start(ctx, sidecar.Options{Postgres: true, Redis: true, Fast: true, Memory: true})
	if failed != nil {
		return
	}
	failed = run(ctx, "create database "+template)
	if failed == nil {
		failed = storage.Migrate(ctx, address(template))
	}
	if failed == nil {
		failed = storage.PutWard(ctx, address(template), Yen)
	}
	if failed == nil {
		failed = storage.Partition(ctx, address(template), pretended)
	}
}

func run(ctx context.Context, sql string) error {
	conn, err := pgx.Connect(ctx, servers.DatabaseURL())
	if err != nil {
		return fmt.Errorf("connecting to the test server: %w", err)
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, sql)
	return err
}

// address is the server's address with another database.
func address(database string) string {
	u, err := url.Parse(servers.DatabaseURL())
	if err != nil || u.Scheme == "" {
		return servers.DatabaseURL() + " dbname=" + database
	}
	u.Path = "/" + database
	return u.String()
}

func need(tb testing.TB) {
	tb.Helper()
	once.Do(start)
	if failed != nil {
		tb.Fatal(failed)
	}
}

// Database is the address of a fresh, migrated database with the ward in it. It
// goes away with the test.
func Database(tb testing.TB) string {
	tb.Helper()
	need(tb)
	name := fmt.Sprintf("t%d", number.Add(1))
	if err := clone(tb.Context(), name); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := run(context.Background(), "drop database if exists "+name+" with (force)"); err != nil {
			tb.Error(err)
		}
	})
	return address(name)
}

// Login is the address of a database for a new account that owns nothing, to whom allow gives
// what it needs.
func Login(tb testing.TB, database string, allow func(ctx context.Context, database, login string) error) string {
	tb.Helper()
	name := fmt.Sprintf("serve%d", number.Add(1))
	if err := errors.Join(run(tb.Context(), "create role "+name+" login"), allow(tb.Context(), database, name)); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := run(context.Background(), "drop role "+name); err != nil {
			tb.Error(err)
		}
	})
	u, err := url.Parse(database)
	if err != nil {
		tb.Fatal(err)
	}
	u.User = url.User(name)
	return u.String()
}

// Empty is the address of a fresh database with nothing in it, and of an account that
// owns it and may do nothing else but take on the program's roles.
func Empty(tb testing.TB) string {
	tb.Helper()
	need(tb)
	name := fmt.Sprintf("t%d", number.Add(1))
	for _, sql := range []string{
		"create role " + name + " login in role tinbao_desk, tinbao_report, tinbao_police, tinbao_help",
		"create database " + name + " owner " + name,
	} {
		if err := run(tb.Context(), sql); err != nil {
			tb.Fatal(err)
		}
	}
	tb.Cleanup(func() {
		ctx := context.Background()
		if err := errors.Join(run(ctx, "drop database if exists "+name+" with (force)"), run(ctx, "drop role "+name)); err != nil {
			tb.Error(err)
		}
	})
	u, err := url.Parse(address(name))
	if err != nil {
		tb.Fatal(err)
	}
	u.User = url.User(name)
	return u.String()
}

var (
	onceNodes   sync.Once
	nodes       *sidecar.Servers
	failedNodes error
)

// clusterNodes is the smallest number of masters Redis' own tools accept.
const clusterNodes = 3

// Cluster is the address of a Redis Cluster of three masters, which all tests of a
// package share.
func Cluster(tb testing.TB) string {
	tb.Helper()
	onceNodes.Do(func() {
		ctx, cancel := context.WithTimeout(context.Background(), startLimit)
		defer cancel()
		nodes, failedNodes = sidecar.Start(ctx, sidecar.Options{RedisNodes: clusterNodes, Fast: true})
	})
	if failedNodes != nil {
		tb.Fatal(failedNodes)
	}
	return nodes.ClusterURL()
}

var cloning sync.Mutex // Postgres copies a template for one at a time

func clone(ctx context.Context, name string) error {
	cloning.Lock()
	defer cloning.Unlock()
	return run(ctx, "create database "+name+" template "+template)
}

// Redis is the address of an empty database of the test server's Redis.
func Redis(tb testing.TB) string {
	tb.Helper()
	need(tb)
	n := int(redises.Add(1))
	if n >= sidecar.RedisDatabases {
		tb.Fatal("every database of the test server's Redis is given away")
	}
	return strings.TrimSuffix(servers.RedisURL(), "/") + fmt.Sprintf("?db=%d", n)
}
