package intake

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

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

// otherVersion is the number of no dialog.
const otherVersion = -1

// present is the person's place in a dialog as it is today. Steps that are no more are
// left out of the way back; a session that stands at one is of another version. What
// was written in a dialog that is no more is kept like words outside of any.
func (d *Desk) present(st Store) dialog.Session { return d.valid(openDraft(st)) }

// valid is a session of a draft as present needs it.
func (d *Desk) valid(s dialog.Session) dialog.Session {
	s = renamed(s)
	if s.Dialog == "" || s.Dialog == looseID {
		return s
	}
	c, known := d.dialogs[s.Dialog]
	if !known {
		if s = carried(dialog.Session{Dialog: looseID}, s); len(s.Answers) == 0 {
			return dialog.Session{}
		}
		return s
	}
	s.Edit = s.Edit && hasReview(c.Dialog)
	gone := func(step dialog.StepID) bool { _, ok := c.Steps[step]; return !ok }
	if s.Path = slices.DeleteFunc(s.Path, gone); gone(s.At) {
		s.Ver = otherVersion
	}
	if s.Aside != "" && gone(s.Aside) {
		s.Aside = ""
	}
	return s
}

// renamed is a session of the release before this one as it is written today: of a place
// there was one answer, with a mark of its kind.
func renamed(s dialog.Session) dialog.Session {
	current := s.Ver != 1 && s.Dialog != looseID || s.Dialog != reportID && s.Dialog != helpID && s.Dialog != looseID
	if current {
		return s
	}
	if s.Dialog != looseID {
		s.Ver = 2
	}
	old := s.Answers["where"]
	if len(old) != 1 {
		return s
	}
	mark, value, _ := strings.Cut(old[0], ":")
	if name := map[string]string{"h": "hamlet", "p": "stand", "t": "where"}[mark]; name != "" {
		s.Answers = maps.Clone(s.Answers)
		delete(s.Answers, "where")
		s = with(s, name, false, value)
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
	s := fresh(c.Dialog, st.Now())
	if fill != nil {
		fill(&s)
	}
	if c.notice != nil {
		w, err := st.Ward(ctx)
		if err != nil {
			return err
		}
		r.Reply(bot.Reply{Lines: c.notice(w), Buttons: moreButton(id)})
		if w.PoliceException && id == helpID {
			s.Extra = maps.Clone(s.Extra)
			if s.Extra == nil {
				s.Extra = map[string]string{}
			}
			s.Extra[announced] = "yes"
		}
	}
	if s.Has("point") { // it was sent before: what it is has to be known first
		for _, e := range c.Any {
			if e.On == dialog.Place && e.Aside {
				s.At, s.Aside = e.To, s.At
			}
		}
	}
	return d.ask(ctx, st, r, s, 0)
}

// fresh is a session whose buttons can be told from those of every earlier one: it
// counts its turns from the moment it began.
func fresh(c dialog.Dialog, now time.Time) dialog.Session {
	s := c.Open()
	s.Turn = int(now.Sub(firstTurn).Milliseconds())
	return s
}

// firstTurn keeps the data of buttons short.
var firstTurn = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// typed gives a message to the dialog the person is in.
func (d *Desk) typed(ctx context.Context, st Store, r *bot.Request, s dialog.Session) error {
	if codes := receiptsIn(r.Text); len(codes) > 0 && s.Dialog == lookUpID {
		r.Text = codes[0].code
	} else if len(codes) > 0 { // staff who read it could use it
		if besides(r.Text) == "" && r.File == nil {
			return d.hint(ctx, st, r, s, "dialog.code")
		}
		d.mention(r)
		s = withFile(r, s, codes)
		r.Text = d.shown(r)
	}
	s, place := placed(originated(s, r), r)
	in, refusal := d.input(r)
	if refusal != "" {
		why := fileText(r, refusal, place)
		if s, kept := caption(r, s); kept { // the words below a file that is refused
			r.Say(why)
			return d.kept(ctx, st, r, s, dialog.Input{Kind: dialog.Text})
		}
		if _, again := sameAlbum(s, "hint", r.Album); again && place > 0 { // each file has its own reason
			r.Say(why)
			return keep(st, r, s)
		}
		return d.hintAt(ctx, st, r, s, why)
	}
	return d.advance(ctx, st, r, s, in)
}

// Limits of one case, well above what a person needs and below what hurts.
const (
	maxText  = 4096 // characters of one message; no phone sends more
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
	case r.Place != nil && r.Venue != "":
		return dialog.Input{Kind: dialog.Venue, Value: encodePoint(*r.Place, r.Venue)}, ""
	case r.Place != nil:
		return dialog.Input{Kind: dialog.Place, Value: encodePoint(*r.Place, "")}, ""
	case strings.TrimSpace(r.Text) == "":
		return in, "dialog.odd"
	case len([]rune(r.Text)) > maxText:
		return in, "dialog.toolong"
	}
	return dialog.Input{Kind: dialog.Text, Value: strings.TrimSpace(r.Text)}, ""
}

