package media

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"tinbao/cases"
)

// canary stands in every place of a test file that must not be kept.
const canary = "CANARY-21.0285N-105.8542E-iPhone"

func TestMain(m *testing.M) {
	Child()
	if os.Args[0] == probeName {
		probe(os.Args[1])
		return
	}
	goleak.VerifyTestMain(m)
}

// emptyTemp gives the test a TMPDIR of its own and proves that it stays empty.
func emptyTemp(t *testing.T) {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	t.Cleanup(func() {
		left, err := os.ReadDir(dir)
		if err != nil || len(left) > 0 {
			t.Errorf("left in TMPDIR: %v, %v", left, err)
		}
	})
}

// mustClean cleans and checks that the canary is gone, in either byte order of
// letters.
func mustClean(t *testing.T, kind cases.MediaKind, body []byte, wantMIME string) []byte {
	t.Helper()
	clean, mime, err := Clean(t.Context(), kind, body)
	if err != nil {
		t.Fatal(err)
	}
	if mime != wantMIME {
		t.Errorf("type %q, want %q", mime, wantMIME)
	}
	if bytes.Contains(clean, []byte(canary)) {
		t.Error("the canary is left")
	}
	return clean
}

// mustRefuse checks the kind and the text of a refusal, and that it is discreet.
func mustRefuse(t *testing.T, kind cases.MediaKind, body []byte, text string) {
	t.Helper()
	clean, _, err := Clean(t.Context(), kind, body)
	if cases.KindOf(err) != cases.Invalid || cases.TextOf(err) != text || clean != nil {
		t.Errorf("got %v (%s) and %d bytes, want %s", err, cases.TextOf(err), len(clean), text)
	}
	if err != nil && strings.Contains(err.Error(), canary) {
		t.Error("the error repeats what is in the file")
	}
}

func TestRefusesByBytesWhateverIsClaimed(t *testing.T) {
	pad := strings.Repeat("\x00", 64)
	for name, c := range map[string]struct{ start, text string }{
		"TIFF":    {"II*\x00" + pad, TextImage},
		"SVG":     {"\xef\xbb\xbf<?xml version='1.0'?>\n<svg xmlns='x'/>" + pad, TextImage},
		"Windows": {"MZ\x90\x00" + pad, TextExe},
		"Linux":   {"\x7fELF" + pad, TextExe},
		"script":  {"#!/bin/sh\nrm -rf /" + pad, TextExe},
		"ZIP":     {"PK\x03\x04" + pad, TextType},
		"text":    {"chỉ là chữ " + pad, TextType},
		"M3U":     {"#EXTM3U\nfile:///etc/passwd" + pad, TextType},
		"RIFF":    {"RIFF\x00\x00\x00\x00RMID" + pad, TextType},
		"empty":   {"", TextType},
	} {
		t.Run(name, func(t *testing.T) {
			for _, kind := range []cases.MediaKind{cases.Photo, cases.Video, cases.Voice, cases.Document} {
				mustRefuse(t, kind, []byte(c.start), c.text)
			}
		})
	}
	mustRefuse(t, cases.Document, make([]byte, MaxBytes+1), TextTooBig)
	mustRefuse(t, cases.Document, []byte("GIF89a"+pad), TextBroken)
	mustRefuse(t, cases.Document, []byte("BM\x46\x00\x00\x00\x00\x00\x00\x00"+pad), TextBroken)
	mustRefuse(t, cases.Photo, []byte("\x00\x00\x00\x18ftypheic"+pad), TextHEIC)
	mustRefuse(t, cases.Document, []byte("\x00\x00\x00\x18ftypavif"+pad), TextHEIC)
	mustRefuse(t, cases.Photo, []byte("%PDF-1.7"+pad), TextType)
	mustRefuse(t, cases.Video, []byte("%PDF-1.7"+pad), TextType)
	mustRefuse(t, cases.Document, []byte("OggS"+pad), TextBroken)
	mustRefuse(t, cases.Voice, []byte("#!AMR\n"), TextBroken)
	mustRefuse(t, "sticker", []byte("OggS"+pad), TextType)
}

