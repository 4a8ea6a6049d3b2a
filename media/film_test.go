package media

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"tinbao/cases"
)

// film lets ffmpeg make a second of test pictures and a tone, with the canary
// wherever metadata can be. The last argument is the file's name.
func film(t *testing.T, args ...string) []byte {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, args[len(args)-1])
	chapters := filepath.Join(dir, "chapters")
	meta := ";FFMETADATA1\ntitle=" + canary + "\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=900\ntitle=" + canary + "\n"
	if err := os.WriteFile(chapters, []byte(meta), 0o600); err != nil {
		t.Fatal(err)
	}
	all := []string{
		"-nostdin", "-v", "error", "-y",
		"-f", "lavfi", "-i", "testsrc=size=160x120:rate=10:duration=1",
		"-f", "lavfi", "-i", "sine=frequency=440:duration=1", "-i", chapters,
		"-map_metadata", "2", "-map_chapters", "2",
		"-metadata", "location=" + canary, "-metadata", "artist=" + canary, "-metadata", "comment=" + canary,
		"-metadata", "creation_time=2026-11-24T08:00:00Z", "-metadata:s:a", "title=" + canary, "-metadata:s:a", "handler_name=" + canary,
		"-metadata:s:a", "language=vie",
	}
	all = append(append(all, args[:len(args)-1]...), path)
	if out, err := exec.Command(installed().ffmpeg, all...).CombinedOutput(); err != nil {
		t.Fatalf("making a film: %v: %s", err, out)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(b, []byte(canary)) {
		t.Fatal("the film has no canary to lose")
	}
	return b
}

// seconds plays a file to its end and tells how long it is; a file that cannot be
// played fails.
func seconds(t *testing.T, b []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "clean")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(installed().ffmpeg, "-nostdin", "-v", "error", "-xerror", "-i", path, "-f", "null", "-").CombinedOutput(); err != nil || len(out) > 0 {
		t.Fatalf("playing: %v: %s", err, out)
	}
	out, err := exec.Command(installed().ffprobe, "-v", "error", "-of", "json", "-show_entries", "format=duration", path).Output()
	if err != nil {
		t.Fatal(err)
	}
	var found struct {
		Format struct {
			Duration string `json:"duration"`
		} `json:"format"`
	}
	if err := json.Unmarshal(out, &found); err != nil {
		t.Fatal(err)
	}
	return found.Format.Duration
}

func TestSoundAndVideoLoseTheirMetadata(t *testing.T) {
	if !HasVideo() {
		t.Fatal("ffmpeg is missing: run scripts/setup")
	}
	h264 := []string{"-map", "0:v", "-map", "1:a", "-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac"}
	cover := []string{"-map", "1:a", "-map", "0:v", "-frames:v", "1", "-c:v", "mjpeg", "-disposition:v", "attached_pic", "-metadata:s:v", "title=" + canary}
	for name, c := range map[string]struct {
		kind cases.MediaKind
		args []string
		mime string
	}{
		"mp4":             {cases.Video, append(h264, "-movflags", "+use_metadata_tags", "v.mp4"), "video/mp4"},
		"mov":             {cases.Video, append(h264, "v.mov"), "video/mp4"},
		"3gp":             {cases.Document, append(h264, "v.3gp"), "video/mp4"},
		"hevc":            {cases.Video, []string{"-map", "0:v", "-c:v", "libx265", "-x265-params", "log-level=none", "v.mp4"}, "video/mp4"},
		"webm":            {cases.Video, []string{"-map", "0:v", "-map", "1:a", "-c:v", "libvpx", "-c:a", "libopus", "v.webm"}, "video/webm"},
		"voice":           {cases.Voice, []string{"-map", "1:a", "-c:a", "libopus", "v.ogg"}, "audio/ogg"},
		"mp3":             {cases.Voice, []string{"-map", "1:a", "-c:a", "libmp3lame", "-write_id3v1", "1", "v.mp3"}, "audio/mpeg"},
		"mp3 with cover":  {cases.Voice, append(cover, "-c:a", "libmp3lame", "v.mp3"), "audio/mpeg"},
		"m4a with cover":  {cases.Voice, append(cover, "-c:a", "aac", "v.m4a"), "audio/mp4"},
		"video as voice":  {cases.Voice, append(h264, "v.mp4"), "audio/mp4"},
		"m4a as document": {cases.Document, append(cover, "-c:a", "aac", "v.m4a"), "audio/mp4"},
	} {
		t.Run(name, func(t *testing.T) {
			body := film(t, c.args...)
			emptyTemp(t)
			clean := mustClean(t, c.kind, body, c.mime)
			for _, mark := range []string{"x264 - core", "x265", "2026", "vie", "mjpeg", "JFIF"} {
				if bytes.Contains(clean, []byte(mark)) {
					t.Errorf("%q is left", mark)
				}
			}
			if got := seconds(t, clean); !strings.HasPrefix(got, "1.") && !strings.HasPrefix(got, "0.9") {
				t.Errorf("it lasts %s seconds", got)
			}
			again := mustClean(t, c.kind, clean, c.mime) // what we make, we also take
			if name == "hevc" && (!bytes.Contains(clean, []byte("hvc1")) || !bytes.Contains(again, []byte("hvc1"))) {
				t.Error("what could be copied was encoded anew")
			}
		})
	}
}

// TestAtomsOutsideTheTracks: cameras hide their position in boxes of their own.
func TestAtomsOutsideTheTracks(t *testing.T) {
	emptyTemp(t)
	body := film(t, "-map", "0:v", "-c:v", "libx264", "-pix_fmt", "yuv420p", "v.mp4")
	box := append([]byte{0, 0, 0, byte(8 + len(canary))}, "free"+canary...)
	mustClean(t, cases.Video, append(body, box...), "video/mp4")
}

func TestBrokenSoundAndVideo(t *testing.T) {
	emptyTemp(t)
	body := film(t, "-map", "0:v", "-c:v", "libx264", "-pix_fmt", "yuv420p", "v.mp4")
	mustRefuse(t, cases.Video, body[:len(body)/3], TextBroken)
	mustRefuse(t, cases.Voice, body, TextBroken) // there is no sound in it
	mustRefuse(t, cases.Voice, append([]byte("ID3"), make([]byte, 400)...), TextBroken)
}

// TestFilmInAnotherContainer: what does not fit the container it came in is put into another.
func TestFilmInAnotherContainer(t *testing.T) {
	body := film(t, "-map", "0:v", "-map", "1:a", "-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac", "v.mkv")
	emptyTemp(t)
	mustClean(t, cases.Video, body, "video/mp4")
}
