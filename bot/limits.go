package bot

import (
	"context"
	"sync"
	"time"

	"github.com/go-redis/redis_rate/v10"
	"github.com/redis/go-redis/v9"
	"golang.org/x/time/rate"
)

// Telegram's limits for a bot (core.telegram.org/bots/faq, "Broadcasting to
// users"): 30 messages a second in all, one a second to a chat with short bursts
// allowed, 20 a minute to a group.
const (
	allPerSecond    = 30
	chatPerSecond   = 1
	chatBurst       = 3
	groupPerMinute  = 20
	localChatsAtMax = 10_000
)

// Limits paces sending. The budget is shared by all replicas in Redis; while
// Redis is away each replica keeps its own.
type Limits struct {
	shared *redis_rate.Limiter
	name   func(chat int64) string
	local  *localLimits
}

// NewLimits uses Redis; name gives a pseudonym of a chat that changes daily.
func NewLimits(client redis.UniversalClient, name func(chat int64) string) *Limits {
	l := &Limits{name: name, local: newLocalLimits()}
	if client != nil {
		l.shared = redis_rate.NewLimiter(client)
	}
	return l
}

// Wait blocks until a call may be sent. Only messages count against a chat's
// pace; answers to presses are not paced.
func (l *Limits) Wait(ctx context.Context, chat int64, message, free bool) error {
	if free {
		return nil
	}
	if message {
		limit := redis_rate.Limit{Rate: chatPerSecond, Burst: chatBurst, Period: time.Second}
		if chat < 0 {
			limit = redis_rate.PerMinute(groupPerMinute)
		}
		if err := l.take(ctx, "send:chat:"+l.name(chat), limit, func() error { return l.local.chat(ctx, chat) }); err != nil {
			return err
		}
	}
	return l.take(ctx, "send:all", redis_rate.PerSecond(allPerSecond), func() error { return l.local.all.Wait(ctx) })
}

// take waits for a shared token, or for a local one when Redis does not answer.
func (l *Limits) take(ctx context.Context, key string, limit redis_rate.Limit, local func() error) error {
	for l.shared != nil {
		res, err := l.shared.Allow(ctx, key, limit)
		if err != nil {
			break
		}
		if res.Allowed > 0 {
			return nil
		}
		if err := pause(ctx, res.RetryAfter); err != nil {
			return err
		}
	}
	return local()
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
	all   *rate.Limiter
	mu    sync.Mutex
	chats map[int64]*rate.Limiter
}

func newLocalLimits() *localLimits {
	return &localLimits{all: rate.NewLimiter(allPerSecond, allPerSecond), chats: map[int64]*rate.Limiter{}}
}

func (l *localLimits) chat(ctx context.Context, chat int64) error {
	l.mu.Lock()
	limiter, ok := l.chats[chat]
	if !ok {
		if len(l.chats) >= localChatsAtMax {
			clear(l.chats) // a chat that loses its budget may burst once more; memory stays bounded
		}
		limiter = rate.NewLimiter(chatPerSecond, chatBurst)
		if chat < 0 {
			limiter = rate.NewLimiter(rate.Every(time.Minute/groupPerMinute), groupPerMinute)
		}
		l.chats[chat] = limiter
	}
	l.mu.Unlock()
	return limiter.Wait(ctx)
}
