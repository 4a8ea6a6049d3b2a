package media

import (
	"bytes"
	"context"
	"encoding/binary"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"math"
	"os"

	"golang.org/x/image/bmp"
	"golang.org/x/image/webp"
)

const (
	// maxPixels and maxSide bound what is decoded at all, reduced or not: phones make
	// 50 million pixels, the largest 200 million.
	maxPixels = 260_000_000
	maxSide   = 65_000
	// keptSide is the longest side kept: number plates and faces stay readable. Of a long
	// picture, a screenshot of a conversation, keptShort is kept of the shorter side, less
	// above manyPixels but leastShort at least, so that words stay readable.
	keptSide    = 2560
	keptShort   = 1080
	leastShort  = 720
	manyPixels  = 16_000_000
	mostPixels  = 36_000_000
	jpegQuality = 85
	// maxScans bounds how often a JPEG may go over the whole picture: a scan of a few
	// bytes takes as long as any other. Phones make about ten; a film behind a photo of
	// MaxBytes looks like 300.
	maxScans = 500
)

type photoReader struct {
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
}

var photoReaders = map[format]photoReader{
	jpegFormat: {jpeg.DecodeConfig, jpeg.Decode},
	pngFormat:  {png.DecodeConfig, png.Decode},
	webpFormat: {webp.DecodeConfig, decodeWebP},
	gifFormat:  {gif.DecodeConfig, gif.Decode}, // its first frame
	bmpFormat:  {bmp.DecodeConfig, bmp.Decode},
}

// photo is what the header of a picture tells.
type photo struct {
	f      format
	w, h   int
	turn   int   // EXIF orientation
	memory int64 // what decoding it whole takes, with the picture that is made of it
}

// measure reads the header of a picture and refuses what nobody photographs.
func measure(f format, body []byte) (photo, error) {
	if f == webpFormat {
		body = stillWebP(body)
	}
	c, err := photoReaders[f].config(bytes.NewReader(body))
	p := photo{f: f, w: c.Width, h: c.Height, turn: orientation(f, body)}
	var quarters int64 // what four pixels take in memory
	switch {
	case f == jpegFormat: // other decoders read more kinds than Go's
		s := startOfFrame(body)
		p.w, p.h, quarters = s.w, s.h, s.quarters()
		if s.components == nil { // Go finds the frame behind segments that lie about their length
			p.w, p.h, quarters = c.Width, c.Height, 5*3*4
		}
	case f == pngFormat: // and damaged ones
		s := startOfPNG(body)
		p.w, p.h, quarters = s.w, s.h, s.quarters()
	case f == bmpFormat:
		p.w, p.h = bmpSize(body)
		quarters = 4 * 4
	case f == gifFormat && len(body) >= 10: // Go refuses what others pass over
		p.w, p.h = int(binary.LittleEndian.Uint16(body[6:])), int(binary.LittleEndian.Uint16(body[8:]))
		quarters = 4 * 2
	case err != nil:
		return p, refuse(TextBroken, nil)
	case f == webpFormat && bytes.Contains(body[:min(len(body), 64)], []byte("VP8 ")):
		quarters = 4 * 3
	default: // WebP that is packed without loss
		quarters = 4 * 5
	}
	if p.w <= 0 || p.h <= 0 {
		return p, refuse(TextBroken, nil)
	}
	if p.w > maxSide || p.h > maxSide || int64(p.w)*int64(p.h) > maxPixels {
		return p, refuse(TextPixels, nil)
	}
	kw, kh := kept(p.w, p.h)
	p.memory = int64(p.w)*int64(p.h)*quarters/4 + 5*int64(kw)*int64(kh)
	if p.turn > 4 {
		p.memory += 4 * int64(kw) * int64(kh)
	}
	return p, nil
}

// room is what a child of so much memory can decode.
func room(memory int64) int64 { return memory - runtimeShare/2 }

// cleanPhoto draws a photo anew: upright, no larger than kept, as JPEG.
func (t tools) cleanPhoto(ctx context.Context, f format, body []byte, memory int64) ([]byte, error) {
	p, err := measure(f, body)
	if err != nil {
		return nil, err
	}
	if f == jpegFormat && bytes.Count(body, []byte{0xff, markerScan}) > maxScans {
		return nil, refuse(TextBroken, nil)
	}
	src, err := t.decode(ctx, p, body, memory)
	if err != nil {
		return nil, err
	}
	return drawn(src, p.turn)
}

// decode opens a picture by Go's decoder. What is too large for it is decoded reduced, and
// what is damaged as far as it goes, as phones do.
func (t tools) decode(ctx context.Context, p photo, body []byte, memory int64) (image.Image, error) {
	fits := p.memory <= room(memory)
	if fits {
		src, err := photoReaders[p.f].decode(bytes.NewReader(body))
		if err == nil {
			return src, nil
		}
	}
	switch {
	case p.f == jpegFormat && t.djpeg != "":
		return t.djpegDecode(ctx, p, body)
	case p.f == pngFormat && !startOfPNG(body).interlaced:
		return pngReduced(body)
	case !fits:
		return nil, refuse(TextPixels, nil)
	case stillReaders[p.f] != "" && t.ffmpeg != "":
		return t.ffmpegDecode(ctx, p, body)
	default:
		return nil, refuse(TextBroken, nil)
	}
}

