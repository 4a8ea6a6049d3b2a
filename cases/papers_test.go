package cases_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tinbao/cases"
)

// Office hours 8–12 and 13:30–17:30; an urgent report runs at any hour.
func TestAcknowledgeBy(t *testing.T) {
	t.Parallel()
	at := func(s string) time.Time {
		v, err := time.ParseInLocation("2006-01-02 15:04", s, cases.Vietnam)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	calendar := cases.Holidays()
	var err error
	if calendar.Hours, err = cases.ParseHours("08:00-12:00,13:30-17:30"); err != nil {
		t.Fatal(err)
	}
	for _, k := range []struct {
		handed, want string
		urgent       bool
	}{
		{"2026-11-23 08:00", "2026-11-23 17:30", false}, // Monday
		{"2026-11-23 10:00", "2026-11-24 10:00", false},
		{"2026-11-23 12:30", "2026-11-24 12:00", false}, // in the lunch break
		{"2026-11-20 17:00", "2026-11-23 17:00", false}, // over a weekend
		{"2026-11-22 03:00", "2026-11-23 17:30", false}, // on a Sunday night
		{"2026-04-24 10:00", "2026-04-28 10:00", false}, // Giỗ Tổ on Sunday, Monday off in lieu
		{"2026-11-22 03:00", "2026-11-22 04:00", true},
	} {
		if got := cases.AcknowledgeBy(calendar, k.urgent, at(k.handed)); !got.Equal(at(k.want)) {
			t.Errorf("%s urgent %v: %s, want %s", k.handed, k.urgent, got.In(cases.Vietnam), k.want)
		}
	}
}

func TestHandedIsTheLastTime(t *testing.T) {
	t.Parallel()
	at := func(h int) time.Time { return time.Date(2026, 11, 23, h, 0, 0, 0, time.UTC) }
	history := []cases.Event{{At: at(1), Verb: cases.Submit}, {At: at(2), Verb: cases.Forward}, {At: at(3), Verb: cases.Escalate}}
	if got, told := cases.Handed(history); !got.Equal(at(2)) || !told {
		t.Error(got, told)
	}
	if got, told := cases.Handed(append(history, cases.Event{At: at(4), Verb: cases.Return}, cases.Event{At: at(5), Verb: cases.Forward})); !got.Equal(at(5)) || told {
		t.Error("handed over again:", got, told)
	}
}

func TestSuggest(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Tôi là Nguyễn Văn An. Quán bật nhạc to.":              "Tôi là ■■■. Quán bật nhạc to.",
		"Gọi cho tôi 0912 345 678 hoặc an@example.com nhé":     "Gọi cho tôi ■■■ hoặc ■■■ nhé",
		"Số 0912.345.678, nhà tôi ở đối diện số 5. Cảm ơn":     "Số ■■■, nhà tôi ■■■. Cảm ơn",
		"Tên tôi là Hoa; phòng 305 có khách lúc 22 giờ":        "Tên tôi ■■■; phòng 305 có khách lúc 22 giờ",
		"Nhà nghỉ số 12 ngõ 5, từ 1 đến 3 giờ sáng 23/11/2026": "Nhà nghỉ số 12 ngõ 5, từ 1 đến 3 giờ sáng 23/11/2026",
		"": "",
	} {
		if got := cases.Cover(text, cases.Suggest(text)); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// What is marked is gone, what is not stays in its order, and neither the number nor the
// length of covered words shows.
func TestCover(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		text := strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{"Nam", "nhà", "0912", "…", ".", "\n", " ", "  ", "ở", "An,", "(x)", "é"})).Draw(rt, "text"), rapid.SampledFrom([]string{" ", ""}).Draw(rt, "between"))
		joined := ""
		for _, p := range cases.Pieces(text) {
			joined += p.Text
		}
		if joined != text {
			rt.Fatalf("%q became %q", text, joined)
		}
		list := cases.Words(text)
		marked := rapid.SliceOfDistinct(rapid.IntRange(0, max(0, len(list)-1)), rapid.ID[int]).Draw(rt, "marked")
		var want []string
		for i, w := range list {
			if !slices.Contains(marked, i) {
				want = append(want, w)
			}
		}
		var have []string
		for _, w := range cases.Words(cases.Cover(text, marked)) {
			if w != cases.CoverMark {
				have = append(have, strings.ReplaceAll(w, cases.CoverMark, ""))
			}
		}
		if !slices.Equal(have, want) {
			rt.Fatalf("%q without %v leaves %q, want %q", text, marked, have, want)
		}
		if strings.Contains(cases.Cover(text, marked), cases.CoverMark+" "+cases.CoverMark) {
			rt.Fatalf("%q: the number of words shows", cases.Cover(text, marked))
		}
		next := 0
		for _, s := range cases.Sentences(text) {
			if s[0] != next || s[1] <= s[0] {
				rt.Fatalf("%q: sentences %v", text, cases.Sentences(text))
			}
			next = s[1]
		}
		if next != len(list) {
			rt.Fatalf("%q: words outside of sentences", text)
		}
	})
}

func TestToggle(t *testing.T) {
	t.Parallel()
	one := cases.Toggle(cases.Toggle(nil, 3), 1)
	if !slices.Equal(one, []int{1, 3}) || !slices.Equal(cases.Toggle(one, 3), []int{1}) || !slices.Equal(one, []int{1, 3}) {
		t.Error(one)
	}
}
