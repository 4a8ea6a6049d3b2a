package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"tinbao/telegramsim"
)

const (
	token     = "424242:bench-only-token"
	botNumber = 424242
	patience  = 2 * time.Minute       // longest wait for anything
	unlimited = 1_000_000             // messages a second: Telegram's limits are not looked at
	glance    = 2 * time.Millisecond  // between two looks at the program
	dbGlance  = 25 * time.Millisecond // between two looks into its database, which cost it something
)

// telegram is a simulated Telegram that listens on this machine.
type telegram struct {
	*telegramsim.Server
	url  string
	http *http.Server
}

// newTelegram starts one. Close it by end.
func newTelegram(ctx context.Context) (*telegram, error) {
	sim, err := telegramsim.New(telegramsim.Options{Token: token})
	if err != nil {
		return nil, err
	}
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listening: %w", err)
	}
	const headers = 10 * time.Second
	t := &telegram{Server: sim, url: "http://" + l.Addr().String(), http: &http.Server{Handler: sim.Handler(), ReadHeaderTimeout: headers}}
	go t.http.Serve(l) //nolint:errcheck // it ends with end
	return t, nil
}

func (t *telegram) end() {
	t.Close()
	t.http.Close()
}

// program is a bot that runs.
type program struct {
	cmd   *exec.Cmd
	said  *bytes.Buffer
	ended chan struct{}
	err   error
	once  sync.Once
}

// launch starts a program; it is asked to end when ctx ends.
func launch(ctx context.Context, env []string, path string, args ...string) (*program, error) {
	p := &program{cmd: exec.CommandContext(ctx, path, args...), said: &bytes.Buffer{}, ended: make(chan struct{})}
	p.cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "TMPDIR=" + os.TempDir(), "HOME=" + os.Getenv("HOME")}, env...)
	p.cmd.Stdout, p.cmd.Stderr = p.said, p.said
	p.cmd.Cancel = func() error { return p.cmd.Process.Signal(syscall.SIGTERM) }
	p.cmd.WaitDelay = patience
	if err := p.cmd.Start(); err != nil {
		return nil, fmt.Errorf("starting %s: %w", filepath.Base(path), err)
	}
	go func() {
		p.err = p.cmd.Wait()
		close(p.ended)
	}()
	return p, nil
}

// end asks the program to end and waits for it.
func (p *program) end() error {
	p.once.Do(func() { p.cmd.Process.Signal(syscall.SIGTERM) }) //nolint:errcheck // it may have ended
	select {
	case <-p.ended:
	case <-time.After(patience):
		return errors.Join(errors.New("a program does not end"), p.cmd.Process.Kill())
	}
	return p.err
}

// kill ends the program in the middle of whatever it does.
func (p *program) kill() {
	p.once.Do(func() { p.cmd.Process.Kill() }) //nolint:errcheck // it may have ended
	<-p.ended
}

// until waits for something the program is to bring about, and looks every so often.
func (p *program) until(ctx context.Context, every time.Duration, done func() bool) error {
	for limit := time.Now().Add(patience); !done(); {
		select {
		case <-p.ended:
			return fmt.Errorf("the program ended: %w\n%s", p.err, p.said)
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(every):
		}
		if time.Now().After(limit) {
			return errors.New("waited too long")
		}
	}
	return nil
}

// held is the memory of a program, in bytes: resident now and at its highest, and how much
// of that of now is its own file, mapped, which every replica shares and the kernel may drop.
type held struct{ now, most, file int64 }

// resident tells what memory the program holds.
func (p *program) resident() (h held, err error) {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return h, fmt.Errorf("reading its memory: %w", err)
	}
	for line := range strings.SplitSeq(string(raw), "\n") {
		name, rest, _ := strings.Cut(line, ":")
		kb, err := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 10, 64)
		if err != nil {
			continue
		}
		switch name {
		case "VmRSS":
			h.now = kb << 10
		case "VmHWM":
			h.most = kb << 10
		case "RssFile":
			h.file = kb << 10
		}
	}
	return h, nil
}

// tinbao starts the program on a database and waits until it is ready, which took so long.
func (b *bench) tinbao(ctx context.Context, t *telegram, database string, env ...string) (*program, time.Duration, error) {
	address, err := free(ctx)
	if err != nil {
		return nil, 0, err
	}
	const oneDay = "1440"
	menus := t.CountCalls("setMyCommands")
	began := time.Now()
	p, err := launch(ctx, append(b.environment(database),
		append([]string{"TINBAO_TELEGRAM_TOKEN=" + token, "TINBAO_TELEGRAM_API=" + t.url, "TINBAO_HTTP_ADDR=" + address, "TINBAO_IDLE_MINUTES=" + oneDay, "TINBAO_OFFICE=none"}, env...)...), b.binary, "serve")
	if err != nil {
		return nil, 0, err
	}
	if err := p.until(ctx, glance, func() bool { return answers(ctx, "http://"+address+"/readyz") }); err != nil {
		return nil, 0, errors.Join(err, p.end())
	}
	took := time.Since(began)
	// Staff may be written to from the first start on. Menus are told once and are no
	// part of what comes.
	if menus == 0 {
		for chat, name := range map[int64]string{officerChat: "Hoa", leaderChat: "Khôi"} {
			t.AddUser(telegramsim.User{ID: chat, FirstName: name, Side: telegramsim.Staff})
			if _, err := t.Start(chat, ""); err != nil {
				return nil, 0, errors.Join(err, p.end())
			}
		}
	}
	return p, took, p.until(ctx, glance, func() bool { return t.CountCalls("setMyCommands") > menus })
}

// unhurried is a program that knows no limits of sending.
func unhurried() []string {
	return []string{fmt.Sprint("TINBAO_SEND_RATE=", unlimited), fmt.Sprint("TINBAO_CHAT_RATE=", unlimited)}
}

// environment is what every command of the program needs.
func (b *bench) environment(database string) []string {
	return []string{
		"DATABASE_URL=" + database, "REDIS_URL=" + b.servers.RedisURL(), "TINBAO_WARD=1",
		"TINBAO_KEYS=" + filepath.Join(b.dir, "keys.json"), "TINBAO_KEK=file:" + filepath.Join(b.dir, "kek"),
	}
}

func answers(ctx context.Context, url string) bool {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, http.NoBody)
	if err != nil {
		return false
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return false
	}
	resp.Body.Close()
	return resp.StatusCode == http.StatusOK
}

// free is an address nobody listens on.
func free(ctx context.Context) (string, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("looking for a free address: %w", err)
	}
	defer l.Close()
	return l.Addr().String(), nil
}

// rival starts a bot that is compared with, and waits until it has called Telegram, which
// took so long.
func (b *bench) rival(ctx context.Context, t *telegram, name string) (*program, time.Duration, error) {
	calls := t.CountCalls("getMe")
	began := time.Now()
	p, err := launch(ctx, []string{"BENCH_TOKEN=" + token, "BENCH_API=" + t.url}, filepath.Join(b.rivals, name))
	if err != nil {
		return nil, 0, err
	}
	err = p.until(ctx, glance, func() bool { return t.CountCalls("getMe") > calls })
	return p, time.Since(began), err
}
