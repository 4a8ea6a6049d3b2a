package reports_test

import (
	"bytes"
	"image/png"
	"testing"

	"tinbao/reports"
)

// The code fits into the picture: nothing of it touches the frame.
func TestCodePicture(t *testing.T) {
	t.Parallel()
	body, err := reports.CodePicture("WWWWWW-WWWWWW-WWWWWW")
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	b := picture.Bounds()
	dark := 0
	for y := b.Min.Y + 40; y < b.Max.Y-40; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			r, _, _, _ := picture.At(x, y).RGBA()
			if r>>8 > 100 {
				continue
			}
			if dark++; x < 30 || x > b.Max.X-30 {
				t.Fatalf("something is written at %d,%d of %v", x, y, b)
			}
		}
	}
	if dark == 0 {
		t.Error("nothing is written")
	}
}
