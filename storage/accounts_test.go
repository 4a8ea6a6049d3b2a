package storage_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tinbao/cases"
	"tinbao/storage"
)

func (b *bench) accountLog() []cases.AccountEvent {
	b.t.Helper()
	var log cases.AccountLog
	b.do(an, func(ctx context.Context, tx *storage.Tx) (err error) {
		log, err = tx.AccountLog(ctx, 0, 100)
		return err
	})
	if log.Total != len(log.Rows) {
		b.t.Errorf("%d rows, and %d are shown", log.Total, len(log.Rows))
	}
	slices.Reverse(log.Rows)
	return log.Rows
}

func (b *bench) faults() string {
	b.t.Helper()
	found, err := b.VerifyHistory(b.t.Context())
	if err != nil {
		b.t.Fatal(err)
	}
	return strings.Join(found.Faults, "\n")
}

// renamed gives an account another name and role by an invitation for its chat.
func (b *bench) renamed(by, leader, who cases.Staff, role cases.Role, name string) cases.Staff {
	b.t.Helper()
	inv, err := b.invite(by, role, name)
	if err != nil {
		b.t.Fatal(err)
	}
	if inv.Second {
		if err := b.agree(leader, inv, true); err != nil {
			b.t.Fatal(err)
		}
	}
	s, err := b.accept(who.Route.Chat, inv)
	if err != nil || s.ID != who.ID {
		b.t.Fatal(s, err)
	}
	return s
}

