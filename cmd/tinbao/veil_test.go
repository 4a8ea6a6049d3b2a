package main

import (
	"strings"
	"unicode/utf16"

	"tinbao/telegramsim"
)

// covered is the text of a message with ▒ around what is hidden until it is touched.
func covered(m telegramsim.Message) string { return around(m, "▒", "▒", true) }

// glimpsed is what a message shows on a locked screen.
func glimpsed(m telegramsim.Message) string { return around(m, "", "", false) }

func around(m telegramsim.Message, begin, end string, keep bool) string {
	text := utf16.Encode([]rune(m.Text))
	var b strings.Builder
	at := 0
	for _, e := range m.Entities {
		if e.Type != "spoiler" || e.Offset < at {
			continue
		}
		b.WriteString(string(utf16.Decode(text[at:e.Offset])) + begin)
		if at = e.Offset + e.Length; keep {
			b.WriteString(string(utf16.Decode(text[e.Offset:at])))
		}
		b.WriteString(end)
	}
	return b.String() + string(utf16.Decode(text[at:]))
}
