package danger

import (
	"slices"
	"strconv"
	"unicode/utf8"

	"tinbao/cases/viet"
)

// token is a written word with the words of the rules that it can be read as.
type token struct {
	viet.Syllable

	number int  // 0 = no number
	strict bool // in a sentence that is written with marks
	words  []wordID
	calm   bool // part of an expression that is no danger
	denied bool // part of a sign of danger that is denied
}

type wordID int

// vocabulary are the words of the rules.
type vocabulary struct {
	words  []viet.Syllable
	plain  map[string][]wordID // by the folded word
	spread map[string][]wordID // by the folded word without doubled letters
	near   map[string][]wordID // long words by the folded word with one letter less
}

func newVocabulary() *vocabulary {
	return &vocabulary{plain: map[string][]wordID{}, spread: map[string][]wordID{}, near: map[string][]wordID{}}
}

// add is the number of a word, which is new or known.
func (v *vocabulary) add(s viet.Syllable) wordID {
	s.Before, s.Touches = viet.NoBreak, false
	for _, id := range v.plain[s.Plain] {
		if v.words[id] == s {
			return id
		}
	}
	id := wordID(len(v.words))
	v.words = append(v.words, s)
	v.plain[s.Plain] = append(v.plain[s.Plain], id)
	v.spread[single(s.Plain)] = append(v.spread[single(s.Plain)], id)
	if len(s.Plain) >= longWord {
		for i := range s.Plain {
			less := s.Plain[:i] + s.Plain[i+1:]
			if !slices.Contains(v.near[less], id) {
				v.near[less] = append(v.near[less], id)
			}
		}
	}
	return id
}

const (
	longWord    = 5  // letters of a word in which one may be missing
	longestWord = 24 // letters; longer runs are no words
)

// read takes a text apart into tokens.
func (v *vocabulary) read(text string) []token {
	syllables := v.joinLetters(viet.Syllables(text))
	all := make([]token, 0, len(syllables))
	for from := 0; from < len(syllables); {
		to := from + 1
		for to < len(syllables) && syllables[to].Before != viet.Sentence {
			to++
		}
		strict := mostlyMarked(syllables[from:to])
		for _, s := range syllables[from:to] {
			all = v.append(all, s, strict)
		}
		from = to
	}
	return all
}

// mostlyMarked reports whether a sentence is written with marks, or not in Vietnamese, so
// that a word without is meant so.
func mostlyMarked(sentence []viet.Syllable) bool {
	const least = 0.35
	marked, letters, foreign := 0, 0, 0
	for _, s := range sentence {
		if len(s.Plain) > 2 && len(shortForms[s.Plain]) == 0 && !digits(s.Plain) && !wellFormed(s.Plain) {
			foreign++
		}
		if s.Marked() {
			marked++
		}
		if utf8.RuneCountInString(s.Plain) > 1 && !digits(s.Plain) {
			letters++
		}
	}
	return float64(marked+foreign) >= least*float64(letters) && marked+foreign > 0
}

// append adds a syllable as one token, or as several when it is short for several words.
func (v *vocabulary) append(all []token, s viet.Syllable, strict bool) []token {
	if digits(s.Plain) {
		n, _ := strconv.Atoi(s.Plain[:min(len(s.Plain), 8)])
		return append(all, token{Syllable: s, number: n, strict: strict, words: v.plain[s.Plain]})
	}
	if long, ok := longForms[s.Plain]; ok && !s.Marked() {
		for i, word := range long {
			one := word
			if i == 0 {
				one.Before = s.Before
			}
			all = append(all, token{Syllable: one, strict: strict, words: v.sounding(one, false)})
		}
		return all
	}
	t := token{Syllable: s, strict: strict, words: v.sounding(s, strict)}
	for _, short := range shortForms[s.Plain] {
		if s.Tone != short.written.Tone || s.Letters != short.written.Letters {
			continue
		}
		for _, id := range v.plain[short.long.Plain] {
			if v.words[id] == short.long {
				t.words = append(t.words, id)
			}
		}
	}
	if len(t.words) == 0 && len(s.Plain) <= longestWord {
		t.words = v.misspelt(s)
	}
	t.number = numberOf(s, strict)
	return append(all, t)
}

