package staffcmds

import (
	"cmp"
	"context"
	"slices"

	"tinbao/bot"
	"tinbao/cases"
)

// workload shows how much each colleague has in hand, in numbers, of the streams the
// viewer may see.
func workload() Command {
	return Command{
		Name: "khoiluong", Aliases: []string{"workload"}, Help: "cmd.khoiluong", Rights: []cases.Right{cases.AssignReports}, Listed: true,
		Run: func(ctx context.Context, st Store, r *bot.Request, _ []string) error {
			o, err := rosterOf(ctx, st)
			if err != nil {
				return err
			}
			from := span("month", st.Now()).From.Start()
			lines := []bot.Text{bot.T("load.head", "from", from)}
			for _, stream := range streamsOf(*r.Staff, seeing...) {
				desk, err := deskFor(st, *r.Staff, stream)
				if err != nil {
					return err
				}
				loads, err := desk.Workload(ctx, *r.Staff, from)
				if err != nil {
					return err
				}
				lines = append(lines, bot.T("viec.stream", "stream", bot.T("stream."+string(stream))))
				lines = append(lines, o.loadLines(stream, loads)...)
			}
			r.Reply(bot.Reply{Lines: lines, Edit: r.Bubble(), Protect: true})
			return nil
		},
	}
}

// loadLines are the colleagues of a stream, who has most first, those with nothing
// included; last what nobody has.
func (o roster) loadLines(stream cases.Stream, loads []cases.Load) []bot.Text {
	for _, s := range o.those(worksOn(stream)) {
		if !slices.ContainsFunc(loads, func(l cases.Load) bool { return l.Staff == s.ID }) {
			loads = append(loads, cases.Load{Staff: s.ID})
		}
	}
	slices.SortStableFunc(loads, func(a, b cases.Load) int {
		return cmp.Or(cmp.Compare(lastLoad(a), lastLoad(b)), cmp.Compare(b.Open, a.Open), cmp.Compare(a.Staff, b.Staff))
	})
	lines := make([]bot.Text, 0, len(loads))
	for _, l := range loads {
		var name any = bot.T("load.nobody")
		if l.Staff != 0 {
			name = o.name(l.Staff)
			if i := slices.IndexFunc(o.all, func(s cases.Staff) bool { return s.ID == l.Staff }); i >= 0 {
				name = o.label(o.all[i])
			}
		}
		lines = append(lines, bot.T("load.line", "name", name, "open", l.Open, "urgent", l.Urgent, "overdue", l.Overdue, "ended", l.Ended))
	}
	return lines
}

// lastLoad puts what nobody has at the end.
func lastLoad(l cases.Load) int {
	if l.Staff == 0 {
		return 1
	}
	return 0
}
