package backup

import (
	"archive/tar"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"strings"
	"time"

	"filippo.io/age"

	"tinbao/cases"
)

// Why a backup cannot be read.
var (
	// ErrOtherKey tells that the backup was encrypted to other recipients.
	ErrOtherKey = errors.New("none of the keys opens it: it was made for other recipients")
	// ErrDamaged tells that the file was changed, or is not whole.
	ErrDamaged = errors.New("it is damaged or not complete; take another copy")
	// ErrForeign tells that the file is no backup, or one of a later form.
	ErrForeign = errors.New("it is not a backup that this program knows")
	// ErrProgram tells of a backup of the first form, whose table of contents is executed.
	ErrProgram = errors.New("it is of the first form, unsigned and with statements that would be executed: restore it with the tinbao that made it, into a database of its own, and back that up with this one")
	// ErrSignature tells that another than the server made the backup.
	ErrSignature = errors.New("it is not signed by the key of this server: do not use it")
)

// Manifest says what a backup holds.
type Manifest struct {
	Format  int    `json:"tinbao_backup"` // of the file, see format
	Program string `json:"program"`       // version of the program that made it
	cases.Contents
}

// Signer signs what it is given.
type Signer interface{ Sign(body []byte) []byte }

// Verifier tells whether a signature is of a body and by the key that is trusted.
type Verifier interface {
	Signed(body, signature []byte) bool
}

// format is the version of the form of a backup; program that of the first, which held a
// dump of pg_dump.
const (
	format  = 2
	program = 1
)

// Names of the parts.
const (
	manifestName = "manifest.json"
	endName      = "end.json"
)

// partName is the name of a part of the rows of a table.
func partName(table, part int) string { return fmt.Sprintf("rows/%04d/%06d", table, part) }

const (
	partSize      = 4 << 20 // bytes of rows in one part
	manifestLimit = 64 << 20
	endLimit      = 1 << 10
)

// end closes a backup: without it the backup is not whole.
type end struct {
	SHA256    []byte `json:"sha256"`    // of everything before, see seal
	Signature []byte `json:"signature"` // of what signed gives
}

// signed is what the signature is of: no other thing that is signed by a key reads like it.
func (e end) signed() []byte { return append([]byte("tinbao backup 2\x00"), e.SHA256...) }

// seal sums up the names and bodies of parts.
type seal struct{ hash.Hash }

func newSeal() seal { return seal{sha256.New()} }

// begin says which part follows.
func (s seal) begin(name string, size int64) {
	s.Write(binary.BigEndian.AppendUint64(nil, uint64(len(name))))
	s.Write([]byte(name))
	s.Write(binary.BigEndian.AppendUint64(nil, uint64(size)))
}

// Write writes a backup to w: the manifest, and what rows writes of each of its tables,
// signed, and encrypted to all recipients. After an error what was written is not a backup
// and is never read as one.
func Write(w io.Writer, to []age.Recipient, by Signer, m Manifest, rows func(table int, w io.Writer) error) error {
	m.Format = format
	sealed, err := age.Encrypt(w, to...)
	if err != nil {
		return fmt.Errorf("encrypting: %w", err)
	}
	a := &archive{tar: tar.NewWriter(sealed), at: m.Taken, sum: newSeal()}
	if err := a.object(manifestName, m); err != nil {
		return err
	}
	for i := range m.Tables {
		a.table, a.parts = i, 0
		if err := rows(i, a); err != nil {
			return err
		}
		if err := a.flush(); err != nil {
			return err
		}
	}
	e := end{SHA256: a.sum.Sum(nil)}
	e.Signature = by.Sign(e.signed())
	if err := a.object(endName, e); err != nil {
		return err
	}
	return errors.Join(a.tar.Close(), sealed.Close())
}

// archive cuts streams of unknown length into parts of a tar.
type archive struct {
	tar          *tar.Writer
	at           time.Time
	sum          seal
	table, parts int
	part         []byte
}

// Write takes more rows of the table.
func (a *archive) Write(p []byte) (int, error) {
	for rest := p; len(rest) > 0; {
		n := min(len(rest), partSize-len(a.part))
		a.part, rest = append(a.part, rest[:n]...), rest[n:]
		if len(a.part) == partSize {
			if err := a.flush(); err != nil {
				return 0, err
			}
		}
	}
	return len(p), nil
}

func (a *archive) flush() error {
	if len(a.part) == 0 {
		return nil
	}
	err := a.entry(partName(a.table, a.parts), a.part)
	a.parts++
	a.part = a.part[:0]
	return err
}

func (a *archive) object(name string, value any) error {
	raw, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	return a.entry(name, raw)
}

func (a *archive) entry(name string, body []byte) error {
	a.sum.begin(name, int64(len(body)))
	a.sum.Write(body)
	err := a.tar.WriteHeader(&tar.Header{Name: name, Mode: privateMode, Size: int64(len(body)), ModTime: a.at, Format: tar.FormatPAX})
	if err != nil {
		return fmt.Errorf("writing: %w", err)
	}
	if _, err := a.tar.Write(body); err != nil {
		return fmt.Errorf("writing: %w", err)
	}
	return nil
}

// Summary are the lines a person reads about a backup.
func (m Manifest) Summary() string {
	var b strings.Builder
	fmt.Fprintf(&b, "made %s by tinbao %q, schema %d, PostgreSQL %d, wards %v\n", m.Taken.In(cases.Vietnam).Format("15:04:05 02/01/2006"), m.Program, m.Schema, m.Postgres, m.Wards)
	fmt.Fprintf(&b, "%d tables, %d rows\n", len(m.Tables), m.Rows())
	for _, h := range m.Histories {
		fmt.Fprintf(&b, "ward %d %-6s %d cases, %d rows of history", h.Ward, h.Stream, h.Cases, h.Rows)
		if h.Anchor != "" {
			fmt.Fprintf(&b, ", newest anchor %s of %s", h.Anchor, h.At.In(cases.Vietnam).Format("15:04 02/01/2006"))
		}
		b.WriteByte('\n')
	}
	return b.String()
}
