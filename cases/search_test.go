package cases_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tinbao/cases"
)

func TestFits(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.SliceOfN(rapid.SampledFrom([]string{"Nhà", "nghỉ", "ĐƯỜNG", "đêm", "chợ,", "quán?"}), 1, 12).Draw(rt, "text")
		some := rapid.SliceOf(rapid.SampledFrom(text)).Draw(rt, "some of it")
		q := cases.Search{Words: cases.WordsOf(strings.Join(some, " "))}
		if !q.Fits("Sen 42", strings.Join(text, " ")) {
			rt.Fatalf("%v is not found in %v", q.Words, text)
		}
		q.Words = append(q.Words, "khong")
		if q.Fits("Sen 42", strings.Join(text, " ")) {
			rt.Fatal("a word that is not there is found")
		}
	})
}

func TestOverlap(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		word := rapid.SampledFrom([]string{"nhà", "nghỉ", "quán", "đêm", "", "…"})
		a := strings.Join(rapid.SliceOf(word).Draw(rt, "a"), " ")
		b := strings.Join(rapid.SliceOf(word).Draw(rt, "b"), " ")
		one, other := cases.Overlap(a, b), cases.Overlap(b, a)
		if one != other || one < 0 || one > 1 {
			rt.Fatalf("%q and %q: %v, %v", a, b, one, other)
		}
		if len(cases.WordsOf(a)) > 0 && cases.Overlap(a, strings.ToUpper(a)) != 1 {
			rt.Fatalf("%q is not like itself", a)
		}
	})
	if cases.Overlap("", "") != 0 || cases.Overlap("nhà", "quán") != 0 {
		t.Error("texts with nothing in common")
	}
}

func TestClosest(t *testing.T) {
	t.Parallel()
	mine := cases.ReportContent{Hamlet: 1, Text: "một hai ba bốn năm"}
	var all []cases.Similar
	for i, text := range []string{"sáu", "một hai ba bốn năm", "bảy", "một hai", "tám", "chín", "mười"} {
		if s, ok := cases.SimilarTo(mine, cases.ReportContent{Hamlet: 1, Text: text}, cases.Number{Stream: cases.ReportStream, Year: 2026, Seq: i + 1}, cases.Received, time.Unix(int64(i), 0)); ok {
			all = append(all, s)
		}
	}
	got := cases.Closest(all)
	if len(got) != cases.SimilarMost || got[0].Number.Seq != 2 || got[1].Number.Seq != 4 || got[2].Number.Seq != 7 {
		t.Errorf("%+v", got)
	}
	if _, ok := cases.SimilarTo(mine, cases.ReportContent{Hamlet: 2, Text: "một hai"}, cases.Number{}, cases.Received, time.Time{}); ok {
		t.Error("another place and other words")
	}
}

// The number of independent reports is never more than there are people, and a number
// that stays low is possible whoever wrote.
func TestSourcesNeverCountAPersonTwice(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		chats := rapid.SliceOfN(rapid.SliceOfN(rapid.Int64Range(1, 6), 0, 3), 1, 10).Draw(rt, "chats")
		coins := rapid.SliceOfN(rapid.Bool(), len(chats), len(chats)).Draw(rt, "coins")
		people := map[int64]bool{}
		for _, of := range chats {
			for _, chat := range of {
				people[chat] = true
			}
		}
		n := cases.Sources(chats, func(i int) bool { return coins[i] })
		if n > len(people) || n > len(chats) || n > 0 && n < cases.SourcesShown {
			rt.Fatalf("%d of %d people", n, len(people))
		}
		if cases.Sources(chats, func(int) bool { return false }) != 0 {
			rt.Fatal("without luck something is told")
		}
	})
	apart := [][]int64{{1}, {2}, {3}, {}, {4}}
	if n := cases.Sources(apart, func(int) bool { return true }); n != 4 {
		t.Errorf("four people and one without a way back: %d", n)
	}
}

func TestMayMergeAndPart(t *testing.T) {
	t.Parallel()
	number := func(seq int) cases.Number { return cases.Number{Stream: cases.ReportStream, Year: 2026, Seq: seq} }
	open := cases.Case{ID: "a", Number: number(1), Status: cases.Received}
	for _, tr := range cases.Transitions {
		if tr.Stream != cases.ReportStream {
			continue
		}
		for _, s := range tr.From {
			into := cases.Case{ID: "b", Number: number(2), Status: s}
			if err := cases.MayMerge(open, into); (err == nil) == s.Final() {
				t.Errorf("with one that is %s: %v", s, err)
			}
			// Whatever can be merged comes back to where it stood.
			if to, err := cases.Next(cases.ReportStream, s, cases.Merge, false); err == nil && (to != cases.Duplicate || s.Final()) {
				t.Errorf("merged from %s to %s", s, to)
			}
		}
	}
	if cases.MayPart(open) == nil || cases.MayPart(cases.Case{MergedInto: number(2), MergedEnded: true}) == nil || cases.MayPart(cases.Case{MergedInto: number(2)}) != nil {
		t.Error("parting")
	}
}
