package reports

import (
	"slices"
	"strconv"

	"github.com/go-analyze/charts"
)

// Trend shows how many came in, part by part of a period, beside the same parts of the
// period before.
type Trend struct {
	Picture

	Labels          []string // of the parts
	Now, Before     []int    // Before may be shorter or longer; what has no part is left out
	NowName, Former string
}

// PNG draws the chart.
func (t Trend) PNG() ([]byte, error) {
	before := t.Before[:min(len(t.Before), len(t.Labels))]
	if sum(t.Now) == 0 && sum(before) == 0 {
		return t.nothing()
	}
	names := []string{t.NowName, t.Former}
	if len(before) == 0 {
		names[1] = ""
	}
	c := t.begin(ChartHeight)
	c.legend(names, func(series, x, y, size int) {
		points := []charts.Point{{X: x, Y: y + size/2}, {X: x + size, Y: y + size/2}}
		c.run(points, series)
		c.dot(x+size/2, y+size/2, series)
	})
	a := c.axes(t.Labels, max(slices.Max(append(slices.Clone(t.Now), 0)), slices.Max(append(slices.Clone(before), 0))), "")
	for series, values := range [][]int{before, t.Now} {
		series = 1 - series // the present period is drawn last, on top
		points := make([]charts.Point, 0, len(values))
		for i, v := range values {
			points = append(points, charts.Point{X: a.x(i), Y: a.y(v)})
		}
		c.run(points, series)
		for _, p := range points {
			c.dot(p.X, p.Y, series)
		}
	}
	t.numbers(a)
	return c.end()
}

// numbers stand above the points of the present period, below those in a valley. Where
// points are close to each other only peaks have one.
func (t Trend) numbers(a axes) {
	free, dense := 0, false
	for _, v := range t.Now {
		dense = dense || float64(a.measure(strconv.Itoa(v), smallText, true)+16) > a.slot
	}
	for i, v := range t.Now {
		rises, falls := i == 0 || t.Now[i-1] < v, i == len(t.Now)-1 || t.Now[i+1] < v
		valley := i > 0 && i < len(t.Now)-1 && t.Now[i-1] > v && t.Now[i+1] > v
		text := strconv.Itoa(v)
		half := a.measure(text, smallText, true)/2 + 4
		x, y := a.x(i), a.y(v)-smallText-14
		taken := i < len(t.Before) && t.Before[i] <= v && a.y(t.Before[i])-a.y(v) < 2*smallText
		if below := a.y(v) + 12; valley && !taken && below+smallText < a.bottom-4 {
			y = below
		}
		if x-half < free || dense && !(rises && falls) {
			continue
		}
		a.FilledRect(x-half, y-1, x+half, y+smallText+3, a.back, a.back, 0)
		a.centre(text, x, y, smallText, true, a.text)
		free = x + half
	}
}

// run is the line of a series; the second is dashed.
func (c *canvas) run(points []charts.Point, series int) {
	if len(points) < 2 {
		return
	}
	if series == 0 {
		c.LineStroke(points, c.series[0], 5)
		return
	}
	c.DashedLineStroke(points, c.series[series], 3.5, []float64{10, 8})
}

// dot is the mark of a series: a disc, or a square that is empty.
func (c *canvas) dot(x, y, series int) {
	if series == 0 {
		c.Circle(7, x, y, c.series[0], c.series[0], 0)
		return
	}
	c.FilledRect(x-6, y-6, x+6, y+6, c.back, c.series[series], 3)
}

// Stack shows what each part of a period is made of.
type Stack struct {
	Picture

	Labels []string
	Series []Series // from the bottom up; one without any value is left out of the legend
}

// Series is a row of values with a name.
type Series struct {
	Name   string
	Values []int
}

