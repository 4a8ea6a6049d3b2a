package media

import (
	"bytes"
	"context"
	"encoding/binary"
	"slices"
	"strconv"
	"strings"
)

// marks begin what tells of a device, a place or a maker, wherever it stands.
var marks = [][]byte{
	[]byte("Exif\x00\x00"), []byte("JFIF\x00"), []byte("http://ns.adobe.com"), []byte("<x:xmpmeta"), []byte("<?xpacket"),
	[]byte("Photoshop 3.0"), []byte("ICC_PROFILE"), []byte("c2pa.claim"), []byte("urn:uuid:"), []byte("urn:c2pa"), []byte("x264 - core"),
	[]byte("com.apple.quicktime"), []byte("com.android."), []byte("\xa9xyz"),
}

// checkFilm looks into what was made: into the boxes of the container, by a list of those
// that belong to sound and pictures; into the units of each stream, by the list that the
// filter had; and everywhere for marks.
func (t tools) checkFilm(ctx context.Context, c container, in insides, clean []byte) error {
	for _, m := range marks {
		if bytes.Contains(clean, m) {
			return refuse(TextVideo, errLeft)
		}
	}
	if c.reader == mp4Format && !plainBoxes(clean, "") || c.reader == webmFormat && !plainElements(clean) {
		return refuse(TextVideo, errLeft)
	}
	for _, s := range in.Streams {
		if units[s.Codec] == "" {
			continue
		}
		// A raw stream as ffmpeg's writer of this codec lays it out, with start codes or sizes.
		writer, filter := s.Codec, s.Codec+"_mp4toannexb"
		if s.Codec == "av1" {
			writer, filter = "obu", "av1_metadata"
		}
		in, err := scratch(clean)
		if err != nil {
			return err
		}
		var raw bytes.Buffer
		args := append([]string{"-nostdin", "-v", "quiet"}, reader(c.reader)...)
		args = append(args, "-map", "0:"+strconv.Itoa(s.Index), "-c", "copy", "-bsf", filter, "-f", writer, "-")
		err = call{path: t.ffmpeg, args: args, stdout: &capped{to: &raw, left: 2 * maxScratch}, files: files(in)}.run(ctx)
		if err := in.Close(); err != nil {
			return err
		}
		if err != nil {
			return refuse(TextVideo, err)
		}
		if !plainUnits(s.Codec, raw.Bytes()) {
			return refuse(TextVideo, errLeft)
		}
	}
	return nil
}

// passes reports whether a list like "1-5|7-8" has a number.
func passes(list string, n int) bool {
	for part := range strings.SplitSeq(list, "|") {
		from, to, wide := strings.Cut(part, "-")
		if !wide {
			to = from
		}
		first, err1 := strconv.Atoi(from)
		last, err2 := strconv.Atoi(to)
		if err1 == nil && err2 == nil && first <= n && n <= last {
			return true
		}
	}
	return false
}

// plainUnits reports whether a raw stream has units of the list only. Notes that were
// blanked pass.
func plainUnits(codec string, raw []byte) bool {
	if codec == "av1" {
		return plainOBUs(raw)
	}
	start := []byte{0, 0, 1}
	const delimiter = 9 // of H.264, written between pictures; it holds nothing
	for at := bytes.Index(raw, start); at >= 0; {
		unit := raw[at+len(start):]
		next := bytes.Index(unit, start)
		if next >= 0 {
			unit = unit[:next]
			at += len(start) + next
		} else {
			at = -1
		}
		if unit = bytes.TrimRight(unit, "\x00"); len(unit) == 0 { // zeros belong to the next start code
			return false
		}
		kind := int(unit[0] & 0x1f)
		if codec == "hevc" {
			kind = int(unit[0] >> 1 & 0x3f)
		}
		// Of a blanked note its header, type, the end of its size and its last byte remain.
		blank := codec == "hevc" && len(unit) > 2 && len(unit)-2-bytes.Count(unit[2:], []byte{0xff}) <= 3
		if !passes(units[codec], kind) && !blank && !(codec == "h264" && kind == delimiter && len(unit) <= 4) {
			return false
		}
	}
	return true
}

// plainOBUs is plainUnits of AV1: units with their sizes (AV1, section 5.3.1).
func plainOBUs(raw []byte) bool {
	for len(raw) > 0 {
		kind, extended, sized := int(raw[0]>>3&15), raw[0]&4 != 0, raw[0]&2 != 0
		if !passes(units["av1"], kind) || !sized {
			return false
		}
		raw = raw[1:]
		if extended && len(raw) > 0 {
			raw = raw[1:]
		}
		size, n := binary.Uvarint(raw)
		if n <= 0 || size > uint64(len(raw)-n) {
			return false
		}
		raw = raw[uint64(n)+size:]
	}
	return true
}

// boxNames are what an MP4 of sound and pictures is made of (ISO/IEC 14496-12), each with
// the boxes it may stand in.
var boxNames = map[string][]string{
	"": {"ftyp", "free", "mdat", "moov"}, "moov": {"mvhd", "trak", "udta"}, "trak": {"tkhd", "edts", "mdia"}, "edts": {"elst"},
	"mdia": {"mdhd", "hdlr", "minf"}, "minf": {"vmhd", "smhd", "dinf", "stbl"}, "dinf": {"dref"},
	"stbl": {"stsd", "stts", "ctts", "stss", "stps", "sdtp", "stsc", "stsz", "stco", "co64", "sgpd", "sbgp", "cslg"},
	"stsd": {"avc1", "hvc1", "av01", "mp4a"},
	"avc1": {"avcC", "pasp", "colr", "btrt", "fiel"}, "hvc1": {"hvcC", "pasp", "colr", "btrt", "fiel", "mdcv", "clli"},
	"av01": {"av1C", "pasp", "colr", "btrt", "fiel", "mdcv", "clli"}, "mp4a": {"esds", "btrt"},
}

