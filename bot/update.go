package bot

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	tg "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"tinbao/cases"
)

// Press is a pressed inline button.
type Press struct {
	ID        string   // to be answered so that the phone stops waiting
	Data      string   // as it came, not yet authenticated
	MessageID int      // the message that carries the button
	Beside    []string // of the other buttons of the message, not yet authenticated
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
	Venue     string // name and address of a place chosen on the map, with Place; "" = none
	Origin    string // who first sent what the person forwarded, as Telegram shows it; "" = not forwarded, or the person
	Edited    bool   // the person changed an earlier message
	Blocked   bool   // the person blocked the bot
	Unblocked bool
	Phone     string  // language of the phone as an IETF tag, "" = not told; it is not stored
	Quoted    *Quoted // the message of this chat that is answered; nil = none
	Odd       bool    // a kind of message the bot cannot use: sticker, contact, poll
}

// Quoted is a message of the chat that a person answers.
type Quoted struct {
	MessageID int
	Own       bool     // the person wrote it
	Data      []string // of its buttons, not yet authenticated
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
		out.Origin = originOf(u.Message, raw)
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
		u.Chat, u.Phone = q.From.ID, q.From.LanguageCode
	}
	if q.Message != nil {
		u.Press.MessageID = q.Message.MessageID
		u.Press.Beside = dataOf(q.Message)
		u.Private = q.Message.Chat != nil && q.Message.Chat.IsPrivate()
	}
}

func (u *Update) readMessage(m *tg.Message) {
	if m.Chat != nil {
		u.Chat, u.Private = m.Chat.ID, m.Chat.IsPrivate()
	}
	if m.From != nil {
		u.Phone = m.From.LanguageCode
	}
	u.MessageID, u.Text, u.Album = m.MessageID, m.Text, m.MediaGroupID
	if u.Text == "" {
		u.Text = m.Caption
	}
	u.readCommand()
	u.Quoted = quoted(m.ReplyToMessage)
	u.File = offered(m)
	if m.Location != nil {
		u.Place = place(m.Location.Latitude, m.Location.Longitude)
	}
	if m.Venue != nil {
		if u.Place == nil {
			u.Place = place(m.Venue.Location.Latitude, m.Venue.Location.Longitude)
		}
		u.Venue = joined(", ", m.Venue.Title, m.Venue.Address)
	}
	u.Odd = u.Text == "" && u.File == nil && u.Place == nil
}

// quoted reads which message of the same chat is answered. What is quoted from another
// chat comes in a field of its own (Bot API, ExternalReplyInfo), which is not read.
func quoted(m *tg.Message) *Quoted {
	if m == nil || m.MessageID == 0 {
		return nil
	}
	return &Quoted{MessageID: m.MessageID, Own: m.From != nil && !m.From.IsBot, Data: dataOf(m)}
}

// dataOf are the data of the buttons below a message.
func dataOf(m *tg.Message) (all []string) {
	if m.ReplyMarkup == nil {
		return nil
	}
	for _, b := range slices.Concat(m.ReplyMarkup.InlineKeyboard...) {
		if b.CallbackData != nil {
			all = append(all, *b.CallbackData)
		}
	}
	return all
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

// origin is where a forwarded message comes from (Bot API, MessageOrigin).
type origin struct {
	User       *tg.User `json:"sender_user"`
	UserName   string   `json:"sender_user_name"`
	SenderChat *tg.Chat `json:"sender_chat"`
	Chat       *tg.Chat `json:"chat"`
	MessageID  int      `json:"message_id"`
	Signature  string   `json:"author_signature"`
}

// originOf is who first sent a forwarded message, as text. The person who forwards an own
// message is nobody's evidence and is left behind.
func originOf(m *tg.Message, raw []byte) string {
	var more struct {
		Message struct {
			Origin *origin `json:"forward_origin"`
		} `json:"message"`
	}
	_ = json.Unmarshal(raw, &more) // was read once already; what does not fit is no origin
	o := more.Message.Origin
	if o == nil { // as Telegram told it before Bot API 7.0
		o = &origin{
			User: m.ForwardFrom, UserName: m.ForwardSenderName, Chat: m.ForwardFromChat, MessageID: m.ForwardFromMessageID, Signature: m.ForwardSignature,
		}
	}
	switch {
	case o.User != nil:
		if m.From != nil && o.User.ID == m.From.ID || m.Chat != nil && o.User.ID == m.Chat.ID {
			return ""
		}
		return joined(" ", o.User.FirstName, o.User.LastName, at(o.User.UserName))
	case o.UserName != "":
		if m.From != nil && o.UserName == joined(" ", m.From.FirstName, m.From.LastName) {
			return ""
		}
		return o.UserName
	case o.SenderChat != nil:
		return joined(" ", o.SenderChat.Title, at(o.SenderChat.UserName), o.Signature)
	case o.Chat != nil:
		link := ""
		if o.Chat.UserName != "" && o.MessageID > 0 {
			link = "https://t.me/" + o.Chat.UserName + "/" + strconv.Itoa(o.MessageID)
		}
		return joined(" ", o.Chat.Title, at(o.Chat.UserName), o.Signature, link)
	}
	return ""
}

func at(name string) string {
	if name == "" {
		return ""
	}
	return "@" + name
}

// joined puts the parts that are there together, in one line.
func joined(between string, parts ...string) string {
	var all []string
	for _, p := range parts {
		if p = strings.Join(strings.Fields(p), " "); p != "" {
			all = append(all, p)
		}
	}
	return strings.Join(all, between)
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
