package staffcmds

import (
	"slices"
	"strconv"

	"tinbao/bot"
	"tinbao/cases"
)

// extendFrom is the part of a limit, in percent, from which a reminder offers more time.
const extendFrom = 80

// Remind writes a reminder of a limit to whoever has the case, or to the desk when nobody
// has it; once the limit is over the leader hears of it, too. It names the case and
// nothing of it: it comes to phones that are not open.
func Remind(staff []cases.Staff, m cases.Reminder) []bot.Reply {
	var out []bot.Reply
	for _, s := range reminded(staff, m) {
		number := m.Number.String()
		buttons := []bot.Button{{Label: bot.T("button.open"), Do: bot.Action("xem", number)}}
		if m.Percent >= extendFrom && !m.Urgent {
			buttons = append(buttons, bot.Button{Label: bot.T("do.giahan"), Do: bot.Action("giahan", number)})
		}
		out = append(out, bot.Reply{
			Chat: s.Route.Chat, Lang: s.Route.Lang, Protect: true, Slot: "clock" + number,
			Lines: []bot.Text{bot.T("clock.remind."+strconv.Itoa(m.Percent), "number", number)}, Buttons: [][]bot.Button{buttons},
		})
	}
	if m.Percent < 100 {
		return out
	}
	for _, s := range staff {
		if s.Reachable() && s.Role.May(overseers) {
			out = append(out, overseen(s, m.Number, "clock.over"))
		}
	}
	return out
}

// reminded are the people whose turn it is.
func reminded(staff []cases.Staff, m cases.Reminder) []cases.Staff {
	right := cases.WorkReports
	switch {
	case m.Number.Stream == cases.HelpStream:
		right = cases.WorkHelp
	case m.Police:
		right = cases.PoliceReports
	case m.About == cases.AboutOfficer:
		right = cases.KeptReports
	}
	desk := slices.DeleteFunc(slices.Clone(staff), func(s cases.Staff) bool { return !s.Reachable() || !s.Role.May(right) })
	over := m.Percent >= 100 && m.Number.Stream == cases.HelpStream // nobody else is told of help
	if i := slices.IndexFunc(desk, func(s cases.Staff) bool { return s.ID == m.Holder }); i >= 0 && !over {
		return desk[i : i+1]
	}
	return desk
}

// Digest writes what waits in the morning to one member of staff, in numbers, with the
// queues one press away.
func Digest(to cases.Staff, list []cases.Digest) bot.Reply {
	reply := bot.Reply{Chat: to.Route.Chat, Lang: to.Route.Lang, Protect: true, Slot: "digest", Lines: []bot.Text{bot.T("digest.head")}}
	var police, works, sees bool
	for _, d := range list {
		police = d.Stream == cases.ReportStream && to.Role.May(cases.PoliceReports)
		works = slices.Contains(streamsOf(to, working...), d.Stream)
		sees = slices.Contains(streamsOf(to, seeing...), d.Stream)
		key := "digest.watch"
		switch {
		case d.Open == 0:
			key = "digest.none"
		case police:
			key = "digest.police"
		case works:
			key = "digest.work"
		case !sees:
			key = "digest.figures"
		}
		reply.Lines = append(reply.Lines, bot.T(key, "stream", bot.T("stream."+string(d.Stream)),
			"fresh", d.Fresh, "mine", d.Mine, "today", d.Today, "overdue", d.Overdue, "open", d.Open))
		if !sees {
			continue
		}
		var row []bot.Button
		add := func(view cases.QueueView, n int) {
			if n > 0 {
				label := bot.T("digest.button", "label", bot.T("queue.view."+string(view)), "n", n)
				row = append(row, bot.Button{Label: label, Do: queueAction(view, 1, d.Stream)})
			}
		}
		if police {
			add(cases.QueueOpen, d.Open)
		} else {
			add(cases.QueueNew, d.Fresh)
		}
		if works {
			add(cases.QueueMine, d.Mine)
		}
		add(cases.QueueOverdue, d.Overdue)
		if len(row) > 0 {
			reply.Buttons = append(reply.Buttons, row)
		}
	}
	return reply
}
