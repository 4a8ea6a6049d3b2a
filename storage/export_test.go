package storage

import (
	"context"
	"errors"

	"github.com/pressly/goose/v3"
)

// StepUp does the next migration of a database; 0 = none is left.
func StepUp(ctx context.Context, url string) (version int64, err error) {
	pool, err := owner(ctx, url)
	if err != nil {
		return 0, err
	}
	defer pool.Close()
	p, err := provider(pool)
	if err != nil {
		return 0, err
	}
	defer p.Close()
	r, err := p.UpByOne(ctx)
	if errors.Is(err, goose.ErrNoNextVersion) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return r.Source.Version, nil
}

// Looks is a session from which a test looks for couriers that ended, as Attend does.
func (s *Store) Looks(ctx context.Context) (look func() (released int, err error), end func(), err error) {
	held, err := s.session(ctx)
	if err != nil {
		return nil, nil, err
	}
	a := &attendance{store: s, conn: held}
	return func() (released int, err error) {
		err = a.look(ctx, func() { released++ })
		return released, err
	}, func() { closeSoon(ctx, held) }, nil
}

// ByIndex is said before what every update asks.
const ByIndex = byIndex
