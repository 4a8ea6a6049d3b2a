package storage

import (
	"context"
	"strconv"
	"strings"
	"time"

	"tinbao/cases"
	"tinbao/storage/internal/db"
)

// supportHold is how long a support worker has a request alone after each step:
// volunteers do not come every day.
const supportHold = 7 * 24 * time.Hour

func holdOf(s cases.Staff) time.Duration {
	if s.Role == cases.Support {
		return supportHold
	}
	return leaseHold
}

// enter takes on the role of the desk's stream, held to what the viewer may see.
func (d Desk) enter(ctx context.Context, viewer cases.Staff) error {
	if err := d.t.enter(ctx, d.stream); err != nil {
		return err
	}
	return d.t.narrow(ctx, d.stream, viewer)
}

// narrow holds what follows in the transaction to what a support worker may see of the
// requests for help (domain.md 9.4), and an account to reports that do not accuse its own
// unit. The policies own_referrals and own_unit hold every statement to it.
func (t *Tx) narrow(ctx context.Context, s cases.Stream, who cases.Staff) error {
	if s == cases.ReportStream {
		return t.keepFrom(ctx, who.Role.Unit())
	}
	if who.Role != cases.Support {
		who.ID = 0
	}
	if t.narrowed == who.ID {
		return nil
	}
	t.narrowed = who.ID
	if who.ID == 0 {
		return interpret(t.q.Narrow(ctx, ""))
	}
	return interpret(t.q.Narrow(ctx, strconv.FormatInt(int64(who.ID), 10)+":"+strings.Join(cases.Strings(cases.SupportServices), ",")))
}

// keepFrom hides the reports that accuse a unit from the rest of the transaction.
func (t *Tx) keepFrom(ctx context.Context, unit cases.About) error {
	if t.unit == unit {
		return nil
	}
	t.unit = unit
	return interpret(t.q.KeepFrom(ctx, string(unit)))
}

// mayHelp guards the steps of support that need more than the right status.
func (t *Tx) mayHelp(ctx context.Context, o *opened, ch cases.Change) error {
	switch ch.Verb {
	case cases.Assess:
		last, err := t.lastNeeds(ctx, o)
		if err != nil {
			return err
		}
		return cases.MayAssess(last)
	case cases.NeedsOral: // whoever can be asked in writing is asked so
		reached, err := t.q.HasRoutes(ctx, db.HasRoutesParams{WardID: int32(t.s.conf.Ward), Stream: o.row.Stream, CaseID: o.row.ID})
		if err != nil {
			return interpret(err)
		}
		if reached && !o.row.Silent {
			return cases.Fail(cases.NotAllowed, "error.needs.ask")
		}
	case cases.Release: // it may leave the sight of the one who gives it back
		return t.narrow(ctx, o.stream(), cases.Staff{})
	case cases.Assign:
		all, err := t.StaffList(ctx)
		if err != nil {
			return err
		}
		for _, s := range all {
			if s.ID == ch.Whom && s.Role.May(cases.WorkHelp) && !s.Locked {
				return nil
			}
		}
		return cases.Fail(cases.NotFound, "")
	}
	return nil
}

func (t *Tx) lastNeeds(ctx context.Context, o *opened) (cases.Verb, error) {
	last, err := t.q.LastVerb(ctx, db.LastVerbParams{WardID: int32(t.s.conf.Ward), Stream: o.row.Stream, CaseID: o.row.ID, Verbs: cases.Strings(cases.NeedsVerbs)})
	return cases.Verb(last), interpret(err)
}

// helped does what follows from a step of support: where the person is expected, and
// when the person is asked how it goes.
func (t *Tx) helped(ctx context.Context, o *opened, ch cases.Change, to cases.Status) error {
	if o.stream() != cases.HelpStream {
		return nil
	}
	if to.Final() || to == cases.Declined || to == cases.Outcome {
		if err := t.q.DropReminders(ctx, o.row.ID); err != nil {
			return interpret(err)
		}
	}
	if to.Final() {
		return interpret(t.q.DropFollowUps(ctx, o.row.ID))
	}
	switch ch.Verb {
	case cases.Refer:
		if ch.Text != "" {
			return t.meet(ctx, o, ch.Meeting)
		}
	case cases.Contact, cases.Accept:
		p := db.PlanFollowUpsParams{CaseID: o.row.ID, WardID: int32(t.s.conf.Ward)}
		for _, d := range cases.FollowUpDays {
			p.Days, p.Due = append(p.Days, int32(d)), append(p.Due, t.now.AddDate(0, 0, d))
		}
		return interpret(t.q.PlanFollowUps(ctx, p))
	}
	return nil
}

