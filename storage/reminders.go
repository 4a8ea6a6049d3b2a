package storage

import (
	"context"
	"time"

	"github.com/google/uuid"

	"tinbao/cases"
	"tinbao/storage/internal/db"
)

// reached is a case whose limit has passed a mark of which nobody was told.
type reached struct {
	id       uuid.UUID
	due      time.Time
	since    time.Time
	rule     string
	reminder cases.Reminder
}

// Remind lets announce write a reminder for every case whose limit has passed a mark,
// each mark once however many programs look, and lets limits run again that stood still
// for long enough. At night only urgent cases disturb anybody; the others wait for the
// morning. It tells how many reminders there were.
func (s *Store) Remind(ctx context.Context, announce func(cases.Reminder) []Message) (n int, err error) {
	for _, stream := range streams {
		if err := s.runOn(ctx, stream, announce); err != nil {
			return n, err
		}
		var list []reached
		err := s.Do(ctx, func(ctx context.Context, t *Tx) (err error) {
			list, err = t.reached(ctx, stream)
			return err
		})
		if err != nil {
			return n, err
		}
		for _, one := range list {
			told, err := s.tell(ctx, stream, one, announce)
			if err != nil {
				return n, err
			}
			n += told
		}
	}
	return n, nil
}

// reached looks for cases past a mark.
func (t *Tx) reached(ctx context.Context, stream cases.Stream) (list []reached, err error) {
	l, err := t.limits(ctx)
	if err != nil {
		return nil, err
	}
	if err := t.enter(ctx, stream); err != nil {
		return nil, err
	}
	rows, err := t.q.RunningClocks(ctx, db.RunningClocksParams{Stream: string(stream), WardID: int32(t.s.conf.Ward)})
	if err != nil {
		return nil, interpret(err)
	}
	for _, r := range rows {
		status := cases.Status(r.Status)
		rule, ok := l.clocks.Rule(cases.ClockKey(r.Rule))
		if !ok {
			now, _ := l.clocks.Running(l.calendar, cases.Standing{Stream: stream, Status: status, Urgent: r.Urgent, Kind: cases.Kind(r.Kind), Since: r.SinceAt})
			rule = now.ClockRule
		}
		percent := rule.Type.Reached(l.calendar, r.SinceAt, *r.DueAt, t.now)
		if percent <= int(r.Told) || cases.Quiet(t.now) && !r.Urgent {
			continue
		}
		list = append(list, reached{id: r.ID, due: *r.DueAt, since: r.SinceAt, rule: string(rule.Key), reminder: cases.Reminder{
			Number: cases.Number{Stream: stream, Year: int(r.Year), Seq: int(r.Seq)}, Urgent: r.Urgent,
			About: cases.About(r.KeptFrom), Police: status.HeldByPolice(), Holder: staffOf(r.Assignee), Percent: percent,
		}})
	}
	return list, nil
}

// tell sends a reminder unless somebody else did, or the limit has changed meanwhile.
func (s *Store) tell(ctx context.Context, stream cases.Stream, one reached, announce func(cases.Reminder) []Message) (told int, err error) {
	err = s.Do(ctx, func(ctx context.Context, t *Tx) error {
		if err := t.enter(ctx, stream); err != nil {
			return err
		}
		n, err := t.q.TellClock(ctx, db.TellClockParams{
			Stream: string(stream), WardID: int32(s.conf.Ward), ID: one.id, Due: &one.due, Rule: one.rule, SinceAt: one.since, Told: int32(one.reminder.Percent),
		})
		if err != nil || n == 0 {
			return interpret(err)
		}
		if err := t.as(ctx, roleDesk); err != nil {
			return err
		}
		told = 1
		return t.send(ctx, announce(one.reminder))
	})
	return told, err
}

// runOn lets limits run again whose case has waited for the person long enough.
func (s *Store) runOn(ctx context.Context, stream cases.Stream, announce func(cases.Reminder) []Message) error {
	var over []uuid.UUID
	if err := s.Do(ctx, func(ctx context.Context, t *Tx) error {
		l, err := t.limits(ctx)
		if err != nil || cases.Quiet(t.now) {
			return err
		}
		if err := t.enter(ctx, stream); err != nil {
			return err
		}
		rows, err := t.q.StillClocks(ctx, db.StillClocksParams{Stream: string(stream), WardID: int32(s.conf.Ward)})
		for _, r := range rows {
			if !t.now.Before(l.clocks.PauseEnds(l.calendar, r.SinceAt)) {
				over = append(over, r.ID)
			}
		}
		return interpret(err)
	}); err != nil {
		return err
	}
	for _, id := range over {
		if err := s.Do(ctx, func(ctx context.Context, t *Tx) error { return t.runOn(ctx, stream, id, announce) }); err != nil {
			return err
		}
	}
	return nil
}