// sounding are the words that a syllable can be. In a text with marks a word is what it is
// written as, unless its marks can only have been lost.
func (v *vocabulary) sounding(s viet.Syllable, strict bool) (ids []wordID) {
	for _, id := range v.plain[s.Plain] {
		if readsAs(s, v.words[id], strict) {
			ids = append(ids, id)
		}
	}
	return ids
}

func readsAs(s, word viet.Syllable, strict bool) bool {
	return s.Sounds(word) && (!strict || s.Stopped() || s.Tone == word.Tone && s.Letters == word.Letters)
}

// misspelt are the words that something that is no word of the rules can be: with letters
// drawn out, in another spelling, or with one letter wrong.
func (v *vocabulary) misspelt(s viet.Syllable) (ids []wordID) {
	ok := func(id wordID) bool {
		w := v.words[id]
		return (s.Tone == viet.Level || s.Tone == w.Tone) && !slices.Contains(ids, id)
	}
	if doubled(s.Plain) {
		for _, id := range v.spread[single(s.Plain)] {
			if ok(id) && len(v.words[id].Plain) <= len(s.Plain) {
				ids = append(ids, id)
			}
		}
	}
	if len(ids) > 0 {
		return ids
	}
	for _, other := range respell(s.Plain) {
		for _, id := range v.plain[other] {
			if ok(id) {
				ids = append(ids, id)
			}
		}
	}
	if len(ids) > 0 || len(s.Plain) < longWord-1 || wellFormed(s.Plain) {
		return ids
	}
	try := func(list []wordID) {
		for _, id := range list {
			if ok(id) && len(v.words[id].Plain) >= longWord {
				ids = append(ids, id)
			}
		}
	}
	try(v.near[s.Plain]) // one letter missing
	for i := range s.Plain {
		less := s.Plain[:i] + s.Plain[i+1:]
		try(v.plain[less]) // one too many
		for _, id := range v.near[less] {
			if len(s.Plain) > longWord || sameLetters(s.Plain, v.words[id].Plain) { // one wrong, or two exchanged
				try([]wordID{id})
			}
		}
	}
	return ids
}

// sameLetters reports whether two words have the same letters in another order.
func sameLetters(a, b string) bool {
	one, other := []byte(a), []byte(b)
	slices.Sort(one)
	slices.Sort(other)
	return slices.Equal(one, other)
}

// joinLetters puts letters together that were written apart (c ứ u, t.ự t.ử), when they are
// words of the rules.
func (v *vocabulary) joinLetters(all []viet.Syllable) []viet.Syllable {
	const most = 8
	out := make([]viet.Syllable, 0, len(all))
	for i := 0; i < len(all); {
		n := 0
		for n < most && i+n < len(all) && utf8.RuneCountInString(all[i+n].Plain) == 1 && !digits(all[i+n].Plain) && (n == 0 || all[i+n].Before != viet.Sentence) {
			n++
		}
		one, joined := all[i], 1
		for ; n > 1 && joined == 1; n-- {
			if word, ok := v.joined(all[i : i+n]); ok {
				one, joined = word, n
			}
		}
		out, i = append(out, one), i+joined
	}
	return out
}

// joined is the word that single letters are together. Two letters must touch, else they
// may be two short words.
func (v *vocabulary) joined(letters []viet.Syllable) (one viet.Syllable, ok bool) {
	if len(letters) == 2 && !letters[1].Touches {
		return one, false
	}
	one.Before = letters[0].Before
	for _, s := range letters {
		one.Plain, one.Letters, one.Tone = one.Plain+s.Plain, one.Letters+s.Letters, max(one.Tone, s.Tone)
	}
	return one, len(v.sounding(one, false)) > 0
}

func digits(s string) bool { return s[0] >= '0' && s[0] <= '9' }

// single is a word without doubled letters.
func single(s string) string {
	out := []rune(s)
	return string(slices.Compact(out))
}

func doubled(s string) bool {
	for i := 1; i < len(s); i++ {
		if s[i] == s[i-1] {
			return true
		}
	}
	return false
}
