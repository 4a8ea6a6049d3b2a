package storage

import (
	"context"
	"time"

	"tinbao/cases"
	"tinbao/storage/internal/db"
	"tinbao/vault"
)

const pinColumn = "staff.pin"

// keepOpenStep saves a write for most updates of staff: the end of an open session
// is moved when it would move by as much.
const keepOpenStep = time.Minute

// stayOpen moves the end of the session of a member of staff who does something.
func (t *Tx) stayOpen(ctx context.Context) error {
	if t.staff == nil || t.staff.Locked || !t.staff.Access.IsOpen(t.now) {
		return nil
	}
	until := t.staff.Access.Extended(t.now, t.s.conf.Idle)
	if until.Sub(t.staff.Access.Open) < keepOpenStep {
		return nil
	}
	return interpret(t.q.KeepOpen(ctx, db.KeepOpenParams{
		WardID: int32(t.s.conf.Ward), ID: int64(t.staff.ID), Until: &until, Newest: int32(t.chat.newest),
	}))
}

// SetPIN gives the account of the update a PIN and opens it; Invalid for a weak one.
func (t *Tx) SetPIN(ctx context.Context, pin string) error {
	if cases.WeakPIN(pin) {
		return cases.Fail(cases.Invalid, "pin.weak")
	}
	if err := t.putPIN(ctx, t.staff.ID, t.who, pin); err != nil {
		return err
	}
	t.staff.Access = cases.Access{Chosen: true, Open: t.now.Add(t.s.conf.Idle), Since: t.now}
	return nil
}

func (t *Tx) putPIN(ctx context.Context, id cases.StaffID, who []byte, pin string) error {
	sealed := t.s.vault.SealEdge(t.s.place(pinColumn, who), vault.HashPIN(pin))
	_, err := t.q.PutPIN(ctx, db.PutPINParams{WardID: int32(t.s.conf.Ward), ID: int64(id), Pin: sealed, Until: new(t.now.Add(t.s.conf.Idle)), Opened: &t.now})
	return interpret(err)
}

// TryPIN opens the account of the update when the PIN is right, and counts a wrong
// one. While the account is barred a PIN is neither compared nor counted.
func (t *Tx) TryPIN(ctx context.Context, pin string) (cases.Access, error) {
	a := t.staff.Access
	if !a.Chosen || a.IsBarred(t.now) {
		return a, nil
	}
	sealed, err := t.q.PIN(ctx, db.PINParams{WardID: int32(t.s.conf.Ward), ID: int64(t.staff.ID)})
	if err != nil {
		return a, interpret(err)
	}
	hash, err := t.s.vault.OpenEdge(t.s.place(pinColumn, t.who), sealed)
	if err != nil {
		return a, err
	}
	p := db.CountPINParams{WardID: int32(t.s.conf.Ward), ID: int64(t.staff.ID)}
	if vault.IsPIN(hash, pin) {
		a = cases.Access{Chosen: true, Open: t.now.Add(t.s.conf.Idle), Since: t.now}
		p.Until, p.Opened = &a.Open, &a.Since
	} else {
		a.Wrong++
		a.Open, a.Since = time.Time{}, time.Time{}
		if pause := cases.PINPause(a.Wrong); pause > 0 {
			a.Barred = t.now.Add(pause)
			p.Barred = &a.Barred
		}
		p.Wrong = int32(a.Wrong)
	}
	t.staff.Access = a
	return a, interpret(t.q.CountPIN(ctx, p))
}

// Shut ends the session of the account of the update.
func (t *Tx) Shut(ctx context.Context) error {
	t.staff.Access.Open = time.Time{}
	return interpret(t.q.CountPIN(ctx, db.CountPINParams{WardID: int32(t.s.conf.Ward), ID: int64(t.staff.ID), Wrong: int32(t.staff.Access.Wrong)}))
}

// ForgetPIN lets a colleague choose a new PIN; NotFound when the ward has no account
// of that number.
func (t *Tx) ForgetPIN(ctx context.Context, id cases.StaffID) error {
	if err := t.recordStep(ctx, cases.AccountPINForgot, id); err != nil {
		return err
	}
	_, err := t.q.PutPIN(ctx, db.PutPINParams{WardID: int32(t.s.conf.Ward), ID: int64(id)})
	return interpret(err)
}
