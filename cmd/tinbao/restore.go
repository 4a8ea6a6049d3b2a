package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/jackc/pgx/v5/pgxpool"

	"tinbao/backup"
	"tinbao/cases"
	"tinbao/storage"
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
	target
}

// Run restores into an empty database, proves that it holds what the backup says, and
// makes it fit to be used.
func (c *restoreCommand) Run(ctx context.Context) error {
	list, err := c.check()
	if err != nil {
		return err
	}
	keys, err := c.keys()
	if err != nil {
		return err
	}
	switch n, err := storage.Occupied(ctx, c.Into); {
	case err != nil:
		return fmt.Errorf("--into: %w", err)
	case n > 0:
		return &settingError{"--into", fmt.Sprintf("the database is not empty (%d tables and sequences); restore into a new one, made with createdb", n)}
	}
	var programs backup.Tools
	m, toc, err := c.inspect(ctx, keys, func(m backup.Manifest) (backup.Tools, error) {
		if newest, err := storage.Newest(); err != nil || m.Schema > newest {
			return programs, errors.Join(err, fmt.Errorf("it was made by tinbao %s with schema %d, and this program knows %d; install the newer program", m.Program, m.Schema, newest))
		}
		programs, err = tools(ctx, m.Dumped)
		return programs, err
	})
	if err != nil {
		return err
	}
	fmt.Print(m.Summary())
	if err := storage.Prepare(ctx, c.Into); err != nil {
		return fmt.Errorf("making the database roles: %w", err)
	}
	if err := c.read(func(in io.Reader) error { return backup.RestoreInto(ctx, in, keys, programs, toc, c.Into) }); err != nil {
		return fmt.Errorf("nothing was restored: %w", err)
	}
	if err := c.compare(ctx, m); err != nil {
		return err
	}
	if err := errors.Join(storage.Entitle(ctx, c.Into), storage.Migrate(ctx, c.Into)); err != nil {
		return fmt.Errorf("the database is restored and not yet fit: do not serve from it; %w", err)
	}
	return c.settle(ctx, list)
}

// compare counts and sums up what was restored.
func (c *restoreCommand) compare(ctx context.Context, m backup.Manifest) error {
	got, err := storage.Contents(ctx, c.Into)
	if err != nil {
		return fmt.Errorf("counting what was restored: %w", err)
	}
	if wrong := m.Differences(got); len(wrong) > 0 {
		return fmt.Errorf("what was restored is not what the backup says: do not serve from this database; %s", strings.Join(wrong, "; "))
	}
	fmt.Printf("✓ restored: %d rows in %d tables have the checksums of the backup\n", got.Rows(), len(got.Tables))
	return nil
}
