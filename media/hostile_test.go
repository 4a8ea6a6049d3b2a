package media

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"image/jpeg"
	"runtime"
	"strings"
	"testing"

	"tinbao/cases"
)

// allocated is what a call takes of memory, all in all.
func allocated(do func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

func zipped(data []byte) []byte {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		panic(err)
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// zeros is a packed stream of many megabytes of nothing, in a kilobyte for each. Its
// checksum is wrong, which nobody reads so far to find.
func zeros(megabytes int) []byte {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	var block []byte
	for range 2 {
		begin := b.Len()
		if _, err := w.Write(make([]byte, 1<<20)); err != nil {
			panic(err)
		}
		if err := w.Flush(); err != nil {
			panic(err)
		}
		block = bytes.Clone(b.Bytes()[begin:])
	}
	return append(b.Bytes(), bytes.Repeat(block, megabytes-2)...)
}

// sized is a JPEG whose header tells another size.
func sized(w, h uint16) []byte {
	b := encodeJPEG(picture(16, 16))
	const frame = 0xc0
	at := bytes.Index(b, []byte{0xff, frame})
	binary.BigEndian.PutUint16(b[at+5:], h)
	binary.BigEndian.PutUint16(b[at+7:], w)
	return b
}

// riff is a WebP of chunks.
func riff(chunks ...[]byte) []byte {
	body := append([]byte("WEBP"), bytes.Join(chunks, nil)...)
	return append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body))), body...)
}

func riffChunk(name string, data []byte) []byte {
	b := append(binary.LittleEndian.AppendUint32([]byte(name), uint32(len(data))), data...)
	return append(b, make([]byte, len(data)%2)...)
}

// lossless is the header of a VP8L picture, and nothing of the picture.
func lossless(w, h uint32) []byte {
	return riffChunk("VP8L", binary.LittleEndian.AppendUint32([]byte{0x2f}, w-1|(h-1)<<14))
}

// canvas is the header of an extended WebP.
func canvas(w, h uint32) []byte {
	three := func(b []byte, n uint32) []byte { return append(b, byte(n), byte(n>>8), byte(n>>16)) }
	return riffChunk("VP8X", three(three(make([]byte, 4), w-1), h-1))
}

// pngHeader is the beginning of an RGB PNG.
func pngHeader(w, h uint32) []byte {
	ihdr := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)
	return append([]byte("\x89PNG\r\n\x1a\n"), pngChunk("IHDR", append(ihdr, 8, 2, 0, 0, 0))...)
}

// Pictures that claim or unpack to more than anybody photographs are refused before
// they take memory, each with an answer of its kind.
func TestPictureBombs(t *testing.T) {
	const side = 50_000
	flood := zeros(200)
	gif := binary.LittleEndian.AppendUint16(binary.LittleEndian.AppendUint16([]byte("GIF89a"), side), side)
	for name, c := range map[string]struct {
		body []byte
		text string
	}{
		"PNG":                        {append(pngHeader(side, side), pngChunk("IDAT", flood)...), TextPixels},
		"PNG without end":            {append(pngHeader(1<<31-1, 1<<31-1), pngChunk("IDAT", flood)...), TextPixels},
		"JPEG":                       {sized(side, side), TextPixels},
		"JPEG without size":          {sized(0, 0), TextBroken},
		"WebP":                       {riff(lossless(16_384, 16_384)), TextPixels},
		"WebP canvas":                {riff(canvas(40_000, side), lossless(16_384, 16_384)), TextPixels},
		"WebP canvas without end":    {riff(canvas(side, side), lossless(16_384, 16_384)), TextBroken},
		"WebP behind a small canvas": {riff(canvas(16, 16), lossless(16_384, 16_384)), TextBroken},
		"GIF":                        {append(gif, make([]byte, 64)...), TextPixels},
		"PNG with less than it says": {append(append(pngHeader(16, 16), pngChunk("IDAT", zipped(nil))...), pngChunk("IEND", nil)...), TextBroken},
	} {
		const most = 16 << 20
		used := allocated(func() { mustRefuse(t, cases.Document, c.body, c.text) })
		if used > most {
			t.Errorf("%s: takes %d MB", name, used>>20)
		}
	}
}

// What stands behind the last row is not unpacked.
func TestPictureWithMoreThanItSays(t *testing.T) {
	body := append(append(pngHeader(16, 16), pngChunk("IDAT", zeros(200))...), pngChunk("IEND", nil)...)
	mustClean(t, cases.Photo, body, jpegMIME)
}

// What decoders may skip is not unpacked at all.
func TestBombInMetadata(t *testing.T) {
	flood := zeros(200)
	body := pngWith(picture(64, 32), pngChunk("zTXt", append([]byte("Comment\x00\x00"), flood...)), pngChunk("iCCP", append([]byte("icc\x00\x00"), flood...)))
	if used := allocated(func() { mustClean(t, cases.Photo, body, jpegMIME) }); used > 64<<20 {
		t.Errorf("takes %d MB", used>>20)
	}
}

