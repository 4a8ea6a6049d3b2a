// Package viet reads Vietnamese as it is typed. Fold is the one form in which texts are
// compared anywhere in the program: in search, import, duplicates, typed commands and signs
// of danger. Two texts that a reader takes for the same words fold to the same, whatever
// keyboard, code page or normal form they come from.
package viet

import (
	"strings"
	"unicode"
)

// Fold returns a text in small letters and without marks. NFC and NFD, the Đ of other code
// pages (Ð, Ɖ), the places of a tone (hòa, hoà), full width, mathematical and circled
// letters, and letters of other alphabets that look like Latin ones are the same;
// characters that cannot be seen are left out. Spaces of any kind but line breaks become a
// space; other signs stay. Hangul is not composed.
func Fold(s string) string { return strings.Map(foldRune, s) }

// Words returns the words of a text, folded, in their order: runs of letters and digits.
func Words(s string) []string {
	return strings.FieldsFunc(Fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// Same reports whether two texts have the same words.
func Same(a, b string) bool { return strings.Join(Words(a), " ") == strings.Join(Words(b), " ") }

// foldRune is one character folded; -1 = left out.
func foldRune(r rune) rune {
	r = visible(r)
	if r <= unicode.MaxASCII { // also -1
		return r
	}
	if plain, ok := unmarked[r]; ok {
		r = plain
	}
	if plain, ok := lookAlikes[r]; ok {
		r = plain
	}
	return r
}

// visible is one small character as it looks: -1 for marks that stand alone and for what
// cannot be seen, the plain letter for those of full width, in circles or of mathematics.
func visible(r rune) rune {
	if r <= unicode.MaxASCII {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}
	switch {
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) || blank(r):
		return -1
	case unicode.Is(unicode.Zs, r):
		return ' '
	case '！' <= r && r <= '～':
		return visible(r - '！' + '!')
	case 'Ⓐ' <= r && r <= 'Ⓩ':
		return r - 'Ⓐ' + 'a'
	case 'ⓐ' <= r && r <= 'ⓩ':
		return r - 'ⓐ' + 'a'
	case mathLetters <= r && r < mathGreek:
		return 'a' + (r-mathLetters)%26 // each alphabet is A–Z, a–z
	case mathDigits <= r && r <= mathLast:
		return '0' + (r-mathDigits)%10
	}
	return unicode.ToLower(r)
}

const (
	mathLetters = 0x1d400
	mathGreek   = 0x1d6a4 // from here to the digits are no Latin letters
	mathDigits  = 0x1d7ce
	mathLast    = 0x1d7ff
)

// blank reports whether a letter shows nothing: fillers of Hangul and Braille.
func blank(r rune) bool {
	return r == 0x115f || r == 0x1160 || r == 0x3164 || r == 0xffa0 || r == 0x2800
}

var unmarked = func() map[rune]rune {
	all := map[rune]rune{}
	for plain, marked := range markedLetters {
		for _, r := range marked {
			all[r] = plain
		}
	}
	return all
}()

// lookAlikes are small letters of Greek and Cyrillic that look like Latin ones, as capitals
// or as small letters, by those.
var lookAlikes = func() map[rune]rune {
	all := map[rune]rune{}
	for latin, others := range map[rune]string{
		'a': "аαɑ", 'b': "вβ", 'c': "сϲ", 'd': "ԁ", 'e': "еεє", 'g': "ɡ", 'h': "нһη", 'i': "іιɩ", 'j': "ј", 'k': "кκ", 'l': "ӏ", 'm': "мμ", 'n': "ν",
		'o': "оοօ", 'p': "рρ", 's': "ѕ", 't': "тτ", 'v': "ѵ", 'w': "ԝ", 'x': "хχ", 'y': "уυү", 'z': "ζ",
	} {
		for _, r := range others {
			all[r] = latin
		}
	}
	return all
}()
