package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// machine tells what the numbers were measured on.
func machine(ctx context.Context, b *bench) error {
	t := b.page.table("Machine", "fact", "value")
	t.row("processor", fmt.Sprintf("%s, %d cores", field("/proc/cpuinfo", "model name"), runtime.NumCPU()))
	t.row("memory", field("/proc/meminfo", "MemTotal"))
	t.row("load before the run", firstWords("/proc/loadavg", 3))
	t.row("kernel", firstWords("/proc/sys/kernel/osrelease", 1))
	t.row("Go", runtime.Version())
	if err := with(ctx, b.servers.DatabaseURL(), func(conn *pgx.Conn) error {
		var version, sync string
		if err := conn.QueryRow(ctx, "select current_setting('server_version'), current_setting('wal_sync_method')").Scan(&version, &sync); err != nil {
			return fmt.Errorf("asking Postgres: %w", err)
		}
		t.row("Postgres", version+", fsync on, "+sync)
		return nil
	}); err != nil {
		return err
	}
	times, err := syncs(b.dir)
	if err != nil {
		return err
	}
	t.row("fdatasync of 8 kB", fmt.Sprintf("p50 %s, p99 %s", ms(times.at(p50)), ms(times.at(p99))))
	t.note = "The people, the simulated Telegram, Postgres, Redis and the measured bot share this machine."
	return nil
}

// syncs measures how long the disk takes to keep a page, as commits wait for it.
func syncs(dir string) (times spread, err error) {
	const page, long, most = 8 << 10, time.Second, 16 << 20
	f, err := os.Create(filepath.Join(dir, "sync"))
	if err != nil {
		return nil, fmt.Errorf("measuring the disk: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close(), os.Remove(f.Name())) }()
	if _, err := f.Write(make([]byte, most)); err != nil { // so that its length does not change
		return nil, fmt.Errorf("measuring the disk: %w", err)
	}
	if err := f.Sync(); err != nil {
		return nil, fmt.Errorf("measuring the disk: %w", err)
	}
	block := make([]byte, page)
	for end, at := time.Now().Add(long), int64(0); time.Now().Before(end); at = (at + page) % most {
		began := time.Now()
		_, err := f.WriteAt(block, at)
		if err = errors.Join(err, syscall.Fdatasync(int(f.Fd()))); err != nil {
			return nil, fmt.Errorf("measuring the disk: %w", err)
		}
		times = append(times, time.Since(began))
	}
	return times, nil
}

// field is the value of the first line of a name in a file of /proc, "?" without one.
func field(path, name string) string {
	raw, err := os.ReadFile(path)
	if err != nil {
		return "?"
	}
	for line := range strings.SplitSeq(string(raw), "\n") {
		if key, value, found := strings.Cut(line, ":"); found && strings.TrimSpace(key) == name {
			return strings.TrimSpace(value)
		}
	}
	return "?"
}

// firstWords are the first words of a file, "?" when it cannot be read.
func firstWords(path string, n int) string {
	raw, err := os.ReadFile(path)
	if err != nil {
		return "?"
	}
	words := strings.Fields(string(raw))
	return strings.Join(words[:min(n, len(words))], " ")
}
