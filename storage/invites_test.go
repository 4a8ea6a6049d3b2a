package storage_test

import (
	"context"
	"testing"
	"time"

	"tinbao/cases"
	"tinbao/storage"
)

// invite makes an invitation as a member of staff does.
func (b *bench) invite(by cases.Staff, role cases.Role, name string) (inv cases.Invitation, err error) {
	b.t.Helper()
	err = b.try(by.Route.Chat, func(ctx context.Context, tx *storage.Tx) error {
		inv, err = tx.Invite(ctx, by.ID, role, name)
		return err
	})
	return inv, err
}

func (b *bench) accept(chat int64, inv cases.Invitation) (s cases.Staff, err error) {
	b.t.Helper()
	err = b.try(chat, func(ctx context.Context, tx *storage.Tx) error {
		s, _, err = tx.AcceptInvite(ctx, inv.Token, cases.Route{Chat: chat, Lang: "vi"})
		return err
	})
	return s, err
}

func (b *bench) agree(by cases.Staff, inv cases.Invitation, yes bool) error {
	b.t.Helper()
	return b.try(by.Route.Chat, func(ctx context.Context, tx *storage.Tx) error {
		_, err := tx.AgreeInvite(ctx, by, inv.Ref, yes)
		return err
	})
}

func (b *bench) lock(id cases.StaffID, locked bool) {
	b.t.Helper()
	b.do(an, func(ctx context.Context, tx *storage.Tx) error { return tx.Lock(ctx, id, locked) })
}

// An admin who will be locked makes a link first. Afterwards neither it nor any other way
// opens an account for him, and nothing stands in his name.
func TestALockEndsWhatTheAccountMade(t *testing.T) {
	t.Parallel()
	const adminChat, friend = 4001, 4002
	b := setup(t)
	admin, leader, o := b.staff(adminChat, cases.Admin), b.staff(4003, cases.Leader), b.staff(officer, cases.Officer)
	inv, err := b.invite(admin, cases.Leader, "Anh Hai")
	if err != nil {
		t.Fatal(err)
	}
	if err := b.agree(leader, inv, true); err != nil {
		t.Fatal(err)
	}
	later, err := b.invite(leader, cases.Clerk, admin.Name) // meant for whoever is about to be locked
	if err != nil && cases.KindOf(err) != cases.Conflict {
		t.Fatal(err)
	}
	b.do(officer, func(ctx context.Context, tx *storage.Tx) error {
		return tx.SetAbsence(ctx, cases.Absence{Staff: o.ID, StandIn: admin.ID, Since: b.at, Until: b.at.Add(48 * time.Hour)})
	})
	b.lock(admin.ID, true)
	for name, try := range map[string]struct {
		chat int64
		inv  cases.Invitation
	}{"his own link": {adminChat, inv}, "his link, by a friend": {friend, inv}, "a link for him": {adminChat, later}} {
		if s, err := b.accept(try.chat, try.inv); err == nil {
			t.Errorf("%s opens %+v", name, s)
		}
	}
	fresh, err := b.invite(leader, cases.Clerk, "Người Khác")
	if err != nil {
		t.Fatal(err)
	}
	if s, err := b.accept(adminChat, fresh); err == nil {
		t.Errorf("an invitation opens a locked account: %+v", s)
	}
	if _, err := b.accept(friend, fresh); err != nil {
		t.Errorf("the try used it up: %v", err)
	}
	b.count("select count(*) from ward.absences", 0)
	b.lock(admin.ID, false)
	if s, err := b.accept(adminChat, inv); err == nil {
		t.Errorf("unlocked, the old link opens %+v", s)
	}
}

// Whatever program writes it, the database opens no locked account by an invitation.
func TestTheDatabaseKeepsALockedAccountLocked(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o := b.staff(officer, cases.Officer)
	b.lock(o.ID, true)
	conn := connect(t, b.url)
	if _, err := conn.Exec(t.Context(), "update ward.staff set locked = false, role = 'leader'"); err == nil {
		t.Error("opened with another role")
	}
}

