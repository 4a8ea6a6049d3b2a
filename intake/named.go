package intake

import (
	"context"
	"strconv"
	"time"

	"tinbao/bot"
	"tinbao/bot/dialog"
	"tinbao/cases"
)

// Every message about a case names it, so that somebody with two of the same minute knows
// which one is meant.

// sentAs is how messages name a case of the chat. c is what became of it: of a report that
// is counted with another one that is the other, of which this person must not hear.
func sentAs(ctx context.Context, st Store, of cases.CaseRef, c cases.Case) (cases.Sent, error) {
	if c.ID == of.ID {
		return cases.SentAs(of.ID, c.Received), nil
	}
	return sentOf(ctx, st, of)
}

// sentOf is how messages name a case of the chat; one that is gone has no time.
func sentOf(ctx context.Context, st Store, of cases.CaseRef) (cases.Sent, error) {
	v, err := st.OwnCase(ctx, of)
	if cases.KindOf(err) == cases.NotFound {
		err = nil
	}
	return cases.SentAs(of.ID, v.Received), err
}

// about is the line above a message that would not say which case it is about.
func about(sent cases.Sent) bot.Text { return bot.T("resident.about", "received", sent) }

// aboutCase is about of a case that was just assembled.
func aboutCase(c cases.Case) bot.Text { return about(cases.SentAs(c.ID, c.Received)) }

// sentExtra is when the case was sent that a conversation is about, in Session.Extra.
const sentExtra = "sent"

// ofCase is a session about a case.
func ofCase(s dialog.Session, stream cases.Stream, caseID string, sent cases.Sent) dialog.Session {
	s = remember(remember(s, "stream", string(stream)), "case", caseID)
	if sent.Time().IsZero() { // it is gone; what is sent to it comes back
		return s
	}
	return remember(s, sentExtra, strconv.FormatInt(sent.Time().Unix(), 10))
}

// caseLine names the case a conversation is about; none when it is about none.
func caseLine(s dialog.Session) []bot.Text {
	at, err := strconv.ParseInt(s.Extra[sentExtra], 10, 64)
	if err != nil {
		return nil
	}
	return []bot.Text{about(cases.SentAs(s.Extra["case"], time.Unix(at, 0)))}
}

// tellAdded tells staff of an addition, and the person whom an alarm reached that has just
// begun.
func (d *Desk) tellAdded(ctx context.Context, st Store, r *bot.Request, of cases.CaseRef, sent cases.Sent, c cases.Case) error {
	if c.Ring && c.Alarm != nil {
		r.Reply(bot.Reply{Lines: []bot.Text{about(sent), AlarmLine(of.Stream, *c.Alarm)}, Of: &bot.CaseRef{Stream: of.Stream, ID: of.ID}})
	}
	return d.tell(ctx, st, r, c, "staff.added")
}
