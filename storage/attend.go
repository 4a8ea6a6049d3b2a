package storage

import (
	"context"
	"encoding/binary"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"tinbao/cases"
	"tinbao/storage/internal/db"
)

// A program that delivers holds a lock with a session of its own for as long as it lives.
// When it is killed, its sockets close and Postgres gives the lock free, so the others end
// its leases within two looks. One that stands still, which may go on later with what it
// was sending, is given attendSilence first.
const (
	attendLock    = 0x68657265 // "here"; the lock's second number is the courier
	attendLook    = time.Second
	attendSilence = 10 * time.Second
	absentLooks   = 2          // in a row: who only lost the session takes the lock again in between
	wardLock      = 0x77617264 // "ward"; shared by the programs of a ward, the lock's second number
)

// number is the courier of this program among those of a ward.
func (s *Store) number() int32 { return int32(binary.BigEndian.Uint32(s.replica[:])) }

// holder is whose a lease is that is taken now; null = nobody's: it ends by its time alone.
func (s *Store) holder() pgtype.Int4 {
	return pgtype.Int4{Int32: s.number(), Valid: s.present.Load()}
}

// Attendance is who hears of what Attend does. Neither may wait.
type Attendance struct {
	Begun    func() // leases say from now on whose they are; called again after the session was lost
	Released func() // messages are due that another program had in hand
}

// Attend lets leases say that this program holds them, and ends those of programs that
// ended without giving them back. It returns when ctx ends and gives back what is still
// leased then.
//
// A program that loses the session takes the lock again under the same number; meanwhile its
// leases are nobody's. When that takes longer than two looks of another, what it has in
// hand may be sent twice, as after any failure in the middle of a send.
func (s *Store) Attend(ctx context.Context, tell Attendance) {
	for ctx.Err() == nil {
		was, err := s.attendOnce(ctx, tell)
		if err == nil || ctx.Err() != nil {
			continue
		}
		if was {
			s.conf.Log.Warn("the session was lost that tells others of this program", "err", interpret(err))
		} else {
			sleep(ctx, leadTry)
		}
	}
}

// attendance is the session by which a program tells that it lives.
type attendance struct {
	store  *Store
	conn   *pgx.Conn
	absent map[int32]int // couriers whose lock was free, and how often in a row
}

// attendOnce attends until the session is lost or ctx ends; was is false when it could not
// begin.
func (s *Store) attendOnce(ctx context.Context, tell Attendance) (was bool, err error) {
	held, err := s.session(ctx)
	if err != nil {
		return false, err
	}
	defer closeSoon(ctx, held)
	a := &attendance{store: s, conn: held}
	if err := a.arrive(ctx); err != nil || ctx.Err() != nil {
		return false, err
	}
	s.present.Store(true)
	tell.Begun()
	defer s.present.Store(false) // before the session closes
	for ctx.Err() == nil {
		// A question that Postgres refuses is asked again; the lock is held all the same.
		if err := a.look(ctx, tell.Released); err != nil && held.IsClosed() {
			return was, err
		}
		was = true
		if err := a.await(ctx); err != nil {
			return was, err
		}
	}
	s.present.Store(false)
	_, err = a.end(ctx, s.number())
	return true, err
}

// ServedBeside lists other wards whose programs attend in this database. Queue and periodic
// jobs belong to a database: a program would take jobs of another ward and leave their
// regular ones undone.
func (s *Store) ServedBeside(ctx context.Context) ([]cases.WardID, error) {
	rows, err := s.pool.Query(ctx, `select distinct objid::int from pg_locks
		where locktype = 'advisory' and classid = $1::int and objid <> $2::int and objsubid = 2
		    and database = (select oid from pg_database where datname = current_database())
		order by 1`, wardLock, int32(s.conf.Ward))
	if err != nil {
		return nil, interpret(err)
	}
	wards, err := pgx.CollectRows(rows, pgx.RowTo[cases.WardID])
	return wards, interpret(err)
}

// ask asks something that is answered also while ctx ends.
func (a *attendance) ask(ctx context.Context, question func(ctx context.Context, q *db.Queries) error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), leadAnswer)
	defer cancel()
	return question(ctx, db.New(a.conn))
}

// arrive takes the lock. A session of this program's that is lost may hold it for a while.
func (a *attendance) arrive(ctx context.Context) error {
	got := false
	for ctx.Err() == nil {
		err := a.ask(ctx, func(ctx context.Context, q *db.Queries) error {
			if err := endInSilence(ctx, a.conn, attendSilence); err != nil {
				return err
			}
			err := a.conn.QueryRow(ctx, "select pg_try_advisory_lock($1, $2)", attendLock, a.store.number()).Scan(&got)
			if err != nil || !got {
				return err
			}
			if _, err := a.conn.Exec(ctx, "select pg_advisory_lock_shared($1, $2)", wardLock, int32(a.store.conf.Ward)); err != nil {
				return err
			}
			return q.CourierArrives(ctx, db.CourierArrivesParams{WardID: int32(a.store.conf.Ward), Number: a.store.number()})
		})
		if err != nil || got {
			return err
		}
		sleep(ctx, leadTry)
	}
	return nil
}

// await waits for the next look. That the session was lost it knows at once.
func (a *attendance) await(ctx context.Context) error {
	limited, cancel := context.WithTimeout(ctx, attendLook)
	defer cancel()
	_, err := a.conn.WaitForNotification(limited)
	if limited.Err() != nil {
		return nil // the time is over
	}
	return err
}

// look ends the leases of couriers that were absent often enough.
func (a *attendance) look(ctx context.Context, released func()) error {
	var numbers []int32
	err := a.ask(ctx, func(ctx context.Context, q *db.Queries) (err error) {
		numbers, err = q.AbsentCouriers(ctx, db.AbsentCouriersParams{WardID: int32(a.store.conf.Ward), Mine: a.store.number(), Lock: attendLock})
		return err
	})
	was := a.absent
	a.absent = map[int32]int{}
	for _, number := range numbers {
		if a.absent[number] = was[number] + 1; a.absent[number] < absentLooks {
			continue
		}
		n, failed := a.end(ctx, number)
		if err = errors.Join(err, failed); n > 0 {
			a.store.conf.Log.Info("messages are taken over from a program that ended", "messages", n)
			released()
		}
	}
	return err
}

// end ends the leases of a courier, and tells how many.
func (a *attendance) end(ctx context.Context, number int32) (n int64, err error) {
	err = a.ask(ctx, func(ctx context.Context, q *db.Queries) error {
		ended := a.store.now().Add(-time.Microsecond) // so that they are over now
		n, err = q.CourierLeaves(ctx, db.CourierLeavesParams{WardID: int32(a.store.conf.Ward), Number: number, Lock: attendLock, Ended: &ended})
		return err
	})
	return n, err
}
