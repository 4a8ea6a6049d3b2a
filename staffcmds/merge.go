package staffcmds

import (
	"context"
	"slices"
	"strings"

	"tinbao/bot"
	"tinbao/cases"
)

// Merging puts reports together that tell of the same. Requests for help have none of it.
type Merging interface {
	Similar(ctx context.Context, viewer cases.Staff, n cases.Number) ([]cases.Similar, error)
	Merge(ctx context.Context, viewer cases.Staff, one, into cases.Number) (cases.Case, error)
	Unmerge(ctx context.Context, viewer cases.Staff, one cases.Number, version int) (cases.Case, error)
}

// reportsOf hands out the desk of reports to somebody who works on them, for a number
// that is one of a report.
func reportsOf(st Store, who cases.Staff, numbers ...cases.Number) (Reports, error) {
	help := slices.ContainsFunc(numbers, func(n cases.Number) bool { return n.Stream != cases.ReportStream })
	if help || !who.Role.May(cases.WorkReports) {
		return nil, cases.Fail(cases.NotFound, "error.not_found")
	}
	return st.Reports(), nil
}

var deskOfReports = []cases.Right{cases.WorkReports}

// similar shows which open reports may tell of the same.
func similar() Command {
	return Command{
		Name: "tuongtu", Aliases: []string{"similar"}, Help: "cmd.tuongtu", Args: "usage.case", Rights: deskOfReports,
		Run: func(ctx context.Context, st Store, r *bot.Request, args []string) error {
			t, err := reportOf(st, r, args, deskOfReports...)
			if err != nil {
				return err
			}
			list, err := st.Reports().Similar(ctx, *r.Staff, t.Number)
			if err != nil {
				return err
			}
			r.Reply(similarReply(t.Number, list, r.Bubble()))
			return nil
		},
	}
}

func similarReply(n cases.Number, list []cases.Similar, bubble int) bot.Reply {
	lines := []bot.Text{bot.T("similar.head", "number", n.String())}
	var rows [][]bot.Button
	for _, s := range list {
		name := s.Number.String()
		lines = append(lines, bot.T("similar.line", "number", name, "received", s.Received, "like", bot.T("similar."+string(s.Likeness)), "status", statusText(s.Status, "")))
		rows = append(rows, []bot.Button{
			{Label: bot.Words(name), Do: bot.Action("xem", name)},
			{Label: bot.T("similar.merge", "number", name), Do: bot.Action("gop", n.String(), name)},
		})
	}
	if len(list) == 0 {
		lines = append(lines, bot.T("similar.none", "days", cases.SimilarDays))
	}
	return bot.Reply{Lines: lines, Buttons: append(rows, []bot.Button{backToCard(n)}), Edit: bubble, Protect: true}
}

// merge counts the second report with the first, after asking once more. Who wrote the
// second is told in the words of domain.md 9.2, and gets the news of the first.
func merge() Command {
	return Command{
		Name: "gop", Aliases: []string{"merge"}, Help: "cmd.gop", Args: "usage.merge", Rights: deskOfReports,
		Run: func(ctx context.Context, st Store, r *bot.Request, args []string) error {
			if len(args) == 0 {
				return cases.Fail(cases.Invalid, "error.number.missing")
			}
			into, err := number(st, args[0])
			if err != nil {
				return err
			}
			if len(args) == 1 {
				return cases.Fail(cases.Invalid, "error.merge.two")
			}
			one, err := number(st, args[1])
			if err != nil {
				return err
			}
			desk, err := reportsOf(st, *r.Staff, one, into)
			if err != nil {
				return err
			}
			if len(args) > 2 && args[2] == yes {
				return mergeNow(ctx, st, desk, r, one, into)
			}
			question := bot.T("sure.gop", "number", one.String(), "into", into.String())
			return prompt(ctx, st, desk, r, target{Number: into}, question, func(target) [][]bot.Button {
				return [][]bot.Button{{{Label: bot.T("button.sure"), Do: bot.Action("gop", into.String(), one.String(), yes)}}}
			})
		},
	}
}

func mergeNow(ctx context.Context, st Store, desk Reports, r *bot.Request, one, into cases.Number) error {
	merged, err := desk.Merge(ctx, *r.Staff, one, into)
	if err != nil {
		return err
	}
	c, err := desk.Open(ctx, *r.Staff, into)
	if err != nil {
		return err
	}
	if err := show(ctx, st, r, c); err != nil {
		return err
	}
	return toResident(ctx, st, r, merged, nil, "resident.merged")
}

// unmerge brings a report back to where it stood.
func unmerge() Command {
	return Command{
		Name: "tach", Aliases: []string{"unmerge", "split"}, Help: "cmd.tach", Args: "usage.case", Rights: deskOfReports,
		Run: func(ctx context.Context, st Store, r *bot.Request, args []string) error {
			t, err := reportOf(st, r, args, deskOfReports...)
			if err != nil {
				return err
			}
			desk := st.Reports()
			c, err := desk.Unmerge(ctx, *r.Staff, t.Number, t.version)
			if cases.KindOf(err) == cases.Conflict {
				return step{}.stale(ctx, st, desk, r, t)
			}
			if err != nil {
				return err
			}
			return show(ctx, st, r, c)
		},
	}
}

// mergedShown is how many numbers a card names before it counts the rest.
const mergedShown = 6

// mergedLines tell what a report is counted with, and from how many people it comes at
// least. Which of them are one person is told by nothing.
func mergedLines(c cases.Case) []bot.Text {
	var lines []bot.Text
	if !c.MergedInto.IsZero() {
		lines = append(lines, bot.T("card.merged", "number", c.MergedInto.String()))
		if cases.MayPart(c) == nil {
			lines = append(lines, bot.T("card.merged.part"))
		}
	}
	if n := len(c.Merged); n > 0 {
		var names []string
		for _, m := range c.Merged[:min(n, mergedShown)] {
			names = append(names, m.String())
		}
		if n > mergedShown {
			names = append(names, "…")
		}
		lines = append(lines, bot.T("card.followers", "numbers", strings.Join(names, ", ")))
	}
	if c.Sources >= cases.SourcesShown {
		lines = append(lines, bot.T("card.sources", "n", c.Sources))
	}
	return lines
}

// mergeButtons lead from a report to others that tell of the same.
func (s sheet) mergeButtons(c cases.Case) []bot.Button {
	if c.Number.Stream != cases.ReportStream || !s.may(cases.WorkReports, c.Number.Stream) {
		return nil
	}
	if !c.MergedInto.IsZero() {
		name := c.MergedInto.String()
		return []bot.Button{{Label: bot.T("do.gop.open", "number", name), Do: bot.Action("xem", name)}}
	}
	if c.Shut || c.Erased || c.Status.Final() {
		return nil
	}
	return []bot.Button{{Label: bot.T("do.tuongtu"), Do: bot.Action("tuongtu", c.Number.String())}}
}
