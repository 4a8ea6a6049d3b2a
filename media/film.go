package media

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"tinbao/cases"
)

// containers names, for each format, ffmpeg's writer and the types of the
// result with and without pictures.
var containers = map[format]struct{ writer, film, sound string }{
	mp4Format:  {"mp4", "video/mp4", "audio/mp4"},
	webmFormat: {"webm", "video/webm", "audio/webm"},
	oggFormat:  {"ogg", "", "audio/ogg"},
	mp3Format:  {"mp3", "", "audio/mpeg"},
}

// messages are the filters that take the units out of a video stream which carry
// notes beside the picture: the encoder's settings, and the position in the
// recordings of some cameras.
var messages = map[string]string{
	"h264": "filter_units=remove_types=6",
	"hevc": "filter_units=remove_types=39-40",
}

// plainTags are the tags a container cannot do without, and what they may say.
var plainTags = map[string]*regexp.Regexp{
	"major_brand":       regexp.MustCompile(`^[a-zA-Z0-9 ]{4}$`),
	"minor_version":     regexp.MustCompile(`^[0-9]+$`),
	"compatible_brands": regexp.MustCompile(`^[a-zA-Z0-9 ]+$`),
	"handler_name":      regexp.MustCompile(`^(Video|Sound)Handler$`),
	"vendor_id":         regexp.MustCompile(`^(\[0\]){4}$|^FFMP$`),
	"language":          regexp.MustCompile(`^(und|eng)$`),
	"encoder":           regexp.MustCompile(`^Lav[fc][0-9.]*$`),
	"duration":          regexp.MustCompile(`^[0-9:.]+$`),
}

// insides is what ffprobe tells of a file.
type insides struct {
	Streams []struct {
		Type        string            `json:"codec_type"`
		Codec       string            `json:"codec_name"`
		Tags        map[string]string `json:"tags"`
		Disposition struct {
			Cover int `json:"attached_pic"`
		} `json:"disposition"`
	} `json:"streams"`
	Chapters []json.RawMessage `json:"chapters"`
	Format   struct {
		Tags map[string]string `json:"tags"`
	} `json:"format"`
}

// codecs lists the codecs of the streams of a type, without cover pictures.
func (in insides) codecs(kind string) []string {
	var list []string
	for _, s := range in.Streams {
		if s.Type == kind && s.Disposition.Cover == 0 {
			list = append(list, s.Codec)
		}
	}
	return list
}

// plain reports whether nothing is inside but sound and pictures.
func (in insides) plain() bool {
	tags := []map[string]string{in.Format.Tags}
	for _, s := range in.Streams {
		if s.Type != "audio" && s.Type != "video" || s.Disposition.Cover != 0 {
			return false
		}
		tags = append(tags, s.Tags)
	}
	for _, t := range tags {
		for name, value := range t {
			if may := plainTags[strings.ToLower(name)]; may == nil || !may.MatchString(value) {
				return false
			}
		}
	}
	return len(in.Chapters) == 0
}

// cleanFilm copies the streams of sound or video into a new container. Sound and
// pictures themselves are not changed.
func (t tools) cleanFilm(ctx context.Context, f format, kind cases.MediaKind, body []byte) ([]byte, string, error) {
	if !t.film() {
		return nil, "", refuse(TextNoFFmpeg, nil)
	}
	ctx, cancel := context.WithTimeout(ctx, toolPatience)
	defer cancel()
	before, err := t.probe(ctx, f, body)
	if err != nil {
		return nil, "", err
	}
	pictures := before.codecs("video")
	if kind == cases.Voice || f.family() == isSound {
		pictures = nil // what is left there is a cover
	}
	if len(pictures) == 0 && len(before.codecs("audio")) == 0 {
		return nil, "", refuse(TextBroken, nil)
	}
	into := containers[f]
	clean, err := t.remux(ctx, f, into.writer, pictures, body)
	if err != nil {
		return nil, "", err
	}
	if slices.Contains(pictures, "hevc") {
		blankHEVCNotes(clean)
	}
	if f == mp3Format {
		clean = mp3Frames(clean)
	}
	after, err := t.probe(ctx, f, clean)
	if err != nil {
		return nil, "", err
	}
	if sniff(clean) != f || !after.plain() {
		return nil, "", refuse(TextVideo, errLeft)
	}
	if len(pictures) == 0 {
		return clean, into.sound, nil
	}
	return clean, into.film, nil
}

// reader are the options for every input: the reader is the one of the format
// found, so that a list of other files cannot pass as a video, and nothing but
// local files can be opened.
func reader(f format) []string {
	return []string{"-protocol_whitelist", "file,pipe", "-f", string(f), "-i", inFile}
}

func (t tools) probe(ctx context.Context, f format, body []byte) (insides, error) {
	in, err := scratch(body)
	if err != nil {
		return insides{}, err
	}
	defer in.Close()
	var out bytes.Buffer
	args := append([]string{"-v", "quiet", "-of", "json", "-show_chapters", "-show_format", "-show_streams"}, reader(f)...)
	err = call{path: t.ffprobe, args: args, stdout: &out, files: files(in)}.run(ctx)
	if err != nil {
		return insides{}, refuse(TextBroken, err)
	}
	var found insides
	if err := json.Unmarshal(out.Bytes(), &found); err != nil {
		return insides{}, refuse(TextBroken, nil) // the cause could quote a tag
	}
	return found, nil
}

func (t tools) remux(ctx context.Context, f format, writer string, pictures []string, body []byte) ([]byte, error) {
	args := append([]string{"-nostdin", "-v", "quiet", "-y"}, reader(f)...)
	args = append(args, "-map_metadata", "-1", "-map_chapters", "-1")
	if len(pictures) > 0 {
		args = append(args, "-map", "0:V?") // V: without cover pictures
	}
	args = append(args, "-map", "0:a?", "-sn", "-dn", "-c", "copy", "-fflags", "+bitexact", "-flags", "+bitexact")
	for i, codec := range pictures {
		if filter, ok := messages[codec]; ok {
			args = append(args, "-bsf:v:"+strconv.Itoa(i), filter)
		}
	}
	if writer == "mp4" {
		args = append(args, "-movflags", "+faststart")
	}
	if writer == "mp3" {
		args = append(args, "-id3v2_version", "0", "-write_id3v1", "0")
	}
	args = append(args, "-f", writer, outFile)
	return step(ctx, body, TextVideo, func(in, out *os.File) call {
		return call{path: t.ffmpeg, args: args, files: files(in, out)}
	})
}
