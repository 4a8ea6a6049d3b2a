package cases

import (
	"strings"
	"unicode"
)

// plainLetters are the letters of Vietnamese by the letter they are when nobody
// types the marks.
var plainLetters = func() map[rune]rune {
	all := map[rune]rune{}
	for plain, marked := range map[rune]string{
		'a': "àáảãạăằắẳẵặâầấẩẫậ", 'd': "đ", 'e': "èéẻẽẹêềếểễệ", 'i': "ìíỉĩị",
		'o': "òóỏõọôồốổỗộơờớởỡợ", 'u': "ùúủũụưừứửữự", 'y': "ỳýỷỹỵ",
	} {
		for _, r := range marked {
			all[r] = plain
		}
	}
	return all
}()

// Fold is a text as it is looked for: in small letters and without marks, the same
// for both ways a phone can write a marked letter (NFC and NFD).
func Fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) { // a mark that stands alone, as in NFD
			return -1
		}
		r = unicode.ToLower(r)
		if plain, ok := plainLetters[r]; ok {
			return plain
		}
		return r
	}, s)
}

// WordsOf are the words of a text, folded, in their order.
func WordsOf(s string) []string {
	return strings.FieldsFunc(Fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// shingles are the words and the pairs of neighbours of a text. Most Vietnamese
// words are two syllables, so pairs tell more than the syllables alone.
func shingles(s string) map[string]bool {
	words := WordsOf(s)
	all := map[string]bool{}
	for i, w := range words {
		all[w] = true
		if i > 0 {
			all[words[i-1]+" "+w] = true
		}
	}
	return all
}

// Overlap is how much of what two texts say stands in both, from 0 to 1; two texts
// without words have nothing in common.
func Overlap(a, b string) float64 {
	one, other := shingles(a), shingles(b)
	both := 0
	for s := range one {
		if other[s] {
			both++
		}
	}
	if both == 0 {
		return 0
	}
	return float64(both) / float64(len(one)+len(other)-both)
}

// Strings are the plain strings of a list, for buttons and the database: never nil.
func Strings[S ~string](list []S) []string {
	out := make([]string, 0, len(list))
	for _, s := range list {
		out = append(out, string(s))
	}
	return out
}
