package backup

import (
	"archive/tar"
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"pgregory.net/rapid"

	"tinbao/cases"
)

func newID(t *testing.T) *age.X25519Identity {
	t.Helper()
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return id
}

var sample = Manifest{Format: format, Program: "1", Contents: cases.Contents{
	Taken: time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC), Schema: 24, Postgres: 15, Wards: []cases.WardID{1},
	Tables:    []cases.TableSum{{Name: "ward.wards", Rows: 1, SHA256: "00"}, {Name: "casework.cases"}},
	Histories: []cases.ChainHead{{Ward: 1, Stream: cases.ReportStream, Cases: 2, Rows: 5, Heads: "00"}},
}}

// server is the key of a server.
type server struct{ ed25519.PrivateKey }

func (s server) Sign(body []byte) []byte { return ed25519.Sign(s.PrivateKey, body) }

func (s server) Signed(body, signature []byte) bool {
	return ed25519.Verify(ed25519.PublicKey(s.PrivateKey[ed25519.SeedSize:]), body, signature)
}

func serverOf(seed byte) server {
	return server{ed25519.NewKeyFromSeed(bytes.Repeat([]byte{seed}, ed25519.SeedSize))}
}

var ours = serverOf(1)

// written is a backup of the sample with the same rows in both tables.
func written(t *testing.T, rows []byte, to ...age.Recipient) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out, to, ours, sample, func(_ int, w io.Writer) error { _, err := w.Write(rows); return err }); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// readBack gives the rows of all tables.
func readBack(raw []byte, id age.Identity) (m Manifest, rows [][]byte, err error) {
	err = Read(bytes.NewReader(raw), []age.Identity{id}, ours, func(read Manifest) (func(int, io.Reader) error, error) {
		m = read
		return func(table int, r io.Reader) error {
			if table != len(rows) {
				return errors.New("another table")
			}
			got, err := io.ReadAll(r)
			rows = append(rows, got)
			return err
		}, nil
	})
	return m, rows, err
}

// Each recipient alone reads what was written, of any length.
func TestBackupIsReadByEachRecipient(t *testing.T) {
	t.Parallel()
	one, two := newID(t), newID(t)
	for _, size := range []int{0, 1, partSize - 1, partSize, 2*partSize + 7} {
		rows := bytes.Repeat([]byte("sao lưu "), size/8+1)[:size]
		raw := written(t, rows, one.Recipient(), two.Recipient())
		for _, id := range []age.Identity{one, two} {
			m, got, err := readBack(raw, id)
			if err != nil || len(got) != 2 || !bytes.Equal(got[0], rows) || !bytes.Equal(got[1], rows) {
				t.Errorf("%d bytes came back otherwise: %v", size, err)
			}
			if diff := cmp.Diff(sample, m); diff != "" {
				t.Error(diff)
			}
		}
		if _, _, err := readBack(raw, newID(t)); !errors.Is(err, ErrOtherKey) {
			t.Errorf("another key: %v", err)
		}
	}
}

// A file that was cut anywhere, or of which any bit was turned, is refused.
func TestDamageIsRefused(t *testing.T) {
	t.Parallel()
	id := newID(t)
	raw := written(t, []byte(strings.Repeat("rows", 500)), id.Recipient())
	for n := range raw {
		if n%7 != 0 && n < len(raw)-20 { // each place takes a while
			continue
		}
		if _, _, err := readBack(raw[:n], id); err == nil {
			t.Errorf("cut after %d of %d bytes and read", n, len(raw))
		}
		turned := slices.Clone(raw)
		turned[n] ^= 0x10
		if _, _, err := readBack(turned, id); err == nil {
			t.Errorf("byte %d was changed and read", n)
		}
	}
	if _, _, err := readBack(append(slices.Clone(raw), 0), id); err == nil {
		t.Error("a byte was appended and read")
	}
}

// entry is a part of a crafted backup.
type entry struct {
	name, body string
	kind       byte
}

