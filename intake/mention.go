package intake

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"tinbao/bot"
	"tinbao/bot/dialog"
	"tinbao/cases"
)

const (
	mentionVerb = "men" // adds words to the case whose receipt stands in them
	mostNoted   = 20    // messages whose words were added so
)

// mention says that receipts in a message are covered, and offers to add the message to the
// case of the first one. Nothing is looked up before the person presses: neither staff nor
// the chat that sent the case learn that it was mentioned.
func (d *Desk) mention(r *bot.Request) {
	codes := receiptsIn(r.Text)
	if len(codes) == 0 {
		return
	}
	i := slices.IndexFunc(codes, func(f found) bool { return f.right })
	if i < 0 || r.MessageID == 0 {
		r.Say(bot.T("code.covered"))
		return
	}
	receipt, err := cases.ParseReceipt(codes[i].code)
	if err != nil {
		r.Say(bot.T("code.covered"))
		return
	}
	r.Reply(bot.Reply{
		Lines:   []bot.Text{bot.T("code.mentioned", "code", receipt.String())},
		Buttons: [][]bot.Button{{{Label: bot.T("code.mentioned.add"), Do: bot.Action(mentionVerb, string(receipt), strconv.FormatInt(int64(r.MessageID), 36))}}},
	})
}

// addMentioned adds the words of a message to the case whose receipt stands in them. What is
// being written stays as it is.
func (d *Desk) addMentioned(ctx context.Context, st Store, r *bot.Request, s dialog.Session, code, message string) error {
	receipt, wrong := cases.ParseReceipt(code)
	number, bad := strconv.ParseInt(message, 36, 64)
	t, ours := st.Thread(), wrong == nil && bad == nil
	if !ours || slices.Contains(t.Mentioned, int(number)) {
		d.close(r)
		r.Toast(bot.T("button.old"))
		return nil
	}
	until, err := st.BarredUntil(ctx, cases.Guessing)
	if err != nil {
		return err
	}
	if !until.IsZero() {
		r.Toast(bot.T("lookup.wait", "at", until))
		return nil
	}
	v, err := st.LookUp(ctx, receipt)
	if cases.KindOf(err) == cases.NotFound {
		r.Toast(bot.T("receipt.notfound"))
		return guessed(ctx, st)
	}
	if err != nil {
		return err
	}
	r.Reply(Elsewhere(v)...)
	of := cases.CaseRef{Stream: v.Stream, ID: v.CaseID}
	text, files := wordsOf(st, s, int(number))
	switch {
	case !v.CanAdd:
		w, err := st.Ward(ctx)
		if err != nil {
			return err
		}
		d.close(r)
		r.Reply(d.status(v, w, st.Now()))
		return d.resume(ctx, st, r, s)
	case text == "" && len(files) == 0: // too long ago: the person writes anew
		d.close(r)
		return d.beginAdd(ctx, st, r, s, of.Stream, of.ID)
	}
	c, err := st.AddInfo(ctx, of.Stream, of.ID, cases.Route{Chat: r.Chat, Lang: r.Lang}, d.Blanked(r.Lang, text), offeredFiles(files))
	if err != nil {
		return err
	}
	sent, err := sentAs(ctx, st, of, c)
	if err != nil {
		return err
	}
	t.Mentioned = append(t.Mentioned, int(number))
	t.Mentioned = t.Mentioned[max(0, len(t.Mentioned)-mostNoted):]
	st.KeepThread()
	d.close(r)
	r.Reply(bot.Reply{Lines: []bot.Text{about(sent), bot.T("add.done")}, Of: &bot.CaseRef{Stream: of.Stream, ID: of.ID}})
	if err := d.tellAdded(ctx, st, r, of, sent, c); err != nil {
		return err
	}
	return d.resume(ctx, st, r, s)
}

// wordsOf are the words and the file of a message that are still here: in what is being
// written, or among what was just added to another case.
func wordsOf(st Store, s dialog.Session, message int) (text string, files []string) {
	own, ok := st.Thread().Find(message)
	if !ok {
		return "", nil
	}
	same := func(v string) bool { return hashOf(v) == own.Hash }
	if run := st.Thread().Run; run != nil && own.CaseRef == run.CaseRef && st.Now().Sub(time.Unix(run.At, 0)) <= cases.TakeBack {
		if i := slices.IndexFunc(run.Texts, same); i >= 0 {
			return run.Texts[i], nil
		}
	}
	for name, values := range s.Answers {
		for _, v := range values {
			if name == "file" {
				continue
			}
			if same(v) {
				text = v
			} else if rest, ok := strings.CutPrefix(v, "t:"); ok && same(rest) {
				text = rest
			}
		}
	}
	if number, file, ok := strings.Cut(s.Extra[mentionFile], " "); ok && number == strconv.Itoa(message) {
		files = []string{file}
	}
	return text, files
}

// mentionFile remembers the file of the last message with a receipt, in Session.Extra.
const mentionFile = "mention"

// withFile remembers the file of a message that mentions a case.
func withFile(r *bot.Request, s dialog.Session, codes []found) dialog.Session {
	if len(codes) == 0 || r.File == nil {
		return s
	}
	return remember(s, mentionFile, strconv.Itoa(r.MessageID)+" "+encodeFile(*r.File))
}
