package viet

import (
	"strings"
	"unicode"
)

// Tone is the tone of a syllable. Hỏi and ngã are one, since many write one for the other.
type Tone uint8

// The tones.
const (
	Level Tone = iota
	Grave
	Acute
	Hook
	Dot
)

// Break is what stands between a word and the word before.
type Break uint8

// The breaks, the weakest first.
const (
	NoBreak  Break = iota
	Clause         // a comma, dots, a picture
	Sentence       // a full stop, a question mark, a new line
)

// Syllable is one written word: a Vietnamese syllable, an English word, or digits.
type Syllable struct {
	Plain   string // folded
	Letters string // small letters with their shape (ư, ô, đ) and without tones
	Tone    Tone
	Before  Break
	Touches bool // no space stands before
}

// Marked reports whether the syllable is written with any mark.
func (s Syllable) Marked() bool { return s.Tone != Level || s.Plain != s.Letters }

// Stopped reports whether the syllable ends in a sound that Vietnamese has only with a
// tone; written without one its marks were left out.
func (s Syllable) Stopped() bool {
	for _, end := range []string{"c", "p", "t", "ch"} {
		if strings.HasSuffix(s.Plain, end) {
			return true
		}
	}
	return false
}

// Sounds reports whether the syllable as written can be the word: the same, or with tone or
// other marks left out.
func (s Syllable) Sounds(word Syllable) bool {
	return s.Plain == word.Plain && (s.Tone == Level || s.Tone == word.Tone) && (s.Letters == s.Plain || s.Letters == word.Letters)
}

// shape is a letter of Vietnamese taken apart.
type shape struct {
	letter rune // ă, ơ, đ
	tone   Tone
}

// shapes are the letters with marks, each in the order level, huyền, sắc, hỏi, ngã, nặng.
var shapes = func() map[rune]shape {
	all := map[rune]shape{'ð': {letter: 'đ'}, 'đ': {letter: 'đ'}, 'ɖ': {letter: 'đ'}}
	tones := []Tone{Level, Grave, Acute, Hook, Hook, Dot}
	for _, row := range []string{
		"aàáảãạ", "ăằắẳẵặ", "âầấẩẫậ", "eèéẻẽẹ", "êềếểễệ", "iìíỉĩị", "oòóỏõọ", "ôồốổỗộ", "ơờớởỡợ", "uùúủũụ", "ưừứửữự", "yỳýỷỹỵ",
	} {
		letters := []rune(row)
		for i, r := range letters {
			all[r] = shape{letters[0], tones[i]}
		}
	}
	return all
}()

// Marks that follow their letter (NFD).
var (
	toneMarks  = map[rune]Tone{0x300: Grave, 0x301: Acute, 0x309: Hook, 0x303: Hook, 0x323: Dot, 0x340: Grave, 0x341: Acute}
	shapeMarks = map[[2]rune]rune{
		{'a', 0x306}: 'ă', {'a', 0x302}: 'â', {'e', 0x302}: 'ê', {'o', 0x302}: 'ô', {'o', 0x31b}: 'ơ', {'u', 0x31b}: 'ư', {'d', 0x335}: 'đ',
	}
)

// Syllables takes a text apart into its written words. Apostrophes and what cannot be seen
// vanish inside of a word; every other sign parts words, and so do digits and letters that
// touch.
func Syllables(text string) []Syllable {
	var s splitter
	runes := []rune(text)
	for i, r := range runes {
		next := rune(' ')
		for _, n := range runes[i+1:] {
			if visible(n) >= 0 {
				next = n
				break
			}
		}
		s.add(r, next)
	}
	s.end()
	return s.all
}

// digitLetters are signs that stand for letters inside of a word (gi3t, b4n, k0).
var digitLetters = map[rune]rune{'0': 'o', '1': 'i', '3': 'e', '4': 'a', '@': 'a', '$': 's'}

type splitter struct {
	all            []Syllable
	plain, letters []rune
	tone           Tone
	before         Break
	spaced         bool
}

func (s *splitter) add(r, next rune) {
	if mark, known := toneMarks[r]; known {
		s.tone = mark
		return
	}
	if unicode.In(r, unicode.Mn, unicode.Me) {
		if n := len(s.letters); n > 0 && shapeMarks[[2]rune{s.letters[n-1], r}] != 0 {
			s.letters[n-1] = shapeMarks[[2]rune{s.letters[n-1], r}]
		}
		return
	}
	seen := visible(r)
	if seen < 0 || seen == '\'' || seen == '’' || seen == '`' {
		return
	}
	if n := len(s.plain); n > 0 && !unicode.IsDigit(s.plain[n-1]) {
		if letter, ok := digitLetters[seen]; ok && (unicode.IsLetter(next) || seen == '0' && string(s.plain) == "k" && !unicode.IsDigit(next)) {
			seen = letter
		}
	}
	plain := foldRune(seen)
	switch {
	case unicode.IsLetter(plain) || unicode.IsDigit(plain):
		s.letter(seen, plain)
	default:
		s.end()
		s.before, s.spaced = max(s.before, breakOf(seen, next)), s.spaced || unicode.IsSpace(seen)
	}
}

func (s *splitter) letter(seen, plain rune) {
	if n := len(s.plain); n > 0 && (unicode.IsDigit(s.plain[n-1]) != unicode.IsDigit(plain) || unspaced(plain)) {
		s.end()
	}
	letter := plain
	if v, ok := shapes[seen]; ok {
		letter, s.tone = v.letter, max(s.tone, v.tone)
	}
	s.plain, s.letters = append(s.plain, plain), append(s.letters, letter)
}

// unspaced reports whether a letter is of a script that has no spaces between words: each
// letter is a word then.
func unspaced(r rune) bool {
	return r > unicode.MaxLatin1 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

func (s *splitter) end() {
	if len(s.plain) > 0 {
		s.all = append(s.all, Syllable{string(s.plain), string(s.letters), s.tone, s.before, !s.spaced && len(s.all) > 0})
		s.before, s.spaced = NoBreak, false
	}
	s.plain, s.letters, s.tone = s.plain[:0], s.letters[:0], Level
}

// breakOf is the break that a sign makes.
func breakOf(r, next rune) Break {
	switch {
	case r == '\n' || r == '\r' || r == '?' || r == '!' || r == '。' || r == ';':
		return Sentence
	case r == '.' && unicode.IsSpace(next):
		return Sentence
	case unicode.IsSpace(r) || r == '/' || r == '-' || r == '_' || r == '*' || r == '.':
		return NoBreak
	}
	return Clause
}
