package intake

import (
	"context"
	"maps"
	"slices"
	"strings"

	"tinbao/bot"
	"tinbao/bot/dialog"
	"tinbao/cases"
)

// What a conversation remembers of danger, in Session.Extra.
const (
	toldOf = "crisis" // the emergency numbers were shown
	saidOf = "danger" // what the person answered, see cases.DangerSaid
)

// The buttons of danger and what they do.
const (
	dangerVerb   = "dgr"
	dangerYes    = "y"
	dangerNo     = "n"
	dangerSend   = "s" // sends what is being written as it is
	dangerReport = "r" // sends words outside of any conversation as a report at once
	dangerHelp   = "h" // sends them as a request for help at once
)

// asksDanger are the conversations that ask whether somebody is in danger now. In any
// other one the words are offered to be sent at once.
func asksDanger(dialogID string) bool {
	return slices.Contains([]string{reportID, helpID, addID}, dialogID)
}

// danger shows the emergency numbers before anything else when a person's words show
// danger, once in a conversation, and asks one question about it. The conversation goes on
// meanwhile: who does not answer is taken to be in danger.
func (d *Desk) danger(ctx context.Context, st Store, r *bot.Request, s dialog.Session) (dialog.Session, error) {
	signs := cases.SignsIn(d.shown(r)) // the letters of a receipt are no words
	if !signs.Any() || s.Extra[toldOf] != "" {
		return s, nil
	}
	return d.numbersFirst(ctx, st, r, s, signs, asksDanger(s.Dialog))
}

// chosen shows the numbers when what a person chose tells of danger: a concern that is
// urgent by itself, something that goes on now, or that the person is forced or held.
func (d *Desk) chosen(ctx context.Context, st Store, r *bot.Request, s dialog.Session) (dialog.Session, error) {
	if s.Dialog == helpID && s.Has("forced") && s.Extra[toldOf] == "" {
		return d.numbersFirst(ctx, st, r, s, cases.Signs{Danger: true, Minor: s.First("age") == "minor"}, false)
	}
	if s.Dialog != reportID || s.Extra[toldOf] != "" {
		return s, nil
	}
	switch c := content(s); {
	case c.Concern.Urgent():
		return d.numbersFirst(ctx, st, r, s, cases.Signs{Danger: true, Minor: c.Concern == cases.Minor}, false)
	case c.GoesOnNow():
		return d.numbersFirst(ctx, st, r, s, cases.Signs{Now: true}, true)
	}
	return s, nil
}

func (d *Desk) numbersFirst(ctx context.Context, st Store, r *bot.Request, s dialog.Session, signs cases.Signs, ask bool) (dialog.Session, error) {
	lines, err := hotlines(ctx, st, s, signs)
	if err != nil {
		return s, err
	}
	reply := bot.Reply{Lines: lines}
	if ask {
		reply.Lines = append(reply.Lines, bot.T("danger.ask"))
		reply.Buttons = [][]bot.Button{dangerButton("danger.yes", dangerYes), dangerButton("danger.no", dangerNo)}
	}
	r.Reply(reply)
	return remember(s, toldOf, "yes"), nil
}

// warn says what must be read before the next question.
func (d *Desk) warn(ctx context.Context, st Store, r *bot.Request, key string) error {
	switch key {
	case "", "emergency": // numbers come by what was chosen
		return nil
	case "named.guide":
		w, err := st.Ward(ctx)
		if err != nil {
			return err
		}
		r.Say(bot.T(key, "reception", bot.WordsOr(w.Reception, "guide.reception")))
		return nil
	}
	if who, ok := strings.CutPrefix(key, warnAbout); ok {
		w, err := st.Ward(ctx)
		if err != nil {
			return err
		}
		r.Say(outsideLines(w, cases.About(who))...)
		return nil
	}
	r.Say(bot.T(key))
	return nil
}

// hotlines are the numbers to call, the fitting one first, each on a line of its own so
// that phones make a link of it.
func hotlines(ctx context.Context, st Store, s dialog.Session, signs cases.Signs) ([]bot.Text, error) {
	w, err := st.Ward(ctx)
	if err != nil {
		return nil, err
	}
	head := "danger.first"
	if s.Dialog == helpID || s.Dialog == addID && s.Extra["stream"] == string(cases.HelpStream) {
		head = "crisis.said"
	}
	lines := []bot.Text{bot.T(head)}
	for _, l := range signs.Lines() {
		ofWard := l == cases.LineListening || l == cases.LineWardPolice
		if number := w.Phones[string(l)]; !ofWard || number != "" {
			lines = append(lines, bot.T("hotline."+string(l), "number", number))
		}
	}
	return lines, nil
}

