package reports

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"tinbao/cases"
)

const (
	// officePatience bounds one conversion; the first run of LibreOffice on a slow disk
	// takes about ten seconds.
	officePatience = 60 * time.Second
	// officeFarewell is how long a killed program may hold its pipes.
	officeFarewell = 2 * time.Second
)

// office lets one LibreOffice work at a time: each takes some 200 MB.
var office = make(chan struct{}, 1)

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

// PDF makes a PDF of a Word document with LibreOffice. The document and the profile of
// the program stand in a folder that nobody else may enter and that is removed before
// PDF returns. A TMPDIR in memory (tmpfs) keeps it off the disk.
func PDF(ctx context.Context, soffice string, document []byte) (pdf []byte, err error) {
	return converted(ctx, soffice, document, "docx")
}

// converted is PDF for a document of a form that LibreOffice knows by the ending.
func converted(ctx context.Context, soffice string, document []byte, ending string) (pdf []byte, err error) {
	ctx, cancel := context.WithTimeout(ctx, officePatience)
	defer cancel()
	select {
	case office <- struct{}{}:
		defer func() { <-office }()
	case <-ctx.Done():
		return nil, &cases.Error{Kind: cases.Transient, Cause: ctx.Err()}
	}
	dir, err := os.MkdirTemp("", "tinbao-paper-*") // mode 0700
	if err != nil {
		return nil, fmt.Errorf("folder for a paper: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	in := filepath.Join(dir, "paper."+ending)
	if err := os.WriteFile(in, document, 0o600); err != nil {
		return nil, fmt.Errorf("writing a paper: %w", err)
	}
	if err := convert(ctx, soffice, dir, in); err != nil {
		return nil, err
	}
	pdf, err = os.ReadFile(filepath.Join(dir, "paper.pdf"))
	if err != nil {
		return nil, &cases.Error{Kind: cases.Transient, Cause: cases.Reason("LibreOffice wrote no PDF")}
	}
	return pdf, nil
}

// convert runs LibreOffice once, with everything it starts in a group of its own that
// ends with it. What it prints is not read: it may repeat what is in the document.
func convert(ctx context.Context, soffice, dir, in string) error {
	cmd := exec.CommandContext(ctx, soffice, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"),
		"--headless", "--norestore", "--nolockcheck", "--convert-to", "pdf:writer_pdf_Export", "--outdir", dir, in)
	cmd.Dir = dir
	cmd.Env = []string{"PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "HOME=" + dir, "TMPDIR=" + dir, "SAL_USE_VCLPLUGIN=svp"}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.WaitDelay = officeFarewell
	if err := cmd.Run(); err != nil {
		return &cases.Error{Kind: cases.Transient, Cause: fmt.Errorf("soffice: %w", err)}
	}
	return nil
}
