package storage

import (
	"context"
	"errors"
	"time"

	"tinbao/storage/internal/db"
)

const (
	clockSlack      = 5 * time.Second // by which the clocks of replicas may differ
	longestPutOff   = time.Hour       // of a message: no pause is longer, whatever Telegram wants
	longestOfUpdate = retryMin<<maxAttempts + clockSlack
)

// Calm puts back what waits for a time that no pause reaches: it was put off by a clock
// that was ahead, of this machine before it was set or of another. It tells how many
// updates and messages there were.
func (s *Store) Calm(ctx context.Context) (int64, error) {
	now := s.now()
	updates, err1 := s.queries().CalmUpdates(ctx, db.CalmUpdatesParams{BotID: s.conf.Bot, Now: now, Latest: now.Add(longestOfUpdate)})
	leased := now.Add(heavyLease + clockSlack)
	messages, err2 := s.queries().CalmOutbox(ctx, db.CalmOutboxParams{
		WardID: int32(s.conf.Ward), Now: now, Soon: now.Add(clockSlack), Latest: now.Add(longestPutOff), LeasedUntil: &leased,
	})
	return updates + messages, interpret(errors.Join(err1, err2))
}
