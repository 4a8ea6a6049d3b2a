package storage

import (
	"context"
	"strconv"

	"tinbao/cases"
	"tinbao/storage/internal/db"
)

// public are the changes whose words go to the person or came from there; all
// other words stay among staff.
func public(verb cases.Verb) bool {
	return verb == cases.Answer || verb == cases.AskInfo || verb == cases.AddInfo || verb == cases.AskConsent || verb == cases.Close
}

func (t *Tx) say(ctx context.Context, o *opened, ch cases.Change, by *cases.Staff) error {
	n, err := t.lastTalk(ctx, o)
	if err != nil {
		return err
	}
	o.talks = n + 1
	if ch.Verb == cases.AddInfo {
		t.addition = cases.Addition{In: o.id(), Talk: o.talks}
	}
	p := db.AddTalkParams{
		Stream: o.row.Stream, CaseID: o.row.ID, Seq: int32(n + 1), WardID: int32(t.s.conf.Ward), At: t.now,
		FromStaff: by != nil, Internal: by != nil && !public(ch.Verb),
		Body: o.key.SealText(talkColumn, strconv.Itoa(n+1), []byte(ch.Text)),
	}
	if by != nil {
		p.ByStaff = staffRef(by.ID)
		p.ToPolice = ch.Verb == cases.TellPolice || t.role == rolePolice
	}
	return interpret(t.q.AddTalk(ctx, p))
}
