package storage

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"

	"tinbao/cases"
	"tinbao/storage/internal/db"
)

const inviteBytes = 18 // 144 bits, 24 symbols in a link of at most 64

// Invite makes a one-time token that opens an account. by is 0 on the command line, where
// no second person is asked for. Conflict when a living account or another invitation has
// the name.
func (t *Tx) Invite(ctx context.Context, by cases.StaffID, role cases.Role, name string) (cases.Invitation, error) {
	if _, err := cases.ParseRole(string(role)); err != nil {
		return cases.Invitation{}, err
	}
	all, err := t.StaffList(ctx)
	if err != nil {
		return cases.Invitation{}, err
	}
	open, err := t.invitations(ctx)
	if err != nil {
		return cases.Invitation{}, err
	}
	if cases.NameTaken(name, all, open, 0) {
		return cases.Invitation{}, cases.Fail(cases.Conflict, "invite.taken")
	}
	raw := make([]byte, inviteBytes)
	rand.Read(raw)
	out := cases.Invitation{
		Token: base64.RawURLEncoding.EncodeToString(raw), Role: role, Name: name, By: by, Expires: t.now.Add(cases.InviteTime),
		Second: cases.NeedsSecond(by, role, all),
	}
	if out.Second {
		out.Agree = cases.MayAgree(by, all)
	}
	if out.Second && len(out.Agree) == 0 {
		return cases.Invitation{}, cases.Fail(cases.NotAllowed, "invite.nobody")
	}
	hash := t.s.vault.Token(out.Token)
	out.Ref = inviteRef(hash)
	row := db.InvitesRow{Hash: hash, Role: string(role), ByStaff: staffRef(by), ExpiresAt: out.Expires, Second: out.Second}
	err = interpret(t.q.AddInvite(ctx, db.AddInviteParams{
		Hash: hash, WardID: int32(t.s.conf.Ward), Role: row.Role, ExpiresAt: row.ExpiresAt, Second: row.Second, Code: t.s.inviteCode(row),
		Name: t.s.vault.SealEdge(t.s.place("invites.name", hash), []byte(name)), ByStaff: row.ByStaff,
	}))
	if err != nil {
		return cases.Invitation{}, err
	}
	_, err = t.recordAccount(ctx, cases.AccountEvent{Verb: cases.AccountInvited, By: by, Name: name, Role: role, Invite: out.Ref}, cases.Staff{})
	return out, err
}

// Invite is Tx.Invite for the command line.
func (s *Store) Invite(ctx context.Context, role cases.Role, name string) (out cases.Invitation, err error) {
	err = s.Do(ctx, func(ctx context.Context, t *Tx) error {
		out, err = t.Invite(ctx, 0, role, name)
		return err
	})
	return out, err
}

// inviteRef names an invitation on a button; it opens nothing.
func inviteRef(hash []byte) string { return hex.EncodeToString(hash[:8]) }

// invitations lists those that wait, without their tokens.
func (t *Tx) invitations(ctx context.Context) ([]cases.Invitation, error) {
	rows, err := t.q.Invites(ctx, db.InvitesParams{WardID: int32(t.s.conf.Ward), Now: t.now})
	if err != nil {
		return nil, interpret(err)
	}
	list := make([]cases.Invitation, 0, len(rows))
	for _, r := range rows {
		if inv, err := t.openInvite(r); err == nil { // one that cannot be read holds up no other
			list = append(list, inv)
		}
	}
	return list, nil
}

// inviteCode is the code over what an invitation opens, by whom, until when, and who agreed.
func (s *Store) inviteCode(r db.InvitesRow) []byte {
	out := []byte("invitation")
	out = append(out, r.Hash...)
	second := int64(0)
	if r.Second {
		second = 1
	}
	for _, n := range []int64{int64(s.conf.Ward), int64(staffOf(r.ByStaff)), r.ExpiresAt.UnixMicro(), second, int64(staffOf(r.AgreedBy))} {
		out = binary.BigEndian.AppendUint64(out, uint64(n))
	}
	return s.vault.AccountEvent(append(out, r.Role...))
}

