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

// Words that belong to a case go there at once: an answer to one of its messages by what
// it quotes, other words to the case the ward wrote about last. Words of a request for
// help never go to a report, and where both are open the person is asked.

// Threads is what a chat remembers of its cases for two days.
type Threads interface {
	Spoken() []cases.Spoken
	Thread() *cases.Thread
	KeepThread()
	ForgetThreads()
	// Shown are the numbers of the messages of the chat that can be deleted.
	Shown() []int
	// Added is what became of what AddInfo added last.
	Added() cases.Addition
	TakeWords(ctx context.Context, of cases.CaseRef, a cases.Addition) (cases.Case, error)
	OwnCase(ctx context.Context, of cases.CaseRef) (cases.ResidentView, error)
}

const (
	undoVerb   = "undo" // takes back what was just added
	threadVerb = "thr"  // adds what is kept outside of any conversation to a case
)

// lastOf are the cases the ward wrote to the chat about, the last one first.
func lastOf(st Store) (all []cases.CaseRef) {
	for _, s := range slices.Backward(st.Spoken()) {
		if !slices.Contains(all, s.CaseRef) {
			all = append(all, s.CaseRef)
		}
	}
	return all
}

// mixed reports whether both a report and a request for help are among cases.
func mixed(all []cases.CaseRef) bool {
	return slices.ContainsFunc(all, func(c cases.CaseRef) bool { return c.Stream != all[0].Stream })
}

// quotedCase is the case of the message that is answered, by its buttons, by its number,
// or, where the person answers an own message, by where that went.
func quotedCase(st Store, q *bot.Quoted) (cases.CaseRef, bool) {
	if q == nil {
		return cases.CaseRef{}, false
	}
	for _, data := range q.Data {
		if of, ok := caseOf(data); ok {
			return of, true
		}
	}
	if q.Own {
		own, ok := st.Thread().Find(q.MessageID)
		return own.CaseRef, ok && own.CaseRef != cases.CaseRef{}
	}
	for _, s := range slices.Backward(st.Spoken()) {
		if s.Message == q.MessageID {
			return s.CaseRef, true
		}
	}
	return cases.CaseRef{}, false
}

// caseOf is the case that a button is about.
func caseOf(data string) (cases.CaseRef, bool) {
	verb, args := bot.SplitAction(data)
	if len(args) < 2 {
		return cases.CaseRef{}, false
	}
	switch verb {
	case "add":
		return cases.CaseRef{Stream: cases.Stream(args[0]), ID: args[1]}, true
	case "nam":
		return cases.CaseRef{Stream: cases.ReportStream, ID: args[0]}, true
	case "con", supportVerb:
		id := args[0]
		if verb == supportVerb {
			id = args[1]
		}
		return cases.CaseRef{Stream: cases.HelpStream, ID: id}, true
	case "rate", wordID, wishID, "own", threadVerb:
		stream, ok := bot.StreamOf(args[0])
		return cases.CaseRef{Stream: stream, ID: args[1]}, ok
	}
	return cases.CaseRef{}, false
}

// thread gives words without a quote to the case they belong to; done = they went
// somewhere, or the person is asked.
func (d *Desk) thread(ctx context.Context, st Store, r *bot.Request, s dialog.Session) (done bool, err error) {
	all := lastOf(st)
	if len(all) == 0 || s.Dialog == looseID && len(s.Answers) > 0 {
		return false, nil
	}
	to := all[0]
	if mixed(all) {
		if s.Extra[toldOf] == "" {
			return false, nil
		}
		// Who asked for help and is in danger is heard by those who help, without a question.
		to = all[slices.IndexFunc(all, func(c cases.CaseRef) bool { return c.Stream == cases.HelpStream })]
	}
	return true, d.addTo(ctx, st, r, s, to)
}

// addTo adds a message to a case and says where it went, once for messages in a row.
func (d *Desk) addTo(ctx context.Context, st Store, r *bot.Request, s dialog.Session, to cases.CaseRef) (err error) {
	text, files, refusal := d.pieces(r)
	if refusal != "" {
		r.Say(bot.T(refusal))
	}
	if text == "" && len(files) == 0 {
		return nil
	}
	if text, err = d.withOrigin(ctx, st, r, to, text, r.Origin); err != nil {
		return err
	}
	c, err := st.AddInfo(ctx, to.Stream, to.ID, cases.Route{Chat: r.Chat, Lang: r.Lang}, d.Blanked(r.Lang, text), offeredFiles(files))
	switch cases.KindOf(err) {
	case cases.NotAllowed, cases.NotFound:
		return d.ended(ctx, st, r, s, to, text, files)
	}
	if err != nil {
		return err
	}
	sent, err := sentAs(ctx, st, to, c)
	if err != nil {
		return err
	}
	if d.added(st, r, to, sent, text, files) {
		return nil // the first of an album said everything to everybody
	}
	if err := d.tellAdded(ctx, st, r, to, sent, c); err != nil {
		return err
	}
	d.mention(r)
	switch {
	case s.Dialog != "" && s.Dialog != looseID:
		return d.resume(ctx, st, r, s)
	case s.Dialog == "" && r.Place != nil:
		return d.offerExact(st, r, s, to, sent)
	}
	return nil
}

