package telegramsim

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// Refusals of what a person tries.
var (
	errEmpty     = errors.New("telegramsim: nothing to send")
	errTooLong   = errors.New("telegramsim: the caption is longer than 1024")
	errNoMessage = errors.New("telegramsim: no such message of this person")
	errNoButton  = errors.New("telegramsim: no such button")
	errAlbum     = errors.New("telegramsim: an album has 2 to 10 files")
	errPlace     = errors.New("telegramsim: no such place on earth")
)

// hanoi is where a person is who presses "send my location".
var hanoi = Location{Latitude: 21.028511, Longitude: 105.804817}

// act runs do on the locked chat of a person who may write to the bot.
func (s *Server) act(user int64, do func(*chat) error) error {
	c := s.people.get(user)
	if c == nil {
		return errNoUser
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case s.ctx.Err() != nil:
		return errClosed
	case c.title != "":
		return errNoUser
	case c.blocked:
		return errBlocked
	}
	return do(c)
}

// say places messages of a person, one after another, and returns their ids.
func (s *Server) say(user int64, list ...*message) (ids []int, err error) {
	err = s.act(user, func(c *chat) error {
		c.started = true
		for _, m := range list {
			m.From = c.id
			s.add(c, m)
			s.push(c.id, update{Message: s.api(c, m)})
			ids = append(ids, m.ID)
		}
		return nil
	})
	return ids, err
}

// sayOne places one message.
func (s *Server) sayOne(user int64, m *message) (int, error) {
	ids, err := s.say(user, m)
	if err != nil {
		return 0, err
	}
	return ids[0], nil
}

// SendText writes to the bot and returns the message id. As on a phone a text
// beyond 4096 UTF-16 units goes out in several messages; the id is the last's.
func (s *Server) SendText(user int64, text string) (int, error) { return s.Reply(user, 0, text) }

// Reply writes to the bot in answer to a message; 0 = none.
func (s *Server) Reply(user int64, messageID int, text string) (int, error) {
	text, _ = clean(strings.ToValidUTF8(text, "\uFFFD"), nil)
	if text == "" {
		return 0, errEmpty
	}
	var list []*message
	for _, part := range split(text) {
		m := &message{}
		m.ReplyTo = messageID
		m.Text, m.Entities = part, detect(part, nil)
		list = append(list, m)
	}
	ids, err := s.say(user, list...)
	if err != nil {
		return 0, err
	}
	return ids[len(ids)-1], nil
}

// split cuts a text into parts that fit a message.
func split(text string) (parts []string) {
	start, n := 0, 0
	for i, r := range text {
		if n += runeUnits(r); n > maxText {
			parts = append(parts, text[start:i])
			start, n = i, runeUnits(r)
		}
	}
	return append(parts, text[start:])
}

// Start opens the bot as a link t.me/<bot>?start=<payload> does; "" = no payload.
func (s *Server) Start(user int64, payload string) (int, error) {
	return s.SendText(user, "/start "+payload)
}

// SendPhoto sends a picture and returns the message id. Bytes that are no image
// Go knows get a nominal size.
func (s *Server) SendPhoto(user int64, name, mime string, body []byte, caption string) (int, error) {
	return s.SendFile(user, AlbumItem{Photo, name, mime, body, caption})
}

// SendVideo sends a video and returns the message id.
func (s *Server) SendVideo(user int64, name, mime string, body []byte, caption string) (int, error) {
	return s.SendFile(user, AlbumItem{Video, name, mime, body, caption})
}

// SendVoice sends a voice message and returns the message id.
func (s *Server) SendVoice(user int64, name, mime string, body []byte, caption string) (int, error) {
	return s.SendFile(user, AlbumItem{Voice, name, mime, body, caption})
}

// SendDocument sends a file and returns the message id.
func (s *Server) SendDocument(user int64, name, mime string, body []byte, caption string) (int, error) {
	return s.SendFile(user, AlbumItem{Document, name, mime, body, caption})
}

// SendFile sends one file of any kind and returns the message id.
func (s *Server) SendFile(user int64, item AlbumItem) (int, error) {
	m, err := s.fileMessage(user, item)
	if err != nil {
		return 0, err
	}
	return s.sayOne(user, m)
}

// SendAlbum sends 2 to 10 files as one group and returns the message ids.
func (s *Server) SendAlbum(user int64, items []AlbumItem) ([]int, error) {
	if len(items) < 2 || len(items) > albumMax {
		return nil, errAlbum
	}
	var list []*message
	var kinds []FileKind
	album := s.files.nextAlbum()
	for _, item := range items {
		m, err := s.fileMessage(user, item)
		if err != nil {
			return nil, err
		}
		_, kind := m.File()
		m.Album = album
		list, kinds = append(list, m), append(kinds, kind)
	}
	if err := checkAlbum(kinds); err != nil {
		return nil, fmt.Errorf("telegramsim: %w", err)
	}
	return s.say(user, list...)
}

