package sidecar

import (
	"context"
	"net"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// pingPatience bounds one question to a starting Redis.
const pingPatience = time.Second

func startRedis(ctx context.Context, s *starter, p *place, o Options) (*child, error) {
	server, err := findRedis()
	if err != nil {
		return nil, err
	}
	if err := p.folder(p.redis()); err != nil {
		return nil, err
	}
	// Redis holds what may be lost (design.md, Identity): a snapshot a minute at
	// most, and in tests only the one a test asks for, uncompressed so that it can be searched.
	save := []string{"--save", "60", "1"}
	if o.Fast {
		save = []string{"--save", "", "--rdbcompression", "no", "--databases", strconv.Itoa(RedisDatabases)}
	}
	args := append([]string{
		"--port", "0", "--unixsocket", p.redisSocket(), "--unixsocketperm", "700",
		"--dir", p.redis(), "--daemonize", "no", "--appendonly", "no", "--loglevel", "warning",
	}, save...)
	cmd := command(p, syscall.SIGTERM, server, args...)
	return startChild(ctx, s, "Redis", cmd, o.Log, func(int) bool { return answersPing(ctx, p.redisSocket()) })
}

// answersPing is false while Redis starts or still loads its snapshot.
func answersPing(ctx context.Context, socket string) bool {
	ctx, cancel := context.WithTimeout(ctx, pingPatience)
	defer cancel()
	conn, err := (&net.Dialer{}).DialContext(ctx, "unix", socket)
	if err != nil {
		return false
	}
	defer conn.Close()
	deadline, _ := ctx.Deadline()
	if err := conn.SetDeadline(deadline); err != nil {
		return false
	}
	if _, err := conn.Write([]byte("PING\r\n")); err != nil {
		return false
	}
	answer := make([]byte, 64)
	n, err := conn.Read(answer)
	return err == nil && strings.HasPrefix(string(answer[:n]), "+PONG")
}
