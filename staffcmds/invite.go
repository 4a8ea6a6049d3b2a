package staffcmds

import (
	"context"
	"slices"
	"strconv"
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
			inv, err := st.Invite(ctx, r.Staff.ID, role, name)
			if err != nil {
				return err
			}
			lines := []bot.Text{bot.T("invite.link", "name", name, "role", bot.T("role."+string(role)), "link", link(inv.Token), "expires", inv.Expires)}
			if inv.Second {
				lines = append(lines, bot.T("invite.second"))
			}
			r.Say(lines...)
			askSecond(r, inv)
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

// askSecond asks those who may agree to an invitation.
func askSecond(r *bot.Request, inv cases.Invitation) {
	for _, s := range inv.Agree {
		if s.Reachable() {
			question := agreeQuestion(inv, *r.Staff)
			question.Chat, question.Lang = s.Route.Chat, s.Route.Lang
			r.Reply(question)
		}
	}
}

// agreeQuestion asks somebody to agree to an invitation.
func agreeQuestion(inv cases.Invitation, by cases.Staff) bot.Reply {
	return bot.Reply{
		Protect: true,
		Lines:   []bot.Text{bot.T("invite.ask", "by", clip(by.Name, cardName), "byrole", bot.T("role."+string(by.Role)), "name", inv.Name, "role", bot.T("role."+string(inv.Role)))},
		Buttons: [][]bot.Button{{
			{Label: bot.T("invite.agree"), Do: bot.Action(agreeName, inv.Ref, yes)}, {Label: bot.T("invite.refuse"), Do: bot.Action(agreeName, inv.Ref, "no")},
		}},
	}
}

const agreeName = "duyetmoi"

// agreeInvite is the second person's answer to an invitation; who invited is told.
func agreeInvite() Command {
	return Command{
		Name: agreeName, Aliases: []string{"agreeinvite"}, Help: "cmd.duyetmoi", Rights: everyone,
		Run: func(ctx context.Context, st Store, r *bot.Request, args []string) error {
			if len(args) < 2 || r.Press == nil {
				return waitingInvites(ctx, st, r)
			}
			agreed := args[1] == yes
			inv, err := st.AgreeInvite(ctx, *r.Staff, args[0], agreed)
			if err != nil {
				return err
			}
			key := "invite.refused"
			if agreed {
				key = "invite.agreed"
			}
			line := bot.T(key, "by", clip(r.Staff.Name, cardName), "name", inv.Name, "role", bot.T("role."+string(inv.Role)))
			r.Reply(bot.Reply{Lines: []bot.Text{line}, Edit: r.Bubble(), Protect: true})
			all, err := st.StaffList(ctx)
			for _, s := range all {
				if s.ID == inv.By && s.Reachable() {
					r.Reply(bot.Reply{Chat: s.Route.Chat, Lang: s.Route.Lang, Lines: []bot.Text{line}, Protect: true})
				}
			}
			return err
		},
	}
}

// waitingInvites shows the invitations that wait for this person.
func waitingInvites(ctx context.Context, st Store, r *bot.Request) error {
	list, err := st.WaitingInvites(ctx, *r.Staff)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		r.Say(bot.T("invite.none"))
	}
	for _, inv := range list {
		by, err := account(ctx, st, strconv.FormatInt(int64(inv.By), 10))
		if err != nil {
			return err
		}
		r.Reply(agreeQuestion(inv, by))
	}
	return nil
}

// tellAccounts tells leaders, admins and the colleagues of a role of a new or changed
// account; by is "" for the command line.
func tellAccounts(ctx context.Context, st Store, r *bot.Request, key string, changed cases.Staff, by string) error {
	all, err := st.StaffList(ctx)
	if err != nil {
		return err
	}
	for _, s := range cases.TellsAccounts(changed, all) {
		if r.Staff != nil && s.ID == r.Staff.ID {
			continue
		}
		r.Reply(bot.Reply{
			Chat: s.Route.Chat, Lang: s.Route.Lang, Protect: true,
			Lines: []bot.Text{bot.T(key, "name", clip(changed.Name, cardName), "role", bot.T("role."+string(changed.Role)), "by", bot.WordsOr(by, "invite.byserver"))},
		})
	}
	return nil
}

// nameOf is how colleagues know an account; "" for the command line.
func nameOf(ctx context.Context, st Store, id cases.StaffID) (string, error) {
	all, err := st.StaffList(ctx)
	for _, s := range all {
		if s.ID == id {
			return clip(s.Name, cardName), err
		}
	}
	return "", err
}

// Accept opens the account of an invitation for the person who sent /start with
// its token, and greets with the menu and the commands of the role. The answer is
// true when the person is staff now; for an unknown, used or expired token it says
// so, without telling which. An error is a fault of the store.
func Accept(ctx context.Context, st Store, r *bot.Request, token string) (bool, error) {
	s, inv, err := st.AcceptInvite(ctx, token, cases.Route{Chat: r.Chat, Lang: r.Lang})
	if key := cases.TextOf(err); err != nil && (key == "invite.waits" || key == "invite.taken") {
		r.Say(bot.T(key))
		return false, nil
	}
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
	by, err := nameOf(ctx, st, inv.By)
	if err != nil {
		return false, err
	}
	if err := tellAccounts(ctx, st, r, "account.opened", s, by); err != nil {
		return false, err
	}
	return true, keypad{}.ask(st, r, 0, "")
}
