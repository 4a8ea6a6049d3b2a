//go:build !linux

package sidecar

import "context"

// Servers are the running children.
type Servers struct{}

// Start always fails here.
func Start(context.Context, Options) (*Servers, error) { return nil, ErrUnsupported }

// DatabaseURL is empty.
func (*Servers) DatabaseURL() string { return "" }

// RedisURL is empty.
func (*Servers) RedisURL() string { return "" }

// ClusterURL is empty.
func (*Servers) ClusterURL() string { return "" }

// PostgresPID is 0.
func (*Servers) PostgresPID() int { return 0 }

// RedisPID is 0.
func (*Servers) RedisPID() int { return 0 }

// Stop has nothing to do.
func (*Servers) Stop() error { return nil }
