package scale

import (
	"fmt"
	"math"
	"strings"
	"sync"
	"time"
)

// Played are the results of the scenes, in their order.
var Played = sync.OnceValue(func() []Result {
	var results []Result
	for _, s := range Scenes() {
		results = append(results, Run(s))
	}
	return results
})

// Evening is the table of the simulated burst.
func Evening() string {
	var b strings.Builder
	b.WriteString("| who writes | people | updates in the busiest second | wait for handling, most | wait for a send slot, most | answer within: half | 95 % | 99 % | reports | gave up | last answer after |\n")
	b.WriteString("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n")
	for i, s := range Scenes() {
		r := Played()[i]
		fmt.Fprintf(&b, "| %s | %d | %d | %d | %d | %s | %s | %s | %d | %d | %s |\n", s.Name, s.People, r.Busiest, r.Kept, r.Queue,
			seconds(r.Wait(50)), seconds(r.Wait(95)), seconds(r.Wait(99)), r.Reports, r.GaveUp, strings.TrimSuffix(r.Emptied.Round(time.Minute).String(), "0s"))
	}
	return b.String()
}

func seconds(d time.Duration) string {
	if d < 10*time.Second {
		return fmt.Sprintf("%.1f s", d.Seconds())
	}
	return fmt.Sprintf("%.0f s", d.Seconds())
}

const (
	secondsOfYear = 365 * 24 * 3600
	busyHours     = 10 // of a day; few write at night
)

// Year is the table of what an ordinary year brings, for a ward, ten and the city.
func Year() string {
	c := Hanoi
	var b strings.Builder
	b.WriteString("| | one ward | ten wards | the city |\n|---|--:|--:|--:|\n")
	row := func(what string, of func(cases float64) string) {
		all := float64(c.Cases())
		ward := all / float64(c.Wards)
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", what, of(ward), of(10*ward), of(all))
	}
	updates := float64(c.evening(0).Long + messagesOfCase)
	row("cases a year", count)
	row("cases a day", func(n float64) string { return count(n / 365) })
	row("updates of residents a second, in the busy hours", func(n float64) string {
		return fmt.Sprintf("%.4f", n*updates/secondsOfYear*24/busyHours)
	})
	row("rows of history a year", func(n float64) string { return count(n * (stepsOfCase + messagesOfCase)) })
	row("kept a year without files", func(n float64) string { return size(n * Handled) })
	row("files a year", func(n float64) string { return size(n * c.Files * FileBytes) })
	row("kept after ten years without files", func(n float64) string { return size(10 * n * Handled) })
	return b.String()
}

// Sizes is the table of what one thing takes.
func Sizes() string {
	var b strings.Builder
	b.WriteString("| what | in the database, with indexes |\n|---|--:|\n")
	for _, r := range []struct {
		what  string
		bytes int
	}{
		{"a report as it comes in", CaseBytes},
		{"a step, a row of its history", StepBytes},
		{"a message, with its row of the history", MessageBytes},
		{fmt.Sprintf("a case that was worked on: %d steps, %d messages", stepsOfCase, messagesOfCase), Handled},
		{"a photo, until it is destroyed", FileBytes},
	} {
		fmt.Fprintf(&b, "| %s | %s |\n", r.what, size(float64(r.bytes)))
	}
	return b.String()
}

// count rounds to three digits.
func count(n float64) string {
	if n < 100 {
		return fmt.Sprintf("%.2g", n)
	}
	unit := math.Pow(10, math.Floor(math.Log10(n))-2)
	return fmt.Sprintf("%.0f", math.Round(n/unit)*unit)
}

func size(bytes float64) string {
	units := []string{"B", "KB", "MB", "GB", "TB"}
	i := 0
	for ; bytes >= 1000 && i < len(units)-1; i++ {
		bytes /= 1000
	}
	if bytes < 10 && i > 0 {
		return fmt.Sprintf("%.1f %s", bytes, units[i])
	}
	return fmt.Sprintf("%.0f %s", bytes, units[i])
}
