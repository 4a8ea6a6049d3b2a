package telegramsim

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// htmlTypes are the elements of Telegram's HTML mode and what they mean.
var htmlTypes = map[string]string{
	"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
	"s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "code": "code", "pre": "pre",
	"a": "text_link", "blockquote": "blockquote", "tg-spoiler": "spoiler", "span": "spoiler", "tg-emoji": "",
}

// htmlParser follows Telegram's own parser byte by byte, with its error texts:
// offsets in errors are bytes, offsets in entities UTF-16 units.
type htmlParser struct {
	in       string
	pos      int
	out      strings.Builder
	offset   int // of the output, UTF-16 units
	open     []openElement
	entities []Entity
}

// preLanguage keeps a language among the attributes of a pre. A written
// attribute never has an empty name.
const preLanguage = ""

type openElement struct {
	name   string
	attrs  map[string]string
	offset int
}

// parseHTML turns Telegram's HTML into plain text and entities.
func parseHTML(in string) (string, []Entity, error) {
	p := htmlParser{in: in}
	for p.pos < len(in) {
		if err := p.step(); err != nil {
			return "", nil, err
		}
	}
	if n := len(p.open); n > 0 {
		return "", nil, fmt.Errorf("Can't find end tag corresponding to start tag %q", p.open[n-1].name)
	}
	sortEntities(p.entities)
	return p.out.String(), p.entities, nil
}

func (p *htmlParser) step() error {
	switch p.in[p.pos] {
	case '<':
		if p.peek(1) == '/' {
			return p.endTag()
		}
		return p.startTag()
	case '&':
		if r, size := decodeReference(p.in[p.pos:]); size > 0 {
			p.emit(r, size)
			return nil
		}
	}
	r, size := utf8.DecodeRuneInString(p.in[p.pos:])
	p.emit(r, size)
	return nil
}

func (p *htmlParser) emit(r rune, size int) {
	p.out.WriteRune(r)
	p.offset += runeUnits(r)
	p.pos += size
}

// peek returns the byte n places ahead, 0 behind the end.
func (p *htmlParser) peek(n int) byte {
	if p.pos+n >= len(p.in) {
		return 0
	}
	return p.in[p.pos+n]
}

// until moves to the next byte of stop or white space and returns what it passed.
func (p *htmlParser) until(stop string) string {
	start := p.pos
	for p.pos < len(p.in) && !isBlank(p.in[p.pos]) && strings.IndexByte(stop, p.in[p.pos]) < 0 {
		p.pos++
	}
	return p.in[start:p.pos]
}

func (p *htmlParser) blanks() {
	for p.pos < len(p.in) && isBlank(p.in[p.pos]) {
		p.pos++
	}
}

func isBlank(c byte) bool { return strings.IndexByte(" \t\r\n\v\f\x00", c) >= 0 }

func (p *htmlParser) startTag() error {
	begin := p.pos
	p.pos++
	name := strings.ToLower(p.until(">"))
	if p.pos >= len(p.in) {
		return fmt.Errorf("Unclosed start tag at byte offset %d", begin)
	}
	if _, ok := htmlTypes[name]; !ok {
		return fmt.Errorf("Unsupported start tag %q at byte offset %d", name, begin)
	}
	e := openElement{name: name, attrs: map[string]string{}, offset: p.offset}
	for {
		p.blanks()
		switch p.peek(0) {
		case 0:
			return fmt.Errorf("Unclosed start tag at byte offset %d", begin)
		case '>':
			p.pos++
			return p.push(e, begin)
		}
		if err := p.attribute(&e, begin); err != nil {
			return err
		}
	}
}

func (p *htmlParser) push(e openElement, begin int) error {
	if e.name == "span" && e.attrs["class"] != "tg-spoiler" {
		return fmt.Errorf(`Tag "span" must have class "tg-spoiler" at byte offset %d`, begin)
	}
	p.open = append(p.open, e)
	return nil
}

func (p *htmlParser) attribute(e *openElement, begin int) error {
	name := strings.ToLower(p.until(`=>/"'`))
	if name == "" {
		return fmt.Errorf("Empty attribute name in the tag %q at byte offset %d", e.name, begin)
	}
	p.blanks()
	if p.peek(0) != '=' {
		if e.name == "blockquote" && name == "expandable" {
			e.attrs[name] = ""
			return nil
		}
		return fmt.Errorf("Expected equal sign in declaration of an attribute of the tag %q at byte offset %d", e.name, begin)
	}
	p.pos++
	p.blanks()
	value, err := p.value()
	if err != nil {
		return err
	}
	if p.pos >= len(p.in) {
		return fmt.Errorf("Unclosed start tag at byte offset %d", begin)
	}
	e.attrs[name] = value
	return nil
}

