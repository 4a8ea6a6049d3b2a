package telegramsim_test

import (
	"encoding/json"
	"testing"
	"time"

	"tinbao/telegramsim"
)

func TestUpdatesStayUntilConfirmed(t *testing.T) {
	t.Parallel()
	b := setup(t, telegramsim.Options{FirstUpdateID: 700})
	must[int](t)(b.SendText(an, "một"))
	must[int](t)(b.SendText(an, "hai"))
	for range 2 {
		if list := b.updates(0); len(list) != 2 || list[0].UpdateID != 700 || list[1].Message.Text != "hai" {
			t.Fatalf("got %+v", list)
		}
	}
	if list := b.updates(701); len(list) != 1 || list[0].UpdateID != 701 {
		t.Fatalf("after the first was confirmed: %+v", list)
	}
	if n := b.Pending(); n != 1 {
		t.Fatalf("%d pending, want 1", n)
	}
	b.updates(702)
	if err := b.Idle(within(t)); err != nil {
		t.Fatal(err)
	}
}

func TestLongPollWakes(t *testing.T) {
	t.Parallel()
	b := setup(t, telegramsim.Options{})
	got := make(chan answer, 1)
	go func() {
		out, _ := b.try("getUpdates", fields{"timeout": 30})
		got <- out
	}()
	time.Sleep(50 * time.Millisecond) // most likely the poll waits by now; the test holds either way
	must[int](t)(b.SendText(an, "dậy"))
	if out := <-got; !out.OK || len(out.Result) < 10 {
		t.Fatalf("got %+v", out)
	}
}

func TestSecondPollEndsTheFirst(t *testing.T) {
	t.Parallel()
	b := setup(t, telegramsim.Options{})
	first := make(chan answer, 1)
	go func() {
		out, _ := b.try("getUpdates", fields{"timeout": 30})
		first <- out
	}()
	for {
		// The newer request ends the older, as in Telegram. This one is the
		// older itself if the long poll comes late, so it may be refused too.
		b.try("getUpdates", fields{})
		select {
		case out := <-first:
			if out.Code != 409 {
				t.Fatalf("the older poll got %d %s", out.Code, out.Text)
			}
			return
		case <-time.After(10 * time.Millisecond):
		}
	}
}

func TestInjectedUpdateIsRepeatedOnce(t *testing.T) {
	t.Parallel()
	b := setup(t, telegramsim.Options{})
	must[int](t)(b.SendText(an, "một"))
	raw, _ := json.Marshal(map[string]any{"update_id": 1, "message": map[string]any{"chat": map[string]any{"id": an}}})
	b.updates(2)
	id := must[int64](t)(b.InjectUpdate(raw))
	if list := b.updates(2); id != 1 || len(list) != 1 || list[0].UpdateID != 1 {
		t.Fatalf("id %d, got %+v", id, list)
	}
	if list := b.updates(2); len(list) != 0 {
		t.Fatalf("delivered again: %+v", list)
	}
}

func TestCommandsGetAnEntity(t *testing.T) {
	t.Parallel()
	b := setup(t, telegramsim.Options{})
	must[int](t)(b.Start(an, "ma-moi"))
	m := b.updates(0)[0].Message
	if m.Command() != "start" || m.CommandArguments() != "ma-moi" || m.From.ID != an || m.Chat.Type != "private" {
		t.Fatalf("got %+v", m)
	}
}
