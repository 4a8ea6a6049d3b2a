package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"tinbao/bot"
	"tinbao/internal/testservers"
)

func TestAddressesOfRedis(t *testing.T) {
	t.Parallel()
	for address, want := range map[string][]string{
		"redis://host:6379/0":                               nil,
		"redis+cluster://one:7001":                          {"one:7001"},
		"redis+cluster://one:7001,two:7002,three:7003":      {"one:7001", "two:7002", "three:7003"},
		"redis+cluster://bot:s3cr,t@one:7001,two:7002/":     {"one:7001", "two:7002"},
		"rediss+cluster://one:7001,two:7002?read_only=true": {"one:7001", "two:7002"},
		"redis+cluster://[::1]:7001,[::1]:7002":             {"[::1]:7001", "[::1]:7002"},
		"redis+cluster://":                                  {"!"},
		"redis+cluster://one:7001,":                         {"!"},
		"redis+cluster://one:7001/2":                        {"!"},
		"redis+cluster://one:7001?nonsense=1":               {"!"},
		"http://one":                                        {"!"},
		"http+cluster://one:7001":                           {"!"},
	} {
		client, err := redisAt(address)
		if bad := slices.Equal(want, []string{"!"}); bad || err != nil {
			if bad != (err != nil) {
				t.Errorf("%s: %v", address, err)
			}
			continue
		}
		switch c := client.(type) {
		case *redis.Client:
			if want != nil || !c.Options().ContextTimeoutEnabled {
				t.Errorf("%s: one server", address)
			}
		case *redis.ClusterClient:
			o := c.Options()
			if !slices.Equal(o.Addrs, want) || !o.ContextTimeoutEnabled || (o.TLSConfig != nil) != strings.HasPrefix(address, "rediss") {
				t.Errorf("%s: %v", address, o.Addrs)
			}
			if strings.Contains(address, "@") && (o.Username != "bot" || o.Password != "s3cr,t") {
				t.Errorf("%s: %s %s", address, o.Username, o.Password)
			}
		}
		client.Close()
	}
}

// listener hears what a cluster refuses.
type listener struct{ refused chan error }

func (l listener) DialHook(next redis.DialHook) redis.DialHook { return next }

func (l listener) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		err := next(ctx, cmd)
		l.hear(cmd)
		return err
	}
}

func (l listener) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []redis.Cmder) error {
		err := next(ctx, cmds)
		for _, cmd := range cmds {
			l.hear(cmd)
		}
		return err
	}
}

func (l listener) hear(cmd redis.Cmder) {
	if err := cmd.Err(); err != nil && strings.Contains(err.Error(), "CROSSSLOT") {
		select {
		case l.refused <- fmt.Errorf("%s: %w", cmd.Name(), err):
		default:
		}
	}
}

