package bot

import (
	"encoding/json"
	"fmt"
	"html"
	"iter"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Catalogue writes texts. Format gives HTML with every value escaped; nested
// gives the HTML of values that are texts themselves.
type Catalogue interface {
	Format(lang, key string, args map[string]any, nested func(any) (string, bool)) string
}

// Call is one call of the Bot API, ready to be delivered.
type Call struct {
	Method string            `json:"method"`
	Params map[string]string `json:"params"`
	Field  string            `json:"field,omitempty"`
	File   *Attachment       `json:"file,omitempty"`
}

// DecodeCall reads what Encode wrote.
func DecodeCall(payload []byte) (Call, error) {
	var c Call
	if err := json.Unmarshal(payload, &c); err != nil {
		return Call{}, fmt.Errorf("reading call: malformed")
	}
	return c, nil
}

// Encode writes the call for the outbox, where it is sealed.
func (c Call) Encode() []byte {
	raw, err := json.Marshal(c)
	if err != nil {
		panic("a call is strings and bytes only: " + err.Error())
	}
	return raw
}

// Renderer turns replies into calls.
type Renderer struct {
	Texts Catalogue
	Tags  Tagger
	Menus map[Menu][][]Text // the reply keyboards
	// Languages are those the keyboards are shown in.
	Languages []string
}

// Limits of the Bot API, in UTF-16 units after marks are removed.
const (
	maxMessage = 4096
	maxCaption = 1024
	maxToast   = 200
)

// Format writes one text.
func (r Renderer) Format(lang string, t Text) string {
	return r.Texts.Format(lang, t.Key, t.Args, func(v any) (string, bool) {
		if nested, ok := v.(Text); ok {
			return r.Format(lang, nested), true
		}
		return "", false
	})
}

// Call renders a reply for the chat and language it names.
func (r Renderer) Call(reply Reply) Call {
	if reply.Clear != nil {
		c := deletion(reply.Chat, reply.Clear.Messages)
		c.Params[clearMark] = "1"
		return c
	}
	if reply.Erase != 0 {
		return deletion(reply.Chat, []int{reply.Erase})
	}
	if reply.Place != nil {
		return pointOnMap(reply)
	}
	if reply.Words != nil {
		return r.uncovered(reply)
	}
	c := Call{Method: "sendMessage", Params: map[string]string{"chat_id": chatID(reply.Chat)}}
	text := r.text(reply)
	if reply.File != nil {
		text = clip(text, maxCaption)
	}
	switch {
	case reply.File != nil:
		c.Method, c.Field, c.File = "sendDocument", "document", reply.File
		if reply.File.Photo {
			c.Method, c.Field = "sendPhoto", "photo"
			if reply.veiled() {
				c.Params["has_spoiler"] = "true"
			}
		}
		c.Params["caption"] = text
	case reply.Edit != 0 && text == "":
		c.Method = "editMessageReplyMarkup"
	case reply.Edit != 0:
		c.Method = "editMessageText"
		c.Params["text"] = text
	default:
		c.Params["text"] = text
	}
	if reply.Quiet {
		c.Params["disable_notification"] = "true"
	}
	if reply.Edit != 0 {
		c.Params["message_id"] = strconv.Itoa(reply.Edit)
	}
	if reply.Protect { // of an edit, should it have to be sent as a new message
		c.Params["protect_content"] = "true"
	}
	if text != "" {
		c.Params["parse_mode"] = "HTML"
		c.Params["link_preview_options"] = `{"is_disabled":true}`
	}
	if markup := r.markup(reply); markup != "" {
		c.Params["reply_markup"] = markup
	}
	return c
}

// pointOnMap is a place the phone shows on a map (Bot API, sendLocation).
func pointOnMap(reply Reply) Call {
	c := Call{Method: "sendLocation", Params: map[string]string{
		"chat_id":   chatID(reply.Chat),
		"latitude":  strconv.FormatFloat(reply.Place.Lat, 'f', 5, 64),
		"longitude": strconv.FormatFloat(reply.Place.Lon, 'f', 5, 64),
	}}
	if reply.Protect {
		c.Params["protect_content"] = "true"
	}
	return c
}

// MostDeleted is how many messages one call may delete (Bot API, deleteMessages).
const MostDeleted = 100

func (r Renderer) text(reply Reply) string {
	lines := make([]string, 0, len(reply.Lines))
	for _, l := range reply.Lines {
		lines = append(lines, r.Format(reply.Lang, l))
	}
	text := strings.Join(lines, "\n")
	if len(lines) == 0 && (reply.Edit != 0 || reply.File != nil) {
		return ""
	}
	if reply.veiled() {
		text = r.veil(reply.Lang, text)
	}
	if blank(plain(text)) {
		return ellipsis // Telegram refuses a message in which nothing can be seen
	}
	return clip(text, maxMessage)
}

// label writes what stands on a button, which Telegram does not take blank either.
func (r Renderer) label(lang string, t Text) string {
	s := plain(r.Format(lang, t))
	if blank(s) {
		return ellipsis
	}
	return s
}

// blank reports a text in which nothing can be seen.
func blank(s string) bool { return strings.TrimFunc(s, unseen) == "" }

// unseen reports characters that leave no trace on a screen, or none on their own.
// Those Go does not know yet are taken for new emoji, except in plane 14.
func unseen(c rune) bool {
	return unicode.IsSpace(c) || unicode.In(c, unicode.Cc, unicode.Cf, unicode.M) || strings.ContainsRune(fillers, c) || c>>12 == 0xE0
}

// fillers are drawn as nothing, or taken for spaces by Telegram, though Unicode
// counts them as letters and symbols.
const fillers = "\u115f\u1160\u2800\u3164\uffa0\ufffc"

const ellipsis = "…"

// clip shortens HTML which shows more than a limit to what fits beside an
// ellipsis. Marks, escaped characters and signs are never cut in two, and marks
// still open at the cut are closed.
func clip(html string, limit int) string {
	if len(html) <= limit {
		return html // nothing shows as more units than it has bytes
	}
	var open []string // names of the marks around the current place
	var closing string
	var cut seam
	kept, at, used := 0, 0, 0
	for piece, units := range pieces(html) {
		if units == 0 {
			at, open = at+len(piece), follow(open, piece)
			continue
		}
		c, _ := utf8.DecodeRuneInString(piece)
		if cut.before(c) && used <= limit-len("\n.") {
			kept, closing = at, closers(open)
		}
		if used += units; used > limit {
			return strings.TrimRight(html[:kept], "\n") + closing + "\n" + ellipsis
		}
		at += len(piece)
	}
	return html
}

// pieces takes HTML apart into marks, escaped characters and plain characters, each
// with the UTF-16 units it shows, which is what Telegram counts.
func pieces(html string) iter.Seq2[string, int] {
	return func(yield func(piece string, units int) bool) {
		for html != "" {
			c, size := utf8.DecodeRuneInString(html)
			units := utf16.RuneLen(c)
			if c == '<' || c == '&' {
				if found := markup.FindString(html); found != "" {
					size = len(found)
					if units = 1; c == '<' {
						units = 0
					}
				}
			}
			if !yield(html[:size], units) {
				return
			}
			html = html[size:]
		}
	}
}

var (
	markup = regexp.MustCompile(`^(?:<[^>]*>|&[^;]*;)`)
	tag    = regexp.MustCompile(`<[^>]*>`)
)

// follow gives the open marks after one more mark.
func follow(open []string, mark string) []string {
	if strings.HasPrefix(mark, "</") {
		return open[:max(0, len(open)-1)]
	}
	name, _, _ := strings.Cut(strings.Trim(mark, "<>"), " ")
	return append(open, name)
}

func closers(open []string) string {
	var b strings.Builder
	for _, name := range slices.Backward(open) {
		b.WriteString("</" + name + ">")
	}
	return b.String()
}

func (r Renderer) markup(reply Reply) string {
	if len(reply.Buttons) > 0 || reply.Edit != 0 {
		return r.inline(reply)
	}
	if reply.Menu == NoMenu {
		return `{"remove_keyboard":true}`
	}
	rows, ok := r.Menus[reply.Menu]
	if !ok {
		return ""
	}
	return r.keyboard(reply, rows)
}

type inlineButton struct {
	Text string `json:"text"`
	Data string `json:"callback_data,omitempty"`
	URL  string `json:"url,omitempty"`

	Copy *copyText `json:"copy_text,omitempty"`
}

type copyText struct {
	Text string `json:"text"`
}

func (r Renderer) inline(reply Reply) string {
	rows := make([][]inlineButton, 0, len(reply.Buttons))
	for _, row := range reply.Buttons {
		out := make([]inlineButton, 0, len(row))
		for _, b := range row {
			button := inlineButton{Text: r.label(reply.Lang, b.Label), URL: b.URL}
			switch {
			case b.Copy != "":
				button.Copy = &copyText{b.Copy}
			case b.URL == "":
				button.Data = sign(r.Tags, reply.Chat, b.Do)
			}
			out = append(out, button)
		}
		rows = append(rows, out)
	}
	return toJSON(map[string]any{"inline_keyboard": rows})
}

type menuButton struct {
	Text     string `json:"text"`
	Location bool   `json:"request_location,omitempty"`
}

func (r Renderer) keyboard(reply Reply, rows [][]Text) string {
	out := make([][]menuButton, 0, len(rows))
	for _, row := range rows {
		var line []menuButton
		for _, t := range row {
			line = append(line, menuButton{Text: r.label(reply.Lang, t), Location: t.Key == "menu.place"})
		}
		out = append(out, line)
	}
	return toJSON(map[string]any{"keyboard": out, "resize_keyboard": true, "is_persistent": true})
}

// Plain writes one text without marks.
func (r Renderer) Plain(lang string, t Text) string { return plain(r.Format(lang, t)) }

// plain takes marks and escapes away, for toasts and labels, which are not HTML.
func plain(s string) string { return html.UnescapeString(tag.ReplaceAllString(s, "")) }

func toJSON(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		panic("markup is strings only: " + err.Error())
	}
	return string(raw)
}

// Toast renders the answer to a pressed button; every press gets one, or the
// phone shows a spinner until it gives up.
func (r Renderer) Toast(lang string, press *Press, toast *Toast) Call {
	c := Call{Method: "answerCallbackQuery", Params: map[string]string{"callback_query_id": press.ID}}
	if toast != nil {
		c.Params["text"] = plain(clip(r.Format(lang, toast.Text), maxToast))
		if toast.Alert {
			c.Params["show_alert"] = "true"
		}
	}
	return c
}
