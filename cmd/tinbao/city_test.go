package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/xuri/excelize/v2"

	"tinbao/cases"
	paper "tinbao/reports"
	"tinbao/storage"
)

// The figures of two wards in one installation are written apart, fit their schema, and
// are signed; what was changed afterwards is noticed.
func TestCityExport(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	s.clock.real()
	if err := storage.PutWard(t.Context(), s.settings.DatabaseURL, cases.Ward{ID: 2, Name: "phường Hòa Bình", Hamlets: []string{"Tổ 1"}}); err != nil {
		t.Fatal(err)
	}
	v := s.visitor("203.0.113.77:4711")
	for range 2 {
		if status, page := v.report(nil); status != http.StatusOK {
			t.Fatalf("%d\n%s", status, page)
		}
	}
	s.settle()
	dir := t.TempDir()
	key := filepath.Join(dir, "city.key")
	env := []string{
		"DATABASE_URL=" + s.settings.DatabaseURL, "TINBAO_KEYS=" + s.settings.Keys, "TINBAO_KEK=" + s.settings.KEK, "TINBAO_TELEGRAM_TOKEN=" + testToken, "TINBAO_CITY_KEY=" + key,
	}
	run := func(want int, args ...string) string {
		t.Helper()
		out, code := command(t, env, args...)
		if code != want {
			t.Fatalf("%q ends with %d:\n%s", args, code, out)
		}
		return out
	}
	year := cases.DayOf(s.app.now()).Year
	period := strconv.Itoa(year) + "-01-01.." + strconv.Itoa(year) + "-12-31"
	folder := filepath.Join(dir, "out")
	if out := run(2, "export", "city", "--period", period, "--out", folder); !strings.Contains(out, "TINBAO_CITY_KEY: there is no such file") {
		t.Error(out)
	}
	if out := run(0, "keys", "city"); !strings.Contains(out, "BEGIN PUBLIC KEY") {
		t.Error(out)
	}
	run(2, "keys", "city")
	for _, wrong := range []string{"2026", "2026-06-30..2026-01-01", "2026-01-01..x"} {
		if out := run(2, "export", "city", "--period", wrong, "--out", folder); !strings.Contains(out, "--period: must be two days") {
			t.Error(out)
		}
	}
	run(0, "export", "city", "--period", period, "--out", folder)
	name := filepath.Join(folder, "city-"+period)
	raw, err := os.ReadFile(name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	fitsCity(t, raw)
	var city paper.City
	if err := json.Unmarshal(raw, &city); err != nil {
		t.Fatal(err)
	}
	got := map[string]int{}
	for _, w := range city.Wards {
		got[w.Name] = w.Reports.Received
	}
	if len(city.Wards) != 2 || got["phường Yên Nghĩa"] != 2 || got["phường Hòa Bình"] != 0 {
		t.Errorf("%s", raw)
	}
	book, err := excelize.OpenFile(name + ".xlsx")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := book.GetRows("Phân tích")
	if err != nil || !slices.ContainsFunc(rows, func(r []string) bool { return len(r) > 3 && r[1] == "Theo loại thông tin" && r[3] == "2" }) {
		t.Errorf("%q %v", rows, err)
	}
	for _, r := range slices.Concat(rows...) {
		if strings.ContainsAny(r, "._") { // a key of a text that does not exist
			t.Errorf("the workbook says %q", r)
		}
	}
	run(0, "export", "verify", "--key", key+".pub", name+".json", name+".xlsx")
	if err := os.WriteFile(name+".json", bytes.Replace(raw, []byte(`"received": 2`), []byte(`"received": 9`), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	if out := run(2, "export", "verify", "--key", key+".pub", name+".xlsx", name+".json"); !strings.Contains(out, ".json: is NOT as it was signed") {
		t.Error(out)
	}
	if out := run(0, "export", "schema"); out != string(paper.CitySchema) {
		t.Error(out)
	}
}

func fitsCity(t *testing.T, raw []byte) {
	t.Helper()
	schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(paper.CitySchema))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource("city.schema.json", schema); err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	if err := compiler.MustCompile("city.schema.json").Validate(doc); err != nil {
		t.Errorf("%v\n%s", err, raw)
	}
}
