package staffcmds

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"tinbao/bot"
	"tinbao/cases"
)

// capture writes a case down for somebody who calls, comes or writes: what, by which
// way, where, words. The receipt is shown once, to be handed to the person; nobody
// waits for news by the bot.
func capture() Command {
	return Command{
		Name: "ghinhan", Aliases: []string{"capture"}, Help: "cmd.ghinhan", Rights: working, Listed: true,
		Run: func(ctx context.Context, st Store, r *bot.Request, args []string) error {
			c := readCapture(args, streamsOf(*r.Staff, working...))
			if c.missing != "" {
				return c.ask(ctx, st, r)
			}
			if units(c.text) > maxWords {
				bot.Await(st, r.Lang, "ghinhan", c.path...)
				r.Alert(bot.T("error.toolong"))
				return nil
			}
			return c.receive(ctx, st, r)
		},
	}
}

// captured is how far the writing down has come. Its path are the arguments that lead
// there again.
type captured struct {
	streams []cases.Stream // the viewer may choose from
	stream  cases.Stream
	what    string
	source  cases.Source
	age     string // help
	hamlet  int
	spot    string // the place, or how to be reached, in words
	text    string
	path    []string
	missing string // what is asked next; "" = nothing
}

// The marks of arguments.
const (
	untold     = "-"
	typedNext  = "t" // the next argument was typed
	adult      = "adult"
	minor      = "minor"
	askStream  = "stream"
	askWhat    = "what"
	askSource  = "source"
	askAge     = "age"
	askSpot    = "spot"
	askTheText = "text"
)

// readCapture reads the arguments one after another until one is missing.
func readCapture(args []string, streams []cases.Stream) captured {
	c := captured{streams: streams}
	next := func() string {
		if len(args) == len(c.path) {
			return ""
		}
		return args[len(c.path)]
	}
	took := func() { c.path = append(c.path, next()) }
	stop := func(what string) captured { c.missing = what; return c }
	if s, _ := bot.StreamOf(next()); slices.Contains(streams, s) {
		c.stream = s
		took()
	} else if len(streams) == 1 {
		c.stream, args = streams[0], append([]string{bot.StreamMark(streams[0])}, args...)
		took()
	} else {
		return stop(askStream)
	}
	if c.what = next(); !slices.Contains(c.kinds(), c.what) {
		return stop(askWhat)
	}
	took()
	if c.source = cases.Source(next()); !slices.Contains(cases.CapturedSources, c.source) {
		return stop(askSource)
	}
	took()
	if c.stream == cases.HelpStream {
		if c.age = next(); !slices.Contains([]string{adult, minor, untold}, c.age) {
			return stop(askAge)
		}
		took()
	}
	if !c.readSpot(next, took) {
		return stop(askSpot)
	}
	if c.text = joined(args[len(c.path):]); c.text == "" {
		return stop(askTheText)
	}
	return c
}

// readSpot reads a number of a hamlet, a mark that it is not told, or what was typed.
func (c *captured) readSpot(next func() string, took func()) bool {
	switch n, err := strconv.Atoi(next()); {
	case next() == untold:
	case next() == typedNext:
		took()
		if c.spot = next(); c.spot == "" {
			c.path = c.path[:len(c.path)-1]
			return false
		}
	case err == nil && n > 0 && c.stream == cases.ReportStream:
		c.hamlet = n
	default:
		return false
	}
	took()
	return true
}

func (c captured) kinds() []string {
	if c.stream == cases.HelpStream {
		return cases.Strings(cases.Services)
	}
	return cases.Strings(cases.Concerns)
}

// choice is a button that adds one argument.
func (c captured) choice(label bot.Text, value string) bot.Button {
	return bot.Button{Label: label, Do: bot.Action("ghinhan", append(slices.Clone(c.path), value)...)}
}

