package bot

import (
	"bytes"
	"cmp"
	"context"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	tg "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// Client is the thin adapter that owns every call to the Bot API.
type Client struct {
	base  string
	token string
	http  *http.Client
	// Heard is called after each answer to a question for updates; nil = nobody asks.
	// It is set before the client is used.
	Heard func()
	// Lost is called for each update without a number, of which nothing can be done; nil =
	// nobody asks. It is set before the client is used.
	Lost func()
	// Stall is how long a download may bring nothing; 0 = 15 seconds.
	Stall time.Duration

	refused atomic.Bool // the token, by the last answer
}

// Refused reports that Telegram did not accept the token when it was last asked.
func (c *Client) Refused() bool { return c.refused.Load() }

// DefaultAPI is Telegram's public Bot API.
const DefaultAPI = "https://api.telegram.org"

// requestLimit bounds one call; a long poll adds its own waiting time.
const requestLimit = 20 * time.Second

// NewClient makes a client for a token. base is the address of the Bot API
// without a path; proxy is an http, https or socks5 address or "".
// It makes no call, so an unreachable Telegram does not stop the program.
func NewClient(token, base, proxy string) (*Client, error) {
	transport := &http.Transport{MaxIdleConnsPerHost: 64, IdleConnTimeout: 90 * time.Second, Proxy: http.ProxyFromEnvironment}
	if proxy != "" {
		u, err := url.Parse(proxy)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "socks5" && u.Scheme != "socks5h" {
			return nil, errors.New("TINBAO_PROXY: want http://host:port or socks5://host:port")
		}
		transport.Proxy = http.ProxyURL(u)
	}
	if base == "" {
		base = DefaultAPI
	}
	base = strings.TrimRight(base, "/")
	if u, err := url.Parse(base); err != nil || u.Host == "" {
		return nil, errors.New("TINBAO_TELEGRAM_API: want an address like https://host")
	}
	return &Client{base: base, token: token, http: &http.Client{Transport: transport, CheckRedirect: stay}}, nil
}

// stay follows no redirect. Telegram makes none, and another host would be told the
// token as the page the request came from.
func stay(*http.Request, []*http.Request) error {
	return errors.New("redirected, is TINBAO_TELEGRAM_API right?")
}

// bound carries a context into the library, which knows none, and the status of
// the answer out of it: the library forgets the code of a refused upload.
type bound struct {
	ctx    context.Context
	http   *http.Client
	status int
	broken bool // the answer broke off, or is too long
}

// Do sends one request under the context.
func (b *bound) Do(req *http.Request) (*http.Response, error) {
	resp, err := b.http.Do(req.WithContext(b.ctx))
	if err != nil {
		return nil, err
	}
	b.status = resp.StatusCode
	resp.Body = &answer{ReadCloser: resp.Body, left: maxAnswer, broken: &b.broken}
	return resp, nil
}

// maxAnswer bounds an answer of the Bot API. A hundred updates are a few hundred kilobytes.
const maxAnswer = 16 << 20

var (
	errLong = errors.New("answer over the limit")
	// errBroken is given when Telegram answered, but the answer did not arrive whole.
	errBroken = errors.New("telegram: the answer did not arrive whole")
)

// answer is the body of an answer, up to a limit. It notes when it ended before its end.
type answer struct {
	io.ReadCloser
	left   int
	broken *bool
}

// Read fails where the limit is reached.
func (a *answer) Read(p []byte) (int, error) {
	if a.left <= 0 {
		*a.broken = true
		return 0, errLong
	}
	n, err := a.ReadCloser.Read(p[:min(len(p), a.left)])
	a.left -= n
	if err != nil && err != io.EOF {
		*a.broken = true
	}
	return n, err
}

// with is the library's client bound to a context.
func (c *Client) with(ctx context.Context) (*tg.BotAPI, *bound) {
	b := &bound{ctx: ctx, http: c.http}
	api := &tg.BotAPI{Token: c.token, Client: b}
	api.SetAPIEndpoint(c.base + "/bot%s/%s")
	return api, b
}

// Failure is a refusal by Telegram. Description is Telegram's text and holds no
// token.
type Failure struct {
	Code        int
	Description string
	RetryAfter  time.Duration
}

// Error tells the code and Telegram's words.
func (f *Failure) Error() string { return fmt.Sprintf("telegram: %d %s", f.Code, f.Description) }

// Gone reports that the person can no longer be written to.
func (f *Failure) Gone() bool {
	return f.Code == http.StatusForbidden || f.Code == http.StatusBadRequest && strings.Contains(f.Description, "chat not found")
}

// Refused reports that repeating the same call is useless.
func (f *Failure) Refused() bool {
	return f.Code == http.StatusBadRequest || f.Code == http.StatusNotFound || f.Code == http.StatusRequestEntityTooLarge
}

// Do makes a call without files.
func (c *Client) Do(ctx context.Context, method string, params map[string]string) (json.RawMessage, error) {
	ctx, cancel := context.WithTimeout(ctx, requestLimit)
	defer cancel()
	return c.do(ctx, method, params)
}

func (c *Client) do(ctx context.Context, method string, params map[string]string) (json.RawMessage, error) {
	api, b := c.with(ctx)
	resp, err := api.MakeRequest(method, tg.Params(params))
	if err != nil && b.broken {
		return nil, fmt.Errorf("%w: %w", errBroken, c.clean(err, b.status))
	}
	if err != nil {
		return nil, c.clean(err, b.status)
	}
	c.refused.Store(false)
	return resp.Result, nil
}

// Upload makes a call with one file in the given field.
func (c *Client) Upload(ctx context.Context, method string, params map[string]string, field string, file Attachment) (json.RawMessage, error) {
	ctx, cancel := context.WithTimeout(ctx, 3*requestLimit)
	defer cancel()
	api, b := c.with(ctx)
	resp, err := api.UploadFiles(method, tg.Params(params), []tg.RequestFile{{
		Name: field, Data: tg.FileReader{Name: file.Name, Reader: bytes.NewReader(file.Body)},
	}})
	if err != nil {
		return nil, c.clean(err, b.status)
	}
	return resp.Result, nil
}

// Updates asks for updates from offset on, waiting up to wait for the first.
func (c *Client) Updates(ctx context.Context, offset int64, limit int, wait time.Duration) ([]json.RawMessage, error) {
	ctx, cancel := context.WithTimeout(ctx, wait+requestLimit)
	defer cancel()
	raw, err := c.do(ctx, "getUpdates", map[string]string{
		"offset": fmt.Sprint(offset), "limit": fmt.Sprint(limit), "timeout": fmt.Sprint(int(wait.Seconds())),
		"allowed_updates": `["message","edited_message","callback_query","my_chat_member"]`,
	})
	if err != nil {
		return nil, err
	}
	var updates []json.RawMessage
	if err := json.Unmarshal(raw, &updates); err != nil {
		return nil, fmt.Errorf("%w: unreadable list of updates", errBroken)
	}
	if c.Heard != nil {
		c.Heard()
	}
	return updates, nil
}

// Username is the bot's own name, which also proves the token.
func (c *Client) Username(ctx context.Context) (string, error) {
	raw, err := c.Do(ctx, "getMe", nil)
	if err != nil {
		return "", err
	}
	var me inUser
	_ = json.Unmarshal(raw, &me) // other fields may be odd
	if me.Name == "" {
		return "", errors.New("telegram: unreadable getMe")
	}
	return me.Name, nil
}

// ErrTooBig is given for a file over the limit.
var ErrTooBig = errors.New("telegram: file over the limit")

// Fetch downloads a file a person sent, up to limit bytes. The address is built
// from the same base as every call, so that a local Bot API server works too. Only
// a file that will never come gives ErrTooBig or a Failure that is Refused.
func (c *Client) Fetch(ctx context.Context, fileID string, limit int64) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, 6*requestLimit)
	defer cancel()
	raw, err := c.do(ctx, "getFile", map[string]string{"file_id": fileID})
	if err != nil {
		return nil, notFetched(err)
	}
	var f struct {
		Size number `json:"file_size"`
		Path string `json:"file_path"`
	}
	_ = json.Unmarshal(raw, &f) // other fields may be odd
	if f.Path == "" {
		return nil, errors.New("telegram: unreadable getFile")
	}
	if int64(f.Size) > limit {
		return nil, ErrTooBig
	}
	var body []byte
	if filepath.IsAbs(f.Path) {
		body, err = c.local(f.Path, limit)
	} else {
		body, err = c.download(ctx, c.base+"/file/bot"+c.token+"/"+f.Path, limit)
	}
	if err != nil {
		return nil, err
	}
	return body, whole(body, int64(f.Size))
}