func dangerButton(label, does string) []bot.Button {
	return []bot.Button{{Label: bot.T(label), Do: bot.Action(dangerVerb, does)}}
}

// remember is the session with something noted beside the answers.
func remember(s dialog.Session, what, value string) dialog.Session {
	s.Extra = maps.Clone(s.Extra)
	if s.Extra == nil {
		s.Extra = map[string]string{}
	}
	s.Extra[what] = value
	return s
}

// said is what the person answered when asked about danger.
func said(s dialog.Session) cases.DangerSaid { return cases.DangerSaid(s.Extra[saidOf]) }

// pressedDanger takes an answer to the question of danger, or sends at once.
func (d *Desk) pressedDanger(ctx context.Context, st Store, r *bot.Request, s dialog.Session, does string) error {
	asked := asksDanger(s.Dialog) && s.Extra[toldOf] != ""
	switch {
	case does == dangerYes && asked:
		return d.inDanger(ctx, st, r, s)
	case does == dangerNo && asked:
		r.Reply(bot.Reply{Edit: r.Bubble(), Lines: []bot.Text{bot.T("danger.no.noted")}})
		return keep(st, r, remember(s, saidOf, string(cases.NoDanger)))
	case does == dangerSend && asked && d.sendable(s):
		return d.dialogs[s.Dialog].commit(d, ctx, st, r, s)
	case does == dangerReport && s.Dialog == looseID:
		return d.sendReport(ctx, st, r, asReport(s))
	case does == dangerHelp && s.Dialog == looseID:
		return d.sendHelp(ctx, st, r, asHelp(s))
	case does == dangerYes && s.Dialog == "": // what it was asked about was sent, or is gone
		return d.begin(ctx, st, r, reportID, func(into *dialog.Session) {
			*into = remember(with(*into, "what", false, string(cases.Danger)), saidOf, string(cases.InDanger))
			into.At = "where"
		})
	}
	r.Toast(bot.T("button.old"))
	return nil
}

// inDanger notes that somebody is in danger, and offers to send what there is.
func (d *Desk) inDanger(ctx context.Context, st Store, r *bot.Request, s dialog.Session) error {
	s = remember(s, saidOf, string(cases.InDanger))
	if s.Dialog == reportID && s.First("what") == "" {
		s = with(s, "what", false, string(cases.Danger))
	}
	lines, err := hotlines(ctx, st, s, cases.SignsIn(s.Answers["text"]...))
	if err != nil {
		return err
	}
	reply := bot.Reply{Edit: r.Bubble(), Lines: append(lines, bot.T("danger.yes.noted"))}
	if d.sendable(s) {
		reply.Buttons = [][]bot.Button{dangerButton("danger.send", dangerSend)}
	}
	r.Reply(reply)
	return keep(st, r, s)
}

// sendable reports whether what is being written can be sent as it is: of somebody in
// danger a place is enough.
func (d *Desk) sendable(s dialog.Session) bool {
	written := s.Has("text", "file", "online", "hamlet", "where", "venue", "pin", "stand", "point")
	if s.Dialog == helpID {
		return d.dialogs[helpID].Missing(s) == ""
	}
	return written
}

// asReport is what was written outside of any conversation as a report of danger.
func asReport(s dialog.Session) dialog.Session {
	s = carried(dialog.Session{Dialog: reportID, Extra: s.Extra}, s)
	return remember(with(s, "what", false, string(cases.Danger)), saidOf, string(cases.InDanger))
}

// asHelp is the same as a request for help. It was written before the notice of help could
// be read, so nothing of it is announced.
func asHelp(s dialog.Session) dialog.Session {
	return remember(carried(dialog.Session{Dialog: helpID}, s), saidOf, string(cases.InDanger))
}

// offerLoose asks what is to become of words outside of any conversation.
func (d *Desk) offerLoose(ctx context.Context, st Store, r *bot.Request, s dialog.Session, key string) error {
	if s.Extra[toldOf] != "" {
		offerDanger(r)
		return nil
	}
	rows, err := threadChoices(ctx, st)
	r.Reply(bot.Reply{Lines: []bot.Text{bot.T(key)}, Buttons: rows})
	return err
}

// offerDanger asks what is to become of words of danger outside of any conversation: to
// send them at once is the first answer.
func offerDanger(r *bot.Request) {
	r.Reply(bot.Reply{Lines: []bot.Text{bot.T("danger.offer")}, Buttons: [][]bot.Button{
		dangerButton("danger.report", dangerReport),
		dangerButton("danger.help", dangerHelp),
		{{Label: bot.T("outside.add"), Do: bot.Action("go", lookUpID)}},
		{{Label: bot.T("outside.drop"), Do: bot.Action("go", "drop")}},
	}})
}
