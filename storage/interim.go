package storage

import (
	"context"

	"tinbao/cases"
)

// Statistics stands in until the figures branch is merged.
func (t *Tx) Statistics(ctx context.Context, viewer cases.Staff, p cases.Period) (cases.Statistics, error) {
	f, err := t.Figures(ctx, viewer, p.From.Start(), p.To.End())
	by := map[string]cases.Tally{}
	for k, n := range f.ByKind {
		by[string(k)] = cases.Tally{Received: n}
	}
	return cases.Statistics{Period: p, Total: cases.Tally{Received: f.Received, OutOfScope: f.OutOfScope, Verified: f.Verified, Classified: f.Classified, Forwarded: f.Forwarded, Open: f.Open},
		By: map[cases.Dimension]map[string]cases.Tally{cases.ByKind: by}}, err
}
