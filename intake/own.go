package intake

import (
	"context"

	"tinbao/bot"
	"tinbao/cases"
)

// What the holder of a receipt may do with what is stored (domain.md 3): cut the
// way back, take the case back, have it forgotten. Each is asked once more.
const (
	ownCut    = "cut"
	ownOut    = "out"
	ownForget = "del"
	ownSure   = "ok"
)

func ownAction(stream cases.Stream, caseID string, more ...string) string {
	return bot.Action("own", append([]string{bot.StreamMark(stream), caseID}, more...)...)
}

// own answers the buttons of "my data". The first was made for this chat after a
// right receipt.
func (d *Desk) own(ctx context.Context, st Store, r *bot.Request, args []string) error {
	stream, known := bot.StreamOf(args[0])
	if !known || len(args) < 2 {
		r.Toast(bot.T("button.old"))
		return nil
	}
	caseID, rest := args[1], args[2:]
	v, err := st.OwnCase(ctx, cases.CaseRef{Stream: stream, ID: caseID})
	if err != nil {
		return d.late(r, err)
	}
	sent := cases.SentAs(caseID, v.Received)
	switch {
	case len(rest) == 0:
		return d.ownMenu(ctx, st, r, stream, caseID, sent)
	case rest[0] == ownWordSet || rest[0] == ownWordProve:
		return d.beginWord(ctx, st, r, stream, caseID, rest[0], sent)
	case len(rest) == 1:
		r.Reply(bot.Reply{Edit: r.Bubble(), Lines: []bot.Text{about(sent), bot.T("own." + rest[0] + ".sure." + string(stream))}, Buttons: [][]bot.Button{
			{{Label: bot.T("button.sure"), Do: ownAction(stream, caseID, rest[0], ownSure)}},
			{{Label: bot.T("button.back"), Do: ownAction(stream, caseID)}},
		}})
		return nil
	}
	return d.ownDo(ctx, st, r, stream, caseID, rest[0], sent)
}

// ownMenu tells what is kept and offers what can be done. Whether a case can
// still be taken back shows when it is tried.
func (d *Desk) ownMenu(ctx context.Context, st Store, r *bot.Request, stream cases.Stream, caseID string, sent cases.Sent) error {
	by, err := st.Ownership(ctx, stream, caseID)
	if err != nil {
		return err
	}
	if !by.May {
		d.notYours(r, stream, caseID, by.Word)
		return nil
	}
	rows := make([][]bot.Button, 0, 3)
	for _, what := range []string{ownCut, ownOut, ownForget} {
		rows = append(rows, []bot.Button{{Label: bot.T("own." + what + "." + string(stream)), Do: ownAction(stream, caseID, what)}})
	}
	label := "own.word.set"
	if by.Word {
		label = "own.word.change"
	}
	rows = append(rows, []bot.Button{{Label: bot.T(label), Do: ownAction(stream, caseID, ownWordSet)}})
	r.Reply(bot.Reply{Edit: r.Bubble(), Buttons: rows, Lines: []bot.Text{
		about(sent), bot.T("own.kept."+string(stream), "routes", d.Kept.Routes, "files", d.Kept.Files, "content", d.Kept.Content),
	}})
	return nil
}

func (d *Desk) ownDo(ctx context.Context, st Store, r *bot.Request, stream cases.Stream, caseID, what string, sent cases.Sent) error {
	var c cases.Case
	var err error
	ended := what == ownOut
	switch what {
	case ownCut:
		err = st.CutRoute(ctx, stream, caseID)
	case ownOut:
		c, err = st.TakeBack(ctx, stream, caseID)
	case ownForget:
		c, ended, err = st.Forget(ctx, stream, caseID)
	default:
		r.Toast(bot.T("button.old"))
		return nil
	}
	if refusedAsForeign(err) { // somebody else chose a word meanwhile
		return d.ownMenu(ctx, st, r, stream, caseID, sent)
	}
	if err != nil {
		return err
	}
	if what == ownForget {
		st.Chosen().Remove(cases.CaseRef{Stream: stream, ID: caseID})
		st.KeepChosen()
	}
	r.Reply(bot.Reply{Edit: r.Bubble(), Lines: []bot.Text{about(sent), bot.T("own." + what + ".done." + string(stream))}})
	if !ended {
		return nil
	}
	return d.tell(ctx, st, r, c, "staff.withdrawn")
}

// clearVerb is the button of the quick exit.
const clearVerb = "clr"

func clearButton() bot.Button {
	return bot.Button{Label: bot.T("button.clearchat"), Do: bot.Action(clearVerb)}
}

// vanish takes the conversation off the phone as far as Telegram still allows, and
// forgets what was begun: for somebody whose phone may be looked at. What is left says
// nothing, and no buttons stand below it. Messages stay discreet where they were.
func vanish(ctx context.Context, st Store, r *bot.Request) error {
	shown := st.Shown()
	destroyDrafts(st)
	st.ForgetThreads()
	if st.Chosen().List != nil {
		st.Chosen().List = nil
		st.KeepChosen()
	}
	if err := st.ForgetDiscreet(ctx); err != nil {
		return err
	}
	r.Reply(bot.Reply{Clear: &bot.Clear{Messages: shown}})
	r.Reply(bot.Reply{Lines: []bot.Text{bot.T("cleared")}, Menu: bot.NoMenu})
	return nil
}
