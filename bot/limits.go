package bot

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-redis/redis_rate/v10"
	"github.com/redis/go-redis/v9"
	"golang.org/x/time/rate"
)

// TelegramPace are Telegram's limits for a bot (core.telegram.org/bots/faq, "Broadcasting to
// users"): 30 messages a second in all, one a second to a chat with short bursts
// allowed, 20 a minute to a group.
var TelegramPace = Pace{All: 30, Chat: 1, Burst: 3, Group: 20}

// Pace is how fast a bot may write.
type Pace struct {
	All   int // messages a second in all
	Chat  int // messages a second to one person
	Burst int // messages to one person at once after a silence
	Group int // messages a minute to one group
}

const localChatsAtMax = 10_000

// Limits paces sending. The budget is shared by all replicas in Redis; while
// Redis is away each replica keeps its own.
type Limits struct {
	shared *redis_rate.Limiter
	tag    string // what the keys in Redis begin with
	name   func(chat int64) string
	local  *localLimits
	pace   Pace
	away   *atomic.Int64 // Redis is not asked before this moment, in Unix nanoseconds
}

// NewLimits uses Redis, whose client must obey the deadline of a context
// (ContextTimeoutEnabled), or only local budgets when client is nil; name gives a
// pseudonym of a chat that changes daily.
func NewLimits(client redis.UniversalClient, pace Pace, name func(chat int64) string) *Limits {
	l := &Limits{tag: "send:{bot}:", name: name, pace: pace, local: newLocalLimits(pace), away: new(atomic.Int64)}
	if client != nil {
		l.shared = redis_rate.NewLimiter(client)
	}
	return l
}

// For gives the limits of one bot by its number: Telegram's are for each bot apart. The
// number is in braces, so that a Redis Cluster keeps all that a bot counts in one slot
// and several bots in several.
func (l *Limits) For(bot int64) *Limits {
	own := *l
	own.tag, own.local = fmt.Sprintf("send:{%d}:", bot), newLocalLimits(l.pace)
	return &own
}

// Wait blocks until a call may be sent. When that takes longer than a time, it fails with
// what RetryIn reads. Only messages count against a chat's pace; answers to presses are
// not paced.
func (l *Limits) Wait(ctx context.Context, most time.Duration, chat int64, message, free bool) error {
	if free {
		return nil
	}
	until := time.Now().Add(most)
	if message {
		limit := redis_rate.Limit{Rate: l.pace.Chat, Burst: l.pace.Burst, Period: time.Second}
		if chat < 0 {
			limit = redis_rate.PerMinute(l.pace.Group)
		}
		if err := l.take(ctx, until, l.tag+"chat:"+l.name(chat), limit, func() *rate.Limiter { return l.local.chat(chat) }); err != nil {
			return err
		}
	}
	return l.take(ctx, until, l.tag+"all", redis_rate.PerSecond(l.pace.All), func() *rate.Limiter { return l.local.all })
}

// take waits for a shared token, or for a local one when Redis does not answer.
func (l *Limits) take(ctx context.Context, until time.Time, key string, limit redis_rate.Limit, local func() *rate.Limiter) error {
	for l.shared != nil && time.Now().UnixNano() >= l.away.Load() {
		res, err := l.ask(ctx, key, limit)
		if err != nil {
			break
		}
		if res.Allowed > 0 {
			return nil
		}
		if err := holdBack(ctx, until, res.RetryAfter); err != nil {
			return err
		}
	}
	turn := local().Reserve()
	err := holdBack(ctx, until, turn.Delay())
	if err != nil {
		turn.Cancel()
	}
	return err
}

const (
	redisLimit = 150 * time.Millisecond // a Redis that answers slower is no help
	redisPause = 5 * time.Second        // before an absent Redis is asked again
)

// ask asks Redis, and not for a while when it does not answer: an absent Redis
// must not hold up a message.
func (l *Limits) ask(ctx context.Context, key string, limit redis_rate.Limit) (*redis_rate.Result, error) {
	limited, cancel := context.WithTimeout(ctx, redisLimit)
	defer cancel()
	res, err := l.shared.Allow(limited, key, limit)
	if err != nil && ctx.Err() == nil {
		l.away.Store(time.Now().Add(redisPause).UnixNano())
	}
	return res, err
}

// holdBack waits for so long, or says that this would be too long.
func holdBack(ctx context.Context, until time.Time, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	if time.Now().Add(d).After(until) {
		return &Failure{Code: http.StatusTooManyRequests, Description: "not sent: the limits leave no room", RetryAfter: d}
	}
	return pause(ctx, d)
}

func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

type localLimits struct {
	pace  Pace
	all   *rate.Limiter
	mu    sync.Mutex
	chats map[int64]*rate.Limiter
}

func newLocalLimits(pace Pace) *localLimits {
	return &localLimits{pace: pace, all: rate.NewLimiter(rate.Limit(pace.All), pace.All), chats: map[int64]*rate.Limiter{}}
}

func (l *localLimits) chat(chat int64) *rate.Limiter {
	l.mu.Lock()
	defer l.mu.Unlock()
	limiter, ok := l.chats[chat]
	if !ok {
		if len(l.chats) >= localChatsAtMax {
			clear(l.chats) // a chat that loses its budget may burst once more; memory stays bounded
		}
		limiter = rate.NewLimiter(rate.Limit(l.pace.Chat), l.pace.Burst)
		if chat < 0 {
			limiter = rate.NewLimiter(rate.Every(time.Minute/time.Duration(l.pace.Group)), l.pace.Group)
		}
		l.chats[chat] = limiter
	}
	return limiter
}
