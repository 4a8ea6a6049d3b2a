package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync/atomic"

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

// askRedis proves that Redis answers, every master of a cluster, and tells what it is.
func (a *app) askRedis(ctx context.Context) (string, error) {
	cluster, ok := a.redis.(*redis.ClusterClient)
	if !ok {
		return "answers", a.redis.Ping(ctx).Err()
	}
	var masters atomic.Int32
	err := cluster.ForEachMaster(ctx, func(ctx context.Context, c *redis.Client) error {
		masters.Add(1)
		return c.Ping(ctx).Err()
	})
	return fmt.Sprintf("answers, a cluster of %d masters", masters.Load()), err
}
