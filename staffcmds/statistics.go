package staffcmds

import (
	"context"
	"slices"
	"strings"
	"time"

	"tinbao/bot"
	"tinbao/cases"
)

// Counting tells figures without content. Help is nil in what the viewer may not know.
type Counting interface {
	Statistics(ctx context.Context, viewer cases.Staff, p cases.Period) (cases.Statistics, error)
	// Totals are the same figures of each period, not broken down.
	Totals(ctx context.Context, periods ...cases.Period) ([]cases.Tally, error)
}

// The pages of the figures beside those of the dimensions.
const (
	pageStages = "time"
	pageHelp   = "help"
)

// statPages are the pages in the order of their buttons; "" is the first.
func statPages(who cases.Staff) []string {
	pages := []string{""}
	closed, police := who.Role.FiguresClosed(), who.Role.May(cases.PoliceReports)
	for _, d := range cases.Dimensions {
		if (d != cases.ByStaff || who.Role.May(cases.SeeLog)) && (!closed || slices.Contains(cases.ClosedDimensions, d)) {
			pages = append(pages, string(d))
		}
	}
	if !closed && !police {
		pages = append(pages, pageStages)
	}
	if !police {
		pages = append(pages, pageHelp)
	}
	return pages
}

// statWords are what the pages are called when typed.
var statWords = map[string]string{
	"loai": "kind", "hanhvi": "behaviour", "nguon": "source", "to": "hamlet", "tdp": "hamlet", "mucdo": "level", "thamquyen": "unit", "donvi": "unit",
	"canbo": "staff", "thoigian": pageStages, "hotro": pageHelp,
}

// statistics shows the figures of the plan, on one message that changes itself.
func statistics() Command {
	return Command{
		Name: "thongke", Aliases: []string{"stats"}, Help: "cmd.thongke", Args: "usage.stats", Rights: []cases.Right{cases.SeeFigures}, Listed: true,
		Run: func(ctx context.Context, st Store, r *bot.Request, args []string) error {
			page, args := statPage(*r.Staff, args)
			p, rest, err := periodOf(args, st.Now())
			if cases.KindOf(err) == cases.Invalid && err != nil {
				bot.Await(st, r.Lang, "thongke", page)
				r.Alert(bot.T(cases.TextOf(err)))
				return nil
			}
			if page == "" {
				page, rest = statPage(*r.Staff, rest)
			}
			switch {
			case slices.Contains(rest, custom):
				if more, _ := statPage(*r.Staff, rest[1:]); page == "" {
					page = more
				}
				awaitPeriod(st, r, "thongke", page)
				return nil
			case p == cases.Period{}:
				p = span("today", st.Now())
			}
			sheet := statSheet{st: st, r: r, p: p, page: page}
			if len(args) > 0 && span(args[0], st.Now()) == p && slices.Contains(periods, args[0]) {
				sheet.span = args[0]
			}
			return sheet.show(ctx)
		},
	}
}

// statPage takes the page off the front of the arguments.
func statPage(who cases.Staff, args []string) (page string, rest []string) {
	if len(args) == 0 || args[0] == "" {
		return "", args[min(1, len(args)):]
	}
	word, more, _ := strings.Cut(args[0], " ")
	page = cases.Fold(word)
	if known, ok := statWords[page]; ok {
		page = known
	}
	if !slices.Contains(statPages(who), page) {
		return "", args
	}
	if more != "" {
		return page, append([]string{more}, args[1:]...)
	}
	return page, args[1:]
}

// statSheet is one page of the figures of a period.
type statSheet struct {
	st   Store
	r    *bot.Request
	p    cases.Period
	page string
	span string // the button of the period; "" = none was pressed
}

func (s statSheet) name() bot.Text {
	if s.span != "" {
		return spanName(s.span, s.p)
	}
	return periodName(s.p, s.st.Now())
}

// chosen reports whether a button of a period stands for the one that is shown: on the
// first of a month today is the month, too.
func (s statSheet) chosen(name string) bool {
	if s.span != "" {
		return name == s.span
	}
	i := slices.IndexFunc(periods, func(p string) bool { return span(p, s.st.Now()) == s.p })
	return i >= 0 && periods[i] == name
}

func (s statSheet) show(ctx context.Context) error {
	f, err := s.st.Statistics(ctx, *s.r.Staff, s.p)
	if err != nil {
		return err
	}
	head := s.name()
	if f.Closed && len(f.Trend) > 0 {
		head = periodName(f.Period, s.st.Now())
	}
	lines := []bot.Text{bot.T("stats.head", "period", head)}
	var more []bot.Text
	switch {
	case f.Closed && s.page != pageHelp:
		more, err = s.closed(ctx, f)
		s.r.Reply(bot.Reply{Lines: append(lines, more...), Buttons: s.buttons(), Edit: s.r.Bubble()})
		return err
	case f.Handed:
		lines = append(lines, bot.T("stats.handed"))
	}
	switch s.page {
	case "":
		more, err = s.overview(ctx, f)
	case pageStages:
		more = stageLines(f)
	case pageHelp:
		more = supportLines(f.Help)
	default:
		more, err = s.by(ctx, cases.Dimension(s.page), f)
	}
	if err != nil {
		return err
	}
	s.r.Reply(bot.Reply{Lines: append(lines, more...), Buttons: s.buttons(), Edit: s.r.Bubble()})
	return nil
}

const statColumns = 4