// meet keeps where the person is expected; the words are the message just written.
func (t *Tx) meet(ctx context.Context, o *opened, m cases.Meeting) error {
	p := db.AddMeetingParams{CaseID: o.row.ID, Talk: int32(o.talks), WardID: int32(t.s.conf.Ward), Entry: int32(m.Entry), Dated: !m.At.IsZero()}
	if at := cases.RemindAt(m.At, t.now); !at.IsZero() {
		p.RemindAt = &at
	}
	return interpret(t.q.AddMeeting(ctx, p))
}

// leaveAlone ends everything the bot would say of its own accord about a request.
func (t *Tx) leaveAlone(ctx context.Context, o *opened) error {
	if o.stream() != cases.HelpStream {
		return nil
	}
	if err := t.q.DropReminders(ctx, o.row.ID); err != nil {
		return interpret(err)
	}
	return interpret(t.q.DropFollowUps(ctx, o.row.ID))
}

// Needs records whether the person lets the needs be written down; Conflict when
// nobody asks any more.
func (t *Tx) Needs(ctx context.Context, caseID string, yes bool) (cases.Case, error) {
	o, err := t.decide(ctx, cases.HelpStream, caseID)
	if err != nil {
		return cases.Case{}, err
	}
	last, err := t.lastNeeds(ctx, o)
	if err != nil {
		return cases.Case{}, err
	}
	if last != cases.AskNeeds {
		return cases.Case{}, cases.Fail(cases.Conflict, "consent.old")
	}
	verb := cases.NeedsNo
	if yes {
		verb = cases.NeedsYes
	}
	return t.stepOfPerson(ctx, o, cases.Change{Verb: verb})
}

// Meet records what the person says to the newest appointment; Conflict when the
// button is of an older one, or says what was said already.
func (t *Tx) Meet(ctx context.Context, caseID string, talk int, comes bool) (cases.Case, error) {
	o, err := t.decide(ctx, cases.HelpStream, caseID)
	if err != nil {
		return cases.Case{}, err
	}
	verb := cases.OtherDate
	if comes {
		verb = cases.KeepDate
	}
	n, err := t.q.AnswerMeeting(ctx, db.AnswerMeetingParams{Answer: string(verb), CaseID: o.row.ID, Talk: int32(talk)})
	if err != nil {
		return cases.Case{}, interpret(err)
	}
	if n == 0 {
		return cases.Case{}, cases.Fail(cases.Conflict, "consent.old")
	}
	return t.stepOfPerson(ctx, o, cases.Change{Verb: verb})
}

// FollowUp records how it goes, as the person says; Conflict when that was said
// already.
func (t *Tx) FollowUp(ctx context.Context, caseID string, days int, answer string) (cases.Case, error) {
	o, err := t.decide(ctx, cases.HelpStream, caseID)
	if err != nil {
		return cases.Case{}, err
	}
	n, err := t.q.AnswerFollowUp(ctx, db.AnswerFollowUpParams{Answer: answer, Now: &t.now, CaseID: o.row.ID, Days: int32(days)})
	if err != nil {
		return cases.Case{}, interpret(err)
	}
	if n == 0 {
		return cases.Case{}, cases.Fail(cases.Conflict, "consent.old")
	}
	if answer == cases.FollowStop {
		if err := t.q.DropFollowUps(ctx, o.row.ID); err != nil {
			return cases.Case{}, interpret(err)
		}
	}
	return t.stepOfPerson(ctx, o, cases.Change{Verb: cases.FollowAnswer, Choice: answer})
}

func (t *Tx) stepOfPerson(ctx context.Context, o *opened, ch cases.Change) (cases.Case, error) {
	if err := t.step(ctx, o, ch, nil); err != nil {
		return cases.Case{}, err
	}
	return t.assemble(ctx, o)
}
