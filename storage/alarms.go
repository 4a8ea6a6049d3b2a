package storage

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"tinbao/cases"
	"tinbao/storage/internal/db"
)

const alarmBatch = 100

// Ringers are the accounts a case rings: open, with a chat, and allowed to see it. In
// place of who is away stands whoever stands in.
func (t *Tx) Ringers(ctx context.Context, c cases.Case) ([]cases.Staff, error) {
	w, err := t.Ward(ctx)
	if err != nil {
		return nil, err
	}
	var list []cases.Staff
	for _, right := range cases.RingRights(c.Number.Stream) {
		with, err := t.StaffWith(ctx, right)
		if err != nil {
			return nil, err
		}
		for _, s := range with {
			known := slices.ContainsFunc(list, func(one cases.Staff) bool { return one.ID == s.ID })
			if !known && s.Reachable() && cases.MayRing(s, c, w.Name) {
				list = append(list, s)
			}
		}
	}
	return list, nil
}

// NobodyInDanger takes down that the person says now that nobody is in danger: what is
// added in this transaction raises no case by its words alone.
func (t *Tx) NobodyInDanger() { t.calm = true }

// hear raises a case when what the person adds shows danger, and lets one ring again that
// somebody confirmed a while ago. The row is saved by the step that follows.
func (t *Tx) hear(ctx context.Context, o *opened, text string) error {
	signs := cases.SignsIn(text)
	switch {
	case !signs.Any() || !can(o.row, cases.AddInfo):
		return nil
	case t.calm && !signs.Minor:
		return t.record(ctx, o, cases.DenyDanger, o.status(), o.status(), nil, "")
	case o.row.Urgent:
		a, err := t.ringing(ctx, o)
		if err != nil || a != nil && (a.Open() || t.now.Before(a.Confirmed.Add(cases.RingAgain))) {
			return err
		}
		return t.startAlarm(ctx, o)
	}
	o.row.Urgent = true
	if err := t.q.SetUrgent(ctx, db.SetUrgentParams{Stream: o.row.Stream, WardID: int32(t.s.conf.Ward), ID: o.row.ID}); err != nil {
		return interpret(err)
	}
	if err := t.record(ctx, o, cases.RaiseUrgent, o.status(), o.status(), nil, ""); err != nil {
		return err
	}
	return t.startAlarm(ctx, o)
}

// startAlarm lets an opened case ring from now on.
func (t *Tx) startAlarm(ctx context.Context, o *opened) error {
	c := cases.Case{Number: o.number(), Keeper: staffOf(o.row.Assignee), About: cases.About(o.row.KeptFrom)}
	if err := t.readContent(ctx, o, &c); err != nil {
		return err
	}
	o.rung = true
	_, err := t.beginAlarm(ctx, o.row.ID, c)
	return err
}

// beginAlarm writes an alarm down with the roles its first ring reaches.
func (t *Tx) beginAlarm(ctx context.Context, id uuid.UUID, c cases.Case) (*cases.Ringing, error) {
	staff, err := t.Ringers(ctx, c)
	if err != nil {
		return nil, err
	}
	a := &cases.Ringing{Began: t.now, Rings: 1, Reached: cases.RolesOf(staff)}
	return a, interpret(t.q.StartAlarm(ctx, db.StartAlarmParams{
		Stream: string(c.Number.Stream), WardID: int32(t.s.conf.Ward), CaseID: id, BeganAt: t.now,
		RingAt: moment(cases.NextRing(t.now, a.Rings)), Reached: cases.Strings(a.Reached),
		Alerted: c.Number.Stream == cases.ReportStream && c.About != cases.AboutPolice,
	}))
}

// moment is a time as a column that may be null.
func moment(at time.Time) *time.Time {
	if at.IsZero() {
		return nil
	}
	return &at
}

