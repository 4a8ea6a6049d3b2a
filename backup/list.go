package backup

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"tinbao/cases"
)

// List is the file of what was destroyed for good. It is only ever appended to; several
// programs may append to one file.
type List struct {
	path string
	mu   sync.Mutex
	have map[string]bool // numbers of the lines in it
}

// OpenList opens a list, and makes it when it is not there. A line that a crash cut off
// in the middle is left behind: it is told again.
func OpenList(path string) (*List, error) {
	_, err := os.Lstat(path)
	created := errors.Is(err, fs.ErrNotExist)
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_APPEND, privateMode)
	if err != nil {
		return nil, plain(err)
	}
	defer f.Close()
	if created {
		if err := syncFolder(filepath.Dir(path)); err != nil {
			return nil, err
		}
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, plain(err)
	}
	if len(raw) > 0 && raw[len(raw)-1] != '\n' { // so that the next line begins at its beginning
		if _, err := f.WriteString("\n"); err != nil {
			return nil, plain(err)
		}
	}
	l := &List{path: path, have: map[string]bool{}}
	found, _ := parse(raw) // whoever restores from it is told of damage
	for _, d := range found {
		l.have[d.ID] = true
	}
	return l, nil
}

// Add appends what is not in the list yet; it is on the disk when Add returns.
func (l *List) Add(list []cases.Destruction) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	var lines bytes.Buffer
	var added []string
	for _, d := range list {
		if !l.have[d.ID] {
			lines.WriteString(line(d) + "\n")
			added = append(added, d.ID)
		}
	}
	if len(added) == 0 {
		return nil
	}
	f, err := os.OpenFile(l.path, os.O_WRONLY|os.O_APPEND|os.O_CREATE, privateMode)
	if err != nil {
		return plain(err)
	}
	_, err = f.Write(lines.Bytes()) // one write: lines of several programs do not mix
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return plain(err)
	}
	for _, id := range added {
		l.have[id] = true
	}
	return nil
}

// Missing counts what is not in the list yet.
func (l *List) Missing(list []cases.Destruction) (n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, d := range list {
		if !l.have[d.ID] {
			n++
		}
	}
	return n
}

// ReadLists reads several lists as one, oldest first; what stands in more than one is
// told once. damaged counts lines that cannot be read: cut off by a crash, or changed.
func ReadLists(paths ...string) (list []cases.Destruction, damaged int, err error) {
	seen := map[string]bool{}
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			return nil, 0, fmt.Errorf("%s %w", path, plain(err))
		}
		found, bad := parse(raw)
		damaged += bad
		for _, d := range found {
			if !seen[d.ID] {
				seen[d.ID] = true
				list = append(list, d)
			}
		}
	}
	slices.SortStableFunc(list, func(a, b cases.Destruction) int { return a.At.Compare(b.At) })
	return list, damaged, nil
}

func parse(raw []byte) (list []cases.Destruction, damaged int) {
	for text := range strings.Lines(string(raw)) {
		if text = strings.TrimSuffix(text, "\n"); text == "" {
			continue
		}
		d, ok := read(text)
		if !ok {
			damaged++
			continue
		}
		list = append(list, d)
	}
	return list, damaged
}

// fields of a line: time, ward, what, stream, case, ref, number of the line, and the
// beginning of the SHA-256 of all that.
const fields = 8

const (
	none      = "-"
	checkSize = 12 // hex digits
)

func line(d cases.Destruction) string {
	text := strings.Join([]string{
		d.At.UTC().Format(time.RFC3339Nano), strconv.Itoa(int(d.Ward)), d.What, dash(string(d.Stream)), dash(d.Case), dash(d.Ref), d.ID,
	}, " ")
	return text + " " + check(text)
}

func check(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])[:checkSize]
}

func dash(s string) string {
	if s == "" {
		return none
	}
	return s
}

func undash(s string) string {
	if s == none {
		return ""
	}
	return s
}

// read reads a line; false when it is not one that line has written.
func read(text string) (d cases.Destruction, ok bool) {
	cut := strings.LastIndexByte(text, ' ')
	if cut < 0 || text[cut+1:] != check(text[:cut]) {
		return d, false
	}
	part := strings.Split(text, " ")
	if len(part) != fields {
		return d, false
	}
	at, timeErr := time.Parse(time.RFC3339Nano, part[0])
	ward, wardErr := strconv.Atoi(part[1])
	d = cases.Destruction{
		At: at, Ward: cases.WardID(ward), What: part[2], Stream: cases.Stream(undash(part[3])), Case: undash(part[4]), Ref: undash(part[5]), ID: part[6],
	}
	ok = timeErr == nil && wardErr == nil && slices.Contains(cases.Destroyed, d.What) && (d.What == cases.DestroyedNews || isID(d.Case)) && isID(d.ID)
	return d, ok
}

func isID(s string) bool { return uuid.Validate(s) == nil }
