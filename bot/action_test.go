package bot_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tinbao/bot"
	"tinbao/cases"
	"tinbao/telegramsim"
	"tinbao/vault"
)

// keys are real tags, as long as in service.
func keys(t testing.TB) *vault.Vault {
	t.Helper()
	k, err := vault.NewKeys(time.Now())
	if err != nil {
		t.Fatal(err)
	}
	v, err := vault.New(k)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// button renders a button of a chat and gives its data.
func button(t testing.TB, r bot.Renderer, chat int64, do string) string {
	t.Helper()
	out := r.Call(bot.Reply{Chat: chat, Lang: "vi", Lines: []bot.Text{bot.Words("x")}, Buttons: [][]bot.Button{{{Label: bot.Words("b"), Do: do}}}})
	var markup struct {
		Rows [][]struct {
			Data string `json:"callback_data"`
		} `json:"inline_keyboard"`
	}
	if err := json.Unmarshal([]byte(out.Params["reply_markup"]), &markup); err != nil {
		t.Fatal(err)
	}
	return markup.Rows[0][0].Data
}

func TestActions(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.StringMatching(`[^|]*`), 1, 5).Draw(t, "words")
		verb, args := bot.SplitAction(bot.Action(words[0], words[1:]...))
		if verb != words[0] || !slices.Equal(args, words[1:]) {
			t.Errorf("%q became %q %q", words, verb, args)
		}
	})
}

// A button works in the chat it was made for, as it was made, and nowhere else.
func TestButtonsAreBoundToTheirChat(t *testing.T) {
	t.Parallel()
	r := router()
	r.Tags = keys(t)
	longest := "hangdoi|" + strings.Repeat("x", 42)
	press := func(data string) []string {
		d := &desk{staff: member(cases.Officer)}
		if err := r.Handle(t.Context(), d, bot.Update{Chat: an, Private: true, Press: &bot.Press{ID: "q", Data: data}}); err != nil {
			t.Fatal(err)
		}
		return d.ran
	}
	mine := button(t, r.Renderer, an, longest)
	if len(mine) > 64 {
		t.Errorf("the longest action makes %d bytes, Telegram refuses more than 64", len(mine))
	}
	if ran := press(mine); !slices.Equal(ran, []string{longest}) {
		t.Errorf("ran %q", ran)
	}
	if ran := press(button(t, r.Renderer, binh, longest)); len(ran) > 0 {
		t.Errorf("another chat's button ran %q", ran)
	}
	for i := range mine { // every bit of the data and of the tag counts
		for bit := range 7 {
			data := []byte(mine)
			if data[i] ^= 1 << bit; len(press(string(data))) > 0 {
				t.Errorf("byte %d with bit %d turned still runs", i, bit)
			}
		}
	}
	bare, _, _ := strings.Cut(mine, "~")
	for _, data := range []string{mine[:len(mine)-1], mine + "A", mine + "~", "~" + mine, bare} {
		if len(press(data)) > 0 {
			t.Errorf("%q runs", data)
		}
	}
	long := "hangdoi|" + strings.Repeat("x", 60) // signed right, but Telegram carries no such data
	if len(press(long+"~"+r.Tags.CallbackTag(an, long))) > 0 {
		t.Error("more than 64 bytes run")
	}
}

// What the simulator shows as a button can be pressed there and comes back whole.
func TestButtonsThroughTelegram(t *testing.T) {
	t.Parallel()
	sim, base := telegram(t)
	if _, err := sim.Start(an, ""); err != nil {
		t.Fatal(err)
	}
	r := router()
	r.Tags = keys(t)
	c := client(t, base, "")
	out := r.Call(bot.Reply{Chat: an, Lang: "vi", Lines: []bot.Text{bot.Words("x")}, Buttons: [][]bot.Button{{{Label: bot.Words("Mở"), Do: "hangdoi|1"}}}})
	if err := c.Deliver(t.Context(), out.Encode()); err != nil {
		t.Fatal(err)
	}
	if err := sim.PressText(an, "Mở"); err != nil {
		t.Fatal(err)
	}
	updates, err := c.Updates(t.Context(), 0, 10, 0)
	if err != nil || len(updates) != 2 {
		t.Fatal(len(updates), err)
	}
	u, err := bot.ReadUpdate(updates[1])
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{staff: member(cases.Officer), fail: cases.Fail(cases.NotFound, "")}
	if err := r.Handle(t.Context(), d, u); err != nil || !slices.Equal(d.ran, []string{"hangdoi|1"}) {
		t.Fatal(err, d.ran)
	}
	for _, o := range d.out {
		if err := c.Deliver(t.Context(), o.Payload); err != nil {
			t.Error(err)
		}
	}
	if toasts := sim.Toasts(an); len(toasts) != 1 || !toasts[0].Alert || toasts[0].Text != "Không tìm thấy." {
		t.Errorf("%+v", toasts)
	}
}

// A menu for everybody has no chat; a locked account's menu is taken away and the
// one for everybody shows again.
func TestCommandMenuForEverybody(t *testing.T) {
	t.Parallel()
	sim, base := telegram(t)
	c := client(t, base, "")
	deliver := func(chat int64, entries ...bot.CommandEntry) {
		t.Helper()
		for _, o := range renderer.CommandMenu(chat, renderer.Languages, entries) {
			if err := c.Deliver(t.Context(), o.Payload); err != nil || o.Chat != chat {
				t.Error(o.Chat, err)
			}
		}
	}
	deliver(0, bot.CommandEntry{Name: "start", Help: bot.T("cmd.hangdoi")})
	sim.AddUser(telegramsim.User{ID: binh, FirstName: "Binh", LanguageCode: "fr"})
	if list := sim.Commands(binh); len(list) != 1 || list[0].Description != renderer.Format("vi", bot.T("cmd.hangdoi")) {
		t.Errorf("a phone in a third language shows %+v", list)
	}
	deliver(an, bot.CommandEntry{Name: "hangdoi", Help: bot.T("cmd.hangdoi")})
	for _, want := range []string{"hangdoi", "start"} {
		list := sim.Commands(an)
		if len(list) != 1 || list[0].Command != want || list[0].Description == "" {
			t.Errorf("%+v, want %s", list, want)
		}
		deliver(an)
	}
	if n := sim.CountCalls("deleteMyCommands"); n != 4 {
		t.Errorf("%d calls of deleteMyCommands, want one a language, twice", n)
	}
	if err := c.Deliver(t.Context(), []byte("nonsense")); err == nil {
		t.Error("nonsense was delivered")
	}
}
