package storage

import (
	"context"
	"slices"
	"strconv"
	"time"

	"tinbao/cases"
	"tinbao/storage/internal/db"
)

// Absences lists who is away, or will be.
func (t *Tx) Absences(ctx context.Context) ([]cases.Absence, error) {
	if t.away != nil {
		return t.away, nil
	}
	rows, err := t.q.Absences(ctx, db.AbsencesParams{WardID: int32(t.s.conf.Ward), Now: t.now})
	if err != nil {
		return nil, interpret(err)
	}
	t.away = make([]cases.Absence, 0, len(rows))
	for _, r := range rows {
		t.away = append(t.away, cases.Absence{Staff: cases.StaffID(r.Staff), StandIn: cases.StaffID(r.StandIn), Since: r.Since, Until: r.Until})
	}
	return t.away, nil
}

// SetAbsence writes down when a member of staff is away and who stands in; it takes
// the place of the one before.
func (t *Tx) SetAbsence(ctx context.Context, a cases.Absence) error {
	t.away = nil
	return interpret(t.q.PutAbsence(ctx, db.PutAbsenceParams{
		WardID: int32(t.s.conf.Ward), Staff: int64(a.Staff), StandIn: int64(a.StandIn), Since: a.Since, Until: a.Until,
	}))
}

// EndAbsence ends the absence of a member of staff now; NotFound when there is none.
func (t *Tx) EndAbsence(ctx context.Context, who cases.StaffID) error {
	t.away = nil
	n, err := t.q.EndAbsence(ctx, db.EndAbsenceParams{WardID: int32(t.s.conf.Ward), Staff: int64(who)})
	if err == nil && n == 0 {
		return cases.Fail(cases.NotFound, "")
	}
	return interpret(err)
}

// deputies puts whoever stands in, when that account is in the list too, in place of
// those who are away.
func (t *Tx) deputies(ctx context.Context, list []cases.Staff) ([]cases.Staff, error) {
	away, err := t.Absences(ctx)
	if err != nil || len(away) == 0 {
		return list, err
	}
	at := func(id cases.StaffID) int {
		return slices.IndexFunc(list, func(s cases.Staff) bool { return s.ID == id })
	}
	gone := map[cases.StaffID]bool{}
	out := slices.Clone(list)
	for _, s := range list {
		instead := cases.Deputy(away, s.ID, t.now, func(id cases.StaffID) bool { return at(id) >= 0 })
		if instead != s.ID {
			gone[s.ID] = true
			i := at(instead)
			out[i].StandsFor = append(slices.Clone(out[i].StandsFor), s.ID)
		}
	}
	return slices.DeleteFunc(out, func(s cases.Staff) bool { return gone[s.ID] }), nil
}

// detailShown is what a row of the history tells beside its verb; an account is shown
// by the name it had.
func (t *Tx) detailShown(ctx context.Context, verb cases.Verb, detail string, whom *int64) (string, error) {
	if verb != cases.Assign && verb != cases.CallOn {
		return detail, nil
	}
	id, _ := strconv.ParseInt(detail, 10, 64) // 0 = nobody
	if id == 0 {
		return detail, nil
	}
	name, err := t.nameThen(ctx, &id, whom)
	if err != nil || name == "" {
		return detail, err
	}
	return name, nil
}

// Workload tells how much of the stream each member of staff has in hand, and what
// each has ended since a time.
func (d Desk) Workload(ctx context.Context, viewer cases.Staff, since time.Time) ([]cases.Load, error) {
	if err := d.enter(ctx, viewer); err != nil {
		return nil, err
	}
	rows, err := d.t.q.Workload(ctx, db.WorkloadParams{Stream: string(d.stream), WardID: int32(d.t.s.conf.Ward), Now: &d.t.now, Since: &since})
	list := make([]cases.Load, 0, len(rows))
	for _, r := range rows {
		list = append(list, cases.Load{Staff: cases.StaffID(r.Staff), Open: int(r.Open), Urgent: int(r.Urgent), Overdue: int(r.Overdue), Ended: int(r.Ended)})
	}
	return list, interpret(err)
}

// mark writes a row of the history that moves nothing, and saves the case.
func (t *Tx) mark(ctx context.Context, o *opened, verb cases.Verb, by *cases.Staff, detail string) error {
	if err := t.record(ctx, o, verb, o.status(), o.status(), by, detail); err != nil {
		return err
	}
	return t.save(ctx, o)
}

// CallOn asks a colleague to look at a case.
func (d Desk) CallOn(ctx context.Context, viewer cases.Staff, n cases.Number, whom cases.StaffID) error {
	o, err := d.find(ctx, viewer, n)
	if err != nil {
		return err
	}
	if err := d.t.mark(ctx, o, cases.CallOn, &viewer, strconv.FormatInt(int64(whom), 10)); err != nil {
		return err
	}
	return interpret(d.t.q.PutMention(ctx, db.PutMentionParams{
		Stream: string(d.stream), CaseID: o.row.ID, WardID: int32(d.t.s.conf.Ward), Staff: int64(whom), At: d.t.now,
	}))
}

