package bot_test

import (
	"encoding/json"
	"html"
	"strings"
	"testing"
	"unicode"
	"unicode/utf16"

	"pgregory.net/rapid"

	"tinbao/bot"
)

func call(r bot.Reply) bot.Call {
	r.Chat, r.Lang = an, "vi"
	return renderer.Call(r)
}

func TestLongTextsAreCut(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		lines []bot.Text
		file  bool
		limit int
		keeps string
	}{
		"many lines":   {[]bot.Text{bot.Words("đầu"), bot.Words(strings.Repeat("dòng\n", 2000))}, false, 4096, "đầu"},
		"one line":     {[]bot.Text{bot.Words("đầu " + strings.Repeat("x", 9000))}, false, 4096, "đầu xxx"},
		"emoji":        {[]bot.Text{bot.Words("đầu " + strings.Repeat("👨‍👩‍👧", 2000))}, false, 4096, "đầu 👨"},
		"escaped":      {[]bot.Text{bot.Words("đầu " + strings.Repeat("&<", 3000))}, false, 4096, "đầu &<&"},
		"caption":      {[]bot.Text{bot.Words("đầu " + strings.Repeat("x", 3000))}, true, 1024, "đầu xxx"},
		"mark is open": {[]bot.Text{bot.T("emergency.police", "number", strings.Repeat("9", 5000))}, false, 4096, "Công an phường: 999"},
	} {
		reply := bot.Reply{Lines: c.lines}
		key := "text"
		if c.file {
			reply.File, key = &bot.Attachment{Name: "a"}, "caption"
		}
		text := call(reply).Params[key]
		plain := html.UnescapeString(strings.NewReplacer("<b>", "", "</b>", "").Replace(text))
		if n := len(utf16.Encode([]rune(plain))); n > c.limit {
			t.Errorf("%s: %d units", name, n)
		}
		if !strings.HasPrefix(plain, c.keeps) || !strings.HasSuffix(plain, "…") {
			t.Errorf("%s: begins %q", name, plain[:min(40, len(plain))])
		}
		if strings.Count(text, "<b>") != strings.Count(text, "</b>") {
			t.Errorf("%s: a mark stays open", name)
		}
		if i := strings.LastIndex(text, "&"); i >= 0 && !strings.Contains(text[i:], ";") {
			t.Errorf("%s: an escape is cut", name)
		}
	}
	toast := renderer.Toast("vi", &bot.Press{ID: "1"}, &bot.Toast{Text: bot.Words(strings.Repeat("x", 500)), Alert: true})
	if n := len([]rune(toast.Params["text"])); n > 200 || toast.Params["show_alert"] != "true" {
		t.Errorf("toast of %d", n)
	}
}

func TestMarkup(t *testing.T) {
	t.Parallel()
	longest := strings.Repeat("x", 50)
	c := call(bot.Reply{Lines: []bot.Text{bot.Words("x")}, Buttons: [][]bot.Button{
		{{Label: bot.T("review.text", "value", `<b>&"'`), Do: longest}, {Label: bot.Words("l"), URL: "https://t.me/x"}},
	}})
	var markup struct {
		Rows [][]struct{ Text, Data, URL string } `json:"inline_keyboard"`
	}
	raw := strings.ReplaceAll(c.Params["reply_markup"], "callback_data", "Data")
	if err := json.Unmarshal([]byte(raw), &markup); err != nil {
		t.Fatal(err)
	}
	b := markup.Rows[0][0]
	if b.Text != `• Nội dung: <b>&"'` || !strings.HasPrefix(b.Data, longest) || len(b.Data) > 64 || markup.Rows[0][1].URL == "" {
		t.Errorf("%+v", markup.Rows)
	}
	if edit := call(bot.Reply{Edit: 5}); edit.Method != "editMessageReplyMarkup" || edit.Params["message_id"] != "5" {
		t.Errorf("%+v", edit)
	}
	if edit := call(bot.Reply{Edit: 5, Lines: []bot.Text{bot.Words("x")}, Protect: true}); edit.Method != "editMessageText" || edit.Params["protect_content"] != "true" {
		t.Errorf("%+v", edit)
	}
	if back, err := bot.DecodeCall(c.Encode()); err != nil || back.Params["text"] != "x" {
		t.Error(back, err)
	}
}

