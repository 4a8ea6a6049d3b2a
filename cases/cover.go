package cases

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// CoverMark stands for covered words. It is the same for one word and for ten, so that
// it does not tell how long they were.
const CoverMark = "■■■"

// Part is a stretch of what a person wrote: Key says which ("where", "when", "text", or
// "talk:" and the number of the message).
type Part struct {
	Key, Text string
}

// TalkPart begins the key of the part that is a message; its number follows.
const TalkPart = "talk:"

// Talk is the number of the message that a part is; 0 = it is none.
func (p Part) Talk() int {
	number, ok := strings.CutPrefix(p.Key, TalkPart)
	if !ok {
		return 0
	}
	n, err := strconv.Atoi(number)
	if err != nil {
		return 0
	}
	return n
}

// Marks say what is covered: numbers of words by the key of their part, and cells of the
// grid by the file they are in. Words and cells count from 0. Notes are the numbers of the
// office's messages that go to the police; the others stay.
type Marks struct {
	Words map[string][]int `json:"words,omitempty"`
	Cells map[string][]int `json:"cells,omitempty"`
	Notes []int            `json:"notes,omitempty"`
}

// Covering is what a person chooses from: what the police get as it stands (the words of
// the person first, then the notes that go with them), the files, everything the office
// wrote, and what is marked now. Suggested means that nobody has chosen yet.
type Covering struct {
	Number    Number
	Version   int
	Parts     []Part
	Files     []File
	Notes     []Talk
	Marks     Marks
	Suggested bool
}

// IsNote reports whether a part is a message of the office.
func (c Covering) IsNote(p Part) bool {
	n := p.Talk()
	return n > 0 && slices.ContainsFunc(c.Notes, func(t Talk) bool { return t.Seq == n })
}

// HandedOver is what the police get of a report when it is handed over as it is now: the words
// with what is covered, and the files. The same list stands on the screen of covering and
// under the question whether to hand over.
type HandedOver struct {
	Words []Part
	Notes []Part
	Files []File
}

// The grid laid over a photo, in which cells are marked row by row.
const (
	GridColumns = 6
	GridRows    = 8
)

// Toggle marks or unmarks a number.
func Toggle(list []int, n int) []int {
	if i := slices.Index(list, n); i >= 0 {
		return slices.Delete(slices.Clone(list), i, i+1)
	}
	list = append(slices.Clone(list), n)
	slices.Sort(list)
	return list
}

// Piece is a word, or what stands between two words. The pieces of a text put together
// are the text.
type Piece struct {
	Text string
	Word bool
}

// Pieces cuts a text into its words; signs at the end of a word do not belong to it.
func Pieces(s string) []Piece {
	var out []Piece
	for s != "" {
		end := strings.IndexFunc(s, func(c rune) bool { return !unicode.IsSpace(c) })
		if end < 0 {
			end = len(s)
		}
		if end > 0 {
			out, s = append(out, Piece{Text: s[:end]}), s[end:]
			continue
		}
		if end = strings.IndexFunc(s, unicode.IsSpace); end < 0 {
			end = len(s)
		}
		word := strings.TrimRight(s[:end], ".,;:!?…)”\"")
		if word != "" {
			out = append(out, Piece{Text: word, Word: true})
		}
		if rest := s[len(word):end]; rest != "" {
			out = append(out, Piece{Text: rest})
		}
		s = s[end:]
	}
	return out
}

// Words are the words of a text in their order.
func Words(s string) []string {
	var out []string
	for _, p := range Pieces(s) {
		if p.Word {
			out = append(out, p.Text)
		}
	}
	return out
}