// ringing is the alarm of an opened case; nil when it never rang.
func (t *Tx) ringing(ctx context.Context, o *opened) (*cases.Ringing, error) {
	row, err := t.alarmRow(ctx, o)
	if cases.KindOf(err) == cases.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	a := &cases.Ringing{Began: row.BeganAt, Rings: int(row.Rings), Confirmed: instant(row.ConfirmedAt), By: staffOf(row.ConfirmedBy)}
	for _, r := range row.Reached {
		a.Reached = append(a.Reached, cases.Role(r))
	}
	all, err := t.StaffList(ctx)
	if i := slices.IndexFunc(all, func(s cases.Staff) bool { return a.By != 0 && s.ID == a.By }); i >= 0 {
		a.Name, a.Role = all[i].Name, all[i].Role
	}
	return a, err
}

// promised is the alarm of an urgent case, or when the person can expect an answer.
func (t *Tx) promised(ctx context.Context, o *opened) (a *cases.Ringing, by time.Time, err error) {
	if !o.row.Urgent {
		by, err = t.answerBy(ctx, o.row.ReceivedAt)
		return nil, by, err
	}
	a, err = t.ringing(ctx, o)
	return a, by, err
}

func (t *Tx) alarmRow(ctx context.Context, o *opened) (db.AlarmRow, error) {
	row, err := t.q.Alarm(ctx, db.AlarmParams{Stream: o.row.Stream, WardID: int32(t.s.conf.Ward), CaseID: o.row.ID})
	return row, interpret(err)
}

// Confirm stops the alarm of a case: the viewer is dealing with it. Conflict when somebody
// else confirmed before; NotAllowed when the case has ended or never rang.
func (d Desk) Confirm(ctx context.Context, viewer cases.Staff, n cases.Number) (cases.Case, error) {
	o, err := d.see(ctx, viewer, n)
	if err != nil {
		return cases.Case{}, err
	}
	if _, err := cases.Next(o.stream(), o.status(), cases.Confirm, o.row.Urgent); err != nil || o.erased() {
		return cases.Case{}, cases.Fail(cases.NotAllowed, "error.step")
	}
	a, err := d.t.ringing(ctx, o)
	if err != nil {
		return cases.Case{}, err
	}
	if a == nil {
		return cases.Case{}, cases.Fail(cases.NotAllowed, "error.step")
	}
	done, err := d.t.confirm(ctx, o, viewer)
	if err != nil {
		return cases.Case{}, err
	}
	if !done {
		return cases.Case{}, cases.Fail(cases.Conflict, "")
	}
	c, err := d.t.assemble(ctx, o)
	if err != nil {
		return cases.Case{}, err
	}
	c.Confirmation, err = d.t.confirmation(ctx, c, viewer)
	return c, err
}

// confirm stops the alarm of an opened case and saves it; false when none rings.
func (t *Tx) confirm(ctx context.Context, o *opened, by cases.Staff) (bool, error) {
	n, err := t.q.ConfirmAlarm(ctx, db.ConfirmAlarmParams{
		Stream: o.row.Stream, WardID: int32(t.s.conf.Ward), CaseID: o.row.ID, Now: &t.now, ByStaff: staffRef(by.ID),
	})
	if err != nil || n == 0 {
		return false, interpret(err)
	}
	o.row.Version++
	return true, t.mark(ctx, o, cases.Confirm, &by, "")
}

// confirmation is who is to hear that a case was just confirmed. The police have no right
// on the ways back to people of a report they were only alerted to; the word to these
// people is the ward's.
func (t *Tx) confirmation(ctx context.Context, c cases.Case, viewer cases.Staff) (*cases.Confirmation, error) {
	rung, err := t.Ringers(ctx, c)
	if err != nil {
		return nil, err
	}
	role := t.role
	if err := t.enterForPerson(ctx, c.Number.Stream); err != nil {
		return nil, err
	}
	routes, err := t.routes(ctx, c.Number.Stream, c.ID)
	if err == nil && c.Number.Stream == cases.ReportStream {
		routes, err = t.withFollowers(ctx, c.ID, routes)
	}
	if err != nil {
		return nil, err
	}
	if err := t.as(ctx, role); err != nil {
		return nil, err
	}
	return &cases.Confirmation{Rung: rung, Routes: routes}, t.narrow(ctx, c.Number.Stream, viewer)
}

