package intake

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"tinbao/bot"
	"tinbao/bot/dialog"
	"tinbao/cases"
)

// How long what a person has not sent is kept, counted from the last thing the person did.
const (
	reportKept  = 24 * time.Hour   // reports, words outside of any conversation, and help on demand
	Quiet       = 30 * time.Minute // everything else; help unless the person wants longer
	RemindAfter = 10 * time.Minute // one quiet reminder
	backFor     = 10 * time.Minute // what was dropped can be brought back
)

// keepAnswer is the answer that says a request for help is kept as long as a report.
const keepAnswer = "keep"

// The buttons about drafts: what is to be done, and the mark of the question they stand below.
const (
	draftVerb  = "draft"
	draftGo    = "go"    // go on writing
	draftSend  = "send"  // send what is there
	draftAsk   = "ask"   // ask whether to drop it
	draftDrop  = "drop"  // drop it
	draftClear = "clear" // drop its words and files
	draftBack  = "back"  // bring back what was dropped
	draftOther = "other" // go on with the one kept beside
)

// drawer is what lies beside the open conversation: conversations left for another one,
// and what was dropped a moment ago.
type drawer struct {
	Beside  []put `json:"beside,omitempty"`
	Dropped *put  `json:"dropped,omitempty"`
}

// put is a conversation in the drawer.
type put struct {
	dialog.Session
	Since time.Time `json:"since"`
}

// stored is all of a draft as it is kept.
type stored struct {
	dialog.Session
	drawer
}

// shelved is a store that keeps the drawer beside whatever draft is saved or dropped.
type shelved struct {
	Store
	drawer
	ended bool // a conversation is over
}

func shelve(st Store) *shelved {
	sh := &shelved{Store: st}
	var all stored
	if raw := st.Draft(); raw != nil && json.Unmarshal(raw, &all) == nil {
		sh.drawer = all.drawer
	}
	return sh
}

// SaveDraft keeps a draft with the drawer.
func (s *shelved) SaveDraft(draft []byte, lang string) {
	s.Store.SaveDraft(s.beside(draft), lang)
}

// DropDraft ends the open conversation; the drawer stays.
func (s *shelved) DropDraft() {
	s.ended = true
	if len(s.Beside) == 0 && s.Dropped == nil {
		s.Store.DropDraft()
		return
	}
	lang := s.Lang()
	s.Store.SaveDraft(s.beside([]byte("{}")), lang)
}

// beside is a draft with the drawer in it. What this package does not know of the draft
// stays as it is.
func (d drawer) beside(draft []byte) []byte {
	var all map[string]json.RawMessage
	if json.Unmarshal(draft, &all) != nil || all == nil {
		return draft
	}
	more, err := json.Marshal(d)
	if err != nil {
		panic("a draft is strings and numbers: " + err.Error())
	}
	delete(all, "beside")
	delete(all, "dropped")
	if err := json.Unmarshal(more, &all); err != nil {
		panic("an object was just written: " + err.Error())
	}
	raw, err := json.Marshal(all)
	if err != nil {
		panic("an object was just read: " + err.Error())
	}
	return raw
}

// drawerOf is the drawer of the chat.
func drawerOf(st Store) *drawer {
	if sh, ok := st.(*shelved); ok {
		return &sh.drawer
	}
	return &drawer{}
}

// destroyDrafts leaves nothing that could be brought back.
func destroyDrafts(st Store) {
	*drawerOf(st) = drawer{}
	st.DropDraft()
}

// nameOf tells conversations in the drawer apart: those about a case by the case.
func nameOf(s dialog.Session) string { return cmp.Or(s.Extra["case"], s.Dialog) }

// take takes a conversation out of the drawer.
func (d *drawer) take(name string) (s dialog.Session, ok bool) {
	i := slices.IndexFunc(d.Beside, func(p put) bool { return nameOf(p.Session) == name })
	if i < 0 {
		return s, false
	}
	s = d.Beside[i].Session
	d.Beside = slices.Delete(d.Beside, i, i+1)
	return s, true
}

