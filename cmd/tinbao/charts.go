package main

import (
	"context"
	"fmt"
	"html"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/riverqueue/river"

	"tinbao/bot"
	"tinbao/cases"
	"tinbao/locale"
	paper "tinbao/reports"
	"tinbao/storage"
)

// sheet is what charts and the dashboard show of a period.
type sheet struct {
	cases.Statistics

	before   cases.Statistics // of the period before; empty where it is not asked for
	coverage cases.Coverage
	ward     cases.Ward
}

// sheet reads the figures as a member of staff may see them.
func (a *app) sheet(ctx context.Context, t *storage.Tx, who cases.Staff, p cases.Period) (sheet, error) {
	return a.sheetOf(ctx, t, p, func(p cases.Period) (cases.Statistics, error) { return t.Statistics(ctx, who, p) })
}

// sheetOf reads the figures of a period and of the one before by a function.
func (a *app) sheetOf(ctx context.Context, t *storage.Tx, p cases.Period, read func(cases.Period) (cases.Statistics, error)) (s sheet, err error) {
	if s.ward, err = t.Ward(ctx); err != nil {
		return s, err
	}
	if s.Statistics, err = read(p); err != nil {
		return s, err
	}
	if s.before, err = read(s.Period.Previous()); err != nil {
		return s, err
	}
	s.coverage, err = t.Coverage(ctx, p)
	return s, err
}

// artist draws the charts of a sheet in the language of a reader.
type artist struct {
	app  *app
	lang string
	dark bool
}

// say writes a text as plain letters, which is what a picture holds.
func (d artist) say(key string, pairs ...any) string {
	return html.UnescapeString(d.app.renderer.Format(d.lang, bot.T(key, pairs...)))
}

// picture is what all charts begin with.
func (d artist) picture(chart cases.Chart, p cases.Period) paper.Picture {
	return paper.Picture{
		Title: d.say("chart.title." + string(chart)), Note: d.say("chart.note", "from", p.From.Start(), "to", p.To.Start()),
		Empty: d.say("chart.empty"), Dark: d.dark,
	}
}

// draw draws a chart as a PNG.
func (d artist) draw(chart cases.Chart, s sheet) ([]byte, error) {
	head := d.picture(chart, s.Period)
	switch chart {
	case cases.TrendChart:
		return d.trend(head, s).PNG()
	case cases.KindsChart:
		return d.kinds(head, s).PNG()
	case cases.FunnelChart:
		if s.Closed { // nothing of it is told
			return nil, cases.Fail(cases.Invalid, "chart.unknown")
		}
		return d.funnel(head, s).PNG()
	case cases.CoverageChart:
		return d.targets(head, s).PNG()
	case cases.HamletsChart:
		heat := paper.Heat{Picture: head}
		for _, c := range cases.Hamlets(s.By[cases.ByHamlet], len(s.ward.Hamlets)) {
			heat.Cells = append(heat.Cells, paper.Place{Name: d.hamlet(c, s.ward), N: c.N, Plain: c.Others || c.Unsaid})
		}
		return heat.PNG()
	}
	return nil, cases.Fail(cases.Invalid, "chart.unknown")
}

func (d artist) trend(head paper.Picture, s sheet) paper.Trend {
	out := paper.Trend{Picture: head, Labels: partNames(s.Trend)}
	total, before := 0, 0
	for _, b := range s.Trend {
		out.Now = append(out.Now, b.Received)
		total += b.Received
	}
	for _, b := range s.before.Trend {
		out.Before = append(out.Before, b.Received)
		before += b.Received
	}
	out.NowName, out.Former = d.say("chart.now", "n", total), d.say("chart.before", "n", before)
	return out
}

// partNames name the parts of a period: a month by itself, else the first day.
func partNames(trend []cases.Bucket) []string {
	var out []string
	for _, b := range trend {
		label := fmt.Sprintf("%02d/%02d", b.From.Day, int(b.From.Month))
		if b.Days() > 7 {
			label = fmt.Sprintf("%02d/%02d", int(b.From.Month), b.From.Year%100)
		}
		out = append(out, label)
	}
	return out
}

