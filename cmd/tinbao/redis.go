package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"
)

// A cluster of Redis is named by its scheme, with or without TLS, and by some of its
// nodes; the others are learnt from them.
const clusterMark = "+cluster"

// redisAt makes a client for an address of Redis or of a Redis Cluster. It opens no
// connection. Keys that belong together carry a tag in braces, so that a cluster keeps
// them in one slot.
func redisAt(address string) (redis.UniversalClient, error) {
	scheme, rest, _ := strings.Cut(address, "://")
	plain, cluster := strings.CutSuffix(scheme, clusterMark)
	if !cluster {
		opt, err := redis.ParseURL(address)
		if err != nil {
			return nil, err
		}
		opt.ContextTimeoutEnabled = true // or a silent Redis holds up every message
		return redis.NewClient(opt), nil
	}
	opt, err := clusterOptions(plain, rest)
	if err != nil {
		return nil, err
	}
	opt.ContextTimeoutEnabled = true
	return redis.NewClusterClient(opt), nil
}

// clusterOptions reads what follows the scheme: user:password@host:port,host:port?option=value.
func clusterOptions(scheme, rest string) (*redis.ClusterOptions, error) {
	at := strings.LastIndex(rest, "@") + 1
	who, hosts := rest[:at], rest[at:]
	hosts, query, _ := strings.Cut(hosts, "?")
	list := strings.Split(strings.TrimSuffix(hosts, "/"), ",")
	options, err := url.ParseQuery(query)
	if err != nil {
		return nil, err
	}
	for _, host := range list {
		if host == "" || strings.Contains(host, "/") {
			return nil, errors.New("a cluster has nodes with a name or number, and no numbered databases")
		}
	}
	options["addr"] = append(options["addr"], list[1:]...)
	return redis.ParseClusterURL(scheme + "://" + who + list[0] + "?" + options.Encode())
}

// askRedis proves that Redis answers and takes writes, every master of a cluster, and tells
// what it is.
func (a *app) askRedis(ctx context.Context) (string, error) {
	cluster, ok := a.redis.(*redis.ClusterClient)
	if !ok {
		client, one := a.redis.(*redis.Client)
		if !one {
			return "answers", a.redis.Ping(ctx).Err()
		}
		return "answers and takes writes", writesRedis(ctx, client)
	}
	var masters atomic.Int32
	err := cluster.ForEachMaster(ctx, func(ctx context.Context, c *redis.Client) error {
		masters.Add(1)
		return writesRedis(ctx, c)
	})
	return fmt.Sprintf("answers and takes writes, a cluster of %d masters", masters.Load()), err
}

// A probe is written to a server under one name after another until one is kept there:
// each master of a cluster keeps a part of all names.
const (
	probeName  = "tinbao:probe:"
	mostProbes = 400
	probeKept  = 10 * time.Second
)

// writesRedis proves that one server takes writes.
func writesRedis(ctx context.Context, c *redis.Client) error {
	for i := range mostProbes {
		key := probeName + strconv.Itoa(i)
		err := c.Set(ctx, key, 1, probeKept).Err()
		if err == nil {
			return c.Del(ctx, key).Err()
		}
		if !redis.HasErrorPrefix(err, "MOVED") && !redis.HasErrorPrefix(err, "ASK") {
			return err
		}
	}
	return c.Ping(ctx).Err() // one of very many masters
}

// redisFault says in words what is wrong with Redis and what to do. The error itself may
// repeat an address.
func redisFault(err error) string {
	const limits = "; reports still arrive, limits are kept by each replica alone; "
	for prefix, what := range map[string]string{
		"OOM":      "is full and refuses writes" + limits + "raise maxmemory, or set maxmemory-policy to volatile-ttl",
		"READONLY": "is a replica that only reads and refuses writes" + limits + "let REDIS_URL name the master",
		"MISCONF":  "cannot save to its disk and refuses writes" + limits + "look at its log and its disk",
		"NOPERM":   "does not let this account write" + limits + "give it all commands and keys",
		"NOAUTH":   "asks for a password" + limits + "check REDIS_URL", "WRONGPASS": "refuses the password" + limits + "check REDIS_URL",
		"LOADING": "is reading its data and refuses commands" + limits + "wait and ask again",
	} {
		if redis.HasErrorPrefix(err, prefix) {
			return what
		}
	}
	return "does not answer" + limits + "check REDIS_URL"
}
