package vault

import (
	"encoding/binary"
	"fmt"
	"slices"
	"time"

	"github.com/tink-crypto/tink-go/v2/keyset"

	"tinbao/cases"
)

// A rotation takes the keys through three states. Each is written to the key file,
// and from each the rotation can go on after an interruption:
//
//	rest       one key seals; index sets may hold older keys beside it
//	added      every set but edge-index has a next key, which nobody seals with yet
//	promoted   the next keys seal; the former ones still open
//
// edge-index is not rotated: drafts, accounts and buttons are found by its hashes.

// rotated lists the keysets that a rotation replaces.
func rotated() []string {
	return slices.DeleteFunc(names(), func(name string) bool { return name == edgeIndex })
}

// next is the key of a set that was added and never was primary; 0 = none.
func (s *set) next() uint32 {
	for _, id := range s.keyIDs() {
		if t := s.life[id]; !t.Made.IsZero() && t.First.IsZero() && id != primary(s.handle) {
			return id
		}
	}
	return 0
}

// former are the keys of a set that were primary once.
func (s *set) former() []uint32 {
	now, next := primary(s.handle), s.next()
	return slices.DeleteFunc(s.keyIDs(), func(id uint32) bool { return id == now || id == next })
}

// alter changes a set through Tink's manager.
func (s *set) alter(change func(*keyset.Manager) error) error {
	m := keyset.NewManagerFromHandle(s.handle)
	if err := change(m); err != nil {
		return fmt.Errorf("vault: changing a keyset: %w", err)
	}
	h, err := m.Handle()
	if err != nil {
		return fmt.Errorf("vault: changing a keyset: %w", err)
	}
	s.handle = h
	return nil
}

// Added reports whether next keys wait for being used.
func (k *Keys) Added() bool {
	return slices.ContainsFunc(rotated(), func(name string) bool { return k.sets[name].next() != 0 })
}

// Promoted reports whether a rotation has replaced keys and not yet removed the
// former ones.
func (k *Keys) Promoted() bool {
	return slices.ContainsFunc(rotated(), func(name string) bool { return !isIndex(name) && len(k.sets[name].former()) > 0 })
}

// Add gives every set that is rotated a next key.
func (k *Keys) Add(now time.Time) error {
	for _, name := range rotated() {
		s := k.sets[name]
		err := s.alter(func(m *keyset.Manager) error {
			id, err := m.Add(templates()[name])
			s.life[id] = times{Made: moment(now)}
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Promote lets the next keys seal and hash what is new.
func (k *Keys) Promote(now time.Time) error {
	for _, name := range rotated() {
		s := k.sets[name]
		id := s.next()
		if id == 0 {
			continue
		}
		if err := s.alter(func(m *keyset.Manager) error { return m.SetPrimary(id) }); err != nil {
			return err
		}
		s.life[id] = times{Made: s.life[id].Made, First: moment(now)}
	}
	return nil
}

// clockSlack is how far apart the clocks of two replicas may be.
const clockSlack = time.Hour

// Rest writes down that no replica uses the former keys for anything new any more.
// changed tells whether that was news.
func (k *Keys) Rest(now time.Time) (changed bool) {
	for _, name := range rotated() {
		s := k.sets[name]
		for _, id := range s.former() {
			if t := s.life[id]; t.Last.IsZero() {
				t.Last = moment(now).Add(clockSlack)
				s.life[id], changed = t, true
			}
		}
	}
	return changed
}

// Drop removes the former keys of the sets that seal: nothing is under them any
// more. Of an index it removes those for which spent tells that nothing hashed
// until their last use is left to be found. It tells how many it removed.
func (k *Keys) Drop(spent func(s cases.Stream, last time.Time) (bool, error)) (sealing, index int, err error) {
	for _, name := range rotated() {
		s := k.sets[name]
		for _, id := range s.former() {
			count := &sealing
			if isIndex(name) {
				count = &index
				last := s.life[id].Last
				if last.IsZero() {
					continue
				}
				gone, err := spent(streamOf(name), last)
				if err != nil {
					return sealing, index, err
				}
				if !gone {
					continue
				}
			}
			if err := s.alter(func(m *keyset.Manager) error { return m.Delete(id) }); err != nil {
				return sealing, index, err
			}
			if last := s.life[id].Last; last.After(s.gone) {
				s.gone = last
			}
			delete(s.life, id)
			*count++
		}
	}
	return sealing, index, nil
}

func streamOf(index string) cases.Stream {
	if index == indexKeys(cases.HelpStream) {
		return cases.HelpStream
	}
	return cases.ReportStream
}

// Former are the beginnings of everything sealed under a key that is being
// replaced: for what belongs to no case, and for each stream its case keys and its
// ways back.
type Former struct {
	Edge  [][]byte
	Cases map[cases.Stream][][]byte
	Ways  map[cases.Stream][][]byte
}

// All lists every beginning.
func (f Former) All() [][]byte {
	all := slices.Clone(f.Edge)
	for _, s := range []cases.Stream{cases.ReportStream, cases.HelpStream} {
		all = append(append(all, f.Cases[s]...), f.Ways[s]...)
	}
	return all
}

// Former tells how to find what has to be sealed anew.
func (k *Keys) Former() Former {
	f := Former{Edge: k.sets[edgeKeys].prefixes(), Cases: map[cases.Stream][][]byte{}, Ways: map[cases.Stream][][]byte{}}
	for _, s := range []cases.Stream{cases.ReportStream, cases.HelpStream} {
		f.Cases[s], f.Ways[s] = k.sets[contentKeys(s)].prefixes(), k.sets[routeKeys(s)].prefixes()
	}
	return f
}

// prefixes are the first bytes of what the former keys of a set have sealed.
func (s *set) prefixes() [][]byte {
	out := [][]byte{}
	for _, id := range s.former() {
		out = append(out, prefix(id))
	}
	return out
}

const (
	tinkPrefix  = 0x01 // begins everything sealed by a key with a number
	prefixBytes = 5
)

func prefix(id uint32) []byte { return binary.BigEndian.AppendUint32([]byte{tinkPrefix}, id) }
