package vault

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/tink-crypto/tink-go/v2/aead/subtle"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// KEK is the key-encryption key: the keysets lie in the key file wrapped by it.
type KEK struct {
	name string
	aead tink.AEAD
}

const (
	kekBytes   = 32 // XChaCha20-Poly1305
	kekInFile  = "file:"
	kekInEnv   = "env:"
	kekMakeEnv = "openssl rand -base64 32"
)

// OpenKEK opens the key-encryption key of a name: file:PATH and env:NAME hold 32
// random bytes in base64; hcvault://HOST/MOUNT/keys/KEY is a transit key that never
// leaves a Vault or OpenBao server (VAULT_TOKEN and VAULT_CACERT in the environment
// say how to reach it).
func OpenKEK(name string) (*KEK, error) {
	if path, ok := strings.CutPrefix(name, kekInFile); ok {
		text, err := readKEK(path)
		if err != nil {
			return nil, err
		}
		return localKEK(name, text)
	}
	if variable, ok := strings.CutPrefix(name, kekInEnv); ok {
		text := os.Getenv(variable)
		if text == "" {
			return nil, fmt.Errorf("vault: the environment has no %s; make a value with: %s", variable, kekMakeEnv)
		}
		return localKEK(name, text)
	}
	if !strings.Contains(name, "://") {
		return nil, errors.New("vault: names no wrapping key; write it like file:/etc/tinbao-kek/kek, env:NAME or hcvault://host/transit/keys/tinbao")
	}
	client, err := kms(name)
	if err != nil {
		return nil, err
	}
	a, err := client.GetAEAD(name)
	if err != nil {
		return nil, fmt.Errorf("vault: the key in the KMS: %w", err)
	}
	return &KEK{name: name, aead: a}, nil
}

func localKEK(name, text string) (*KEK, error) {
	raw, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text))
	if err != nil || len(raw) != kekBytes {
		return nil, fmt.Errorf("vault: %s is not 32 bytes in base64", name)
	}
	a, err := subtle.NewXChaCha20Poly1305(raw)
	if err != nil {
		return nil, fmt.Errorf("vault: wrapping key: %w", err)
	}
	return &KEK{name: name, aead: a}, nil
}

func readKEK(path string) (string, error) {
	f, err := openPrivate(path, "the wrapping key")
	if err != nil {
		return "", err
	}
	defer f.Close()
	const more = 1024 // than any key takes
	text := make([]byte, more)
	n, err := f.Read(text)
	if err != nil {
		return "", errors.New("vault: the file of the wrapping key is empty or cannot be read")
	}
	return string(text[:n]), nil
}

// openPrivate opens a file that only its owner may read. One that belongs to root may
// be read by its group, too: so secrets come that a cluster or systemd hands over, which
// the program itself can neither own nor change.
func openPrivate(path, what string) (*os.File, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("vault: opening %s: %w", what, err)
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("vault: looking at %s: %w", what, err)
	}
	if !private(info.Mode().Perm(), handedOver(info)) {
		f.Close()
		return nil, fmt.Errorf("vault: others may read %s (mode %o); run: chmod 600 %s", what, info.Mode().Perm(), path)
	}
	return f, nil
}

// private judges the mode of a file with secrets, by the rule of Postgres for its
// ssl_key_file (postgresql.org/docs/current/ssl-tcp.html, 18.9.3).
func private(mode fs.FileMode, handedOver bool) bool {
	const (
		others        = 0o077
		othersOfRoots = 0o037
	)
	if handedOver {
		return mode&othersOfRoots == 0
	}
	return mode&others == 0
}

// EnsureKEK makes the file of a key-encryption key that is named file:PATH and does
// not exist yet. made tells that it did. Any other name is left alone.
func EnsureKEK(name string) (made bool, err error) {
	path, ok := strings.CutPrefix(name, kekInFile)
	if !ok {
		return false, nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return false, fmt.Errorf("vault: folder of the wrapping key: %w", err)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, keyFileMode)
	if errors.Is(err, fs.ErrExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("vault: making the wrapping key: %w", err)
	}
	raw := make([]byte, kekBytes)
	rand.Read(raw)
	_, err = f.WriteString(base64.StdEncoding.EncodeToString(raw) + "\n")
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return false, fmt.Errorf("vault: writing the wrapping key: %w", err)
	}
	return true, nil
}

// String is the name of the key, for people; no part of the key.
func (k *KEK) String() string { return k.name }

// Beside reports whether the key lies in the folder of a file, so that a copy of
// the folder opens that file.
func (k *KEK) Beside(path string) bool {
	own, ok := strings.CutPrefix(k.name, kekInFile)
	return ok && folder(own) == folder(path)
}

// folder is the real folder of a file, whatever links lead there.
func folder(path string) string {
	dir, err := filepath.Abs(filepath.Dir(path))
	if err != nil {
		return path
	}
	if target, err := filepath.EvalSymlinks(dir); err == nil {
		return target
	}
	return dir
}
