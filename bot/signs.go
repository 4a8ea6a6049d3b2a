package bot

import (
	"iter"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

const (
	joiner = '\u200d' // makes one sign of two, as in families
	// longestSign bounds, in characters, what is taken for one sign; the longest in
	// use are couples with colours of skin, of ten. Nobody's heap of marks may stop
	// a text from being cut.
	longestSign = 16
)

// Signs takes a text apart into what a person sees as one: a letter with its marks,
// a family, a flag. Together they are the text, byte by byte.
func Signs(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		var at seam
		begin := 0
		for i, c := range s {
			if at.before(c) && i > 0 {
				if !yield(s[begin:i]) {
					return
				}
				begin = i
			}
		}
		if begin < len(s) {
			yield(s[begin:])
		}
	}
}

// Short is a text, or its beginning and an ellipsis where it shows more than a
// number of UTF-16 units. No sign is cut in two.
func Short(s string, limit int) string {
	kept, end, used := 0, 0, 0
	for sign := range Signs(s) {
		if used += shownUnits(sign); used > limit {
			return s[:kept] + ellipsis
		}
		if end += len(sign); used <= limit-len(".") {
			kept = end
		}
	}
	return s
}

func shownUnits(s string) int {
	n := 0
	for _, c := range s {
		n += utf16.RuneLen(c)
	}
	return n
}

// seam follows a text character by character and tells where it may be cut.
type seam struct {
	last   rune
	length int  // of the present sign, in characters
	half   bool // last is the first letter of a flag
}

// before reports whether a new sign begins with c.
func (s *seam) before(c rune) bool {
	flag := c >= '\U0001F1E6' && c <= '\U0001F1FF'
	joins := s.length > 0 && s.length < longestSign && !unicode.IsControl(s.last) && s.last != utf8.RuneError &&
		(extends(c) || s.last == joiner && !unicode.IsSpace(c) || flag && s.half)
	s.half = flag && (!joins || !s.half)
	s.last = c
	if s.length++; !joins {
		s.length = 1
	}
	return !joins
}

// extends reports a character that belongs to the one before it: marks, forms and
// colours of emoji, and the letters of some flags, which cannot be seen.
func extends(c rune) bool {
	const first = '\u0300' // of all marks
	return c >= first && (c == joiner || unicode.Is(unicode.M, c) || c >= '\U0001F3FB' && c <= '\U0001F3FF' || c >= '\U000E0020' && c <= '\U000E007F')
}
