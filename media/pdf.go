package media

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"image/jpeg"
	"os"
	"os/exec"
	"regexp"
	"strconv"
)

// MaxPages is how many pages of a document are taken.
const MaxPages = 100

const (
	pointsPerInch = 72
	// Pages are drawn in dotsPerInch, in which print of 6 points can be read, and where
	// that makes the document too large in fewDots.
	dotsPerInch, fewDots = 150, 100
	pageQuality          = 75 // of JPEG
)

// page is the size of a page in points.
type page struct{ w, h float64 }

// cleanPDF draws the pages of a document and makes a new document of the pictures. What staff
// need is to read it; nothing else of the old document is left: no words behind the
// picture, notes, forms, actions, addresses, layers or properties.
func (t tools) cleanPDF(ctx context.Context, body []byte) ([]byte, error) {
	in, err := scratch(body)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	pages, err := t.pages(ctx, in)
	if err != nil || len(pages) == 0 {
		if in, pages, err = t.repair(ctx, in); err != nil {
			return nil, err
		}
		defer in.Close()
	}
	if len(pages) > MaxPages {
		return nil, refuse(TextPages, nil)
	}
	for _, dots := range []float64{dotsPerInch, fewDots} {
		clean, err := t.drawPages(ctx, in, pages, dots)
		if !errors.Is(err, errTooMuch) {
			return clean, err
		}
	}
	return nil, refuse(TextPages, errTooMuch)
}

// repair has qpdf write a document anew whose tables are damaged or cut off.
func (t tools) repair(ctx context.Context, in *os.File) (*os.File, []page, error) {
	const needsPassword = 0 // exit code
	err := call{path: t.qpdf, args: []string{"--requires-password", inFile}, files: files(in)}.run(ctx)
	if exitCode(err) == needsPassword {
		return nil, nil, refuse(TextLocked, nil)
	}
	out, err := scratch(nil)
	if err != nil {
		return nil, nil, err
	}
	whole, err := contents(in)
	if err != nil {
		return nil, nil, err
	}
	if in, err = scratch(withTrailer(whole)); err != nil {
		return nil, nil, err
	}
	defer in.Close()
	err = call{path: t.qpdf, args: []string{"--decrypt", "--no-warn", "--warning-exit-0", inFile, "-"}, stdout: out, files: files(in)}.run(ctx)
	if err != nil {
		return nil, nil, errors.Join(refuse(TextPDF, err), out.Close())
	}
	pages, err := t.pages(ctx, out)
	if err != nil || len(pages) == 0 {
		return nil, nil, errors.Join(refuse(TextPDF, err), out.Close())
	}
	return out, pages, nil
}

var catalog = regexp.MustCompile(`(?s)(\d+) (\d+) obj\s*<<[^>]{0,200}/Type\s*/Catalog\b`)

// withTrailer is a document with a trailer behind it, where the end with its own was cut off:
// qpdf finds objects without their table, but not which of them is the first.
func withTrailer(b []byte) []byte {
	if bytes.Contains(b, []byte("trailer")) || bytes.Contains(b, []byte("/XRef")) {
		return b
	}
	root := catalog.FindSubmatch(b)
	if root == nil {
		return b
	}
	return fmt.Appendf(bytes.Clone(b), "\ntrailer\n<</Root %s %s R>>\nstartxref\n0\n%%%%EOF\n", root[1], root[2])
}

// exitCode is how a tool ended, -1 where it was killed or did not run.
func exitCode(err error) int {
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &exit):
		return exit.ExitCode()
	default:
		return -1
	}
}

var (
	pageSize = regexp.MustCompile(`(?m)^Page +(?:\d+ )?size: +([0-9.]+) x ([0-9.]+) pts`)
	pageTurn = regexp.MustCompile(`(?m)^Page +(?:\d+ )?rot: +(\d+)$`)
	pageSum  = regexp.MustCompile(`(?m)^Pages: +(\d+)$`)
)

// pages are the sizes of the pages as they are read, MaxPages + 1 at most.
func (t tools) pages(ctx context.Context, in *os.File) ([]page, error) {
	var out bytes.Buffer
	const plenty = 1 << 20
	args := []string{"-f", "1", "-l", strconv.Itoa(MaxPages + 1), inFile}
	if err := (call{path: t.pdfinfo, args: args, stdout: &capped{to: &out, left: plenty}, files: files(in)}).run(ctx); err != nil {
		return nil, err
	}
	if m := pageSum.FindSubmatch(out.Bytes()); m == nil || string(m[1]) == "0" {
		return nil, errors.New("no pages")
	}
	turns := pageTurn.FindAllSubmatch(out.Bytes(), -1)
	var all []page
	for i, m := range pageSize.FindAllSubmatch(out.Bytes(), -1) {
		w, errW := strconv.ParseFloat(string(m[1]), 64)
		h, errH := strconv.ParseFloat(string(m[2]), 64)
		if errW != nil || errH != nil || w <= 0 || h <= 0 {
			return nil, errors.New("a page without a size")
		}
		if i < len(turns) && (string(turns[i][1]) == "90" || string(turns[i][1]) == "270") {
			w, h = h, w
		}
		all = append(all, page{w, h})
	}
	return all, nil
}

