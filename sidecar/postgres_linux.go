package sidecar

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// The account and the database that are made.
const (
	superuser = "tinbao"
	database  = "tinbao"
)

// Settings of every start. Several replicas and a load test share one server,
// hence the connections; statements and values never reach the log.
var postgresSettings = []string{
	"listen_addresses=", "unix_socket_permissions=0700", "port=" + postgresPort,
	"max_connections=200", "shared_buffers=128MB",
	"timezone=UTC", "log_destination=stderr", "logging_collector=off",
	"log_statement=none", "log_min_error_statement=panic", "log_error_verbosity=terse",
}

// fastSettings lose data when the machine stops, and nothing otherwise. The journal
// can be read back row by row, for as many databases at once as tests run side by side.
var fastSettings = []string{
	"fsync=off", "synchronous_commit=off", "full_page_writes=off",
	"wal_level=logical", "max_replication_slots=100",
}

func startPostgres(ctx context.Context, s *starter, p *place, o Options) (*child, error) {
	bin, err := findPostgres(ctx, p.postgres())
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(p.postgres()); errors.Is(err, os.ErrNotExist) {
		if err := createCluster(ctx, s, p, bin, o.Fast); err != nil {
			return nil, err
		}
	}
	if err := p.give(p.postgres()); err != nil {
		return nil, err
	}
	args := []string{"-D", p.postgres(), "-c", "unix_socket_directories=" + p.sockets}
	settings := postgresSettings
	if o.Fast {
		settings = slices.Concat(settings, fastSettings)
	}
	for _, setting := range settings {
		args = append(args, "-c", setting)
	}
	// SIGINT is the fast shutdown: sessions are ended, everything is written.
	cmd := command(p, syscall.SIGINT, bin.postgres, args...)
	return startChild(ctx, s, "Postgres", cmd, o.Log, func(pid int) bool {
		return postmasterReady(filepath.Join(p.postgres(), "postmaster.pid"), pid)
	})
}

// createCluster makes the data folder under another name and renames it, so that
// a folder under the right name is always whole.
func createCluster(ctx context.Context, s *starter, p *place, bin postgresBinaries, fast bool) error {
	fresh := filepath.Join(p.base, freshFolder)
	if err := p.folder(fresh); err != nil {
		return err
	}
	// trust: only the owner of the private socket folder, and root, get this far.
	args := []string{"-D", fresh, "-U", superuser, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"}
	if fast {
		args = append(args, "--no-sync")
	}
	if err := run(ctx, s, command(p, syscall.SIGKILL, bin.initdb, args...)); err != nil {
		return fmt.Errorf("initdb: %w", err)
	}
	// Single-user mode needs neither a socket nor a client.
	create := command(p, syscall.SIGKILL, bin.postgres, "--single", "-D", fresh, "-c", "log_min_messages=fatal", "postgres")
	create.Stdin = strings.NewReader("create database " + database + ";\n")
	if err := run(ctx, s, create); err != nil {
		return fmt.Errorf("creating the database: %w", err)
	}
	return os.Rename(fresh, p.postgres())
}

// postmasterReady reads the file as pg_ctl does: line 1 is the process, line 8
// its state. A data folder that was made as a standby's answers as one.
func postmasterReady(file string, pid int) bool {
	const stateLine = 7
	b, err := os.ReadFile(file)
	if err != nil {
		return false
	}
	lines := strings.Split(string(b), "\n")
	if len(lines) <= stateLine || strings.TrimSpace(lines[0]) != strconv.Itoa(pid) {
		return false
	}
	state := strings.TrimSpace(lines[stateLine])
	return state == "ready" || state == "standby"
}
