// Package intake holds the conversations of residents: sending a report, asking
// for help, looking up a receipt, adding to a case, reading information, and
// choosing a language. Each conversation is one dialog.Dialog value with one
// commit function; what a person wrote outside of any conversation is kept and
// offered back, never dropped.
//
// Nothing here knows who the person is. The chat of a request is used for the
// way back and for nothing else.
package intake

import (
	"context"
	"errors"
	"slices"

	"tinbao/bot"
	"tinbao/bot/dialog"
	"tinbao/cases"
)

// Store is what residents' conversations need from the transaction of the update.
type Store interface {
	bot.Work
	Meter
	Counting
	Own
	Afterwards
	Support
	Pages
	Colleagues
	SetLang(lang string)
	Ward(ctx context.Context) (cases.Ward, error)
}

// Counting takes in what people send, and shows what became of it.
type Counting interface {
	Receive(ctx context.Context, back cases.Route, c cases.NewCase) (cases.Receipt, cases.Case, error)
	LookUp(ctx context.Context, receipt cases.Receipt) (cases.ResidentView, error)
	// NobodyInDanger says that what is added next shows no danger now, as the person says.
	NobodyInDanger()
	AddInfo(ctx context.Context, stream cases.Stream, caseID string, from cases.Route, text string, files []cases.OfferedFile) (cases.Case, error)
}

// Own is what a person decides about what was sent, and what the chat remembers of it.
type Own interface {
	Threads
	Choices
	Owning
	CutRoute(ctx context.Context, stream cases.Stream, caseID string) error
	TakeBack(ctx context.Context, stream cases.Stream, caseID string) (cases.Case, error)
	Forget(ctx context.Context, stream cases.Stream, caseID string) (c cases.Case, ended bool, err error)
	Unnamed(ctx context.Context, caseID string, stay bool) (cases.Case, error)
	Consent(ctx context.Context, caseID string, talk int, yes bool, back cases.Route) (help cases.Case, receipt cases.Receipt, err error)
}

// Desk answers residents.
type Desk struct {
	// Label gives the words on a button of the menu, to recognise them typed.
	Label func(lang, key string) string
	// Accepts refuses a file before it is fetched, with a locale key; "" = fine.
	Accepts func(f cases.OfferedFile) string
	// Kept is how long what is stored is kept; residents are told.
	Kept cases.Retention
	// Picture draws a receipt code as a PNG; nil = none is offered.
	Picture func(code string) ([]byte, error)
	// Languages are the languages of the menus.
	Languages []string

	dialogs map[string]conversation
}

// conversation joins a dialog with what happens at its end.
type conversation struct {
	dialog.Dialog
	notice func(w cases.Ward) []bot.Text // said before the first question; nil = nothing
	commit func(d *Desk, ctx context.Context, st Store, r *bot.Request, s dialog.Session) error
}

// New makes a desk and checks every dialog; has tells whether a text exists.
func New(d Desk, has func(key string) bool) (*Desk, error) {
	d.dialogs = map[string]conversation{}
	var faults []error
	for _, c := range []conversation{d.report(), d.help(), lookUp(), d.addInfo(), ratingWord(), wish(), ownWord(), proof()} {
		faults = append(faults, c.Check(has))
		d.dialogs[c.ID] = c
	}
	return &d, errors.Join(faults...)
}

// Dialogs gives the dialogs for checks and drawings.
func (d *Desk) Dialogs() []dialog.Dialog {
	var all []dialog.Dialog
	for _, c := range d.dialogs {
		all = append(all, c.Dialog)
	}
	return all
}

// Handle answers one update of a resident.
func (d *Desk) Handle(ctx context.Context, st Store, r *bot.Request) error {
	sh := shelve(st)
	if err := d.handle(ctx, sh, r); err != nil {
		return err
	}
	d.offerBeside(sh, r)
	return nil
}

