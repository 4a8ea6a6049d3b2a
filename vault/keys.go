package vault

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/prf"
	tinkpb "github.com/tink-crypto/tink-go/v2/proto/tink_go_proto"

	"tinbao/cases"
)

// The keysets of an installation.
const (
	edgeKeys  = "edge"       // pending updates, drafts, outbox, names of staff
	edgeIndex = "edge-index" // pseudonyms of chats, tags on buttons
)

func contentKeys(s cases.Stream) string { return string(s) }
func routeKeys(s cases.Stream) string   { return string(s) + "-route" }
func indexKeys(s cases.Stream) string   { return string(s) + "-index" }

// isIndex tells keysets of keyed hashes from those that seal.
func isIndex(name string) bool { return strings.HasSuffix(name, "index") }

// templates lists every keyset with the kind of key in it.
func templates() map[string]*tinkpb.KeyTemplate {
	all := map[string]*tinkpb.KeyTemplate{
		edgeKeys:  aead.XChaCha20Poly1305KeyTemplate(),
		edgeIndex: prf.HMACSHA256PRFKeyTemplate(),
	}
	for _, s := range []cases.Stream{cases.ReportStream, cases.HelpStream} {
		all[contentKeys(s)] = aead.XChaCha20Poly1305KeyTemplate()
		all[routeKeys(s)] = aead.XChaCha20Poly1305KeyTemplate()
		all[indexKeys(s)] = prf.HMACSHA256PRFKeyTemplate()
	}
	return all
}

// names lists the keysets in a fixed order.
func names() []string { return slices.Sorted(maps.Keys(templates())) }

// times are the dates in the life of a key; a zero one has not come, or was not
// written down.
type times struct {
	Made  time.Time `json:"made,omitzero"`
	First time.Time `json:"first,omitzero"` // it became the one that seals or hashes what is new
	Last  time.Time `json:"last,omitzero"`  // by then every replica used another
}

// set is one keyset with the dates of its keys by their numbers.
type set struct {
	handle *keyset.Handle
	life   map[uint32]times
	gone   time.Time // last use of the newest key that was removed; zero = none was
}

// Keys are the keysets of an installation. Whoever has them and the database can
// read everything.
type Keys struct {
	sets map[string]*set
}

// NewKeys makes fresh keysets.
func NewKeys(now time.Time) (*Keys, error) {
	k := &Keys{sets: map[string]*set{}}
	for name, template := range templates() {
		h, err := keyset.NewHandle(template)
		if err != nil {
			return nil, fmt.Errorf("vault: making keyset %s: %w", name, err)
		}
		k.sets[name] = &set{handle: h, life: map[uint32]times{primary(h): {Made: moment(now), First: moment(now)}}}
	}
	return k, nil
}

// moment is a time in the resolution of the key file.
func moment(t time.Time) time.Time { return t.UTC().Truncate(time.Second) }

func primary(h *keyset.Handle) uint32 { return h.KeysetInfo().GetPrimaryKeyId() }

// keyIDs lists the numbers of the keys of a set in order.
func (s *set) keyIDs() []uint32 {
	var ids []uint32
	for _, k := range s.handle.KeysetInfo().GetKeyInfo() {
		ids = append(ids, k.GetKeyId())
	}
	slices.Sort(ids)
	return ids
}

// keyFile is the form of the key file.
type keyFile struct {
	Version int                      `json:"tinbao_keys"`
	Keysets map[string]wrappedKeyset `json:"keysets"`
}

// wrappedKeyset is a keyset under the key-encryption key. The dates stand in clear
// and are bound into it.
type wrappedKeyset struct {
	Keys    map[uint32]times `json:"keys"`
	Gone    time.Time        `json:"gone,omitzero"`
	Wrapped []byte           `json:"wrapped"` // Tink's binary form
}

// clearKeyFile is the form of version 1, in which the keysets lay in clear.
type clearKeyFile struct {
	Keysets map[string][]byte `json:"keysets"`
}

const (
	keyFileVersion      = 2
	clearKeyFileVersion = 1
)

// ErrInClear is the refusal of a key file whose keysets are not wrapped.
var ErrInClear = errors.New("vault: the key file holds the keysets in clear; wrap them with: tinbao keys rewrap")

