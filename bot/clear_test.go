package bot_test

import (
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"tinbao/bot"
	"tinbao/telegramsim"
)

// A chat is cleared of its own messages, whatever their numbers, in as many calls as it
// takes; what is too old for Telegram stays and keeps no other, and other chats lose nothing.
func TestAChatIsClearedOfItsOwnMessages(t *testing.T) {
	t.Parallel()
	now := time.Now()
	sim, err := telegramsim.New(telegramsim.Options{Token: token, Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(sim.Handler())
	t.Cleanup(func() { sim.Close(); server.Close() })
	c := client(t, server.URL, "")
	for _, id := range []int64{an, binh} {
		sim.AddUser(telegramsim.User{ID: id, FirstName: "x", LanguageCode: "vi"})
		if _, err := sim.Start(id, ""); err != nil {
			t.Fatal(err)
		}
	}
	says := func(chat int64, n int) {
		for range n {
			if err := c.Deliver(t.Context(), renderer.Call(bot.Reply{Chat: chat, Lang: "vi", Lines: []bot.Text{bot.Words("x")}}).Encode()); err != nil {
				t.Fatal(err)
			}
		}
	}
	says(an, 3)
	now = now.Add(49 * time.Hour)
	for range bot.MostDeleted {
		says(an, 2)
		says(binh, 1)
	}
	var numbers []int
	for _, m := range sim.Messages(an) {
		numbers = append(numbers, m.ID)
	}
	slices.Reverse(numbers)
	others := len(sim.Messages(binh))
	numbers = append(numbers, numbers[0]+1, 999_999) // of another chat, and of none
	at := bot.Stations{{Client: c, Limits: bot.NewLimits(nil, bot.Pace{All: 10_000, Chat: 10_000, Burst: 1000, Group: 100}, func(int64) string { return "x" })}}
	stayed, err := at.Clear(t.Context(), an, numbers)
	if err != nil || stayed != 4 { // the start of the chat, and three messages
		t.Errorf("%d stay, %v", stayed, err)
	}
	if left := len(sim.Messages(an)); left != 4 {
		t.Errorf("%d messages are left", left)
	}
	if got := len(sim.Messages(binh)); got != others {
		t.Errorf("%d of %d messages of another chat are left", got, others)
	}
	if stayed, err := at.Clear(t.Context(), an, numbers); err != nil || stayed != 4 { // again, after a fault
		t.Errorf("the second time %d stay, %v", stayed, err)
	}
}

// Only a call that clears a chat is taken for one.
func TestClearingIsRecognised(t *testing.T) {
	t.Parallel()
	call := renderer.Call(bot.Reply{Chat: an, Clear: &bot.Clear{Messages: []int{7, 5}}}).Encode()
	if got, ok := bot.Clearing(call); !ok || !slices.Equal(got, []int{7, 5}) {
		t.Errorf("%v %v", got, ok)
	}
	for _, r := range []bot.Reply{{Chat: an, Erase: 7}, {Chat: an, Lines: []bot.Text{bot.Words("x")}}} {
		if _, ok := bot.Clearing(renderer.Call(r).Encode()); ok {
			t.Errorf("%+v", r)
		}
	}
}
