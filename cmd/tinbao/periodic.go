package main

import (
	"cmp"
	"fmt"
	"html"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"tinbao/bot"
	"tinbao/cases"
	"tinbao/locale"
	paper "tinbao/reports"
	"tinbao/staffcmds"
)

// printer writes what stands in a periodic report. The paper is Vietnamese, whoever asks
// for it.
type printer struct {
	bot.Renderer
	now time.Time
}

func (p printer) say(key string, pairs ...any) string { return p.text(bot.T(key, pairs...)) }

func (p printer) text(t bot.Text) string {
	return html.UnescapeString(p.Format(locale.Vietnamese, t))
}

// periodic puts a report together from its figures and words.
func (p printer) periodic(in cases.ReportPaper) (paper.Periodic, error) {
	r := in.Report
	out := paper.Periodic{
		Ward: in.Ward.Name, About: paper.About(p.text(staffcmds.PeriodicTitle(r))), Span: r.From.String() + "–" + r.To.String(),
		From: r.From.Start(), To: r.To.Start(), Made: p.now, Draft: !r.State.Frozen(), Correction: r.Correction,
		Groups: p.groups(in.Figures), Types: counts(in.Figures.Coverage.ByType, in.Figures.Coverage.Labels), Risks: counts(in.Figures.Coverage.ByRisk, in.Figures.Coverage.Labels),
		KindSource: p.kindSource(in.Figures.KindSource),
	}
	if !r.Approved.IsZero() {
		out.Made = r.Approved
	}
	for _, part := range r.Parts {
		out.Words = append(out.Words, paper.PeriodicWords{Unit: p.say("baocao.unit." + string(part.Unit)), Difficulties: part.Words.Difficulties, Proposals: part.Words.Proposals})
	}
	if in.Before != nil {
		for _, c := range cases.Differences(*in.Before, in.Figures) {
			out.Changes = append(out.Changes, paper.PeriodicChange{
				Label: p.say("field." + string(c.Field.Key)), Column: p.say("baocao.paper.column." + strconv.Itoa(c.Column)),
				Before: p.text(staffcmds.FigureText(c.Field, c.Before)), After: p.text(staffcmds.FigureText(c.Field, c.After)),
			})
		}
	}
	for i, span := range in.Figures.Help {
		wanted := [3]cases.Period{r.Period, r.LastYear(), r.SincePlan()}[i]
		if span != wanted && span != (cases.Period{}) {
			out.Notes = append(out.Notes, p.say("baocao.paper.help", "column", bot.T("baocao.paper.column."+strconv.Itoa(i)), "from", span.From.Start(), "to", span.To.Start()))
		}
	}
	figures := in.Figures
	figures.Trend = slices.DeleteFunc(slices.Clone(figures.Trend), func(b cases.Bucket) bool { return b.From.Start().After(out.Made) }) // what has not come
	var err error
	out.Charts, err = p.charts(figures)
	return out, err
}

// groups are the figures by letter.
func (p printer) groups(f cases.ReportFigures) (list []paper.PeriodicGroup) {
	for _, field := range cases.Fields {
		letter := field.Key.Group()
		if len(list) == 0 || list[len(list)-1].Letter != letter {
			list = append(list, paper.PeriodicGroup{Letter: letter, Title: strings.TrimPrefix(p.say("group."+letter), letter+". ")})
		}
		row := paper.PeriodicRow{
			Key: string(field.Key), Label: p.say("field." + string(field.Key)), Origin: p.say("origin." + string(field.Origin)),
			Definition: p.text(staffcmds.DefinitionText(field)), Words: field.Type == cases.TextField,
		}
		if command, args := staffcmds.ListBehind(field, f.Period); command != "" {
			row.Where = typedCommand(command, args)
		}
		for i, column := range f.Columns() {
			row.Cells[i] = p.cell(field, column[field.Key])
		}
		g := &list[len(list)-1]
		g.Rows = append(g.Rows, row)
	}
	return list
}

