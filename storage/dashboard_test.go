package storage_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"tinbao/cases"
	"tinbao/storage"
)

// link makes a link for an account, as it asks for one.
func (b *bench) dashboardLink(chat int64) (token string) {
	b.t.Helper()
	b.do(chat, func(ctx context.Context, t *storage.Tx) (err error) {
		token, _, err = t.DashboardLink(ctx)
		return err
	})
	return token
}

func (b *bench) enter(token string) (session string, err error) {
	return session, b.Do(b.t.Context(), func(ctx context.Context, t *storage.Tx) (err error) {
		session, _, err = t.EnterDashboard(ctx, token)
		return err
	})
}

func (b *bench) inside(session string) error {
	return b.InDashboard(b.t.Context(), session, func(context.Context, *storage.Tx, cases.Staff) error { return nil })
}

// Of many who open a link at once, one gets in.
func TestALinkOfTheDashboardOpensOnce(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.staff(officer, cases.Officer)
	token := b.dashboardLink(officer)
	var wg sync.WaitGroup
	var mu sync.Mutex
	var sessions []string
	for range 8 {
		wg.Go(func() {
			session, err := b.enter(token)
			if err != nil && cases.KindOf(err) != cases.Expired {
				t.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				sessions = append(sessions, session)
			}
		})
	}
	wg.Wait()
	if len(sessions) != 1 || b.inside(sessions[0]) != nil {
		t.Fatalf("%d got in", len(sessions))
	}
	for _, other := range []string{"", token, sessions[0] + "A"} {
		if err := b.inside(other); cases.KindOf(err) != cases.Expired {
			t.Errorf("another secret is a session: %v", err)
		}
	}
	if _, err := b.enter(sessions[0]); cases.KindOf(err) != cases.Expired {
		t.Errorf("the secret of a session is a link: %v", err)
	}
}

// What shuts an account on the phone shuts its browsers, in the same transaction, and
// what opens it again does not open them.
func TestWhatShutsAnAccountShutsItsDashboard(t *testing.T) {
	t.Parallel()
	for name, shut := range map[string]func(ctx context.Context, t *storage.Tx, id cases.StaffID) error{
		"lock": func(ctx context.Context, t *storage.Tx, id cases.StaffID) error { return t.Lock(ctx, id, true) },
		"shut": func(ctx context.Context, t *storage.Tx, _ cases.StaffID) error { return t.Shut(ctx) },
		"PIN":  func(ctx context.Context, t *storage.Tx, id cases.StaffID) error { return t.ForgetPIN(ctx, id) },
	} {
		b := setup(t)
		who, other := b.staff(officer, cases.Officer), b.staff(officer2, cases.Officer)
		session, err := b.enter(b.dashboardLink(officer))
		if err != nil {
			t.Fatal(err)
		}
		rest, err := b.enter(b.dashboardLink(officer2))
		if err != nil {
			t.Fatal(err)
		}
		token := b.dashboardLink(officer)
		b.do(officer, func(ctx context.Context, t *storage.Tx) error { return shut(ctx, t, who.ID) })
		b.do(officer2, func(ctx context.Context, t *storage.Tx) error { return t.Lock(ctx, who.ID, false) })
		if err := b.inside(session); cases.KindOf(err) != cases.Expired {
			t.Errorf("%s: the session goes on (%v)", name, err)
		}
		if _, err := b.enter(token); cases.KindOf(err) != cases.Expired {
			t.Errorf("%s: the link opens (%v)", name, err)
		}
		if err := b.inside(rest); err != nil {
			t.Errorf("%s: the session of %d is gone: %v", name, other.ID, err)
		}
	}
}

func TestTheDashboardEndsByTime(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.staff(officer, cases.Officer)
	late := b.dashboardLink(officer)
	b.pass(cases.DashboardLinkTime + time.Second)
	if _, err := b.enter(late); cases.KindOf(err) != cases.Expired {
		t.Errorf("an old link opens: %v", err)
	}
	session, err := b.enter(b.dashboardLink(officer))
	if err != nil {
		t.Fatal(err)
	}
	b.pass(cases.DashboardSessionTime + time.Second)
	if err := b.inside(session); cases.KindOf(err) != cases.Expired {
		t.Errorf("an old session is open: %v", err)
	}
	if err := b.Sweep(t.Context(), "vi"); err != nil {
		t.Fatal(err)
	}
	conn := connect(t, b.url)
	var left int
	if err := conn.QueryRow(t.Context(), "select (select count(*) from ward.dashboard_links) + (select count(*) from ward.dashboard_sessions)").Scan(&left); err != nil || left != 0 {
		t.Errorf("%d rows are left (%v)", left, err)
	}
}
