package staffcmds_test

import (
	"context"

	"tinbao/cases"
)

func (f *fake) Ringers(_ context.Context, c cases.Case) (list []cases.Staff, err error) {
	for _, s := range f.staff {
		if s.Role.MayAny(cases.RingRights(c.Number.Stream)...) {
			list = append(list, s)
		}
	}
	return list, f.fault
}

func (d desk) Confirm(ctx context.Context, who cases.Staff, n cases.Number) (cases.Case, error) {
	c := d.find(who, n)
	switch {
	case c == nil:
		return cases.Case{}, cases.Fail(cases.NotFound, "")
	case c.Alarm == nil:
		return cases.Case{}, cases.Fail(cases.NotAllowed, "error.step")
	case !c.Alarm.Open():
		return cases.Case{}, cases.Fail(cases.Conflict, "")
	}
	c.Alarm.Confirmed, c.Alarm.By, c.Alarm.Name, c.Alarm.Role = d.now, who.ID, who.Name, who.Role
	rung, err := d.Ringers(ctx, *c)
	done := *c
	done.Confirmation = &cases.Confirmation{Rung: rung, Routes: d.routes}
	return done, err
}
