package media

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"image"
	"io"
)

// pngRows reads a PNG row by row, for pictures too large to be decoded whole, and for such
// as are damaged or cut off. Checksums are passed over, as what is drawn is drawn anew.
type pngRows struct {
	w, h                     int
	depth, kind              int
	interlaced               bool
	palette, clear           []byte
	last, row                []byte // the row before, this row: each with its filter in front
	bytesPerPixel, byteWidth int
}

const (
	pngGray, pngColor, pngPalette, pngGrayAlpha, pngColorAlpha = 0, 2, 3, 4, 6
)

// startOfPNG reads the header of a PNG; w and h are 0 where there is none.
func startOfPNG(b []byte) (p pngRows) {
	ihdr := chunk(b, 8, binary.BigEndian, "IHDR", true)
	if len(ihdr) < 13 {
		return p
	}
	w, h := binary.BigEndian.Uint32(ihdr), binary.BigEndian.Uint32(ihdr[4:])
	return pngRows{
		w: int(min(w, maxSide+1)), h: int(min(h, maxSide+1)), depth: int(ihdr[8]), kind: int(ihdr[9]), interlaced: ihdr[12] != 0,
		palette: chunk(b, 8, binary.BigEndian, "PLTE", true), clear: chunk(b, 8, binary.BigEndian, "tRNS", true),
	}
}

// quarters is what Go's decoder takes for four pixels, in bytes.
func (p pngRows) quarters() int64 {
	each := int64(4)
	switch {
	case p.depth == 16:
		each = 8
	case p.kind == pngPalette, p.kind == pngGray && p.clear == nil:
		each = 1
	}
	if p.interlaced { // each pass is a picture
		each += max(1, each/2)
	}
	return 4 * each
}

// pngReduced decodes a PNG in the size that is kept or up to twice that, on white. A picture
// that breaks off before its half is a damaged one.
func pngReduced(b []byte) (image.Image, error) {
	p := startOfPNG(b)
	channels := map[int]int{pngGray: 1, pngColor: 3, pngPalette: 1, pngGrayAlpha: 2, pngColorAlpha: 4}[p.kind]
	if channels == 0 || p.depth != 1 && p.depth != 2 && p.depth != 4 && p.depth != 8 && p.depth != 16 {
		return nil, refuse(TextBroken, nil)
	}
	if p.interlaced { // the rows are spread over the file
		return nil, refuse(TextPixels, nil)
	}
	bits := channels * p.depth
	p.bytesPerPixel, p.byteWidth = max(1, bits/8), (p.w*bits+7)/8
	p.last, p.row = make([]byte, 1+p.byteWidth), make([]byte, 1+p.byteWidth)
	packed, err := zlib.NewReader(&pngData{rest: b[8:]})
	if err != nil {
		return nil, refuse(TextBroken, nil)
	}
	kw, _ := kept(p.w, p.h)
	by := max(1, p.w/kw)
	out := &rgb{w: max(1, p.w/by), h: max(1, p.h/by)}
	out.pix = bytes.Repeat([]byte{0xff}, 3*out.w*out.h)
	sums := make([]int, 3*out.w)
	for y := range out.h * by {
		if _, err := io.ReadFull(packed, p.row); err != nil {
			if y < p.h/2 {
				return nil, refuse(TextBroken, nil)
			}
			return out, nil
		}
		if !p.unfilter() {
			return nil, refuse(TextBroken, nil)
		}
		p.add(sums, by, out.w)
		if y%by == by-1 {
			for i, sum := range sums {
				out.pix[y/by*3*out.w+i] = byte(sum / (by * by))
			}
			clear(sums)
		}
		p.last, p.row = p.row, p.last
	}
	return out, nil
}

// unfilter undoes the filter of the row (PNG, third edition, section 9.2).
func (p *pngRows) unfilter() bool {
	row, up, n := p.row[1:], p.last[1:], p.bytesPerPixel
	switch p.row[0] {
	case 0:
	case 1:
		for i := n; i < len(row); i++ {
			row[i] += row[i-n]
		}
	case 2:
		for i := range row {
			row[i] += up[i]
		}
	case 3:
		for i := range row {
			left := 0
			if i >= n {
				left = int(row[i-n])
			}
			row[i] += byte((left + int(up[i])) / 2)
		}
	case 4:
		for i := range row {
			var left, corner int
			if i >= n {
				left, corner = int(row[i-n]), int(up[i-n])
			}
			row[i] += paeth(left, int(up[i]), corner)
		}
	default:
		return false
	}
	return true
}

func paeth(left, up, corner int) byte {
	abs := func(n int) int { return max(n, -n) }
	toLeft, toUp, toCorner := abs(up-corner), abs(left-corner), abs(left+up-2*corner)
	switch {
	case toLeft <= toUp && toLeft <= toCorner:
		return byte(left)
	case toUp <= toCorner:
		return byte(up)
	default:
		return byte(corner)
	}
}

// add adds the pixels of the row to those that stand for by pixels each.
func (p *pngRows) add(sums []int, by, w int) {
	for x := range w * by {
		r, g, b, a := p.pixel(x)
		at := x / by * 3
		sums[at] += (r*a + 255*(255-a)) / 255
		sums[at+1] += (g*a + 255*(255-a)) / 255
		sums[at+2] += (b*a + 255*(255-a)) / 255
	}
}

// pixel is red, green, blue and opacity, each of 255.
func (p *pngRows) pixel(x int) (r, g, b, a int) {
	row := p.row[1:]
	if p.depth < 8 {
		at := x * p.depth
		v := int(row[at/8]) >> (8 - p.depth - at%8) & (1<<p.depth - 1)
		if p.kind == pngPalette {
			return p.color(v)
		}
		v = v * 255 / (1<<p.depth - 1)
		return v, v, v, 255
	}
	wide := p.depth / 8
	at := x * p.bytesPerPixel
	v := func(channel int) int { return int(row[at+channel*wide]) }
	switch p.kind {
	case pngGray:
		return v(0), v(0), v(0), 255
	case pngGrayAlpha:
		return v(0), v(0), v(0), v(1)
	case pngColor:
		return v(0), v(1), v(2), 255
	case pngColorAlpha:
		return v(0), v(1), v(2), v(3)
	default:
		return p.color(v(0))
	}
}

func (p *pngRows) color(n int) (r, g, b, a int) {
	if 3*n+2 >= len(p.palette) {
		return 0, 0, 0, 255
	}
	a = 255
	if n < len(p.clear) {
		a = int(p.clear[n])
	}
	return int(p.palette[3*n]), int(p.palette[3*n+1]), int(p.palette[3*n+2]), a
}

// pngData reads the packed picture out of its chunks.
type pngData struct {
	rest  []byte // from a chunk on
	chunk []byte // what is left of a chunk
}

// Read ends where the file ends or breaks off.
func (d *pngData) Read(b []byte) (int, error) {
	for len(d.chunk) == 0 {
		if len(d.rest) < 8 {
			return 0, io.EOF
		}
		size, name := uint64(binary.BigEndian.Uint32(d.rest)), string(d.rest[4:8])
		d.rest = d.rest[8:]
		data := d.rest[:min(size, uint64(len(d.rest)))]
		d.rest = d.rest[min(size+4, uint64(len(d.rest))):]
		if name == "IEND" {
			return 0, io.EOF
		}
		if name == "IDAT" {
			d.chunk = data
		}
	}
	n := copy(b, d.chunk)
	d.chunk = d.chunk[n:]
	return n, nil
}
