package reports

import (
	"fmt"
	"strings"

	"github.com/go-analyze/charts"
)

// Picture is what all charts have in common. Texts come in the language of the reader;
// numbers as text are written by the caller, too.
type Picture struct {
	Title string
	Note  string // the period, below the title
	Empty string // said in the place of a chart that has nothing to show
	Dark  bool
}

// Sizes in pixels. A chart is drawn ChartWidth wide and shown half as wide on a phone, so
// the smallest letters are smallText/2 there.
const (
	ChartWidth  = 800
	ChartHeight = 600

	smallText = 23
	plainText = 25
	bigText   = 31
	hugeText  = 46
	margin    = 24
	pxPerInch = 96.0 // the library's
	ptPerInch = 72.0
)

// theme is a set of colours. Neither relies on telling red from green: colours differ in
// lightness as well, and every series has a pattern and numbers of its own.
type theme struct {
	back, text, faint, grid charts.Color
	series                  []charts.Color
}

// The light colours are Okabe and Ito's, darkened until each stands out from white by 3:1
// (WCAG 2.2, 1.4.11); the dark ones are theirs as they are, or lighter.
var (
	light = theme{
		back: hex("#ffffff"), text: hex("#16191d"), faint: hex("#4a525c"), grid: hex("#d5dade"),
		series: hexes("#00609c", "#b84a00", "#00684c", "#b5569a", "#8a6a00", "#3f8fc4", "#6b7480"),
	}
	dark = theme{
		back: hex("#14181d"), text: hex("#f4f6f8"), faint: hex("#b9c1ca"), grid: hex("#3b444e"),
		series: hexes("#56b4e9", "#e69f00", "#2fc49a", "#e3a0c6", "#f0e442", "#ff7f50", "#aab3bd"),
	}
)

func hex(s string) charts.Color { return charts.ColorFromHex(s) }

func hexes(list ...string) []charts.Color {
	out := make([]charts.Color, 0, len(list))
	for _, s := range list {
		out = append(out, hex(s))
	}
	return out
}

// canvas is a chart being drawn. The library gives the shapes and the letters; where they
// stand is reckoned here, because its own charts have no patterns beside colours, and
// labels that meet or leave the picture at this size of letters.
type canvas struct {
	*charts.Painter
	theme

	width, height int
	top           int // first free line below title and legend
}

// begin draws the background, the title and the note.
func (p Picture) begin(height int) *canvas {
	c := &canvas{theme: light, width: ChartWidth, height: height}
	if p.Dark {
		c.theme = dark
	}
	c.Painter = charts.NewPainter(charts.PainterOptions{OutputFormat: charts.ChartOutputPNG, Width: c.width, Height: height})
	c.FilledRect(0, 0, c.width, height, c.back, c.back, 0)
	c.top = margin
	for _, line := range c.wrap(p.Title, c.width-2*margin, bigText, true) {
		c.write(line, margin, c.top, bigText, true, c.text)
		c.top += bigText + 6
	}
	if p.Note != "" {
		c.write(p.Note, margin, c.top+2, smallText, false, c.faint)
		c.top += smallText + 8
	}
	c.top += 8
	return c
}

// nothing is the picture of a chart without figures.
func (p Picture) nothing() ([]byte, error) {
	c := p.begin(ChartHeight)
	c.FilledRect(margin, c.top, c.width-margin, c.height-margin, c.back, c.grid, 2)
	lines := c.wrap(p.Empty, c.width-4*margin, bigText, false)
	y := (c.top+c.height)/2 - len(lines)*bigText/2
	for _, line := range lines {
		c.centre(line, c.width/2, y, bigText, false, c.text)
		y += bigText + 6
	}
	return c.end()
}

func (c *canvas) end() ([]byte, error) {
	body, err := c.Bytes()
	if err != nil {
		return nil, fmt.Errorf("drawing a chart: %w", err)
	}
	return body, nil
}

// font is the library's Noto Sans, which has every letter of Vietnamese.
func font(px int, bold bool, colour charts.Color) charts.FontStyle {
	family := charts.FontFamilyNotoSans
	if bold {
		family = charts.FontFamilyNotoSansBold
	}
	return charts.FontStyle{FontSize: float64(px) * ptPerInch / pxPerInch, Font: charts.GetFont(family), FontColor: colour}
}

func (c *canvas) measure(text string, px int, bold bool) int {
	return c.MeasureText(text, 0, font(px, bold, c.text)).Width()
}

// write writes a line whose top is at y.
func (c *canvas) write(text string, x, y, px int, bold bool, colour charts.Color) {
	c.Text(text, x, y+px*ascent/100, 0, font(px, bold, colour))
}

// ascent is how far below the top of a line its letters stand, in percent of their size.
const ascent = 86

func (c *canvas) centre(text string, x, y, px int, bold bool, colour charts.Color) {
	c.write(text, x-c.measure(text, px, bold)/2, y, px, bold, colour)
}

func (c *canvas) right(text string, x, y, px int, bold bool, colour charts.Color) {
	c.write(text, x-c.measure(text, px, bold), y, px, bold, colour)
}

// wrap breaks a text into lines of a width. A word that is wider is cut.
func (c *canvas) wrap(text string, width, px int, bold bool) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(text) {
		longer := strings.TrimSpace(line + " " + word)
		if line == "" || c.measure(longer, px, bold) <= width {
			line = longer
			continue
		}
		lines = append(lines, line)
		line = word
	}
	if line != "" {
		lines = append(lines, line)
	}
	for i := range lines {
		lines[i] = c.cut(lines[i], width, px, bold)
	}
	return lines
}

