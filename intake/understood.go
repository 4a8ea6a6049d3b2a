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
