package storage

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	leaderPause = time.Second // between two attempts to lead, and between two proofs that the lead still holds
	pollerLock  = 0x74696e62  // "tinb"; the lock's second number is the bot
	updatesFeed = "tinbao_updates"
)

// Lead runs work on one replica at a time: the one that holds a lock of the
// database. When the connection with the lock is lost, the context of work ends
// and another replica may begin. It returns when ctx ends.
func (s *Store) Lead(ctx context.Context, work func(ctx context.Context)) {
	for ctx.Err() == nil {
		if err := s.leadOnce(ctx, work); err != nil && ctx.Err() == nil {
			s.conf.Log.Warn("the lead was lost or could not be asked for", "err", interpret(err))
		}
		sleep(ctx, leaderPause)
	}
}

func (s *Store) leadOnce(ctx context.Context, work func(ctx context.Context)) error {
	_, err := s.underLock(ctx, pollerLock, int32(s.conf.Bot), work)
	return err
}

// underLock runs work while it holds a lock of the database; got is false when
// somebody else has it. When the connection with the lock is lost, the context of
// work ends.
func (s *Store) underLock(ctx context.Context, what, of int32, work func(ctx context.Context)) (got bool, err error) {
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return false, err
	}
	held := conn.Hijack() // closing it gives the lock back, whatever happened
	defer held.Close(context.WithoutCancel(ctx))
	if err := held.QueryRow(ctx, "select pg_try_advisory_lock($1, $2)", what, of).Scan(&got); err != nil || !got {
		return false, err
	}
	working, stop := context.WithCancel(ctx)
	defer stop()
	lost := make(chan error, 1)
	go func() {
		defer stop()
		lost <- proveAlive(working, held)
	}()
	work(working)
	stop()
	return true, <-lost
}

// proveAlive returns when the connection is lost or ctx ends.
func proveAlive(ctx context.Context, conn *pgx.Conn) error {
	for {
		sleep(ctx, leaderPause)
		err := conn.Ping(ctx)
		if ctx.Err() != nil {
			return nil //nolint:nilerr // the end was asked for
		}
		if err != nil {
			return err
		}
	}
}

// Listen calls wake when another replica tells of updates, and at every new connection,
// as something may have been missed in between. It returns when ctx ends.
func (s *Store) Listen(ctx context.Context, wake func()) {
	for ctx.Err() == nil {
		if err := s.listenOnce(ctx, wake); err != nil && ctx.Err() == nil {
			sleep(ctx, leaderPause)
		}
	}
}

func (s *Store) listenOnce(ctx context.Context, wake func()) error {
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return err
	}
	held := conn.Hijack()
	defer held.Close(context.WithoutCancel(ctx))
	if _, err := held.Exec(ctx, "listen "+updatesFeed); err != nil {
		return err
	}
	wake()
	for {
		told, err := held.WaitForNotification(ctx)
		if err != nil {
			return errors.Join(err, ctx.Err())
		}
		if told.Payload != s.replica.String() {
			wake()
		}
	}
}

func sleep(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