// stepConfirms lets a step that says somebody is dealing with a case confirm its alarm.
func (t *Tx) stepConfirms(ctx context.Context, o *opened, verb cases.Verb, by cases.Staff) (bool, error) {
	if !o.row.Urgent || !verb.Confirms() {
		return false, nil
	}
	return t.confirm(ctx, o, by)
}

// Alarms makes what is said when an alarm rings again.
type Alarms struct {
	Ring func(c cases.Case, staff []cases.Staff) []Message // to those it rings
	Late func(c cases.Case, to cases.Route) Message        // to the person: nobody has confirmed
}

// RingAgain rings the alarms whose time has come, each ring once however many programs
// look, and tells how many it rang.
func (s *Store) RingAgain(ctx context.Context, say Alarms) (n int, err error) {
	for _, stream := range streams {
		var due []uuid.UUID
		if err := s.inTx(ctx, func(t *Tx) (err error) {
			if err := t.enterForPerson(ctx, stream); err != nil {
				return err
			}
			due, err = t.q.DueAlarms(ctx, db.DueAlarmsParams{Stream: string(stream), WardID: int32(s.conf.Ward), Now: &t.now, Most: alarmBatch})
			return interpret(err)
		}); err != nil {
			return n, err
		}
		for _, id := range due {
			if err := s.inTx(ctx, func(t *Tx) error {
				rang, err := t.ringAgain(ctx, stream, id.String(), say)
				if rang {
					n++
				}
				return err
			}); err != nil {
				return n, err
			}
		}
	}
	return n, nil
}

// ringAgain rings one alarm, unless it was confirmed or rung meanwhile; one of a case that
// has ended or is urgent no more stops.
func (t *Tx) ringAgain(ctx context.Context, stream cases.Stream, id string, say Alarms) (bool, error) {
	o, err := t.own(ctx, stream, id)
	if err != nil {
		return false, err
	}
	row, err := t.alarmRow(ctx, o)
	if err != nil || row.RingAt == nil || row.RingAt.After(t.now) {
		return false, err
	}
	if o.erased() || o.status().Final() || !o.row.Urgent || t.now.After(row.BeganAt.Add(cases.RingFor)) {
		return false, interpret(t.q.StopAlarm(ctx, db.StopAlarmParams{Stream: o.row.Stream, WardID: int32(t.s.conf.Ward), CaseID: o.row.ID}))
	}
	c, err := t.assemble(ctx, o)
	if err != nil {
		return false, err
	}
	staff, err := t.Ringers(ctx, c)
	if err != nil {
		return false, err
	}
	was := row.Rings
	c.Alarm.Rings = cases.RingsDue(row.BeganAt, t.now)
	for _, r := range cases.RolesOf(staff) {
		if !slices.Contains(c.Alarm.Reached, r) {
			c.Alarm.Reached = append(c.Alarm.Reached, r)
		}
	}
	late := !row.Told && !t.now.Before(row.BeganAt.Add(cases.UnconfirmedAfter))
	done, err := t.q.CountRing(ctx, db.CountRingParams{
		Stream: o.row.Stream, WardID: int32(t.s.conf.Ward), CaseID: o.row.ID, Was: was, Rings: int32(c.Alarm.Rings),
		RingAt: moment(cases.NextRing(row.BeganAt, c.Alarm.Rings)), Reached: cases.Strings(c.Alarm.Reached), Told: row.Told || late,
	})
	if err != nil || done == 0 {
		return false, interpret(err)
	}
	if err := t.mark(ctx, o, cases.Ring, nil, strconv.Itoa(int(t.now.Sub(row.BeganAt)/time.Minute))); err != nil {
		return false, err
	}
	out := say.Ring(c, staff)
	if late {
		to, err := t.routes(ctx, stream, id)
		if err != nil {
			return false, err
		}
		for _, r := range to {
			m := say.Late(c, r)
			m.Stream, m.CaseID = stream, id
			out = append(out, m)
		}
	}
	return true, t.send(ctx, out)
}
