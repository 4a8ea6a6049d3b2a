package main

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"tinbao/cases"
	"tinbao/internal/testservers"
	"tinbao/storage"
	"tinbao/vault"
)

const (
	floodSize  = 10_000
	floodBatch = 100       // what Telegram hands out at once
	floodMost  = 256 << 20 // bytes a flood may hold in memory
	neighbour  = 5550001   // somebody who writes once, last of all
)

// store is a store of its own, without the rest of the program.
func newStore(t *testing.T) *storage.Store {
	t.Helper()
	k, err := vault.NewKeys(time.Now())
	if err != nil {
		t.Fatal(err)
	}
	v, err := vault.New(k)
	if err != nil {
		t.Fatal(err)
	}
	s, err := storage.Open(t.Context(), storage.Config{URL: testservers.Database(t), Vault: v, Ward: 1, Bot: 1, Calendar: cases.Holidays()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// keepFlood keeps a flood of updates from a number of chats, every batch twice, as
// Telegram does when it heard no answer.
func keepFlood(t *testing.T, s *storage.Store, chats int) {
	t.Helper()
	updates := make([]storage.Update, 0, floodSize)
	for i := range floodSize {
		chat := int64(1 + i%chats)
		updates = append(updates, storage.Update{ID: int64(i + 1), Chat: chat, Payload: fmt.Appendf(nil, "%d %d", chat, i+1)})
	}
	updates = append(updates, storage.Update{ID: floodSize + 1, Chat: neighbour, Payload: fmt.Appendf(nil, "%d %d", neighbour, floodSize+1)})
	for batch := range slices.Chunk(updates, floodBatch) {
		for range 2 {
			if err := s.Keep(t.Context(), batch); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// tally is what was handled: by chat, the numbers in the order of their handling.
type tally struct {
	mu    sync.Mutex
	chats map[int64][]int
	n     int
	place int // of the neighbour, in the order of handling
}

func (c *tally) handle(_ context.Context, _ *storage.Tx, payload []byte) error {
	var chat int64
	var id int
	if _, err := fmt.Sscan(string(payload), &chat, &id); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.chats[chat] = append(c.chats[chat], id)
	if c.n++; chat == neighbour {
		c.place = c.n
	}
	return nil
}

// drain handles what waits with as many workers as a replica has.
func (c *tally) drain(t *testing.T, s *storage.Store, workers int) {
	t.Helper()
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for {
				found, err := s.HandleOne(t.Context(), c.handle)
				if err != nil {
					t.Error(err)
					return
				}
				if !found {
					return
				}
			}
		})
	}
	wg.Wait()
}

// Ten thousand messages from one chat, and from a thousand: each is handled once, in
// the order of its chat, and memory stays bounded. Nobody waits behind one chat that
// writes without end.
func TestFlood(t *testing.T) {
	for _, chats := range []int{1, 1000} {
		t.Run(fmt.Sprint(chats), func(t *testing.T) {
			s := newStore(t)
			keepFlood(t, s, chats)
			c := &tally{chats: map[int64][]int{}}
			c.drain(t, s, handlers)
			c.drain(t, s, 1) // whoever found every chat taken has left it to the others
			waiting, err := s.Waiting(t.Context())
			if err != nil || waiting != 0 || c.n != floodSize+1 || len(c.chats) != chats+1 {
				t.Errorf("%d handled of %d chats, %d wait, %v", c.n, len(c.chats), waiting, err)
			}
			if chats == 1 && c.place > floodSize/2 {
				t.Errorf("the neighbour is number %d behind one who writes without end", c.place)
			}
			delete(c.chats, neighbour)
			for chat, ids := range c.chats {
				if !slices.IsSorted(ids) || len(slices.Compact(ids)) != floodSize/chats {
					t.Errorf("chat %d: out of order, or twice", chat)
				}
			}
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			if m.HeapAlloc > floodMost {
				t.Errorf("%d MB in memory", m.HeapAlloc>>20)
			}
		})
	}
}
