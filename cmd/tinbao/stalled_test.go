package main

import (
	"context"
	"strings"
	"testing"
	"time"

	"tinbao/telegramsim"
)

// Downloads that stand still, as many as files are cleaned at once, hold up no other.
func TestStalledDownloadsStopNoOthers(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	stored := func() int64 {
		return query[int64](t, w.settings.DatabaseURL, "select count(*) from casework.report_files where state = 'stored'")[0]
	}
	w.sim.SetFault(telegramsim.Fault{Kind: telegramsim.Hold, Method: "file", Count: cleaners})
	defer w.sim.ClearFaults()
	w.reports("binh", cleaners, func() {
		if err := w.sim.AwaitHeld(t.Context(), cleaners); err != nil {
			t.Fatal(err)
		}
	})
	w.reports("an", 1, func() {})
	until := time.Now().Add(stalledLimit)
	for stored() != 1 {
		if time.Now().After(until) {
			t.Fatalf("%d files are stored, want 1", stored())
		}
		wait(t.Context(), nil, 20*time.Millisecond)
	}
}

// stalledLimit is less than after how long a download that stands still is given up.
const stalledLimit = 12 * time.Second

// reports lets somebody send a report with photos, and waits for what then means.
func (w *town) reports(who string, photos int, then func()) {
	w.t.Helper()
	handled := func() {
		w.t.Helper()
		ctx, cancel := context.WithTimeout(w.t.Context(), patience)
		defer cancel()
		if err := w.sim.Idle(ctx); err != nil {
			w.t.Fatal(err)
		}
		for _, waiting := range []func(context.Context) (int64, error){w.app.store.Waiting, func(ctx context.Context) (int64, error) {
			n, _, _, err := w.app.store.OutboxState(ctx)
			return n, err
		}} {
			for n := int64(1); n > 0; wait(ctx, nil, 5*time.Millisecond) {
				var err error
				if n, err = waiting(ctx); err != nil {
					w.t.Fatal(err)
				}
			}
		}
	}
	acts := []string{"/baotin", "press Tôi thấy dấu hiệu vi phạm", "press Tổ 2", "press Hôm nay", textOf(3)}
	for i := range photos {
		acts = append(acts, "photo "+strings.Repeat("x", i))
	}
	for _, act := range append(acts, "press ✅ Gửi") {
		var err error
		if label, press := strings.CutPrefix(act, "press "); press {
			err = w.sim.PressText(cast[who].ID, label)
		} else if n, photo := strings.CutPrefix(act, "photo "); photo {
			_, err = w.sim.SendPhoto(cast[who].ID, "x.jpg", "image/jpeg", phonePhoto(w.t, len(n)), "")
		} else {
			_, err = w.sim.SendText(cast[who].ID, act)
		}
		if err != nil {
			w.t.Fatalf("%s: %s: %v", who, act, err)
		}
		handled()
	}
	then()
}
