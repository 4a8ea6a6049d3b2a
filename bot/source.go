package bot

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Raw is an update as it came, with what is needed to keep it in order.
type Raw struct {
	ID      int64
	Chat    int64
	Payload []byte
}

// Keeper makes updates durable. Only after it returned nil may Telegram forget
// them; keeping the same update again changes nothing.
type Keeper func(ctx context.Context, updates []Raw) error

const (
	pollWait  = 25 * time.Second
	pollLimit = 100
	retryMin  = 250 * time.Millisecond
	retryMax  = 5 * time.Second
	soonest   = time.Second     // an answer without updates that comes sooner did not wait
	idleMax   = 2 * time.Second // between two questions that are answered so
)

// Poll fetches updates until ctx ends. The offset, with which Telegram forgets,
// moves only after keep has returned; a failed fetch or keep is tried again with
// growing pauses. It returns only when ctx ends.
//
// The offset follows the updates down, too: after a quiet week Telegram may count
// anew from a lower number (Bot API, Update), and to an offset far beyond its numbers
// it gives the oldest updates, again and again.
//
// What does not arrive whole is asked for in halves, down to single updates. A question that
// is answered with nothing at once is asked again after a pause.
func Poll(ctx context.Context, c *Client, keep Keeper, log *slog.Logger) {
	var offset int64
	delay, limit := retryMin, pollLimit
	said := complaints{log: log}
	for ctx.Err() == nil {
		asked := time.Now()
		next, err := pollOnce(ctx, c, keep, offset, limit)
		if err == nil {
			said.over()
			early := next == offset && time.Since(asked) < soonest
			offset, limit = next, min(2*limit, pollLimit)
			if !early {
				delay = retryMin
			} else if pause(ctx, delay) == nil {
				delay = min(2*delay, idleMax)
			}
			continue
		}
		if errors.Is(err, errBroken) {
			limit = max(limit/2, 1)
		}
		if ctx.Err() != nil {
			return
		}
		if after, ok := RetryIn(err); ok {
			delay = after
		}
		said.about(err)
		if pause(ctx, delay) != nil {
			return
		}
		delay = min(delay*2, retryMax)
	}
}

// complainEvery is how often the same complaint is repeated.
const complainEvery = time.Minute

// complaints says in the log why updates stay with Telegram: once for each reason and a
// while, however often it is met and passes, and once that it is over.
type complaints struct {
	log   *slog.Logger
	said  map[string]time.Time // when, by the reason
	since time.Time            // of the first failure since updates came; zero = they come
	loud  bool                 // something was said since then
}

func (c *complaints) about(err error) {
	if c.since.IsZero() {
		c.since = time.Now()
	}
	why := err.Error()
	if f := (*Failure)(nil); errors.As(err, &f) {
		why = fmt.Sprint(f.Code)
	}
	if last, ok := c.said[why]; ok && time.Since(last) < complainEvery {
		return
	}
	if len(c.said) > 100 || c.said == nil { // reasons can hold an address
		c.said = map[string]time.Time{}
	}
	c.said[why], c.loud = time.Now(), true
	c.log.Warn("updates stay with Telegram, trying again", "err", err, "mend", mendOf(err))
}

func (c *complaints) over() {
	if c.loud {
		c.log.Info("updates come again", "after", time.Since(c.since).Round(time.Second).String())
	}
	c.since, c.loud = time.Time{}, false
}

// mendOf says what a person has to do about a refusal, "" = nothing, it passes by itself.
func mendOf(err error) string {
	var f *Failure
	if !errors.As(err, &f) {
		return ""
	}
	switch f.Code {
	case http.StatusUnauthorized:
		return "Telegram does not accept the token: it was revoked or is wrong; give the present one in TINBAO_TELEGRAM_TOKEN and start again"
	case http.StatusConflict:
		return "something else takes the updates of this bot: stop the other program, or remove the webhook it has set, which a start of this one does, too"
	}
	return ""
}

func pollOnce(ctx context.Context, c *Client, keep Keeper, offset int64, limit int) (int64, error) {
	batch, err := c.Updates(ctx, offset, limit, pollWait)
	if err != nil || len(batch) == 0 {
		return offset, err
	}
	raws := make([]Raw, 0, len(batch))
	var last int64
	for _, payload := range batch {
		raw, err := rawOf(payload)
		if err != nil { // without a number there is nothing to confirm or to repeat
			if c.Lost != nil {
				c.Lost()
			}
			continue
		}
		raws = append(raws, raw)
		last = max(last, raw.ID)
	}
	if len(raws) == 0 {
		return offset, errors.New("telegram: updates without numbers")
	}
	return last + 1, keep(ctx, raws)
}

func rawOf(payload []byte) (Raw, error) {
	u, err := ReadUpdate(payload)
	if err != nil {
		return Raw{}, err
	}
	if u.ID < 1 || u.ID == math.MaxInt64 { // an offset below zero would make Telegram forget what waits
		return Raw{}, errors.New("reading update: no number")
	}
	return Raw{ID: u.ID, Chat: u.Chat, Payload: payload}, nil
}

