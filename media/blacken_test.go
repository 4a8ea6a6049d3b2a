package media_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"testing"

	"pgregory.net/rapid"

	"tinbao/cases"
	"tinbao/media"
)

// white is a photo with nothing on it.
func white(t interface{ Fatal(...any) }, w, h int) []byte {
	img := image.NewGray(image.Rect(0, 0, w, h))
	for i := range img.Pix {
		img.Pix[i] = 0xff
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, img, nil); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func dark(c color.Color) bool { r, g, b, _ := c.RGBA(); return r+g+b < 3*0x2000 }

// Chosen cells are black from edge to edge, the middle of the others is as it was, and
// the file is a bare JPEG of the same size.
func TestBlacken(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		w, h := rapid.IntRange(60, 400).Draw(rt, "w"), rapid.IntRange(80, 400).Draw(rt, "h")
		const all = cases.GridColumns * cases.GridRows
		chosen := rapid.SliceOfNDistinct(rapid.IntRange(0, all-1), 1, all, rapid.ID[int]).Draw(rt, "cells")
		out, err := media.Blacken(t.Context(), white(rt, w, h), chosen)
		if err != nil {
			rt.Fatal(err)
		}
		img, err := jpeg.Decode(bytes.NewReader(out))
		if err != nil || img.Bounds().Dx() != w || img.Bounds().Dy() != h {
			rt.Fatal(err, img.Bounds())
		}
		is := map[int]bool{}
		for _, n := range chosen {
			is[n] = true
		}
		for n := range all {
			x, y := (2*(n%cases.GridColumns)+1)*w/(2*cases.GridColumns), (2*(n/cases.GridColumns)+1)*h/(2*cases.GridRows)
			if dark(img.At(x, y)) != is[n] {
				rt.Fatalf("cell %d at %d,%d: %v, chosen %v", n, x, y, img.At(x, y), is[n])
			}
		}
		if len(chosen) == all {
			for _, at := range []image.Point{{0, 0}, {w - 1, 0}, {0, h - 1}, {w - 1, h - 1}} {
				if !dark(img.At(at.X, at.Y)) {
					rt.Fatalf("a gap at %v", at)
				}
			}
		}
	})
}

func TestRuledStillShowsWhatIsBelow(t *testing.T) {
	t.Parallel()
	out, err := media.Ruled(t.Context(), white(t, 600, 800), []int{0})
	if err != nil {
		t.Fatal(err)
	}
	img, err := jpeg.Decode(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	if dark(img.At(50, 50)) || img.At(50, 50) == img.At(550, 750) {
		t.Error(img.At(50, 50), img.At(550, 750))
	}
	if _, err := media.Blacken(t.Context(), []byte("no picture"), nil); cases.KindOf(err) != cases.Invalid {
		t.Error(err)
	}
}
