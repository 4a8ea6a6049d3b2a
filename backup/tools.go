package backup

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// FolderVar names the folder of Postgres' programs, for installations that keep them in
// a place of their own.
const FolderVar = "TINBAO_PG_BIN"

// debianFolders is where Debian and Ubuntu keep the programs of each version.
const debianFolders = "/usr/lib/postgresql/*/bin"

// ErrNoTools tells that Postgres' programs are not on this machine.
var ErrNoTools = errors.New("pg_dump and pg_restore are missing")

// Tools are pg_dump and pg_restore of one version.
type Tools struct {
	dump, restore string
	major         int
}

// Major is their major version.
func (t Tools) Major() int { return t.major }

// FindTools looks for programs of Postgres that can speak with a server of a version:
// in $TINBAO_PG_BIN, or else in PATH and Debian's folders. Those of the very version
// are taken, else the oldest newer ones.
func FindTools(ctx context.Context, major int) (Tools, error) {
	folders := filepath.SplitList(os.Getenv("PATH"))
	debian, _ := filepath.Glob(debianFolders) // the pattern is a constant and right
	folders = append(folders, debian...)
	if own := os.Getenv(FolderVar); own != "" {
		folders = []string{own}
	}
	var found []Tools
	for _, dir := range folders {
		if t, ok := inspect(ctx, dir); ok && t.major >= major {
			found = append(found, t)
		}
	}
	if err := ctx.Err(); err != nil { // the programs were not asked to the end
		return Tools{}, err
	}
	if len(found) == 0 {
		return Tools{}, fmt.Errorf("%w, or older than needed (PostgreSQL %d): apt-get install -y postgresql-client-%d, or name their folder", ErrNoTools, major, major)
	}
	return slices.MinFunc(found, func(a, b Tools) int { return a.major - b.major }), nil
}

var versionLine = regexp.MustCompile(`PostgreSQL\)? (\d+)`)

// inspect asks the programs of a folder for their version. Both are asked, because a
// wrapper of a distribution may be there without what it wraps.
func inspect(ctx context.Context, dir string) (Tools, bool) {
	t := Tools{dump: filepath.Join(dir, "pg_dump"), restore: filepath.Join(dir, "pg_restore")}
	for _, path := range []string{t.dump, t.restore} {
		if !filepath.IsAbs(path) {
			return t, false
		}
		cmd := exec.CommandContext(ctx, path, "--version")
		cmd.Dir = "/"
		out, err := cmd.Output()
		m := versionLine.FindSubmatch(out)
		if err != nil || m == nil {
			return t, false
		}
		v, err := strconv.Atoi(string(m[1]))
		if err != nil || t.major != 0 && v != t.major {
			return t, false
		}
		t.major = v
	}
	return t, true
}

// Dump writes everything that stood in a database in an exported snapshot to w, in the
// custom format, and leaves out tables that a crash would empty. What is sealed cannot be
// compressed; the least level undoes that it is written in hex, and more only takes time.
func (t Tools) Dump(ctx context.Context, address, snapshot string, w io.Writer) error {
	target, secret := split(address)
	return run(ctx, secret, nil, w, nil, t.dump, "--format=custom", "--compress=1", "--no-unlogged-table-data", "--no-password",
		"--snapshot="+snapshot, "--dbname="+target)
}

// Toc is the table of contents of a dump, as pg_restore reads it again.
type Toc []byte

// defaultACL are entries that only the account which owned the database could restore.
var defaultACL = regexp.MustCompile(`(?m)^\d+; \d+ \d+ DEFAULT ACL .*\n`)

// portable is the table of contents without what belongs to one account.
func (t Toc) portable() []byte { return defaultACL.ReplaceAll(t, nil) }