// Remind lets the viewer be reminded of a case; a zero time takes the reminder back.
func (d Desk) Remind(ctx context.Context, viewer cases.Staff, n cases.Number, at time.Time) error {
	o, err := d.find(ctx, viewer, n)
	if err != nil {
		return err
	}
	ward := int32(d.t.s.conf.Ward)
	if at.IsZero() {
		_, err := d.t.q.DropReminder(ctx, db.DropReminderParams{Stream: string(d.stream), WardID: ward, CaseID: o.row.ID, Staff: int64(viewer.ID)})
		return interpret(err)
	}
	if err := d.t.mark(ctx, o, cases.Remind, &viewer, ""); err != nil {
		return err
	}
	return interpret(d.t.q.PutReminder(ctx, db.PutReminderParams{Stream: string(d.stream), CaseID: o.row.ID, WardID: ward, Staff: int64(viewer.ID), At: at}))
}

const mostPointers = 10 // of each kind on one message

// Pointers lists the cases the viewer wants to be reminded of, and those to which
// colleagues called the viewer who has not looked since.
func (d Desk) Pointers(ctx context.Context, viewer cases.Staff) (reminders, calls []cases.Pointer, err error) {
	if err := d.enter(ctx, viewer); err != nil {
		return nil, nil, err
	}
	ward := int32(d.t.s.conf.Ward)
	mine, err := d.t.q.MyReminders(ctx, db.MyRemindersParams{Stream: string(d.stream), WardID: ward, Staff: int64(viewer.ID), Most: mostPointers})
	if err != nil {
		return nil, nil, interpret(err)
	}
	for _, r := range mine {
		reminders = append(reminders, cases.Pointer{Number: cases.Number{Stream: d.stream, Year: int(r.Year), Seq: int(r.Seq)}, At: r.At})
	}
	called, err := d.t.q.MyMentions(ctx, db.MyMentionsParams{Stream: string(d.stream), WardID: ward, Staff: int64(viewer.ID), Most: mostPointers})
	for _, r := range called {
		calls = append(calls, cases.Pointer{Number: cases.Number{Stream: d.stream, Year: int(r.Year), Seq: int(r.Seq)}, At: r.At})
	}
	return reminders, calls, interpret(err)
}

const remindBatch = 100

// SendReminders sends the reminders whose time has come, each once; note makes the
// message. One whose case has ended, or whose owner may no longer see it, is dropped.
func (s *Store) SendReminders(ctx context.Context, note func(cases.Staff, cases.Number) Message) (sent int, err error) {
	for _, stream := range streams {
		for more := true; more; {
			err := s.Do(ctx, func(ctx context.Context, t *Tx) error {
				n, messages, err := t.dueReminders(ctx, stream, note)
				more = n == remindBatch
				if err != nil {
					return err
				}
				sent += len(messages)
				return t.send(ctx, messages)
			})
			if err != nil {
				return sent, err
			}
		}
	}
	return sent, nil
}

func (t *Tx) dueReminders(ctx context.Context, stream cases.Stream, note func(cases.Staff, cases.Number) Message) (n int, messages []Message, err error) {
	if err := t.enter(ctx, stream); err != nil {
		return 0, nil, err
	}
	ward := int32(t.s.conf.Ward)
	rows, err := t.q.DueReminders(ctx, db.DueRemindersParams{Stream: string(stream), WardID: ward, Now: t.now, Most: remindBatch})
	if err != nil {
		return 0, nil, interpret(err)
	}
	for _, r := range rows {
		if _, err := t.q.DropReminder(ctx, db.DropReminderParams{Stream: string(stream), WardID: ward, CaseID: r.CaseID, Staff: r.Staff}); err != nil {
			return 0, nil, interpret(err)
		}
		to, err := t.mayHear(ctx, stream, cases.StaffID(r.Staff), r.Handed)
		if err != nil {
			return 0, nil, err
		}
		if to != nil && r.Open {
			messages = append(messages, note(*to, cases.Number{Stream: stream, Year: int(r.Year), Seq: int(r.Seq)}))
		}
	}
	return len(rows), messages, nil
}

// mayHear is whoever hears now what is meant for an account about a case; nil when
// that account may not see the case any more.
func (t *Tx) mayHear(ctx context.Context, stream cases.Stream, who cases.StaffID, handed bool) (*cases.Staff, error) {
	all, err := t.StaffList(ctx)
	if err != nil {
		return nil, err
	}
	away, err := t.Absences(ctx)
	if err != nil {
		return nil, err
	}
	find := func(id cases.StaffID) *cases.Staff {
		i := slices.IndexFunc(all, func(s cases.Staff) bool {
			return s.ID == id && s.Reachable() && cases.MaySee(s.Role, stream, handed)
		})
		if i < 0 {
			return nil
		}
		return &all[i]
	}
	return find(cases.Deputy(away, who, t.now, func(id cases.StaffID) bool { return find(id) != nil })), nil
}
