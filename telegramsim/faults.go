package telegramsim

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// FaultKind is a way in which Telegram or the network fails.
type FaultKind int

// The kinds of fault. Reset and Ambiguous look the same to the bot: only in
// the second the request was carried out.
const (
	TooManyRequests FaultKind = iota + 1 // 429 with RetryAfter
	ServerError                          // 500
	Reset                                // the connection closes before the request is carried out
	Ambiguous                            // the request is carried out, then the connection closes
	Unauthorized                         // 401
	Conflict                             // 409 of a second bot
	Slow                                 // the request is carried out after Delay
	Gateway                              // 502 of something on the way, with a page instead of JSON
	Hold                                 // the request waits until ClearFaults, then it is carried out
	HoldAnswer                           // the request is carried out, its answer waits until ClearFaults
	Twice                                // getUpdates gives every update twice, and once more the next time
	Reversed                             // getUpdates gives the newest update first
)

// Fault makes matching requests of the bot fail.
type Fault struct {
	Kind       FaultKind
	Method     string        // Bot API method, any case, or "file" for downloads; "" = all
	Chat       int64         // 0 = all chats and methods without one
	Count      int           // how many requests; 0 = until ClearFaults
	RetryAfter int           // seconds, of TooManyRequests; 0 = 1
	Delay      time.Duration // of Slow
}

type faults struct {
	mu    sync.Mutex
	list  []*Fault
	held  int               // requests that wait now
	moved chan struct{}     // closes when a request begins to wait
	free  chan struct{}     // closes when faults are cleared
	given []json.RawMessage // updates of the last answer, of Twice
}

// SetFault adds a fault. The first that matches a request is applied, and
// only that one.
func (s *Server) SetFault(f Fault) {
	f.Method = strings.ToLower(f.Method)
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.list = append(s.faults.list, &f)
}

// ClearFaults ends all faults and sets others in the same moment, which what was held
// meets, too.
func (s *Server) ClearFaults(next ...Fault) {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.list = nil
	for _, f := range next {
		f.Method = strings.ToLower(f.Method)
		s.faults.list = append(s.faults.list, &f)
	}
	wake(&s.faults.free)
}

// AwaitHeld returns nil once n requests are held by Hold and HoldAnswer.
func (s *Server) AwaitHeld(ctx context.Context, n int) error {
	for {
		s.faults.mu.Lock()
		held, moved := s.faults.held, signal(&s.faults.moved)
		s.faults.mu.Unlock()
		if held >= n {
			return nil
		}
		if err := s.until(ctx, moved); err != nil {
			return err
		}
	}
}

// hold waits until faults are cleared; false = the bot went away first.
func (s *Server) hold(r *http.Request) bool {
	f := &s.faults
	f.mu.Lock()
	free := signal(&f.free)
	f.held++
	wake(&f.moved)
	f.mu.Unlock()
	defer func() {
		f.mu.Lock()
		f.held--
		f.mu.Unlock()
	}()
	select {
	case <-free:
		return true
	case <-r.Context().Done():
	case <-s.ctx.Done():
	}
	return false
}

// match returns the fault for a request, nil = none, and uses up one of its count.
func (f *faults) match(method string, chat int64) *Fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i, fault := range f.list {
		if fault.Method != "" && fault.Method != method || fault.Chat != 0 && fault.Chat != chat {
			continue
		}
		hit := *fault
		if fault.Count > 0 {
			if fault.Count--; fault.Count == 0 {
				f.list = slices.Delete(f.list, i, i+1)
			}
		}
		return &hit
	}
	return nil
}

// before applies what happens ahead of the request; false = cut the connection.
func (s *Server) before(r *http.Request, f *Fault) bool {
	switch f.Kind {
	case Reset:
		return false
	case Hold:
		return s.hold(r)
	case Slow:
		timer := time.NewTimer(f.Delay)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-r.Context().Done():
			return false
		case <-s.ctx.Done():
			return false
		}
	}
	return true
}

// after applies what happens behind the request; false = cut the connection.
func (s *Server) after(r *http.Request, f *Fault) bool {
	switch f.Kind {
	case Ambiguous:
		return false
	case HoldAnswer:
		return s.hold(r)
	}
	return true
}

// disorder changes what getUpdates gives.
func (s *Server) disorder(f *Fault, result any) any {
	batch, ok := result.([]json.RawMessage)
	if !ok {
		return result
	}
	switch f.Kind {
	case Twice:
		s.faults.mu.Lock()
		defer s.faults.mu.Unlock()
		again := slices.Concat(s.faults.given, batch, batch)
		s.faults.given = batch
		return again
	case Reversed:
		batch = slices.Clone(batch)
		slices.Reverse(batch)
	}
	return batch
}

// answer is the error a fault gives instead of a result, nil = carry on.
func (f *Fault) answer() *apiError {
	switch f.Kind {
	case TooManyRequests:
		return tooMany(max(f.RetryAfter, 1))
	case ServerError:
		return &apiError{code: 500, text: "Internal Server Error"}
	case Unauthorized:
		return &apiError{code: 401, text: "Unauthorized"}
	case Conflict:
		return &apiError{code: 409, text: conflictPoll}
	case Gateway:
		return &apiError{code: http.StatusBadGateway, page: "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>\n"}
	default:
		return nil
	}
}

func tooMany(seconds int) *apiError {
	return &apiError{code: 429, text: "Too Many Requests: retry after " + strconv.Itoa(seconds), retryAfter: seconds}
}
