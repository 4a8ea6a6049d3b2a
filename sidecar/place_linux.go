package sidecar

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Names in the data folder. Nothing else may stand in it.
const (
	postgresFolder  = "pg"
	freshFolder     = "pg.new" // a Postgres folder that is being made
	redisFolder     = "redis"
	redisSocketName = "redis.sock"
	postgresPort    = "5432" // only a part of the socket's name
	postgresSocket  = ".s.PGSQL." + postgresPort
	lockFile        = "lock"
	elsewhereFile   = "elsewhere" // holds the path of the folder that is used instead
	socketsFile     = "sockets"   // holds the path of the folder for the sockets
)

var ourNames = []string{
	postgresFolder, freshFolder, redisFolder, redisSocketName,
	postgresSocket, postgresSocket + ".lock", lockFile, elsewhereFile, socketsFile,
}

const (
	// longestSocket leaves room below the kernel's 107 bytes.
	longestSocket = 100
	// awkward are letters that Postgres reads as separators in a list of folders.
	awkward = `," `
	private = 0o700
	// passable lets the servers' account through the folders above, and see nothing.
	passable = 0o711
)

// place is the data folder of one run, locked.
type place struct {
	account   account
	parent    string // of temporary folders
	base      string // where the data is
	sockets   string // where the sockets are
	lock      *os.File
	temporary bool // base is removed in the end
}

func (p *place) postgres() string    { return filepath.Join(p.base, postgresFolder) }
func (p *place) redis() string       { return filepath.Join(p.base, redisFolder) }
func (p *place) redisSocket() string { return filepath.Join(p.sockets, redisSocketName) }

// openPlace makes or reopens the data folder, locks it, and finds folders that
// the servers' account can reach.
func openPlace(dir string, a account, memory bool) (_ *place, err error) {
	p := &place{account: a, parent: os.TempDir()}
	if memory && dir == "" && roomInMemory(a) {
		p.parent = memoryFolder
		clearMemory(a)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, p.close())
		}
	}()
	if dir == "" {
		p.temporary = true
		if p.base, err = p.temporaryFolder(); err != nil {
			return nil, err
		}
		dir = p.base
	} else {
		if dir, err = filepath.Abs(dir); err != nil {
			return nil, fmt.Errorf("data folder: %w", err)
		}
		if err = p.open(dir); err != nil {
			return nil, err
		}
	}
	p.sockets = p.base
	if len(filepath.Join(p.base, postgresSocket)) > longestSocket || strings.ContainsAny(p.base, awkward) {
		if p.sockets, err = p.recorded(filepath.Join(dir, socketsFile)); err != nil {
			return nil, err
		}
	}
	if long := filepath.Join(p.sockets, postgresSocket); len(long) > longestSocket || strings.ContainsAny(long, awkward) {
		return nil, fmt.Errorf("the path of a socket, %q, is too long or has letters Postgres cannot take: choose another TMPDIR", long)
	}
	return p, nil
}

// open takes a folder that was named and decides where the data goes.
func (p *place) open(dir string) error {
	if err := os.MkdirAll(filepath.Dir(dir), passable); err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	if err := os.Mkdir(dir, private); err != nil && !errors.Is(err, os.ErrExist) {
		return fmt.Errorf("data folder: %w", err)
	}
	dir, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	for _, e := range entries {
		if !slices.Contains(ourNames, e.Name()) {
			return fmt.Errorf("data folder %s holds %s, which is not ours: give the servers a folder of their own", dir, e.Name())
		}
	}
	if err := p.takeLock(filepath.Join(dir, lockFile)); err != nil {
		return err
	}
	if blocked(filepath.Dir(dir), p.account) == "" {
		p.base = dir
		return p.give(dir)
	}
	p.base, err = p.recorded(filepath.Join(dir, elsewhereFile))
	return err
}

func (p *place) takeLock(path string) error {
	// O_NOFOLLOW: root must not write through a link the servers' account made.
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|syscall.O_NOFOLLOW, 0o600)
	if err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		holder, _ := io.ReadAll(io.LimitReader(f, 20)) // only to say who; may be empty
		return errors.Join(fmt.Errorf("%w: %s is used by process %s", ErrInUse, filepath.Dir(path), holder), f.Close())
	}
	p.lock = f
	if err := f.Truncate(0); err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	if _, err := f.WriteAt([]byte(strconv.Itoa(os.Getpid())), 0); err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	return nil
}

// give makes a folder private to the servers' account.
func (p *place) give(dir string) error {
	info, err := os.Stat(dir)
	if err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	switch st, ok := info.Sys().(*syscall.Stat_t); {
	case p.account.owns(info):
	case ok && p.account.change && st.Uid == 0:
		if err := os.Chown(dir, p.account.uid, p.account.gid); err != nil {
			return fmt.Errorf("data folder: %w", err)
		}
	default:
		return fmt.Errorf("data folder %s belongs to another account: start the program as that account, or choose another folder", dir)
	}
	if err := os.Chmod(dir, private); err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	return nil
}

// blocked is the first folder on the way to dir that the account cannot pass.
func blocked(dir string, a account) string {
	for {
		info, err := os.Stat(dir)
		if err != nil || !a.mayEnter(info) {
			return dir
		}
		if dir == filepath.Dir(dir) {
			return ""
		}
		dir = filepath.Dir(dir)
	}
}

