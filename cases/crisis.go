package cases

import (
	"slices"
	"unicode"
)

// Crisis reports whether words speak of a life or a body in danger: somebody who does
// not want to live, who is beaten, locked up, forced, or threatened. The person is then
// shown the emergency numbers before anything else, and the case goes first. A false
// alarm costs a moment; so negation ("không bị đánh") is an alarm, too.
func Crisis(text string) bool {
	said := wordsOf(text)
	for i := range said {
		for _, phrase := range crisisPhrases {
			if len(phrase) <= len(said)-i && slices.EqualFunc(said[i:i+len(phrase)], phrase, soundsLike) {
				return true
			}
		}
	}
	return false
}

// crisis lists what people write. Marks may be left out by the one who writes, and
// hỏi and ngã exchanged.
var crisis = []string{
	"tự tử", "tự sát", "tự vẫn", "tự vận", "tự kết liễu", "kết liễu đời", "quyên sinh", "thắt cổ", "treo cổ", "nhảy cầu", "nhảy lầu", "uống thuốc sâu",
	"thuốc diệt cỏ", "rạch tay", "cắt tay", "cắt cổ tay", "tự làm đau", "tự hành hạ",
	"không muốn sống", "không còn muốn sống", "chẳng muốn sống", "chả muốn sống", "ko muốn sống", "ko còn muốn sống", "k muốn sống", "hông muốn sống",
	"hết muốn sống", "không thiết sống", "chán sống", "muốn chết", "chỉ muốn chết", "chết đi cho xong", "chết cho xong", "chết quách", "sống không nổi", "không sống nổi",
	"bị đánh", "đánh đập", "đánh tôi", "đánh em", "bạo hành", "bị hành hạ", "bị tra tấn", "bị đâm", "bị chém",
	"bị nhốt", "nhốt tôi", "nhốt em", "bị giam", "giam giữ", "bị giữ lại", "không cho ra ngoài", "bị trói", "bị bắt cóc", "bắt cóc",
	"bị ép", "ép buộc", "cưỡng ép", "bị cưỡng bức", "bị bắt tiếp khách", "bắt tôi tiếp khách", "bắt em tiếp khách", "ép tôi", "ép em", "bị lừa bán", "bị bán", "mua bán người",
	"dọa giết", "đe dọa", "đòi giết", "giết tôi", "giết em", "giết mình", "bị dọa", "sẽ giết",
	"cưỡng hiếp", "hiếp dâm", "bị hiếp", "bị xâm hại", "xâm hại tình dục", "lạm dụng tình dục", "bị cưỡng dâm",
	"cứu tôi", "cứu em", "cứu với", "cứu mình", "nguy hiểm đến tính mạng",
	"suicide", "suicidal", "kill myself", "killing myself", "end my life", "take my life", "want to die", "wanna die", "better off dead",
	"dont want to live", "do not want to live", "no reason to live", "hurt myself", "harm myself", "self harm", "cut myself",
	"beaten", "beats me", "beating me", "hits me", "hit me", "abused", "abuses me", "tortured", "stabbed",
	"locked up", "locked in", "locks me", "held against", "not allowed to leave", "kidnapped", "tied up",
	"forced to", "forces me", "forcing me", "trafficked", "sold me", "was sold",
	"kill me", "threatens to kill", "threatened to kill", "threatens me", "threatened me", "threatening me",
	"rape", "raped", "sexually assaulted", "sexual assault", "molested", "save me", "help me escape",
}

var crisisPhrases = func() (all [][]spoken) {
	for _, phrase := range crisis {
		all = append(all, wordsOf(phrase))
	}
	return all
}()

// spoken is a word as it is compared: plain without any mark, letters without tones
// (ư, ô, đ), and the tone.
type spoken struct {
	plain, letters string
	tone           tone
}

type tone byte

const (
	level tone = iota
	grave
	acute
	hook // hỏi and ngã, which many write for each other
	dot
)

// soundsLike reports whether a written word can be the word of the list: the same
// word, or with tone or other marks left out altogether.
func soundsLike(written, listed spoken) bool {
	return written.plain == listed.plain && (written.tone == level || written.tone == listed.tone) &&
		(written.letters == written.plain || written.letters == listed.letters)
}

// vowels lists letters with their tones in the order of the constants, ngã with hỏi.
var vowels = []struct {
	letter, plain rune
	toned         string // level, grave, acute, hỏi, ngã, dot
}{
	{'a', 'a', "aàáảãạ"},
	{'ă', 'a', "ăằắẳẵặ"},
	{'â', 'a', "âầấẩẫậ"},
	{'e', 'e', "eèéẻẽẹ"},
	{'ê', 'e', "êềếểễệ"},
	{'i', 'i', "iìíỉĩị"},
	{'o', 'o', "oòóỏõọ"},
	{'ô', 'o', "ôồốổỗộ"},
	{'ơ', 'o', "ơờớởỡợ"},
	{'u', 'u', "uùúủũụ"},
	{'ư', 'u', "ưừứửữự"},
	{'y', 'y', "yỳýỷỹỵ"},
}

// letter is what one character adds to a word.
type letter struct {
	plain, letter rune
	tone          tone
}

var letters = func() map[rune]letter {
	all := map[rune]letter{'đ': {'d', 'đ', level}}
	tones := []tone{level, grave, acute, hook, hook, dot}
	for _, v := range vowels {
		for i, r := range []rune(v.toned) {
			all[r] = letter{v.plain, v.letter, tones[i]}
		}
	}
	return all
}()

// Marks that some keyboards write after the letter (NFD).
var combining = map[rune]tone{0x300: grave, 0x301: acute, 0x309: hook, 0x303: hook, 0x323: dot}

// shapes turn a letter into another (NFD).
var shapes = map[[2]rune]rune{
	{'a', 0x306}: 'ă', {'a', 0x302}: 'â', {'e', 0x302}: 'ê', {'o', 0x302}: 'ô', {'o', 0x31b}: 'ơ', {'u', 0x31b}: 'ư',
}

// wordsOf takes a text apart into words. Signs between letters part words, but for
// apostrophes, which vanish; invisible signs vanish, too.
func wordsOf(text string) (all []spoken) {
	var plain, marked []rune
	tone := level
	end := func() {
		if len(plain) > 0 {
			all = append(all, spoken{string(plain), string(marked), tone})
		}
		plain, marked, tone = nil, nil, level
	}
	for _, r := range text {
		r = unicode.ToLower(r)
		if t, ok := combining[r]; ok {
			tone = t
			continue
		}
		switch l, known := letters[r]; {
		case known:
			plain, marked, tone = append(plain, l.plain), append(marked, l.letter), max(tone, l.tone)
		case unicode.Is(unicode.Mn, r):
			if n := len(marked); n > 0 && shapes[[2]rune{marked[n-1], r}] != 0 {
				marked[n-1] = shapes[[2]rune{marked[n-1], r}]
			}
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			plain, marked = append(plain, r), append(marked, r)
		case r == '\'' || r == '’' || unicode.Is(unicode.Cf, r):
		default:
			end()
		}
	}
	end()
	return all
}
