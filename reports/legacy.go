package reports

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Texts of before Unicode: fonts that draw Vietnamese letters where Western code pages have
// others. The tables are those of TCVN 5712:1993 (VN3, "ABC") and of VNI for Windows.

const (
	tcvn3From = "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦"
	tcvn3To   = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ"
	// What VNI writes as one letter.
	vniFrom = "ñÑìÌíÍæÆóÓòÒôÔöÖîÎ"
	vniTo   = "đĐìÌíÍỉỈĩĨịỊơƠưƯỵỴ"
)

// vniPairs are the letters that VNI writes as a letter and a mark behind it.
var vniPairs = func() map[[2]rune]rune {
	all := map[[2]rune]rune{}
	for base, pairs := range map[rune]string{
		'a': "ùáøàûảõãïạââáấàầåẩãẫäậêăéắèằúẳüẵëặ", 'e': "ùéøèûẻõẽïẹâêáếàềåểãễäệ", 'o': "ùóøòûỏõõïọâôáốàồåổãỗäộ",
		'u': "ùúøùûủõũïụ", 'y': "ùýøỳûỷõỹ", 'ô': "ùớøờûởõỡïợ", 'ö': "ùứøừûửõữïự",
	} {
		for marks := []rune(pairs); len(marks) > 1; marks = marks[2:] {
			all[[2]rune{base, marks[0]}] = marks[1]
			all[[2]rune{unicode.ToUpper(base), unicode.ToUpper(marks[0])}] = unicode.ToUpper(marks[1])
			all[[2]rune{unicode.ToUpper(base), marks[0]}] = unicode.ToUpper(marks[1])
		}
	}
	return all
}()

var tcvn3, vniSingle = paired(tcvn3From, tcvn3To), paired(vniFrom, vniTo)

func paired(from, to string) map[rune]rune {
	all, others := map[rune]rune{}, []rune(to)
	for i, r := range []rune(from) {
		all[r] = others[i]
	}
	return all
}

// readable gives a cell as Unicode, letters with marks composed (NFC). changed reports that
// it was written for another code page and is converted; doubtful, that its letters are
// those of no code page known here.
func readable(written string) (text string, changed, doubtful bool) {
	cell := composed(cleaner.Replace(written))
	if strings.ContainsRune(cell, utf8.RuneError) {
		return cell, false, true
	}
	unseen := strings.ReplaceAll(cell, "\u00ad", "") // where it is no letter it is not seen
	if !western(written) {
		return unseen, false, false
	}
	older := cell
	if strings.ContainsFunc(cell, foreign) { // else Ð stands for Đ
		older = strings.ReplaceAll(cell, "Đ", "Ð")
	}
	best, most := cell, correct(cell)
	for _, candidate := range []string{fromTCVN3(older), fromVNI(cell), composed(fromUTF8(written))} {
		if n := correct(candidate); n > most && candidate != "" {
			best, most = candidate, n
		}
	}
	if best != cell {
		return best, true, false
	}
	return unseen, false, strings.ContainsFunc(unseen, foreign)
}

// cleaner replaces letters that look like the Vietnamese ones, and drops what is not seen.
var cleaner = strings.NewReplacer("Ð", "Đ", "ð", "đ", "Ɖ", "Đ", "ɖ", "đ", "\u00a0", " ", "\u200b", "", "\u200e", "", "\ufeff", "")

// western reports whether a text has letters beyond ASCII, all of which stand in Western
// code pages.
func western(s string) bool {
	found := false
	for _, r := range s {
		switch {
		case r < utf8.RuneSelf:
		case r <= unicode.MaxLatin1 || strings.ContainsRune(windows1252, r):
			found = true
		default:
			return false
		}
	}
	return found
}

// windows1252 are the letters of 0x80 to 0x9f in that code page; 0xfffd stands for none.
const windows1252 = "€\ufffd‚ƒ„…†‡ˆ‰Š‹Œ\ufffdŽ\ufffd\ufffd‘’“”•–—˜™š›œ\ufffdžŸ"

// foreign reports whether a sign stands in no Vietnamese text.
func foreign(r rune) bool {
	return strings.ContainsRune("µ¸¶¹¨¼½¾ÆÇËÎÏÑÖØÜÞßÄÅÛäåæçëîïñöøûüþ÷¬\u00ad¡¢¤¥¦¿", r)
}

func fromTCVN3(s string) string {
	loud := shouted(s) // a font of capitals draws small letters as capitals
	return strings.Map(func(r rune) rune {
		to, known := tcvn3[r]
		switch {
		case !known:
			return r
		case loud:
			return unicode.ToUpper(to)
		}
		return to
	}, s)
}

// shouted reports whether a text has a word with two capitals of ASCII, and no small letter
// of it.
func shouted(s string) bool {
	most, run := 0, 0
	for _, r := range s {
		switch {
		case r >= 'a' && r <= 'z':
			return false
		case r >= 'A' && r <= 'Z':
			run++
			most = max(most, run)
		case unicode.IsSpace(r):
			run = 0
		}
	}
	return most > 1
}

