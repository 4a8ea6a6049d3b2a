package cases

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Sheet is a table as it stands in a file.
type Sheet struct {
	Name      string // "" in a file that has no names for its sheets
	Hidden    bool   // whoever opens the file does not see it
	Rows      []SheetRow
	More      bool // there are rows behind the last one
	Wide      bool // there are columns behind the last one
	Converted int  // cells that were written for an older code page
}

// SheetRow is a row of a table as it stands in a file, merged cells filled downwards.
type SheetRow struct {
	Row      int // from 1, as the program that wrote the file shows it
	Cells    []string
	Across   map[int]string // by column: the value of a merged cell that reaches over it from the left
	Hidden   bool
	Doubtful []int // columns whose letters are of an unknown code page
}

// cell is the text of a column, without the space around it; "" behind the last one.
func (r SheetRow) cell(column int) string {
	if column < 0 || column >= len(r.Cells) {
		return ""
	}
	return strings.Join(strings.Fields(r.Cells[column]), " ")
}

// filled are the texts of a row that are not empty.
func (r SheetRow) filled() (texts []string) {
	for i := range r.Cells {
		if text := r.cell(i); text != "" {
			texts = append(texts, text)
		}
	}
	return texts
}

// Passed is a kind of row that is no entry and is passed over.
type Passed string

// The kinds.
const (
	PassedHidden    Passed = "hidden"
	PassedSection   Passed = "section"
	PassedTotal     Passed = "total"
	PassedSignature Passed = "signature"
	PassedHead      Passed = "head" // numbers of columns, the head again on another page
)

// PassedKinds lists the kinds in the order in which they are told.
var PassedKinds = []Passed{PassedHidden, PassedSection, PassedTotal, PassedSignature, PassedHead}

// tableHead is the head of a table of establishments.
type tableHead struct {
	at, depth int // rows of the sheet: the first one, and how many
	columns   map[ImportColumn]int
	names     []string // of all columns
}

const (
	mostHeadRow   = 40 // how far down the head of a table may stand, below its title
	mostHeadDepth = 3
)

// headOf finds the head of a sheet; false when it has none. One row is looked for first, so
// that a title is no part of it, and then joined with those above and below that name more.
func headOf(rows []SheetRow) (tableHead, bool) {
	for depth := 1; depth <= mostHeadDepth; depth++ {
		for at := range rows[:min(len(rows), mostHeadRow)] {
			if at+depth > len(rows) {
				break
			}
			h := headAt(rows, at, depth)
			if !h.complete() {
				continue
			}
			for h.depth < mostHeadDepth && h.at > 0 {
				taller := headAt(rows, h.at-1, h.depth+1)
				if len(taller.columns) <= len(h.columns) {
					break
				}
				h = taller
			}
			for h.depth < mostHeadDepth && h.at+h.depth < len(rows) && h.continues(rows[h.at+h.depth]) {
				h = headAt(rows, h.at, h.depth+1)
			}
			return h, true
		}
	}
	return tableHead{}, false
}

func (h tableHead) complete() bool {
	return !slices.ContainsFunc(neededColumns, func(c ImportColumn) bool { _, there := h.columns[c]; return !there })
}

// headAt reads a head of so many rows. What stands lower is more exact; a merged cell names
// all columns under it.
func headAt(rows []SheetRow, at, depth int) tableHead {
	h := tableHead{at: at, depth: depth, columns: map[ImportColumn]int{}}
	width := 0
	for _, r := range rows[at : at+depth] {
		width = max(width, len(r.Cells))
	}
	for i := range width {
		var texts []string
		for _, r := range rows[at : at+depth] {
			text := r.cell(i)
			if text == "" && depth > 1 {
				text = r.Across[i]
			}
			if text != "" && !slices.Contains(texts, text) {
				texts = append(texts, text)
			}
		}
		h.names = append(h.names, strings.Join(texts, " "))
		column, known := columnOf(strings.Join(texts, " "))
		for from := len(texts) - 2; from < len(texts) && !known; from++ {
			column, known = columnOf(strings.Join(texts[max(from, 0):], " "))
		}
		if _, twice := h.columns[column]; known && !twice {
			h.columns[column] = i
		}
	}
	return h
}

// continues reports whether a row below goes on with a head: it says nothing of its own in
// the needed columns, and names another one.
func (h tableHead) continues(r SheetRow) bool {
	for _, c := range neededColumns {
		if text := r.cell(h.columns[c]); text != "" && !sameWords(text, h.names[h.columns[c]]) {
			return false
		}
	}
	return slices.ContainsFunc(r.filled(), func(text string) bool {
		_, known := columnOf(text)
		return known && !slices.ContainsFunc(h.names, func(name string) bool { return sameWords(name, text) })
	})
}

func sameWords(a, b string) bool {
	return strings.Join(WordsOf(a), " ") == strings.Join(WordsOf(b), " ")
}

// unused are the names of the columns that are not read, without the number of the row.
func (h tableHead) unused() (names []string) {
	for i, name := range h.names {
		used := false
		for _, at := range h.columns {
			used = used || at == i
		}
		words := strings.Join(WordsOf(name), " ")
		if !used && words != "" && !slices.Contains(numberHeads, words) {
			names = append(names, strings.Join(strings.Fields(name), " "))
		}
	}
	return names
}

