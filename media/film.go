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

// container is what sound and video are kept in: ffmpeg's writer and reader, the types of
// the result with and without pictures, and the codecs that may be copied into it. The
// others are decoded and encoded anew.
type container struct {
	writer        string
	reader        format
	film, sound   string
	copied        []string
	encoder, tone []string // options for what is encoded anew
}

var (
	h264 = []string{
		"libx264", "-preset", "veryfast", "-crf", "25", "-pix_fmt", "yuv420p", "-fpsmax", "60",
		// At most 1280 on the longer side, both sides even.
		"-vf", "scale=w=max(2\\,trunc(iw*min(1\\,1280/max(iw\\,ih))/2)*2):h=max(2\\,trunc(ih*min(1\\,1280/max(iw\\,ih))/2)*2)",
	}
	aac = []string{"aac", "-b:a", "96k", "-ac", "2"}

	mp4Container  = container{"mp4", mp4Format, "video/mp4", "audio/mp4", []string{"h264", "hevc", "av1", "aac"}, h264, aac}
	webmContainer = container{"webm", webmFormat, "video/webm", "audio/webm", []string{"vp8", "vp9", "av1", "opus"}, nil, []string{"libopus", "-b:a", "64k", "-ac", "2"}}
	oggContainer  = container{"ogg", oggFormat, "", "audio/ogg", []string{"opus"}, nil, nil}
	mp3Container  = container{"mp3", mp3Format, "", "audio/mpeg", []string{"mp3"}, nil, nil}
)

// units are the units of a stream that carry the picture, by their types: others hold the
// encoder's settings, the position in the recordings of some cameras, subtitles, or
// whatever somebody puts there.
var units = map[string]string{
	"h264": "1-5|7-8",         // slices, parameter sets (ITU-T H.264, table 7-1)
	"hevc": "0-9|16-21|32-34", // the same (ITU-T H.265, table 7-1)
	"av1":  "1-4|6-8",         // headers, frames, tiles (AV1, section 6.2.2)
}

// plainTags are the tags a container cannot do without, and what they may say.
var plainTags = map[string]*regexp.Regexp{
	"major_brand":       regexp.MustCompile(`^[a-zA-Z0-9 ]{4}$`),
	"minor_version":     regexp.MustCompile(`^[0-9]+$`),
	"compatible_brands": regexp.MustCompile(`^[a-zA-Z0-9 ]+$`),
	"handler_name":      regexp.MustCompile(`^(Video|Sound)Handler$`),
	"vendor_id":         regexp.MustCompile(`^(\[0\]){4}$|^FFMP$`),
	"language":          regexp.MustCompile(`^(und|eng)$`),
	"encoder":           regexp.MustCompile(`^Lav[fc][0-9.]*( [a-z0-9]+)?$`),
	"duration":          regexp.MustCompile(`^[0-9:.]+$`),
}

// maxTracks is how many tracks of each kind are kept.
const maxTracks = 4

// track is a stream of a film.
type track struct {
	Index         int    `json:"index"`
	Type          string `json:"codec_type"`
	Codec         string `json:"codec_name"`
	Width, Height int
	Tags          map[string]string `json:"tags"`
	Disposition   struct {
		Cover int `json:"attached_pic"`
	} `json:"disposition"`
}

// insides is what ffprobe tells of a file.
type insides struct {
	Streams  []track           `json:"streams"`
	Chapters []json.RawMessage `json:"chapters"`
	Format   struct {
		Tags map[string]string `json:"tags"`
	} `json:"format"`
}

