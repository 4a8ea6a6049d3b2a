package staffcmds_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"tinbao/cases"
	"tinbao/locale"
)

func day(y int, m time.Month, d int) time.Time { return cases.Day{Year: y, Month: m, Day: d}.Start() }

// What is typed means the same in any order, with marks or without. Today is 28/5/2026.
func TestSearchIsRead(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]cases.Search{
		"PA-26-0042":       {Number: cases.Number{Stream: cases.ReportStream, Year: 2026, Seq: 42}},
		"pa 26 42":         {Number: cases.Number{Stream: cases.ReportStream, Year: 2026, Seq: 42}},
		"42":               {Number: cases.Number{Stream: cases.ReportStream, Year: 2026, Seq: 42}},
		"tin pa42":         {Number: cases.Number{Stream: cases.ReportStream, Year: 2026, Seq: 42}, Words: []string{"tin"}},
		"Sen 42":           {Words: []string{"sen", "42"}},
		"Tố giác":          {Kind: cases.CrimeReport},
		"to giac hoa binh": {Kind: cases.CrimeReport, Hamlet: 2},
		"Hòa Bình, tố giác về tội phạm": {Kind: cases.CrimeReport, Hamlet: 2},
		"TDP 1":                   {Hamlet: 1},
		"tổ 1 đang xác minh quán": {Hamlet: 1, Statuses: []cases.Status{cases.Verifying}, Words: []string{"quan"}},
		"quan dang xac minh to 1": {Hamlet: 1, Statuses: []cases.Status{cases.Verifying}, Words: []string{"quan"}},
		`"tố giác" quán`:          {Words: []string{"to", "giac", "quan"}},
		"“Hòa Bình”":              {Words: []string{"hoa", "binh"}},
		"10/11/2025":              {From: day(2025, 11, 10), To: day(2025, 11, 11)},
		"10/11":                   {From: day(2025, 11, 10), To: day(2025, 11, 11)}, // the last one
		"10/5":                    {From: day(2026, 5, 10), To: day(2026, 5, 11)},
		"10/5–20/5 đêm":           {From: day(2026, 5, 10), To: day(2026, 5, 21), Words: []string{"dem"}},
		"20/12 đến 5/1":           {From: day(2025, 12, 20), To: day(2026, 1, 6)},
		"trước 10/5 quán":         {To: day(2026, 5, 10), Words: []string{"quan"}},
		"before 10/11/2025":       {To: day(2025, 11, 10)},
		"trước đó 10/5":           {From: day(2026, 5, 10), To: day(2026, 5, 11), Words: []string{"truoc", "do"}},
		"1/2/26-3/2/26":           {From: day(2026, 2, 1), To: day(2026, 2, 4)},
		"khẩn cấp":                {Urgent: true},
		"khăn":                    {Words: []string{"khan"}},
		"trung tâm":               {Words: []string{"trung", "tam"}},
	} {
		w := setup(t)
		w.says(officer, "/timkiem "+typed)
		got, _ := asked.Load(w.fake)
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: %s", typed, diff)
		}
	}
}

// Every name of a status, kind and service that staff see can be typed.
func TestNamesCanBeSearched(t *testing.T) {
	t.Parallel()
	typed := func(w *ward, chat int64, words string) cases.Search {
		asked.Delete(w.fake)
		w.says(chat, "/timkiem "+words)
		got, _ := asked.Load(w.fake)
		s, _ := got.(cases.Search)
		return s
	}
	w := setup(t)
	for _, tr := range cases.Transitions {
		for _, s := range append(tr.From, tr.To) {
			if s == "" {
				continue
			}
			if got := typed(w, officer, locale.Catalogue{}.Format("vi", "status."+string(s), nil, nil)); len(got.Statuses) != 1 || got.Statuses[0] != s || len(got.Words) > 0 {
				t.Errorf("%s: %+v", s, got)
			}
		}
	}
	for _, k := range cases.Kinds {
		if got := typed(w, officer, locale.Catalogue{}.Format("vi", "kind."+string(k), nil, nil)); got.Kind != k || len(got.Words) > 0 {
			t.Errorf("%s: %+v", k, got)
		}
	}
	for _, s := range cases.Services {
		if got := typed(w, officer, "hotro "+locale.Catalogue{}.Format("vi", "service."+string(s), nil, nil)); got.Wanted != s || len(got.Words) > 0 {
			t.Errorf("%s: %+v", s, got)
		}
	}
}

func TestSearchPagesByButtons(t *testing.T) {
	t.Parallel()
	w := setup(t)
	for range 5 {
		w.report(nil)
	}
	first := w.says(officer, "/timkiem nhà nghỉ")[0]
	if !strings.Contains(first.text, "PA-26-0001") || strings.Contains(first.text, "PA-26-0004") || strings.Contains(first.text, "đầu ngõ") || !first.protect {
		t.Errorf("%+v", first)
	}
	for _, a := range first.actions {
		if strings.HasPrefix(a, "timkiem|2|") {
			taps := w.taps(officer, a)
			second := taps[len(taps)-1]
			if !strings.Contains(second.text, "PA-26-0004") || !second.edit {
				t.Errorf("%+v", second)
			}
			return
		}
	}
	t.Errorf("no way to the second page: %q", first.actions)
}

