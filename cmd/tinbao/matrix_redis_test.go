package main

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"tinbao/internal/testservers"
	"tinbao/sidecar"
)

// redisRows take Redis away, which holds nothing that a report needs.
var redisRows = []fault{
	{name: "Redis is emptied", place: ownRedis, run: func(y *yard) {
		done := y.telling(2)
		y.redisDo("flushall")
		done()
		y.redisDo("flushall")
	}},
	{name: "Redis restarts", place: ownRedis, run: func(y *yard) {
		done := y.telling(2)
		y.stopRedis()
		y.tell(1)
		y.startRedis()
		done()
		y.countsInRedis()
	}},
	{name: "Redis is slow", setup: (*yard).redisRelay, run: func(y *yard) {
		y.redis.slow(400 * time.Millisecond)
		y.tell(2)
		y.redis.mend()
		y.countsInRedis()
	}},
	{name: "Redis is away for an hour", setup: func(y *yard) {
		y.redisRelay()
		y.redis.refused()
		y.hookClock()
	}, run: func(y *yard) {
		y.tell(1)
		y.setClock(30 * time.Minute)
		y.tell(1)
		y.setClock(time.Hour)
		y.tell(1)
		y.redis.mend()
		y.countsInRedis()
	}},
	{name: "the way to Redis is silent", setup: (*yard).redisRelay, run: func(y *yard) {
		done := y.telling(2)
		y.redis.silent()
		y.tell(2)
		y.redis.mend()
		done()
		y.countsInRedis()
	}},
}

// ownRedis is a yard on a Redis of its own.
func ownRedis(t *testing.T) *yard {
	t.Helper()
	y := newYard(t, testservers.Database(t), "")
	y.redisDir = filepath.Join(t.TempDir(), "redis")
	y.startRedis()
	t.Cleanup(func() { y.stopRedis() })
	return y
}

func (y *yard) startRedis() {
	y.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	var err error
	if y.redisServer, err = sidecar.Start(ctx, sidecar.Options{Dir: y.redisDir, Redis: true}); err != nil {
		y.t.Fatal(err)
	}
	y.settings.RedisURL = y.redisServer.RedisURL()
}

func (y *yard) stopRedis() {
	y.t.Helper()
	if err := y.redisServer.Stop(); err != nil {
		y.t.Error(err)
	}
}

// redisDo gives Redis a command.
func (y *yard) redisDo(what string) {
	y.t.Helper()
	client := redisOf(y.t, y.settings.RedisURL)
	defer client.Close()
	if err := client.Do(y.ctx, what).Err(); err != nil {
		y.t.Error(err)
	}
}

// countsInRedis waits until the program uses Redis again, which it tries every few
// seconds when there is something to count.
func (y *yard) countsInRedis() {
	y.t.Helper()
	client := redisOf(y.t, y.settings.RedisURL)
	defer client.Close()
	y.until("in use again", func() bool {
		y.tell(1)
		n, err := client.DBSize(y.ctx).Result()
		return err == nil && n > 0
	})
}
