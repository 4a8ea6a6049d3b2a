package cases_test

import (
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tinbao/cases"
)

func TestParseCount(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]int64{
		"40": 40, " 40 ": 40, "0": 0, "007": 7, "1.234": 1234, "1234": 1234, "1,234": 1234, "1 234": 1234, "1\u00a0234": 1234, "1.000.000": 1000000,
		"": -1, "-5": -1, "1.5": -1, "12.34": -1, "1.234,567": -1, "bốn mươi": -1, "40 người": -1, "1.000.001": -1, "99999999999999999999": -1, "1e3": -1, "٤٠": -1,
	} {
		got, err := cases.ParseCount(s)
		if err != nil {
			got = -1
		}
		if got != want {
			t.Errorf("%q: %d %v", s, got, err)
		}
	}
}

func TestParseMoney(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]int64{
		"0": 0, "12.500.000": 12_500_000, "12500000": 12_500_000, "12,500,000 VND": 12_500_000, "12.500.000 đ": 12_500_000, "12.500.000₫": 12_500_000, "12 500 000 đồng": 12_500_000,
		"1,5 triệu": 1_500_000, "1.5 triệu": 1_500_000, "1,5tr": 1_500_000, "1.25 TRIỆU đồng": 1_250_000, "500k": 500_000, "500 nghìn": 500_000, "500 ngàn": 500_000,
		"2 tỷ": 2_000_000_000, "1 tỷ 200 triệu": 1_200_000_000, "1.500 triệu": 1_500_000_000, "1 ty 200 trieu 500 nghin": 1_200_500_000,
		"50": -1, "1,500 triệu": -1, "triệu": -1, "1 triệu 2 tỷ": -1, "1tr5": -1, "-5 triệu": -1, "": -1, "năm triệu": -1, "1.000 tỷ": 1_000_000_000_000, "1.001 tỷ": -1, "5 usd": -1, "999999999999999": -1,
	} {
		got, err := cases.ParseMoney(s)
		if err != nil {
			got = -1
		}
		if got != want {
			t.Errorf("%q: %d %v", s, got, err)
		}
	}
}

func TestParsePastDay(t *testing.T) {
	t.Parallel()
	now := onDay("2026-11-24")
	for s, want := range map[string]string{
		"12/3": "2026-03-12", "12/03/2026": "2026-03-12", "12-3-26": "2026-03-12", "12.3.2026": "2026-03-12", "2026-03-12": "2026-03-12", "24/11": "2026-11-24", "25/11": "2025-11-25",
		"hôm nay": "2026-11-24", "Hôm qua": "2026-11-23", "today": "2026-11-24",
		"25/11/2026": "registers.error.future", "31/2": "registers.error.day", "12": "registers.error.day", "": "registers.error.day", "0/0/0": "registers.error.day", "ngày mai": "registers.error.day",
	} {
		d, err := cases.ParsePastDay(s, now)
		got := cases.DayText(d)
		if err != nil {
			got = cases.TextOf(err)
		}
		if got != want {
			t.Errorf("%q: %s, want %s", s, got, want)
		}
	}
}

func TestReadAnswer(t *testing.T) {
	t.Parallel()
	question := func(form, key, kind string) cases.RegisterQuestion {
		r, err := cases.RegisterOf(form)
		q, ok := r.Question(key, cases.Answers{"kind": kind})
		if err != nil || !ok {
			t.Fatalf("%s.%s", form, key)
		}
		return q
	}
	for _, k := range []struct {
		q          cases.RegisterQuestion
		said, want string
	}{
		{question("meetings", "day", ""), "1/1/2025", "2025-01-01"},
		{question("meetings", "day", ""), "31/12/2024", "registers.error.early"},
		{question("hotspots", "day", ""), "31/12/2024", "2024-12-31"},
		{question("meetings", "meetings", ""), "0", "registers.error.least"},
		{question("meetings", "meetings", ""), "-", "registers.error.count"},
		{question("meetings", "title", ""), "-", "-"},
		{question("meetings", "title", ""), " ", "registers.error.words"},
		{question("meetings", "title", ""), strings.Repeat("ă", 500), strings.Repeat("ă", 500)},
		{question("meetings", "title", ""), strings.Repeat("ă", 501), "registers.error.long"},
		{question("remarks", "words", ""), "-", "registers.error.words"},
		{question("communication", "form", ""), "direct", "direct"},
		{question("communication", "form", ""), "trực tiếp", "registers.error.choice"},
		{question("communication", "regular", ""), "Có", "yes"},
		{question("communication", "regular", ""), "không", "no"},
		{question("communication", "regular", ""), "chắc vậy", "registers.error.yesno"},
		{question("results", "fines", "administrative"), "12,5 triệu", "12500000"},
	} {
		got, err := k.q.ReadAnswer(k.said, onDay("2026-11-24"))
		if err != nil {
			got = cases.TextOf(err)
		}
		if got != k.want {
			t.Errorf("%s %q: %q, want %q", k.q.Key, k.said, got, k.want)
		}
	}
	r, _ := cases.RegisterOf("results")
	if _, asked := r.Question("fines", cases.Answers{"kind": "penal"}); asked {
		t.Error("fines of a penal case")
	}
}

// A number is read as it is written, with and without groups; nothing typed stops the
// program.
func TestNumbersAreReadAsWritten(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(0, cases.MostCounted).Draw(t, "n")
		plain := strconv.FormatInt(n, 10)
		mark := rapid.SampledFrom([]string{".", ",", " ", ""}).Draw(t, "mark")
		grouped := plain
		for i := len(plain) - 3; i > 0; i -= 3 {
			grouped = grouped[:i] + mark + grouped[i:]
		}
		if got, err := cases.ParseCount(grouped); err != nil || got != n {
			t.Fatalf("%q: %d %v", grouped, got, err)
		}
		if got, err := cases.ParseMoney(strconv.FormatInt(n, 10) + "000 đ"); err != nil || got != n*1000 {
			t.Fatalf("%d: %d %v", n, got, err)
		}
		_, _ = cases.ParseMoney(rapid.String().Draw(t, "any"))
		_, _ = cases.ParsePastDay(rapid.String().Draw(t, "any day"), onDay("2026-11-24"))
	})
}
