package bot_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"tinbao/bot"
	"tinbao/locale"
)

// evil are words that try to be more than words.
var evil = []string{
	`<b>&amp;</b><a href="tg://user?id=1">x</a>`, `</b></i></code>`, `"><script>`, `&lt;b&gt; &#60;b&#62; &`, "*_`[x](y)", "{value} {n} %s",
	"\u202eđảo\u202c \u2066a\u2067b\u2068c\u2069d\u202ae\u202bf\u202d", "a\u200b\u200e\u200f\u2060\ufeffb", "\xff\xed\xa0\x80\xfe", "\x00\x01\x1b[31m",
	"👨‍👩‍👧‍👦🇻🇳👩🏻‍❤️‍💋‍👨🏿", "Nguye\u0302\u0303n", "x\n✅ Đã xác minh\r\n• Phân loại\u2028📝\u2029", "", " \u3164 ",
	strings.Repeat("🚨", 2048), strings.Repeat("<", 4097), strings.Repeat("x", 4096), strings.Repeat("👨‍👩‍👧‍👦", 600), strings.Repeat("\n", 4096) + "x",
}

// turning are the marks that turn the direction of writing until they are closed.
const turning = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

var slotName = regexp.MustCompile(`\{(\w+)(?::(\w+))?\}`)

// argsOf gives every value of a text the same words, as it is and as a text within a
// text; what is always a time stays one.
func argsOf(key, words string, nested bool) bot.Args {
	args := bot.Args{"words": words}
	text := locale.Catalogue{}.Format("vi", key, nil, func(any) (string, bool) { return "", false })
	for _, m := range slotName.FindAllStringSubmatch(text, -1) {
		switch {
		case m[2] != "":
			args[m[1]] = time.Unix(0, 0)
		case nested:
			args[m[1]] = bot.Words(words)
		default:
			args[m[1]] = words
		}
	}
	return args
}

// Every text of the catalogue, with whatever words in it: Telegram takes it, it has
// the marks of the catalogue and no others, it fits, and it turns no line around.
func TestNoWordsBreakAScreen(t *testing.T) {
	t.Parallel()
	sim, base := telegram(t)
	if _, err := sim.Start(an, ""); err != nil {
		t.Fatal(err)
	}
	c := client(t, base, "")
	r := bot.Renderer{Texts: locale.Catalogue{}, Tags: tags{}, Languages: locale.Languages}
	keys := append(locale.Catalogue{}.Keys(), "words")
	slices.Sort(keys)
	for i, key := range keys {
		for j, words := range evil {
			if long := len(words) > 1000; long && (i+j)%5 != 0 {
				continue
			}
			lang := locale.Languages[(i+j)%len(locale.Languages)]
			text := bot.Text{Key: key, Args: argsOf(key, words, j%2 == 0)}
			reply := bot.Reply{Chat: an, Lang: lang, Lines: []bot.Text{text}}
			out := r.Call(reply)
			got := out.Params["text"]
			written := anyTag.FindAllString(r.Format(lang, bot.Text{Key: key, Args: argsOf(key, "x", false)}), -1)
			marks := anyTag.FindAllString(got, -1)
			if whole, n := shown(got); n > 4096 {
				t.Errorf("%s: %d units", key, n)
			} else if !strings.HasSuffix(whole, "\n…") && !slices.Equal(marks, written) || len(marks) > 2*len(written) {
				t.Errorf("%s with %.40q has the marks %q, and the catalogue %q", key, words, marks, written)
			}
			if strings.ContainsAny(got, turning) {
				t.Errorf("%s with %.40q turns the direction of writing", key, words)
			}
			if sampled := (i+j)%5 == 0; !sampled { // each text goes through Telegram, and so do all words
				continue
			}
			if err := c.Deliver(t.Context(), out.Encode()); err != nil {
				t.Errorf("%s with %.40q: %v", key, words, err)
			}
			toast := r.Toast(lang, &bot.Press{ID: "1"}, &bot.Toast{Text: text}).Params["text"]
			if n := len(utf16.Encode([]rune(toast))); n > 200 {
				t.Errorf("%s: a toast of %d units", key, n)
			}
		}
	}
}
