package intake

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"tinbao/bot"
	"tinbao/bot/dialog"
	"tinbao/cases"
)

// openDraft reads the person's place in a dialog. A draft that cannot be read is
// like none: the person is asked again.
func openDraft(st Store) dialog.Session {
	var s dialog.Session
	if raw := st.Draft(); raw != nil && json.Unmarshal(raw, &s) != nil {
		return dialog.Session{}
	}
	return s
}

func keep(st Store, r *bot.Request, s dialog.Session) error {
	raw, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("writing draft: %w", err)
	}
	st.SaveDraft(raw, r.Lang)
	return nil
}

// begin opens a dialog, says its notice and asks its first question. fill may
// put answers in that the person has already given.
func (d *Desk) begin(ctx context.Context, st Store, r *bot.Request, id string, fill func(*dialog.Session)) error {
	c := d.dialogs[id]
	s := c.Open()
	if fill != nil {
		fill(&s)
	}
	for _, t := range c.notice {
		r.Reply(bot.Reply{Lines: []bot.Text{t}, Menu: bot.ResidentMenu})
	}
	return d.ask(ctx, st, r, s, nil, 0)
}

// typed gives a message to the dialog the person is in.
func (d *Desk) typed(ctx context.Context, st Store, r *bot.Request, s dialog.Session) error {
	in, refusal := d.input(r)
	if refusal != "" {
		r.Say(bot.T(refusal))
		return keep(st, r, s)
	}
	return d.advance(ctx, st, r, s, in)
}

// Limits of one case, well above what a person needs and below what hurts.
const (
	maxText  = 4000 // characters of one message kept
	maxTexts = 10   // messages in one report
	maxFiles = 20   // files in one report
)

// input turns a message into an input of a dialog, or says why it cannot be one.
func (d *Desk) input(r *bot.Request) (in dialog.Input, refusal string) {
	switch {
	case r.File != nil:
		if refusal := d.Accepts(*r.File); refusal != "" {
			return in, refusal
		}
		return dialog.Input{Kind: dialog.File, Value: encodeFile(*r.File)}, ""
	case r.Place != nil:
		return dialog.Input{Kind: dialog.Place, Value: bot.EncodePlace(r.Place.Blur())}, ""
	case strings.TrimSpace(r.Text) == "":
		return in, "dialog.odd"
	case len([]rune(r.Text)) > maxText:
		return in, "dialog.toolong"
	}
	return dialog.Input{Kind: dialog.Text, Value: strings.TrimSpace(r.Text)}, ""
}

// press gives a button to the dialog, if it belongs to the present question.
func (d *Desk) press(ctx context.Context, st Store, r *bot.Request, s dialog.Session) error {
	verb, args := bot.SplitAction(r.Press.Data)
	switch {
	case verb == "lang" && len(args) == 1:
		return d.setLanguage(st, r, args[0])
	case verb == "go" && len(args) == 1:
		return d.fromOutside(ctx, st, r, s, args[0])
	case verb == "add" && len(args) == 2:
		return d.beginAdd(ctx, st, r, cases.Stream(args[0]), args[1])
	case verb == "d" && len(args) == 2 && s.Dialog != "" && args[0] == turn(s):
		return d.advance(ctx, st, r, s, dialog.Input{Kind: dialog.Choice, Value: args[1]})
	}
	r.Toast(bot.T("button.old"))
	return nil
}

// turn marks the buttons of one question.
func turn(s dialog.Session) string { return s.Dialog[:1] + strconv.Itoa(s.Turn) }

func (d *Desk) setLanguage(st Store, r *bot.Request, lang string) error {
	for _, known := range d.Languages {
		if known == lang {
			st.SetLang(lang)
			r.Lang = lang
			r.Reply(bot.Reply{Lines: []bot.Text{bot.T("language.set")}, Menu: bot.ResidentMenu})
			return nil
		}
	}
	r.Toast(bot.T("button.old"))
	return nil
}

func (d *Desk) advance(ctx context.Context, st Store, r *bot.Request, s dialog.Session, in dialog.Input) error {
	c, ok := d.dialogs[s.Dialog]
	if !ok {
		st.DropDraft()
		r.Toast(bot.T("button.old"))
		return nil
	}
	if full(s, in) {
		r.Toast(bot.T("dialog.full"))
		return keep(st, r, s)
	}
	next, result := dialog.Advance(c.Dialog, s, in)
	if result.Warn != "" {
		r.Say(bot.T(result.Warn))
	}
	switch result.Outcome {
	case dialog.Cancelled:
		st.DropDraft()
		d.close(r)
		r.Reply(bot.Reply{Lines: []bot.Text{bot.T("dialog.cancelled")}, Menu: bot.ResidentMenu})
		return nil
	case dialog.Refused:
		r.Toast(bot.T(result.Hint))
		return keep(st, r, s)
	case dialog.Finished:
		return c.commit(d, ctx, st, r, next)
	case dialog.Stale:
		r.Say(bot.T("dialog.stale"))
	}
	if result.Kept {
		return d.kept(st, r, next, in)
	}
	return d.ask(ctx, st, r, next, &result, r.Bubble())
}