// drawPages makes a document of pictures of the pages.
func (t tools) drawPages(ctx context.Context, in *os.File, pages []page, dots float64) ([]byte, error) {
	out := newPicturePDF(len(pages))
	for i, p := range pages {
		w, h := kept(int(min(p.w*dots/pointsPerInch, maxSide)), int(min(p.h*dots/pointsPerInch, maxSide)))
		picture, size, gray, err := t.drawPage(ctx, in, i+1, max(float64(w)/p.w, float64(h)/p.h)*pointsPerInch, (w+2)*(h+2))
		if err != nil {
			return nil, err
		}
		out.add(p, size.X, size.Y, gray, picture)
		if out.b.Len() > MaxBytes {
			return nil, errTooMuch
		}
	}
	return out.end(), nil
}

// drawPage is page n as a JPEG of so many dots per inch, of so many pixels at most.
func (t tools) drawPage(ctx context.Context, in *os.File, n int, dots float64, pixels int) (_ []byte, size image.Point, gray bool, err error) {
	var pnm bytes.Buffer
	args := []string{
		"-f", strconv.Itoa(n), "-l", strconv.Itoa(n), "-singlefile", "-cropbox", "-r", strconv.FormatFloat(dots, 'f', 3, 64), inFile,
	}
	err = call{path: t.pdftoppm, args: args, stdout: &capped{to: &pnm, left: 3*pixels + answerSize}, files: files(in)}.run(ctx)
	if err != nil {
		return nil, size, false, refuse(TextPDF, err)
	}
	src, ok := readPNM(pnm.Bytes())
	if !ok {
		return nil, size, false, refuse(TextPDF, nil)
	}
	size = src.Bounds().Size()
	src, gray = colors(src)
	var out bytes.Buffer
	if err := jpeg.Encode(&out, src, &jpeg.Options{Quality: pageQuality}); err != nil {
		return nil, size, false, refuse(TextPDF, nil)
	}
	if !bareJPEG(out.Bytes()) {
		return nil, size, false, refuse(TextPDF, errLeft)
	}
	return out.Bytes(), size, gray, nil
}

// colors is a picture as its encoder takes it fastest, grey where it has no colour.
func colors(src image.Image) (_ image.Image, gray bool) {
	p, ok := src.(*rgb)
	if !ok {
		return src, true
	}
	gray = true
	for i := 0; i < len(p.pix) && gray; i += 3 {
		r, g, b := p.pix[i], p.pix[i+1], p.pix[i+2]
		gray = r == g && g == b
	}
	if gray {
		dst := image.NewGray(p.Bounds())
		for i := range dst.Pix {
			dst.Pix[i] = p.pix[3*i]
		}
		return dst, true
	}
	dst := image.NewRGBA(p.Bounds())
	draw.Draw(dst, dst.Bounds(), p, image.Point{}, draw.Src)
	return dst, false
}

// picturePDF writes a document in which each page is a picture: object 1 is the catalogue, 2
// the list of pages, and three for each page.
type picturePDF struct {
	b       bytes.Buffer
	offsets []int
}

func newPicturePDF(pages int) *picturePDF {
	var p picturePDF
	p.b.WriteString("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
	p.object("<</Type/Catalog/Pages 2 0 R>>")
	var kids bytes.Buffer
	for i := range pages {
		fmt.Fprintf(&kids, "%d 0 R ", 3+3*i)
	}
	p.object(fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", pages, kids.String()))
	return &p
}

func (p *picturePDF) object(text string) {
	p.offsets = append(p.offsets, p.b.Len())
	fmt.Fprintf(&p.b, "%d 0 obj\n%s\nendobj\n", len(p.offsets), text)
}

// add appends a page of a JPEG.
func (p *picturePDF) add(size page, w, h int, gray bool, picture []byte) {
	n, space := len(p.offsets)+1, "DeviceRGB"
	if gray {
		space = "DeviceGray"
	}
	p.object(fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 %.2f %.2f]/Contents %d 0 R/Resources<</XObject<</P %d 0 R>>>>>>",
		size.w, size.h, n+1, n+2))
	draw := fmt.Sprintf("%.2f 0 0 %.2f 0 0 cm /P Do", size.w, size.h)
	p.object(fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", len(draw), draw))
	p.object(fmt.Sprintf("<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/%s/BitsPerComponent 8/Filter/DCTDecode/Length %d>>\nstream\n%s\nendstream",
		w, h, space, len(picture), picture))
}

func (p *picturePDF) end() []byte {
	start := p.b.Len()
	fmt.Fprintf(&p.b, "xref\n0 %d\n0000000000 65535 f \n", len(p.offsets)+1)
	for _, at := range p.offsets {
		fmt.Fprintf(&p.b, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&p.b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(p.offsets)+1, start)
	return p.b.Bytes()
}
