package sidecar

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"
)

const (
	// stopPatience is how long a server may take to end before it is killed.
	stopPatience = 10 * time.Second
	// startPatience is how long a server may take to answer: crash recovery of a
	// demo's data takes seconds.
	startPatience = 60 * time.Second
	// pollEvery is the pause between two looks at a starting server.
	pollEvery = 10 * time.Millisecond
	// tailSize is how much of a server's output an error repeats.
	tailSize = 2000
)

// starter starts processes from one OS thread that lives as long as they do:
// Pdeathsig is sent when the THREAD that forked ends, not the process.
type starter struct {
	jobs chan func()
	done chan struct{}
}

func newStarter() *starter {
	s := &starter{jobs: make(chan func()), done: make(chan struct{})}
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		defer close(s.done)
		for job := range s.jobs {
			job()
		}
	}()
	return s
}

func (s *starter) start(cmd *exec.Cmd) error {
	result := make(chan error)
	s.jobs <- func() { result <- cmd.Start() }
	return <-result
}

// close ends the thread; call it when all children have ended.
func (s *starter) close() {
	close(s.jobs)
	<-s.done
}

// command prepares a program that runs as the place's account, in "/" (the
// account may not be able to enter the program's own folder), with an
// environment of its own and a signal for the death of its parent.
func command(p *place, death syscall.Signal, path string, args ...string) *exec.Cmd {
	cmd := exec.Command(path, args...) //nolint:noctx // a server outlives the context it was started in; run and stop end it
	cmd.Dir = "/"
	cmd.Env = []string{"PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "HOME=/", "TZ=UTC"}
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: death, Setpgid: true, Credential: p.account.credential()}
	return cmd
}

// run waits for a short program and returns what it printed in the error.
func run(ctx context.Context, s *starter, cmd *exec.Cmd) error {
	out := &tail{}
	cmd.Stdout, cmd.Stderr = out, out
	if err := s.start(cmd); err != nil {
		return err
	}
	ended := make(chan struct{})
	stopped := context.AfterFunc(ctx, func() {
		select {
		case <-ended:
		default:
			_ = cmd.Process.Kill()
		}
	})
	defer stopped()
	err := cmd.Wait()
	close(ended)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	return nil
}

// child is a running server. The methods of a nil child do nothing.
type child struct {
	name  string
	cmd   *exec.Cmd
	quit  syscall.Signal // asks for an orderly end
	out   *tail
	ended chan struct{}
}

// startChild starts a server and waits until ready says yes.
func startChild(ctx context.Context, s *starter, name string, cmd *exec.Cmd, log io.Writer, ready func(pid int) bool) (*child, error) {
	c := &child{name: name, cmd: cmd, quit: cmd.SysProcAttr.Pdeathsig, out: &tail{next: log}, ended: make(chan struct{})}
	cmd.Stdout, cmd.Stderr = c.out, c.out
	if err := s.start(cmd); err != nil {
		return nil, err
	}
	go func() {
		defer close(c.ended)
		_ = cmd.Wait()
	}()
	if err := c.await(ctx, ready); err != nil {
		return nil, errors.Join(err, c.stop())
	}
	return c, nil
}

func (c *child) await(ctx context.Context, ready func(pid int) bool) error {
	limit := time.NewTimer(startPatience)
	defer limit.Stop()
	look := time.NewTicker(pollEvery)
	defer look.Stop()
	for !ready(c.pid()) {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-c.ended:
			return fmt.Errorf("%s ended at once: %s", c.name, c.out)
		case <-limit.C:
			return fmt.Errorf("%s did not answer within %s: %s", c.name, startPatience, c.out)
		case <-look.C:
		}
	}
	return nil
}

func (c *child) pid() int {
	if c == nil {
		return 0
	}
	return c.cmd.Process.Pid
}

func (c *child) stop() error {
	if c == nil {
		return nil
	}
	if err := c.cmd.Process.Signal(c.quit); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("ending %s: %w", c.name, err)
	}
	limit := time.NewTimer(stopPatience)
	defer limit.Stop()
	select {
	case <-c.ended:
		return nil
	case <-limit.C:
	}
	// Its process group: Redis may have a child that saves.
	err := syscall.Kill(-c.pid(), syscall.SIGKILL)
	<-c.ended
	return errors.Join(fmt.Errorf("%s did not end within %s and was killed", c.name, stopPatience), err)
}

// tail keeps the end of what is written to it and passes everything on.
type tail struct {
	mu   sync.Mutex
	next io.Writer
	kept []byte
}

// Write never fails: a server must not stop because its log cannot be kept.
func (t *tail) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.kept = append(t.kept, b...)
	if over := len(t.kept) - tailSize; over > 0 {
		t.kept = append(t.kept[:0], t.kept[over:]...)
	}
	if t.next != nil {
		_, _ = t.next.Write(b)
	}
	return len(b), nil
}

// String is the kept end, for an error.
func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return strings.TrimSpace(string(t.kept))
}
