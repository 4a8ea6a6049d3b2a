package storage_test

import (
	"context"
	"fmt"
	"testing"

	"tinbao/cases"
	"tinbao/storage"
)

// account is an account as its chat finds it, and as colleagues do.
func (b *bench) account(chat int64) (own, listed cases.Staff) {
	b.t.Helper()
	b.do(chat, func(ctx context.Context, tx *storage.Tx) error {
		if s := tx.Staff(); s != nil {
			own = *s
		}
		all, err := tx.StaffList(ctx)
		for _, s := range all {
			if s.ID == own.ID {
				listed = s
			}
		}
		return err
	})
	return own, listed
}

// Somebody who writes SQL, under a role of the program or as the owner, becomes nobody else:
// what the history of accounts does not say of an account locks it, and no step makes it good
// but an invitation.
func TestAnAccountChangedBySQLIsLocked(t *testing.T) {
	t.Parallel()
	const adminChat, leaderChat, police, locked, former = 4001, 4003, 4005, 4006, 4007
	for name, c := range map[string]struct {
		chat int64 // of whoever gains by it
		sql  string
	}{
		"another role":                  {police, "update ward.staff set role = 'officer' where id = %[1]d"},
		"a lock undone":                 {locked, "update ward.staff set locked = false where id = %[2]d"},
		"a role that was":               {former, "update ward.staff set role = 'officer' where id = %[3]d"},
		"the account of somebody else":  {police, "create temp table mine as select who, name, route from ward.staff where id = %[1]d; update ward.staff set who = 'x' where id = %[1]d; update ward.staff s set who = m.who, name = m.name, route = m.route from mine m where s.id = %[4]d"},
		"an account that nobody opened": {police, "create temp table mine as select * from ward.staff where id = %[1]d; update ward.staff set who = 'x' where id = %[1]d; insert into ward.staff (ward_id, who, role, name, route, made_at) select ward_id, who, 'officer', name, route, made_at from mine"},
		"the code of another account":   {police, "update ward.staff set role = 'officer' where id = %[1]d; insert into ward.account_events select ward_id, (select max(seq) + 1 from ward.account_events), at, verb, %[1]d, by_staff, role, role_before, invite, sealed, code, bound from ward.account_events where account = %[4]d limit 1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			admin, leader := b.staff(adminChat, cases.Admin), b.staff(leaderChat, cases.Leader)
			p, l, f, o := b.staff(police, cases.Police), b.staff(locked, cases.Officer), b.staff(former, cases.Officer), b.staff(officer, cases.Officer)
			b.lock(l.ID, true)
			b.renamed(admin, leader, f, cases.Clerk, "Người cũ")
			b.owner(fmt.Sprintf(c.sql+"; select %[1]d, %[2]d, %[3]d, %[4]d", p.ID, l.ID, f.ID, o.ID))
			own, listed := b.account(c.chat)
			if own.ID == 0 || !own.Locked || !listed.Locked || !listed.Altered {
				t.Errorf("%+v, %+v", own, listed)
			}
			if b.faults() == "" {
				t.Error("the check of the history finds nothing")
			}
			b.do(adminChat, func(ctx context.Context, tx *storage.Tx) error {
				for _, err := range []error{tx.Lock(ctx, own.ID, true), tx.Lock(ctx, own.ID, false), tx.ForgetPIN(ctx, own.ID)} {
					if cases.KindOf(err) != cases.Conflict {
						t.Errorf("a step makes it good: %v", err)
					}
				}
				return nil
			})
		})
	}
}

// An invitation that was changed by SQL, or made by it, opens nothing.
func TestAnInvitationChangedBySQLOpensNothing(t *testing.T) {
	t.Parallel()
	for name, sql := range map[string]string{
		"another role":       "update ward.invites set role = 'admin'",
		"nobody to agree":    "update ward.invites set second = false",
		"somebody agreed":    "update ward.invites set agreed_by = by_staff",
		"time without end":   "update ward.invites set expires_at = expires_at + interval '1 year'",
		"by somebody else":   "update ward.invites set by_staff = (select max(id) from ward.staff)",
		"without its code":   "update ward.invites set code = null, second = false",
		"one of one's own":   "update ward.invites set hash = 'own'",
		"agreed, other role": "update ward.invites set agreed_by = by_staff, role = 'leader'",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			admin := b.staff(4001, cases.Admin)
			b.staff(4003, cases.Leader)
			inv, err := b.invite(admin, cases.Officer, "Anh Hai")
			if err != nil || !inv.Second {
				t.Fatal(err)
			}
			b.owner(sql)
			if s, err := b.accept(4010, inv); err == nil {
				t.Errorf("it opens %+v", s)
			}
		})
	}
}
