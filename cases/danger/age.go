package danger

import (
	"strings"

	"tinbao/cases/viet"
)

const (
	adult      = 18
	youngest   = 5 // younger ones are nobody's victims of what is looked for here, but of violence
	firstYear  = 1990
	shortYears = 100
)

// numeral is a number as a word.
type numeral struct {
	viet.Syllable

	value int
}

var numerals = func() map[string][]numeral {
	all := map[string][]numeral{}
	for i, words := range strings.Split("không một/mốt hai ba/bar bốn/tư năm/lăm/nhăm sáu bảy/bẩy tám/tắm chín mười "+
		"eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen", " ") {
		for w := range strings.SplitSeq(words, "/") {
			s := viet.Syllables(w)[0]
			all[s.Plain] = append(all[s.Plain], numeral{s, i})
		}
	}
	for i, w := range strings.Fields("five six seven eight nine ten") {
		all[w] = append(all[w], numeral{viet.Syllables(w)[0], i + 5})
	}
	return all
}()

// numberOf is the number that a word is; 0 = none.
func numberOf(s viet.Syllable, strict bool) int {
	for _, n := range numerals[s.Plain] {
		if s.Sounds(n.Syllable) && (!strict || s.Marked() || !n.Marked()) {
			return n.value
		}
	}
	return 0
}

// value is the number that begins at a token, from 1 on, and the token behind it; 0 = none.
func (t *reading) value(at int) (n, next int) {
	if at >= len(t.tokens) {
		return 0, at
	}
	n = t.tokens[at].number
	if n == 0 || digits(t.tokens[at].Plain) || at+1 >= len(t.tokens) {
		return n, at + 1
	}
	following := t.tokens[at+1]
	ten := n == 10 && t.tokens[at].Plain == "muoi"
	switch {
	case ten && following.number > 0 && following.number < 10 && !digits(following.Plain):
		return n + following.number, at + 2
	case !ten && n < 10 && following.Plain == "muoi":
		return n * 10, at + 2
	}
	return n, at + 1
}

// ages notes where an age under 18 is told: in digits, in words, as a form of school, or by
// the year of birth.
func (t *reading) ages() {
	for i := range t.tokens {
		if next, ok := t.ageAt(i); ok {
			t.note(i, hit{t.classes[minorClass], next})
			t.note(i, hit{t.classes[underClass], next})
		}
	}
}

func (t *reading) ageAt(at int) (next int, ok bool) {
	if next, ok = t.bornAt(at); ok {
		return next, true
	}
	for _, front := range []string{"@ageword", "@gradeword", "@onlyword"} {
		for _, h := range t.hits[at] {
			if h.class != t.classes[front] {
				continue
			}
			n, next := t.value(h.next)
			switch {
			case n == 0 || front != "@gradeword" && n >= adult:
			case front == "@gradeword" && n <= 12:
				return next, true
			case front == "@ageword" && n >= youngest:
				return next, true
			case front == "@onlyword" && n > 10 && t.noUnit(next):
				return next, true
			}
		}
	}
	n, next := t.value(at)
	if n == 0 || n >= adult {
		return at, false
	}
	if upper, behind := t.value(next); upper > n && upper <= adult && behind > next { // 15 16 tuổi
		next = behind
	}
	for _, h := range t.hitsAt(next) {
		if h.class == t.classes["@years"] && n >= 2 {
			return h.next, true
		}
	}
	return at, false
}

func (t *reading) hitsAt(at int) []hit {
	if at >= len(t.hits) {
		return nil
	}
	return t.hits[at]
}

// bornAt reads a year of birth: sinh năm 2011, sn 2011, 2k11.
func (t *reading) bornAt(at int) (next int, ok bool) {
	under := func(born int) bool { return born > t.year-adult && born <= t.year }
	if w := t.tokens[at]; w.Plain == "2" && at+2 < len(t.tokens) && t.tokens[at+1].Plain == "k" {
		if n := t.tokens[at+2].number; n > 0 && digits(t.tokens[at+2].Plain) {
			return at + 3, under(2000 + n)
		}
	}
	for _, h := range t.hits[at] {
		if h.class != t.classes["@born"] || h.next >= len(t.tokens) {
			continue
		}
		n := t.tokens[h.next].number
		if n > 0 && n < shortYears && len(t.tokens[h.next].Plain) == 2 {
			n += 2000
		}
		if n > firstYear && under(n) {
			return h.next + 1, true
		}
	}
	return at, false
}

// noUnit reports whether a number is not one of something: minutes, people, rooms.
func (t *reading) noUnit(at int) bool {
	if at >= len(t.tokens) || t.tokens[at].Before != viet.NoBreak {
		return true
	}
	for _, h := range t.hits[at] {
		if h.class == t.classes["@notunit"] {
			return true
		}
	}
	return false
}
