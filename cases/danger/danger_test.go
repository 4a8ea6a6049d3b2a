package danger

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"tinbao/cases/viet"
)

// What kind of danger it is decides which number stands first.
func TestKinds(t *testing.T) {
	t.Parallel()
	for text, kinds := range map[string][]Kind{
		"em muốn tự tử":                           {SelfHarm},
		"I want to kill myself":                   {SelfHarm},
		"bé 14 tuổi bị nhốt, đang kêu cứu":        {Minor, Confinement, Appeal},
		"cháu sinh năm 2011 bị ép tiếp khách":     {Minor, Trafficking},
		"quán có tiếp viên mới mười lăm tuổi":     {Minor},
		"em 2k10 bị chủ bắt đi khách":             {Minor, Trafficking},
		"a 15 year old girl works in the karaoke": {Minor},
		"họ bán em sang Trung Quốc":               {Trafficking},
		"chủ giữ hộ chiếu của em":                 {Trafficking},
		"chồng tôi cầm dao đòi giết tôi":          {Violence},
		"nó dọa tung ảnh nóng":                    {Threat},
		"bạn em sốc thuốc bất tỉnh":               {Medical},
		"con gái tôi mất tích hai ngày rồi":       {Missing},
		"họ không cho em ra ngoài":                {Confinement},
		"tôi bị chồng đánh":                       {Violence},
		"救命":                                      {Appeal},
		"помогите":                                {Appeal},
		"살려주세요":                                   {Appeal},
		"she was trafficked and cannot leave":     {Trafficking},
		"c.ứ.u em với":                            {Appeal},
		"g i ế t tôi mất, nó đòi g i ế t tôi":     {Violence},
		"cứuuuu em với":                           {Appeal},
	} {
		f := Recognise(text, today)
		for _, k := range kinds {
			if !f.Has(k) {
				t.Errorf("%q: no %s", text, k)
			}
		}
	}
	for _, text := range []string{"tôi bị chồng đánh", "họ không cho em ra ngoài", "em muốn tự tử", "em 19 tuổi bị nhốt", "chị sinh năm 1999 bị ép tiếp khách"} {
		if Recognise(text, today).Has(Minor) {
			t.Errorf("%q: somebody under 18", text)
		}
	}
}

// A denial is no alarm; a denied freedom, and a denied wish to live, is one.
func TestDenial(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"không bị đánh", "em không bị nhốt", "chưa ai bị đánh cả", "không có ai bị ép", "không thấy ai bị nhốt", "em không còn bị đánh nữa", "chẳng ai bị bắt cóc",
		"không bị đánh, không bị ép", "không bị đánh hay bị nhốt gì", "nobody was beaten", "I was never beaten", "she is not being held here",
	} {
		if f := Recognise(text, today); f.Any() {
			t.Errorf("%q: %v", text, f)
		}
	}
	for _, text := range []string{
		"em không muốn sống nữa", "không cho ra ngoài", "không thoát ra được", "đừng đánh em", "không chịu tiếp khách thì bị đánh", "không ai cứu em", "they do not let me leave",
		"không hiểu sao em bị nhốt", "em không bị đánh nhưng bị nhốt",
	} {
		if !Recognise(text, today).Any() {
			t.Errorf("%q is not heard", text)
		}
	}
}

// A mention of a child alone is no alarm.
func TestChildrenInOrdinaryReports(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"con tôi 10 tuổi hay phải đi qua đó", "cháu 5 tuổi nhà tôi không ngủ được vì ồn", "quán gần trường cấp 2", "học sinh lớp 8 đi học về phải qua đây",
		"khu vui chơi cho trẻ em", "my 10 year old cannot sleep", "quán bán rượu cho người dưới 18 tuổi", "cấm trẻ em dưới 16 tuổi vào",
	} {
		if f := Recognise(text, today); f.Any() {
			t.Errorf("%q: %v", text, f)
		}
	}
}

// decomposed is a text as a Mac writes it.
func decomposed(s string) string {
	var b strings.Builder
	tones := map[viet.Tone]string{viet.Grave: "\u0300", viet.Acute: "\u0301", viet.Hook: "\u0309", viet.Dot: "\u0323"}
	shapes := map[rune]string{'ă': "a\u0306", 'â': "a\u0302", 'ê': "e\u0302", 'ô': "o\u0302", 'ơ': "o\u031b", 'ư': "u\u031b"}
	for _, r := range s {
		s := viet.Syllables(string(unicode.ToLower(r)))
		if len(s) != 1 || !s[0].Marked() {
			b.WriteRune(r)
			continue
		}
		letter := []rune(s[0].Letters)[0]
		if parts, ok := shapes[letter]; ok {
			b.WriteString(parts)
		} else {
			b.WriteRune(letter)
		}
		b.WriteString(tones[s[0].Tone])
	}
	return b.String()
}

