package intake

import (
	"context"
	"slices"

	"tinbao/bot"
	"tinbao/cases"
)

// Colleagues finds the staff to be told.
type Colleagues interface {
	StaffWith(ctx context.Context, right cases.Right) ([]cases.Staff, error)
	// Ringers are the accounts an urgent case rings.
	Ringers(ctx context.Context, c cases.Case) ([]cases.Staff, error)
}

// Counter is where cases come in, whatever channel they come by.
type Counter interface {
	Meter
	Colleagues
	Receive(ctx context.Context, back cases.Route, c cases.NewCase) (cases.Receipt, cases.Case, error)
}

// Taken is what became of a case that was sent.
type Taken struct {
	Refused bool // more than anybody has to say in a day; nothing was received
	Receipt cases.Receipt
	Case    cases.Case // Alarm tells whom an urgent one reached
	Rung    bool       // somebody of the staff is told
	// Mentions: the words named the receipt of another case, which staff do not see.
	Mentions bool
	Notices  []bot.Reply // to the staff
}

// Take receives a case from any channel: it is counted and sifted, gets its receipt,
// and rings the staff without a word of what it is. back.Chat is 0 for a person who
// follows the case by the receipt alone.
func (d *Desk) Take(ctx context.Context, st Counter, back cases.Route, n cases.NewCase) (got Taken, err error) {
	got.Mentions = d.blank(back.Lang, &n)
	if got.Refused, got.Notices, err = sift(ctx, st, &n); got.Refused || err != nil {
		return got, err
	}
	if got.Receipt, got.Case, err = st.Receive(ctx, back, n); err != nil || got.Case.Apart {
		return got, err
	}
	rings, err := notices(ctx, st, got.Case, "staff.new")
	got.Rung = len(rings) > 0
	got.Notices = append(got.Notices, rings...)
	return got, err
}

// blank takes receipts out of all words that staff will read: whoever reads one can use it.
func (d *Desk) blank(lang string, n *cases.NewCase) (found bool) {
	var words []*string
	if n.Report != nil {
		c := *n.Report
		n.Report = &c
		words = append(words, &c.Where, &c.Venue, &c.When, &c.Online, &c.Origin, &c.Text)
	}
	if n.Help != nil {
		c := *n.Help
		n.Help = &c
		words = append(words, &c.Contact, &c.Text)
	}
	for _, w := range words {
		rest := d.Blanked(lang, *w)
		found = found || rest != *w
		*w = rest
	}
	return found
}

// Notices are what staff are told of a step of the person: key is the text of it.
func (d *Desk) Notices(ctx context.Context, st Colleagues, c cases.Case, key string) ([]bot.Reply, error) {
	return notices(ctx, st, c, key)
}

// Guessed counts a receipt that does not exist, and bars whoever tried it for a while
// when there were too many.
func (d *Desk) Guessed(ctx context.Context, st Meter) error { return guessed(ctx, st) }

// tell lets those who work on the stream know.
func (d *Desk) tell(ctx context.Context, st Store, r *bot.Request, c cases.Case, key string) error {
	out, err := notices(ctx, st, c, key)
	r.Reply(out...)
	return err
}

