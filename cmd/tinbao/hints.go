package main

import (
	"context"
	"sync/atomic"
	"time"
)

// tellEvery is the least time between two notices to other replicas.
const tellEvery = 20 * time.Millisecond

// hints wake handlers. Nothing is lost with one: of those who are idle one is the lookout,
// who looks once a second. So silence keeps one session of Postgres busy and not all.
type hints struct {
	wake    chan bool     // true = of one update; false = of any number, whoever finds one wakes the next
	lookout chan struct{} // holds a token while nobody is the lookout
	tell    chan struct{} // other replicas are to be told
	idle    *atomic.Int64 // handlers that wait
}

func newHints() hints {
	h := hints{wake: make(chan bool, handlers), lookout: make(chan struct{}, 1), tell: make(chan struct{}, 1), idle: &atomic.Int64{}}
	hint(h.lookout)
	return h
}

// kept wakes a handler for each of n updates, and other replicas when these are too many
// for those who wait here.
func (h hints) kept(n int) {
	free := int(h.idle.Load())
	for range min(n, handlers) {
		h.hint(true)
	}
	if n > free {
		hint(h.tell)
	}
}

// hint gives a hint that is not given already.
func hint(to chan<- struct{}) {
	select {
	case to <- struct{}{}:
	default:
	}
}

// spread wakes one handler, which wakes the next when it finds work, so a burst spreads
// and silence costs nothing.
func (h hints) spread() { h.hint(false) }

func (h hints) hint(one bool) {
	select {
	case h.wake <- one:
	default: // all are woken already
	}
}

// await waits for a hint, or as the lookout for the time to look without one. It tells
// whether the hint was of one update only.
func (h hints) await(ctx context.Context) (one bool) {
	h.idle.Add(1)
	defer h.idle.Add(-1)
	select {
	case one = <-h.wake:
		return one
	case <-ctx.Done():
		return false
	case <-h.lookout:
	}
	defer hint(h.lookout) // to another one who is idle
	timer := time.NewTimer(idleLook)
	defer timer.Stop()
	select {
	case one = <-h.wake:
	case <-timer.C:
	case <-ctx.Done():
	}
	return one
}

// tellOthers tells other replicas until ctx ends, and not too often. A notice that does
// not go out is no loss: they look by themselves.
func (h hints) tellOthers(ctx context.Context, tell func(context.Context) error) {
	for {
		select {
		case <-h.tell:
			_ = tell(ctx)
		case <-ctx.Done():
			return
		}
		wait(ctx, nil, tellEvery)
	}
}
