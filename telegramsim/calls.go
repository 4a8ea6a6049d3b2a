package telegramsim

import (
	"slices"
	"strings"
	"sync"
)

// callsKept bounds the calls remembered one by one.
const callsKept = 10_000

// callLog is a ring of the bot's last requests with a count per method.
type callLog struct {
	mu     sync.Mutex
	ring   []Call
	next   int
	counts map[string]int // by lower-case method
}

func (l *callLog) add(c Call) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.counts == nil {
		l.counts = make(map[string]int)
	}
	if _, known := methods[strings.ToLower(c.Method)]; known {
		l.counts[strings.ToLower(c.Method)]++
	}
	if len(l.ring) < callsKept {
		l.ring = append(l.ring, c)
		return
	}
	l.ring[l.next] = c
	l.next = (l.next + 1) % callsKept
}

// Calls returns the last 10,000 requests the bot made, oldest first.
func (s *Server) Calls() []Call {
	l := &s.calls
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Concat(l.ring[l.next:], l.ring[:l.next])
}

// CountCalls returns how often a method was called since New, refused and cut
// requests included.
func (s *Server) CountCalls(method string) int {
	s.calls.mu.Lock()
	defer s.calls.mu.Unlock()
	return s.calls.counts[strings.ToLower(method)]
}
