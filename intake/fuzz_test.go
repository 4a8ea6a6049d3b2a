package intake

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"testing"

	"tinbao/bot"
	"tinbao/bot/dialog"
	"tinbao/cases"
	"tinbao/locale"
)

// signet signs buttons as the vault does, in fewer steps.
type signet struct{}

func (signet) CallbackTag(chat int64, data string) string { return fmt.Sprint(chat, len(data)) }

// front is the router of a bot that only residents use.
func front(t *testing.T) bot.Router[*shelf] {
	t.Helper()
	d := desk(t)
	return bot.Router[*shelf]{
		Renderer: bot.Renderer{Texts: locale.Catalogue{}, Tags: signet{}, Languages: locale.Languages, Menus: map[bot.Menu][][]bot.Text{bot.ResidentMenu: Menu}},
		Resident: func(ctx context.Context, st *shelf, r *bot.Request) error { return d.Handle(ctx, st, r) },
	}
}

// post keeps what is sent, as a shelf with an outbox.
func post(t *testing.T, r bot.Router[*shelf], st *shelf, u bot.Update) {
	t.Helper()
	before := string(st.draft)
	st.sent = nil
	if err := r.Handle(t.Context(), st, u); err != nil {
		t.Fatal(err)
	}
	for _, o := range st.sent {
		if o.Chat != u.Chat {
			t.Errorf("an answer goes to %d instead of %d", o.Chat, u.Chat)
		}
		c, err := bot.DecodeCall(o.Payload)
		if err != nil {
			t.Fatal(err)
		}
		if id := c.Params["chat_id"]; id != "" && id != fmt.Sprint(u.Chat) {
			t.Errorf("an answer to %d names the chat %s", u.Chat, id)
		}
		if c.Params["text"] == "…" {
			t.Errorf("an answer without words: %+v", c)
		}
		if bareKey.MatchString(c.Params["text"]) {
			t.Errorf("the key of a text is shown: %q", c.Params["text"])
		}
	}
	if (!u.Private || u.Chat <= 0) && len(st.sent) > 0 {
		t.Errorf("%d answers outside of a private chat", len(st.sent))
	}
	if st.draft != nil && string(st.draft) != before {
		var s dialog.Session
		if err := json.Unmarshal(st.draft, &s); err != nil {
			t.Errorf("the draft cannot be read again: %v", err)
		}
	}
	for _, n := range st.received {
		if n.Report != nil {
			if _, err := json.Marshal(n.Report); err != nil {
				t.Errorf("a report cannot be stored: %v", err)
			}
		}
	}
}

var bareKey = regexp.MustCompile(`(?m)^(dialog|report|help|add|lookup|outside|error)\.[a-z.]+$`)

// open are updates that lead into each conversation.
var open = []bot.Update{{}, {Command: "baotin"}, {Command: "hotro"}, {Command: "tracuu"}, {Text: "tôi thấy"}}

// Whatever Telegram, or somebody who plays Telegram, sends: nobody but the sender is
// answered, nothing panics, and what is kept can be read again.
func FuzzUpdates(f *testing.F) {
	for _, fields := range []string{
		`"text":"chào"`, `"text":"/start x"`, `"text":"/baotin"`, `"text":"\u0000\u202e</b>"`, `"text":"` + rightCode + `"`, `"text":"🔔 Gửi phản ánh"`,
		`"photo":[{"file_id":"F","file_size":-9}],"caption":"ảnh"`, `"photo":[]`, `"document":{"mime_type":"../x"}`,
		`"location":{"latitude":1e308,"longitude":-1e308}`, `"location":{"latitude":90,"longitude":180}`, `"location":null`,
		`"media_group_id":"a","video":{}`, `"sticker":{}`, `"text":null,"photo":null,"document":null,"chat":null`, `"reply_to_message":{"reply_to_message":{"text":"x"}}`,
	} {
		for i := range open {
			f.Add(`{"update_id":7,"message":{"message_id":3,"chat":{"id":7,"type":"private"},`+fields+`}}`, i)
		}
	}
	for _, raw := range []string{
		`null`, `[]`, `{}`, `{"update_id":null,"message":null,"callback_query":null,"my_chat_member":null,"edited_message":null}`,
		`{"update_id":1,"message":{"chat":{"id":-5,"type":"private"},"text":"x"}}`, `{"update_id":1,"message":{"chat":{"id":5,"type":"channel"},"text":"x"}}`,
		`{"update_id":1,"callback_query":{"data":"go|report~7 9","from":{"id":7},"message":{"message_id":4,"chat":{"id":7,"type":"private"}}}}`,
		`{"update_id":1,"callback_query":{"data":"own~7 3","from":{"id":7},"message":{"message_id":4,"chat":{"id":7,"type":"private"}}}}`,
		`{"update_id":1,"callback_query":{"data":"d|r1|send~7 9","from":{"id":7},"message":{"message_id":4,"chat":{"id":7,"type":"private"}}}}`,
		`{"update_id":1,"callback_query":{"from":null,"message":null}}`, `{"update_id":1,"my_chat_member":{"chat":{"id":7,"type":"private"}}}`,
		`{"update_id":1,"edited_message":{"chat":{"id":7,"type":"private"},"location":{"latitude":1,"longitude":2}}}`,
	} {
		f.Add(raw, 1)
	}
	f.Fuzz(func(t *testing.T, raw string, begin int) {
		u, err := bot.ReadUpdate([]byte(raw))
		if err != nil {
			return
		}
		st, r := &shelf{}, front(t)
		first := open[uint(begin)%uint(len(open))]
		first.Chat, first.Private = max(u.Chat, 1), true
		post(t, r, st, first)
		post(t, r, st, u)
	})
}

