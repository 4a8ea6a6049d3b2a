package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"tinbao/cases"
	"tinbao/storage"
	"tinbao/vault"
)

const (
	watchEvery    = 2 * time.Second        // a running program looks at its key file and tells that it lives
	replicasPause = 250 * time.Millisecond // between two looks at what the others work with
	longWait      = 20 * time.Second       // after that a program that does not follow needs help
	rotateConns   = 4
)

// watchKeys takes up a key file that has changed, and tells the others which keys
// this program works with, until ctx ends.
func (a *app) watchKeys(ctx context.Context) {
	said := ""
	for ctx.Err() == nil {
		changed, err := a.vault.Refresh()
		switch {
		case err != nil && err.Error() != said:
			said = err.Error()
			a.log.Error("the key file cannot be taken up; the present keys stay in use", "err", err)
		case changed:
			said = ""
			a.log.Info("the key file has changed and was taken up", "keys", a.vault.Fingerprint())
		}
		if err := a.store.Beat(ctx); err != nil && ctx.Err() == nil {
			a.log.Warn("the others do not know that this program lives", "err", err)
		}
		wait(ctx, nil, watchEvery)
	}
	limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), readyLimit)
	defer cancel()
	if err := a.store.Leave(limited); err != nil {
		a.log.Warn("the others do not know that this program ended", "err", err)
	}
}

// rotateCommand replaces the keys.
type rotateCommand struct {
	database
	keyFile
	Batch        int  `default:"200" help:"Values sealed anew in one transaction."`
	LeaveDamaged bool `help:"Give up values that do not open under the key they name, instead of keeping that key."`
}

// Run goes on where an earlier run was stopped, or begins.
func (c *rotateCommand) Run(ctx context.Context) error {
	if err := c.check(); err != nil {
		return err
	}
	if c.Batch < 1 {
		return &settingError{"--batch", "must be a number from 1"}
	}
	v, err := c.open()
	if err != nil {
		return err
	}
	store, err := storage.Open(ctx, storage.Config{URL: c.DatabaseURL, Vault: v, MaxConns: rotateConns, Log: silent()})
	if err != nil {
		return err
	}
	defer store.Close()
	schema, err := storage.ReadSchema(ctx, c.DatabaseURL)
	if err != nil {
		return errors.New("no answer from Postgres; check DATABASE_URL")
	}
	if !schema.Fits() {
		return &settingError{"DATABASE_URL", "its schema is of " + schema.String()}
	}
	r := &rotation{command: c, store: store, vault: v}
	err = store.AloneRotating(ctx, r.run)
	switch {
	case err != nil && ctx.Err() != nil:
		return errors.New("stopped; nothing is lost, go on with: tinbao keys rotate")
	case cases.KindOf(err) == cases.Conflict && err != nil:
		return errors.New("another rotation of this database runs")
	}
	return err
}

// rotation is one run of the command.
type rotation struct {
	command *rotateCommand
	store   *storage.Store
	vault   *vault.Vault
	file    *vault.File
}

// run takes the keys from state to state. The file is written before each state
// begins, and no state begins before every program knows the one before.
func (r *rotation) run(ctx context.Context) (err error) {
	if r.file, err = vault.Load(r.command.Keys, r.vault.KEK()); err != nil {
		return r.command.refused(err)
	}
	if r.file.Added() || r.file.Promoted() {
		fmt.Println("going on with the rotation that was begun")
	} else {
		if err := r.put(r.file.Add(time.Now())); err != nil {
			return err
		}
		fmt.Println("1/5 new keys are in the key file, and not used yet")
	}
	if r.file.Added() {
		if err := r.follow(ctx); err != nil {
			return err
		}
		if err := r.put(r.file.Promote(time.Now())); err != nil {
			return err
		}
	}
	fmt.Println("2/5 everything new is sealed under the new keys")
	if err := r.follow(ctx); err != nil {
		return err
	}
	if err := r.store.Fence(ctx, r.file.Former()); err != nil {
		return err
	}
	if r.file.Rest(time.Now()) {
		if err := r.put(nil); err != nil {
			return err
		}
	}
	fmt.Println("3/5 the database takes nothing under the former keys any more")
	if err := r.reseal(ctx); err != nil {
		return err
	}
	return r.drop(ctx)
}

// put writes the keys to the file unless changing them failed.
func (r *rotation) put(err error) error {
	if err != nil {
		return err
	}
	if err := r.file.Save(); err != nil {
		return err
	}
	_, err = r.vault.Refresh()
	return err
}

// follow waits until every program works with the present state of the keys.
func (r *rotation) follow(ctx context.Context) error {
	said, since, helped := int64(-1), time.Now(), false
	for {
		alive, behind, err := r.store.Replicas(ctx)
		if err != nil {
			return err
		}
		if behind != said && (behind > 0 || said > 0) {
			fmt.Printf("    %d of %d running programs have the keys\n", alive-behind, alive)
			said = behind
		}
		if behind == 0 {
			return nil
		}
		if !helped && time.Since(since) > longWait {
			helped = true
			fmt.Println("    a program that stays behind reads another key file, or cannot read it: see its log, or stop it")
		}
		if wait(ctx, nil, replicasPause); ctx.Err() != nil {
			return ctx.Err()
		}
	}
}

func (r *rotation) reseal(ctx context.Context) error {
	p, err := r.store.Reseal(ctx, storage.Rotation{Former: r.file.Former(), Batch: r.command.Batch, Tell: func(p storage.Resealed) {
		fmt.Printf("    %d values sealed anew, %d left\n", p.Done, max(p.Left, 0))
	}})
	if err != nil {
		return err
	}
	fmt.Printf("4/5 %d values were sealed anew\n", p.Done)
	if p.Damaged > 0 && !r.command.LeaveDamaged {
		return fmt.Errorf("%d values do not open under the key they name, so the former keys stay; they are damaged or were moved, "+
			"and can be given up with: tinbao keys rotate --leave-damaged", p.Damaged)
	}
	return nil
}

func (r *rotation) drop(ctx context.Context) error {
	sealing, index, err := r.file.Drop(func(s cases.Stream, last time.Time) (bool, error) { return r.store.Spent(ctx, s, last) })
	if err != nil {
		return err
	}
	if err := r.put(nil); err != nil {
		return err
	}
	fmt.Printf("5/5 %d former keys are out of the key file", sealing)
	if index > 0 {
		fmt.Printf(", and %d of receipts that nobody can hold any more", index)
	}
	fmt.Println("\nWhat they sealed opens with copies of the old key file alone. Destroy those copies, and back up the new file.")
	return nil
}
