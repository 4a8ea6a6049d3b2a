package bot

import (
	"encoding/json"
	"fmt"
	"regexp"
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
	if reply.Clear != 0 {
		return deleteBack(reply.Chat, reply.Clear)
	}
	c := Call{Method: "sendMessage", Params: map[string]string{"chat_id": strconv.FormatInt(reply.Chat, 10)}}
	text := r.text(reply)
	if reply.File != nil {
		text = clip(text, maxCaption)
	}
	switch {
	case reply.File != nil:
		c.Method, c.Field, c.File = "sendDocument", "document", reply.File
		if reply.File.Photo {
			c.Method, c.Field = "sendPhoto", "photo"
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
	if reply.Edit != 0 {
		c.Params["message_id"] = strconv.Itoa(reply.Edit)
	} else if reply.Protect {
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

// MostDeleted is how many messages one call may delete (Bot API, deleteMessages).
const MostDeleted = 100

// deleteBack deletes messages from one back. Telegram skips those that are gone or
// too old.
func deleteBack(chat int64, from int) Call {
	ids := make([]int, 0, MostDeleted)
	for id := from; id > 0 && id > from-MostDeleted; id-- {
		ids = append(ids, id)
	}
	return Call{Method: "deleteMessages", Params: map[string]string{"chat_id": strconv.FormatInt(chat, 10), "message_ids": toJSON(ids)}}
}

func (r Renderer) text(reply Reply) string {
	lines := make([]string, 0, len(reply.Lines))
	for _, l := range reply.Lines {
		lines = append(lines, r.Format(reply.Lang, l))
	}
	text := strings.Join(lines, "\n")
	if len(lines) > 0 && strings.TrimFunc(text, unseen) == "" {
		return ellipsis // Telegram refuses a message in which nothing can be seen
	}
	return clip(text, maxMessage)
}

// unseen reports characters that leave no trace on a screen.
func unseen(c rune) bool {
	return unicode.IsSpace(c) || unicode.Is(unicode.C, c) || c == '\u2800' || c == '\u3164'
}

const ellipsis = "…"

// clip shortens a text over a limit: whole lines while they fit, then the part of
// the next line that fits, and an ellipsis. It counts the HTML as it stands, which
// is never less than what Telegram counts.
func clip(text string, limit int) string {
	if units(text) <= limit {
		return text
	}
	room := limit - units("\n"+ellipsis)
	var kept []string
	for line := range strings.SplitSeq(text, "\n") {
		n := units(line) + 1
		if n > room {
			kept = append(kept, cutLine(line, room))
			break
		}
		kept, room = append(kept, line), room-n
	}
	return strings.TrimRight(strings.Join(kept, "\n"), "\n") + "\n" + ellipsis
}

// cutLine keeps the beginning of a line of HTML. A tag or an escaped character is
// never cut in two; a line with a tag left open loses all its marks.
func cutLine(line string, room int) string {
	end := 0
	for i, c := range line {
		if room -= utf16.RuneLen(c); room < 0 {
			break
		}
		end = i + utf8.RuneLen(c)
	}
	line = line[:end]
	for _, pair := range []struct{ open, close string }{{"<", ">"}, {"&", ";"}} {
		if i := strings.LastIndex(line, pair.open); i >= 0 && !strings.Contains(line[i:], pair.close) {
			line = line[:i]
		}
	}
	if strings.Count(line, "<") != 2*strings.Count(line, "</") {
		line = tag.ReplaceAllString(line, "")
	}
	return line
}

var tag = regexp.MustCompile("<[^>]*>")

func units(s string) int {
	n := 0
	for _, c := range s {
		n += utf16.RuneLen(c)
	}
	return n
}

func (r Renderer) markup(reply Reply) string {
	if len(reply.Buttons) > 0 || reply.Edit != 0 {
		return r.inline(reply)
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
}

func (r Renderer) inline(reply Reply) string {
	rows := make([][]inlineButton, 0, len(reply.Buttons))
	for _, row := range reply.Buttons {
		out := make([]inlineButton, 0, len(row))
		for _, b := range row {
			button := inlineButton{Text: plain(r.Format(reply.Lang, b.Label)), URL: b.URL}
			if b.URL == "" {
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
			line = append(line, menuButton{Text: plain(r.Format(reply.Lang, t)), Location: t.Key == "menu.place"})
		}
		out = append(out, line)
	}
	return toJSON(map[string]any{"keyboard": out, "resize_keyboard": true, "is_persistent": true})
}

var unescape = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&quot;", `"`, "&#34;", `"`, "&#39;", "'", "&amp;", "&", "<b>", "", "</b>", "")

// plain undoes the escaping for labels of buttons, which are not HTML.
func plain(s string) string { return unescape.Replace(s) }

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
		c.Params["text"] = clip(plain(r.Format(lang, toast.Text)), maxToast)
		if toast.Alert {
			c.Params["show_alert"] = "true"
		}
	}
	return c
}
