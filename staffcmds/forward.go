package staffcmds

import (
	"context"

	"tinbao/bot"
	"tinbao/cases"
)

// forward hands a report to the police of the ward, who are told at once,
// and tells the person that it was passed on, once: that the police gave it back in
// between was no news for the person.
func forward() Command {
	return step{
		name: "chuyen", aliases: []string{"forward"}, verb: cases.Forward, confirm: true,
		rights: []cases.Right{cases.WorkReports}, streams: []cases.Stream{cases.ReportStream}, check: showHandedOver,
		after: func(ctx context.Context, st Store, r *bot.Request, c cases.Case, _ cases.Change) error {
			key := "staff.forwarded"
			if c.Urgent {
				key += ".urgent"
			}
			if err := toStaff(ctx, st, r, c, cases.PoliceReports, key); err != nil {
				return err
			}
			if times(c, cases.Forward) > 1 {
				return nil
			}
			return toResident(ctx, st, r, c, nil, "resident.forwarded", "at", st.Now())
		},
	}.command()
}

const (
	handedShown = 10  // stretches of text under the question
	handedClip  = 200 // units of each
)

// showHandedOver asks once more under a list of all that the police will get. Notes of the
// office stand first, so that none is left out where the list is long.
func showHandedOver(ctx context.Context, st Store, desk Desk, r *bot.Request, t target, question bot.Text) error {
	c, err := desk.Open(ctx, *r.Staff, t.Number)
	if err != nil {
		return err
	}
	if _, err := cases.Next(t.Stream, c.Status, cases.Forward, c.Urgent); err != nil {
		return err
	}
	h, err := st.Reports().HandedOver(ctx, *r.Staff, t.Number)
	if err != nil {
		return err
	}
	t.version = c.Version
	lines := []bot.Text{question, bot.T("handed.head")}
	add := func(key string, parts []cases.Part) {
		for _, p := range parts {
			if len(lines)-2 < handedShown {
				lines = append(lines, bot.T(key, "text", clip(p.Text, handedClip)))
			}
		}
	}
	add("handed.note", h.Notes)
	add("handed.words", h.Words)
	if left := len(h.Notes) + len(h.Words) - handedShown; left > 0 {
		lines = append(lines, bot.T("handed.more", "n", left))
	}
	if n := len(h.Files); n > 0 {
		lines = append(lines, bot.T("handed.files", "n", n))
	}
	rows := [][]bot.Button{{{Label: bot.T("button.sure"), Do: bot.Action("chuyen", t.args(yes)...)}}}
	if stays := officeNotes(c) - len(h.Notes); stays > 0 {
		lines = append(lines, bot.T("handed.stay", "n", stays))
		rows = append(rows, []bot.Button{{Label: bot.T("cover.notes"), Do: bot.Action("che", t.args(cheNotes)...)}})
	}
	rows = append(rows, []bot.Button{{Label: bot.T("do.che"), Do: bot.Action("che", t.String())}, backToCard(t.Number)})
	r.Reply(bot.Reply{Lines: lines, Buttons: rows, Edit: r.Bubble(), Protect: true})
	return nil
}

// officeNotes counts what the office wrote that stays with it unless it is picked.
func officeNotes(c cases.Case) (n int) {
	for _, talk := range c.Talks {
		if talk.Seq > 0 && talk.FromStaff && !talk.ToPolice {
			n++
		}
	}
	return n
}

// times counts how often a step was taken.
func times(c cases.Case, verb cases.Verb) (n int) {
	for _, e := range c.History {
		if e.Verb == verb {
			n++
		}
	}
	return n
}
