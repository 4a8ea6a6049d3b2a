package bot

import (
	"cmp"
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

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
	Silent    bool    // nothing a person says: a message pinned, a timer set
	Unread    string  // name of the first field that could not be read, "" = none; no content
}

// Quoted is a message of the chat that a person answers.
type Quoted struct {
	MessageID int
	Own       bool     // the person wrote it
	Data      []string // of its buttons, not yet authenticated
}

// ReadUpdate reads an update as Telegram sends it. Fields that are not as expected are left
// out, see Update.Unread; an error is given only for what is no JSON object or has no number.
// It names no content.
func ReadUpdate(raw []byte) (Update, error) {
	u, unread, err := decode(raw)
	if err != nil || u.ID == 0 {
		return Update{}, errMalformed
	}
	out := Update{ID: int64(u.ID), Unread: unread}
	var parts map[string]json.RawMessage
	_ = json.Unmarshal(raw, &parts) // was an object a moment ago
	switch {
	case u.Callback != nil:
		out.readPress(u.Callback)
		out.needs("callback_query", out.Chat != 0)
	case u.Message != nil:
		out.readMessage(u.Message, parts["message"])
		out.needs("message", out.Chat != 0)
	case u.Edited != nil:
		out.readMessage(u.Edited, parts["edited_message"])
		out.needs("edited_message", out.Chat != 0)
		out.Edited, out.Origin = true, ""
	case u.Member != nil:
		out.Chat, out.Private = int64(u.Member.Chat.ID), u.Member.Chat.private()
		out.Blocked, out.Unblocked = u.Member.New.Status == "kicked", u.Member.New.Status == "member"
		out.Silent = !out.Blocked && !out.Unblocked
		out.needs("my_chat_member", out.Chat != 0)
	}
	return out, nil
}

// needs notes a part without which nothing can be done.
func (u *Update) needs(part string, there bool) {
	if !there && (u.Unread == "" || !strings.HasPrefix(u.Unread, part)) {
		u.Unread = part
	}
}

func (u *Update) readPress(q *inPress) {
	u.Press = &Press{ID: q.ID, Data: q.Data}
	if q.From != nil {
		u.Chat, u.Phone = int64(q.From.ID), q.From.Language
	}
	if m := q.Message; m != nil {
		u.Press.MessageID = int(m.ID)
		u.Press.Beside = dataOf(m)
		u.Private = m.Chat != nil && m.Chat.private()
		if u.Chat == 0 && u.Private {
			u.Chat = int64(m.Chat.ID)
		}
	}
}

func (u *Update) readMessage(m *inMsg, raw json.RawMessage) {
	if m.Chat != nil {
		u.Chat, u.Private = int64(m.Chat.ID), m.Chat.private()
	}
	if m.From != nil {
		u.Phone = m.From.Language
	}
	u.MessageID, u.Text, u.Album = int(m.ID), m.Text, m.Album
	if u.Text == "" {
		u.Text = m.Caption
	}
	u.readCommand()
	u.Quoted = quoted(m.Reply)
	u.File = m.offered()
	u.Origin = originOf(m)
	u.readExternal(m)
	if m.Location != nil {
		u.Place = m.Location.place()
	}
	if m.Venue != nil {
		if u.Place == nil && m.Venue.Location != nil {
			u.Place = m.Venue.Location.place()
		}
		u.Venue = joined(", ", m.Venue.Title, m.Venue.Address)
	}
	if u.Text != "" || u.File != nil || u.Place != nil {
		return
	}
	content, service := kindOf(raw)
	u.Silent, u.Odd = service, !service
	if content != "" && u.Unread == "" {
		u.Unread = "message." + content
	}
}

