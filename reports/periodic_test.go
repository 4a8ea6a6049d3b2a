package reports_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"tinbao/cases"
	"tinbao/reports"
)

// picture is a small chart.
func picture(t *testing.T) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 400, 200))
	for x := 50; x < 350; x++ {
		for y := 200 - x/2; y < 200; y++ {
			m.Set(x, y, color.RGBA{0, 90, 160, 255})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// halfYear is a report with a figure in every field.
func halfYear(t *testing.T) reports.Periodic {
	t.Helper()
	p := reports.Periodic{
		Ward: "phường Yên Nghĩa", About: reports.About("6 tháng đầu năm 2027"), Span: "01/01/2027–30/06/2027", Draft: true,
		From: time.Date(2027, 1, 1, 0, 0, 0, 0, cases.Vietnam), To: time.Date(2027, 6, 30, 0, 0, 0, 0, cases.Vietnam), Made: time.Date(2027, 7, 5, 9, 0, 0, 0, cases.Vietnam),
		Types:      []reports.PeriodicCount{{"Khách sạn, nhà khách", 4}, {"Karaoke", 7}},
		Risks:      []reports.PeriodicCount{{"Cao", 2}, {"Trung bình", 5}},
		KindSource: reports.PeriodicGrid{Columns: []string{"Bot", "Web", "Điện thoại", "Trực tiếp", "Đơn thư", "iHanoi"}, Rows: []reports.PeriodicGridRow{{"Phản ánh", []int{12, 3, 4, 0, 1, 2}}, {"Chưa phân loại", []int{1, 0, 0, 0, 0, 0}}}},
		Words:      []reports.PeriodicWords{{"Công an phường", "Lực lượng mỏng.\nĐịa bàn rộng.", "Bổ sung biên chế."}, {"Trạm Y tế phường", "", ""}},
		Charts: []reports.PeriodicChart{
			{Name: "xu_huong", Title: "Tin tiếp nhận theo tháng", PNG: picture(t), Line: true, Points: []string{"T1", "T2", "T3"}, Series: []reports.PeriodicSeries{{"Kỳ này", []float64{3, 5, 2}}, {"Cùng kỳ năm trước", []float64{1, 4, 4}}}},
			{Name: "phu", Title: "Tỷ lệ cơ sở đã kiểm tra", PNG: picture(t), Points: []string{"2026", "2027"}, Series: []reports.PeriodicSeries{{"Đã đạt (%)", []float64{61.5, 66.7}}, {"Chỉ tiêu (%)", []float64{60, 70}}}},
		},
	}
	at := map[string]int{}
	for i, f := range cases.Fields {
		letter := f.Key.Group()
		if _, ok := at[letter]; !ok {
			at[letter] = len(p.Groups)
			p.Groups = append(p.Groups, reports.PeriodicGroup{Letter: letter, Title: "Nhóm " + letter})
		}
		row := reports.PeriodicRow{Key: string(f.Key), Label: "Chỉ tiêu " + string(f.Key), Origin: "hệ thống", Definition: "=cách tính", Where: "/so"}
		for c := range row.Cells {
			row.Cells[c] = reports.PeriodicCell{Text: fmt.Sprint(i + c), Number: float64(i + c), Counted: true}
		}
		switch f.Type {
		case cases.RatioField:
			row.Cells = [3]reports.PeriodicCell{{Text: "66,7% (2/3)", Number: 2.0 / 3, Counted: true, Share: true}, {Text: "không phát sinh"}, {Text: "không phát sinh"}}
		case cases.TextField:
			row.Words, row.Cells = true, [3]reports.PeriodicCell{{Text: "Dòng một & hai.\nDòng ba."}}
		}
		g := &p.Groups[at[letter]]
		g.Rows = append(g.Rows, row)
	}
	return p
}

func unzip(t *testing.T, file []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all[f.Name] = string(body)
	}
	return all
}

// rezip is a document with some parts as they are given.
func rezip(t *testing.T, file []byte, change map[string]string) []byte {
	t.Helper()
	all := unzip(t, file)
	maps.Copy(all, change)
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	names := []string{}
	for name := range all {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(all[name]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func template(t *testing.T) []byte {
	t.Helper()
	b, err := reports.DefaultTemplate()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func docx(t *testing.T, p reports.Periodic) []byte {
	t.Helper()
	b, err := p.Docx()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// keep writes a file where TINBAO_LOOK says, for people who want to look at it.
func keep(t *testing.T, name string, body []byte) {
	t.Helper()
	if dir := os.Getenv("TINBAO_LOOK"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, name), body, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestPeriodicDocx(t *testing.T) {
	t.Parallel()
	p := halfYear(t)
	file := docx(t, p)
	keep(t, "draft.docx", file)
	if !bytes.Equal(file, docx(t, p)) {
		t.Error("the same report makes other bytes")
	}
	all := unzip(t, file)
	body := all["word/document.xml"]
	for _, want := range []string{
		"PHƯỜNG YÊN NGHĨA", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: ……… /BC-UBND", "Yên Nghĩa, ngày …… tháng ……", "DỰ THẢO",
		"Kết quả thực hiện công tác phòng, chống mại dâm 6 tháng đầu năm 2027", "KT. CHỦ TỊCH", "Nơi nhận:", "Công an phường: Lực lượng mỏng.", "Địa bàn rộng.", "Dòng một &amp; hai.", "không phát sinh", "01/01/2027",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("%q is missing", want)
		}
	}
	if strings.Contains(body, "{{") || strings.Contains(body, "ĐIỀU CHỈNH") {
		t.Error("a placeholder is left, or a mark that does not apply")
	}
	if all["word/media/bieudo1.png"] == "" || !strings.Contains(all["word/_rels/document.xml.rels"], "media/bieudo2.png") || !strings.Contains(all["[Content_Types].xml"], "image/png") {
		t.Error("the pictures are not in the document")
	}
	for _, f := range cases.Fields {
		if f.Type != cases.TextField && !strings.Contains(body, "Chỉ tiêu "+string(f.Key)+"<") {
			t.Errorf("%s is in no table", f.Key)
		}
	}
}

func TestCorrectedReport(t *testing.T) {
	t.Parallel()
	p := halfYear(t)
	p.Draft, p.Correction = false, 2
	p.Changes = []reports.PeriodicChange{{"Số tin tiếp nhận", "Kỳ này", "4", "5"}}
	file := docx(t, p)
	keep(t, "corrected.docx", file)
	body := unzip(t, file)["word/document.xml"]
	if strings.Contains(body, "DỰ THẢO") || !strings.Contains(body, "BẢN ĐIỀU CHỈNH LẦN 2") || !strings.Contains(body, "Điều chỉnh thành") {
		t.Error("a correction does not look like one")
	}
}

func TestTemplateOfTheWard(t *testing.T) {
	t.Parallel()
	body := unzip(t, template(t))["word/document.xml"]
	// As Word leaves it: a placeholder cut into runs, with marks of its spelling between.
	cut := strings.Replace(body, "{{B.sessions}} buổi", `{</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:rPr><w:b/></w:rPr><w:t>{B.sess</w:t></w:r><w:r><w:t>ions}}</w:t></w:r><w:r><w:t xml:space="preserve"> lượt {{D.received|luy_ke}} và buổi`, 1)
	if cut == body {
		t.Fatal("the sentence of group B is not as it was")
	}
	own := rezip(t, template(t), map[string]string{"word/document.xml": cut})
	if f := reports.Check(own); f.Any() {
		t.Fatalf("%+v", f)
	}
	p := halfYear(t)
	file, err := p.Fill(own)
	if err != nil {
		t.Fatal(err)
	}
	filled := unzip(t, file)["word/document.xml"]
	if strings.Contains(filled, "{") || !strings.Contains(filled, "<w:t xml:space=\"preserve\"> lượt ") {
		t.Error("the cut placeholder is not filled")
	}
	if f := reports.Check(template(t)); f.Any() {
		t.Errorf("the built-in template: %+v", f)
	}
}

func TestCheckOfTemplates(t *testing.T) {
	t.Parallel()
	good := template(t)
	parts := unzip(t, good)
	body, types, rels := parts["word/document.xml"], parts["[Content_Types].xml"], parts["word/_rels/document.xml.rels"]
	with := func(name, text string) []byte { return rezip(t, good, map[string]string{name: text}) }
	in := func(old, fresh string) []byte {
		return with("word/document.xml", strings.Replace(body, old, fresh, 1))
	}
	for name, tc := range map[string]struct {
		file []byte
		is   func(reports.Faults) bool
	}{
		"no document":           {[]byte("hello"), func(f reports.Faults) bool { return f.NotWord }},
		"broken":                {with("word/document.xml", body[:len(body)-20]), func(f reports.Faults) bool { return f.NotWord }},
		"entities":              {with("word/document.xml", `<!DOCTYPE x [<!ENTITY a "b">]>`+body), func(f reports.Faults) bool { return f.NotWord }},
		"too large":             {make([]byte, reports.MaxTemplate+1), func(f reports.Faults) bool { return f.NotWord }},
		"unpacks to too much":   {with("word/media/a.bin", strings.Repeat("a", 25<<20)), func(f reports.Faults) bool { return f.NotWord }},
		"macros":                {with("word/vbaProject.bin", "x"), func(f reports.Faults) bool { return f.Macros }},
		"type with macros":      {with("[Content_Types].xml", strings.Replace(types, "document.main+xml", "document.macroEnabled.main+xml", 1)), func(f reports.Faults) bool { return f.Macros }},
		"an object":             {with("word/embeddings/oleObject1.bin", "x"), func(f reports.Faults) bool { return f.Macros }},
		"a link":                {with("word/_rels/document.xml.rels", strings.Replace(rels, "</Rel", `<Relationship Id="r9" Type="x" Target="http://a.example/" TargetMode="External"/></Rel`, 1)), func(f reports.Faults) bool { return f.Links }},
		"a field that fetches":  {in("{{ghi_chu}}</w:t></w:r>", `{{ghi_chu}}</w:t></w:r><w:r><w:instrText> INCLUDE</w:instrText></w:r><w:r><w:instrText>TEXT "http://a.example"</w:instrText></w:r>`), func(f reports.Faults) bool { return f.Links }},
		"tracked changes":       {in("<w:r>", `<w:ins w:author="Ai đó"/><w:r>`), func(f reports.Faults) bool { return f.Traces }},
		"unknown":               {in("{{B.sessions}}", "{{B.sesions}}"), func(f reports.Faults) bool { return slices.Equal(f.Unknown, []string{"{{B.sesions}}"}) }},
		"unknown column":        {in("{{B.sessions}}", "{{B.sessions|nam_kia}}"), func(f reports.Faults) bool { return len(f.Unknown) == 1 }},
		"table within words":    {in("{{B.sessions}}", "{{bang:B}}"), func(f reports.Faults) bool { return len(f.Unknown) == 1 }},
		"half a placeholder":    {in("{{B.sessions}}", "{{B.sessions}"), func(f reports.Faults) bool { return len(f.Unknown) == 1 }},
		"no mark of drafts":     {in("{{du_thao}}", ""), func(f reports.Faults) bool { return slices.Equal(f.Missing, []string{"{{du_thao}}"}) }},
		"no group I":            {in("{{bang:I}}", ""), func(f reports.Faults) bool { return slices.Equal(f.MissingGroups, []string{"I"}) }},
		"fields in the heading": {with("word/header1.xml", strings.Replace(parts["word/header1.xml"], "<w:r>", "<w:r><w:t>{{ky}}</w:t></w:r><w:r>", 1)), func(f reports.Faults) bool { return slices.Equal(f.Unknown, []string{"word/header1.xml"}) }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if f := reports.Check(tc.file); !f.Any() || !tc.is(f) {
				t.Errorf("%+v", f)
			}
		})
	}
	named := with("docProps/core.xml", `<x>Nguyễn Văn A</x>`)
	clean, err := reports.Cleaned(named)
	if err != nil || strings.Contains(unzip(t, clean)["docProps/core.xml"], "Nguyễn") || reports.Check(clean).Any() {
		t.Error("who wrote the template is kept", err)
	}
}

func TestPeriodicXlsx(t *testing.T) {
	t.Parallel()
	p := halfYear(t)
	file, err := p.Xlsx()
	if err != nil {
		t.Fatal(err)
	}
	keep(t, "draft.xlsx", file)
	again, err := p.Xlsx()
	if err != nil || !bytes.Equal(file, again) {
		t.Error("the same report makes other bytes", err)
	}
	for name, body := range unzip(t, file) {
		if low := strings.ToLower(body + name); strings.Contains(low, "xuri") || strings.Contains(low, "go excelize") {
			t.Errorf("%s names the library", name)
		}
	}
	f, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got := f.GetSheetList(); !slices.Equal(got, []string{"Số liệu", "Biểu đồ", "Số liệu biểu đồ", "Nguồn"}) {
		t.Error(got)
	}
	rows, err := f.GetRows("Nguồn")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for i, r := range rows {
		if len(r) > 4 && strings.HasPrefix(r[4], "=") {
			found++
			if formula, _ := f.GetCellFormula("Nguồn", fmt.Sprintf("E%d", i+1)); formula != "" {
				t.Error("a text became a formula")
			}
		}
	}
	if found != len(cases.Fields) {
		t.Errorf("%d figures say where they come from, not %d", found, len(cases.Fields))
	}
	if charts := unzip(t, file); charts["xl/charts/chart1.xml"] == "" || charts["xl/charts/chart2.xml"] == "" {
		t.Error("no charts of its own")
	}
	if v, _ := f.GetCellValue("Số liệu", "B8", excelize.Options{RawCellValue: true}); v != "0" {
		t.Errorf("0 is %q", v)
	}
}
