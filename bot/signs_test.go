package bot_test

import (
	"html"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"pgregory.net/rapid"

	"tinbao/bot"
)

// What a person sees as one is one: nothing of it may be cut off.
func TestSigns(t *testing.T) {
	t.Parallel()
	for _, want := range [][]string{
		{"a", "b", "\n", "c"},
		{"👨‍👩‍👧‍👦", "👨‍👩‍👧‍👦"},
		{"👩🏻‍❤️‍💋‍👨🏿", "!"},
		{"🇻🇳", "🇬🇧", "🇻🇳", "x"},
		{"🇻🇳", "🇬"},
		{"🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"},
		{"N", "g", "u", "y", "e\u0302\u0303", "n"},
		{"1️⃣", "2️⃣"},
		{"👍🏽", "👍"},
		{"\u0302", "a"},
		{"a\u200d", " ", "b"},
		{"\n", "\u0302"},
		{"\xff", "\xfe", "a"},
	} {
		if got := slices.Collect(bot.Signs(strings.Join(want, ""))); !slices.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
	heap := slices.Collect(bot.Signs("a" + strings.Repeat("\u0302", 100)))
	for _, s := range heap {
		if n := len([]rune(s)); n > 16 {
			t.Errorf("%d characters are one sign", n)
		}
	}
}

func TestSignsAreTheWholeText(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOf(rapid.SampledFrom(parts)).Draw(t, "parts"), "")
		if got := strings.Join(slices.Collect(bot.Signs(s)), ""); got != s {
			t.Fatalf("%q became %q", s, got)
		}
		limit := rapid.IntRange(40, 60).Draw(t, "limit")
		got, n := bot.Short(s, limit), len(utf16.Encode([]rune(s)))
		switch cut, shortened := strings.CutSuffix(got, "…"); {
		case n <= limit && got != s:
			t.Fatalf("%d units of %d fit: %q", n, limit, got)
		case n > limit && (!shortened || !strings.HasPrefix(s, cut)):
			t.Fatalf("%q is no beginning of %q", got, s)
		case len(utf16.Encode([]rune(got))) > limit:
			t.Fatalf("%d units of %d", len(utf16.Encode([]rune(got))), limit)
		}
	})
}

// parts are what texts of the tests are put together from.
var parts = []string{
	"a", "ệ", "e\u0323\u0302", "\u0302", "👨‍👩‍👧", "🇻", "🏻", "\u200d", " ", "\n", "<", "&", "\xff", "\xed\xa0\x80", "\u202e", "\u2067", "\u200b", "\x00", "\u2028✅",
}

// At the edge of a message, of a caption and of a toast the last sign is there or it
// is not; half a family or a letter without its marks is never shown.
func TestNothingIsCutInHalf(t *testing.T) {
	t.Parallel()
	for _, sign := range []string{"👨‍👩‍👧‍👦", "👩🏻‍❤️‍💋‍👨🏿", "🇻🇳", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "e\u0323\u0302", "👍🏽", "🚨", "&", "<"} {
		size := len(utf16.Encode([]rune(sign)))
		for before := 4096 - 3*size - 6; before <= 4096; before++ {
			words := strings.Repeat("x", before) + strings.Repeat(sign, 3)
			text, n := shown(marked.Call(in("bare", words)).Params["text"])
			whole := before+3*size <= 4096
			if whole && text != words || n > 4096 {
				t.Fatalf("%d × x and 3 × %q: %d units are shown", before, sign, n)
			}
			rest := strings.TrimLeft(strings.TrimSuffix(text, "\n…"), "x")
			if strings.ReplaceAll(rest, sign, "") != "" {
				t.Fatalf("%d × x: of 3 × %q %q is shown", before, sign, rest)
			}
		}
	}
}

// Messages of 4,095 and 4,096 characters are whole, also when each takes two units
// of what Telegram counts or five letters of HTML; of more the beginning is shown.
func TestMessagesAtTheLimit(t *testing.T) {
	t.Parallel()
	sim, base := telegram(t)
	if _, err := sim.Start(an, ""); err != nil {
		t.Fatal(err)
	}
	c := client(t, base, "")
	for _, sign := range []string{"x", "ệ", "<", "🚨"} {
		size := len(utf16.Encode([]rune(sign)))
		for _, units := range []int{4095, 4096, 4097} {
			words := strings.Repeat("y", units%size) + strings.Repeat(sign, units/size)
			out := marked.Call(in("bare", words))
			if err := c.Deliver(t.Context(), out.Encode()); err != nil {
				t.Errorf("%d units of %s: %v", units, sign, err)
			}
			last, _ := sim.LastMessage(an)
			if got := html.UnescapeString(last.Text); (got == words) != (units <= 4096) {
				t.Errorf("%d units of %s: %d are shown", units, sign, len(utf16.Encode([]rune(got))))
			}
		}
	}
}
