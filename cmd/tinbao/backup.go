package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"filippo.io/age"

	"tinbao/backup"
	"tinbao/cases"
	"tinbao/storage"
)

// backupCommand makes and checks backups.
type backupCommand struct {
	Make   makeBackup   `cmd:"" default:"withargs" help:"Write a backup (the default)."`
	Verify verifyBackup `cmd:"" help:"Decrypt a backup and check that it is whole, without a database."`
	Keygen keygen       `cmd:"" help:"Make a recovery key: the file opens backups, the recipient it prints makes them."`
}

// makeBackup writes a backup.
type makeBackup struct {
	database
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
	place := c.place(time.Now())
	if place != toOutput {
		if _, err := os.Lstat(place); err == nil {
			return &settingError{place, "exists; backups are never written over"}
		}
	}
	if err := c.export(ctx, c.DatabaseURL); err != nil {
		return err
	}
	return storage.Snapshot(ctx, c.DatabaseURL, func(ctx context.Context, snapshot string, held cases.Contents) error {
		tools, err := tools(ctx, held.Postgres)
		if err != nil {
			return err
		}
		m := backup.Manifest{Program: version, Dumped: tools.Major(), Contents: held}
		sum, err := c.write(place, to, m, func(w io.Writer) error { return tools.Dump(ctx, c.DatabaseURL, snapshot, w) })
		if err != nil {
			return fmt.Errorf("no backup was made: %w", err)
		}
		fmt.Fprintf(os.Stderr, "%s%d recipients, SHA-256 %s\n", m.Summary(), len(to), sum)
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

func (c *makeBackup) write(place string, to []age.Recipient, m backup.Manifest, dump func(io.Writer) error) (sum string, err error) {
	if place != toOutput {
		return backup.Save(place, func(w io.Writer) error { return backup.Write(w, to, m, dump) })
	}
	w := backup.NewSummed(os.Stdout)
	err = backup.Write(w, to, m, dump)
	return w.Sum(), err
}

// tools finds the programs of Postgres, or says how to get them.
func tools(ctx context.Context, major int) (backup.Tools, error) {
	t, err := backup.FindTools(ctx, major)
	if errors.Is(err, backup.ErrNoTools) {
		return t, &settingError{backup.FolderVar, err.Error()}
	}
	return t, err
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

// inspect proves that the backup is whole and can be read, and gives what is needed to
// restore it with the programs of Postgres.
func (f backupFile) inspect(ctx context.Context, keys []age.Identity, tools func(backup.Manifest) (backup.Tools, error)) (m backup.Manifest, toc backup.Toc, err error) {
	err = f.read(func(in io.Reader) error {
		m, toc, err = backup.Check(ctx, in, keys, tools)
		return err
	})
	return m, toc, err
}

// verifyBackup checks a backup.
type verifyBackup struct{ backupFile }

// Run prints what the backup holds when it is whole.
func (c *verifyBackup) Run(ctx context.Context) error {
	keys, err := c.keys()
	if err != nil {
		return err
	}
	m, _, err := c.inspect(ctx, keys, func(m backup.Manifest) (backup.Tools, error) { return tools(ctx, m.Dumped) })
	if err != nil {
		return err
	}
	fmt.Print(m.Summary())
	switch beside, err := backup.CheckSum(c.File); {
	case err != nil:
		return fmt.Errorf("%s: %w", c.File+backup.SumSuffix, err)
	case beside:
		fmt.Println("✓ it is whole, opens with this key, and has the SHA-256 beside it")
	default:
		fmt.Println("✓ it is whole and opens with this key")
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