func fromVNI(s string) string {
	var out strings.Builder
	runes := []rune(s)
	for i := 0; i < len(runes); i++ {
		if i+1 < len(runes) {
			if to, known := vniPairs[[2]rune{runes[i], runes[i+1]}]; known {
				out.WriteRune(to)
				i++
				continue
			}
		}
		if to, known := vniSingle[runes[i]]; known {
			out.WriteRune(to)
			continue
		}
		out.WriteRune(runes[i])
	}
	return out.String()
}

// fromUTF8 reads a text whose bytes were taken for those of Windows-1252; "" when they are
// no UTF-8.
func fromUTF8(s string) string {
	page := []rune(windows1252)
	var raw []byte
	for _, r := range s {
		at := slices.Index(page, r)
		switch {
		case at >= 0:
			raw = append(raw, byte(0x80+at))
		case r <= unicode.MaxLatin1:
			raw = append(raw, byte(r))
		default:
			return ""
		}
	}
	if !utf8.Valid(raw) {
		return ""
	}
	return string(raw)
}

// correct is how many words with marks are Vietnamese syllables, less those that are none.
func correct(s string) (n int) {
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(".,;:/()-–\"'&+", r) }) {
		switch {
		case !strings.ContainsFunc(word, func(r rune) bool { return r >= utf8.RuneSelf }):
		case syllable(word):
			n++
		default:
			n--
		}
	}
	return n
}

// onsets and rhymes of Vietnamese syllables, without tones.
var (
	onsets = strings.Fields("ngh ng nh ch gh gi kh ph qu th tr b c d đ g h k l m n p r s t v x")
	rhymes = func() map[string]bool {
		all := map[string]bool{}
		for r := range strings.FieldsSeq("a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et ê êch êm ên ênh êp êt êu " +
			"i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot " +
			"ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uâc uân uâng uât uây uc uê uêch uên uênh ui um un ung uôc uôi uôm uôn uông uôp uôt up ut uy uya uych uyên uyêt uyn uynh uyt uyu uơ " +
			"ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu") {
			all[r] = true
		}
		return all
	}()
)

// vowels are the letters that take a tone, each row by the marks of toneMarks.
var vowels = []string{"aàáảãạ", "ăằắẳẵặ", "âầấẩẫậ", "eèéẻẽẹ", "êềếểễệ", "iìíỉĩị", "oòóỏõọ", "ôồốổỗộ", "ơờớởỡợ", "uùúủũụ", "ưừứửữự", "yỳýỷỹỵ"}

const toneMarks = "\u0300\u0301\u0309\u0303\u0323"

// vowel is a letter of vowels taken apart.
type vowel struct {
	base rune
	tone int // 0 = none, else 1 + its place in toneMarks
}

var vowelOf, vowelWith = func() (map[rune]vowel, map[vowel]rune) {
	of, with := map[rune]vowel{}, map[vowel]rune{}
	for _, row := range vowels {
		letters := []rune(row)
		for tone, r := range letters {
			of[r], with[vowel{letters[0], tone}] = vowel{letters[0], tone}, r
			capital := unicode.ToUpper(letters[0])
			of[unicode.ToUpper(r)], with[vowel{capital, tone}] = vowel{capital, tone}, unicode.ToUpper(r)
		}
	}
	return of, with
}()

// shapeMarks are marks that make another letter, with the letters they make.
var shapeMarks = map[rune]map[rune]rune{
	0x302: {'a': 'â', 'e': 'ê', 'o': 'ô', 'A': 'Â', 'E': 'Ê', 'O': 'Ô'}, 0x306: {'a': 'ă', 'A': 'Ă'},
	0x31b: {'o': 'ơ', 'u': 'ư', 'O': 'Ơ', 'U': 'Ư'},
}

// composed joins letters and the marks behind them.
func composed(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r >= 0x300 && r <= 0x323 }) {
		return s
	}
	var out []rune
	for _, r := range s {
		if n := len(out); n > 0 {
			last := vowelOf[out[n-1]]
			if tone := slices.Index([]rune(toneMarks), r) + 1; tone > 0 && last.base != 0 && last.tone == 0 {
				out[n-1] = vowelWith[vowel{last.base, tone}]
				continue
			}
			if base := shapeMarks[r][last.base]; base != 0 {
				out[n-1] = vowelWith[vowel{base, last.tone}]
				continue
			}
		}
		out = append(out, r)
	}
	return string(out)
}

// syllable reports whether a word is a syllable of Vietnamese, with one tone at most and
// no capital behind a small letter.
func syllable(word string) bool {
	var plain strings.Builder
	tones, small := 0, false
	for _, r := range word {
		if unicode.IsUpper(r) && small {
			return false
		}
		small = small || unicode.IsLower(r)
		lower := unicode.ToLower(r)
		v, known := vowelOf[lower]
		if !known {
			v.base = lower
		}
		if v.tone > 0 {
			tones++
		}
		plain.WriteRune(v.base)
	}
	s := plain.String()
	if tones > 1 {
		return false
	}
	if rhymes[s] {
		return true
	}
	return slices.ContainsFunc(onsets, func(onset string) bool {
		rest, ok := strings.CutPrefix(s, onset)
		return ok && (rhymes[rest] || onset == "gi" && rhymes["i"+rest])
	})
}
