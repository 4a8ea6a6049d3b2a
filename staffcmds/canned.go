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

// CannedDesk keeps the ready answers of a stream.
type CannedDesk interface {
	Canned(ctx context.Context) ([]cases.Canned, error)
	AddCanned(ctx context.Context, status cases.Status, text string) error
	ChangeCanned(ctx context.Context, id, text string) error // "" removes it
}

const (
	cannedOnPage = 10
	cannedLabel  = 40   // units of a ready answer on a button
	maxCanned    = 1000 // units of a ready answer
	shortID      = 8    // symbols that name one on a button of a case
	toAdd        = "them"
	toEdit       = "sua"
	toDrop       = "xoa"
	always       = "moi"
)

// canned keeps ready answers, and puts them to use under a question of a case.
func canned() Command {
	return Command{
		Name: "mau", Aliases: []string{"canned"}, Help: "cmd.mau", Args: "usage.canned", Rights: working,
		Run: func(ctx context.Context, st Store, r *bot.Request, args []string) error {
			streams := streamsOf(*r.Staff, working...)
			stream := streams[0]
			if len(args) > 0 {
				if _, err := number(st, args[0]); err == nil {
					return useCanned(ctx, st, r, args)
				}
				if s, _ := bot.StreamOf(args[0]); slices.Contains(streams, s) {
					stream, args = s, args[1:]
				}
			}
			desk, err := deskFor(st, *r.Staff, stream)
			if err != nil {
				return err
			}
			b := binder{desk: desk, stream: stream, others: streams}
			return b.run(ctx, st, r, args)
		},
	}
}

// binder is the ready answers of one stream in the hand of somebody who keeps them.
type binder struct {
	desk   Desk
	stream cases.Stream
	others []cases.Stream
}

func (b binder) do(args ...string) string {
	return bot.Action("mau", append([]string{bot.StreamMark(b.stream)}, args...)...)
}

func (b binder) run(ctx context.Context, st Store, r *bot.Request, args []string) error {
	switch {
	case len(args) == 1 && args[0] == toAdd:
		b.askStatus(r)
		return nil
	case len(args) > 1 && args[0] == toAdd:
		return b.add(ctx, st, r, args[1], joined(args[2:]))
	case len(args) > 1 && args[0] == toEdit:
		return b.edit(ctx, st, r, args[1], joined(args[2:]))
	case len(args) > 1 && args[0] == toDrop:
		if err := b.desk.ChangeCanned(ctx, args[1], ""); err != nil {
			return err
		}
		return b.list(ctx, r, 1)
	case len(args) == 1:
		if all, err := b.desk.Canned(ctx); err != nil {
			return err
		} else if i := slices.IndexFunc(all, func(c cases.Canned) bool { return c.ID == args[0] }); i >= 0 {
			b.show(r, all[i])
			return nil
		}
	}
	return b.list(ctx, r, pageOf(args))
}

