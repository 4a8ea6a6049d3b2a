package storage_test

import (
	"context"

	"tinbao/cases"
	"tinbao/storage"
)

// onlyReports are the sealed columns of tables without rows of help.
var onlyReports = map[string]bool{"casework.originals.body": true, "casework.covered_talks.body": true}

// cover makes a covered copy of a report and of a message of the person.
func (w *swapTest) cover(s *storage.Store, c cases.Case) error {
	return s.Do(w.t.Context(), func(ctx context.Context, tx *storage.Tx) error {
		return coverIn(ctx, tx, w.by[cases.ReportStream], c.Number)
	})
}

// coverIn adds a message of the person to a report and makes a covered copy.
func coverIn(ctx context.Context, tx *storage.Tx, who cases.Staff, n cases.Number) error {
	d := tx.Desk(cases.ReportStream)
	c, err := d.Open(ctx, who, n)
	if err != nil {
		return err
	}
	if _, err := tx.AddInfo(ctx, cases.ReportStream, c.ID, cases.Route{Chat: an}, "Nhà tôi ở số 7", nil); err != nil {
		return err
	}
	_, err = d.CoverWith(ctx, who, n, -1, black)
	return err
}

// shared reads a report as the police get it; a request for help they never get.
func (w *swapTest) shared(stream cases.Stream, show func(context.Context, *storage.Store) error) func(context.Context, *storage.Store) error {
	if stream == cases.HelpStream {
		return show
	}
	return func(ctx context.Context, s *storage.Store) error {
		return s.Do(ctx, func(ctx context.Context, tx *storage.Tx) error {
			_, err := tx.Desk(stream).Handover(ctx, w.by[stream], w.mine[stream].Number)
			return err
		})
	}
}

// papers adds the columns that only reports have.
func (*swapTest) papers(table map[string]swapped, stream cases.Stream, mine, other string, show, shared func(context.Context, *storage.Store) error) {
	if stream == cases.HelpStream {
		return
	}
	table["casework.originals.body"] = swapped{mine + " and part = 'content'", other + " and part = 'content'", show}
	table["casework.covered_talks.body"] = swapped{mine, other, shared}
}
