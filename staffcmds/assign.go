package staffcmds

import (
	"context"
	"slices"
	"strconv"

	"tinbao/bot"
	"tinbao/cases"
)

// assign gives a request for help to a support worker, who sees only such requests
// (domain.md 9.4).
func assign() Command {
	s := step{
		name: "giao", aliases: []string{"assign"}, verb: cases.Assign,
		rights: []cases.Right{cases.AssignHelp}, streams: []cases.Stream{cases.HelpStream},
	}
	c := s.command()
	c.Args = "usage.choice"
	c.Run = func(ctx context.Context, st Store, r *bot.Request, args []string) error {
		t, err := targetOf(st, r, args)
		if err != nil {
			return err
		}
		desk, err := s.desk(st, *r.Staff, t.Stream)
		if err != nil {
			return err
		}
		workers, err := supportWorkers(ctx, st)
		if err != nil {
			return err
		}
		if len(t.rest) > 0 {
			i := slices.IndexFunc(workers, func(w cases.Staff) bool { return strconv.FormatInt(int64(w.ID), 10) == t.rest[0] })
			if i >= 0 {
				s.change = func(c *cases.Change, _ string) { c.Holder = workers[i].ID }
				s.after = tellWorker(workers[i])
				return s.act(ctx, st, desk, r, t, "", "")
			}
		}
		question := bot.T("ask.giao", "number", t.String())
		if len(workers) == 0 {
			question = bot.T("ask.giao.none")
		}
		return prompt(ctx, st, desk, r, t, question, func(t target) [][]bot.Button {
			var rows [][]bot.Button
			for _, w := range workers {
				id := strconv.FormatInt(int64(w.ID), 10)
				rows = append(rows, []bot.Button{{Label: bot.Words(clip(w.Name, cardName)), Do: bot.Action(s.name, t.args(id)...)}})
			}
			return rows
		})
	}
	return c
}

// supportWorkers are the accounts of the support team.
func supportWorkers(ctx context.Context, st Store) ([]cases.Staff, error) {
	all, err := st.StaffWith(ctx, cases.WorkHelp)
	return slices.DeleteFunc(slices.Clone(all), func(s cases.Staff) bool { return s.Role != cases.Support }), err
}

func tellWorker(to cases.Staff) func(context.Context, Store, *bot.Request, cases.Case, cases.Change) error {
	return func(_ context.Context, _ Store, r *bot.Request, c cases.Case, _ cases.Change) error {
		if to.Route.Chat != 0 {
			r.Reply(stepNotice(to, c, "staff.assigned"))
		}
		return nil
	}
}
