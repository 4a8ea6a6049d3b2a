package staffcmds

import (
	"context"
	"slices"
	"strings"

	"tinbao/bot"
	"tinbao/cases"
)

// toResident writes to everybody who waits for news of a case, and tells the one
// who acts when nobody can be reached. Every text names the case as cases.Sent does and
// never by its number.
func toResident(ctx context.Context, st Store, r *bot.Request, c cases.Case, buttons [][]bot.Button, key string, pairs ...any) error {
	return toResidents(ctx, st, r, c, buttons, func(sent cases.Sent) []bot.Text {
		return []bot.Text{bot.T(key, append(slices.Clone(pairs), "received", sent)...)}
	})
}

// toResidents is toResident for what is told in several lines, which name to each
// person the own case.
func toResidents(ctx context.Context, st Store, r *bot.Request, c cases.Case, buttons [][]bot.Button, lines func(sent cases.Sent) []bot.Text) error {
	reached, err := reach(ctx, st, r, c, buttons, lines)
	switch {
	case err != nil:
		return err
	case reached:
	case c.ByWeb:
		r.Alert(bot.T("told.web"))
	default:
		r.Alert(bot.T("error.silent"))
	}
	return nil
}

// tellSeen tells the person, once, that somebody has begun to work on a case. Who cannot
// be reached sees it with the receipt.
func tellSeen(ctx context.Context, st Store, r *bot.Request, c cases.Case) error {
	if !cases.Begun(c.History) {
		return nil
	}
	_, err := reach(ctx, st, r, c, nil, func(sent cases.Sent) []bot.Text {
		return []bot.Text{bot.T("resident.seen", "received", sent)}
	})
	return err
}

// reach writes to everybody who waits for news of a case; false when nobody does.
func reach(ctx context.Context, st Store, r *bot.Request, c cases.Case, buttons [][]bot.Button, lines func(sent cases.Sent) []bot.Text) (reached bool, err error) {
	routes, err := st.Routes(ctx, c.Number.Stream, c.ID)
	if err != nil {
		return false, err
	}
	for _, route := range routes {
		if route.Chat == 0 { // would be taken for the present chat
			continue
		}
		reached = true
		of, received, under := c.ID, c.Received, buttons
		if route.CaseID != "" { // of a report that is counted with this one
			of, received = route.CaseID, route.Received
			under = aboutCase(buttons, c.ID, of)
		}
		r.Reply(bot.Reply{
			Chat: route.Chat, Lang: route.Lang, Lines: lines(cases.SentAs(of, received)), Buttons: under,
			Of: &bot.CaseRef{Stream: c.Number.Stream, ID: of},
		})
	}
	return reached, nil
}

// aboutCase makes buttons about one case into the same about another.
func aboutCase(rows [][]bot.Button, from, to string) [][]bot.Button {
	var out [][]bot.Button
	for _, row := range rows {
		row = slices.Clone(row)
		for i := range row {
			row[i].Do = strings.ReplaceAll(row[i].Do, from, to)
		}
		out = append(out, row)
	}
	return out
}

// toStaff tells those with a right what happened, but not the one who acts. When the
// holder of the case is among them, only the holder is disturbed. The notice names
// the case and nothing of it: it comes to phones that are not open. One that still
// waits gives way to the next about the same case.
func toStaff(ctx context.Context, st Store, r *bot.Request, c cases.Case, right cases.Right, key string) error {
	staff, err := st.StaffWith(ctx, right)
	if err != nil {
		return err
	}
	if i := slices.IndexFunc(staff, func(s cases.Staff) bool { return s.Answers(c.Assignee) && s.ID != r.Staff.ID }); i >= 0 {
		staff = staff[i : i+1]
	}
	for _, s := range staff {
		if s.ID == r.Staff.ID || !s.Reachable() || !cases.MayHear(s, c) {
			continue
		}
		r.Reply(stepNotice(s, c, key))
	}
	return nil
}

// stepNotice tells a colleague that something happened to a case.
func stepNotice(to cases.Staff, c cases.Case, key string) bot.Reply {
	number := c.Number.String()
	return bot.Reply{
		Chat: to.Route.Chat, Lang: to.Route.Lang, Protect: true, Slot: "step" + number,
		Lines:   []bot.Text{bot.T(key, "number", number)},
		Buttons: [][]bot.Button{{{Label: bot.T("button.open"), Do: bot.Action("xem", number)}}},
	}
}