// fileMessage stores a file a person wants to send and makes the message.
func (s *Server) fileMessage(user int64, item AlbumItem) (*message, error) {
	if err := s.act(user, func(*chat) error { return nil }); err != nil {
		return nil, err // before anything is stored
	}
	if item.Kind == "" {
		item.Kind = Photo
	}
	text, _ := clean(strings.ToValidUTF8(item.Caption, "\uFFFD"), nil)
	switch {
	case len(item.Body) == 0:
		return nil, errEmpty
	case fileForms[item.Kind].folder == "":
		return nil, fmt.Errorf("telegramsim: no kind of file is called %q", item.Kind)
	case units(text) > maxCaption:
		return nil, errTooLong
	}
	size := imageSize(item.Body)
	if size.X == 0 && item.Kind == Photo {
		size.X, size.Y = 800, 600
	}
	sizes, err := s.files.put(item.Kind, upload{item.Name, item.MIME, item.Body}, size)
	if err != nil {
		return nil, fmt.Errorf("telegramsim: storing a file: %w", err)
	}
	s.dirtyState()
	m := &message{}
	m.Text, m.Entities = text, detect(text, nil)
	m.setFile(item.Kind, sizes)
	return m, nil
}

// SendLocation shares a place and returns the message id.
func (s *Server) SendLocation(user int64, l Location) (int, error) {
	if !l.valid() {
		return 0, errPlace
	}
	m := &message{}
	m.Location = &l
	return s.sayOne(user, m)
}

// SendVenue shares a place with its name and address and returns the message id.
func (s *Server) SendVenue(user int64, v Venue) (int, error) {
	if !v.Location.valid() {
		return 0, errPlace
	}
	m := &message{}
	m.Location, m.Venue = &v.Location, &v
	return s.sayOne(user, m)
}

// Forward passes on a text that somebody else wrote and returns the message id.
func (s *Server) Forward(user int64, from Origin, text string) (int, error) {
	text, _ = clean(strings.ToValidUTF8(text, "\uFFFD"), nil)
	if text == "" {
		return 0, errEmpty
	}
	m := &message{}
	m.Text, m.Entities, m.Origin = text, detect(text, nil), &from
	return s.sayOne(user, m)
}

// SendContact shares a phone number and returns the message id.
func (s *Server) SendContact(user int64, c Contact) (int, error) {
	if c.Phone == "" || c.FirstName == "" {
		return 0, errEmpty
	}
	m := &message{}
	m.Contact = &c
	return s.sayOne(user, m)
}

// stickerBody is a WebP image of one pixel.
const stickerBody = "RIFF\x22\x00\x00\x00WEBPVP8 \x16\x00\x00\x000\x01\x00\x9d\x01*\x01\x00\x01\x00\x0e\xc0\xfe%\xa4\x00\x03p\x00\x00\x00\x00"

// SendSticker sends a sticker, always the same, and returns the message id.
func (s *Server) SendSticker(user int64) (int, error) {
	return s.SendFile(user, AlbumItem{Kind: Sticker, Body: []byte(stickerBody)})
}

// EditText changes the text, or the caption, of the person's own message.
func (s *Server) EditText(user int64, messageID int, text string) error {
	text, _ = clean(strings.ToValidUTF8(text, "\uFFFD"), nil)
	return s.act(user, func(c *chat) error {
		i, ok := c.index(messageID)
		if !ok || c.messages[i].FromBot {
			return errNoMessage
		}
		next := *c.messages[i]
		file, _ := next.File()
		switch {
		case text == next.Text:
			return nil
		case file == nil && next.Text == "":
			return errNoMessage // a place or a contact has no text
		case file == nil && text == "":
			return errEmpty
		}
		next.Text, next.Entities, next.EditDate = text, detect(text, nil), s.now()
		c.messages[i] = &next
		s.touch(c, event{Kind: evMessage, Message: messageID})
		s.push(c.id, update{Edited: s.api(c, &next)})
		return nil
	})
}

// Press presses the inline button with this callback data below a message.
func (s *Server) Press(user int64, messageID int, data string) error {
	return s.act(user, func(c *chat) error {
		m := c.find(messageID)
		if m == nil {
			return errNoMessage
		}
		return s.press(c, m, data)
	})
}

