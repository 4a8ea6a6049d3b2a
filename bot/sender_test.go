package bot_test

import (
	"bytes"
	"errors"
	"image"
	"image/jpeg"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"tinbao/bot"
	"tinbao/locale"
	"tinbao/telegramsim"
)

type tags struct{}

func (tags) CallbackTag(chat int64, data string) string {
	if chat == an {
		return "tag-of-an" + data[:min(len(data), 3)]
	}
	return "tag-of-else"
}

var renderer = bot.Renderer{Texts: locale.Catalogue{}, Tags: tags{}, Languages: locale.Languages, Menus: map[bot.Menu][][]bot.Text{
	bot.ResidentMenu: {{bot.T("menu.report"), bot.T("menu.help")}}, bot.StaffMenu: {{bot.T("staff.menu.queue")}},
}}

// drawing is a small real photo.
func drawing(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8)), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestSender(t *testing.T) {
	t.Parallel()
	sim, base := telegram(t)
	if _, err := sim.Start(an, ""); err != nil {
		t.Fatal(err)
	}
	s := bot.Sender{Client: client(t, base, ""), Limits: bot.NewLimits(nil, bot.Pace{All: 1000, Chat: 1000, Burst: 1000, Group: 20}, name)}
	send := func(r bot.Reply) error {
		r.Chat, r.Lang = an, "vi"
		_, err := s.Send(t.Context(), an, renderer.Call(r).Encode())
		return err
	}
	if err := send(bot.Reply{Lines: []bot.Text{bot.T("start")}, Menu: bot.ResidentMenu, Protect: true}); err != nil {
		t.Fatal(err)
	}
	m, _ := sim.LastMessage(an)
	if !m.Protected || len(sim.ReplyKeyboard(an)) != 1 {
		t.Errorf("%+v", m)
	}
	card := bot.Reply{Lines: []bot.Text{bot.Words("one")}, Buttons: [][]bot.Button{{{Label: bot.Words("b"), Do: "x"}}}}
	if err := send(card); err != nil {
		t.Fatal(err)
	}
	m, _ = sim.LastMessage(an)
	card.Edit = m.ID
	for range 2 { // the second changes nothing, which is fine
		if err := send(card); err != nil {
			t.Error(err)
		}
	}
	if err := send(bot.Reply{Edit: m.ID}); err != nil {
		t.Error(err)
	}
	if err := send(bot.Reply{Edit: 9999}); err != nil {
		t.Errorf("buttons of a message that was deleted: %v", err)
	}
	if _, err := s.Send(t.Context(), an, renderer.Toast("vi", &bot.Press{ID: "old"}, nil).Encode()); err != nil {
		t.Errorf("a press answered too late: %v", err)
	}
	var refused *bot.Failure
	broken := &bot.Attachment{Photo: true, Name: "a.jpg", Body: []byte("no photo")}
	if err := send(bot.Reply{File: broken}); !errors.As(err, &refused) || !refused.Refused() {
		t.Errorf("a photo that is none: %v", err)
	}
	photo := drawing(t)
	if err := send(bot.Reply{Lines: []bot.Text{bot.Words("caption")}, File: &bot.Attachment{Photo: true, Name: "a.jpg", Body: photo}}); err != nil {
		t.Fatal(err)
	}
	m, _ = sim.LastMessage(an)
	if got, err := sim.FileBody(m.Photo.ID); err != nil || string(got) != string(photo) || m.Text != "caption" {
		t.Errorf("%q %v %+v", got, err, m)
	}
	if _, err := s.Send(t.Context(), an, []byte("nonsense")); !errors.As(err, &refused) || !refused.Refused() {
		t.Error(err)
	}
	if err := sim.Block(an); err != nil {
		t.Fatal(err)
	}
	if err := send(card); !errors.As(err, &refused) || !refused.Gone() {
		t.Errorf("a person who blocked the bot: %v", err)
	}
}

// telling is a client of a Telegram that always says the same.
func telling(t *testing.T, status int, body string) *bot.Client {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		io.WriteString(w, body)
	}))
	t.Cleanup(s.Close)
	return client(t, s.URL, "")
}

// What is done already, or can be done no more, is no failure; all else is one.
func TestHarmlessFailures(t *testing.T) {
	t.Parallel()
	for words, harmless := range map[string]bool{
		"message is not modified: specified new message content is the same": true,
		"query is too old and response timeout expired":                      true,
		"message to edit not found":                                          true, "message to delete not found": true,
		"message can't be edited": true, "message can't be deleted for everyone": true,
		"message text is empty": false, "chat not found": false, "": false,
	} {
		c := telling(t, http.StatusBadRequest, `{"ok":false,"error_code":400,"description":"Bad Request: `+words+`"}`)
		s := bot.Sender{Client: c, Limits: bot.NewLimits(nil, bot.TelegramPace, name)}
		if _, err := s.Send(t.Context(), an, bot.Call{Method: "editMessageReplyMarkup"}.Encode()); (err == nil) != harmless {
			t.Errorf("%q: %v", words, err)
		}
	}
}