func (t *Tx) openInvite(r db.InvitesRow) (cases.Invitation, error) {
	if !hmac.Equal(r.Code, t.s.inviteCode(r)) {
		return cases.Invitation{}, cases.Fail(cases.Expired, "error.expired") // it was not made like this
	}
	name, err := t.s.vault.OpenEdge(t.s.place("invites.name", r.Hash), r.Name)
	return cases.Invitation{
		Ref: inviteRef(r.Hash), Role: cases.Role(r.Role), Name: string(name), By: staffOf(r.ByStaff), Expires: r.ExpiresAt,
		Waits: r.Second && r.AgreedBy == nil, AgreedBy: staffOf(r.AgreedBy), Hash: r.Hash,
	}, err
}

// WaitingInvites lists the invitations that wait for a second person, whom by may be.
func (t *Tx) WaitingInvites(ctx context.Context, by cases.Staff) (list []cases.Invitation, err error) {
	open, err := t.invitations(ctx)
	if err != nil {
		return nil, err
	}
	all, err := t.StaffList(ctx)
	for _, inv := range open {
		if inv.Waits && cases.Agrees(by, cases.MayAgree(inv.By, all)) {
			list = append(list, inv)
		}
	}
	return list, err
}

// AgreeInvite lets a second person agree to an invitation, or refuse it; NotAllowed for
// somebody who may not, NotFound when it does not wait.
func (t *Tx) AgreeInvite(ctx context.Context, by cases.Staff, ref string, yes bool) (cases.Invitation, error) {
	open, err := t.invitations(ctx)
	if err != nil {
		return cases.Invitation{}, err
	}
	all, err := t.StaffList(ctx)
	if err != nil {
		return cases.Invitation{}, err
	}
	for _, inv := range open {
		if inv.Ref != ref || !inv.Waits {
			continue
		}
		if !cases.Agrees(by, cases.MayAgree(inv.By, all)) {
			return inv, cases.Fail(cases.NotAllowed, "invite.notyours")
		}
		ward := int32(t.s.conf.Ward)
		e := cases.AccountEvent{Verb: cases.AccountRefused, By: by.ID, Name: inv.Name, Role: inv.Role, Invite: inv.Ref}
		if yes {
			e.Verb = cases.AccountAgreed
			code := t.s.inviteCode(db.InvitesRow{
				Hash: inv.Hash, Role: string(inv.Role), ByStaff: staffRef(inv.By), ExpiresAt: inv.Expires, Second: true, AgreedBy: staffRef(by.ID),
			})
			err = t.q.AgreeInvite(ctx, db.AgreeInviteParams{WardID: ward, Hash: inv.Hash, AgreedBy: staffRef(by.ID), Code: code})
		} else {
			err = t.q.DropInvite(ctx, db.DropInviteParams{WardID: ward, Hash: inv.Hash})
		}
		if err != nil {
			return inv, interpret(err)
		}
		_, err = t.recordAccount(ctx, e, cases.Staff{})
		return inv, err
	}
	return cases.Invitation{}, cases.Fail(cases.NotFound, "invite.gone")
}

