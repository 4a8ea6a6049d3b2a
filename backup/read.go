package backup

import (
	"context"
	"errors"
	"io"

	"filippo.io/age"
)

// Check reads a backup to its end and lets pg_restore read the dump's table of
// contents. tools is asked for the programs once the manifest is known; its error ends
// the check.
func Check(ctx context.Context, r io.Reader, keys []age.Identity, tools func(Manifest) (Tools, error)) (m Manifest, toc Toc, err error) {
	var end func(error) error
	err = Read(r, keys, func(read Manifest) (io.Writer, error) {
		m = read
		t, err := tools(m)
		if err != nil {
			return nil, err
		}
		var w io.Writer
		w, end = feed(func(in io.Reader) (err error) {
			toc, err = t.List(ctx, in)
			return err
		})
		return w, nil
	})
	if end != nil {
		listed := end(err)
		if err == nil {
			err = listed
		}
	}
	return m, toc, err
}

// RestoreInto puts a backup, whose table of contents Check has given, into an empty
// database.
func RestoreInto(ctx context.Context, r io.Reader, keys []age.Identity, t Tools, toc Toc, address string) error {
	var end func(error) error
	err := Read(r, keys, func(Manifest) (io.Writer, error) {
		var w io.Writer
		w, end = feed(func(in io.Reader) error { return t.Restore(ctx, address, toc, in) })
		return w, nil
	})
	if end == nil {
		return err
	}
	// A stream that ends early makes the program fail: what it says then is not the cause.
	if restored := end(err); err == nil {
		err = restored
	}
	return err
}

// errEnough tells the writer that the program reads no more.
var errEnough = errors.New("the program reads no more")

// feed runs a reader beside a writer. What is written after the reader has ended is
// dropped. end ends the stream, with an error when it is not whole, and waits for the
// reader.
func feed(read func(io.Reader) error) (w io.Writer, end func(error) error) {
	in, out := io.Pipe()
	done := make(chan error, 1)
	go func() {
		err := read(in)
		in.CloseWithError(errEnough)
		done <- err
	}()
	return enough{out}, func(err error) error {
		out.CloseWithError(err) // nil = io.EOF
		return <-done
	}
}

// enough drops what nobody reads.
type enough struct{ to io.Writer }

// Write writes or drops everything.
func (e enough) Write(p []byte) (int, error) {
	n, err := e.to.Write(p)
	if errors.Is(err, errEnough) {
		return len(p), nil
	}
	return n, err
}
