package media

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// apart makes a child the head of a process group, which is killed as a whole, and the
// first to be ended by a kernel that is short of memory.
func apart(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}

// sweep ends what a child may have left running.
func sweep(cmd *exec.Cmd) { _ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }

// endWithParent ends this process and its tools when the other end of a pipe is closed.
func endWithParent(alive *os.File) {
	syscall.CloseOnExec(int(alive.Fd()))
	_, _ = alive.Read(make([]byte, 1)) // nothing is ever written
	_ = syscall.Kill(0, syscall.SIGKILL)
}

// confine limits this process and all that it starts: memory, processor time, size of
// files, no core dumps, no network, no new rights.
func confine(j job) error {
	debug.SetMemoryLimit(j.Memory * 3 / 4) // collect before the limit is met
	seconds := uint64(j.Patience.Seconds())
	for what, most := range map[int]uint64{
		unix.RLIMIT_DATA: uint64(j.Memory) + raceShare, unix.RLIMIT_CPU: 2 * seconds, unix.RLIMIT_FSIZE: maxScratch, unix.RLIMIT_CORE: 0,
	} {
		if err := unix.Setrlimit(what, &unix.Rlimit{Cur: most, Max: most}); err != nil {
			return err
		}
	}
	// Where /proc is read-only, another process may be ended first.
	_ = os.WriteFile("/proc/self/oom_score_adj", []byte("1000"), 0)
	return isolate(j.Kind == paper)
}

// peaks is the most memory that this process and that one of its children held, in KiB.
// The kernel's count of its own (getrusage) begins with that of its parent.
func peaks() (own, tool int64) {
	var children unix.Rusage
	status, err := os.ReadFile("/proc/self/status")
	if err != nil || unix.Getrusage(unix.RUSAGE_CHILDREN, &children) != nil {
		return 0, 0
	}
	_, line, _ := strings.Cut(string(status), "VmHWM:")
	if _, err := fmt.Sscan(line, &own); err != nil {
		return 0, 0
	}
	return own, children.Maxrss
}

// denied are the system calls by which a process reaches the network, another process or
// another namespace, and those by which a filter could be passed by.
var denied = []uint32{
	unix.SYS_SOCKET, unix.SYS_SOCKETPAIR, unix.SYS_CONNECT, unix.SYS_BIND, unix.SYS_IO_URING_SETUP,
	unix.SYS_PTRACE, unix.SYS_PROCESS_VM_READV, unix.SYS_PROCESS_VM_WRITEV, unix.SYS_UNSHARE, unix.SYS_SETNS,
	unix.SYS_MOUNT, unix.SYS_BPF, unix.SYS_PERF_EVENT_OPEN, unix.SYS_USERFAULTFD,
	unix.SYS_KEYCTL, unix.SYS_ADD_KEY, unix.SYS_REQUEST_KEY,
}

// isolate takes the denied system calls from all threads of this process and from all
// that they start, for good (seccomp(2)). It needs no privilege, and no namespace, which
// the systemd unit and containers forbid. listens leaves a process the stream sockets of the
// file system to wait on, without which LibreOffice does not start; it can connect to none.
func isolate(listens bool) error {
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return err
	}
	const (
		numberAt, archAt = 0, 4   // in struct seccomp_data
		familyAt, typeAt = 16, 24 // the first two arguments
		typeMask         = 0xf
		load             = unix.BPF_LD | unix.BPF_W | unix.BPF_ABS
		equal            = unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K
		atLeast          = unix.BPF_JMP | unix.BPF_JGE | unix.BPF_K
		and              = unix.BPF_ALU | unix.BPF_AND | unix.BPF_K
		answer           = unix.BPF_RET | unix.BPF_K
		no               = unix.SECCOMP_RET_ERRNO | uint32(unix.EPERM)
		foreign          = 0x40000000 // numbers of the x32 calls of amd64
	)
	arch, known := map[string]uint32{"amd64": unix.AUDIT_ARCH_X86_64, "arm64": unix.AUDIT_ARCH_AARCH64}[runtime.GOARCH]
	if !known {
		return unix.ENOSYS
	}
	program := []unix.SockFilter{
		{Code: load, K: archAt},
		{Code: equal, K: arch, Jt: 1},
		{Code: answer, K: unix.SECCOMP_RET_KILL_PROCESS},
		{Code: load, K: numberAt},
		{Code: atLeast, K: foreign, Jf: 1},
		{Code: answer, K: unix.SECCOMP_RET_KILL_PROCESS},
	}
	if listens {
		program = append(program, []unix.SockFilter{
			{Code: equal, K: unix.SYS_BIND, Jf: 1},
			{Code: answer, K: unix.SECCOMP_RET_ALLOW},
			{Code: equal, K: unix.SYS_SOCKET, Jf: 7},
			{Code: load, K: familyAt},
			{Code: equal, K: unix.AF_UNIX, Jf: 4},
			{Code: load, K: typeAt},
			{Code: and, K: typeMask},
			{Code: equal, K: unix.SOCK_STREAM, Jf: 1},
			{Code: answer, K: unix.SECCOMP_RET_ALLOW},
			{Code: answer, K: no},
		}...)
	}
	for _, call := range denied {
		program = append(program, unix.SockFilter{Code: equal, K: call, Jf: 1}, unix.SockFilter{Code: answer, K: no})
	}
	program = append(program, unix.SockFilter{Code: answer, K: unix.SECCOMP_RET_ALLOW})
	filter := unix.SockFprog{Len: uint16(len(program)), Filter: &program[0]}
	//nolint:gosec // the one way to hand the kernel a filter
	_, _, errno := unix.RawSyscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, unix.SECCOMP_FILTER_FLAG_TSYNC, uintptr(unsafe.Pointer(&filter)))
	runtime.KeepAlive(program)
	if errno != 0 {
		return errno
	}
	return nil
}
