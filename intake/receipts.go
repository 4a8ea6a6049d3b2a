package intake

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"tinbao/bot"
	"tinbao/cases"
	"tinbao/cases/viet"
)

// symbols are the characters of a text that could belong to a receipt, as it is shown,
// with the places in the text they come from. What cannot be seen is passed over, and
// letters of full width, of mathematics or of other alphabets are those they look like.
func symbols(text string) (clean []rune, from, to []int) {
	for i, c := range text {
		size := len(string(c))
		switch {
		case c == '\u00ad':
			continue
		case unicode.Is(unicode.Pd, c) || c == '−' || c == '_' || c == '·':
			c = '-'
		case unicode.IsSpace(c):
			c = ' '
		default:
			plain := []rune(viet.Fold(string(c)))
			if len(plain) == 0 {
				continue
			}
			c = plain[0]
		}
		clean, from, to = append(clean, unicode.ToUpper(c)), append(from, i), append(to, i+size)
	}
	return clean, from, to
}

// receiptForms are a receipt as it is shown, with anything between its groups, and as people
// write one down: symbol by symbol, or in other groups.
var receiptForms = func() (all []*regexp.Regexp) {
	const between = `[^\pL\pN]`
	for _, form := range []string{
		`[0-9A-Z]{6}(?:` + between + `{0,4}[0-9A-Z]{6}){2}`, `[0-9A-Z](?:` + between + `{1,3}[0-9A-Z]){17}`,
		`[0-9A-Z]{3}(?:` + between + `{1,3}[0-9A-Z]{3}){5}`, `[0-9A-Z]{2}(?:` + between + `{1,3}[0-9A-Z]{2}){8}`, `[0-9A-Z]{9}` + between + `{1,3}[0-9A-Z]{9}`,
	} {
		all = append(all, regexp.MustCompile("^"+form))
	}
	return all
}()

// strictForm is what can only be meant as a receipt: as it is shown, slips included.
var strictForm = regexp.MustCompile(`^[0-9A-Z]{6}-[0-9A-Z]{6}-[0-9A-Z]{6}$`)

// found is a receipt in a text.
type found struct {
	code       string // as it is written without what cannot be seen
	begin, end int    // where it stands in the text
	right      bool   // its check symbol is right
}

// receiptsIn finds the receipts in a text, in any wrapping.
func receiptsIn(text string) (all []found) {
	clean, from, to := symbols(text)
	for at := 0; at < len(clean); {
		f, next := firstReceipt(clean, at)
		if next == 0 {
			return all
		}
		f.begin, f.end = from[f.begin], to[f.end]
		all = append(all, f)
		at = next
	}
	return all
}

// firstReceipt is the first receipt from a place on; begin and end are its first and last
// symbols, next is the place behind it, 0 when there is none.
func firstReceipt(clean []rune, at int) (f found, next int) {
	part := func(i int) bool {
		return i >= 0 && i < len(clean) && (unicode.IsLetter(clean[i]) || unicode.IsDigit(clean[i]))
	}
	for ; at < len(clean); at++ {
		if !part(at) || part(at-1) {
			continue
		}
		rest := string(clean[at:min(len(clean), at+mostCodeRunes)])
		for _, form := range receiptForms {
			raw := form.FindString(rest)
			if raw == "" {
				continue
			}
			size := len([]rune(raw))
			if part(at + size) {
				continue
			}
			bare := onlySymbols(raw)
			_, err := cases.ParseReceipt(bare)
			alone := strings.TrimSpace(string(clean)) == raw && strings.ContainsAny(raw, " .-")
			switch {
			case err == nil && (form == receiptForms[0] || strings.ContainsAny(bare, "0123456789")): // words of two or three letters are no code
			case err != nil && form == receiptForms[0] && (alone || strictForm.MatchString(raw)):
			default:
				continue
			}
			if form == receiptForms[0] && err != nil {
				bare = raw
			}
			return found{code: bare, begin: at, end: at + size - 1, right: err == nil}, at + size
		}
	}
	return found{}, 0
}

// mostCodeRunes is more than the longest form of a receipt.
const mostCodeRunes = 18 * 4

// onlySymbols is a receipt without what stands between its symbols.
func onlySymbols(raw string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' {
			return r
		}
		return -1
	}, raw)
}

// looksLikeCode reports whether a whole message is of the form of a receipt, right or not.
func looksLikeCode(text string) bool {
	clean, _, _ := symbols(text)
	said := strings.TrimSpace(string(clean))
	return receiptForms[0].FindString(said) == said && said != ""
}

// blanked is a text with something else where its receipts stand; whoever read them could
// use them.
func blanked(text, instead string) string {
	for _, f := range slices.Backward(receiptsIn(text)) {
		text = text[:f.begin] + instead + text[f.end:]
	}
	return text
}

// Blanked is a text in which the receipts are replaced; see blanked.
func (d *Desk) Blanked(lang, text string) string { return blanked(text, d.Label(lang, "code.blanked")) }

// shown are the words of a message as staff may read them.
func (d *Desk) shown(r *bot.Request) string {
	return strings.TrimSpace(d.Blanked(r.Lang, r.Text))
}

// besides are the words around a receipt that are worth to be kept: not the wrapping in
// which it was copied.
func besides(text string) string {
	rest := strings.TrimSpace(blanked(text, " "))
	said := folded(rest)
	for _, own := range []string{"hay luu", "ma cua ban", "your code", "ma tra cuu cua ban"} {
		if strings.Contains(said, own) {
			return ""
		}
	}
	if len(strings.Fields(said)) < leastWords {
		return ""
	}
	return strings.Join(strings.Fields(rest), " ")
}

const leastWords = 4 // fewer words beside a code say only that it is one
