package staffcmds_test

import (
	"context"
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"tinbao/bot"
	"tinbao/cases"
	"tinbao/locale"
	"tinbao/staffcmds"
)

// catalogue is the real one; a text that is missing fails the test.
type catalogue struct {
	locale.Catalogue
	t *testing.T
}

func (c catalogue) Format(lang, key string, args map[string]any, nested func(any) (string, bool)) string {
	if key != "words" && !c.Has(key) {
		c.t.Errorf("no text %q", key)
	}
	return c.Catalogue.Format(lang, key, args, nested)
}

type tagger struct{}

func (tagger) CallbackTag(chat int64, _ string) string { return "t" + strconv.FormatInt(chat, 10) }

func link(token string) string { return "https://t.me/tinbao_bot?start=" + token }

// maxAction is what a button may carry before it is signed (bot.Button).
const maxAction = 50

// call is one call as a phone sees it.
type call struct {
	chat    int64
	method  string
	text    string
	edit    bool
	protect bool
	menu    bool
	labels  []string
	actions []string
	file    *bot.Attachment
}

// ward is a fake with a router and the phones of its staff.
type ward struct {
	*fake
	t      *testing.T
	router bot.Router[staffcmds.Store]
}

func setup(t *testing.T) *ward {
	t.Helper()
	commands := staffcmds.Commands(link)
	label := func(lang, key string) string {
		return locale.Catalogue{}.Format(lang, key, nil, func(any) (string, bool) { return "", false })
	}
	return &ward{fake: newFake(), t: t, router: bot.Router[staffcmds.Store]{
		Renderer: bot.Renderer{Texts: catalogue{t: t}, Tags: tagger{}, Menus: staffcmds.Keyboards()},
		Commands: commands,
		Greet:    staffcmds.Greet(label, commands),
		Gate:     staffcmds.Gate,
		Resident: func(ctx context.Context, st staffcmds.Store, r *bot.Request) error {
			if r.Command == "start" && r.Args != "" {
				_, err := staffcmds.Accept(ctx, st, r, r.Args)
				return err
			}
			r.Reply(bot.Reply{Lines: []bot.Text{bot.T("error.command")}, Menu: bot.ResidentMenu})
			return nil
		},
	}}
}

// says is a message typed on the phone of a chat.
func (w *ward) says(chat int64, text string) []call {
	return w.update(chat, map[string]any{"update_id": 1, "message": map[string]any{
		"message_id": 7, "text": text, "chat": map[string]any{"id": chat, "type": "private"}, "from": map[string]any{"id": chat},
	}})
}

// taps is a press on a button, whether or not a message shows it.
func (w *ward) taps(chat int64, action string) []call {
	return w.update(chat, map[string]any{"update_id": 1, "callback_query": map[string]any{
		"id": "q", "data": action + "~" + tagger{}.CallbackTag(chat, action), "from": map[string]any{"id": chat},
		"message": map[string]any{"message_id": 5, "chat": map[string]any{"id": chat, "type": "private"}},
	}})
}

// on presses the button of the last message to a chat whose action begins so.
func (w *ward) on(chat int64, shown []call, begins string) []call {
	w.t.Helper()
	for _, c := range shown {
		for _, a := range c.actions {
			if c.chat == chat && strings.HasPrefix(a, begins) {
				return w.taps(chat, a)
			}
		}
	}
	w.t.Fatalf("no button %q in %+v", begins, shown)
	return nil
}

func (w *ward) update(chat int64, update map[string]any) []call {
	w.t.Helper()
	raw, _ := json.Marshal(update)
	u, err := bot.ReadUpdate(raw)
	if err != nil {
		w.t.Fatal(err)
	}
	w.chat, w.out = chat, nil
	if err := w.router.Handle(context.Background(), w, u); err != nil {
		w.t.Fatal(err)
	}
	var shown []call
	for _, o := range w.out {
		shown = append(shown, w.read(o))
	}
	return shown
}

var openSlot = regexp.MustCompile(`\{\w+(:\w+)?\}`)

// read decodes a call and checks what holds for every one of them.
func (w *ward) read(o bot.Out) call {
	w.t.Helper()
	raw, err := bot.DecodeCall(o.Payload)
	if err != nil {
		w.t.Fatal(err)
	}
	c := call{chat: o.Chat, method: raw.Method, text: raw.Params["text"] + raw.Params["caption"], edit: raw.Params["message_id"] != "", protect: raw.Params["protect_content"] != "", file: raw.File}
	if openSlot.MatchString(c.text) {
		w.t.Errorf("a value is missing in %q", c.text)
	}
	if strings.HasSuffix(c.text, "\n…") {
		w.t.Errorf("cut by the limit of a message: %q", c.text[:80])
	}
	var markup struct {
		Inline [][]struct {
			Text string `json:"text"`
			Data string `json:"callback_data"`
		} `json:"inline_keyboard"`
		Keyboard [][]any `json:"keyboard"`
	}
	if m := raw.Params["reply_markup"]; m != "" {
		if err := json.Unmarshal([]byte(m), &markup); err != nil {
			w.t.Fatal(err)
		}
	}
	c.menu = len(markup.Keyboard) > 0
	for _, row := range markup.Inline {
		for _, b := range row {
			action := b.Data[:max(0, strings.LastIndex(b.Data, "~"))] // none on a link
			if len(action) > maxAction {
				w.t.Errorf("button %q is %d bytes", action, len(action))
			}
			c.labels, c.actions = append(c.labels, b.Text), append(c.actions, action)
		}
	}
	w.protects(c)
	return c
}

// protects checks that whatever shows a case number is protected. Edits keep the
// protection of their message; residents hear no number at all.
func (w *ward) protects(c call) {
	w.t.Helper()
	shows := strings.Contains(c.text+strings.Join(c.labels, ""), "PA-26-0") || strings.Contains(c.text+strings.Join(c.labels, ""), "HT-26-0")
	example := strings.Contains(c.text, "PA-26-0042") // in /help and in errors
	if shows && !example && !c.protect && !c.edit && c.method != "answerCallbackQuery" {
		w.t.Errorf("not protected: %q", c.text)
	}
	if shows && c.chat >= 900 {
		w.t.Errorf("a resident reads a case number: %q", c.text)
	}
}

// texts joins what a chat was told.
func texts(shown []call, chat int64) string {
	var all []string
	for _, c := range shown {
		if c.chat == chat {
			all = append(all, c.text)
		}
	}
	return strings.Join(all, "\n")
}

// wants fails unless a chat was told each of the words.
func (w *ward) wants(shown []call, chat int64, words ...string) {
	w.t.Helper()
	for _, word := range words {
		if !strings.Contains(texts(shown, chat), word) {
			w.t.Errorf("chat %d does not read %q in %q", chat, word, texts(shown, chat))
		}
	}
}

var (
	officer = chatOf(cases.Officer)
	police  = chatOf(cases.Police)
	health  = chatOf(cases.Health)
	leader  = chatOf(cases.Leader)
	admin   = chatOf(cases.Admin)
)

const resident = 900
