package staffcmds

import (
	"context"
	"slices"
	"strconv"

	"tinbao/bot"
	"tinbao/cases"
)

// staffOnPage is how many accounts one message shows.
const staffOnPage = 15

var managing = []cases.Right{cases.ManageStaff}

// staffList lists the accounts of staff.
func staffList() Command {
	return Command{
		Name: "nhanvien", Aliases: []string{"staff"}, Help: "cmd.nhanvien", Rights: managing, Listed: true,
		Run: func(ctx context.Context, st Store, r *bot.Request, args []string) error {
			all, err := st.StaffList(ctx)
			if err != nil {
				return err
			}
			part, page, pages := cut(all, pageOf(args), staffOnPage)
			lines := []bot.Text{bot.T("stafflist.head", "n", len(all))}
			for _, s := range part {
				if s.Altered {
					lines = append(lines, staffText("stafflist.line.altered", s))
					continue
				}
				lines = append(lines, staffLine("stafflist.line", s))
			}
			rows := pager(page, pages, func(n int) string { return bot.Action("nhanvien", strconv.Itoa(n)) })
			rows = append(rows, []bot.Button{{Label: bot.T("do.moi"), Do: "moi"}, {Label: bot.T("do.khoa"), Do: "khoa"}})
			rows = append(rows, []bot.Button{{Label: bot.T("do.datlaipin"), Do: "datlaipin"}, {Label: bot.T("do.nhatkytk"), Do: accountLogName}})
			r.Reply(bot.Reply{Lines: lines, Buttons: rows, Edit: r.Bubble()})
			return nil
		},
	}
}

// staffLine names an account; the key of a locked one ends in ".locked".
func staffLine(key string, s cases.Staff) bot.Text {
	if s.Locked {
		key += ".locked"
	}
	return staffText(key, s)
}

func staffText(key string, s cases.Staff) bot.Text {
	return bot.T(key, "name", clip(s.Name, cardName), "role", bot.T("role."+string(s.Role)), "id", strconv.FormatInt(int64(s.ID), 10))
}

// account finds an account by its number.
func account(ctx context.Context, st Store, id string) (cases.Staff, error) {
	all, err := st.StaffList(ctx)
	if err != nil {
		return cases.Staff{}, err
	}
	i := slices.IndexFunc(all, func(s cases.Staff) bool { return strconv.FormatInt(int64(s.ID), 10) == id })
	if i < 0 {
		return cases.Staff{}, cases.Fail(cases.NotFound, "error.not_found")
	}
	return all[i], nil
}
