package telegramsim

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// The kinds of event the page hears of.
const (
	evMessage  = "message"  // a message is new or has changed
	evDelete   = "delete"   // a message is gone
	evChat     = "chat"     // keyboard or blocking changed
	evTyping   = "typing"   // the bot types for Millis
	evAnswer   = "answer"   // a pressed button was answered
	evUsers    = "users"    // people or their names changed
	evCommands = "commands" // a command menu changed
	evReset    = "reset"    // events were missed: load everything again
)

// event tells a page what to load again, and shows what passes at once.
type event struct {
	Kind    string `json:"kind"`
	Chat    int64  `json:"chat,omitempty"`
	Message int    `json:"message,omitempty"`
	Fresh   bool   `json:"fresh,omitempty"`  // of evMessage: a new message of the bot
	Millis  int64  `json:"millis,omitempty"` // of evTyping
	Toast   *Toast `json:"toast,omitempty"`  // of evAnswer
	Data    string `json:"data,omitempty"`   // of evAnswer: the pressed button
}

const (
	eventsKept = 1024             // events a late reader can still catch up with
	heartbeat  = 15 * time.Second // between signs of life on a quiet stream
)

// eventLog is a ring of the last events. Readers ask for what came after a
// number, so a slow one costs nothing and holds up nobody.
type eventLog struct {
	mu      sync.Mutex
	run     string // differs from start to start, so old numbers are recognised
	ring    []event
	last    int64 // number of the newest event, 0 = none yet
	arrived chan struct{}
}

func (l *eventLog) init() { l.run = strconv.FormatInt(time.Now().UnixNano(), 36) }

func (l *eventLog) publish(e event) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.last++
	if len(l.ring) < eventsKept {
		l.ring = append(l.ring, e)
	} else {
		l.ring[(l.last-1)%eventsKept] = e
	}
	wake(&l.arrived)
}

// after returns the events behind a number, the newest number, and a channel
// that closes when there are more. ok is false when some are already gone.
func (l *eventLog) after(number int64) (list []event, last int64, more <-chan struct{}, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	more = signal(&l.arrived)
	if number > l.last || l.last-number > int64(len(l.ring)) {
		return nil, l.last, more, false
	}
	for n := number; n < l.last; n++ {
		list = append(list, l.ring[n%eventsKept])
	}
	return list, l.last, more, true
}

// resume turns a Last-Event-ID into a number, -1 if it is from another run.
// Without one the stream begins now.
func (l *eventLog) resume(id string) int64 {
	if id == "" {
		l.mu.Lock()
		defer l.mu.Unlock()
		return l.last
	}
	run, text, _ := strings.Cut(id, "-")
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || run != l.run || n < 0 {
		return -1
	}
	return n
}

// serveEvents is /sim/events: Server-Sent Events until the visitor or the
// server goes.
func (s *Server) serveEvents(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no")
	ctx, cancel := withEither(r.Context(), s.ctx)
	defer cancel()
	out := eventStream{w: w, flush: http.NewResponseController(w), log: &s.events}
	out.run(ctx, s.events.resume(r.Header.Get("Last-Event-ID")))
}

type eventStream struct {
	w     http.ResponseWriter
	flush *http.ResponseController
	log   *eventLog
}

func (es *eventStream) run(ctx context.Context, number int64) {
	tick := time.NewTicker(heartbeat)
	defer tick.Stop()
	fmt.Fprint(es.w, "retry: 1000\n\n")
	for {
		list, last, more, ok := es.log.after(number)
		if number < 0 || !ok {
			list = []event{{Kind: evReset}}
		}
		if es.write(list, last) != nil {
			return
		}
		number = last
		select {
		case <-more:
		case <-tick.C:
			fmt.Fprint(es.w, ": alive\n\n")
		case <-ctx.Done():
			return
		}
	}
}

func (es *eventStream) write(list []event, last int64) error {
	for i, e := range list {
		raw, err := json.Marshal(e)
		if err != nil {
			return err
		}
		number := last - int64(len(list)-1-i)
		if _, err := fmt.Fprintf(es.w, "id: %s-%d\ndata: %s\n\n", es.log.run, number, raw); err != nil {
			return err
		}
	}
	return es.flush.Flush()
}

// withEither returns a context that ends with the first of two.
func withEither(a, b context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(a)
	stop := context.AfterFunc(b, cancel)
	return ctx, func() { stop(); cancel() }
}
