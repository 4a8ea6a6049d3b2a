package main

import (
	"flag"
	"math/rand/v2"
	"testing"
	"time"

	"tinbao/telegramsim"
)

// How much TestHistory does, and from which seed on.
var (
	seed      = flag.Uint64("seed", 0, "seed of the first schedule; 0 = drawn")
	schedules = flag.Int("schedules", 1, "schedules that are played")
)

const (
	actsOfHistory = 16
	mostSpace     = 150 * time.Millisecond // between two acts
)

// act is something that happens in a schedule.
type act struct {
	name string
	do   func(h *history)
}

// history is one schedule being played.
type history struct {
	*yard
	dice *rand.Rand
}

// acts are what a schedule is drawn from; residents who begin are put between them.
var acts = []act{
	{"kill -9", func(h *history) {
		h.kill()
		h.serve()
	}},
	{"Postgres ends every session", func(h *history) {
		from := time.Now()
		h.sql(othersEnd)
		h.because("sessions were ended", from)
	}},
	{"Postgres is away", func(h *history) {
		from := time.Now()
		h.postgres.refused()
		h.space()
		h.postgres.mend()
		h.because("Postgres was away", from)
	}},
	{"Redis is emptied", func(h *history) { h.redisDo("flushdb") }},
	{"429", faulty(telegramsim.Fault{Kind: telegramsim.TooManyRequests, RetryAfter: 1})},
	{"500", faulty(telegramsim.Fault{Kind: telegramsim.ServerError})},
	{"502", faulty(telegramsim.Fault{Kind: telegramsim.Gateway})},
	{"connections are closed", faulty(telegramsim.Fault{Kind: telegramsim.Reset})},
	{"answers to sends are lost", faulty(telegramsim.Fault{Kind: telegramsim.Ambiguous, Method: "sendMessage"})},
	{"answers to fetches are lost", faulty(telegramsim.Fault{Kind: telegramsim.Ambiguous, Method: "getUpdates"})},
	{"updates are given twice", faulty(telegramsim.Fault{Kind: telegramsim.Twice, Method: "getUpdates"})},
	{"updates are out of order", faulty(telegramsim.Fault{Kind: telegramsim.Reversed, Method: "getUpdates"})},
	{"409", faulty(telegramsim.Fault{Kind: telegramsim.Conflict, Method: "getUpdates"})},
	{"401", faulty(telegramsim.Fault{Kind: telegramsim.Unauthorized, Method: "getUpdates"})},
}

// faulty lets Telegram fail some times.
func faulty(f telegramsim.Fault) func(h *history) {
	return func(h *history) {
		f.Count = 1 + h.dice.IntN(3)
		h.sim.SetFault(f)
	}
}

// space lets the program work for a while.
func (h *history) space() {
	wait(h.ctx, nil, time.Duration(h.dice.Int64N(int64(mostSpace))))
}

// Whatever happens in whatever order: every report exists once, every answer is shown,
// and what is shown twice has a cause. The seed draws the schedule; how the program's
// own work falls between its acts is not drawn.
func TestHistory(t *testing.T) {
	t.Parallel()
	first := *seed
	if first == 0 {
		first = rand.Uint64N(1_000_000_000) + 1
	}
	for i := range *schedules {
		play(t, first+uint64(i))
	}
}

func play(t *testing.T, seed uint64) {
	t.Helper()
	began := time.Now()
	t.Logf("seed %d: play it again with -run TestHistory -seed %d", seed, seed)
	h := &history{yard: sharedYard(t), dice: rand.New(rand.NewPCG(seed, 0))}
	h.throughRelay()
	h.serve()
	for range actsOfHistory {
		h.telling(h.dice.IntN(2))
		a := acts[h.dice.IntN(len(acts))]
		t.Logf("%s after %v, %d residents", a.name, time.Since(began).Round(time.Millisecond), h.told)
		a.do(h)
		h.space()
	}
	h.sim.ClearFaults()
	h.tell(1)
	h.counted()
	t.Logf("seed %d took %v", seed, time.Since(began).Round(time.Millisecond))
	if t.Failed() {
		t.FailNow()
	}
}
