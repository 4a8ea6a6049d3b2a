package media

import (
	"bytes"
	"fmt"
	"image/color"
	"image/jpeg"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"tinbao/cases"
)

// pdf is a document of one page made of numbered objects: 1 is the catalogue, 2
// the pages, 3 the page, 4 its content.
func pdf(extra map[int]string, catalog, page, trailer string) []byte {
	objects := map[int]string{
		1: "<</Type/Catalog/Pages 2 0 R " + catalog + ">>",
		2: "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		3: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R " + page + ">>",
		4: stream("", "0 0 1 rg 10 10 100 100 re f"),
	}
	maps.Copy(objects, extra)
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	offsets := make([]int, len(objects)+1)
	for n := 1; n <= len(objects); n++ {
		offsets[n] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", n, objects[n])
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets))
	for _, at := range offsets[1:] {
		fmt.Fprintf(&b, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R %s>>\nstartxref\n%d\n%%%%EOF\n", len(offsets), trailer, start)
	return b.Bytes()
}

func stream(dict, data string) string {
	return fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", dict, len(data), data)
}

func TestPDFLosesItsMetadata(t *testing.T) {
	if !HasPDF() {
		t.Fatal("exiftool or qpdf is missing: run scripts/setup")
	}
	emptyTemp(t)
	body := pdf(map[int]string{
		5: "<</Author(" + canary + ")/Creator(" + canary + ")/CreationDate(D:20261124080000Z)>>",
		6: stream("/Type/Metadata/Subtype/XML", "<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'>"+canary+"</x:xmpmeta><?xpacket end='w'?>"),
		7: "<</S/JavaScript/JS(app.alert\\('" + canary + "'\\))>>",
	}, "/Metadata 6 0 R/OpenAction 7 0 R", "", "/Info 5 0 R/ID[<"+fmt.Sprintf("%x", canary)+"><00>]")
	clean := mustClean(t, cases.Document, body, "application/pdf")
	if bytes.Contains(bytes.ToLower(clean), fmt.Appendf(nil, "%x", canary)) {
		t.Error("the identifier is left")
	}
	mustClean(t, cases.Document, clean, "application/pdf")
}

func TestPDFIsDrawnAnew(t *testing.T) {
	emptyTemp(t)
	photo := stream("/Type/XObject/Subtype/Image/Width 64/Height 32/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode", string(phonePhoto(1)))
	plain := pdf(nil, "", "", "")
	for name, body := range map[string][]byte{
		"photo with its position": pdf(map[int]string{5: photo}, "", "/Resources<</XObject<</I 5 0 R>>>>", ""),
		"note with its author": pdf(map[int]string{5: "<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/T(" + canary + ")/M(D:20261124)/Contents(x)>>"},
			"", "/Annots[5 0 R]", ""),
		"script behind a link": pdf(map[int]string{5: "<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/JavaScript/JS(x)>>>>"}, "", "/Annots[5 0 R]", ""),
		"address of a page":    pdf(map[int]string{5: "<</S/URI/URI(\\\\\\\\" + canary + ")>>"}, "", "/AA<</O 5 0 R>>", ""),
		"hidden field": pdf(map[int]string{5: "<</Type/Annot/Subtype/Widget/FT/Tx/T(x)/V(" + canary + ")/F 2/Rect[0 0 9 9]>>"},
			"/AcroForm<</Fields[5 0 R]>>", "/Annots[5 0 R]", ""),
		"page with metadata": pdf(map[int]string{5: stream("/Type/Metadata/Subtype/XML", canary)}, "", "/Metadata 5 0 R", ""),
		"behind line breaks": append([]byte("\r\n\n"), plain...),
		"behind a mark":      append([]byte("\xef\xbb\xbf"), plain...),
		"behind a job":       append([]byte("\x1b%-12345X@PJL JOB NAME=\""+canary+"\"\r\n"), plain...),
		"wrong position":     bytes.Replace(plain, []byte("startxref\n"), []byte("startxref\n9"), 1),
		"turned":             pdf(map[int]string{4: stream("", "0 0 1 rg 0 0 200 200 re f")}, "", "/Rotate 90/CropBox[0 0 200 150.5]", ""),
		"without its end":    plain[:len(plain)-60],
	} {
		t.Run(name, func(t *testing.T) {
			clean := mustClean(t, cases.Document, body, pdfMIME)
			for _, mark := range []string{"/Annot", "/AA", "/URI", "/JS", "/AcroForm", "/Metadata", "Exif", "PJL"} {
				if bytes.Contains(clean, []byte(mark)) {
					t.Errorf("%q is left", mark)
				}
			}
			if r, _, b, _ := firstPage(t, clean).RGBA(); r > 0x4000 || b < 0xc000 {
				t.Error("the page is not drawn")
			}
		})
	}
}

// firstPage is the colour in the middle of the first picture of a document.
func firstPage(t *testing.T, document []byte) color.Color {
	t.Helper()
	_, rest, _ := bytes.Cut(document, []byte("/DCTDecode"))
	_, rest, _ = bytes.Cut(rest, []byte("stream\n"))
	img, err := jpeg.Decode(bytes.NewReader(rest))
	if err != nil {
		t.Fatal(err)
	}
	return img.At(img.Bounds().Dx()*3/10, img.Bounds().Dy()*7/10)
}

func TestPDFThatCannotBeRead(t *testing.T) {
	emptyTemp(t)
	mustRefuse(t, cases.Document, append([]byte("%PDF-1.7\n"), make([]byte, 200)...), TextPDF)
	lock := func(user string) []byte {
		dir := t.TempDir()
		in, out := filepath.Join(dir, "in"), filepath.Join(dir, "out")
		if err := os.WriteFile(in, pdf(nil, "", "", ""), 0o600); err != nil {
			t.Fatal(err)
		}
		if b, err := exec.Command(installed().qpdf, "--encrypt", user, "owner", "256", "--", in, out).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, b)
		}
		b, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	mustRefuse(t, cases.Document, lock("secret"), TextLocked)
	mustClean(t, cases.Document, lock(""), pdfMIME) // may not be printed; everybody may read it
	kids, objects := "", map[int]string{}
	for n := 5; n <= 5+MaxPages; n++ {
		objects[n] = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
		kids += strconv.Itoa(n) + " 0 R "
	}
	objects[2] = "<</Type/Pages/Kids[" + kids + "]/Count " + strconv.Itoa(MaxPages+1) + ">>"
	mustRefuse(t, cases.Document, pdf(objects, "", "", ""), TextPages)
}
