package staffcmds

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"tinbao/bot"
	"tinbao/cases"
)

// Searching finds cases of one stream, as far as the viewer may see them.
type Searching interface {
	Search(ctx context.Context, viewer cases.Staff, s cases.Search, page int) (cases.Found, error)
}

// searchAsk is what somebody looks for, and where. line is what was typed, folded, so
// that the buttons of the pages can say it again. Page is counted from 1.
type searchAsk struct {
	cases.Search
	line   string
	stream cases.Stream
	page   int
}

// maxAction is what a button can carry, in bytes, before it is signed.
const maxAction = 50

// action is the button of a page; "" when what was typed is too long for one.
func (a searchAsk) action(page int, stream cases.Stream) string {
	do := bot.Action("timkiem", strconv.Itoa(page), string(stream), a.line)
	if len(do) > maxAction {
		return ""
	}
	return do
}

// older is the button of the same search among cases received up to a time; "" when there is
// no need of it, or no room.
func (a searchAsk) older(before time.Time) string {
	if before.IsZero() {
		return ""
	}
	const day = "2/1/2006"
	rest := a.line
	if at := days.FindStringIndex(rest); at != nil {
		front := rest[:at[0]]
		rest = strings.TrimSuffix(front, beforeDay.FindString(front)) + " " + rest[at[1]:]
	}
	rest = strings.Join(strings.Fields(rest), " ")
	last := cases.DayOf(before)
	if a.From.IsZero() {
		a.line = rest + " truoc " + last.End().Format(day)
	} else {
		a.line = rest + " " + a.From.Format(day) + "-" + last.Start().Format(day)
	}
	return a.action(1, a.stream)
}

// search finds cases by number, alias, kind, status, hamlet, dates and words. It shows
// lines as the queue does, and nothing of the content, so it leaves no view behind.
func search() Command {
	return Command{
		Name: "timkiem", Aliases: []string{"search", "tim"}, Help: "cmd.timkiem", Args: "usage.search", Rights: seeing, Listed: true,
		Run: func(ctx context.Context, st Store, r *bot.Request, args []string) error {
			w, err := st.Ward(ctx)
			if err != nil {
				return err
			}
			page, stream := 1, home(*r.Staff)
			if r.Press != nil && len(args) >= 2 {
				page, stream = pageOf(args[:1]), cases.Stream(args[1])
				args = args[2:]
			}
			ask, err := readSearch(strings.Join(args, " "), reader{ward: w, today: cases.DayOf(st.Now()), stream: stream})
			if err != nil {
				return err
			}
			ask.page = page
			if ask.Empty() {
				r.Say(bot.T("search.ask"))
				bot.Await(st, r.Lang, "timkiem")
				return nil
			}
			return showFound(ctx, st, r, ask)
		},
	}
}

func showFound(ctx context.Context, st Store, r *bot.Request, ask searchAsk) error {
	var f cases.Found
	if !slices.Contains(streamsOf(*r.Staff, seeing...), ask.stream) { // does not exist for the viewer
		ask.stream = home(*r.Staff)
	} else {
		desk, err := deskFor(st, *r.Staff, ask.stream)
		if err != nil {
			return err
		}
		if f, err = desk.Search(ctx, *r.Staff, ask.Search, ask.page-1); err != nil {
			return err
		}
	}
	s, err := sheetFor(ctx, st, *r.Staff)
	if err != nil {
		return err
	}
	ask.page = f.Page + 1
	r.Reply(bot.Reply{Lines: s.foundLines(ask, f), Buttons: s.foundButtons(ask, f), Edit: r.Bubble(), Protect: true})
	return nil
}

func (s sheet) foundLines(ask searchAsk, f cases.Found) []bot.Text {
	lines := []bot.Text{bot.T("search.head", "stream", bot.T("stream."+string(ask.stream)), "n", f.Total)}
	for _, t := range s.understood(ask) {
		lines = append(lines, bot.T("search.by", "what", t))
	}
	if f.Total == 0 {
		lines = append(lines, bot.T("search.none"))
		if len(ask.Words) > 0 {
			lines = append(lines, bot.T("search.none.words"))
		}
	}
	for _, item := range f.Items {
		lines = append(lines, s.queueLine(item))
	}
	if !f.Before.IsZero() {
		text := "search.older"
		if ask.older(f.Before) == "" {
			text = "search.older.how"
		}
		lines = append(lines, bot.T(text, "day", cases.DayOf(f.Before).End()))
	}
	if pages := pagesOf(f.QueuePage); pages > 1 && ask.action(pages, ask.stream) == "" {
		lines = append(lines, bot.T("search.narrow", "n", f.Total-len(f.Items)))
	}
	return lines
}

// understood are the conditions as they were taken; words stand for themselves.
func (s sheet) understood(ask searchAsk) []bot.Text {
	var list []bot.Text
	if ask.Kind != "" {
		list = append(list, bot.T("kind."+string(ask.Kind)))
	}
	if ask.Wanted != "" {
		list = append(list, bot.T("service."+string(ask.Wanted)))
	}
	switch {
	case len(ask.Statuses) == 1:
		list = append(list, bot.T("status."+string(ask.Statuses[0])))
	case len(ask.Statuses) > 1 && ask.Statuses[0].Final():
		list = append(list, bot.T("queue.view.done"))
	case len(ask.Statuses) > 1:
		list = append(list, bot.T("queue.view.open"))
	}
	if ask.Hamlet > 0 {
		list = append(list, hamletText(s.ward, ask.Hamlet))
	}
	if ask.Urgent {
		list = append(list, bot.T("queue.view.urgent"))
	}
	switch last := cases.DayOf(ask.To).Add(-1).Start(); {
	case ask.To.IsZero():
	case ask.From.IsZero():
		list = append(list, bot.T("search.before", "day", ask.To))
	case last.Equal(ask.From):
		list = append(list, bot.T("search.day", "day", last))
	default:
		list = append(list, bot.T("search.dates", "from", ask.From, "to", last))
	}
	return list
}

func (s sheet) foundButtons(ask searchAsk, f cases.Found) [][]bot.Button {
	rows := openButtons(f.QueuePage)
	if ask.action(pagesOf(f.QueuePage), ask.stream) != "" {
		rows = append(rows, pager(ask.page, pagesOf(f.QueuePage), func(n int) string { return ask.action(n, ask.stream) })...)
	}
	if do := ask.older(f.Before); do != "" {
		rows = append(rows, []bot.Button{{Label: bot.T("search.older.button"), Do: do}})
	}
	last := []bot.Button{{Label: bot.T("search.again"), Do: "timkiem"}}
	for _, other := range streamsOf(s.who, seeing...) {
		if do := ask.action(1, other); other != ask.stream && do != "" && ask.Number.IsZero() {
			last = append(last, bot.Button{Label: bot.T("queue.switch." + string(other)), Do: do})
		}
	}
	return append(rows, last)
}
