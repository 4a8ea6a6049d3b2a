package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// imageAccount is the number of the account in the image.
const imageAccount = 65534

// compose prepares the folder of compose.yaml, which lies here.
func (c *initCommand) compose(ctx context.Context) error {
	if _, err := os.Lstat("compose.yaml"); err != nil {
		return &settingError{"--compose", "is run in the folder of compose.yaml"}
	}
	if os.Geteuid() != 0 {
		return &settingError{"--compose", "needs root, because the files belong to the account in the image: sudo tinbao init --compose"}
	}
	const secrets = "secrets"
	if _, err := os.Lstat(secrets); err == nil {
		return &settingError{secrets, "exists; it is not written over. Go on with: docker compose up -d"}
	}
	if err := c.askToken(ctx); err != nil {
		return err
	}
	if err := c.askWard(); err != nil {
		return err
	}
	if err := c.composeSettings(".env"); err != nil {
		return err
	}
	if err := c.composeKeys(); err != nil {
		return err
	}
	if err := composeSecrets(secrets, c.Token); err != nil {
		return err
	}
	fmt.Println(`
Start it, and invite the first administrator:
  docker compose up -d
  docker compose exec tinbao /tinbao doctor
  docker compose exec tinbao /tinbao staff invite --role admin --name 'Anh Tâm'`)
	return nil
}

// composeSettings adds the ward to the settings that docker compose reads.
func (c *initCommand) composeSettings(path string) error {
	raw, err := os.ReadFile(path)
	if err == nil && strings.Contains(string(raw), "TINBAO_WARD_NAME=") {
		return nil
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return &settingError{path, "cannot be written"}
	}
	_, err = io.WriteString(f, "TINBAO_WARD_NAME='"+c.WardName+"'\n")
	return errors.Join(err, f.Close())
}

// composeKeys makes both keys for the account in the image, if they are not there.
func (c *initCommand) composeKeys() error {
	keys := keyFile{Keys: "keys/keys.json", KEK: "file:kek/kek"}
	if _, err := os.Lstat(keys.Keys); err == nil {
		return nil
	}
	for _, folder := range []string{"keys", "kek"} {
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return &settingError{folder, "cannot be made"}
		}
	}
	newKEK, err := keys.make()
	if newKEK {
		sayKEK(keys.KEK)
	}
	return errors.Join(err, own("keys", imageAccount, imageAccount), own("kek", imageAccount, imageAccount))
}

// composeSecrets writes the secrets, the last thing that is written, each for its reader.
func composeSecrets(folder, token string) error {
	const part = ".secrets.part"
	// The accounts that read the files only pass through.
	if err := errors.Join(os.RemoveAll(part), os.Mkdir(part, 0o700), os.Chmod(part, 0o711)); err != nil { //nolint:gosec // see above
		return &settingError{folder, "cannot be made"}
	}
	password := random()
	for _, s := range []struct {
		name, body string
		reader     int
	}{
		{"postgres_password", password + "\n", 0}, // its entry point reads it as root
		{"pgpass", "postgres:5432:*:tinbao:" + password + "\n", imageAccount},
		{"telegram_token", token + "\n", imageAccount},
	} {
		path := filepath.Join(part, s.name)
		if err := writeNew(path, s.body); err != nil {
			return err
		}
		if err := errors.Join(os.Lchown(path, s.reader, s.reader), os.Chmod(path, 0o400)); err != nil {
			return err
		}
	}
	return os.Rename(part, folder)
}
