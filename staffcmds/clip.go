package staffcmds

import (
	"regexp"
	"strings"

	"tinbao/bot"
)

// units is the length of a person's words in a message: UTF-16 units after
// escaping, which is the stricter of the ways to count.
func units(s string) int {
	n := 0
	for _, c := range s {
		n += unitsOf(c)
	}
	return n
}

// unitsOf is what one character takes, as html.EscapeString writes it.
func unitsOf(c rune) int {
	switch {
	case c == '<' || c == '>':
		return len("&lt;")
	case c == '&' || c == '"' || c == '\'':
		return len("&amp;")
	case c > 0xFFFF:
		return 2
	}
	return 1
}

// lineBreaks are all ways to begin a new line on a screen.
var lineBreaks = regexp.MustCompile("\r\n|[\n\r\v\f\u0085\u2028\u2029]")

// furtherLine stands before further lines of what a person wrote, so that they
// cannot pass for lines of the card.
const furtherLine = "│ "

func marked(s string) string {
	return lineBreaks.ReplaceAllString(strings.TrimSpace(s), "\n"+furtherLine)
}

// clip shortens words to a number of units, with an ellipsis, and marks further lines.
func clip(s string, limit int) string {
	s = marked(s)
	if units(s) <= limit {
		return s
	}
	return head(s, limit-1) + "…"
}

// head is the longest beginning of s within the limit that ends at a whole sign, at
// a space when one is near.
func head(s string, limit int) string {
	used, end, space := 0, 0, 0
	for sign := range bot.Signs(s) {
		if used += units(sign); used > limit {
			break
		}
		if end += len(sign); sign == " " || sign == "\n" {
			space = end
		}
	}
	if end < len(s) && space > end*3/4 {
		return s[:space]
	}
	return s[:end]
}

// chunks cuts words into pieces of at most limit units that together are the whole.
func chunks(s string, limit int) []string {
	s = strings.ToValidUTF8(s, "\uFFFD") // so that every byte belongs to a character
	var out []string
	for s != "" {
		piece := head(s, limit)
		out, s = append(out, piece), s[len(piece):]
	}
	return out
}
