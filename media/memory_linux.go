package media

import (
	"os"
	"syscall"
	"unsafe"
)

// bound keeps a process that was just started from taking more memory than bytes.
func bound(p *os.Process, bytes uint64) error {
	limit := syscall.Rlimit{Cur: bytes, Max: bytes}
	//nolint:gosec // the one way to limit another process
	_, _, errno := syscall.RawSyscall6(syscall.SYS_PRLIMIT64, uintptr(p.Pid), syscall.RLIMIT_DATA, uintptr(unsafe.Pointer(&limit)), 0, 0, 0)
	if errno != 0 && errno != syscall.ESRCH { // it may have ended already
		return errno
	}
	return nil
}
