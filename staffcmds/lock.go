package staffcmds

import (
	"context"
	"slices"
	"strconv"

	"tinbao/bot"
	"tinbao/cases"
)

// The two things the command does to an account.
const (
	toLock   = "lock"
	toUnlock = "unlock"
)

// lock shuts an account out at once, or lets it in again, and takes the messages off
// its phone. Nobody can lock himself, so at least one account that manages staff
// stays open.
func lock() Command {
	return Command{
		Name: "khoa", Aliases: []string{"lock"}, Help: "cmd.khoa", Args: "usage.lock", Rights: managing,
		Run: func(ctx context.Context, st Store, r *bot.Request, args []string) error {
			if len(args) == 0 || args[0] == "p" {
				return accountList(ctx, st, r, "khoa", pageOf(args))
			}
			s, err := account(ctx, st, args[0])
			if err != nil {
				return err
			}
			if s.ID == r.Staff.ID {
				return cases.Fail(cases.NotAllowed, "error.self")
			}
			if len(args) == 3 && args[2] == yes && slices.Contains([]string{toLock, toUnlock}, args[1]) {
				return setLock(ctx, st, r, s, args[1] == toLock)
			}
			lockSure(r, s)
			return nil
		},
	}
}

// accountList offers all accounts but the own one to a command.
func accountList(ctx context.Context, st Store, r *bot.Request, command string, page int) error {
	all, err := st.StaffList(ctx)
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(slices.Clone(all), func(s cases.Staff) bool { return s.ID == r.Staff.ID })
	part, page, pages := cut(all, page, staffOnPage)
	var rows [][]bot.Button
	for _, s := range part {
		rows = append(rows, []bot.Button{{Label: staffLine("lock.choice", s), Do: bot.Action(command, strconv.FormatInt(int64(s.ID), 10))}})
	}
	rows = append(rows, pager(page, pages, func(n int) string { return bot.Action(command, "p", strconv.Itoa(n)) })...)
	rows = append(rows, []bot.Button{{Label: bot.T("do.nhanvien"), Do: "nhanvien"}})
	r.Reply(bot.Reply{Lines: []bot.Text{bot.T("ask." + command)}, Buttons: rows, Edit: r.Bubble()})
	return nil
}

func lockSure(r *bot.Request, s cases.Staff) {
	what := toLock
	if s.Locked {
		what = toUnlock
	}
	id := strconv.FormatInt(int64(s.ID), 10)
	r.Reply(bot.Reply{Lines: []bot.Text{staffLine("sure.khoa", s)}, Edit: r.Bubble(), Buttons: [][]bot.Button{
		{{Label: bot.T("button.sure"), Do: bot.Action("khoa", id, what, yes)}},
		{{Label: bot.T("button.back"), Do: "khoa"}},
	}})
}

func setLock(ctx context.Context, st Store, r *bot.Request, s cases.Staff, locked bool) error {
	if err := st.Lock(ctx, s.ID, locked); err != nil {
		return err
	}
	s.Locked = locked
	r.Reply(bot.Reply{Lines: []bot.Text{staffLine("lock.done", s)}, Edit: r.Bubble(), Buttons: [][]bot.Button{
		{{Label: bot.T("do.nhanvien"), Do: "nhanvien"}},
	}})
	key := "account.unlocked"
	if locked {
		key = "account.locked"
	}
	if err := tellAccounts(ctx, st, r, key, s, clip(r.Staff.Name, cardName)); err != nil || s.Route.Chat == 0 {
		return err
	}
	if locked { // what is on the phone goes as far as Telegram allows
		r.Reply(bot.Reply{Chat: s.Route.Chat, Clear: &bot.Clear{}})
	}
	told := bot.Reply{Chat: s.Route.Chat, Lang: s.Route.Lang, Lines: []bot.Text{bot.T("lock.opened")}, Menu: MenuOf(s.Role)}
	if locked {
		told.Lines, told.Menu = []bot.Text{bot.T("lock.closed")}, bot.ResidentMenu
	}
	r.Reply(told)
	return nil
}
