package sidecar

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"sync"
)

// Servers are the running children. Its methods may be called from any goroutine.
type Servers struct {
	place    *place
	start    *starter
	postgres *child // nil = not asked for
	redis    *child
	nodes    []node // of a Redis Cluster
	stop     sync.Once
	stopErr  error
}

// Start starts the servers of o and returns when they answer. ctx bounds the
// start only; the servers run until Stop or the end of the program. On an error
// nothing is left running.
func Start(ctx context.Context, o Options) (_ *Servers, err error) {
	account, err := unprivileged()
	if err != nil {
		return nil, err
	}
	p, err := openPlace(o.Dir, account, o.Memory)
	if err != nil {
		return nil, err
	}
	s := &Servers{place: p, start: newStarter()}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.Stop())
		}
	}()
	if o.RedisNodes > 0 && o.Dir != "" {
		return nil, errors.New("a private Redis Cluster lives in a temporary folder only")
	}
	if err = p.clearLeftovers(ctx); err != nil {
		return nil, err
	}
	if o.Postgres {
		if s.postgres, err = startPostgres(ctx, s.start, p, o); err != nil {
			return nil, fmt.Errorf("starting a private Postgres: %w", err)
		}
	}
	if o.Redis {
		if s.redis, err = startRedis(ctx, s.start, p, o); err != nil {
			return nil, fmt.Errorf("starting a private Redis: %w", err)
		}
	}
	if o.RedisNodes > 0 {
		if s.nodes, err = startCluster(ctx, s.start, p, o); err != nil {
			return nil, fmt.Errorf("starting a private Redis Cluster: %w", err)
		}
	}
	return s, nil
}

// DatabaseURL is the address of the database, as pgx reads it; "" when no
// Postgres was asked for.
func (s *Servers) DatabaseURL() string {
	if s.postgres == nil {
		return ""
	}
	// The port is written out, or PGPORT of the environment would name another file.
	q := url.Values{"host": {s.place.sockets}, "port": {postgresPort}, "sslmode": {"disable"}}
	u := url.URL{Scheme: "postgres", User: url.User(superuser), Path: "/" + database, RawQuery: q.Encode()}
	return u.String()
}

// RedisURL is the address of Redis, as go-redis reads it; "" when no Redis was
// asked for.
func (s *Servers) RedisURL() string {
	if s.redis == nil {
		return ""
	}
	return (&url.URL{Scheme: "unix", Path: s.place.redisSocket()}).String()
}

// ClusterURL names the nodes of the Redis Cluster, redis+cluster://host:port,…; "" when
// none was asked for.
func (s *Servers) ClusterURL() string {
	if len(s.nodes) == 0 {
		return ""
	}
	return clusterURL(s.nodes)
}

// PostgresPID is the process of Postgres, 0 when there is none.
func (s *Servers) PostgresPID() int { return s.postgres.pid() }

// RedisPID is the process of Redis, 0 when there is none.
func (s *Servers) RedisPID() int { return s.redis.pid() }

// Stop ends the servers in order (Postgres by a fast shutdown) and gives the
// folder free. A server that does not end in time is killed and reported. A
// second call does nothing.
func (s *Servers) Stop() error {
	s.stop.Do(func() {
		s.stopErr = errors.Join(s.postgres.stop(), s.redis.stop())
		for _, n := range s.nodes {
			s.stopErr = errors.Join(s.stopErr, n.child.stop())
		}
		s.start.close()
		s.stopErr = errors.Join(s.stopErr, s.place.close())
	})
	return s.stopErr
}
