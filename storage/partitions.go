package storage

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"tinbao/cases"
)

// Cases and what hangs on them lie apart by ward and year; docs/partitions.md tells how.
// A case belongs to the year that its id tells. What has no place of its own lies in a
// place for all the rest, so nothing depends on Partition having been called.

// timed is the version of an id that begins with a time.
const timed = 7

// timedID is a new id of a case. It begins with the time, in the layout of version 7, so
// that the ids of a year are a range, and ends in 74 random bits.
func timedID(at time.Time) uuid.UUID {
	id := uuid.New() // random, and the variant is set
	ms := uint64(max(at.UnixMilli(), 0))
	for i := range 6 {
		id[i] = byte(ms >> (8 * (5 - i)))
	}
	id[6] = timed<<4 | id[6]&0x0f
	return id
}

// missing are the places that are not there, of some years and wards.
const missing = `select s.stream, t.tab, w.id, y.year
	from unnest($2::int[]) w (id), unnest($1::int[]) y (year), (values ('report'), ('help')) s (stream),
	     (values ('cases'), ('routes'), ('talks'), ('events'), ('files')) t (tab)
	where to_regclass(format('casework.%I', format('%s_%s_%s_%s', s.stream, t.tab, w.id, y.year))) is null
	order by w.id, y.year, s.stream desc, t.tab`

type place struct {
	stream, tab string
	ward, year  int
}

// places lists those that are missing, of all wards.
func places(ctx context.Context, pool *pgxpool.Pool, years []int) ([]place, error) {
	rows, _ := pool.Query(ctx, "select id from ward.wards") // CollectRows gives the error
	wards, err := pgx.CollectRows(rows, pgx.RowTo[int])
	if err != nil {
		return nil, interpret(err)
	}
	return placesOf(ctx, pool, years, wards)
}

func placesOf(ctx context.Context, pool *pgxpool.Pool, years, wards []int) ([]place, error) {
	rows, _ := pool.Query(ctx, missing, years, wards) // CollectRows gives the error
	list, err := pgx.CollectRows(rows, func(r pgx.CollectableRow) (p place, err error) {
		return p, r.Scan(&p.stream, &p.tab, &p.ward, &p.year)
	})
	return list, interpret(err)
}

// yearsAhead are the years that have a place: of a moment, and the next.
func yearsAhead(at time.Time) []int {
	year := cases.DayOf(at).Year
	return []int{year, year + 1}
}

// Unpartitioned tells how many places of this year and the next are missing, of all
// wards. It needs the owner's account.
func Unpartitioned(ctx context.Context, url string, at time.Time) (now, next int, err error) {
	pool, err := owner(ctx, url)
	if err != nil {
		return 0, 0, err
	}
	defer pool.Close()
	years := yearsAhead(at)
	list, err := places(ctx, pool, years)
	for _, p := range list {
		if p.year == years[0] {
			now++
		} else {
			next++
		}
	}
	return now, next, err
}

// Partition makes the places of this year and the next for every ward. It needs the
// owner's account. Those who work with the tables wait for moments only: a place whose
// table is in use is tried again until it is free.
func Partition(ctx context.Context, url string, at time.Time) error {
	pool, err := owner(ctx, url)
	if err != nil {
		return err
	}
	defer pool.Close()
	return partition(ctx, pool, at)
}

// How long making a place waits for a table in use, which is less than Postgres waits
// before it looks for a deadlock, and how often it tries.
const (
	placeWait  = "500ms"
	placePause = 200 * time.Millisecond
	placeTries = 40
)

func partition(ctx context.Context, pool *pgxpool.Pool, at time.Time) error {
	list, err := places(ctx, pool, yearsAhead(at))
	if err != nil {
		return err
	}
	for _, p := range list {
		if err := makePlace(ctx, pool, p); err != nil {
			return fmt.Errorf("storage: making the partition of ward %d for %d: %w", p.ward, p.year, err)
		}
	}
	return nil
}

func makePlace(ctx context.Context, pool *pgxpool.Pool, p place) error {
	for try := 1; ; try++ {
		err := pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
			if _, err := tx.Exec(ctx, "select set_config('lock_timeout', $1, true)", placeWait); err != nil {
				return err
			}
			_, err := tx.Exec(ctx, "select casework.make_partition($1, $2, $3, $4)", p.stream, p.tab, p.ward, p.year)
			return err
		})
		if err == nil || !inUse(err) || try == placeTries {
			return interpret(err)
		}
		select {
		case <-ctx.Done():
			return interpret(ctx.Err())
		case <-time.After(placePause):
		}
	}
}

// inUse reports whether somebody else held what was asked for.
func inUse(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "55P03" || pg.Code == "40P01")
}
