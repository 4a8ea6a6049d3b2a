package staffcmds

import (
	"context"
	"slices"

	"tinbao/bot"
	"tinbao/cases"
)

// behaviour marks what a report says somebody does: any number of a list, on and off
// by the same button.
func behaviour() Command {
	return step{
		name: "hanhvi", aliases: []string{"behaviour"}, verb: cases.MarkAct, label: "act.", choose: cases.Strings(cases.Behaviours),
		rights: []cases.Right{cases.WorkReports, cases.PoliceReports}, streams: []cases.Stream{cases.ReportStream},
		change: func(c *cases.Change, choice string) { c.Act = cases.Behaviour(choice) },
		show:   showBehaviours,
		after: func(ctx context.Context, st Store, r *bot.Request, c cases.Case, _ cases.Change) error {
			return showBehaviours(ctx, st, r, c)
		},
	}.command()
}

// showBehaviours shows the list of behaviours, those of the case marked, in place of
// the card.
func showBehaviours(ctx context.Context, st Store, r *bot.Request, c cases.Case) error {
	view, err := sheetFor(ctx, st, *r.Staff)
	if err != nil {
		return err
	}
	t := target{Number: c.Number, version: c.Version}
	var buttons []bot.Button
	for _, b := range cases.Behaviours {
		label := bot.T("act." + string(b))
		if slices.Contains(c.Acts, b) {
			label = bot.T("chosen", "label", label)
		}
		buttons = append(buttons, bot.Button{Label: label, Do: bot.Action("hanhvi", t.args(string(b))...)})
	}
	rows := append(slices.Collect(slices.Chunk(buttons, 2)), []bot.Button{backToCard(c.Number)})
	list := bot.Reply{Lines: append(view.lines(c), bot.T("ask.hanhvi")), Buttons: rows, Edit: r.Bubble(), Protect: true}
	r.Replies = slices.DeleteFunc(r.Replies, func(shown bot.Reply) bool { return shown.Chat == 0 && shown.Edit == r.Bubble() })
	r.Reply(list)
	return nil
}

// level sets how grave a report is, in the words of iHanoi; "khẩn" makes it jump the
// queue.
func level() Command {
	return step{
		name: "mucdo", aliases: []string{"level"}, verb: cases.SetLevel, label: "level.", choose: cases.Strings(cases.Levels),
		rights: []cases.Right{cases.WorkReports}, streams: []cases.Stream{cases.ReportStream},
		change: func(c *cases.Change, choice string) { c.Level = cases.Level(choice) },
	}.command()
}

// competence sets who has to deal with a report.
func competence() Command {
	return step{
		name: "thamquyen", aliases: []string{"competence"}, verb: cases.SetBody, label: "body.", choose: cases.Strings(cases.Competences),
		rights: []cases.Right{cases.WorkReports}, streams: []cases.Stream{cases.ReportStream},
		change: func(c *cases.Change, choice string) { c.Body = cases.Competence(choice) },
	}.command()
}

// guide tells the sender of a complaint or denunciation that it needs a name, where its
// door is, and asks whether it may stay as phản ánh. It is asked once.
func guide(ctx context.Context, st Store, r *bot.Request, c cases.Case) error {
	desk, err := deskFor(st, *r.Staff, c.Number.Stream)
	if err != nil {
		return err
	}
	if c, err = desk.Act(ctx, *r.Staff, c.Number, -1, cases.Change{Verb: cases.AskName}); err != nil {
		return err
	}
	r.Replies = nil // the card of now instead
	if err := show(ctx, st, r, c); err != nil {
		return err
	}
	w, err := st.Ward(ctx)
	if err != nil {
		return err
	}
	answer := func(label, mark string) []bot.Button {
		return []bot.Button{{Label: bot.T(label), Do: bot.Action("nam", c.ID, mark)}}
	}
	return toResident(ctx, st, r, c, [][]bot.Button{answer("named.stay", "y"), answer("named.door", "n")}, "resident.named",
		"kind", bot.T("kind."+string(c.Kind)), "reception", bot.WordsOr(w.Reception, "guide.reception"))
}
