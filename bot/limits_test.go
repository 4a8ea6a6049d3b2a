package bot_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"tinbao/bot"
	"tinbao/internal/testservers"
)

func name(chat int64) string { return fmt.Sprint("pseudonym ", chat) }

func redisAt(t *testing.T, opt *redis.Options) *redis.Client {
	t.Helper()
	opt.ContextTimeoutEnabled = true
	c := redis.NewClient(opt)
	t.Cleanup(func() { c.Close() })
	return c
}

// sharedRedis is the Redis that all tests share, or a part of it.
func sharedRedis(t *testing.T) *redis.Client {
	t.Helper()
	opt, err := redis.ParseURL(testservers.Redis(t))
	if err != nil {
		t.Fatal(err)
	}
	return redisAt(t, opt)
}

// allowed counts the calls that pass at once.
func allowed(t *testing.T, chat int64, limits ...*bot.Limits) int {
	t.Helper()
	const most = 60
	for i := range most {
		if err := limits[i%len(limits)].Wait(t.Context(), 200*time.Millisecond, chat, true, false); err != nil {
			if _, paced := bot.RetryIn(err); !paced {
				t.Error(err)
			}
			return i
		}
	}
	return most
}

func TestBudgetIsSharedByReplicas(t *testing.T) {
	t.Parallel()
	client := sharedRedis(t)
	pace := bot.Pace{All: 1000, Chat: 1, Burst: 3, Group: 20}
	one, two := bot.NewLimits(client, pace, name), bot.NewLimits(client, pace, name)
	if n := allowed(t, an, one, two); n != 3 {
		t.Errorf("%d messages at once to a chat over two replicas, want 3", n)
	}
	if n := allowed(t, binh, one); n != 3 {
		t.Errorf("another chat is held up: %d", n)
	}
	if n := allowed(t, -100, one, two); n != 20 {
		t.Errorf("%d messages at once to a group, want 20", n)
	}
	if err := one.Wait(t.Context(), time.Minute, an, false, true); err != nil {
		t.Error("an answer to a press waits:", err)
	}
}

// Whatever is sent counts in all, over all replicas and also without Redis; only an
// answer to a press never waits, because the phone shows a spinner until it comes.
func TestBudgetInAll(t *testing.T) {
	t.Parallel()
	pace := bot.Pace{All: 1, Chat: 100, Burst: 100, Group: 20}
	client := sharedRedis(t)
	shared, local := bot.NewLimits(client, pace, name), bot.NewLimits(nil, pace, name)
	for what, limits := range map[string][]*bot.Limits{"shared": {shared, bot.NewLimits(client, pace, name)}, "local": {local}} {
		start := time.Now()
		if n := allowed(t, an, limits...); n > 1+int(time.Since(start).Seconds()) {
			t.Errorf("%s: %d messages at once", what, n)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
		s := bot.Sender{Client: telling(t, http.StatusOK, `{"ok":true,"result":true}`), Limits: limits[0]}
		if _, err := s.Send(ctx, an, bot.Call{Method: "answerCallbackQuery"}.Encode()); err != nil {
			t.Errorf("%s: an answer to a press waits: %v", what, err)
		}
		if _, err := s.Send(ctx, an, bot.Call{Method: "editMessageText"}.Encode()); err == nil && time.Since(start) < time.Second {
			t.Errorf("%s: an edit does not count", what)
		}
		cancel()
	}
}

// silent accepts connections and never says a word.
func silent(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var held []net.Conn
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			held = append(held, c)
		}
	}()
	t.Cleanup(func() {
		l.Close()
		<-done
		for _, c := range held {
			c.Close()
		}
	})
	return l.Addr().String()
}

// An absent or a silent Redis holds messages up no longer than a person notices.
func TestRedisAwayHoldsNothingUp(t *testing.T) {
	t.Parallel()
	for what, opt := range map[string]*redis.Options{
		"absent": {Network: "unix", Addr: filepath.Join(t.TempDir(), "none.sock")},
		"silent": {Addr: silent(t)},
	} {
		l := bot.NewLimits(redisAt(t, opt), bot.Pace{All: 1000, Chat: 100, Burst: 100, Group: 20}, name)
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		start := time.Now()
		for range 20 {
			if err := l.Wait(ctx, time.Minute, an, true, false); err != nil {
				t.Fatalf("%s: %v after %v", what, err, time.Since(start))
			}
		}
		cancel()
		t.Logf("%s: 20 messages in %v", what, time.Since(start))
	}
}

func TestLocalPaceWithoutRedis(t *testing.T) {
	t.Parallel()
	l := bot.NewLimits(nil, bot.Pace{All: 1000, Chat: 1, Burst: 3, Group: 20}, name)
	if n := allowed(t, an, l); n != 3 {
		t.Errorf("%d at once to a chat", n)
	}
	if n := allowed(t, -5, l); n != 20 {
		t.Errorf("%d at once to a group", n)
	}
}

// held reports that a call may not go now.
func held(t *testing.T, l *bot.Limits, chat int64, message bool) bool {
	t.Helper()
	return l.Wait(t.Context(), 200*time.Millisecond, chat, message, false) != nil
}

// Only messages count against a chat, Redis is told a pseudonym, and a caller that
// gave up is no reason to leave the shared budget.
func TestSharedBudgetOfAChat(t *testing.T) {
	t.Parallel()
	client := sharedRedis(t)
	pace := bot.Pace{All: 1000, Chat: 1, Burst: 1, Group: 20}
	l := bot.NewLimits(client, pace, func(int64) string { return "somebody" })
	for range 3 {
		if held(t, l, an, false) {
			t.Error("an edit waits for the chat's pace")
		}
	}
	if held(t, l, an, true) {
		t.Error("edits used up the chat's budget")
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if err := l.Wait(gone, time.Minute, an, true, false); err == nil {
		t.Error("a caller that gave up may send")
	}
	if !held(t, l, an, true) {
		t.Error("a caller that gave up took the replica off the shared budget")
	}
	keys, err := client.Keys(t.Context(), "*").Result()
	if err != nil || !strings.Contains(fmt.Sprint(keys), "somebody") || strings.Contains(fmt.Sprint(keys), fmt.Sprint(an)) {
		t.Errorf("Redis holds %v %v", keys, err)
	}
}

// What one bot sends does not count for another, over all replicas and without Redis.
func TestBotsHaveTheirOwnBudgets(t *testing.T) {
	t.Parallel()
	client := sharedRedis(t)
	pace := bot.Pace{All: 1000, Chat: 1, Burst: 3, Group: 20}
	for what, limits := range map[string]*bot.Limits{"shared": bot.NewLimits(client, pace, name), "local": bot.NewLimits(nil, pace, name)} {
		one, other := limits.For(1), limits.For(2)
		if n := allowed(t, an, one); n != 3 {
			t.Errorf("%s: %d messages at once by one bot, want 3", what, n)
		}
		if n := allowed(t, an, other); n != 3 {
			t.Errorf("%s: %d messages at once by another bot, want 3", what, n)
		}
	}
	if n := allowed(t, an, bot.NewLimits(client, pace, name).For(1)); n != 0 {
		t.Errorf("a second replica of the first bot sends %d more", n)
	}
}
