package bot_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"math"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tinbao/bot"
	"tinbao/cases"
)

// strange are updates as Telegram never sends them.
var strange = []string{
	`null`, `{}`, `[]`, `"x"`, ``, `{`, `{"update_id":null}`, `{"update_id":0}`, `{"update_id":-7}`, `{"update_id":1.5}`, `{"update_id":7e0}`,
	`{"update_id":9223372036854775807}`, `{"update_id":9223372036854775806}`, `{"update_id":9223372036854775808}`, `{"update_id":7,"update_id":8}`, `{"UPDATE_ID":7}`,
	`{"update_id":7,"message":null,"edited_message":null,"callback_query":null,"my_chat_member":null}`,
	`{"update_id":7,"message":{"message_id":null,"from":null,"chat":null,"text":null,"caption":null,"photo":null,"location":null,"document":null}}`,
	`{"update_id":7,"callback_query":{"id":null,"from":null,"message":null,"data":null}}`, `{"update_id":7,"my_chat_member":{"chat":null,"new_chat_member":null}}`,
	`{"update_id":7,"message":{"text":{"x":1}}}`, `{"update_id":7,"message":{"chat":{"id":99999999999999999999}}}`, `{"update_id":7,"message":"x"}`,
	`{"update_id":7,"message":{"chat":{"id":-5550001,"type":"private"},"text":"/hangdoi"}}`, `{"update_id":7,"message":{"chat":{"id":0,"type":"private"},"text":"/hangdoi"}}`,
	`{"update_id":7,"message":` + strings.Repeat(`{"reply_to_message":`, 5000) + `{}` + strings.Repeat(`}`, 5001),
	`{"update_id":7,"x":` + strings.Repeat(`[`, 9000) + strings.Repeat(`]`, 9000) + `}`, `{"update_id":7,"x":` + strings.Repeat(`[`, 20_000) + strings.Repeat(`]`, 20_000) + `}`,
	`{"update_id":7,"message":{"chat":{"id":5550001,"type":"private"},"text":"/` + strings.Repeat("x", 5000) + `"}}`,
	`{"update_id":7,"message":{"chat":{"id":5550001,"type":"private"},"text":"/@\u0000 \u202e"}}`, `{"update_id":7,"message":{"chat":{"id":5550001,"type":"private"},"text":"\ud800"}}`,
	`{"update_id":7,"message":{"chat":{"id":5550001,"type":"private"},"photo":[{"file_size":-1}]}}`, `{"update_id":7,"message":{"chat":{"id":5550001,"type":"private"},"location":{"latitude":1e308,"longitude":-1e308}}}`,
	"\xef\xbb\xbf{\"update_id\":7}", `{"update_id":7} {"update_id":8}`,
}

func addUpdates(f *testing.F) {
	f.Helper()
	for _, raw := range strange {
		f.Add([]byte(raw))
	}
	for _, fields := range []string{`"text":"/hangdoi 1"`, `"text":"/ghichu 1 x"`, `"text":"/start abc"`, `"caption":"x","photo":[{"file_id":"F"}]`, `"sticker":{}`} {
		f.Add([]byte(message(fields)))
	}
}

const secret = "webhook-secret"

// numberOf is the number of an update whose number is beyond doubt.
func numberOf(payload []byte) (id int64, ok bool) {
	if !json.Valid(payload) {
		return 0, false
	}
	d := json.NewDecoder(bytes.NewReader(payload))
	if start, err := d.Token(); err != nil || start != json.Delim('{') {
		return 0, false
	}
	found := 0
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return 0, false
		}
		var value json.RawMessage
		if d.Decode(&value) != nil {
			return 0, false
		}
		if name, _ := key.(string); strings.EqualFold(name, "update_id") {
			found++
			id, err = strconv.ParseInt(string(value), 10, 64)
			ok = err == nil
		}
	}
	return id, ok && found == 1 && id > 0 && id < math.MaxInt64
}

// What has a number is kept as it came, whatever else it holds; what has none is
// noted as lost. Nothing is kept under a number from which Telegram could be told wrong.
func FuzzWebhook(f *testing.F) {
	addUpdates(f)
	f.Fuzz(func(t *testing.T, payload []byte) {
		var kept []bot.Raw
		lost := 0
		keep := func(_ context.Context, updates []bot.Raw) error {
			kept = append(kept, updates...)
			return nil
		}
		r := httptest.NewRequest(http.MethodPost, "/", bytes.NewReader(payload))
		r.Header.Set("X-Telegram-Bot-Api-Secret-Token", secret)
		w := httptest.NewRecorder()
		bot.Webhook(secret, keep, func() { lost++ }, slog.New(slog.DiscardHandler)).ServeHTTP(w, r)
		id, certain := numberOf(payload)
		switch {
		case w.Code == http.StatusOK && lost == 1 && len(kept) == 0: // it has no number, or is no JSON
			if certain {
				t.Errorf("%d is lost", id)
			}
		case w.Code == http.StatusOK && (len(kept) != 1 || !bytes.Equal(kept[0].Payload, payload) || kept[0].ID < 1 || kept[0].ID == math.MaxInt64):
			t.Errorf("confirmed, and kept is %+v", kept)
		case w.Code != http.StatusOK && len(kept) > 0:
			t.Errorf("answered %d, and kept", w.Code)
		case certain && (w.Code != http.StatusOK || kept[0].ID != id):
			t.Errorf("%d is lost: %d, %+v", id, w.Code, kept)
		}
	})
}

