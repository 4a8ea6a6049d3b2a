package staffcmds

import (
	"context"
	"slices"

	"tinbao/bot"
	"tinbao/cases"
)

// toResident writes to everybody who waits for news of a case, and tells the one
// who acts when nobody can be reached. Every text may name the day the person
// wrote, because it may never name the case.
func toResident(ctx context.Context, st Store, r *bot.Request, c cases.Case, buttons [][]bot.Button, key string, pairs ...any) error {
	routes, err := st.Routes(ctx, c.Number.Stream, c.ID)
	if err != nil {
		return err
	}
	text := bot.T(key, append(pairs, "received", c.Received)...)
	reached := false
	for _, route := range routes {
		if route.Chat == 0 { // would be taken for the present chat
			continue
		}
		reached = true
		r.Reply(bot.Reply{
			Chat: route.Chat, Lang: route.Lang, Lines: []bot.Text{text}, Buttons: buttons,
			Of: &bot.CaseRef{Stream: c.Number.Stream, ID: c.ID},
		})
	}
	if !reached {
		r.Alert(bot.T("error.silent"))
	}
	return nil
}

// toStaff shows the card to those with a right, but not to the one who acts. When
// the holder of the case is among them, only the holder is disturbed.
func toStaff(ctx context.Context, st Store, r *bot.Request, c cases.Case, right cases.Right, key string) error {
	staff, err := st.StaffWith(ctx, right)
	if err != nil {
		return err
	}
	if i := slices.IndexFunc(staff, func(s cases.Staff) bool { return s.ID == c.Assignee }); i >= 0 {
		staff = staff[i : i+1]
	}
	for _, s := range staff {
		if s.ID == r.Staff.ID || s.Locked || s.Route.Chat == 0 {
			continue
		}
		view, err := sheetFor(ctx, st, s)
		if err != nil {
			return err
		}
		reply := view.card(c, 0)
		reply.Chat, reply.Lang = s.Route.Chat, s.Route.Lang
		reply.Lines = append([]bot.Text{bot.T(key, "number", c.Number.String())}, reply.Lines...)
		r.Reply(reply)
	}
	return nil
}
