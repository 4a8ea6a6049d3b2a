package backup

import (
	"bytes"
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
	Tables:    []cases.TableSum{{Name: "ward.wards", Rows: 1, SHA256: "00"}},
	Histories: []cases.ChainHead{{Ward: 1, Stream: cases.ReportStream, Cases: 2, Rows: 5, Heads: "00"}},
}}

func written(t *testing.T, dump []byte, to ...age.Recipient) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out, to, sample, func(w io.Writer) error { _, err := w.Write(dump); return err }); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func readBack(raw []byte, id age.Identity) (m Manifest, dump []byte, err error) {
	var out bytes.Buffer
	err = Read(bytes.NewReader(raw), []age.Identity{id}, func(read Manifest) (io.Writer, error) { m = read; return &out, nil })
	return m, out.Bytes(), err
}

// Each recipient alone reads what was written, of any length.
func TestBackupIsReadByEachRecipient(t *testing.T) {
	t.Parallel()
	one, two := newID(t), newID(t)
	for _, size := range []int{0, 1, partSize - 1, partSize, 2*partSize + 7} {
		dump := bytes.Repeat([]byte("sao lưu "), size/8+1)[:size]
		raw := written(t, dump, one.Recipient(), two.Recipient())
		for _, id := range []age.Identity{one, two} {
			m, got, err := readBack(raw, id)
			if err != nil || !bytes.Equal(got, dump) {
				t.Errorf("%d bytes came back as %d: %v", size, len(got), err)
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
	raw := written(t, []byte(strings.Repeat("dump", 1000)), id.Recipient())
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

// A dump that fails leaves neither a file nor a part of one, and the reason is kept.
func TestFailedBackupLeavesNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	broken := errors.New("the server went away")
	_, err := Save(filepath.Join(dir, "b.age"), func(w io.Writer) error {
		return Write(w, []age.Recipient{newID(t).Recipient()}, sample, func(w io.Writer) error {
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

// A stream whose dump failed was never closed and is no backup.
func TestUnfinishedStreamIsRefused(t *testing.T) {
	t.Parallel()
	id := newID(t)
	var out bytes.Buffer
	Write(&out, []age.Recipient{id.Recipient()}, sample, func(w io.Writer) error {
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

// A password stands in no command line.
func TestPasswordsAreTakenOut(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ address, rest, password string }{
		{"postgres://u:p%40ss@h:5433/x?sslmode=require&pool_max_conns=3", "postgres://u@h:5433/x?sslmode=require", "p@ss"},
		{"postgres:///x?host=/run/post%20gres&password=s", "postgres:///x?host=%2Frun%2Fpost%20gres", "s"},
		{"postgresql://h/x", "postgresql://h/x", ""},
		{"host=h password=geheim dbname=x", "host=h dbname=x", "geheim"},
		{`password='a b\'c' dbname=x`, " dbname=x", "a b'c"},
	} {
		rest, password := split(c.address)
		if rest != c.rest || password != c.password {
			t.Errorf("%s: %q %q", c.address, rest, password)
		}
	}
}

// Entries of one account's default rights are left out; all others stay in order.
func TestPortableContents(t *testing.T) {
	t.Parallel()
	toc := Toc(";\n; Archive\n7; 2615 16386 SCHEMA - edge tinbao\n3421; 826 17000 DEFAULT ACL river DEFAULT PRIVILEGES FOR TABLES tinbao\n245; 1259 16413 TABLE casework cases tinbao\n")
	if got, want := string(toc.portable()), ";\n; Archive\n7; 2615 16386 SCHEMA - edge tinbao\n245; 1259 16413 TABLE casework cases tinbao\n"; got != want {
		t.Error(got)
	}
}

// What a program says of a row is not repeated.
func TestComplaintsQuoteNoRow(t *testing.T) {
	t.Parallel()
	said := &tail{}
	said.Write([]byte("pg_restore: while PROCESSING TOC:\npg_restore: error: COPY failed for table \"x\": ERROR:  duplicate key\nDETAIL:  Key (who)=(1001)\n"))
	if got := said.first(); got != `COPY failed for table "x": ERROR:  duplicate key` {
		t.Error(got)
	}
}