// crafted is a backup by somebody who knows the recipient and the form.
func crafted(t *testing.T, id *age.X25519Identity, entries []entry) []byte {
	t.Helper()
	var out bytes.Buffer
	sealed, err := age.Encrypt(&out, id.Recipient())
	if err != nil {
		t.Fatal(err)
	}
	w := tar.NewWriter(sealed)
	for _, e := range entries {
		h := &tar.Header{Name: e.name, Mode: 0o600, Size: int64(len(e.body)), Typeflag: e.kind}
		if e.kind != tar.TypeReg {
			h.Size, h.Linkname, e.body = 0, e.body, ""
		}
		err := w.WriteHeader(h)
		if err == nil {
			_, err = w.Write([]byte(e.body))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(w.Close(), sealed.Close()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// entriesOf takes a backup apart.
func entriesOf(t *testing.T, raw []byte, id age.Identity) (list []entry) {
	t.Helper()
	opened, err := age.Decrypt(bytes.NewReader(raw), id)
	if err != nil {
		t.Fatal(err)
	}
	for r := tar.NewReader(opened); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return list
		}
		body, readErr := io.ReadAll(r)
		if err := errors.Join(err, readErr); err != nil {
			t.Fatal(err)
		}
		list = append(list, entry{h.Name, string(body), tar.TypeReg})
	}
}

// Whoever can encrypt to the recipient, which is no secret, and has seen backups in clear,
// makes none that is believed: neither a new one nor one out of parts of others.
func TestCraftedBackupsAreRefused(t *testing.T) {
	t.Parallel()
	id := newID(t)
	good := entriesOf(t, written(t, []byte("rows"), id.Recipient()), id)
	if _, _, err := readBack(crafted(t, id, good), id); err != nil || len(good) != 4 {
		t.Fatalf("%d parts put together again: %v", len(good), err)
	}
	other := entriesOf(t, written(t, []byte("more"), id.Recipient()), id)
	change := func(at int, e entry) []entry { l := slices.Clone(good); l[at] = e; return l }
	file := func(name, body string) entry { return entry{name, body, tar.TypeReg} }
	// resealed has a right checksum and a signature by another key, or none.
	resealed := func(by Signer, entries ...entry) []entry {
		sum := newSeal()
		for _, e := range entries {
			sum.begin(e.name, int64(len(e.body)))
			sum.Write([]byte(e.body))
		}
		last := end{SHA256: sum.Sum(nil)}
		if by != nil {
			last.Signature = by.Sign(last.signed())
		}
		body, err := json.Marshal(last)
		if err != nil {
			t.Fatal(err)
		}
		return append(slices.Clone(entries), file(endName, string(body)))
	}
	first := strings.Replace(good[0].body, `"tinbao_backup":2`, `"tinbao_backup":1`, 1)
	for what, c := range map[string]struct {
		entries []entry
		want    error
	}{
		"other rows":                      {change(1, file(good[1].name, "evil")), ErrDamaged},
		"rows of two tables changed over": {[]entry{good[0], file(good[1].name, good[2].body+"x"), good[2], good[3]}, ErrDamaged},
		"rows of another backup":          {change(1, other[1]), ErrDamaged},
		"another manifest":                {change(0, file(manifestName, strings.Replace(good[0].body, "ward.wards", "ward.staff", 1))), ErrDamaged},
		"the end of another backup":       {change(3, other[3]), ErrDamaged},
		"no end":                          {good[:3], ErrDamaged},
		"a table is not there":            {[]entry{good[0], good[1], good[3]}, ErrDamaged},
		"a part before":                   {append([]entry{file("x", "")}, good...), ErrForeign},
		"a part between":                  {[]entry{good[0], good[1], file("dump/000000", "PGDMP"), good[2], good[3]}, ErrDamaged},
		"a part after":                    {append(slices.Clone(good), file("x", "")), ErrDamaged},
		"a link":                          {change(1, entry{good[1].name, "/etc/passwd", tar.TypeSymlink}), ErrDamaged},
		"a path out of the way":           {change(1, file("../../etc/passwd", "rows")), ErrDamaged},
		"unsigned":                        {resealed(nil, good[:3]...), ErrSignature},
		"signed by another server":        {resealed(serverOf(2), good[:3]...), ErrSignature},
		"a signature of something else":   {resealed(signs{}, good[:3]...), ErrSignature},
		"of the first form":               {change(0, file(manifestName, first)), ErrProgram},
		"of the first form, and signed":   {resealed(ours, file(manifestName, first)), ErrProgram},
		"of a later form":                 {resealed(ours, file(manifestName, `{"tinbao_backup":3}`)), ErrForeign},
		"no JSON":                         {resealed(ours, file(manifestName, `{`)), ErrDamaged},
	} {
		if _, err := Check(bytes.NewReader(crafted(t, id, c.entries)), []age.Identity{id}, ours); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", what, err, c.want)
		}
	}
}

// signs is our key, made to sign another text than that of a backup.
type signs struct{}

func (signs) Sign(body []byte) []byte { return ours.Sign(body[1:]) }

// A backup that fails leaves neither a file nor a part of one, and the reason is kept.
func TestFailedBackupLeavesNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	broken := errors.New("the server went away")
	_, err := Save(filepath.Join(dir, "b.age"), func(w io.Writer) error {
		return Write(w, []age.Recipient{newID(t).Recipient()}, ours, sample, func(_ int, w io.Writer) error {
			w.Write(make([]byte, partSize+1))
			return broken
		})
	})
	if !errors.Is(err, broken) {
		t.Error(err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("%v %v", left, err)
	}
}

// A stream that failed was never closed and is no backup.
func TestUnfinishedStreamIsRefused(t *testing.T) {
	t.Parallel()
	id := newID(t)
	var out bytes.Buffer
	Write(&out, []age.Recipient{id.Recipient()}, ours, sample, func(_ int, w io.Writer) error {
		w.Write(make([]byte, 3*partSize))
		return io.ErrUnexpectedEOF
	})
	if _, _, err := readBack(out.Bytes(), id); !errors.Is(err, ErrDamaged) {
		t.Error(err)
	}
}

func TestRecipientsAndKeys(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	key := filepath.Join(dir, "key")
	recipient, err := NewKey(key, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(key); err != nil || info.Mode().Perm() != privateMode {
		t.Error("others may read the key", err)
	}
	if _, err := NewKey(key, time.Now()); err == nil {
		t.Error("a key was written over")
	}
	ids, err := Identities(key)
	if err != nil || len(ids) != 1 {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "recipients")
	if err := os.WriteFile(file, []byte("# two places\n"+newID(t).Recipient().String()+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	to, err := Recipients([]string{" " + recipient, ""}, file)
	if err != nil || len(to) != 2 {
		t.Fatalf("%d %v", len(to), err)
	}
	if _, _, err := readBack(written(t, nil, to...), ids[0]); err != nil {
		t.Error(err)
	}
	raw, _ := os.ReadFile(key)
	for line := range strings.FieldsSeq(string(raw)) {
		if _, err := Recipients([]string{line}, ""); strings.HasPrefix(line, "AGE-") && (err == nil || strings.Contains(err.Error(), line)) {
			t.Errorf("a key given as a recipient: %v", err)
		}
	}
	if _, err := Recipients(nil, ""); !errors.Is(err, ErrNoRecipient) {
		t.Error(err)
	}
}

func drawn(t *rapid.T) cases.Destruction {
	id := func(label string) string {
		return uuid.UUID(rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, label)).String()
	}
	d := cases.Destruction{
		ID: id("id"), At: time.UnixMicro(rapid.Int64Range(0, 4e15).Draw(t, "at")).UTC(),
		Ward: cases.WardID(rapid.Int32Range(1, 99).Draw(t, "ward")), What: rapid.SampledFrom(cases.Destroyed).Draw(t, "what"),
	}
	if d.What == cases.DestroyedNews {
		d.Ref = rapid.StringMatching("[0-9a-f]{64}").Draw(t, "ref")
		return d
	}
	d.Stream, d.Case = rapid.SampledFrom([]cases.Stream{cases.ReportStream, cases.HelpStream}).Draw(t, "stream"), id("case")
	if d.What == cases.DestroyedFile {
		d.Ref = id("ref")
	}
	return d
}

// What is added is read back, once, however often and by however many it was added; a
// line that was cut off costs only itself.
func TestListKeepsEveryLineOnce(t *testing.T) {
	t.Parallel()
	top := t.TempDir()
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		path := filepath.Join(top, fmt.Sprint(n))
		all := rapid.SliceOfNDistinct(rapid.Custom(drawn), 1, 8, func(d cases.Destruction) string { return d.ID }).Draw(t, "list")
		first, err := OpenList(path)
		if err != nil {
			t.Fatal(err)
		}
		cut := rapid.IntRange(0, len(all)).Draw(t, "cut")
		if err := errors.Join(first.Add(all[:cut]), first.Add(all[:cut])); err != nil {
			t.Fatal(err)
		}
		torn := rapid.Bool().Draw(t, "torn") && cut < len(all)
		if torn {
			f, _ := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0o600)
			f.WriteString(line(all[cut])[:rapid.IntRange(1, 60).Draw(t, "at")])
			f.Close()
		}
		second, err := OpenList(path)
		if err != nil {
			t.Fatal(err)
		}
		if missing := second.Missing(all); missing != len(all)-cut {
			t.Errorf("%d are missing, not %d", missing, len(all)-cut)
		}
		if err := errors.Join(second.Add(all), first.Add(all)); err != nil {
			t.Fatal(err)
		}
		got, damaged, err := ReadLists(path, path)
		if err != nil || damaged > 0 != torn {
			t.Fatalf("%d damaged %v", damaged, err)
		}
		slices.SortStableFunc(all, func(a, b cases.Destruction) int { return a.At.Compare(b.At) })
		byID := func(a, b cases.Destruction) int { return strings.Compare(a.ID, b.ID) }
		slices.SortFunc(all, byID)
		slices.SortFunc(got, byID)
		if diff := cmp.Diff(all, got); diff != "" {
			t.Error(diff)
		}
	})
}

// A line that somebody changed is not believed.
func TestChangedLinesAreCounted(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		raw := []byte(line(drawn(t)))
		i := rapid.IntRange(0, len(raw)-1).Draw(t, "place")
		raw[i] ^= 1
		if list, damaged := parse(raw); len(list) > 0 || damaged == 0 {
			t.Errorf("%q is believed", raw)
		}
	})
}