// readExternal takes over what a person answers in another chat: the quoted words and the file
// are what the message is about. A quote of this chat is only where the answer belongs.
func (u *Update) readExternal(m *inMsg) {
	if m.External == nil || u.Command != "" {
		return
	}
	if u.File == nil {
		u.File = m.External.offered()
	}
	if u.Origin == "" {
		u.Origin = m.External.Origin.text(m)
	}
	if m.Quote != nil && strings.TrimSpace(m.Quote.Text) != "" {
		u.Text = strings.TrimSpace(u.Text + "\n“" + m.Quote.Text + "”")
	}
}

// quoted reads which message of the same chat is answered.
func quoted(m *inMsg) *Quoted {
	if m == nil || m.ID == 0 {
		return nil
	}
	return &Quoted{MessageID: int(m.ID), Own: m.From != nil && !m.From.IsBot, Data: dataOf(m)}
}

// dataOf are the data of the buttons below a message.
func dataOf(m *inMsg) (all []string) {
	if m.Markup == nil {
		return nil
	}
	for _, b := range slices.Concat(m.Markup.Inline...) {
		if b.Data != "" {
			all = append(all, b.Data)
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
func (f *inFiles) offered() *cases.OfferedFile {
	for _, p := range slices.Backward(f.Photo) {
		if p.ID != "" {
			return &cases.OfferedFile{Kind: cases.Photo, FileID: p.ID, MIME: "image/jpeg", Size: p.bytes()}
		}
	}
	for _, one := range []struct {
		file *inFile
		kind cases.MediaKind
		mime string // "" = as the message says
	}{
		{f.Video, cases.Video, ""},
		{f.VideoNote, cases.Video, "video/mp4"},
		{f.Animation, cases.Video, ""},
		{f.Voice, cases.Voice, ""},
		{f.Audio, cases.Voice, ""},
		{f.Document, cases.Document, ""},
	} {
		if one.file != nil && one.file.ID != "" {
			return &cases.OfferedFile{Kind: one.kind, FileID: one.file.ID, MIME: cmp.Or(one.mime, one.file.MIME), Size: one.file.bytes()}
		}
	}
	return nil
}

// bytes is the size as Telegram tells it, 0 = not told.
func (f *inFile) bytes() int64 { return max(0, int64(f.Size)) }

// originOf is who first sent a forwarded message, as text. The person who forwards an own
// message is nobody's evidence and is left behind.
func originOf(m *inMsg) string {
	o := m.Origin
	if o == nil || *o == (inOrigin{}) { // as Telegram told it before Bot API 7.0
		o = &inOrigin{User: m.ForwardFrom, UserName: m.ForwardName, Chat: m.ForwardChat, MessageID: m.ForwardMessage, Signature: m.ForwardSignature}
	}
	return o.text(m)
}

// text is an origin in one line, "" where it is the person who wrote m.
func (o *inOrigin) text(m *inMsg) string {
	switch {
	case o == nil:
		return ""
	case o.User != nil:
		if m.From != nil && o.User.ID == m.From.ID || m.Chat != nil && o.User.ID == m.Chat.ID {
			return ""
		}
		return joined(" ", o.User.name(), at(o.User.Name))
	case o.UserName != "":
		if m.From != nil && o.UserName == m.From.name() {
			return ""
		}
		return o.UserName
	case o.SenderChat != nil:
		return joined(" ", o.SenderChat.Title, at(o.SenderChat.Name), o.Signature)
	case o.Chat != nil:
		link := ""
		if o.Chat.Name != "" && o.MessageID > 0 {
			link = "https://t.me/" + o.Chat.Name + "/" + strconv.FormatInt(int64(o.MessageID), 10)
		}
		return joined(" ", o.Chat.Title, at(o.Chat.Name), o.Signature, link)
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
func (p *inPlace) place() *cases.Place {
	if !p.Lat.ok || !p.Lon.ok || math.Abs(p.Lat.v) > 90 || math.Abs(p.Lon.v) > 180 {
		return nil
	}
	return &cases.Place{Lat: p.Lat.v, Lon: p.Lon.v}
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
