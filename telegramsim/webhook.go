package telegramsim

import (
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"sync"
	"time"
)

// Delays between attempts to deliver one update: a second, doubled up to one or two minutes,
// or as long as the bot asks for by Retry-After (tdlib/telegram-bot-api,
// WebhookActor::on_update_error, WEBHOOK_MAX_RESEND_TIMEOUT).
const (
	firstRetry = time.Second
	lastRetry  = time.Minute // and up to twice as long
	mostAfter  = time.Hour   // of Retry-After
)

// updateLife is how long an update is kept that the bot does not take
// (core.telegram.org/bots/api#getting-updates, "not kept longer than 24 hours").
const updateLife = 24 * time.Hour

// hookTimeout bounds one delivery.
const hookTimeout = 60 * time.Second

// webhookConfig is what setWebhook sets; an empty URL means none.
type webhookConfig struct {
	URL            string `json:"url"`
	Secret         string `json:"secret,omitempty"`
	MaxConnections int    `json:"max_connections,omitempty"` // 1–100
}

// webhook delivers updates over HTTP. Updates of a lane go one after another;
// lanes are chats, or everything is one lane when only one connection is
// allowed. The queue's lock guards all fields but setup.
type webhook struct {
	conf    webhookConfig
	lanes   map[int64][]*queued // waiting; a key exists while its lane is ready or busy
	ready   []int64             // lanes nobody works on
	cond    *sync.Cond
	stopped bool
	cancel  context.CancelFunc
	wg      sync.WaitGroup
	setup   sync.Mutex // one setWebhook or deleteWebhook at a time
	failure string     // text of the last failed attempt
	failed  time.Time
}

func (h *webhook) active() bool { return h.conf.URL != "" }

// startHook begins deliveries; the queue is locked.
func (s *Server) startHook(conf webhookConfig) {
	h, q := &s.hook, &s.queue
	ctx, cancel := context.WithCancel(s.ctx)
	h.conf, h.cancel, h.stopped = conf, cancel, false
	h.lanes, h.ready = make(map[int64][]*queued), nil
	h.cond = sync.NewCond(&q.mu)
	q.feed = h.feed
	h.feed(q.items)
	client := hookClient(conf.MaxConnections)
	for range conf.MaxConnections {
		h.wg.Go(func() { s.deliverLoop(ctx, client) })
	}
	h.wg.Go(func() {
		<-ctx.Done()
		q.mu.Lock()
		h.stopped = true
		h.cond.Broadcast()
		q.mu.Unlock()
		client.CloseIdleConnections()
	})
}

// hookClient trusts any certificate: the receiver is a test or a demo.
func hookClient(conns int) *http.Client {
	return &http.Client{Timeout: hookTimeout, Transport: &http.Transport{
		MaxIdleConnsPerHost: conns,
		TLSClientConfig:     &tls.Config{InsecureSkipVerify: true}, //nolint:gosec // the receiver is a test or a demo
	}}
}

func (h *webhook) feed(items []*queued) {
	for _, item := range items {
		if item.done {
			continue
		}
		lane := item.Chat
		if h.conf.MaxConnections == 1 {
			lane = 0
		}
		if _, busy := h.lanes[lane]; !busy {
			h.ready = append(h.ready, lane)
		}
		h.lanes[lane] = append(h.lanes[lane], item)
	}
	h.cond.Broadcast()
}

// stop ends deliveries and waits for those under way. Call it unlocked.
func (h *webhook) stop() {
	if h.cancel != nil {
		h.cancel()
	}
	h.wg.Wait()
}

func (s *Server) deliverLoop(ctx context.Context, client *http.Client) {
	h, q := &s.hook, &s.queue
	q.mu.Lock()
	defer q.mu.Unlock()
	for {
		for len(h.ready) == 0 && !h.stopped {
			h.cond.Wait()
		}
		if h.stopped {
			return
		}
		lane := h.ready[0]
		h.ready = h.ready[1:]
		item := h.lanes[lane][0]
		if !item.done {
			conf := h.conf
			q.mu.Unlock()
			ok := s.deliverUpdate(ctx, client, conf, item)
			q.mu.Lock()
			if !ok {
				return
			}
			q.confirm(item)
			s.dirtyState()
		}
		h.advance(lane)
	}
}

// advance frees the lane after its first update is done.
func (h *webhook) advance(lane int64) {
	if h.lanes[lane] = h.lanes[lane][1:]; len(h.lanes[lane]) == 0 {
		delete(h.lanes, lane)
		return
	}
	h.ready = append(h.ready, lane)
	h.cond.Signal()
}

// deliverUpdate posts one update until it is accepted or too old; false = the webhook ended.
func (s *Server) deliverUpdate(ctx context.Context, client *http.Client, conf webhookConfig, item *queued) bool {
	for wait := firstRetry; !item.old(s.now()); {
		failure, after := post(ctx, client, conf, item.Raw)
		if failure == "" {
			return true
		}
		s.queue.mu.Lock()
		s.hook.failure, s.hook.failed = failure, s.now()
		s.queue.mu.Unlock()
		select {
		case <-ctx.Done():
			return false
		case <-time.After(cmp.Or(after, wait)):
		}
		if after == 0 {
			wait = min(2*wait, lastRetry+rand.N(lastRetry))
		}
	}
	return true
}

