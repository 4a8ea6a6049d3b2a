package main

import (
	"context"
	"fmt"

	"tinbao/cases"
)

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
		fmt.Printf("%s anchor %-6s up to %s: %s (%d rows)\n", mark, k.Stream, k.At.In(cases.Vietnam).Format("15:04 02/01/2006"), k.Code, k.Rows)
	}
	if old > 0 {
		fmt.Printf("%d anchors are under a key that was replaced and is gone; the later ones cover the same rows\n", old)
	}
	for _, f := range found.Faults {
		fmt.Println("✗", f)
	}
	fmt.Printf("%d cases, %d rows, %d anchors checked\n", found.Cases, found.Rows, len(found.Anchors))
	if n := len(found.Faults); n > 0 {
		return fmt.Errorf("%d faults in the history", n)
	}
	return nil
}
