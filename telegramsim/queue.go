package telegramsim

import (
	"context"
	"encoding/json"
	"slices"
	"sync"
	"time"
)

// queue holds the updates the bot has not confirmed yet.
type queue struct {
	mu      sync.Mutex
	nextID  int64
	now     func() time.Time
	items   []*queued // in the order of delivery
	live    int       // items that are not done
	forced  int       // live items that repeat an id
	allowed []string  // kinds wanted; nil = Telegram's default
	arrived chan struct{}
	emptied chan struct{}
	poll    *poll                 // the long poll under way
	feed    func(items []*queued) // hands new updates to the webhook; called with mu held
}

// queued is one update. A repeated one (InjectUpdate with an old id) ignores
// offsets: it is handed out once and confirmed by the next getUpdates.
type queued struct {
	ID     int64           `json:"id"`
	Chat   int64           `json:"chat"`
	Raw    json.RawMessage `json:"raw"`
	Forced bool            `json:"forced,omitempty"`
	At     time.Time       `json:"at,omitzero"` // when it came
	given  bool
	done   bool
}

// poll is one getUpdates that waits; cut ends it in favour of another request.
type poll struct {
	cut    chan struct{}
	reason string
}

func (q *queue) init(first int64, now func() time.Time) { q.nextID, q.now = first, now }

// old reports an update that is forgotten whether the bot took it or not.
func (u *queued) old(now time.Time) bool { return !u.At.IsZero() && now.Sub(u.At) > updateLife }

// unlessAsked are the kinds a bot gets only by naming them in allowed_updates.
var unlessAsked = []string{"chat_member", "message_reaction", "message_reaction_count"}

func (q *queue) wants(kind string) bool {
	if len(q.allowed) == 0 {
		return !slices.Contains(unlessAsked, kind)
	}
	return slices.Contains(q.allowed, kind)
}

// push queues an update and returns its id, 0 when the bot does not want the
// kind. build gets the id and returns the JSON.
func (q *queue) push(kind string, chat int64, build func(id int64) json.RawMessage) int64 {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.wants(kind) {
		return 0
	}
	id := q.nextID
	q.nextID++
	q.append(&queued{ID: id, Chat: chat, Raw: build(id)})
	return id
}

// inject queues an update under a given id.
func (q *queue) inject(id, chat int64, raw json.RawMessage) {
	q.mu.Lock()
	defer q.mu.Unlock()
	item := &queued{ID: id, Chat: chat, Raw: raw, Forced: id < q.nextID}
	q.nextID = max(q.nextID, id+1)
	if item.Forced {
		q.forced++
	}
	q.append(item)
}

func (q *queue) append(item *queued) {
	if item.At.IsZero() { // else it comes from a stored state
		item.At = q.now()
	}
	q.items = append(q.items, item)
	q.live++
	if q.feed != nil {
		q.feed([]*queued{item})
	}
	wake(&q.arrived)
}

func wake(c *chan struct{}) {
	if *c != nil {
		close(*c)
		*c = nil
	}
}

func signal(c *chan struct{}) chan struct{} {
	if *c == nil {
		*c = make(chan struct{})
	}
	return *c
}

// confirm forgets one update, with mu held.
func (q *queue) confirm(item *queued) {
	if item.done {
		return
	}
	item.done = true
	q.live--
	if item.Forced {
		q.forced--
	}
	for len(q.items) > 0 && q.items[0].done {
		q.items[0] = nil
		q.items = q.items[1:]
	}
	if q.live == 0 {
		wake(&q.emptied)
	}
}

// confirmBelow forgets what an offset confirms. Ids rise along the queue
// except for repeated updates, so without those it stops early.
func (q *queue) confirmBelow(offset int64) {
	if offset < 0 {
		offset = q.fromEnd(-offset)
	}
	for _, item := range q.items {
		switch {
		case item.Forced:
			if item.given {
				q.confirm(item)
			}
		case item.ID < offset:
			q.confirm(item)
		case q.forced == 0:
			return
		}
	}
}

// fromEnd is the id of the n-th unconfirmed update counted from the end.
func (q *queue) fromEnd(n int64) int64 {
	for _, item := range slices.Backward(q.items) {
		if !item.done && !item.Forced {
			if n--; n == 0 {
				return item.ID
			}
		}
	}
	return 0
}

// take hands out up to limit updates without forgetting them.
func (q *queue) take(limit int) []json.RawMessage {
	out := []json.RawMessage{}
	now := q.now()
	for _, item := range slices.Clone(q.items) {
		if len(out) == limit {
			break
		}
		if item.old(now) {
			q.confirm(item)
		}
		if !item.done {
			item.given = true
			out = append(out, item.Raw)
		}
	}
	return out
}

// drop forgets everything, for drop_pending_updates.
func (q *queue) drop() {
	for _, item := range q.items {
		q.confirm(item)
	}
}

// cutPoll ends the waiting getUpdates, if any, with a 409.
func (q *queue) cutPoll(reason string) {
	if q.poll != nil {
		q.poll.reason = reason
		close(q.poll.cut)
		q.poll = nil
	}
}

const (
	conflictPoll    = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
	conflictSet     = "Conflict: terminated by setWebhook request"
	conflictWebhook = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)

// next waits up to timeout for updates, as getUpdates does.
func (q *queue) next(ctx context.Context, limit int, timeout time.Duration, me *poll) ([]json.RawMessage, *apiError) {
	timer := time.NewTimer(timeout)
	defer timer.Stop()
	for {
		q.mu.Lock()
		out, arrived := q.take(limit), signal(&q.arrived)
		cut := q.poll != me
		if !cut && (len(out) > 0 || timeout <= 0) {
			q.poll = nil
			q.mu.Unlock()
			return out, nil
		}
		q.mu.Unlock()
		select {
		case <-arrived:
		case <-timer.C:
			timeout = 0
		case <-me.cut:
			return nil, &apiError{code: 409, text: me.reason}
		case <-ctx.Done():
			q.release(me)
			return out, nil
		}
	}
}

func (q *queue) release(me *poll) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.poll == me {
		q.poll = nil
	}
}

// Pending counts the updates the bot has not confirmed.
func (s *Server) Pending() int {
	s.queue.mu.Lock()
	defer s.queue.mu.Unlock()
	return s.queue.live
}

// until waits for a signal. It fails when the context or the server ends first.
func (s *Server) until(ctx context.Context, given <-chan struct{}) error {
	select {
	case <-given:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-s.ctx.Done():
		return errClosed
	}
}

// Idle returns nil once every update is confirmed. It fails when the context
// or the server ends first.
func (s *Server) Idle(ctx context.Context) error {
	for {
		s.queue.mu.Lock()
		live, emptied := s.queue.live, signal(&s.queue.emptied)
		s.queue.mu.Unlock()
		if live == 0 {
			return nil
		}
		if err := s.until(ctx, emptied); err != nil {
			return err
		}
	}
}