// Every step on an account or an invitation is a row of the history: who, what, from what, and
// by which invitation.
func TestEveryStepOnAnAccountIsARow(t *testing.T) {
	t.Parallel()
	b := setup(t)
	admin, leader, o := b.staff(4001, cases.Admin), b.staff(4003, cases.Leader), b.staff(officer, cases.Officer)
	refused, err := b.invite(admin, cases.Police, "Anh Ba")
	if err != nil {
		t.Fatal(err)
	}
	if err := b.agree(leader, refused, false); err != nil {
		t.Fatal(err)
	}
	b.renamed(admin, leader, o, cases.Health, "Cán bộ mới")
	asAdmin := func(work func(ctx context.Context, tx *storage.Tx) error) {
		b.do(4001, work)
	}
	asAdmin(func(ctx context.Context, tx *storage.Tx) error { return tx.Lock(ctx, o.ID, true) })
	asAdmin(func(ctx context.Context, tx *storage.Tx) error { return tx.Lock(ctx, o.ID, false) })
	asAdmin(func(ctx context.Context, tx *storage.Tx) error { return tx.ForgetPIN(ctx, o.ID) })
	if _, err := b.Invite(t.Context(), cases.Clerk, "Chị Tư"); err != nil {
		t.Fatal(err)
	}
	var got []string
	invites := map[string]string{refused.Ref: "first"}
	for i, e := range b.accountLog() {
		if e.Invite != "" && invites[e.Invite] == "" {
			invites[e.Invite] = fmt.Sprint("other", len(invites))
		}
		if int(e.Seq) != i+1 || e.By != 0 != (e.ByName != "") {
			t.Errorf("%+v", e)
		}
		got = append(got, strings.TrimSpace(fmt.Sprintln(e.Verb, e.Name, e.Role, "by", e.ByName, e.Former, e.From, invites[e.Invite])))
	}
	want := []string{
		"opened Cán bộ 4001 admin by", "opened Cán bộ 4003 leader by", "opened Cán bộ 2001 officer by",
		"invited Anh Ba police by Cán bộ 4001   first", "refused Anh Ba police by Cán bộ 4003   first",
		"invited Cán bộ mới health by Cán bộ 4001   other1", "agreed Cán bộ mới health by Cán bộ 4003   other1",
		"renamed Cán bộ mới officer by Cán bộ 4001 Cán bộ 2001  other1", "role Cán bộ mới health by Cán bộ 4001  officer other1",
		"locked Cán bộ mới health by Cán bộ 4001", "unlocked Cán bộ mới health by Cán bộ 4001", "pin_reset Cán bộ mới health by Cán bộ 4001",
		"invited Chị Tư clerk by    other2",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if faults := b.faults(); faults != "" {
		t.Error(faults)
	}
}

// Who did something keeps, in the rows of that time, the name of that time: also who a case
// was given to, and whatever name the account is given later.
func TestNamesInTheHistoryStayAsTheyWere(t *testing.T) {
	t.Parallel()
	b := setup(t)
	admin, leader, o, other := b.staff(4001, cases.Admin), b.staff(4003, cases.Leader), b.staff(officer, cases.Officer), b.staff(officer2, cases.Officer)
	_, c := b.report(an, sample)
	b.must(o, c.Number, cases.Change{Verb: cases.Assign, Whom: other.ID})
	b.renamed(admin, leader, o, cases.Clerk, "Người khác")
	b.renamed(admin, leader, other, cases.Clerk, "Người thứ ba")
	b.do(4003, func(ctx context.Context, tx *storage.Tx) error {
		log, err := tx.Desk(cases.ReportStream).Log(ctx, leader, 0, 5)
		if err != nil {
			return err
		}
		if e := log.Rows[0]; e.Verb != cases.Assign || e.By != o.Name || e.Detail != other.Name {
			t.Errorf("the log says %+v", e)
		}
		got, err := tx.Desk(cases.ReportStream).Open(ctx, leader, c.Number)
		if err != nil {
			return err
		}
		if e := got.History[1]; e.By != o.Name || e.Detail != other.Name {
			t.Errorf("the card says %+v", e)
		}
		return nil
	})
	if faults := b.faults(); faults != "" {
		t.Error(faults)
	}
}

// Whoever writes in the database changes no row of either history unnoticed: a role, a name, who did
// it, the number of a case, or which rows there are.
func TestTamperingWithTheHistoryOfAccountsIsFound(t *testing.T) {
	t.Parallel()
	const off = "alter table ward.account_events disable trigger user; alter table casework.events disable trigger user; alter table casework.report_events disable trigger user; "
	for name, c := range map[string]struct{ sql, want string }{
		"role":         {off + "update ward.account_events set role = 'leader' where seq = 1", "accounts: row 1 was changed"},
		"by":           {off + "update ward.account_events set by_staff = 1 where seq = 2", "accounts: row 2 was changed"},
		"time":         {off + "update ward.account_events set at = at + interval '1 second' where seq = 2", "accounts: row 2 was changed"},
		"name":         {off + "update ward.account_events set sealed = (select sealed from ward.account_events where seq = 2) where seq = 1", "accounts: row 1 was changed"},
		"gone":         {off + "delete from ward.account_events where seq = 2", "accounts: row 2 is missing"},
		"last gone":    {off + "delete from ward.account_events where seq = 3", "accounts: rows 3 to 3 are missing"},
		"renumbered":   {off + "delete from ward.account_events where seq = 2; update ward.account_events set seq = 2 where seq = 3", "accounts: row 2 was changed"},
		"all gone":     {off + "delete from ward.account_events", "accounts: rows 1 to 3 are missing"},
		"name of case": {off + "update casework.events set by_event = 2 where verb = 'take'", "was changed"},
		"whom":         {off + "update casework.events set whom_event = 1 where verb = 'assign'", "was changed"},
		"unfrozen":     {off + "update casework.events set by_event = null, number = null where verb = 'take'", "was changed"},
		"numbers exchanged": {`set session_replication_role = replica; update casework.cases set seq = 3 where seq = 1 and stream = 'report';
			update casework.cases set seq = 1 where seq = 2 and stream = 'report'; update casework.cases set seq = 2 where seq = 3 and stream = 'report'`, "had the number"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			o, other := b.staff(officer, cases.Officer), b.staff(officer2, cases.Officer)
			b.staff(policeman, cases.Police)
			_, one := b.report(an, sample)
			b.report(binh, sample)
			b.must(o, one.Number, cases.Change{Verb: cases.Take})
			b.must(o, one.Number, cases.Change{Verb: cases.Assign, Whom: other.ID})
			b.pass(2 * time.Minute)
			b.anchor()
			if faults := b.faults(); faults != "" {
				t.Fatalf("before: %s", faults)
			}
			b.owner(c.sql)
			if faults := b.faults(); !strings.Contains(faults, c.want) {
				t.Errorf("%q, want %q", faults, c.want)
			}
		})
	}
}

