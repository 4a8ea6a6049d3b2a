package media

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"tinbao/cases"
)

// paper is the kind of a job that makes a PDF of a document of ours.
const paper cases.MediaKind = "paper"

// paperPatience bounds one conversion; the first run of LibreOffice on a slow disk takes
// about ten seconds.
const paperPatience = 60 * time.Second

// FindOffice is the path of LibreOffice on this machine, "" when it is not there.
func FindOffice() string {
	path, err := exec.LookPath("soffice")
	if err != nil {
		return ""
	}
	if path, err = filepath.Abs(path); err != nil {
		return ""
	}
	return path
}

// PDF makes a PDF of a Word document, or of a flat OpenDocument text, with LibreOffice: in a
// child like those that clean files, without network, whatever the document asks for. The
// document and the profile of the program stand in a folder that nobody else may enter and
// that is removed before PDF returns. A failure is Transient.
func PDF(ctx context.Context, soffice string, document []byte) ([]byte, error) {
	j := job{Kind: paper, Memory: toolMemory, Patience: paperPatience, Program: soffice, share: heavyShare}
	pdf, _, err := j.clean(ctx, document)
	if err == nil && !bytes.HasPrefix(pdf, []byte("%PDF-")) {
		err = cases.Reason("LibreOffice wrote no PDF")
	}
	if err != nil {
		return nil, &cases.Error{Kind: cases.Transient, Cause: fmt.Errorf("making a paper: %w", err)}
	}
	return pdf, nil
}

// print runs LibreOffice once. What it prints is not read: it may repeat what is in the
// document.
func (j job) print(ctx context.Context, document []byte) ([]byte, error) {
	dir := os.TempDir() // of this child alone
	ending := "fodt"
	if bytes.HasPrefix(document, []byte("PK")) {
		ending = "docx"
	}
	in, out := filepath.Join(dir, "paper."+ending), filepath.Join(dir, "paper.pdf")
	if err := os.WriteFile(in, document, 0o600); err != nil {
		return nil, fmt.Errorf("writing a paper: %w", err)
	}
	for run := range officeRuns {
		err := j.office(ctx, dir, in)
		var ended *exec.ExitError
		if run+1 < officeRuns && errors.As(err, &ended) && ended.ExitCode() == officeAgain {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("soffice: %w", err)
		}
		break
	}
	pdf, err := os.ReadFile(out)
	if errors.Is(err, os.ErrNotExist) {
		return nil, cases.Reason("LibreOffice wrote no PDF")
	}
	return pdf, err
}

// LibreOffice ends with this code where it made a new profile, and wants to be run again.
const (
	officeAgain = 81
	officeRuns  = 2
)

func (j job) office(ctx context.Context, dir, in string) error {
	cmd := exec.CommandContext(ctx, officeProgram(j.Program), "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "-env:OSL_SOCKET_PATH="+dir,
		"--headless", "--norestore", "--nolockcheck", "--convert-to", "pdf:writer_pdf_Export", "--outdir", dir, in)
	cmd.Dir = dir
	cmd.Env = []string{"PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "HOME=" + dir, "TMPDIR=" + dir, "SAL_USE_VCLPLUGIN=svp"}
	cmd.WaitDelay = toolFarewell
	return cmd.Run()
}

// officeProgram is the program behind the script that starts it: the script needs more
// system calls than a child may make.
func officeProgram(path string) string {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		if _, err := os.Stat(target + ".bin"); err == nil {
			return target + ".bin"
		}
	}
	return path
}
