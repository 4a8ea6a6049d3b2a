package staffcmds

import (
	"context"
	"slices"
	"strconv"
	"time"

	"tinbao/bot"
	"tinbao/cases"
)

// TeamDesk is what colleagues of a stream share besides the cases.
type TeamDesk interface {
	Workload(ctx context.Context, viewer cases.Staff, since time.Time) ([]cases.Load, error)
	CallOn(ctx context.Context, viewer cases.Staff, n cases.Number, whom cases.StaffID) error
	Remind(ctx context.Context, viewer cases.Staff, n cases.Number, at time.Time) error
	Pointers(ctx context.Context, viewer cases.Staff) (reminders, calls []cases.Pointer, err error)
}

// Away is who is absent and who stands in.
type Away interface {
	Absences(ctx context.Context) ([]cases.Absence, error)
	SetAbsence(ctx context.Context, a cases.Absence) error
	EndAbsence(ctx context.Context, who cases.StaffID) error
}

const colleaguesOnPage = 10

// roster is the staff of the ward with who is away.
type roster struct {
	all  []cases.Staff
	away []cases.Absence
	now  time.Time
}

func rosterOf(ctx context.Context, st Store) (roster, error) {
	all, err := st.StaffList(ctx)
	if err != nil {
		return roster{}, err
	}
	away, err := st.Absences(ctx)
	return roster{all: all, away: away, now: st.Now()}, err
}

// those are the unlocked accounts that fit.
func (o roster) those(fits func(cases.Staff) bool) []cases.Staff {
	return slices.DeleteFunc(slices.Clone(o.all), func(s cases.Staff) bool { return s.Locked || !fits(s) })
}

// name is a colleague's name; "" for nobody.
func (o roster) name(id cases.StaffID) string {
	for _, s := range o.all {
		if s.ID == id {
			return clip(s.Name, cardName)
		}
	}
	return ""
}

// label names a colleague on a button, and says when that one is away.
func (o roster) label(s cases.Staff) bot.Text {
	if a, is := cases.AwayOf(o.away, s.ID, o.now); is {
		return bot.T("team.away", "name", clip(s.Name, cardName), "until", a.Until)
	}
	return bot.Words(clip(s.Name, cardName))
}

// pick finds the colleague that the first word, a number of an account, or all words,
// a name, stand for. With none or several, who is nil and the choices are left.
func pick(among []cases.Staff, words []string) (who *cases.Staff, rest []string, left []cases.Staff) {
	if len(words) == 0 {
		return nil, nil, among
	}
	for i := range among {
		if strconv.FormatInt(int64(among[i].ID), 10) == words[0] {
			return &among[i], words[1:], nil
		}
	}
	of := cases.Named(joined(words), among)
	left = slices.DeleteFunc(slices.Clone(among), func(s cases.Staff) bool { return !slices.Contains(of, s.ID) })
	switch len(left) {
	case 0:
		return nil, nil, among
	case 1:
		return &left[0], nil, nil
	}
	return nil, nil, left
}

// people are buttons with colleagues, two side by side; more than fit are named by
// typing.
func (o roster) people(list []cases.Staff, do func(cases.Staff) string) [][]bot.Button {
	var buttons []bot.Button
	for _, s := range list[:min(len(list), 2*colleaguesOnPage)] {
		buttons = append(buttons, bot.Button{Label: o.label(s), Do: do(s)})
	}
	return slices.Collect(slices.Chunk(buttons, 2))
}

func idText(id cases.StaffID) string { return strconv.FormatInt(int64(id), 10) }

// notify tells whoever hears now what is meant for an account about a case, unless
// that is the one who acts. right is what the listener must be allowed.
func notify(ctx context.Context, st Store, r *bot.Request, c cases.Case, whom cases.StaffID, may func(cases.Staff) bool, key string) error {
	o, err := rosterOf(ctx, st)
	if err != nil {
		return err
	}
	fit := o.those(may)
	has := func(id cases.StaffID) bool {
		return slices.ContainsFunc(fit, func(s cases.Staff) bool { return s.ID == id })
	}
	to := cases.Deputy(o.away, whom, o.now, has)
	for _, s := range fit {
		if s.ID == to && s.ID != r.Staff.ID && s.Route.Chat != 0 {
			r.Reply(stepNotice(s, c, key))
		}
	}
	return nil
}
