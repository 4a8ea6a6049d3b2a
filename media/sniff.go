package media

import (
	"bytes"
	"mime"
	"slices"
	"strings"
)

// format is what a file's bytes say it is; "" = nothing we know.
type format string

const (
	jpegFormat format = "jpeg"
	pngFormat  format = "png"
	webpFormat format = "webp"
	gifFormat  format = "gif"
	bmpFormat  format = "bmp"
	heifFormat format = "heif"  // HEIC and AVIF
	oddImage   format = "image" // TIFF, SVG
	pdfFormat  format = "pdf"
	program    format = "program"
)

// Formats of sound and video have the name of ffmpeg's reader.
const (
	oggFormat  format = "ogg"
	mp3Format  format = "mp3"
	aacFormat  format = "aac"
	amrFormat  format = "amr" // calls that are recorded
	wavFormat  format = "wav"
	flacFormat format = "flac"
	cafFormat  format = "caf"
	aiffFormat format = "aiff"
	mp4Format  format = "mov" // MP4, M4A, MOV, 3GP
	webmFormat format = "matroska"
	aviFormat  format = "avi"
	asfFormat  format = "asf" // WMV, WMA
	tsFormat   format = "mpegts"
	psFormat   format = "mpeg"
	flvFormat  format = "flv"
)

const (
	jpegMIME = "image/jpeg"
	pdfMIME  = "application/pdf"
)

// family is what is done with a file.
type family int

const (
	isUnknown family = iota
	isPhoto
	isHEIC
	isOddImage
	isSound
	isFilm
	isPDF
	isProgram
	isRefused // by its claimed type
)

var families = map[format]family{
	jpegFormat: isPhoto, pngFormat: isPhoto, webpFormat: isPhoto, gifFormat: isPhoto, bmpFormat: isPhoto,
	heifFormat: isHEIC, oddImage: isOddImage,
	oggFormat: isSound, mp3Format: isSound, aacFormat: isSound, amrFormat: isSound, wavFormat: isSound, flacFormat: isSound,
	cafFormat: isSound, aiffFormat: isSound,
	mp4Format: isFilm, webmFormat: isFilm, aviFormat: isFilm, asfFormat: isFilm, tsFormat: isFilm, psFormat: isFilm, flvFormat: isFilm,
	pdfFormat: isPDF, program: isProgram,
}

func (f format) family() family { return families[f] }

// refusal is the text for families that are never taken, "" for the others.
func refusal(f family) string {
	switch f {
	case isUnknown, isRefused:
		return TextType
	case isOddImage:
		return TextImage
	case isProgram:
		return TextExe
	default:
		return ""
	}
}

// magics are the beginnings of files, the longer before the shorter.
var magics = []struct {
	start string
	is    format
}{
	{"\xff\xd8\xff", jpegFormat},
	{"\x89PNG\r\n\x1a\n", pngFormat},
	{"GIF87a", gifFormat},
	{"GIF89a", gifFormat},
	{"II*\x00", oddImage},
	{"MM\x00*", oddImage},
	{"OggS", oggFormat},
	{"ID3", mp3Format}, // or AAC, see sniff
	{"#!AMR", amrFormat},
	{"fLaC", flacFormat},
	{"caff", cafFormat},
	{"FLV\x01", flvFormat},
	{"\x00\x00\x01\xba", psFormat},
	{"\x30\x26\xb2\x75\x8e\x66\xcf\x11", asfFormat},
	{"\x1a\x45\xdf\xa3", webmFormat},
	{"%PDF-", pdfFormat},
	{"MZ", program},
	{"\x7fELF", program},
	{"#!", program},
	{"\xca\xfe\xba\xbe", program}, // Java, and Mach-O for several processors
	{"\xfe\xed\xfa", program},
	{"\xce\xfa\xed\xfe", program},
	{"\xcf\xfa\xed\xfe", program},
	{"dex\n", program},
}

// heicBrands are the names of HEIF and AVIF in the box that MP4 begins with too.
var heicBrands = []string{"heic", "heix", "hevc", "hevx", "heim", "heis", "hevm", "hevs", "mif1", "mif2", "msf1", "miaf", "MiHB", "avif", "avis"}

// boxes are what MP4 and MOV may begin with besides "ftyp".
var boxes = []string{"ftyp", "moov", "mdat", "wide", "free", "skip"}

