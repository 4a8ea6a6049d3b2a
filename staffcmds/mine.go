package staffcmds

import (
	"context"
	"slices"

	"tinbao/bot"
	"tinbao/cases"
)

// mine lists what somebody has to do: the own cases, those of the colleagues the
// person stands in for, reminders, and where colleagues called. The streams stand
// apart.
func mine() Command {
	return Command{
		Name: "viec", Aliases: []string{"mine"}, Help: "cmd.viec", Rights: append([]cases.Right{cases.PoliceReports}, working...), Listed: true,
		Run: func(ctx context.Context, st Store, r *bot.Request, _ []string) error {
			s, err := sheetFor(ctx, st, *r.Staff)
			if err != nil {
				return err
			}
			o, err := rosterOf(ctx, st)
			if err != nil {
				return err
			}
			p := plate{lines: []bot.Text{bot.T("viec.head")}}
			for _, stream := range streamsOf(*r.Staff, cases.PoliceReports, cases.WorkReports, cases.WorkHelp) {
				desk, err := deskFor(st, *r.Staff, stream)
				if err != nil {
					return err
				}
				if err := p.stream(ctx, desk, s, o, stream); err != nil {
					return err
				}
			}
			if len(p.numbers) == 0 {
				p.lines = append(p.lines, bot.T("queue.empty"))
			}
			r.Reply(bot.Reply{Lines: p.lines, Buttons: p.buttons(), Edit: r.Bubble(), Protect: true})
			return nil
		},
	}
}

// plate is the list while it is put together.
type plate struct {
	lines   []bot.Text
	numbers []string
}

func (p *plate) stream(ctx context.Context, desk Desk, s sheet, o roster, stream cases.Stream) error {
	var lines []bot.Text
	holders := []cases.Staff{s.who}
	for _, c := range o.those(worksOn(stream)) {
		deputy := cases.Deputy(o.away, c.ID, o.now, func(id cases.StaffID) bool { return id == s.who.ID && worksOn(stream)(s.who) })
		if c.ID != s.who.ID && deputy == s.who.ID {
			holders = append(holders, c)
		}
	}
	for _, h := range holders {
		page, err := desk.Queue(ctx, h, cases.QueueMine, 0)
		if err != nil {
			return err
		}
		if h.ID != s.who.ID && page.Total > 0 {
			lines = append(lines, bot.T("viec.instead", "name", clip(h.Name, cardName)))
		}
		for _, item := range page.Items {
			lines = append(lines, s.mineLine(item))
			p.number(item.Number)
		}
		if more := page.Total - len(page.Items); more > 0 {
			lines = append(lines, bot.T("viec.more", "n", more))
		}
	}
	reminders, calls, err := desk.Pointers(ctx, s.who)
	if err != nil {
		return err
	}
	for _, c := range calls {
		lines = append(lines, bot.T("viec.call", "number", c.Number.String(), "at", c.At))
		p.number(c.Number)
	}
	for _, c := range reminders {
		lines = append(lines, bot.T("viec.reminder", "number", c.Number.String(), "at", c.At))
		p.number(c.Number)
	}
	if len(lines) > 0 {
		p.lines = append(append(p.lines, bot.T("viec.stream", "stream", bot.T("stream."+string(stream)))), lines...)
	}
	return nil
}

func (p *plate) number(n cases.Number) {
	if !slices.Contains(p.numbers, n.String()) {
		p.numbers = append(p.numbers, n.String())
	}
}

// mineLine is a case of the queue with what is to be done next.
func (s sheet) mineLine(q cases.QueueItem) bot.Text {
	q.Holder = ""
	next := cases.NextStep(q.Number.Stream, q.Status)
	if next == "" {
		return s.queueLine(q)
	}
	return bot.T("viec.line", "case", s.queueLine(q), "next", bot.T("verb."+string(next)))
}

func (p *plate) buttons() [][]bot.Button {
	var open []bot.Button
	for _, n := range p.numbers {
		open = append(open, bot.Button{Label: bot.Words(n), Do: bot.Action("xem", n)})
	}
	return slices.Collect(slices.Chunk(open, casesInRow))
}