// Of a register that is too long to be looked through at once people are told how far it
// was, and a button leads further.
func TestSearchGoesOn(t *testing.T) {
	t.Parallel()
	const older = "⏪ Tìm trong vụ cũ hơn"
	for typed, want := range map[string]struct {
		do   string
		next cases.Search
	}{
		"tố giác":                    {"timkiem|1|report|to giac truoc 3/4/2026", cases.Search{Kind: cases.CrimeReport, To: day(2026, 4, 3)}},
		"trước 1/5 quán":             {"timkiem|1|report|quan truoc 3/4/2026", cases.Search{Words: []string{"quan"}, To: day(2026, 4, 3)}},
		"quán 1/2-3/5":               {"timkiem|1|report|quan 1/2/2026-2/4/2026", cases.Search{Words: []string{"quan"}, From: day(2026, 2, 1), To: day(2026, 4, 3)}},
		"quán hát ở đầu ngõ xóm mới": {"", cases.Search{}},
	} {
		w := setup(t)
		w.report(nil)
		w.before = day(2026, 4, 2).Add(15 * time.Hour)
		got := w.says(officer, "/timkiem "+typed)[0]
		if !strings.Contains(got.text, "trước ngày 03/04/2026 chưa được tìm hết") || slices.Contains(got.labels, older) != (want.do != "") || strings.Contains(got.text, "“trước 03/04/2026”") != (want.do == "") {
			t.Errorf("%s: %+v", typed, got)
		}
		if want.do == "" {
			continue
		}
		if !slices.Contains(got.actions, want.do) {
			t.Errorf("%s: %q", typed, got.actions)
		}
		w.taps(officer, want.do)
		next, _ := asked.Load(w.fake)
		if diff := cmp.Diff(want.next, next, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: %s", typed, diff)
		}
	}
}

func TestSearchAsks(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.report(nil)
	if got := texts(w.says(officer, "/timkiem"), officer); !strings.Contains(got, "Gõ điều cần tìm") {
		t.Error(got)
	}
	if got := texts(w.says(officer, "dau ngo"), officer); !strings.Contains(got, "PA-26-0001") {
		t.Error(got)
	}
	if got := texts(w.says(officer, "/timkiem 31/2"), officer); !strings.Contains(got, "Không có ngày này") {
		t.Error(got)
	}
}

// Whatever is typed is answered, and what its buttons say fits.
func TestAnySearchIsAnswered(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		w := setup(t)
		w.report(nil)
		typed := rapid.OneOf(rapid.String(), rapid.StringMatching(`[a-zđêô"|~/0-9 –-]{0,60}`)).Draw(rt, "typed")
		chat := chatOf(rapid.SampledFrom([]cases.Role{cases.Officer, cases.Police, cases.Health}).Draw(rt, "role"))
		for _, c := range w.says(chat, "/timkiem "+typed) {
			for _, a := range c.actions {
				if len(a) > maxAction {
					rt.Fatalf("%q: a button of %d bytes", typed, len(a))
				}
			}
		}
	})
}

func TestMergeByButtons(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.report(nil)
	w.report(nil)
	list := w.says(officer, "/tuongtu 1")[0]
	if !strings.Contains(list.text, "PA-26-0002") || !list.protect {
		t.Fatalf("%+v", list)
	}
	ask := w.taps(officer, "gop|PA-26-0001|PA-26-0002")
	if got := texts(ask, officer); !strings.Contains(got, "Gộp PA-26-0002 vào PA-26-0001") || w.cases[1].Status == cases.Duplicate {
		t.Fatal(got)
	}
	done := w.taps(officer, "gop|PA-26-0001|PA-26-0002|ok")
	if got := texts(done, officer); !strings.Contains(got, "Đã gộp vào đây: PA-26-0002") {
		t.Error(got)
	}
	if got := texts(done, 900); !strings.Contains(got, "đang xem cùng thông tin tương tự") || strings.Contains(got, "PA-") {
		t.Errorf("the person reads %q", got)
	}
	card := w.says(officer, "/xem 2")[0]
	if !strings.Contains(card.text, "xem cùng <b>PA-26-0001</b>") || !strings.Contains(strings.Join(card.labels, " "), "✂️ Tách ra") {
		t.Errorf("%+v", card)
	}
	if got := texts(w.says(officer, "/tach 2"), officer); !strings.Contains(got, "Đang xác minh") || w.cases[1].Status != cases.Verifying {
		t.Error(got)
	}
	for _, line := range []string{"/gop", "/gop 1", "/gop 1 HT-26-1 ok", "/gop HT-26-1 1 ok", "/gop 1 99 ok", "/gop 1 1 ok", "/tach 2", "/tuongtu 99"} {
		if got := w.says(officer, line); len(got) != 1 || strings.Contains(got[0].text, "PA-26-") && line != "/gop" {
			t.Errorf("%s: %+v", line, got)
		}
	}
}

// Below three nothing is told of how many people wrote.
func TestSourcesFromThree(t *testing.T) {
	t.Parallel()
	for n, told := range map[int]bool{0: false, 1: false, 2: false, 3: true, 7: true} {
		w := setup(t)
		w.report(func(c *cases.Case) { c.Sources = n })
		if got := texts(w.says(officer, "/xem 1"), officer); strings.Contains(got, "tin độc lập") != told {
			t.Errorf("%d: %s", n, got)
		}
	}
}
