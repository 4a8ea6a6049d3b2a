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
