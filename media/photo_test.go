package media

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"

	"pgregory.net/rapid"

	"tinbao/cases"
)

var (
	red  = color.RGBA{R: 0xff, A: 0xff}
	blue = color.RGBA{B: 0xff, A: 0xff}
)

// picture is w×h, blue with a red upper left quarter.
func picture(w, h int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.Set(x, y, blue)
			if x < w/2 && y < h/2 {
				img.Set(x, y, red)
			}
		}
	}
	return img
}

func encodeJPEG(img image.Image) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func encodePNG(img image.Image) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// exif is a TIFF block with an orientation, a device and a position.
func exif(order binary.AppendByteOrder, orientation uint16) []byte {
	b := []byte("II*\x00")
	if order == binary.AppendByteOrder(binary.BigEndian) {
		b = []byte("MM\x00*")
	}
	b = order.AppendUint32(b, 8)
	b = order.AppendUint16(b, 3)
	entry := func(tag, kind uint16, count uint32) {
		b = order.AppendUint16(b, tag)
		b = order.AppendUint16(b, kind)
		b = order.AppendUint32(b, count)
	}
	const ascii, short, long = 2, 3, 4
	entry(0x0110, ascii, uint32(len(canary))) // model
	b = order.AppendUint32(b, 50)
	entry(0x0112, short, 1)
	b = order.AppendUint16(b, orientation)
	b = order.AppendUint16(b, 0)
	entry(0x8825, long, 1) // position
	b = order.AppendUint32(b, 50)
	b = order.AppendUint32(b, 0)
	return append(b, canary...)
}

func segment(marker byte, data []byte) []byte {
	return append(binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(len(data)+2)), data...)
}

// phonePhoto is a JPEG as phones make it, with a comment, XMP and an archive
// behind its end.
func phonePhoto(orientation uint16) []byte {
	plain := encodeJPEG(picture(64, 32))
	b := append([]byte(nil), plain[:2]...)
	b = append(b, segment(0xe1, append([]byte("Exif\x00\x00"), exif(binary.LittleEndian, orientation)...))...)
	b = append(b, segment(0xe1, []byte("http://ns.adobe.com/xap/1.0/\x00"+canary))...)
	b = append(b, segment(0xed, []byte("Photoshop 3.0\x00"+canary))...)
	b = append(b, segment(0xfe, []byte(canary))...)
	b = append(b, plain[2:]...)
	return append(b, "PK\x03\x04"+canary...)
}