// ask asks for what is missing; a place, a way to be reached and words may be typed.
func (c captured) ask(ctx context.Context, st Store, r *bot.Request) error {
	var buttons []bot.Button
	columns := 1
	question := bot.T("capture." + c.missing)
	switch c.missing {
	case askStream:
		for _, s := range c.streams {
			buttons = append(buttons, c.choice(bot.T("stream."+string(s)), bot.StreamMark(s)))
		}
	case askWhat:
		family := "concern.staff."
		if c.stream == cases.HelpStream {
			family = "service."
		}
		for _, k := range c.kinds() {
			buttons = append(buttons, c.choice(bot.T(family+k), k))
		}
	case askSource:
		columns = 2
		for _, s := range cases.CapturedSources {
			buttons = append(buttons, c.choice(bot.T("source."+string(s)), string(s)))
		}
	case askAge:
		columns = 2
		buttons = []bot.Button{c.choice(bot.T("help.adult"), adult), c.choice(bot.T("help.minor"), minor), c.choice(bot.T("button.skip"), untold)}
	case askSpot:
		columns = 2
		if c.stream == cases.HelpStream {
			question = bot.T("capture.contact")
		} else {
			w, err := st.Ward(ctx)
			if err != nil {
				return err
			}
			for i, name := range w.Hamlets {
				buttons = append(buttons, c.choice(bot.Words(clip(name, cardName)), strconv.Itoa(i+1)))
			}
		}
		buttons = append(buttons, c.choice(bot.T("button.skip"), untold))
		bot.Await(st, r.Lang, "ghinhan", append(slices.Clone(c.path), typedNext)...)
	case askTheText:
		bot.Await(st, r.Lang, "ghinhan", c.path...)
	}
	rows := slices.Collect(slices.Chunk(buttons, columns))
	r.Reply(bot.Reply{Lines: []bot.Text{question}, Buttons: append(rows, []bot.Button{{Label: bot.T("button.cancel"), Do: "viec"}}), Edit: r.Bubble(), Protect: true})
	return nil
}

func (c captured) newCase() cases.NewCase {
	n := cases.NewCase{Source: c.source}
	if c.stream == cases.HelpStream {
		n.Help = &cases.HelpContent{Service: cases.Service(c.what), Under18: c.age == minor, Contact: c.spot, Text: c.text}
		return n
	}
	n.Report = &cases.ReportContent{Concern: cases.Concern(c.what), Hamlet: c.hamlet, Where: c.spot, Text: c.text}
	return n
}

func (c captured) receive(ctx context.Context, st Store, r *bot.Request) error {
	desk, err := deskFor(st, *r.Staff, c.stream)
	if err != nil {
		return err
	}
	receipt, made, err := desk.Capture(ctx, *r.Staff, c.newCase())
	if err != nil {
		return err
	}
	number := made.Number.String()
	r.Reply(bot.Reply{
		Lines: []bot.Text{bot.T("capture.done", "number", number, "code", receipt.String())}, Edit: r.Bubble(), Protect: true,
		Buttons: [][]bot.Button{{{Label: bot.T("button.open"), Do: bot.Action("xem", number)}}},
	})
	if made.Alarm == nil {
		return toStaff(ctx, st, r, made, cases.WorkRight(c.stream), "staff.new")
	}
	rung, err := st.Ringers(ctx, made)
	for _, s := range rung {
		if s.ID != r.Staff.ID {
			r.Reply(bot.Ring(s, made.Number, bot.T("staff.new.urgent", "number", number)))
		}
	}
	return err
}

// aftermath is what stands on a card about where a case came from, and once it has
// ended how the person rated it: for those who work on the stream.
func (s sheet) aftermath(c cases.Case) (lines []bot.Text) {
	if slices.Contains(cases.CapturedSources, c.Source) {
		lines = append(lines, bot.T("card.source", "source", bot.T("source."+string(c.Source))))
	}
	if !s.who.Role.May(cases.WorkRight(c.Number.Stream)) {
		return lines
	}
	if c.Stars > 0 {
		lines = append(lines, bot.T("card.stars", "stars", strings.Repeat("★", int(c.Stars))+strings.Repeat("☆", int(cases.MostStars-c.Stars))))
	}
	if c.Word != "" {
		lines = append(lines, bot.T("card.word", "value", clip(c.Word, cardTalk)))
	}
	return lines
}
