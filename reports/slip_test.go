package reports_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tinbao/media"
	"tinbao/reports"
)

var sample = reports.Slip{
	Ward: "phường Yên Nghĩa", To: "Công an phường Yên Nghĩa", Number: "PA-26-0042",
	Received: time.Date(2026, 2, 4, 2, 5, 0, 0, time.UTC), Forwarded: time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC), Urgent: true,
	Kind: "Tố giác về tội phạm (đề xuất, chờ Công an xác nhận)", Finding: "có cơ sở một phần", Concern: "Tôi thấy dấu hiệu vi phạm",
	Where: "Tổ dân phố Hòa Bình; nhà nghỉ ở đầu ngõ 12", When: "Đang diễn ra",
	Text:    []string{"Nhà nghỉ có nhiều người ra vào <lúc 1–3 giờ sáng> & thường tắt đèn.\nTôi là ■■■■■■, nhà tôi ở đối diện, số điện thoại ■■■■■■■■■■.", "Hôm qua lại có xe biển số lạ đỗ trước cửa."},
	Covered: true,
	Files: []reports.SlipFile{
		{Name: "PA-26-0042-1.jpg", Kind: "Ảnh", Size: 1_258_291, SHA256: strings.Repeat("0123456789abcdef", 4)},
		{Name: "PA-26-0042-2.mp4", Kind: "Video", Note: "không giữ được"},
	},
	ReplyBy: time.Date(2026, 12, 7, 17, 0, 0, 0, time.UTC),
}

// unpacked are the files of a document by name.
func unpacked(t testing.TB, document []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(document), int64(len(document)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(raw)
	}
	return out
}

// page is what a reader finds in the body: texts of paragraphs, rows of tables, and the
// attributes of elements.
type page struct {
	paras []string
	rows  int
	sizes map[string]map[string]string
}

func read(t testing.TB, document string) page {
	t.Helper()
	p := page{sizes: map[string]map[string]string{}}
	dec := xml.NewDecoder(strings.NewReader(document))
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return p
		}
		if err != nil {
			t.Fatal(err)
		}
		switch el := token.(type) {
		case xml.StartElement:
			switch el.Name.Local {
			case "p":
				p.paras = append(p.paras, "")
			case "tr":
				p.rows++
			case "pgMar", "pgSz":
				p.sizes[el.Name.Local] = map[string]string{}
				for _, a := range el.Attr {
					p.sizes[el.Name.Local][a.Name.Local] = a.Value
				}
			}
		case xml.CharData:
			if len(p.paras) > 0 {
				p.paras[len(p.paras)-1] += string(el)
			}
		}
	}
}

func TestSlipReadsAsThePaperItIs(t *testing.T) {
	t.Parallel()
	document, err := sample.Docx()
	if err != nil {
		t.Fatal(err)
	}
	files := unpacked(t, document)
	p := read(t, files["word/document.xml"])
	for _, want := range []string{
		"ỦY BAN NHÂN DÂN", "PHƯỜNG YÊN NGHĨA", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
		"Số: ……… /PC-UBND", "Yên Nghĩa, ngày …… tháng …… năm ………", "PHIẾU CHUYỂN", "Thông tin do người dân phản ánh, mã số PA-26-0042",
		"Kính gửi: Công an phường Yên Nghĩa", "1. Tiếp nhận: 09 giờ 05 phút ngày 04 tháng 02 năm 2026, qua kênh Telegram của Ủy ban nhân dân phường Yên Nghĩa",
		"2. Người cung cấp thông tin: không cung cấp danh tính", "3. Mức độ: KHẨN", "7. Địa điểm: Tổ dân phố Hòa Bình; nhà nghỉ ở đầu ngõ 12",
		"9. Chuyển qua hệ thống: 15 giờ 00 phút ngày 23 tháng 11 năm 2026",
		"10. Nội dung (phần ■ được che để bảo vệ người cung cấp thông tin):",
		"Nhà nghỉ có nhiều người ra vào <lúc 1–3 giờ sáng> & thường tắt đèn.", "Tôi là ■■■■■■, nhà tôi ở đối diện, số điện thoại ■■■■■■■■■■.",
		"Hôm qua lại có xe biển số lạ đỗ trước cửa.", "11. Tài liệu kèm theo: 2 tệp.", "1,2 MB", "0123456789abcdef0123456789abcdef", "không giữ được",
		"Đề nghị Công an phường Yên Nghĩa xem xét, xử lý theo quy định và thông báo kết quả cho Ủy ban nhân dân phường Yên Nghĩa trước ngày 08 tháng 12 năm 2026./.",
		"Nơi nhận:", "- Lưu: VT, VHXH.", "PHÓ CHỦ TỊCH", "NGƯỜI NHẬN",
	} {
		if !slices.Contains(p.paras, want) {
			t.Errorf("no paragraph %q", want)
		}
	}
	if p.rows != 2+3+1 {
		t.Errorf("%d rows of tables", p.rows)
	}
	if m := p.sizes["pgMar"]; m["top"] != "1134" || m["bottom"] != "1134" || m["left"] != "1701" || m["right"] != "964" {
		t.Errorf("margins %v: NĐ 30/2020 asks for 20–25, 30–35 and 15–20 mm", m)
	}
	if s := p.sizes["pgSz"]; s["w"] != "11906" || s["h"] != "16838" {
		t.Errorf("not A4: %v", s)
	}
	if !strings.Contains(files["word/styles.xml"], `w:ascii="Times New Roman"`) || !strings.Contains(files["word/header1.xml"], " PAGE ") {
		t.Error("letters or numbers of pages")
	}
	if core := files["docProps/core.xml"]; strings.Contains(core, "creator") || strings.Contains(core, "created") || !strings.Contains(core, "Phiếu chuyển PA-26-0042") {
		t.Errorf("properties: %s", core)
	}
}

