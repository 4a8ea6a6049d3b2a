package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"tinbao/bot"
	"tinbao/storage"
	"tinbao/telegramsim"
)

// letter is a message to one of the cast.
func (w *town) letter(who, words string) storage.Message {
	return w.app.message(bot.Reply{Chat: cast[who].ID, Lang: "vi", Lines: []bot.Text{bot.Words(words)}})
}

// letters are those of the messages on a phone that begin with a word, in their order.
func (w *town) letters(who, begin string) (list []string) {
	for _, m := range w.sim.Messages(cast[who].ID) {
		if m.FromBot && strings.HasPrefix(m.Text, begin) {
			list = append(list, m.Text)
		}
	}
	return list
}

// got compares the letters on a phone, in their order, with what they should be.
func (w *town) got(who string, want ...string) {
	w.t.Helper()
	if got := w.letters(who, "thư"); !slices.Equal(got, want) {
		w.t.Errorf("%s got %q, want %q", who, got, want)
	}
}

func (w *town) arrives(ctx context.Context, who, words string) {
	w.t.Helper()
	if _, err := w.sim.WaitText(ctx, cast[who].ID, 0, words); err != nil {
		w.t.Fatalf("%s does not get %q: %v\n%s", who, words, err, w.log)
	}
}

// killed is the courier of a program that is killed before it sends anything.
type killed struct{}

func (killed) Free() int                          { return handlers }
func (killed) Take([]*storage.Outgoing, [][]byte) {}

// What a program queued that was killed before it sent, and before it told of itself, is
// delivered by another: at once what nobody held, in its order what was held, when the
// lease is over.
func TestAKilledReplicasMessagesAreDelivered(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	w.stop()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	dead, err := storage.Open(ctx, storage.Config{
		URL: w.settings.DatabaseURL, Vault: w.app.vault, Ward: w.settings.ward(), Bot: w.app.stations[0].Bot, Now: w.clock.now, Calendar: w.settings.calendar(), Courier: killed{},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer dead.Close()
	if err := dead.Keep(ctx, []storage.Update{{ID: 900_001, Chat: cast["an"].ID, Payload: []byte("{}")}}); err != nil {
		t.Fatal(err)
	}
	if _, err := dead.HandleOne(ctx, func(_ context.Context, tx *storage.Tx, _ []byte) error {
		tx.Queue(w.letter("lan", "thư 1"), w.letter("lan", "thư 2"))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if err := dead.Send(ctx, w.letter("khoi", "thư 3")); err != nil {
		t.Fatal(err)
	}
	if n := w.asked(ctx, "select count(*) from edge.outbox where leased_until is not null"); n != 1 {
		t.Fatalf("%d messages are leased", n)
	}
	w.start()
	w.arrives(ctx, "khoi", "thư 3")
	if got := w.letters("lan", "thư"); len(got) > 0 {
		t.Errorf("sent while another held it: %q", got)
	}
	w.clock.pass(time.Minute)
	w.arrives(ctx, "lan", "thư 2")
	w.settle()
	w.got("lan", "thư 1", "thư 2")
}

// A message that Telegram puts off holds up nobody else, and is not tried too often.
func TestAMessageThatWaitsHoldsUpNobody(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	const anHour = 3600
	w.sim.SetFault(telegramsim.Fault{Kind: telegramsim.TooManyRequests, Chat: cast["lan"].ID, RetryAfter: anHour})
	if err := w.app.store.Send(ctx, w.letter("lan", "thư 1"), w.letter("lan", "thư 2"), w.letter("khoi", "thư 3")); err != nil {
		t.Fatal(err)
	}
	w.arrives(ctx, "khoi", "thư 3")
	until(ctx, t, "put off without an attempt", func() bool {
		return w.asked(ctx, "select count(*) from edge.outbox where fault = '429' and attempts = 0") == 1
	})
	w.sim.ClearFaults()
	w.clock.pass(2 * anHour * time.Second)
	w.arrives(ctx, "lan", "thư 2")
	w.settle()
	w.got("lan", "thư 1", "thư 2")
}

// Two programs deliver at once: every message goes once, and on every phone they come in
// the order in which they were queued.
func TestTwoReplicasDeliverOnceAndInOrder(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	w.clock.real()
	other := w.spawn()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	people := []string{"lan", "khoi"}
	var want []string
	for i := range 40 {
		want = append(want, fmt.Sprintf("thư %03d", i))
		for _, who := range people {
			if err := w.app.store.Send(ctx, w.letter(who, want[i])); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, who := range people {
		w.arrives(ctx, who, want[len(want)-1])
	}
	w.settle()
	for _, who := range people {
		w.got(who, want...)
	}
	if err := other.end(syscall.SIGTERM); err != nil {
		t.Errorf("%v\n%s", err, w.log)
	}
}
