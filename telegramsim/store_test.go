package telegramsim_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
	"github.com/google/go-cmp/cmp"

	"tinbao/telegramsim"
)

// fill makes a bit of everything that has to survive.
func fill(t *testing.T, b *bench) (callback string) {
	t.Helper()
	must[int](t)(b.SendText(an, "xác nhận rồi"))
	b.updates(2)
	must[int](t)(b.SendPhoto(an, "a.png", "", picture(t, 400, 400), "ảnh"))
	must[int](t)(b.SendLocation(an, telegramsim.Location{Latitude: 21, Longitude: 105}))
	msg := tgbotapi.NewMessage(an, "<b>Chọn</b> /tip")
	msg.ParseMode = "HTML"
	msg.ReplyMarkup = tgbotapi.NewInlineKeyboardMarkup(tgbotapi.NewInlineKeyboardRow(tgbotapi.NewInlineKeyboardButtonData("Nhận", "take")))
	bot := b.library()
	if _, err := bot.Send(msg); err != nil {
		t.Fatal(err)
	}
	msg.ReplyMarkup = tgbotapi.NewReplyKeyboard(tgbotapi.NewKeyboardButtonRow(tgbotapi.NewKeyboardButton("Gửi")))
	if _, err := bot.Send(msg); err != nil {
		t.Fatal(err)
	}
	b.ok("setMyCommands", fields{"commands": []fields{{"command": "tip", "description": "Gửi tin"}}}, nil)
	if err := b.PressText(an, "Nhận"); err != nil {
		t.Fatal(err)
	}
	if err := b.Block(chi); err != nil {
		t.Fatal(err)
	}
	list := b.updates(0)
	return list[2].CallbackQuery.ID
}

// reopened serves the same folder with a new server.
func reopened(t *testing.T, dir string) *bench {
	t.Helper()
	return setup(t, telegramsim.Options{StateDir: dir, FirstUpdateID: 5000})
}

func TestStateSurvivesARestart(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	b := setup(t, telegramsim.Options{StateDir: dir})
	query := fill(t, b)
	messages, updates := b.Messages(an), b.updates(0)
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	again := reopened(t, dir)
	if diff := cmp.Diff(messages, again.Messages(an)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(updates, again.updates(0)); diff != "" {
		t.Error(diff)
	}
	if k := again.ReplyKeyboard(an); len(k) != 1 || k[0][0] != "Gửi" {
		t.Errorf("keyboard %v", k)
	}
	if list := again.Commands(an); len(list) != 1 {
		t.Errorf("commands %v", list)
	}
	again.ok("answerCallbackQuery", fields{"callback_query_id": query}, nil)
	again.refused(403, "Forbidden: bot was blocked by the user", "sendMessage", fields{"chat_id": chi, "text": "x"})
	if body := must[[]byte](t)(again.FileBody(messages[1].Photo.ID)); len(body) == 0 {
		t.Error("the photo is gone")
	}
	must[int](t)(again.SendText(an, "tiếp"))
	all := again.updates(0)
	if id := all[len(all)-1].UpdateID; id != updates[len(updates)-1].UpdateID+1 {
		t.Errorf("next update id %d", id)
	}
}

func TestStateIsWrittenWithoutClose(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	b := setup(t, telegramsim.Options{StateDir: dir})
	must[int](t)(b.SendText(an, "bị giết"))
	for deadline := time.Now().Add(5 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		raw, _ := os.ReadFile(filepath.Join(dir, "state.json"))
		if strings.Contains(string(raw), "bị giết") {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("nothing was written")
		}
	}
	again := reopened(t, dir)
	if n := again.Pending(); n != 1 {
		t.Errorf("%d updates, want 1", n)
	}
}

func TestBrokenStateIsAnError(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "state.json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := telegramsim.New(telegramsim.Options{StateDir: dir}); err == nil {
		t.Fatal("opened a broken state")
	}
}
