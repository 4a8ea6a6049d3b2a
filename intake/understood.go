package intake

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"tinbao/cases"
)

// What people write to a bot as they would to a person: greetings, thanks, the name of a
// button, a code in the middle of a sentence. It is understood before words are taken for
// words to a case.

// folded is a text for comparison: small letters without marks, words by single spaces,
// no pictures and no punctuation.
func folded(text string) string {
	return strings.Join(strings.FieldsFunc(cases.Fold(text), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }), " ")
}

// greetings, thanks and assents are whole messages; each word of a message must be in one
// of the lists, so that a greeting with content is content.
var (
	greetWords = wordSet("chào xin alo alô hello hi hey helo chao hỏi cho")
	thankWords = wordSet("cảm ơn cám ơn cam on thanks thank thankyou tks thks thx camon")
	okWords    = wordSet("ok oke okay okie oki rồi")
	fillWords  = wordSet("ạ vâng dạ nhé nha nhe nhá a à em anh chị cô chú bác mình tôi cán bộ phường bạn ad admin shop quý you very much so nhiều lắm rất với mọi người một chút ơi vậy thế rồi")
)

// thankSigns are pictures that thank, with their colours.
const thankSigns = "👍🙏❤♥👌🥰😊🙂☺🏻🏼🏽🏾🏿\ufe0f "

func wordSet(list string) []string {
	words := strings.Fields(list)
	for i, w := range words {
		words[i] = folded(w)
	}
	return words
}

// smallTalk is what a message says that says nothing: "greeting", "thanks", "assent", or "".
func smallTalk(text string) string {
	trimmed := strings.TrimSpace(text)
	if trimmed != "" && strings.TrimFunc(trimmed, func(c rune) bool { return strings.ContainsRune(thankSigns, c) }) == "" {
		return "thanks"
	}
	words := strings.Fields(folded(text))
	if len(words) == 0 || len(words) > 8 {
		return ""
	}
	greets, thanks, agrees := false, false, false
	for _, w := range words {
		switch {
		case slices.Contains(thankWords, w):
			thanks = true
		case slices.Contains(greetWords, w):
			greets = true
		case slices.Contains(okWords, w):
			agrees = true
		case !slices.Contains(fillWords, w):
			return ""
		}
	}
	joined := " " + strings.Join(words, " ") + " "
	switch {
	case strings.Contains(joined, " cam on ") || thanks && !slices.Contains(words, "on") && !slices.Contains(words, "cam"):
		return "thanks"
	case greets && !slices.Equal(words, []string{"cho"}):
		return "greeting"
	case agrees && strings.HasPrefix(words[0], "ok"):
		return "assent"
	}
	return ""
}

// stops are whole messages that give up what is being written.
var stops = []string{"huy", "huy bo", "dung", "dung lai", "thoi", "stop", "cancel", "thoat", "thoi khong gui nua"}

// lostCode are ways to say that the code is lost.
var lostCode = regexp.MustCompile(`\b(mat|quen|lac|that lac|khong nho|khong con|k nho|ko nho|khong thay|ko thay|khong luu|ko luu|chua luu|xoa mat|lost|forgot|forgotten)( (cai|my|the|mat|duoc|luon|bi|receipt))* (ma|code)\b`)

// saysLost reports that a message is about a lost code: all of it, or a part of a longer one.
func saysLost(text string) (whole, part bool) {
	said := folded(text)
	if !lostCode.MatchString(said) {
		return false, false
	}
	whole = len(strings.Fields(said)) <= mostLostWords
	return whole, !whole
}

const mostLostWords = 14

// askStatus are ways to ask what has become of a case.
var askStatus = regexp.MustCompile(`\b(bao gio|khi nao|lau chua|co|da co|den dau|toi dau|sao)( \S+){0,4} (ket qua|tra loi|tin gi|giai quyet|xu ly)\b|\b(xem|biet|hoi|kiem tra|see|check|know)( \S+){0,3} (tinh trang|ket qua|tien do|status|result)\b|\b(den|toi) dau roi\b|\bany (news|result|answer)\b`)

// asksStatus reports whether a short message asks only that.
func asksStatus(text string) bool {
	said := folded(text)
	asks := strings.Contains(text, "?") || questionEnd.MatchString(said) || strings.HasPrefix(said, "bao gio") || strings.HasPrefix(said, "khi nao") || strings.HasSuffix(said, "chua") || strings.HasPrefix(said, "how")
	return asks && len(strings.Fields(said)) <= mostStatusWords && askStatus.MatchString(said) && !cases.SignsIn(text).Any()
}

const mostStatusWords = 10

// askPolice are ways to ask whether the police are told.
var askPolice = regexp.MustCompile(`\b(bao|chuyen|goi|noi|dua|khai|biet|den|toi|tell|told|inform|call|report( it)? to|go to)( \S+){0,3} (cong an|ca|police)\b|\b(cong an|police)( \S+){0,2} (biet|know|see|bat|hoi)\b`)

// asksPolice reports whether a short message asks if the police are told. Words of danger
// are no such question.
func asksPolice(text string) bool {
	said := folded(text)
	asks := strings.Contains(text, "?") || questionEnd.MatchString(said)
	return asks && len(strings.Fields(said)) <= mostLostWords && askPolice.MatchString(said) && !cases.SignsIn(text).Any()
}

// questionEnd are words with which questions end or begin.
var questionEnd = regexp.MustCompile(`\b(khong|ko|k|hong|hok|chu|a|nhi)( (a|vay|the|em|anh|chi|co|chu))*$|^(do|does|will|is|are|can)\b`)

