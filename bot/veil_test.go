package bot_test

import (
	"html"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tinbao/bot"
	"tinbao/cases"
	"tinbao/locale"
)

// givingAway are words that tell somebody who glances at a phone what it is about.
var givingAway = regexp.MustCompile(`(?i)hiv|xét nghiệm|hỗ trợ|tư vấn|trạm y tế|sức khỏe|pháp lý|nhu cầu|dịch vụ|bệnh|mại dâm|công an|test|support|health|legal|counsel|needs|service|police`)

// spoken are the keys of what comes to a person who asked for help without having been asked
// for just now.
func spoken(key string) bool {
	return strings.HasPrefix(key, "resident.") && key != "resident.commands" || strings.HasPrefix(key, "ended.") ||
		key == "follow.ask" || key == "meet.remind" || key == "file.refused" || key == "file.again" || key == "alarm.late" || strings.HasPrefix(key, "alarm.confirmed")
}

var (
	veiled = regexp.MustCompile(`(?s)<tg-spoiler>.*?</tg-spoiler>`)
	marks  = regexp.MustCompile(`<[^>]*>`)
)

// glimpse is what a locked screen shows of a call.
func glimpse(c bot.Call) string {
	text := c.Params["text"] + c.Params["caption"]
	return strings.TrimSpace(html.UnescapeString(marks.ReplaceAllString(veiled.ReplaceAllString(text, ""), "")))
}

func TestWhatComesLaterToWhoAskedForHelpTellsNothingAtAGlance(t *testing.T) {
	t.Parallel()
	r := bot.Renderer{Texts: locale.Catalogue{}, Tags: tags{}}
	found := 0
	for _, key := range (locale.Catalogue{}).Keys() {
		if !spoken(key) {
			continue
		}
		found++
		for _, lang := range locale.Languages {
			c := r.Call(bot.Reply{Chat: 1, Lang: lang, Lines: []bot.Text{bot.T(key, "text", "xét nghiệm HIV", "words", "Trạm Y tế")}, Of: &bot.CaseRef{Stream: cases.HelpStream}})
			if got, want := glimpse(c), r.Format(lang, bot.T("discreet.line")); got != want || givingAway.MatchString(got) {
				t.Errorf("%s %s: a glance reads %q", lang, key, got)
			}
		}
	}
	if found < 20 {
		t.Error("only", found, "texts: does this test still look for the right ones?")
	}
	for _, key := range []string{"button.answer", "button.add", "needs.yes", "needs.no", "consent.no", "meet.keep", "meet.other", "follow.better", "follow.not_yet", "follow.call", "follow.stop", "button.again"} {
		for _, lang := range locale.Languages {
			if label := r.Format(lang, bot.T(key)); givingAway.MatchString(label) {
				t.Errorf("%s: the button reads %q", key, label)
			}
		}
	}
}

// Whatever is said, how long it may be and what marks it holds: nothing of it gets out of
// the hidden part, and the marks are closed.
func TestNothingGetsOutOfHiding(t *testing.T) {
	t.Parallel()
	r := bot.Renderer{Texts: locale.Catalogue{}, Tags: tags{}}
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.StringOf(rapid.SampledFrom([]rune("aạ🙂\n<>/&; </tg-spoiler>"))).Draw(t, "words") + strings.Repeat(rapid.SampledFrom([]string{"", "hỗ trợ ", "</tg-spoiler>", "🙂\n"}).Draw(t, "much"), rapid.IntRange(0, 900).Draw(t, "times"))
		reply := bot.Reply{Chat: 1, Lang: "vi", Lines: []bot.Text{bot.T("resident.answer", "text", words)}, Of: &bot.CaseRef{Stream: cases.HelpStream}}
		if rapid.Bool().Draw(t, "file") {
			reply.File = &bot.Attachment{Photo: true, Name: "phuong.jpg"}
		}
		c := r.Call(reply)
		text := c.Params["text"] + c.Params["caption"]
		if got := strings.TrimSpace(strings.TrimSuffix(glimpse(c), "…")); got != "Bạn có tin nhắn từ phường." {
			t.Fatalf("a glance reads %q", got)
		}
		if strings.Count(text, "<tg-spoiler>") != 1 || strings.Count(text, "</tg-spoiler>") != 1 {
			t.Fatalf("hiding is not closed: %q", text)
		}
		if reply.File != nil && c.Params["has_spoiler"] != "true" {
			t.Fatal("the photo is seen")
		}
	})
}
