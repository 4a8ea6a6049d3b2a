package media

import (
	"bytes"
	"encoding/binary"
	"image"
	"io"

	"golang.org/x/image/webp"
)

// decodeWebP decodes a still picture, or the first frame of a moving one.
func decodeWebP(r io.Reader) (image.Image, error) {
	b, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	img, err := webp.Decode(bytes.NewReader(stillWebP(b)))
	if err != nil {
		return nil, err
	}
	switch p := img.(type) {
	case *image.YCbCr:
		fullRange(p)
	case *image.NYCbCrA:
		fullRange(&p.YCbCr)
	}
	return img, nil
}

// fullRange stretches the brightness of VP8, in which 16 is black and 235 is white (RFC
// 6386, section 9.2, by ITU-R BT.601), to the 0 to 255 of image.YCbCr.
func fullRange(p *image.YCbCr) {
	stretch := func(plane []byte, zero, middle, span int) {
		var table [256]byte
		for v := range table {
			table[v] = byte(max(0, min(255, middle+((v-zero)*255*2+span)/(2*span))))
		}
		for i, v := range plane {
			plane[i] = table[v]
		}
	}
	const black, white, neutral, colors = 16, 235, 128, 224
	stretch(p.Y, black, 0, white-black)
	stretch(p.Cb, neutral, neutral, colors)
	stretch(p.Cr, neutral, neutral, colors)
}

// stillWebP is the first frame of an animation as a file, and any other file as it is.
func stillWebP(b []byte) []byte {
	const (
		riffHeader, frameHeaderSize = 12, 16
		animated, hasAlpha          = 2, 16 // bits of VP8X
	)
	if len(b) < riffHeader+8+10 || string(b[riffHeader:riffHeader+4]) != "VP8X" || b[riffHeader+8]&animated == 0 {
		return b
	}
	frame := chunk(b, riffHeader, binary.LittleEndian, "ANMF", false)
	if len(frame) <= frameHeaderSize {
		return b
	}
	extended := make([]byte, 10)
	extended[0] = hasAlpha
	copy(extended[4:], frame[6:12]) // width and height, each less one
	body := []byte("WEBP")
	data := frame[frameHeaderSize:]
	if bytes.HasPrefix(data, []byte("ALPH")) {
		body = append(append(body, "VP8X\x0a\x00\x00\x00"...), extended...)
	}
	body = append(body, data...)
	return append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body))), body...)
}
