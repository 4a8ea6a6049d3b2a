package sidecar

import (
	"errors"
	"io"
)

// Options say which servers to start and where their data lives.
type Options struct {
	// Dir is the data folder, made when missing. It must belong to the servers
	// alone: Start refuses a folder with other things in it. "" = a temporary
	// folder that Stop removes.
	Dir string
	// Memory puts a temporary data folder into the memory of the machine when it has
	// enough to spare. Making a database is several times as fast there.
	Memory bool
	// Postgres and Redis choose the servers.
	Postgres, Redis bool
	// RedisNodes is the number of masters of a Redis Cluster beside these, 0 = none. It
	// listens on the loopback address, because clusters know no sockets of files, and
	// its data is gone with Stop, so Dir must be "".
	RedisNodes int
	// Log receives what the servers print; nil = nothing is kept.
	Log io.Writer
	// Fast gives up durability for speed: no fsync, and Redis saves nothing by
	// itself, but has RedisDatabases. What they write can be read back: Postgres decodes its journal,
	// Redis compresses no snapshot. For tests only.
	Fast bool
}

// RedisDatabases is how many databases a fast Redis has, enough for one in each test of
// a package.
const RedisDatabases = 1024

// The reasons to fail that callers may want to tell apart.
var (
	// ErrMissing means that a server is not installed; the error's text names the
	// package to install.
	ErrMissing = errors.New("not installed")
	// ErrInUse means that another living program uses the data folder.
	ErrInUse = errors.New("data folder in use")
	// ErrUnsupported means that this system cannot tie children to their parent.
	ErrUnsupported = errors.New("private servers need Linux")
)
