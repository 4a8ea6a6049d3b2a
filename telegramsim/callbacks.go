package telegramsim

import (
	"strconv"
	"sync"
	"time"
)

// callbackLife is how long a pressed button waits for its answer.
const callbackLife = 15 * time.Minute

// callbackStore holds the presses the bot has not answered.
type callbackStore struct {
	mu      sync.Mutex
	lastID  int64
	waiting map[string]callback
	order   []string // by time of the press
}

type callback struct {
	User    int64     `json:"user"`
	Message int       `json:"message"`
	Data    string    `json:"data"`
	At      time.Time `json:"at"`
}

func (cs *callbackStore) init() { cs.waiting = make(map[string]callback) }

// put remembers a press and returns its query id.
func (cs *callbackStore) put(cb callback, botID int64) string {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	cs.expire(cb.At)
	cs.lastID++
	id := strconv.FormatInt(botID<<20+cs.lastID, 10)
	cs.waiting[id] = cb
	cs.order = append(cs.order, id)
	return id
}

func (cs *callbackStore) expire(now time.Time) {
	for len(cs.order) > 0 {
		cb, ok := cs.waiting[cs.order[0]]
		if ok && now.Sub(cb.At) < callbackLife {
			return
		}
		delete(cs.waiting, cs.order[0])
		cs.order = cs.order[1:]
	}
}

func (cs *callbackStore) take(id string, now time.Time) (callback, bool) {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	cs.expire(now)
	cb, ok := cs.waiting[id]
	delete(cs.waiting, id)
	return cb, ok
}

func (s *Server) answerCallbackQuery(r *request) (any, *apiError) {
	text := r.str("text")
	if units(text) > 200 {
		return nil, bad("MESSAGE_TOO_LONG")
	}
	cb, ok := s.callbacks.take(r.str("callback_query_id"), s.opt.Now())
	if !ok {
		return nil, bad("query is too old and response timeout expired or query ID is invalid")
	}
	s.dirtyState()
	s.with(cb.User, func(c *chat) {
		t := Toast{Text: text, Alert: r.bool("show_alert"), URL: r.str("url"), MessageID: cb.Message, At: s.now()}
		if text != "" || t.URL != "" {
			c.toasts = append(c.toasts, t)
			c.toasts = c.toasts[max(0, len(c.toasts)-toastsKept):]
		}
		s.touch(c, event{Kind: evAnswer, Message: cb.Message, Toast: &t, Data: cb.Data})
	})
	return true, nil
}
