package backup

import (
	"archive/tar"
	"bytes"
	"encoding/json"
	"errors"
	"io"

	"filippo.io/age"
)

// Check reads a backup to its end. What it gives may be believed: the file is whole and
// was signed by the key.
func Check(r io.Reader, keys []age.Identity, by Verifier) (m Manifest, err error) {
	err = Read(r, keys, by, func(read Manifest) (func(int, io.Reader) error, error) {
		m = read
		return func(_ int, rows io.Reader) error {
			_, err := io.Copy(io.Discard, rows)
			return err
		}, nil
	})
	if err != nil {
		return Manifest{}, err
	}
	return m, nil
}

// Read reads a backup to its end and hands the rows of each table, in the order of the
// manifest, to what begin gives. Only when Read returns no error the file is what the
// server wrote: what was handed over before an error may be anybody's.
func Read(r io.Reader, keys []age.Identity, by Verifier, begin func(Manifest) (func(table int, rows io.Reader) error, error)) error {
	opened, err := age.Decrypt(r, keys...)
	var other *age.NoIdentityMatchError
	switch {
	case errors.As(err, &other):
		return ErrOtherKey
	case err != nil:
		return ErrForeign
	}
	p := &parts{tar: tar.NewReader(opened), sum: newSeal()}
	m, err := p.manifest()
	if err != nil {
		return err
	}
	take, err := begin(m)
	if err != nil {
		return err
	}
	for i := range m.Tables {
		rows := &tableRows{of: p, table: i}
		taken := take(i, rows)
		if rows.damaged {
			return ErrDamaged
		}
		if taken != nil {
			return taken
		}
		if _, err := io.Copy(io.Discard, rows); err != nil {
			return err
		}
	}
	if err := p.end(by); err != nil {
		return err
	}
	if _, err := io.Copy(io.Discard, opened); err != nil { // the last bytes are proven at the end
		return ErrDamaged
	}
	return nil
}

// parts are what a tar holds, summed up as they are read.
type parts struct {
	tar    *tar.Reader
	sum    seal
	header *tar.Header // of the part that is next, when it was looked at
}

// next looks at the part that comes.
func (p *parts) next() (*tar.Header, error) {
	if p.header == nil {
		h, err := p.tar.Next()
		if err != nil || h.Typeflag != tar.TypeReg {
			return nil, ErrDamaged
		}
		p.header = h
	}
	return p.header, nil
}

// enter goes into the part that was looked at.
func (p *parts) enter() {
	p.sum.begin(p.header.Name, p.header.Size)
	p.header = nil
}

// object reads a part as JSON; ErrForeign when another part is there.
func (p *parts) object(name string, limit int64, into any) error {
	h, err := p.next()
	switch {
	case err != nil:
		return err
	case h.Name != name:
		return ErrForeign
	case h.Size > limit:
		return ErrDamaged
	}
	p.enter()
	raw, err := io.ReadAll(p.tar)
	if err != nil {
		return ErrDamaged
	}
	p.sum.Write(raw)
	if json.Unmarshal(raw, into) != nil {
		return ErrDamaged
	}
	return nil
}

func (p *parts) manifest() (m Manifest, err error) {
	if err := p.object(manifestName, manifestLimit, &m); err != nil {
		return m, err
	}
	switch m.Format {
	case format:
		return m, nil
	case program:
		return m, ErrProgram
	}
	return m, ErrForeign
}

// end proves what was read.
func (p *parts) end(by Verifier) error {
	sum := p.sum.Sum(nil)
	var e end
	if err := p.object(endName, endLimit, &e); err != nil || !bytes.Equal(e.SHA256, sum) {
		return ErrDamaged
	}
	if _, err := p.tar.Next(); !errors.Is(err, io.EOF) {
		return ErrDamaged
	}
	if !by.Signed(e.signed(), e.Signature) {
		return ErrSignature
	}
	return nil
}

// tableRows are the rows of one table.
type tableRows struct {
	of          *parts
	table, part int
	inside      bool // a part of it is being read
	damaged     bool
}

// Read reads on, through all parts of the table.
func (r *tableRows) Read(buf []byte) (int, error) {
	for {
		if !r.inside {
			h, err := r.of.next()
			if err != nil {
				r.damaged = true
				return 0, ErrDamaged
			}
			if h.Name != partName(r.table, r.part) {
				return 0, io.EOF // of another table, or the end
			}
			r.of.enter()
			r.inside = true
			r.part++
		}
		n, err := r.of.tar.Read(buf)
		r.of.sum.Write(buf[:n])
		switch {
		case errors.Is(err, io.EOF):
			r.inside = false
		case err != nil:
			r.damaged = true
			return n, ErrDamaged
		}
		if n > 0 {
			return n, nil
		}
	}
}