// A stored draft of any bytes is a question, an answer or nothing; whoever comes
// back to it is answered in words and can go on.
func FuzzDraft(f *testing.F) {
	for _, raw := range []string{
		"", "null", "{}", "[]", `{"dialog":"report"}`, `{"dialog":"report","ver":1,"at":"nowhere"}`, `{"dialog":"report","ver":1,"at":"text","answers":null,"turn":-1}`,
		`{"dialog":"ệ","ver":1,"at":"text"}`, `{"dialog":"help","ver":99,"at":"review"}`, `{"dialog":"loose","answers":{"text":["a"],"file":["{","null"],"where":["p:NaN,NaN"]}}`,
		`{"dialog":"add","ver":1,"at":"text","answers":{"text":["a"]}}`, `{"dialog":"lookup","ver":1,"at":"code","path":["code","code"],"edit":true}`,
		`{"dialog":"report","ver":1,"at":"review","answers":{"what":["none"],"where":["h:h9999999999"],"when":["c:nie"],"text":["a"],"file":["[]"]},"edit":true}`,
		`{"dialog":"report","ver":1,"at":"what","path":["nowhere"],"answers":{"what":[]}}`,
		`{"dialog":"report","ver":2,"at":"which","aside":"gone","answers":{"point":["1,2 x"],"venue":["x"],"pin":[""]},"beside":[{"dialog":"help","ver":2,"at":"share","answers":{"text":["a"]}},{}],"dropped":{"dialog":"x"}}`,
		`{"beside":null,"dropped":{"dialog":"report","since":"2026-01-01T00:00:00Z"}}`, `{"dialog":"help","ver":2,"at":"review","answers":{"service":["x","health"],"exact":["1,2 x"]},"beside":{}}`,
	} {
		for i := range 8 {
			f.Add(raw, i)
		}
	}
	f.Fuzz(func(t *testing.T, raw string, then int) {
		st, r := &shelf{draft: []byte(raw)}, front(t)
		s := openDraft(st)
		updates := []bot.Update{
			{Text: "chữ"}, {Place: &cases.Place{Lat: 20, Lon: 105}}, photo("a", "chữ"), {Odd: true}, {Command: "baotin"}, {Command: "help"}, {Command: "start"}, press("go|report"),
		}
		u := updates[uint(then)%uint(len(updates))]
		moves := []string{dialog.Back, dialog.Skip, dialog.Review, "send", "ok", "clear", "h1", dialog.Cancel}
		for _, move := range moves {
			if s.Dialog == "" {
				break
			}
			data := bot.Action("d", turn(s), move)
			u := bot.Update{Press: &bot.Press{Data: data + "~" + signet{}.CallbackTag(7, data), MessageID: 1}, Chat: 7, Private: true}
			post(t, r, &shelf{draft: []byte(raw)}, u)
		}
		if u.Press != nil {
			u.Press.Data += "~" + signet{}.CallbackTag(7, u.Press.Data)
		}
		u.Chat, u.Private = 7, true
		post(t, r, st, u)
		post(t, r, st, bot.Update{Chat: 7, Private: true, Text: "còn nữa"})
		post(t, r, st, bot.Update{Chat: 7, Private: true, Command: "huy"})
		if s := openDraft(st); s.Dialog != "" {
			if !holds(s) {
				t.Errorf("after /huy there is still %q", st.draft)
			}
			data := bot.Action(draftVerb, draftDrop, turn(s))
			post(t, r, st, bot.Update{Press: &bot.Press{Data: data + "~" + signet{}.CallbackTag(7, data), MessageID: 1}, Chat: 7, Private: true})
		}
		if s := openDraft(st); s.Dialog != "" {
			t.Errorf("dropped, and there is still %q", st.draft)
		}
	})
}

// What Telegram tells of a file travels through the answers unchanged, or is not
// taken for a file.
func FuzzFileAnswers(f *testing.F) {
	f.Add("photo", "AgACAgUAAxkBAAI", "image/jpeg", int64(9), "{}")
	f.Add("document", "\x00\xff", "../../etc/passwd\r\n", int64(-1), `{"kind":1}`)
	f.Add("", "", "", int64(1)<<62, `{"size":1e99}`)
	f.Fuzz(func(t *testing.T, kind, id, mime string, size int64, raw string) {
		sent := cases.OfferedFile{Kind: cases.MediaKind(kind), FileID: id, MIME: mime, Size: size}
		got := files(dialog.Session{Answers: map[string][]string{"file": {encodeFile(sent), raw}}})
		sent.Kind, sent.FileID, sent.MIME = cases.MediaKind(whole(kind)), whole(id), whole(mime)
		if len(got) == 0 || got[0] != sent {
			t.Errorf("%+v became %+v", sent, got)
		}
	})
}

// whole is s as JSON carries it: each broken byte becomes a sign for one.
func whole(s string) string { return string([]rune(s)) }
