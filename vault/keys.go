package vault

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

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

// Keys are the keysets of an installation as they lie in its key file. Whoever
// has the file and the database can read everything, so the two are kept and
// backed up apart.
type Keys struct {
	handles map[string]*keyset.Handle
}

// NewKeys makes fresh keysets.
func NewKeys() (*Keys, error) {
	k := &Keys{handles: map[string]*keyset.Handle{}}
	for name, template := range templates() {
		h, err := keyset.NewHandle(template)
		if err != nil {
			return nil, fmt.Errorf("vault: making keyset %s: %w", name, err)
		}
		k.handles[name] = h
	}
	return k, nil
}

// keyFile is the form of the key file.
type keyFile struct {
	Version int               `json:"tinbao_keys"`
	Keysets map[string][]byte `json:"keysets"` // Tink's binary form
}

const keyFileVersion = 1

// Write writes the key file's content.
func (k *Keys) Write(w io.Writer) error {
	f := keyFile{Version: keyFileVersion, Keysets: map[string][]byte{}}
	for name, h := range k.handles {
		var raw bytes.Buffer
		if err := insecurecleartextkeyset.Write(h, keyset.NewBinaryWriter(&raw)); err != nil {
			return fmt.Errorf("vault: writing keyset %s: %w", name, err)
		}
		f.Keysets[name] = raw.Bytes()
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(f)
}

// ReadKeys reads what Write wrote. A file without one of the keysets, or of
// another version, is an error.
func ReadKeys(r io.Reader) (*Keys, error) {
	var f keyFile
	if err := json.NewDecoder(r).Decode(&f); err != nil {
		return nil, errors.New("vault: not a key file")
	}
	if f.Version != keyFileVersion {
		return nil, fmt.Errorf("vault: key file of version %d, this program reads %d", f.Version, keyFileVersion)
	}
	k := &Keys{handles: map[string]*keyset.Handle{}}
	for _, name := range slices.Sorted(maps.Keys(templates())) {
		raw, ok := f.Keysets[name]
		if !ok {
			return nil, fmt.Errorf("vault: the key file has no keyset %s", name)
		}
		h, err := insecurecleartextkeyset.Read(keyset.NewBinaryReader(bytes.NewReader(raw)))
		if err != nil {
			return nil, fmt.Errorf("vault: keyset %s is damaged", name)
		}
		k.handles[name] = h
	}
	return k, nil
}

const keyFileMode fs.FileMode = 0o600

// Create makes a new key file; it never writes over one that exists
// (fs.ErrExist).
func Create(path string) error {
	k, err := NewKeys()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("vault: folder of the key file: %w", err)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, keyFileMode)
	if err != nil {
		return fmt.Errorf("vault: creating the key file: %w", err)
	}
	if err := k.Write(f); err != nil {
		f.Close()
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// Load reads a key file. A file that others than its owner can read is refused.
func Load(path string) (*Keys, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("vault: opening the key file: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("vault: looking at the key file: %w", err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("vault: others may read the key file (mode %o); run: chmod 600 on it", info.Mode().Perm())
	}
	return ReadKeys(f)
}
