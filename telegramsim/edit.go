package telegramsim

import (
	"encoding/json"
	"reflect"
	"slices"
	"time"
)

const notModified = "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message"

// edit finds the bot's message, lets change alter a copy and stores the copy
// if it differs. A message that brought a reply keyboard, or took it away, can never be edited
// (core.telegram.org/bots/api#updating-messages, "only possible to edit messages without
// reply_markup or with inline keyboards"; tdlib/td, MessagesManager::can_edit_message).
func (s *Server) edit(r *request, change func(*message) *apiError) (any, *apiError) {
	c, fail := s.chat(r, "chat_id")
	if fail != nil {
		return nil, fail
	}
	m, fail := r.markup()
	if fail != nil {
		return nil, fail
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	i, ok := c.index(int(r.int64("message_id")))
	switch {
	case c.blocked || !c.started:
		return nil, c.reachable()
	case !ok:
		return nil, bad("message to edit not found")
	case !c.messages[i].FromBot, c.messages[i].Keyboard, m.keyboard != nil, m.remove:
		return nil, bad("message can't be edited")
	}
	next := *c.messages[i]
	next.Inline = m.inline
	if fail := change(&next); fail != nil {
		return nil, fail
	}
	if reflect.DeepEqual(next, *c.messages[i]) {
		return nil, bad(notModified)
	}
	next.markEdited(s, c.messages[i])
	c.messages[i] = &next
	s.touch(c, event{Kind: evMessage, Message: next.ID})
	return s.api(c, &next), nil
}

// markEdited dates the edit. A new keyboard alone shows no edit mark.
func (m *message) markEdited(s *Server, old *message) {
	if m.Text != old.Text || !slices.Equal(m.Entities, old.Entities) {
		m.EditDate = s.now()
	}
}

func (s *Server) editMessageText(r *request) (any, *apiError) {
	text, list, fail := r.text()
	if fail != nil {
		return nil, fail
	}
	return s.edit(r, func(m *message) *apiError {
		if f, _ := m.File(); f != nil || m.Text == "" {
			return bad("there is no text in the message to edit")
		}
		m.Text, m.Entities = text, list
		return nil
	})
}

func (s *Server) editMessageCaption(r *request) (any, *apiError) {
	text, list, fail := r.caption()
	if fail != nil {
		return nil, fail
	}
	return s.edit(r, func(m *message) *apiError {
		if f, _ := m.File(); f == nil {
			return bad("there is no caption in the message to edit")
		}
		m.Text, m.Entities = text, list
		return nil
	})
}

func (s *Server) editMessageReplyMarkup(r *request) (any, *apiError) {
	return s.edit(r, func(*message) *apiError { return nil })
}

func (s *Server) deleteMessage(r *request) (any, *apiError) {
	c, fail := s.chat(r, "chat_id")
	if fail != nil {
		return nil, fail
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	id := int(r.int64("message_id"))
	if _, ok := c.index(id); !ok {
		return nil, bad("message to delete not found")
	}
	if s.tooOld(c, id) {
		return nil, bad(cannotDelete)
	}
	s.remove(c, id)
	return true, nil
}

const cannotDelete = "message can't be deleted"

// deletable is how long after it was sent a message of a private chat can be deleted by the
// bot, its own and those of the person (core.telegram.org/bots/api#deletemessage).
const deletable = 48 * time.Hour

// tooOld reports whether a message of a locked chat can be deleted no more.
func (s *Server) tooOld(c *chat, id int) bool {
	m := c.find(id)
	return m != nil && s.now().Sub(m.Date) > deletable
}

// deleteMessages skips messages that are gone (core.telegram.org/bots/api#deletemessages),
// and deletes none at all when one of those that are there can be deleted no more: the whole
// call is refused (tdlib/td, MessagesManager::delete_messages, "Message can't be deleted").
func (s *Server) deleteMessages(r *request) (any, *apiError) {
	c, fail := s.chat(r, "chat_id")
	if fail != nil {
		return nil, fail
	}
	var ids []int
	if json.Unmarshal([]byte(r.str("message_ids")), &ids) != nil || len(ids) == 0 || len(ids) > 100 {
		return nil, bad("message identifiers are not specified")
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if slices.ContainsFunc(ids, func(id int) bool { return s.tooOld(c, id) }) {
		return nil, bad(cannotDelete)
	}
	for _, id := range ids {
		s.remove(c, id)
	}
	return true, nil
}

// remove takes a message out of a locked chat.
func (s *Server) remove(c *chat, id int) bool {
	i, ok := c.index(id)
	if ok {
		c.messages = slices.Delete(c.messages, i, i+1)
		s.touch(c, event{Kind: evDelete, Message: id})
	}
	return ok
}