// holds reports whether a conversation holds something a person made, which is dropped only
// after a question.
func holds(s dialog.Session) bool {
	return s.Has("text", "file", "online", "where", "venue") || strings.HasPrefix(s.First("contact"), "t:")
}

// putBeside keeps a conversation for later, when something was answered in it.
func (d *Desk) putBeside(st Store, r *bot.Request, s dialog.Session) {
	if s.Dialog == "" || len(s.Answers) == 0 {
		return
	}
	if s.Dialog == lookUpID { // what was written before the code was asked for
		if s = carried(dialog.Session{Dialog: looseID}, s); len(s.Answers) == 0 {
			return
		}
	}
	box := drawerOf(st)
	if earlier, ok := box.take(nameOf(s)); ok {
		s = joined(s, earlier)
	}
	box.Beside = append(box.Beside, put{s, st.Now()})
	r.Say(bot.T("draft.beside"))
}

// joined is a conversation with all that a person made in an earlier one of the same name:
// of two answers to one question that takes a single one, the earlier becomes text.
func joined(s, earlier dialog.Session) dialog.Session {
	s = carried(s, earlier)
	for _, name := range []string{"where", "online", "venue"} {
		for _, value := range earlier.Answers[name] {
			switch {
			case !s.Has(name):
				s = with(s, name, false, value)
			case !slices.Contains(s.Answers[name], value):
				s = with(s, "text", true, value)
			}
		}
	}
	was, typed := strings.CutPrefix(earlier.First("contact"), "t:")
	switch is, both := strings.CutPrefix(s.First("contact"), "t:"); {
	case typed && !s.Has("contact"):
		s = with(s, "contact", false, earlier.First("contact"))
	case typed && both && was != is: // never among the words, which others read
		s = with(s, "contact", false, "t:"+was+"; "+is)
	}
	return s
}

// offerBeside offers what lies in the drawer once the open conversation is over.
func (d *Desk) offerBeside(sh *shelved, r *bot.Request) {
	if !sh.ended || len(sh.Beside) == 0 || openDraft(sh).Dialog != "" {
		return
	}
	r.Reply(bot.Reply{Lines: []bot.Text{bot.T("draft.other")}, Buttons: [][]bot.Button{{otherButton(sh.Beside[len(sh.Beside)-1])}}})
}

func otherButton(p put) bot.Button {
	return bot.Button{Label: bot.T("draft.go"), Do: bot.Action(draftVerb, draftOther, nameOf(p.Session))}
}

// complete reports whether a conversation can be sent as it is.
func (d *Desk) complete(s dialog.Session) bool {
	c, ok := d.dialogs[s.Dialog]
	return ok && c.Ver == s.Ver && (hasReview(c.Dialog) && c.Missing(s) == "" || s.Dialog == addID && holds(s))
}

// draftButtons are those below the news that something was not sent.
func (d *Desk) draftButtons(s dialog.Session, send string) (rows [][]bot.Button) {
	act := func(label, what string) bot.Button {
		return bot.Button{Label: bot.T(label), Do: bot.Action(draftVerb, what, turn(s))}
	}
	if d.complete(s) {
		rows = append(rows, []bot.Button{act(send, draftSend)})
	}
	return append(rows, []bot.Button{act("draft.go", draftGo), act("draft.drop", draftAsk)})
}

// showDraft tells that there is a draft, and what can be done with it.
func (d *Desk) showDraft(st Store, r *bot.Request, s dialog.Session) {
	var rows [][]bot.Button
	if s.Dialog != "" && len(s.Answers) > 0 {
		rows = d.draftButtons(s, "button.send")
	}
	for _, p := range drawerOf(st).Beside {
		b := otherButton(p)
		if len(rows) > 0 {
			b.Label = bot.T("draft.go.other")
		}
		rows = append(rows, []bot.Button{b})
	}
	if len(rows) > 0 {
		r.Reply(bot.Reply{Lines: []bot.Text{bot.T("draft.there")}, Buttons: rows})
	}
	if sh, ok := st.(*shelved); ok {
		sh.ended = false // what lies beside was just shown
	}
}