// runOn lets the limit of one case run again, unless it does already.
func (t *Tx) runOn(ctx context.Context, stream cases.Stream, id uuid.UUID, announce func(cases.Reminder) []Message) error {
	o, err := t.own(ctx, stream, id.String())
	if err != nil {
		return err
	}
	k, err := t.caseClock(ctx, o)
	if err != nil || o.status() != cases.NeedInfo || len(k.Paused) == len(k.Resumed) {
		return err
	}
	if err := t.step(ctx, o, cases.Change{Verb: cases.RunOn}, nil); err != nil {
		return err
	}
	reminder := cases.Reminder{Number: o.number(), Urgent: o.row.Urgent, About: cases.About(o.row.KeptFrom), Holder: staffOf(o.row.Assignee)}
	if err := t.as(ctx, roleDesk); err != nil {
		return err
	}
	return t.send(ctx, announce(reminder))
}

// digestsKept is how long it is known who got the digest of a day.
const digestsKept = 7 * 24 * time.Hour

// Digest lets announce write the morning's digest to every member of staff who has not
// got the one of the day, when it is the time; nil = the person gets none. Each person
// gets it once a day however many programs look. It tells how many got it.
func (s *Store) Digest(ctx context.Context, announce func(cases.Staff, []cases.Digest) []Message) (n int, err error) {
	var staff []cases.Staff
	err = s.Do(ctx, func(ctx context.Context, t *Tx) error {
		l, err := t.limits(ctx)
		if err != nil || !cases.DigestTime(l.calendar, t.now) {
			return err
		}
		if staff, err = t.StaffList(ctx); err != nil {
			return err
		}
		return interpret(t.q.SweepDigests(ctx, db.SweepDigestsParams{WardID: int32(s.conf.Ward), Before: dayName(t.now.Add(-digestsKept))}))
	})
	if err != nil {
		return 0, err
	}
	for _, one := range staff {
		if !one.Reachable() || len(one.Role.DigestStreams()) == 0 {
			continue
		}
		if err := s.Do(ctx, func(ctx context.Context, t *Tx) error {
			sent, err := t.digest(ctx, one, announce)
			n += sent
			return err
		}); err != nil {
			return n, err
		}
	}
	return n, nil
}

func dayName(now time.Time) string { return now.In(cases.Vietnam).Format(time.DateOnly) }

func (t *Tx) digest(ctx context.Context, who cases.Staff, announce func(cases.Staff, []cases.Digest) []Message) (int, error) {
	n, err := t.q.TakeDigest(ctx, db.TakeDigestParams{WardID: int32(t.s.conf.Ward), StaffID: int64(who.ID), Day: dayName(t.now)})
	if err != nil || n == 0 {
		return 0, interpret(err)
	}
	t.staff = &who // what the police get is counted as the police see it
	var list []cases.Digest
	for _, stream := range who.Role.DigestStreams() {
		if err := t.enter(ctx, stream); err != nil {
			return 0, err
		}
		fresh := waiting(stream)
		police := who.Role.May(cases.PoliceReports)
		if police {
			fresh = []string{string(cases.Forwarded)}
		}
		row, err := t.q.DigestCounts(ctx, db.DigestCountsParams{
			Stream: string(stream), WardID: int32(t.s.conf.Ward), Fresh: fresh, OfPolice: police, Viewer: new(int64(who.ID)),
			Now: &t.now, DayEnd: new(cases.DayOf(t.now).End()),
		})
		if err != nil {
			return 0, interpret(err)
		}
		list = append(list, cases.Digest{
			Stream: stream, Fresh: int(row.Fresh), Mine: int(row.Mine), Today: int(row.Today), Overdue: int(row.Overdue), Open: int(row.Open),
		})
	}
	if err := t.as(ctx, roleDesk); err != nil {
		return 0, err
	}
	return 1, t.send(ctx, announce(who, list))
}