// Whatever a person writes, the message shows it and Telegram takes it.
func TestAnyTextIsShown(t *testing.T) {
	t.Parallel()
	sim, base := telegram(t)
	if _, err := sim.Start(an, ""); err != nil {
		t.Fatal(err)
	}
	c := client(t, base, "")
	odd := []string{
		"<b>", "</i>", "&amp;", "&", `"'`, "\u202eRTL", "👨‍👩‍👧‍👦", "e\u0323\u0302", "\x00", "\x1b[31m", "\u200b", "\u2800", "  ", "\n\n",
		"<a href='x'>", "&#0;", "<tg-spoiler>", "ÀÁ", "🇻🇳", "\ufeff", "{value}", "%s",
	}
	piece := rapid.OneOf(rapid.SampledFrom(odd), rapid.String())
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(piece, 1, 6).Draw(t, "text"), "")
		out := renderer.Call(bot.Reply{Chat: an, Lang: "vi", Lines: []bot.Text{bot.T("review.text", "value", text), bot.Words(text)}})
		if err := c.Deliver(t.Context(), out.Encode()); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		m, _ := sim.LastMessage(an)
		if !strings.HasPrefix(m.Text, "• Nội dung:") {
			t.Fatalf("%q is shown as %q", text, m.Text)
		}
		for _, e := range m.Entities {
			if e.Type == "bold" || e.Type == "text_link" || e.Type == "spoiler" {
				t.Fatalf("%q became markup: %+v", text, e)
			}
		}
	})
}

// A message that would be empty is never sent, because Telegram refuses it and
// the person would wait.
func TestEmptyTextsShowSomething(t *testing.T) {
	t.Parallel()
	sim, base := telegram(t)
	if _, err := sim.Start(an, ""); err != nil {
		t.Fatal(err)
	}
	c := client(t, base, "")
	for _, text := range []string{
		"", " ", "\n", "\x00", "\u200b", "\u2800", "\ufeff", "\u3164", "\u115f\u1160", "\uffa0",
		"\ufffc", "\u030a", "\u0333 \u033f", "\ufe0f", "\U000e0000", // empty to Telegram, though not to the simulator
	} {
		out := renderer.Call(bot.Reply{Chat: an, Lang: "vi", Lines: []bot.Text{bot.Words(text)}})
		if err := c.Deliver(t.Context(), out.Encode()); err != nil {
			t.Errorf("%q: %v", text, err)
		}
		if m, _ := sim.LastMessage(an); m.Text != "…" {
			t.Errorf("%q is shown as %q", text, m.Text)
		}
	}
}

// What can be seen is never replaced, however little or unusual it is.
func TestLittleTextsAreKept(t *testing.T) {
	t.Parallel()
	for _, text := range []string{".", "0", "\u0301a", "ạ", "👍", "\U0001fae9", "❤️", "🇻🇳", "1️⃣", "ש", "م", " . "} {
		if got := call(bot.Reply{Lines: []bot.Text{bot.Words(text)}}).Params["text"]; got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
}

// Words alone: nothing a person writes makes a message that Telegram refuses or
// that shows nothing.
func TestWordsAloneAreShown(t *testing.T) {
	t.Parallel()
	sim, base := telegram(t)
	if _, err := sim.Start(an, ""); err != nil {
		t.Fatal(err)
	}
	c := client(t, base, "")
	blank := []string{" ", "\n", "\t", "\x00", "\x7f", "\u00a0", "\u200b", "\u2800", "\u3164", "\ufffc", "\u030a", "\ufe0f", "\ufeff", "\U000e0000", "&", "<b>"}
	piece := rapid.OneOf(rapid.SampledFrom(blank), rapid.StringN(0, 3, -1))
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(piece, 0, 4).Draw(t, "text"), "")
		before, _ := sim.LastMessage(an)
		if err := c.Deliver(t.Context(), renderer.Call(bot.Reply{Chat: an, Lang: "vi", Lines: []bot.Text{bot.Words(text)}}).Encode()); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		m, _ := sim.LastMessage(an)
		if m.ID == before.ID || !strings.ContainsFunc(m.Text, seen) {
			t.Fatalf("%q is shown as %q", text, m.Text)
		}
	})
}

// seen is Telegram's own test (tdlib, strip_empty_characters): it takes a text for
// empty that has nothing else.
func seen(c rune) bool {
	return !unicode.IsSpace(c) && !unicode.IsControl(c) && !strings.ContainsRune("\u180e\u2800\ufffc\ufeff\u0333\u033f\u030a", c) &&
		(c < '\u200b' || c > '\u200f') && (c < '\u2028' || c > '\u202e') && (c < '\U000e0000' || c > '\U000e007f')
}

// arrives is what a phone shows of what a person wrote: control characters become
// spaces, spaces around are lost, marks that turn the direction are taken out.
func arrives(words string) string {
	words = strings.Map(func(c rune) rune {
		switch {
		case c >= '\u202a' && c <= '\u202e', c >= '\u2066' && c <= '\u2069':
			return -1
		case c < ' ' && c != '\n':
			return ' '
		}
		return c
	}, words)
	return strings.TrimFunc(words, unicode.IsSpace)
}

