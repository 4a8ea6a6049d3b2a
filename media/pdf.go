package media

import (
	"bytes"
	"context"
	"errors"
	"os"
	"slices"
)

// telling are the marks of what must not be left in a PDF: who made it, when and
// with what; metadata of pictures inside; signatures; and what acts on its own.
var telling = [][]byte{
	[]byte("/Author"), []byte("/Creator"), []byte("/Producer"), []byte("(D:"), []byte("/Metadata"),
	[]byte("<x:xmpmeta"), []byte("<?xpacket"), []byte("Exif\x00\x00"), []byte("Photoshop 3.0\x00"), []byte("http://ns.adobe.com/xap"),
	[]byte("/PieceInfo"), []byte("/ByteRange"), []byte("/EmbeddedFile"), []byte("/Filespec"), []byte("/RichMedia"),
	[]byte("/JavaScript"), []byte("/JS "), []byte("/JS("), []byte("/Launch"), []byte("/SubmitForm"), []byte("/XFA"),
}

// maxUnpacked bounds what a PDF may unpack to while it is checked.
const maxUnpacked = 200 << 20

// errUnpacked means that a document grows too large when unpacked.
var errUnpacked = errors.New("document unpacks to too much")

// cleanPDF removes the properties (exiftool), moves the pages alone into a new
// document (qpdf), and looks whether something telling is left. The second step
// is not for tidiness: what exiftool removes can be brought back until the file
// is written anew.
func (t tools) cleanPDF(ctx context.Context, body []byte) ([]byte, error) {
	if !t.pdf() {
		return nil, refuse(TextPDF, nil)
	}
	ctx, cancel := context.WithTimeout(ctx, toolPatience)
	defer cancel()
	bare, err := step(ctx, body, TextPDF, func(in, out *os.File) call {
		return call{path: t.exiftool, args: []string{"-config", "", "-q", "-q", "-all=", "-o", "-", "-"}, stdin: in, stdout: out}
	})
	if err != nil {
		return nil, err
	}
	clean, err := step(ctx, bare, TextPDF, func(in, out *os.File) call {
		return call{path: t.qpdf, args: []string{
			"--empty", "--no-warn", "--warning-exit-0", "--linearize", "--object-streams=generate", "--pages", inFile, "1-z", "--", "-",
		}, stdout: out, files: files(in)}
	})
	if err != nil {
		return nil, err
	}
	if sniff(clean) != pdfFormat {
		return nil, refuse(TextBroken, nil)
	}
	return clean, t.checkPDF(ctx, clean)
}

// checkPDF unpacks a document and looks through it. What cannot be unpacked, which the
// tool only warns of, cannot be looked through.
func (t tools) checkPDF(ctx context.Context, body []byte) error {
	in, err := scratch(body)
	if err != nil {
		return err
	}
	defer in.Close()
	found := &watcher{marks: telling, left: maxUnpacked}
	args := []string{"--qdf", "--object-streams=disable", "--no-original-object-ids", "--no-warn", inFile, "-"}
	err = call{path: t.qpdf, args: args, stdout: found, files: files(in)}.run(ctx)
	if found.err != nil {
		return refuse(TextPDF, found.err)
	}
	if err != nil {
		return refuse(TextPDF, err)
	}
	return nil
}

func files(f ...*os.File) []*os.File { return f }

// watcher looks for marks in what is written to it.
type watcher struct {
	marks [][]byte
	left  int    // bytes that may still come
	carry []byte // the end of what came before, shorter than the longest mark
	err   error
}

// Write fails when a mark is found or too much has come, which ends the writer.
func (w *watcher) Write(b []byte) (int, error) {
	const longest = 32 // longer than every mark
	if w.left -= len(b); w.left < 0 {
		w.err = errUnpacked
		return 0, w.err
	}
	seen := slices.Concat(w.carry, b)
	for _, m := range w.marks {
		if bytes.Contains(seen, m) {
			w.err = errLeft
			return 0, w.err
		}
	}
	w.carry = bytes.Clone(seen[max(0, len(seen)-longest):])
	return len(b), nil
}
