package web

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"
	"sync"
	"time"
	"unicode"

	"tinbao/cases"
)

// Limits of one form.
const (
	maxFiles   = 5
	maxFile    = 20 << 20
	maxBody    = 64 << 20 // read and thrown away above the files, so that the words below are kept
	maxField   = 64 << 10
	maxParts   = 60
	maxText    = 8000 // characters
	maxShort   = 300  // of a place or a way of contact
	plainLimit = 256 << 10
)

// A body has to come in time: bodyGrace for the first bytes, then leastRate on the
// average, a second for each so many bytes. Whoever is slower is cut off and holds up
// nobody meanwhile: nothing is reserved for a form before it is read.
const (
	bodyGrace  = 15 * time.Second
	leastRate  = 2 << 10 // bytes a second
	readAhead  = 16 << 10
	answerTime = 3 * time.Minute // after the body: files are cleaned, a few at a time
)

// Files in memory, of all forms and of one visitor's. Words are outside of these limits:
// where no room is left for a file the words of the form are taken all the same.
const (
	memoryForFiles = 128 << 20
	memoryOfOne    = memoryForFiles / 2
)

// room counts the bytes of files in memory.
type room struct {
	mu  sync.Mutex
	all int
	of  map[string]int
}

// take reserves n bytes for a visitor; false when there is no room.
func (m *room) take(who string, n int) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.all+n > memoryForFiles || who != "" && m.of[who]+n > memoryOfOne {
		return false
	}
	m.all += n
	m.of[who] += n
	return true
}

func (m *room) free(who string, n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.all -= n
	if m.of[who] -= n; m.of[who] <= 0 {
		delete(m.of, who)
	}
}

// problem is what is wrong with a form: a text, and the place of the file it is about.
type problem struct {
	Key   string
	Place int // of a file, from 1; 0 = none
	Wait  int // seconds in the queue; 0 = none
}

// sheet is a form as it came in.
type sheet struct {
	in       map[string]string
	many     map[string][]string // of fields that take several
	files    []sent
	chosen   int       // files that were chosen, those not read included
	problems []problem // what is wrong with the files
	free     func()    // gives the memory of the files back
}

// sent is a file with its place among those that were chosen, from 1.
type sent struct {
	place int
	body  []byte
}

// paced is a body that has to come in time.
type paced struct {
	io.Reader
	limit func(time.Time) error
	began time.Time
	n     int
}

func (p *paced) Read(b []byte) (int, error) {
	b = b[:min(len(b), readAhead)]
	// A test's recorder has no deadlines; of a real connection the server's hold at least.
	_ = p.limit(p.began.Add(bodyGrace + time.Duration(p.n/leastRate)*time.Second))
	n, err := p.Reader.Read(b)
	p.n += n
	return n, err
}

// read reads a form into memory and nowhere else. What can be read of a bad one is
// given with the error.
func (s *site) read(w http.ResponseWriter, r *http.Request) (in sheet, err error) {
	in = sheet{in: map[string]string{}, many: map[string][]string{}, free: func() {}}
	control := http.NewResponseController(w)
	defer func() {
		if err == nil { // a deadline that passes while the form is worked on would end the request
			_ = control.SetReadDeadline(time.Now().Add(answerTime))
		}
	}()
	body := func(most int64) io.ReadCloser {
		return struct {
			io.Reader
			io.Closer
		}{&paced{Reader: http.MaxBytesReader(w, r.Body, most), limit: control.SetReadDeadline, began: time.Now()}, r.Body}
	}
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case err == nil && kind == "application/x-www-form-urlencoded":
		r.Body = body(plainLimit)
		if r.ParseForm() != nil {
			return in, cases.Fail(cases.Invalid, "web.broken")
		}
		for name, values := range r.PostForm {
			for _, v := range values {
				in.put(name, v)
			}
		}
		return in, nil
	case err != nil || kind != "multipart/form-data":
		return in, cases.Fail(cases.Invalid, "web.broken")
	}
	who, held := string(s.Visitor(r)), 0
	in.free = func() { s.room.free(who, held); held = 0 }
	reserve := func(n int) bool {
		if !s.room.take(who, n) {
			return false
		}
		held += n
		return true
	}
	parts := multipart.NewReader(body(maxBody), params["boundary"])
	for range maxParts {
		part, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			return in, nil
		}
		if err == nil {
			err = in.take(part, reserve)
		}
		if err != nil {
			return in, cases.Fail(cases.Invalid, tooBig(err))
		}
	}
	return in, cases.Fail(cases.Invalid, "web.broken")
}

