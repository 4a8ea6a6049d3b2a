package storage

import (
	"context"

	"github.com/google/uuid"

	"tinbao/cases"
	"tinbao/storage/internal/db"
)

const cannedColumn = "canned.sealed"

// Canned lists the ready answers of the stream, the oldest first.
func (d Desk) Canned(ctx context.Context) ([]cases.Canned, error) {
	if err := d.t.enter(ctx, d.stream); err != nil {
		return nil, err
	}
	rows, err := d.t.q.CannedList(ctx, db.CannedListParams{Stream: string(d.stream), WardID: int32(d.t.s.conf.Ward)})
	if err != nil {
		return nil, interpret(err)
	}
	list := make([]cases.Canned, 0, len(rows))
	for _, r := range rows {
		text, err := d.t.s.vault.OpenEdgeText(d.t.s.place(cannedColumn, r.ID[:]), r.Sealed)
		if err != nil {
			return nil, err
		}
		list = append(list, cases.Canned{ID: r.ID.String(), Status: cases.Status(r.Status), Text: string(text)})
	}
	return list, nil
}

// AddCanned adds a ready answer; Limited when there are many already.
func (d Desk) AddCanned(ctx context.Context, status cases.Status, text string) error {
	all, err := d.Canned(ctx)
	if err != nil {
		return err
	}
	if len(all) >= cases.MostCanned {
		return cases.Fail(cases.Limited, "canned.full")
	}
	id := uuid.New()
	return interpret(d.t.q.AddCanned(ctx, db.AddCannedParams{
		Stream: string(d.stream), ID: id, WardID: int32(d.t.s.conf.Ward), Status: string(status), At: d.t.now,
		Sealed: d.t.s.vault.SealEdgeText(d.t.s.place(cannedColumn, id[:]), []byte(text)),
	}))
}

// ChangeCanned gives a ready answer other words, or removes it for ""; NotFound when
// it is not there any more.
func (d Desk) ChangeCanned(ctx context.Context, id, text string) error {
	row, err := parseID(id)
	if err != nil {
		return err
	}
	if err := d.t.enter(ctx, d.stream); err != nil {
		return err
	}
	var n int64
	if text == "" {
		n, err = d.t.q.DropCanned(ctx, db.DropCannedParams{Stream: string(d.stream), WardID: int32(d.t.s.conf.Ward), ID: row})
	} else {
		n, err = d.t.q.ChangeCanned(ctx, db.ChangeCannedParams{
			Stream: string(d.stream), WardID: int32(d.t.s.conf.Ward), ID: row, Sealed: d.t.s.vault.SealEdgeText(d.t.s.place(cannedColumn, row[:]), []byte(text)),
		})
	}
	if err == nil && n == 0 {
		return cases.Fail(cases.NotFound, "")
	}
	return interpret(err)
}
