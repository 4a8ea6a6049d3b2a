package cases

import (
	"regexp"
	"strconv"
	"strings"
)

var (
	// hamletHead are the words before the number or the name of a hamlet, folded, however short.
	hamletHead = regexp.MustCompile(`^(?:(?:to dan pho|to dan cu|khu dan cu|khu pho|tdp|tdc|to dp|to|kp|khu|thon|t)(?: so)?|so)(?: |(\d)|$)`)
	wholeOnly  = regexp.MustCompile(`^(\d+)[.,]0+$`) // a number that a spreadsheet keeps as 5.0
	roman      = regexp.MustCompile(`^(x{0,3})(ix|iv|v?i{0,3})$`)
)

// HamletOf finds a hamlet by its name, however it is written: "TDP 5", "TDP05", "Tổ V", "5.0"
// and "5" are the one called "Tổ dân phố 5"; 0 when there is none.
func HamletOf(hamlets []string, said string) int {
	wanted := bareHamlet(said)
	if wanted.words == "" {
		return 0
	}
	for _, match := range []func(name bareName) bool{
		func(name bareName) bool { return name.words == wanted.words },
		func(name bareName) bool { return name.number() > 0 && name.number() == wanted.number() },
	} {
		for i, name := range hamlets {
			if match(bareHamlet(name)) {
				return i + 1
			}
		}
	}
	if n := wanted.number(); n <= len(hamlets) {
		return n
	}
	return 0
}

// bareName is a name folded, without what every hamlet is called.
type bareName struct {
	words  string
	headed bool // there was such a word
}

func bareHamlet(name string) (b bareName) {
	name = wholeOnly.ReplaceAllString(strings.TrimSpace(name), "$1")
	b.words = strings.Join(WordsOf(name), " ")
	if m := hamletHead.FindStringSubmatchIndex(b.words); m != nil {
		at := m[1]
		if m[2] >= 0 { // "tdp05": the digit is of the number
			at = m[2]
		}
		if rest := strings.TrimSpace(b.words[at:]); rest != "" {
			b.words, b.headed = rest, true
		}
	}
	if n := wholeOnly.FindStringSubmatch(strings.Replace(b.words, " ", ".", 1)); n != nil { // "TDP 5.0"
		b.words = n[1]
	}
	b.words = strings.TrimLeft(b.words, "0")
	return b
}

// number is the number of a hamlet, in digits or Roman; 0 when its name is none. What is
// behind it, as the name of the ward, is left out where it can be no address.
func (b bareName) number() int {
	first, rest, _ := strings.Cut(b.words, " ")
	if rest != "" && !b.headed || strings.ContainsAny(rest, "0123456789") {
		return 0
	}
	if n, err := strconv.Atoi(first); err == nil {
		return n
	}
	m := roman.FindStringSubmatch(first)
	if first == "" || m == nil || rest != "" {
		return 0
	}
	units := map[string]int{"": 0, "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9}
	return 10*len(m[1]) + units[m[2]]
}
