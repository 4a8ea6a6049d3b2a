package media

import (
	"bytes"
	"image"
	"image/jpeg"
	"os"
	"os/exec"
	"strings"
	"testing"

	"tinbao/cases"
)

// Files as phones and offices really make them, by hand: each stands for a kind.
func TestFilesOfPhonesAndOffices(t *testing.T) {
	for name, c := range map[string]struct {
		mime string
		size image.Point // of pictures
	}{
		"i_noeoi.jpg":             {mime: jpegMIME},
		"i_bad_rst.jpg":           {mime: jpegMIME},
		"i_black_white.webp":      {mime: jpegMIME},
		"i_long_screenshot.png":   {jpegMIME, image.Pt(720, 16_000)},
		"i_50mp_8160x6144.png":    {jpegMIME, image.Pt(2560, 1927)},
		"i_phone.heic":            {jpegMIME, image.Pt(320, 240)},
		"i_phone.avif":            {jpegMIME, image.Pt(320, 240)},
		"m_call.wav":              {mime: "audio/mp4"},
		"m_voice.amr":             {mime: "audio/mp4"},
		"m_h264_amr.3gp":          {mime: "video/mp4"},
		"m_mjpeg_exif_frames.mov": {mime: "video/mp4"},
		"m_two_tracks_apac.mov":   {mime: "video/mp4"},
		"p_annot_author.pdf":      {mime: pdfMIME},
		"p_annot_dated.pdf":       {mime: pdfMIME},
		"p_headjunk.pdf":          {mime: pdfMIME},
		"p_scan_com.pdf":          {mime: pdfMIME},
		"p_scan_exif.pdf":         {mime: pdfMIME},
		"p_xrefoff.pdf":           {mime: pdfMIME},
	} {
		t.Run(name, func(t *testing.T) {
			body, err := os.ReadFile("testdata/cases/" + name)
			if err != nil {
				t.Fatal(err)
			}
			emptyTemp(t)
			clean := mustClean(t, cases.Document, body, c.mime)
			for _, mark := range []string{"Exif", "<x:xmp", "Photoshop", "\xff\xfe", "/Annot", "apac", "samr", "jpeg"} {
				if c.mime != jpegMIME && mark != "\xff\xfe" && bytes.Contains(clean, []byte(mark)) {
					t.Errorf("%q is left", mark)
				}
			}
			if out, err := tell(clean); err != nil || strings.Contains(out, "GPS") || strings.Contains(out, "Comment") || strings.Contains(out, "Author") {
				t.Errorf("exiftool: %v: %s", err, out)
			}
			if c.size != (image.Point{}) && size(t, clean) != c.size {
				t.Errorf("size %v, want %v", size(t, clean), c.size)
			}
		})
	}
}

// tell is what exiftool finds in a file, made from scratch by others' hands.
func tell(b []byte) (string, error) {
	cmd := exec.Command("exiftool", "-a", "-G1", "-s", "-")
	cmd.Stdin = bytes.NewReader(b)
	out, err := cmd.Output()
	return string(out), err
}

// VP8 keeps black at 16 and white at 235.
func TestWebPKeepsBlackAndWhite(t *testing.T) {
	body, err := os.ReadFile("testdata/cases/i_black_white.webp")
	if err != nil {
		t.Fatal(err)
	}
	img, err := jpeg.Decode(bytes.NewReader(mustClean(t, cases.Photo, body, jpegMIME)))
	if err != nil {
		t.Fatal(err)
	}
	b := img.Bounds()
	left, _, _, _ := img.At(b.Dx()/4, b.Dy()/2).RGBA()
	right, _, _, _ := img.At(b.Dx()*3/4, b.Dy()/2).RGBA()
	if min(left, right)>>8 > 2 || max(left, right)>>8 < 253 {
		t.Errorf("%d and %d", left>>8, right>>8)
	}
}

// A GIF that moves is a film, except where a picture is asked for.
func TestMovingGIF(t *testing.T) {
	body, err := os.ReadFile("testdata/moving.gif")
	if err != nil {
		t.Fatal(err)
	}
	mustClean(t, cases.Document, body, "video/mp4")
	if got := size(t, mustClean(t, cases.Photo, body, jpegMIME)); got != image.Pt(32, 24) {
		t.Error(got)
	}
}