// PNG draws the chart.
func (s Stack) PNG() ([]byte, error) {
	totals, names := make([]int, len(s.Labels)), make([]string, len(s.Series))
	for i, series := range s.Series {
		for j, v := range series.Values[:min(len(series.Values), len(totals))] {
			totals[j] += v
		}
		if n := sum(series.Values); n > 0 {
			names[i] = series.Name + " (" + strconv.Itoa(n) + ")"
		}
	}
	if sum(totals) == 0 {
		return s.nothing()
	}
	c := s.begin(ChartHeight)
	c.legend(names, func(series, x, y, size int) { c.bar(x, y, x+size, y+size, series) })
	a := c.axes(s.Labels, slices.Max(totals), "")
	half := int(min(a.slot*0.36, 60))
	for j, total := range totals {
		base := 0
		for i, series := range s.Series {
			if j >= len(series.Values) || series.Values[j] == 0 {
				continue
			}
			c.segment(a, j, half, base, base+series.Values[j], i)
			base += series.Values[j]
		}
		if text := strconv.Itoa(total); total > 0 && c.measure(text, smallText, true) < int(a.slot) {
			c.centre(text, a.x(j), a.y(total)-smallText-6, smallText, true, c.text)
		}
	}
	return c.end()
}

// segment is a part of a column with its number, where there is room for one.
func (c *canvas) segment(a axes, column, half, from, to, series int) {
	x, y1, y2 := a.x(column), a.y(to), a.y(from)
	c.bar(x-half, y1+1, x+half, y2-1, series)
	text := strconv.Itoa(to - from)
	w := c.measure(text, smallText, true)/2 + 5
	if y2-y1 < smallText+10 || w > half {
		return
	}
	mid := (y1 + y2) / 2
	c.FilledRect(x-w, mid-smallText/2-3, x+w, mid+smallText/2+4, c.back, c.back, 0)
	c.centre(text, x, mid-smallText/2-1, smallText, true, c.text)
}

// Funnel shows how many came as far as each step.
type Funnel struct {
	Picture

	Steps []Step // in their order
}

// Step is a step with its number, and its share as it is written.
type Step struct {
	Name  string
	N     int
	Share string // "60%"; "" = none is told
}

// PNG draws the chart.
func (f Funnel) PNG() ([]byte, error) {
	most := 0
	for _, s := range f.Steps {
		most = max(most, s.N)
	}
	if most == 0 {
		return f.nothing()
	}
	c := f.begin(ChartHeight)
	row := (c.height - margin - c.top) / len(f.Steps)
	for i, s := range f.Steps {
		y := c.top + i*row
		text := strconv.Itoa(s.N)
		if s.Share != "" {
			text += " (" + s.Share + ")"
		}
		room := c.width - 2*margin
		value := c.measure(text, plainText, true)
		c.write(c.cut(s.Name, room-value-20, plainText, false), margin, y, plainText, false, c.text)
		c.right(text, c.width-margin, y, plainText, true, c.text)
		top, bottom := y+plainText+10, y+row-14
		c.FilledRect(margin, top, c.width-margin, bottom, c.back, c.grid, 2)
		if w := room * s.N / most; w > 0 {
			c.bar(margin, top, margin+w, bottom, 0)
		}
	}
	return c.end()
}

// Targets shows what was reached year by year beside what is wanted.
type Targets struct {
	Picture

	Years        []Year
	Reached, Aim string // names for the legend
	NotYet       string // stands above a year that has not come
}

// Year is a year of Targets.
type Year struct {
	Label   string
	Percent int    // reached, in whole percent, rounded down
	Value   string // the same as it is written: "55,8%"
	Parts   string // "24/43"
	Known   bool   // the year has come, and there is a register to reckon with
	Target  int    // percent
}

// PNG draws the chart. It has nothing to show as long as no year is known.
func (t Targets) PNG() ([]byte, error) {
	if !slices.ContainsFunc(t.Years, func(y Year) bool { return y.Known }) {
		return t.nothing()
	}
	c := t.begin(ChartHeight)
	c.legend([]string{t.Reached, t.Aim}, func(series, x, y, size int) {
		if series == 0 {
			c.bar(x, y, x+size, y+size, 0)
			return
		}
		c.aim(x-2, x+size+2, y+size/2)
	})
	labels := make([]string, 0, len(t.Years))
	for _, y := range t.Years {
		labels = append(labels, y.Label)
	}
	c.top += smallText + 8 // for the number above 100%
	a := c.axes(labels, 100, "%")
	half := int(a.slot * 0.3)
	for i, y := range t.Years {
		x := a.x(i)
		if y.Known {
			c.bar(x-half, a.y(min(y.Percent, a.max)), x+half, a.bottom, 0)
		} else {
			c.DashedLineStroke([]charts.Point{{X: x - half, Y: a.bottom}, {X: x - half, Y: a.y(y.Target)}}, c.faint, 2, []float64{6, 6})
			c.DashedLineStroke([]charts.Point{{X: x + half, Y: a.bottom}, {X: x + half, Y: a.y(y.Target)}}, c.faint, 2, []float64{6, 6})
		}
		c.aim(x-half-8, x+half+8, a.y(y.Target))
		c.plate("≥ "+strconv.Itoa(y.Target)+"%", x, a.y(max(y.Target, min(y.Percent, a.max)))-smallText-10)
		lower, upper := y.Parts, y.Value
		if !y.Known {
			lower, upper = t.NotYet, ""
		}
		c.plate(lower, x, a.bottom-smallText-14)
		c.plate(upper, x, a.bottom-2*smallText-20)
	}
	return c.end()
}

