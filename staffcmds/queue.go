package staffcmds

import (
	"context"
	"slices"
	"strconv"

	"tinbao/bot"
	"tinbao/cases"
)

// queueWords are the words a thumb may type for a view or a stream.
var queueWords = map[string]string{
	"dangmo": string(cases.QueueOpen), "moi": string(cases.QueueNew), "cuatoi": string(cases.QueueMine),
	"derieng": string(cases.QueueApart), "quahan": string(cases.QueueOverdue), "khan": string(cases.QueueUrgent), "xong": string(cases.QueueDone),
	"phananh": string(cases.ReportStream), "hotro": string(cases.HelpStream),
}

// queueAsk is which part of a queue somebody asks for. Page is counted from 1.
type queueAsk struct {
	view   cases.QueueView
	page   int
	stream cases.Stream
}

func queueAction(view cases.QueueView, page int, stream cases.Stream) string {
	return bot.Action("hangdoi", string(view), strconv.Itoa(page), string(stream))
}

// readQueueAsk reads the arguments in any order.
func readQueueAsk(who cases.Staff, args []string) queueAsk {
	ask := queueAsk{view: cases.QueueOpen, page: pageOf(args), stream: home(who)}
	for _, a := range args {
		if known, ok := queueWords[a]; ok {
			a = known
		}
		switch {
		case slices.Contains(cases.QueueViews, cases.QueueView(a)):
			ask.view = cases.QueueView(a)
		case slices.Contains(both, cases.Stream(a)):
			ask.stream = cases.Stream(a)
		}
	}
	return ask
}

// queue shows what waits, on one message that changes itself.
func queue() Command {
	return Command{
		Name: "hangdoi", Aliases: []string{"queue"}, Help: "cmd.hangdoi", Args: "usage.queue", Rights: seeing, Listed: true,
		Run: func(ctx context.Context, st Store, r *bot.Request, args []string) error {
			return showQueue(ctx, st, r, readQueueAsk(*r.Staff, args))
		},
	}
}

func showQueue(ctx context.Context, st Store, r *bot.Request, ask queueAsk) error {
	desk, err := deskFor(st, *r.Staff, ask.stream)
	if err != nil {
		return err
	}
	page, err := desk.Queue(ctx, *r.Staff, ask.view, ask.page-1)
	if err != nil {
		return err
	}
	pages := pagesOf(page)
	if ask.page > pages { // the queue has become shorter since the button was made
		ask.page = pages
		if page, err = desk.Queue(ctx, *r.Staff, ask.view, ask.page-1); err != nil {
			return err
		}
	}
	s, err := sheetFor(ctx, st, *r.Staff)
	if err != nil {
		return err
	}
	r.Reply(bot.Reply{Lines: s.queueLines(ask, page), Buttons: s.queueButtons(ask, page), Edit: r.Bubble(), Protect: true})
	return nil
}

func pagesOf(p cases.QueuePage) int {
	size := max(1, p.Size)
	return max(1, (p.Total+size-1)/size)
}

func (s sheet) queueLines(ask queueAsk, p cases.QueuePage) []bot.Text {
	lines := []bot.Text{bot.T("queue.head", "stream", bot.T("stream."+string(ask.stream)), "view", bot.T("queue.view."+string(ask.view)), "n", atLeast("count.more", p.Total, p.More))}
	if len(p.Items) == 0 {
		return append(lines, bot.T("queue.empty"))
	}
	for _, item := range p.Items {
		lines = append(lines, s.queueLine(item))
	}
	return lines
}

// queueLine is one case in a line, without a word of its content.
func (s sheet) queueLine(q cases.QueueItem) bot.Text {
	about := bot.T("concern.staff." + string(q.Concern))
	if q.Number.Stream == cases.HelpStream {
		about = bot.T("service." + string(q.Wanted))
	}
	var mark, where, due, holder any = "", "", "", ""
	if q.Urgent {
		mark = bot.T("queue.urgent")
	}
	if q.Hamlet > 0 {
		where = bot.T("queue.where", "where", hamletText(s.ward, q.Hamlet))
	}
	if !q.Due.IsZero() {
		due = bot.T("queue.due", "due", q.Due)
		if s.now.After(q.Due) {
			due = bot.T("queue.late")
		}
	}
	if q.Holder != "" {
		holder = bot.T("queue.holder", "name", clip(q.Holder, cardName))
	}
	return bot.T("queue.line", "mark", mark, "number", q.Number.String(), "status", statusText(q.Status, q.Finding),
		"about", about, "where", where, "due", due, "holder", holder)
}

// casesInRow is how many numbers stand side by side under the queue.
const casesInRow = 3

// openButtons open the cases of a page by their numbers.
func openButtons(p cases.QueuePage) [][]bot.Button {
	var open []bot.Button
	for _, item := range p.Items {
		name := item.Number.String()
		open = append(open, bot.Button{Label: bot.Words(name), Do: bot.Action("xem", name)})
	}
	return slices.Collect(slices.Chunk(open, casesInRow))
}

func (s sheet) queueButtons(ask queueAsk, p cases.QueuePage) [][]bot.Button {
	rows := append(openButtons(p), longPager(ask.page, pagesOf(p), p.More, func(n int) string { return queueAction(ask.view, n, ask.stream) })...)
	rows = append(rows, viewButtons(ask)...)
	var last []bot.Button
	if slices.Contains(streamsOf(s.who, working...), ask.stream) {
		last = append(last, bot.Button{Label: bot.T("do.tiep"), Do: bot.Action("tiep", string(ask.stream))})
	}
	for _, other := range streamsOf(s.who, seeing...) {
		if other != ask.stream {
			last = append(last, bot.Button{Label: bot.T("queue.switch." + string(other)), Do: queueAction(cases.QueueOpen, 1, other)})
		}
	}
	if len(last) > 0 {
		rows = append(rows, last)
	}
	return rows
}

// viewButtons are the filters, the chosen one marked.
func viewButtons(ask queueAsk) [][]bot.Button {
	var buttons []bot.Button
	for _, v := range cases.QueueViews {
		label := bot.T("queue.view." + string(v))
		if v == ask.view {
			label = bot.T("chosen", "label", label)
		}
		buttons = append(buttons, bot.Button{Label: label, Do: queueAction(v, 1, ask.stream)})
	}
	return slices.Collect(slices.Chunk(buttons, casesInRow))
}