func (d *Desk) handle(ctx context.Context, st Store, r *bot.Request) error {
	if r.Blocked || r.Unblocked || r.Edited && r.Place != nil {
		return nil // what is shared live comes as a change every few seconds
	}
	if stop, err := d.pace(ctx, st, r); stop || err != nil {
		return err
	}
	s := d.present(st)
	switch {
	case r.Edited:
		return d.edited(ctx, st, r, s)
	case r.Press != nil:
		return d.press(ctx, st, r, s)
	case r.Command != "":
		return d.command(ctx, st, r, s, r.Command)
	}
	r.Venue, r.Origin = d.Blanked(r.Lang, r.Venue), d.Blanked(r.Lang, r.Origin)
	if action, ok := d.menu(r.Text); ok && r.File == nil {
		return d.command(ctx, st, r, s, action)
	}
	if done, err := d.converse(ctx, st, r, s); done || err != nil {
		return err
	}
	d.noteWords(st, r)
	s, err := d.danger(ctx, st, r, s)
	if err != nil {
		return err
	}
	if of, ok := quotedCase(st, r.Quoted); ok {
		return d.addTo(ctx, st, r, s, of)
	}
	if s.Dialog == "" || s.Dialog == looseID {
		return d.outside(ctx, st, r, s)
	}
	return d.typed(ctx, st, r, s)
}

// converse answers what is no content: greetings, thanks, and the question for a code
// that is lost.
func (d *Desk) converse(ctx context.Context, st Store, r *bot.Request, s dialog.Session) (done bool, err error) {
	idle := s.Dialog == "" || s.Dialog == looseID || s.Dialog == lookUpID
	if !idle || r.File != nil || r.Place != nil || r.Text == "" {
		return false, nil
	}
	if whole, part := saysLost(r.Text); whole {
		return true, d.lostCode(ctx, st, r)
	} else if part {
		r.Say(bot.T("code.lost"))
	}
	if asksPolice(r.Text) && r.Quoted == nil && len(lastOf(st)) == 0 {
		return true, d.aboutPolice(ctx, st, r)
	}
	if asksStatus(r.Text) && r.Quoted == nil && len(lastOf(st)) > 0 {
		return true, d.lastStatus(ctx, st, r, "status.here")
	}
	talk := smallTalk(r.Text)
	if talk == "" || r.Quoted != nil {
		return false, nil
	}
	if talk == "assent" {
		talk = "thanks"
		if all := lastOf(st); len(all) > 0 { // to a question it is an answer
			v, err := st.OwnCase(ctx, all[0])
			if err == nil && v.Status == cases.NeedInfo {
				return false, nil
			}
			if err != nil && cases.KindOf(err) != cases.NotFound {
				return false, err
			}
		}
	}
	r.Reply(bot.Reply{Lines: []bot.Text{bot.T("talk." + talk)}, Menu: bot.ResidentMenu})
	return true, nil
}

// aboutPolice answers whether the police are told, before anything is written.
func (d *Desk) aboutPolice(ctx context.Context, st Store, r *bot.Request) error {
	w, err := st.Ward(ctx)
	if err != nil {
		return err
	}
	help := "talk.police.help"
	if w.PoliceException {
		help += ".exception"
	}
	r.Reply(bot.Reply{Lines: []bot.Text{bot.T("talk.police"), bot.T(help), bot.T("talk.police.report")}, Menu: bot.ResidentMenu})
	return nil
}

// lostCode says what can be done without the code, and shows the case of this chat.
func (d *Desk) lostCode(ctx context.Context, st Store, r *bot.Request) error {
	if code, ok := st.Code(); ok {
		r.Say(bot.T("code.again", "code", code.String()))
		return nil
	}
	r.Reply(bot.Reply{Lines: []bot.Text{bot.T("code.lost")}, Menu: bot.ResidentMenu})
	return d.lastStatus(ctx, st, r, "code.lost.here")
}

// lastStatus shows the case that the ward wrote to the chat about last, below a line.
func (d *Desk) lastStatus(ctx context.Context, st Store, r *bot.Request, head string) error {
	for _, of := range lastOf(st) {
		v, err := st.OwnCase(ctx, of)
		if cases.KindOf(err) == cases.NotFound {
			continue
		}
		if err != nil {
			return err
		}
		w, err := st.Ward(ctx)
		if err != nil {
			return err
		}
		reply := d.status(v, w, st.Now())
		reply.Lines = append([]bot.Text{bot.T(head)}, reply.Lines...)
		reply.Of = &bot.CaseRef{Stream: of.Stream, ID: of.ID}
		r.Reply(reply)
		return nil
	}
	return nil
}

// menuActions are the buttons below the input field and what they do.
var menuActions = map[string]string{
	"menu.report": "baotin", "menu.help": "hotro", "menu.lookup": "tracuu",
	"menu.guide": "huongdan", "menu.emergency": "khancap", "menu.privacy": "riengtu",
	"menu.list": "cuatoi", "menu.discreet": "kindao",
}

