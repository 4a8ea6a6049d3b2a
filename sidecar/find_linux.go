package sidecar

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// binaryFolderVar names the folder of the Postgres programs, for installations
// that keep them in a place of their own.
const binaryFolderVar = "TINBAO_PG_BIN"

// oldestPostgres is the first version the migrations are written for.
const oldestPostgres = 15

// debianFolders is where Debian and Ubuntu keep the programs of each version.
const debianFolders = "/usr/lib/postgresql/*/bin"

type postgresBinaries struct {
	initdb, postgres string
	major            int
}

// findPostgres chooses the programs: $TINBAO_PG_BIN, else a folder of PATH, else
// the newest of Debian's. Data that exists is opened by its own version only.
func findPostgres(ctx context.Context, data string) (postgresBinaries, error) {
	wanted, err := versionOf(data)
	if err != nil {
		return postgresBinaries{}, err
	}
	var found []postgresBinaries
	if own := os.Getenv(binaryFolderVar); own != "" {
		b, err := inspect(ctx, own, true)
		if err != nil {
			return b, fmt.Errorf("%s=%s: %w", binaryFolderVar, own, err)
		}
		found = append(found, b)
	} else {
		for _, dir := range candidates() {
			if b, err := inspect(ctx, dir, false); err == nil {
				found = append(found, b)
			}
		}
	}
	for _, b := range found {
		if b.major >= oldestPostgres && (wanted == 0 || b.major == wanted) {
			return b, nil
		}
	}
	if err := ctx.Err(); err != nil { // the programs were not asked to the end
		return postgresBinaries{}, err
	}
	if len(found) > 0 && wanted != 0 {
		return postgresBinaries{}, fmt.Errorf("the data in %s is of PostgreSQL %d, which is %w (found %d): apt-get install -y postgresql-%d, or remove the data", data, wanted, ErrMissing, found[0].major, wanted)
	}
	return postgresBinaries{}, fmt.Errorf("PostgreSQL %d or newer is %w: apt-get install -y postgresql", oldestPostgres, ErrMissing)
}

// versionOf is the major version that made a data folder, 0 for none.
func versionOf(data string) (int, error) {
	b, err := os.ReadFile(filepath.Join(data, "PG_VERSION"))
	if err != nil {
		return 0, nil //nolint:nilerr // no data yet, or not ours to read: the lock tells later
	}
	v, err := strconv.Atoi(strings.TrimSpace(string(b)))
	if err != nil {
		return 0, fmt.Errorf("%s is not a version of PostgreSQL: %w", filepath.Join(data, "PG_VERSION"), err)
	}
	return v, nil
}

// candidates lists folders in the order of preference.
func candidates() []string {
	dirs := filepath.SplitList(os.Getenv("PATH"))
	debian, _ := filepath.Glob(debianFolders) // the pattern is a constant and right
	slices.SortFunc(debian, func(a, b string) int { return majorIn(b) - majorIn(a) })
	return append(dirs, debian...)
}

func majorIn(dir string) int {
	v, _ := strconv.Atoi(filepath.Base(filepath.Dir(dir))) // not a number = oldest
	return v
}

var versionLine = regexp.MustCompile(`PostgreSQL\)? (\d+)`)

// inspect looks for both programs in a folder. Links are followed, because
// initdb looks for postgres beside itself; scripts are refused unless the folder
// was named by a person, because a wrapper chooses a cluster by itself.
func inspect(ctx context.Context, dir string, scripts bool) (postgresBinaries, error) {
	initdb, err := filepath.EvalSymlinks(filepath.Join(dir, "initdb"))
	if err != nil {
		return postgresBinaries{}, err
	}
	b := postgresBinaries{initdb: initdb, postgres: filepath.Join(filepath.Dir(initdb), "postgres")}
	for _, path := range []string{b.initdb, b.postgres} {
		if isScript, err := script(path); err != nil {
			return b, err
		} else if isScript && !scripts {
			return b, fmt.Errorf("%s is a script", path)
		}
	}
	cmd := exec.CommandContext(ctx, b.postgres, "--version")
	cmd.Dir = "/"
	out, err := cmd.Output()
	if err != nil {
		return b, fmt.Errorf("asking %s for its version: %w", b.postgres, err)
	}
	m := versionLine.FindSubmatch(out)
	if m == nil {
		return b, fmt.Errorf("%s tells no version", b.postgres)
	}
	b.major, err = strconv.Atoi(string(m[1]))
	return b, err
}

func script(path string) (bool, error) {
	f, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer f.Close()
	head := make([]byte, 2)
	if _, err := io.ReadFull(f, head); err != nil {
		return false, err
	}
	return bytes.Equal(head, []byte("#!")), nil
}

func findRedis() (string, error) {
	path, err := exec.LookPath("redis-server")
	if err != nil {
		return "", fmt.Errorf("redis-server is %w: apt-get install -y redis-server", ErrMissing)
	}
	return filepath.Abs(path)
}