// tracks lists those of a type that can be read, without cover pictures. Others are left
// out: phones add tracks that only they know.
func (in insides) tracks(kind string) (list []track) {
	for _, s := range in.Streams {
		known := s.Codec != "" && s.Codec != "none" && s.Codec != "unknown"
		if s.Type == kind && known && s.Disposition.Cover == 0 && (kind != "video" || s.Width > 0 && s.Height > 0) {
			list = append(list, s)
		}
	}
	return list[:min(len(list), maxTracks)]
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

// into chooses the container for tracks that were found in a format.
func into(f format, film, sound []track) container {
	all := slices.Concat(film, sound)
	only := func(c container, tracks []track) bool {
		return !slices.ContainsFunc(tracks, func(t track) bool { return !slices.Contains(c.copied, t.Codec) })
	}
	switch {
	case f == webmFormat && only(webmContainer, film):
		return webmContainer
	case f == oggFormat && len(all) == 1 && only(oggContainer, all):
		return oggContainer
	case f == mp3Format && len(all) == 1 && only(mp3Container, all):
		return mp3Container
	default:
		return mp4Container
	}
}

// cleanFilm copies the tracks of sound or video that can be freed of everything else into a
// new container, and encodes the others anew. What is still not clean is encoded anew as a
// whole.
func (t tools) cleanFilm(ctx context.Context, f format, kind cases.MediaKind, body []byte) ([]byte, string, error) {
	if f == mp3Format {
		body = behindID3(body)
	}
	before, err := t.probe(ctx, f, body)
	if err != nil {
		return nil, "", err
	}
	film, sound := before.tracks("video"), before.tracks("audio")
	if kind == cases.Voice || f.family() == isSound && f != oggFormat {
		film = nil // what is left there is a cover
	}
	if len(film) == 0 && len(sound) == 0 {
		if len(before.Streams) > 0 && slices.ContainsFunc(before.Streams, func(s track) bool { return s.Type == "audio" || s.Type == "video" }) && kind != cases.Voice {
			return nil, "", refuse(TextVideo, nil) // there is some, of a kind nobody here knows
		}
		return nil, "", refuse(TextBroken, nil)
	}
	c := into(f, film, sound)
	clean, mime, err := t.filmInto(ctx, f, c, film, sound, body)
	if err != nil && ctx.Err() == nil {
		c = mp4Container
		c.copied = nil
		clean, mime, err = t.filmInto(ctx, f, c, film, sound, body)
	}
	return clean, mime, err
}

func (t tools) filmInto(ctx context.Context, f format, c container, film, sound []track, body []byte) ([]byte, string, error) {
	clean, err := t.remux(ctx, f, c, film, sound, body)
	if err != nil {
		return nil, "", err
	}
	blankHEVCNotes(clean)
	if c.reader == mp3Format {
		clean = mp3Frames(clean)
	}
	after, err := t.probe(ctx, c.reader, clean)
	if err != nil {
		return nil, "", err
	}
	if len(after.tracks("video"))+len(after.tracks("audio")) == 0 {
		return nil, "", refuse(TextBroken, nil)
	}
	if sniff(clean) != c.reader || !after.plain() {
		return nil, "", refuse(TextVideo, errLeft)
	}
	if err := t.checkFilm(ctx, c, after, clean); err != nil {
		return nil, "", err
	}
	if len(film) == 0 {
		return clean, c.sound, nil
	}
	return clean, c.film, nil
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
	const plenty = 4 << 20
	args := append([]string{"-v", "quiet", "-of", "json", "-show_chapters", "-show_format", "-show_streams"}, reader(f)...)
	err = call{path: t.ffprobe, args: args, stdout: &capped{to: &out, left: plenty}, files: files(in)}.run(ctx)
	if err != nil {
		return insides{}, refuse(TextBroken, err)
	}
	var found insides
	if err := json.Unmarshal(out.Bytes(), &found); err != nil {
		return insides{}, refuse(TextBroken, nil) // the cause could quote a tag
	}
	return found, nil
}

func (t tools) remux(ctx context.Context, f format, c container, film, sound []track, body []byte) ([]byte, error) {
	args := append([]string{"-nostdin", "-v", "quiet", "-y", "-threads", "2"}, reader(f)...)
	args = append(args, "-map_metadata", "-1", "-map_chapters", "-1")
	options := func(kind string, tracks []track, encoder []string) {
		for i, s := range tracks {
			args = append(args, "-map", "0:"+strconv.Itoa(s.Index))
			stream := ":" + kind + ":" + strconv.Itoa(i)
			if slices.Contains(c.copied, s.Codec) {
				args = append(args, "-c"+stream, "copy")
			} else {
				args = append(args, "-c"+stream, encoder[0])
				for n := 1; n < len(encoder); n += 2 {
					option, _, _ := strings.Cut(encoder[n], ":")
					args = append(args, option+stream, encoder[n+1])
				}
				s.Codec = map[string]string{"libx264": "h264"}[encoder[0]]
			}
			if types := units[s.Codec]; types != "" {
				args = append(args, "-bsf"+stream, "filter_units=pass_types="+types)
			}
			if s.Codec == "hevc" {
				args = append(args, "-tag"+stream, "hvc1") // as phones expect it
			}
		}
	}
	options("v", film, c.encoder)
	options("a", sound, c.tone)
	args = append(args, "-sn", "-dn", "-threads", "2", "-fflags", "+bitexact", "-flags", "+bitexact", "-max_muxing_queue_size", "4096")
	if c.writer == "mp4" {
		args = append(args, "-movflags", "+faststart")
	}
	if c.writer == "mp3" {
		args = append(args, "-id3v2_version", "0", "-write_id3v1", "0")
	}
	args = append(args, "-f", c.writer, outFile)
	return step(ctx, body, TextVideo, func(in, out *os.File) call {
		return call{path: t.ffmpeg, args: args, files: files(in, out)}
	})
}
