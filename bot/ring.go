package bot

import "tinbao/cases"

// ConfirmCommand is the staff command by which somebody says to be dealing with an urgent
// case.
const ConfirmCommand = "dangxuly"

// Ring calls a member of staff to an urgent case. It names the case and nothing of it: it
// comes to phones that are not open. One that still waits gives way to the next about the
// same report; the place of a waiting message about help is not named.
func Ring(to cases.Staff, n cases.Number, text Text) Reply {
	number := n.String()
	r := Reply{
		Chat: to.Route.Chat, Lang: to.Route.Lang, Protect: true, Lines: []Text{text},
		Buttons: [][]Button{
			{{Label: T("do." + ConfirmCommand), Do: Action(ConfirmCommand, number)}},
			{{Label: T("button.open"), Do: Action("xem", number)}},
		},
	}
	if n.Stream == cases.ReportStream {
		r.Slot = "ring" + number
	}
	return r
}
