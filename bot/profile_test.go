package bot_test

import (
	"testing"
	"unicode/utf16"

	"tinbao/bot"
)

// What Telegram shows about the bot is set once, in each language, and fits.
func TestDescribe(t *testing.T) {
	t.Parallel()
	sim, url := telegram(t)
	c := client(t, url, "")
	ward := bot.Words("phường Yên Nghĩa")
	for _, lang := range []string{"", "en"} {
		long, short := renderer.Plain(lang, bot.T("bot.description", "ward", ward)), renderer.Plain(lang, bot.T("bot.short", "ward", ward))
		if n := len(utf16.Encode([]rune(long))); n > bot.MostDescription {
			t.Error(lang, n)
		}
		if n := len(utf16.Encode([]rune(short))); n > bot.MostShortDescription {
			t.Error(lang, n)
		}
		for range 2 {
			if err := c.Describe(t.Context(), lang, long, short); err != nil {
				t.Fatal(err)
			}
		}
	}
	if n := sim.CountCalls("setMyDescription") + sim.CountCalls("setMyShortDescription"); n != 4 {
		t.Errorf("%d calls for two texts in two languages", n)
	}
}