// caption keeps the words below a file; kept is false when there are none, or no
// room for them.
func caption(r *bot.Request, s dialog.Session) (next dialog.Session, kept bool) {
	words := strings.TrimSpace(r.Text)
	if r.File == nil || words == "" || len(s.Answers["text"]) >= maxTexts || !takesFiles(s.Dialog) {
		return s, false
	}
	return with(s, "text", true, words), true
}

// with is the session with one more answer, or with another in place of the old.
func with(s dialog.Session, name string, add bool, value string) dialog.Session {
	s.Answers = maps.Clone(s.Answers)
	if s.Answers == nil {
		s.Answers = map[string][]string{}
	}
	if add {
		s.Answers[name] = append(slices.Clone(s.Answers[name]), value)
	} else {
		s.Answers[name] = []string{value}
	}
	return s
}

// press gives a button to the dialog, if it belongs to the present question.
func (d *Desk) press(ctx context.Context, st Store, r *bot.Request, s dialog.Session) error {
	verb, args := bot.SplitAction(r.Press.Data)
	switch {
	case verb == clearVerb:
		return vanish(ctx, st, r)
	case verb == listVerb:
		return d.listed(ctx, st, r, args)
	case verb == discreetVerb:
		d.choseDiscreet(st, r, args)
		return nil
	case verb == bot.SeeVerb && len(args) == 1:
		return d.see(ctx, st, r, args[0])
	case verb == bot.HideVerb && len(args) == 1:
		return d.hide(ctx, st, r, args[0])
	case verb == moreVerb && len(args) == 1:
		return d.more(ctx, st, r, args[0])
	case verb == "lang" && len(args) == 1:
		return d.setLanguage(ctx, st, r, s, args[0])
	case verb == "go" && len(args) == 1:
		return d.fromOutside(ctx, st, r, s, args[0])
	case verb == "add" && len(args) == 2:
		return d.beginAdd(ctx, st, r, s, cases.Stream(args[0]), args[1])
	case verb == "nam" && len(args) == 2:
		return d.unnamed(ctx, st, r, args[0], args[1] == "y")
	case verb == "con" && len(args) == 3:
		return d.consent(ctx, st, r, args[0], args[1], args[2] == "y")
	case verb == "rate" && len(args) == 3:
		return d.rate(ctx, st, r, args)
	case (verb == wordID || verb == wishID) && len(args) == 2:
		return d.beginAfter(ctx, st, r, s, verb, args)
	case verb == supportVerb:
		return d.supported(ctx, st, r, args)
	case verb == undoVerb && len(args) == 1:
		return d.takeBack(ctx, st, r, s, args[0])
	case verb == threadVerb && len(args) == 2:
		return d.toThread(ctx, st, r, s, args)
	case verb == mentionVerb && len(args) == 2:
		return d.addMentioned(ctx, st, r, s, args[0], args[1])
	case verb == exactVerb && len(args) == 2:
		return d.sendExact(ctx, st, r, s, args)
	case verb == dangerVerb && len(args) == 1:
		return d.pressedDanger(ctx, st, r, s, args[0])
	case verb == placesVerb:
		return d.places(ctx, st, r, args)
	case verb == pageVerb && len(args) == 1:
		return d.page(ctx, st, r, args[0])
	case verb == newsVerb && len(args) == 1:
		return d.news(ctx, st, r, args[0] == newsOn)
	case verb == draftVerb && len(args) > 0:
		return d.draft(ctx, st, r, s, args)
	case verb == aboutVerb && len(args) == 2 && s.Dialog == reportID && args[0] == turn(s):
		return d.about(ctx, st, r, s, cases.About(args[1]))
	case verb == pictureVerb && len(args) == 1:
		return d.picture(r, args[0])
	case verb == statusVerb && len(args) == 1:
		return d.statusOf(ctx, st, r, args[0])
	case verb == "own" && len(args) > 0:
		return d.own(ctx, st, r, args)
	case verb == "d" && len(args) == 2 && s.Dialog != "" && s.Dialog != looseID && args[0] == turn(s):
		return d.advance(ctx, st, r, s, dialog.Input{Kind: dialog.Choice, Value: args[1]})
	}
	r.Toast(bot.T("button.old"))
	if verb == "d" && s.Dialog != "" {
		return d.resume(ctx, st, r, s) // the question that waits is asked where the person looks
	}
	return nil
}

