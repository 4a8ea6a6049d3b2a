package intake

import (
	"context"
	"slices"
	"time"

	"tinbao/bot"
	"tinbao/cases"
)

// The list of the own cases in a chat. It is off until the person switches it on, after
// what it costs was said: whoever holds the phone opens it. Its lines are an ordinal and a
// time.

// Choices is what a person has chosen for a chat.
type Choices interface {
	Questions(ctx context.Context, stream cases.Stream, caseID string) (cases.OpenQuestions, error)
	Chosen() *cases.Chosen
	KeepChosen()
	Discreet() bool
	// DiscreetWords gives the words of a discreet message; NotFound when they are gone.
	DiscreetWords(ctx context.Context, messageID string) (words []byte, of cases.CaseRef, err error)
	ForgetDiscreet(ctx context.Context) error
}

const (
	listVerb = "mine" // the list and what is done with it
	listOn   = "on"
	listOff  = "off"
	listAdd  = "add" // puts a case on it
)

// showList shows the list, or what it is and costs while it is off.
func (d *Desk) showList(st Store, r *bot.Request, edit int) {
	c, now := st.Chosen(), st.Now()
	if c.List == nil {
		r.Reply(bot.Reply{Edit: edit, Lines: []bot.Text{bot.T("list.off", "days", int(cases.ListKept/(24*time.Hour)))}, Buttons: [][]bot.Button{
			{{Label: bot.T("list.on"), Do: bot.Action(listVerb, listOn)}},
		}})
		return
	}
	c.Opened(now)
	st.KeepChosen()
	lines := []bot.Text{bot.T("list.head", "until", time.Unix(c.List.Until, 0))}
	if len(c.List.Cases) == 0 {
		lines = append(lines, bot.T("list.empty"))
	}
	rows := make([][]bot.Button, 0, len(c.List.Cases)+1)
	for _, l := range c.List.Cases {
		label := bot.T("list.line", "n", l.N, "received", cases.SentAs(l.ID, time.Unix(l.At, 0)))
		rows = append(rows, []bot.Button{{Label: label, Do: bot.Action(listVerb, bot.StreamMark(l.Stream), l.ID)}})
	}
	rows = append(rows, []bot.Button{{Label: bot.T("list.end"), Do: bot.Action(listVerb, listOff)}})
	r.Reply(bot.Reply{Edit: edit, Lines: lines, Buttons: rows})
}

// listed does what a button of the list says.
func (d *Desk) listed(ctx context.Context, st Store, r *bot.Request, args []string) error {
	c := st.Chosen()
	switch {
	case len(args) == 0:
		d.showList(st, r, r.Bubble())
		return nil
	case args[0] == listOn:
		if err := d.beginList(ctx, st); err != nil {
			return err
		}
		d.showList(st, r, r.Bubble())
		return nil
	case args[0] == listOff:
		c.List = nil
		st.KeepChosen()
		r.Reply(bot.Reply{Edit: r.Bubble(), Lines: []bot.Text{bot.T("list.ended")}})
		return nil
	case args[0] == listAdd && len(args) == 3:
		return d.putOnList(ctx, st, r, args[1], args[2])
	}
	stream, ok := bot.StreamOf(args[0])
	of := cases.CaseRef{Stream: stream}
	if len(args) == 2 {
		of.ID = args[1]
	}
	if !ok || !c.Has(of) { // a line of a list that was ended opens nothing
		d.close(r)
		r.Toast(bot.T("button.old"))
		return nil
	}
	return d.openListed(ctx, st, r, of)
}

// openListed shows a case of the list, with what waits for an answer. What is no more goes
// off the list.
func (d *Desk) openListed(ctx context.Context, st Store, r *bot.Request, of cases.CaseRef) error {
	v, err := st.OwnCase(ctx, of)
	if cases.KindOf(err) == cases.NotFound {
		st.Chosen().Remove(of)
		r.Toast(bot.T("list.gone"))
		d.showList(st, r, r.Bubble())
		return nil
	}
	if err != nil {
		return err
	}
	w, err := st.Ward(ctx)
	if err != nil {
		return err
	}
	st.Chosen().Opened(st.Now())
	st.KeepChosen()
	reply := d.status(v, w, st.Now())
	if err := d.waiting(ctx, st, v, &reply); err != nil {
		return err
	}
	reply.Of = &bot.CaseRef{Stream: of.Stream, ID: of.ID}
	reply.Buttons = append(reply.Buttons, []bot.Button{{Label: bot.T("list.back"), Do: bot.Action(listVerb)}})
	r.Reply(reply)
	return nil
}

// beginList switches the list on, with the cases that the chat remembers anyway.
func (d *Desk) beginList(ctx context.Context, st Store) error {
	c := st.Chosen()
	c.Opened(st.Now())
	st.KeepChosen()
	known := lastOf(st)
	for _, own := range st.Thread().Own {
		if own.CaseRef != (cases.CaseRef{}) {
			known = append(known, own.CaseRef)
		}
	}
	var views []cases.ResidentView
	for _, of := range known {
		v, err := st.OwnCase(ctx, of)
		switch {
		case cases.KindOf(err) == cases.NotFound:
		case err != nil:
			return err
		default:
			views = append(views, v)
		}
	}
	if code, ok := st.Code(); ok {
		v, err := st.LookUp(ctx, code)
		if err != nil && cases.KindOf(err) != cases.NotFound {
			return err
		}
		if err == nil {
			views = append(views, v)
		}
	}
	slices.SortStableFunc(views, func(a, b cases.ResidentView) int { return a.Received.Compare(b.Received) })
	for _, v := range views {
		c.Add(cases.CaseRef{Stream: v.Stream, ID: v.CaseID}, v.Received)
	}
	return nil
}

// putOnList puts a case on the list that was looked up by its receipt.
func (d *Desk) putOnList(ctx context.Context, st Store, r *bot.Request, mark, caseID string) error {
	stream, ok := bot.StreamOf(mark)
	if !ok || st.Chosen().List == nil {
		r.Toast(bot.T("button.old"))
		return nil
	}
	of := cases.CaseRef{Stream: stream, ID: caseID}
	v, err := st.OwnCase(ctx, of)
	if err != nil {
		return d.late(r, err)
	}
	if st.Chosen().Add(of, v.Received) {
		st.KeepChosen()
	}
	r.Toast(bot.T("list.added"))
	return nil
}

// noteCase puts a case that was just sent on the list, where there is one.
func noteCase(st Store, of cases.CaseRef, sent time.Time) {
	if st.Chosen().Add(of, sent) {
		st.KeepChosen()
	}
}

// listButton offers to put a case on the list that is not there.
func listButton(st Store, v cases.ResidentView) [][]bot.Button {
	of := cases.CaseRef{Stream: v.Stream, ID: v.CaseID}
	if st.Chosen().List == nil || st.Chosen().Has(of) {
		return nil
	}
	return [][]bot.Button{{{Label: bot.T("list.add"), Do: bot.Action(listVerb, listAdd, bot.StreamMark(v.Stream), v.CaseID)}}}
}
