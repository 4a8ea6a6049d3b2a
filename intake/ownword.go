package intake

import (
	"context"

	"tinbao/bot"
	"tinbao/bot/dialog"
	"tinbao/cases"
)

// Who saw a receipt may read and add. The chat that sent the case decides about it, and so
// does who knows the word that was chosen there.

// Owning keeps who may decide about a case.
type Owning interface {
	Prove(word string)
	Ownership(ctx context.Context, stream cases.Stream, caseID string) (cases.Ownership, error)
	SetWord(ctx context.Context, stream cases.Stream, caseID, word string) error
	Claim(ctx context.Context, stream cases.Stream, caseID string, back cases.Route) error
}

// The buttons of "my data" about a word.
const (
	ownWordSet   = "w"
	ownWordProve = "p"
)

const (
	ownWordID = "word"
	proofID   = "proof"
)

func ownWord() conversation { return oneMessage(ownWordID, "own.word.ask", (*Desk).saveWord) }
func proof() conversation   { return oneMessage(proofID, "own.word.prove", (*Desk).proveWord) }

// refusedAsForeign reports whether a decision was refused because another chat sent the case.
func refusedAsForeign(err error) bool { return err != nil && cases.TextOf(err) == cases.NotYours }

// notYours says what a receipt that came from elsewhere is good for.
func (d *Desk) notYours(r *bot.Request, stream cases.Stream, caseID string, word bool) {
	reply := bot.Reply{Edit: r.Bubble(), Lines: []bot.Text{bot.T(cases.NotYours)}, Of: &bot.CaseRef{Stream: stream, ID: caseID}}
	if word {
		reply.Buttons = [][]bot.Button{{{Label: bot.T("own.word.enter"), Do: ownAction(stream, caseID, ownWordProve)}}}
	}
	r.Reply(reply)
}

// beginWord asks for a word. What is being written is kept beside.
func (d *Desk) beginWord(ctx context.Context, st Store, r *bot.Request, stream cases.Stream, caseID, what string, sent cases.Sent) error {
	d.putBeside(st, r, d.present(st))
	id := ownWordID
	if what == ownWordProve {
		id = proofID
	}
	d.close(r)
	return d.begin(ctx, st, r, id, func(into *dialog.Session) { *into = ofCase(*into, stream, caseID, sent) })
}

// saveWord keeps a word, and takes it off the screen.
func (d *Desk) saveWord(ctx context.Context, st Store, r *bot.Request, s dialog.Session) error {
	r.Reply(bot.Reply{Erase: r.MessageID})
	err := st.SetWord(ctx, cases.Stream(s.Extra["stream"]), s.Extra["case"], s.First("text"))
	if cases.KindOf(err) == cases.Invalid {
		return d.hint(ctx, st, r, again(d, st, s), cases.TextOf(err))
	}
	return d.saidWord(st, r, err, "own.word.done")
}

// proveWord lets this chat decide about a case whose word is right. A wrong one counts like
// a wrong receipt.
func (d *Desk) proveWord(ctx context.Context, st Store, r *bot.Request, s dialog.Session) error {
	until, err := st.BarredUntil(ctx, cases.Guessing)
	if err != nil {
		return err
	}
	if !until.IsZero() {
		return d.hintAt(ctx, st, r, again(d, st, s), bot.T("lookup.wait", "at", until))
	}
	r.Reply(bot.Reply{Erase: r.MessageID})
	st.Prove(s.First("text"))
	err = st.Claim(ctx, cases.Stream(s.Extra["stream"]), s.Extra["case"], cases.Route{Chat: r.Chat, Lang: r.Lang})
	if refusedAsForeign(err) {
		if err := guessed(ctx, st); err != nil {
			return err
		}
		return d.hint(ctx, st, r, again(d, st, s), "own.word.wrong")
	}
	return d.saidWord(st, r, err, "own.word.right")
}

func (d *Desk) saidWord(st Store, r *bot.Request, err error, key string) error {
	switch cases.KindOf(err) {
	case cases.NotAllowed, cases.NotFound, cases.Limited:
		key, err = cases.TextOf(err), nil
	}
	if err != nil {
		return err
	}
	st.DropDraft()
	r.Reply(bot.Reply{Lines: []bot.Text{bot.T(key)}, Menu: bot.ResidentMenu})
	return nil
}

// again is the same question once more.
func again(d *Desk, st Store, s dialog.Session) dialog.Session {
	next := fresh(d.dialogs[s.Dialog].Dialog, st.Now())
	next.Extra = s.Extra
	return next
}

// Elsewhere are the notices to the chats that sent a case which another place opened.
func Elsewhere(v cases.ResidentView) (out []bot.Reply) {
	for _, to := range v.Elsewhere {
		out = append(out, bot.Reply{
			Chat: to.Chat, Lang: to.Lang, Lines: []bot.Text{bot.T("own.elsewhere")},
			Of: &bot.CaseRef{Stream: v.Stream, ID: v.CaseID},
		})
	}
	return out
}