func full(s dialog.Session, in dialog.Input) bool {
	return in.Kind == dialog.File && len(s.Answers["file"]) >= maxFiles ||
		in.Kind == dialog.Text && len(s.Answers["text"]) >= maxTexts
}

// close takes the buttons off the question that was just left.
func (d *Desk) close(r *bot.Request) {
	if r.Bubble() != 0 {
		r.Reply(bot.Reply{Edit: r.Bubble()})
	}
}

// kept confirms one more text or file. Of an album only the first is confirmed.
func (d *Desk) kept(st Store, r *bot.Request, s dialog.Session, in dialog.Input) error {
	if s.Extra == nil {
		s.Extra = map[string]string{}
	}
	again := r.Album != "" && s.Extra["album"] == r.Album
	s.Extra["album"] = r.Album
	if err := keep(st, r, s); err != nil || again {
		return err
	}
	text := bot.T("dialog.kept.text", "n", len(s.Answers["text"]))
	if in.Kind == dialog.File {
		text = bot.T("dialog.kept.file")
	}
	r.Reply(bot.Reply{Lines: []bot.Text{text}, Buttons: d.buttons(d.dialogs[s.Dialog].Dialog, s, nil)})
	return nil
}

// ask shows the present question: in place of the last one when a button led
// here, else as a new message.
func (d *Desk) ask(ctx context.Context, st Store, r *bot.Request, s dialog.Session, result *dialog.Result, bubble int) error {
	c := d.dialogs[s.Dialog]
	step := c.Steps[s.At]
	list, err := d.list(ctx, st, step.List)
	if err != nil {
		return err
	}
	if result != nil && result.Warn != "" {
		bubble = 0 // the warning must stand above the question
		d.close(r)
	}
	lines := []bot.Text{bot.T(step.Ask)}
	if step.Review {
		lines = append(lines, d.summary(ctx, st, s)...)
	}
	r.Reply(bot.Reply{Lines: lines, Edit: bubble, Buttons: d.buttons(c.Dialog, s, list)})
	return keep(st, r, s)
}

// list gives the options of a list known only at run time.
func (d *Desk) list(ctx context.Context, st Store, name string) ([]dialog.Option, error) {
	if name != "hamlets" {
		return nil, nil
	}
	w, err := st.Ward(ctx)
	if err != nil {
		return nil, err
	}
	options := make([]dialog.Option, 0, len(w.Hamlets))
	for i, name := range w.Hamlets {
		options = append(options, dialog.Option{Value: hamletValue(i + 1), Text: name, Words: true})
	}
	return options, nil
}

func (d *Desk) buttons(c dialog.Dialog, s dialog.Session, list []dialog.Option) [][]bot.Button {
	step := c.Steps[s.At]
	act := func(choice string) string { return bot.Action("d", turn(s), choice) }
	var rows [][]bot.Button
	columns := max(step.Columns, 1)
	for i, o := range append(list, step.Options...) {
		label := bot.T(o.Text)
		if o.Words {
			label = bot.Words(o.Text)
		}
		b := bot.Button{Label: label, Do: act(o.Value)}
		if i%columns == 0 || i == len(list) {
			rows = append(rows, nil)
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], b)
	}
	var moves []bot.Button
	if len(s.Path) > 0 {
		moves = append(moves, bot.Button{Label: bot.T("button.back"), Do: act(dialog.Back)})
	}
	if step.Skip != "" {
		moves = append(moves, bot.Button{Label: bot.T("button.skip"), Do: act(dialog.Skip)})
	}
	if !step.Review && hasReview(c) && answered(c, s) {
		moves = append(moves, bot.Button{Label: bot.T("button.review"), Do: act(dialog.Review)})
	}
	moves = append(moves, bot.Button{Label: bot.T("button.cancel"), Do: act(dialog.Cancel)})
	return append(rows, moves)
}

func hasReview(c dialog.Dialog) bool {
	for _, s := range c.Steps {
		if s.Review {
			return true
		}
	}
	return false
}

func answered(c dialog.Dialog, s dialog.Session) bool {
	for _, name := range c.Need {
		if len(s.Answers[name]) == 0 {
			return false
		}
	}
	return true
}

func encodeFile(f cases.OfferedFile) string {
	raw, err := json.Marshal(f)
	if err != nil {
		panic("a file is strings and a number: " + err.Error())
	}
	return string(raw)
}

func files(s dialog.Session) []cases.OfferedFile {
	var out []cases.OfferedFile
	for _, v := range s.Answers["file"] {
		var f cases.OfferedFile
		if json.Unmarshal([]byte(v), &f) == nil {
			out = append(out, f)
		}
	}
	return out
}

func hamletValue(n int) string { return "h" + strconv.Itoa(n) }

// hamletOf reads the number of a hamlet from an answer; 0 when it is none.
func hamletOf(answer string) int {
	if !strings.HasPrefix(answer, "h") {
		return 0
	}
	n, err := strconv.Atoi(answer[1:])
	if err != nil || n < 1 {
		return 0
	}
	return n
}
