package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"tinbao/backup"
	"tinbao/cases"
	"tinbao/storage"
)

// destroyedFile is the setting of the list of what was destroyed for good.
type destroyedFile struct {
	DestroyedList string `name:"destroyed" env:"TINBAO_DESTROYED" placeholder:"FILE" help:"List of what was destroyed for good, on another disk than the database; restored backups are told to destroy it again."`
}

// openList opens the list; nil without one.
func (d destroyedFile) openList() (*backup.List, error) {
	if d.DestroyedList == "" {
		return nil, nil
	}
	l, err := backup.OpenList(d.DestroyedList)
	if err != nil {
		return nil, &settingError{"TINBAO_DESTROYED", err.Error()}
	}
	return l, nil
}

// export brings the list up to date, when there is one.
func (d destroyedFile) export(ctx context.Context, url string) error {
	l, err := d.openList()
	if err != nil || l == nil {
		return err
	}
	list, _, err := storage.Destroyed(ctx, url, 0)
	if err != nil {
		return err
	}
	if err := l.Add(list); err != nil {
		return &settingError{"TINBAO_DESTROYED", err.Error()}
	}
	return nil
}

// checkDestroyed compares the list with the database.
func (a *app) checkDestroyed(ctx context.Context) finding {
	all, _, err := storage.Destroyed(ctx, a.settings.DatabaseURL, 0)
	if err != nil {
		return finding{err: errors.New("what was destroyed cannot be read; the account of DATABASE_URL may not")}
	}
	f := finding{note: fmt.Sprintf("%d things were destroyed for good", len(all))}
	l, err := a.settings.openList()
	switch {
	case err != nil:
		return finding{err: err}
	case l == nil:
		f.warn = "no list of them is kept outside the database, so a restored backup brings them back; set TINBAO_DESTROYED"
	default:
		if n := l.Missing(all); n > 0 {
			f.warn = fmt.Sprintf("%d of them are not in the list; write them with: tinbao destroyed export", n)
		}
	}
	return f
}

// destroyedCommand deals with the list.
type destroyedCommand struct {
	Export exportDestroyed `cmd:"" help:"Bring the list up to date; serve does so by itself, within a moment of each destruction."`
	Replay replayDestroyed `cmd:"" help:"After a recovery by Postgres' own means: destroy in the database again what stands in the list, before serve is started."`
}

type exportDestroyed struct {
	database
	destroyedFile
}

// Run writes what is missing in the list.
func (c *exportDestroyed) Run(ctx context.Context) error {
	if err := c.check(); err != nil {
		return err
	}
	if c.DestroyedList == "" {
		return &settingError{"TINBAO_DESTROYED", "is missing; name the list"}
	}
	return c.export(ctx, c.DatabaseURL)
}

type replayDestroyed struct{ target }

// Run destroys again.
func (c *replayDestroyed) Run(ctx context.Context) error {
	list, err := c.check()
	if err != nil {
		return err
	}
	schema, err := storage.ReadSchema(ctx, c.Into)
	if err != nil {
		return fmt.Errorf("--into: %w", err)
	}
	if !schema.Fits() {
		return &settingError{"--into", "its schema is of " + schema.String()}
	}
	return c.settle(ctx, list)
}

const exportPause = 5 * time.Second // between attempts when something is away

// listDestroyed keeps the list up to date until ctx ends.
func (a *app) listDestroyed(ctx context.Context, l *backup.List) {
	for said := false; ctx.Err() == nil; {
		err := storage.WatchDestroyed(ctx, a.settings.DatabaseURL, func(list []cases.Destruction) error {
			err := l.Add(list)
			said = said && err != nil
			return err
		})
		if err != nil && !said && ctx.Err() == nil {
			said = true
			a.log.Error("the list of what was destroyed is not up to date and waits", "err", err)
		}
		wait(ctx, nil, exportPause)
	}
}
