package reports

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"tinbao/cases"
)

// separators are what may part the cells of a line, the likeliest first.
const separators = ";\t,|"

// readText reads a text with separators: UTF-8 or UTF-16, or of a Western or Vietnamese code page
// of Windows.
func readText(body []byte) ([]cases.Sheet, error) {
	text := string(asUTF8(body))
	if !utf8.ValidString(text) {
		text = fromPage(body)
	}
	if text == "" || strings.ContainsFunc(text, func(r rune) bool { return r < ' ' && !strings.ContainsRune("\t\r\n\v\f", r) }) {
		return nil, cases.Fail(cases.Invalid, textUnreadable)
	}
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	separator, skipped := rune(0), 0
	if line, rest, _ := strings.Cut(text, "\n"); len(line) == len("sep=;") && strings.EqualFold(line[:4], "sep=") {
		separator, text, skipped = rune(line[4]), rest, 1
	}
	if separator == 0 {
		separator = separatorOf(text)
	}
	if separator == 0 {
		return nil, cases.Fail(cases.Invalid, textUnreadable)
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = separator, true, -1
	var s cases.Sheet
	for inner := 0; ; { // line breaks within cells make no row
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return []cases.Sheet{tidied(s)}, nil
		}
		if err != nil {
			return nil, cases.Fail(cases.Invalid, textUnreadable)
		}
		line, _ := r.FieldPos(0)
		row := cases.SheetRow{Row: line + skipped - inner, Cells: cells}
		inner += strings.Count(strings.Join(cells, ""), "\n")
		if strings.TrimSpace(strings.Join(cells, "")) == "" {
			continue
		}
		if len(s.Rows) == readRows {
			s.More = true
			return []cases.Sheet{tidied(s)}, nil
		}
		s.Rows = append(s.Rows, row)
	}
}

// separatorOf is the sign that stands most often in the middle one of the first lines; 0
// when none does.
func separatorOf(text string) (best rune) {
	const looked = 60
	lines := strings.SplitN(text, "\n", looked)
	lines = lines[:min(len(lines), looked-1)]
	most := 0
	for _, sign := range separators {
		var counts []int
		for _, line := range lines {
			if strings.TrimSpace(line) == "" {
				continue
			}
			n, quoted := 0, false
			for _, r := range line {
				quoted = quoted != (r == '"')
				if r == sign && !quoted {
					n++
				}
			}
			counts = append(counts, n)
		}
		if len(counts) == 0 {
			return 0
		}
		slices.Sort(counts)
		// A sign that parts cells stands in every line; few lines hold titles.
		if n := counts[len(counts)/2]; n > most {
			best, most = sign, n
		}
	}
	return best
}

// fromPage reads a text of one byte a letter: Windows-1258, or Windows-1252 with one of the
// older alphabets in it, whichever gives more words of Vietnamese.
func fromPage(body []byte) string {
	western := []rune(windows1252)
	read := func(special map[byte]rune) string {
		var b strings.Builder
		for _, c := range body {
			switch r, known := special[c]; {
			case known:
				b.WriteRune(r)
			case c >= 0x80 && c < 0xa0:
				b.WriteRune(western[c-0x80])
			default:
				b.WriteRune(rune(c))
			}
		}
		return b.String()
	}
	score := func(text string) (n int) {
		for cell := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(separators+"\r\n", r) }) {
			text, _, _ := readable(cell)
			n += correct(text)
		}
		return n
	}
	vietnamese := composed(read(windows1258))
	other := read(nil)
	if score(vietnamese) >= score(other) && !bytes.ContainsAny(body, "\x00") {
		return vietnamese
	}
	return other
}

// windows1258 is where that code page differs from Windows-1252.
var windows1258 = map[byte]rune{
	0xc3: 'Ă', 0xcc: 0x300, 0xd0: 'Đ', 0xd2: 0x309, 0xd5: 'Ơ', 0xdd: 'Ư', 0xde: 0x303,
	0xe3: 'ă', 0xec: 0x301, 0xf0: 'đ', 0xf2: 0x323, 0xf5: 'ơ', 0xfd: 'ư', 0xfe: '₫',
}
