package staffcmds

import (
	"slices"

	"tinbao/bot"
	"tinbao/cases"
)

// menuButton is one button below the input field of staff: what it says, the
// command it stands for, and whom it is shown to.
type menuButton struct {
	text    string // locale key
	command string
	rights  []cases.Right // any one of them
}

var menuButtons = []menuButton{
	{"staff.menu.queue", "hangdoi", seeing},
	{"staff.menu.take", "tiep", working},
	{"staff.menu.figures", "thongke", []cases.Right{cases.SeeFigures}},
	{"staff.menu.staff", "nhanvien", []cases.Right{cases.ManageStaff}},
	{"staff.menu.help", "help", everyone},
}

// MenuOf names the keyboard of a role.
func MenuOf(role cases.Role) bot.Menu { return bot.StaffMenu + ":" + bot.Menu(role) }

const menuColumns = 2

// Keyboards are the keyboards of all roles: no button that the role may not use.
func Keyboards() map[bot.Menu][][]bot.Text {
	all := map[bot.Menu][][]bot.Text{}
	for _, role := range cases.Roles {
		var buttons []bot.Text
		for _, b := range menuButtons {
			if role.MayAny(b.rights...) {
				buttons = append(buttons, bot.T(b.text))
			}
		}
		all[MenuOf(role)] = slices.Collect(slices.Chunk(buttons, menuColumns))
	}
	return all
}