// Nobody gives himself a second person: an invitation to a role that sees cases opens
// nothing before somebody of another role than who invites agreed, and whoever locks all
// others does not do without.
func TestNobodyGivesHimselfASecondPerson(t *testing.T) {
	t.Parallel()
	b := setup(t)
	admin, other, leader := b.staff(4001, cases.Admin), b.staff(4002, cases.Admin), b.staff(4003, cases.Leader)
	inv, err := b.invite(admin, cases.Officer, "Anh Hai")
	if err != nil || !inv.Second || len(inv.Agree) != 1 {
		t.Fatalf("%+v %v", inv, err)
	}
	if _, err := b.accept(4009, inv); cases.TextOf(err) != "invite.waits" {
		t.Errorf("opened before anybody agreed: %v", err)
	}
	for _, by := range []cases.Staff{admin, other} {
		if err := b.agree(by, inv, true); cases.TextOf(err) != "invite.notyours" {
			t.Errorf("%s agrees: %v", by.Role, err)
		}
	}
	if err := b.agree(leader, inv, true); err != nil {
		t.Fatal(err)
	}
	if s, err := b.accept(4009, inv); err != nil || s.Role != cases.Officer {
		t.Errorf("%+v %v", s, err)
	}
	refused, err := b.invite(admin, cases.Support, "Chị Ba")
	if err != nil {
		t.Fatal(err)
	}
	if err := b.agree(leader, refused, false); err != nil {
		t.Fatal(err)
	}
	if _, err := b.accept(4010, refused); err == nil {
		t.Error("refused, and opened")
	}
	if inv, err := b.invite(admin, cases.Observer, "Sở Y tế"); err != nil || inv.Second {
		t.Errorf("a role without cases: %+v %v", inv, err)
	}
	all := b.people()
	for _, s := range all {
		if s.ID != admin.ID && s.Role != cases.Admin {
			b.lock(s.ID, true)
		}
	}
	if _, err := b.invite(admin, cases.Officer, "Anh Tư"); cases.TextOf(err) != "invite.nobody" {
		t.Errorf("with everybody else locked: %v", err)
	}
}

func (b *bench) people() (list []cases.Staff) {
	b.t.Helper()
	list, err := b.StaffList(b.t.Context())
	if err != nil {
		b.t.Fatal(err)
	}
	return list
}

// The first admin of a ward invites whom it needs: there is nobody who could agree.
func TestTheFirstAdminInvitesAlone(t *testing.T) {
	t.Parallel()
	b := setup(t)
	admin := b.staff(4001, cases.Admin)
	if inv, err := b.invite(admin, cases.Leader, "Chủ tịch"); err != nil || inv.Second {
		t.Errorf("%+v %v", inv, err)
	}
}

// Two accounts that live have two names, however they are typed.
func TestNamesOfAccountsAreToldApart(t *testing.T) {
	t.Parallel()
	b := setup(t)
	admin := b.staff(4001, cases.Admin)
	inv, err := b.invite(admin, cases.Clerk, "Nguyễn Thị Hoà")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"Nguyễn Thị Hoà", "nguyen  thi hoa", "NGUYỄN THỊ HOÀ"} {
		if _, err := b.invite(admin, cases.Observer, name); cases.TextOf(err) != "invite.taken" {
			t.Errorf("%q while the invitation waits: %v", name, err)
		}
	}
	s, err := b.accept(4009, inv)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.invite(admin, cases.Observer, "nguyễn thị hoà"); cases.TextOf(err) != "invite.taken" {
		t.Errorf("the name of an account: %v", err)
	}
	b.lock(s.ID, true)
	if _, err := b.invite(admin, cases.Observer, "Nguyễn Thị Hoà"); err != nil {
		t.Errorf("the name of a locked account: %v", err)
	}
}

// A session ends after twelve hours, however busy it is.
func TestASessionHasAnEnd(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.staff(officer, cases.Officer)
	open := func() (is bool) {
		b.do(officer, func(_ context.Context, tx *storage.Tx) error {
			is = tx.Staff().Access.IsOpen(tx.Now())
			return nil
		})
		return is
	}
	const step = 30 * time.Minute
	for n := time.Duration(0); n < cases.LongestSession-step; n += step {
		b.pass(step)
		if !open() {
			t.Fatalf("ended after %s", n+step)
		}
	}
	b.pass(step)
	if open() {
		t.Error("goes on")
	}
}

// Who wrote a request down for a caller, and asked with the receipt for it to be opened
// again, is not the second person who agrees.
func TestWhoWroteACaseDownIsNoSecondPerson(t *testing.T) {
	t.Parallel()
	b := setup(t)
	n, two := b.staff(nurse, cases.Health), b.staff(helperChat, cases.Health)
	var c cases.Case
	b.do(nurse, func(ctx context.Context, tx *storage.Tx) (err error) {
		_, c, err = tx.Desk(cases.HelpStream).Capture(ctx, n, cases.NewCase{Help: &cases.HelpContent{Service: cases.HealthCare, Text: "x"}, Source: cases.FromPhone})
		return err
	})
	for _, ch := range []cases.Change{{Verb: cases.Contact}, {Verb: cases.Close, Ending: cases.EndDone}} {
		b.must(n, c.Number, ch)
	}
	b.do(an, func(ctx context.Context, tx *storage.Tx) error {
		_, err := tx.AskAgain(ctx, cases.HelpStream, c.ID, "Chưa xong", cases.Route{})
		return err
	})
	if _, err := b.act(n, c.Number, cases.Change{Verb: cases.Reopen}); cases.TextOf(err) != "error.second.self" {
		t.Errorf("opened alone: %v", err)
	}
	b.must(two, c.Number, cases.Change{Verb: cases.Reopen})
}
