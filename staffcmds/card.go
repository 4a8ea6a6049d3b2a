package staffcmds

import (
	"slices"
	"strconv"

	"tinbao/bot"
	"tinbao/cases"
)

// talksOnCard is how many of the last messages a card shows.
const talksOnCard = 5

// show puts the present card in place of the one a button was pressed on.
func show(_ Store, r *bot.Request, c cases.Case) { r.Reply(card(*r.Staff, c, r.Bubble())) }

// card is a case on the phone of one member of staff, with the steps that person
// may take now. It is protected from forwarding and saving.
func card(s cases.Staff, c cases.Case, bubble int) bot.Reply {
	return bot.Reply{Lines: cardLines(s, c), Buttons: cardButtons(s, c), Edit: bubble, Protect: true}
}

func cardLines(s cases.Staff, c cases.Case) []bot.Text {
	head := "card.head"
	if c.Urgent {
		head = "card.head.urgent"
	}
	lines := []bot.Text{
		bot.T(head, "number", c.Number.String(), "status", statusText(c), "alias", c.Alias),
		bot.T("card.times", "received", c.Received, "due", c.Due),
	}
	if c.Holder != "" {
		lines = append(lines, bot.T("card.holder", "name", c.Holder))
	}
	if c.Report != nil {
		lines = append(lines, reportLines(*c.Report)...)
	}
	if c.Help != nil {
		lines = append(lines, helpLines(*c.Help)...)
	}
	if c.Kind != "" {
		lines = append(lines, bot.T("card.kind", "kind", bot.T("kind."+string(c.Kind))))
	}
	if c.Service != "" {
		lines = append(lines, bot.T("card.referred", "service", bot.T("service."+string(c.Service))))
	}
	if len(c.Files) > 0 {
		lines = append(lines, bot.T("card.files", "n", len(c.Files)))
	}
	if c.Silent {
		lines = append(lines, bot.T("card.silent"))
	}
	return append(lines, talkLines(c.Talks)...)
}

func statusText(c cases.Case) bot.Text {
	if c.Status == cases.Verified && c.Finding != "" {
		return bot.T("finding." + string(c.Finding))
	}
	return bot.T("status." + string(c.Status))
}

func reportLines(d cases.ReportContent) []bot.Text {
	lines := []bot.Text{bot.T("review.what", "value", bot.T("concern."+string(d.Concern)))}
	switch {
	case d.Hamlet > 0:
		lines = append(lines, bot.T("card.hamlet", "n", d.Hamlet))
	case d.Place != nil:
		lines = append(lines, bot.T("card.place", "place", bot.EncodePlace(*d.Place)))
	case d.Where != "":
		lines = append(lines, bot.T("review.where", "value", d.Where))
	}
	if d.When != "" {
		lines = append(lines, bot.T("review.when", "value", whenText(d.When)))
	}
	return append(lines, bot.T("review.text", "value", d.Text))
}

var whenKeys = []string{"when.now", "when.today", "when.week", "when.often"}

func whenText(when string) bot.Text {
	if slices.Contains(whenKeys, when) {
		return bot.T(when)
	}
	return bot.Words(when)
}

func helpLines(h cases.HelpContent) []bot.Text {
	lines := []bot.Text{bot.T("review.service", "value", bot.T("service."+string(h.Service)))}
	if h.Under18 {
		lines = append(lines, bot.T("card.under18"))
	}
	if h.Contact != "" {
		lines = append(lines, bot.T("review.contact", "value", h.Contact))
	}
	if h.Text != "" {
		lines = append(lines, bot.T("review.text", "value", h.Text))
	}
	return lines
}

func talkLines(talks []cases.Talk) []bot.Text {
	if len(talks) > talksOnCard {
		talks = talks[len(talks)-talksOnCard:]
	}
	lines := make([]bot.Text, 0, len(talks))
	for _, t := range talks {
		key := "card.talk.person"
		switch {
		case t.Internal:
			key = "card.talk.note"
		case t.FromStaff:
			key = "card.talk.staff"
		}
		lines = append(lines, bot.T(key, "at", t.At, "by", t.By, "text", t.Text))
	}
	return lines
}

// verbCommands is which command takes a step, in the order of the buttons.
var verbCommands = []struct {
	verb    cases.Verb
	command string
	right   cases.Right
}{
	{cases.Acknowledge, "nhan", cases.PoliceReports},
	{cases.Handle, "xuly", cases.PoliceReports},
	{cases.Resolve, "ketqua", cases.PoliceReports},
	{cases.Return, "tralai", cases.PoliceReports},
	{cases.Take, "nhanviec", cases.WorkReports},
	{cases.Verify, "xacminh", cases.WorkReports},
	{cases.Classify, "phanloai", cases.WorkReports},
	{cases.Forward, "chuyen", cases.WorkReports},
	{cases.AskInfo, "hoi", cases.WorkReports},
	{cases.SetAside, "ngoai", cases.WorkReports},
	{cases.Close, "dong", cases.WorkReports},
	{cases.Reopen, "molai", cases.WorkReports},
	{cases.Answer, "traloi", cases.WorkReports},
	{cases.Note, "ghichu", cases.WorkReports},
	{cases.Take, "nhanviec", cases.WorkHelp},
	{cases.Contact, "lienhe", cases.WorkHelp},
	{cases.Assess, "danhgia", cases.WorkHelp},
	{cases.Refer, "chuyengui", cases.WorkHelp},
	{cases.Accept, "chapnhan", cases.WorkHelp},
	{cases.Decline, "tuchoi", cases.WorkHelp},
	{cases.RecordDone, "hoanthanh", cases.WorkHelp},
	{cases.Close, "dong", cases.WorkHelp},
	{cases.Reopen, "molai", cases.WorkHelp},
	{cases.Answer, "traloi", cases.WorkHelp},
	{cases.Note, "ghichu", cases.WorkHelp},
}

func cardButtons(s cases.Staff, c cases.Case) [][]bot.Button {
	possible := cases.Steps(c.Number.Stream, c.Status, c.Urgent)
	t := target{Number: c.Number, version: c.Version}
	var buttons []bot.Button
	for _, v := range verbCommands {
		help := v.right == cases.WorkHelp
		if help != (c.Number.Stream == cases.HelpStream) || !s.Role.May(v.right) || !slices.Contains(possible, v.verb) {
			continue
		}
		if v.verb == cases.Take && c.Assignee != 0 {
			continue
		}
		buttons = append(buttons, bot.Button{Label: bot.T("do." + v.command), Do: bot.Action(v.command, t.args()...)})
	}
	if len(c.Files) > 0 {
		buttons = append(buttons, bot.Button{Label: bot.T("do.tep", "n", len(c.Files)), Do: bot.Action("tep", c.Number.String())})
	}
	buttons = append(buttons, bot.Button{Label: bot.T("do.lichsu"), Do: bot.Action("lichsu", c.Number.String())})
	rows := slices.Collect(slices.Chunk(buttons, 2))
	return append(rows, []bot.Button{{Label: bot.T("do.hangdoi"), Do: bot.Action("hangdoi", string(cases.QueueOpen), strconv.Itoa(0), string(c.Number.Stream))}})
}
