package cases_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tinbao/cases"
)

// Every field that holds words of the person is in the list that card, full text, cover,
// slip and search walk, and can be covered.
func TestEveryWordOfAReportIsListed(t *testing.T) {
	t.Parallel()
	var c cases.ReportContent
	v := reflect.ValueOf(&c).Elem()
	var fields []string
	for i := range v.NumField() {
		if v.Field(i).Type() == reflect.TypeFor[string]() {
			v.Field(i).SetString("lời " + v.Type().Field(i).Name)
			fields = append(fields, "lời "+v.Type().Field(i).Name)
		}
	}
	var said []string
	for _, p := range c.Words() {
		said = append(said, p.Text)
		if !c.SetWords(p.Key, cases.CoverMark) {
			t.Errorf("%s cannot be covered", p.Key)
		}
	}
	slices.Sort(fields)
	slices.Sort(said)
	if !slices.Equal(fields, said) {
		t.Errorf("the report has %q, and %q are listed", fields, said)
	}
	for field, f := range v.Fields() {
		if f.Type() == reflect.TypeFor[string]() && f.String() != cases.CoverMark {
			t.Errorf("%s is not covered", field.Name)
		}
	}
	if c.SetWords("other", "x") {
		t.Error("a field that does not exist was set")
	}
}

func TestEveryWordOfARequestIsListed(t *testing.T) {
	t.Parallel()
	var h cases.HelpContent
	v := reflect.ValueOf(&h).Elem()
	n := 0
	for _, field := range v.Fields() {
		if field.Type() == reflect.TypeFor[string]() {
			field.SetString("lời")
			n++
		}
	}
	if len(h.Words()) != n {
		t.Errorf("%d fields, listed: %v", n, h.Words())
	}
}

// Whatever is chosen, nothing is lost or counted twice, and a request that a volunteer may
// find unasked is about nothing but services of the support team.
func TestPrimaryService(t *testing.T) {
	t.Parallel()
	all := append(slices.Clone(cases.Services), cases.OtherNeed, "unknown")
	rapid.Check(t, func(t *rapid.T) {
		chosen := rapid.SliceOf(rapid.SampledFrom(all)).Draw(t, "chosen")
		first, others := cases.Primary(chosen)
		got := append([]cases.Service{first}, others...)
		for _, s := range cases.Services {
			if slices.Contains(chosen, s) != slices.Contains(got, s) {
				t.Fatalf("%v became %v", chosen, got)
			}
		}
		if len(slices.Compact(slices.Sorted(slices.Values(got)))) != len(got) || slices.Contains(others, cases.OtherNeed) {
			t.Fatalf("%v became %v", chosen, got)
		}
		if slices.Contains(cases.SupportServices, first) && slices.ContainsFunc(others, func(s cases.Service) bool { return !slices.Contains(cases.SupportServices, s) }) {
			t.Fatalf("a volunteer finds %v", got)
		}
	})
}

func TestForcedIsUrgent(t *testing.T) {
	t.Parallel()
	if !(cases.NewCase{Help: &cases.HelpContent{Service: cases.OtherNeed, Forced: true}}).Urgent() {
		t.Error("somebody who is held waits in the queue")
	}
}

// Points in a message are read as they were written, and nothing else is one.
func TestPointsInAMessage(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := cases.Place{Lat: rapid.Float64Range(-90, 90).Draw(t, "lat"), Lon: rapid.Float64Range(-180, 180).Draw(t, "lon")}
		line := cases.Point{At: p, Kind: "vị trí chính xác, người gửi đồng ý"}.String()
		got := cases.PointsIn("trước\n" + line + "\nsau")
		if len(got) != 1 || abs(got[0].At.Lat-p.Lat) > 1e-5 || abs(got[0].At.Lon-p.Lon) > 1e-5 || !strings.Contains(line, got[0].Kind) {
			t.Fatalf("%s: %v", line, got)
		}
	})
	for _, words := range []string{"", "📍", "📍 1,2 (x)", "gần 📍 20.95512,105.74871 (x)", "📍 99.00000,105.00000 (x)", "📍 20.95512,199.00000 (x)"} {
		if got := cases.PointsIn(words); got != nil {
			t.Errorf("%q: %v", words, got)
		}
	}
}

func abs(f float64) float64 { return max(f, -f) }
