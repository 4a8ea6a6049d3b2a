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
	// toolPatience bounds all work of the tools on one file.
	toolPatience = 60 * time.Second
	// toolFarewell is how long a killed tool may hold its pipes.
	toolFarewell = 2 * time.Second
	// toolMemory bounds what one tool may take: a document of a megabyte can name one
	// page a million times.
	toolMemory = 1 << 30
	// inFile and outFile are the first two files a tool is handed, by the names
	// it opens them with.
	inFile  = "/dev/fd/3"
	outFile = "/dev/fd/4"
)

// tools are the paths of the programs that clean what we cannot rewrite
// ourselves; "" = not installed.
type tools struct{ ffmpeg, ffprobe, exiftool, qpdf string }

var installed = sync.OnceValue(func() tools {
	find := func(name string) string {
		path, err := exec.LookPath(name)
		if err != nil {
			return ""
		}
		path, err = filepath.Abs(path)
		if err != nil {
			return ""
		}
		return path
	}
	return tools{ffmpeg: find("ffmpeg"), ffprobe: find("ffprobe"), exiftool: find("exiftool"), qpdf: find("qpdf")}
})

// HasVideo reports whether sound and video can be cleaned on this machine.
func HasVideo() bool { return installed().film() }

// HasPDF reports whether PDF documents can be cleaned on this machine.
func HasPDF() bool { return installed().pdf() }

func (t tools) film() bool { return t.ffmpeg != "" && t.ffprobe != "" }
func (t tools) pdf() bool  { return t.exiftool != "" && t.qpdf != "" }

// call is one run of a tool. It has no standard input unless stdin is set, no
// shell, an environment and a bound of memory of its own, and is killed with its
// context.
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
		err = errors.Join(bound(cmd.Process, toolMemory), cmd.Wait())
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

// contents reads a whole scratch file, at most a byte more than is kept.
func contents(f *os.File) ([]byte, error) {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, fmt.Errorf("scratch file: %w", err)
	}
	b, err := io.ReadAll(io.LimitReader(f, MaxBytes+1))
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
