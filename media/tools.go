package media

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"time"

	"tinbao/cases"
)

const (
	// toolFarewell is how long a killed tool may hold its pipes.
	toolFarewell = 2 * time.Second
	// inFile and outFile are the first two files a tool is handed, by the names
	// it opens them with.
	inFile  = "/dev/fd/3"
	outFile = "/dev/fd/4"
)

// tools are the paths of the programs that read what we cannot read ourselves; "" = not
// installed. They run in a child only, within its limits.
type tools struct{ ffmpeg, ffprobe, pdftoppm, pdfinfo, qpdf, djpeg, heif string }

var installed = sync.OnceValue(func() tools {
	find := func(names ...string) string {
		for _, name := range names {
			if path, err := exec.LookPath(name); err == nil {
				if path, err = filepath.Abs(path); err == nil {
					return path
				}
			}
		}
		return ""
	}
	return tools{
		ffmpeg: find("ffmpeg"), ffprobe: find("ffprobe"), pdftoppm: find("pdftoppm"), pdfinfo: find("pdfinfo"), qpdf: find("qpdf"),
		djpeg: find("djpeg"), heif: find("heif-dec", "heif-convert"),
	}
})

// HasVideo reports whether sound and video can be cleaned on this machine.
func HasVideo() bool { return installed().film() }

// HasPDF reports whether PDF documents can be cleaned on this machine.
func HasPDF() bool { return installed().pdf() }

// HasPhotos reports whether damaged, very large and HEIC photos can be opened on this machine.
func HasPhotos() bool { return installed().djpeg != "" && installed().heif != "" }

func (t tools) film() bool { return t.ffmpeg != "" && t.ffprobe != "" }
func (t tools) pdf() bool  { return t.pdftoppm != "" && t.pdfinfo != "" && t.qpdf != "" }

// call is one run of a tool. It has no standard input unless stdin is set, no
// shell, an environment of its own and the limits of the child that runs it, and is
// killed with its context.
type call struct {
	path   string
	args   []string
	stdin  *os.File
	stdout io.Writer
	files  []*os.File // inFile, outFile
}

// run says of a failure only how the tool ended: what tools print on the way
// may repeat what is in the file.
func (c call) run(ctx context.Context) error {
	cmd := exec.CommandContext(ctx, c.path, c.args...)
	cmd.Dir = "/"
	cmd.Env = []string{"PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "HOME=/nonexistent"}
	if c.stdin != nil {
		cmd.Stdin = c.stdin
	}
	cmd.Stdout = c.stdout
	cmd.ExtraFiles = c.files
	cmd.WaitDelay = toolFarewell
	err := cmd.Start()
	if err == nil {
		err = cmd.Wait()
	}
	if err == nil {
		return nil
	}
	err = fmt.Errorf("%s: %w", filepath.Base(c.path), err)
	if cmd.Process == nil { // it could not be started: no fault of the file
		return &cases.Error{Kind: cases.Transient, Cause: err}
	}
	return err
}

// scratch is a file without a name, holding b: tools must seek, and nothing may
// be left when we are killed. Its bytes can reach the disk all the same, so a
// TMPDIR in memory (tmpfs) is best.
func scratch(b []byte) (_ *os.File, err error) {
	f, err := os.CreateTemp("", "tinbao-*") // mode 0600
	if err != nil {
		return nil, fmt.Errorf("scratch file: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, f.Close())
		}
	}()
	if err := os.Remove(f.Name()); err != nil {
		return nil, fmt.Errorf("scratch file: %w", err)
	}
	if _, err := f.Write(b); err != nil {
		return nil, fmt.Errorf("scratch file: %w", err)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, fmt.Errorf("scratch file: %w", err)
	}
	return f, nil
}

// contents reads a whole scratch file.
func contents(f *os.File) ([]byte, error) {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, fmt.Errorf("scratch file: %w", err)
	}
	b, err := io.ReadAll(io.LimitReader(f, maxScratch))
	if err != nil {
		return nil, fmt.Errorf("scratch file: %w", err)
	}
	return b, nil
}

// step lets a tool make one file of another; fault is the text for one it cannot make.
func step(ctx context.Context, body []byte, fault string, with func(in, out *os.File) call) ([]byte, error) {
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
	if err := with(in, out).run(ctx); err != nil {
		return nil, refuse(fault, err)
	}
	return contents(out)
}

func files(f ...*os.File) []*os.File { return f }