func pngChunk(name string, data []byte) []byte {
	b := append(binary.BigEndian.AppendUint32(nil, uint32(len(data))), name...)
	b = append(b, data...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

// pngWith is a PNG with chunks behind its header.
func pngWith(img image.Image, chunks ...[]byte) []byte {
	const header = 8 + 8 + 13 + 4
	plain := encodePNG(img)
	return append(append(append([]byte(nil), plain[:header]...), bytes.Join(chunks, nil)...), plain[header:]...)
}

// redCorner tells in which corner the red quarter is: "upper left" and so on.
func redCorner(t *testing.T, b []byte) string {
	t.Helper()
	img, err := jpeg.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	size := img.Bounds()
	found := ""
	for name, at := range map[string]image.Point{
		"upper left":  {size.Dx() / 4, size.Dy() / 4},
		"upper right": {size.Dx() * 3 / 4, size.Dy() / 4},
		"lower left":  {size.Dx() / 4, size.Dy() * 3 / 4},
		"lower right": {size.Dx() * 3 / 4, size.Dy() * 3 / 4},
	} {
		if r, _, b, _ := img.At(at.X, at.Y).RGBA(); r > 0xc000 && b < 0x4000 {
			found += name
		}
	}
	return found
}

func size(t *testing.T, b []byte) image.Point {
	t.Helper()
	c, err := jpeg.DecodeConfig(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return image.Pt(c.Width, c.Height)
}

func TestPhotoIsTurnedUprightAndBare(t *testing.T) {
	for orientation, want := range map[uint16]string{
		0: "upper left", 1: "upper left", 2: "upper right", 3: "lower right", 4: "lower left",
		5: "upper left", 6: "upper right", 7: "lower right", 8: "lower left", 9: "upper left",
	} {
		clean := mustClean(t, cases.Photo, phonePhoto(orientation), "image/jpeg")
		if got := redCorner(t, clean); got != want {
			t.Errorf("orientation %d: red is %s, want %s", orientation, got, want)
		}
		upright := image.Pt(64, 32)
		if orientation >= 5 && orientation <= 8 {
			upright = image.Pt(32, 64)
		}
		if got := size(t, clean); got != upright {
			t.Errorf("orientation %d: size %v, want %v", orientation, got, upright)
		}
		for _, mark := range []string{"Exif", "PK\x03\x04", "Photoshop", "adobe"} {
			if bytes.Contains(clean, []byte(mark)) {
				t.Errorf("orientation %d: %q is left", orientation, mark)
			}
		}
	}
}

func TestOtherPhotoFormats(t *testing.T) {
	text := pngChunk("tEXt", []byte("Author\x00"+canary))
	turned := pngChunk("eXIf", exif(binary.BigEndian, 6))
	if got := redCorner(t, mustClean(t, cases.Document, pngWith(picture(64, 32), text, turned), "image/jpeg")); got != "upper right" {
		t.Errorf("PNG: red is %s", got)
	}
	clear := image.NewNRGBA(image.Rect(0, 0, 16, 16))
	img, err := jpeg.Decode(bytes.NewReader(mustClean(t, cases.Photo, encodePNG(clear), "image/jpeg")))
	if err != nil {
		t.Fatal(err)
	}
	if r, g, b, _ := img.At(8, 8).RGBA(); min(r, g, b) < 0xf000 {
		t.Errorf("what is clear becomes %v and not white", img.At(8, 8))
	}
	// The smallest lossless WebP there is, with an EXIF chunk behind it.
	pixel, err := base64.StdEncoding.DecodeString("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")
	if err != nil {
		t.Fatal(err)
	}
	data := exif(binary.LittleEndian, 6)
	webp := append(bytes.Clone(pixel), "EXIF"...)
	webp = append(binary.LittleEndian.AppendUint32(webp, uint32(len(data))), data...)
	binary.LittleEndian.PutUint32(webp[4:], uint32(len(webp)-8))
	if got := orientation(webpFormat, webp); got != 6 {
		t.Errorf("WebP: orientation %d", got)
	}
	if got := size(t, mustClean(t, cases.Photo, webp, "image/jpeg")); got != image.Pt(1, 1) {
		t.Errorf("WebP: size %v", got)
	}
}

// Photos are kept as large as faces and plates need it, long screenshots as wide as words do.
func TestSizesKept(t *testing.T) {
	for _, c := range []struct{ from, want image.Point }{
		{image.Pt(640, 480), image.Pt(640, 480)},
		{image.Pt(4000, 3000), image.Pt(2560, 1920)},
		{image.Pt(8160, 6144), image.Pt(2560, 1927)},
		{image.Pt(720, 16_000), image.Pt(720, 16_000)},
		{image.Pt(1080, 12_000), image.Pt(1080, 12_000)},
		{image.Pt(1440, 40_000), image.Pt(758, 21_081)},
		{image.Pt(40_000, 1440), image.Pt(21_081, 758)},
		{image.Pt(5120, 100), image.Pt(5120, 100)},
		{image.Pt(60_000, 1), image.Pt(60_000, 1)},
	} {
		w, h := kept(c.from.X, c.from.Y)
		if got := image.Pt(w, h); got != c.want {
			t.Errorf("%v becomes %v, want %v", c.from, got, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		w, h := kept(rapid.IntRange(1, maxSide).Draw(t, "w"), rapid.IntRange(1, maxSide).Draw(t, "h"))
		if again, still := kept(w, h); w < 1 || h < 1 || w*h > mostPixels || again < w-1 || still < h-1 {
			t.Fatalf("%d × %d, then %d × %d", w, h, again, still)
		}
	})
	img := image.NewGray(image.Rect(0, 0, 5120, 4000))
	if got := size(t, mustClean(t, cases.Photo, encodePNG(img), "image/jpeg")); got != image.Pt(2560, 2000) {
		t.Errorf("size %v", got)
	}
}

// TestBombsAreNotDecoded: the sizes are refused from the header alone; decoding
// them would take gigabytes.
func TestBombsAreNotDecoded(t *testing.T) {
	header := func(w, h uint32) []byte { return append(pngHeader(w, h), pngChunk("IDAT", nil)...) }
	mustRefuse(t, cases.Photo, header(30000, 30000), TextPixels)
	mustRefuse(t, cases.Photo, header(maxSide+1, 1), TextPixels)
	mustRefuse(t, cases.Photo, header(10000, 5000), TextBroken) // allowed, and cut off
}

func TestBrokenPhotos(t *testing.T) {
	whole := encodeJPEG(picture(640, 320))
	mustRefuse(t, cases.Photo, whole[:len(whole)/4], TextBroken)
	mustRefuse(t, cases.Photo, whole[:4], TextBroken)
	p := encodePNG(picture(64, 32))
	mustRefuse(t, cases.Document, p[:50], TextBroken)
	mustRefuse(t, cases.Photo, []byte("RIFF\x04\x00\x00\x00WEBPVP8L"), TextBroken)
}

func BenchmarkPhoto12MP(b *testing.B) {
	body := encodeJPEG(picture(4000, 3000))
	for b.Loop() {
		if _, _, err := Clean(b.Context(), cases.Photo, body); err != nil {
			b.Fatal(err)
		}
	}
}