// Every kind of recording and film is kept, copied or encoded anew, and says nothing of who
// made it.
func TestKindsOfFilmAndSound(t *testing.T) {
	both := func(args ...string) []string { return append([]string{"-map", "0:v", "-map", "1:a"}, args...) }
	for name, c := range map[string]struct {
		args []string
		mime string
	}{
		"PCM in MOV":       {both("-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "pcm_s16le", "v.mov"), "video/mp4"},
		"MJPEG in AVI":     {both("-c:v", "mjpeg", "-pix_fmt", "yuvj420p", "-c:a", "pcm_s16le", "v.avi"), "video/mp4"},
		"PNG in MOV":       {both("-c:v", "png", "v.mov"), "video/mp4"},
		"MPEG-4 in 3GP":    {both("-c:v", "mpeg4", "-c:a", "aac", "v.3gp"), "video/mp4"},
		"WMV in MKV":       {both("-c:v", "wmv2", "-c:a", "wmav2", "v.mkv"), "video/mp4"},
		"AC-3 in MP4":      {both("-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "ac3", "v.mp4"), "video/mp4"},
		"Vorbis in WebM":   {both("-c:v", "libvpx", "-c:a", "libvorbis", "v.webm"), "video/webm"},
		"AV1":              {both("-c:v", "libaom-av1", "-cpu-used", "8", "-c:a", "libopus", "v.webm"), "video/webm"},
		"ten bits of HEVC": {both("-c:v", "libx265", "-pix_fmt", "yuv420p10le", "-x265-params", "log-level=none", "v.mov"), "video/mp4"},
		"Theora":           {both("-c:v", "libtheora", "-c:a", "libvorbis", "v.ogv"), "video/mp4"},
		"FLAC":             {[]string{"-map", "1:a", "v.flac"}, "audio/mp4"},
		"WAV":              {[]string{"-map", "1:a", "v.wav"}, "audio/mp4"},
		"Vorbis":           {[]string{"-map", "1:a", "-c:a", "libvorbis", "v.ogg"}, "audio/mp4"},
		"ALAC":             {[]string{"-map", "1:a", "-c:a", "alac", "v.m4a"}, "audio/mp4"},
		"AAC":              {[]string{"-map", "1:a", "-c:a", "aac", "-write_id3v2", "1", "v.aac"}, "audio/mp4"},
	} {
		t.Run(name, func(t *testing.T) {
			body := film(t, c.args...)
			emptyTemp(t)
			clean := mustClean(t, cases.Document, body, c.mime)
			if out, err := tell(clean); err != nil || strings.Contains(out, "2026:11:24") || strings.Contains(out, "Comment") {
				t.Errorf("exiftool: %v: %s", err, out)
			}
			if got := seconds(t, clean); !strings.HasPrefix(got, "1.") && !strings.HasPrefix(got, "0.9") {
				t.Errorf("it lasts %s seconds", got)
			}
		})
	}
}

// The check after cleaning finds units, boxes and elements that are not on its lists.
func TestFilmCheckFindsWhatIsNotListed(t *testing.T) {
	unit := func(kind byte) []byte { return []byte{0, 0, 0, 1, kind, 1, 2, 3, 4, 5, 6, 7} }
	for kind, plain := range map[byte]bool{1: true, 5: true, 7: true, 8: true, 6: false, 12: false, 24: false, 30: false} {
		if plainUnits("h264", append(unit(5), unit(kind)...)) != plain {
			t.Errorf("H.264 unit %d", kind)
		}
	}
	for kind, plain := range map[byte]bool{1: true, 19: true, 32: true, 34: true, 35: false, 39: false, 40: false, 62: false} {
		if plainUnits("hevc", append(unit(1<<1), unit(kind<<1)...)) != plain {
			t.Errorf("HEVC unit %d", kind)
		}
	}
	for kind, plain := range map[byte]bool{1: true, 6: true, 5: false, 15: false} {
		if plainUnits("av1", []byte{kind<<3 | 2, 1, 0}) != plain {
			t.Errorf("AV1 unit %d", kind)
		}
	}
	box := func(name, inside string) string {
		return string([]byte{0, 0, 0, byte(8 + len(inside))}) + name + inside
	}
	for file, plain := range map[string]bool{
		box("ftyp", "isom") + box("mdat", "x"): true,
		box("moov", box("mvhd", "x")):          true,
		box("moov", box("udta", "x")):          false,
		box("moov", box("uuid", "x")):          false,
		box("free", canary):                    false,
		box("free", "\x00\x00"):                true,
		box("mdat", "x") + "tail":              false,
	} {
		if plainBoxes([]byte(file), "") != plain {
			t.Errorf("%q", file)
		}
	}
	for file, plain := range map[string]bool{"\xec\x82\x00\x00": true, "\xec\x82ab": false, "\xa3\x81x": true, "\x75\xa1\x81x": false} {
		if plainElements([]byte(file)) != plain {
			t.Errorf("%q", file)
		}
	}
}
