package telegramsim_test

import (
	"errors"
	"net/http"
	"slices"
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

// A held request is carried out when faults are cleared, one whose answer is held
// already was; a bot that does not wait for it changes nothing about that.
func TestHeldRequests(t *testing.T) {
	t.Parallel()
	for kind, shown := range map[telegramsim.FaultKind]int{telegramsim.Hold: 0, telegramsim.HoldAnswer: 1} {
		b := setup(t, telegramsim.Options{})
		must[int](t)(b.Start(an, ""))
		b.SetFault(telegramsim.Fault{Kind: kind, Method: "sendMessage"})
		answered := make(chan error, 1)
		go func() {
			_, err := b.try("sendMessage", fields{"chat_id": an, "text": "x"})
			answered <- err
		}()
		if err := b.AwaitHeld(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
		if n := len(b.Messages(an)) - 1; n != shown {
			t.Errorf("%d messages while the request is held, want %d", n, shown)
		}
		b.ClearFaults()
		if err := <-answered; err != nil {
			t.Error(err)
		}
		if n := len(b.Messages(an)) - 1; n != 1 {
			t.Errorf("%d messages in the end", n)
		}
		calls := b.Calls()
		if last := calls[len(calls)-1]; last.Message == 0 || last.Status != 200 {
			t.Errorf("remembered as %+v", last)
		}
	}
}

func TestDisorder(t *testing.T) {
	t.Parallel()
	b := setup(t, telegramsim.Options{})
	ids := func(offset int) (out []int) {
		for _, u := range b.updates(offset) {
			out = append(out, u.UpdateID)
		}
		return out
	}
	must[int](t)(b.Start(an, ""))
	must[int](t)(b.SendText(an, "hai"))
	b.SetFault(telegramsim.Fault{Kind: telegramsim.Reversed, Count: 1})
	if got := ids(0); !slices.Equal(got, []int{2, 1}) {
		t.Error(got)
	}
	b.SetFault(telegramsim.Fault{Kind: telegramsim.Twice, Count: 2})
	if got := ids(2); !slices.Equal(got, []int{2, 2}) {
		t.Error(got)
	}
	must[int](t)(b.SendText(an, "ba"))
	if got := ids(3); !slices.Equal(got, []int{2, 3, 3}) {
		t.Error(got)
	}
}

func TestGatewayAnswersWithAPage(t *testing.T) {
	t.Parallel()
	b := setup(t, telegramsim.Options{})
	b.SetFault(telegramsim.Fault{Kind: telegramsim.Gateway})
	resp := b.visit("GET", "/bot"+token+"/getMe", "", nil)
	defer resp.Body.Close()
	if kind := resp.Header.Get("Content-Type"); resp.StatusCode != http.StatusBadGateway || kind != "text/html" {
		t.Errorf("%d %s", resp.StatusCode, kind)
	}
}
