package main

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"tinbao/storage"
)

// Whoever has the password of the program's login cannot take the wall down, and the program
// serves all the same: every story runs so. What it asks of the database when it starts, and
// the list of what was destroyed, are there as well.
func TestServeUnderALoginThatOwnsNothing(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	if err := w.app.fits(t.Context()); err != nil {
		t.Error(err)
	}
	env := append(w.environment(), "DATABASE_URL="+w.login)
	out, _ := command(t, env, "doctor")
	for _, line := range []string{"✓ login      owns nothing", "✓ catalogue", "✓ partitions", "! destroyed  0 things"} {
		if !strings.Contains(out, line) {
			t.Errorf("doctor does not say %q:\n%s", line, out)
		}
	}
	if out, _ := command(t, w.environment(), "doctor"); !strings.Contains(out, "! login") {
		t.Errorf("the owner's login: %s", out)
	}
	work(t, &checkFigures{app: w.app})
	for _, sql := range []string{
		"alter table casework.cases disable row level security", "create policy mine on casework.cases using (true)", "drop trigger append_only on ward.account_events",
		"update ward.wards set name = 'x'", "delete from casework.destructions", "create table ward.mine (a int)",
	} {
		if err := try(t.Context(), w.login, sql); err == nil {
			t.Errorf("the login may: %s", sql)
		}
	}
	far := time.Now().AddDate(1, 0, 0)
	if now, next, err := storage.Unpartitioned(t.Context(), w.login, far); err != nil || now+next == 0 {
		t.Errorf("missing partitions are not seen: %d, %d, %v", now, next, err)
	}
}

// try runs a statement under the account of an address.
func try(ctx context.Context, address, sql string) error {
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	_, err = conn.Exec(ctx, sql)
	return err
}
