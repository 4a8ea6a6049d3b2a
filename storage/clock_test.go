package storage_test

import (
	"context"
	"testing"
	"time"

	"tinbao/storage"
)

// What a clock that was ahead put off is due when it is set back; pauses that are meant
// stay.
func TestClockSetBack(t *testing.T) {
	t.Parallel()
	b := setup(t)
	calm := func(want int64) {
		t.Helper()
		if n, err := b.Calm(t.Context()); n != want || err != nil {
			t.Errorf("%d rows, want %d: %v", n, want, err)
		}
	}
	if err := b.Send(t.Context(), storage.Message{Chat: binh, Payload: []byte(`1`)}); err != nil {
		t.Fatal(err)
	}
	slowed := b.lane()
	if err := b.PutOff(t.Context(), b.taken(slowed), time.Minute, "429"); err != nil {
		t.Fatal(err)
	}
	calm(0)
	b.pass(5 * time.Hour)
	if err := b.Keep(t.Context(), []storage.Update{{ID: 901, Chat: an, Payload: []byte("{}")}}); err != nil {
		t.Fatal(err)
	}
	if err := b.Send(t.Context(), storage.Message{Chat: an, Payload: []byte(`1`)}); err != nil {
		t.Fatal(err)
	}
	b.pass(-5 * time.Hour)
	if n := len(b.lanes()); n != 0 {
		t.Errorf("%d lanes are due", n)
	}
	calm(2)
	calm(0)
	if m := b.taken(b.lane()); m == nil || m.Chat != an {
		t.Errorf("%+v", m)
	}
	if found, err := b.HandleOne(t.Context(), func(context.Context, *storage.Tx, []byte) error { return nil }); !found || err != nil {
		t.Error(found, err)
	}
}
