package telegramsim_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"tinbao/telegramsim"
)

func TestHTML(t *testing.T) {
	t.Parallel()
	b := setup(t, telegramsim.Options{})
	must[int](t)(b.Start(an, ""))
	type e = telegramsim.Entity
	tests := []struct {
		in, text string
		entities []e
	}{
		{"chữ &lt;b&gt; &amp; &quot;", `chữ <b> & "`, nil},
		{"😀<b>đậm <i>nghiêng</i></b>", "😀đậm nghiêng", []e{{Type: "bold", Offset: 2, Length: 11}, {Type: "italic", Offset: 6, Length: 7}}},
		{`<a href="https://a.vn/?x=1&amp;y=2">nối</a>`, "nối", []e{{Type: "text_link", Length: 3, URL: "https://a.vn/?x=1&y=2"}}},
		{`<pre><code class="language-go">x</code></pre>`, "x", []e{{Type: "pre", Length: 1, Language: "go"}}},
		{"<tg-spoiler>kín</tg-spoiler> <span class=\"tg-spoiler\">kín</span>", "kín kín", []e{{Type: "spoiler", Length: 3}, {Type: "spoiler", Offset: 4, Length: 3}}},
		{"<blockquote expandable>dài</blockquote>", "dài", []e{{Type: "expandable_blockquote", Length: 3}}},
		{"  xem /tip@tinbao_demo_bot  ", "xem /tip@tinbao_demo_bot", []e{{Type: "bot_command", Offset: 4, Length: 20}}},
		{"<code>/tip</code>", "/tip", []e{{Type: "code", Length: 4}}},
	}
	for _, tt := range tests {
		b.send(an, tt.in)
		m, _ := b.LastMessage(an)
		if diff := cmp.Diff(tt.entities, m.Entities); m.Text != tt.text || diff != "" {
			t.Errorf("%s\ngot %q\n%s", tt.in, m.Text, diff)
		}
	}
}

func TestHTMLErrors(t *testing.T) {
	t.Parallel()
	b := setup(t, telegramsim.Options{})
	must[int](t)(b.Start(an, ""))
	for in, want := range map[string]string{
		"<b>x":      `Can't find end tag corresponding to start tag "b"`,
		"x</b>":     "Unexpected end tag at byte offset 1",
		"<b>x</i>":  `Unmatched end tag at byte offset 4, expected "</b>", found "</i>"`,
		"a <div>":   `Unsupported start tag "div" at byte offset 2`,
		"giá < 100": `Unsupported start tag "" at byte offset 5`,
		"<b":        "Unclosed start tag at byte offset 0",
	} {
		got, err := b.try("sendMessage", fields{"chat_id": an, "parse_mode": "HTML", "text": in})
		if err != nil || got.Text != "Bad Request: can't parse entities: "+want {
			t.Errorf("%s: got %q, want %q", in, got.Text, want)
		}
	}
}
