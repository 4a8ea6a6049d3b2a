package bot_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"tinbao/bot"
)

// queue is a Telegram that hands out updates as tdlib's TQueue does: it forgets what
// is below the offset, but an offset far beyond the newest number is taken for a
// mistake and answered from the oldest update on.
type queue struct {
	mu      sync.Mutex
	ids     []int64
	anew    []int64       // the numbers after the first ones were forgotten
	drained chan struct{} // closed when nothing is left
}

const queueSlack = 10 // tdlib, TQueue::get

func (q *queue) get(offset int64, limit int) []int64 {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.ids) > 0 && offset <= q.ids[len(q.ids)-1]+1+queueSlack {
		q.ids = slices.DeleteFunc(q.ids, func(id int64) bool { return id < offset })
	}
	if len(q.ids) == 0 {
		q.ids, q.anew = q.anew, nil
	}
	if len(q.ids) == 0 {
		close(q.drained)
	}
	return slices.Clone(q.ids[:min(limit, len(q.ids))])
}

func (q *queue) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	offset, err1 := strconv.ParseInt(r.FormValue("offset"), 10, 64)
	limit, err2 := strconv.Atoi(r.FormValue("limit"))
	if err1 != nil || err2 != nil {
		http.Error(w, "numbers", http.StatusBadRequest)
		return
	}
	ids := q.get(offset, limit)
	if len(ids) == 0 { // a long poll in which nothing happens
		<-r.Context().Done()
		return
	}
	updates := make([]map[string]int64, 0, len(ids))
	for _, id := range ids {
		updates = append(updates, map[string]int64{"update_id": id})
	}
	raw, err := json.Marshal(updates)
	if err != nil {
		panic(err)
	}
	fmt.Fprintf(w, `{"ok":true,"result":%s}`, raw)
}

// After a quiet week Telegram may count anew from a lower number (Bot API, Update).
// Nothing sent then may be out of reach, however much it is.
func TestNumbersThatStartAnew(t *testing.T) {
	t.Parallel()
	const many = 250 // more than one call gives
	q := &queue{ids: []int64{1_000_000}, drained: make(chan struct{})}
	for id := range int64(many) {
		q.anew = append(q.anew, id+1)
	}
	s := httptest.NewServer(q)
	t.Cleanup(s.Close)
	var mu sync.Mutex
	kept := map[int64]int{}
	pollWith(t, s.URL, func(_ context.Context, updates []bot.Raw) error {
		mu.Lock()
		defer mu.Unlock()
		for _, u := range updates {
			kept[u.ID]++
		}
		return nil
	})
	select {
	case <-q.drained:
	case <-time.After(10 * time.Second):
		t.Error("updates stay out of reach")
	}
	mu.Lock()
	defer mu.Unlock()
	if len(kept) != many+1 {
		t.Errorf("%d of %d updates were kept", len(kept), many+1)
	}
	for id, n := range kept {
		if n != 1 {
			t.Fatalf("update %d was fetched %d times", id, n)
		}
	}
}

// An offset below zero would make Telegram forget what nobody kept.
func TestOffsetIsNeverNegative(t *testing.T) {
	t.Parallel()
	asked := make(chan string)
	pollWith(t, answers(t, `[{"update_id":-5},{"update_id":0}]`, asked), newKeeper(0).keep)
	for range 2 {
		select {
		case o := <-asked:
			if o != "0" {
				t.Errorf("asked from %s", o)
			}
		case <-time.After(20 * time.Second):
			t.Fatal("not asked")
		}
	}
}
