package telegramsim

import (
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
	mu   sync.Mutex
	list []*Fault
}

// SetFault adds a fault. The first that matches a request is applied, and
// only that one.
func (s *Server) SetFault(f Fault) {
	f.Method = strings.ToLower(f.Method)
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.list = append(s.faults.list, &f)
}

// ClearFaults ends all faults.
func (s *Server) ClearFaults() {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.list = nil
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
	default:
		return nil
	}
}

func tooMany(seconds int) *apiError {
	return &apiError{code: 429, text: "Too Many Requests: retry after " + strconv.Itoa(seconds), retryAfter: seconds}
}
