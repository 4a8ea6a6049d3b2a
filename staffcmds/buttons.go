package staffcmds

import (
	"slices"
	"strconv"
	"time"

	"tinbao/bot"
	"tinbao/cases"
)

// verbCommands is which command takes a step, in the order of the buttons.
var verbCommands = []struct {
	verb    cases.Verb
	command string
	right   cases.Right
}{
	{cases.Acknowledge, "nhan", cases.PoliceReports},
	{cases.Handle, "xuly", cases.PoliceReports},
	{cases.Resolve, "ketqua", cases.PoliceReports},
	{cases.Classify, "phanloai", cases.PoliceReports},
	{cases.Return, "tralai", cases.PoliceReports},
	{cases.AskOffice, "hoithem", cases.PoliceReports},
	{cases.Slip, "phieuchuyen", cases.PoliceReports},
	{cases.Note, "ghichu", cases.PoliceReports},
	{cases.Extend, "giahan", cases.PoliceReports},
	{cases.Take, "nhanviec", cases.WorkReports},
	{cases.Verify, "xacminh", cases.WorkReports},
	{cases.Classify, "phanloai", cases.WorkReports},
	{cases.Redact, "che", cases.WorkReports},
	{cases.Forward, "chuyen", cases.WorkReports},
	{cases.ConfirmTransfer, "noinhan", cases.WorkReports},
	{cases.AnswerTransfer, "noitraloi", cases.WorkReports},
	{cases.TellPolice, "traloica", cases.WorkReports},
	{cases.Slip, "phieuchuyen", cases.WorkReports},
	{cases.AskInfo, "hoi", cases.WorkReports},
	{cases.SetAside, "ngoai", cases.WorkReports},
	{cases.Transfer, "chuyennoi", cases.WorkReports},
	{cases.Close, "dong", cases.WorkReports},
	{cases.Unmerge, "tach", cases.WorkReports},
	{cases.AskReopen, "molai", cases.WorkReports},
	{cases.Reopen, "dongymo", cases.SecondReports},
	{cases.KeepShut, "khongmo", cases.SecondReports},
	{cases.Answer, "traloi", cases.WorkReports},
	{cases.Note, "ghichu", cases.WorkReports},
	{cases.Extend, "giahan", cases.WorkReports},
	{cases.Release, "nha", cases.WorkReports},
	{cases.Mute, "tamchan", cases.WorkReports},
	{cases.Assign, "giao", cases.AssignReports},
	{cases.Verify, "xacminh", cases.KeptReports},
	{cases.AskInfo, "hoi", cases.KeptReports},
	{cases.SetAside, "ngoai", cases.KeptReports},
	{cases.Transfer, "chuyennoi", cases.KeptReports},
	{cases.ConfirmTransfer, "noinhan", cases.KeptReports},
	{cases.AnswerTransfer, "noitraloi", cases.KeptReports},
	{cases.Close, "dong", cases.KeptReports},
	{cases.Answer, "traloi", cases.KeptReports},
	{cases.Note, "ghichu", cases.KeptReports},
	{cases.Take, "nhanviec", cases.WorkHelp},
	{cases.Contact, "lienhe", cases.WorkHelp},
	{cases.Assess, "danhgia", cases.WorkHelp},
	{cases.Refer, "chuyengui", cases.WorkHelp},
	{cases.Accept, "chapnhan", cases.WorkHelp},
	{cases.Decline, "tuchoi", cases.WorkHelp},
	{cases.RecordDone, "hoanthanh", cases.WorkHelp},
	{cases.Close, "dong", cases.WorkHelp},
	{cases.AskConsent, "xinphep", cases.WorkHelp},
	{cases.Alarm, "baokhan", cases.WorkHelp},
	{cases.AskReopen, "molai", cases.WorkHelp},
	{cases.Reopen, "dongymo", cases.SecondHelp},
	{cases.KeepShut, "khongmo", cases.SecondHelp},
	{cases.Answer, "traloi", cases.WorkHelp},
	{cases.Note, "ghichu", cases.WorkHelp},
	{cases.Extend, "giahan", cases.WorkHelp},
	{cases.Release, "nha", cases.WorkHelp},
	{cases.Assign, "giao", cases.WorkHelp},
}

func (s sheet) buttons(c cases.Case) [][]bot.Button {
	t := target{Number: c.Number, version: c.Version}
	name := c.Number.String()
	var buttons []bot.Button
	add := func(label bot.Text, do string) { buttons = append(buttons, bot.Button{Label: label, Do: do}) }
	only := s.onlyAlerted(c)
	for _, v := range verbCommands {
		if !only && s.may(v.right, c.Number.Stream) && s.offers(c, v.verb, v.right) {
			add(bot.T("do."+v.command), bot.Action(v.command, t.args()...))
		}
	}
	if !only {
		buttons = append(buttons, s.mergeButtons(c)...)
		buttons = append(buttons, s.linkButtons(c)...)
	}
	if isLong(c) {
		add(bot.T("do.toanvan"), bot.Action("toanvan", name))
	}
	if len(c.Files) > 0 {
		add(bot.T("do.tep", "n", len(c.Files)), bot.Action("tep", name))
	}
	if len(placesOf(c)) > 0 {
		add(bot.T("do.bando"), bot.Action("bando", name))
	}
	add(bot.T("do.lichsu"), bot.Action("lichsu", name))
	if !c.Shut && !only {
		add(bot.T("do.nhac"), bot.Action("nhac", name))
	}
	rows := append(s.confirmButton(c), slices.Collect(slices.Chunk(buttons, 2))...)
	return append(rows, []bot.Button{{Label: bot.T("do.hangdoi"), Do: queueAction(cases.QueueOpen, 1, c.Number.Stream)}})
}

