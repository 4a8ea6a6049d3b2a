package locale_test

import (
	"regexp"
	"slices"
	"testing"
	"time"

	"tinbao/locale"
)

func none(any) (string, bool) { return "", false }

var slot = regexp.MustCompile(`\{\w+(?::\w+)?\}`)

func TestBothLanguagesAreComplete(t *testing.T) {
	t.Parallel()
	c := locale.Catalogue{}
	for _, key := range c.Keys() {
		if !c.Has(key) {
			t.Errorf("%s is missing in English", key)
			continue
		}
		var slots [2][]string
		for i, lang := range locale.Languages {
			slots[i] = slot.FindAllString(c.Format(lang, key, nil, none), -1)
			slices.Sort(slots[i])
		}
		if !slices.Equal(slots[0], slots[1]) {
			t.Errorf("%s: values differ: %v", key, slots)
		}
	}
}

func TestValues(t *testing.T) {
	t.Parallel()
	c := locale.Catalogue{}
	at := time.Date(2026, 3, 1, 20, 5, 0, 0, time.UTC)
	for _, k := range []struct {
		key, want string
		args      map[string]any
	}{
		{"review.text", "• Nội dung: &lt;b&gt;1 &amp; 2", map[string]any{"value": "<b>1 & 2"}},
		{"dialog.kept.text", "📝 Đã ghi (1.234). Bạn có thể viết thêm, gửi ảnh, video, ghi âm, hoặc bấm “Xong”.", map[string]any{"n": 1234, "done": "Xong"}},
		{"lookup.received", "Nhận lúc 03:05 02/03/2026", map[string]any{"at": at}},
		{"lookup.received", "Nhận lúc —", map[string]any{"at": time.Time{}}},
		{"words", "a &lt; b", map[string]any{"words": "a < b"}},
		{"words", "ngõ 21", map[string]any{"words": "\u202engõ\u202c \u206621"}},
		{"review.when", "• Khi nào: ngõ 👩‍👧", map[string]any{"value": "\u202engõ 👩‍👧"}},
		{"queue.due", " · hạn hết ngày 01/03/2026", map[string]any{"due": time.Date(2026, 3, 1, 17, 0, 0, 0, time.UTC)}},
		{"queue.due", " · hạn 03:05 02/03/2026", map[string]any{"due": at}},
		{"no.such.key", "no.such.key", nil},
	} {
		if got := c.Format("vi", k.key, k.args, none); got != k.want {
			t.Errorf("%s: %q, want %q", k.key, got, k.want)
		}
	}
	if got := locale.Integer("en", -1234567); got != "-1,234,567" {
		t.Error(got)
	}
}