// Whatever a person wrote, the paper is sound XML, holds the words, and is the same
// file each time.
func TestSlipTakesAnyWords(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		s := sample
		s.Text, s.Where = []string{rapid.String().Draw(rt, "text")}, rapid.String().Draw(rt, "where")
		if rapid.Bool().Draw(rt, "bare") {
			s = reports.Slip{Ward: s.Ward, To: s.To, Number: s.Number, Text: s.Text}
		}
		one, err := s.Docx()
		two, again := s.Docx()
		if err != nil || again != nil || !bytes.Equal(one, two) {
			rt.Fatal(err, again, "or not the same bytes")
		}
		read(t, unpacked(t, one)["word/document.xml"])
	})
}

// A slip with nothing but a number has no empty lines for what is not known.
func TestBareSlip(t *testing.T) {
	t.Parallel()
	document, err := reports.Slip{Ward: "xã Mỹ Đức", To: "Công an xã Mỹ Đức", Number: "PA-26-0001"}.Docx()
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Join(read(t, unpacked(t, document)["word/document.xml"]).paras, "\n")
	for _, want := range []string{"XÃ MỸ ĐỨC", "Mỹ Đức, ngày ……", "không có lời mô tả.", "Tài liệu kèm theo: không có.", "trước ngày …… tháng …… năm ………./."} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in %s", want, text)
		}
	}
	if strings.Contains(text, "Địa điểm") {
		t.Error("an empty line")
	}
}

// A failing program and one that takes too long are errors, and nothing is left behind.
func TestPDF(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	document, err := sample.Docx()
	if err != nil {
		t.Fatal(err)
	}
	empty := func() {
		t.Helper()
		if left, err := os.ReadDir(temp); err != nil || len(left) > 0 {
			t.Errorf("left behind: %v %v", left, err)
		}
	}
	if _, err := media.PDF(t.Context(), "/bin/false", document); err == nil {
		t.Error("a program that fails made a PDF")
	}
	empty()
	soffice := media.FindOffice()
	if soffice == "" {
		t.Fatal("no LibreOffice here; scripts/setup installs it")
	}
	pdf, err := media.PDF(t.Context(), soffice, document)
	if err != nil || !bytes.HasPrefix(pdf, []byte("%PDF-")) {
		t.Fatal(err, len(pdf))
	}
	empty()
	if out := os.Getenv("TINBAO_TEST_PAPERS"); out != "" { // a folder, to look at
		for name, body := range map[string][]byte{"slip.docx": document, "slip.pdf": pdf} {
			if err := os.WriteFile(filepath.Join(out, name), body, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	cmd := exec.Command("pdftotext", "-layout", "-", "-")
	cmd.Stdin = bytes.NewReader(pdf)
	text, err := cmd.Output()
	if err != nil || !strings.Contains(string(text), "Người cung cấp thông tin: không cung cấp danh tính") || strings.Contains(string(text), "\x00") {
		t.Errorf("%v: %s", err, text)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if _, err := media.PDF(ctx, soffice, document); err == nil {
		t.Error("it went on after its time")
	}
	empty()
}
