package web

import (
	"crypto/hmac"
	"encoding/base64"
	"encoding/binary"
	"sync"
	"time"

	"tinbao/cases"
)

// Visitors who cannot be told apart (of the onion service) share one counter of forms.
// When it is full nobody is refused: a report gets its turn in a queue, a time under a tag
// that the form carries, and is taken when it is sent in again then. That works without
// JavaScript and stores nothing about anybody. Requests for help and words of danger never
// come here.
const (
	turnSpacing  = 100 * time.Millisecond // between two turns
	shortestWait = 10 * time.Second
	longestWait  = 2 * time.Minute
	turnLife     = 10 * time.Minute // after it came
	turnUses     = 3                // a form may come back for a file
)

// queue gives turns. Each replica has its own; a turn counts at all of them.
type queue struct {
	mu   sync.Mutex
	next time.Time
	used map[string]use
}

type use struct {
	n     int
	until time.Time
}

// turn is when a form that comes now is taken.
func (q *queue) turn(now time.Time) time.Time {
	q.mu.Lock()
	defer q.mu.Unlock()
	at := now.Add(shortestWait)
	if q.next.After(at) {
		at = q.next
	}
	if last := now.Add(longestWait); at.After(last) {
		at = last
	}
	q.next = at.Add(turnSpacing)
	return at
}

// use counts that a turn is used; false when it was too often.
func (q *queue) use(turn string, now, until time.Time) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	for t, u := range q.used {
		if now.After(u.until) {
			delete(q.used, t)
		}
	}
	u := q.used[turn]
	q.used[turn] = use{u.n + 1, until}
	return u.n < turnUses
}

// turnFor is the turn of a form as the form carries it.
func (s *site) turnFor(token string, at time.Time) string {
	raw := binary.BigEndian.AppendUint64(nil, uint64(at.Unix()))
	return base64.RawURLEncoding.EncodeToString(append(raw, s.Tag("turn\x00"+string(raw)+token)...))
}

// turned reports whether the turn of a form has come.
func (s *site) turned(token, turn string) bool {
	raw, err := base64.RawURLEncoding.DecodeString(turn)
	if err != nil || len(raw) <= timeBytes || !hmac.Equal(raw[timeBytes:], s.Tag("turn\x00"+string(raw[:timeBytes])+token)) {
		return false
	}
	now, at := s.Now(), time.Unix(int64(binary.BigEndian.Uint64(raw)), 0)
	return !now.Before(at) && now.Before(at.Add(turnLife)) && s.queue.use(turn, now, at.Add(turnLife))
}

// wait puts a report into the queue: how many seconds to wait, and the turn. 0 = it is
// taken now, also when the counter fails.
func (s *site) wait(token, turn string, crowded error) (seconds int, next string) {
	if crowded == nil || s.turned(token, turn) {
		return 0, ""
	}
	if cases.KindOf(crowded) != cases.Limited {
		s.Fault(crowded)
		return 0, ""
	}
	now := s.Now()
	at := s.queue.turn(now).Truncate(time.Second).Add(time.Second)
	return int(at.Sub(now)/time.Second) + 1, s.turnFor(token, at)
}
