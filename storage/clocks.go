package storage

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"tinbao/cases"
	"tinbao/storage/internal/db"
)

// limits are the limits and the calendar of the ward at the time of a transaction.
type limits struct {
	clocks   cases.Clocks
	calendar cases.Calendar
	said     []cases.CalendarRow // what the ward says of days, beside what is known
}

// limits reads them once.
func (t *Tx) limits(ctx context.Context) (*limits, error) {
	if t.table != nil {
		return t.table, nil
	}
	versions, err := t.q.ClockVersions(ctx, db.ClockVersionsParams{WardID: int32(t.s.conf.Ward), Now: t.now})
	if err != nil {
		return nil, interpret(err)
	}
	days, err := t.q.CalendarRows(ctx, db.CalendarRowsParams{WardID: int32(t.s.conf.Ward), Now: t.now})
	if err != nil {
		return nil, interpret(err)
	}
	l := &limits{}
	said := make([]cases.ClockVersion, 0, len(versions))
	for _, v := range versions {
		one := cases.ClockVersion{Key: cases.ClockKey(v.Key), Type: cases.ClockType(v.Type), Amount: int(v.Amount)}
		if v.Verified {
			if one.VerifiedBy, err = t.staffName(ctx, &v.ByStaff); err != nil {
				return nil, err
			}
		}
		said = append(said, one)
	}
	for _, d := range days {
		l.said = append(l.said, cases.CalendarRow{Day: cases.Day{Year: int(d.Year), Month: time.Month(d.Month), Day: int(d.Day)}, Kind: cases.DayKind(d.Kind)})
	}
	l.clocks, l.calendar = t.s.conf.Clocks.With(said...), t.s.conf.Calendar.With(l.said...)
	t.table = l
	return l, nil
}

// answerBy is when the person who wrote can expect an answer.
func (t *Tx) answerBy(ctx context.Context, received time.Time) (time.Time, error) {
	l, err := t.limits(ctx)
	if err != nil {
		return time.Time{}, err
	}
	return l.clocks.AnswerBy(l.calendar, received), nil
}

// Clocks are the limits of the ward.
func (t *Tx) Clocks(ctx context.Context) (cases.Clocks, error) {
	l, err := t.limits(ctx)
	if err != nil {
		return nil, err
	}
	return l.clocks, nil
}

// SetClock says what a limit is from now on, and whether the one who says it compared it
// with its source. What is due already stays due then.
func (t *Tx) SetClock(ctx context.Context, by cases.StaffID, key cases.ClockKey, kind cases.ClockType, amount int, verified bool) error {
	if err := (cases.ClockVersion{Key: key, Type: kind, Amount: amount}).MayBe(); err != nil {
		return err
	}
	t.table = nil
	return interpret(t.q.PutClock(ctx, db.PutClockParams{
		WardID: int32(t.s.conf.Ward), Key: string(key), Now: t.now, Type: string(kind), Amount: int32(amount), Verified: verified, ByStaff: int64(by),
	}))
}

// CalendarYear is what is known of a year.
func (t *Tx) CalendarYear(ctx context.Context, year int) (cases.CalendarYear, error) {
	l, err := t.limits(ctx)
	if err != nil {
		return cases.CalendarYear{}, err
	}
	out := cases.CalendarYear{Year: year, Rows: cases.RowsOf(year, l.said...)}
	check, err := t.q.CalendarCheck(ctx, db.CalendarCheckParams{WardID: int32(t.s.conf.Ward), Year: int32(year)})
	if errors.Is(err, pgx.ErrNoRows) {
		return out, nil
	}
	if err != nil {
		return out, interpret(err)
	}
	out.Checked = check.At
	out.By, err = t.staffName(ctx, &check.ByStaff)
	return out, err
}

// CalendarYear is what is known of a year.
func (s *Store) CalendarYear(ctx context.Context, year int) (out cases.CalendarYear, err error) {
	err = s.Do(ctx, func(ctx context.Context, t *Tx) error {
		out, err = t.CalendarYear(ctx, year)
		return err
	})
	return out, err
}

// SetDay says what a day is, from now on. What is due already stays due then.
func (t *Tx) SetDay(ctx context.Context, by cases.StaffID, row cases.CalendarRow) error {
	if err := row.MayBe(); err != nil {
		return err
	}
	t.table = nil
	return interpret(t.q.PutCalendarRow(ctx, db.PutCalendarRowParams{
		WardID: int32(t.s.conf.Ward), Year: int32(row.Day.Year), Month: int32(row.Day.Month), Day: int32(row.Day.Day),
		Now: t.now, Kind: string(row.Kind), ByStaff: int64(by),
	}))
}

// CheckYear says that the days off of a year were compared with the announcement.
func (t *Tx) CheckYear(ctx context.Context, by cases.StaffID, year int) error {
	return interpret(t.q.PutCalendarCheck(ctx, db.PutCalendarCheckParams{WardID: int32(t.s.conf.Ward), Year: int32(year), Now: t.now, ByStaff: int64(by)}))
}

