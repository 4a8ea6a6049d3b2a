// Package sidecar starts private Postgres and Redis servers as child processes,
// for the demo and for tests. A ward in earnest gives tinbao the addresses of
// its own servers and never meets this package.
//
// What it holds to:
//
//   - Nothing listens on the network: both servers have one unix socket each, in
//     a folder with mode 0700. Postgres trusts whoever can open that socket,
//     which is the user the server runs as, and root.
//   - The children end with the program, even when it is killed with SIGKILL: the
//     kernel sends each a signal when the OS thread that started it ends, so one
//     goroutine locked to its thread starts them all and lives until Stop.
//   - A terminal's Ctrl-C does not reach them (own process groups): the program
//     drains first and then calls Stop.
//   - Started by root, they run as the unprivileged account postgres (else redis
//     or nobody), as Postgres itself demands.
//   - Two programs never share a data folder: it is locked while in use. What a
//     killed run left behind is cleared away, not a reason to fail.
//   - They see a small environment of their own: no token and no key of the
//     program reaches them, and Postgres is told to log neither statements nor
//     values.
//
// It works on Linux; elsewhere Start says so.
package sidecar
