package telegramsim

import (
	"math"
	"sync"
	"time"
)

// Telegram's limits on a bot's sends, see core.telegram.org/bots/faq.
var (
	overallRate = rate{perSecond: 30, burst: 30}
	chatRate    = rate{perSecond: 1, burst: 3}
	groupRate   = rate{perSecond: 20.0 / 60, burst: 20}
)

type rate struct{ perSecond, burst float64 }

// bucket is a token bucket; the zero value is full.
type bucket struct {
	used float64 // tokens taken and not yet refilled
	at   time.Time
}

// wait refills the bucket and returns how many seconds pass until n tokens are
// there. More than the burst is granted once the bucket is full.
func (b *bucket) wait(r rate, now time.Time, n float64) float64 {
	b.used = max(0, b.used-max(0, now.Sub(b.at).Seconds())*r.perSecond)
	b.at = now
	return max(0, b.used+min(n, r.burst)-r.burst) / r.perSecond
}

type limits struct {
	mu      sync.Mutex
	on      bool
	overall bucket
}

// EnforceLimits switches Telegram's limits on or off: 30 sends a second
// overall, 1 a second to a person after a burst of 3, 20 a minute to a group.
// Beyond them sends answer 429 with retry_after.
func (s *Server) EnforceLimits(on bool) {
	s.limits.mu.Lock()
	defer s.limits.mu.Unlock()
	s.limits.on = on
}

// spend takes the tokens for n messages to a locked chat. An album counts once
// for the chat.
func (l *limits) spend(c *chat, now time.Time, n int) *apiError {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.on {
		return nil
	}
	r := chatRate
	if c.id < 0 {
		r = groupRate
	}
	seconds := max(l.overall.wait(overallRate, now, float64(n)), c.bucket.wait(r, now, 1))
	if seconds > 1e-9 { // refilling leaves rounding dust
		return tooMany(int(math.Ceil(seconds - 1e-9)))
	}
	l.overall.used += float64(n)
	c.bucket.used++
	return nil
}
