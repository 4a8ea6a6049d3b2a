package staffcmds_test

import (
	"context"
	"strconv"
	"time"

	"tinbao/cases"
)

// teamwork is what colleagues share in the fake ward.
type teamwork struct {
	away      []cases.Absence
	called    []cases.StaffID
	reminders map[cases.Number]time.Time
	loads     []cases.Load
	canned    []cases.Canned
	captured  []cases.NewCase
	ratings   map[time.Time]cases.Ratings
}

func (f *fake) Absences(context.Context) ([]cases.Absence, error) { return f.team.away, f.fault }

func (f *fake) SetAbsence(_ context.Context, a cases.Absence) error {
	f.team.away = append(f.team.away, a)
	return f.fault
}

func (f *fake) EndAbsence(_ context.Context, who cases.StaffID) error {
	for i, a := range f.team.away {
		if a.Staff == who {
			f.team.away = append(f.team.away[:i:i], f.team.away[i+1:]...)
			return f.fault
		}
	}
	return cases.Fail(cases.NotFound, "")
}

func (d desk) Workload(context.Context, cases.Staff, time.Time) ([]cases.Load, error) {
	return d.team.loads, d.fault
}

func (d desk) CallOn(_ context.Context, who cases.Staff, n cases.Number, whom cases.StaffID) error {
	if d.find(who, n) == nil {
		return cases.Fail(cases.NotFound, "")
	}
	d.team.called = append(d.team.called, whom)
	return d.fault
}

func (d desk) Remind(_ context.Context, who cases.Staff, n cases.Number, at time.Time) error {
	if d.find(who, n) == nil {
		return cases.Fail(cases.NotFound, "")
	}
	if d.team.reminders == nil {
		d.team.reminders = map[cases.Number]time.Time{}
	}
	if d.team.reminders[n] = at; at.IsZero() {
		delete(d.team.reminders, n)
	}
	return d.fault
}

func (d desk) Pointers(context.Context, cases.Staff) (reminders, calls []cases.Pointer, err error) {
	for n, at := range d.team.reminders {
		if n.Stream == d.stream {
			reminders = append(reminders, cases.Pointer{Number: n, At: at})
		}
	}
	return reminders, nil, d.fault
}

func (d desk) Canned(context.Context) ([]cases.Canned, error) {
	return append([]cases.Canned{}, d.team.canned...), d.fault
}

func (d desk) AddCanned(_ context.Context, status cases.Status, text string) error {
	id := strconv.Itoa(10000000+len(d.team.canned)) + "-0000-4000-8000-000000000000"
	d.team.canned = append(d.team.canned, cases.Canned{ID: id, Status: status, Text: text})
	return d.fault
}

func (d desk) ChangeCanned(_ context.Context, id, text string) error {
	for i, c := range d.team.canned {
		if c.ID != id {
			continue
		}
		if d.team.canned[i].Text = text; text == "" {
			d.team.canned = append(d.team.canned[:i:i], d.team.canned[i+1:]...)
		}
		return d.fault
	}
	return cases.Fail(cases.NotFound, "")
}

func (d desk) Capture(_ context.Context, _ cases.Staff, n cases.NewCase) (cases.Receipt, cases.Case, error) {
	d.team.captured = append(d.team.captured, n)
	c := d.add(n.Stream(), func(c *cases.Case) { c.Report, c.Help, c.Source, c.Urgent = n.Report, n.Help, n.Source, n.Urgent() })
	if c.Urgent {
		c.Alarm = &cases.Ringing{Began: d.now, Rings: 1}
	}
	return "222222222222222222", *c, d.fault
}

func (d desk) Ratings(_ context.Context, from, _ time.Time) (cases.Ratings, error) {
	return d.team.ratings[from], d.fault
}

func (f *fake) AccountLog(_ context.Context, page, size int) (cases.AccountLog, error) {
	var list []cases.AccountEvent
	for i, s := range f.staff {
		list = append(list, cases.AccountEvent{Seq: int64(i + 1), At: f.now, Verb: cases.AccountVerbs[i%len(cases.AccountVerbs)], Account: s.ID, Name: s.Name, Role: s.Role})
	}
	total := len(list)
	return cases.AccountLog{Rows: list[min(page*size, total):min((page+1)*size, total)], Total: total}, f.fault
}

func (f *fake) HelpViews(context.Context, time.Time, time.Time, int) ([]cases.HelpViews, error) {
	var list []cases.HelpViews
	for _, c := range f.cases {
		if c.Number.Stream == cases.HelpStream {
			list = append(list, cases.HelpViews{Name: f.staff[0].Name, Number: c.Number, Times: 3, Last: f.now})
		}
	}
	return list, f.fault
}