// boxPrefix is how many bytes stand before the boxes inside a box.
var boxPrefix = map[string]int{"stsd": 8, "avc1": 78, "hvc1": 78, "av01": 78, "mp4a": 28}

// noTags is the empty list of tags that ffmpeg writes.
const noTags = "\x00\x00\x005meta\x00\x00\x00\x00\x00\x00\x00!hdlr\x00\x00\x00\x00\x00\x00\x00\x00mdirappl" +
	"\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x08ilst"

// plainBoxes reports whether a file, or a box, has boxes of the list only.
func plainBoxes(b []byte, parent string) bool {
	for len(b) > 0 {
		if len(b) < 8 {
			return false
		}
		size, header, name := uint64(binary.BigEndian.Uint32(b)), uint64(8), string(b[4:8])
		if size == 1 && len(b) >= 16 {
			size, header = binary.BigEndian.Uint64(b[8:]), 16
		}
		if size < header || size > uint64(len(b)) || !slices.Contains(boxNames[parent], name) {
			return false
		}
		inside := b[header:size]
		b = b[size:]
		switch {
		case name == "free" && len(bytes.Trim(inside, "\x00")) > 0:
			return false
		case name == "udta" && string(inside) != noTags:
			return false
		case name == "colr" && !bytes.HasPrefix(inside, []byte("ncl")): // else a profile
			return false
		case boxNames[name] == nil:
			continue
		case len(inside) < boxPrefix[name] || !plainBoxes(inside[boxPrefix[name]:], name):
			return false
		}
	}
	return true
}

// elements are what a WebM of sound and pictures is made of (RFC 9559): the numbers of
// elements, true for those that hold others.
var elements = map[uint64]bool{
	0x1A45DFA3: true, 0x4286: false, 0x42F7: false, 0x42F2: false, 0x42F3: false, 0x4282: false, 0x4287: false, 0x4285: false, // head
	0x18538067: true, 0xEC: false, // segment, void
	0x114D9B74: true, 0x4DBB: true, 0x53AB: false, 0x53AC: false, // where things are
	0x1549A966: true, 0x2AD7B1: false, 0x4489: false, 0x4D80: false, 0x5741: false, 0x73A4: false, // scale, length, writer
	0x1654AE6B: true, 0xAE: true, 0xD7: false, 0x73C5: false, 0x83: false, 0x9C: false, 0x22B59C: false, 0x86: false, 0x63A2: false,
	0x56AA: false, 0x56BB: false, 0x23E383: false, 0x88: false, 0x55AA: false, 0xB9: false, // tracks
	0xE0: true, 0xB0: false, 0xBA: false, 0x54B0: false, 0x54BA: false, 0x54B2: false, 0x9A: false, 0x9D: false, 0x53C0: false,
	0x7670: true, 0x7671: false, 0x7673: false, 0x7674: false, 0x7675: false, // turned
	0x55B0: true, 0x55B1: false, 0x55B2: false, 0x55B3: false, 0x55B4: false, 0x55B5: false, 0x55B6: false, 0x55B7: false, 0x55B8: false,
	0x55B9: false, 0x55BA: false, 0x55BB: false, 0x55BC: false, 0x55BD: false, // colours
	0xE1: true, 0xB5: false, 0x78B5: false, 0x9F: false, 0x6264: false, // sound
	0x1F43B675: true, 0xE7: false, 0xA3: false, 0xA0: true, 0xA1: false, 0x9B: false, 0xFB: false, 0x75A2: false, // clusters
	0x1C53BB6B: true, 0xBB: true, 0xB3: false, 0xB7: true, 0xF7: false, 0xF1: false, 0xF0: false, 0x5378: false, 0xB2: false, // cues
	0x1254C367: true, 0x7373: true, 0x63C0: true, 0x63C5: false, 0x67C8: true, 0x45A3: false, 0x4487: false, 0x447A: false, 0x4484: false, // tags, see plainTags
}

// plainElements reports whether a file has elements of the list only.
func plainElements(b []byte) bool {
	for len(b) > 0 {
		n := leading(b[0])
		if n > 4 || n > len(b) {
			return false
		}
		var id uint64
		for _, v := range b[:n] {
			id = id<<8 | uint64(v)
		}
		b = b[n:]
		if len(b) == 0 {
			return false
		}
		if n = leading(b[0]); n > len(b) || n > 8 {
			return false
		}
		size := uint64(b[0]) & (1<<(8-n) - 1)
		for _, v := range b[1:n] {
			size = size<<8 | uint64(v)
		}
		b = b[n:]
		holds, known := elements[id]
		const void = 0xEC
		if !known || size > uint64(len(b)) || id == void && len(bytes.Trim(b[:size], "\x00")) > 0 || holds && !plainElements(b[:size]) {
			return false
		}
		b = b[size:]
	}
	return true
}

// leading is the length of a number of EBML by its first byte, 9 for none.
func leading(first byte) int {
	for n := 1; n <= 8; n++ {
		if first>>(8-n) != 0 {
			return n
		}
	}
	return 9
}