// cut shortens a line to a width.
func (c *canvas) cut(line string, width, px int, bold bool) string {
	if c.measure(line, px, bold) <= width {
		return line
	}
	letters := []rune(line)
	for len(letters) > 1 && c.measure(string(letters)+"…", px, bold) > width {
		letters = letters[:len(letters)-1]
	}
	return strings.TrimSpace(string(letters)) + "…"
}

// pattern is what tells a series apart without its colour.
type pattern int

const (
	solid pattern = iota
	rising
	dotted
	level
	upright
	falling
	crossed
	patterns // how many there are
)

// bar fills a rectangle with the colour and the pattern of a series.
func (c *canvas) bar(x1, y1, x2, y2, series int) {
	colour := c.series[series%len(c.series)]
	c.FilledRect(x1, y1, x2, y2, colour, colour, 0)
	const step, thick = 14, 3.0
	line := func(ax, ay, bx, by int) { c.LineStroke([]charts.Point{{X: ax, Y: ay}, {X: bx, Y: by}}, c.back, thick) }
	kind := pattern(series) % patterns
	switch kind {
	case level:
		for y := y1 + step/2; y < y2-2; y += step {
			line(x1, y, x2, y)
		}
	case upright:
		for x := x1 + step/2; x < x2-2; x += step {
			line(x, y1, x, y2)
		}
	case dotted:
		for y := y1 + step/2; y < y2-3; y += step {
			for x := x1 + step/2; x < x2-3; x += step {
				c.Circle(2.5, x, y, c.back, c.back, 0)
			}
		}
	case rising, falling, crossed:
		if kind != falling {
			slant(x1, y1, x2, y2, step, func(ax, ay, bx, by int) { line(ax, ay, bx, by) })
		}
		if kind != rising {
			slant(x1, y1, x2, y2, step, func(ax, ay, bx, by int) { line(ax, y1+y2-ay, bx, y1+y2-by) })
		}
	}
}

// slant gives lines that rise by 45 degrees, kept within a rectangle.
func slant(x1, y1, x2, y2, step int, line func(ax, ay, bx, by int)) {
	for d := x1 + y1 + step; d < x2+y2; d += step { // all points with x+y = d
		ax, ay := x1, d-x1
		if ay > y2 {
			ax, ay = d-y2, y2
		}
		bx, by := d-y1, y1
		if bx > x2 {
			bx, by = x2, d-x2
		}
		line(ax, ay, bx, by)
	}
}

// legend names the series, in as many lines as are needed; empty names are left out.
func (c *canvas) legend(names []string, mark func(series, x, y, size int)) {
	const box, gap = 26, 26
	x := margin
	for i, name := range names {
		if name == "" {
			continue
		}
		name = c.cut(name, c.width-2*margin-box-8, smallText, false)
		w := box + 8 + c.measure(name, smallText, false)
		if x > margin && x+w > c.width-margin {
			x, c.top = margin, c.top+smallText+10
		}
		mark(i, x, c.top, box)
		c.write(name, x+box+8, c.top+1, smallText, false, c.text)
		x += w + gap
	}
	c.top += smallText + 18
}

// axes are the two axes of a chart with columns.
type axes struct {
	*canvas

	left, right, top, bottom int
	max                      int
	slot                     float64 // width of a column's place
}

const gridLines = 4

// axes draws the value axis, which begins at 0, and the names of the columns, as many of
// them as fit.
func (c *canvas) axes(labels []string, most int, unit string) axes {
	a := axes{canvas: c, right: c.width - margin, top: c.top + smallText/2, bottom: c.height - margin - smallText - 8, max: ceiling(most)}
	a.left = margin + c.measure(fmt.Sprint(a.max)+unit, smallText, false) + 10
	step := max(a.max/gridLines, 1)
	for v := 0; v <= a.max; v += step {
		y := a.y(v)
		colour, wide := c.grid, 1.5
		if v == 0 {
			colour, wide = c.faint, 2.5
		}
		c.LineStroke([]charts.Point{{X: a.left, Y: y}, {X: a.right, Y: y}}, colour, wide)
		c.right(fmt.Sprint(v)+unit, a.left-10, y-smallText/2, smallText, false, c.faint)
	}
	a.slot = float64(a.right-a.left) / float64(max(len(labels), 1))
	widest := 0
	for _, l := range labels {
		widest = max(widest, c.measure(l, smallText, false)+12)
	}
	every := 1
	for float64(every)*a.slot < float64(widest) && every < len(labels) {
		every++
	}
	for i := 0; i < len(labels); i += every {
		half := c.measure(labels[i], smallText, false) / 2
		x := min(max(a.x(i), margin/2+half), c.width-margin/2-half)
		c.centre(labels[i], x, a.bottom+10, smallText, false, c.faint)
	}
	return a
}

// y is where a value stands; x the middle of a column.
func (a axes) y(v int) int { return a.bottom - (a.bottom-a.top)*v/a.max }
func (a axes) x(i int) int { return a.left + int((float64(i)+0.5)*a.slot) }

// ceiling is the end of an axis: a round number that its lines divide into whole numbers.
func ceiling(most int) int {
	if most <= gridLines {
		return gridLines
	}
	for unit := 1; ; unit *= 10 {
		for _, tenths := range []int{10, 20, 25, 50} {
			if step := tenths * unit / 10; tenths*unit%10 == 0 && step*gridLines >= most {
				return step * gridLines
			}
		}
	}
}
