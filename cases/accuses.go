package cases

import (
	"slices"
	"strings"
	"unicode"
)

// Accuses tells whose people of the ward a text accuses, for offering the person a way out
// of the ward; AboutNobody when nobody is recognised. ward is the name of the ward, so that
// the people of another one are told apart. It reads a person of the ward who does
// something, not one who is asked for help or to whom something is done. Of several the one
// counts that reaches farthest: leaders, police, office.
func Accuses(text, ward string) About {
	found := AboutNobody
	for _, sentence := range sentences(text) {
		for i := range sentence {
			who, next := personAt(sentence, i, ward)
			if who == AboutNobody || rank(who) <= rank(found) {
				continue
			}
			if accusedAfter(sentence, i, next) || accusedBefore(sentence, i) {
				found = who
			}
		}
	}
	return found
}

func rank(a About) int {
	return slices.Index([]About{AboutNobody, AboutOfficer, AboutPolice, AboutLeader}, a)
}

// token is a word as it is compared, and whether it was written with a capital.
type token struct {
	word  string
	upper bool
}

// sentences takes a text apart into sentences of words.
func sentences(text string) (all [][]token) {
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(".!?;\n", r) })
	for _, p := range parts {
		var one []token
		for _, w := range strings.FieldsFunc(p, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r) }) {
			first := []rune(w)[0]
			one = append(one, token{Fold(w), unicode.IsUpper(first)})
		}
		all = append(all, one)
	}
	return all
}

// begins reports whether the words of a phrase stand at a place.
func begins(s []token, at int, phrase string) (next int, ok bool) {
	next = at
	for w := range strings.FieldsSeq(phrase) {
		if next >= len(s) || s[next].word != w {
			return at, false
		}
		next++
	}
	return next, true
}

// longest is the end of the longest phrase of a list at a place.
func longest(s []token, at int, phrases []string) (next int, ok bool) {
	for _, p := range phrases {
		if n, fits := begins(s, at, p); fits && n > next {
			next, ok = n, true
		}
	}
	return next, ok
}

var people = map[About][]string{
	AboutLeader: {
		"chu tich phuong", "chu tich ubnd", "chu tich uy ban", "pho chu tich phuong", "pho chu tich ubnd", "pho chu tich uy ban", "bi thu phuong",
		"bi thu dang uy", "lanh dao phuong", "lanh dao ubnd", "lanh dao uy ban", "sep phuong", "ct phuong", "pct phuong", "chairman", "chairwoman",
	},
	AboutPolice: {
		"cong an phuong", "cong an khu vuc", "canh sat khu vuc", "ca phuong", "csk v", "cskv", "truong cong an", "pho cong an", "cong an", "ward police", "police",
	},
	AboutOfficer: {
		"can bo phuong", "can bo ubnd", "can bo uy ban", "can bo cua phuong", "can bo o phuong", "can bo van hoa", "can bo tu phap", "can bo tiep dan", "can bo",
		"cong chuc phuong", "cong chuc", "nhan vien phuong", "nguoi cua phuong", "nguoi phuong", "ubnd phuong", "uy ban phuong", "ward official", "ward officer", "official",
	},
}

// personAt is whose person is named at a place; next is the word after the name.
func personAt(s []token, at int, ward string) (who About, next int) {
	for _, a := range []About{AboutLeader, AboutPolice, AboutOfficer} {
		n, ok := longest(s, at, people[a])
		if !ok || n < next {
			continue
		}
		who, next = a, n
	}
	if who == AboutNobody || ofAnother(s, next, ward) {
		return AboutNobody, at
	}
	return who, next
}

// ofAnother reports whether the words after a name say that it is not of this ward.
func ofAnother(s []token, at int, ward string) bool {
	if _, ok := longest(s, at, []string{"khac", "ben canh", "ben", "thanh pho", "tinh", "quan", "huyen", "trung uong", "bo cong an", "of another", "xa", "to dan pho", "cong doan"}); ok {
		return true
	}
	if n, ok := begins(s, at, "phuong"); ok {
		at = n
	}
	if at >= len(s) || !s[at].upper {
		return false
	}
	own := WordsOf(ward)
	return !slices.Contains(own, s[at].word)
}