// aim is the mark of a target.
func (c *canvas) aim(x1, x2, y int) {
	c.LineStroke([]charts.Point{{X: x1, Y: y}, {X: x2, Y: y}}, c.back, 11)
	c.LineStroke([]charts.Point{{X: x1, Y: y}, {X: x2, Y: y}}, c.series[1], 6)
}

// plate is a text with room around it, so that it can be read on a column.
func (c *canvas) plate(text string, x, y int) {
	if text == "" {
		return
	}
	half := c.measure(text, smallText, true)/2 + 5
	c.FilledRect(x-half, y-3, x+half, y+smallText+4, c.back, c.back, 0)
	c.centre(text, x, y, smallText, true, c.text)
}

// Heat shows numbers by place: the more, the stronger its colour.
type Heat struct {
	Picture

	Cells []Place
}

// Place is a cell of Heat. Plain: it is no single place, so it takes no part in the
// colours.
type Place struct {
	Name  string
	N     int
	Plain bool
}

// Sizes of a cell of Heat.
const (
	heatColumns = 3
	heatHeight  = 132
	heatGap     = 8
)

// PNG draws the chart, as high as its cells need.
func (h Heat) PNG() ([]byte, error) {
	most, total := 0, 0
	for _, cell := range h.Cells {
		total += cell.N
		if !cell.Plain {
			most = max(most, cell.N)
		}
	}
	if total == 0 {
		return h.nothing()
	}
	rows := (len(h.Cells) + heatColumns - 1) / heatColumns
	c := h.begin(ChartHeight)
	c = h.begin(c.top + rows*(heatHeight+heatGap) + margin)
	width := (c.width - 2*margin - (heatColumns-1)*heatGap) / heatColumns
	for i, cell := range h.Cells {
		x, y := margin+i%heatColumns*(width+heatGap), c.top+i/heatColumns*(heatHeight+heatGap)
		shade := heatShades[0]
		if !cell.Plain {
			shade = heat(cell.N, most)
		}
		fill := blend(c.back, c.series[0], shade)
		ink := c.text
		if Contrast(fill, c.text) < Contrast(fill, c.back) {
			ink = c.back
		}
		c.FilledRect(x, y, x+width, y+heatHeight, fill, c.series[0], 2)
		c.centre(strconv.Itoa(cell.N), x+width/2, y+10, hugeText, true, ink)
		for j, line := range c.wrap(cell.Name, width-16, smallText, false) {
			if j == 2 {
				break
			}
			c.centre(line, x+width/2, y+heatHeight-(2-j)*(smallText+4)-4, smallText, false, ink)
		}
	}
	return c.end()
}

// heatShades are how strong the colour of a cell may be, in percent: far enough from the
// middle that letters on it keep their contrast, in both themes.
var heatShades = []int{0, 14, 28, 90, 100}

func heat(n, most int) int {
	if n == 0 {
		return heatShades[0]
	}
	steps := len(heatShades) - 1
	return heatShades[(n*steps+most-1)/most]
}

// blend mixes colours; share is that of b, in percent.
func blend(a, b charts.Color, share int) charts.Color {
	mix := func(x, y uint8) uint8 { return uint8((int(x)*(100-share) + int(y)*share) / 100) }
	return charts.ColorRGB(mix(a.R, b.R), mix(a.G, b.G), mix(a.B, b.B))
}
