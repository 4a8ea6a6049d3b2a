package bot_test

import (
	"encoding/json"
	"strings"
	"testing"
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
		"escaped":      {[]bot.Text{bot.Words("đầu " + strings.Repeat("&<", 3000))}, false, 4096, "đầu &amp;"},
		"caption":      {[]bot.Text{bot.Words("đầu " + strings.Repeat("x", 3000))}, true, 1024, "đầu xxx"},
		"mark is open": {[]bot.Text{bot.T("emergency.police", "number", strings.Repeat("9", 5000))}, false, 4096, "Công an phường: 999"},
	} {
		reply := bot.Reply{Lines: c.lines}
		key := "text"
		if c.file {
			reply.File, key = &bot.Attachment{Name: "a"}, "caption"
		}
		text := call(reply).Params[key]
		if n := len(utf16.Encode([]rune(text))); n > c.limit {
			t.Errorf("%s: %d units", name, n)
		}
		if !strings.HasPrefix(text, c.keeps) || !strings.HasSuffix(text, "…") {
			t.Errorf("%s: begins %q", name, text[:min(40, len(text))])
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
	if edit := call(bot.Reply{Edit: 5, Lines: []bot.Text{bot.Words("x")}, Protect: true}); edit.Method != "editMessageText" || edit.Params["protect_content"] != "" {
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
	for _, text := range []string{"", " ", "\n", "\x00", "\u200b", "\u2800", "\ufeff"} {
		out := renderer.Call(bot.Reply{Chat: an, Lang: "vi", Lines: []bot.Text{bot.Words(text)}})
		if err := c.Deliver(t.Context(), out.Encode()); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
}
