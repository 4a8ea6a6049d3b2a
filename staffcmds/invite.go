package staffcmds

import (
	"context"
	"slices"
	"strings"

	"tinbao/bot"
	"tinbao/cases"
)

// maxName bounds a name as colleagues know it, in units.
const maxName = 60

// invite makes a link that opens one account, once, within 24 hours. link makes
// the address of a token. The message is not protected: it is made to be passed on.
func invite(link func(token string) string) Command {
	return Command{
		Name: "moi", Aliases: []string{"invite"}, Help: "cmd.moi", Args: "usage.invite", Rights: managing, Rest: true, Listed: true,
		Run: func(ctx context.Context, st Store, r *bot.Request, args []string) error {
			if len(args) == 0 {
				chooseRole(r)
				return nil
			}
			role, err := cases.ParseRole(args[0])
			if err != nil {
				return err
			}
			name := strings.Join(strings.Fields(strings.Join(args[1:], " ")), " ")
			if name == "" || units(name) > maxName {
				askName(st, r, role)
				return nil
			}
			token, expires, err := st.Invite(ctx, r.Staff.ID, role, name)
			if err != nil {
				return err
			}
			r.Say(bot.T("invite.link", "name", name, "role", bot.T("role."+string(role)), "link", link(token), "expires", expires))
			return nil
		},
	}
}

func chooseRole(r *bot.Request) {
	var buttons []bot.Button
	for _, role := range cases.Roles {
		buttons = append(buttons, bot.Button{Label: bot.T("role." + string(role)), Do: bot.Action("moi", string(role))})
	}
	rows := slices.Collect(slices.Chunk(buttons, 2))
	rows = append(rows, []bot.Button{{Label: bot.T("do.nhanvien"), Do: "nhanvien"}})
	r.Reply(bot.Reply{Lines: []bot.Text{bot.T("invite.role")}, Buttons: rows, Edit: r.Bubble()})
}

func askName(st Store, r *bot.Request, role cases.Role) {
	bot.Await(st, r.Lang, "moi", string(role))
	r.Reply(bot.Reply{
		Lines: []bot.Text{bot.T("ask.moi", "role", bot.T("role."+string(role)))}, Edit: r.Bubble(),
		Buttons: [][]bot.Button{{{Label: bot.T("button.back"), Do: "moi"}}},
	})
}

// Accept opens the account of an invitation for the person who sent /start with
// its token, and greets with the menu and the commands of the role. The answer is
// true when the person is staff now; for an unknown, used or expired token it says
// so, without telling which. An error is a fault of the store.
func Accept(ctx context.Context, st Store, r *bot.Request, token string) (bool, error) {
	s, err := st.AcceptInvite(ctx, token, cases.Route{Chat: r.Chat, Lang: r.Lang})
	switch cases.KindOf(err) {
	case cases.NotFound, cases.Expired, cases.Invalid, cases.Conflict, cases.NotAllowed:
		r.Say(bot.T("error.expired"))
		return false, nil
	}
	if err != nil {
		return false, err
	}
	st.DropDraft()
	welcome := bot.T("invite.welcome", "name", s.Name, "role", bot.T("role."+string(s.Role)))
	r.Reply(bot.Reply{Lines: []bot.Text{welcome}, Menu: MenuOf(s.Role)})
	r.Reply(bot.Reply{Lines: helpLinesFor(s, r.Lang, Commands(nil))}) // the commands are only named
	r.Staff = &s
	return true, keypad{}.ask(st, r, 0, "")
}
