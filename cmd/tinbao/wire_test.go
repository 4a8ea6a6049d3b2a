package main

import (
	"net"
	"testing"

	"github.com/redis/go-redis/v9"

	"tinbao/internal/testservers"
)

// A Redis that takes connections and never answers holds up no message: its client
// obeys the deadline of the question, and the limits are kept without it.
func TestSilentRedisHoldsUpNothing(t *testing.T) {
	t.Parallel()
	silent, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	w := newTownOn(t, testservers.Database(t), "redis://"+silent.Addr().String(), polling)
	if c, ok := w.app.redis.(*redis.Client); !ok || !c.Options().ContextTimeoutEnabled {
		t.Error("the client of Redis waits longer than it is asked to")
	}
	if err := (writer{w.sim, cast["an"].ID, textOf(1), nil}).report(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.settle()
	if n := query[int64](t, w.settings.DatabaseURL, "select count(*) from edge.meters where name like 'meter:%'")[0]; n == 0 {
		t.Error("nothing was counted in Postgres instead")
	}
}
