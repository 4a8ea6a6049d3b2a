package telegramsim

import (
	"cmp"
	"html"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Entity marks a part of a text. Offset and Length count UTF-16 units, as
// everywhere in Telegram.
type Entity struct {
	Type     string `json:"type"` // bold, italic, code, text_link, bot_command …
	Offset   int    `json:"offset"`
	Length   int    `json:"length"`
	URL      string `json:"url,omitempty"`      // of text_link
	Language string `json:"language,omitempty"` // of pre
}

func (e Entity) end() int { return e.Offset + e.Length }

// units is the length of s in UTF-16 units.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += runeUnits(r)
	}
	return n
}

func runeUnits(r rune) int {
	if r > 0xffff {
		return 2
	}
	return 1
}

// clean removes what Telegram never keeps: carriage returns, control
// characters and white space around the text. Entities follow the cut.
func clean(text string, entities []Entity) (string, []Entity) {
	text = strings.Map(cleanRune, text)
	left := strings.TrimLeftFunc(text, unicode.IsSpace)
	shift := units(text[:len(text)-len(left)])
	text = strings.TrimRightFunc(left, unicode.IsSpace)
	return text, clip(entities, shift, units(text))
}

// cleanRune keeps the number of UTF-16 units, so offsets stay valid.
func cleanRune(r rune) rune {
	if r < ' ' && r != '\n' {
		return ' '
	}
	return r
}

// clip shifts entities to the left and drops what lies outside the text.
func clip(entities []Entity, shift, length int) []Entity {
	var out []Entity
	for _, e := range entities {
		start, end := max(e.Offset-shift, 0), min(e.end()-shift, length)
		if start < end {
			e.Offset, e.Length = start, end-start
			out = append(out, e)
		}
	}
	sortEntities(out)
	return out
}

// sortEntities orders by place, the wider first, so nesting reads outside in.
func sortEntities(list []Entity) {
	slices.SortStableFunc(list, func(a, b Entity) int {
		return cmp.Or(cmp.Compare(a.Offset, b.Offset), cmp.Compare(b.Length, a.Length))
	})
}

// detect adds the entities Telegram finds by itself: commands and links.
// Words inside code or links are left alone.
func detect(text string, entities []Entity) []Entity {
	if !strings.ContainsAny(text, "/.") {
		return entities
	}
	offset, found := 0, entities
	for len(text) > 0 {
		size := wordLen(text)
		if size == 0 {
			r, n := utf8.DecodeRuneInString(text)
			offset, text = offset+runeUnits(r), text[n:]
			continue
		}
		word := text[:size]
		e := Entity{Type: wordType(word), Offset: offset}
		if e.Type == "url" {
			word = strings.TrimRight(word, ".,;:!?)»”\"'")
		}
		if e.Length = units(word); e.Type != "" && !opaque(entities, e) {
			found = append(found, e)
		}
		offset, text = offset+units(text[:size]), text[size:]
	}
	sortEntities(found)
	return found
}

func wordLen(text string) int {
	n := strings.IndexFunc(text, unicode.IsSpace)
	if n < 0 {
		return len(text)
	}
	return n
}

func wordType(word string) string {
	switch {
	case isCommand(word):
		return "bot_command"
	case strings.HasPrefix(word, "https://"), strings.HasPrefix(word, "http://"), strings.HasPrefix(word, "t.me/"):
		return "url"
	default:
		return ""
	}
}

// isCommand accepts /name and /name@bot with 1–64 Latin letters, digits and _.
func isCommand(word string) bool {
	if len(word) < 2 || len(word) > 97 || word[0] != '/' {
		return false
	}
	name, _, _ := strings.Cut(word[1:], "@")
	return name != "" && len(name) <= 64 && strings.IndexFunc(word[1:], func(r rune) bool {
		return r != '_' && r != '@' && (r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r))
	}) < 0
}

func opaque(entities []Entity, e Entity) bool {
	return slices.ContainsFunc(entities, func(o Entity) bool {
		closed := o.Type == "code" || o.Type == "pre" || o.Type == "text_link"
		return closed && o.Offset < e.end() && e.Offset < o.end()
	})
}

// tags gives the HTML element of each entity type that has one.
var tags = map[string]string{
	"bold": "b", "italic": "i", "underline": "u", "strikethrough": "s", "spoiler": "tg-spoiler",
	"code": "code", "pre": "pre", "blockquote": "blockquote", "expandable_blockquote": "blockquote",
	"text_link": "a",
}

// toHTML writes text and entities as the HTML a bot could send again.
func toHTML(text string, entities []Entity) string {
	if len(entities) == 0 {
		return html.EscapeString(text)
	}
	var b strings.Builder
	var open []Entity
	all := utf16.Encode([]rune(text))
	at := 0
	// advance writes text up to the unit "to" and closes what ends on the way.
	advance := func(to int) {
		for len(open) > 0 && open[len(open)-1].end() <= to {
			last := open[len(open)-1]
			b.WriteString(html.EscapeString(string(utf16.Decode(all[at:last.end()]))))
			b.WriteString("</" + tags[last.Type] + ">")
			at, open = last.end(), open[:len(open)-1]
		}
		b.WriteString(html.EscapeString(string(utf16.Decode(all[at:to]))))
		at = to
	}
	for _, e := range entities {
		if tags[e.Type] == "" || e.Offset < at && len(open) == 0 || e.end() > len(all) {
			continue
		}
		advance(e.Offset)
		if len(open) > 0 { // overlapping entities become nested ones
			e.Length = min(e.end(), open[len(open)-1].end()) - e.Offset
		}
		b.WriteString(openTag(e))
		open = append(open, e)
	}
	advance(len(all))
	return b.String()
}

func openTag(e Entity) string {
	switch e.Type {
	case "text_link":
		return `<a href="` + html.EscapeString(e.URL) + `">`
	case "expandable_blockquote":
		return "<blockquote expandable>"
	default:
		return "<" + tags[e.Type] + ">"
	}
}