// notices are what staff get of a case: everybody an alarm calls while nobody has
// confirmed it, else those who work on the stream, the holder alone when there is one.
func notices(ctx context.Context, st Colleagues, c cases.Case, key string) ([]bot.Reply, error) {
	if c.Alarm != nil && c.Alarm.Open() {
		staff, err := st.Ringers(ctx, c)
		return rings(staff, c, bot.T(key+".urgent", "number", c.Number.String())), err
	}
	handlers := cases.WorkReports
	switch {
	case c.Number.Stream == cases.HelpStream:
		handlers = cases.WorkHelp
	case c.About == cases.AboutOfficer:
		handlers = cases.KeptReports
	}
	staff, err := st.StaffWith(ctx, handlers)
	if err != nil {
		return nil, err
	}
	confirmed := cases.StaffID(0) // who said "I am dealing with it" hears of what comes after
	if c.Alarm != nil {
		confirmed = c.Alarm.By
		if staff, err = withRung(ctx, st, staff, c, confirmed); err != nil {
			return nil, err
		}
	}
	// A notice that is still waiting gives way to a newer one, so that a busy day is
	// one message and not a hundred; every urgent case is told for itself.
	slot := key + string(c.Number.Stream)
	if key != "staff.new" {
		slot = key + c.Number.String()
	}
	if c.Urgent {
		key, slot = key+".urgent", ""
	}
	var out []bot.Reply
	held := slices.ContainsFunc(staff, func(s cases.Staff) bool { return s.Answers(c.Assignee) })
	for _, s := range staff {
		if s.Route.Chat == 0 || held && !s.Answers(c.Assignee) && s.ID != confirmed || !cases.MayHear(s, c) {
			continue
		}
		out = append(out, bot.Reply{
			Chat: s.Route.Chat, Lang: s.Route.Lang, Protect: true, Slot: slot,
			Lines: []bot.Text{bot.T(key, "number", c.Number.String())},
			Buttons: [][]bot.Button{{
				{Label: bot.T("button.open"), Do: bot.Action("xem", c.Number.String())},
				{Label: bot.T("do.hangdoi"), Do: bot.Action("hangdoi", string(cases.QueueNew), "1", string(c.Number.Stream))},
			}},
		})
	}
	return out, nil
}

// withRung adds somebody whom an alarm rang to a list of staff.
func withRung(ctx context.Context, st Colleagues, staff []cases.Staff, c cases.Case, who cases.StaffID) ([]cases.Staff, error) {
	if slices.ContainsFunc(staff, func(s cases.Staff) bool { return s.ID == who }) {
		return staff, nil
	}
	rung, err := st.Ringers(ctx, c)
	for _, s := range rung {
		if s.ID == who {
			staff = append(slices.Clone(staff), s)
		}
	}
	return staff, err
}

// rings call everybody on a list to an urgent case.
func rings(staff []cases.Staff, c cases.Case, text bot.Text) []bot.Reply {
	out := make([]bot.Reply, 0, len(staff))
	for _, s := range staff {
		out = append(out, bot.Ring(s, c.Number, text))
	}
	return out
}

// RingAgain calls staff once more to a case whose alarm nobody has confirmed.
func RingAgain(c cases.Case, staff []cases.Staff, minutes int) []bot.Reply {
	return rings(staff, c, bot.T("ring.again", "number", c.Number.String(), "minutes", minutes))
}

// AlarmLine says to the person whom the alarm of an urgent case reached, or who confirmed
// it. It is true at the time it is said and promises nothing.
func AlarmLine(stream cases.Stream, a cases.Ringing) bot.Text {
	switch {
	case !a.Open() && stream == cases.HelpStream:
		return bot.T("alarm.confirmed.help", "at", a.Confirmed)
	case !a.Open():
		return bot.T("alarm.confirmed", "who", alarmRole(stream, a.Role), "at", a.Confirmed)
	case len(a.Reached) == 0:
		return bot.T("received.unheard")
	}
	var who []bot.Text
	for _, r := range a.Reached {
		if name := alarmRole(stream, r); !slices.ContainsFunc(who, func(t bot.Text) bool { return t.Key == name.Key }) {
			who = append(who, name)
		}
	}
	list := who[0]
	for _, next := range who[1:] {
		list = bot.T("alarm.list", "first", list, "next", next)
	}
	return bot.T("alarm.reached", "who", list)
}

// alarmRole names a role to the person; of help one name stands for all.
func alarmRole(stream cases.Stream, r cases.Role) bot.Text {
	if stream == cases.HelpStream {
		return bot.T("alarm.role.help")
	}
	return bot.T("alarm.role." + string(r))
}
