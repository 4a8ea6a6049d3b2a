package storage

import (
	"context"
	"strconv"

	"github.com/google/uuid"

	"tinbao/cases"
	"tinbao/storage/internal/db"
)

// What the holder of a receipt sees and answers where no chat brings it.

// Written is what the person wrote at first; none when it can no longer be read.
func (t *Tx) Written(ctx context.Context, stream cases.Stream, caseID string) ([]cases.Part, error) {
	o, err := t.own(ctx, stream, caseID)
	if err != nil || o.erased() {
		return nil, err
	}
	c := cases.Case{Number: o.number()}
	if err := t.readContent(ctx, o, &c); err != nil {
		return nil, err
	}
	if c.Help != nil {
		return c.Help.Words(), nil
	}
	return c.Report.Words(), nil
}

// Questions are those of the ward that wait for an answer of the person.
func (t *Tx) Questions(ctx context.Context, stream cases.Stream, caseID string) (q cases.OpenQuestions, err error) {
	o, err := t.own(ctx, stream, caseID)
	if err != nil || o.erased() || o.status().Final() {
		return q, err
	}
	q.Calm, err = t.mayCalm(ctx, o)
	if err != nil {
		return q, err
	}
	if stream == cases.ReportStream {
		q.Unnamed = o.row.Named && cases.Kind(o.row.Kind).NamedOnly()
		return q, nil
	}
	if o.row.ConsentTalk != nil {
		q.Consent = int(*o.row.ConsentTalk)
		if q.ConsentText, err = t.talkOf(ctx, o, q.Consent); err != nil {
			return q, err
		}
	}
	last, err := t.lastNeeds(ctx, o)
	if err != nil {
		return q, err
	}
	q.Needs = last == cases.AskNeeds
	meeting, err := t.q.OpenMeeting(ctx, o.row.ID)
	if err != nil {
		return q, interpret(err)
	}
	if q.Meeting = int(meeting); q.Meeting > 0 {
		if q.MeetingText, err = t.talkOf(ctx, o, q.Meeting); err != nil {
			return q, err
		}
	}
	days, err := t.q.OpenFollowUp(ctx, o.row.ID)
	q.FollowUp = int(days)
	return q, interpret(err)
}

func (t *Tx) talkOf(ctx context.Context, o *opened, seq int) (string, error) {
	sealed, err := t.q.Talk(ctx, db.TalkParams{WardID: int32(t.s.conf.Ward), Stream: o.row.Stream, CaseID: o.row.ID, Seq: int32(seq)})
	if err != nil {
		return "", interpret(err)
	}
	text, err := o.key.OpenText(talkColumn, strconv.Itoa(seq), sealed)
	return string(text), err
}

// mayCalm reports whether the person may still say that nobody is in danger: the case is
// urgent by its first words alone, no age stands in them, and nobody has confirmed it.
func (t *Tx) mayCalm(ctx context.Context, o *opened) (bool, error) {
	if !o.row.Urgent {
		return false, nil
	}
	a, err := t.ringing(ctx, o)
	if err != nil || a == nil || !a.Open() {
		return false, err
	}
	raised, err := t.q.Happened(ctx, db.HappenedParams{WardID: int32(t.s.conf.Ward), Stream: o.row.Stream, CaseID: o.row.ID, Verb: string(cases.RaiseUrgent)})
	if err != nil {
		return false, interpret(err)
	}
	n := cases.NewCase{Danger: cases.NoDanger}
	c := cases.Case{Number: o.number()}
	if err := t.readContent(ctx, o, &c); err != nil {
		return false, err
	}
	n.Report, n.Help = c.Report, c.Help
	return !n.Urgent() && !raised, nil
}

// Calm takes down that nobody is in danger: the case stands in the queue like any other
// and rings no more. NotAllowed when what was chosen, or somebody else, made it urgent.
func (t *Tx) Calm(ctx context.Context, stream cases.Stream, caseID string) error {
	o, err := t.decide(ctx, stream, caseID)
	if err != nil {
		return err
	}
	if may, err := t.mayCalm(ctx, o); err != nil {
		return err
	} else if !may {
		return cases.Fail(cases.NotAllowed, "button.old")
	}
	if err := t.lower(ctx, o.row.Stream, o.row.ID); err != nil {
		return err
	}
	o.row.Urgent = false
	return t.mark(ctx, o, cases.DenyDanger, nil, "")
}

func (t *Tx) lower(ctx context.Context, stream string, id uuid.UUID) error {
	ward := int32(t.s.conf.Ward)
	if err := t.q.LowerUrgent(ctx, db.LowerUrgentParams{Stream: stream, WardID: ward, ID: id}); err != nil {
		return interpret(err)
	}
	return interpret(t.q.StopAlarm(ctx, db.StopAlarmParams{Stream: stream, WardID: ward, CaseID: id}))
}
