package media

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"io"
	"net"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"tinbao/cases"
)

// probeName makes the test program confine itself and report what it can still do.
const probeName = "tinbao-media-probe"

// probe reports on a line each what a child can do that it should not be able to.
func probe(address string) {
	if err := confine(job{Memory: toolMemory, Patience: photoPatience}); err != nil {
		fmt.Println("confine:", err)
	}
	if c, err := net.Dial("tcp", address); err == nil {
		fmt.Println("reaches the network", c.Close())
	}
	err := exec.Command(installed().ffmpeg, "-nostdin", "-v", "error", "-i", "http://"+address+"/", "-f", "null", "-").Run()
	if err == nil {
		fmt.Println("a tool reaches the network")
	}
	for _, limit := range []string{"Max core file size", "Max data size", "Max cpu time", "Max file size"} {
		b, err := os.ReadFile("/proc/self/limits")
		_, rest, _ := strings.Cut(string(b), limit)
		if f := strings.Fields(rest); err != nil || len(f) < 2 || f[0] == "unlimited" || f[0] != f[1] {
			fmt.Println("no limit:", limit, err)
		}
	}
	for _, e := range os.Environ() {
		if strings.HasPrefix(e, "DATABASE_URL") {
			fmt.Println("has a secret")
		}
	}
}

// A child and its tools reach nobody, dump nothing and hold no secret.
func TestChildIsConfined(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	reached := make(chan struct{})
	go func() {
		defer close(reached)
		if c, err := l.Accept(); err == nil {
			t.Error("somebody connected", c.Close())
		}
	}()
	cmd := exec.Command("/proc/self/exe")
	cmd.Args = []string{probeName, l.Addr().String()}
	cmd.Env = []string{"PATH=" + os.Getenv("PATH")}
	out, err := cmd.CombinedOutput()
	if err != nil || len(out) > 0 {
		t.Errorf("%v: %s", err, out)
	}
	if err := l.Close(); err != nil {
		t.Error(err)
	}
	<-reached
}

// A file that kills what opens it is refused at once, and the program goes on.
func TestFileThatKillsItsChild(t *testing.T) {
	emptyTemp(t)
	gray := image.NewGray(image.Rect(0, 0, 9000, 5000))
	body := encodePNG(gray)
	starved := job{Kind: cases.Photo, Memory: runtimeShare / 2, Patience: photoPatience, share: 1}
	if _, _, err := starved.clean(t.Context(), body); cases.KindOf(err) != cases.Invalid || cases.TextOf(err) != TextHard {
		t.Errorf("short of memory: %v", err)
	}
	film := film(t, "-map", "0:v", "-c:v", "mjpeg", "-s", "1280x720", "v.avi")
	hasty := job{Kind: cases.Video, Memory: toolMemory, Patience: 50 * time.Millisecond, share: 1}
	if _, _, err := hasty.clean(t.Context(), film); cases.KindOf(err) != cases.Invalid || cases.TextOf(err) != TextHard {
		t.Errorf("short of time: %v", err)
	}
	mustClean(t, cases.Document, body, jpegMIME)
}

// What waits for its share of the budget ends with its caller, and a small photo waits for
// no film.
func TestBudgetIsShared(t *testing.T) {
	heavy, err := acquire(t.Context(), heavyShare)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, _, err := Clean(ctx, cases.Document, pdf(nil, "", "", "")); cases.KindOf(err) != cases.Transient {
		t.Error(err)
	}
	mustClean(t, cases.Photo, phonePhoto(1), jpegMIME)
	light, err := acquire(t.Context(), lightShare)
	if err != nil {
		t.Fatal(err)
	}
	again, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, _, err := Clean(again, cases.Photo, phonePhoto(1)); cases.KindOf(err) != cases.Transient {
		t.Error(err)
	}
	heavy()
	light()
	mustClean(t, cases.Document, pdf(nil, "", "", ""), pdfMIME)
}

