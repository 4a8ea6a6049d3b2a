package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"tinbao/telegramsim"
)

// What the files of the stories tell about their maker; it must not arrive with
// staff. trace stands wherever a file can hold a text, the rest where phones and
// cameras write it.
const (
	trace  = "TRACE-GPS-2057.31N-10544.92E"
	owner  = "Chủ máy Kín Đáo"
	serial = "SN-7781-KIN-0042"
)

// latitude and longitude are a position in EXIF: degrees, minutes and seconds, each
// a fraction.
var (
	latitude  = fractions(20, 1, 57, 1, 1843, 100)
	longitude = fractions(105, 1, 44, 1, 5536, 100)
)

func fractions(numbers ...uint32) (b []byte) {
	for _, n := range numbers {
		b = binary.BigEndian.AppendUint32(b, n)
	}
	return b
}

// traces are what is looked for after every story.
var traces = secrets{
	"trace of a file": trace, "owner of a camera": owner, "serial number of a camera": serial,
	"latitude of a photo": string(latitude), "longitude of a photo": string(longitude),
}

// sendFile sends what a story names: a kind of file, optionally how many
// ("album 3", "photo 22"), and after a colon the words below it.
func (s *story) sendFile(id int64, what string) error {
	what, caption, _ := strings.Cut(what, ":")
	kind, count, _ := strings.Cut(strings.TrimSpace(what), " ")
	n, err := strconv.Atoi(count)
	if err != nil {
		n = 1
	}
	if kind == "sheet" {
		_, err := s.sim.SendFile(id, s.sheet(caption))
		return err
	}
	if kind == "album" {
		items := make([]telegramsim.AlbumItem, n)
		for i := range items {
			items[i] = s.file("photo", i)
		}
		items[0].Caption = strings.TrimSpace(caption)
		_, err := s.sim.SendAlbum(id, items)
		return err
	}
	for i := range n {
		item := s.file(kind, i)
		item.Caption = strings.TrimSpace(caption)
		if _, err := s.sim.SendFile(id, item); err != nil {
			return err
		}
	}
	return nil
}

