package media

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image/jpeg"
	"os"
	"path/filepath"
)

// cleanHEIF has libheif make a JPEG of the first picture of a file, upright as the file
// says, and draws that anew.
func (t tools) cleanHEIF(ctx context.Context, body []byte, memory int64) (_ []byte, err error) {
	in, err := scratch(body)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	out, err := scratch(nil)
	if err != nil {
		return nil, err
	}
	defer out.Close()
	// The tool takes the type from the end of the name, and of several pictures it numbers
	// the names; each leads to a file without a name.
	dir, err := os.MkdirTemp("", "tinbao-*") // mode 0700
	if err != nil {
		return nil, fmt.Errorf("folder for a tool: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	for _, name := range []string{"o.jpg", "o-1.jpg"} {
		if err := os.Symlink(outFile, filepath.Join(dir, name)); err != nil {
			return nil, fmt.Errorf("folder for a tool: %w", err)
		}
	}
	err = call{path: t.heif, args: []string{"-q", "92", inFile, filepath.Join(dir, "o.jpg")}, files: files(in, out)}.run(ctx)
	if err != nil {
		return nil, refuse(TextHEIC, err)
	}
	photo, err := contents(out)
	if err != nil {
		return nil, err
	}
	if sniff(photo) != jpegFormat {
		return nil, refuse(TextHEIC, nil)
	}
	p, err := measure(jpegFormat, photo)
	if err != nil {
		return nil, err
	}
	if p.memory > room(memory) {
		src, err := t.djpegDecode(ctx, p, photo)
		if err != nil {
			return nil, err
		}
		return drawn(src, upOnTop)
	}
	src, err := jpeg.Decode(bytes.NewReader(photo))
	if err != nil {
		return nil, refuse(TextHEIC, nil)
	}
	return drawn(src, upOnTop)
}
