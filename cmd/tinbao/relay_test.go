package main

import (
	"context"
	"errors"
	"io"
	"net"
	"sync"
	"testing"
	"time"
)

// relay is a way to a server that a test disturbs.
type relay struct {
	network, target string
	listener        net.Listener
	wg              sync.WaitGroup

	mu     sync.Mutex
	open   map[net.Conn]bool
	refuse bool          // new connections end at once
	gate   chan struct{} // nothing passes before it closes; nil = everything passes
	back   chan struct{} // the same for what comes back
	delay  time.Duration // of every piece, in each direction
	ended  bool
}

// newRelay listens on an address of its own for a server. It ends with the test.
func newRelay(t *testing.T, network, target string) *relay {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	r := &relay{network: network, target: target, listener: l, open: map[net.Conn]bool{}}
	r.wg.Go(r.serve)
	t.Cleanup(func() {
		r.mu.Lock()
		r.ended = true
		r.mu.Unlock()
		l.Close()
		r.mend()
		r.cut()
		r.wg.Wait()
	})
	return r
}

func (r *relay) address() string { return r.listener.Addr().String() }

func (r *relay) serve() {
	for {
		conn, err := r.listener.Accept()
		if err != nil {
			if errors.Is(err, net.ErrClosed) {
				return
			}
			continue
		}
		r.wg.Go(func() { r.join(conn) })
	}
}

func (r *relay) join(from net.Conn) {
	defer from.Close()
	r.mu.Lock()
	refuse := r.refuse
	r.mu.Unlock()
	if refuse {
		return
	}
	to, err := (&net.Dialer{Timeout: 10 * time.Second}).DialContext(context.Background(), r.network, r.target)
	if err != nil {
		return
	}
	defer to.Close()
	r.know(from, true)
	r.know(to, true)
	defer r.know(from, false)
	defer r.know(to, false)
	var both sync.WaitGroup
	pass := func(to, from net.Conn, gate *chan struct{}) {
		defer to.Close()
		defer from.Close()
		r.pass(to, from, gate)
	}
	both.Go(func() { pass(to, from, &r.gate) })
	both.Go(func() { pass(from, to, &r.back) })
	both.Wait()
}

func (r *relay) know(c net.Conn, open bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !open {
		delete(r.open, c)
		return
	}
	r.open[c] = true
	if r.ended || r.refuse {
		c.Close()
	}
}

func (r *relay) pass(to io.Writer, from io.Reader, gate *chan struct{}) {
	piece := make([]byte, 32<<10)
	for {
		n, err := from.Read(piece)
		r.mu.Lock()
		shut, delay := *gate, r.delay
		r.mu.Unlock()
		if shut != nil {
			<-shut
		}
		if delay > 0 {
			time.Sleep(delay)
		}
		if _, failed := to.Write(piece[:n]); err != nil || failed != nil {
			return
		}
	}
}

// refused cuts every connection, and new ones, until mend.
func (r *relay) refused() {
	r.mu.Lock()
	r.refuse = true
	r.mu.Unlock()
	r.cut()
}

// cut ends every connection; new ones pass.
func (r *relay) cut() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for c := range r.open {
		c.Close()
	}
}

// silent lets nothing pass, and ends nothing, until mend.
func (r *relay) silent() { r.hold(&r.gate, &r.back) }

// unanswered lets questions pass and no answers, until mend.
func (r *relay) unanswered() { r.hold(&r.back) }

func (r *relay) hold(gates ...*chan struct{}) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, g := range gates {
		if *g == nil {
			*g = make(chan struct{})
		}
	}
}

// slow delays every piece.
func (r *relay) slow(d time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.delay = d
}

// mend makes the way as it was.
func (r *relay) mend() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.refuse, r.delay = false, 0
	for _, g := range []*chan struct{}{&r.gate, &r.back} {
		if *g != nil {
			close(*g)
			*g = nil
		}
	}
}
