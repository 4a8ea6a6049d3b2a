package storage

import (
	"context"
	"strconv"
	"time"

	"tinbao/cases"
	"tinbao/storage/internal/db"
)

// Caring makes what the bot says to people of its own accord.
type Caring struct {
	Ask    func(to cases.Route, caseID string, received time.Time, days int) Message               // how it goes
	Remind func(to cases.Route, caseID string, received time.Time, talk int, words string) Message // of an appointment
	Late   func(to cases.Route, stream cases.Stream, caseID string, late cases.Late) Message       // that the promised day has passed
}

const careBatch = 100

// Care asks everybody whose time has come how it goes, reminds of appointments, and owns
// up to promised days that have passed.
// Each is done once: who asks holds the case and takes the question away. It says
// nothing while people sleep.
func (s *Store) Care(ctx context.Context, c Caring) error {
	if cases.QuietTime(s.now()) {
		return nil
	}
	for _, round := range []func(context.Context, Caring) (int, error){s.askRound, s.remindRound, s.lateRound} {
		for more := true; more; {
			n, err := round(ctx, c)
			if err != nil || ctx.Err() != nil {
				return err
			}
			more = n == careBatch
		}
	}
	return nil
}

func (s *Store) askRound(ctx context.Context, c Caring) (int, error) {
	var due []string
	err := s.inHelp(ctx, func(t *Tx) error {
		ids, err := t.q.DueFollowUp(ctx, db.DueFollowUpParams{WardID: int32(s.conf.Ward), Now: t.now, Most: careBatch})
		for _, id := range ids {
			due = append(due, id.String())
		}
		return interpret(err)
	})
	for _, id := range due {
		if err := s.inHelp(ctx, func(t *Tx) error { return t.askHow(ctx, c, id) }); err != nil {
			return 0, err
		}
	}
	return len(due), err
}

func (s *Store) inHelp(ctx context.Context, work func(t *Tx) error) error {
	return s.inTx(ctx, func(t *Tx) error {
		if err := t.enterForPerson(ctx, cases.HelpStream); err != nil {
			return err
		}
		return work(t)
	})
}

// askHow asks the person of one case.
func (t *Tx) askHow(ctx context.Context, c Caring, id string) error {
	o, err := t.own(ctx, cases.HelpStream, id)
	if err != nil || o.erased() || o.status().Final() {
		return err
	}
	days, err := t.q.AskFollowUp(ctx, db.AskFollowUpParams{Now: &t.now, CaseID: o.row.ID})
	if err != nil || days == 0 { // another replica was faster
		return interpret(err)
	}
	return t.address(ctx, o, cases.FollowUp, func(to cases.Route) Message { return c.Ask(to, id, o.row.ReceivedAt, int(days)) })
}

// address sends a word to everybody who waits for news of a case, with its event. Each way
// back tells when its person wrote.
func (t *Tx) address(ctx context.Context, o *opened, verb cases.Verb, word func(cases.Route) Message) error {
	routes, err := t.routes(ctx, o.stream(), o.id())
	if err != nil {
		return err
	}
	if o.stream() == cases.ReportStream {
		if routes, err = t.withFollowers(ctx, o.id(), routes); err != nil {
			return err
		}
	}
	messages := make([]Message, 0, len(routes))
	for _, r := range routes {
		of := r.CaseID
		if of == "" {
			of, r.Received = o.id(), o.row.ReceivedAt
		}
		m := word(r)
		m.Stream, m.CaseID = o.stream(), of
		messages = append(messages, m)
	}
	if err := t.record(ctx, o, verb, o.status(), o.status(), nil, ""); err != nil {
		return err
	}
	if err := t.save(ctx, o); err != nil {
		return err
	}
	return t.send(ctx, messages)
}

func (s *Store) remindRound(ctx context.Context, c Caring) (int, error) {
	var due []db.DueReminderRow
	err := s.inHelp(ctx, func(t *Tx) (err error) {
		due, err = t.q.DueReminder(ctx, db.DueReminderParams{WardID: int32(s.conf.Ward), Now: &t.now, Most: careBatch})
		return interpret(err)
	})
	for _, r := range due {
		if err := s.inHelp(ctx, func(t *Tx) error { return t.remind(ctx, c, r.CaseID.String(), int(r.Talk)) }); err != nil {
			return 0, err
		}
	}
	return len(due), err
}

// remind reminds the person of one appointment, unless it is too late for that.
func (t *Tx) remind(ctx context.Context, c Caring, id string, talk int) error {
	o, err := t.own(ctx, cases.HelpStream, id)
	if err != nil || o.erased() || o.status().Final() {
		return err
	}
	latest := t.now.Add(-cases.RemindWithin)
	late, err := t.q.TakeReminder(ctx, db.TakeReminderParams{CaseID: o.row.ID, Talk: int32(talk), Now: &latest})
	if err != nil || late > 0 {
		return interpret(err)
	}
	n, err := t.q.TakeReminder(ctx, db.TakeReminderParams{CaseID: o.row.ID, Talk: int32(talk), Now: &t.now})
	if err != nil || n == 0 {
		return interpret(err)
	}
	sealed, err := t.q.Talk(ctx, db.TalkParams{WardID: int32(t.s.conf.Ward), Stream: o.row.Stream, CaseID: o.row.ID, Seq: int32(talk)})
	if err != nil {
		return interpret(err)
	}
	words, err := o.key.OpenText(talkColumn, strconv.Itoa(talk), sealed)
	if err != nil {
		return err
	}
	return t.address(ctx, o, cases.RemindDate, func(to cases.Route) Message { return c.Remind(to, id, o.row.ReceivedAt, talk, string(words)) })
}