func (b binder) list(ctx context.Context, r *bot.Request, page int) error {
	all, err := b.desk.Canned(ctx)
	if err != nil {
		return err
	}
	part, page, pages := cut(all, page, cannedOnPage)
	var rows [][]bot.Button
	for _, c := range part {
		rows = append(rows, []bot.Button{{Label: bot.Words(clip(oneLine(c.Text), cannedLabel)), Do: b.do(c.ID)}})
	}
	rows = append(rows, pager(page, pages, func(n int) string { return b.do(strconv.Itoa(n)) })...)
	rows = append(rows, []bot.Button{{Label: bot.T("do.mau.them"), Do: b.do(toAdd)}})
	for _, s := range b.others {
		if s != b.stream {
			rows = append(rows, []bot.Button{{Label: bot.T("queue.switch." + string(s)), Do: bot.Action("mau", bot.StreamMark(s))}})
		}
	}
	r.Reply(bot.Reply{Lines: []bot.Text{bot.T("canned.head", "stream", bot.T("stream."+string(b.stream)), "n", len(all))}, Buttons: rows, Edit: r.Bubble(), Protect: true})
	return nil
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func (b binder) show(r *bot.Request, c cases.Canned) {
	r.Reply(bot.Reply{
		Lines: []bot.Text{bot.T("canned.show", "status", b.statusName(c.Status), "text", c.Text)}, Edit: r.Bubble(), Protect: true,
		Buttons: [][]bot.Button{
			{{Label: bot.T("do.mau.sua"), Do: b.do(toEdit, c.ID)}, {Label: bot.T("do.mau.xoa"), Do: b.do(toDrop, c.ID)}},
			{{Label: bot.T("button.back"), Do: b.do()}},
		},
	})
}

func (b binder) statusName(s cases.Status) bot.Text {
	if s == "" {
		return bot.T("canned.always")
	}
	return bot.T("status." + string(s))
}

// statuses are those in which a word goes to the person.
func (b binder) statuses() (list []cases.Status) {
	for _, t := range cases.Transitions {
		if t.Stream == b.stream && t.Verb == cases.Answer {
			list = append(list, t.From...)
		}
	}
	return list
}

func (b binder) askStatus(r *bot.Request) {
	buttons := []bot.Button{{Label: bot.T("canned.always"), Do: b.do(toAdd, always)}}
	for _, s := range b.statuses() {
		buttons = append(buttons, bot.Button{Label: bot.T("status." + string(s)), Do: b.do(toAdd, string(s))})
	}
	rows := slices.Collect(slices.Chunk(buttons, 2))
	rows = append(rows, []bot.Button{{Label: bot.T("button.back"), Do: b.do()}})
	r.Reply(bot.Reply{Lines: []bot.Text{bot.T("canned.status")}, Buttons: rows, Edit: r.Bubble(), Protect: true})
}

// words takes the text of a ready answer, or asks for it; ok is false then.
func (b binder) words(st Store, r *bot.Request, text string, args ...string) (ok bool) {
	again := func(say bot.Text) bool {
		bot.Await(st, r.Lang, "mau", append([]string{bot.StreamMark(b.stream)}, args...)...)
		r.Reply(bot.Reply{Lines: []bot.Text{say}, Edit: r.Bubble(), Protect: true, Buttons: [][]bot.Button{{{Label: bot.T("button.back"), Do: b.do()}}}})
		return false
	}
	switch name := cases.UnknownName(text); {
	case text == "":
		return again(bot.T("canned.words"))
	case units(text) > maxCanned:
		return again(bot.T("canned.toolong"))
	case name != "":
		return again(bot.T("canned.unknown", "name", clip(name, cardName)))
	}
	return true
}

func (b binder) add(ctx context.Context, st Store, r *bot.Request, status, text string) error {
	s := cases.Status(status)
	if status == always {
		s = ""
	} else if !slices.Contains(b.statuses(), s) {
		b.askStatus(r)
		return nil
	}
	if !b.words(st, r, text, toAdd, status) {
		return nil
	}
	if err := b.desk.AddCanned(ctx, s, text); err != nil {
		return err
	}
	return b.list(ctx, r, 1)
}

func (b binder) edit(ctx context.Context, st Store, r *bot.Request, id, text string) error {
	if !b.words(st, r, text, toEdit, id) {
		return nil
	}
	if err := b.desk.ChangeCanned(ctx, id, text); err != nil {
		return err
	}
	return b.list(ctx, r, 1)
}

// wordSteps are the steps whose words a ready answer can be.
func wordSteps() map[string]step { return map[string]step{"traloi": answerStep(), "hoi": askStep()} }

// useCanned offers the ready answers for a case, shows one with its variables filled
// in, and sends it when that is agreed. Other words can be typed all the while.
func useCanned(ctx context.Context, st Store, r *bot.Request, args []string) error {
	t, err := targetOf(st, r, args)
	if err != nil {
		return err
	}
	name := "traloi"
	if len(t.rest) > 0 {
		name, t.rest = t.rest[0], t.rest[1:]
	}
	s, known := wordSteps()[name]
	if !known {
		return cases.Fail(cases.NotFound, "error.not_found")
	}
	desk, err := s.desk(st, *r.Staff, t.Stream)
	if err != nil {
		return err
	}
	c, err := desk.Open(ctx, *r.Staff, t.Number)
	if err != nil {
		return err
	}
	all, err := desk.Canned(ctx)
	if err != nil {
		return err
	}
	fit := slices.DeleteFunc(all, func(k cases.Canned) bool { return !k.Fits(c.Status) })
	i := -1
	if len(t.rest) > 0 {
		i = slices.IndexFunc(fit, func(k cases.Canned) bool { return strings.HasPrefix(k.ID, t.rest[0]) && len(t.rest[0]) == shortID })
	}
	if i < 0 {
		return s.offerCanned(st, r, t, fit)
	}
	w, err := st.Ward(ctx)
	if err != nil {
		return err
	}
	text := fit[i].Fill(cases.DayOf(c.Received), answerDay(c, st.Now()), w.Name)
	if len(t.rest) > 1 && t.rest[1] == yes {
		return s.run(ctx, st, r, target{Number: t.Number, version: typed, rest: []string{text}})
	}
	s.await(st, r, t, "")
	r.Reply(bot.Reply{
		Lines: []bot.Text{bot.T("canned.preview", "number", t.String(), "text", text)}, Edit: r.Bubble(), Protect: true,
		Buttons: [][]bot.Button{
			{{Label: bot.T("button.send"), Do: bot.Action("mau", t.String(), name, t.rest[0], yes)}},
			{{Label: bot.T("button.back"), Do: bot.Action("mau", t.String(), name)}},
		},
	})
	return nil
}

// offerCanned lists the ready answers that fit, and goes on waiting for other words.
func (s step) offerCanned(st Store, r *bot.Request, t target, fit []cases.Canned) error {
	var rows [][]bot.Button
	for _, k := range fit {
		rows = append(rows, []bot.Button{{Label: bot.Words(clip(oneLine(k.Text), cannedLabel)), Do: bot.Action("mau", t.String(), s.name, k.ID[:shortID])}})
	}
	key := "canned.choose"
	if len(fit) == 0 {
		key = "canned.none"
	}
	s.await(st, r, t, "")
	r.Reply(bot.Reply{Lines: []bot.Text{bot.T(key, "number", t.String())}, Buttons: append(rows, []bot.Button{backToCard(t.Number)}), Edit: r.Bubble(), Protect: true})
	return nil
}

// answerDay is the day before whose end the person can expect an answer. An urgent case
// promises none: its running limit stands for it.
func answerDay(c cases.Case, now time.Time) cases.Day {
	by := c.AnswerBy
	if by.IsZero() {
		by = c.Due
	}
	if by.IsZero() {
		by = now
	}
	return cases.DayOf(by.Add(-1)) // a limit ends at 24:00 of its day
}