// stillReaders are ffmpeg's readers of pictures.
var stillReaders = map[format]string{gifFormat: "gif", pngFormat: "png_pipe", bmpFormat: "bmp_pipe", webpFormat: "webp_pipe"}

// ffmpegDecode opens kinds of pictures that Go does not know, and what is damaged.
func (t tools) ffmpegDecode(ctx context.Context, p photo, body []byte) (image.Image, error) {
	png, err := step(ctx, body, TextBroken, func(in, out *os.File) call {
		args := append([]string{"-nostdin", "-v", "quiet", "-y", "-threads", "1"}, reader(format(stillReaders[p.f]))...)
		args = append(args, "-frames:v", "1", "-pix_fmt", "rgba", "-c:v", "png", "-compression_level", "1", "-f", "image2pipe", outFile)
		return call{path: t.ffmpeg, args: args, files: files(in, out)}
	})
	if err != nil {
		return nil, err
	}
	if sniff(png) != pngFormat {
		return nil, refuse(TextBroken, nil)
	}
	return pngReduced(png)
}

// bmpSize is the size that the header of a BMP tells, 0 where it has none.
func bmpSize(b []byte) (w, h int) {
	const header, oldest = 26, 12
	if len(b) < header {
		return 0, 0
	}
	if binary.LittleEndian.Uint32(b[14:]) == oldest {
		return int(binary.LittleEndian.Uint16(b[18:])), int(binary.LittleEndian.Uint16(b[20:]))
	}
	high := int(int32(binary.LittleEndian.Uint32(b[22:]))) // below 0: from the top down
	return int(int32(binary.LittleEndian.Uint32(b[18:]))), max(high, -high)
}

// drawn is a picture as a file that holds nothing else.
func drawn(src image.Image, turn int) ([]byte, error) {
	var out bytes.Buffer
	if err := jpeg.Encode(&out, upright(shrink(src), turn), &jpeg.Options{Quality: jpegQuality}); err != nil {
		return nil, refuse(TextBroken, nil)
	}
	if !bareJPEG(out.Bytes()) {
		return nil, refuse(TextBroken, errLeft)
	}
	return out.Bytes(), nil
}

// kept is the size in which a picture is kept.
func kept(w, h int) (int, int) {
	long, short, pixels := float64(max(w, h)), float64(min(w, h)), float64(w)*float64(h)
	by := min(1, keptSide/long)
	if short*by < min(short, keptShort) {
		by = min(1, keptShort/short)
		if pixels*by*by > manyPixels {
			by = max(math.Sqrt(manyPixels/pixels), min(1, leastShort/short))
		}
		by = min(by, math.Sqrt(mostPixels/pixels))
	}
	return max(1, int(float64(w)*by+1e-6)), max(1, int(float64(h)*by+1e-6))
}

// shrink draws src on white, in the size that is kept.
func shrink(src image.Image) *image.RGBA {
	b := src.Bounds()
	w, h := kept(b.Dx(), b.Dy())
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(dst, dst.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	if w == b.Dx() && h == b.Dy() {
		draw.Draw(dst, dst.Bounds(), src, b.Min, draw.Over)
		return dst
	}
	average(dst, src)
	return dst
}

// average makes each pixel of dst, which is the smaller, the mean of what it covers of src,
// over white. It needs no memory but for two rows: x/image/draw takes gigabytes.
func average(dst *image.RGBA, src image.Image) {
	b, w, h := src.Bounds(), dst.Rect.Dx(), dst.Rect.Dy()
	wide, high := b.Dx(), b.Dy()
	at := func(x, y int) color.RGBA64 {
		r, g, b, a := src.At(x, y).RGBA()
		return color.RGBA64{R: uint16(r), G: uint16(g), B: uint16(b), A: uint16(a)}
	}
	if fast, ok := src.(image.RGBA64Image); ok {
		at = fast.RGBA64At
	}
	// Lengths are counted so that a pixel of src has w, one of dst has wide, and so down.
	line, sum := make([]uint64, 3*w), make([]uint64, 3*w)
	for y := range high {
		clear(line)
		for x := range wide {
			c := at(b.Min.X+x, b.Min.Y+y)
			white := uint64(0xffff - c.A)
			r, g, b := uint64(c.R)+white, uint64(c.G)+white, uint64(c.B)+white
			for from, to := x*w, (x+1)*w; from < to; {
				cell := from / wide
				part := uint64(min(to, (cell+1)*wide) - from)
				line[3*cell] += r * part
				line[3*cell+1] += g * part
				line[3*cell+2] += b * part
				from += int(part)
			}
		}
		for from, to := y*h, (y+1)*h; from < to; {
			row := from / high
			part := min(to, (row+1)*high) - from
			for i, v := range line {
				sum[i] += v / uint64(wide) * uint64(part)
			}
			if from += part; from == (row+1)*high {
				pix := dst.Pix[row*dst.Stride:]
				for x := range w {
					for i := range 3 {
						pix[4*x+i] = byte((sum[3*x+i]/uint64(high) + 0x80) / 0x101)
					}
				}
				clear(sum)
			}
		}
	}
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