// Recognition depends on the words, not on how they are written down.
func TestRecognisedInAnyWriting(t *testing.T) {
	t.Parallel()
	all := corpus(t)
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SampledFrom(all).Draw(t, "phrase")
		want := Recognise(p.text, today)
		for name, other := range map[string]string{
			"NFD":             decomposed(p.text),
			"capitals":        strings.ToUpper(p.text),
			"zero width":      strings.Join(strings.Split(p.text, ""), "\u200b"),
			"soft hyphens":    strings.ReplaceAll(p.text, "h", "h\u00ad"),
			"another đ":       strings.NewReplacer("đ", "ð", "Đ", "Ð").Replace(p.text),
			"spaces":          strings.ReplaceAll(p.text, " ", " \u00a0 "),
			"pictures around": "😭😭 " + p.text + " 🙏",
			"signs around":    "!!! " + p.text + " ...",
		} {
			if got := Recognise(other, today); got != want {
				t.Fatalf("%s: %q: %v, want %v", name, other, got, want)
			}
		}
	})
}

// Whoever leaves out the marks is heard all the same, and asked for nothing all the same.
// A word without marks can be many, so more ordinary phrases may be taken for danger.
func TestRecognisedWithoutMarks(t *testing.T) {
	t.Parallel()
	const mostMissed, mostFalse = 0.05, 0.10
	wrong, all := map[bool]int{}, map[bool]int{}
	for _, p := range corpus(t) {
		all[p.danger]++
		if Recognise(viet.Fold(p.text), today).Any() != p.danger {
			wrong[p.danger]++
		}
	}
	for danger, most := range map[bool]float64{true: mostMissed, false: mostFalse} {
		share := float64(wrong[danger]) / float64(all[danger])
		t.Logf("danger %v: %.1f %% of %d wrong", danger, 100*share, all[danger])
		if share > most {
			t.Errorf("danger %v: %d of %d are wrong without marks", danger, wrong[danger], all[danger])
		}
	}
}

// One letter missing, doubled or exchanged in a long word does not hide danger.
func TestSlipsOfALetter(t *testing.T) {
	t.Parallel()
	const most, long = 0.10, 6
	rng := rand.New(rand.NewPCG(1, 2))
	missed, n := 0, 0
	for _, p := range corpus(t) {
		words := strings.Fields(p.text)
		i := slices.IndexFunc(words, func(w string) bool { return utf8.RuneCountInString(w) >= long })
		if !p.danger || i < 0 {
			continue
		}
		w := []rune(words[i])
		at := 1 + rng.IntN(len(w)-2)
		switch rng.IntN(3) {
		case 0:
			w = slices.Delete(w, at, at+1)
		case 1:
			w = slices.Insert(w, at, w[at])
		default:
			w[at], w[at+1] = w[at+1], w[at]
		}
		words[i] = string(w)
		n++
		if !Recognise(strings.Join(words, " "), today).Any() {
			missed++
		}
	}
	t.Logf("%d of %d missed", missed, n)
	if float64(missed) > most*float64(n) {
		t.Errorf("%d of %d are missed with a slip of a letter", missed, n)
	}
}

// What is said besides does not silence danger.
func TestOrdinarySentencesDoNotSilence(t *testing.T) {
	t.Parallel()
	var danger, ordinary []string
	for _, p := range corpus(t) {
		switch {
		case !p.danger:
			ordinary = append(ordinary, p.text)
		case Recognise(p.text, today).Any():
			danger = append(danger, p.text)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SampledFrom(danger).Draw(t, "danger")
		before, after := rapid.SampledFrom(ordinary).Draw(t, "before"), rapid.SampledFrom(ordinary).Draw(t, "after")
		between := rapid.SampledFrom([]string{". ", "\n", "! ", "? ", ". 😭 "}).Draw(t, "between")
		if whole := before + between + text + between + after; !Recognise(whole, today).Any() {
			t.Fatalf("%q is silenced", whole)
		}
	})
}

// A long text takes time in proportion.
func BenchmarkLongText(b *testing.B) {
	var text strings.Builder
	for _, p := range corpus(b) {
		text.WriteString(p.text + ". ")
	}
	runes := []rune(text.String())
	for _, n := range []int{500, 1000, 2000, 4000} {
		b.Run(map[int]string{500: "500", 1000: "1000", 2000: "2000", 4000: "4000"}[n], func(b *testing.B) {
			for b.Loop() {
				Recognise(string(runes[:n]), today)
			}
		})
	}
}

// No text brings the program down.
func FuzzRecognise(f *testing.F) {
	for _, p := range corpus(f) {
		f.Add(p.text)
	}
	f.Add("救\xff\u0323 2k 14 mười")
	f.Fuzz(func(t *testing.T, text string) {
		once := Recognise(text, today)
		if again := Recognise(text+"\u200b", today); once != again {
			t.Fatal(once, again)
		}
	})
}
