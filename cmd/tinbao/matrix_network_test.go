package main

import (
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"
)

// networkRows are what lies between the program and everybody else: clocks, names and
// proxies.
var networkRows = []fault{
	{name: "the clock is set forward by five hours", setup: (*yard).hookClock, run: func(y *yard) {
		y.tell(1)
		y.setClock(5 * time.Hour)
		y.tell(2)
	}},
	{name: "the clock is set back by five hours", setup: func(y *yard) {
		y.hookClock()
		y.setClock(5 * time.Hour)
	}, run: func(y *yard) {
		// What waits was kept by the clock that was ahead.
		release := y.hold(y.ctx, "edge.chats")
		done := y.telling(3)
		y.until("kept", func() bool { return y.asked(y.ctx, waitingUpdates) == 3 })
		y.setClock(0)
		release()
		done()
	}},
	{name: "the name of Telegram's host cannot be resolved", setup: (*yard).hookNames, run: func(y *yard) {
		done := y.telling(2)
		from := time.Now()
		y.names.away.Store(true)
		y.telegramWay.cut()
		y.because("connections were cut", from)
		y.until("noticed", func() bool { return strings.Contains(y.log.String(), "lookup ") })
		y.names.away.Store(false)
		done()
	}},
	{name: "the proxy goes away", setup: (*yard).throughProxy, run: func(y *yard) {
		done := y.telling(2)
		from := time.Now()
		y.telegramWay.refused()
		y.because("connections were cut", from)
		y.until("noticed", func() bool { return strings.Contains(y.log.String(), "updates stay with Telegram") })
		y.telegramWay.mend()
		done()
	}},
	{name: "the proxy refuses", setup: (*yard).throughProxy, run: func(y *yard) {
		done := y.telling(2)
		from := time.Now()
		y.refuses.Store(true)
		y.telegramWay.cut()
		y.because("connections were cut", from)
		y.until("noticed", func() bool { return strings.Contains(y.log.String(), "not in the words of the Bot API") })
		y.refuses.Store(false)
		done()
	}},
}

// hookClock gives the program a clock that can be set.
func (y *yard) hookClock() {
	y.t.Helper()
	y.clockFile = filepath.Join(y.t.TempDir(), "clock")
	y.setClock(0)
	y.hooks = append(y.hooks, childMark+"="+hooked, hookClock+y.clockFile)
}

// setClock sets the program's clock so far before the machine's.
func (y *yard) setClock(ahead time.Duration) {
	y.t.Helper()
	next := y.clockFile + ".next"
	if err := os.WriteFile(next, []byte(ahead.String()), 0o600); err != nil {
		y.t.Fatal(err)
	}
	if err := os.Rename(next, y.clockFile); err != nil {
		y.t.Fatal(err)
	}
}

// throughProxy leads the program to Telegram through a proxy.
func (y *yard) throughProxy() {
	y.t.Helper()
	to, err := url.Parse(y.telegram.URL)
	if err != nil {
		y.t.Fatal(err)
	}
	forward := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(to) }, ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)}
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if y.refuses.Load() { // as some do, in words that look like the Bot API's
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusForbidden)
			w.Write([]byte(`{"error":"forbidden by policy"}`))
			return
		}
		forward.ServeHTTP(w, r)
	}))
	y.t.Cleanup(proxy.Close)
	y.telegramWay = newRelay(y.t, "tcp", proxy.Listener.Addr().String())
	y.settings.Proxy = "http://" + y.telegramWay.address()
	y.settings.API = "http://telegram.test"
}

// nameServer answers every question for an address with this machine.
type nameServer struct {
	conn net.PacketConn
	away atomic.Bool // it answers that it cannot tell
}

// hookNames lets the program ask a name server of the test's for Telegram's address.
func (y *yard) hookNames() {
	y.t.Helper()
	conn, err := (&net.ListenConfig{}).ListenPacket(y.t.Context(), "udp", "127.0.0.1:0")
	if err != nil {
		y.t.Fatal(err)
	}
	y.names = &nameServer{conn: conn}
	ended := make(chan struct{})
	go func() { defer close(ended); y.names.serve() }()
	y.t.Cleanup(func() { conn.Close(); <-ended })
	y.telegramWay = newRelay(y.t, "tcp", strings.TrimPrefix(y.telegram.URL, "http://"))
	_, port, err := net.SplitHostPort(y.telegramWay.address())
	if err != nil {
		y.t.Fatal(err)
	}
	y.settings.API = "http://telegram.test:" + port
	y.hooks = append(y.hooks, childMark+"="+hooked, hookNames+conn.LocalAddr().String())
}

func (n *nameServer) serve() {
	question := make([]byte, 512)
	for {
		size, from, err := n.conn.ReadFrom(question)
		if err != nil {
			return
		}
		if answer := n.answer(question[:size]); answer != nil {
			n.conn.WriteTo(answer, from)
		}
	}
}

// answer follows RFC 1035, 4.1: the question comes back with flags, and where an
// address is asked for with a record that points at the name.
func (n *nameServer) answer(question []byte) []byte {
	const header, response, serverFailure, typeA = 12, 0x80, 2, 1
	end := header
	for end < len(question) && question[end] != 0 {
		end += int(question[end]) + 1
	}
	end += 5 // the end of the name, type and class
	if end > len(question) {
		return nil
	}
	answer := append([]byte(nil), question[:end]...)
	answer[2] |= response
	answer[3] = 0
	for i := 6; i < header; i++ { // no records
		answer[i] = 0
	}
	switch {
	case n.away.Load():
		answer[3] = serverFailure
	case question[end-3] == typeA:
		answer[7] = 1
		answer = append(answer, 0xc0, header, 0, typeA, 0, 1, 0, 0, 0, 0, 0, 4, 127, 0, 0, 1)
	}
	return answer
}
