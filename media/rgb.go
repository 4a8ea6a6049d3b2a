package media

import (
	"image"
	"image/color"
)

// rgb is a picture of three bytes a pixel.
type rgb struct {
	pix  []byte
	w, h int
}

// ColorModel is that of a picture without transparency.
func (*rgb) ColorModel() color.Model { return color.RGBAModel }

// Bounds begin at 0, 0.
func (p *rgb) Bounds() image.Rectangle { return image.Rect(0, 0, p.w, p.h) }

// At is slow; scaling and drawing take RGBA64At.
func (p *rgb) At(x, y int) color.Color { return p.RGBA64At(x, y) }

// RGBA64At is the pixel at x, y.
func (p *rgb) RGBA64At(x, y int) color.RGBA64 {
	i := 3 * (y*p.w + x)
	return color.RGBA64{R: uint16(p.pix[i]) * 0x101, G: uint16(p.pix[i+1]) * 0x101, B: uint16(p.pix[i+2]) * 0x101, A: 0xffff}
}
