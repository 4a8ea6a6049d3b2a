package media

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"os/exec"
	"strconv"
)

// frameHeader is what a start of frame tells (ITU-T T.81, B.2.2).
type frameHeader struct {
	w, h        int
	progressive bool
	components  []byte // sampling of each: four bits across, four down
}

func startOfFrame(b []byte) (f frameHeader) {
	jpegSegments(b, func(marker byte, data []byte) bool {
		if marker < 0xc0 || marker > 0xcf || marker == 0xc4 || marker == 0xc8 || marker == 0xcc || len(data) < 6 {
			return true
		}
		f.h, f.w = int(binary.BigEndian.Uint16(data[1:])), int(binary.BigEndian.Uint16(data[3:]))
		f.progressive = marker&3 == 2
		for c := data[6:]; len(c) >= 3; c = c[3:] {
			f.components = append(f.components, c[1])
		}
		return false
	})
	return f
}

// quarters is what Go's decoder takes for four pixels, in bytes: the planes, the
// coefficients of a progressive picture in 32 bits each, and for other than brightness and
// two colours a picture of four bytes.
func (f frameHeader) quarters() int64 {
	most, sum := 1, 0
	for _, c := range f.components {
		most = max(most, int(c>>4)*int(c&15))
		sum += int(c>>4) * int(c&15)
	}
	planes := int64(4*sum+most-1) / int64(most)
	if f.progressive {
		planes *= 5
	}
	if n := len(f.components); n == 3 || n == 4 {
		planes += 4 * 4 * int64(n-3)
	}
	return planes
}

// djpegDecode opens a JPEG with libjpeg, reduced where it is larger than what is kept, and
// as far as it goes where it is damaged.
func (t tools) djpegDecode(ctx context.Context, p photo, body []byte) (image.Image, error) {
	f := startOfFrame(body)
	if f.components == nil {
		return nil, refuse(TextBroken, nil)
	}
	// libjpeg holds the coefficients of a progressive picture in 16 bits, Go in 32 and the planes.
	if coefficients := f.quarters() * 2 / 5 * int64(p.w) / 4 * int64(p.h); f.progressive && coefficients > room(toolMemory) {
		return nil, refuse(TextPixels, nil)
	}
	kw, _ := kept(p.w, p.h)
	by := 1
	for by < 8 && p.w/(2*by) >= kw {
		by *= 2
	}
	in, err := scratch(body)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	var out bytes.Buffer
	args := []string{"-pnm", "-scale", "1/" + strconv.Itoa(by), "-maxscans", strconv.Itoa(maxScans)}
	err = call{path: t.djpeg, args: args, stdin: in, stdout: &capped{to: &out, left: int(toolMemory) / 2}}.run(ctx)
	const warned = 2 // exit code: the picture is there, and something was wrong with it
	if exit := (*exec.ExitError)(nil); err != nil && (!errors.As(err, &exit) || exit.ExitCode() != warned) {
		return nil, refuse(TextBroken, err)
	}
	img, ok := readPNM(out.Bytes())
	if !ok || err != nil && mostlyBlank(img) {
		return nil, refuse(TextBroken, err)
	}
	return img, nil
}

// readPNM reads what djpeg and pdftoppm write: P5 (grey) or P6 (red, green, blue), 8 bits.
func readPNM(b []byte) (image.Image, bool) {
	var magic byte
	var w, h, most int
	header, err := fmt.Sscanf(string(b[:min(len(b), 64)]), "P%c\n%d %d\n%d", &magic, &w, &h, &most)
	if err != nil || header != 4 || w <= 0 || h <= 0 || most != 255 {
		return nil, false
	}
	size := len(fmt.Sprintf("P%c\n%d %d\n%d\n", magic, w, h, most))
	if len(b) < size {
		return nil, false
	}
	switch pixels := b[size:]; {
	case magic == '5' && len(pixels) == w*h:
		return &image.Gray{Pix: pixels, Stride: w, Rect: image.Rect(0, 0, w, h)}, true
	case magic == '6' && len(pixels) == 3*w*h:
		return &rgb{pix: pixels, w: w, h: h}, true
	default:
		return nil, false
	}
}

// mostlyBlank reports whether more than the lower half of a damaged picture is the grey
// that stands for what is missing.
func mostlyBlank(img image.Image) bool {
	var pix []byte
	switch p := img.(type) {
	case *image.Gray:
		pix = p.Pix
	case *rgb:
		pix = p.pix
	default:
		return false
	}
	const grey = 128
	return len(bytes.TrimRight(pix, string([]byte{grey}))) < len(pix)/2
}