// caseClock is the row of a case's limit; one that is not written yet has run since the
// receipt.
func (t *Tx) caseClock(ctx context.Context, o *opened) (db.CaseClockRow, error) {
	k, err := t.q.CaseClock(ctx, db.CaseClockParams{Stream: o.row.Stream, CaseID: o.row.ID})
	if errors.Is(err, pgx.ErrNoRows) {
		return db.CaseClockRow{StartAt: o.row.ReceivedAt, SinceAt: o.row.ReceivedAt, Paused: []time.Time{}, Resumed: []time.Time{}}, nil
	}
	return k, interpret(err)
}

// setClock sets the limit of a case after a change; from is the status before it. A
// limit that goes on keeps its end, whatever the ward has said of limits since.
func (t *Tx) setClock(ctx context.Context, o *opened, ch cases.Change, from cases.Status) error {
	to, r := o.status(), &o.row
	if to == from && ch.Verb != cases.Extend && ch.Verb != cases.RunOn && ch.Verb != cases.Classify {
		return nil
	}
	l, err := t.limits(ctx)
	if err != nil {
		return err
	}
	k, err := t.caseClock(ctx, o)
	if err != nil {
		return err
	}
	switch {
	case ch.Verb == cases.Extend:
		err = t.extend(l, o, &k, ch.Days)
	case to == cases.NeedInfo && from != cases.NeedInfo:
		rule := l.rule(o, k.Rule, from)
		k.Rule, k.HeldAt, r.DueAt = string(rule.Key), r.DueAt, nil
		k.Paused = append(k.Paused, t.now)
	default:
		t.run(l, o, &k)
	}
	if err != nil {
		return err
	}
	return interpret(t.q.PutCaseClock(ctx, db.PutCaseClockParams{
		Stream: r.Stream, CaseID: r.ID, WardID: int32(t.s.conf.Ward), Rule: k.Rule, StartAt: k.StartAt, SinceAt: k.SinceAt,
		HeldAt: k.HeldAt, Told: k.Told, Extended: k.Extended, Paused: k.Paused, Resumed: k.Resumed,
	}))
}

// extend gives the limit that runs more days. Being late is not forgiven by it.
func (t *Tx) extend(l *limits, o *opened, k *db.CaseClockRow, days int) error {
	r := &o.row
	if r.DueAt == nil || days < 1 {
		return cases.Fail(cases.NotAllowed, "error.noclock")
	}
	r.Late = r.Late || t.now.After(*r.DueAt)
	rule := l.rule(o, k.Rule, o.status())
	r.DueAt = new(rule.Type.Extended(l.calendar, *r.DueAt, t.now, days))
	k.Rule, k.SinceAt, k.Told = string(rule.Key), t.now, 0
	k.Extended += int32(days)
	return nil
}

// run starts the limit of a case's status, or lets the one that runs go on; a pause that
// was open ends.
func (t *Tx) run(l *limits, o *opened, k *db.CaseClockRow) {
	r := &o.row
	held := k.HeldAt
	var pause cases.Pause
	if len(k.Paused) > len(k.Resumed) {
		pause = cases.Pause{From: k.Paused[len(k.Paused)-1], To: t.now}
		if end := l.clocks.PauseEnds(l.calendar, pause.From); end.Before(pause.To) {
			pause.To = end
		}
		k.Resumed = append(k.Resumed, pause.To)
	} else {
		held = r.DueAt
	}
	k.HeldAt = nil
	start := r.ReceivedAt
	if r.ClockAt != nil {
		start = *r.ClockAt
	}
	if o.status() == cases.NeedInfo { // nobody answered: what stood still runs on
		rule := l.rule(o, k.Rule, o.status())
		if held != nil {
			r.DueAt = new(rule.Type.Paused(l.calendar, *held, pause))
		}
		k.SinceAt, k.Told = t.now, 0
		return
	}
	now, ok := l.clocks.Running(l.calendar, cases.Standing{
		Stream: o.stream(), Status: o.status(), Urgent: r.Urgent, Kind: cases.Kind(r.Kind), Since: start, Pauses: pauses(*k),
	})
	same := string(now.Key) == k.Rule && start.Equal(k.StartAt)
	switch {
	case !ok:
		r.DueAt = nil
	case same && held != nil:
		r.DueAt = new(now.Type.Paused(l.calendar, *held, pause))
	default:
		r.DueAt = &now.Due
	}
	if !same || !pause.From.IsZero() {
		k.Told, k.SinceAt = 0, start
		if !pause.From.IsZero() {
			k.SinceAt = t.now
		}
	}
	if !same {
		k.Extended = 0
	}
	k.Rule, k.StartAt = string(now.Key), start
}

func pauses(k db.CaseClockRow) (list []cases.Pause) {
	for i := range k.Resumed {
		if !k.Paused[i].Before(k.StartAt) {
			list = append(list, cases.Pause{From: k.Paused[i], To: k.Resumed[i]})
		}
	}
	return list
}

// rule is the line of a key, or, of a case whose limit was never written down, the one
// of its status.
func (l *limits) rule(o *opened, key string, status cases.Status) cases.ClockRule {
	if r, ok := l.clocks.Rule(cases.ClockKey(key)); ok {
		return r
	}
	now, _ := l.clocks.Running(l.calendar, cases.Standing{
		Stream: o.stream(), Status: status, Urgent: o.row.Urgent, Kind: cases.Kind(o.row.Kind), Since: o.row.ReceivedAt,
	})
	return now.ClockRule
}