// extendSoon is how long before the end of a limit its extension is offered.
const extendSoon = 24 * time.Hour

// may reports whether the viewer has a right, and the right is one on the stream.
func (s sheet) may(right cases.Right, stream cases.Stream) bool {
	return s.who.Role.May(right) && streamOf(right) == stream
}

// offers reports whether a step makes sense for the viewer now.
func (s sheet) offers(c cases.Case, verb cases.Verb, right cases.Right) bool {
	if !slices.Contains(cases.Steps(c.Number.Stream, c.Status, c.Urgent), verb) {
		return false
	}
	if right == cases.KeptReports && c.About != cases.AboutOfficer {
		return false
	}
	if c.About == cases.AboutPolice && (verb == cases.Forward || verb == cases.Redact) || c.About == cases.AboutOfficer && verb == cases.Assign {
		return false
	}
	switch verb {
	case cases.Redact: // its button stands beside the one that hands the report over
		return slices.Contains(cases.Steps(c.Number.Stream, c.Status, c.Urgent), cases.Forward)
	case cases.Transfer: // what is about people of the ward goes outside of it at once; of others the command works earlier; its button stands where it is known what the report is about
		return c.About != cases.AboutNobody || c.Status == cases.Verified || c.Status == cases.Classified || c.Status == cases.Returned
	case cases.TellPolice: // once they asked
		return times(c, cases.AskOffice) > 0
	case cases.ConfirmTransfer:
		return last(c, cases.Transfer) > last(c, cases.ConfirmTransfer)
	case cases.Slip:
		return handedOver(c.Status)
	case cases.Alarm:
		return cases.MayRaiseAlarm(s.ward, c) == nil
	case cases.Mute: // the command is for rare cases; its button stands where they are
		return c.Apart || c.Status == cases.InvalidCase
	case cases.Extend: // its button stands where time runs short
		return !c.Urgent && !c.Due.IsZero() && s.now.After(c.Due.Add(-extendSoon))
	case cases.AskReopen:
		return c.AskedBy == 0 && !c.ByPerson && !c.Erased && cases.MayPart(c) != nil
	case cases.Unmerge:
		return cases.MayPart(c) == nil
	case cases.Reopen, cases.KeepShut:
		return c.ByPerson || c.AskedBy != 0 && c.AskedBy != s.who.ID
	case cases.Take:
		return c.Assignee == 0
	case cases.Release:
		return c.Assignee == s.who.ID
	case cases.Verify:
		return !handedOver(c.Status) || c.Finding == ""
	case cases.Classify:
		if right == cases.PoliceReports {
			return handedOver(c.Status) && (c.Kind == "" || !c.Confirmed)
		}
		return !handedOver(c.Status) || c.Kind == ""
	}
	return true
}

// last is the place of the last time a step was taken in the history; 0 = never.
func last(c cases.Case, verb cases.Verb) (seq int) {
	for _, e := range c.History {
		if e.Verb == verb {
			seq = e.Seq
		}
	}
	return seq
}

// handedOver reports whether the police hold the report. The office then fills in
// what an urgent case skipped, and changes nothing else.
func handedOver(s cases.Status) bool {
	switch s {
	case cases.Forwarded, cases.Acknowledged, cases.InHandling, cases.Resolved:
		return true
	}
	return false
}

// pager is the row ◀ 2/5 ▶; an arrow stands only where it leads somewhere, and a
// single page has no row. Pages are counted from 1.
func pager(page, pages int, do func(page int) string) [][]bot.Button {
	return longPager(page, pages, false, do)
}

// longPager is a pager of a list that may be longer than it was counted.
func longPager(page, pages int, more bool, do func(page int) string) [][]bot.Button {
	if pages <= 1 {
		return nil
	}
	var row []bot.Button
	if page > 1 {
		row = append(row, bot.Button{Label: bot.T("page.back"), Do: do(page - 1)})
	}
	row = append(row, bot.Button{Label: bot.T("page.of", "page", page, "pages", atLeast("page.more", pages, more)), Do: do(page)})
	if page < pages {
		row = append(row, bot.Button{Label: bot.T("page.next"), Do: do(page + 1)})
	}
	return [][]bot.Button{row}
}

// atLeast is a count, or, when there are more, the words that say so.
func atLeast(words string, n int, more bool) any {
	if more {
		return bot.T(words, "n", n)
	}
	return n
}

// pageOf reads a page number among the arguments; 1 when there is none.
func pageOf(args []string) int {
	for _, a := range args {
		if n, err := strconv.Atoi(a); err == nil && n > 0 {
			return n
		}
	}
	return 1
}

// cut is one page of a list, the page brought into range and the number of pages.
func cut[T any](list []T, page, size int) (part []T, at, pages int) {
	pages = max(1, (len(list)+size-1)/size)
	at = min(page, pages)
	return list[(at-1)*size : min(at*size, len(list))], at, pages
}