// value reads a quoted literal or a bare name token.
func (p *htmlParser) value() (string, error) {
	quote := p.peek(0)
	if quote != '"' && quote != '\'' {
		begin := p.pos
		token := p.until(">")
		if strings.Trim(strings.ToLower(token), "abcdefghijklmnopqrstuvwxyz0123456789.-") != "" {
			return "", fmt.Errorf("Unexpected end of name token at byte offset %d", begin)
		}
		return strings.ToLower(token), nil
	}
	p.pos++
	var b strings.Builder
	for p.pos < len(p.in) && p.in[p.pos] != quote {
		if r, size := decodeReference(p.in[p.pos:]); size > 0 {
			b.WriteRune(r)
			p.pos += size
			continue
		}
		b.WriteByte(p.in[p.pos])
		p.pos++
	}
	p.pos++
	return b.String(), nil
}

func (p *htmlParser) endTag() error {
	begin := p.pos
	if len(p.open) == 0 {
		return fmt.Errorf("Unexpected end tag at byte offset %d", begin)
	}
	p.pos += 2
	name := strings.ToLower(p.until(">"))
	p.blanks()
	if p.peek(0) != '>' {
		return fmt.Errorf("Unclosed end tag at byte offset %d", begin)
	}
	p.pos++
	e := p.open[len(p.open)-1]
	if name != "" && name != e.name {
		return fmt.Errorf(`Unmatched end tag at byte offset %d, expected "</%s>", found "</%s>"`, begin, e.name, name)
	}
	p.open = p.open[:len(p.open)-1]
	p.close(e)
	return nil
}

// close records the entity of an element; empty ones and links without a
// usable address vanish, as in Telegram.
func (p *htmlParser) close(e openElement) {
	ent := Entity{Type: htmlTypes[e.name], Offset: e.offset, Length: p.offset - e.offset}
	switch e.name {
	case "a":
		if ent.URL = linkURL(e.attrs["href"]); ent.URL == "" {
			return
		}
	case "blockquote":
		if _, ok := e.attrs["expandable"]; ok {
			ent.Type = "expandable_blockquote"
		}
	case "pre":
		ent.Language = e.attrs[preLanguage]
	case "code":
		if lang, ok := strings.CutPrefix(e.attrs["class"], "language-"); ok {
			ent.Language = lang
		}
		if p.foldIntoPre(ent) {
			return
		}
		ent.Language = ""
	}
	if ent.Length > 0 && ent.Type != "" {
		p.entities = append(p.entities, ent)
	}
}

// foldIntoPre drops a code element with a language directly inside a pre: the
// pre alone carries the language.
func (p *htmlParser) foldIntoPre(code Entity) bool {
	n := len(p.open)
	if code.Language == "" || n == 0 || p.open[n-1].name != "pre" || p.open[n-1].offset != code.Offset {
		return false
	}
	p.open[n-1].attrs[preLanguage] = code.Language
	return true
}

// linkURL accepts what a person may open; "example.com" gets a scheme.
func linkURL(href string) string {
	scheme, _, ok := strings.Cut(href, "://")
	switch {
	case href == "" || !utf8.ValidString(href):
		return ""
	case ok && (scheme == "http" || scheme == "https" || scheme == "tg"):
		return href
	case strings.HasPrefix(href, "tel:"), strings.HasPrefix(href, "mailto:"):
		return href
	case !ok && strings.Contains(href, ".") && !strings.ContainsAny(href, ": \n"):
		return "http://" + href
	default:
		return ""
	}
}

// decodeReference decodes a character reference at the start of s; size 0 =
// there is none and the ampersand is text.
func decodeReference(s string) (r rune, size int) {
	for name, r := range map[string]rune{"&lt;": '<', "&gt;": '>', "&amp;": '&', "&quot;": '"'} {
		if strings.HasPrefix(s, name) {
			return r, len(name)
		}
		if bare := name[:len(name)-1]; strings.HasPrefix(s, bare) && !isAlnum(at(s, len(bare))) {
			return r, len(bare)
		}
	}
	return decodeNumber(s)
}

func decodeNumber(s string) (rune, int) {
	if !strings.HasPrefix(s, "&#") {
		return 0, 0
	}
	i, base := 2, 10
	if at(s, 2) == 'x' {
		i, base = 3, 16
	}
	start := i
	for isAlnum(at(s, i)) {
		i++
	}
	n, err := strconv.ParseUint(s[start:i], base, 32)
	if err != nil || n == 0 || n > utf8.MaxRune || !utf8.ValidRune(rune(n)) {
		return 0, 0
	}
	if at(s, i) == ';' {
		i++
	}
	return rune(n), i
}

func at(s string, i int) byte {
	if i >= len(s) {
		return 0
	}
	return s[i]
}

func isAlnum(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}