// plainLabel is a label of the menu as people type it: without its picture.
func plainLabel(label string) string { return folded(label) }

// named are further ways to ask for what a button of the menu does.
var named = map[string]string{
	"gui phan anh": "baotin", "phan anh": "baotin", "bao tin": "baotin", "toi muon phan anh": "baotin", "toi muon bao tin": "baotin", "to giac": "baotin", "send a report": "baotin", "report": "baotin",
	"toi can ho tro": "hotro", "can ho tro": "hotro", "ho tro": "hotro", "xin ho tro": "hotro", "can giup do": "hotro", "em can ho tro": "hotro", "i need help": "hotro", "i need support": "hotro",
	"tra cuu ma": "tracuu", "tra cuu": "tracuu", "tra ma": "tracuu", "xem ket qua": "tracuu", "look up a code": "tracuu",
	"cua toi": "cuatoi", "danh sach": "cuatoi", "my list": "cuatoi", "kin dao": "kindao", "discreet": "kindao",
	"huong dan": "huongdan", "thong tin": "huongdan", "guide": "huongdan",
	"khan cap": "khancap", "so khan cap": "khancap", "emergency": "khancap", "quyen rieng tu": "riengtu", "rieng tu": "riengtu", "privacy": "riengtu",
}

// lookAlikes are letters of other alphabets that look like those of a receipt.
var lookAlikes = map[rune]rune{
	'А': 'A', 'В': 'B', 'С': 'C', 'Е': 'E', 'Н': 'H', 'К': 'K', 'М': 'M', 'Р': 'P', 'Т': 'T', 'Х': 'X', 'У': 'Y', 'Ѕ': 'S', 'Ј': 'J',
	'а': 'A', 'с': 'C', 'е': 'E', 'к': 'K', 'м': 'M', 'р': 'P', 'т': 'T', 'х': 'X', 'у': 'Y', 'ѕ': 'S', 'ј': 'J', 'н': 'H', 'в': 'B',
	'Α': 'A', 'Β': 'B', 'Ε': 'E', 'Ζ': 'Z', 'Η': 'H', 'Κ': 'K', 'Μ': 'M', 'Ν': 'N', 'Ρ': 'P', 'Τ': 'T', 'Υ': 'Y', 'Χ': 'X', 'ο': 'O', 'ν': 'V',
}

// symbols are the characters of a text that could belong to a receipt, as it is shown,
// with the places in the text they come from. What cannot be seen is passed over.
func symbols(text string) (clean []rune, from, to []int) {
	for i, c := range text {
		size := len(string(c))
		switch {
		case unicode.In(c, unicode.Cf, unicode.Mn, unicode.Me) && c > unicode.MaxLatin1 || c == '\u00ad':
			continue
		case c >= '！' && c <= '～': // full width
			c -= '！' - '!'
		case unicode.Is(unicode.Pd, c) || c == '−' || c == '_' || c == '·':
			c = '-'
		case unicode.IsSpace(c):
			c = ' '
		default:
			if plain, ok := lookAlikes[c]; ok {
				c = plain
			}
		}
		clean, from, to = append(clean, unicode.ToUpper(c)), append(from, i), append(to, i+size)
	}
	return clean, from, to
}

// receiptForm is three groups of six, one after another however they are set apart.
var receiptForm = regexp.MustCompile(`[0-9A-Z]{6}[ .-]{0,3}[0-9A-Z]{6}[ .-]{0,3}[0-9A-Z]{6}`)

// strictForm is what can only be meant as a receipt: as it is shown, slips included.
var strictForm = regexp.MustCompile(`[0-9A-Z]{6}-[0-9A-Z]{6}-[0-9A-Z]{6}`)

// found is a receipt in a text.
type found struct {
	code       string // as it is written without what cannot be seen
	begin, end int    // where it stands in the text
	right      bool   // its check symbol is right
}

// receiptsIn finds the receipts in a text, in any wrapping.
func receiptsIn(text string) (all []found) {
	clean, from, to := symbols(text)
	runes := string(clean)
	at := make(map[int]int, len(clean)) // byte in runes to index in clean
	n := 0
	for i := range runes {
		at[i] = n
		n++
	}
	word := func(i int) bool {
		return i >= 0 && i < len(clean) && (unicode.IsLetter(clean[i]) || unicode.IsDigit(clean[i]))
	}
	for begin := 0; begin < len(runes); {
		m := receiptForm.FindStringIndex(runes[begin:])
		if m == nil {
			return all
		}
		first := at[begin+m[0]]
		last := first + len([]rune(runes[begin+m[0]:begin+m[1]])) - 1
		raw := runes[begin+m[0] : begin+m[1]]
		_, err := cases.ParseReceipt(raw)
		alone := strings.TrimSpace(runes) == raw && strings.ContainsAny(raw, " .-")
		if word(first-1) || word(last+1) || err != nil && !alone && !strictForm.MatchString(raw) {
			begin += m[0] + 1
			continue
		}
		all = append(all, found{code: raw, begin: from[first], end: to[last], right: err == nil})
		begin += m[1]
	}
	return all
}

// looksLikeCode reports whether a whole message is of the form of a receipt, right or not.
func looksLikeCode(text string) bool {
	clean, _, _ := symbols(text)
	said := strings.TrimSpace(string(clean))
	return receiptForm.FindString(said) == said && said != ""
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
