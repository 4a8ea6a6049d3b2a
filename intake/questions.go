package intake

import (
	"context"
	"slices"

	"tinbao/bot"
	"tinbao/bot/dialog"
)

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

// buttons are those of the present question: its answers, and the moves.
func (d *Desk) buttons(ctx context.Context, st Store, s dialog.Session) ([][]bot.Button, error) {
	c := d.dialogs[s.Dialog].Dialog
	step := c.Steps[s.At]
	list, err := d.list(ctx, st, step.List)
	if err != nil {
		return nil, err
	}
	act := func(choice string) string { return bot.Action("d", turn(s), choice) }
	var rows [][]bot.Button
	columns, fresh := max(step.Columns, 1), true
	for i, o := range append(list, step.Options...) {
		if !useful(step, o, s) {
			continue
		}
		label := bot.T(o.Text)
		if o.Words {
			label = bot.Words(o.Text)
		}
		if c.Chosen(s, o) {
			label = bot.T("button.chosen", "label", label)
		}
		if fresh || o.Own || o.Break || i == len(list) || len(rows[len(rows)-1]) >= columns {
			rows = append(rows, nil)
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], bot.Button{Label: label, Do: act(o.Value)})
		fresh = o.Own
	}
	if step.Review {
		offer, err := d.offerAbout(ctx, st, s)
		if err != nil {
			return nil, err
		}
		if offer != nil { // below the one that sends
			rows = slices.Insert(rows, min(1, len(rows)), offer)
		}
	}
	var moves []bot.Button
	if (len(s.Path) > 0 || s.Aside != "") && !step.Review {
		moves = append(moves, bot.Button{Label: bot.T("button.back"), Do: act(dialog.Back)})
	}
	if step.Skip != "" && !s.Edit {
		moves = append(moves, bot.Button{Label: bot.T("button.skip"), Do: act(dialog.Skip)})
	}
	if !step.Review && !s.Edit && s.Aside == "" && hasReview(c) && c.Missing(s) == "" {
		moves = append(moves, bot.Button{Label: bot.T("button.review"), Do: act(dialog.Review)})
	}
	moves = append(moves, bot.Button{Label: bot.T("button.cancel"), Do: act(dialog.Cancel)})
	if n := len(rows) - 1; step.Review && !fresh && len(rows[n]) < columns {
		rows[n] = append(rows[n], moves...)
		return rows, nil
	}
	return append(rows, moves), nil
}

// useful reports whether a button does something now: one that forgets answers
// stands only where there are some.
func useful(step dialog.Step, o dialog.Option, s dialog.Session) bool {
	if o.Hide != "" && s.Has(o.Hide) {
		return false
	}
	for _, e := range step.Edges {
		if e.On == dialog.Choice && e.Is == o.Value && len(e.Drop) > 0 {
			return slices.ContainsFunc(e.Drop, func(name string) bool { return len(s.Answers[name]) > 0 })
		}
	}
	return true
}

func hasReview(c dialog.Dialog) bool {
	for _, s := range c.Steps {
		if s.Review {
			return true
		}
	}
	return false
}
