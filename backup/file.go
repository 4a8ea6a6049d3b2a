package backup

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// SumSuffix ends the name of the file beside a backup that holds its SHA-256 in the
// form of sha256sum.
const SumSuffix = ".sha256"

// Save lets write fill a file that appears under its name only when it is whole and on
// the disk. It is read again and compared with what was written; its SHA-256 is written
// beside it. A file that exists is not written over.
func Save(path string, write func(io.Writer) error) (sum string, err error) {
	if _, err := os.Lstat(path); err == nil {
		return "", errors.New("exists; backups are never written over")
	}
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*") // mode 0600
	if err != nil {
		return "", plain(err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	w := NewSummed(f)
	err = write(w)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return "", err
	}
	sum = w.Sum()
	read, err := sumOf(f.Name())
	if err != nil {
		return "", err
	}
	if read != sum {
		return "", errors.New("what was written cannot be read back as it was; look at the disk")
	}
	line := sum + "  " + filepath.Base(path) + "\n"
	if err := os.WriteFile(path+SumSuffix, []byte(line), privateMode); err != nil {
		return "", plain(err)
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return "", plain(err)
	}
	return sum, syncFolder(filepath.Dir(path))
}

// syncFolder makes the names in a folder durable.
func syncFolder(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return plain(err)
	}
	defer d.Close()
	return d.Sync()
}

// Summed passes bytes on and sums them up.
type Summed struct {
	to  io.Writer
	sum hash.Hash
}

// NewSummed sums up what is written to w.
func NewSummed(w io.Writer) *Summed { return &Summed{w, sha256.New()} }

// Write passes bytes on.
func (s *Summed) Write(p []byte) (int, error) {
	n, err := s.to.Write(p)
	s.sum.Write(p[:n])
	return n, err
}

// Sum is the SHA-256 of what was passed on, in hex.
func (s *Summed) Sum() string { return hex.EncodeToString(s.sum.Sum(nil)) }

func sumOf(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", plain(err)
	}
	defer f.Close()
	s := NewSummed(io.Discard)
	if _, err := io.Copy(s, f); err != nil {
		return "", fmt.Errorf("reading back: %w", err)
	}
	return s.Sum(), nil
}

// CheckSum compares a backup with the SHA-256 beside it. Nothing beside it is no
// error, and checked is false then.
func CheckSum(path string) (checked bool, err error) {
	line, err := os.ReadFile(path + SumSuffix)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, plain(err)
	}
	sum, err := sumOf(path)
	if err != nil {
		return false, err
	}
	if want, _, _ := strings.Cut(string(line), " "); want != sum {
		return true, ErrDamaged
	}
	return true, nil
}
