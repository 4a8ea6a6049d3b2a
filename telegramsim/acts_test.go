package telegramsim_test

import (
	"strings"
	"sync"
	"testing"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"tinbao/telegramsim"
)

func TestEditNotModified(t *testing.T) {
	t.Parallel()
	b := setup(t, telegramsim.Options{})
	must[int](t)(b.Start(an, ""))
	id := b.send(an, "<b>một</b>")
	edit := fields{"chat_id": an, "message_id": id, "text": "<b>một</b>", "parse_mode": "HTML"}
	b.refused(400, "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message", "editMessageText", edit)
	edit["text"] = "<i>một</i>"
	b.ok("editMessageText", edit, nil)
	m, ok := b.LastMessage(an)
	if !ok || m.HTML != "<i>một</i>" || m.EditDate.IsZero() {
		t.Fatalf("got %+v", m)
	}
	b.ok("deleteMessage", fields{"chat_id": an, "message_id": id}, nil)
	b.refused(400, "Bad Request: message to edit not found", "editMessageText", edit)
}

func TestPersonEdits(t *testing.T) {
	t.Parallel()
	b := setup(t, telegramsim.Options{})
	id := must[int](t)(b.SendText(an, "ngõ 12"))
	theirs := b.send(an, "của bot")
	for _, text := range []string{"ngõ 21", "ngõ 21"} { // the same text again is no edit
		if err := b.EditText(an, id, text); err != nil {
			t.Fatal(err)
		}
	}
	list := b.updates(0)
	if len(list) != 2 || list[1].EditedMessage.Text != "ngõ 21" || list[1].EditedMessage.MessageID != id || list[1].EditedMessage.EditDate == 0 {
		t.Fatalf("got %+v", list)
	}
	if b.EditText(an, theirs, "x") == nil || b.EditText(an, 99, "x") == nil || b.EditText(an, id, " ") == nil {
		t.Error("edited what cannot be edited")
	}
}

func TestPressing(t *testing.T) {
	t.Parallel()
	b := setup(t, telegramsim.Options{})
	must[int](t)(b.Start(an, ""))
	bot := b.library()
	msg := tgbotapi.NewMessage(an, "Chọn")
	msg.ReplyMarkup = tgbotapi.NewInlineKeyboardMarkup(tgbotapi.NewInlineKeyboardRow(
		tgbotapi.NewInlineKeyboardButtonData("Nhận", "take:1"),
		tgbotapi.NewInlineKeyboardButtonURL("Mở", "https://t.me/tinbao_demo_bot?start=k7")))
	sent, err := bot.Send(msg)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.PressText(an, "Nhận"); err != nil {
		t.Fatal(err)
	}
	cb := b.updates(0)[1].CallbackQuery
	if cb.Data != "take:1" || cb.Message.MessageID != sent.MessageID || cb.From.ID != an {
		t.Fatalf("got %+v", cb)
	}
	if _, err := bot.Request(tgbotapi.NewCallbackWithAlert(cb.ID, "Đã nhận")); err != nil {
		t.Fatal(err)
	}
	if toasts := b.Toasts(an); len(toasts) != 1 || !toasts[0].Alert || toasts[0].Text != "Đã nhận" {
		t.Fatalf("got %+v", toasts)
	}
	b.refused(400, "Bad Request: query is too old and response timeout expired or query ID is invalid", "answerCallbackQuery", fields{"callback_query_id": cb.ID})
	if err := b.PressText(an, "Mở"); err != nil {
		t.Fatal(err)
	}
	if m := b.updates(0)[2].Message; m.Text != "/start k7" {
		t.Errorf("the link sent %q", m.Text)
	}
	if b.Press(an, sent.MessageID, "take:2") == nil || b.PressText(an, "Không có") == nil {
		t.Error("pressed a button that is not there")
	}
}

func TestReplyKeyboard(t *testing.T) {
	t.Parallel()
	b := setup(t, telegramsim.Options{})
	must[int](t)(b.Start(an, ""))
	msg := tgbotapi.NewMessage(an, "Chọn")
	msg.ReplyMarkup = tgbotapi.NewReplyKeyboard(tgbotapi.NewKeyboardButtonRow(
		tgbotapi.NewKeyboardButton("Gửi luôn"), tgbotapi.NewKeyboardButtonLocation("Vị trí"), tgbotapi.NewKeyboardButtonContact("Số của tôi")))
	if _, err := b.library().Send(msg); err != nil {
		t.Fatal(err)
	}
	for _, label := range b.ReplyKeyboard(an)[0] {
		if err := b.PressText(an, label); err != nil {
			t.Fatal(err)
		}
	}
	list := b.updates(0)
	if list[1].Message.Text != "Gửi luôn" || list[2].Message.Location == nil || list[3].Message.Contact.UserID != an {
		t.Fatalf("got %+v", list)
	}
}

func TestLongTextGoesOutInParts(t *testing.T) {
	t.Parallel()
	b := setup(t, telegramsim.Options{})
	must[int](t)(b.SendText(an, strings.Repeat("a", 4095)+"😀"+strings.Repeat("b", 10)))
	list := b.updates(0)
	if len(list) != 2 || len(list[0].Message.Text) != 4095 || list[1].Message.Text != "😀bbbbbbbbbb" {
		t.Fatalf("%d parts", len(list))
	}
	if _, err := b.SendText(an, " \n "); err == nil {
		t.Error("sent nothing")
	}
	b.refused(400, "Bad Request: message is too long", "sendMessage", fields{"chat_id": an, "text": strings.Repeat("a", 4097)})
}

func TestReplyAndLocation(t *testing.T) {
	t.Parallel()
	b := setup(t, telegramsim.Options{})
	first := must[int](t)(b.SendLocation(an, telegramsim.Location{Latitude: 21, Longitude: 105.8}))
	must[int](t)(b.Reply(an, first, "ở đây"))
	if m := b.updates(0)[1].Message; m.ReplyToMessage == nil || m.ReplyToMessage.Location.Latitude != 21 {
		t.Fatalf("got %+v", m)
	}
	if _, err := b.SendLocation(an, telegramsim.Location{Latitude: 91}); err == nil {
		t.Error("beyond the pole")
	}
	if _, err := b.SendText(99, "x"); err == nil {
		t.Error("a stranger wrote")
	}
}

// TestManyAtOnce is for the race detector, and shows that a chat's updates keep
// the order of its messages.
func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	b := setup(t, telegramsim.Options{StateDir: t.TempDir()})
	must[int](t)(b.Start(an, ""))
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 10 {
				b.SendText(an, "x")
				b.try("sendMessage", fields{"chat_id": an, "text": "y"})
				b.Messages(an)
			}
		})
	}
	wg.Wait()
	last := 0
	for _, u := range b.updates(0) {
		if u.Message.MessageID <= last {
			t.Fatalf("message %d after %d", u.Message.MessageID, last)
		}
		last = u.Message.MessageID
	}
	if m, err := b.WaitText(within(t), an, 0, "y"); err != nil || !m.FromBot {
		t.Fatal(m, err)
	}
}
