package storage

import (
	"context"
	"encoding/json"
	"fmt"

	"tinbao/cases"
	"tinbao/storage/internal/db"
	"tinbao/vault"
)

// resultColumn is the column of what a case ended with, as it is bound into the value.
const resultColumn = "cases.result"

// conclude stores what a step ends a case with. What a case that goes on ended with
// before is no longer so; a word after the end changes nothing.
func (o *opened) conclude(ch cases.Change, to cases.Status) error {
	r := cases.ResultOf(ch, to)
	switch {
	case !to.Final():
		o.row.Result = nil
	case r != nil:
		raw, err := json.Marshal(r)
		if err != nil {
			return fmt.Errorf("writing a result: %w", err)
		}
		o.row.Result = o.key.SealText(resultColumn, "", raw)
	}
	return nil
}

// result is what a case ended with; nil when nothing is stored.
func (o *opened) result() (*cases.Result, error) {
	if o.row.Result == nil || o.erased() {
		return nil, nil
	}
	raw, err := o.key.OpenText(resultColumn, "", o.row.Result)
	if err != nil {
		return nil, err
	}
	var r cases.Result
	if json.Unmarshal(raw, &r) != nil {
		return nil, cases.Reason("reading a result: malformed")
	}
	return &r, nil
}

// ended fills in what came of a case and what happened on the way. Of a report that is
// counted with another, follow has filled in the end already.
func (t *Tx) ended(ctx context.Context, row db.CaseworkCase, key vault.CaseKey, v *cases.ResidentView) (err error) {
	o := &opened{row: row, key: key}
	if v.Result == nil {
		if v.Result, err = o.result(); err != nil {
			return err
		}
	}
	history, err := t.history(ctx, o)
	if err != nil {
		return err
	}
	own := cases.WayOf(history)
	v.Way = append(own, v.Way...)
	return nil
}
