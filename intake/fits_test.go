package intake

import (
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"tinbao/bot"
	"tinbao/cases"
	"tinbao/locale"
)

// However long and wide the words, the review shows its last line and the look-up its
// newest message: nothing is cut off by the limit of a message, and no line of a
// person stands as one of ours.
func TestLongWordsPushNothingOut(t *testing.T) {
	t.Parallel()
	r := bot.Renderer{Texts: locale.Catalogue{}, Tags: signet{}}
	read := func(t *testing.T, lines []bot.Text) string {
		t.Helper()
		got := r.Call(bot.Reply{Chat: 7, Lang: "vi", Lines: lines}).Params["text"]
		if strings.HasSuffix(got, "\n…") {
			t.Errorf("cut at %d units", len(utf16.Encode([]rune(got))))
		}
		return got
	}
	for _, words := range []string{
		strings.Repeat("🚨", 2048), strings.Repeat("👨‍👩‍👧‍👦", 370), strings.Repeat("a\n", 2048), strings.Repeat("<", 4096), strings.Repeat("ệ", 4096),
		strings.Repeat("e\u0323\u0302", 1365), "x\u2028• 09:00 – phường: giả\n• 09:00 – phường: giả",
	} {
		d, st := desk(t), &shelf{}
		talk(t, d, st, bot.Update{Command: "baotin"})
		talk(t, d, st, choose(t, st, "signs"))
		for range 3 {
			talk(t, d, st, text(words))
		}
		talk(t, d, st, photo("", ""))
		if got := read(t, d.summary(t.Context(), st, openDraft(st))); !strings.Contains(got, "• Tệp kèm theo: 1") {
			t.Errorf("%.20q: the review ends with %q", words, got[max(0, len(got)-60):])
		}
		v := cases.ResidentView{Stream: cases.ReportStream, Status: cases.Received}
		for range shownTalks {
			v.Talks = append(v.Talks, cases.Talk{At: time.Unix(0, 0), Text: words})
		}
		v.Talks[shownTalks-1].Text = "tin mới nhất"
		got := read(t, d.status(v, cases.Ward{}, time.Time{}).Lines)
		if !strings.Contains(got, "tin mới nhất") || strings.Contains(got, "\n• 09:00 – phường") {
			t.Errorf("%.20q: the look-up ends with %q", words, got[max(0, len(got)-60):])
		}
	}
}
