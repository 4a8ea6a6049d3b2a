package media

import (
	"context"
	"errors"

	"tinbao/cases"
)

// MaxBytes is what a bot may fetch from Telegram (getFile: 20 MB).
const MaxBytes = 20 << 20

// The locale keys of refusals.
const (
	TextTooBig   = "file.toobig"   // over MaxBytes
	TextType     = "file.type"     // a type we do not take, or not what was announced
	TextImage    = "file.image"    // TIFF, SVG: to be sent as a photo
	TextHEIC     = "file.heic"     // HEIC or AVIF that cannot be converted: to be sent as a photo
	TextPixels   = "file.pixels"   // too many pixels
	TextBroken   = "file.broken"   // damaged or cut off
	TextHard     = "file.hard"     // opening it takes more time or memory than there is, or kills what opens it
	TextVideo    = "file.video"    // sound or video that cannot be cleaned
	TextNoFFmpeg = "file.noffmpeg" // sound and video are not taken on this machine
	TextPDF      = "file.pdf"      // a document that cannot be opened, here or at all
	TextLocked   = "file.locked"   // a document that asks for a password
	TextPages    = "file.pages"    // a document of more than MaxPages, or too large when drawn
	TextExe      = "file.exe"      // a program
)

// Texts lists every locale key this package answers with.
var Texts = []string{
	TextTooBig, TextType, TextImage, TextHEIC, TextPixels, TextBroken, TextHard, TextVideo, TextNoFFmpeg, TextPDF, TextLocked, TextPages, TextExe,
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
	family := claimedFamily(f.MIME)
	if family == isUnknown && (f.Kind == cases.Video || f.Kind == cases.Voice) {
		family = isFilm
	}
	switch {
	case f.Kind == cases.Photo && family != isProgram:
		return ""
	case family == isUnknown: // the bytes tell
		return ""
	default:
		return t.refusal(family)
	}
}

// refusal is the text for families that are not taken with these tools, "" for others.
func (t tools) refusal(f family) string {
	switch {
	case (f == isSound || f == isFilm) && !t.film():
		return TextNoFFmpeg
	case f == isPDF && !t.pdf():
		return TextPDF
	case f == isHEIC && t.heif == "":
		return TextHEIC
	default:
		return refusal(f)
	}
}

// Clean gives the file without its metadata, and its type. A refusal is a
// cases.Invalid with one of Texts; a call that was cut off is cases.Transient.
func Clean(ctx context.Context, kind cases.MediaKind, body []byte) (clean []byte, mime string, err error) {
	j, err := installed().plan(kind, body)
	if err != nil {
		return nil, "", err
	}
	clean, a, err := j.clean(ctx, body)
	return clean, a.MIME, err
}

// KindOf is what a file is by its bytes, for senders that do not say; a document when it is
// nothing that is taken.
func KindOf(body []byte) cases.MediaKind {
	switch sniff(body).family() {
	case isPhoto, isHEIC:
		return cases.Photo
	case isFilm:
		return cases.Video
	case isSound:
		return cases.Voice
	}
	return cases.Document
}

// plan finds out by the bytes what a file is, and within which limits a child may clean it;
// of pictures it reads the header.
func (t tools) plan(kind cases.MediaKind, body []byte) (job, error) {
	if len(body) > MaxBytes {
		return job{}, cases.Fail(cases.Invalid, TextTooBig)
	}
	f := sniff(body)
	family := f.family()
	if text := t.refusal(family); text != "" {
		return job{}, cases.Fail(cases.Invalid, text)
	}
	if !fits(kind, family) {
		return job{}, cases.Fail(cases.Invalid, TextType)
	}
	heavy := job{Kind: kind, Memory: toolMemory, Patience: toolPatience, share: heavyShare}
	if family != isPhoto || t.moves(kind, f, body) {
		return heavy, nil
	}
	p, err := measure(f, body)
	if err != nil {
		return job{}, err
	}
	heavy.Patience = photoPatience
	light := p.memory + 2*int64(len(body)) + runtimeShare/4
	if light > lightShare {
		return heavy, nil
	}
	return job{Kind: kind, Memory: light + runtimeShare, Patience: photoPatience, share: light}, nil
}

// moves reports whether a picture is kept as a film.
func (t tools) moves(kind cases.MediaKind, f format, body []byte) bool {
	return kind != cases.Photo && f == gifFormat && t.film() && gifFrames(body) > 1
}

// clean is the work of a child.
func (t tools) clean(ctx context.Context, j job, body []byte) (clean []byte, mime string, err error) {
	f := sniff(body)
	switch family := f.family(); {
	case t.moves(j.Kind, f, body):
		if clean, mime, err = t.cleanFilm(ctx, f, j.Kind, body); err != nil {
			mime = jpegMIME
			clean, err = t.cleanPhoto(ctx, f, body, j.Memory)
		}
	case family == isPhoto:
		mime = jpegMIME
		clean, err = t.cleanPhoto(ctx, f, body, j.Memory)
	case family == isHEIC:
		mime = jpegMIME
		clean, err = t.cleanHEIF(ctx, body, j.Memory)
	case family == isPDF:
		mime = pdfMIME
		clean, err = t.cleanPDF(ctx, body[pdfStart(body):])
	default:
		clean, mime, err = t.cleanFilm(ctx, f, j.Kind, body)
	}
	if ctx.Err() != nil {
		return nil, "", refuse(TextHard, ctx.Err())
	}
	if err == nil && len(clean) > MaxBytes {
		err = cases.Fail(cases.Invalid, TextTooBig)
	}
	return clean, mime, err
}

// fits reports whether a file of a family may come as the kind Telegram says.
func fits(kind cases.MediaKind, f family) bool {
	switch kind {
	case cases.Photo:
		return f == isPhoto || f == isHEIC
	case cases.Video:
		return f == isFilm || f == isSound || f == isPhoto // Ogg may be either, a GIF may move
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