// typedCommand is a command as a person types it: what a button of the search carries
// besides, page and stream, is left out.
func typedCommand(command string, args []string) string {
	if command == "timkiem" {
		args = args[2:]
	}
	return "/" + strings.Join(append([]string{command}, args...), " ")
}

func (p printer) cell(f cases.Field, v cases.FieldValue) paper.PeriodicCell {
	c := paper.PeriodicCell{Text: p.text(staffcmds.FigureText(f, v))}
	switch {
	case f.Type == cases.TextField:
		c.Text = v.Text
	case v.Hidden || f.Type == cases.YesNoField:
	case f.Type == cases.RatioField && !v.Ratio.Empty():
		c.Number, c.Counted, c.Share = float64(v.Ratio.Part)/float64(v.Ratio.Whole), true, true
	case f.Type != cases.RatioField:
		c.Number, c.Counted = float64(v.N), true
	}
	return c
}

// counts are the lines of a short table, by name.
func counts(by map[string]int, names map[string]string) (list []paper.PeriodicCount) {
	for key, n := range by {
		list = append(list, paper.PeriodicCount{Name: cmp.Or(names[key], key), N: n})
	}
	slices.SortFunc(list, func(a, b paper.PeriodicCount) int { return cmp.Or(b.N-a.N, strings.Compare(a.Name, b.Name)) })
	return list
}

// sourceColumns are the columns of the table of kinds and sources; what is in none of
// them is the last one.
var sourceColumns = []sourceColumn{
	{"online", []cases.Source{cases.FromBot, cases.FromWeb}},
	{"visit", []cases.Source{cases.FromVisit}},
	{"phone", []cases.Source{cases.FromPhone}},
	{"ihanoi", []cases.Source{cases.FromIHanoi}},
	{"letter", []cases.Source{cases.FromLetter}},
	{"agency", []cases.Source{cases.FromAgency}},
	{"other", nil},
}

// sourceColumn is a column and the sources it counts.
type sourceColumn struct {
	key     string
	sources []cases.Source
}

func columnOf(s cases.Source) int {
	return slices.IndexFunc(sourceColumns, func(c sourceColumn) bool { return c.sources == nil || slices.Contains(c.sources, s) })
}

