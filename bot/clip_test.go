package bot_test

import (
	"encoding/json"
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"
	"unicode/utf16"

	"pgregory.net/rapid"

	"tinbao/bot"
)

var anyTag = regexp.MustCompile("<[^>]*>")

// shown is what a phone shows of HTML, and its length as Telegram counts it.
func shown(text string) (string, int) {
	text = html.UnescapeString(anyTag.ReplaceAllString(text, ""))
	return text, len(utf16.Encode([]rune(text)))
}

// card is a catalogue of one text, whose value stands inside of marks.
type card struct{}

func (card) Format(_, key string, args map[string]any, _ func(any) (string, bool)) string {
	words, _ := args["words"].(string)
	switch key {
	case "marked":
		return "<b><i>" + html.EscapeString(words) + "</i></b> end"
	case "bare":
		return "<b>" + html.EscapeString(words) + "</b>"
	}
	return html.EscapeString(words)
}

var marked = bot.Renderer{Texts: card{}, Tags: tags{}}

func in(key, words string) bot.Reply {
	return bot.Reply{Chat: an, Lang: "vi", Lines: []bot.Text{{Key: key, Args: bot.Args{"words": words}}}}
}

// Staff read the whole case in pieces that fit a message as Telegram counts it;
// quotes and ampersands, which are longer in HTML, must not cost any words.
func TestEscapesCountAsOneCharacter(t *testing.T) {
	t.Parallel()
	for _, c := range []string{`"`, "&", "<", "'"} {
		words := strings.Repeat(c, 4095) + "!"
		if got, _ := shown(marked.Call(in("plain", words)).Params["text"]); got != words {
			t.Errorf("%d × %s: %d characters are shown", len(words), c, len(got))
		}
	}
}

// Words over several lines inside of marks are cut and the marks are closed, or
// Telegram refuses the whole message.
func TestMarksOverSeveralLinesAreClosed(t *testing.T) {
	t.Parallel()
	sim, base := telegram(t)
	if _, err := sim.Start(an, ""); err != nil {
		t.Fatal(err)
	}
	c := client(t, base, "")
	for i, words := range []string{
		strings.Repeat("một dòng\n", 1000), strings.Repeat("x", 4000) + "\n" + strings.Repeat("y", 4000),
		strings.Repeat("😀", 3000), strings.Repeat("a&b <", 2000), strings.Repeat("\n", 5000) + "x", strings.Repeat("\xff\xfe", 3000),
	} {
		if err := c.Deliver(t.Context(), marked.Call(in("marked", words)).Encode()); err != nil {
			t.Errorf("%d: %v", i, err)
		}
	}
}

// Whatever the words, a message is taken by Telegram, shows a beginning of them,
// and stays whole while it fits.
func TestCuttingKeepsTheBeginning(t *testing.T) {
	t.Parallel()
	sim, base := telegram(t)
	if _, err := sim.Start(an, ""); err != nil {
		t.Fatal(err)
	}
	c := client(t, base, "")
	rapid.Check(t, func(t *rapid.T) {
		piece := rapid.SampledFrom([]string{"<", "&", `"`, "😀", "\n", "ệ", "x", "&amp;", "</b>", "e\u0323\u0302", "a b"}).Draw(t, "piece")
		rest := rapid.SampledFrom([]string{"<", "&", "😀", "x", "\n"}).Draw(t, "rest")
		words := strings.Repeat(piece, rapid.IntRange(0, 4200).Draw(t, "pieces")) + strings.Repeat(rest, rapid.IntRange(1, 300).Draw(t, "rests"))
		reply := in(rapid.SampledFrom([]string{"plain", "marked"}).Draw(t, "key"), words)
		limit, param := 4096, "text"
		if rapid.Bool().Draw(t, "caption") {
			limit, param, reply.File = 1024, "caption", &bot.Attachment{Name: "a.txt", Body: []byte("x")}
		}
		out := marked.Call(reply)
		got, n := shown(out.Params[param])
		whole, all := shown(card{}.Format("", reply.Lines[0].Key, reply.Lines[0].Args, nil))
		switch {
		case n > limit:
			t.Fatalf("%d units", n)
		case strings.Trim(whole, "\n ") == "":
		case all <= limit && got != whole:
			t.Fatalf("%d units fit, but %d are shown", all, n)
		case all > limit && !strings.HasPrefix(whole, strings.TrimSuffix(got, "\n…")):
			t.Fatalf("another text is shown: %.60q", got)
		case all > limit && n < limit-4 && !strings.Contains(whole, "\n"):
			t.Fatalf("only %d of %d units are shown", n, limit)
		}
		if reply.File != nil {
			return
		}
		if err := c.Deliver(t.Context(), out.Encode()); err != nil {
			t.Fatalf("%.60q: %v", words, err)
		}
	})
}

// Toasts and labels are no HTML: nothing of marks or escapes is seen on them.
func TestToastsAndLabelsArePlain(t *testing.T) {
	t.Parallel()
	toast := func(words string) string {
		text := bot.Text{Key: "marked", Args: bot.Args{"words": words}}
		return marked.Toast("vi", &bot.Press{ID: "1"}, &bot.Toast{Text: text}).Params["text"]
	}
	if got := toast(`1 < 2 & "3" &lt;`); got != `1 < 2 & "3" &lt; end` {
		t.Errorf("%q", got)
	}
	for _, c := range []string{"<", "&", "😀", "x"} {
		got := toast(strings.Repeat(c, 500))
		n := len(utf16.Encode([]rune(got)))
		if n > 200 || n < 196 || strings.Trim(got, c+"\n…") != "" {
			t.Errorf("%s: %d units: %.40q", c, n, got)
		}
	}
	reply := in("plain", "x")
	reply.Buttons = [][]bot.Button{{{Label: bot.Text{Key: "marked", Args: bot.Args{"words": "<a>"}}, Do: "x"}}}
	if got := marked.Call(reply).Params["reply_markup"]; !strings.Contains(got, `\u003ca\u003e end"`) {
		t.Error(got)
	}
}

func ExampleAction() {
	data := bot.Action("xem", "PA-26-0001", "2")
	verb, args := bot.SplitAction(data)
	fmt.Println(data, verb, args)
	// Output: xem|PA-26-0001|2 xem [PA-26-0001 2]
}

// Marks around nothing are nothing, too.
func TestMarkedNothingShowsSomething(t *testing.T) {
	t.Parallel()
	for _, words := range []string{"", "\u200b", " \n"} {
		if got := marked.Call(in("bare", words)).Params["text"]; got != "…" {
			t.Errorf("%q is sent as %q", words, got)
		}
	}
	if got := marked.Call(in("bare", "<")).Params["text"]; got != "<b>&lt;</b>" {
		t.Errorf("%q", got)
	}
}

// A command ends at any white space.
func TestCommandsEndAtAnySpace(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][2]string{
		"/ghichu\tPA-1 x": {"ghichu", "PA-1 x"}, "/ghichu@tinbao_bot\nmột\nhai ba": {"ghichu", "một\nhai ba"},
		"/ghichu\u00a0PA-1": {"ghichu", "PA-1"}, "/GHICHU": {"ghichu", ""}, "/": {"", ""}, "ghichu": {"", ""},
	} {
		raw, err := json.Marshal(text)
		if err != nil {
			t.Fatal(err)
		}
		u, err := bot.ReadUpdate([]byte(message(`"text":` + string(raw))))
		if err != nil || u.Command != want[0] || u.Args != want[1] || u.Text != text {
			t.Errorf("%q: %q %q %v", text, u.Command, u.Args, err)
		}
	}
}