// giveUp ends a conversation: at once when nothing was made in it, else after a question.
func (d *Desk) giveUp(st Store, r *bot.Request, s dialog.Session) error {
	if holds(s) {
		return d.askDrop(st, r, s, draftDrop)
	}
	line := bot.T("dialog.nothing")
	if s.Dialog != "" {
		line = bot.T("dialog.cancelled")
	}
	st.DropDraft()
	d.close(r)
	r.Reply(bot.Reply{Lines: []bot.Text{line}, Menu: bot.ResidentMenu})
	return nil
}

// askDrop asks before anything a person made is dropped.
func (d *Desk) askDrop(st Store, r *bot.Request, s dialog.Session, what string) error {
	r.Reply(bot.Reply{Edit: r.Bubble(), Lines: []bot.Text{bot.T("draft." + what + ".sure")}, Buttons: [][]bot.Button{{
		{Label: bot.T("draft.drop"), Do: bot.Action(draftVerb, what, turn(s))},
		{Label: bot.T("draft.go"), Do: bot.Action(draftVerb, draftGo, turn(s))},
	}}})
	return keep(st, r, s)
}

// losing reports whether clearing drops something at the present question.
func losing(c dialog.Dialog, s dialog.Session) bool {
	return slices.ContainsFunc(c.Drops(s, clearing), func(name string) bool { return s.Has(name) })
}

// clearing is the button of a question that drops what was told.
const clearing = "clear"

// draft does what a button about a draft says.
func (d *Desk) draft(ctx context.Context, st Store, r *bot.Request, s dialog.Session, args []string) error {
	what, mark, box := args[0], "", drawerOf(st)
	if len(args) > 1 {
		mark = args[1]
	}
	switch what {
	case draftBack:
		if box.Dropped == nil || st.Now().Sub(box.Dropped.Since) > backFor {
			d.close(r)
			r.Toast(bot.T("draft.gone"))
			return nil
		}
		back := box.Dropped.Session
		box.Dropped = nil
		return d.turnTo(ctx, st, r, s, back)
	case draftOther:
		if other, ok := box.take(mark); ok {
			return d.turnTo(ctx, st, r, s, other)
		}
		r.Toast(bot.T("button.old"))
		return nil
	}
	if s.Dialog == "" || mark != turn(s) {
		r.Toast(bot.T("button.old"))
		return nil
	}
	switch {
	case what == draftGo:
		d.close(r)
		return d.resume(ctx, st, r, s)
	case what == draftAsk:
		return d.giveUp(st, r, s)
	case what == draftSend && d.complete(s):
		return d.dialogs[s.Dialog].commit(d, ctx, st, r, s)
	case what == draftDrop:
		box.Dropped = &put{s, st.Now()}
		st.DropDraft()
		r.Reply(dropped(r, "draft.dropped"))
		return nil
	case what == draftClear:
		box.Dropped = &put{s, st.Now()}
		next, result := dialog.Advance(d.dialogs[s.Dialog].Dialog, s, dialog.Input{Kind: dialog.Choice, Value: clearing})
		if result.Outcome != dialog.Asked {
			r.Toast(bot.T("button.old"))
			return nil
		}
		r.Reply(dropped(r, "draft.cleared"))
		return d.ask(ctx, st, r, next, 0)
	}
	r.Toast(bot.T("button.old"))
	return nil
}

