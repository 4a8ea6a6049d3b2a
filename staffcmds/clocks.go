package staffcmds

import (
	"context"
	"slices"
	"strconv"

	"tinbao/bot"
	"tinbao/cases"
)

// keep is the last argument of a limit that is kept without having been compared with
// its source.
const keep = "luu"

// clocks lists the limits with their sources; the leader changes one, for what begins
// from then on.
func clocks() Command {
	return Command{
		Name: "thoihan", Aliases: []string{"limits"}, Help: "cmd.thoihan",
		Rights: []cases.Right{cases.ReadReports, cases.SetClocks},
		Run: func(ctx context.Context, st Store, r *bot.Request, args []string) error {
			list, err := st.Clocks(ctx)
			if err != nil {
				return err
			}
			if !r.Staff.Role.May(cases.SetClocks) || len(args) == 0 {
				showClocks(r, list)
				return nil
			}
			rule, ok := list.Rule(cases.ClockKey(args[0]))
			if !ok {
				return cases.Fail(cases.Invalid, "clocks.invalid")
			}
			return editClock(ctx, st, r, rule, args[1:])
		},
	}
}

// editClock offers another time for a limit, and keeps it when that is asked for: kind of
// clock, amount, and whether it was compared with its source.
func editClock(ctx context.Context, st Store, r *bot.Request, rule cases.ClockRule, args []string) error {
	if len(args) >= 2 {
		n, err := strconv.Atoi(args[1])
		if err != nil {
			return cases.Fail(cases.Invalid, "clocks.invalid")
		}
		if err := (cases.ClockVersion{Key: rule.Key, Type: cases.ClockType(args[0]), Amount: n}).MayBe(); err != nil {
			return err
		}
		rule.Type, rule.Amount = cases.ClockType(args[0]), n
	}
	if len(args) < 3 {
		offerClock(r, rule)
		return nil
	}
	if args[2] != keep && args[2] != checked {
		return cases.Fail(cases.Invalid, "clocks.invalid")
	}
	if err := st.SetClock(ctx, r.Staff.ID, rule.Key, rule.Type, rule.Amount, args[2] == checked); err != nil {
		return err
	}
	list, err := st.Clocks(ctx)
	if err != nil {
		return err
	}
	showClocks(r, list, bot.T("clocks.kept"))
	return nil
}

func showClocks(r *bot.Request, list cases.Clocks, lines ...bot.Text) {
	lines = append(lines, bot.T("clocks.head"))
	var buttons []bot.Button
	for _, rule := range list {
		lines = append(lines, ruleLine(rule))
		buttons = append(buttons, bot.Button{Label: bot.T("clock." + string(rule.Key)), Do: bot.Action("thoihan", string(rule.Key))})
	}
	var rows [][]bot.Button
	if r.Staff.Role.May(cases.SetClocks) {
		rows = slices.Collect(slices.Chunk(buttons, 2))
	}
	rows = append(rows, []bot.Button{{Label: bot.T("do.lich"), Do: bot.Action("lich")}})
	r.Reply(bot.Reply{Lines: lines, Buttons: rows, Edit: r.Bubble(), Protect: true})
}

func ruleLine(rule cases.ClockRule) bot.Text {
	verified := bot.T("clocks.unverified")
	if rule.VerifiedBy != "" {
		verified = bot.T("clocks.verified", "by", clip(rule.VerifiedBy, cardName))
	}
	return bot.T("clocks.line", "name", bot.T("clock."+string(rule.Key)), "amount", amountText(rule), "source", rule.Source, "verified", verified)
}

func amountText(rule cases.ClockRule) bot.Text {
	return bot.T("clocks."+string(rule.Type), "n", rule.Amount)
}

// offerClock shows a limit with the ways to change it; nothing is kept yet.
func offerClock(r *bot.Request, rule cases.ClockRule) {
	do := func(kind cases.ClockType, n int, more ...string) string {
		return bot.Action("thoihan", append([]string{string(rule.Key), string(kind), strconv.Itoa(n)}, more...)...)
	}
	var change, kinds []bot.Button
	for _, by := range []int{-5, -1, 1, 5} {
		if (cases.ClockVersion{Key: rule.Key, Type: rule.Type, Amount: rule.Amount + by}).MayBe() == nil {
			label := strconv.Itoa(by)
			if by > 0 {
				label = "+" + label
			}
			change = append(change, bot.Button{Label: bot.Words(label), Do: do(rule.Type, rule.Amount+by)})
		}
	}
	for _, kind := range cases.ClockTypes {
		label := bot.T("clocks.type." + string(kind))
		if kind == rule.Type {
			label = bot.T("chosen", "label", label)
		}
		kinds = append(kinds, bot.Button{Label: label, Do: do(kind, rule.Amount)})
	}
	rows := append([][]bot.Button{change}, slices.Collect(slices.Chunk(kinds, 2))...)
	rows = append(rows,
		[]bot.Button{{Label: bot.T("clocks.keep"), Do: do(rule.Type, rule.Amount, keep)}},
		[]bot.Button{{Label: bot.T("clocks.keep.verified"), Do: do(rule.Type, rule.Amount, checked)}},
		[]bot.Button{{Label: bot.T("button.back"), Do: bot.Action("thoihan")}})
	r.Reply(bot.Reply{
		Lines:   []bot.Text{bot.T("clocks.edit", "name", bot.T("clock."+string(rule.Key)), "amount", amountText(rule), "source", rule.Source)},
		Buttons: rows, Edit: r.Bubble(), Protect: true,
	})
}