// numberHeads are heads of the column that counts rows, folded.
var numberHeads = []string{"stt", "tt", "so tt", "so thu tu", "s tt"}

// number is the column that counts rows; -1 when there is none.
func (h tableHead) number() int {
	return slices.IndexFunc(h.names, func(name string) bool { return slices.Contains(numberHeads, strings.Join(WordsOf(name), " ")) })
}

var (
	rowNumber = regexp.MustCompile(`^\d+([.,]0*)?$`)
	columnNo  = regexp.MustCompile(`^\(?([0-9]{1,2}|[A-Za-z])\)?$`)
	totals    = regexp.MustCompile(`^(tong|tong cong|tong so|tong cong so|cong|cong chung|tong hop|luy ke)( |$)`)
	sections  = regexp.MustCompile(`^([IVXLC]+|[A-ZĐ]|\d+(\.\d+)+)([.):/ -]|$)`)
	remarks   = regexp.MustCompile(`^(ghi chu|luu y|nguon|chu thich)( |$)`)
	signature = regexp.MustCompile(`(^| )(nguoi lap( bieu| bang| danh sach)?|can bo lap|truong cong an|chu tich|pho chu tich|ky ten|ky ghi ro ho ten|ky dong dau|noi nhan|xac nhan cua|` +
		`thu truong|tm|kt|tuq|tl|nguoi tong hop|ngay thang nam|ngay \d* ?thang \d* ?nam( \d*)?|ngay \d{1,2} \d{1,2} \d{4})( |$)`)
)

// reading goes through the rows of a table.
type reading struct {
	head   tableHead
	number int
	last   bool // the signatures have begun
	r      EstablishmentRegister
}

// passed says of which kind a row is that is no entry; "" = it is one. A row with a number
// of its own, or with a type and a hamlet, is always an entry, so that nothing that was meant
// is passed over.
func (d *reading) passed(row SheetRow) Passed {
	text := func(c ImportColumn) string {
		if at, there := d.head.columns[c]; there {
			return row.cell(at)
		}
		return ""
	}
	filled := row.filled()
	words := make([]string, len(filled))
	for i, s := range filled {
		words[i] = strings.Join(WordsOf(s), " ")
	}
	typed := d.r.Lists.Find(TypeList, text(ColType)) != ""
	placed := HamletOf(d.r.Hamlets, text(ColHamlet)) > 0
	switch {
	case row.Hidden:
		return PassedHidden
	case d.headAgain(row):
		return PassedHead
	case !slices.ContainsFunc(filled, func(s string) bool { return !columnNo.MatchString(s) }) && len(filled) > 2:
		return PassedHead
	case typed && placed:
		d.last = false
		return ""
	case slices.ContainsFunc(words[:min(len(words), 2)], totals.MatchString) && !typed && (!placed || rowNumber.MatchString(text(ColHamlet))) && !d.counts(row):
		return PassedTotal
	case !typed && !placed && !d.counts(row) && slices.ContainsFunc(words, signature.MatchString):
		d.last = true
		return PassedSignature
	case d.last && !typed && !placed && !d.counts(row):
		return PassedSignature
	case !typed && text(ColType) == "" && text(ColHamlet) == "" && !d.counts(row) && d.section(row, filled, words):
		return PassedSection
	}
	return ""
}

// counts reports whether a row stands with a number in the column that counts rows.
func (d *reading) counts(row SheetRow) bool {
	return d.number >= 0 && rowNumber.MatchString(row.cell(d.number))
}

// headAgain reports whether a row repeats the head, as on every printed page.
func (d *reading) headAgain(row SheetRow) bool {
	for _, c := range neededColumns {
		at, _ := columnOf(row.cell(d.head.columns[c]))
		if at != c {
			return false
		}
	}
	return true
}

// section reports whether a row with neither type nor hamlet names what follows.
func (d *reading) section(row SheetRow, filled, words []string) bool {
	first := filled[0]
	switch {
	case len(filled) > 2 || len(filled) == 2 && !sections.MatchString(first) && !lettersOnly(first):
		return false
	case remarks.MatchString(words[0]) || strings.HasPrefix(first, "*") || strings.HasPrefix(first, "-"):
		return true
	case len(filled) == 2: // "I" and a name
		return true
	case len(row.Across) > 1: // one cell over the whole table
		return true
	case d.number >= 0: // no number in a table that has them
		return true
	}
	text := filled[0]
	return sections.MatchString(text) && len(words[0]) > 1 || strings.HasSuffix(text, ":") || loud(text) ||
		d.r.Lists.Find(TypeList, text) != "" || HamletOf(d.r.Hamlets, text) > 0
}

// lettersOnly reports whether a text is a number of a section: a letter or Roman.
func lettersOnly(s string) bool { return len(s) <= 5 && sections.MatchString(s) }

// loud reports whether a text is written in capitals.
func loud(s string) bool {
	return strings.ContainsFunc(s, unicode.IsUpper) && !strings.ContainsFunc(s, unicode.IsLower) && len(strings.Fields(s)) > 1
}