// recorded is the folder a file names, or a new temporary one, which the file
// will name from now on. A folder somebody else could have made is not taken.
func (p *place) recorded(file string) (string, error) {
	if b, err := os.ReadFile(file); err == nil {
		dir := string(b)
		if info, err := os.Lstat(dir); err == nil && info.IsDir() && info.Mode().Perm() == private && p.account.owns(info) {
			return dir, nil
		}
	}
	dir, err := p.temporaryFolder()
	if err != nil {
		return "", err
	}
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_TRUNC|syscall.O_NOFOLLOW, 0o600)
	if err != nil {
		return "", errors.Join(fmt.Errorf("data folder: %w", err), os.Remove(dir))
	}
	_, err = f.WriteString(dir)
	return dir, errors.Join(err, f.Close())
}

func (p *place) temporaryFolder() (string, error) {
	if at := blocked(p.parent, p.account); at != "" {
		return "", fmt.Errorf("the servers' account cannot pass through %s: choose another TMPDIR", at)
	}
	dir, err := os.MkdirTemp(p.parent, temporaryName)
	if err != nil {
		return "", fmt.Errorf("temporary data folder: %w", err)
	}
	return dir, p.give(dir)
}

const (
	memoryFolder  = "/dev/shm" // a file system in memory, shm_overview(7)
	enoughMemory  = 2 << 30    // bytes, many times what the databases of tests take at once
	surelyStarted = 10 * time.Minute
	temporaryName = "tinbao-"
)

// roomInMemory tells whether the file system in memory is there and large enough.
func roomInMemory(a account) bool {
	const tmpfs = 0x01021994 // statfs(2)
	var fs syscall.Statfs_t
	if err := syscall.Statfs(memoryFolder, &fs); err != nil || fs.Type != tmpfs || fs.Bavail*uint64(fs.Bsize) < enoughMemory {
		return false
	}
	info, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		return false
	}
	_, rest, _ := strings.Cut(string(info), "\nMemAvailable:")
	kilobytes, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
	available, err := strconv.Atoi(kilobytes)
	return err == nil && available<<10 >= enoughMemory && blocked(memoryFolder, a) == ""
}

// clearMemory removes what runs left there that were killed: nobody would miss it, and it
// takes memory from everybody.
func clearMemory(a account) {
	left, _ := filepath.Glob(filepath.Join(memoryFolder, temporaryName+"*")) // the pattern is right
	for _, dir := range left {
		info, err := os.Lstat(dir)
		if err != nil || !info.IsDir() || !a.owns(info) || time.Since(info.ModTime()) < surelyStarted ||
			worksIn(filepath.Join(dir, postgresFolder), filepath.Join(dir, redisFolder)) != 0 {
			continue
		}
		_ = os.RemoveAll(dir) // another run may be removing it too
	}
}

// folder makes a private folder for one server.
func (p *place) folder(dir string) error {
	if err := os.Mkdir(dir, private); err != nil && !errors.Is(err, os.ErrExist) {
		return fmt.Errorf("data folder: %w", err)
	}
	return p.give(dir)
}

// clearLeftovers waits for servers of a killed run to end and removes what they
// left. We hold the lock, so whatever works in our folders is such a leftover.
// Postgres itself would refuse to start when the number of its old process has
// meanwhile been given to another one.
func (p *place) clearLeftovers(ctx context.Context) error {
	limit := time.NewTimer(stopPatience)
	defer limit.Stop()
	look := time.NewTicker(pollEvery)
	defer look.Stop()
	for {
		pid := worksIn(p.postgres(), p.redis())
		if pid == 0 {
			break
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-limit.C:
			return fmt.Errorf("%w: process %d still works in %s", ErrInUse, pid, p.base)
		case <-look.C:
		}
	}
	for _, path := range []string{
		filepath.Join(p.postgres(), "postmaster.pid"),
		filepath.Join(p.sockets, postgresSocket), filepath.Join(p.sockets, postgresSocket+".lock"),
		p.redisSocket(), filepath.Join(p.base, freshFolder),
	} {
		if err := os.RemoveAll(path); err != nil {
			return fmt.Errorf("clearing an earlier run: %w", err)
		}
	}
	return nil
}

// worksIn is a living process whose working folder is one of dirs, 0 for none.
// Both servers enter their data folder.
func worksIn(dirs ...string) int {
	links, _ := filepath.Glob("/proc/[0-9]*/cwd") // the pattern is a constant and right
	for _, link := range links {
		if at, err := os.Readlink(link); err == nil && slices.Contains(dirs, at) {
			pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(link))) // the pattern gives digits
			return pid
		}
	}
	return 0
}

// close gives the lock free and removes a temporary folder.
func (p *place) close() error {
	var errs []error
	if p.lock != nil {
		errs = append(errs, p.lock.Close())
	}
	if p.temporary && p.base != "" {
		errs = append(errs, os.RemoveAll(p.base))
		if p.sockets != p.base && p.sockets != "" {
			errs = append(errs, os.RemoveAll(p.sockets))
		}
	}
	return errors.Join(errs...)
}