// whole finds out what a gateway made of a file: nothing, a part, or a page of its own in its
// place. size is Telegram's, 0 = not told.
func whole(body []byte, size int64) error {
	switch {
	case len(body) == 0:
		return errors.New("telegram: the file came empty")
	case size > 0 && size != int64(len(body)):
		return errors.New("telegram: the file came with another size than it has")
	case size <= 0 && strings.HasPrefix(http.DetectContentType(body), "text/html"):
		return errors.New("telegram: a page came in place of the file")
	}
	return nil
}

// local reads a file of a server that runs with --local, which gives the path on its own disk
// (core.telegram.org/bots/api#using-a-local-bot-api-server). Its files lie in a folder of the
// name of the token (tdlib/telegram-bot-api, Client); no other path is opened.
func (c *Client) local(path string, limit int64) ([]byte, error) {
	if path = filepath.Clean(path); !slices.Contains(strings.Split(filepath.Dir(path), string(filepath.Separator)), c.token) {
		return nil, errors.New("telegram: a file path outside of the folder of the bot")
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, errors.New("telegram: the file lies on the disk of the Bot API server, where this program cannot read it")
	}
	defer f.Close()
	return upTo(f, limit)
}

func upTo(r io.Reader, limit int64) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err == nil && int64(len(body)) > limit {
		return nil, ErrTooBig
	}
	return body, err
}