// post makes one attempt and returns what went wrong, "" = accepted, and after how long the
// bot wants the next one, 0 = it does not say.
func post(ctx context.Context, client *http.Client, conf webhookConfig, raw []byte) (failure string, after time.Duration) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, conf.URL, bytes.NewReader(raw))
	if err != nil {
		return "Wrong URL", 0
	}
	req.Header.Set("Content-Type", "application/json")
	if conf.Secret != "" {
		req.Header.Set("X-Telegram-Bot-Api-Secret-Token", conf.Secret)
	}
	resp, err := client.Do(req)
	if err != nil {
		return "Connection failed", 0
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 1<<16)) // only so that the connection can be used again
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		seconds, _ := strconv.Atoi(resp.Header.Get("Retry-After"))
		return "Wrong response from the webhook: " + resp.Status, min(max(0, time.Duration(seconds)*time.Second), mostAfter)
	}
	return "", 0
}

var secretPattern = regexp.MustCompile(`^[A-Za-z0-9_-]{0,256}$`)

func (s *Server) setWebhook(r *request) (any, *apiError) {
	if r.str("url") == "" {
		return s.deleteWebhook(r)
	}
	conf := webhookConfig{URL: r.str("url"), Secret: r.str("secret_token"), MaxConnections: 40}
	if text := r.str("max_connections"); text != "" {
		n, _ := strconv.Atoi(text)
		conf.MaxConnections = min(max(n, 1), 100)
	}
	if fail := checkHook(conf); fail != nil {
		return nil, fail
	}
	s.hook.setup.Lock()
	defer s.hook.setup.Unlock()
	s.hook.stop()
	q := &s.queue
	q.mu.Lock()
	defer q.mu.Unlock()
	q.cutPoll(conflictSet)
	if kinds, ok := r.kinds(); ok {
		q.allowed = kinds
	}
	if r.bool("drop_pending_updates") {
		q.drop()
	}
	s.startHook(conf)
	s.dirtyState()
	return true, nil
}

// hookPorts are those Telegram delivers to (core.telegram.org/bots/webhooks, "Ports currently
// supported for webhooks: 443, 80, 88, 8443").
var hookPorts = []string{"", "80", "88", "443", "8443"}

// checkHook wants https, one of the ports, and an address that is not reserved, as Telegram
// does (tdlib/telegram-bot-api, WebhookActor::create_webhook_connection and
// check_ip_address). An address of this machine is taken as by a server that runs with
// --local (core.telegram.org/bots/api#using-a-local-bot-api-server).
func checkHook(conf webhookConfig) *apiError {
	u, err := url.Parse(conf.URL)
	if err != nil || u.Host == "" {
		return bad("bad webhook: Failed to resolve host: Name or service not known")
	}
	ip := net.ParseIP(u.Hostname())
	local := u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
	switch {
	case !secretPattern.MatchString(conf.Secret):
		return bad("secret token contains unallowed characters")
	case local && (u.Scheme == "http" || u.Scheme == "https"):
		return nil
	case u.Scheme != "https":
		return bad("bad webhook: An HTTPS URL must be provided for webhook")
	case !slices.Contains(hookPorts, u.Port()):
		return bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
	case ip != nil && (ip.IsPrivate() || ip.IsUnspecified() || ip.IsLinkLocalUnicast()):
		return bad("bad webhook: IP address " + ip.String() + " is reserved")
	}
	return nil
}

func (s *Server) deleteWebhook(r *request) (any, *apiError) {
	s.hook.setup.Lock()
	defer s.hook.setup.Unlock()
	s.hook.stop()
	q := &s.queue
	q.mu.Lock()
	defer q.mu.Unlock()
	s.hook.conf, q.feed = webhookConfig{}, nil
	if r.bool("drop_pending_updates") {
		q.drop()
	}
	s.dirtyState()
	return true, nil
}

func (s *Server) getWebhookInfo(*request) (any, *apiError) {
	q, h := &s.queue, &s.hook
	q.mu.Lock()
	defer q.mu.Unlock()
	info := struct {
		webhookInfo
		Allowed []string `json:"allowed_updates,omitempty"`
	}{Allowed: q.allowed}
	info.webhookInfo = webhookInfo{URL: h.conf.URL, Pending: q.live, MaxConnections: h.conf.MaxConnections}
	if h.failure != "" {
		info.LastErrorDate, info.LastError = h.failed.Unix(), h.failure
	}
	return encode(info), nil
}

type webhookInfo struct {
	URL            string `json:"url"`
	Certificate    bool   `json:"has_custom_certificate"`
	Pending        int    `json:"pending_update_count"`
	LastErrorDate  int64  `json:"last_error_date,omitempty"`
	LastError      string `json:"last_error_message,omitempty"`
	MaxConnections int    `json:"max_connections,omitempty"`
}
