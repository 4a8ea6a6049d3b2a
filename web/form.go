package web

import (
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"
	"time"
	"unicode"

	"tinbao/cases"
)

// A form carries a token: a random number and the time it ends, under a tag. It is
// bound to the kind of form and to nobody.
const (
	nonceBytes = 16
	timeBytes  = 8
	formLife   = 6 * time.Hour
)

func (s *site) issue(purpose string) string {
	raw := make([]byte, nonceBytes, nonceBytes+timeBytes)
	rand.Read(raw)
	raw = binary.BigEndian.AppendUint64(raw, uint64(s.Now().Add(formLife).Unix()))
	return base64.RawURLEncoding.EncodeToString(append(raw, s.Tag(purpose+"\x00"+string(raw))...))
}

// accept reads a token that was made for one of the purposes; Expired when it is too
// old, or none of ours.
func (s *site) accept(token string, purposes ...string) (purpose string, form []byte, err error) {
	raw, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(raw) <= nonceBytes+timeBytes {
		return "", nil, cases.Fail(cases.Expired, "web.expired")
	}
	form, tag := raw[:nonceBytes+timeBytes], raw[nonceBytes+timeBytes:]
	for _, p := range purposes {
		if hmac.Equal(tag, s.Tag(p+"\x00"+string(form))) {
			purpose = p
		}
	}
	ends := binary.BigEndian.Uint64(form[nonceBytes:])
	if purpose == "" || uint64(s.Now().Unix()) > ends {
		return "", nil, cases.Fail(cases.Expired, "web.expired")
	}
	return purpose, form, nil
}

// Limits of one form.
const (
	maxPhotos  = 3
	maxPhoto   = 10 << 20
	maxBody    = 64 << 20 // read and thrown away above the photos, so that the words below are kept
	maxField   = 64 << 10
	maxParts   = 40
	maxText    = 8000 // characters
	maxShort   = 300  // of a place or a way of contact
	plainLimit = 256 << 10
)

// sheet is a form as it came in.
type sheet struct {
	in       map[string]string
	photos   [][]byte
	problems []string // what is wrong with the files
}

// read reads a form into memory and nowhere else. What can be read of a bad one is
// given with the error.
func read(w http.ResponseWriter, r *http.Request) (sheet, error) {
	s := sheet{in: map[string]string{}}
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case err == nil && kind == "application/x-www-form-urlencoded":
		r.Body = http.MaxBytesReader(w, r.Body, plainLimit)
		if r.ParseForm() != nil {
			return s, cases.Fail(cases.Invalid, "web.broken")
		}
		for name := range r.PostForm {
			s.in[name] = tidy(r.PostForm.Get(name))
		}
		return s, nil
	case err != nil || kind != "multipart/form-data":
		return s, cases.Fail(cases.Invalid, "web.broken")
	}
	parts := multipart.NewReader(http.MaxBytesReader(w, r.Body, maxBody), params["boundary"])
	for range maxParts {
		part, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			return s, nil
		}
		if err == nil {
			err = s.take(part)
		}
		if err != nil {
			return s, cases.Fail(cases.Invalid, tooBig(err))
		}
	}
	return s, cases.Fail(cases.Invalid, "web.broken")
}

func tooBig(err error) string {
	var limit *http.MaxBytesError
	if errors.As(err, &limit) {
		return "web.toobig"
	}
	return "web.broken"
}

func (s *sheet) take(part *multipart.Part) error {
	if part.FormName() != "photo" {
		raw, err := io.ReadAll(io.LimitReader(part, maxField))
		s.in[part.FormName()] = tidy(string(raw))
		return err
	}
	var body bytes.Buffer
	n, err := io.Copy(&body, io.LimitReader(part, maxPhoto+1))
	switch {
	case err != nil || n == 0: // no file was chosen
		return err
	case n > maxPhoto:
		s.problems = append(s.problems, "web.toobig")
	case len(s.photos) == maxPhotos:
		s.problems = append(s.problems, "web.toomany")
	default:
		s.photos = append(s.photos, body.Bytes())
	}
	return nil // the next part passes over the rest
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

// clean takes the metadata off the photos; a kind that is not taken is a problem.
func (s *site) clean(r *http.Request, in *sheet) ([]cases.CleanFile, error) {
	var out []cases.CleanFile
	for _, raw := range in.photos {
		f, err := s.Clean(r.Context(), raw)
		switch {
		case err == nil:
			out = append(out, f)
		case cases.KindOf(err) == cases.Invalid:
			in.problems = append(in.problems, cases.TextOf(err))
		default:
			return nil, err
		}
	}
	return out, nil
}

// gate lets a form in: not too many at once, nor too many from one place. The answer
// is false when it was sent away.
func (s *site) gate(w http.ResponseWriter, r *http.Request) (leave func(), ok bool) {
	if err := s.Desk.Knock(r.Context(), Visit{Who: s.Visitor(r)}); err != nil {
		status, _ := s.failure(err)
		text := "web.busy"
		if status == http.StatusTooManyRequests {
			text = "web.toofast"
		}
		w.Header().Set("Retry-After", "60")
		s.message(w, r, status, text)
		return nil, false
	}
	select {
	case s.slots <- struct{}{}:
		return func() { <-s.slots }, true
	case <-r.Context().Done():
		return nil, false
	}
}