func (s *Server) press(c *chat, m *message, data string) error {
	if data == "" || !slices.ContainsFunc(m.Inline, func(row []Button) bool {
		return slices.ContainsFunc(row, func(b Button) bool { return b.Data == data })
	}) {
		return errNoButton
	}
	id := s.callbacks.put(callback{User: c.id, Message: m.ID, Data: data, At: s.opt.Now()}, s.botID)
	s.push(c.id, update{Callback: &apiCallback{
		ID: id, From: personUser(c.user), Message: s.api(c, m),
		Instance: strconv.FormatInt(-c.id, 10), Data: data,
	}})
	return nil
}

// PressText presses the newest inline button with this label, or else the
// button of the reply keyboard. Of links only those to the bot itself do
// something: they start it.
func (s *Server) PressText(user int64, label string) error {
	id, b, ok := s.FindButton(user, label)
	if !ok {
		return s.pressKeyboard(user, label)
	}
	if payload, ok := s.startLink(b.URL); ok {
		_, err := s.Start(user, payload)
		return err
	}
	if b.Data == "" {
		return nil
	}
	return s.Press(user, id, b.Data)
}

func (s *Server) pressKeyboard(user int64, label string) (err error) {
	var found *replyButton
	var name string
	s.with(user, func(c *chat) {
		name = c.user.FirstName
		if c.keyboard != nil {
			found = c.keyboard.find(label)
		}
	})
	switch {
	case found == nil:
		return errNoButton
	case found.Contact:
		_, err = s.SendContact(user, Contact{Phone: ownPhone(user), FirstName: name, UserID: user})
	case found.Location:
		_, err = s.SendLocation(user, hanoi)
	default:
		_, err = s.SendText(user, label)
	}
	return err
}

// ownPhone is the number of a person's own contact.
func ownPhone(user int64) string { return fmt.Sprintf("+84900%06d", user%1_000_000) }

// startLink recognises links that open this bot and returns the payload.
func (s *Server) startLink(link string) (payload string, ok bool) {
	u, err := url.Parse(link)
	if err != nil || link == "" {
		return "", false
	}
	name := strings.Trim(u.Path, "/")
	if u.Scheme == "tg" {
		name = u.Query().Get("domain")
	} else if host := strings.TrimPrefix(u.Host, "www."); host != "t.me" && host != "telegram.me" {
		return "", false
	}
	return u.Query().Get("start"), strings.EqualFold(name, s.opt.BotUsername)
}

// Block stops the bot from writing to the person, and the person from writing
// to the bot.
func (s *Server) Block(user int64) error { return s.setBlocked(user, true) }

// Unblock ends Block.
func (s *Server) Unblock(user int64) error { return s.setBlocked(user, false) }

func (s *Server) setBlocked(user int64, on bool) error {
	c := s.people.get(user)
	if c == nil {
		return errNoUser
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.title != "" || c.blocked == on {
		return nil
	}
	c.blocked = on
	if !on {
		c.started = true
	}
	s.touch(c, event{Kind: evChat})
	move := apiMemberMove{Chat: c.api(), From: personUser(c.user), Date: s.now().Unix()}
	move.Old, move.New = s.member(!on), s.member(on)
	s.push(c.id, update{MyChatMember: &move})
	return nil
}

func (s *Server) member(blocked bool) apiMember {
	m := apiMember{User: s.botUser(), Status: "member"}
	if blocked {
		m.Status, m.Until = "kicked", new(int64)
	}
	return m
}

// LastMessage returns the bot's newest message to a person; ok is false when
// there is none.
func (s *Server) LastMessage(user int64) (last Message, ok bool) {
	s.with(user, func(c *chat) {
		for _, m := range slices.Backward(c.messages) {
			if m.FromBot {
				last, ok = m.view(), true
				return
			}
		}
	})
	return last, ok
}

// FindButton returns the newest inline button with this label and the message
// it belongs to.
func (s *Server) FindButton(user int64, label string) (messageID int, b Button, ok bool) {
	s.with(user, func(c *chat) {
		for _, m := range slices.Backward(c.messages) {
			for _, row := range m.Inline {
				if i := slices.IndexFunc(row, func(b Button) bool { return b.Text == label }); i >= 0 {
					messageID, b, ok = m.ID, row[i], true
					return
				}
			}
		}
	})
	return messageID, b, ok
}

// WaitText waits for a message of the bot that contains text and is newer than
// the message after (0 = any), and returns it.
func (s *Server) WaitText(ctx context.Context, user int64, after int, text string) (found Message, err error) {
	err = s.waitAfter(ctx, user, after, func(list []Message) bool {
		for _, m := range slices.Backward(list) {
			if m.FromBot && strings.Contains(m.Text, text) {
				found = m
				return true
			}
		}
		return false
	})
	return found, err
}
