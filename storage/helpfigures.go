package storage

import (
	"context"

	"tinbao/cases"
	"tinbao/storage/internal/db"
)

// CloseHelpFigures decides, for every half-year that has ended and is not closed, what is
// told of requests for help, and tells how many were closed. What was decided stays.
func (s *Store) CloseHelpFigures(ctx context.Context) (n int, err error) {
	err = s.inTx(ctx, func(t *Tx) error {
		if err := t.as(ctx, roleHelp); err != nil {
			return err
		}
		before, err := t.closings(ctx)
		if err != nil {
			return err
		}
		last := cases.BeforePlan
		if len(before) > 0 {
			last = before[len(before)-1].Day
		}
		for day := cases.NextClosing(last); !t.now.Before(day.End()); day = cases.NextClosing(day) {
			c, err := t.closeHelp(ctx, before, day)
			if err != nil {
				return err
			}
			before, n = append(before, c), n+1
		}
		return nil
	})
	if cases.KindOf(err) == cases.Conflict {
		return 0, nil // another replica was faster
	}
	return n, err
}

func (t *Tx) closeHelp(ctx context.Context, before []cases.HelpClosing, day cases.Day) (cases.HelpClosing, error) {
	rows, err := t.q.HelpAtoms(ctx, db.HelpAtomsParams{WardID: int32(t.s.conf.Ward), Since: cases.BeforePlan.End(), Until: day.End()})
	if err != nil {
		return cases.HelpClosing{}, interpret(err)
	}
	var atoms []cases.HelpAtom
	for _, r := range rows {
		atoms = append(atoms, cases.HelpAtom{
			Service: cases.Service(r.Wanted), Under18: r.Under18, Contacted: r.Contacted, Sent: r.Sent,
			Answer: cases.Verb(r.Answer), Outcome: r.Outcome, Closed: r.Closed, N: int(r.N),
		})
	}
	c := cases.CloseHelp(before, day, cases.CountHelp(atoms))
	p := db.CloseHelpParams{WardID: int32(t.s.conf.Ward), Day: date(day)}
	for cell, n := range c.N {
		p.Cells, p.Counts, p.Told = append(p.Cells, string(cell)), append(p.Counts, int32(n)), append(p.Told, c.Told[cell])
	}
	return c, interpret(t.q.CloseHelp(ctx, p))
}

// closings are all closed half-years in order.
func (t *Tx) closings(ctx context.Context) (list []cases.HelpClosing, err error) {
	if err := t.as(ctx, roleHelp); err != nil {
		return nil, err
	}
	rows, err := t.q.HelpClosings(ctx, int32(t.s.conf.Ward))
	if err != nil {
		return nil, interpret(err)
	}
	for _, r := range rows {
		day := dayOf(r.Day)
		if len(list) == 0 || list[len(list)-1].Day != day {
			list = append(list, cases.HelpClosing{Day: day, N: map[cases.HelpCell]int{}, Told: map[cases.HelpCell]bool{}})
		}
		c := list[len(list)-1]
		c.N[cases.HelpCell(r.Cell)], c.Told[cases.HelpCell(r.Cell)] = int(r.N), r.Told
	}
	return list, nil
}
