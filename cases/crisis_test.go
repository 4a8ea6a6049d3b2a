package cases

import (
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

func TestWordsOfDanger(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"em muốn tự tử", "em muon tu tu", "TỰ TỬ", "tự tữ", "em không muốn sống nữa", "ko muốn sống", "Chồng em bị đánh", "bi danh dap", "em bị nhốt trong phòng",
		"họ bị ép tiếp khách", "nó dọa giết cả nhà", "nó doạ giết", "bị cưỡng hiếp", "không bị đánh", "I want to die", "I don’t want to live", "kill   myself", "he locked\nin my room",
		"tự\u200b tử", "bị\u00a0đánh", "…tự tử…", "tu\u031b\u0323 tu\u031b\u0309", // as a Mac writes it
	} {
		if !Crisis(text) {
			t.Errorf("%q is not heard", text)
		}
	}
	for _, text := range []string{
		"", "tự túc", "từ từ rồi tính", "tôi muốn học nghề tự chọn", "sống tử tế", "tu từ", "cần tư vấn tâm lý", "xin việc làm", "bị đau lưng", "đánh máy thuê", "nhớt xe",
		"tôi bị ếp", "grape", "therapy", "I forced", "hit song", "bí đánh", "bảo hiểm y tế", "khám sức khỏe ở đâu", "mua bán hàng", "chết máy xe",
	} {
		if Crisis(text) {
			t.Errorf("%q is taken for danger", text)
		}
	}
}

// Words of danger are heard in any writing: without marks, in capitals, between any
// other words.
func TestWordsOfDangerInAnyWriting(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		phrase := rapid.SampledFrom(crisis).Draw(t, "phrase")
		var plain []string
		for _, w := range wordsOf(phrase) {
			plain = append(plain, w.plain)
		}
		written := rapid.SampledFrom([]string{phrase, strings.ToUpper(phrase), strings.Join(plain, " "), strings.Join(plain, "  \n"), strings.ReplaceAll(phrase, " ", ", ")}).Draw(t, "written")
		around := rapid.StringOfN(rapid.RuneFrom([]rune("abc đêềx \n.,!")), 0, 20, -1)
		text := around.Draw(t, "before") + " " + written + " " + around.Draw(t, "after")
		if !Crisis(text) {
			t.Fatalf("%q is not heard", text)
		}
	})
}

// Half a word is no word: letters grown onto a phrase make it another one.
func TestWordsOfDangerAreWholeWords(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		phrase := rapid.SampledFrom([]string{"tự tử", "bị nhốt", "suicide", "kill me"}).Draw(t, "phrase")
		grown := phrase + rapid.SampledFrom([]string{"x", "zz", "c"}).Draw(t, "more")
		if Crisis(grown) {
			t.Fatalf("%q is taken for danger", grown)
		}
	})
}

// Reading words never changes how many letters there are.
func TestWordsKeepTheirLetters(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		letters := 0
		for _, w := range wordsOf(text) {
			letters += len([]rune(w.plain))
		}
		want := 0
		for _, r := range text {
			if r = unicode.ToLower(r); unicode.IsLetter(r) || unicode.IsDigit(r) {
				want++
			}
		}
		if letters != want {
			t.Fatalf("%d of %d letters of %q", letters, want, text)
		}
	})
}
