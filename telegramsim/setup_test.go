package telegramsim_test

import (
	"bytes"
	"context"
	"encoding/json"
	"image"
	"image/png"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
	"go.uber.org/goleak"

	"tinbao/telegramsim"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// The people of every test.
const (
	an  int64 = 1001 // a resident
	chi int64 = 2001 // of the staff
)

const token = "123456:demo"

// bench is a server with a client that talks to it as a bot would.
type bench struct {
	*telegramsim.Server
	t      *testing.T
	url    string
	client *http.Client
}

func setup(t *testing.T, opt telegramsim.Options) *bench {
	t.Helper()
	s, err := telegramsim.New(opt)
	if err != nil {
		t.Fatal(err)
	}
	s.AddUser(telegramsim.User{ID: an, FirstName: "An", LanguageCode: "vi"})
	s.AddUser(telegramsim.User{ID: chi, FirstName: "Chi", Side: telegramsim.Staff})
	web := httptest.NewServer(s.Handler())
	b := &bench{Server: s, t: t, url: web.URL, client: &http.Client{Transport: &http.Transport{}, Timeout: 20 * time.Second}}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		b.client.CloseIdleConnections()
		web.Close()
	})
	return b
}

// fields are the parameters of a call.
type fields map[string]any

type answer struct {
	OK         bool            `json:"ok"`
	Result     json.RawMessage `json:"result"`
	Code       int             `json:"error_code"`
	Text       string          `json:"description"`
	Parameters struct {
		RetryAfter int `json:"retry_after"`
	} `json:"parameters"`
}

// try calls a method; err is an error of the connection.
func (b *bench) try(method string, f fields) (answer, error) {
	raw, err := json.Marshal(f)
	if err != nil {
		b.t.Error(err)
	}
	var out answer
	resp, err := b.client.Post(b.url+"/bot"+token+"/"+method, "application/json", bytes.NewReader(raw))
	if err != nil {
		return out, err
	}
	defer resp.Body.Close()
	return out, json.NewDecoder(resp.Body).Decode(&out)
}

// ok calls a method that must succeed and decodes its result.
func (b *bench) ok(method string, f fields, result any) {
	b.t.Helper()
	out, err := b.try(method, f)
	if err != nil || !out.OK {
		b.t.Fatalf("%s: %v %d %s", method, err, out.Code, out.Text)
	}
	if result != nil {
		if err := json.Unmarshal(out.Result, result); err != nil {
			b.t.Fatal(err)
		}
	}
}

// refused calls a method that must fail with this code and text.
func (b *bench) refused(code int, text, method string, f fields) answer {
	b.t.Helper()
	out, err := b.try(method, f)
	if err != nil || out.OK || out.Code != code || out.Text != text {
		b.t.Fatalf("%s: got %v %d %q, want %d %q", method, err, out.Code, out.Text, code, text)
	}
	return out
}

func (b *bench) send(user int64, text string) (messageID int) {
	b.t.Helper()
	var m struct {
		ID int `json:"message_id"`
	}
	b.ok("sendMessage", fields{"chat_id": user, "text": text, "parse_mode": "HTML"}, &m)
	return m.ID
}

// updates fetches without waiting.
func (b *bench) updates(offset int) []tgbotapi.Update {
	b.t.Helper()
	var list []tgbotapi.Update
	b.ok("getUpdates", fields{"offset": offset}, &list)
	return list
}

// library is the real client the project uses.
func (b *bench) library() *tgbotapi.BotAPI {
	b.t.Helper()
	bot, err := tgbotapi.NewBotAPIWithClient(token, b.url+"/bot%s/%s", b.client)
	if err != nil {
		b.t.Fatal(err)
	}
	return bot
}

// must drops the value of an act that has to succeed.
func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func within(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	t.Cleanup(cancel)
	return ctx
}

// picture is a PNG of this size.
func picture(t *testing.T, w, h int) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := png.Encode(&buf, image.NewGray(image.Rect(0, 0, w, h))); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}
