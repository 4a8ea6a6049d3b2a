package storage

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	leaderPause = time.Second // after a failure, and between two proofs that a lock still holds
	pollerLock  = 0x74696e62  // "tinb"; the lock's second number is the bot
	updatesFeed = "tinbao_updates"
)

// A leader that stands still or was cut off must not keep the lead: the database itself
// ends the session of a leader which has not spoken for leadSilence. What a leader asks
// and does not get answered it takes for the loss of the lead.
const (
	leadTry     = 200 * time.Millisecond // between two attempts to lead
	leadProof   = 500 * time.Millisecond // between two proofs of a leader that it lives
	leadSilence = 2500 * time.Millisecond
	leadAnswer  = 2 * time.Second  // to wait for the answer to a small question
	keepLimit   = 10 * time.Second // to wait until updates are kept
)

// Lead is the lead while it lasts. Its session holds the lock, so what is written
// through it is written by the leader or not at all: who lost the lead writes nothing,
// however late it learns of that.
type Lead struct {
	store *Store
	mu    sync.Mutex // a session answers one question at a time
	conn  *pgx.Conn
}

// Keep makes updates durable while the lead lasts, see [Store.Keep].
func (l *Lead) Keep(ctx context.Context, updates []Update) error {
	return l.ask(ctx, keepLimit, func(ctx context.Context) error { return l.store.keep(ctx, l.conn, updates) })
}

// ask asks a question on the session of the lead. One that is not answered in time
// ends the session, and with it the lead.
func (l *Lead) ask(ctx context.Context, limit time.Duration, question func(ctx context.Context) error) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	return interpret(question(ctx))
}

// Lead runs work on one replica at a time: the one whose session holds a lock of the
// database. When the lead is lost, the context of work ends and another replica may
// have begun. It returns when ctx ends.
func (s *Store) Lead(ctx context.Context, work func(ctx context.Context, l *Lead)) {
	for ctx.Err() == nil {
		if err := s.leadOnce(ctx, work); err != nil && ctx.Err() == nil {
			s.conf.Log.Warn("the lead was lost or could not be asked for", "err", interpret(err))
			sleep(ctx, leaderPause)
		}
	}
}

// leadOnce waits for the lead, and works while it lasts.
func (s *Store) leadOnce(ctx context.Context, work func(ctx context.Context, l *Lead)) error {
	held, err := s.session(ctx)
	if err != nil {
		return err
	}
	defer closeSoon(ctx, held)
	l := &Lead{store: s, conn: held}
	if err := l.prepare(ctx); err != nil {
		return err
	}
	for {
		got, err := l.take(ctx)
		if err != nil {
			return err
		}
		if got {
			break
		}
		if sleep(ctx, leadTry); ctx.Err() != nil {
			return nil
		}
	}
	working, stop := context.WithCancel(ctx)
	defer stop()
	lost := make(chan error, 1)
	go func() {
		defer stop()
		lost <- proveAlive(working, leadProof, func(ctx context.Context) error { return l.ask(ctx, leadAnswer, held.Ping) })
	}()
	work(working, l)
	stop()
	return <-lost
}

// prepare lets the database end the session when this program does not speak.
func (l *Lead) prepare(ctx context.Context) error {
	return l.ask(ctx, leadAnswer, func(ctx context.Context) error { return endInSilence(ctx, l.conn, leadSilence) })
}

// endInSilence lets the database end a session on which nobody asks anything for a time,
// or whose other end cannot be reached.
func endInSilence(ctx context.Context, conn *pgx.Conn, silence time.Duration) error {
	_, err := conn.Exec(ctx, `select set_config('idle_session_timeout', $1, false), set_config('statement_timeout', $2, false),
		set_config('tcp_keepalives_idle', '1', false), set_config('tcp_keepalives_interval', '1', false), set_config('tcp_keepalives_count', '2', false)`,
		milliseconds(silence), milliseconds(keepLimit))
	return err
}

func (l *Lead) take(ctx context.Context) (got bool, err error) {
	err = l.ask(ctx, leadAnswer, func(ctx context.Context) error {
		return l.conn.QueryRow(ctx, "select pg_try_advisory_lock($1, $2)", pollerLock, int32(l.store.conf.Bot)).Scan(&got)
	})
	return got, err
}

// session is a connection of its own. Closing it gives back every lock it holds.
func (s *Store) session(ctx context.Context) (*pgx.Conn, error) {
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return nil, err
	}
	return conn.Hijack(), nil
}

// closeSoon closes a connection also when nobody answers at its other end.
func closeSoon(ctx context.Context, conn *pgx.Conn) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), leadAnswer)
	defer cancel()
	conn.Close(ctx)
}

// underLock runs work while it holds a lock of the database; got is false when
// somebody else has it. When the connection with the lock is lost, the context of
// work ends.
func (s *Store) underLock(ctx context.Context, what, of int32, work func(ctx context.Context)) (got bool, err error) {
	held, err := s.session(ctx)
	if err != nil {
		return false, err
	}
	defer closeSoon(ctx, held)
	if err := held.QueryRow(ctx, "select pg_try_advisory_lock($1, $2)", what, of).Scan(&got); err != nil || !got {
		return false, err
	}
	working, stop := context.WithCancel(ctx)
	defer stop()
	lost := make(chan error, 1)
	go func() {
		defer stop()
		lost <- proveAlive(working, leaderPause, held.Ping)
	}()
	work(working)
	stop()
	return true, <-lost
}

// proveAlive returns when a proof fails or ctx ends.
func proveAlive(ctx context.Context, every time.Duration, proof func(ctx context.Context) error) error {
	for {
		sleep(ctx, every)
		err := proof(ctx)
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
	held, err := s.session(ctx)
	if err != nil {
		return err
	}
	defer closeSoon(ctx, held)
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