// Menu is the keyboard of residents.
var Menu = [][]bot.Text{
	{bot.T("menu.report"), bot.T("menu.help")},
	{bot.T("menu.lookup"), bot.T("menu.guide")},
	{bot.T("menu.list"), bot.T("menu.discreet")},
	{bot.T("menu.emergency"), bot.T("menu.privacy")},
}

func (d *Desk) menu(text string) (string, bool) {
	typed := folded(text)
	if typed == "" {
		return "", false
	}
	for key, action := range menuActions {
		for _, lang := range d.Languages {
			if plainLabel(d.Label(lang, key)) == typed {
				return action, true
			}
		}
	}
	if slices.Contains(stops, typed) {
		return "huy", true
	}
	action, ok := named[typed]
	return action, ok
}

// command does what a menu button or a typed command asks for. Every unknown
// word gets the same answer, a staff command too.
func (d *Desk) command(ctx context.Context, st Store, r *bot.Request, s dialog.Session, name string) error {
	switch name {
	case "baotin", "report":
		return d.open(ctx, st, r, s, reportID)
	case "hotro", "support":
		return d.open(ctx, st, r, s, helpID)
	case "tracuu", "lookup":
		return d.open(ctx, st, r, s, lookUpID)
	case "start":
		return d.start(ctx, st, r, s)
	case "huy", "cancel":
		return d.giveUp(st, r, s)
	}
	if name == "xoachat" || name == "clear" {
		return vanish(ctx, st, r)
	}
	if err := d.inform(ctx, st, r, name); err != nil || slices.Contains(languageWords, name) {
		return err // the question comes again in the language chosen
	}
	return d.resume(ctx, st, r, s)
}

var languageWords = []string{"language", "ngonngu"}

// open begins a conversation, or goes on with it where something was written. What
// was kept outside of any goes into it; what was begun in another is kept beside.
func (d *Desk) open(ctx context.Context, st Store, r *bot.Request, s dialog.Session, id string) error {
	if s.Dialog == looseID {
		return d.fromOutside(ctx, st, r, s, id)
	}
	if s.Dialog == id && len(s.Answers) > 0 {
		return d.resume(ctx, st, r, s)
	}
	if other, ok := drawerOf(st).take(id); ok {
		return d.turnTo(ctx, st, r, s, other)
	}
	d.putBeside(st, r, s)
	return d.begin(ctx, st, r, id, nil)
}

// inform answers a command that begins nothing.
func (d *Desk) inform(ctx context.Context, st Store, r *bot.Request, name string) error {
	line := bot.T("error.command")
	switch name {
	case "khancap", "emergency":
		return d.emergency(ctx, st, r)
	case languageWords[0], languageWords[1]:
		d.languages(r)
		return nil
	case "huongdan", "guide":
		if err := d.pagesMenu(ctx, st, r, 0); err != nil {
			return err
		}
		return d.offerPlaces(ctx, st, r, "")
	case "cuatoi", "mine":
		d.showList(st, r, 0)
		return nil
	case "kindao", "discreet":
		d.discreetly(st, r, 0)
		return nil
	case "huytin", "nonews":
		return d.news(ctx, st, r, false)
	case "riengtu", "privacy":
		line = bot.T("privacy", "routes", d.Kept.Routes, "content", d.Kept.Content)
	case "ma", "code":
		line = codeAgain(st)
	case "help", "trogiup":
		line = bot.T("resident.commands")
	}
	r.Reply(bot.Reply{Lines: []bot.Text{line}, Menu: bot.ResidentMenu})
	return nil
}

func (d *Desk) languages(r *bot.Request) {
	row := make([]bot.Button, 0, len(d.Languages))
	for _, lang := range d.Languages {
		row = append(row, bot.Button{Label: bot.T("language." + lang), Do: bot.Action("lang", lang)})
	}
	r.Reply(bot.Reply{Lines: []bot.Text{bot.T("language.ask")}, Buttons: [][]bot.Button{row}})
}

// emergency shows the numbers; those of the ward only when the ward has set them.
func (d *Desk) emergency(ctx context.Context, st Store, r *bot.Request) error {
	lines, err := emergencyLines(ctx, st)
	if err != nil {
		return err
	}
	r.Say(lines...)
	return nil
}

func emergencyLines(ctx context.Context, st Store) ([]bot.Text, error) {
	w, err := st.Ward(ctx)
	if err != nil {
		return nil, err
	}
	lines := []bot.Text{bot.T("emergency")}
	for _, who := range []string{"police", "health", "office"} {
		if number := w.Phones[who]; number != "" {
			lines = append(lines, bot.T("emergency."+who, "number", number))
		}
	}
	return lines, nil
}
