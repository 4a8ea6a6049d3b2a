package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"tinbao/vault"
)

// keyFile is the setting of every command that needs the keys.
type keyFile struct {
	Keys string `env:"TINBAO_KEYS" placeholder:"FILE" help:"Key file, made by: tinbao keys new."`
	KEK  string `name:"kek" env:"TINBAO_KEK" placeholder:"NAME" help:"Key that wraps the key file: file:PATH, env:NAME or hcvault://HOST/transit/keys/KEY."`
}

// wrong turns an error of the vault into the setting it is about.
func wrong(setting string, err error) error {
	return &settingError{setting, strings.TrimPrefix(err.Error(), "vault: ")}
}

// openKEK opens a wrapping key by its name; setting is where the name came from.
func openKEK(setting, name string) (*vault.KEK, error) {
	if name == "" {
		return nil, &settingError{setting, "is missing; name the key that wraps the key file, like file:/etc/tinbao-kek/kek"}
	}
	kek, err := vault.OpenKEK(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &settingError{setting, "there is no such file; tinbao keys new makes it together with a key file"}
	}
	if err != nil {
		return nil, wrong(setting, err)
	}
	return kek, nil
}

// kek opens the key that wraps the file.
func (k keyFile) kek() (*vault.KEK, error) {
	if k.Keys == "" {
		return nil, &settingError{"TINBAO_KEYS", "is missing; make a key file with: tinbao keys new FILE"}
	}
	return openKEK("TINBAO_KEK", k.KEK)
}

// open opens the key file for use.
func (k keyFile) open() (*vault.Vault, error) {
	kek, err := k.kek()
	if err != nil {
		return nil, err
	}
	v, err := vault.Open(k.Keys, kek)
	if err != nil {
		return nil, k.refused(err)
	}
	return v, nil
}

// refused says how to mend a key file that cannot be used.
func (k keyFile) refused(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return &settingError{"TINBAO_KEYS", "there is no such file; make one with: tinbao keys new " + k.Keys}
	}
	return wrong("TINBAO_KEYS", err)
}

// make makes the key file, and the wrapping key when that is a file which does not
// exist. newKEK tells that it made one.
func (k keyFile) make() (newKEK bool, err error) {
	exists := &settingError{k.Keys, "exists; keys are never written over"}
	if _, err := os.Lstat(k.Keys); err == nil {
		return false, exists
	}
	if k.KEK != "" {
		if newKEK, err = vault.EnsureKEK(k.KEK); err != nil {
			return false, wrong("TINBAO_KEK", err)
		}
	}
	kek, err := k.kek()
	if err != nil {
		return newKEK, err
	}
	err = vault.Create(k.Keys, kek, time.Now())
	if errors.Is(err, fs.ErrExist) {
		return newKEK, exists
	}
	return newKEK, err
}

// ensure makes what is missing, and wraps a key file in clear.
func (k keyFile) ensure() error {
	if _, err := os.Stat(k.Keys); errors.Is(err, fs.ErrNotExist) {
		_, err = k.make()
		return err
	}
	if _, err := vault.EnsureKEK(k.KEK); err != nil {
		return wrong("TINBAO_KEK", err)
	}
	kek, err := k.kek()
	if err != nil {
		return err
	}
	if _, err = vault.Load(k.Keys, kek); errors.Is(err, vault.ErrInClear) {
		return k.rewrap(k.KEK)
	}
	return err
}

// rewrap wraps the key file with another key.
func (k keyFile) rewrap(to string) error {
	if k.Keys == "" {
		return &settingError{"TINBAO_KEYS", "is missing; name the key file"}
	}
	kek, err := openKEK("--to", to)
	if err != nil {
		return err
	}
	if err := vault.Rewrap(k.Keys, k.kek, kek); err != nil {
		var setting *settingError
		if errors.As(err, &setting) {
			return err
		}
		return k.refused(err)
	}
	return nil
}

// keysCommand makes, wraps and rotates keys.
type keysCommand struct {
	New    newKeysCommand `cmd:"" help:"Make a key file. Keep a copy apart from the database's backups."`
	Rotate rotateCommand  `cmd:"" help:"Replace every key that seals, while tinbao serves; after an interruption, run it again."`
	Rewrap rewrapCommand  `cmd:"" help:"Wrap the key file with another key, or one in clear for the first time."`
	City   cityKeyCommand `cmd:"" help:"Make the pair of keys that signs exports for the level above."`
}

type newKeysCommand struct {
	File string `arg:"" optional:"" env:"TINBAO_KEYS" help:"Where to write it."`
	KEK  string `name:"kek" env:"TINBAO_KEK" placeholder:"NAME" help:"Key that wraps it; file:PATH is made when it does not exist."`
}

// Run never writes over a file that exists.
func (c *newKeysCommand) Run() error {
	if c.File == "" {
		return &settingError{"TINBAO_KEYS", "is missing; say where to write the key file"}
	}
	made, err := keyFile{Keys: c.File, KEK: c.KEK}.make()
	if made {
		sayKEK(c.KEK)
	}
	if err == nil {
		fmt.Println("wrote", c.File)
	}
	return err
}

// sayKEK tells of a wrapping key that was made.
func sayKEK(name string) {
	fmt.Println("wrote", strings.TrimPrefix(name, "file:"))
	fmt.Println("It opens the key file: keep a copy, and keep it apart from the key file and from every backup.")
}

type rewrapCommand struct {
	keyFile
	To string `placeholder:"NAME" help:"New wrapping key; file:PATH is made when it does not exist. Without it: TINBAO_KEK."`
}

// Run changes the wrapping only; the keys stay the same, so nothing else changes.
func (c *rewrapCommand) Run() error {
	to := c.To
	if to == "" {
		to = c.KEK
	}
	made, err := vault.EnsureKEK(to)
	if err != nil {
		return wrong("--to", err)
	}
	if made {
		sayKEK(to)
	}
	if err := c.rewrap(to); err != nil {
		return err
	}
	fmt.Printf("%s is wrapped by %s now. Set TINBAO_KEK=%s for every program and restart it; destroy copies of the old file.\n", c.Keys, to, to)
	return nil
}
