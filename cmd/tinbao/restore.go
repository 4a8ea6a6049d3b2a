package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"time"

	"filippo.io/age"
	"github.com/jackc/pgx/v5/pgxpool"

	"tinbao/backup"
	"tinbao/cases"
	"tinbao/storage"
	"tinbao/vault"
)

// target is the database that is restored, and what must stay destroyed in it.
type target struct {
	Into      string   `required:"" placeholder:"URL" help:"Address of the database."`
	Destroyed []string `env:"TINBAO_DESTROYED" placeholder:"FILE" help:"List of what was destroyed for good; of several replicas, all lists, separated by commas."`
	NoList    bool     `name:"no-destroyed-list" help:"There is no list: what was destroyed after the backup comes back."`
}

// check finds the first wrong setting, and reads the lists.
func (t target) check() ([]cases.Destruction, error) {
	if _, err := pgxpool.ParseConfig(t.Into); err != nil {
		return nil, &settingError{"--into", "is not an address of Postgres; write it like postgres://user@host/tinbao"}
	}
	if t.NoList {
		return nil, nil
	}
	if len(t.Destroyed) == 0 {
		return nil, &settingError{"--destroyed", "is missing: name the list of what was destroyed since, or say --no-destroyed-list when there is none"}
	}
	list, damaged, err := backup.ReadLists(t.Destroyed...)
	if err != nil {
		return nil, &settingError{"--destroyed", err.Error()}
	}
	if damaged > 0 {
		fmt.Fprintf(os.Stderr, "! %d lines of the list cannot be read: a crash cut them off, and they stand there again, or somebody changed them\n", damaged)
	}
	return list, nil
}

// settle destroys again and says what it did.
func (t target) settle(ctx context.Context, list []cases.Destruction) error {
	done, err := storage.Settle(ctx, t.Into, list)
	if err != nil {
		return fmt.Errorf("what was destroyed is not destroyed again: do not serve from this database; %w", err)
	}
	fmt.Printf("list of %d: destroyed again %d cases, %d receipts, %d ways back, %d files, %d subscribers\n",
		len(list), done.Cases, done.Receipts, done.Routes, done.Files, done.News)
	fmt.Printf("not taken up: %d sessions of staff, %d invitations, %d messages that waited to be sent, %d open dialogs\n",
		done.Sessions, done.Invites, done.Messages, done.Dialogs)
	return nil
}

// restoreCommand restores a backup.
type restoreCommand struct {
	backupFile
	trusted
	target
}

// Run makes the schema in an empty database, puts the rows of the backup into it, proves
// that they are what the backup says, and makes the database fit to be used.
func (c *restoreCommand) Run(ctx context.Context) error {
	list, err := c.check()
	if err != nil {
		return err
	}
	keys, err := c.keys()
	if err != nil {
		return err
	}
	by, own, err := c.verifier()
	if err != nil {
		return err
	}
	switch n, err := storage.Occupied(ctx, c.Into); {
	case err != nil:
		return fmt.Errorf("--into: %w", err)
	case n > 0:
		return &settingError{"--into", fmt.Sprintf("the database is not empty (%d tables, functions and the like); restore into a new one, made with createdb", n)}
	}
	m, err := c.inspect(keys, by)
	if err != nil {
		return err
	}
	if err := known(m); err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	fmt.Print(m.Summary())
	if err := c.load(ctx, keys, by, m); err != nil {
		return fmt.Errorf("no row was restored: %w", err)
	}
	fmt.Printf("✓ restored: %d rows in %d tables have the checksums of the backup\n", m.Rows(), len(m.Tables))
	if err := c.fit(ctx); err != nil {
		return fmt.Errorf("the database is restored and not fit: do not serve from it; %w", err)
	}
	faults, err := histories(ctx, c.Into, own, m)
	if err != nil {
		return err
	}
	if err := c.settle(ctx, list); err != nil {
		return err
	}
	if faults > 0 {
		return fmt.Errorf("the database is restored and fit, and %d faults were in the history when it was backed up", faults)
	}
	return nil
}

// known refuses a backup whose schema this program cannot make.
func known(m backup.Manifest) error {
	makes, err := storage.Makes(m.Contents)
	if err != nil || makes {
		return err
	}
	newest, err := storage.Newest()
	return errors.Join(err, fmt.Errorf("it was made by tinbao %q with schema %d, and this program knows %d; install the newer program", m.Program, m.Schema, newest))
}

// load restores the rows. The file is proven again while it is read: it may be another by now.
func (c *restoreCommand) load(ctx context.Context, keys []age.Identity, by backup.Verifier, m backup.Manifest) error {
	if err := storage.MarkRestoring(ctx, c.Into); err != nil {
		return err
	}
	return storage.Restore(ctx, c.Into, m.Contents, func(load func(int, io.Reader) error) error {
		return c.read(func(in io.Reader) error {
			return backup.Read(in, keys, by, func(again backup.Manifest) (func(int, io.Reader) error, error) {
				if !reflect.DeepEqual(again, m) {
					return nil, backup.ErrDamaged
				}
				return load, nil
			})
		})
	})
}

// fit brings the schema up to date and proves that it is the one the migrations make.
func (c *restoreCommand) fit(ctx context.Context) error {
	if err := storage.Migrate(ctx, c.Into); err != nil {
		return err
	}
	catalogue, err := storage.ReadCatalogue(ctx, c.Into)
	if err != nil {
		return err
	}
	if extra, missing, known := catalogue.Strange(); len(extra)+len(missing) > 0 || !known {
		return byHand(extra, missing)
	}
	fmt.Printf("✓ the wall: %d owners, rights, policies, triggers and functions as migrations make them\n", len(catalogue.Lines))
	return nil
}

// histories checks the chains and anchors of every ward as they were when the backup was
// made; keys = nil: they are not here.
func histories(ctx context.Context, url string, keys *vault.Vault, m backup.Manifest) (faults int, err error) {
	if keys == nil {
		fmt.Println("! the history is not checked without the key file; run: tinbao verify-audit")
		return 0, nil
	}
	for _, ward := range m.Wards {
		store, err := storage.Open(ctx, storage.Config{URL: url, Vault: keys, Ward: ward, Now: func() time.Time { return m.Taken }, Log: silent()})
		if err != nil {
			return 0, err
		}
		found, err := store.VerifyHistory(ctx)
		store.Close()
		if err != nil {
			return 0, fmt.Errorf("checking the history: %w", err)
		}
		for _, f := range found.Faults {
			fmt.Printf("✗ ward %d: %s\n", ward, f)
		}
		faults += len(found.Faults)
		fmt.Printf("✓ history of ward %d: %d cases, %d rows, %d anchors checked\n", ward, found.Cases, found.Rows, len(found.Anchors))
	}
	return faults, nil
}