// What a person wrote arrives as it was written, letter for letter.
func TestWordsArriveAsWritten(t *testing.T) {
	t.Parallel()
	sim, base := telegram(t)
	if _, err := sim.Start(an, ""); err != nil {
		t.Fatal(err)
	}
	c := client(t, base, "")
	odd := []string{
		"<b>", "</i>", "&amp;", "&", `"'`, "\u202eRTL\u202c", "שלום", "👨‍👩‍👧‍👦", "e\u0323\u0302", "\x00", "\r\n", "\x1b[31m", "\u200b", "\u2800", "\n\n",
		"<a href='x'>", "&#0;", "&lt;", "\xff", "\ufffd", "🇻🇳", "\ufeff", "{value}", "%s", "<", ">",
	}
	piece := rapid.OneOf(rapid.SampledFrom(odd), rapid.String())
	rapid.Check(t, func(t *rapid.T) {
		words := strings.Join(rapid.SliceOfN(piece, 0, 6).Draw(t, "words"), "") + "."
		out := renderer.Call(bot.Reply{Chat: an, Lang: "vi", Lines: []bot.Text{bot.Words(words)}})
		if err := c.Deliver(t.Context(), out.Encode()); err != nil {
			t.Fatalf("%q: %v", words, err)
		}
		if m, _ := sim.LastMessage(an); m.Text != arrives(words) {
			t.Fatalf("%q is shown as %q", words, m.Text)
		}
	})
}

// Nothing to say and names of nothing are refused by Telegram with the whole message,
// so something is shown for them.
func TestNothingIsShownAsSomething(t *testing.T) {
	t.Parallel()
	sim, base := telegram(t)
	if _, err := sim.Start(an, ""); err != nil {
		t.Fatal(err)
	}
	c := client(t, base, "")
	r := renderer
	r.Menus = map[bot.Menu][][]bot.Text{bot.ResidentMenu: {{bot.Words("\u200b")}}}
	for what, reply := range map[string]bot.Reply{
		"no lines":               {},
		"only a menu":            {Menu: bot.ResidentMenu},
		"blank button":           {Lines: []bot.Text{bot.Words("x")}, Buttons: [][]bot.Button{{{Label: bot.Words(" "), Do: "x"}}}},
		"file without a caption": {File: &bot.Attachment{Name: "a.txt", Body: []byte("x")}},
	} {
		reply.Chat, reply.Lang = an, "vi"
		before, _ := sim.LastMessage(an)
		s := bot.Sender{Client: c, Limits: bot.NewLimits(nil, bot.Pace{All: 100, Chat: 100, Burst: 100, Group: 20}, name)}
		if _, err := s.Send(t.Context(), an, r.Call(reply).Encode()); err != nil {
			t.Errorf("%s: %v", what, err)
		}
		if m, _ := sim.LastMessage(an); m.ID == before.ID || reply.File == nil && m.Text == "" || reply.File != nil && m.Text != "" {
			t.Errorf("%s: shown as %q", what, m.Text)
		}
	}
	if m := sim.ReplyKeyboard(an); len(m) != 1 || m[0][0] != "…" {
		t.Errorf("%q", m)
	}
}

func TestMenus(t *testing.T) {
	t.Parallel()
	r := renderer
	r.Menus = map[bot.Menu][][]bot.Text{bot.PlaceMenu: {{bot.T("menu.place")}, {bot.T("menu.report"), bot.T("menu.help")}}}
	reply := bot.Reply{Chat: an, Lang: "en", Lines: []bot.Text{bot.Words("x")}, Menu: bot.PlaceMenu, Protect: true}
	c := r.Call(reply)
	var markup struct {
		Rows [][]struct {
			Text     string `json:"text"`
			Location bool   `json:"request_location"`
		} `json:"keyboard"`
		Persistent bool `json:"is_persistent"`
	}
	if err := json.Unmarshal([]byte(c.Params["reply_markup"]), &markup); err != nil {
		t.Fatal(err)
	}
	if len(markup.Rows) != 2 || !markup.Rows[0][0].Location || markup.Rows[1][0].Location || !markup.Persistent || c.Params["protect_content"] != "true" {
		t.Errorf("%+v", c.Params)
	}
	reply.Menu = bot.KeepMenu
	if c := r.Call(reply); c.Params["reply_markup"] != "" {
		t.Errorf("the menu is kept: %+v", c.Params)
	}
	reply.Menu, reply.Buttons = bot.PlaceMenu, [][]bot.Button{{{Label: bot.Words("b"), Do: "x"}}}
	if c := r.Call(reply); !strings.HasPrefix(c.Params["reply_markup"], `{"inline_keyboard"`) {
		t.Errorf("buttons come before the menu: %+v", c.Params)
	}
}
