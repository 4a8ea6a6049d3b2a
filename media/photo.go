package media

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"io"

	scale "golang.org/x/image/draw"
	"golang.org/x/image/webp"
)

const (
	// maxPixels and maxSide bound what a decoder is let loose on: 50 megapixels
	// take up to 400 MB as 16-bit PNG.
	maxPixels = 50_000_000
	maxSide   = 20_000
	// keptSide is the longest side kept: number plates and faces stay readable.
	keptSide    = 2560
	jpegQuality = 85
	// maxScans bounds how often a JPEG may go over the whole picture: a scan of a few
	// bytes takes as long as any other. Phones make about ten; a film behind a photo of
	// MaxBytes looks like 300.
	maxScans = 500
	// photosAtOnce bounds the memory that decoding may take in one program.
	photosAtOnce = 2
)

var photoSlots = make(chan struct{}, photosAtOnce)

type photoReader struct {
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
}

var photoReaders = map[format]photoReader{
	jpegFormat: {jpeg.DecodeConfig, jpeg.Decode},
	pngFormat:  {png.DecodeConfig, png.Decode},
	webpFormat: {webp.DecodeConfig, webp.Decode},
}

// cleanPhoto draws a photo anew: upright, at most keptSide long, as JPEG.
func cleanPhoto(ctx context.Context, f format, body []byte) ([]byte, error) {
	r := photoReaders[f]
	c, err := r.config(bytes.NewReader(body))
	if err != nil {
		return nil, refuse(TextBroken, nil)
	}
	if c.Width <= 0 || c.Height <= 0 {
		return nil, refuse(TextBroken, nil)
	}
	if c.Width > maxSide || c.Height > maxSide || c.Width*c.Height > maxPixels {
		return nil, refuse(TextPixels, nil)
	}
	if f == jpegFormat && bytes.Count(body, []byte{0xff, markerScan}) > maxScans {
		return nil, refuse(TextBroken, nil)
	}
	select {
	case photoSlots <- struct{}{}:
		defer func() { <-photoSlots }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	src, err := r.decode(bytes.NewReader(body))
	if err != nil {
		return nil, refuse(TextBroken, nil)
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, upright(shrink(src), orientation(f, body)), &jpeg.Options{Quality: jpegQuality}); err != nil {
		return nil, refuse(TextBroken, nil)
	}
	if !bareJPEG(out.Bytes()) {
		return nil, refuse(TextBroken, errLeft)
	}
	return out.Bytes(), nil
}

// shrink draws src on white, smaller where it is longer than keptSide.
func shrink(src image.Image) *image.RGBA {
	b := src.Bounds()
	w, h := b.Dx(), b.Dy()
	if long := max(w, h); long > keptSide {
		w, h = max(1, w*keptSide/long), max(1, h*keptSide/long)
	}
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(dst, dst.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	if w == b.Dx() && h == b.Dy() {
		draw.Draw(dst, dst.Bounds(), src, b.Min, draw.Over)
		return dst
	}
	scale.BiLinear.Scale(dst, dst.Bounds(), src, b, scale.Over, nil)
	return dst
}

// upright turns a picture as its EXIF orientation (1–8) says.
func upright(src *image.RGBA, orientation int) *image.RGBA {
	w, h := src.Bounds().Dx(), src.Bounds().Dy()
	// where tells which pixel of src stands at x, y of the upright picture.
	var where func(x, y int) (int, int)
	turned := orientation >= 5 // width and height change places
	switch orientation {
	case 2:
		where = func(x, y int) (int, int) { return w - 1 - x, y }
	case 3:
		where = func(x, y int) (int, int) { return w - 1 - x, h - 1 - y }
	case 4:
		where = func(x, y int) (int, int) { return x, h - 1 - y }
	case 5:
		where = func(x, y int) (int, int) { return y, x }
	case 6:
		where = func(x, y int) (int, int) { return y, h - 1 - x }
	case 7:
		where = func(x, y int) (int, int) { return w - 1 - y, h - 1 - x }
	case 8:
		where = func(x, y int) (int, int) { return w - 1 - y, x }
	default:
		return src
	}
	size := image.Rect(0, 0, w, h)
	if turned {
		size = image.Rect(0, 0, h, w)
	}
	dst := image.NewRGBA(size)
	for y := range size.Dy() {
		for x := range size.Dx() {
			dst.SetRGBA(x, y, src.RGBAAt(where(x, y)))
		}
	}
	return dst
}

// bareJPEG reports whether a JPEG holds nothing but a picture: no application
// segment, no comment, and nothing after its end.
func bareJPEG(b []byte) bool {
	ok := false
	jpegSegments(b, func(marker byte, _ []byte) bool {
		ok = marker == markerScan
		return marker != markerComment && (marker < 0xe0 || marker > 0xef)
	})
	return ok && bytes.HasSuffix(b, []byte{0xff, 0xd9})
}
