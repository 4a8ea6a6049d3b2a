package storage

import (
	"context"

	"tinbao/cases"
	"tinbao/storage/internal/db"
)

// lateRound tells everybody whose promised day has passed without an answer, once.
func (s *Store) lateRound(ctx context.Context, c Caring) (n int, err error) {
	for _, stream := range streams {
		var due []string
		err := s.inTx(ctx, func(t *Tx) (err error) {
			due, err = t.unanswered(ctx, stream)
			return err
		})
		if err != nil {
			return n, err
		}
		for _, id := range due {
			if err := s.inTx(ctx, func(t *Tx) error { return t.tellLate(ctx, c, stream, id) }); err != nil {
				return n, err
			}
		}
		n = max(n, len(due))
	}
	return n, nil
}

// unanswered are cases of which the promised day has passed, the oldest first.
func (t *Tx) unanswered(ctx context.Context, stream cases.Stream) (due []string, err error) {
	l, err := t.limits(ctx)
	if err != nil {
		return nil, err
	}
	if err := t.enterForPerson(ctx, stream); err != nil {
		return nil, err
	}
	rows, err := t.q.Unanswered(ctx, db.UnansweredParams{
		Stream: string(stream), WardID: int32(t.s.conf.Ward), Before: t.now, Most: careBatch,
		Verbs: append(cases.Strings(cases.AnswerVerbs), string(cases.TellLate)),
	})
	for _, r := range rows {
		if t.now.Before(l.clocks.AnswerBy(l.calendar, r.ReceivedAt)) {
			break // as are all that came later
		}
		due = append(due, r.ID.String())
	}
	return due, interpret(err)
}

// tellLate tells the person of one case, unless somebody was faster or it was answered.
func (t *Tx) tellLate(ctx context.Context, c Caring, stream cases.Stream, id string) error {
	o, err := t.own(ctx, stream, id)
	if err != nil || o.erased() || o.row.Urgent || o.status().Final() {
		return err
	}
	history, err := t.history(ctx, o)
	if err != nil {
		return err
	}
	for _, e := range history {
		if e.Verb == cases.TellLate {
			return nil
		}
	}
	late := cases.Late{Received: o.row.ReceivedAt, Why: cases.CauseOf(stream, o.status())}
	if due := instant(o.row.DueAt); due.After(t.now) {
		late.Until = due
	}
	return t.address(ctx, o, cases.TellLate, func(to cases.Route) Message {
		of := to.CaseID
		if of == "" {
			of = o.id()
		}
		late.Received = to.Received
		return c.Late(to, stream, of, late)
	})
}