func sniff(b []byte) format {
	if at := pdfStart(b); at >= 0 {
		return pdfFormat
	}
	for _, m := range magics {
		if bytes.HasPrefix(b, []byte(m.start)) {
			if rest := behindID3(b); m.is == mp3Format && (adts(rest) || bytes.HasPrefix(rest, []byte("fLaC"))) {
				return sniff(rest)
			}
			return m.is
		}
	}
	const header = 12 // RIFF and MP4 tell themselves within it
	switch {
	case len(b) < header:
		return ""
	case string(b[:4]) == "RIFF":
		return map[string]format{"WEBP": webpFormat, "WAVE": wavFormat, "AVI": aviFormat}[strings.TrimSpace(string(b[8:12]))]
	case string(b[:4]) == "FORM" && slices.Contains([]string{"AIFF", "AIFC"}, string(b[8:12])):
		return aiffFormat
	case string(b[4:8]) == "ftyp" && slices.Contains(heicBrands, string(b[8:12])):
		return heifFormat
	case slices.Contains(boxes, string(b[4:8])):
		return mp4Format
	case string(b[:2]) == "BM" && b[6]|b[7]|b[8]|b[9] == 0: // reserved fields
		return bmpFormat
	case adts(b):
		return aacFormat
	case b[0] == 0xff && b[1]&0xe6 == 0xe2: // frame of layer III
		return mp3Format
	case transport(b):
		return tsFormat
	case svg(b):
		return oddImage
	default:
		return ""
	}
}

// pdfStart is where a PDF begins, -1 for other files: readers take one behind line breaks, a
// byte order mark or what a printer's queue puts before it.
func pdfStart(b []byte) int {
	const looked = 1024 // as far as readers look
	head := b[:min(looked, len(b))]
	at := bytes.Index(head, []byte("%PDF-"))
	if at <= 0 {
		return at
	}
	before := bytes.TrimPrefix(head[:at], []byte("\xef\xbb\xbf"))
	if len(bytes.Trim(before, "\x00\t\n\f\r \xfe\xff\xef\xbb\xbf")) == 0 || bytes.HasPrefix(before, []byte("\x1b%-12345X")) {
		return at
	}
	return -1
}

// adts reports whether a frame of AAC begins here (ISO/IEC 13818-7, 6.2).
func adts(b []byte) bool { return len(b) > 7 && b[0] == 0xff && b[1]&0xf6 == 0xf0 && b[2]>>2&15 < 13 }

// behindID3 is what follows the tag at the beginning, b itself without one.
func behindID3(b []byte) []byte {
	const header = 10
	if len(b) < header || string(b[:3]) != "ID3" {
		return b
	}
	size := header + int(b[6]&127)<<21 + int(b[7]&127)<<14 + int(b[8]&127)<<7 + int(b[9]&127)
	return b[min(size, len(b)):]
}

// transport reports whether packets of an MPEG transport stream begin here, as they are or,
// as camcorders write them, each behind four bytes of time.
func transport(b []byte) bool {
	const packet, stamp, sync, packets = 188, 4, 0x47, 5
	packed := func(from, size int) bool {
		for i := range packets {
			if at := from + i*size; at >= len(b) || b[at] != sync {
				return false
			}
		}
		return true
	}
	return packed(0, packet) || packed(stamp, packet+stamp)
}

func svg(b []byte) bool {
	const looked = 1024
	head := bytes.ToLower(bytes.TrimLeft(b[:min(looked, len(b))], "\xef\xbb\xbf \t\r\n"))
	return bytes.HasPrefix(head, []byte("<")) && bytes.Contains(head, []byte("<svg"))
}

// claims are types that are refused by what Telegram says of a file, or that need a tool. A
// claim that is not listed settles nothing: phones misspell them, and bytes decide.
var claims = map[string]family{
	pdfMIME: isPDF, "application/x-pdf": isPDF,
	"image/heic": isHEIC, "image/heif": isHEIC, "image/avif": isHEIC, "image/heic-sequence": isHEIC, "image/heif-sequence": isHEIC,
	"image/tiff": isOddImage, "image/svg+xml": isOddImage, "image/x-icon": isOddImage, "image/x-adobe-dng": isOddImage,
	"application/x-msdownload": isProgram, "application/x-msdos-program": isProgram, "application/x-dosexec": isProgram,
	"application/vnd.android.package-archive": isProgram, "application/java-archive": isProgram,
	"application/x-executable": isProgram, "application/x-elf": isProgram, "application/x-sharedlib": isProgram,
	"application/x-sh": isProgram, "text/x-shellscript": isProgram, "application/x-msi": isProgram,
	"application/x-bat": isProgram, "text/javascript": isProgram, "application/javascript": isProgram,
	"application/zip": isRefused, "application/x-zip-compressed": isRefused, "application/vnd.rar": isRefused,
	"application/x-rar-compressed": isRefused, "application/x-7z-compressed": isRefused, "application/gzip": isRefused,
	"application/x-tar": isRefused, "application/msword": isRefused, "application/rtf": isRefused, "application/json": isRefused,
	"application/xml": isRefused, "application/epub+zip": isRefused, "application/x-tgsticker": isRefused, "audio/midi": isRefused,
}

// claimedFamily is what a claimed type means, isUnknown where the bytes must tell.
func claimedFamily(claim string) family {
	claim, _, err := mime.ParseMediaType(claim)
	if err != nil {
		return isUnknown
	}
	if f, ok := claims[claim]; ok {
		return f
	}
	switch main, kind, _ := strings.Cut(claim, "/"); {
	case main == "audio":
		return isSound
	case main == "video":
		return isFilm
	case main == "text", main == "font", main == "model", main == "application" && strings.HasPrefix(kind, "vnd."):
		return isRefused
	default:
		return isUnknown
	}
}
