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
	heicFormat format = "heic"
	oddImage   format = "image" // GIF, BMP, TIFF, SVG
	oggFormat  format = "ogg"
	mp3Format  format = "mp3"
	mp4Format  format = "mov" // MP4, M4A, MOV, 3GP; ffmpeg's name of the reader
	webmFormat format = "matroska"
	pdfFormat  format = "pdf"
	program    format = "program"
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
)

var families = map[format]family{
	jpegFormat: isPhoto, pngFormat: isPhoto, webpFormat: isPhoto, heicFormat: isHEIC, oddImage: isOddImage,
	oggFormat: isSound, mp3Format: isSound, mp4Format: isFilm, webmFormat: isFilm, pdfFormat: isPDF, program: isProgram,
}

func (f format) family() family { return families[f] }

// refusal is the text for families that are never taken, "" for the others.
func refusal(f family) string {
	switch f {
	case isUnknown:
		return TextType
	case isHEIC:
		return TextHEIC
	case isOddImage:
		return TextImage
	case isProgram:
		return TextExe
	default:
		return ""
	}
}

// magics are the beginnings of files; the longest that fits is not needed, for
// none is the beginning of another of a different format.
var magics = []struct {
	start string
	is    format
}{
	{"\xff\xd8\xff", jpegFormat},
	{"\x89PNG\r\n\x1a\n", pngFormat},
	{"GIF87a", oddImage},
	{"GIF89a", oddImage},
	{"II*\x00", oddImage},
	{"MM\x00*", oddImage},
	{"OggS", oggFormat},
	{"ID3", mp3Format},
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
var heicBrands = []string{"heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1", "avif", "avis"}

// boxes are what MP4 and MOV may begin with besides "ftyp".
var boxes = []string{"ftyp", "moov", "mdat", "wide", "free", "skip"}

func sniff(b []byte) format {
	for _, m := range magics {
		if bytes.HasPrefix(b, []byte(m.start)) {
			return m.is
		}
	}
	const header = 12 // RIFF and MP4 tell themselves within it
	switch {
	case len(b) < header:
		return ""
	case string(b[:4]) == "RIFF" && string(b[8:12]) == "WEBP":
		return webpFormat
	case string(b[4:8]) == "ftyp" && slices.Contains(heicBrands, string(b[8:12])):
		return heicFormat
	case slices.Contains(boxes, string(b[4:8])):
		return mp4Format
	case string(b[:2]) == "BM" && b[6]|b[7]|b[8]|b[9] == 0: // reserved fields
		return oddImage
	case b[0] == 0xff && b[1]&0xe6 == 0xe2: // frame of layer III
		return mp3Format
	case svg(b):
		return oddImage
	default:
		return ""
	}
}

func svg(b []byte) bool {
	const looked = 1024
	head := bytes.ToLower(bytes.TrimLeft(b[:min(looked, len(b))], "\xef\xbb\xbf \t\r\n"))
	return bytes.HasPrefix(head, []byte("<")) && bytes.Contains(head, []byte("<svg"))
}

// claims are the types of programs and documents that are refused by what
// Telegram says of them.
var claims = map[string]family{
	pdfMIME:      isPDF,
	"image/heic": isHEIC, "image/heif": isHEIC, "image/avif": isHEIC,
	"image/jpeg": isPhoto, "image/png": isPhoto, "image/webp": isPhoto,
	"application/x-msdownload": isProgram, "application/x-msdos-program": isProgram, "application/x-dosexec": isProgram,
	"application/vnd.android.package-archive": isProgram, "application/java-archive": isProgram,
	"application/x-executable": isProgram, "application/x-elf": isProgram, "application/x-sharedlib": isProgram,
	"application/x-sh": isProgram, "text/x-shellscript": isProgram, "application/x-msi": isProgram,
	"application/x-bat": isProgram, "text/javascript": isProgram, "application/javascript": isProgram,
}

// claimedFamily is what a claimed type means; told is false where the claim
// settles nothing.
func claimedFamily(claim string) (f family, told bool) {
	claim, _, err := mime.ParseMediaType(claim)
	if err != nil || claim == "application/octet-stream" {
		return isUnknown, false
	}
	if f, ok := claims[claim]; ok {
		return f, true
	}
	switch main, _, _ := strings.Cut(claim, "/"); main {
	case "image":
		return isOddImage, true
	case "audio":
		return isSound, true
	case "video":
		return isFilm, true
	default:
		return isUnknown, true
	}
}