// deeds are what people are accused of, in their order behind or before the person.
var deeds = []string{
	"nhan tien", "nhan hoi lo", "nhan phong bi", "hoi lo", "an tien", "an chia", "an hoi lo", "an bot", "an phong bi", "an bao ke", "doi tien", "doi hoi lo", "vo tien", "voi tien", "voi vinh",
	"lam tien", "lam luat", "thu tien", "xin tien", "moi tien", "lay tien", "bao ke", "chong lung", "bao che", "dung sau", "dung ten", "bat tay", "tiep tay", "dung tung",
	"lam ngo", "nham mat", "lo di", "bo qua", "gop von", "co co phan", "chung chi", "phong bi", "thong dong", "cau ket", "moc noi", "moc ngoac", "mua chuoc",
	"bien chat", "tham nhung", "tieu cuc", "lam quyen", "lam dung", "lo tin", "lo thong tin", "mat bao", "bao truoc", "bao tin cho quan", "de doa", "doa nat", "doa", "hanh hung", "danh dap", "danh toi",
	"danh dan", "danh nguoi", "sach nhieu", "nhung nhieu", "quay roi", "quay ray", "ga tinh", "goi y", "ep dan", "mua dam", "di mua dam", "lui toi", "bi mua chuoc",
	"khong xu ly", "khong chiu xu ly", "khong giai quyet", "khong lam gi", "mo quan", "lam chu", "la chu", "chu quan", "kinh doanh", "tra dap", "tru dap",
	"take money", "takes money", "took money", "taking money", "bribe", "bribes", "bribed", "protect", "protects", "protecting", "cover up", "covers up", "corrupt",
	"threaten", "threatens", "threatened", "beat", "looks away", "look away", "harass", "harasses", "owns", "runs",
}

const (
	deedAfter  = 7 // words between the person and the deed
	deedBefore = 2 // and between the deed and the person
)

// accusedAfter reports whether a deed follows the person. One that the person is asked to
// deal with, suffers or does not do is none.
func accusedAfter(s []token, at, next int) bool {
	if addressed(s, at) {
		return false
	}
	for i := next; i < len(s) && i <= next+deedAfter; i++ {
		switch s[i].word {
		case "bi": // something is done to the person, unless the person is bought
			if _, ok := begins(s, i, "bi mua chuoc"); !ok {
				return false
			}
		case "xu", "kiem", "vao", "hay", "giup", "investigate", "please", "help": // what the person does about it
			if i <= next+2 && s[max(i-1, 0)].word != "khong" && s[max(i-1, 0)].word != "chiu" {
				return false
			}
		}
		if _, ok := longest(s, i, deeds); ok && !negated(s, i) {
			return true
		}
	}
	return false
}

// accusedBefore reports whether a deed stands before the person it is of, or a gift is made
// to the person.
func accusedBefore(s []token, at int) bool {
	for i := max(0, at-deedBefore-3); i < at; i++ {
		end, ok := longest(s, i, deeds)
		if !ok || end > at || at-end > deedBefore || negated(s, i) {
			continue
		}
		between := s[end:at]
		if len(between) == 0 {
			switch s[i].word { // what is done to somebody, not by somebody
			case "hoi", "mua", "phong", "bribe", "bribes", "bribed", "chung":
				return true
			}
			continue
		}
		if slices.ContainsFunc(between, func(t token) bool { return slices.Contains([]string{"cua", "tu", "la", "boi", "by", "from"}, t.word) }) {
			return true
		}
	}
	for _, gift := range []string{"dua tien cho", "nop tien cho", "tra tien cho", "chi tien cho", "chung tien cho", "dua phong bi cho", "pays", "pay", "paid"} {
		n := len(strings.Fields(gift))
		if start := at - n; start >= 0 {
			if end, ok := begins(s, start, gift); ok && end == at && !negated(s, start) {
				return true
			}
		}
	}
	return false
}

// addressed reports whether the person named at a place is spoken to, or told of it.
func addressed(s []token, at int) bool {
	for i := max(0, at-2); i < at; i++ {
		if slices.Contains([]string{"bao", "goi", "nho", "mong", "trinh", "gui", "kinh", "nghi", "cau", "xin", "cho", "voi", "call", "tell", "ask", "inform"}, s[i].word) {
			next := s[i+1 : at]
			if len(next) == 0 || !slices.ContainsFunc(next, func(t token) bool { return slices.Contains([]string{"ke", "che"}, t.word) }) {
				return true
			}
		}
	}
	return false
}

// negated reports whether a deed is denied; the ones that consist of a denial are not.
func negated(s []token, at int) bool {
	if s[at].word == "khong" {
		return false
	}
	for i := max(0, at-2); i < at; i++ {
		if slices.Contains([]string{"khong", "ko", "chua", "chang", "cam", "chong", "not", "never", "no"}, s[i].word) {
			return true
		}
	}
	return false
}