// withOrigin is an addition with who first sent what was forwarded, when it is to a report of
// signs on the net. In any other case a friend who forwarded something is nobody's evidence.
func (d *Desk) withOrigin(ctx context.Context, st Store, r *bot.Request, to cases.CaseRef, text string, from ...string) (string, error) {
	if strings.Join(from, "") == "" || to.Stream != cases.ReportStream {
		return text, nil
	}
	v, err := st.OwnCase(ctx, to)
	if err != nil || v.Concern != cases.Online {
		if cases.KindOf(err) == cases.NotFound {
			err = nil // the addition itself says so
		}
		return text, err
	}
	return strings.TrimSpace(text + "\n" + d.Label(r.Lang, "origin.mark") + " " + strings.Join(from, "; ")), nil
}

// pieces are the words and the file of a message, as drafts keep them.
func (d *Desk) pieces(r *bot.Request) (text string, files []string, refusal string) {
	in, refusal := d.input(r)
	text = d.shown(r)
	switch {
	case refusal == "" && r.File != nil:
		files = []string{in.Value}
	case refusal == "" && r.Place != nil:
		at := cases.Point{At: r.Place.Blur(), Kind: d.Label(r.Lang, "place.near")}.String()
		text = strings.TrimSpace(strings.Join([]string{r.Venue, text, at}, "\n"))
	case refusal != "" && r.File == nil:
		text = ""
	}
	return text, files, refusal
}

func offeredFiles(encoded []string) []cases.OfferedFile {
	return files(dialog.Session{Answers: map[string][]string{"file": encoded}})
}

// added remembers what was added, and says where it went when that was not said just now;
// album = it belongs to an album whose first file was added before.
func (d *Desk) added(st Store, r *bot.Request, to cases.CaseRef, sent cases.Sent, text string, files []string) (album bool) {
	t, now := st.Thread(), st.Now()
	own := cases.OwnWords{CaseRef: to, Message: r.MessageID, At: now.Unix(), Hash: hashOf(d.shown(r)), Addition: st.Added()}
	t.Remember(own, now)
	newest, since := 0, 0
	for _, s := range st.Spoken() {
		newest = max(newest, s.Message)
		if t.Run != nil && s.Message > t.Run.After {
			since++ // the first of these says where the words go
		}
	}
	known := t.Run.Open(now) && t.Run.CaseRef == to && (r.Quoted == nil && since <= 1 || r.Album != "" && r.Album == t.Run.Album)
	album = known && r.Album != "" && r.Album == t.Run.Album
	if !known {
		t.Run = &cases.Run{CaseRef: to, ID: now.UnixMilli(), At: now.Unix(), After: newest}
	}
	t.Run.At = now.Unix() // what follows soon is part of it
	t.Run.Album = r.Album
	t.Run.Added = append(t.Run.Added, own.Addition)
	if text != "" {
		t.Run.Texts = append(t.Run.Texts, text)
	}
	t.Run.Files = append(t.Run.Files, files...)
	st.KeepThread()
	if known {
		return album
	}
	r.Reply(bot.Reply{
		Lines:   []bot.Text{whereTo(to, sent, now)},
		Buttons: [][]bot.Button{{{Label: bot.T("thread.undo"), Do: bot.Action(undoVerb, strconv.FormatInt(t.Run.ID, 36))}}},
		Of:      &bot.CaseRef{Stream: to.Stream, ID: to.ID},
	})
	return false
}

// whereTo says where words went, in the person's own words.
func whereTo(to cases.CaseRef, sent cases.Sent, now time.Time) bot.Text {
	key := "thread." + string(to.Stream)
	if cases.DayOf(sent.Time()) == cases.DayOf(now) {
		key += ".today"
	}
	return bot.T(key, "received", sent)
}

// ended keeps words that a case takes no more, and asks what is to become of them.
func (d *Desk) ended(ctx context.Context, st Store, r *bot.Request, s dialog.Session, of cases.CaseRef, text string, files []string) error {
	if s.Dialog != "" && s.Dialog != looseID {
		d.putBeside(st, r, s)
		s = dialog.Session{}
	}
	s = loose(s, text, files)
	var again [][]bot.Button
	v, err := st.OwnCase(ctx, of)
	if err != nil && cases.KindOf(err) != cases.NotFound {
		return err
	}
	if err == nil && v.CanAsk && text != "" {
		again = [][]bot.Button{{{Label: bot.T("button.again"), Do: bot.Action(wishID, bot.StreamMark(of.Stream), of.ID)}}}
	}
	r.Reply(bot.Reply{Lines: []bot.Text{bot.T("add.ended", "received", cases.SentAs(of.ID, v.Received))}, Buttons: append(again, choices(of.Stream == cases.HelpStream)...)})
	return keep(st, r, s)
}