// bond is what a wrapped keyset is bound to: its name, the version of the file and
// the dates of its keys, so that none can be exchanged for another.
func bond(name string, life map[uint32]times, gone time.Time) []byte {
	out := fmt.Appendf(nil, "tinbao keys\x00%d\x00%s\x00", keyFileVersion, name)
	out = binary.BigEndian.AppendUint64(out, uint64(gone.Unix()))
	for _, id := range slices.Sorted(maps.Keys(life)) {
		out = binary.BigEndian.AppendUint32(out, id)
		for _, at := range []time.Time{life[id].Made, life[id].First, life[id].Last} {
			out = binary.BigEndian.AppendUint64(out, uint64(at.Unix()))
		}
	}
	return out
}

// Write writes the key file's content, wrapped.
func (k *Keys) Write(w io.Writer, kek *KEK) error {
	f := keyFile{Version: keyFileVersion, Keysets: map[string]wrappedKeyset{}}
	for name, s := range k.sets {
		var raw bytes.Buffer
		if err := s.handle.WriteWithAssociatedData(keyset.NewBinaryWriter(&raw), kek.aead, bond(name, s.life, s.gone)); err != nil {
			return fmt.Errorf("vault: wrapping keyset %s: %w", name, err)
		}
		f.Keysets[name] = wrappedKeyset{Keys: s.life, Gone: s.gone, Wrapped: raw.Bytes()}
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(f)
}

// ReadKeys reads what Write wrote. A file without one of the keysets, of another
// version or under another key is an error.
func ReadKeys(r io.Reader, kek *KEK) (*Keys, error) {
	raw, version, err := readVersion(r)
	if err != nil {
		return nil, err
	}
	switch version {
	case keyFileVersion:
		return readWrapped(raw, kek)
	case clearKeyFileVersion:
		return nil, ErrInClear
	}
	return nil, fmt.Errorf("vault: key file of version %d, this program reads %d", version, keyFileVersion)
}

func readVersion(r io.Reader) (raw []byte, version int, err error) {
	raw, err = io.ReadAll(r)
	var f struct {
		Version int `json:"tinbao_keys"`
	}
	if err != nil || json.Unmarshal(raw, &f) != nil {
		return nil, 0, errors.New("vault: not a key file")
	}
	return raw, f.Version, nil
}

func readWrapped(raw []byte, kek *KEK) (*Keys, error) {
	var f keyFile
	if err := json.Unmarshal(raw, &f); err != nil {
		return nil, errors.New("vault: not a key file")
	}
	k := &Keys{sets: map[string]*set{}}
	for _, name := range names() {
		wrapped, ok := f.Keysets[name]
		if !ok {
			return nil, fmt.Errorf("vault: the key file has no keyset %s", name)
		}
		h, err := keyset.ReadWithAssociatedData(keyset.NewBinaryReader(bytes.NewReader(wrapped.Wrapped)), kek.aead, bond(name, wrapped.Keys, wrapped.Gone))
		if err != nil {
			return nil, fmt.Errorf("vault: keyset %s does not open under %s; TINBAO_KEK must name the key it was wrapped with, or the file is damaged", name, kek)
		}
		if wrapped.Keys == nil {
			wrapped.Keys = map[uint32]times{}
		}
		k.sets[name] = &set{handle: h, life: wrapped.Keys, gone: wrapped.Gone}
	}
	return k, nil
}

// readClear reads a file of version 1. When its keys were made is not known.
func readClear(raw []byte) (*Keys, error) {
	var f clearKeyFile
	if err := json.Unmarshal(raw, &f); err != nil {
		return nil, errors.New("vault: not a key file")
	}
	k := &Keys{sets: map[string]*set{}}
	for _, name := range names() {
		h, err := insecurecleartextkeyset.Read(keyset.NewBinaryReader(bytes.NewReader(f.Keysets[name])))
		if err != nil {
			return nil, fmt.Errorf("vault: keyset %s is missing or damaged", name)
		}
		k.sets[name] = &set{handle: h, life: map[uint32]times{}}
	}
	return k, nil
}

// Fingerprint names a state of the keys by their numbers, without any key. Its part
// before the dash is the same for all states of one installation.
func (k *Keys) Fingerprint() string {
	h := sha256.New()
	for _, name := range names() {
		s := k.sets[name]
		fmt.Fprintf(h, "%s\x00%d\x00%d\x00", name, primary(s.handle), s.keyIDs())
	}
	return k.installation() + "-" + hex.EncodeToString(h.Sum(nil)[:8])
}

// installation is the number of the key that is never replaced.
func (k *Keys) installation() string {
	return fmt.Sprintf("%08x", primary(k.sets[edgeIndex].handle))
}