// On a cluster everything counts as on one server: residents in Redis and not in
// Postgres, sending over all replicas, and keys that belong together are in one slot.
func TestRedisCluster(t *testing.T) {
	t.Parallel()
	address := testservers.Cluster(t)
	w := newTownOn(t, testservers.Database(t), address, polling)
	heard := listener{make(chan error, 1)}
	w.app.redis.AddHook(heard)
	if err := (writer{w.sim, cast["an"].ID, textOf(1), nil}).report(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.settle()
	if n := query[int64](t, w.settings.DatabaseURL, "select count(*) from edge.meters")[0]; n > 0 {
		t.Errorf("%d counters are in Postgres", n)
	}
	if f := w.app.checkRedis(t.Context()); f.err != nil || !strings.Contains(f.note, "3 masters") {
		t.Errorf("doctor says %+v", f)
	}

	replicas := make([]*bot.Limits, 2)
	for i := range replicas {
		client, err := redisAt(address)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { client.Close() })
		client.AddHook(heard)
		replicas[i] = bot.NewLimits(client, bot.Pace{All: 1000, Chat: 1, Burst: 3, Group: 20}, func(chat int64) string { return fmt.Sprint(t.Name(), chat) })
	}
	passed := 0
	for i := range 6 {
		ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
		if replicas[i%2].Wait(ctx, time.Second, 1, true, false) == nil {
			passed++
		}
		cancel()
	}
	if passed != 3 {
		t.Errorf("%d messages at once to a chat over two replicas, want 3", passed)
	}
	select {
	case err := <-heard.refused:
		t.Error("keys that are used together are apart:", err)
	default:
	}
	slots := map[string][]int64{}
	cluster := w.app.redis.(*redis.ClusterClient)
	var all []string
	var mu sync.Mutex // masters are asked at the same time
	if err := cluster.ForEachMaster(t.Context(), func(ctx context.Context, c *redis.Client) error {
		keys, err := c.Keys(ctx, "*").Result()
		mu.Lock()
		defer mu.Unlock()
		all = append(all, keys...)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	for _, key := range all {
		_, tag, _ := strings.Cut(key, "{")
		tag, _, ok := strings.Cut(tag, "}")
		if !ok || tag == "" {
			t.Errorf("%s says not what it belongs to", key)
			continue
		}
		slot := cluster.ClusterKeySlot(t.Context(), key).Val()
		if !slices.Contains(slots[tag], slot) {
			slots[tag] = append(slots[tag], slot)
		}
	}
	const fewest = 2 // the ward that counts and the bot that sends
	if len(slots) < fewest {
		t.Errorf("keys belong to %v", slots)
	}
	for tag, in := range slots {
		if len(in) != 1 {
			t.Errorf("keys of %s are in slots %v", tag, in)
		}
	}
}

// spoiltRedis starts a server of its own.
func spoiltRedis(t *testing.T, args ...string) *redis.Client {
	t.Helper()
	dir, err := os.MkdirTemp("", "redis-*") // a short path, for its socket
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	socket := filepath.Join(dir, "s")
	cmd := exec.Command("redis-server", append([]string{"--port", "0", "--unixsocket", socket, "--dir", dir, "--save", ""}, args...)...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	c := redis.NewClient(&redis.Options{Network: "unix", Addr: socket})
	t.Cleanup(func() { c.Close() })
	until := time.Now().Add(20 * time.Second)
	for c.Ping(t.Context()).Err() != nil {
		if time.Now().After(until) {
			t.Fatal("redis-server does not answer")
		}
		time.Sleep(20 * time.Millisecond)
	}
	return c
}

// A Redis that answers and refuses to write is a fault, and the doctor says which.
func TestDoctorNoticesARedisThatRefusesWrites(t *testing.T) {
	t.Parallel()
	ctx := context.WithoutCancel(t.Context()) // the servers are spoilt by tests of their own
	for name, c := range map[string]struct {
		args  []string
		spoil func(c *redis.Client) error
		want  string // "" = it is well
	}{
		"well": {nil, func(*redis.Client) error { return nil }, ""},
		"full": {[]string{"--maxmemory-policy", "noeviction"}, func(c *redis.Client) error { return c.ConfigSet(ctx, "maxmemory", "1").Err() }, "is full"},
		"full, but makes room": {[]string{"--maxmemory", "3mb", "--maxmemory-policy", "allkeys-lru"}, func(c *redis.Client) error {
			for i := range 200 {
				if err := c.Set(ctx, fmt.Sprint(i), strings.Repeat("x", 32<<10), 0).Err(); err != nil {
					return err
				}
			}
			return nil
		}, ""},
		"a replica": {nil, func(c *redis.Client) error { return c.Do(ctx, "replicaof", "127.0.0.1", "1").Err() }, "replica that only reads"},
		"no disk": {[]string{"--dbfilename", "taken"}, func(c *redis.Client) error {
			dir := c.ConfigGet(ctx, "dir").Val()["dir"]
			if err := os.MkdirAll(filepath.Join(dir, "taken", "x"), 0o700); err != nil {
				return err
			}
			if err := errors.Join(c.ConfigSet(ctx, "save", "3600 1").Err(), c.Set(ctx, "a", 1, 0).Err()); err != nil {
				return err
			}
			for !strings.Contains(c.Info(ctx, "persistence").Val(), "rdb_last_bgsave_status:err") && ctx.Err() == nil {
				_ = c.BgSave(ctx).Err() // one may be under way
				time.Sleep(50 * time.Millisecond)
			}
			return ctx.Err()
		}, "cannot save"},
		"no right": {nil, func(c *redis.Client) error {
			return c.Do(ctx, "acl", "setuser", "default", "-@write").Err()
		}, "account write"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client := spoiltRedis(t, c.args...)
			if err := c.spoil(client); err != nil {
				t.Fatal(err)
			}
			f := (&app{redis: client}).checkRedis(t.Context())
			if c.want == "" && f.err != nil || c.want != "" && (f.err == nil || !strings.Contains(f.err.Error(), c.want)) {
				t.Errorf("doctor says %+v", f)
			}
		})
	}
}
