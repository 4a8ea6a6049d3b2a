package main

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"

	"tinbao/cases"
)

// auditSettings are those of the anchors.
type auditSettings struct {
	Anchors string `env:"TINBAO_ANCHORS" placeholder:"FILE" help:"Where the newest anchors of the history are kept outside of the database; empty = anchors.json beside the key file."`
}

// anchorFile is where the newest anchors are kept outside of the database.
func (s settings) anchorFile() string {
	return cmp.Or(s.Anchors, filepath.Join(filepath.Dir(s.Keys), "anchors.json"))
}

// checkAnchors looks whether the newest anchors are where whoever can change the database
// does not reach them.
func (a *app) checkAnchors(ctx context.Context) finding {
	file := a.settings.anchorFile()
	if err := a.store.KeepAnchors(ctx, file); err != nil {
		return finding{note: "the newest anchors are kept in the database only", warn: "give TINBAO_ANCHORS a file that this account can write"}
	}
	return finding{note: "the newest are kept in " + file}
}

// verifyAuditCommand checks the whole history.
type verifyAuditCommand struct{ settings }

// Run prints what was checked and every fault; it fails when there is one. The
// codes it prints are to be compared with those in the leader's chat.
func (c *verifyAuditCommand) Run(ctx context.Context) error {
	a, err := wire(ctx, c.settings, options{log: silent()})
	if err != nil {
		return err
	}
	defer a.close()
	found, err := a.store.VerifyHistory(ctx)
	if err != nil {
		return err
	}
	file := c.anchorFile()
	gone, kept, err := a.store.Compare(file, found)
	if err != nil {
		return err
	}
	found.Faults = append(found.Faults, gone...)
	if !kept && len(found.Anchors) > 0 {
		fmt.Printf("! no anchor is kept outside of the database; serve writes %s\n", file)
	}
	old := 0
	for _, k := range found.Anchors {
		mark := "✓"
		switch {
		case k.Old:
			mark = "?"
			old++
		case !k.Holds:
			mark = "✗"
		}
		fmt.Printf("%s anchor %-6s %d up to %s: %s (%d rows)\n", mark, k.Stream, k.Number, k.At.In(cases.Vietnam).Format("15:04 02/01/2006"), k.Code, k.Rows)
	}
	if old > 0 {
		fmt.Printf("%d anchors are under a key that was replaced and is gone; the later ones cover the same rows\n", old)
	}
	for _, f := range found.Faults {
		fmt.Println("✗", f)
	}
	fmt.Printf("%d cases, %d rows, %d anchors checked, %d rows about accounts\n", found.Cases, found.Rows, len(found.Anchors), found.Accounts)
	if n := len(found.Faults); n > 0 {
		return fmt.Errorf("%d faults in the history", n)
	}
	return nil
}