// Whoever writes, with whatever rights and draft: no panic, one answer to a press, and
// every answer goes to the chat that asked.
func FuzzRouter(f *testing.F) {
	for _, raw := range strange {
		f.Add([]byte(raw), true, []byte(`{"await":"ghichu","args":["1"]}`))
	}
	f.Add([]byte(message(`"text":"/hangdoi 1"`)), true, []byte(nil))
	f.Add([]byte(message(`"text":"một"`)), true, []byte(`{"await":"ghichu","args":null}`))
	f.Add([]byte(message(`"text":"một"`)), true, []byte(`{"await":"\u0000","args":[""]}`))
	f.Add([]byte(message(`"text":"/nhanvien"`)), false, []byte(`[[[[`))
	f.Fuzz(func(t *testing.T, raw []byte, staff bool, draft []byte) {
		u, err := bot.ReadUpdate(raw)
		if err != nil {
			return
		}
		d := &desk{draft: draft}
		if staff {
			d.staff = member(cases.Officer)
		}
		if err := router().Handle(t.Context(), d, u); err != nil {
			t.Fatal(err)
		}
		if (!u.Private || u.Chat <= 0) && len(d.out)+len(d.ran) > 0 {
			t.Errorf("outside of a private chat: ran %q, %d answers", d.ran, len(d.out))
		}
		answers := 0
		for _, o := range d.out {
			c, err := bot.DecodeCall(o.Payload)
			if err != nil {
				t.Fatal(err)
			}
			if id := c.Params["chat_id"]; o.Chat != u.Chat || id != "" && id != strconv.FormatInt(u.Chat, 10) {
				t.Errorf("the chat %d is answered in %d (%s)", u.Chat, o.Chat, id)
			}
			if o.Press {
				answers++
			}
		}
		if u.Press != nil && u.Private && u.Chat > 0 && answers != 1 {
			t.Errorf("a press has %d answers", answers)
		}
		if slices.ContainsFunc(d.ran, func(s string) bool { return strings.HasPrefix(s, "nhanvien") }) || !staff && len(d.ran) > 0 && d.ran[0] != "resident" {
			t.Errorf("ran %q", d.ran)
		}
	})
}

// Of all data only what was signed for this chat runs, as it was signed.
func FuzzSignedButtons(f *testing.F) {
	f.Add("hangdoi|1", int64(an), 0, "hangdoi~x")
	f.Add("hangdoi", int64(-1), 77, "~")
	f.Add("hangdoi|~|~", int64(0), 9, "hangdoi|1~~~")
	f.Add("hangdoi|"+strings.Repeat("x", 42), int64(binh), 300, strings.Repeat("~", 64))
	r := router()
	r.Tags = keys(f)
	f.Fuzz(func(t *testing.T, do string, other int64, bit int, data string) {
		if do = "hangdoi|" + do; len(do) > 50 || !json.Valid([]byte(strconv.Quote(do))) || strings.ToValidUTF8(do, "") != do {
			return
		}
		press := func(chat int64, data string) []string {
			d := &desk{staff: member(cases.Officer)}
			if err := r.Handle(t.Context(), d, bot.Update{Chat: chat, Private: true, Press: &bot.Press{ID: "q", Data: data}}); err != nil {
				t.Fatal(err)
			}
			return d.ran
		}
		mine := button(t, r.Renderer, an, do)
		if got := press(an, mine); !slices.Equal(got, []string{do}) {
			t.Errorf("%q ran %q", do, got)
		}
		if data != mine && len(press(an, data)) > 0 {
			t.Errorf("%q runs", data)
		}
		if other != an && len(press(other, mine)) > 0 {
			t.Errorf("%q runs in %d", mine, other)
		}
		turned := []byte(mine)
		at := int(uint(bit) % uint(8*len(turned)))
		if turned[at/8] ^= 1 << (at % 8); len(press(an, string(turned))) > 0 {
			t.Errorf("%q runs with bit %d turned", mine, at)
		}
		verb, args := bot.SplitAction(data)
		if bot.Action(verb, args...) != data {
			t.Errorf("%q is taken apart into %q %q", data, verb, args)
		}
	})
}

// A place that is read can be stored and shown, and reads the same again.
func FuzzDecodePlace(f *testing.F) {
	for _, s := range []string{"20.95512,105.74871", "NaN,NaN", "Inf,1", "-Inf,+Inf", "1e308,1e308", "1e999,1", "0x1p-2,1_0", ",", "1,2,3", "", "-0,0"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, ok := bot.DecodePlace(s)
		if !ok {
			return
		}
		if _, err := json.Marshal(p); err != nil {
			t.Fatalf("%q cannot be stored: %v", s, err)
		}
		shown := bot.EncodePlace(p)
		if again, ok := bot.DecodePlace(shown); !ok || bot.EncodePlace(again) != shown {
			t.Fatalf("%q is %s, which is %v %v", s, shown, again, ok)
		}
	})
}