func (d artist) kinds(head paper.Picture, s sheet) paper.Stack {
	out := paper.Stack{Picture: head, Labels: partNames(s.Trend)}
	unnamed := paper.Series{Name: d.say("chart.unnamed")}
	for _, b := range s.Trend {
		rest := b.Received
		for _, n := range b.ByKind {
			rest -= n
		}
		unnamed.Values = append(unnamed.Values, max(rest, 0))
	}
	for _, k := range cases.Kinds {
		one := paper.Series{Name: d.say("kind." + string(k))}
		for _, b := range s.Trend {
			one.Values = append(one.Values, b.ByKind[k])
		}
		out.Series = append(out.Series, one)
	}
	out.Series = append(out.Series, unnamed)
	return out
}

func (d artist) funnel(head paper.Picture, s sheet) paper.Funnel {
	received, verified, classified, forwarded, _ := s.Total.Ratios()
	out := paper.Funnel{Picture: head}
	for _, step := range []struct {
		key string
		cases.Ratio
	}{{"received", received}, {"verified", verified}, {"classified", classified}, {"forwarded", forwarded}} {
		one := paper.Step{Name: d.say("chart.step." + step.key), N: step.Part}
		if !step.Empty() {
			one.Share = d.percent(step.Ratio)
		}
		out.Steps = append(out.Steps, one)
	}
	return out
}

// percent writes a share as people of the language do.
func (d artist) percent(r cases.Ratio) string {
	if d.lang == locale.English {
		return strings.Replace(r.Percent(), ",", ".", 1)
	}
	return r.Percent()
}

func (d artist) targets(head paper.Picture, s sheet) paper.Targets {
	head.Empty = d.say("chart.empty.coverage")
	out := paper.Targets{Picture: head, Reached: d.say("chart.reached"), Aim: d.say("chart.target"), NotYet: d.say("chart.notyet")}
	for year := cases.FirstYear; year <= cases.LastYear; year++ {
		r, known := s.coverage.ByYear[year]
		one := paper.Year{Label: strconv.Itoa(year), Target: cases.CoverageTargets[year], Known: known && !r.Empty()}
		if one.Known {
			one.Percent, one.Value, one.Parts = r.Part*100/r.Whole, d.percent(r), strconv.Itoa(r.Part)+"/"+strconv.Itoa(r.Whole)
		}
		out.Years = append(out.Years, one)
	}
	return out
}

func (d artist) hamlet(c cases.HamletCell, w cases.Ward) string {
	switch {
	case c.Others:
		return d.say("chart.others")
	case c.Unsaid:
		return d.say("chart.unsaid")
	case c.Hamlet <= len(w.Hamlets):
		return w.Hamlets[c.Hamlet-1]
	}
	return d.say("paper.hamlet", "n", c.Hamlet)
}

// drawChart draws a chart and sends it to who asked.
type drawChart struct {
	river.WorkerDefaults[cases.ChartArgs]
	app *app
}

// Timeout is far above what a chart takes.
func (*drawChart) Timeout(*river.Job[cases.ChartArgs]) time.Duration { return time.Minute }

// Work reads the figures as the member of staff who asked. Whose account may not see
// them any more gets nothing.
func (w *drawChart) Work(ctx context.Context, job *river.Job[cases.ChartArgs]) error {
	p, err := cases.ParsePeriod(job.Args.From, job.Args.To)
	if err != nil || !slices.Contains(cases.Charts, job.Args.Chart) {
		return river.JobCancel(cases.Reason("no such chart"))
	}
	var viewer cases.Staff
	var s sheet
	err = w.app.store.AsStaff(ctx, job.Args.Staff, cases.SeeFigures, func(ctx context.Context, t *storage.Tx, who cases.Staff) (err error) {
		viewer = who
		s, err = w.app.sheet(ctx, t, who, p)
		return err
	})
	if err != nil && cases.KindOf(err) == cases.NotFound {
		return nil
	}
	reply := bot.Reply{Chat: viewer.Route.Chat, Lang: viewer.Route.Lang}
	var picture []byte
	if err == nil {
		picture, err = artist{w.app, viewer.Route.Lang, job.Args.Dark}.draw(job.Args.Chart, s)
	}
	switch {
	case err != nil && (job.Attempt < job.MaxAttempts || viewer.ID == 0):
		return err
	case err != nil:
		reply.Lines = []bot.Text{bot.T("chart.failed")}
	default:
		reply.Lines = []bot.Text{bot.T("chart.caption", "title", bot.T("chart.title."+string(job.Args.Chart)), "period", bot.T("chart.note", "from", p.From.Start(), "to", p.To.Start()))}
		reply.File = &bot.Attachment{Name: "bieu-do-" + string(job.Args.Chart) + ".png", Body: picture, Photo: true}
	}
	return w.app.store.Send(ctx, w.app.message(reply))
}