func tooBig(err error) string {
	var limit *http.MaxBytesError
	if errors.As(err, &limit) {
		return "web.toobig.all"
	}
	return "web.broken"
}

func (in *sheet) put(name, value string) {
	value = tidy(value)
	if in.in[name] == "" {
		in.in[name] = value
	}
	in.many[name] = append(in.many[name], value)
}

// take reads one part. A field of files that is not named so is read as words.
func (in *sheet) take(part *multipart.Part, reserve func(n int) bool) error {
	if part.FormName() != "file" {
		raw, err := io.ReadAll(io.LimitReader(part, maxField))
		in.put(part.FormName(), string(raw))
		return err
	}
	var body bytes.Buffer
	refuse := func(key string) { in.problems = append(in.problems, problem{Key: key, Place: in.chosen}) }
	buf := make([]byte, readAhead)
	for {
		n, err := part.Read(buf)
		if n > 0 && body.Len() == 0 {
			in.chosen++
		}
		switch {
		case n == 0:
		case len(in.files) == maxFiles:
			refuse("web.toomany")
			return nil // the next part passes over the rest
		case body.Len()+n > maxFile:
			refuse("web.toobig")
			return nil
		case !reserve(n):
			refuse("web.file.room")
			return nil
		default:
			body.Write(buf[:n])
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
	}
	switch {
	case body.Len() > 0:
		in.files = append(in.files, sent{in.chosen, body.Bytes()})
	case part.FileName() != "": // an empty file is not the same as none
		in.chosen++
		refuse("web.file.empty")
	}
	return nil
}

// tidy is a value as a person means it: whole letters, no marks that cannot be seen
// and do something.
func tidy(v string) string {
	v = strings.ReplaceAll(strings.ToValidUTF8(v, ""), "\r\n", "\n")
	return strings.TrimSpace(strings.Map(func(c rune) rune {
		if c != '\n' && c != '\t' && unicode.IsControl(c) {
			return -1
		}
		return c
	}, v))
}

// clean takes the metadata off the files; one that is not taken is a problem. Files are
// cleaned a few at a time, and words never wait for it.
func (s *site) clean(r *http.Request, in *sheet) ([]cases.CleanFile, error) {
	if len(in.files) == 0 {
		return nil, nil
	}
	select {
	case s.slots <- struct{}{}:
		defer func() { <-s.slots }()
	case <-r.Context().Done():
		return nil, cases.Fail(cases.Transient, "web.busy")
	}
	var out []cases.CleanFile
	for _, raw := range in.files {
		f, err := s.Clean(r.Context(), raw.body)
		switch {
		case err == nil:
			out = append(out, f)
		case cases.KindOf(err) == cases.Invalid:
			in.problems = append(in.problems, problem{Key: cases.TextOf(err), Place: raw.place})
		default:
			return nil, err
		}
	}
	return out, nil
}

// admit counts a form; a refusal is an error to be shown with what was typed.
func (s *site) admit(r *http.Request) error {
	err := s.Desk.Knock(r.Context(), Visit{Who: s.Visitor(r)})
	if cases.KindOf(err) == cases.Limited {
		return cases.Fail(cases.Limited, "web.toofast")
	}
	return err
}
