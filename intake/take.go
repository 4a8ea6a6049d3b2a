package intake

import (
	"context"

	"tinbao/bot"
	"tinbao/cases"
)

// Colleagues finds the staff to be told.
type Colleagues interface {
	StaffWith(ctx context.Context, right cases.Right) ([]cases.Staff, error)
}

// Counter is where cases come in, whatever channel they come by.
type Counter interface {
	Meter
	Colleagues
	Receive(ctx context.Context, back cases.Route, c cases.NewCase) (cases.Receipt, cases.Case, error)
}

// Taken is what became of a case that was sent.
type Taken struct {
	Refused bool // more than anybody has to say in a day; nothing was received
	Receipt cases.Receipt
	Case    cases.Case
	Rung    bool        // somebody of the staff is told
	Notices []bot.Reply // to the staff
}

// Take receives a case from any channel: it is counted and sifted, gets its receipt,
// and rings the staff without a word of what it is. back.Chat is 0 for a person who
// follows the case by the receipt alone.
func (d *Desk) Take(ctx context.Context, st Counter, back cases.Route, n cases.NewCase) (got Taken, err error) {
	if got.Refused, got.Notices, err = sift(ctx, st, &n); got.Refused || err != nil {
		return got, err
	}
	if got.Receipt, got.Case, err = st.Receive(ctx, back, n); err != nil || got.Case.Apart {
		return got, err
	}
	rings, err := notices(ctx, st, got.Case, "staff.new")
	got.Rung = len(rings) > 0
	got.Notices = append(got.Notices, rings...)
	return got, err
}

// Added are the notices to the staff that somebody added to a case.
func (d *Desk) Added(ctx context.Context, st Colleagues, c cases.Case) ([]bot.Reply, error) {
	return notices(ctx, st, c, "staff.added")
}

// Guessed counts a receipt that does not exist, and bars whoever tried it for a while
// when there were too many.
func (d *Desk) Guessed(ctx context.Context, st Meter) error { return guessed(ctx, st) }