// file makes a small real file; i makes it differ from others.
func (s *story) file(kind string, i int) telegramsim.AlbumItem {
	s.t.Helper()
	item := func(k telegramsim.FileKind, name, mime string, body []byte) telegramsim.AlbumItem {
		return telegramsim.AlbumItem{Kind: k, Name: trace + name, MIME: mime, Body: body}
	}
	switch kind {
	case "photo":
		return item(telegramsim.Photo, ".jpg", "image/jpeg", phonePhoto(s.t, i))
	case "photofile":
		return item(telegramsim.Document, ".jpg", "image/jpeg", phonePhoto(s.t, i))
	case "video":
		return item(telegramsim.Video, ".mp4", "video/mp4", film(s.t, "mp4", "-shortest", "-c:v", "mpeg4", "-c:a", "aac"))
	case "voice":
		return item(telegramsim.Voice, ".ogg", "audio/ogg", film(s.t, "ogg", "-map", "1:a", "-c:a", "libopus"))
	case "pdf":
		return item(telegramsim.Document, ".pdf", "application/pdf", pdf())
	case "exe":
		return item(telegramsim.Document, ".exe", "application/x-msdownload", []byte("MZ"+trace))
	case "hiddenexe": // says that it is a picture
		return item(telegramsim.Document, ".jpg", "image/jpeg", []byte("MZ"+trace+strings.Repeat(" ", 64)))
	case "heic":
		return item(telegramsim.Document, ".heic", "image/heic", []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"+trace))
	case "hugephoto": // small to send, far too large to open
		return item(telegramsim.Document, ".png", "image/png", bomb())
	case "broken":
		body := phonePhoto(s.t, i)
		return item(telegramsim.Photo, ".jpg", "image/jpeg", body[:len(body)/3])
	}
	s.t.Fatalf("no such file %q", kind)
	return telegramsim.AlbumItem{}
}

// phonePhoto is a JPEG with a device and a position in it, as phones make them.
func phonePhoto(t *testing.T, i int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 48, 32))
	for x := range 48 {
		for y := range 32 {
			img.Set(x, y, color.RGBA{R: uint8(5 * x), G: uint8(7 * y), B: uint8(40 * i), A: 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	plain := b.Bytes()
	out := append([]byte(nil), plain[:2]...)
	out = append(out, segment(0xe1, append([]byte("Exif\x00\x00"), position()...))...)
	out = append(out, segment(0xfe, []byte(trace))...)
	return append(out, plain[2:]...)
}

func segment(marker byte, data []byte) []byte {
	return append(binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(len(data)+2)), data...)
}

// position is an EXIF block with the owner and the number of the camera, and a GPS
// directory.
func position() []byte {
	const (
		ascii, long, rational = 2, 4, 5
		width                 = 12 // of an entry
		gps                   = 8 + 2 + 2*width + 4
		exif                  = gps + 2 + 5*width + 4
		values                = exif + 2 + 2*width + 4
	)
	b := []byte("MM\x00*\x00\x00\x00\x08")
	var tail []byte
	entry := func(tag, kind uint16, count, value uint32) {
		b = binary.BigEndian.AppendUint16(b, tag)
		b = binary.BigEndian.AppendUint16(b, kind)
		b = binary.BigEndian.AppendUint32(b, count)
		b = binary.BigEndian.AppendUint32(b, value)
	}
	far := func(tag, kind uint16, count int, value []byte) { // a value that stands behind the directories
		entry(tag, kind, uint32(count), uint32(values+len(tail)))
		tail = append(tail, value...)
	}
	b = append(b, 0, 2)
	entry(0x8769, long, 1, exif)
	entry(0x8825, long, 1, gps)
	b = append(b, 0, 0, 0, 0)
	b = append(b, 0, 5)
	entry(0x0001, ascii, 2, uint32('N')<<24)
	far(0x0002, rational, 3, latitude)
	entry(0x0003, ascii, 2, uint32('E')<<24)
	far(0x0004, rational, 3, longitude)
	far(0x001b, ascii, len(trace), []byte(trace)) // name of the method
	b = append(b, 0, 0, 0, 0)
	b = append(b, 0, 2)
	far(0xa430, ascii, len(owner), []byte(owner))
	far(0xa431, ascii, len(serial), []byte(serial))
	b = append(b, 0, 0, 0, 0)
	return append(b, tail...)
}

// film lets ffmpeg make a second of pictures and sound with the trace in its
// description.
func film(t *testing.T, ending string, args ...string) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "film."+ending)
	all := append([]string{
		"-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i", "testsrc=size=64x48:rate=5:duration=1",
		"-f", "lavfi", "-i", "sine=frequency=440:duration=1", "-metadata", "location=" + trace, "-metadata", "comment=" + trace, "-metadata", "artist=" + owner, "-metadata", "encoder=" + serial,
	}, append(args, path)...)
	if out, err := exec.Command("ffmpeg", all...).CombinedOutput(); err != nil {
		t.Fatalf("making a film: %v: %s", err, out)
	}
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// pdf is a document of one page whose author is the trace.
func pdf() []byte {
	objects := []string{
		"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R>>",
		"<</Length 26>>\nstream\n0 0 1 rg 10 10 100 100 re f\nendstream", "<</Author(" + trace + ")/Creator(" + serial + ")>>",
	}
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	var table bytes.Buffer
	for i, o := range objects {
		fmt.Fprintf(&table, "%010d 00000 n \n", b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 6\n0000000000 65535 f \n%strailer\n<</Size 6/Root 1 0 R/Info 5 0 R>>\nstartxref\n%d\n%%%%EOF\n", table.String(), start)
	return b.Bytes()
}

// bomb is a PNG of a few bytes that says it is 30,000 by 30,000.
func bomb() []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 1, 1))); err != nil {
		return nil
	}
	raw := b.Bytes()
	const header, sum = 16, 29
	binary.BigEndian.PutUint32(raw[header:], 30_000)
	binary.BigEndian.PutUint32(raw[header+4:], 30_000)
	binary.BigEndian.PutUint32(raw[sum:], crc32.ChecksumIEEE(raw[12:sum]))
	return raw
}

// cleaned fails when a file on a phone still tells about its maker, and when there
// is none.
func (s *story) cleaned(who string) error {
	files := 0
	for _, m := range s.sim.Messages(cast[who].ID) {
		f, _ := m.File()
		if f == nil || !m.FromBot {
			continue
		}
		files++
		body, err := s.sim.FileBody(f.ID)
		if err != nil {
			return err
		}
		if left := find("the file", append([]byte(f.Name+"\n"), body...), traces); left != nil {
			return fmt.Errorf("file %d still has its metadata: %v", files, left)
		}
	}
	if files == 0 {
		return fmt.Errorf("no file has arrived")
	}
	return nil
}
