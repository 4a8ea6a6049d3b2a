package telegramsim_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"tinbao/telegramsim"
)

// The rules below are Telegram's. They are tried on the simulator, and with
//
//	TELEGRAM_CONFORMANCE_TOKEN  the token of a bot made for this alone
//	TELEGRAM_CONFORMANCE_CHAT   the number of a person who has started it
//
// on Telegram itself as well; that bot loses its webhook.

// api asks a Bot API server.
type api struct {
	t    *testing.T
	base string // with the token
	chat string
}

type told struct {
	OK          bool            `json:"ok"`
	Code        int             `json:"error_code"`
	Description string          `json:"description"`
	Result      json.RawMessage `json:"result"`
}

func (a api) call(method string, params ...string) told {
	a.t.Helper()
	form := url.Values{}
	for i := 0; i < len(params); i += 2 {
		form.Set(params[i], params[i+1])
	}
	for {
		resp, err := http.PostForm(a.base+"/"+method, form)
		if err != nil {
			a.t.Fatal(method, " could not be asked") // the error holds the token
		}
		raw, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		var out told
		if err != nil || json.Unmarshal(raw, &out) != nil {
			a.t.Fatalf("%s: %d, unreadable", method, resp.StatusCode)
		}
		if out.Code != http.StatusTooManyRequests {
			return out
		}
		time.Sleep(time.Second)
	}
}

// sent sends a message and gives its number.
func (a api) sent(params ...string) int {
	a.t.Helper()
	out := a.call("sendMessage", append([]string{"chat_id", a.chat}, params...)...)
	var m struct {
		ID int `json:"message_id"`
	}
	if json.Unmarshal(out.Result, &m) != nil || m.ID == 0 {
		a.t.Fatalf("sendMessage: %+v", out)
	}
	return m.ID
}

// refused wants a refusal with these words; "" = no refusal.
func (a api) refused(words, method string, params ...string) {
	a.t.Helper()
	out := a.call(method, params...)
	if out.OK != (words == "") || !strings.Contains(strings.ToLower(out.Description), strings.ToLower(words)) {
		a.t.Errorf("%s %q: %+v, want %q", method, params, out, words)
	}
}

const (
	keyboard = `{"keyboard":[[{"text":"a"}]]}`
	inline   = `{"inline_keyboard":[[{"text":"a","callback_data":"a"}]]}`
)

var rules = map[string]func(a api){
	"numbers rise": func(a api) { // core.telegram.org/bots/api#message
		first := a.sent("text", "1")
		if second := a.sent("text", "2"); second <= first {
			a.t.Errorf("%d after %d", second, first)
		}
	},
	"only messages without a reply keyboard are edited": func(a api) { // #updating-messages
		for markup, words := range map[string]string{keyboard: "message can't be edited", `{"remove_keyboard":true}`: "message can't be edited", inline: ""} {
			id := strconv.Itoa(a.sent("text", "x", "reply_markup", markup))
			a.refused(words, "editMessageText", "chat_id", a.chat, "message_id", id, "text", "y")
		}
		a.sent("text", "x", "reply_markup", `{"remove_keyboard":true}`)
	},
	"an edit changes something": func(a api) {
		id := strconv.Itoa(a.sent("text", "same"))
		a.refused("message is not modified", "editMessageText", "chat_id", a.chat, "message_id", id, "text", "same")
	},
	"what is gone is not edited, and deleting it is no fault of many": func(a api) { // #deletemessages
		id := strconv.Itoa(a.sent("text", "x"))
		a.refused("", "deleteMessage", "chat_id", a.chat, "message_id", id)
		a.refused("message to edit not found", "editMessageText", "chat_id", a.chat, "message_id", id, "text", "y")
		a.refused("message to delete not found", "deleteMessage", "chat_id", a.chat, "message_id", id)
		left := strconv.Itoa(a.sent("text", "y"))
		a.refused("", "deleteMessages", "chat_id", a.chat, "message_ids", "["+id+","+left+"]")
	},
	"texts have limits": func(a api) { // #sendmessage
		a.refused("message text is empty", "sendMessage", "chat_id", a.chat, "text", "")
		a.refused("text must be non-empty", "sendMessage", "chat_id", a.chat, "text", " ")
		a.refused("message is too long", "sendMessage", "chat_id", a.chat, "text", strings.Repeat("x", 4097))
		a.refused("can't parse entities", "sendMessage", "chat_id", a.chat, "text", "<b>x", "parse_mode", "HTML")
	},
	"buttons have limits": func(a api) { // #inlinekeyboardbutton
		a.refused("BUTTON_DATA_INVALID", "sendMessage", "chat_id", a.chat, "text", "x",
			"reply_markup", `{"inline_keyboard":[[{"text":"a","callback_data":"`+strings.Repeat("x", 65)+`"}]]}`)
	},
	"an old press is not answered": func(a api) { a.refused("query is too old", "answerCallbackQuery", "callback_query_id", "1") },
	"a webhook is set only where it can be": func(a api) { // core.telegram.org/bots/webhooks
		a.refused("An HTTPS URL must be provided", "setWebhook", "url", "http://example.org/t")
		a.refused("only on ports 80, 88, 443 or 8443", "setWebhook", "url", "https://example.org:8080/t")
		a.refused("is reserved", "setWebhook", "url", "https://10.0.0.1/t")
		a.refused("unallowed characters", "setWebhook", "url", "https://example.org/t", "secret_token", "a b")
	},
	"an unknown chat is said so":   func(a api) { a.refused("chat not found", "sendMessage", "chat_id", "1", "text", "x") },
	"an unknown method is said so": func(a api) { a.refused("not found", "sendNothing") },
}

func TestConformance(t *testing.T) {
	t.Parallel()
	sim, err := telegramsim.New(telegramsim.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { sim.Close() })
	sim.AddUser(telegramsim.User{ID: an, FirstName: "An"})
	if _, err := sim.Start(an, ""); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(sim.Handler())
	t.Cleanup(server.Close)
	servers := map[string]api{"simulator": {base: server.URL + "/bot123456:demo", chat: strconv.FormatInt(an, 10)}}
	if token := os.Getenv("TELEGRAM_CONFORMANCE_TOKEN"); token != "" {
		servers["Telegram"] = api{base: "https://api.telegram.org/bot" + token, chat: os.Getenv("TELEGRAM_CONFORMANCE_CHAT")}
	}
	for name, a := range servers {
		for rule, holds := range rules {
			t.Run(name+"/"+rule, func(t *testing.T) {
				a.t = t
				holds(a)
			})
		}
	}
}
