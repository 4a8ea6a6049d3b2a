package telegramsim

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Options configure a Server.
type Options struct {
	Token         string           // bot token, "<bot id>:<secret>"; "" = "123456:demo"
	BotUsername   string           // without @; "" = "tinbao_demo_bot"
	BotName       string           // shown in the phone's header; "" = BotUsername
	StateDir      string           // "" = memory only; else everything survives a restart there
	Now           func() time.Time // clock for dates and limits; nil = time.Now
	FirstUpdateID int64            // id of the first update; 0 = 1. A stored state wins.
	OpenPage      bool             // serve the page and its controls to other machines too
}

// Server is one bot's Telegram. All methods may be called concurrently.
type Server struct {
	opt   Options
	botID int64

	people    people
	queue     queue
	hook      webhook
	files     fileStore
	callbacks callbackStore
	profile   profile
	faults    faults
	messages  atomic.Int64 // number of the newest message of any chat
	limits    limits
	calls     callLog
	events    eventLog
	store     *store // nil = memory only

	ctx    context.Context // ends when the server closes
	cancel context.CancelFunc
	wg     sync.WaitGroup
	once   sync.Once
	closed error
}

// New starts a server. It fails when the token is malformed or the state
// folder cannot be read or written.
func New(opt Options) (*Server, error) {
	opt = withDefaults(opt)
	head, secret, ok := strings.Cut(opt.Token, ":")
	id, err := strconv.ParseInt(head, 10, 64)
	if err != nil || !ok || id <= 0 || secret == "" || strings.ContainsAny(secret, "/ ") {
		return nil, errors.New("telegramsim: the token must look like 123456:secret")
	}
	s := &Server{opt: opt, botID: id}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	s.people.init()
	s.queue.init(opt.FirstUpdateID, s.now)
	s.files.init(opt.Token, opt.StateDir)
	s.callbacks.init()
	s.profile.init()
	s.events.init()
	if opt.StateDir != "" {
		if err := s.openStore(opt.StateDir); err != nil {
			s.cancel()
			return nil, fmt.Errorf("telegramsim: opening state: %w", err)
		}
	}
	return s, nil
}

func withDefaults(opt Options) Options {
	if opt.Token == "" {
		opt.Token = "123456:demo"
	}
	if opt.BotUsername == "" {
		opt.BotUsername = "tinbao_demo_bot"
	}
	if opt.BotName == "" {
		opt.BotName = opt.BotUsername
	}
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.FirstUpdateID == 0 {
		opt.FirstUpdateID = 1
	}
	return opt
}

// Close ends long polls, webhook deliveries and event streams, and writes the
// state. Later calls return the result of the first.
func (s *Server) Close() error {
	s.once.Do(func() {
		s.cancel()
		s.hook.setup.Lock()
		s.hook.stop()
		s.hook.setup.Unlock()
		s.wg.Wait()
		if s.store != nil {
			s.closed = s.flush()
		}
	})
	return s.closed
}

// Handler serves the Bot API at /bot<token>/<method>, files at
// /file/bot<token>/<path>, the page at / and its controls under /sim/.
func (s *Server) Handler() http.Handler {
	page := s.guard(s.pageMux())
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch path := r.URL.Path; {
		case strings.HasPrefix(path, "/bot"):
			s.serveAPI(w, r)
		case strings.HasPrefix(path, "/file/bot"):
			s.serveFile(w, r)
		default:
			page.ServeHTTP(w, r)
		}
	})
}

// now is the present in whole seconds, the resolution of Telegram's dates.
func (s *Server) now() time.Time { return s.opt.Now().Truncate(time.Second) }