// A progressive picture may go over itself again and again in a few bytes a time.
func TestPictureOfEndlessScans(t *testing.T) {
	body := []byte{0xff, 0xd8}
	body = append(body, segment(0xdb, append([]byte{0}, bytes.Repeat([]byte{1}, 64)...))...)
	body = append(body, segment(0xc2, []byte{8, 0x1a, 0, 0x1a, 0, 1, 1, 0x11, 0})...)   // 6656 × 6656, grey
	body = append(body, segment(0xc4, append([]byte{0x00, 1}, make([]byte, 16)...))...) // one code: no difference
	body = append(body, segment(0xc4, append(append([]byte{0x10, 1}, make([]byte, 15)...), 0xe0))...)
	first := append(segment(markerScan, []byte{1, 1, 0, 0, 0, 1}), make([]byte, 90_000)...)
	again := append(segment(markerScan, []byte{1, 1, 0, 1, 63, 1}), make([]byte, 90)...)
	body = append(append(body, first...), bytes.Repeat(again, maxScans)...)
	mustRefuse(t, cases.Photo, append(body, 0xff, 0xd9), TextBroken)
}

// Files that are two things at once are stored as the one we made of them.
func TestPolyglots(t *testing.T) {
	const script, archive, page = "<script>" + canary + "</script>", "PK\x03\x04" + canary + "PK\x05\x06", "<html><body>" + canary + "</body></html>"
	pixel, err := base64.StdEncoding.DecodeString("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")
	if err != nil {
		t.Fatal(err)
	}
	behind := func(b []byte, more string) []byte { return append(bytes.Clone(b), more...) }
	plain := encodeJPEG(picture(64, 32))
	for name, body := range map[string][]byte{
		"JPEG and ZIP":           behind(plain, archive),
		"JPEG and PDF":           behind(plain, "%PDF-1.7\n"+canary),
		"JPEG and a second JPEG": behind(plain, string(phonePhoto(1))),
		"JPEG with a page":       append(append([]byte{0xff, 0xd8}, segment(0xfe, []byte(page))...), plain[2:]...),
		"JPEG with a profile":    append(append([]byte{0xff, 0xd8}, segment(0xe2, []byte("ICC_PROFILE\x00\x01\x01"+canary))...), plain[2:]...),
		"PNG and a script":       behind(encodePNG(picture(64, 32)), script),
		"PNG and ZIP":            behind(encodePNG(picture(64, 32)), archive),
		"PNG with a script":      pngWith(picture(64, 32), pngChunk("tEXt", []byte("Comment\x00"+script)), pngChunk("quNk", []byte(script))),
		"WebP and a script":      behind(pixel, script),
	} {
		clean := mustClean(t, cases.Document, body, jpegMIME)
		checkBare(t, name, clean)
	}
	mustRefuse(t, cases.Document, []byte("GIF89a/*\x00\x00\xff\x00,\x00*/=1;alert('"+canary+"')"), TextBroken)
	mustRefuse(t, cases.Photo, []byte(archive+string(plain)), TextType)
	mustRefuse(t, cases.Document, []byte(page+"%PDF-1.7"), TextType)
	if !HasPDF() {
		t.Fatal("exiftool or qpdf is missing: run scripts/setup")
	}
	emptyTemp(t)
	for _, more := range []string{page, archive, script} {
		document := mustClean(t, cases.Document, behind(pdf(nil, "", "", ""), more), pdfMIME)
		if !bytes.HasSuffix(bytes.TrimSpace(document), []byte("%%EOF")) {
			t.Errorf("behind the document stands %q", document[max(0, len(document)-20):])
		}
	}
	mustClean(t, cases.Document, pdf(nil, "%"+page+"\n", "", ""), pdfMIME)
}

// checkBare fails unless a file is a picture and nothing else.
func checkBare(t *testing.T, name string, b []byte) {
	t.Helper()
	if !bareJPEG(b) {
		t.Errorf("%s: more than a picture is left", name)
	}
	if _, err := jpeg.Decode(bytes.NewReader(b)); err != nil {
		t.Errorf("%s: %v", name, err)
	}
	for _, mark := range []string{canary, "Exif\x00\x00", "ICC_PROFILE", "http://ns.adobe", "Photoshop", "<script", "PK\x03\x04"} {
		if bytes.Contains(b, []byte(mark)) {
			t.Errorf("%s: %q is left", name, mark)
		}
	}
}

