package cases_test

import (
	"strings"
	"testing"

	"tinbao/cases"
)

// A receipt that is read is one: written out it is read the same, and with one symbol
// changed or two swapped it is none.
func FuzzParseReceipt(f *testing.F) {
	valid, err := cases.NewReceipt(strings.NewReader("the same bytes give the same receipt"))
	if err != nil {
		f.Fatal(err)
	}
	for _, s := range []string{
		valid.String(), strings.ToLower(valid.String()), " " + strings.ReplaceAll(valid.String(), "-", " . ") + "\n", "", "222222-222222-222222", "ſſſſſſ-ſſſſſſ-ſſſſſſ",
		"000000-000000-000000", "\x00\xff", "ABCDEF\u202eGHJKMN", strings.Repeat("-", 10_000), strings.Repeat("2", 10_000),
	} {
		f.Add(s, 0, 1, byte('2'))
	}
	f.Fuzz(func(t *testing.T, s string, i, j int, other byte) {
		r, err := cases.ParseReceipt(s)
		if err != nil {
			if cases.KindOf(err) != cases.Invalid || cases.TextOf(err) != "receipt.notfound" || r != "" {
				t.Fatalf("%q: %q, %v", s, r, err)
			}
			r = valid
		}
		if again, err := cases.ParseReceipt(r.String()); err != nil || again != r {
			t.Fatalf("%q: written out it is %q: %q, %v", s, r.String(), again, err)
		}
		if len(r) != len(valid) || strings.Trim(string(r), cases.ReceiptAlphabet) != "" {
			t.Fatalf("%q became %q", s, r)
		}
		a, b := int(uint(i)%uint(len(r))), int(uint(j)%uint(len(r)))
		if wrong := []byte(r); wrong[a] != other && strings.IndexByte(cases.ReceiptAlphabet, other) >= 0 {
			wrong[a] = other
			if _, err := cases.ParseReceipt(string(wrong)); err == nil {
				t.Fatalf("%s is read, one symbol from %s", wrong, r)
			}
		}
		if swapped := []byte(r); swapped[a] != swapped[b] {
			swapped[a], swapped[b] = swapped[b], swapped[a]
			if _, err := cases.ParseReceipt(string(swapped)); err == nil {
				t.Fatalf("%s is read, a swap from %s", swapped, r)
			}
		}
	})
}

// The number of a case that is read is read again from what staff see of it.
func FuzzParseNumber(f *testing.F) {
	for _, s := range []string{"PA-26-0042", "pa 26 42", "ht7", "42", "0", "-1", "26-42", "9999999", "99999999", "PA-99-9999999", "٤٢", "PA-26-1\n; drop", "\u202e42", "1e3", "0x1", " "} {
		f.Add(s, 2026)
	}
	f.Fuzz(func(t *testing.T, s string, year int) {
		year = 2000 + int(uint(year)%100)
		for _, stream := range []cases.Stream{cases.ReportStream, cases.HelpStream} {
			n, err := cases.ParseNumber(s, stream, year)
			if err != nil {
				if cases.KindOf(err) != cases.Invalid || n != (cases.Number{}) {
					t.Fatalf("%q: %v, %v", s, n, err)
				}
				continue
			}
			if n.Seq < 1 || n.Seq > 9_999_999 || n.Year < 2000 || n.Year > 2099 || n.Stream != cases.ReportStream && n.Stream != cases.HelpStream {
				t.Fatalf("%q is %+v", s, n)
			}
			if again, err := cases.ParseNumber(n.String(), "none", 1); err != nil || again != n {
				t.Fatalf("%q is %s, which is %+v, %v", s, n, again, err)
			}
		}
	})
}
