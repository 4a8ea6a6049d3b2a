package bot_test

import (
	"testing"

	"tinbao/bot"
)

func TestStartLinks(t *testing.T) {
	t.Parallel()
	const word = "aB3_x-Yz0123456789ab"
	for _, text := range []string{
		"https://t.me/tinbao_bot?start=" + word, "http://T.ME/tinbao_bot?start=" + word, "t.me/tinbao_bot?start=" + word, "https://telegram.me/tinbao_bot?start=" + word,
		"https://telegram.dog/tinbao_bot/?start=" + word, "tg://resolve?domain=tinbao_bot&start=" + word, "tg:resolve?domain=tinbao_bot&amp;start=" + word,
		"Anh mở link này nhé: https://t.me/tinbao_bot?start=" + word + ". Cảm ơn anh", "(https://t.me/tinbao_bot?start=" + word + ")", "“https://t.me/tinbao_bot?start=" + word + "”",
		"Liên kết mời Anh Bình:\nhttps://t.me/tinbao_bot?start=" + word + "\nhết hạn", "https://t.me/tinbao_bot?utm=1&start=" + word + "&x=2",
	} {
		if got, found := bot.StartLink(text); !found || got != word {
			t.Errorf("%q: %q", text, got)
		}
	}
	for _, text := range []string{"", word, "https://t.me/tinbao_bot", "https://t.me/tinbao_bot?startgroup=" + word, "https://a.example/?start=" + word, "https://example-t.me.example/x?start=" + word, "https://t.me/tinbao_bot?start="} {
		if got, found := bot.StartLink(text); found {
			t.Errorf("%q: %q", text, got)
		}
	}
}
