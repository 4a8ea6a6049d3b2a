package backup

import (
	"archive/tar"
	"crypto/sha256"
	"encoding/hex"
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
)

// Manifest says what a backup holds.
type Manifest struct {
	Format  int    `json:"tinbao_backup"` // of the file, see format
	Program string `json:"program"`       // version of the program that made it
	Dumped  int    `json:"pg_dump"`       // major version of pg_dump: an older pg_restore cannot read it
	cases.Contents
}

// format is the version of the form of a backup.
const format = 1

// Names of the parts.
const (
	manifestName = "manifest.json"
	dumpFolder   = "dump/"
	endName      = "end.json"
)

const (
	partSize      = 4 << 20 // bytes of the dump in one part
	manifestLimit = 64 << 20
	endLimit      = 1 << 10
)

// end closes a backup: without it the dump is not whole.
type end struct {
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// Write writes a backup to w: the manifest and what dump writes, encrypted to all
// recipients. After an error what was written is not a backup and is never read as one.
func Write(w io.Writer, to []age.Recipient, m Manifest, dump func(io.Writer) error) error {
	m.Format = format
	sealed, err := age.Encrypt(w, to...)
	if err != nil {
		return fmt.Errorf("encrypting: %w", err)
	}
	a := &archive{tar: tar.NewWriter(sealed), at: m.Taken, sum: sha256.New()}
	if err := a.object(manifestName, m); err != nil {
		return err
	}
	if err := dump(a); err != nil {
		return err
	}
	if err := a.flush(); err != nil {
		return err
	}
	if err := a.object(endName, end{a.bytes, hex.EncodeToString(a.sum.Sum(nil))}); err != nil {
		return err
	}
	return errors.Join(a.tar.Close(), sealed.Close())
}

// archive cuts a stream of unknown length into parts of a tar.
type archive struct {
	tar   *tar.Writer
	at    time.Time
	sum   hash.Hash
	bytes int64
	parts int
	part  []byte
}

// Write takes more of the dump.
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
	a.sum.Write(a.part)
	a.bytes += int64(len(a.part))
	err := a.entry(fmt.Sprintf("%s%06d", dumpFolder, a.parts), a.part)
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
	err := a.tar.WriteHeader(&tar.Header{Name: name, Mode: privateMode, Size: int64(len(body)), ModTime: a.at, Format: tar.FormatPAX})
	if err != nil {
		return fmt.Errorf("writing: %w", err)
	}
	if _, err := a.tar.Write(body); err != nil {
		return fmt.Errorf("writing: %w", err)
	}
	return nil
}

// Read reads a backup to its end and writes the dump to what begin gives for its
// manifest. Only when Read returns no error the whole file is what was written once:
// what came before an error may be a part of it.
func Read(r io.Reader, keys []age.Identity, begin func(Manifest) (io.Writer, error)) error {
	opened, err := age.Decrypt(r, keys...)
	var other *age.NoIdentityMatchError
	switch {
	case errors.As(err, &other):
		return ErrOtherKey
	case err != nil:
		return ErrForeign
	}
	in := tar.NewReader(opened)
	m, err := readManifest(in)
	if err != nil {
		return err
	}
	out, err := begin(m)
	if err != nil {
		return err
	}
	if err := readDump(in, out); err != nil {
		return err
	}
	if _, err := io.Copy(io.Discard, opened); err != nil { // the last bytes are proven at the end
		return ErrDamaged
	}
	return nil
}

func readManifest(in *tar.Reader) (m Manifest, err error) {
	h, err := in.Next()
	if err != nil {
		return m, ErrDamaged
	}
	if h.Name != manifestName {
		return m, ErrForeign
	}
	if err := json.NewDecoder(io.LimitReader(in, manifestLimit)).Decode(&m); err != nil {
		return m, ErrDamaged
	}
	if m.Format != format {
		return m, ErrForeign
	}
	return m, nil
}

func readDump(in *tar.Reader, out io.Writer) error {
	sum, bytes := sha256.New(), int64(0)
	for part := 0; ; part++ {
		h, err := in.Next()
		if err != nil {
			return ErrDamaged
		}
		if h.Name == endName {
			var e end
			if err := json.NewDecoder(io.LimitReader(in, endLimit)).Decode(&e); err != nil || e != (end{bytes, hex.EncodeToString(sum.Sum(nil))}) {
				return ErrDamaged
			}
			return nil
		}
		if h.Name != fmt.Sprintf("%s%06d", dumpFolder, part) {
			return ErrDamaged
		}
		n, err := io.Copy(out, &checked{in: in, sum: sum})
		bytes += n
		if err != nil {
			return err
		}
	}
}

// checked sums up what is read, and tells damage from what a writer complains of.
type checked struct {
	in  io.Reader
	sum hash.Hash
}

// Read reads on.
func (c *checked) Read(p []byte) (int, error) {
	n, err := c.in.Read(p)
	c.sum.Write(p[:n])
	if err != nil && !errors.Is(err, io.EOF) {
		err = ErrDamaged
	}
	return n, err
}

// Summary are the lines a person reads about a backup.
func (m Manifest) Summary() string {
	var b strings.Builder
	fmt.Fprintf(&b, "made %s by tinbao %s, schema %d, PostgreSQL %d, wards %v\n", m.Taken.In(cases.Vietnam).Format("15:04:05 02/01/2006"), m.Program, m.Schema, m.Postgres, m.Wards)
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
