package main

import (
	"strings"
	"testing"

	"tinbao/storage"
)

// A database that must not be served from is refused at the start, in a line that says why.
func TestServeRefusesADatabase(t *testing.T) {
	t.Parallel()
	y := sharedYard(t)
	refused := func(why string, env ...string) {
		t.Helper()
		if out, code := command(t, append(y.environment(), env...), "serve"); code != exitSetting || !strings.Contains(out, why) {
			t.Errorf("ended with %d: %s", code, out)
		}
	}
	if err := storage.MarkRestoring(y.ctx, y.direct); err != nil { // as a restore begins
		t.Fatal(err)
	}
	refused("drop it and restore again")
	if _, err := storage.Settle(y.ctx, y.direct, nil); err != nil {
		t.Fatal(err)
	}
	y.serve()
	y.until("the program is there", func() bool { return y.number("select count(*)::int from edge.couriers") == 1 })
	refused("a program of ward 1 serves from", "TINBAO_WARD=2")
	y.end()
}
