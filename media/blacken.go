package media

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"

	"tinbao/cases"
)

// Blacken makes cells of the grid over a cleaned photo black, for good: the picture is
// drawn and packed anew, so nothing of what was below is left in the file.
func Blacken(ctx context.Context, photo []byte, cells []int) ([]byte, error) {
	return redraw(ctx, photo, func(dst *image.RGBA) {
		for _, n := range cells {
			draw.Draw(dst, cell(dst.Bounds(), n), image.NewUniform(color.Black), image.Point{}, draw.Src)
		}
	})
}

// Ruled is a photo with the lines of the grid and the chosen cells darkened, for whoever
// chooses.
func Ruled(ctx context.Context, photo []byte, cells []int) ([]byte, error) {
	const shade = 170 // of 255: what is below can still be seen
	return redraw(ctx, photo, func(dst *image.RGBA) {
		for _, n := range cells {
			draw.Draw(dst, cell(dst.Bounds(), n), image.NewUniform(color.NRGBA{A: shade}), image.Point{}, draw.Over)
		}
		for n := range cases.GridColumns * cases.GridRows {
			frame(dst, cell(dst.Bounds(), n))
		}
	})
}

// cell is where a cell of the grid lies. The cells cover the picture without a gap.
func cell(b image.Rectangle, n int) image.Rectangle {
	column, row := n%cases.GridColumns, n/cases.GridColumns
	return image.Rect(
		b.Min.X+b.Dx()*column/cases.GridColumns, b.Min.Y+b.Dy()*row/cases.GridRows,
		b.Min.X+b.Dx()*(column+1)/cases.GridColumns, b.Min.Y+b.Dy()*(row+1)/cases.GridRows,
	)
}

// frame draws a thin line, white beside black, so that it shows on any picture.
func frame(dst *image.RGBA, r image.Rectangle) {
	const wide = 2
	for _, line := range []struct {
		at image.Rectangle
		in color.Color
	}{
		{image.Rect(r.Min.X, r.Min.Y, r.Max.X, r.Min.Y+wide), color.White},
		{image.Rect(r.Min.X, r.Min.Y+wide, r.Max.X, r.Min.Y+2*wide), color.Black},
		{image.Rect(r.Min.X, r.Min.Y, r.Min.X+wide, r.Max.Y), color.White},
		{image.Rect(r.Min.X+wide, r.Min.Y, r.Min.X+2*wide, r.Max.Y), color.Black},
	} {
		draw.Draw(dst, line.at, image.NewUniform(line.in), image.Point{}, draw.Src)
	}
}

func redraw(ctx context.Context, photo []byte, change func(*image.RGBA)) ([]byte, error) {
	// Clean made it, so it is what it says and needs no child.
	p, err := measure(jpegFormat, photo)
	if err != nil {
		return nil, err
	}
	if p.memory > heavyShare {
		return nil, refuse(TextPixels, nil)
	}
	release, err := acquire(ctx, p.memory)
	if err != nil {
		return nil, err
	}
	defer release()
	src, err := jpeg.Decode(bytes.NewReader(photo))
	if err != nil {
		return nil, refuse(TextBroken, nil)
	}
	dst := shrink(src)
	change(dst)
	var out bytes.Buffer
	if err := jpeg.Encode(&out, dst, &jpeg.Options{Quality: jpegQuality}); err != nil {
		return nil, refuse(TextBroken, nil)
	}
	return out.Bytes(), nil
}