// The worst that is accepted of each kind stays within what it takes of the budget.
func TestWorstFiles(t *testing.T) {
	jpegWith := func(w, h int, args ...string) []byte {
		row, seed := make([]byte, 3*w), uint32(1)
		for i := range row {
			seed = seed*1664525 + 1013904223
			row[i] = byte(96 + i/64 + int(seed>>27))
		}
		cmd := exec.Command("cjpeg", append(args, "-quality", "30")...)
		cmd.Stdin = io.MultiReader(strings.NewReader(fmt.Sprintf("P6\n%d %d\n255\n", w, h)), &repeated{b: row, times: h})
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	rows := func(w, h uint32, depth, kind byte, width int) []byte {
		header := append(bytes.Clone(pngHeader(w, h)[16:24]), depth, kind, 0, 0, 0)
		b := append([]byte("\x89PNG\r\n\x1a\n"), pngChunk("IHDR", header)...)
		b = append(b, pngChunk("IDAT", zeros(int(h)*(1+int(w)*width)>>20+2))...)
		return append(b, pngChunk("IEND", nil)...)
	}
	pages, kids := map[int]string{}, ""
	for n := 5; n < 5+30; n++ {
		pages[n] = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 14000 14000]/Contents 4 0 R>>"
		kids += fmt.Sprint(n, " 0 R ")
	}
	pages[2] = "<</Type/Pages/Kids[" + kids + "]/Count 30>>"
	films := func(args ...string) []byte {
		return film(t, append([]string{"-map", "0:v"}, args...)...)
	}
	for _, c := range []struct {
		name string
		kind cases.MediaKind
		body []byte
	}{
		{"JPEG 12 MP, progressive", cases.Photo, jpegWith(4000, 3000, "-progressive")},
		{"JPEG 50 MP, progressive, full colour", cases.Photo, jpegWith(7070, 7070, "-progressive", "-sample", "1x1")},
		{"JPEG 200 MP", cases.Photo, jpegWith(16_320, 12_240)},
		{"PNG 50 MP, transparent", cases.Photo, rows(8192, 6144, 8, pngColorAlpha, 4)},
		{"PNG 50 MP, 16 bits", cases.Photo, rows(8192, 6144, 16, pngColorAlpha, 8)},
		{"PNG 250 MP", cases.Photo, rows(16_000, 15_600, 8, pngColor, 3)},
		{"PNG 1080 × 30000", cases.Photo, rows(1080, 30_000, 8, pngColor, 3)},
		{"WebP 50 MP, lossless", cases.Photo, flatWebP(7000, 7000)},
		{"MJPEG 4K", cases.Video, films("-c:v", "mjpeg", "-s", "3840x2160", "v.avi")},
		{"H.264 4K", cases.Video, films("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-s", "3840x2160", "v.mp4")},
		{"HEVC 4K", cases.Video, films("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none", "-s", "3840x2160", "v.mov")},
		{"WAV 4 MB", cases.Voice, wav(4 << 20)},
		{"PDF, 30 pages of 5 × 5 m", cases.Document, pdf(pages, "", "", "")},
	} {
		j, err := installed().plan(c.kind, c.body)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		begun := time.Now()
		_, a, err := j.clean(t.Context(), c.body)
		t.Logf("%-38s %8d bytes: %4d + %4d MB of %4d MB, %5.1f s, %v", c.name, len(c.body),
			a.Child>>10, a.Tool>>10, j.share>>20, time.Since(begun).Seconds(), outcome(a, err))
		if err != nil && (cases.KindOf(err) != cases.Invalid || cases.TextOf(err) == "") {
			t.Errorf("%s: %v", c.name, err)
		}
		if (a.Child+a.Tool)<<10 > j.share {
			t.Errorf("%s takes more than its share", c.name)
		}
	}
}

// repeated reads the same bytes again and again.
type repeated struct {
	b         []byte
	at, times int
}

// Read ends after so many times.
func (r *repeated) Read(b []byte) (int, error) {
	if r.times == 0 {
		return 0, io.EOF
	}
	n := copy(b, r.b[r.at:])
	if r.at += n; r.at == len(r.b) {
		r.at, r.times = 0, r.times-1
	}
	return n, nil
}

func outcome(a answer, err error) string {
	if err != nil {
		return cases.TextOf(err)
	}
	return a.MIME
}

// flatWebP is a lossless picture of one colour.
func flatWebP(w, h uint32) []byte {
	b := lossless(w, h)
	// No transform, no cache, no groups; five prefix codes of one symbol each: no bit a pixel.
	bits := []byte{0, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0}
	var packed byte
	data := bytes.Clone(b[8:])
	for i, bit := range bits {
		packed |= bit << (i % 8)
		if i%8 == 7 || i == len(bits)-1 {
			data = append(data, packed)
			packed = 0
		}
	}
	return riff(riffChunk("VP8L", append(data, 0, 0, 0)))
}

// wav is a recording of so many bytes.
func wav(n int) []byte {
	header := []byte("RIFF\xff\xff\xff\x7fWAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x80\x3e\x00\x00\x02\x00\x10\x00data\xff\xff\xff\x7f")
	b := slices.Concat(header, make([]byte, n))
	for i := len(header); i < len(b); i++ {
		b[i] = byte(i * i >> 7)
	}
	return b
}

// Everything that is shipped gives the program at least what the budget is made for.
func TestShippedLimits(t *testing.T) {
	const kilo = 1 << 10
	units := map[string]int{"g": kilo * kilo * kilo, "gi": kilo * kilo * kilo, "m": kilo * kilo, "mi": kilo * kilo}
	for file, limit := range map[string]string{
		"compose.yaml":                      `mem_limit: (\d+)(\w+)`,
		"deploy/kubernetes/deployment.yaml": `limits: \{memory: (\d+)(\w+)\}`,
		"deploy/systemd/tinbao.service":     `(?m)^MemoryMax=(\d+)(\w+)$`,
	} {
		b, err := os.ReadFile("../" + file)
		if err != nil {
			t.Fatal(err)
		}
		m := regexp.MustCompile(limit).FindStringSubmatch(string(b))
		if m == nil {
			t.Errorf("%s has no limit", file)
			continue
		}
		n, err := strconv.Atoi(m[1])
		if bytes := n * units[strings.ToLower(m[2])]; err != nil || bytes < SmallestLimit {
			t.Errorf("%s gives %d bytes, %d are needed", file, bytes, SmallestLimit)
		}
	}
}