// Cover gives the text with the marked words covered. Marked words that only spaces
// part are covered together.
func Cover(s string, marked []int) string {
	var b strings.Builder
	n, covered, gap := 0, false, ""
	for _, p := range Pieces(s) {
		switch {
		case !p.Word && strings.TrimSpace(p.Text) == "" && !strings.Contains(p.Text, "\n"):
			gap += p.Text
			continue
		case p.Word && slices.Contains(marked, n):
			if !covered || gap == "" && !strings.HasSuffix(b.String(), CoverMark) {
				b.WriteString(gap + CoverMark)
			}
			covered, gap = true, ""
			n++
			continue
		case p.Word:
			n++
		}
		b.WriteString(gap + p.Text)
		covered, gap = false, ""
	}
	return b.String() + gap
}

// sentenceWords bounds a sentence, so that its words fit on buttons.
const sentenceWords = 24

// Sentences gives the words of each sentence of a text, from a number up to, not at,
// another. Every word is in one of them.
func Sentences(s string) [][2]int {
	var out [][2]int
	from, n := 0, 0
	end := func() {
		if n > from {
			out = append(out, [2]int{from, n})
		}
		from = n
	}
	for _, p := range Pieces(s) {
		switch {
		case p.Word:
			if n++; n-from == sentenceWords {
				end()
			}
		case strings.ContainsAny(p.Text, ".!?;…\n"):
			end()
		}
	}
	end()
	return out
}

// tells are words after which people write who they are, and how many words are marked
// behind them at most, up to the end of the sentence. A name ends at a comma, an address
// does not. The words are in lower case.
var tells = []struct {
	words string
	most  int
}{
	{"tôi là", 4},
	{"tôi tên", 4},
	{"tên tôi", 5},
	{"tên là", 4},
	{"em là", 4},
	{"mình là", 4},
	{"cháu là", 4},
	{"nhà tôi", 8},
	{"nhà mình", 8},
	{"nhà em", 8},
	{"nhà cháu", 8},
	{"số nhà", 2},
	{"my name", 4},
	{"i am", 4},
	{"i'm", 4},
	{"my house", 8},
}

// A number of a phone or of a paper has so many digits.
const fewestDigits, mostDigits = 8, 13

// Suggest marks words that often tell who wrote: numbers of phones and papers, addresses
// at "@", and what follows "tôi là", "tên tôi", "nhà tôi". It is a proposal, no more:
// what a text tells, people see.
func Suggest(s string) []int {
	marked, ends := map[int]bool{}, map[int]bool{} // ends: a comma or the like follows the word
	var list []string
	for _, p := range Pieces(s) {
		if p.Word {
			list = append(list, p.Text)
		} else if strings.TrimSpace(p.Text) != "" {
			ends[len(list)-1] = true
		}
	}
	for i, w := range list {
		if strings.Contains(w, "@") {
			marked[i] = true
		}
		for j, digits := i, 0; j < len(list) && numeric(list[j]); j++ {
			if digits += countDigits(list[j]); digits >= fewestDigits && digits <= mostDigits {
				for k := i; k <= j; k++ {
					marked[k] = true
				}
			}
		}
	}
	for _, span := range Sentences(s) {
		for i := span[0]; i < span[1]; i++ {
			after, most := told(list[i:span[1]])
			for k := i + after; k < min(i+after+most, span[1]); k++ {
				marked[k] = true
				if most <= coverNameWords && ends[k] {
					break
				}
			}
		}
	}
	out := make([]int, 0, len(marked))
	for n := range marked {
		out = append(out, n)
	}
	slices.Sort(out)
	return out
}

// coverNameWords is the most words of a name; more is an address.
const coverNameWords = 5

// told reports whether words begin with one of tells: after how many of them, and how
// many are marked.
func told(list []string) (after, most int) {
	for _, t := range tells {
		words := strings.Fields(t.words)
		if len(list) >= len(words) && strings.ToLower(strings.Join(list[:len(words)], " ")) == t.words {
			return len(words), t.most
		}
	}
	return 0, 0
}

func numeric(w string) bool { return countDigits(w) > 0 && strings.Trim(w, "0123456789.-+()") == "" }

func countDigits(w string) (n int) {
	for _, c := range w {
		if c >= '0' && c <= '9' {
			n++
		}
	}
	return n
}
