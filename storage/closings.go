package storage

import (
	"context"
	"encoding/json"
	"slices"

	"tinbao/cases"
	"tinbao/storage/internal/db"
)

// CloseMonths decides, for every month that has ended and is not closed, what is told of its
// reports to those who may open none. What was decided stays. It tells how many were closed.
func (s *Store) CloseMonths(ctx context.Context) (n int, err error) {
	err = s.inTx(ctx, func(t *Tx) error {
		closed, err := t.closedMonths(ctx)
		if err != nil {
			return err
		}
		for month := cases.BeforePlan.Add(1); !t.now.Before(cases.MonthEnd(month).End()); month = cases.NextMonth(month) {
			if slices.ContainsFunc(closed, func(c cases.MonthClosing) bool { return c.Month == month }) {
				continue
			}
			if err := t.closeMonth(ctx, month); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	return n, err
}

func (t *Tx) closeMonth(ctx context.Context, month cases.Day) error {
	rows, err := t.figures(ctx, cases.Period{From: month, To: cases.MonthEnd(month)}, cases.Strings(cases.ClosedDimensions))
	if err != nil {
		return err
	}
	by := map[cases.Dimension]map[string]cases.Tally{}
	for _, r := range rows {
		d := cases.Dimension(r.Dim)
		if by[d] == nil {
			by[d] = map[string]cases.Tally{}
		}
		by[d][r.Value] = tallyOf(r)
	}
	told, err := json.Marshal(cases.CloseMonth(month, by).Told)
	if err != nil {
		return cases.Reason("writing what is told of a month")
	}
	return interpret(t.q.CloseMonth(ctx, db.CloseMonthParams{WardID: int32(t.s.conf.Ward), Month: date(month), Told: told}))
}

func (t *Tx) closedMonths(ctx context.Context) (list []cases.MonthClosing, err error) {
	if err := t.as(ctx, roleReport); err != nil {
		return nil, err
	}
	rows, err := t.q.ClosedMonths(ctx, int32(t.s.conf.Ward))
	if err != nil {
		return nil, interpret(err)
	}
	for _, r := range rows {
		c := cases.MonthClosing{Month: dayOf(r.Month)}
		if json.Unmarshal(r.Told, &c.Told) != nil {
			return nil, cases.Reason("reading what is told of a month: malformed")
		}
		list = append(list, c)
	}
	return list, nil
}

// Statistics are the figures of reports received in a period. Who may read reports is told
// exact ones; who may not, those of closed months; the police, those of what was handed to
// them. The police learn nothing about requests for help, not even how many there are; others
// learn what was decided to be told of closed half-years. A period there is not is Invalid.
func (t *Tx) Statistics(ctx context.Context, viewer cases.Staff, p cases.Period) (cases.Statistics, error) {
	if !p.Valid() {
		return cases.Statistics{}, cases.Fail(cases.Invalid, "period.bad")
	}
	switch {
	case viewer.Role.May(cases.PoliceReports):
		return t.handedFigures(ctx, p)
	case viewer.Role.FiguresClosed():
		closed, err := t.closedMonths(ctx)
		if err != nil {
			return cases.Statistics{}, err
		}
		s := cases.ClosedFigures(closed, p)
		closings, err := t.closings(ctx)
		s.Help = cases.HelpFigures(closings, p)
		return s, err
	}
	return t.exactFigures(ctx, viewer, p)
}

// CityFigures are the counts of reports that the operator of an installation signs for the
// city: exact, and of requests for help what may be told. No account reads them.
func (t *Tx) CityFigures(ctx context.Context, p cases.Period) (cases.Statistics, error) {
	return t.exactFigures(ctx, cases.Staff{Role: cases.Observer}, p)
}

func (t *Tx) handedFigures(ctx context.Context, p cases.Period) (s cases.Statistics, err error) {
	if err := t.as(ctx, rolePolice); err != nil {
		return s, err
	}
	rows, err := t.q.HandedFigures(ctx, db.HandedFiguresParams{WardID: int32(t.s.conf.Ward), Since: p.From.Start(), Until: p.To.End(), Now: t.now})
	if err != nil {
		return s, interpret(err)
	}
	list := make([]cases.HandedReport, 0, len(rows))
	for _, r := range rows {
		list = append(list, cases.HandedReport{
			Day: dayOf(r.Day), Kind: cases.Kind(r.Kind), Behaviours: acts(r.Behaviours), Source: cases.Source(r.Source), Hamlet: int(r.Hamlet), Level: cases.Level(r.Level),
			Unit: cases.Competence(r.Competence), Status: cases.Status(r.Status), Urgent: r.Urgent, Late: r.Late, Verified: r.Verified, Classified: r.Classified, Open: r.Open, N: int(r.N),
		})
	}
	s = cases.HandedFigures(list, p)
	now, err := t.q.HandedBacklog(ctx, db.HandedBacklogParams{WardID: int32(t.s.conf.Ward), Now: &t.now})
	s.Backlog, s.Overdue = int(now.Open), int(now.Overdue)
	return s, interpret(err)
}
