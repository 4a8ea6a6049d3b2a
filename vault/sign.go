package vault

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"strings"
)

// Signatures are plain Ed25519 (RFC 8032) over the bytes of a file, 64 bytes long; keys
// are PEM files of PKCS #8 and SubjectPublicKeyInfo, so that whoever gets a signed file
// can check it with tools of others, like openssl pkeyutl -verify -rawin.
const (
	privateBlock = "PRIVATE KEY"
	publicBlock  = "PUBLIC KEY"
	privateMode  = 0o600
	publicMode   = 0o644
)

// Errors of signing keys.
var (
	ErrNoSigningKey = errors.New("vault: there is no Ed25519 key in the file")
	ErrSignature    = errors.New("vault: the signature does not belong to the file and the key")
)

// NewSigner writes a new private key to a file and its public key beside it, and never
// over a file that exists. It gives the public key as PEM.
func NewSigner(private, public string) ([]byte, error) {
	pub, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("vault: making a signing key: %w", err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, fmt.Errorf("vault: writing a signing key: %w", err)
	}
	open, err := x509.MarshalPKIXPublicKey(pub)
	if err != nil {
		return nil, fmt.Errorf("vault: writing a signing key: %w", err)
	}
	if _, err := os.Lstat(public); err == nil {
		return nil, fmt.Errorf("vault: %s: %w", public, os.ErrExist)
	}
	if err := writeNew(private, privateMode, pem.EncodeToMemory(&pem.Block{Type: privateBlock, Bytes: secret})); err != nil {
		return nil, err
	}
	shown := pem.EncodeToMemory(&pem.Block{Type: publicBlock, Bytes: open})
	return shown, writeNew(public, publicMode, shown)
}

func writeNew(path string, mode os.FileMode, body []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return fmt.Errorf("vault: writing a signing key: %w", err)
	}
	_, err = f.Write(body)
	return errors.Join(err, f.Sync(), f.Close())
}

// Signer signs files.
type Signer struct{ key ed25519.PrivateKey }

// OpenSigner reads a private key.
func OpenSigner(path string) (*Signer, error) {
	der, err := block(path, privateBlock)
	if err != nil {
		return nil, err
	}
	key, err := x509.ParsePKCS8PrivateKey(der)
	if ed, ok := key.(ed25519.PrivateKey); err == nil && ok {
		return &Signer{ed}, nil
	}
	return nil, ErrNoSigningKey
}

// Sign gives the signature of a file's bytes.
func (s *Signer) Sign(body []byte) []byte { return ed25519.Sign(s.key, body) }

// CheckSignature reads a public key and checks a signature; ErrSignature when it is not
// of these bytes by this key.
func CheckSignature(public string, body, signature []byte) error {
	der, err := block(public, publicBlock)
	if err != nil {
		return err
	}
	key, err := x509.ParsePKIXPublicKey(der)
	ed, ok := key.(ed25519.PublicKey)
	switch {
	case err != nil || !ok:
		return ErrNoSigningKey
	case !ed25519.Verify(ed, body, signature):
		return ErrSignature
	}
	return nil
}

func block(path, kind string) ([]byte, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("vault: reading a signing key: %w", err)
	}
	b, _ := pem.Decode(raw)
	if b == nil || b.Type != kind {
		return nil, ErrNoSigningKey
	}
	return b.Bytes, nil
}

// signerName begins the text form of the public key that proves backups.
const signerName = "tinbao-signer-"

// BackupSigner is the key that proves that a backup was made by this installation. It is
// derived from the key that is never rotated, so every backup of an installation is
// checked by one public key.
func (v *Vault) BackupSigner() *Signer {
	return &Signer{ed25519.NewKeyFromSeed(v.hash(edgeIndex, "backup signer", ""))}
}

// Public is the key that checks what the signer signs.
func (s *Signer) Public() PublicKey {
	return PublicKey(s.key.Public().(ed25519.PublicKey)) //nolint:errcheck,forcetypeassert // what the library says it is
}

// PublicKey checks what a Signer signed.
type PublicKey ed25519.PublicKey

// String is the key in text.
func (k PublicKey) String() string { return signerName + hex.EncodeToString(k) }

// Signed reports whether the signature is of these bytes by the key's Signer.
func (k PublicKey) Signed(body, signature []byte) bool {
	return len(k) == ed25519.PublicKeySize && ed25519.Verify(ed25519.PublicKey(k), body, signature)
}

// ParsePublicKey reads a public key in text.
func ParsePublicKey(text string) (PublicKey, error) {
	rest, named := strings.CutPrefix(strings.TrimSpace(text), signerName)
	raw, err := hex.DecodeString(rest)
	if !named || err != nil || len(raw) != ed25519.PublicKeySize {
		return nil, errors.New("vault: is not the public key of a server, which reads " + signerName + "…")
	}
	return raw, nil
}