// The words of an edit that Telegram does not make reach the person as a new message, with
// their buttons and no less protected; an edit that changes nothing stays one.
func TestTextsOfRefusedEditsAreSent(t *testing.T) {
	t.Parallel()
	sim, base := telegram(t)
	if _, err := sim.Start(an, ""); err != nil {
		t.Fatal(err)
	}
	s := bot.Sender{Client: client(t, base, ""), Limits: bot.NewLimits(nil, bot.Pace{All: 1000, Chat: 1000, Burst: 1000, Group: 20}, name)}
	send := func(r bot.Reply) telegramsim.Message {
		t.Helper()
		r.Chat, r.Lang = an, "vi"
		if _, err := s.Send(t.Context(), an, renderer.Call(r).Encode()); err != nil {
			t.Fatal(err)
		}
		m, _ := sim.LastMessage(an)
		return m
	}
	buttons := [][]bot.Button{{{Label: bot.Words("b"), Do: "x"}}}
	gone := send(bot.Reply{Lines: []bot.Text{bot.Words("gone")}})
	if _, err := s.Client.Do(t.Context(), "deleteMessage", map[string]string{"chat_id": "5550001", "message_id": strconv.Itoa(gone.ID)}); err != nil {
		t.Fatal(err)
	}
	for name, id := range map[string]int{
		"under a keyboard":   send(bot.Reply{Lines: []bot.Text{bot.Words("menu")}, Menu: bot.ResidentMenu}).ID,
		"took the keyboard":  send(bot.Reply{Lines: []bot.Text{bot.Words("no menu")}, Menu: bot.NoMenu}).ID,
		"a photo":            send(bot.Reply{Lines: []bot.Text{bot.Words("p")}, File: &bot.Attachment{Photo: true, Name: "a.jpg", Body: drawing(t)}}).ID,
		"deleted":            gone.ID,
		"never there":        99999,
		"of the person":      1,
		"without its number": -1,
	} {
		words := "news of " + name
		for _, r := range []bot.Reply{
			{Edit: id, Protect: true, Lines: []bot.Text{bot.Words(words)}, Buttons: buttons},
			{Edit: id, Protect: true, Lines: []bot.Text{bot.Words(words + " again")}},
		} {
			m := send(r)
			if !strings.HasPrefix(m.Text, words) || m.ID == id || !m.Protected || len(m.Inline) != len(r.Buttons) {
				t.Errorf("%s: %+v", name, m)
			}
		}
	}
	card := send(bot.Reply{Lines: []bot.Text{bot.Words("card")}, Buttons: buttons})
	for range 2 {
		if m := send(bot.Reply{Edit: card.ID, Lines: []bot.Text{bot.Words("new")}, Buttons: buttons}); m.ID != card.ID || m.Text != "new" {
			t.Errorf("edited: %+v", m)
		}
	}
}

// Refusals are told to operators by words that quote nothing.
func TestRefusalsAreLoggedByKnownWords(t *testing.T) {
	t.Parallel()
	for description, want := range map[string]string{
		"Forbidden: bot was blocked by the user":                              "bot was blocked by the user",
		"Forbidden: user is deactivated":                                      "user is deactivated",
		"Bad Request: can't parse entities: Unsupported start tag \"secret\"": "can't parse entities",
		"Bad Request: MESSAGE IS TOO LONG":                                    "message is too long",
		"Too Many Requests: retry after 17":                                   "Too Many Requests",
		"Bad Request: secret":                                                 "unknown words",
		"":                                                                    "unknown words",
		"Bad Request: object expected as reply markup":                        "object expected as reply markup",
		"Bad Request: wrong file identifier/HTTP URL specified (secret)":      "wrong file identifier",
		"Conflict: terminated by other getUpdates request; make sure that only one": "terminated by other getUpdates",
	} {
		if got := (&bot.Failure{Description: description}).Words(); got != want {
			t.Errorf("%q is logged as %q, want %q", description, got, want)
		}
	}
}

func TestCommandMenu(t *testing.T) {
	t.Parallel()
	sim, base := telegram(t)
	c := client(t, base, "")
	deliver := func(entries ...bot.CommandEntry) {
		t.Helper()
		for _, o := range renderer.CommandMenu(an, locale.Languages, entries) {
			if err := c.Deliver(t.Context(), o.Payload); err != nil {
				t.Error(err)
			}
		}
	}
	deliver(bot.CommandEntry{Name: "hangdoi", Help: bot.T("cmd.hangdoi")}, bot.CommandEntry{Name: "tiep", Help: bot.T("cmd.tiep")})
	if list := sim.Commands(an); len(list) != 2 || list[0].Command != "hangdoi" {
		t.Errorf("%+v", list)
	}
	deliver()
	if list := sim.Commands(an); len(list) != 0 {
		t.Errorf("%+v", list)
	}
}