// Sound and films with something behind them, or with more notes than pictures.
func TestFilmPolyglots(t *testing.T) {
	notes := strings.Repeat("3600 giây ", 40_000)
	for name, c := range map[string]struct {
		kind cases.MediaKind
		args []string
		mime string
	}{
		"mp4":   {cases.Video, []string{"-map", "0:v", "-c:v", "libx264", "-pix_fmt", "yuv420p", "-metadata", "synopsis=" + notes[:100_000], "v.mp4"}, "video/mp4"},
		"webm":  {cases.Video, []string{"-map", "0:v", "-c:v", "libvpx", "v.webm"}, "video/webm"},
		"voice": {cases.Voice, []string{"-map", "1:a", "-c:a", "libopus", "v.ogg"}, "audio/ogg"},
		"mp3":   {cases.Voice, []string{"-map", "1:a", "-c:a", "libmp3lame", "v.mp3"}, "audio/mpeg"},
	} {
		t.Run(name, func(t *testing.T) {
			body := film(t, c.args...)
			emptyTemp(t)
			for _, more := range []string{"PK\x03\x04" + canary + "PK\x05\x06", "<script>" + canary + "</script>"} {
				clean := mustClean(t, c.kind, append(bytes.Clone(body), more...), c.mime)
				for _, mark := range []string{"PK\x03\x04", "<script", "3600 gi"} {
					if bytes.Contains(clean, []byte(mark)) {
						t.Errorf("%q is left", mark)
					}
				}
			}
		})
	}
}

// A film that says it lasts for years is taken by what is in it, or refused.
func TestFilmThatLiesAboutItsLength(t *testing.T) {
	body := film(t, "-map", "0:v", "-c:v", "libx264", "-pix_fmt", "yuv420p", "v.mp4")
	emptyTemp(t)
	const timescaleAndLength = 16 // from the name of the box: version, two dates, scale
	for _, box := range []string{"mvhd", "mdhd"} {
		at := bytes.Index(body, []byte(box))
		if at < 0 {
			t.Fatal("no box", box)
		}
		binary.BigEndian.PutUint32(body[at+timescaleAndLength+4:], 1<<31-1)
	}
	clean, _, err := Clean(t.Context(), cases.Video, body)
	switch {
	case err != nil && cases.KindOf(err) != cases.Invalid:
		t.Error(err)
	case bytes.Contains(clean, []byte(canary)):
		t.Error("the canary is left")
	case len(clean) > 2*len(body):
		t.Errorf("%d bytes became %d", len(body), len(clean))
	}
}

// A document that unpacks to hundreds of megabytes, or that repeats one page without
// end, is drawn or refused, and leaves nothing behind.
func TestDocumentBombs(t *testing.T) {
	emptyTemp(t)
	mustClean(t, cases.Document, pdf(map[int]string{4: stream("/Filter/FlateDecode", string(zeros(200)))}, "", "", ""), pdfMIME)
	broken := zipped([]byte("/Author(" + canary + ")" + strings.Repeat(canary, 100)))
	broken[len(broken)/2] ^= 0xff // what our tools cannot unpack another reader may
	mustClean(t, cases.Document, pdf(map[int]string{4: stream("/Filter/FlateDecode", string(broken))}, "", "", ""), pdfMIME)
	loop := pdf(map[int]string{2: "<</Type/Pages/Kids[2 0 R]/Count 1000000>>"}, "", "", "")
	mustRefuse(t, cases.Document, loop, TextPDF)
}

// inProcess cleans without a child, which would cost a fuzzer most of its time.
func inProcess(ctx context.Context, kind cases.MediaKind, body []byte) ([]byte, string, error) {
	j, err := installed().plan(kind, body)
	if err != nil {
		return nil, "", err
	}
	return installed().clean(ctx, j, body)
}

// Whatever bytes come as a photo: a refusal with a text, or a picture that holds
// nothing of what came with it.
func FuzzPhoto(f *testing.F) {
	f.Add(phonePhoto(6))
	f.Add(encodePNG(picture(8, 8)))
	f.Add(pngWith(picture(8, 8), pngChunk("tEXt", []byte("Author\x00"+canary)), pngChunk("eXIf", exif(binary.BigEndian, 8))))
	f.Add(riff(canvas(16, 16), lossless(16, 16)))
	f.Add(riff(lossless(16_384, 16_384)))
	f.Add(sized(50_000, 50_000))
	f.Add([]byte("GIF89a" + strings.Repeat("\x00", 64)))
	f.Add([]byte("\xff\xd8\xff\xda\x00\x00"))
	pixel, err := base64.StdEncoding.DecodeString("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(pixel)
	f.Fuzz(func(t *testing.T, b []byte) {
		if f := sniff(b); f.family() == isPhoto {
			const slow = 1 << 20 // pixels; TestPictureBombs is for more
			if p, err := measure(f, b); err == nil && p.w*p.h > slow {
				return
			}
		}
		clean, mime, err := inProcess(t.Context(), cases.Photo, append(bytes.Clone(b), canary...))
		if err != nil {
			if cases.KindOf(err) != cases.Invalid || !strings.HasPrefix(cases.TextOf(err), "file.") || clean != nil {
				t.Fatalf("%v, %d bytes", err, len(clean))
			}
			return
		}
		if mime != jpegMIME {
			t.Fatal(mime)
		}
		checkBare(t, fmt.Sprint(len(b), " bytes"), clean)
		if again, _, err := inProcess(t.Context(), cases.Photo, clean); err != nil || len(again) == 0 {
			t.Fatalf("what we make is refused: %v", err)
		}
	})
}
