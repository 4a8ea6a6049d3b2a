package vault

import (
	"fmt"
	"io"
	"strconv"
	"time"

	"tinbao/cases"
)

const formTagBytes = 16

// FormTag authenticates a page with a form. It is bound to nobody.
func (v *Vault) FormTag(page string) []byte {
	return v.hash(edgeIndex, "form", page)[:formTagBytes]
}

// Form is the hash under which it is remembered that a form was sent in.
func (v *Vault) Form(form []byte) []byte { return v.hash(edgeIndex, "sent form", string(form)) }

// FormRandom is the source of the receipt of a form: the same form sent in twice gets
// the same receipt, which is stored nowhere.
func (v *Vault) FormRandom(form []byte) io.Reader { return &stream{v: v, of: string(form)} }

// stream gives the bytes of keyed hashes one after another.
type stream struct {
	v    *Vault
	of   string
	n    int
	rest []byte
}

// Read never fails.
func (s *stream) Read(p []byte) (int, error) {
	if len(s.rest) == 0 {
		s.rest = s.v.hash(edgeIndex, "receipt of a form", strconv.Itoa(s.n)+"\x00"+s.of)
		s.n++
	}
	n := copy(p, s.rest)
	s.rest = s.rest[n:]
	return n, nil
}

// Visitor is a name of an address that changes every day, for counting.
func (v *Vault) Visitor(address string, now time.Time) []byte {
	day := cases.DayOf(now)
	return v.hash(edgeIndex, "visitor", fmt.Sprintf("%d-%d-%d\x00%s", day.Year, day.Month, day.Day, address))
}