// notFetched sorts the refusals of getFile: a file over Telegram's own limit for bots
// is too big, and one of which Telegram does not say whether it will come is no Failure.
func notFetched(err error) error {
	var refused *Failure
	switch {
	case !errors.As(err, &refused):
		return err
	case strings.Contains(refused.Description, "file is too big"):
		return ErrTooBig
	case strings.Contains(refused.Description, "temporarily unavailable"):
		return errors.New("telegram: file temporarily unavailable")
	}
	return err
}

// download gets a file that Telegram has just named. An answer without it is no word
// of Telegram's about the file, so it is no Failure and may be asked again. What brings
// nothing for a while is broken off.
func (c *Client) download(ctx context.Context, address string, limit int64) ([]byte, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	most := cmp.Or(c.Stall, stallLimit)
	stalled := time.AfterFunc(most, cancel)
	defer stalled.Stop()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, errors.New("telegram: file address")
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, c.clean(err, 0)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("telegram: file download answered %d", resp.StatusCode)
	}
	body, err := upTo(progress{resp.Body, func() { stalled.Reset(most) }}, limit)
	if err != nil && !errors.Is(err, ErrTooBig) {
		return nil, c.clean(err, 0)
	}
	return body, err
}

// stallLimit is how long a download may bring nothing.
const stallLimit = 15 * time.Second

// progress calls moved whenever something was read.
type progress struct {
	io.Reader
	moved func()
}

// Read reads.
func (p progress) Read(b []byte) (int, error) {
	n, err := p.Reader.Read(b)
	if n > 0 {
		p.moved()
	}
	return n, err
}

// clean turns the library's errors into ours. Addresses hold the token, so of a
// network error only the innermost cause is kept. status is the answer's, 0 = none. What
// does not speak as the Bot API does is a proxy or a gateway: its refusal says nothing
// about a message or a chat, so it is no Failure.
func (c *Client) clean(err error, status int) error {
	var refused *tg.Error
	if errors.As(err, &refused) && refused.Message != "" {
		f := &Failure{
			Code: cmp.Or(refused.Code, status), Description: c.redact(refused.Message),
			RetryAfter: time.Duration(refused.RetryAfter) * time.Second,
		}
		c.refused.Store(f.Code == http.StatusUnauthorized)
		return f
	}
	if refused != nil || errors.As(err, new(*json.SyntaxError)) {
		return fmt.Errorf("telegram: %d, and not in the words of the Bot API; something on the way answers", status)
	}
	var at *url.Error
	if errors.As(err, &at) {
		err = at.Err
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return errors.New("telegram: " + c.redact(err.Error()))
}

func (c *Client) redact(s string) string {
	if c.token == "" {
		return s
	}
	s = strings.ReplaceAll(s, c.token, "***")
	return strings.ReplaceAll(s, url.QueryEscape(c.token), "***")
}

// equalStrings compares without telling by time how much was right.
func equalStrings(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }
