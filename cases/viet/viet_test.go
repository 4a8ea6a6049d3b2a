package viet

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

// Every letter of Vietnamese: as one character, with marks that follow it, and without.
var typed = []struct{ nfc, nfd, plain string }{
	{"a", "a", "a"},
	{"ă", "a\u0306", "a"},
	{"ậ", "a\u0323\u0302", "a"},
	{"ầ", "a\u0302\u0300", "a"},
	{"ẵ", "a\u0306\u0303", "a"},
	{"đ", "đ", "d"},
	{"Đ", "Đ", "d"},
	{"Ð", "ð", "d"}, // U+00D0, U+00F0
	{"ế", "e\u0302\u0301", "e"},
	{"Ễ", "E\u0302\u0303", "e"},
	{"ỉ", "i\u0309", "i"},
	{"ợ", "o\u031b\u0323", "o"},
	{"Ở", "O\u031b\u0309", "o"},
	{"ổ", "o\u0302\u0309", "o"},
	{"ự", "u\u031b\u0323", "u"},
	{"Ừ", "U\u031b\u0300", "u"},
	{"ỹ", "y\u0303", "y"},
	{"ỵ", "y\u0323", "y"},
	{"é", "e\u0301", "e"},
	{"ü", "u\u0308", "u"},
	{"й", "и\u0306", "и"},
	{"n", "n", "n"},
	{"7", "7", "7"},
	{" ", "\u00a0", " "},
}

func TestFoldIsTheSameForEveryWayToType(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		var nfc, nfd, plain string
		for _, i := range rapid.SliceOf(rapid.IntRange(0, len(typed)-1)).Draw(rt, "letters") {
			nfc, nfd, plain = nfc+typed[i].nfc, nfd+typed[i].nfd, plain+typed[i].plain
		}
		for _, s := range []string{nfc, nfd, strings.ToUpper(nfc), strings.ToUpper(nfd)} {
			if Fold(s) != plain {
				rt.Fatalf("%q: %q, want %q", s, Fold(s), plain)
			}
		}
	})
	for want, writings := range map[string][]string{
		"hoa":        {"hòa", "hoà", "HÒA", "HOÀ", "ｈòａ", "h\u200bòa", "h\u00adòa", "ho\u0300a", "\ufeffhoà", "𝐡𝐨𝐚", "Ⓗⓞⓐ"},
		"thuy":       {"thúy", "thuý", "Thuỷ", "thủy"},
		"duong dinh": {"Đường Đình", "Ðường Ðình", "ðường ðình", "Ɖường Ɖình", "đường\u00a0đình", "đường\u3000đình", "duong dinh"},
		"nguyen van": {"Nguyễn Văn", "Nguyê\u0303n Va\u0306n", "NGUYỄN VĂN", "Νguyễn Văn", "nguуễn vаn"},
		"quan 5":     {"Quán ５", "quán 5", "QUÁN 5"},
	} {
		for _, s := range writings {
			if Fold(s) != want {
				t.Errorf("%q: %q, want %q", s, Fold(s), want)
			}
		}
	}
}

func TestFoldOfFoldedIsTheSame(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "text")
		if once := Fold(s); Fold(once) != once {
			t.Fatalf("%q folds to %q and on to %q", s, once, Fold(once))
		}
		if !slices.Equal(Words(s), Words(Fold(s))) {
			t.Fatalf("%q: words %v and %v", s, Words(s), Words(Fold(s)))
		}
	})
	const every = "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
	for _, s := range []string{every, strings.ToLower(every)} {
		if rest := strings.Trim(Fold(s), "adeiouy"); rest != "" {
			t.Errorf("left with marks: %s", rest)
		}
	}
}

func TestSyllables(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Bị nhốt, cứu!":             "bi/bi/4 nhot/nhôt/2 cuu/cưu/2",
		"bi\u0323 nho\u0302\u0301t": "bi/bi/4 nhot/nhôt/2",
		"Ðường hoà":                 "duong/đương/1 hoa/hoa/1",
		"14t":                       "14/14/0 t/t/0",
		"gi3t b4n k0":               "giet/giet/0 ban/ban/0 ko/ko/0",
		"don't":                     "dont/dont/0",
		"c\u200bứu":                 "cuu/cưu/2",
		"救命":                        "救/救/0 命/命/0",
	} {
		var got []string
		for _, s := range Syllables(text) {
			got = append(got, s.Plain+"/"+s.Letters+"/"+string('0'+rune(s.Tone)))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: %v, want %s", text, got, want)
		}
	}
	breaks := Syllables("một hai, ba. bốn… năm\nsáu 3.5")
	if got := []Break{breaks[1].Before, breaks[2].Before, breaks[3].Before, breaks[4].Before, breaks[5].Before, breaks[7].Before}; !slices.Equal(got, []Break{NoBreak, Clause, Sentence, Clause, Sentence, NoBreak}) {
		t.Error(got)
	}
}

// The parts of a word and its folding tell of the same letters.
func TestSyllablesAgreeWithFold(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.RuneFrom(nil, unicode.Latin, unicode.Mn, unicode.Cyrillic, unicode.Zs)).Draw(t, "text")
		var parts string
		for _, one := range Syllables(s) {
			parts += one.Plain
		}
		if want := strings.Join(Words(s), ""); parts != want {
			t.Fatalf("%q: %q, folded %q", s, parts, want)
		}
	})
}