// turn marks the buttons of one question.
func turn(s dialog.Session) string { return s.Dialog[:min(1, len(s.Dialog))] + strconv.Itoa(s.Turn) }

func (d *Desk) setLanguage(ctx context.Context, st Store, r *bot.Request, s dialog.Session, lang string) error {
	if slices.Contains(d.Languages, lang) {
		st.SetLang(lang)
		r.Lang = lang
		d.close(r)
		r.Reply(bot.Reply{Lines: []bot.Text{bot.T("language.set")}, Menu: bot.ResidentMenu})
		return d.resume(ctx, st, r, s)
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
	s, _ = caption(r, s)
	if full(s, in) && !wants(c.Steps[s.At], in.Kind) {
		return d.hint(ctx, st, r, s, "dialog.full")
	}
	if in.Kind == dialog.Choice && in.Value == dialog.Cancel {
		return d.giveUp(st, r, s)
	}
	if in.Kind == dialog.Choice && in.Value == clearing && losing(c.Dialog, s) {
		return d.askDrop(st, r, s, draftClear)
	}
	next, result := dialog.Advance(c.Dialog, s, in)
	before := len(r.Replies)
	if err := d.warn(ctx, st, r, result.Warn); err != nil {
		return err
	}
	next, err := d.chosen(ctx, st, r, next)
	if err != nil {
		return err
	}
	switch result.Outcome {
	case dialog.Cancelled:
		st.DropDraft()
		d.close(r)
		r.Reply(bot.Reply{Lines: []bot.Text{bot.T("dialog.cancelled")}, Menu: bot.ResidentMenu})
		return nil
	case dialog.Refused:
		return d.hint(ctx, st, r, s, result.Hint)
	case dialog.Finished:
		return c.commit(d, ctx, st, r, next)
	case dialog.Stale:
		r.Say(bot.T("dialog.stale"))
	}
	again := false
	if in.Kind == dialog.File {
		next, again = sameAlbum(next, "album", r.Album)
	}
	switch {
	case again:
		return keep(st, r, next)
	case result.Kept && in.Kind != dialog.Choice:
		return d.kept(ctx, st, r, next, in)
	}
	next = answered(c.Dialog, next)
	bubble := r.Bubble()
	if len(r.Replies) > before {
		bubble = 0 // what was said must stand above the question
		d.close(r)
	}
	return d.ask(ctx, st, r, next, bubble)
}

// answers are the names under which what a person sends is kept outside of any conversation.
var answers = map[dialog.InputKind]string{dialog.Text: "text", dialog.File: "file", dialog.Place: "point", dialog.Venue: "point"}

// takes reports whether a question takes a kind of input, as a certain answer
// unless that is "".
func takes(s dialog.Step, kind dialog.InputKind, as string) bool {
	return slices.ContainsFunc(s.Edges, func(e dialog.Edge) bool { return e.On == kind && (as == "" || e.Save == as) })
}

// wants reports whether a question takes a kind of input as an answer of its own,
// such as words for a place.
func wants(s dialog.Step, kind dialog.InputKind) bool {
	return takes(s, kind, "") && !takes(s, kind, answers[kind])
}

// hint answers what the present question cannot take, once for an album, with the
// question's buttons.
func (d *Desk) hint(ctx context.Context, st Store, r *bot.Request, s dialog.Session, key string) error {
	return d.hintAt(ctx, st, r, s, bot.T(key))
}

// hintAt is hint for a text with values.
func (d *Desk) hintAt(ctx context.Context, st Store, r *bot.Request, s dialog.Session, text bot.Text) error {
	if r.Press != nil {
		r.Toast(text)
		return keep(st, r, s)
	}
	s, again := sameAlbum(s, "hint", r.Album)
	if again {
		return keep(st, r, s)
	}
	buttons, err := d.buttons(ctx, st, s)
	if err != nil {
		return err
	}
	r.Reply(bot.Reply{Lines: []bot.Text{text}, Buttons: buttons})
	return keep(st, r, s)
}

func full(s dialog.Session, in dialog.Input) bool {
	return in.Kind == dialog.File && len(s.Answers["file"]) >= maxFiles ||
		in.Kind == dialog.Text && len(s.Answers["text"]) >= maxTexts
}

// close takes the buttons off the question that was just left.
func (d *Desk) close(r *bot.Request) {
	if r.Bubble() == 0 {
		return
	}
	var hide [][]bot.Button // the words of a discreet message can still be hidden
	for _, data := range r.Press.Beside {
		if verb, args := bot.SplitAction(data); verb == bot.HideVerb && len(args) == 1 {
			hide = hideButton(args[0])
		}
	}
	r.Reply(bot.Reply{Edit: r.Bubble(), Buttons: hide})
}

// kept confirms one more text, file or place. When the present question asked for
// something else, it is asked again.
func (d *Desk) kept(ctx context.Context, st Store, r *bot.Request, s dialog.Session, in dialog.Input) error {
	step := d.dialogs[s.Dialog].Steps[s.At]
	switch {
	case step.Review:
		return d.ask(ctx, st, r, s, 0)
	case !takes(step, in.Kind, ""):
		return d.ask(ctx, st, r, s, 0, bot.T("dialog.early."+string(in.Kind)))
	}
	line := bot.T("dialog.kept.text", "n", len(s.Answers["text"]), "done", bot.T(step.Options[0].Text))
	if in.Kind == dialog.File {
		line = bot.T("dialog.kept.file", "done", bot.T(step.Options[0].Text))
	}
	buttons, err := d.buttons(ctx, st, s)
	if err != nil {
		return err
	}
	r.Reply(bot.Reply{Lines: []bot.Text{line}, Buttons: buttons})
	return keep(st, r, s)
}

// sameAlbum reports whether a message belongs to the album that was answered
// already, and remembers its album. what tells answers of different kinds apart.
func sameAlbum(s dialog.Session, what, album string) (next dialog.Session, again bool) {
	again = album != "" && s.Extra[what] == album
	s.Extra = maps.Clone(s.Extra)
	if s.Extra == nil {
		s.Extra = map[string]string{}
	}
	s.Extra[what] = album
	return s, again
}

// ask shows the present question, below the lines before it: in place of a bubble
// when a button led here, else (0) as a new message.
func (d *Desk) ask(ctx context.Context, st Store, r *bot.Request, s dialog.Session, bubble int, before ...bot.Text) error {
	c := d.dialogs[s.Dialog].Dialog
	step := c.Steps[s.At]
	question := bot.T(step.Ask)
	if n, of := c.Number(s); of > 1 {
		question = bot.T("dialog.number", "n", n, "of", of, "question", question)
	}
	lines := append(append(slices.Clone(before), caseLine(s)...), question)
	texts, files := len(s.Answers["text"]), len(s.Answers["file"])
	switch {
	case step.Review:
		shown := s
		if r.Album == "" {
			shown.Extra = maps.Clone(s.Extra)
			delete(shown.Extra, "album")
		}
		lines = append(lines, d.summary(ctx, st, shown)...)
		lines = append(lines, aboutLine(s)...)
	case s.Dialog == reportID && s.At == "where" && s.Has("hamlet", "where", "venue", "pin", "stand", "point"):
		lines = append(lines, d.whereLines(ctx, st, content(s))...)
	case (takes(step, dialog.File, "file") || s.Dialog == lookUpID) && texts+files > 0:
		lines = append(lines, bot.T("dialog.have", "texts", texts, "files", files))
	}
	buttons, err := d.buttons(ctx, st, s)
	if err != nil {
		return err
	}
	r.Reply(bot.Reply{Lines: lines, Edit: bubble, Buttons: buttons})
	return keep(st, r, s)
}

// resume asks the present question again after something else was answered.
func (d *Desk) resume(ctx context.Context, st Store, r *bot.Request, s dialog.Session) error {
	if s.Dialog == looseID {
		return d.offerLoose(ctx, st, r, s, "outside")
	}
	if s.Dialog == lookUpID && len(s.Answers) == 0 {
		return nil // the question for a code waits where it stands; nothing was written
	}
	c, ok := d.dialogs[s.Dialog]
	if !ok || c.Ver != s.Ver {
		return nil
	}
	return d.ask(ctx, st, r, s, 0, bot.T("dialog.resume"))
}
