package intake

import (
	"context"

	"tinbao/bot"
	"tinbao/cases"
)

// Discreet messages: what the ward says of its own accord comes as one neutral line, whose
// button shows the words and whose words can be hidden again.

const (
	discreetVerb = "quiet"
	discreetOn   = "on"
	discreetOff  = "off"
)

// discreetly says what discreet messages are, and offers to begin or to end them.
func (d *Desk) discreetly(st Store, r *bot.Request, edit int) {
	key, does := "discreet.off", discreetOn
	if st.Discreet() {
		key, does = "discreet.on", discreetOff
	}
	r.Reply(bot.Reply{Edit: edit, Lines: []bot.Text{bot.T(key)}, Buttons: [][]bot.Button{
		{{Label: bot.T("discreet.do." + does), Do: bot.Action(discreetVerb, does)}},
	}})
}

// choseDiscreet does what a button about discreet messages says. Below a receipt, which
// stays, the answer is a message of its own.
func (d *Desk) choseDiscreet(st Store, r *bot.Request, args []string) {
	if len(args) == 0 {
		d.discreetly(st, r, 0)
		return
	}
	st.Chosen().SetDiscreet(args[0] == discreetOn, st.Now())
	st.KeepChosen()
	d.discreetly(st, r, r.Bubble())
}

// see shows the words of a discreet message in its place.
func (d *Desk) see(ctx context.Context, st Store, r *bot.Request, id string) error {
	words, _, err := st.DiscreetWords(ctx, id)
	if cases.KindOf(err) == cases.NotFound {
		r.Alert(bot.T("discreet.gone"))
		return nil
	}
	if err != nil {
		return err
	}
	r.Reply(bot.Reply{Edit: r.Bubble(), Words: words, Buttons: hideButton(id)})
	return nil
}

func hideButton(id string) [][]bot.Button {
	return [][]bot.Button{{{Label: bot.T("discreet.hide"), Do: bot.Action(bot.HideVerb, id)}}}
}

// hide puts the neutral line back into its place; what came as a message of its own goes.
func (d *Desk) hide(ctx context.Context, st Store, r *bot.Request, id string) error {
	words, _, err := st.DiscreetWords(ctx, id)
	switch {
	case cases.KindOf(err) == cases.NotFound, err == nil && bot.WithFile(words):
		r.Reply(bot.Reply{Erase: r.Bubble()})
		return nil
	case err == nil:
		r.Reply(bot.Neutral(r.Bubble(), id))
	}
	return err
}