const maxUpdate = 1 << 20 // bytes; Telegram's largest updates are far smaller

// Webhook takes updates from Telegram. It answers 200 only after keep has
// returned nil, so Telegram repeats what was not kept, and for what can never be read, which
// is given to lost. A wrong secret gets 404, like any unknown address.
func Webhook(secret string, keep Keeper, lost func(), log *slog.Logger) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		given := r.Header.Get(secretHeader)
		if r.Method != http.MethodPost || secret == "" || subtle.ConstantTimeCompare([]byte(given), []byte(secret)) != 1 {
			http.NotFound(w, r)
			return
		}
		payload, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxUpdate))
		if err != nil && !errors.As(err, new(*http.MaxBytesError)) { // it broke off on the way
			http.Error(w, "try again", http.StatusBadRequest)
			return
		}
		if err == nil && len(payload) == 0 { // see Knock
			w.WriteHeader(http.StatusNoContent)
			return
		}
		raw, odd := rawOf(payload)
		if err != nil || odd != nil { // repeated for a day, it would hold up the chat and be no better
			lost()
			w.WriteHeader(http.StatusOK)
			return
		}
		if err := keep(r.Context(), []Raw{raw}); err != nil {
			if !errors.Is(err, context.Canceled) {
				log.Warn("update not kept, Telegram will repeat it", "err", err)
			}
			w.Header().Set("Retry-After", "2") // else Telegram waits up to two minutes
			http.Error(w, "try again", http.StatusServiceUnavailable)
			return
		}
		w.WriteHeader(http.StatusOK)
	})
}

// webhookPorts are those Telegram delivers to (core.telegram.org/bots/webhooks).
var webhookPorts = []string{"", "443", "80", "88", "8443"}

// WebhookRefused says why Telegram would not deliver to an address, "" = it would. A server of
// one's own, that is any other api than DefaultAPI, may deliver anywhere
// (core.telegram.org/bots/api#using-a-local-bot-api-server).
func WebhookRefused(u *url.URL, api string) string {
	own := api != "" && strings.TrimRight(api, "/") != DefaultAPI
	ip := net.ParseIP(u.Hostname())
	switch {
	case own:
		return ""
	case u.Scheme != "https":
		return "must begin with https://; Telegram delivers to no other"
	case !slices.Contains(webhookPorts, u.Port()):
		return "must have the port 443, 80, 88 or 8443; Telegram delivers to no other"
	case u.Hostname() == "localhost" || ip != nil && (ip.IsLoopback() || ip.IsPrivate() || ip.IsUnspecified() || ip.IsLinkLocalUnicast()):
		return "must be an address that Telegram reaches from outside"
	}
	return ""
}

// SetWebhook asks Telegram to push updates to an address with a secret.
func (c *Client) SetWebhook(ctx context.Context, address, secret string) error {
	_, err := c.Do(ctx, "setWebhook", map[string]string{
		"url": address, "secret_token": secret, "max_connections": "40",
		"allowed_updates": `["message","edited_message","callback_query","my_chat_member"]`,
	})
	return err
}

// RemoveWebhook goes back to polling; waiting updates stay with Telegram.
func (c *Client) RemoveWebhook(ctx context.Context) error {
	_, err := c.Do(ctx, "deleteWebhook", map[string]string{"drop_pending_updates": "false"})
	return err
}

// WebhookState is what Telegram says about where updates go (Bot API, WebhookInfo).
type WebhookState struct {
	URL     string
	Pending int // updates that wait with Telegram
	// LastError is what went wrong when Telegram last failed to deliver, at LastErrorAt;
	// "" = nothing since the webhook was set.
	LastError   string
	LastErrorAt time.Time
}

// Webhook asks Telegram where updates go.
func (c *Client) Webhook(ctx context.Context) (WebhookState, error) {
	raw, err := c.Do(ctx, "getWebhookInfo", nil)
	if err != nil {
		return WebhookState{}, err
	}
	var in struct {
		URL     string `json:"url"`
		Pending number `json:"pending_update_count"`
		Error   string `json:"last_error_message"`
		At      number `json:"last_error_date"`
	}
	_ = json.Unmarshal(raw, &in) // other fields may be odd
	s := WebhookState{URL: in.URL, Pending: int(in.Pending), LastError: c.redact(in.Error)}
	if in.At > 0 {
		s.LastErrorAt = time.Unix(int64(in.At), 0)
	}
	return s, nil
}

// Knock asks an address of [Webhook] whether it is one, by an empty body with the secret, as a
// program on the way of Telegram's updates would meet it. It follows no redirect.
func Knock(ctx context.Context, address, secret string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, http.NoBody)
	if err != nil {
		return errors.New("is no address")
	}
	req.Header.Set(secretHeader, secret)
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(req)
	if err != nil {
		return ErrNoAnswer
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusNoContent {
		return fmt.Errorf("answers %d", resp.StatusCode)
	}
	return nil
}

// ErrNoAnswer is given for an address that does not answer from here.
var ErrNoAnswer = errors.New("does not answer from this machine")

const secretHeader = "X-Telegram-Bot-Api-Secret-Token" //nolint:gosec // the name of a header
