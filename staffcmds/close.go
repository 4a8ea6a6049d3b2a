package staffcmds

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"tinbao/bot"
	"tinbao/cases"
)

// closing is the step that ends a case.
func closing() step {
	return step{
		name: "dong", aliases: []string{"close"}, verb: cases.Close, label: "ending.", text: true,
		rights: leading, streams: both,
	}
}

// closeCase ends a case: what came of it is chosen, where it belongs, a sentence is added
// when somebody wants to, and what the person will read is shown before it is sent.
func closeCase() Command {
	s := closing()
	c := s.command()
	c.Args = "usage.choice"
	c.Run = func(ctx context.Context, st Store, r *bot.Request, args []string) error {
		t, desk, err := s.at(st, r, args)
		if err != nil {
			return err
		}
		w, err := st.Ward(ctx)
		if err != nil {
			return err
		}
		e := readEnd(t, w, r.Draft)
		unnamed := e.ending == cases.EndElsewhere && e.place == ""
		switch {
		case e.ending == "":
			return s.askEnding(ctx, st, desk, r, t)
		case unnamed && len(w.Bodies) > 0:
			return s.askBody(ctx, st, desk, r, t, w, cases.ForOther, string(e.ending))
		case e.asks:
			return s.askSentence(ctx, st, desk, r, t, e)
		case units(e.words) > maxSentence:
			r.Alert(bot.T("error.toolong"))
			return s.askSentence(ctx, st, desk, r, t, e)
		case !e.sure:
			return s.preview(ctx, st, desk, r, t, w, e)
		}
		s.change = func(c *cases.Change, _ string) { c.Ending, c.Where = e.ending, e.body }
		s.after = func(ctx context.Context, st Store, r *bot.Request, c cases.Case, ch cases.Change) error {
			return tellEnd(ctx, st, r, c, ch.Text)
		}
		return s.act(ctx, st, desk, r, t, string(e.ending), e.words)
	}
	return c
}

// maxSentence bounds what staff add to the end, in units.
const maxSentence = 600

// What stands between the ending and the words in the arguments of the command.
const (
	aBody    = "b"   // before the place of a body in the settings
	noBody   = "b-"  // the body is not named
	addWords = "loi" // a sentence is asked for, or follows
)

// end is what was chosen so far. The arguments are an ending, the place of a body in the
// settings, and "loi" with a sentence, or the confirmation.
type end struct {
	ending cases.Ending
	place  string      // "" = not chosen
	body   *cases.Body // nil = none
	words  string
	asks   bool // for the sentence
	sure   bool
}

// readEnd reads the choices. The sentence waits in the draft of the one who writes it
// while the preview is shown.
func readEnd(t target, w cases.Ward, draft []byte) (e end) {
	rest := strings.Fields(strings.Join(t.rest, " "))
	if len(rest) == 0 || !cases.Ending(rest[0]).Of(t.Stream) {
		return e
	}
	e.ending, rest = cases.Ending(rest[0]), rest[1:]
	if len(rest) > 0 && e.ending == cases.EndElsewhere {
		if b, ok := bodyAt(w, rest[0]); ok {
			e.place, e.body, rest = rest[0], b, rest[1:]
		}
	}
	switch {
	case len(rest) > 0 && rest[0] == addWords:
		e.words = wordsAfter(t.rest)
		e.asks = e.words == ""
	case len(rest) > 0 && rest[0] == yes:
		e.sure, e.words = true, waitingSentence(draft, t.Number)
	}
	return e
}

// bodyAt is a body of the settings by the place that a button names; false for a word
// that names none.
func bodyAt(w cases.Ward, place string) (*cases.Body, bool) {
	if place == noBody {
		return nil, true
	}
	mark, number := place[:min(1, len(place))], place[min(1, len(place)):]
	if i, err := strconv.Atoi(number); mark == aBody && err == nil && i >= 0 && i < len(w.Bodies) {
		return &w.Bodies[i], true
	}
	return nil, false
}

// wordsAfter is what was written last after the mark of a sentence, line breaks kept.
func wordsAfter(rest []string) string {
	i := slices.Index(rest, addWords)
	if i >= 0 {
		if i+1 < len(rest) {
			return strings.TrimSpace(rest[len(rest)-1])
		}
		return ""
	}
	_, after, _ := strings.Cut(strings.Join(rest, " "), " "+addWords) // typed in one line
	return strings.TrimSpace(after)
}

// waitingSentence is the sentence of a draft about a case; "" when there is none.
func waitingSentence(draft []byte, n cases.Number) string {
	var d struct {
		Await string
		Args  []string
	}
	if json.Unmarshal(draft, &d) != nil || d.Await != "dong" || len(d.Args) == 0 || d.Args[0] != n.String() {
		return ""
	}
	return wordsAfter(d.Args[1:])
}

// chosen are the choices as arguments of a button.
func (e end) chosen() []string {
	out := []string{string(e.ending)}
	if e.place != "" {
		out = append(out, e.place)
	}
	return out
}

// askEnding shows what may have come of a case; what the police suggest stands first.
func (s step) askEnding(ctx context.Context, st Store, desk Desk, r *bot.Request, t target) error {
	c, err := desk.Open(ctx, *r.Staff, t.Number)
	if err != nil {
		return err
	}
	suggested := cases.Suggested(c.History)
	return prompt(ctx, st, desk, r, t, bot.T("ask.dong", "number", t.String()), func(t target) (rows [][]bot.Button) {
		for _, e := range cases.Endings(t.Stream) {
			label := bot.T("ending." + string(e))
			if e == suggested {
				label = bot.T("ending.suggested", "ending", label)
			}
			row := []bot.Button{{Label: label, Do: bot.Action(s.name, t.args(string(e))...)}}
			if e == suggested {
				rows = slices.Insert(rows, 0, row)
				continue
			}
			rows = append(rows, row)
		}
		return rows
	})
}

