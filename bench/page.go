package main

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// page is what is written in the end.
type page struct {
	began  time.Time
	took   time.Duration
	scale  string
	tables []*table
	goals  []goal
}

// table is one table of the page. The first column names, all others are numbers.
type table struct {
	title, note string
	head        []string
	rows        [][]string
}

// goal is something that was aimed at, and what came out. It decides nothing.
type goal struct {
	text, measured string
	reached        bool
}

// table adds a table to the page.
func (p *page) table(title string, head ...string) *table {
	t := &table{title: title, head: head}
	p.tables = append(p.tables, t)
	return t
}

func (t *table) row(cells ...string) { t.rows = append(t.rows, cells) }

func (p *page) goal(reached bool, text, measured string) {
	p.goals = append(p.goals, goal{text, measured, reached})
}

// String is the page in Markdown.
func (p *page) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Measured on %s (scale %s, %s)\n", p.began.UTC().Format("2006-01-02 15:04 UTC"), p.scale, p.took.Round(time.Second))
	for _, t := range p.tables {
		t.write(&b)
	}
	if len(p.goals) == 0 {
		return b.String()
	}
	b.WriteString("\n## Goals\n")
	g := &table{head: []string{"", "goal", "measured"}}
	for _, one := range p.goals {
		mark := "✗"
		if one.reached {
			mark = "✓"
		}
		g.row(mark, one.text, one.measured)
	}
	g.write(&b)
	return b.String()
}

func (t *table) write(b *strings.Builder) {
	if t.title != "" {
		fmt.Fprintf(b, "\n## %s\n", t.title)
	}
	width := make([]int, len(t.head))
	for _, row := range append([][]string{t.head}, t.rows...) {
		for i, cell := range row {
			width[i] = max(width[i], utf8.RuneCountInString(cell))
		}
	}
	line := func(cells []string) {
		for i, cell := range cells {
			fmt.Fprintf(b, "| %s%s ", cell, strings.Repeat(" ", width[i]-utf8.RuneCountInString(cell)))
		}
		b.WriteString("|\n")
	}
	b.WriteString("\n")
	line(t.head)
	for i := range t.head {
		rule := strings.Repeat("-", width[i]+2)
		if i > 0 && t.title != "" {
			rule = rule[:len(rule)-1] + ":" // numbers stand to the right
		}
		b.WriteString("|" + rule)
	}
	b.WriteString("|\n")
	for _, row := range t.rows {
		line(row)
	}
	if t.note != "" {
		fmt.Fprintf(b, "\n%s\n", t.note)
	}
}

// spread is a number of measured times.
type spread []time.Duration

// at is a percentile, 0 to 100, by the nearest rank; 0 without times.
func (s spread) at(percent float64) time.Duration {
	if len(s) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(s))
	rank := int(math.Ceil(percent / 100 * float64(len(sorted))))
	return sorted[min(max(rank, 1), len(sorted))-1]
}

// The percentiles that are shown.
const (
	p50 = 50
	p95 = 95
	p99 = 99
)

// ms is a time in milliseconds.
func ms(d time.Duration) string {
	v := float64(d) / float64(time.Millisecond)
	if v < 10 {
		return fmt.Sprintf("%.2f ms", v)
	}
	return fmt.Sprintf("%.0f ms", v)
}

// rate is how many a second.
func rate(n int, took time.Duration) float64 { return float64(n) / max(took.Seconds(), 1e-9) }

func perSecond(r float64) string { return fmt.Sprintf("%.0f/s", r) }

func times(a, b float64) string {
	if b == 0 {
		return "–"
	}
	return fmt.Sprintf("× %.2f", a/b)
}

func percent(a, b float64) string {
	if b == 0 {
		return "–"
	}
	return fmt.Sprintf("%.0f %%", 100*a/b)
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/(1<<20)) }

// thousands writes a number with gaps, as the tables name sizes.
func thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + " " + s[i:]
	}
	return s
}
