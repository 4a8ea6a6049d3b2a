package backup

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"filippo.io/age"
)

// ErrNoRecipient tells that nobody could open the backup.
var ErrNoRecipient = errors.New("names nobody who could open the backup; make a key with: tinbao backup keygen FILE")

// NewKey writes a new recovery key to a file of mode 600, which must not exist, and
// gives the recipient to whom backups are encrypted.
func NewKey(path string, now time.Time) (recipient string, err error) {
	id, err := age.GenerateX25519Identity()
	if err != nil {
		return "", fmt.Errorf("making a key: %w", err)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, privateMode)
	if errors.Is(err, fs.ErrExist) {
		return "", errors.New("exists; keys are never written over")
	}
	if err != nil {
		return "", plain(err)
	}
	recipient = id.Recipient().String()
	_, err = fmt.Fprintf(f, "# made: %s\n# recipient: %s\n%s\n", now.UTC().Format(time.RFC3339), recipient, id)
	return recipient, errors.Join(err, f.Sync(), f.Close())
}

// privateMode is the mode of every file this package makes.
const privateMode = 0o600

// Recipients reads recipients that are listed, and those of a file, one a line ("" = no
// file). Errors name the wrong one by its place.
func Recipients(listed []string, file string) ([]age.Recipient, error) {
	var all []age.Recipient
	for i, one := range listed {
		if one = strings.TrimSpace(one); one == "" {
			continue
		}
		found, err := age.ParseRecipients(strings.NewReader(one))
		if err != nil {
			return nil, fmt.Errorf("recipient %d is not one; it reads like age1…", i+1)
		}
		all = append(all, found...)
	}
	if file != "" {
		f, err := os.Open(file)
		if err != nil {
			return nil, plain(err)
		}
		defer f.Close()
		found, err := age.ParseRecipients(f)
		if err != nil {
			return nil, fmt.Errorf("%s does not hold recipients, one a line, that read like age1…", file)
		}
		all = append(all, found...)
	}
	if len(all) == 0 {
		return nil, ErrNoRecipient
	}
	return all, nil
}

// Identities reads recovery keys. An error quotes nothing of the file.
func Identities(path string) ([]age.Identity, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, plain(err)
	}
	defer f.Close()
	ids, err := age.ParseIdentities(io.LimitReader(f, keyFileLimit))
	if err != nil {
		return nil, errors.New("is not a file of recovery keys, which read AGE-SECRET-KEY-1…")
	}
	return ids, nil
}

const keyFileLimit = 1 << 20

// plain is why a file cannot be used, without its path, which the caller names.
func plain(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return fmt.Errorf("cannot be opened: %w", path.Err)
	}
	return err
}
