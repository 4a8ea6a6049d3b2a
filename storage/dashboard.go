package storage

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"slices"
	"time"

	"github.com/riverqueue/river"

	"tinbao/cases"
	"tinbao/storage/internal/db"
)

// AskChart asks for a chart to be drawn and sent to who asked.
func (t *Tx) AskChart(a cases.ChartArgs) error {
	t.jobs = append(t.jobs, river.InsertManyParams{Args: a, InsertOpts: &river.InsertOpts{Queue: FilesQueue, MaxAttempts: chartTries}})
	return nil
}

// chartTries is how often a chart is tried; whoever still wants it presses again.
const chartTries = 3

// AsStaff runs work in a transaction of its own as an account of the ward, as in an
// update of that account; NotFound when there is none that may do what right says now.
func (s *Store) AsStaff(ctx context.Context, id cases.StaffID, right cases.Right, work func(ctx context.Context, t *Tx, who cases.Staff) error) error {
	return s.inTx(ctx, func(t *Tx) error {
		if err := t.become(ctx, id, right); err != nil {
			return err
		}
		return work(ctx, t, *t.staff)
	})
}

func (t *Tx) become(ctx context.Context, id cases.StaffID, right cases.Right) error {
	all, err := t.StaffList(ctx)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(one cases.Staff) bool { return one.ID == id && !one.Locked && one.Role.May(right) })
	if i < 0 {
		return cases.Fail(cases.NotFound, "")
	}
	t.staff = &all[i]
	return nil
}

const tokenBytes = 32

// newToken is a secret that nobody can guess.
func newToken() string {
	raw := make([]byte, tokenBytes)
	rand.Read(raw)
	return base64.RawURLEncoding.EncodeToString(raw)
}

// Secrets of the two tables never stand for each other.
func (s *Store) linkHash(token string) []byte { return s.vault.Token("dashboard link " + token) }

func (s *Store) sessionHash(token string) []byte { return s.vault.Token("dashboard session " + token) }

// DashboardLink makes the one-time secret with which the account of the update opens the
// dashboard in a browser, until a time. A secret made before is worth nothing any more.
func (t *Tx) DashboardLink(ctx context.Context) (token string, until time.Time, err error) {
	ward := int32(t.s.conf.Ward)
	token, until = newToken(), t.now.Add(cases.DashboardLinkTime)
	if err := t.q.DropDashboardLinks(ctx, db.DropDashboardLinksParams{WardID: ward, StaffID: int64(t.staff.ID)}); err != nil {
		return "", until, interpret(err)
	}
	err = t.q.AddDashboardLink(ctx, db.AddDashboardLinkParams{WardID: ward, Hash: t.s.linkHash(token), StaffID: int64(t.staff.ID), ExpiresAt: until})
	return token, until, interpret(err)
}

// EnterDashboard takes the secret of a link for that of a session. Expired when the link
// is unknown, used, or too old, or its account may not see figures any more.
func (t *Tx) EnterDashboard(ctx context.Context, token string) (session string, until time.Time, err error) {
	ward := int32(t.s.conf.Ward)
	expired := cases.Fail(cases.Expired, "dashboard.expired")
	id, err := t.q.UseDashboardLink(ctx, db.UseDashboardLinkParams{WardID: ward, Hash: t.s.linkHash(token), Now: t.now})
	if err = interpret(err); err != nil {
		if cases.KindOf(err) == cases.NotFound {
			err = expired
		}
		return "", until, err
	}
	if err := t.become(ctx, cases.StaffID(id), cases.SeeFigures); err != nil {
		if cases.KindOf(err) == cases.NotFound {
			err = expired
		}
		return "", until, err
	}
	session, until = newToken(), t.now.Add(cases.DashboardSessionTime)
	err = t.q.AddDashboardSession(ctx, db.AddDashboardSessionParams{WardID: ward, Hash: t.s.sessionHash(session), StaffID: id, ExpiresAt: until})
	return session, until, interpret(err)
}

// InDashboard runs work as the account of a session; Expired when there is none.
func (s *Store) InDashboard(ctx context.Context, session string, work func(ctx context.Context, t *Tx, who cases.Staff) error) error {
	return s.inTx(ctx, func(t *Tx) error {
		id, err := t.q.DashboardSession(ctx, db.DashboardSessionParams{WardID: int32(s.conf.Ward), Hash: s.sessionHash(session), Now: t.now})
		if err = interpret(err); err == nil {
			err = t.become(ctx, cases.StaffID(id), cases.SeeFigures)
		}
		if err != nil {
			if cases.KindOf(err) == cases.NotFound {
				err = cases.Fail(cases.Expired, "dashboard.ended")
			}
			return err
		}
		return work(ctx, t, *t.staff)
	})
}

// LeaveDashboard ends a session.
func (s *Store) LeaveDashboard(ctx context.Context, session string) error {
	return s.inTx(ctx, func(t *Tx) error {
		return interpret(t.q.EndDashboardSession(ctx, db.EndDashboardSessionParams{WardID: int32(s.conf.Ward), Hash: s.sessionHash(session)}))
	})
}

// sweepDashboard removes links and sessions that are over.
func sweepDashboard(ctx context.Context, q *db.Queries, now time.Time) error {
	if _, err := q.SweepDashboardLinks(ctx, now); err != nil {
		return interpret(err)
	}
	_, err := q.SweepDashboardSessions(ctx, now)
	return interpret(err)
}
