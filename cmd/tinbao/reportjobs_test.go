package main

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tinbao/cases"
	paper "tinbao/reports"
)

// wordBody is the text of a Word document as XML.
func wordBody(t *testing.T, file []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// retyped is the built-in template with other words in its body.
func retyped(t *testing.T, old, fresh string) []byte {
	t.Helper()
	file, err := paper.DefaultTemplate()
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		part, err := w.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(strings.ReplaceAll(string(body), old, fresh))); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// The ward's own template is checked, shown with real figures, used, and stays with what
// was approved by it.
func TestTemplateOfTheWardOnThePhone(t *testing.T) {
	t.Parallel()
	w := newStory(t)
	hoa, khoi := cast["hoa"].ID, cast["khoi"].ID
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		w.idle()
	}
	send := func(body []byte) {
		t.Helper()
		_, err := w.sim.SendText(hoa, "/baocao mau")
		must(err)
		must(w.sim.PressText(hoa, "⬆️ Gửi mẫu mới"))
		_, err = w.sim.SendDocument(hoa, "mau.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", body, "")
		must(err)
	}
	sees := func(who, what string) {
		t.Helper()
		if text := w.show(who, nil); !strings.Contains(text, what) {
			t.Fatalf("%q is not on the phone of %s:\n%s", what, who, text)
		}
	}
	send(retyped(t, "{{B.sessions}}", "{{B.buoi}}"))
	sees("hoa", "Chỗ điền không có nghĩa: {{B.buoi}}")
	send([]byte("không phải Word"))
	sees("hoa", "Không phải tệp Word .docx")

	send(retyped(t, "Trên đây là báo cáo", "Kính trình báo cáo"))
	sees("hoa", "Mẫu dùng được")
	if body := wordBody(t, w.files("hoa")["xem-thu.docx"]); !strings.Contains(body, "Kính trình báo cáo") || strings.Contains(body, "{{") || !strings.Contains(body, "DỰ THẢO") {
		t.Error("the sample is not made by the template")
	}
	must(w.sim.PressText(hoa, "✅ Dùng mẫu này"))
	sees("hoa", "mẫu của phường, bản 1")

	for _, act := range []struct {
		who int64
		say string
	}{{hoa, "/baocao mo half1 2026"}, {hoa, "/baocao 1 gop ok"}, {khoi, "/baocao 1 duyet ok"}, {hoa, "/baocao mau goc"}, {hoa, "/baocao 1 tep"}} {
		_, err := w.sim.SendText(act.who, act.say)
		must(err)
	}
	if body := wordBody(t, w.files("hoa")["bao-cao-6-thang-dau-nam-2026.docx"]); !strings.Contains(body, "Kính trình báo cáo") || strings.Contains(body, "DỰ THẢO") {
		t.Error("what was approved is printed by another template, or as a draft")
	}
	if body := wordBody(t, w.files("khoi")["bao-cao-6-thang-dau-nam-2026-du-thao.docx"]); !strings.Contains(body, "DỰ THẢO") {
		t.Error("the draft is not marked")
	}
}

// The command writes a report that was approved as it was, and any other as a draft.
func TestReportCommand(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	dir := t.TempDir()
	run := func(c reportCommand) error {
		c.settings, c.Out = w.settings, dir
		return c.Run(t.Context())
	}
	if err := run(reportCommand{Type: string(cases.Half1), Year: 2026}); err != nil {
		t.Fatal(err)
	}
	if err := run(reportCommand{Type: string(cases.AdHoc), From: "2026-03-01", To: "2026-03-31"}); err != nil {
		t.Fatal(err)
	}
	if err := run(reportCommand{Type: string(cases.Annual), Year: 2020}); err == nil {
		t.Error("there is no report of 2020")
	}
	if err := run(reportCommand{Type: string(cases.AdHoc), From: "2026-03-01"}); err == nil {
		t.Error("a report without an end")
	}
	for _, name := range []string{"bao-cao-6-thang-dau-nam-2026-du-thao.docx", "bao-cao-6-thang-dau-nam-2026-du-thao.xlsx", "bao-cao-dot-xuat-20260301-20260331-du-thao.docx"} {
		body, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || len(body) == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}
