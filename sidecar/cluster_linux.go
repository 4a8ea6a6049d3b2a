package sidecar

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const (
	slots = 16384 // Redis Cluster spreads keys over so many
	// nodePatience is the time after which nodes take each other for dead; on a busy
	// machine a short one would end a cluster that is well.
	nodePatience = time.Minute
)

// node is one master of a private Redis Cluster. Clusters speak TCP only.
type node struct {
	child     *child
	port, bus int
}

func (n node) address() string { return net.JoinHostPort(loopback, strconv.Itoa(n.port)) }

const loopback = "127.0.0.1"

// startCluster starts masters and joins them; each gets an equal part of the slots.
func startCluster(ctx context.Context, s *starter, p *place, o Options) (nodes []node, err error) {
	server, err := findRedis()
	if err != nil {
		return nil, err
	}
	for i := range o.RedisNodes {
		n, err := startNode(ctx, s, p, server, i, o)
		if err != nil {
			return nodes, err
		}
		nodes = append(nodes, n)
	}
	for i, n := range nodes {
		from, to := i*slots/len(nodes), (i+1)*slots/len(nodes)-1
		orders := []string{fmt.Sprintf("CLUSTER ADDSLOTSRANGE %d %d", from, to), fmt.Sprintf("CLUSTER SET-CONFIG-EPOCH %d", i+1)}
		if i > 0 {
			orders = append(orders, fmt.Sprintf("CLUSTER MEET %s %d %d", loopback, nodes[0].port, nodes[0].bus))
		}
		for _, order := range orders {
			if answer, err := n.ask(ctx, order); err != nil || !strings.HasPrefix(answer, "+OK") {
				return nodes, fmt.Errorf("%q answered %q: %w", order, answer, err)
			}
		}
	}
	for _, n := range nodes {
		if err := n.child.await(ctx, func(int) bool { return n.joined(ctx, len(nodes)) }); err != nil {
			return nodes, err
		}
	}
	return nodes, nil
}

// startNode starts one master. A port that was free a moment ago may be taken by
// somebody else, so a few are tried.
func startNode(ctx context.Context, s *starter, p *place, server string, i int, o Options) (n node, err error) {
	dir := filepath.Join(p.base, redisFolder+strconv.Itoa(i+1))
	if err := p.folder(dir); err != nil {
		return n, err
	}
	const attempts = 5
	for range attempts {
		if n.port, n.bus, err = freePorts(ctx); err != nil {
			return n, err
		}
		cmd := command(p, syscall.SIGTERM, server,
			"--bind", loopback, "--port", strconv.Itoa(n.port), "--cluster-port", strconv.Itoa(n.bus),
			"--cluster-enabled", "yes", "--cluster-node-timeout", strconv.FormatInt(nodePatience.Milliseconds(), 10),
			"--dir", dir, "--daemonize", "no", "--appendonly", "no", "--save", "", "--loglevel", "warning")
		n.child, err = startChild(ctx, s, "a node of Redis", cmd, o.Log, func(int) bool {
			answer, err := n.ask(ctx, "PING")
			return err == nil && strings.HasPrefix(answer, "+PONG")
		})
		if err == nil || ctx.Err() != nil {
			return n, err
		}
		if err := os.Remove(filepath.Join(dir, "nodes.conf")); err != nil && !os.IsNotExist(err) {
			return n, fmt.Errorf("clearing a node of Redis: %w", err)
		}
	}
	return n, err
}

// freePorts finds two ports nobody listens at.
func freePorts(ctx context.Context) (one, other int, err error) {
	first, one, err := anyPort(ctx)
	if err != nil {
		return 0, 0, err
	}
	defer first.Close()
	second, other, err := anyPort(ctx) // while the first is taken, so it is another
	if err != nil {
		return 0, 0, err
	}
	return one, other, second.Close()
}

func anyPort(ctx context.Context) (net.Listener, int, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", net.JoinHostPort(loopback, "0"))
	if err != nil {
		return nil, 0, fmt.Errorf("looking for a port: %w", err)
	}
	return l, l.Addr().(*net.TCPAddr).Port, nil //nolint:errcheck // a listener of tcp has such an address
}

// joined reports whether the node knows all others and serves all slots.
func (n node) joined(ctx context.Context, all int) bool {
	info, err := n.ask(ctx, "CLUSTER INFO")
	return err == nil && strings.Contains(info, "cluster_state:ok") && strings.Contains(info, fmt.Sprintf("cluster_known_nodes:%d\r", all)) &&
		strings.Contains(info, fmt.Sprintf("cluster_size:%d\r", all))
}

// ask sends one line and reads the answer as it stands.
func (n node) ask(ctx context.Context, line string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, pingPatience)
	defer cancel()
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", n.address())
	if err != nil {
		return "", err
	}
	defer conn.Close()
	deadline, _ := ctx.Deadline()
	if err := conn.SetDeadline(deadline); err != nil {
		return "", err
	}
	if _, err := conn.Write([]byte(line + "\r\n")); err != nil {
		return "", err
	}
	r := bufio.NewReader(conn)
	head, err := r.ReadString('\n')
	if err != nil || !strings.HasPrefix(head, "$") {
		return head, err
	}
	size, err := strconv.Atoi(strings.TrimSpace(head[1:]))
	if err != nil || size < 0 {
		return head, err
	}
	body := make([]byte, size)
	for at := 0; at < size; {
		got, err := r.Read(body[at:])
		if err != nil {
			return "", err
		}
		at += got
	}
	return string(body), nil
}

// clusterURL names all nodes: redis+cluster://host:port,host:port.
func clusterURL(nodes []node) string {
	var hosts []string
	for _, n := range nodes {
		hosts = append(hosts, n.address())
	}
	return (&url.URL{Scheme: "redis+cluster", Host: strings.Join(hosts, ",")}).String()
}
