package storage

import (
	"context"

	"tinbao/cases"
)

// Capture takes in a case that a member of staff wrote down for somebody who called,
// came or wrote. Nobody waits for news by the bot; the receipt is for the person.
func (d Desk) Capture(ctx context.Context, viewer cases.Staff, n cases.NewCase) (cases.Receipt, cases.Case, error) {
	if n.Stream() != d.stream {
		return "", cases.Case{}, cases.Fail(cases.NotFound, "")
	}
	receipt, c, err := d.t.receive(ctx, cases.Route{}, n)
	if err != nil {
		return "", c, err
	}
	o, err := d.find(ctx, viewer, c.Number)
	if err != nil {
		return "", c, err
	}
	o.row.Silent = true
	return receipt, c, d.t.mark(ctx, o, cases.Capture, &viewer, string(n.Source))
}