// Rows of the history of accounts that are a day old stand under an anchor.
func TestTheHistoryOfAccountsIsAnchored(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.staff(officer, cases.Officer)
	b.pass(28 * time.Hour)
	if faults := b.faults(); !strings.Contains(faults, "accounts: 1 rows are older") {
		t.Errorf("without an anchor: %q", faults)
	}
	b.anchor()
	if faults := b.faults(); faults != "" {
		t.Error(faults)
	}
}

// Nobody who is no owner of the tables changes or removes a row, and the owner only by
// taking the trigger away.
func TestTheHistoryOfAccountsIsAppendedOnly(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.staff(officer, cases.Officer)
	conn := connect(t, b.url)
	for _, sql := range []string{"update ward.account_events set role = 'leader'", "update ward.account_events set sealed = '', at = now()", "delete from ward.account_events"} {
		if _, err := conn.Exec(t.Context(), sql); err == nil || !strings.Contains(err.Error(), "appended only") {
			t.Errorf("%s: %v", sql, err)
		}
	}
}

// Accounts that a program of the release before opened come into the history once, with the
// name they have by then; rows of cases from before show that name for good.
func TestAccountsOfTheReleaseBeforeAreFound(t *testing.T) {
	t.Parallel()
	b := setup(t)
	admin, leader, o := b.staff(4001, cases.Admin), b.staff(4003, cases.Leader), b.staff(officer, cases.Officer)
	_, c := b.report(an, sample)
	b.owner("alter table ward.account_events disable trigger user; delete from ward.account_events")
	b.do(officer, func(ctx context.Context, tx *storage.Tx) error {
		_, err := tx.Desk(cases.ReportStream).Act(ctx, o, c.Number, -1, cases.Change{Verb: cases.Take})
		return err
	})
	b.count("select count(*) from casework.events where by_event is not null", 0)
	for range 2 {
		if err := b.FindAccounts(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if log := b.accountLog(); len(log) != 3 || log[2].Verb != cases.AccountFound || log[2].Name != o.Name || log[2].Role != cases.Officer {
		t.Errorf("%+v", log)
	}
	b.renamed(admin, leader, o, cases.Clerk, "Người khác")
	b.do(4003, func(ctx context.Context, tx *storage.Tx) error {
		got, err := tx.Desk(cases.ReportStream).Open(ctx, leader, c.Number)
		if err == nil && got.History[1].By != o.Name {
			t.Errorf("%+v", got.History[1])
		}
		return err
	})
	if faults := b.faults(); faults != "" {
		t.Error(faults)
	}
}

// Who opens requests for help is read by somebody who may open none: by number and how
// often, and nothing of what stands in them.
func TestLooksAtHelpAreReadBySomebodyElse(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.staff(4003, cases.Leader)
	n := b.staff(nurse, cases.Health)
	_, one := b.help(an)
	_, two := b.help(binh)
	b.must(n, one.Number, cases.Change{Verb: cases.Take})
	for range 4 {
		b.opens(n, two.Number)
	}
	b.opens(n, one.Number)
	b.do(4003, func(ctx context.Context, tx *storage.Tx) error {
		list, err := tx.HelpViews(ctx, b.at.Add(-time.Hour), b.at.Add(time.Hour), 10)
		if err != nil {
			return err
		}
		if len(list) != 2 || list[0].Number != two.Number || list[0].Times != 4 || list[0].Holds || list[0].Name != n.Name || list[1].Times != 1 || !list[1].Holds {
			t.Errorf("%+v", list)
		}
		list, err = tx.HelpViews(ctx, b.at.Add(time.Hour), b.at.Add(2*time.Hour), 10)
		if len(list) != 0 {
			t.Errorf("of another time: %+v", list)
		}
		return err
	})
}
