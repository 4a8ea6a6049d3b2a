package reports_test

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"strings"
	"testing"

	"tinbao/media"
	"tinbao/reports"
)

// dot is a picture of one point.
var dot = func() []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 1, 1))); err != nil {
		panic(err)
	}
	return b.Bytes()
}()

var poster = reports.Poster{
	Ward: "UBND phường Yên Nghĩa", Title: []string{"Thấy dấu hiệu vi phạm?", "Báo cho phường"}, Lines: []string{"Không cần nêu tên, số điện thoại", "Chỉ mất khoảng 1 phút"},
	Code: dot, Scan: "Mở camera điện thoại, quét mã này", Shown: "t.me/tinbao_demo_bot", Web: "yennghia.example.vn", WebHint: "Không dùng Telegram? Vào",
	Danger: "Đang nguy hiểm? Gọi ngay", Numbers: []reports.PosterNumber{{Number: "113", Who: "Công an"}, {Number: "115", Who: "Cấp cứu"}, {Number: "111", Who: "Trẻ em, mua bán người (miễn phí)"}},
	Local: []reports.PosterNumber{{Number: "024 3333 0113", Who: "Công an phường"}, {Number: "024 3333 0115", Who: "Trạm Y tế phường"}}, Foot: "Cán bộ không nhìn thấy tài khoản của bạn.",
}

// A poster is one page whatever is on it, as long as LibreOffice is there to make it.
func TestPosterIsOnePage(t *testing.T) {
	soffice := media.FindOffice()
	if soffice == "" {
		t.Fatal("LibreOffice is not there: scripts/setup installs it")
	}
	for _, small := range []bool{false, true} {
		p := poster
		p.Small = small
		page, err := p.Page()
		if err != nil {
			t.Fatal(err)
		}
		pdf, err := media.PDF(t.Context(), soffice, page)
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(string(pdf), "/Type/Page\n") + strings.Count(string(pdf), "/Type/Page/"); n != 1 {
			t.Errorf("%d pages", n)
		}
		if out := os.Getenv("TINBAO_POSTERS"); out != "" { // to be looked at
			name := "a4.pdf"
			if small {
				name = "a5.pdf"
			}
			if err := os.WriteFile(out+"/"+name, pdf, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}
