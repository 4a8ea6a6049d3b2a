package cases

import (
	"slices"
	"strings"
	"unicode"
)

// Mention is a name that stands after @ in a note.
type Mention struct {
	Name string    // as it was written
	Of   []StaffID // everybody it fits
}

// longestName bounds the words of a name that are looked at after an @.
const longestName = 5

// Mentions finds whom a note calls on: "@Lan", "@Cô Lan", "@co lan" all call on Cô Lan.
// As many words are taken as fit anybody; a whole name goes before a part of one, and
// a name with its marks before one without. A name that fits nobody is no mention.
func Mentions(text string, staff []Staff) (found []Mention) {
	for i, piece := range strings.Split(text, "@") {
		if i == 0 {
			continue
		}
		words := nameWords(piece)
		for n := min(len(words), longestName); n > 0; n-- {
			name := strings.Join(words[:n], " ")
			if of := named(name, staff); len(of) > 0 {
				if !slices.ContainsFunc(found, func(m Mention) bool { return slices.Equal(m.Of, of) }) {
					found = append(found, Mention{Name: name, Of: of})
				}
				break
			}
		}
	}
	return found
}

// nameWords are the words that follow an @ at once, up to anything that is no letter.
func nameWords(s string) []string {
	end := strings.IndexFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && r != ' '
	})
	if end >= 0 {
		s = s[:end]
	}
	if s == "" || s[0] == ' ' {
		return nil
	}
	return strings.Fields(s)
}

// Named are the members of staff a name fits.
func Named(name string, staff []Staff) []StaffID { return named(strings.TrimSpace(name), staff) }

func named(name string, staff []Staff) []StaffID {
	if name == "" {
		return nil
	}
	for _, spell := range []func(string) string{strings.ToLower, Fold} {
		for _, fits := range []func(whole, part string) bool{
			func(whole, part string) bool { return whole == part },
			func(whole, part string) bool { return strings.Contains(" "+whole+" ", " "+part+" ") },
		} {
			var of []StaffID
			for _, s := range staff {
				if fits(strings.Join(strings.Fields(spell(s.Name)), " "), spell(name)) {
					of = append(of, s.ID)
				}
			}
			if len(of) > 0 {
				return of
			}
		}
	}
	return nil
}
