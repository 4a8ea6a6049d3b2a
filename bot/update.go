package bot

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"

	tg "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"tinbao/cases"
)

// Press is a pressed inline button.
type Press struct {
	ID        string // to be answered so that the phone stops waiting
	Data      string // as it came, not yet authenticated
	MessageID int    // the message that carries the button
}

// Update is what one person did, in the words of this program. Everything that
// Telegram tells about who the person is has been left behind, except the chat,
// which stays in memory.
type Update struct {
	ID        int64
	Chat      int64
	Private   bool // a chat with one person; the bot serves no groups
	MessageID int
	Text      string
	Command   string // without the slash, lower case; "" = not a command
	Args      string
	Press     *Press
	File      *cases.OfferedFile
	Album     string // same for all files sent together
	Place     *cases.Place
	Edited    bool // the person changed an earlier message
	Blocked   bool // the person blocked the bot
	Unblocked bool
	Odd       bool // a kind of message the bot cannot use: sticker, contact, poll
}

// ReadUpdate reads an update as Telegram sends it. An error names no content.
func ReadUpdate(raw []byte) (Update, error) {
	var u tg.Update
	if err := json.Unmarshal(raw, &u); err != nil {
		return Update{}, fmt.Errorf("reading update: malformed JSON")
	}
	out := Update{ID: int64(u.UpdateID)}
	switch {
	case u.CallbackQuery != nil:
		out.readPress(u.CallbackQuery)
	case u.Message != nil:
		out.readMessage(u.Message)
	case u.EditedMessage != nil:
		out.readMessage(u.EditedMessage)
		out.Edited = true
	case u.MyChatMember != nil:
		out.Chat, out.Private = u.MyChatMember.Chat.ID, u.MyChatMember.Chat.IsPrivate()
		out.Blocked = u.MyChatMember.NewChatMember.Status == "kicked"
		out.Unblocked = !out.Blocked
	}
	return out, nil
}

func (u *Update) readPress(q *tg.CallbackQuery) {
	u.Press = &Press{ID: q.ID, Data: q.Data}
	if q.From != nil {
		u.Chat = q.From.ID
	}
	if q.Message != nil {
		u.Press.MessageID = q.Message.MessageID
		u.Private = q.Message.Chat != nil && q.Message.Chat.IsPrivate()
	}
}

func (u *Update) readMessage(m *tg.Message) {
	if m.Chat != nil {
		u.Chat, u.Private = m.Chat.ID, m.Chat.IsPrivate()
	}
	u.MessageID, u.Text, u.Album = m.MessageID, m.Text, m.MediaGroupID
	if u.Text == "" {
		u.Text = m.Caption
	}
	u.readCommand()
	u.File = offered(m)
	if m.Location != nil {
		u.Place = place(m.Location.Latitude, m.Location.Longitude)
	}
	u.Odd = u.Text == "" && u.File == nil && u.Place == nil
}

// readCommand splits "/xem@tinbao_bot PA-26-1" into its command and the rest.
func (u *Update) readCommand() {
	if !strings.HasPrefix(u.Text, "/") {
		return
	}
	end := strings.IndexFunc(u.Text, unicode.IsSpace)
	if end < 0 {
		end = len(u.Text)
	}
	word, _, _ := strings.Cut(u.Text[1:end], "@")
	u.Command, u.Args = strings.ToLower(word), strings.TrimSpace(u.Text[end:])
}

// offered finds the file of a message; of a photo the largest size.
func offered(m *tg.Message) *cases.OfferedFile {
	switch {
	case len(m.Photo) > 0:
		p := m.Photo[len(m.Photo)-1]
		return &cases.OfferedFile{Kind: cases.Photo, FileID: p.FileID, MIME: "image/jpeg", Size: int64(p.FileSize)}
	case m.Video != nil:
		return &cases.OfferedFile{Kind: cases.Video, FileID: m.Video.FileID, MIME: m.Video.MimeType, Size: int64(m.Video.FileSize)}
	case m.VideoNote != nil:
		return &cases.OfferedFile{Kind: cases.Video, FileID: m.VideoNote.FileID, MIME: "video/mp4", Size: int64(m.VideoNote.FileSize)}
	case m.Animation != nil:
		return &cases.OfferedFile{Kind: cases.Video, FileID: m.Animation.FileID, MIME: m.Animation.MimeType, Size: int64(m.Animation.FileSize)}
	case m.Voice != nil:
		return &cases.OfferedFile{Kind: cases.Voice, FileID: m.Voice.FileID, MIME: m.Voice.MimeType, Size: int64(m.Voice.FileSize)}
	case m.Audio != nil:
		return &cases.OfferedFile{Kind: cases.Voice, FileID: m.Audio.FileID, MIME: m.Audio.MimeType, Size: int64(m.Audio.FileSize)}
	case m.Document != nil:
		return &cases.OfferedFile{Kind: cases.Document, FileID: m.Document.FileID, MIME: m.Document.MimeType, Size: int64(m.Document.FileSize)}
	}
	return nil
}

// place is a point on the earth, nil for numbers that are none.
func place(lat, lon float64) *cases.Place {
	if math.Abs(lat) > 90 || math.Abs(lon) > 180 {
		return nil
	}
	return &cases.Place{Lat: lat, Lon: lon}
}

// EncodePlace and DecodePlace carry a blurred place through a dialog's answers.
func EncodePlace(p cases.Place) string {
	return strconv.FormatFloat(p.Lat, 'f', 5, 64) + "," + strconv.FormatFloat(p.Lon, 'f', 5, 64)
}

// DecodePlace reads what EncodePlace wrote; false for anything else.
func DecodePlace(s string) (cases.Place, bool) {
	lat, lon, ok := strings.Cut(s, ",")
	if !ok {
		return cases.Place{}, false
	}
	a, err1 := strconv.ParseFloat(lat, 64)
	b, err2 := strconv.ParseFloat(lon, 64)
	if err1 != nil || err2 != nil || !(math.Abs(a)+math.Abs(b) < math.Inf(1)) { // no number is less than any
		return cases.Place{}, false
	}
	return cases.Place{Lat: a, Lon: b}, true
}