// List reads the table of contents of the dump that comes from r. It may end before r
// does.
func (t Tools) List(ctx context.Context, r io.Reader) (Toc, error) {
	var out bytes.Buffer
	if err := run(ctx, "", r, &out, nil, t.restore, "--list"); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// Restore puts the dump that comes from r into a database, in one transaction: all of
// it or nothing. Everything belongs to the account of the address.
func (t Tools) Restore(ctx context.Context, address string, toc Toc, r io.Reader) error {
	target, secret := split(address)
	return run(ctx, secret, r, io.Discard, toc.portable(), t.restore, "--use-list=/dev/fd/3", "--single-transaction", "--exit-on-error",
		"--no-owner", "--no-password", "--dbname="+target)
}

const (
	farewell  = 2 * time.Second // how long a program that ended may hold its pipes
	complaint = 4096            // bytes of what a program complains that are kept
)

// run runs a program of Postgres. third is what it reads from descriptor 3, nil = nothing.
func run(ctx context.Context, secret string, in io.Reader, out io.Writer, third []byte, name string, args ...string) (err error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = "/"
	// Nothing of the caller's settings is handed on but how to find a password or a key.
	cmd.Env = append(inherited("HOME", "PGPASSFILE", "PGSSLROOTCERT", "PGSSLCERT", "PGSSLKEY", "PGSSLMODE"), "LC_ALL=C.UTF-8", "PATH=/usr/bin:/bin")
	if secret != "" {
		cmd.Env = append(cmd.Env, "PGPASSWORD="+secret)
	}
	said := &tail{}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = in, out, said
	cmd.WaitDelay = farewell
	if third != nil {
		reading, writing, err := os.Pipe()
		if err != nil {
			return fmt.Errorf("a pipe: %w", err)
		}
		defer reading.Close()
		cmd.ExtraFiles = []*os.File{reading}
		fed := make(chan struct{})
		go func() {
			defer close(fed)
			defer writing.Close()
			_, _ = writing.Write(third) // a program that reads no more says so itself
		}()
		defer func() { reading.Close(); <-fed }()
	}
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			return fmt.Errorf("%s: %s", filepath.Base(name), said.first())
		}
		return fmt.Errorf("%s: %w", filepath.Base(name), err)
	}
	return nil
}

func inherited(names ...string) (env []string) {
	for _, name := range names {
		if value, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+value)
		}
	}
	return env
}

// tail keeps the beginning of what a program complains.
type tail struct{ buf bytes.Buffer }

// Write takes everything and keeps some of it.
func (t *tail) Write(p []byte) (int, error) {
	if room := complaint - t.buf.Len(); room > 0 {
		t.buf.Write(p[:min(room, len(p))])
	}
	return len(p), nil
}

// first is the line with the error: what follows may quote rows.
func (t *tail) first() string {
	for text := range strings.Lines(t.buf.String()) {
		if _, why, ok := strings.Cut(text, "error: "); ok {
			return strings.TrimSpace(why)
		}
	}
	return "it failed and did not say why"
}

// passwordField is a password in an address of the form "host=… password=…".
var passwordField = regexp.MustCompile(`(?:^|\s)password\s*=\s*('(?:[^'\\]|\\.)*'|\S*)`)

// split takes the password out of an address, because what a program is called with can
// be read by everybody on the machine, and what only this program understands.
func split(address string) (rest, password string) {
	u, err := url.Parse(address)
	if err == nil && (u.Scheme == "postgres" || u.Scheme == "postgresql") {
		if u.User != nil {
			password, _ = u.User.Password()
			u.User = url.User(u.User.Username())
		}
		query := u.Query()
		if p := query.Get("password"); p != "" {
			password = p
		}
		for name := range query {
			if name == "password" || strings.HasPrefix(name, "pool_") || strings.HasPrefix(name, "default_query") || strings.HasSuffix(name, "_cache_capacity") {
				query.Del(name)
			}
		}
		u.RawQuery = strings.ReplaceAll(query.Encode(), "+", "%20") // libpq knows no other space
		return u.String(), password
	}
	if m := passwordField.FindStringSubmatch(address); m != nil {
		password = strings.NewReplacer(`\'`, `'`, `\\`, `\`).Replace(strings.Trim(m[1], "'"))
	}
	return passwordField.ReplaceAllString(address, ""), password
}
