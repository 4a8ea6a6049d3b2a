package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"filippo.io/age"

	"tinbao/backup"
	"tinbao/cases"
	"tinbao/storage"
	"tinbao/vault"
)

// backupCommand makes and checks backups.
type backupCommand struct {
	Make   makeBackup   `cmd:"" default:"withargs" help:"Write a backup (the default)."`
	Verify verifyBackup `cmd:"" help:"Decrypt a backup and check that it is whole, without a database."`
	Keygen keygen       `cmd:"" help:"Make a recovery key: the file opens backups, the recipient it prints makes them."`
	Signer showSigner   `cmd:"" help:"Print the public key that backups of this server are checked by."`
}

// makeBackup writes a backup.
type makeBackup struct {
	database
	keyFile
	destroyedFile
	To             string   `required:"" placeholder:"FILE" help:"File to write, which must not exist; a folder, for a name made from the time; or - for standard output."`
	Recipients     []string `name:"recipient" env:"TINBAO_BACKUP_RECIPIENTS" placeholder:"age1…" help:"Whose recovery key opens the backup; several are separated by commas, and each opens it alone."`
	RecipientsFile string   `name:"recipients-file" placeholder:"FILE" help:"File with more recipients, one a line."`
}

const toOutput = "-"

// Run streams the database to its place. Nothing is written in clear.
func (c *makeBackup) Run(ctx context.Context) error {
	if err := c.check(); err != nil {
		return err
	}
	to, err := backup.Recipients(c.Recipients, c.RecipientsFile)
	if err != nil {
		return &settingError{"TINBAO_BACKUP_RECIPIENTS", err.Error()}
	}
	keys, err := c.open()
	if err != nil {
		return err
	}
	signer := keys.BackupSigner()
	place := c.place(time.Now())
	if place != toOutput {
		if _, err := os.Lstat(place); err == nil {
			return &settingError{place, "exists; backups are never written over"}
		}
	}
	if err := c.export(ctx, c.DatabaseURL); err != nil {
		return err
	}
	return storage.Snapshot(ctx, c.DatabaseURL, func(ctx context.Context, held cases.Contents, rows storage.CopyOut) error {
		m := backup.Manifest{Program: version, Contents: held}
		sum, err := c.write(place, func(w io.Writer) error {
			return backup.Write(w, to, signer, m, func(table int, w io.Writer) error { return rows(ctx, table, w) })
		})
		if err != nil {
			return fmt.Errorf("no backup was made: %w", err)
		}
		fmt.Fprintf(os.Stderr, "%s%d recipients, SHA-256 %s, signed by %s\n", m.Summary(), len(to), sum, signer.Public())
		if place != toOutput {
			fmt.Println(place)
		}
		return nil
	})
}

// place is where the backup goes.
func (c *makeBackup) place(now time.Time) string {
	if info, err := os.Stat(c.To); err == nil && info.IsDir() {
		return filepath.Join(c.To, now.UTC().Format("tinbao-20060102T150405Z.age"))
	}
	return c.To
}

func (c *makeBackup) write(place string, write func(io.Writer) error) (sum string, err error) {
	if place != toOutput {
		return backup.Save(place, write)
	}
	w := backup.NewSummed(os.Stdout)
	err = write(w)
	return w.Sum(), err
}

// trusted is by which key a backup must be signed.
type trusted struct {
	keyFile
	Signer string `env:"TINBAO_BACKUP_SIGNER" placeholder:"tinbao-signer-…" help:"Public key of the server that made the backup, from tinbao backup signer; needed where its key file is not."`
}

// verifier gives what checks the signature, and the keys when they are here.
func (t trusted) verifier() (backup.Verifier, *vault.Vault, error) {
	var keys *vault.Vault
	if t.Keys != "" {
		var err error
		if keys, err = t.open(); err != nil {
			return nil, nil, err
		}
	}
	switch {
	case t.Signer != "":
		key, err := vault.ParsePublicKey(t.Signer)
		if err != nil {
			return nil, nil, wrong("TINBAO_BACKUP_SIGNER", err)
		}
		return key, keys, nil
	case keys == nil:
		return nil, nil, &settingError{"TINBAO_BACKUP_SIGNER", "is missing; give what tinbao backup signer prints on the server, or the server's key file by TINBAO_KEYS and TINBAO_KEK"}
	}
	return keys.BackupSigner().Public(), keys, nil
}

// showSigner prints the public key.
type showSigner struct{ keyFile }

// Run prints it.
func (c *showSigner) Run() error {
	keys, err := c.open()
	if err == nil {
		fmt.Println(keys.BackupSigner().Public())
	}
	return err
}

// backupFile is a backup and what opens it.
type backupFile struct {
	File     string `arg:"" help:"The backup."`
	Identity string `required:"" placeholder:"KEY" help:"File with the recovery key."`
}

// keys reads the recovery key.
func (f backupFile) keys() ([]age.Identity, error) {
	ids, err := backup.Identities(f.Identity)
	if err != nil {
		return nil, &settingError{f.Identity, err.Error()}
	}
	return ids, nil
}

// read hands the open file to work.
func (f backupFile) read(work func(io.Reader) error) error {
	in, err := os.Open(f.File)
	if err != nil {
		return &settingError{f.File, "cannot be read; check the path and who may read it"}
	}
	defer in.Close()
	if err := work(in); err != nil {
		return fmt.Errorf("%s: %w", f.File, err)
	}
	return nil
}

// inspect proves that the backup is whole and was signed by the server.
func (f backupFile) inspect(keys []age.Identity, by backup.Verifier) (m backup.Manifest, err error) {
	err = f.read(func(in io.Reader) error {
		m, err = backup.Check(in, keys, by)
		return err
	})
	return m, err
}

// verifyBackup checks a backup.
type verifyBackup struct {
	backupFile
	trusted
}

// Run prints what the backup holds when it is whole.
func (c *verifyBackup) Run() error {
	keys, err := c.keys()
	if err != nil {
		return err
	}
	by, _, err := c.verifier()
	if err != nil {
		return err
	}
	m, err := c.inspect(keys, by)
	if err != nil {
		return err
	}
	fmt.Print(m.Summary())
	switch beside, err := backup.CheckSum(c.File); {
	case err != nil:
		return fmt.Errorf("%s: %w", c.File+backup.SumSuffix, err)
	case beside:
		fmt.Println("✓ it is whole, signed by the server, opens with this key, and has the SHA-256 beside it")
	default:
		fmt.Println("✓ it is whole, signed by the server, and opens with this key")
	}
	return nil
}

// keygen makes a recovery key.
type keygen struct {
	File string `arg:"" help:"Where to write it; it must not exist. Keep it away from the server."`
}

// Run prints the recipient.
func (c *keygen) Run() error {
	recipient, err := backup.NewKey(c.File, time.Now())
	if err != nil {
		return &settingError{c.File, err.Error()}
	}
	fmt.Fprintf(os.Stderr, "wrote %s. It opens every backup made for it: keep it, and a copy, away from this machine.\nSet TINBAO_BACKUP_RECIPIENTS to:\n", c.File)
	fmt.Println(recipient)
	return nil
}
