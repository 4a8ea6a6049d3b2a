package storage

import (
	"context"

	"tinbao/cases"
)

// Wards lists the numbers of the wards of an installation. Whatever else there is of a
// ward is read by a Store of that ward.
func (s *Store) Wards(ctx context.Context) ([]cases.WardID, error) {
	rows, err := s.queries().Wards(ctx)
	if err != nil {
		return nil, interpret(err)
	}
	out := make([]cases.WardID, 0, len(rows))
	for _, id := range rows {
		out = append(out, cases.WardID(id))
	}
	return out, nil
}