func dropped(r *bot.Request, key string) bot.Reply {
	back := bot.Button{Label: bot.T("draft.back"), Do: bot.Action(draftVerb, draftBack)}
	return bot.Reply{Edit: r.Bubble(), Lines: []bot.Text{bot.T(key)}, Buttons: [][]bot.Button{{back}}}
}

// turnTo goes on with a conversation out of the drawer; the open one is put there.
func (d *Desk) turnTo(ctx context.Context, st Store, r *bot.Request, s, other dialog.Session) error {
	d.close(r)
	if s.Dialog != other.Dialog || holds(s) {
		d.putBeside(st, r, s)
	}
	other = d.valid(other)
	if err := keep(st, r, other); err != nil {
		return err
	}
	return d.resume(ctx, st, r, other)
}

// life is how long a conversation is kept.
func life(s dialog.Session) time.Duration {
	switch {
	case s.Dialog == reportID, s.Dialog == looseID, s.Dialog == helpID && s.Has(keepAnswer),
		s.Dialog == addID && s.Extra["stream"] == string(cases.ReportStream):
		return reportKept
	}
	return Quiet
}

// reminded marks a conversation whose writer was reminded.
const reminded = "reminded"

// Tended is what becomes of a draft that was left alone.
type Tended struct {
	Draft []byte     // what is kept of it, nil = nothing
	Reply *bot.Reply // what is said to the writer, without a chat; nil = nothing
}

// Tend looks at a draft that was touched last at a time: its writer is reminded once, and
// what is past its time goes. A draft of staff ends after Quiet.
func (d *Desk) Tend(raw []byte, touched, now time.Time) (Tended, error) {
	var all stored
	var fields map[string]json.RawMessage
	expired := &bot.Reply{Lines: []bot.Text{bot.T("dialog.expired")}}
	unread := json.Unmarshal(raw, &all) != nil || json.Unmarshal(raw, &fields) != nil
	if unread || all.Dialog == "" && all.Beside == nil && all.Dropped == nil {
		_, idle := fields["dialog"] // nothing is being written, and something is remembered
		switch {
		case now.Sub(touched) < Quiet:
			return Tended{Draft: raw}, nil
		case idle:
			return Tended{}, nil
		}
		return Tended{Reply: expired}, nil
	}
	var out Tended
	s, age := d.valid(all.Session), now.Sub(touched)
	switch {
	case s.Dialog == "":
		fields = map[string]json.RawMessage{}
	case age >= life(s):
		fields = map[string]json.RawMessage{}
		if len(s.Answers) > 0 {
			out.Reply = expired
		}
	case age >= RemindAfter && len(s.Answers) > 0 && s.Extra[reminded] == "":
		s.Extra = maps.Clone(s.Extra)
		if s.Extra == nil {
			s.Extra = map[string]string{}
		}
		s.Extra[reminded] = "yes"
		written, err := json.Marshal(s)
		if err != nil {
			return out, fmt.Errorf("writing draft: %w", err)
		}
		if err := json.Unmarshal(written, &fields); err != nil {
			return out, fmt.Errorf("writing draft: %w", err)
		}
		out.Reply = &bot.Reply{Lines: []bot.Text{bot.T("draft.remind")}, Buttons: d.draftButtons(s, "draft.send"), Quiet: true}
	}
	box := all.drawer
	box.Beside = slices.DeleteFunc(slices.Clone(box.Beside), func(p put) bool { return now.Sub(p.Since) >= life(p.Session) })
	if box.Dropped != nil && now.Sub(box.Dropped.Since) >= backFor {
		box.Dropped = nil
	}
	if len(box.Beside) == 0 {
		box.Beside = nil
	}
	delete(fields, "beside")
	delete(fields, "dropped")
	if len(fields) == 0 && box.Beside == nil && box.Dropped == nil {
		return out, nil
	}
	written, err := json.Marshal(fields)
	if err != nil {
		return out, fmt.Errorf("writing draft: %w", err)
	}
	out.Draft = box.beside(written)
	return out, nil
}
