package storage

import (
	"context"
	"strconv"
	"time"

	"tinbao/cases"
	"tinbao/storage/internal/db"
)

// Consent records what the person said to letting one message pass to the police.
// Agreed, the message becomes a report that is handed to the police at once, with the
// person's way back and a receipt of its own. Conflict when the message is not the one
// being asked about; NotAllowed when the request has ended.
func (t *Tx) Consent(ctx context.Context, caseID string, talk int, yes bool, back cases.Route) (help cases.Case, receipt cases.Receipt, err error) {
	o, err := t.decide(ctx, cases.HelpStream, caseID)
	if err != nil {
		return help, "", err
	}
	if o.row.ConsentTalk == nil || int(*o.row.ConsentTalk) != talk {
		return help, "", cases.Fail(cases.Conflict, "consent.old")
	}
	verb := cases.NoConsent
	if yes {
		verb = cases.Consent
	}
	if err := t.step(ctx, o, cases.Change{Verb: verb}, nil); err != nil {
		return help, "", err
	}
	if help, err = t.assemble(ctx, o); err != nil || !yes {
		return help, "", err
	}
	sealed, err := t.q.Talk(ctx, db.TalkParams{WardID: int32(t.s.conf.Ward), Stream: o.row.Stream, CaseID: o.row.ID, Seq: int32(talk)})
	if err != nil {
		return help, "", interpret(err)
	}
	text, err := o.key.OpenText(talkColumn, strconv.Itoa(talk), sealed)
	if err != nil {
		return help, "", err
	}
	receipt, help.Crossed, err = t.cross(ctx, back, cases.FromConsent, string(text))
	return help, receipt, err
}

// alarm hands words about a request for help to the police without consent. The ward
// must have agreed to it, and the person must have been told before writing.
func (t *Tx) alarm(ctx context.Context, help cases.Case, text string) (cases.Number, error) {
	w, err := t.Ward(ctx)
	if err != nil {
		return cases.Number{}, err
	}
	if err := cases.MayRaiseAlarm(w, help); err != nil {
		return cases.Number{}, err
	}
	_, n, err := t.cross(ctx, cases.Route{}, cases.FromDanger, text)
	return n, err
}

// cross makes a report of words from a request for help and hands it to the police. Times
// and the number of the report are of the minute: a moment that also stands in the request
// would join the two.
func (t *Tx) cross(ctx context.Context, back cases.Route, source cases.Source, text string) (cases.Receipt, cases.Number, error) {
	defer func(exact time.Time) { t.now = exact }(t.now)
	t.now = t.now.Truncate(time.Minute)
	receipt, c, err := t.receive(ctx, back, cases.NewCase{Report: &cases.ReportContent{Concern: cases.Crossed, Text: text}, Source: source})
	if err != nil {
		return "", cases.Number{}, err
	}
	o, err := t.own(ctx, cases.ReportStream, c.ID)
	if err != nil {
		return "", cases.Number{}, err
	}
	return receipt, c.Number, t.step(ctx, o, cases.Change{Verb: cases.Forward}, nil)
}