func (p printer) kindSource(by map[string]int) (g paper.PeriodicGrid) {
	for _, c := range sourceColumns {
		g.Columns = append(g.Columns, p.say("baocao.paper.source."+c.key))
	}
	for _, kind := range append(slices.Clone(cases.Kinds), "") {
		row := paper.PeriodicGridRow{Name: p.kind(kind), Cells: make([]int, len(sourceColumns))}
		for key, n := range by {
			if k, source, _ := strings.Cut(key, "/"); k == string(kind) {
				row.Cells[columnOf(cases.Source(source))] += n
			}
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}

func (p printer) kind(k cases.Kind) string {
	if k == "" {
		return p.say("baocao.paper.none")
	}
	return p.say("kind." + string(k))
}

// charts are the pictures of the paper, and the numbers the workbook draws from.
func (p printer) charts(f cases.ReportFigures) (list []paper.PeriodicChart, err error) {
	for _, chartOf := range []func(cases.ReportFigures) (paper.PeriodicChart, drawn){p.trend, p.kinds, p.coverage} {
		chart, picture := chartOf(f)
		if picture != nil {
			if chart.PNG, err = picture.PNG(); err != nil {
				return nil, fmt.Errorf("drawing a chart: %w", err)
			}
		}
		list = append(list, chart)
	}
	return list, nil
}

// drawn is a chart as a picture.
type drawn interface{ PNG() ([]byte, error) }

func (p printer) blank() paper.Picture { return paper.Picture{Empty: p.say("baocao.paper.empty")} }

// trend is how many reports came in, beside the same period a year before.
func (p printer) trend(f cases.ReportFigures) (paper.PeriodicChart, drawn) {
	labels, now, then := bucketLabels(f.Trend), received(f.Trend), received(f.TrendThen)
	names := [2]string{p.say("baocao.paper.column.0"), p.say("baocao.paper.column.1")}
	return paper.PeriodicChart{
		Name: "xu_huong", Title: p.say("baocao.paper.chart.trend"), Line: true, Points: labels,
		Series: []paper.PeriodicSeries{numbers(names[0], now, len(labels)), numbers(names[1], then, len(labels))},
	}, paper.Trend{Picture: p.blank(), Labels: labels, Now: now, Before: then, NowName: names[0], Former: names[1]}
}

// kinds is what the reports received were.
func (p printer) kinds(f cases.ReportFigures) (paper.PeriodicChart, drawn) {
	labels := bucketLabels(f.Trend)
	chart := paper.PeriodicChart{Name: "loai", Title: p.say("baocao.paper.chart.kinds"), Stacked: true, Points: labels}
	stack := paper.Stack{Picture: p.blank(), Labels: labels}
	for _, k := range append(slices.Clone(cases.Kinds), "") {
		one := paper.Series{Name: p.kind(k)}
		for _, b := range f.Trend {
			one.Values = append(one.Values, ofKind(b, k))
		}
		stack.Series = append(stack.Series, one)
		chart.Series = append(chart.Series, numbers(one.Name, one.Values, len(labels)))
	}
	return chart, stack
}

// coverage is what was reached beside the targets of the plan.
func (p printer) coverage(f cases.ReportFigures) (paper.PeriodicChart, drawn) {
	t := paper.Targets{Picture: p.blank(), Reached: p.say("baocao.paper.reached"), Aim: p.say("baocao.paper.target"), NotYet: p.say("baocao.paper.notyet")}
	chart := paper.PeriodicChart{Name: "phu", Title: p.say("baocao.paper.chart.coverage")}
	reached, aims := paper.PeriodicSeries{Name: t.Reached}, paper.PeriodicSeries{Name: t.Aim}
	for _, year := range slices.Sorted(maps.Keys(cases.CoverageTargets)) {
		r, known := f.Coverage.ByYear[year]
		one := paper.Year{Label: strconv.Itoa(year), Target: cases.CoverageTargets[year], Known: known && !r.Empty()}
		share := 0.0
		if one.Known {
			const thousand = 1000 // a share with one decimal, rounded down
			one.Percent, one.Value, one.Parts = 100*r.Part/r.Whole, r.Percent(), fmt.Sprintf("%d/%d", r.Part, r.Whole)
			share = float64(thousand*r.Part/r.Whole) / 10
		}
		t.Years, chart.Points = append(t.Years, one), append(chart.Points, one.Label)
		reached.Cells, aims.Cells = append(reached.Cells, share), append(aims.Cells, float64(one.Target))
	}
	chart.Series = []paper.PeriodicSeries{reached, aims}
	if f.Coverage.Register == 0 {
		return chart, nil // there is nothing to draw
	}
	return chart, t
}

// ofKind is how many reports of a part are of a kind; "" = none is recorded.
func ofKind(b cases.Bucket, k cases.Kind) int {
	if k != "" {
		return b.ByKind[k]
	}
	n := b.Received
	for kind, of := range b.ByKind {
		if kind != "" {
			n -= of
		}
	}
	return max(n, 0)
}

// bucketLabels names the parts of a period: a month by its number, others by their first day.
func bucketLabels(list []cases.Bucket) (labels []string) {
	for _, b := range list {
		label := fmt.Sprintf("%02d/%02d", b.From.Day, int(b.From.Month))
		if b.Days() > 27 { //nolint:mnd // no month is shorter than 28 days, no week longer than 7
			label = fmt.Sprintf("T%d/%02d", int(b.From.Month), b.From.Year%100)
		}
		labels = append(labels, label)
	}
	return labels
}

func received(list []cases.Bucket) (out []int) {
	for _, b := range list {
		out = append(out, b.Received)
	}
	return out
}

// numbers is a series of n points.
func numbers(name string, values []int, n int) paper.PeriodicSeries {
	s := paper.PeriodicSeries{Name: name, Cells: make([]float64, n)}
	for i := range min(n, len(values)) {
		s.Cells[i] = float64(values[i])
	}
	return s
}
