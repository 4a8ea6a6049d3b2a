package media

import (
	"context"
	"errors"
	"fmt"

	"tinbao/cases"
)

// MaxBytes is what a bot may fetch from Telegram (getFile: 20 MB).
const MaxBytes = 20 << 20

// The locale keys of refusals.
const (
	TextTooBig   = "file.toobig"   // over MaxBytes
	TextType     = "file.type"     // a type we do not take, or not what was announced
	TextImage    = "file.image"    // GIF, BMP, TIFF, SVG: to be sent as a photo
	TextHEIC     = "file.heic"     // the photo format of iPhones: to be sent as a photo
	TextPixels   = "file.pixels"   // too many pixels
	TextBroken   = "file.broken"   // damaged or cut off
	TextVideo    = "file.video"    // sound or video that cannot be cleaned
	TextNoFFmpeg = "file.noffmpeg" // sound and video are not taken on this machine
	TextPDF      = "file.pdf"      // a document that cannot be cleaned, here or at all
	TextExe      = "file.exe"      // a program
)

// Texts lists every locale key this package answers with.
var Texts = []string{
	TextTooBig, TextType, TextImage, TextHEIC, TextPixels, TextBroken, TextVideo, TextNoFFmpeg, TextPDF, TextExe,
}

// Accepts is the locale key of why a file is refused before it is fetched, ""
// when it may be fetched. It believes the claimed type only where it refuses;
// Clean looks at the bytes. The conversation asks it, so that a person learns at
// once what will not be kept.
func Accepts(f cases.OfferedFile) string { return installed().accepts(f) }

func (t tools) accepts(f cases.OfferedFile) string {
	if f.Size > MaxBytes {
		return TextTooBig
	}
	switch family, told := claimedFamily(f.MIME); {
	case family == isProgram:
		return TextExe
	case f.Kind == cases.Video || f.Kind == cases.Voice || family == isSound || family == isFilm:
		if !t.film() {
			return TextNoFFmpeg
		}
	case family == isPDF:
		if !t.pdf() {
			return TextPDF
		}
	case f.Kind == cases.Photo:
		return ""
	case told:
		return refusal(family)
	}
	return ""
}

// Clean gives the file without its metadata, and its type. A refusal is a
// cases.Invalid with one of Texts; a call that was cut off is cases.Transient.
func Clean(ctx context.Context, kind cases.MediaKind, body []byte) (clean []byte, mime string, err error) {
	return installed().clean(ctx, kind, body)
}

func (t tools) clean(ctx context.Context, kind cases.MediaKind, body []byte) ([]byte, string, error) {
	if len(body) > MaxBytes {
		return nil, "", cases.Fail(cases.Invalid, TextTooBig)
	}
	f := sniff(body)
	family := f.family()
	if text := refusal(family); text != "" {
		return nil, "", cases.Fail(cases.Invalid, text)
	}
	if !fits(kind, family) {
		return nil, "", cases.Fail(cases.Invalid, TextType)
	}
	var clean []byte
	var mime string
	var err error
	switch family {
	case isPhoto:
		mime = jpegMIME
		clean, err = cleanPhoto(ctx, f, body)
	case isPDF:
		mime = pdfMIME
		clean, err = t.cleanPDF(ctx, body)
	default:
		clean, mime, err = t.cleanFilm(ctx, f, kind, body)
	}
	if cut := ctx.Err(); cut != nil {
		return nil, "", &cases.Error{Kind: cases.Transient, Cause: fmt.Errorf("cleaning a file: %w", cut)}
	}
	if err != nil {
		return nil, "", err
	}
	if len(clean) > MaxBytes {
		return nil, "", cases.Fail(cases.Invalid, TextTooBig)
	}
	return clean, mime, nil
}

// fits reports whether a file of a family may come as the kind Telegram says.
func fits(kind cases.MediaKind, f family) bool {
	switch kind {
	case cases.Photo:
		return f == isPhoto
	case cases.Video:
		return f == isFilm
	case cases.Voice:
		return f == isSound || f == isFilm // M4A and MP4 are one format
	case cases.Document:
		return true
	default:
		return false
	}
}

// refuse is the refusal of a file. The cause is for the log and must say nothing
// of the file; a failure of ours among the causes stays one.
func refuse(text string, cause error) error {
	var ours *cases.Error
	if errors.As(cause, &ours) {
		return cause
	}
	return &cases.Error{Kind: cases.Invalid, Text: text, Cause: cause}
}

// errLeft means that a cleaned file still told something.
var errLeft = errors.New("metadata left after cleaning")
