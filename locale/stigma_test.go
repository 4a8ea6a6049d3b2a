package locale

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// stigma are the words that label a person (domain.md 9.1), Vietnamese and English,
// as whole words.
var stigma = []string{
	"gái mại dâm", "gái bán dâm", "gái điếm", "gái gọi", "gái", "điếm", "cave", "bán hoa", "kẻ", "đối tượng", "con nghiện", "tệ nạn", "nạn nhân", "tội phạm",
	"hư hỏng", "sa ngã", "lầm lỡ", "trụy lạc", "đồi trụy", "suy đồi", "hoàn lương", "bệnh hoạn",
	"prostitute", "prostitutes", "whore", "hooker", "junkie", "addict", "addicts", "criminal", "criminals", "victim", "victims", "offender", "offenders", "culprit", "pimp",
	"fallen women", "social evil", "social evils", "vice", "perpetrator",
}

// allowed are the terms in which such a word names no person, each with its reason.
var allowed = map[string]string{
	"tin báo về tội phạm":              "kind of information, BLTTHS 2015 Đ.144.2",
	"tố giác về tội phạm":              "kind of information, BLTTHS 2015 Đ.144.1",
	"tin báo, tố giác về tội phạm":     "both of them",
	"tin báo hoặc tố giác về tội phạm": "both of them",
	"em gái":           "a younger sister, a girl",
	"con gái":          "a daughter",
	"bạn gái":          "a friend",
	"chị gái":          "an elder sister",
	"cháu gái":         "a niece or granddaughter",
	"criminal kinds":   "kinds of information, in the pages for staff",
	"criminal kind":    "kinds of information",
	"criminal ones":    "kinds of information",
	"not criminal":     "kinds of information",
	"criminal matters": "kinds of information",
	"criminal offence": "an act, no person",
}

var stigmaForm = func() *regexp.Regexp {
	words := slices.Clone(stigma)
	slices.SortFunc(words, func(a, b string) int { return len(b) - len(a) })
	return regexp.MustCompile(`(?i)(?:^|[^\pL\pM])(` + strings.Join(words, "|") + `)(?:$|[^\pL\pM])`)
}()

// labels gives the words of a text that label somebody.
func labels(text string) (found []string) {
	text = strings.ToLower(strings.Join(strings.Fields(text), " "))
	terms := make([]string, 0, len(allowed))
	for term := range allowed {
		terms = append(terms, term)
	}
	slices.SortFunc(terms, func(a, b string) int { return len(b) - len(a) })
	for _, term := range terms {
		text = strings.ReplaceAll(text, term, "…")
	}
	for _, m := range stigmaForm.FindAllStringSubmatch(text, -1) {
		found = append(found, m[1])
	}
	return found
}

// Nobody is given a label: no text of either language has a word of the list, but for
// the legal terms.
func TestNoTextLabelsAnybody(t *testing.T) {
	t.Parallel()
	for lang, catalogue := range texts {
		for key, text := range catalogue {
			for _, word := range labels(text) {
				t.Errorf("%s %s: %q in %q", lang, key, word, text)
			}
		}
	}
}

// The pages and what the demo says are held to the same.
func TestNoPageLabelsAnybody(t *testing.T) {
	t.Parallel()
	var files []string
	for _, pattern := range []string{"../README.md", "../docs/*.md", "../docs/*/*.md", "../cmd/tinbao/seed*.go", "../cmd/tinbao/*.json", "../cmd/tinbao/seed/*", "../telegramsim/page/*", "../telegramsim/*.html", "../reports/*", "../web/*"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	if len(files) < 4 {
		t.Fatalf("only %v: does this test still look in the right place?", files)
	}
	for _, name := range files {
		info, err := os.Stat(name)
		if err != nil || info.IsDir() || strings.HasSuffix(name, "_test.go") {
			continue
		}
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range labels(string(raw)) {
			t.Errorf("%s: %q", name, word)
		}
	}
}

// The list finds what it is for, whole words only, and lets the legal terms pass.
func TestLabelsAreFound(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		"Gái mại dâm": 1, "nạn\nnhân": 1, "các đối tượng.": 1, "victim-blaming": 1, "kẻ": 1,
		"tin báo về tội phạm": 0, "tố giác về tội phạm": 0, "kẻng": 0, "service": 0, "tội phạm": 1, "người cần hỗ trợ": 0, "advice": 0, "thước kẻo": 0,
	} {
		if got := len(labels(text)); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}

// Words an editor took out of the texts, each with what is said instead.
func TestTextsSayItAsTheEditorDid(t *testing.T) {
	t.Parallel()
	instead := map[string]string{
		"trẻ em dưới 18": "người dưới 18 tuổi (trẻ em: dưới 16)", "trẻ dưới 18": "người dưới 18 tuổi", "child under 18": "somebody under 18",
		"đường trả lời": "liên lạc với người gửi", "mã kỹ thuật": "đường liên lạc đã mã hóa", "khép lại": "đã đóng", "người thường có nguy cơ": "người có nguy cơ cao",
		"bệnh lây qua đường tình dục": "bệnh lây truyền qua đường tình dục", "không trực 24/24": "không có người trực 24/24", "một mình.": "đơn độc",
		"you need not": "you do not have to", "technical code": "an encrypted way to answer you", "way back": "the answers", "staffed around the clock": "nobody is on duty",
	}
	for lang, catalogue := range texts {
		for key, text := range catalogue {
			for word, better := range instead {
				if strings.Contains(strings.ToLower(text), word) {
					t.Errorf("%s %s: %q; say %q", lang, key, word, better)
				}
			}
		}
	}
}