// loose are words and files outside of any conversation.
func loose(s dialog.Session, text string, files []string) dialog.Session {
	if s.Dialog != looseID {
		s = dialog.Session{Dialog: looseID, Extra: s.Extra}
	}
	if text != "" {
		s = with(s, "text", true, text)
	}
	for _, f := range files {
		s = with(s, "file", true, f)
	}
	return s
}

// choices are what may become of words outside of any conversation. A report never comes
// first: the words may be meant for somebody who helps. answers = they are likely to belong
// to a case that is there.
func choices(answers bool) [][]bot.Button {
	button := func(label, to string) []bot.Button {
		return []bot.Button{{Label: bot.T(label), Do: bot.Action("go", to)}}
	}
	help, report := button("outside.help", helpID), button("outside.report", reportID)
	add, drop := button("outside.add", lookUpID), button("outside.drop", "drop")
	if answers {
		return [][]bot.Button{help, add, report, drop}
	}
	return [][]bot.Button{help, report, add, drop}
}

// threadChoices are the cases words may belong to, those of help first, and the rest.
func threadChoices(ctx context.Context, st Store) ([][]bot.Button, error) {
	all := lastOf(st)
	slices.SortStableFunc(all, func(a, b cases.CaseRef) int { return strings.Compare(string(a.Stream), string(b.Stream)) })
	help := slices.ContainsFunc(all, func(c cases.CaseRef) bool { return c.Stream == cases.HelpStream })
	several := len(all) > 1 && all[1].Stream == cases.HelpStream // those of help come first
	var rows [][]bot.Button
	for _, of := range all[:min(len(all), mostThreads)] {
		v, err := st.OwnCase(ctx, of)
		if cases.KindOf(err) == cases.NotFound || err == nil && !v.CanAdd {
			continue
		}
		if err != nil {
			return nil, err
		}
		rows = append(rows, []bot.Button{{Label: bot.T(threadLabel(of.Stream, several), "received", cases.SentAs(of.ID, v.Received)), Do: bot.Action(threadVerb, bot.StreamMark(of.Stream), of.ID)}})
	}
	return append(rows, choices(help)...), nil
}

// threadLabel is the text of a button that adds words to a case. Somebody with one request
// for help need not look for its time.
func threadLabel(stream cases.Stream, several bool) string {
	if stream == cases.HelpStream && several {
		return "thread.to.help.of"
	}
	return "thread.to." + string(stream)
}

const mostThreads = 4 // cases offered at once

// toThread adds what is kept outside of any conversation to the case the person chose.
func (d *Desk) toThread(ctx context.Context, st Store, r *bot.Request, s dialog.Session, args []string) error {
	stream, ok := bot.StreamOf(args[0])
	if !ok || s.Dialog != looseID {
		r.Toast(bot.T("button.old"))
		return d.resume(ctx, st, r, s)
	}
	s.Extra = remember(remember(s, "stream", string(stream)), "case", args[1]).Extra
	return d.sendInfo(ctx, st, r, s)
}

// takeBack takes back what was just added to a case, and asks what else is meant.
func (d *Desk) takeBack(ctx context.Context, st Store, r *bot.Request, s dialog.Session, id string) error {
	t, now := st.Thread(), st.Now()
	if t.Run == nil || strconv.FormatInt(t.Run.ID, 36) != id || now.Sub(time.Unix(t.Run.At, 0)) > cases.TakeBack {
		d.close(r)
		r.Toast(bot.T("thread.late"))
		return nil
	}
	run := *t.Run
	var c cases.Case
	for _, a := range run.Added {
		one, err := st.TakeWords(ctx, run.CaseRef, a)
		if cases.KindOf(err) == cases.NotAllowed {
			continue
		}
		if err != nil {
			return err
		}
		c = one
	}
	t.Run = nil
	t.Own = slices.DeleteFunc(t.Own, func(o cases.OwnWords) bool {
		return slices.ContainsFunc(run.Added, func(a cases.Addition) bool { return a.Talk > 0 && a.In == o.In && a.Talk == o.Talk })
	})
	st.KeepThread()
	if c.ID == "" {
		d.close(r)
		r.Toast(bot.T("thread.late"))
		return nil
	}
	sent, err := sentAs(ctx, st, run.CaseRef, c)
	if err != nil {
		return err
	}
	if s.Dialog != looseID {
		d.putBeside(st, r, s)
		s = dialog.Session{}
	}
	for i, text := range run.Texts {
		if i < maxTexts {
			s = loose(s, text, nil)
		}
	}
	s = loose(s, "", run.Files[:min(len(run.Files), maxFiles)])
	r.Reply(bot.Reply{Edit: r.Bubble(), Lines: []bot.Text{bot.T("thread.taken", "received", sent), bot.T("outside.what")}, Buttons: choices(run.Stream == cases.HelpStream)})
	if err := d.tell(ctx, st, r, c, "staff.tookback"); err != nil {
		return err
	}
	return keep(st, r, s)
}
