package intake

import (
	"context"
	"strconv"

	"tinbao/bot"
	"tinbao/cases"
)

// Support is what a person who asked for help says to what the ward does.
type Support interface {
	Needs(ctx context.Context, caseID string, yes bool) (cases.Case, error)
	Meet(ctx context.Context, caseID string, talk int, comes bool) (cases.Case, error)
	FollowUp(ctx context.Context, caseID string, days int, answer string) (cases.Case, error)
	Services(ctx context.Context) ([]cases.ServiceEntry, error)
}

// The buttons of support: what they are about, the case, and the answer.
const (
	supportVerb = "hlp"
	AboutNeeds  = "n" // whether the needs may be written down
	AboutMeet   = "m" // an appointment
	AboutFollow = "f" // how it goes
	saysYes     = "y"
)

// MeetButtons ask whether the person comes to an appointment.
func MeetButtons(caseID string, talk int) [][]bot.Button {
	button := func(label, says string) []bot.Button {
		return []bot.Button{{Label: bot.T(label), Do: bot.Action(supportVerb, AboutMeet, caseID, strconv.Itoa(talk), says)}}
	}
	return [][]bot.Button{button("meet.keep", saysYes), button("meet.other", "n")}
}

// NeedsButtons ask whether the needs may be written down.
func NeedsButtons(caseID string) [][]bot.Button {
	button := func(label, says string) []bot.Button {
		return []bot.Button{{Label: bot.T(label), Do: bot.Action(supportVerb, AboutNeeds, caseID, says)}}
	}
	return [][]bot.Button{button("needs.yes", saysYes), button("needs.no", "n")}
}

// FollowButtons ask how it goes.
func FollowButtons(caseID string, days int) [][]bot.Button {
	button := func(i int) bot.Button {
		return bot.Button{Label: bot.T("follow." + cases.FollowAnswers[i]), Do: bot.Action(supportVerb, AboutFollow, caseID, strconv.Itoa(days), strconv.Itoa(i))}
	}
	return [][]bot.Button{{button(0), button(1)}, {button(2), button(3)}}
}

// supported takes an answer to one of these questions; the buttons were made for this
// chat.
func (d *Desk) supported(ctx context.Context, st Store, r *bot.Request, args []string) error {
	c, said, tell, err := AnswerOf(ctx, st, args)
	if err != nil {
		return d.late(r, err)
	}
	d.close(r)
	r.Reply(bot.Reply{Lines: []bot.Text{aboutCase(c), bot.T(said)}, Of: &bot.CaseRef{Stream: cases.HelpStream, ID: c.ID}})
	if tell == "" {
		return nil
	}
	c.Assignee = c.Keeper // who has the case is told, days later as well
	return d.tell(ctx, st, r, c, tell)
}

// AnswerOf records an answer to a question of support, and names what is said to the
// person and to staff ("" = staff are not told). args are what it is about, the case, the
// message or the days, and the answer; of needs the answer follows the case.
func AnswerOf(ctx context.Context, st Support, args []string) (c cases.Case, said, tell string, err error) {
	old := cases.Fail(cases.NotFound, "button.old")
	if len(args) < 3 {
		return c, "", "", old
	}
	about, id, last := args[0], args[1], args[len(args)-1]
	number, _ := strconv.Atoi(args[2]) // 0 is no message and no day
	yes := last == saysYes
	pick := func(one, other string) string {
		if yes {
			return one
		}
		return other
	}
	switch about {
	case AboutNeeds:
		said = pick("needs.yes", "needs.no")
		c, err = st.Needs(ctx, id, yes)
		return c, said + ".done", "staff." + said, err
	case AboutMeet:
		said = pick("meet.keep", "meet.other")
		c, err = st.Meet(ctx, id, number, yes)
		return c, said + ".done", "staff." + said, err
	case AboutFollow:
		i, err := strconv.Atoi(last)
		if err != nil || i < 0 || i >= len(cases.FollowAnswers) {
			return c, "", "", old
		}
		answer := cases.FollowAnswers[i]
		if answer == cases.FollowNotYet || answer == cases.FollowCall {
			tell = "staff.follow." + answer
		}
		c, err = st.FollowUp(ctx, id, number, answer)
		return c, "follow." + answer + ".done", tell, err
	}
	return c, "", "", old
}

// offerPlaces offers the directory when it holds something: of one service, or of all
// for "".
func (d *Desk) offerPlaces(ctx context.Context, st Store, r *bot.Request, service cases.Service) error {
	all, err := shownPlaces(ctx, st, service)
	if err != nil || len(all) == 0 {
		return err
	}
	b := bot.Button{Label: bot.T("places.open"), Do: bot.Action(placesVerb)}
	if service != "" {
		b = bot.Button{Label: bot.T("places.open.one", "service", bot.T("service."+string(service))), Do: bot.Action(placesVerb, string(service))}
	}
	r.Reply(bot.Reply{Lines: []bot.Text{bot.T("places.offer")}, Buttons: [][]bot.Button{{b}}})
	return nil
}

const placesVerb = "svc"

func shownPlaces(ctx context.Context, st Store, service cases.Service) (list []cases.ServiceEntry, err error) {
	all, err := st.Services(ctx)
	for _, e := range all {
		if e.Shown && (service == "" || e.Service == service) {
			list = append(list, e)
		}
	}
	return list, err
}

// placesOnPage is how many places one message shows.
const placesOnPage = 10

// places shows the directory: the services there are, or the places of one.
func (d *Desk) places(ctx context.Context, st Store, r *bot.Request, args []string) error {
	service := cases.Service("")
	if len(args) > 0 {
		service = cases.Service(args[0])
	}
	list, err := shownPlaces(ctx, st, service)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		r.Toast(bot.T("places.none"))
		return nil
	}
	reply := bot.Reply{Edit: r.Bubble()}
	if service == "" {
		reply.Lines = []bot.Text{bot.T("places.choose")}
		for i, e := range list {
			if i == 0 || list[i-1].Service != e.Service {
				reply.Buttons = append(reply.Buttons, []bot.Button{{Label: bot.T("service." + string(e.Service)), Do: bot.Action(placesVerb, string(e.Service))}})
			}
		}
		r.Reply(reply)
		return nil
	}
	reply.Lines = []bot.Text{bot.T("places.head", "service", bot.T("service."+string(service)))}
	for _, e := range list[:min(len(list), placesOnPage)] {
		reply.Lines = append(reply.Lines, placeLines(e)...)
	}
	reply.Buttons = [][]bot.Button{{{Label: bot.T("button.back"), Do: bot.Action(placesVerb)}}}
	r.Reply(reply)
	return nil
}

func placeLines(e cases.ServiceEntry) []bot.Text {
	free, youth := bot.T("places.paid"), any("")
	if e.Free {
		free = bot.T("places.free")
	}
	if e.Youth {
		youth = bot.T("places.youth")
	}
	lines := []bot.Text{bot.T("places.name", "name", bot.Words(e.Name), "free", free, "youth", youth)}
	for _, part := range []struct{ key, value string }{{"place", e.Place}, {"hours", e.Hours}, {"phone", e.Phone}} {
		if part.value != "" {
			lines = append(lines, bot.T("places."+part.key, part.key, bot.Words(part.value)))
		}
	}
	return lines
}
