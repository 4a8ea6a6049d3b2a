package reports

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-analyze/charts"
	"golang.org/x/image/draw"
)

// drawn are all charts with figures that are hard to draw.
func drawn(dark bool) map[string]interface{ PNG() ([]byte, error) } {
	head := func(title string) Picture {
		return Picture{Title: title, Note: "01/01/2026 – 30/06/2026", Empty: "Không phát sinh trong kỳ này", Dark: dark}
	}
	months := []string{"01/26", "02/26", "03/26", "04/26", "05/26", "06/26"}
	days := make([]string, 31)
	many := make([]int, 31)
	for i := range days {
		days[i], many[i] = strings.Repeat("0", 1)+"1/08", i*37%23
	}
	return map[string]interface{ PNG() ([]byte, error) }{
		"trend":      Trend{head("Thông tin tiếp nhận theo thời gian"), months, []int{12, 9, 15, 22, 18, 27}, []int{8, 11, 10, 9, 14, 12, 3}, "Kỳ này (103)", "Kỳ trước (64)"},
		"trend-days": Trend{head("Thông tin tiếp nhận theo thời gian"), days, many, nil, "Kỳ này", "Kỳ trước"},
		"trend-one":  Trend{head("Thông tin tiếp nhận theo thời gian"), []string{"24/11"}, []int{1}, []int{0}, "Kỳ này (1)", "Kỳ trước (0)"},
		"kinds": Stack{head("Phân loại theo thời gian"), months, []Series{
			{"Phản ánh", []int{4, 3, 6, 9, 7, 9}},
			{"Tin báo về tội phạm", []int{2, 2, 3, 4, 3, 5}},
			{"Tố giác về tội phạm", []int{1, 1, 2, 3, 2, 4}},
			{"Kiến nghị", []int{3, 2, 2, 3, 4, 4}},
			{"Khiếu nại", []int{1, 0, 1, 1, 1, 2}},
			{"Có nội dung tố cáo", []int{0, 1, 0, 1, 0, 1}},
			{"Chưa phân loại", []int{1, 0, 1, 1, 1, 2}},
		}},
		"funnel": Funnel{head("Bốn bước xử lý thông tin"), []Step{
			{"Đã tiếp nhận", 103, "100%"}, {"Đã xác minh", 88, "92,6% trong 95 tin thuộc thẩm quyền"}, {"Đã phân loại", 80, "84,2%"}, {"Đã chuyển xử lý", 61, "64,2%"},
		}},
		"coverage": Targets{head("Cơ sở được kiểm tra ít nhất một lần"), []Year{
			{"2026", 56, "55,8%", "24/43", true, 60}, {"2027", 78, "77,8%", "35/45", true, 70}, {"2028", 0, "", "", false, 80}, {"2029", 0, "", "", false, 90}, {"2030", 0, "", "", false, 100},
		}, "Đã kiểm tra", "Chỉ tiêu", "chưa đến"},
		"hamlets": Heat{head("Thông tin tiếp nhận theo tổ dân phố"), []Place{
			{"Tổ dân phố Hòa Bình Đông Nam Mở Rộng", 31, false},
			{"Tổ dân phố 2", 22, false},
			{"Tổ dân phố 3", 18, false},
			{"Tổ dân phố 4", 9, false},
			{"Tổ dân phố 5", 7, false},
			{"Các tổ dân phố khác", 66, true},
			{"Chưa rõ tổ dân phố", 10, true},
		}},
		"nothing": Funnel{head("Bốn bước xử lý thông tin"), []Step{{"Đã tiếp nhận", 0, ""}}},
	}
}

func themes() map[string]theme { return map[string]theme{"light": light, "dark": dark} }

// CHARTS=folder writes the charts, as drawn and as a phone shows them, to be looked at.
func TestChartsAreWholePictures(t *testing.T) {
	folder := os.Getenv("CHARTS")
	for name, isDark := range map[string]bool{"light": false, "dark": true} {
		for chart, c := range drawn(isDark) {
			body, err := c.PNG()
			if err != nil {
				t.Fatal(err)
			}
			again, _ := drawn(isDark)[chart].PNG()
			if !bytes.Equal(body, again) {
				t.Errorf("%s %s: the same figures give another picture", chart, name)
			}
			img, err := png.Decode(bytes.NewReader(body))
			if err != nil {
				t.Fatalf("%s %s: %v", chart, name, err)
			}
			if b := img.Bounds(); b.Dx() != ChartWidth || b.Dy() < ChartHeight/3 {
				t.Errorf("%s %s is %v", chart, name, b)
			}
			edgesFree(t, chart+" "+name, img, themes()[name].back)
			if folder == "" {
				continue
			}
			small := image.NewRGBA(image.Rect(0, 0, 400, img.Bounds().Dy()/2))
			draw.CatmullRom.Scale(small, small.Bounds(), img, img.Bounds(), draw.Src, nil)
			var out bytes.Buffer
			png.Encode(&out, small)
			os.WriteFile(filepath.Join(folder, chart+"-"+name+"-400.png"), out.Bytes(), 0o600)
			os.WriteFile(filepath.Join(folder, chart+"-"+name+".png"), body, 0o600)
		}
	}
}

