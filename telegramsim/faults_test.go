package telegramsim_test

import (
	"errors"
	"testing"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"tinbao/telegramsim"
)

func TestFaults(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		fault telegramsim.Fault
		code  int // 0 = the connection breaks
		shown int // messages of the bot afterwards
	}{
		{"429", telegramsim.Fault{Kind: telegramsim.TooManyRequests, RetryAfter: 7}, 429, 0},
		{"500", telegramsim.Fault{Kind: telegramsim.ServerError}, 500, 0},
		{"401", telegramsim.Fault{Kind: telegramsim.Unauthorized}, 401, 0},
		{"409", telegramsim.Fault{Kind: telegramsim.Conflict}, 409, 0},
		{"reset", telegramsim.Fault{Kind: telegramsim.Reset}, 0, 0},
		{"ambiguous", telegramsim.Fault{Kind: telegramsim.Ambiguous}, 0, 1},
		{"slow", telegramsim.Fault{Kind: telegramsim.Slow, Delay: time.Millisecond}, 200, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			b := setup(t, telegramsim.Options{})
			must[int](t)(b.Start(an, ""))
			tt.fault.Method, tt.fault.Chat, tt.fault.Count = "sendMessage", an, 1
			b.SetFault(tt.fault)
			out, err := b.try("sendMessage", fields{"chat_id": an, "text": "x"})
			switch {
			case (tt.code == 0) != (err != nil):
				t.Errorf("connection error: %v", err)
			case tt.code > 0 && tt.code != 200 && out.Code != tt.code:
				t.Errorf("got %d %s", out.Code, out.Text)
			case out.Parameters.RetryAfter != tt.fault.RetryAfter:
				t.Errorf("retry after %d", out.Parameters.RetryAfter)
			}
			if n := len(b.Messages(an)) - 1; n != tt.shown {
				t.Errorf("%d messages arrived, want %d", n, tt.shown)
			}
			b.send(an, "lỗi chỉ xảy ra một lần")
		})
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_800_000_000, 0)
	b := setup(t, telegramsim.Options{Now: func() time.Time { return now }})
	b.EnforceLimits(true)
	must[int](t)(b.Start(an, ""))
	for range 3 {
		b.send(an, "nhanh")
	}
	_, err := b.library().Send(tgbotapi.NewMessage(an, "quá nhanh"))
	var refused *tgbotapi.Error
	if !errors.As(err, &refused) || refused.Code != 429 || refused.RetryAfter != 1 {
		t.Fatalf("got %#v", err)
	}
	now = now.Add(time.Second)
	b.send(an, "một giây sau")
}

func TestBlocking(t *testing.T) {
	t.Parallel()
	b := setup(t, telegramsim.Options{})
	b.refused(403, "Forbidden: bot can't initiate conversation with a user", "sendMessage", fields{"chat_id": an, "text": "x"})
	must[int](t)(b.Start(an, ""))
	if err := b.Block(an); err != nil {
		t.Fatal(err)
	}
	b.refused(403, "Forbidden: bot was blocked by the user", "sendMessage", fields{"chat_id": an, "text": "x"})
	if _, err := b.SendText(an, "x"); err == nil {
		t.Error("wrote to a blocked bot")
	}
	if err := b.Unblock(an); err != nil {
		t.Fatal(err)
	}
	b.send(an, "chào")
	list := b.updates(0)
	if len(list) != 3 || list[1].MyChatMember.NewChatMember.Status != "kicked" || list[2].MyChatMember.NewChatMember.Status != "member" {
		t.Fatalf("got %+v", list)
	}
}