// askBody shows the bodies of the settings for a subject, or for complaints about the people
// whom the report accuses; all of them where none is for it. before are the arguments that
// stand before the place of the one that is chosen.
func (s step) askBody(
	ctx context.Context, st Store, desk Desk, r *bot.Request, t target, w cases.Ward, about cases.Subject, before ...string,
) error {
	c, err := desk.Open(ctx, *r.Staff, t.Number)
	if err != nil {
		return err
	}
	if c.About != cases.AboutNobody {
		about = c.About.Subject()
	}
	places := w.BodiesFor(about)
	if len(places) == 0 {
		places = w.BodiesFor("")
	}
	return prompt(ctx, st, desk, r, t, bot.T("ask.noi", "number", t.String()), func(t target) (rows [][]bot.Button) {
		for _, i := range places {
			do := bot.Action(s.name, t.args(append(slices.Clone(before), aBody+strconv.Itoa(i))...)...)
			rows = append(rows, []bot.Button{{Label: bot.Words(clip(w.Bodies[i].Name, cardName)), Do: do}})
		}
		none := bot.Action(s.name, t.args(append(slices.Clone(before), noBody)...)...)
		return append(rows, []bot.Button{{Label: bot.T("ask.noi.none"), Do: none}})
	})
}

func (s step) askSentence(ctx context.Context, st Store, desk Desk, r *bot.Request, t target, e end) error {
	none := func(target) [][]bot.Button { return nil }
	if err := prompt(ctx, st, desk, r, t, bot.T("ask.dong.words", "number", t.String()), none); err != nil {
		return err
	}
	s.awaitSentence(st, r, t, e)
	return nil
}

// awaitSentence takes the next text for the sentence, in place of the one there is.
func (s step) awaitSentence(st Store, r *bot.Request, t target, e end) {
	args := append([]string{t.String()}, append(e.chosen(), addWords)...)
	if e.words != "" && units(e.words) <= maxSentence {
		args = append(args, e.words)
	}
	bot.Await(st, r.Lang, s.name, args...)
}

// preview shows what the person will read, under the name of the case.
func (s step) preview(ctx context.Context, st Store, desk Desk, r *bot.Request, t target, w cases.Ward, e end) error {
	more := "end.add"
	if e.words != "" {
		more = "end.change"
		s.awaitSentence(st, r, t, e)
	}
	result := cases.Result{Ending: e.ending, Body: e.body}
	return s.previewOf(ctx, desk, r, t, w, result, e.words, e.chosen(), func(t target) []bot.Button {
		return []bot.Button{{Label: bot.T(more), Do: bot.Action(s.name, t.args(append(e.chosen(), addWords)...)...)}}
	})
}

// previewOf shows a result as the person will read it; more is a row between the button
// that sends it and the way back, nil = none.
func (s step) previewOf(
	ctx context.Context, desk Desk, r *bot.Request, t target, w cases.Ward, result cases.Result, words string, chosen []string,
	more func(target) []bot.Button,
) error {
	c, err := desk.Open(ctx, *r.Staff, t.Number)
	if err != nil {
		return err
	}
	t.version = c.Version
	lines := append([]bot.Text{bot.T("end.preview", "number", t.String())}, endLines(c, w, result, words, cases.SentAs(c.ID, c.Received))...)
	rows := [][]bot.Button{{{Label: bot.T("end.send"), Do: bot.Action(s.name, t.args(append(slices.Clone(chosen), yes)...)...)}}}
	if more != nil {
		rows = append(rows, more(t))
	}
	rows = append(rows, []bot.Button{{Label: bot.T("button.back"), Do: bot.Action(s.name, t.args()...)}})
	r.Reply(bot.Reply{Lines: lines, Edit: r.Bubble(), Protect: true, Buttons: rows})
	return nil
}

// endLines are what a person reads at the end of a case.
func endLines(c cases.Case, w cases.Ward, result cases.Result, words string, sent cases.Sent) []bot.Text {
	lines := append([]bot.Text{bot.T("resident.ended."+string(c.Number.Stream), "received", sent)}, bot.ResultLines(result, w)...)
	if words != "" {
		lines = append(lines, bot.T("resident.ended.words", "words", bot.Words(words)))
	}
	return lines
}

// tellEnd tells everybody who waits for it what came of a case, once, and asks for stars
// unless the case was rated when it ended before.
func tellEnd(ctx context.Context, st Store, r *bot.Request, c cases.Case, words string) error {
	if c.Result == nil {
		return nil
	}
	w, err := st.Ward(ctx)
	if err != nil {
		return err
	}
	rows, ask := [][]bot.Button(nil), c.Stars == 0 && cases.MayRate(c.Status)
	if ask {
		rows = starButtons(c)
	}
	rows = append(rows, []bot.Button{{Label: bot.T("button.again"), Do: bot.Action("wish", bot.StreamMark(c.Number.Stream), c.ID)}})
	return toResidents(ctx, st, r, c, rows, func(sent cases.Sent) []bot.Text {
		lines := endLines(c, w, *c.Result, words, sent)
		if ask {
			lines = append(lines, bot.T("rate.ask"))
		}
		return lines
	})
}

// release gives a taken case back to the queue.
func release() Command {
	return step{
		name: "nha", aliases: []string{"release"}, verb: cases.Release,
		rights: working, streams: both,
	}.command()
}
