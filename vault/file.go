package vault

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

const (
	keyFileMode fs.FileMode = 0o600
	newSuffix               = ".new" // of the file that takes the place of the key file
)

// Create makes a new key file; it never writes over one that exists
// (fs.ErrExist).
func Create(path string, kek *KEK, now time.Time) error {
	k, err := NewKeys(now)
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
	if err := k.Write(f, kek); err != nil {
		f.Close()
		os.Remove(path) // half a key file is none, and stands in the way of the next try
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// File is a key file as it was when it was read.
type File struct {
	*Keys
	path string
	kek  *KEK
	seen fs.FileInfo
}

// Load reads a key file. A file that others than its owner can read is refused.
func Load(path string, kek *KEK) (*File, error) {
	f, err := openPrivate(path, "the key file")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	seen, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("vault: looking at the key file: %w", err)
	}
	k, err := ReadKeys(f, kek)
	if err != nil {
		return nil, err
	}
	return &File{Keys: k, path: path, kek: kek, seen: seen}, nil
}

// changed reports whether a file is another one than it was.
func changed(path string, seen fs.FileInfo) (bool, error) {
	info, err := os.Stat(path)
	if err != nil {
		return false, fmt.Errorf("vault: looking at the key file: %w", err)
	}
	return !os.SameFile(info, seen) || !info.ModTime().Equal(seen.ModTime()) || info.Size() != seen.Size(), nil
}

// Save puts the keys in the place of the file they were read from. Whoever reads
// finds the old file or the new one, whole, whatever happens meanwhile. A file that
// somebody else has changed since is left alone.
func (f *File) Save() error {
	if other, err := changed(f.path, f.seen); err != nil {
		return err
	} else if other {
		return errors.New("vault: somebody else has changed the key file meanwhile; run the command again")
	}
	seen, err := replace(f.path, func(w io.Writer) error { return f.Write(w, f.kek) })
	if err == nil {
		f.seen = seen
	}
	return err
}

// replace writes a file beside another and then puts it in its place.
func replace(path string, write func(io.Writer) error) (fs.FileInfo, error) {
	beside := path + newSuffix
	f, err := os.OpenFile(beside, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, keyFileMode)
	if err != nil {
		return nil, fmt.Errorf("vault: writing beside the key file: %w", err)
	}
	err = f.Chmod(keyFileMode)
	if err == nil {
		err = write(f)
	}
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return nil, fmt.Errorf("vault: writing beside the key file: %w", err)
	}
	if err := os.Rename(beside, path); err != nil {
		return nil, fmt.Errorf("vault: putting the new key file in place: %w", err)
	}
	if dir, err := os.Open(filepath.Dir(path)); err == nil {
		err = errors.Join(dir.Sync(), dir.Close())
		if err != nil {
			return nil, fmt.Errorf("vault: the folder of the key file: %w", err)
		}
	}
	return os.Stat(path)
}

// Rewrap wraps the keysets of a key file with another key. A file of version 1, in
// clear, is wrapped too; from is not used for it then.
func Rewrap(path string, from func() (*KEK, error), to *KEK) error {
	f, err := openPrivate(path, "the key file")
	if err != nil {
		return err
	}
	defer f.Close()
	raw, version, err := readVersion(f)
	if err != nil {
		return err
	}
	var k *Keys
	if version == clearKeyFileVersion {
		k, err = readClear(raw)
	} else {
		var kek *KEK
		if kek, err = from(); err != nil {
			return err
		}
		k, err = readWrapped(raw, kek)
	}
	if err != nil {
		return err
	}
	seen, err := f.Stat()
	if err != nil {
		return fmt.Errorf("vault: looking at the key file: %w", err)
	}
	return (&File{Keys: k, path: path, kek: to, seen: seen}).Save()
}