// edgesFree finds letters and shapes that leave the picture.
func edgesFree(t *testing.T, what string, img image.Image, back charts.Color) {
	t.Helper()
	b := img.Bounds()
	is := func(x, y int) bool {
		r, g, bl, _ := img.At(x, y).RGBA()
		return uint8(r>>8) == back.R && uint8(g>>8) == back.G && uint8(bl>>8) == back.B
	}
	for x := b.Min.X; x < b.Max.X; x++ {
		if !is(x, b.Min.Y+2) || !is(x, b.Max.Y-3) {
			t.Errorf("%s: something is cut at the top or the bottom", what)
			return
		}
	}
	for y := b.Min.Y; y < b.Max.Y; y++ {
		if !is(b.Min.X+2, y) || !is(b.Max.X-3, y) {
			t.Errorf("%s: something is cut at a side", what)
			return
		}
	}
}

func TestChartsWithoutFiguresSaySo(t *testing.T) {
	head := Picture{Title: "Thông tin tiếp nhận", Empty: "Không phát sinh"}
	want, err := head.nothing()
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]interface{ PNG() ([]byte, error) }{
		"trend": Trend{Picture: head}, "trend of zeros": Trend{Picture: head, Labels: []string{"a", "b"}, Now: []int{0, 0}, Before: []int{0}},
		"stack": Stack{Picture: head, Labels: []string{"a"}, Series: []Series{{"x", []int{0}}}}, "funnel": Funnel{Picture: head},
		"coverage": Targets{Picture: head, Years: []Year{{Label: "2026", Target: 60}}}, "heat": Heat{Picture: head, Cells: []Place{{"a", 0, false}}},
	} {
		got, err := c.PNG()
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s without figures is another picture than the empty one (%v)", name, err)
		}
	}
}

// WCAG 2.2: 1.4.3 wants 4.5 for letters, 1.4.11 wants 3 for shapes.
func TestColoursStandOut(t *testing.T) {
	for name, th := range themes() {
		for what, c := range map[string]charts.Color{"text": th.text, "faint text": th.faint} {
			if got := Contrast(c, th.back); got < 4.5 {
				t.Errorf("%s: %s has a contrast of %.2f", name, what, got)
			}
		}
		seen := map[charts.Color]bool{}
		for i, c := range th.series {
			if got := Contrast(c, th.back); got < 3 {
				t.Errorf("%s: series %d has a contrast of %.2f", name, i, got)
			}
			if seen[c] {
				t.Errorf("%s: series %d has the colour of another", name, i)
			}
			seen[c] = true
		}
		if len(th.series) != int(patterns) {
			t.Errorf("%s: %d colours for %d patterns", name, len(th.series), patterns)
		}
		for _, share := range heatShades {
			fill := blend(th.back, th.series[0], share)
			if got := max(Contrast(fill, th.text), Contrast(fill, th.back)); got < 4.5 {
				t.Errorf("%s: letters on a cell of %d%% have a contrast of %.2f", name, share, got)
			}
		}
	}
}

// Letters of Vietnamese with all their marks, and the signs the charts use.
const letters = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđbcdghklmnpqrstvxfjwz"

func TestTheFontHasEveryLetter(t *testing.T) {
	for _, family := range []string{charts.FontFamilyNotoSans, charts.FontFamilyNotoSansBold} {
		f := charts.GetFont(family)
		for _, c := range letters + strings.ToUpper(letters) + "0123456789 –—…%/.,()<>" {
			if f.Index(c) == 0 {
				t.Errorf("%s has no letter %c", family, c)
			}
		}
	}
}

func TestAxesEndAtRoundNumbers(t *testing.T) {
	for most := range 3000 {
		got := ceiling(most)
		if got < most || got%gridLines != 0 || got > max(gridLines, 3*most) {
			t.Fatalf("an axis for %d ends at %d", most, got)
		}
	}
}
