package reports_test

import (
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/xuri/excelize/v2"

	"tinbao/cases"
	"tinbao/reports"
)

// cityOf is an export of two wards, the second with nothing in it.
func cityOf() reports.City {
	p := cases.Period{From: cases.Day{Year: 2026, Month: 1, Day: 1}, To: cases.Day{Year: 2026, Month: 6, Day: 30}}
	c := reports.NewCity(p, time.Date(2026, 7, 1, 3, 0, 0, 0, time.UTC))
	full := cases.Statistics{
		Period: p, Total: cases.Tally{Received: 103, OutOfScope: 8, Verified: 88, Classified: 80, Forwarded: 61, Late: 4, Open: 30},
		By: map[cases.Dimension]map[string]cases.Tally{
			cases.ByKind:   {string(cases.Feedback): {Received: 60}, "": {Received: 43}},
			cases.ByHamlet: {"1": {Received: 1}}, cases.ByStaff: {"7": {Received: 9}},
		},
		Stages: map[cases.Stage]cases.Spread{cases.StageVerify: {N: 88, Median: 20, P90: 47}},
		Help: &cases.HelpStatistics{
			Period: p, Received: cases.Cell{N: 23}, ByService: map[cases.Service]cases.Cell{cases.HealthCare: {N: 12}, cases.LegalAid: {N: 3, Hidden: true}, cases.Training: {Hidden: true}},
			Under18: cases.Cell{Hidden: true},
		},
	}
	c.Add(cases.Ward{ID: 1, Name: "phường Yên Nghĩa"}, full, cases.Coverage{Period: p, Register: 43, Inspected: 24, ByYear: map[int]cases.Ratio{2026: {Part: 24, Whole: 43}}})
	c.Add(cases.Ward{ID: 2, Name: "=HYPERLINK(\"x\")"}, cases.Statistics{Period: p}, cases.Coverage{Period: p})
	return c
}

func schema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(reports.CitySchema))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource("city.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := compiler.Compile("city.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestTheExportFitsItsSchema(t *testing.T) {
	t.Parallel()
	published, err := os.ReadFile("../docs/city.schema.json")
	if err != nil || !bytes.Equal(published, reports.CitySchema) {
		t.Errorf("docs/city.schema.json is not reports/city.schema.json (%v)", err)
	}
	s := schema(t)
	raw, err := cityOf().JSON()
	if err != nil {
		t.Fatal(err)
	}
	fits := func(raw []byte) error {
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		return s.Validate(doc)
	}
	if err := fits(raw); err != nil {
		t.Errorf("%v\n%s", err, raw)
	}
	// What the schema does not know is refused, so a field of tomorrow cannot slip out.
	for name, change := range map[string]func(doc map[string]any){
		"a hamlet": func(doc map[string]any) {
			doc["wards"].([]any)[0].(map[string]any)["by"].(map[string]any)["hamlet"] = []any{}
		},
		"a case":     func(doc map[string]any) { doc["wards"].([]any)[0].(map[string]any)["cases"] = []any{} },
		"below zero": func(doc map[string]any) { doc["wards"].([]any)[0].(map[string]any)["id"] = -1 },
		"no period":  func(doc map[string]any) { delete(doc, "period") },
		"no day": func(doc map[string]any) {
			doc["period"].(map[string]any)["from"] = "2026-02-30"
		},
	} {
		var doc map[string]any
		if err := json.Unmarshal(raw, &doc); err != nil {
			t.Fatal(err)
		}
		change(doc)
		changed, _ := json.Marshal(doc)
		if fits(changed) == nil {
			t.Errorf("%s fits", name)
		}
	}
}

func TestTheExportTellsOfNoPlaceAndNobody(t *testing.T) {
	t.Parallel()
	c := cityOf()
	for dimension := range c.Wards[0].By {
		if slices.Contains([]string{string(cases.ByHamlet), string(cases.ByStaff)}, dimension) {
			t.Errorf("it has figures by %s", dimension)
		}
	}
	h := c.Wards[0].Help
	if h.ByService["legal"] != nil || h.ByService["training"] != nil || h.Under18 != nil || *h.Received != 23 || *h.ByService["health"] != 12 {
		t.Errorf("help: %+v", h)
	}
	if c.Wards[1].Help != nil {
		t.Error("there is help where nothing may be told")
	}
}

func TestTheWorkbook(t *testing.T) {
	t.Parallel()
	words := func(group, key string) string { return group + ":" + key }
	raw, err := cityOf().XLSX(words)
	if err != nil {
		t.Fatal(err)
	}
	if folder := os.Getenv("CHARTS"); folder != "" {
		os.WriteFile(folder+"/city.xlsx", raw, 0o600)
	}
	again, err := cityOf().XLSX(words)
	if err != nil || !bytes.Equal(raw, again) {
		t.Errorf("the same figures give another file (%v)", err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	if got := f.GetSheetList(); !slices.Equal(got, []string{"Tổng hợp", "Phân tích", "Cơ sở", "Hỗ trợ"}) {
		t.Errorf("sheets: %q", got)
	}
	for cell, want := range map[string]string{
		"Tổng hợp!A2": "phường Yên Nghĩa", "Tổng hợp!B2": "103", "Tổng hợp!N2": "92,6%", "Tổng hợp!A3": `=HYPERLINK("x")`, "Tổng hợp!N3": "không phát sinh",
		"Phân tích!C3": "kind:phan_anh", "Phân tích!D3": "60", "Cơ sở!E2": "55,8%", "Cơ sở!F2": "60%", "Hỗ trợ!C2": "23", "Hỗ trợ!C5": "*", "Hỗ trợ!B20": "Chưa công bố được số liệu của kỳ này",
	} {
		sheet, at, _ := strings.Cut(cell, "!")
		if got, err := f.GetCellValue(sheet, at); err != nil || got != want {
			t.Errorf("%s is %q, want %q (%v)", cell, got, want, err)
		}
	}
	if formula, err := f.GetCellFormula("Tổng hợp", "A3"); err != nil || formula != "" {
		t.Errorf("a name is a formula: %q %v", formula, err)
	}
}
