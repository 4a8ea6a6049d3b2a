package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// A program that dies leaves no dump, and no other process of its account reads its memory.
// The attack is tried on a process of its own.
func TestKeysAreInNoDump(t *testing.T) {
	if os.Getenv("TINBAO_TEST_DUMPS") != "" {
		noDumps()
		var core unix.Rlimit
		dumpable, err := unix.PrctlRetInt(unix.PR_GET_DUMPABLE, 0, 0, 0, 0)
		if err != nil || unix.Getrlimit(unix.RLIMIT_CORE, &core) != nil || core.Max != 0 || dumpable != 0 {
			t.Errorf("dumpable %d, %d bytes of core, %v", dumpable, core.Max, err)
		}
		return
	}
	t.Parallel()
	cmd := exec.Command(os.Args[0], "-test.run", "^TestKeysAreInNoDump$")
	cmd.Env = append(os.Environ(), "TINBAO_TEST_DUMPS=1")
	if out, err := cmd.CombinedOutput(); err != nil || !strings.Contains(string(out), "PASS") {
		t.Errorf("%v\n%s", err, out)
	}
}
