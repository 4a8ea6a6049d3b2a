package storage

import (
	"context"
	"time"

	"tinbao/cases"
	"tinbao/storage/internal/db"
)

// Unknown stands in a figure the viewer may not know.
const Unknown = -1

// Figures counts the reports received from one instant until before another. The
// police learn nothing about requests for help, not even how many there are.
func (t *Tx) Figures(ctx context.Context, viewer cases.Staff, from, to time.Time) (cases.Figures, error) {
	f := cases.Figures{ByKind: map[cases.Kind]int{}, Help: Unknown}
	if err := t.as(ctx, roleReport); err != nil {
		return f, err
	}
	rows, err := t.q.Figures(ctx, db.FiguresParams{WardID: int32(t.s.conf.Ward), Since: from, Until: to, Now: &t.now})
	if err != nil {
		return f, interpret(err)
	}
	for _, r := range rows {
		f.Received += int(r.Received)
		f.OutOfScope += int(r.OutOfScope)
		f.Verified += int(r.Verified)
		f.Classified += int(r.Classified)
		f.Forwarded += int(r.Forwarded)
		f.OnTime += int(r.OnTime)
		f.Urgent += int(r.Urgent)
		f.Open += int(r.Open)
		if r.Kind != "" {
			f.ByKind[cases.Kind(r.Kind)] += int(r.Received)
		}
	}
	same, err := t.q.CountDuplicates(ctx, db.CountDuplicatesParams{WardID: int32(t.s.conf.Ward), Since: from, Until: to})
	if f.Duplicates = int(same); err != nil || viewer.Role == cases.Police {
		return f, interpret(err)
	}
	n, err := t.q.HelpCount(ctx, db.HelpCountParams{Since: from, Until: to})
	f.Help = int(n)
	return f, interpret(err)
}