func TestAccepts(t *testing.T) {
	all := tools{ffmpeg: "/x", ffprobe: "/x", pdftoppm: "/x", pdfinfo: "/x", qpdf: "/x", heif: "/x"}
	for _, c := range []struct {
		name string
		with tools
		file cases.OfferedFile
		want string
	}{
		{"photo", tools{}, cases.OfferedFile{Kind: cases.Photo, MIME: "image/jpeg", Size: MaxBytes}, ""},
		{"too big", all, cases.OfferedFile{Kind: cases.Video, Size: MaxBytes + 1}, TextTooBig},
		{"video", all, cases.OfferedFile{Kind: cases.Video, MIME: "video/mp4"}, ""},
		{"call", all, cases.OfferedFile{Kind: cases.Voice, MIME: "audio/amr"}, ""},
		{"video without ffmpeg", tools{}, cases.OfferedFile{Kind: cases.Video}, TextNoFFmpeg},
		{"voice without ffmpeg", tools{ffmpeg: "/x"}, cases.OfferedFile{Kind: cases.Voice}, TextNoFFmpeg},
		{"video as a document", tools{}, cases.OfferedFile{Kind: cases.Document, MIME: "video/quicktime"}, TextNoFFmpeg},
		{"document", all, cases.OfferedFile{Kind: cases.Document, MIME: "application/pdf"}, ""},
		{"document without qpdf", tools{pdftoppm: "/x", pdfinfo: "/x"}, cases.OfferedFile{Kind: cases.Document, MIME: "application/pdf"}, TextPDF},
		{"document by another name", all, cases.OfferedFile{Kind: cases.Document, MIME: "application/x-pdf"}, ""},
		{"photo as a document", all, cases.OfferedFile{Kind: cases.Document, MIME: "image/png"}, ""},
		{"photo, misspelt", all, cases.OfferedFile{Kind: cases.Document, MIME: "image/jpg"}, ""},
		{"HEIC", all, cases.OfferedFile{Kind: cases.Document, MIME: "image/heic"}, ""},
		{"HEIC without libheif", tools{}, cases.OfferedFile{Kind: cases.Document, MIME: "image/heic"}, TextHEIC},
		{"GIF", all, cases.OfferedFile{Kind: cases.Document, MIME: "image/gif"}, ""},
		{"TIFF", all, cases.OfferedFile{Kind: cases.Document, MIME: "image/tiff"}, TextImage},
		{"APK", all, cases.OfferedFile{Kind: cases.Document, MIME: "application/vnd.android.package-archive"}, TextExe},
		{"Word", all, cases.OfferedFile{Kind: cases.Document, MIME: "application/msword"}, TextType},
		{"new Word", all, cases.OfferedFile{Kind: cases.Document, MIME: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}, TextType},
		{"archive", all, cases.OfferedFile{Kind: cases.Document, MIME: "application/zip"}, TextType},
		{"text", all, cases.OfferedFile{Kind: cases.Document, MIME: "text/plain"}, TextType},
		{"download", all, cases.OfferedFile{Kind: cases.Document, MIME: "application/octet-stream"}, ""},
		{"unnamed", all, cases.OfferedFile{Kind: cases.Document}, ""},
		{"nonsense", all, cases.OfferedFile{Kind: cases.Document, MIME: ";;"}, ""},
	} {
		if got := c.with.accepts(c.file); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestMissingToolsRefuse(t *testing.T) {
	pad := strings.Repeat("\x00", 64)
	for _, c := range []struct{ body, text string }{{"OggS" + pad, TextNoFFmpeg}, {"%PDF-1.7" + pad, TextPDF}, {"\x00\x00\x00\x18ftypheic" + pad, TextHEIC}} {
		_, err := tools{}.plan(cases.Document, []byte(c.body))
		if cases.KindOf(err) != cases.Invalid || cases.TextOf(err) != c.text {
			t.Errorf("%s: %v", c.body, err)
		}
	}
	moving, err := os.ReadFile("testdata/moving.gif")
	if err != nil {
		t.Fatal(err)
	}
	if (tools{}).moves(cases.Document, gifFormat, moving) {
		t.Error("without ffmpeg a GIF is no film")
	}
}

func TestFailuresOfOursAreNoRefusals(t *testing.T) {
	body := append([]byte("OggS"), make([]byte, 64)...)
	gone := filepath.Join(t.TempDir(), "gone")
	_, _, err := tools{ffmpeg: gone, ffprobe: gone}.clean(t.Context(), job{Kind: cases.Voice}, body)
	if cases.KindOf(err) != cases.Transient {
		t.Errorf("a tool that cannot be started: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, b := range [][]byte{body, phonePhoto(1)} {
		if _, _, err := Clean(ctx, cases.Document, b); cases.KindOf(err) != cases.Transient {
			t.Errorf("a call that was cut off: %v", err)
		}
	}
	t.Setenv("TMPDIR", gone)
	if _, _, err = Clean(t.Context(), cases.Voice, body); cases.KindOf(err) != cases.Transient {
		t.Errorf("without a TMPDIR: %v", err)
	}
}

func FuzzSniffAndOrientation(f *testing.F) {
	f.Add(phonePhoto(6))
	f.Add([]byte("RIFF\x00\x00\x00\x00WEBPEXIF\x08\x00\x00\x00II*\x00\x08\x00\x00\x00"))
	f.Add([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x08eXIfMM\x00*\x00\x00\x00\x08"))
	f.Add([]byte("\x00\x00\x00\x2bhvcC" + strings.Repeat("\x01", 22) + "\x01\x27\x00\x01\x00\x06\x4e\x01\x05\x02ab\x80"))
	f.Fuzz(func(_ *testing.T, b []byte) {
		sniff(b)
		for _, f := range []format{jpegFormat, pngFormat, webpFormat} {
			orientation(f, b)
		}
		bareJPEG(b)
		blankHEVCNotes(b)
		gifFrames(b)
		plainBoxes(b, "")
		plainElements(b)
		plainOBUs(b)
		plainUnits("hevc", b)
	})
}