// AcceptInvite opens the account an invitation was made for; Expired when the token is
// unknown, used or too old, or the account of this chat is locked. One that waits for
// a second person is NotAllowed, and stays; one whose name was taken meanwhile is Conflict.
func (t *Tx) AcceptInvite(ctx context.Context, token string, back cases.Route) (cases.Staff, cases.Invitation, error) {
	expired := cases.Fail(cases.Expired, "error.expired")
	hash := t.s.vault.Token(token)
	rows, err := t.q.Invites(ctx, db.InvitesParams{WardID: int32(t.s.conf.Ward), Now: t.now})
	if err != nil {
		return cases.Staff{}, cases.Invitation{}, interpret(err)
	}
	all, err := t.StaffList(ctx)
	if err != nil {
		return cases.Staff{}, cases.Invitation{}, err
	}
	var inv cases.Invitation
	var own cases.Staff
	for _, r := range rows {
		if bytes.Equal(r.Hash, hash) {
			if inv, err = t.openInvite(r); err != nil {
				return cases.Staff{}, inv, err
			}
		}
	}
	for _, s := range all {
		if s.Route.Chat != back.Chat {
			continue
		}
		if own = s; s.Locked && !s.Altered {
			return s, inv, expired
		}
	}
	switch {
	case inv.Hash == nil:
		return cases.Staff{}, inv, expired
	case inv.Waits:
		return cases.Staff{}, inv, cases.Fail(cases.NotAllowed, "invite.waits")
	case cases.NameTaken(inv.Name, all, nil, own.ID):
		return cases.Staff{}, inv, cases.Fail(cases.Conflict, "invite.taken")
	}
	if _, err = t.q.UseInvite(ctx, db.UseInviteParams{Hash: hash, WardID: int32(t.s.conf.Ward), Now: &t.now}); err != nil {
		return cases.Staff{}, inv, interpret(err)
	}
	id, err := t.s.putStaff(ctx, t.q, t.now, inv.Role, inv.Name, back)
	if err != nil {
		return cases.Staff{}, inv, err
	}
	t.colleagues = nil
	t.staff = &cases.Staff{ID: id, Role: inv.Role, Name: inv.Name, Route: back}
	t.staff.Event, err = t.recordOpened(ctx, own, inv)
	return *t.staff, inv, err
}

// recordOpened writes down what an invitation made of the account of the update; was is what it was before,
// zero when there was none. It gives the newest row about the account.
func (t *Tx) recordOpened(ctx context.Context, was cases.Staff, inv cases.Invitation) (event int64, err error) {
	e := cases.AccountEvent{By: inv.By, Name: inv.Name, Role: inv.Role, Invite: inv.Ref}
	of := *t.staff
	var steps []cases.AccountEvent
	if was.ID != 0 && was.Name != inv.Name {
		one := e
		one.Verb, one.Former, one.Role = cases.AccountRenamed, was.Name, was.Role
		steps = append(steps, one)
	}
	if was.ID != 0 && was.Role != inv.Role {
		one := e
		one.Verb, one.From = cases.AccountRole, was.Role
		steps = append(steps, one)
	}
	if steps == nil {
		e.Verb = cases.AccountOpened
		steps = append(steps, e)
	}
	for _, one := range steps {
		if event, err = t.recordAccount(ctx, one, of); err != nil {
			return 0, err
		}
	}
	return event, nil
}

// Lock locks or unlocks an account; NotFound when the ward has none of that number. What a
// locked one made, and what others hold in its name, ends (a trigger sees to the rest), and
// it gets nothing of what still waits to be sent to it.
func (t *Tx) Lock(ctx context.Context, id cases.StaffID, locked bool) error {
	verb := cases.AccountUnlocked
	if locked {
		verb = cases.AccountLocked
	}
	if err := t.recordStep(ctx, verb, id); err != nil {
		return err
	}
	who, err := t.q.LockStaff(ctx, db.LockStaffParams{WardID: int32(t.s.conf.Ward), ID: int64(id), Locked: locked})
	t.colleagues = nil
	if err != nil || !locked {
		return interpret(err)
	}
	name, err := t.staffName(ctx, staffRef(id))
	if err != nil {
		return err
	}
	open, err := t.invitations(ctx)
	if err != nil {
		return err
	}
	for _, inv := range open {
		if cases.SameName(inv.Name, name) {
			if err := t.q.DropInvite(ctx, db.DropInviteParams{WardID: int32(t.s.conf.Ward), Hash: inv.Hash}); err != nil {
				return interpret(err)
			}
		}
	}
	return interpret(t.q.DropLane(ctx, db.DropLaneParams{Lane: who, Now: &t.now}))
}