// buttons choose another period for the page, or another page for the period.
func (s statSheet) buttons() [][]bot.Button {
	var spans, pages []bot.Button
	for _, p := range periods {
		spans = append(spans, s.button(bot.T("stats.period."+p), s.chosen(p), s.args(p)))
	}
	spans = append(spans, s.button(bot.T("stats.period.custom"), false, s.args(custom)))
	for _, page := range statPages(*s.r.Staff) {
		to := s
		to.page = page
		pages = append(pages, s.button(bot.T("stats.page."+page), page == s.page, to.args(s.same()...)))
	}
	if mayUse(*s.r.Staff, "bieudo") {
		pages = append(pages, bot.Button{Label: bot.T("do.bieudo.stats"), Do: bot.Action("bieudo", periodArgs(s.p)...)})
	}
	return append(slices.Collect(slices.Chunk(spans, statColumns)), slices.Collect(slices.Chunk(pages, statColumns))...)
}

// same are the arguments that stand for the period that is shown.
func (s statSheet) same() []string {
	if s.span != "" {
		return []string{s.span}
	}
	return periodArgs(s.p)
}

func (s statSheet) args(period ...string) []string {
	if s.page == "" {
		return period
	}
	return append(period, s.page)
}

func (statSheet) button(label bot.Text, chosen bool, args []string) bot.Button {
	if chosen {
		label = bot.T("chosen", "label", label)
	}
	return bot.Button{Label: label, Do: bot.Action("thongke", args...)}
}

// overview is the first page: what was received, the ratios of the plan, and what is open.
func (s statSheet) overview(ctx context.Context, f cases.Statistics) ([]bot.Text, error) {
	n := f.Total
	if f.Handed {
		return []bot.Text{
			bot.T("stats.handed.received", "n", n.Received), bot.T("stats.handed.ended", "n", n.Handled), bot.T("stats.handed.late", "n", n.Late),
			bot.T("stats.urgent", "n", n.Urgent), bot.T("stats.backlog", "n", f.Backlog, "overdue", f.Overdue),
		}, nil
	}
	then, err := s.st.Totals(ctx, s.p.Previous(), s.p.LastYear())
	if err != nil {
		return nil, err
	}
	received, verified, classified, forwarded, onTime := n.Ratios()
	lines := []bot.Text{
		compared("stats.received", n.Received, then, func(t cases.Tally) int { return t.Received }),
		bot.T("stats.ratios"),
		ratioLine("stats.ratio.received", s.r.Lang, received), ratioLine("stats.ratio.verified", s.r.Lang, verified),
		ratioLine("stats.ratio.classified", s.r.Lang, classified), ratioLine("stats.ratio.forwarded", s.r.Lang, forwarded),
		s.onTimeLine(onTime, then),
		compared("stats.handled", n.Handled, then, func(t cases.Tally) int { return t.Handled }),
		compared("stats.late", n.Late, then, func(t cases.Tally) int { return t.Late }),
		bot.T("stats.urgent", "n", n.Urgent), bot.T("stats.outofscope", "n", n.OutOfScope),
		bot.T("stats.apart", "duplicates", n.Duplicates, "invalid", n.Invalid, "withdrawn", n.Withdrawn),
		bot.T("stats.corroborated", "two", f.CorroboratedBy2, "three", f.CorroboratedBy3),
		bot.T("stats.backlog", "n", f.Backlog, "overdue", f.Overdue),
	}
	return lines, nil
}

// compared shows a number beside those of the period before and of a year ago.
func compared(key string, n int, then []cases.Tally, of func(cases.Tally) int) bot.Text {
	before, year := of(then[0]), of(then[1])
	return bot.T(key, "n", n, "before", before, "way", way(n, before), "year", year, "yearway", way(n, year))
}

func way(n, then int) string {
	switch {
	case n > then:
		return "▲"
	case n < then:
		return "▼"
	}
	return "="
}

// onTimeLine shows the on-time ratio beside those of the other periods.
func (s statSheet) onTimeLine(now cases.Ratio, then []cases.Tally) bot.Text {
	percent := func(t cases.Tally) any {
		if _, _, _, _, onTime := t.Ratios(); !onTime.Empty() {
			return percentIn(s.r.Lang, onTime)
		}
		return bot.T("stats.empty")
	}
	line := ratioLine("stats.ratio.ontime", s.r.Lang, now)
	line.Args["before"], line.Args["year"] = percent(then[0]), percent(then[1])
	return line
}

// ratioLine shows both numbers; an empty denominator is "không phát sinh", never
// 0% or 100% (domain.md 10).
func ratioLine(key, lang string, r cases.Ratio) bot.Text {
	if r.Empty() {
		return bot.T(key, "value", bot.T("stats.empty"))
	}
	return bot.T(key, "value", bot.T("stats.value", "part", r.Part, "whole", r.Whole, "percent", percentIn(lang, r)))
}

func percentIn(lang string, r cases.Ratio) string {
	if lang == "en" {
		return strings.Replace(r.Percent(), ",", ".", 1)
	}
	return r.Percent()
}

// stageLines tell how long the steps took.
func stageLines(f cases.Statistics) []bot.Text {
	lines := []bot.Text{bot.T("stats.stages")}
	for _, stage := range cases.Stages {
		name, spread := bot.T("stats.stage."+string(stage)), f.Stages[stage]
		if spread.N == 0 {
			lines = append(lines, bot.T("stats.stage.none", "stage", name))
			continue
		}
		lines = append(lines, bot.T("stats.stage", "stage", name, "median", length(spread.Median), "p90", length(spread.P90), "n", spread.N))
	}
	return append(lines, bot.T("stats.stages.note"))
}

const (
	hoursShown = 72 // above that, days
	hoursOfDay = int(24 * time.Hour / time.Hour)
)

func length(hours int) bot.Text {
	if hours > hoursShown {
		return bot.T("stats.days", "n", hours/hoursOfDay)
	}
	return bot.T("stats.hours", "n", max(1, hours))
}
