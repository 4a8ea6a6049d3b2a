package bot_test

import (
	"context"
	"errors"
	"net"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"tinbao/bot"
	"tinbao/internal/testservers"
)

// wire leads to the test's Redis and can be cut: then it swallows everything, like a
// host that lost its network.
type wire struct {
	to    *redis.Options
	cut   atomic.Bool
	asked chan struct{} // a sign of every piece that passed
}

func (w *wire) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	if w.cut.Load() {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	conn, err := (&net.Dialer{}).DialContext(ctx, w.to.Network, w.to.Addr)
	if err != nil {
		return nil, err
	}
	return &wired{conn, w}, nil
}

type wired struct {
	net.Conn
	w *wire
}

func (c *wired) Write(p []byte) (int, error) {
	if c.w.cut.Load() {
		return len(p), nil
	}
	select {
	case c.w.asked <- struct{}{}:
	default:
	}
	return c.Conn.Write(p)
}

// A Redis that falls silent in the middle costs one short wait; when it is back, it
// is asked again.
func TestRedisFallsSilentAndComesBack(t *testing.T) {
	t.Parallel()
	opt, err := redis.ParseURL(testservers.Redis(t))
	if err != nil {
		t.Fatal(err)
	}
	w := &wire{to: opt, asked: make(chan struct{}, 1)}
	through := *opt
	through.Dialer = w.dial
	l := bot.NewLimits(redisAt(t, &through), bot.Pace{All: 1000, Chat: 20, Burst: 3, Group: 20}, name)
	wait := func() time.Duration {
		t.Helper()
		start := time.Now()
		if err := l.Wait(t.Context(), time.Minute, an, true, false); err != nil {
			t.Fatal(err)
		}
		return time.Since(start)
	}
	wait()
	<-w.asked
	w.cut.Store(true)
	first := wait()
	rest := wait() + wait()
	t.Logf("first message after the silence: %v, the next two: %v", first, rest)
	if first > 2*time.Second || rest > time.Second {
		t.Errorf("held up for %v, then %v", first, rest)
	}
	w.cut.Store(false)
	for away := time.Now(); time.Since(away) < 20*time.Second; wait() { // the pace itself waits
		select {
		case <-w.asked:
			t.Logf("asked again after %v", time.Since(away))
			return
		default:
		}
	}
	t.Error("Redis is back and never asked again")
}

// unreachable is a Redis whose connections neither open nor fail.
func unreachable(t *testing.T) *redis.Options {
	t.Helper()
	done := make(chan struct{})
	t.Cleanup(func() { close(done) })
	return &redis.Options{DialerRetries: 1, Dialer: func(ctx context.Context, _, _ string) (net.Conn, error) {
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-done:
			return nil, errors.New("the test is over")
		}
	}}
}

// Many messages at the moment Redis goes away share one short wait.
func TestManyMessagesWithoutRedis(t *testing.T) {
	t.Parallel()
	for what, opt := range map[string]*redis.Options{"unreachable": unreachable(t), "silent": {Addr: silent(t)}} {
		l := bot.NewLimits(redisAt(t, opt), bot.Pace{All: 10_000, Chat: 100, Burst: 100, Group: 20}, name)
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		start := time.Now()
		var wg sync.WaitGroup
		for chat := range int64(200) {
			wg.Go(func() {
				if err := l.Wait(ctx, time.Minute, chat+1, true, false); err != nil {
					t.Errorf("%s: %v", what, err)
				}
			})
		}
		wg.Wait()
		cancel()
		t.Logf("%s: 200 messages at once in %v", what, time.Since(start))
	}
}

// Without Redis the memory of chats is bounded.
func TestLocalChatsAreBounded(t *testing.T) {
	t.Parallel()
	l := bot.NewLimits(nil, bot.Pace{All: 1_000_000, Chat: 1, Burst: 1, Group: 20}, name)
	for chat := range int64(10_001) {
		if err := l.Wait(t.Context(), time.Minute, chat+1, true, false); err != nil {
			t.Fatal(err)
		}
	}
	if n := allowed(t, 1, l); n != 1 {
		t.Errorf("%d at once, want 1 from a budget made anew", n)
	}
}

// A sender that must stop does not wait for its turn.
func TestSenderStopsWithItsContext(t *testing.T) {
	t.Parallel()
	s := bot.Sender{Client: client(t, "http://127.0.0.1:1", ""), Limits: bot.NewLimits(nil, bot.TelegramPace, name)}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := s.Send(ctx, an, bot.Call{Method: "sendMessage"}.Encode())
	if !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
