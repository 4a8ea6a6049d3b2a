package telegramsim

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"sync"
	"time"
)

// typingTime is how long one sendChatAction shows, as in Telegram.
const typingTime = 5 * time.Second

// toastsKept bounds the toasts remembered for a chat.
const toastsKept = 100

var (
	errNoUser  = errors.New("telegramsim: no such user")
	errBlocked = errors.New("telegramsim: this person has blocked the bot")
	errClosed  = errors.New("telegramsim: server closed")
)

// chat is one conversation. Its lock is taken before any other lock, so the
// updates of a chat are queued in the order of its messages.
type chat struct {
	mu       sync.Mutex
	id       int64
	user     User   // of a private chat
	title    string // of a group, "" = private chat
	started  bool   // the person has written to the bot at least once
	blocked  bool
	messages []*message // by rising id
	keyboard *replyKeyboard
	toasts   []Toast
	typing   time.Time     // until then the bot "is typing"
	changed  chan struct{} // nil = nobody waits
	bucket   bucket
}

// message is a shown message and what only the Bot API needs of it. Slices in
// it are replaced, never changed in place, so copies may be handed out.
type message struct {
	Message
	From     int64  `json:"from,omitempty"`     // sender, 0 = the bot
	Sizes    []File `json:"sizes,omitempty"`    // of a photo, rising
	Keyboard bool   `json:"keyboard,omitempty"` // it brought or took away the reply keyboard
}

func (m *message) view() Message {
	v := m.Message
	v.HTML = toHTML(v.Text, v.Entities)
	return v
}

// find returns the message with this id, nil if there is none (any more).
func (c *chat) find(id int) *message {
	i, ok := c.index(id)
	if !ok {
		return nil
	}
	return c.messages[i]
}

func (c *chat) index(id int) (int, bool) {
	return slices.BinarySearchFunc(c.messages, id, func(m *message, id int) int {
		return cmp.Compare(m.ID, id)
	})
}

// wake tells everyone in Wait that the chat changed.
func (c *chat) wake() {
	if c.changed != nil {
		close(c.changed)
		c.changed = nil
	}
}

// add appends a message with the next id. The chat is locked. Telegram numbers the messages
// of all private chats of an account, and so of a bot, in one sequence: "Unique message
// identifier inside this chat" says no more (core.telegram.org/bots/api#message), and the
// server keeps one box for all of them (core.telegram.org/api/updates, "pts"; tdlib/td,
// MessagesManager).
func (s *Server) add(c *chat, m *message) {
	m.ID = int(s.messages.Add(1))
	m.Date = s.now()
	c.messages = append(c.messages, m)
	s.touch(c, event{Kind: evMessage, Message: m.ID, Fresh: m.FromBot})
}

// touch publishes a change of a locked chat.
func (s *Server) touch(c *chat, e event) {
	e.Chat = c.id
	s.events.publish(e)
	s.dirty(c.id)
	c.wake()
}

// people is the registry of accounts and groups.
type people struct {
	mu    sync.RWMutex
	chats map[int64]*chat
	order []int64 // in the order of AddUser
}

func (p *people) init() { p.chats = make(map[int64]*chat) }

func (p *people) get(id int64) *chat {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.chats[id]
}

// ensure returns the chat with this id, made if it is new.
func (p *people) ensure(id int64) *chat {
	p.mu.Lock()
	defer p.mu.Unlock()
	c := p.chats[id]
	if c == nil {
		c = &chat{id: id}
		p.chats[id] = c
		p.order = append(p.order, id)
	}
	return c
}

func (p *people) all() []*chat {
	p.mu.RLock()
	defer p.mu.RUnlock()
	out := make([]*chat, 0, len(p.order))
	for _, id := range p.order {
		out = append(out, p.chats[id])
	}
	return out
}

// AddUser adds a person, or replaces the names of one who is already there
// and keeps the conversation.
func (s *Server) AddUser(u User) {
	if u.Side == "" {
		u.Side = Resident
	}
	c := s.people.ensure(u.ID)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.user = u
	s.touch(c, event{Kind: evUsers})
	s.dirtyState()
}

// AddGroup adds a group with a negative id, in which the bot may write.
func (s *Server) AddGroup(id int64, title string) {
	c := s.people.ensure(id)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.title, c.started = title, true
	s.touch(c, event{Kind: evUsers})
	s.dirtyState()
}

// Users lists the people in the order they were added.
func (s *Server) Users() []User {
	var out []User
	for _, c := range s.people.all() {
		c.mu.Lock()
		if c.title == "" {
			out = append(out, c.user)
		}
		c.mu.Unlock()
	}
	return out
}

// with runs read while the chat is locked; unknown chats are skipped.
func (s *Server) with(id int64, read func(*chat)) {
	if c := s.people.get(id); c != nil {
		c.mu.Lock()
		defer c.mu.Unlock()
		read(c)
	}
}

// Messages returns what the phone shows, oldest first, without deleted ones.
func (s *Server) Messages(user int64) (out []Message) {
	s.with(user, func(c *chat) { out = views(c.messages) })
	return out
}

func views(messages []*message) []Message {
	out := make([]Message, len(messages))
	for i, m := range messages {
		out[i] = m.view()
	}
	return out
}

// ReplyKeyboard returns the texts of the keyboard below the chat, nil without one.
func (s *Server) ReplyKeyboard(user int64) (out [][]string) {
	s.with(user, func(c *chat) {
		if c.keyboard == nil {
			return
		}
		for _, row := range c.keyboard.Rows {
			var texts []string
			for _, b := range row {
				texts = append(texts, b.Text)
			}
			out = append(out, texts)
		}
	})
	return out
}

// Toasts returns the last answers to pressed buttons that had a text, oldest first.
func (s *Server) Toasts(user int64) (out []Toast) {
	s.with(user, func(c *chat) { out = slices.Clone(c.toasts) })
	return out
}

// Typing reports whether the header shows the bot as typing.
func (s *Server) Typing(user int64) (on bool) {
	s.with(user, func(c *chat) { on = s.opt.Now().Before(c.typing) })
	return on
}

// Wait returns nil as soon as ok accepts the person's messages. It fails when
// the context or the server ends, or the person is unknown.
func (s *Server) Wait(ctx context.Context, user int64, ok func([]Message) bool) error {
	return s.waitAfter(ctx, user, 0, ok)
}

// waitAfter is Wait for messages that are newer than the message after. It takes as long
// as these are many, however long the chat is.
func (s *Server) waitAfter(ctx context.Context, user int64, after int, ok func([]Message) bool) error {
	c := s.people.get(user)
	if c == nil {
		return errNoUser
	}
	for {
		c.mu.Lock()
		first, _ := c.index(after + 1)
		newer := views(c.messages[first:])
		if c.changed == nil {
			c.changed = make(chan struct{})
		}
		changed := c.changed
		c.mu.Unlock()
		if ok(newer) {
			return nil
		}
		if err := s.until(ctx, changed); err != nil {
			return err
		}
	}
}
